"""Tables round the handover: a sentence for a whole class, what was said at the door, the family's signature,
and the sheets that one shift hands to the next with their open points.
"""

SQL = """
create table class_sentence (
    id integer primary key,
    class_id integer not null references class_group (id),
    day text not null,
    part text not null check (part in ('prose', 'notice')),
    words text not null check (length(words) between 1 and 200),
    written_at text not null,
    written_by integer not null references staff (id),
    undone_at text,
    undone_by integer references staff (id),
    check ((undone_at is null) = (undone_by is null))
) strict;
create index class_sentence_by_class on class_sentence (class_id, day);
create index class_sentence_by_day on class_sentence (day);
create index class_sentence_by_writer on class_sentence (written_by);
create index class_sentence_by_undone on class_sentence (undone_by);

create table note_told (
    id integer primary key,
    visit_id integer not null references visit (id),
    adult_id integer references adult (id),
    who text not null check (length(who) between 1 and 60),
    words text not null,
    told_at text not null,
    told_by integer not null references staff (id),
    undone_at text,
    undone_by integer references staff (id),
    check ((undone_at is null) = (undone_by is null))
) strict;
create index note_told_by_visit on note_told (visit_id);
create index note_told_by_adult on note_told (adult_id);
create index note_told_by_teller on note_told (told_by);
create index note_told_by_undone on note_told (undone_by);

create table note_signature (
    id integer primary key,
    note_id integer not null references handover_note (id),
    adult_id integer references adult (id),
    who text not null check (length(who) between 1 and 60),
    way text not null check (way in ('screen', 'paper')),
    png blob,
    signed_at text not null,
    staff_id integer not null references staff (id),
    undone_at text,
    undone_by integer references staff (id),
    check ((way = 'screen') = (png is not null)),
    check ((undone_at is null) = (undone_by is null))
) strict;
create unique index note_signature_once on note_signature (note_id) where undone_at is null;
create index note_signature_by_note on note_signature (note_id);
create index note_signature_by_adult on note_signature (adult_id);
create index note_signature_by_staff on note_signature (staff_id);
create index note_signature_by_undone on note_signature (undone_by);

create table shift_sheet (
    id integer primary key,
    class_id integer not null references class_group (id),
    day text not null,
    expected integer not null check (expected >= 0),
    came integer not null check (came >= 0),
    guests integer not null check (guests between 0 and came),
    went integer not null check (went between 0 and came),
    sick integer not null check (sick >= 0),
    personal integer not null check (personal >= 0),
    other integer not null check (other >= 0),
    later integer not null check (later >= 0),
    unheard integer not null check (unheard >= 0),
    early integer not null check (early between 0 and went),
    counted integer not null check (counted between 0 and 99),
    reason text not null default '',
    remark text not null default '',
    given_by integer not null references staff (id),
    taken_by integer not null references staff (id),
    signed_at text not null,
    undone_at text,
    undone_by integer references staff (id),
    check (given_by <> taken_by),
    check (counted = came - went or reason <> ''),
    check (expected = came - guests + sick + personal + other + later + unheard),
    check ((undone_at is null) = (undone_by is null))
) strict;
create index shift_sheet_by_class on shift_sheet (class_id, day);
create index shift_sheet_by_giver on shift_sheet (given_by);
create index shift_sheet_by_taker on shift_sheet (taken_by);
create index shift_sheet_by_undone on shift_sheet (undone_by);

create table shift_point (
    id integer primary key,
    class_id integer not null references class_group (id),
    words text not null check (length(words) between 1 and 200),
    opened_at text not null,
    opened_by integer not null references staff (id),
    undone_at text,
    undone_by integer references staff (id),
    check ((undone_at is null) = (undone_by is null))
) strict;
create index shift_point_by_class on shift_point (class_id);
create index shift_point_by_opener on shift_point (opened_by);
create index shift_point_by_undone on shift_point (undone_by);

create table shift_point_closing (
    id integer primary key,
    point_id integer not null references shift_point (id),
    words text not null check (length(words) between 1 and 200),
    closed_at text not null,
    closed_by integer not null references staff (id),
    undone_at text,
    undone_by integer references staff (id),
    check ((undone_at is null) = (undone_by is null))
) strict;
create unique index shift_point_closed_once on shift_point_closing (point_id) where undone_at is null;
create index shift_point_closing_by_point on shift_point_closing (point_id);
create index shift_point_closing_by_closer on shift_point_closing (closed_by);
create index shift_point_closing_by_undone on shift_point_closing (undone_by);

create table shift_line (
    id integer primary key,
    sheet_id integer not null references shift_sheet (id),
    section text not null
        check (section in ('away', 'early', 'medicine', 'mood', 'watch', 'instruction', 'count', 'point')),
    words text not null check (length(words) between 1 and 500),
    point_id integer references shift_point (id),
    check ((section = 'point') = (point_id is not null))
) strict;
create index shift_line_by_sheet on shift_line (sheet_id);
create index shift_line_by_point on shift_line (point_id);

create table shift_check (
    id integer primary key,
    sheet_id integer not null references shift_sheet (id),
    item text not null check (length(item) between 1 and 100),
    good integer not null check (good in (0, 1)),
    note text not null default '',
    check (good = 1 or note <> '')
) strict;
create index shift_check_by_sheet on shift_check (sheet_id);

create table shift_check_item (
    id integer primary key,
    item text not null check (length(item) between 1 and 100),
    sort integer not null,
    set_at text not null,
    set_by integer not null references staff (id),
    ended_at text
) strict;
create index shift_check_item_by_setter on shift_check_item (set_by);
"""

# A point may be one that the day itself leaves open, found anew on each sheet: nobody wrote or closes it.
OPEN_OF_ITSELF = """
create table shift_line_wide (
    id integer primary key,
    sheet_id integer not null references shift_sheet (id),
    section text not null
        check (section in ('away', 'early', 'medicine', 'mood', 'watch', 'instruction', 'count', 'point')),
    words text not null check (length(words) between 1 and 500),
    point_id integer references shift_point (id),
    check (section = 'point' or point_id is null)
) strict;
insert into shift_line_wide (id, sheet_id, section, words, point_id)
    select id, sheet_id, section, words, point_id from shift_line;
drop table shift_line;
alter table shift_line_wide rename to shift_line;
create index shift_line_by_sheet on shift_line (sheet_id);
create index shift_line_by_point on shift_line (point_id);
"""
