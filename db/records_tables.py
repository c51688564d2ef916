"""The tables of the records (档案): who changed what, consents, papers with an expiry, photos, mergings."""

SCHEMA = """
alter table child add column gone_at text;
alter table child add column superseded_by integer references child (id);
create index child_by_superseding on child (superseded_by);
create index child_by_birth on child (born_on);
alter table adult add column gone_at text;
alter table adult add column superseded_by integer references adult (id);
create index adult_by_superseding on adult (superseded_by);

create table record_act (
    id integer primary key,
    subject text not null check (subject in ('child', 'adult')),
    subject_id integer not null,
    verb text not null,
    label text not null,
    at text not null,
    staff_id integer references staff (id),
    undone_at text,
    undone_by integer references staff (id),
    check (undone_at is not null or undone_by is null)
) strict;
create index record_act_by_subject on record_act (subject, subject_id);
create index record_act_by_staff on record_act (staff_id);
create index record_act_by_undoer on record_act (undone_by);

create table record_change (
    id integer primary key,
    act_id integer not null references record_act (id),
    subject text not null check (subject in ('child', 'adult')),
    subject_id integer not null,
    field text not null,
    before text not null,
    value text not null,
    before_row integer,
    value_row integer,
    ended_at text
) strict;
create index record_change_by_act on record_change (act_id);
create index record_change_by_subject on record_change (subject, subject_id);
create unique index record_change_current on record_change (subject, subject_id, field)
    where ended_at is null and before_row is null and value_row is null;

create table barring (
    id integer primary key,
    child_id integer not null references child (id),
    adult_id integer not null references adult (id),
    paper_kind text not null,
    paper_number text not null default '',
    paper_on text,
    valid_until text,
    added_at text not null,
    added_by integer references staff (id),
    ended_at text
) strict;
create index barring_by_child on barring (child_id);
create index barring_by_adult on barring (adult_id);
create index barring_by_staff on barring (added_by);
create unique index barring_once on barring (child_id, adult_id) where ended_at is null;

create table consent (
    id integer primary key,
    child_id integer not null references child (id),
    purpose text not null check (purpose in (
        'care', 'health', 'photo_inside', 'photo_group', 'photo_public', 'clinic', 'authority')),
    version text not null,
    answer text not null check (answer in ('given', 'refused', 'withdrawn')),
    day text not null,
    signer_id integer references adult (id),
    signer text not null check (length(signer) between 1 and 50),
    paper text not null default '',
    noted_at text not null,
    noted_by integer references staff (id),
    ended_at text
) strict;
create index consent_by_child on consent (child_id);
create index consent_by_signer on consent (signer_id);
create index consent_by_staff on consent (noted_by);
create unique index consent_current on consent (child_id, purpose) where ended_at is null;

create table child_paper (
    id integer primary key,
    child_id integer not null references child (id),
    kind text not null check (kind in (
        'birth', 'household', 'vaccination', 'exam', 'insurance', 'agreement', 'feeding', 'custody',
        'transfer', 'other')),
    number text not null default '',
    issued_on text,
    expires_on text check (expires_on is null or issued_on is null or expires_on >= issued_on),
    note text not null default '',
    added_at text not null,
    added_by integer references staff (id),
    ended_at text
) strict;
create index child_paper_by_child on child_paper (child_id);
create index child_paper_by_expiry on child_paper (expires_on);
create index child_paper_by_staff on child_paper (added_by);

create table photo (
    id integer primary key,
    subject text not null check (subject in ('child', 'adult')),
    subject_id integer not null,
    jpeg blob not null check (length(jpeg) between 100 and 300000),
    added_at text not null,
    added_by integer references staff (id),
    ended_at text
) strict;
create index photo_by_staff on photo (added_by);
create unique index photo_current on photo (subject, subject_id) where ended_at is null;

create table merging (
    id integer primary key,
    subject text not null check (subject in ('child', 'adult')),
    kept_id integer not null,
    merged_id integer not null check (merged_id <> kept_id),
    act_id integer not null references record_act (id),
    document text not null default '',
    at text not null,
    staff_id integer references staff (id),
    undone_at text,
    undone_by integer references staff (id)
) strict;
create index merging_by_kept on merging (subject, kept_id);
create index merging_by_act on merging (act_id);
create index merging_by_staff on merging (staff_id);
create index merging_by_undoer on merging (undone_by);

create table merging_row (
    id integer primary key,
    merging_id integer not null references merging (id),
    place text not null,
    row_id integer not null
) strict;
create index merging_row_by_merging on merging_row (merging_id, place);
"""
