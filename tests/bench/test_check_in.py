"""A check-in through the service beside the same rows as one raw transaction."""

import contextlib
import itertools
import random
import shutil
import sqlite3

import pytest

from app.domain.staff import Role
from app.services import bundle
from app.services.arrivals import CheckIn, MorningCheck
from app.store.database import Database
from tests.bench.ratio import Figure, in_turn, report
from tests.full_house import DAWN, build

TABLES = ("visit", "health_check", "audit", "number_series", "absence", "log_entry")
ROUNDS = 180


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


def plain(services, actor, child):
    """As Enter takes a known child in."""
    return CheckIn(child)


def with_check(services, actor, child):
    """With what was seen of her in the morning, and who brings her."""
    adults = services.desk.card(actor, child).adults
    seen = MorningCheck(outcome="normal", tenths=365)
    return CheckIn(child, brought_by=adults[0].adult, check=seen)


@pytest.mark.parametrize(("name", "act"), [("check-in", plain), ("check-in with 晨检", with_check)])
def test_a_check_in_beside_the_raw_transaction(name, act, benchmark, figures, tmp_path):
    file = build(tmp_path / "centre.sqlite3")
    raw = RawFile(file, tmp_path)
    with contextlib.closing(Database.open(file, clock=lambda: DAWN)) as database:
        services = bundle.build(database, lambda: DAWN, random.Random(7))
        actor = next(one for one in services.people.staff() if one.role is Role.FRONT_DESK)
        acts = iter([act(services, actor, row.child) for row in services.desk.board(actor).expected])
        before = {name: database.row(f"select coalesce(max(rowid), 0) from {name}")[0] for name in TABLES}

        def check_in():
            services.arrivals.check_in(actor, next(acts))

        check_in()
        rows = added(database, before)
        assert {table for table, _ in rows} >= {"visit", "audit"}
        # Every child arrives once, as in the morning of a full centre: that many, less the first.
        timed = in_turn(benchmark, check_in, lambda: raw.write(rows), rounds=ROUNDS)
    raw.connection.close()
    if timed:
        report(figures, Figure(f"{name} through the service / raw", timed[0], "ms", 1.5, timed[1]))
