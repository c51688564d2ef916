"""Tables of injuries, suspected harm, illness and the registers kept in rounds.

Triggers keep what must stay: nothing of these is deleted, and of suspected harm nothing is changed, not
even by a mistake of the program. (A merging of two records may move a row to the child it is kept with.)
"""

_KEPT = """
create trigger {table}_is_kept before delete on {table}
begin
    select raise(abort, '{table} is never deleted');
end;
"""
_UNCHANGED = """
create trigger {table}_is_unchanged before update of {columns} on {table}
begin
    select raise(abort, '{table} is never changed');
end;
"""

INJURIES = """
create table injury (
    id integer primary key,
    root_id integer references injury (id),
    child_id integer not null references child (id),
    class_id integer references class_group (id),
    class_name text not null,
    day text not null,
    minute integer not null check (minute between 0 and 1439),
    duty_id integer not null references staff (id),
    kind text not null,
    subtype text not null default '',
    other_id integer references child (id),
    place text not null,
    activity text not null,
    company text not null,
    handling text not null,
    aid text not null default '',
    regions text not null default '',
    diagnosis text not null default '',
    rest_days integer check (rest_days between 0 and 365),
    outcome text not null default '',
    story text not null check (length(story) between 1 and 1000),
    noted_by integer not null references staff (id),
    noted_at text not null,
    replaces_id integer references injury (id),
    ended_at text,
    check ((root_id is null) = (replaces_id is null))
) strict;
create index injury_by_child on injury (child_id, day);
create index injury_by_root on injury (root_id);
create index injury_by_other on injury (other_id);
create index injury_by_class on injury (class_id);
create index injury_by_duty on injury (duty_id);
create index injury_by_noter on injury (noted_by);
create index injury_by_replaced on injury (replaces_id);
create index injury_by_day on injury (day) where ended_at is null;

create table injury_addition (
    id integer primary key,
    injury_id integer not null references injury (id),
    kind text not null check (kind in ('words', 'told', 'signed')),
    words text not null default '' check (length(words) <= 1000),
    whom text not null default '',
    how text not null default '',
    told_at text,
    version_id integer references injury (id),
    added_by integer not null references staff (id),
    added_at text not null,
    check (kind <> 'words' or words <> ''),
    check ((kind = 'told') = (told_at is not null)),
    check (kind <> 'told' or whom <> ''),
    check ((kind = 'signed') = (version_id is not null))
) strict;
create index injury_addition_by_injury on injury_addition (injury_id);
create index injury_addition_by_version on injury_addition (version_id);
create index injury_addition_by_staff on injury_addition (added_by);
"""

CONCERNS = """
create table concern (
    id integer primary key,
    child_id integer not null references child (id),
    day text not null,
    observer_id integer not null references staff (id),
    facts text not null check (length(facts) between 1 and 2000),
    photos text not null default '',
    decided_by text not null default '',
    reporter_id integer not null references staff (id),
    noted_at text not null
) strict;
create index concern_by_child on concern (child_id);
create index concern_by_observer on concern (observer_id);
create index concern_by_reporter on concern (reporter_id);

create table concern_addition (
    id integer primary key,
    concern_id integer not null references concern (id),
    kind text not null check (kind in ('words', 'report')),
    words text not null default '' check (length(words) <= 2000),
    reported_at text,
    channel text not null default '',
    receipt text not null default '',
    decided_by text not null default '',
    added_by integer not null references staff (id),
    added_at text not null,
    check (kind <> 'words' or words <> ''),
    check ((kind = 'report') = (reported_at is not null)),
    check (kind <> 'report' or channel <> '')
) strict;
create index concern_addition_by_concern on concern_addition (concern_id);
create index concern_addition_by_staff on concern_addition (added_by);
"""

ILLNESS = """
create table illness_case (
    id integer primary key,
    root_id integer references illness_case (id),
    child_id integer not null references child (id),
    class_id integer references class_group (id),
    class_name text not null,
    disease text not null,
    detail text not null default '',
    confirmed integer not null check (confirmed in (0, 1)),
    onset_on text not null,
    basis_on text,
    left_on text not null,
    diagnosed_on text,
    diagnosed_by text not null default '',
    note text not null default '',
    source text not null check (source in ('absence', 'follow_up', 'fever', 'register')),
    source_id integer,
    noted_by integer not null references staff (id),
    noted_at text not null,
    replaces_id integer references illness_case (id),
    ended_at text,
    ended_as text check (ended_as in ('superseded', 'undone')),
    check ((ended_at is null) = (ended_as is null)),
    check ((root_id is null) = (replaces_id is null))
) strict;
create index illness_case_by_child on illness_case (child_id);
create index illness_case_by_root on illness_case (root_id);
create index illness_case_by_class on illness_case (class_id);
create index illness_case_by_noter on illness_case (noted_by);
create index illness_case_by_replaced on illness_case (replaces_id);
create index illness_case_by_onset on illness_case (onset_on) where ended_at is null;

create table illness_clearance (
    id integer primary key,
    case_id integer not null references illness_case (id),
    kind text not null check (kind in ('certificate', 'overrule')),
    day text not null,
    words text not null check (words <> ''),
    basis_on text,
    seen_by integer not null references staff (id),
    confirmed_by integer references staff (id),
    at text not null,
    undone_at text,
    undone_by integer references staff (id),
    check ((kind = 'overrule') = (confirmed_by is not null)),
    check (confirmed_by is null or confirmed_by <> seen_by),
    check ((undone_at is null) = (undone_by is null))
) strict;
create index illness_clearance_by_case on illness_clearance (case_id);
create index illness_clearance_by_seer on illness_clearance (seen_by);
create index illness_clearance_by_confirmer on illness_clearance (confirmed_by);
create index illness_clearance_by_undoer on illness_clearance (undone_by);
"""

REGISTERS = """
create table register_entry (
    id integer primary key,
    register text not null,
    day text not null,
    class_id integer references class_group (id),
    child_id integer references child (id),
    item text not null default '',
    answers text not null,
    open integer not null check (open in (0, 1)),
    noted_by integer not null references staff (id),
    noted_at text not null,
    replaces_id integer references register_entry (id),
    ended_at text,
    ended_by integer references staff (id),
    check ((ended_at is null) = (ended_by is null))
) strict;
create index register_entry_by_register on register_entry (register, day) where ended_at is null;
create index register_entry_open on register_entry (register) where ended_at is null and open = 1;
create unique index register_entry_ticked on register_entry (register, class_id, day, item)
    where ended_at is null and item <> '';
create index register_entry_by_class on register_entry (class_id);
create index register_entry_by_child on register_entry (child_id);
create index register_entry_by_noter on register_entry (noted_by);
create index register_entry_by_replaced on register_entry (replaces_id);
create index register_entry_by_ender on register_entry (ended_by);
"""

# What is due several times a day is ticked several times: a cell of a grid holds a line for each.
TICKS = """
drop index register_entry_ticked;
"""

_TABLES = (
    "injury", "injury_addition", "concern", "concern_addition", "illness_case", "illness_clearance",
    "register_entry",
)  # fmt: skip
_FIXED = {
    "concern": "day, observer_id, facts, photos, decided_by, reporter_id, noted_at",
    "concern_addition": "concern_id, kind, words, reported_at, channel, receipt, decided_by, added_by,"
    " added_at",
    "injury": "root_id, day, minute, kind, subtype, place, activity, handling, aid, regions, story, noted_by,"
    " noted_at",
    "injury_addition": "injury_id, kind, words, whom, how, told_at, version_id, added_by, added_at",
}
SQL = (
    INJURIES
    + CONCERNS
    + ILLNESS
    + REGISTERS
    + "".join(_KEPT.format(table=table) for table in _TABLES)
    + "".join(_UNCHANGED.format(table=table, columns=columns) for table, columns in _FIXED.items())
)
