"""Tables around a class's day: who works in it, heads counted by name, walks, moves, the family's wishes."""

DUTY = """
create table staff_post (
    id integer primary key,
    staff_id integer not null references staff (id),
    post text not null check (length(post) between 1 and 30),
    reason text not null default '',
    starts_on text not null check (starts_on is date(starts_on)),
    set_at text not null,
    set_by integer not null references staff (id),
    ended_at text,
    ended_by integer references staff (id),
    check ((ended_at is null) = (ended_by is null))
) strict;
create unique index staff_post_current on staff_post (staff_id) where ended_at is null;
create index staff_post_by_staff on staff_post (staff_id);
create index staff_post_by_setter on staff_post (set_by);
create index staff_post_by_ender on staff_post (ended_by);

create table duty (
    id integer primary key,
    staff_id integer not null references staff (id),
    class_id integer not null references class_group (id),
    day text not null check (day is date(day)),
    kind text not null check (kind in ('work', 'break')),
    cover integer not null default 0 check (cover in (0, 1)),
    from_at text not null,
    to_at text check (to_at is null or to_at >= from_at),
    entered_by integer not null references staff (id),
    ended_by integer references staff (id),
    after_id integer references duty (id),
    replaces_id integer references duty (id),
    reason text not null default '',
    undone_at text,
    undone_by integer references staff (id),
    check ((to_at is null) = (ended_by is null)),
    check ((undone_at is null) = (undone_by is null)),
    check (replaces_id is null or reason <> '')
) strict;
create unique index duty_open_once on duty (staff_id, day) where to_at is null and undone_at is null;
create index duty_by_day on duty (day);
create index duty_by_staff on duty (staff_id);
create index duty_by_class on duty (class_id);
create index duty_by_enterer on duty (entered_by);
create index duty_by_ender on duty (ended_by);
create index duty_by_after on duty (after_id);
create index duty_by_replaced on duty (replaces_id);
create index duty_by_undone on duty (undone_by);
"""

WALKS = """
create table walk (
    id integer primary key,
    day text not null check (day is date(day)),
    place text not null check (length(place) between 1 and 50),
    started_at text not null,
    started_by integer not null references staff (id),
    back_at text check (back_at is null or back_at >= started_at),
    back_by integer references staff (id),
    undone_at text,
    undone_by integer references staff (id),
    check ((back_at is null) = (back_by is null)),
    check ((undone_at is null) = (undone_by is null))
) strict;
create index walk_by_day on walk (day);
create index walk_open on walk (id) where back_at is null and undone_at is null;
create index walk_by_starter on walk (started_by);
create index walk_by_ender on walk (back_by);
create index walk_by_undone on walk (undone_by);

create table walk_member (
    id integer primary key,
    walk_id integer not null references walk (id),
    visit_id integer references visit (id),
    staff_id integer references staff (id),
    class_id integer not null references class_group (id),
    name text not null check (length(name) between 1 and 50),
    check ((visit_id is null) <> (staff_id is null)),
    unique (walk_id, visit_id),
    unique (walk_id, staff_id)
) strict;
create index walk_member_by_visit on walk_member (visit_id);
create index walk_member_by_staff on walk_member (staff_id);
create index walk_member_by_class on walk_member (class_id);

create table head_count (
    id integer primary key,
    day text not null check (day is date(day)),
    stage text not null check (stage in ('round', 'leave', 'arrive', 'return')),
    class_id integer references class_group (id),
    walk_id integer references walk (id),
    place text not null default '',
    expected integer not null check (expected >= 0),
    found integer not null check (found >= 0),
    reason text not null default '',
    at text not null,
    staff_id integer not null references staff (id),
    undone_at text,
    undone_by integer references staff (id),
    check ((stage = 'round') = (class_id is not null)),
    check ((stage = 'round') = (walk_id is null)),
    check ((undone_at is null) = (undone_by is null))
) strict;
create index head_count_by_day on head_count (day);
create index head_count_by_class on head_count (class_id);
create index head_count_by_walk on head_count (walk_id);
create index head_count_by_staff on head_count (staff_id);
create index head_count_by_undone on head_count (undone_by);

create table head_count_child (
    id integer primary key,
    count_id integer not null references head_count (id),
    visit_id integer not null references visit (id),
    name text not null check (length(name) between 1 and 50),
    result text not null check (result in ('here', 'missing', 'extra')),
    unique (count_id, visit_id)
) strict;
create index head_count_child_by_visit on head_count_child (visit_id);
"""

MOVES = """
create table day_move (
    id integer primary key,
    batch integer not null,
    visit_id integer not null references visit (id),
    from_class_id integer not null references class_group (id),
    to_class_id integer not null references class_group (id),
    at text not null,
    reason text not null check (length(reason) between 1 and 200),
    staff_id integer not null references staff (id),
    undone_at text,
    undone_by integer references staff (id),
    check (from_class_id <> to_class_id),
    check ((undone_at is null) = (undone_by is null))
) strict;
create index day_move_by_visit on day_move (visit_id);
create index day_move_by_batch on day_move (batch);
create index day_move_by_origin on day_move (from_class_id);
create index day_move_by_goal on day_move (to_class_id);
create index day_move_by_staff on day_move (staff_id);
create index day_move_by_undone on day_move (undone_by);
"""

INSTRUCTIONS = """
create table instruction (
    id integer primary key,
    child_id integer not null references child (id),
    category text not null check (category in ('meal', 'nap', 'medicine', 'pickup', 'other')),
    words text not null check (length(words) between 1 and 200),
    slots text not null default '',
    from_day text not null check (from_day is date(from_day)),
    to_day text check (to_day is null or (to_day is date(to_day) and to_day >= from_day)),
    told_by text not null check (length(told_by) between 1 and 50),
    way text not null check (way in ('door', 'phone', 'message', 'paper')),
    taken_at text not null,
    taken_by integer not null references staff (id),
    ended_at text,
    ended_by integer references staff (id),
    end_reason text not null default '',
    check ((ended_at is null) = (ended_by is null))
) strict;
create index instruction_by_child on instruction (child_id);
create index instruction_by_taker on instruction (taken_by);
create index instruction_by_ender on instruction (ended_by);
create index instruction_running on instruction (from_day) where ended_at is null;

create table instruction_read (
    id integer primary key,
    instruction_id integer not null references instruction (id),
    staff_id integer not null references staff (id),
    read_at text not null,
    unique (instruction_id, staff_id)
) strict;
create index instruction_read_by_staff on instruction_read (staff_id);
"""

SQL = DUTY + WALKS + MOVES + INSTRUCTIONS
