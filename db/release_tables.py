"""Tables for handing a child back: authorisations by phone, releases, alarms, open papers, PINs."""

SQL = """
create table staff_pin (
    id integer primary key,
    staff_id integer not null references staff (id),
    salt text not null check (length(salt) = 32),
    hash text not null check (length(hash) = 64),
    set_at text not null,
    set_by integer not null references staff (id),
    ended_at text
) strict;
create unique index staff_pin_current on staff_pin (staff_id) where ended_at is null;
create index staff_pin_by_staff on staff_pin (staff_id);
create index staff_pin_by_setter on staff_pin (set_by);

create table pin_try (
    id integer primary key,
    staff_id integer not null references staff (id),
    at text not null,
    good integer not null check (good in (0, 1))
) strict;
create index pin_try_by_staff on pin_try (staff_id, at);

create table pickup_grant (
    id integer primary key,
    day text not null,
    code text not null check (length(code) = 4),
    caller_id integer not null references adult (id),
    adult_id integer references adult (id),
    name text not null check (length(name) between 1 and 50),
    relation text not null default '',
    phone text not null default '',
    identity_tail text not null default '' check (length(identity_tail) in (0, 4)),
    made_by integer not null references staff (id),
    made_at text not null,
    ended_at text,
    ended_by integer references staff (id),
    unique (day, code),
    check ((ended_at is null) = (ended_by is null)),
    check (phone <> '' or identity_tail <> '')
) strict;
create index pickup_grant_by_caller on pickup_grant (caller_id);
create index pickup_grant_by_adult on pickup_grant (adult_id);
create index pickup_grant_by_maker on pickup_grant (made_by);
create index pickup_grant_by_ender on pickup_grant (ended_by);

create table pickup_grant_child (
    id integer primary key,
    grant_id integer not null references pickup_grant (id),
    child_id integer not null references child (id),
    unique (grant_id, child_id)
) strict;
create index pickup_grant_child_by_child on pickup_grant_child (child_id);

create table release (
    id integer primary key,
    visit_id integer not null references visit (id),
    together_id integer references release (id),
    proof text not null check (proof in ('code', 'card', 'known', 'identity', 'grant', 'exception')),
    who text not null check (length(who) between 1 and 120),
    grant_id integer references pickup_grant (id),
    confirmed_by integer references staff (id),
    reason text not null default '',
    at text not null,
    released_by integer not null references staff (id),
    undone_at text,
    undone_by integer references staff (id),
    check ((proof = 'grant') = (grant_id is not null)),
    check (proof <> 'exception' or (confirmed_by is not null and reason <> '')),
    check (confirmed_by is null or confirmed_by <> released_by),
    check ((undone_at is null) = (undone_by is null))
) strict;
create unique index release_standing on release (visit_id) where undone_at is null;
create index release_by_visit on release (visit_id);
create index release_by_together on release (together_id);
create index release_by_grant on release (grant_id);
create index release_by_confirmer on release (confirmed_by);
create index release_by_staff on release (released_by);
create index release_by_undone on release (undone_by);

create table barred_alarm (
    id integer primary key,
    child_id integer not null references child (id),
    barred_id integer not null references adult (id),
    place text not null check (place in ('collect', 'grant', 'bring')),
    typed text not null check (length(typed) between 1 and 120),
    adult_id integer references adult (id),
    marks text not null,
    day text not null,
    raised_at text not null,
    raised_by integer not null references staff (id),
    decided_at text,
    decided_by integer references staff (id),
    decision text check (decision in ('refused', 'cleared')),
    reason text not null default '',
    check ((decided_at is null) = (decided_by is null)),
    check ((decided_at is null) = (decision is null)),
    check (decision is null or reason <> ''),
    check (decided_by is null or decided_by <> raised_by)
) strict;
create index barred_alarm_by_child on barred_alarm (child_id);
create index barred_alarm_by_barred on barred_alarm (barred_id);
create index barred_alarm_by_adult on barred_alarm (adult_id);
create index barred_alarm_by_raiser on barred_alarm (raised_by);
create index barred_alarm_by_decider on barred_alarm (decided_by);

create table barred_trait (
    id integer primary key,
    adult_id integer not null references adult (id),
    kind text not null check (kind in ('nickname', 'phone', 'identity')),
    value text not null check (length(value) between 1 and 50),
    noted_by integer not null references staff (id),
    noted_at text not null,
    ended_at text
) strict;
create index barred_trait_by_adult on barred_trait (adult_id);
create index barred_trait_by_noter on barred_trait (noted_by);

create table belonging (
    id integer primary key,
    visit_id integer not null references visit (id),
    words text not null check (length(words) between 1 and 50),
    noted_by integer not null references staff (id),
    noted_at text not null,
    returned_in integer references release (id),
    undone_at text
) strict;
create index belonging_by_visit on belonging (visit_id);
create index belonging_by_noter on belonging (noted_by);
create index belonging_by_release on belonging (returned_in);

create table deferral (
    id integer primary key,
    release_id integer not null references release (id),
    child_id integer not null references child (id),
    kind text not null check (length(kind) between 1 and 30),
    subject_id integer not null,
    words text not null,
    reason text not null check (reason <> ''),
    settled_in integer references release (id),
    undone_at text
) strict;
create index deferral_by_release on deferral (release_id);
create index deferral_by_child on deferral (child_id);
create index deferral_by_settler on deferral (settled_in);
create index deferral_by_subject on deferral (kind, subject_id);
"""
