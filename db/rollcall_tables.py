"""The tables of the roll call (紧急点名): who was to be counted, who was safe when, what was learnt of it.

Added to only: a mark is undone, a note superseded, a call ended or declared void; nothing is taken away.
"""

TABLES = """
create table roll_call (
    id integer primary key,
    kind text not null check (kind in ('drill', 'real')),
    plan text not null default '' check (length(plan) <= 100),
    day text not null,
    started_at text not null,
    started_by integer not null references staff (id),
    ended_at text check (ended_at is null or ended_at >= started_at),
    ended_by integer references staff (id),
    undone_at text,
    undone_by integer references staff (id),
    check ((ended_at is null) = (ended_by is null)),
    check ((undone_at is null) = (undone_by is null))
) strict;
create unique index roll_call_open_once on roll_call (ended_at is null)
    where ended_at is null and undone_at is null;
create index roll_call_by_day on roll_call (day);
create index roll_call_by_starter on roll_call (started_by);
create index roll_call_by_ender on roll_call (ended_by);
create index roll_call_by_undone on roll_call (undone_by);

create table roll_call_person (
    id integer primary key,
    roll_call_id integer not null references roll_call (id),
    visit_id integer references visit (id),
    staff_id integer references staff (id),
    class_id integer references class_group (id),
    name text not null check (length(name) between 1 and 50),
    class_name text not null default '',
    listed_at text not null,
    check ((visit_id is null) <> (staff_id is null)),
    unique (roll_call_id, visit_id),
    unique (roll_call_id, staff_id)
) strict;
create index roll_call_person_by_visit on roll_call_person (visit_id);
create index roll_call_person_by_staff on roll_call_person (staff_id);
create index roll_call_person_by_class on roll_call_person (class_id);

create table roll_call_mark (
    id integer primary key,
    person_id integer not null references roll_call_person (id),
    batch integer not null,
    state text not null check (state in ('safe', 'away', 'left')),
    how text not null check (how in ('tap', 'class', 'scan', 'departure')),
    at text not null,
    staff_id integer not null references staff (id),
    undone_at text,
    undone_by integer references staff (id),
    check ((undone_at is null) = (undone_by is null))
) strict;
create unique index roll_call_mark_once on roll_call_mark (person_id) where undone_at is null;
create index roll_call_mark_by_batch on roll_call_mark (batch);
create index roll_call_mark_by_staff on roll_call_mark (staff_id);
create index roll_call_mark_by_undone on roll_call_mark (undone_by);

create table roll_call_note (
    id integer primary key,
    roll_call_id integer not null references roll_call (id),
    course text not null default '',
    problems text not null default '',
    improvements text not null default '',
    remarks text not null default '',
    noted_at text not null,
    noted_by integer not null references staff (id),
    ended_at text
) strict;
create unique index roll_call_note_current on roll_call_note (roll_call_id) where ended_at is null;
create index roll_call_note_by_call on roll_call_note (roll_call_id);
create index roll_call_note_by_staff on roll_call_note (noted_by);
"""
