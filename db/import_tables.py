"""What a list that was taken in has made, so that it can be taken back."""

SQL = """
create table import_batch (
    id integer primary key,
    file_name text not null check (length(file_name) between 1 and 200),
    rows integer not null check (rows > 0),
    made_at text not null,
    made_by integer not null references staff (id),
    undone_at text,
    undone_by integer references staff (id),
    check ((undone_at is null) = (undone_by is null))
) strict;
create index import_batch_by_maker on import_batch (made_by);
create index import_batch_by_undone on import_batch (undone_by);

create table import_row (
    id integer primary key,
    batch_id integer not null references import_batch (id),
    row_number integer not null check (row_number > 0),
    child_id integer not null unique references child (id),
    enrolment_id integer references enrolment (id),
    unique (batch_id, row_number)
) strict;
create index import_row_by_enrolment on import_row (enrolment_id);

alter table enrolment add column undone_at text;
"""
