"""Bookings in series, calls to the families, and the tracing of absences: the text of a migration."""

SQL = """
create table booking_series (
    id integer primary key,
    child_id integer not null references child (id),
    weekdays text not null check (length(weekdays) between 1 and 7),
    starts_on text not null,
    until text not null check (until >= starts_on),
    made_by integer not null references staff (id),
    made_at text not null
) strict;
create index booking_series_by_child on booking_series (child_id);
create index booking_series_by_maker on booking_series (made_by);

alter table booking add column series_id integer references booking_series (id);
alter table booking add column moved_from_id integer references booking (id);
alter table booking add column note text not null default '';
alter table booking add column override_reason text not null default '';
alter table booking add column outcome text check (outcome in ('cancelled', 'moved', 'no_show'));
alter table booking add column cancelled_by text not null default '';
alter table booking add column cancel_reason text not null default '';
alter table booking add column told_at text;
alter table booking add column ended_by integer references staff (id);
create index booking_by_series on booking (series_id);
create index booking_by_moved on booking (moved_from_id);
create index booking_by_ender on booking (ended_by);

create table contact (
    id integer primary key,
    child_id integer not null references child (id),
    visit_id integer references visit (id),
    booking_id integer references booking (id),
    adult_id integer references adult (id),
    kind text not null check (kind in ('pickup', 'reminder', 'taken_back')),
    day text not null,
    reached integer not null check (reached in (0, 1)),
    whom text not null default '',
    words text not null default '',
    promised_at text,
    at text not null,
    staff_id integer not null references staff (id),
    takes_back_id integer unique references contact (id),
    check ((kind = 'taken_back') = (takes_back_id is not null))
) strict;
create index contact_by_child on contact (child_id);
create index contact_by_visit on contact (visit_id);
create index contact_by_booking on contact (booking_id);
create index contact_by_adult on contact (adult_id);
create index contact_by_staff on contact (staff_id);
create index contact_by_day on contact (day);

create table absence_spell (
    id integer primary key,
    child_id integer not null references child (id),
    kind text not null check (kind in ('sick', 'personal', 'other')),
    from_day text not null,
    to_day text not null check (to_day >= from_day),
    disease text not null default '',
    reason text not null default '',
    told_by text not null default '',
    told_how text not null default '' check (told_how in ('', 'phone', 'wechat', 'in_person')),
    told_at text,
    noted_by integer not null references staff (id),
    noted_at text not null,
    undone_at text
) strict;
create index absence_spell_by_child on absence_spell (child_id);
create index absence_spell_by_staff on absence_spell (noted_by);

alter table absence add column spell_id integer references absence_spell (id);
create index absence_by_spell on absence (spell_id);

create table absence_follow_up (
    id integer primary key,
    child_id integer not null references child (id),
    day text not null,
    away_since text not null check (away_since <= day),
    spell_id integer references absence_spell (id),
    traced_by integer not null references staff (id),
    traced_at text not null,
    way text not null check (way in ('phone', 'wechat', 'visit', 'in_person')),
    whom text not null default '',
    result text not null check (result in ('sick', 'personal', 'other', 'coming', 'unreached')),
    illness text not null default '',
    hospital text not null default '',
    diagnosis text not null default '',
    infectious text not null default 'unknown' check (infectious in ('yes', 'no', 'unknown')),
    handling text not null default '',
    returns_on text,
    again_on text,
    again_by integer references staff (id),
    undone_at text
) strict;
create index absence_follow_up_by_child on absence_follow_up (child_id, day);
create index absence_follow_up_by_day on absence_follow_up (day);
create index absence_follow_up_by_spell on absence_follow_up (spell_id);
create index absence_follow_up_by_tracer on absence_follow_up (traced_by);
create index absence_follow_up_by_next on absence_follow_up (again_by);
"""
