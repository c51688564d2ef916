"""The tables of the first house. Released: never edited again; what changes is a migration of its own."""

CENTRE = """
create table centre (
    id integer primary key check (id = 1),
    name text not null check (length(name) between 1 and 50),
    address text not null default '',
    phone text not null default '',
    seal_key text not null check (length(seal_key) >= 32),
    practice integer not null default 0 check (practice in (0, 1)),
    created_at text not null
) strict;

create table licensed_seats (
    id integer primary key,
    valid_from text not null unique,
    seats integer not null check (seats between 1 and 2000)
) strict;

create table setting (
    id integer primary key,
    name text not null,
    value text not null,
    valid_from text not null,
    set_at text not null,
    unique (name, valid_from, set_at)
) strict;

create table class_group (
    id integer primary key,
    name text not null unique check (length(name) between 1 and 20),
    kind text not null check (kind in ('infant', 'toddler', 'older_toddler', 'mixed')),
    seats integer not null check (seats between 1 and 60),
    colour text not null,
    sort integer not null,
    opened_on text not null,
    closed_on text
) strict;

create table calendar_day (
    day text primary key,
    kind text not null check (kind in ('workday', 'holiday', 'open', 'closed')),
    name text not null default '',
    source text not null default ''
) strict;
"""

PEOPLE = """
create table staff (
    id integer primary key,
    name text not null check (length(name) between 1 and 50),
    role text not null check (role in ('front_desk', 'teacher', 'health_worker', 'cashier', 'director')),
    class_id integer references class_group (id),
    phone text not null default '',
    certificate text not null default '',
    certificate_until text,
    health_until text,
    starts_on text not null,
    ends_on text
) strict;
create index staff_by_class on staff (class_id);

create table shift (
    id integer primary key,
    staff_id integer not null references staff (id),
    class_id integer not null references class_group (id),
    weekday integer check (weekday between 1 and 7),
    day text,
    from_minute integer not null check (from_minute between 0 and 1440),
    to_minute integer not null check (to_minute between 0 and 1440 and to_minute > from_minute),
    ended_at text,
    check ((weekday is null) <> (day is null))
) strict;
create index shift_by_staff on shift (staff_id);
create index shift_by_class on shift (class_id);
create index shift_by_day on shift (day);

create table child (
    id integer primary key,
    name text not null check (length(name) between 1 and 50),
    nickname text not null default '',
    sex text check (sex in ('f', 'm')),
    born_on text not null,
    document_kind text,
    document_number text,
    allergy text not null check (allergy in ('none', 'has', 'unknown')),
    pinyin text not null,
    initials text not null,
    note text not null default '',
    added_at text not null,
    unique (document_kind, document_number)
) strict;

create table child_allergy (
    id integer primary key,
    child_id integer not null references child (id),
    substance text not null check (length(substance) between 1 and 50),
    added_at text not null,
    ended_at text
) strict;
create index child_allergy_by_child on child_allergy (child_id);

create table adult (
    id integer primary key,
    name text not null check (length(name) between 1 and 50),
    phone text not null default '',
    pinyin text not null,
    initials text not null,
    identity_seen_at text,
    born_on text,
    added_at text not null
) strict;
create index adult_by_phone on adult (phone);

create table child_adult (
    id integer primary key,
    child_id integer not null references child (id),
    adult_id integer not null references adult (id),
    relation text not null,
    is_guardian integer not null default 0 check (is_guardian in (0, 1)),
    may_collect integer not null default 0 check (may_collect in (0, 1)),
    is_emergency integer not null default 0 check (is_emergency in (0, 1)),
    barred integer not null default 0 check (barred in (0, 1)),
    only_day text,
    sort integer not null default 0,
    added_at text not null,
    ended_at text
) strict;
create index child_adult_by_child on child_adult (child_id);
create index child_adult_by_adult on child_adult (adult_id);
create unique index child_adult_once on child_adult (child_id, adult_id) where ended_at is null;

create table enrolment (
    id integer primary key,
    child_id integer not null references child (id),
    class_id integer not null references class_group (id),
    mode text not null check (mode in ('full_day', 'half_day', 'temporary', 'hourly')),
    half text check (half in ('am', 'pm')),
    weekdays text not null default '12345',
    arrive_minute integer not null check (arrive_minute between 0 and 1440),
    leave_minute integer not null check (leave_minute between 0 and 1440),
    starts_on text not null,
    ends_on text check (ends_on is null or ends_on >= starts_on)
) strict;
create index enrolment_by_child on enrolment (child_id);
create index enrolment_by_class on enrolment (class_id);
"""

DAY = """
create table booking (
    id integer primary key,
    child_id integer not null references child (id),
    class_id integer not null references class_group (id),
    mode text not null check (mode in ('half_day', 'temporary', 'hourly')),
    tariff text not null,
    day text not null,
    from_minute integer not null,
    to_minute integer not null check (to_minute > from_minute),
    made_by integer references staff (id),
    made_at text not null,
    ended_at text
) strict;
create index booking_by_day on booking (day);
create index booking_by_child on booking (child_id);
create index booking_by_class on booking (class_id);
create index booking_by_maker on booking (made_by);

create table visit (
    id integer primary key,
    child_id integer not null references child (id),
    class_id integer not null references class_group (id),
    day text not null,
    mode text not null check (mode in ('full_day', 'half_day', 'temporary', 'hourly')),
    tariff text not null check (tariff in ('contract', 'temp_full_day', 'temp_half_day', 'hourly')),
    reason text not null default '',
    promised_at text,
    pickup_code text not null,
    arrived_at text not null,
    brought_by integer references adult (id),
    received_by integer not null references staff (id),
    left_at text check (left_at is null or left_at >= arrived_at),
    collected_by integer references adult (id),
    proof text,
    released_by integer references staff (id),
    undone_at text,
    undone_by integer references staff (id),
    unique (day, pickup_code),
    check ((left_at is null) = (released_by is null)),
    check ((undone_at is null) = (undone_by is null))
) strict;
create unique index visit_open_once on visit (child_id) where left_at is null and undone_at is null;
create index visit_by_day on visit (day);
create index visit_by_child on visit (child_id, day);
create index visit_by_class on visit (class_id, day);
create index visit_by_brought on visit (brought_by);
create index visit_by_collected on visit (collected_by);
create index visit_by_received on visit (received_by);
create index visit_by_released on visit (released_by);
create index visit_by_undone on visit (undone_by);

create table health_check (
    id integer primary key,
    visit_id integer not null references visit (id),
    kind text not null check (kind in ('morning', 'noon', 'day')),
    at text not null,
    tenths integer check (tenths between 300 and 450),
    site text check (site in ('forehead', 'armpit', 'ear')),
    outcome text not null check (outcome in ('normal', 'recheck', 'abnormal')),
    note text not null default '',
    staff_id integer not null references staff (id),
    undone_at text
) strict;
create index health_check_by_visit on health_check (visit_id);
create index health_check_by_staff on health_check (staff_id);

create table absence (
    id integer primary key,
    child_id integer not null references child (id),
    day text not null,
    kind text not null check (kind in ('sick', 'personal', 'other')),
    reason text not null default '',
    told_by text not null default '',
    noted_by integer not null references staff (id),
    noted_at text not null,
    undone_at text
) strict;
create unique index absence_once on absence (child_id, day) where undone_at is null;
create index absence_by_day on absence (day);
create index absence_by_staff on absence (noted_by);

create table log_batch (
    id integer primary key,
    kind text not null,
    staff_id integer not null references staff (id),
    made_at text not null,
    undone_at text,
    undone_by integer references staff (id)
) strict;
create index log_batch_by_staff on log_batch (staff_id);
create index log_batch_by_undone on log_batch (undone_by);

create table log_entry (
    id integer primary key,
    batch_id integer not null references log_batch (id),
    visit_id integer not null references visit (id),
    child_id integer not null references child (id),
    day text not null,
    kind text not null check (kind in (
        'meal', 'milk', 'water', 'sleep', 'toilet', 'mood', 'activity', 'temperature', 'note')),
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
    replaces_id integer references log_entry (id),
    ended_at text
) strict;
create index log_entry_by_batch on log_entry (batch_id);
create index log_entry_by_visit on log_entry (visit_id, at);
create index log_entry_by_child on log_entry (child_id, day);
create index log_entry_by_staff on log_entry (staff_id);
create index log_entry_by_replaced on log_entry (replaces_id);

create table menu (
    id integer primary key,
    day text not null,
    slot text not null check (slot in ('breakfast', 'morning_snack', 'lunch', 'afternoon_snack', 'dinner')),
    dishes text not null,
    allergens text not null default '',
    unique (day, slot)
) strict;

create table day_plan (
    id integer primary key,
    day text not null,
    class_id integer not null references class_group (id),
    from_minute integer not null,
    name text not null,
    unique (day, class_id, from_minute)
) strict;
create index day_plan_by_class on day_plan (class_id);

create table handover_note (
    id integer primary key,
    visit_id integer not null references visit (id),
    number text unique,
    prose text not null default '',
    activity text not null default '',
    food text not null default '',
    sleep text not null default '',
    mood text not null default '',
    toilet text not null default '',
    health text not null default '',
    notice text not null default '',
    edited integer not null default 0 check (edited in (0, 1)),
    seen text not null default '',
    written_at text not null,
    written_by integer not null references staff (id),
    signed_at text,
    signed_by integer references staff (id),
    replaces_id integer unique references handover_note (id),
    ended_at text,
    check ((signed_at is null) = (signed_by is null)),
    check ((signed_at is null) = (number is null))
) strict;
create unique index handover_note_current on handover_note (visit_id) where ended_at is null;
create index handover_note_by_visit on handover_note (visit_id);
create index handover_note_by_writer on handover_note (written_by);
create index handover_note_by_signer on handover_note (signed_by);
"""

MONEY = """
create table price (
    id integer primary key,
    code text not null,
    name text not null,
    category text not null check (category in ('basic', 'other', 'agency')),
    unit text not null,
    fen integer not null check (fen >= 0),
    valid_from text not null,
    valid_to text check (valid_to is null or valid_to >= valid_from),
    unique (code, valid_from)
) strict;

create table receipt (
    id integer primary key,
    number text not null unique,
    kind text not null check (kind in ('receipt', 'refund')),
    reverses_id integer unique references receipt (id),
    visit_id integer references visit (id),
    child_id integer not null references child (id),
    class_name text not null default '',
    payer text not null,
    tender text not null check (tender in ('cash', 'wechat', 'alipay', 'transfer', 'card')),
    total_fen integer not null,
    issued_at text not null,
    day text not null,
    issued_by integer not null references staff (id),
    check ((kind = 'refund') = (reverses_id is not null))
) strict;
create index receipt_by_visit on receipt (visit_id);
create index receipt_by_child on receipt (child_id);
create index receipt_by_day on receipt (day);
create index receipt_by_staff on receipt (issued_by);

create table receipt_line (
    id integer primary key,
    receipt_id integer not null references receipt (id),
    position integer not null,
    price_code text not null,
    purpose text not null,
    quantity integer not null,
    unit text not null,
    unit_fen integer not null,
    amount_fen integer not null,
    explanation text not null default '',
    unique (receipt_id, position)
) strict;

create table number_series (
    name text primary key,
    last integer not null check (last >= 0)
) strict;
"""

KEEPING = """
create table draft (
    id integer primary key,
    kind text not null,
    staff_id integer not null references staff (id),
    title text not null default '',
    body text not null,
    held integer not null default 0 check (held in (0, 1)),
    saved_at text not null,
    done_at text
) strict;
create index draft_by_staff on draft (staff_id);

create table paper (
    id integer primary key,
    kind text not null,
    subject_id integer not null,
    printed_at text not null,
    staff_id integer not null references staff (id)
) strict;
create index paper_by_subject on paper (kind, subject_id);
create index paper_by_staff on paper (staff_id);

create table audit (
    id integer primary key,
    at text not null,
    staff_id integer references staff (id),
    verb text not null,
    subject text not null,
    subject_id integer,
    detail text not null default '',
    chain text not null
) strict;
create index audit_by_staff on audit (staff_id);
create index audit_by_subject on audit (subject, subject_id);
"""

# Asked at each act: neither the contracts of children long gone nor all names on file are gone through.
REACHED = """
create index enrolment_by_end on enrolment (ends_on) where undone_at is null;
create index adult_by_name on adult (name);
"""
