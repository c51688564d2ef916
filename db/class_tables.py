"""What a class's log learnt to hold: more kinds with their facts, photos, clearances, portions, phrases.

``log_entry`` is made anew because SQLite cannot widen a check: its rows keep their keys.
"""

SQL = """
create table log_photo (
    id integer primary key,
    jpeg blob not null check (length(jpeg) between 100 and 300000),
    added_at text not null,
    added_by integer references staff (id)
) strict;
create index log_photo_by_staff on log_photo (added_by);

create table log_entry_wide (
    id integer primary key,
    batch_id integer not null references log_batch (id),
    visit_id integer not null references visit (id),
    child_id integer not null references child (id),
    day text not null,
    kind text not null check (kind in (
        'meal', 'milk', 'water', 'sleep', 'toilet', 'mood', 'activity', 'temperature', 'note',
        'food', 'washing', 'outdoor', 'sleep_check', 'photo')),
    at text not null,
    until text check (until is null or until >= at),
    detail text,
    quality text,
    grade integer check (grade between 0 and 5),
    amount_ml integer check (amount_ml between 0 and 2000),
    tenths integer check (tenths between 300 and 450),
    text text not null default '',
    note text not null default '',
    staff_id integer not null references staff (id),
    replaces_id integer references log_entry_wide (id),
    ended_at text,
    colour text,
    steps text not null default '',
    helper_id integer references staff (id),
    photo_id integer references log_photo (id),
    reason text not null default '' check (length(reason) <= 200),
    check ((kind = 'photo') = (photo_id is not null))
) strict;
insert into log_entry_wide (id, batch_id, visit_id, child_id, day, kind, at, until, detail, quality, grade,
    amount_ml, tenths, text, note, staff_id, replaces_id, ended_at)
    select id, batch_id, visit_id, child_id, day, kind, at, until, detail, quality, grade, amount_ml, tenths,
    text, note, staff_id, replaces_id, ended_at from log_entry;
drop table log_entry;
alter table log_entry_wide rename to log_entry;
create index log_entry_by_batch on log_entry (batch_id);
create index log_entry_by_visit on log_entry (visit_id, at);
create index log_entry_by_child on log_entry (child_id, day);
create index log_entry_by_staff on log_entry (staff_id);
create index log_entry_by_replaced on log_entry (replaces_id);
create index log_entry_by_helper on log_entry (helper_id) where helper_id is not null;
create index log_entry_by_photo on log_entry (photo_id) where photo_id is not null;
create index log_entry_by_moment on log_entry (at, id) where ended_at is null;
create index log_entry_by_kind on log_entry (kind, at, id) where ended_at is null;

create table log_clearance (
    id integer primary key,
    entry_id integer not null references log_entry (id),
    words text not null,
    reason text not null check (length(reason) between 2 and 200),
    staff_id integer not null references staff (id),
    at text not null
) strict;
create index log_clearance_by_entry on log_clearance (entry_id);
create index log_clearance_by_staff on log_clearance (staff_id);

create table menu_portion (
    id integer primary key,
    day text not null,
    slot text not null check (slot in ('breakfast', 'morning_snack', 'lunch', 'afternoon_snack', 'dinner')),
    position integer not null,
    dish text not null check (length(dish) between 1 and 60),
    grams integer not null check (grams between 1 and 1000),
    added_at text not null,
    added_by integer references staff (id),
    ended_at text
) strict;
create index menu_portion_by_day on menu_portion (day, slot);
create index menu_portion_by_staff on menu_portion (added_by);

create table class_phrase (
    id integer primary key,
    kind text not null check (kind in ('remark', 'notice')),
    position integer not null,
    text text not null check (length(text) between 1 and 60),
    added_at text not null,
    added_by integer references staff (id),
    ended_at text,
    ended_by integer references staff (id)
) strict;
create index class_phrase_current on class_phrase (kind, position) where ended_at is null;
create index class_phrase_by_staff on class_phrase (added_by);
create index class_phrase_by_ender on class_phrase (ended_by);
"""

# The door asks at every arrival whether a fever was measured of late: few lines of a log hold a reading.
MEASURED = """
create index log_entry_measured on log_entry (child_id, day) where tenths is not null;
"""

# What was done with food that names her allergy, as the sheet asks since; '' for what was kept before.
WAYS = """
alter table log_clearance add column way text not null default ''
    check (way in ('', 'swapped', 'picked', 'safe'));
"""

# What a dish holds that children react to, where its name does not tell: asked once, kept for every week.
DISHES = """
create table dish_answer (
    id integer primary key,
    dish text not null check (length(dish) between 1 and 200),
    allergens text not null,
    added_at text not null,
    added_by integer not null references staff (id),
    ended_at text
) strict;
create unique index dish_answer_current on dish_answer (dish) where ended_at is null;
create index dish_answer_by_staff on dish_answer (added_by);
"""
