"""The health rounds, fevers and medicine.

What was taken back keeps its row (``undone_at``). What was settled while a child was handed back carries the
``release_id``: it stands as long as that release does.
"""

SQL = """
create table check_detail (
    id integer primary key,
    check_id integer not null unique references health_check (id),
    batch integer not null,
    card text not null check (card in ('green', 'yellow', 'red')),
    findings text not null default '',
    told text not null default '' check (length(told) <= 200),
    treatment text not null default '' check (length(treatment) <= 200)
) strict;
create index check_detail_by_batch on check_detail (batch);

create table fever_case (
    id integer primary key,
    visit_id integer not null references visit (id),
    check_id integer references health_check (id),
    entry_id integer references log_entry (id),
    tenths integer not null check (tenths between 300 and 450),
    site text not null check (site in ('forehead', 'armpit', 'ear')),
    recheck_at text not null,
    started_at text not null,
    started_by integer not null references staff (id),
    undone_at text,
    undone_by integer references staff (id),
    check ((undone_at is null) = (undone_by is null))
) strict;
create index fever_case_by_visit on fever_case (visit_id);
create index fever_case_by_check on fever_case (check_id);
create index fever_case_by_entry on fever_case (entry_id);
create index fever_case_by_starter on fever_case (started_by);
create index fever_case_by_undone on fever_case (undone_by);

create table fever_step (
    id integer primary key,
    case_id integer not null references fever_case (id),
    kind text not null check (kind in ('recheck', 'call', 'isolate', 'release', 'collected', 'back')),
    at text not null,
    staff_id integer not null references staff (id),
    tenths integer check (tenths between 300 and 450),
    site text check (site in ('forehead', 'armpit', 'ear')),
    whom text not null default '' check (length(whom) <= 50),
    phone text not null default '' check (length(phone) <= 30),
    reached integer not null default 0 check (reached in (0, 1)),
    words text not null default '' check (length(words) <= 200),
    release_id integer references release (id),
    undone_at text,
    undone_by integer references staff (id),
    check ((kind = 'recheck') = (tenths is not null)),
    check ((undone_at is null) = (undone_by is null))
) strict;
create index fever_step_by_case on fever_step (case_id);
create index fever_step_by_staff on fever_step (staff_id);
create index fever_step_by_release on fever_step (release_id);
create index fever_step_by_undone on fever_step (undone_by);

create table medicine_request (
    id integer primary key,
    visit_id integer not null references visit (id),
    medicine text not null check (length(medicine) between 1 and 50),
    dose text not null check (length(dose) between 1 and 30),
    way text not null check (length(way) between 1 and 30),
    reason text not null check (length(reason) between 1 and 200),
    allergy text not null check (length(allergy) between 1 and 100),
    original_pack integer not null check (original_pack = 1),
    expires_on text not null,
    brought integer not null check (brought between 1 and 9),
    home_at text,
    signer text not null check (length(signer) between 1 and 50),
    signed_how text not null check (signed_how in ('paper', 'screen')),
    signature text not null default '' check (length(signature) <= 40000),
    taken_at text not null,
    taken_by integer not null references staff (id),
    undone_at text,
    undone_by integer references staff (id),
    check ((signed_how = 'screen') = (signature <> '')),
    check ((undone_at is null) = (undone_by is null))
) strict;
create index medicine_request_by_visit on medicine_request (visit_id);
create index medicine_request_by_taker on medicine_request (taken_by);
create index medicine_request_by_undone on medicine_request (undone_by);

create table medicine_dose (
    id integer primary key,
    request_id integer not null references medicine_request (id),
    due_at text not null,
    unique (request_id, due_at)
) strict;
create index medicine_dose_by_due on medicine_dose (due_at);

create table medicine_act (
    id integer primary key,
    dose_id integer not null references medicine_dose (id),
    kind text not null check (kind in ('given', 'skipped')),
    at text not null,
    dose text not null default '',
    giver_id integer not null references staff (id),
    second_id integer references staff (id),
    late_minutes integer not null default 0 check (late_minutes >= 0),
    reason text not null default '' check (length(reason) <= 200),
    release_id integer references release (id),
    undone_at text,
    undone_by integer references staff (id),
    check ((kind = 'given') = (second_id is not null)),
    check (second_id is null or second_id <> giver_id),
    check ((undone_at is null) = (undone_by is null))
) strict;
create unique index medicine_act_once on medicine_act (dose_id) where undone_at is null;
create index medicine_act_by_dose on medicine_act (dose_id);
create index medicine_act_by_giver on medicine_act (giver_id);
create index medicine_act_by_second on medicine_act (second_id);
create index medicine_act_by_release on medicine_act (release_id);
create index medicine_act_by_undone on medicine_act (undone_by);

create table medicine_return (
    id integer primary key,
    request_id integer not null references medicine_request (id),
    at text not null,
    staff_id integer not null references staff (id),
    whom text not null check (length(whom) between 1 and 50),
    words text not null default '' check (length(words) <= 200),
    release_id integer references release (id),
    undone_at text,
    undone_by integer references staff (id),
    check ((undone_at is null) = (undone_by is null))
) strict;
create index medicine_return_by_request on medicine_return (request_id);
create index medicine_return_by_staff on medicine_return (staff_id);
create index medicine_return_by_release on medicine_return (release_id);
create index medicine_return_by_undone on medicine_return (undone_by);
"""

# A dose that fell due at home: when the family gave it there, and who of them said that they did or did not.
AT_HOME = """
alter table medicine_act add column home_at text check (home_at is null or kind = 'skipped');
alter table medicine_act add column asked text not null default ''
    check (length(asked) <= 50 and (home_at is null or asked <> ''));
"""
