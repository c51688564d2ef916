"""Cards for those who bring and fetch a child (接送卡), each with its own number; a lost one stays lost."""

CARDS = """
create table card (
    id integer primary key,
    number text not null unique,
    child_id integer not null references child (id),
    batch integer not null check (batch > 0),
    replaces_id integer references card (id),
    issued_at text not null,
    issued_by integer not null references staff (id),
    ended_as text check (ended_as in ('lost', 'withdrawn')),
    ended_at text check (ended_at is null or ended_at >= issued_at),
    ended_by integer references staff (id),
    ended_words text not null default '',
    check ((ended_as is null) = (ended_at is null)),
    check ((ended_as is null) = (ended_by is null))
) strict;
create index card_by_child on card (child_id);
create index card_by_replaced on card (replaces_id);
create index card_by_batch on card (batch);
create index card_by_issuer on card (issued_by);
create index card_by_ender on card (ended_by);
"""
