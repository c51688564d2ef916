"""Tables of the work with the children's growing up: activities, plans of a week, observations, summaries.

Nothing is overwritten: a changed row is a new one that names the one it replaces. What a day's class does
stands in ``day_plan``; a plan of a week keeps what stood there before it and what stood there after it.
"""

SQL = """
create table activity (
    id integer primary key,
    name text not null check (length(name) between 1 and 40),
    materials text not null default '',
    steps text not null default '',
    areas text not null check (areas <> ''),
    months_from integer not null check (months_from between 0 and 48),
    months_to integer not null check (months_to > months_from and months_to <= 60),
    replaces_id integer references activity (id),
    added_by integer not null references staff (id),
    added_at text not null,
    ended_at text,
    ended_by integer references staff (id),
    check ((ended_at is null) = (ended_by is null))
) strict;
create unique index activity_name on activity (name) where ended_at is null;
create index activity_by_replaced on activity (replaces_id);
create index activity_by_adder on activity (added_by);
create index activity_by_ender on activity (ended_by);

create table week_plan (
    id integer primary key,
    monday text not null,
    class_id integer not null references class_group (id),
    theme text not null default '',
    goals text not null default '',
    replaces_id integer references week_plan (id),
    made_by integer not null references staff (id),
    made_at text not null,
    ended_at text,
    undone_by integer references staff (id)
) strict;
create unique index week_plan_current on week_plan (monday, class_id) where ended_at is null;
create index week_plan_by_class on week_plan (class_id);
create index week_plan_by_replaced on week_plan (replaces_id);
create index week_plan_by_maker on week_plan (made_by);
create index week_plan_by_undoer on week_plan (undone_by);

create table week_plan_item (
    id integer primary key,
    plan_id integer not null references week_plan (id),
    stood text not null check (stood in ('before', 'after')),
    day text not null,
    from_minute integer not null check (from_minute between 0 and 1439),
    name text not null check (name <> ''),
    unique (plan_id, stood, day, from_minute)
) strict;

create table observation_act (
    id integer primary key,
    kind text not null check (kind in ('note', 'edit', 'end')),
    staff_id integer not null references staff (id),
    made_at text not null,
    undone_at text,
    undone_by integer references staff (id),
    check ((undone_at is null) = (undone_by is null))
) strict;
create index observation_act_by_staff on observation_act (staff_id);
create index observation_act_by_undoer on observation_act (undone_by);

create table observation (
    id integer primary key,
    act_id integer not null references observation_act (id),
    child_id integer not null references child (id),
    day text not null,
    area text not null check (area in ('motor', 'language', 'cognition', 'social', 'habit')),
    months integer not null check (months >= 0),
    words text not null check (length(words) between 1 and 300),
    staff_id integer not null references staff (id),
    replaces_id integer references observation (id),
    ended_at text,
    ended_in integer references observation_act (id)
) strict;
create index observation_by_act on observation (act_id);
create index observation_by_child on observation (child_id, day);
create index observation_by_staff on observation (staff_id);
create index observation_by_replaced on observation (replaces_id);
create index observation_by_end on observation (ended_in);

create table term_summary (
    id integer primary key,
    child_id integer not null references child (id),
    first_day text not null,
    number text unique,
    attendance text not null default '',
    activities text not null default '',
    growth text not null default '',
    words text not null default '',
    written_at text not null,
    written_by integer not null references staff (id),
    signed_at text,
    signed_by integer references staff (id),
    replaces_id integer references term_summary (id),
    ended_at text,
    check ((signed_at is null) = (signed_by is null)),
    check ((signed_at is null) = (number is null))
) strict;
create index term_summary_by_child on term_summary (child_id, first_day);
create index term_summary_by_writer on term_summary (written_by);
create index term_summary_by_signer on term_summary (signed_by);
create index term_summary_by_replaced on term_summary (replaces_id);

create table term_summary_pick (
    id integer primary key,
    summary_id integer not null references term_summary (id),
    observation_id integer not null references observation (id),
    unique (summary_id, observation_id)
) strict;
create index term_summary_pick_by_observation on term_summary_pick (observation_id);
"""
