"""The tables of admission: who asks for a place, and every step of a child's life at the centre."""

# enrolment stays the truth of "in class X by mode Y from-to"; a row with undone_at never held.
TABLES = """
create table applicant (
    id integer primary key,
    child_id integer references child (id),
    name text not null check (length(name) between 1 and 50),
    born_on text,
    due_on text,
    contact text not null default '',
    phone text not null check (length(phone) between 5 and 30),
    wish_kind text check (wish_kind in ('infant', 'toddler', 'older_toddler', 'mixed')),
    wish_mode text not null check (wish_mode in ('full_day', 'half_day')),
    wish_half text check (wish_half in ('am', 'pm')),
    wish_start text,
    priority text not null,
    note text not null default '',
    applied_on text not null,
    added_by integer not null references staff (id),
    added_at text not null,
    check ((born_on is null) <> (due_on is null)),
    check ((wish_mode = 'half_day') = (wish_half is not null))
) strict;
create index applicant_by_child on applicant (child_id);
create index applicant_by_adder on applicant (added_by);

create table life_step (
    id integer primary key,
    applicant_id integer references applicant (id),
    child_id integer references child (id),
    kind text not null check (kind in (
        'inquire', 'wait', 'notify', 'confirm', 'rank', 'try', 'enrol',
        'suspend', 'resume', 'move', 'leave')),
    on_day text not null,
    class_id integer references class_group (id),
    mode text check (mode in ('full_day', 'half_day')),
    half text check (half in ('am', 'pm')),
    seat_kept integer not null default 0 check (seat_kept in (0, 1)),
    ending text check (ending in ('graduated', 'withdrawn', 'transferred', 'given_up')),
    starts_on text,
    ends_on text,
    deadline text,
    before_id integer references applicant (id),
    reason text not null default '',
    batch integer references life_step (id),
    made_by integer not null references staff (id),
    made_at text not null,
    undone_at text,
    undone_by integer references staff (id),
    check (applicant_id is not null or child_id is not null),
    check ((kind = 'leave') = (ending is not null)),
    check ((kind = 'notify') = (deadline is not null)),
    check ((undone_at is null) = (undone_by is null))
) strict;
create index life_step_by_applicant on life_step (applicant_id);
create index life_step_by_child on life_step (child_id);
create index life_step_by_class on life_step (class_id);
create index life_step_by_before on life_step (before_id);
create index life_step_by_batch on life_step (batch);
create index life_step_by_maker on life_step (made_by);
create index life_step_by_undone on life_step (undone_by);

create table life_effect (
    id integer primary key,
    step_id integer not null references life_step (id),
    enrolment_id integer not null references enrolment (id),
    opened integer not null check (opened in (0, 1)),
    ended_before text,
    unique (step_id, enrolment_id)
) strict;
create index life_effect_by_enrolment on life_effect (enrolment_id);
"""
