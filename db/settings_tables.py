"""What the settings need beyond the first house: who changed what, and rows that no longer hold."""

CHANGES = """
create table settings_change (
    id integer primary key,
    area text not null check (area in (
        'centre', 'seats', 'class', 'staff', 'shift', 'price', 'calendar', 'rule')),
    subject_id integer not null,
    words text not null check (length(words) between 1 and 2000),
    valid_from text,
    changed_at text not null,
    staff_id integer not null references staff (id),
    undone_at text,
    undone_by integer references staff (id),
    check ((undone_at is null) = (undone_by is null))
) strict;
create index settings_change_by_subject on settings_change (area, subject_id);
create index settings_change_by_staff on settings_change (staff_id);
create index settings_change_by_undone on settings_change (undone_by);

create table settings_cell (
    id integer primary key,
    change_id integer not null references settings_change (id),
    place text not null,
    row_key text not null,
    field text not null,
    old text,
    new text
) strict;
create index settings_cell_by_change on settings_cell (change_id);
"""

# A dated row that was taken back stays, and holds no more.
ENDINGS = """
alter table setting add column ended_at text;
alter table licensed_seats add column ended_at text;
alter table price add column ended_at text;
alter table calendar_day add column ended_at text;
"""

# 政府指导价: the most that may be charged, and the document that says so (domain §6.1).
CAPS = """
alter table price add column cap_fen integer check (cap_fen >= 0);
alter table price add column cap_source text not null default '';
"""
