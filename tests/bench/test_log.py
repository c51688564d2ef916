"""Logging for a whole class through the service beside the same rows as one raw transaction."""

import itertools

from app.domain.ids import ClassId
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.staff import Role
from app.practice import DESK_MOMENT
from tests.bench.ratio import Figure, in_turn, report
from tests.bench.test_check_in import RawFile, added

TRAIN = ClassId(4)
TABLES = ("log_batch", "log_entry", "audit")


def wake(services, actor, now):
    """Who sleeps at noon drinks nothing: all of the class are woken first."""
    cards = services.classroom.roster(actor, TRAIN).cards
    asleep = tuple(card.visit for card in cards if card.asleep_since is not None)
    services.classroom.log(actor, asleep, EntryDraft(EntryKind.SLEEP, now))


def test_a_log_for_twenty_children_beside_the_raw_transaction(
    benchmark, figures, database, services, actors, templates, clock, tmp_path
):
    raw = RawFile(templates(DESK_MOMENT), tmp_path)
    actor = actors[Role.TEACHER]
    visits = tuple(card.visit for card in services.classroom.roster(actor, TRAIN).cards)
    wake(services, actor, clock())
    draft = EntryDraft(EntryKind.WATER, clock(), amount_ml=120)
    before = {name: database.row(f"select coalesce(max(id), 0) from {name}")[0] for name in TABLES}
    services.classroom.log(actor, visits, draft)
    rows = added(database, before)
    batch, *entries, line = [row for _, row in rows]
    assert len(entries) == len(visits) == 20
    keys = itertools.count(10_000_000)
    insert = {
        name: _insert(row) for name, row in (("log_batch", batch), ("log_entry", entries[0]), ("audit", line))
    }

    def write():
        connection, key = raw.connection, next(keys)
        connection.execute("begin immediate")
        connection.execute(insert["log_batch"].format("log_batch"), {**batch, "id": key})
        fresh = [{**entry, "id": next(keys), "batch_id": key} for entry in entries]
        connection.executemany(insert["log_entry"].format("log_entry"), fresh)
        connection.execute(insert["audit"].format("audit"), {**line, "id": key})
        connection.execute("commit")

    timed = in_turn(benchmark, lambda: services.classroom.log(actor, visits, draft), write, rounds=200)
    raw.connection.close()
    if timed:
        report(
            figures, Figure("log for 20 children through the service / raw", timed[0], "ms", 1.5, timed[1])
        )


def _insert(row):
    return f"insert into {{}} ({', '.join(row)}) values (:{', :'.join(row)})"
