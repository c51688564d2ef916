"""The tables of growth and of the doctor's visits.

Weights are grams, lengths millimetres, ages completed months. Added to only: a measure is superseded by its
correction (``ended_at``) or taken back (``undone_at``), so is a visit; a set of tables is ended by the next.
"""

_MEASURES = """
create table growth_measure (
    id integer primary key,
    child_id integer not null references child (id),
    day text not null,
    weight_g integer check (weight_g between 1000 and 30000),
    stature_mm integer check (stature_mm between 400 and 1200),
    lying integer not null check (lying in (0, 1)),
    head_mm integer check (head_mm between 280 and 560),
    doubt text not null default '' check (length(doubt) <= 200),
    measured_at text not null,
    measured_by integer not null references staff (id),
    replaces_id integer references growth_measure (id),
    ended_at text,
    undone_at text,
    undone_by integer references staff (id),
    check (weight_g is not null or stature_mm is not null or head_mm is not null),
    check ((undone_at is null) = (undone_by is null))
) strict;
create unique index growth_measure_once on growth_measure (child_id, day)
    where ended_at is null and undone_at is null;
create index growth_measure_by_child on growth_measure (child_id, day);
create index growth_measure_by_staff on growth_measure (measured_by);
create index growth_measure_by_replaced on growth_measure (replaces_id);
create index growth_measure_by_undoer on growth_measure (undone_by);

create table growth_score (
    id integer primary key,
    measure_id integer not null references growth_measure (id),
    standard text not null check (length(standard) between 1 and 50),
    indicator text not null check (indicator in ('weight', 'stature', 'head', 'proportion')),
    corrected integer not null check (corrected in (0, 1)),
    z real not null,
    level text not null,
    finding text not null default '',
    unique (measure_id, indicator, corrected)
) strict;
create index growth_score_by_measure on growth_score (measure_id);
"""

_STANDARDS = """
create table growth_standard (
    id integer primary key,
    name text not null check (length(name) between 1 and 50),
    imported_at text not null,
    imported_by integer not null references staff (id),
    ended_at text
) strict;
create unique index growth_standard_current on growth_standard (ended_at is null) where ended_at is null;
create index growth_standard_by_staff on growth_standard (imported_by);

create table growth_band (
    id integer primary key,
    standard_id integer not null references growth_standard (id),
    kind text not null check (kind in ('weight', 'stature', 'head', 'length_weight', 'height_weight')),
    sex text not null check (sex in ('f', 'm')),
    place integer not null check (place >= 0),
    minus3 integer not null check (minus3 > 0),
    minus2 integer not null check (minus2 > minus3),
    minus1 integer not null check (minus1 > minus2),
    median integer not null check (median > minus1),
    plus1 integer not null check (plus1 > median),
    plus2 integer not null check (plus2 > plus1),
    plus3 integer not null check (plus3 > plus2),
    unique (standard_id, kind, sex, place)
) strict;
create index growth_band_by_standard on growth_band (standard_id);
"""

_VISITS = """
create table doctor_visit (
    id integer primary key,
    day text not null,
    doctor text not null check (length(doctor) between 1 and 50),
    clinic text not null check (length(clinic) between 1 and 100),
    content text not null default '' check (length(content) <= 1000),
    conclusion text not null check (length(conclusion) between 1 and 1000),
    noted_at text not null,
    noted_by integer not null references staff (id),
    replaces_id integer references doctor_visit (id),
    ended_at text,
    undone_at text,
    undone_by integer references staff (id),
    check ((undone_at is null) = (undone_by is null))
) strict;
create index doctor_visit_by_day on doctor_visit (day);
create index doctor_visit_by_staff on doctor_visit (noted_by);
create index doctor_visit_by_replaced on doctor_visit (replaces_id);
create index doctor_visit_by_undoer on doctor_visit (undone_by);

create table doctor_child (
    id integer primary key,
    visit_id integer not null references doctor_visit (id),
    child_id integer not null references child (id),
    advice text not null default '' check (length(advice) <= 200),
    unique (visit_id, child_id)
) strict;
create index doctor_child_by_visit on doctor_child (visit_id);
create index doctor_child_by_child on doctor_child (child_id);
"""

SQL = _MEASURES + _STANDARDS + _VISITS
