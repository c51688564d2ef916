"""A check-in through the service beside the same rows as one raw transaction."""

import itertools
import shutil
import sqlite3

from app.domain.staff import Role
from app.practice import DESK_MOMENT
from app.services.arrivals import CheckIn
from tests.bench.ratio import Figure, in_turn, report

TABLES = ("visit", "health_check", "audit", "number_series", "absence", "log_entry")


class RawFile:
    """A copy of the file written to by bare sqlite3, with the pragmas of the program."""

    def __init__(self, source, folder):
        self.path = folder / "raw.sqlite3"
        shutil.copyfile(source, self.path)
        self.connection = sqlite3.connect(self.path, isolation_level=None)
        for pragma in (
            "locking_mode = exclusive",
            "foreign_keys = on",
            "journal_mode = wal",
            "synchronous = full",
        ):
            self.connection.execute(f"pragma {pragma}")
        self.numbers = itertools.count(1)

    def write(self, rows):
        """Insert the rows again under new keys, in one transaction."""
        number = next(self.numbers)
        self.connection.execute("begin immediate")
        keys = {}
        for table, row in rows:
            row = {name: value for name, value in row.items() if name != "id"}
            if table == "visit":
                row["pickup_code"] = f"b{number}"
                row["left_at"], row["released_by"] = row["arrived_at"], row["received_by"]
            if "visit_id" in row:
                row["visit_id"] = keys["visit"]
            names = ", ".join(row)
            marks = ", ".join(f":{name}" for name in row)
            keys[table] = self.connection.execute(
                f"insert into {table} ({names}) values ({marks})", row
            ).lastrowid
        self.connection.execute("commit")


def added(database, before):
    """The rows that came after ``before``, in the order of the tables."""
    return [
        (table, dict(row))
        for table, last in before.items()
        for row in database.rows(f"select * from {table} where rowid > :last", {"last": last})
    ]


def test_a_check_in_beside_the_raw_transaction(
    benchmark, figures, database, services, actors, templates, tmp_path
):
    raw = RawFile(templates(DESK_MOMENT), tmp_path)
    actor = actors[Role.FRONT_DESK]
    child = services.desk.board(actor).expected[0].child
    before = {name: database.row(f"select coalesce(max(rowid), 0) from {name}")[0] for name in TABLES}
    kept = services.arrivals.check_in(actor, CheckIn(child)).value
    rows = added(database, before)
    assert {table for table, _ in rows} >= {"visit", "audit"}
    visits = [kept.visit]

    def undo():
        services.arrivals.undo_check_in(actor, visits.pop())

    def check_in():
        visits.append(services.arrivals.check_in(actor, CheckIn(child)).value.visit)

    timed = in_turn(benchmark, check_in, lambda: raw.write(rows), rounds=200, before=undo)
    raw.connection.close()
    if timed:
        report(figures, Figure("check-in through the service / raw", timed[0], "ms", 1.5, timed[1]))
