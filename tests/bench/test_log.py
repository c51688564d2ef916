"""Logging for a whole class through the service beside the same rows as one raw transaction, kind by kind."""

import datetime as dt
import itertools

import pytest

from app.domain.ids import ClassId
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.staff import Role
from app.practice import DESK_MOMENT
from tests.bench.ratio import Figure, in_turn, report
from tests.bench.test_check_in import RawFile, added

TRAIN = ClassId(4)
TABLES = ("log_batch", "log_entry", "audit")
ROUNDS = 200
BAR = 1.5
# What a kind needs besides its time. What a whole class never has at once is left out: a reading, a photo.
SAYS = {
    EntryKind.WATER: {"amount_ml": 120},
    EntryKind.MEAL: {"detail": "afternoon_snack", "grade": 4, "text": "梨"},
    EntryKind.MILK: {"detail": "breast"},
    EntryKind.SLEEP: {},
    EntryKind.TOILET: {"detail": "wet", "steps": ("undressed",)},
    EntryKind.MOOD: {"detail": "happy"},
    EntryKind.ACTIVITY: {"detail": "eager", "text": "搭积木"},
    EntryKind.NOTE: {"detail": "remark", "text": "今天学会了穿鞋"},
    EntryKind.FOOD: {"text": "梨", "grade": 4, "quality": "none"},
    EntryKind.WASHING: {"detail": "before_food"},
    EntryKind.OUTDOOR: {"until": dt.timedelta(minutes=5)},
    EntryKind.SLEEP_CHECK: {"detail": "back", "quality": "calm"},
}


class ClassDay:
    """The class awake, its log, and how one log of it is taken back."""

    def __init__(self, services, actor, clock):
        self.services, self.actor = services, actor
        cards = services.classroom.roster(actor, TRAIN).cards
        self.visits = tuple(card.visit for card in cards)
        asleep = tuple(card.visit for card in cards if card.asleep_since is not None)
        services.classroom.log(actor, asleep, EntryDraft(EntryKind.SLEEP, clock()))
        clock.moment += dt.timedelta(minutes=20)
        self.now = clock()
        self._kept = None

    def log(self, draft):
        self._kept = self.services.classroom.log(self.actor, self.visits, draft).value

    def take_back(self):
        """Of most kinds the same is no second one."""
        self.services.classroom.undo(self.actor, self._kept.batch)


class RawLog:
    """The rows of one batch, written again and again by bare sqlite3; what they supersede is ended."""

    def __init__(self, raw, rows):
        (_, self._batch), *entries, (_, self._line) = rows
        self._raw, self._keys = raw, itertools.count(10_000_000)
        self._wakes = any(row["replaces_id"] for _, row in entries)
        self._entries = [{**row, "replaces_id": None} for _, row in entries]
        self._insert = {
            name: f"insert into {name} ({', '.join(row)}) values (:{', :'.join(row)})"
            for name, row in (("log_batch", self._batch), ("log_entry", entries[0][1]), ("audit", self._line))
        }
        self._last = []

    def __len__(self):
        return len(self._entries)

    def write(self):
        connection, key = self._raw.connection, next(self._keys)
        fresh = [{**entry, "id": next(self._keys), "batch_id": key} for entry in self._entries]
        connection.execute("begin immediate")
        connection.execute(self._insert["log_batch"], {**self._batch, "id": key})
        if self._wakes:
            for entry, last in zip(fresh, self._last, strict=False):
                entry["replaces_id"] = last
        connection.executemany(self._insert["log_entry"], fresh)
        if self._wakes:
            at = self._batch["made_at"]
            connection.executemany(
                "update log_entry set ended_at = ? where id = ?", [(at, last) for last in self._last]
            )
        connection.execute(self._insert["audit"], {**self._line, "id": key})
        connection.execute("commit")
        self._last = [entry["id"] for entry in fresh]


@pytest.fixture
def class_day(services, actors, clock):
    return ClassDay(services, actors[Role.TEACHER], clock)


@pytest.fixture
def beside(benchmark, figures, database, class_day, templates, tmp_path):
    """Measure one log of the class beside its rows."""

    def measure(name, draft):
        raw = RawFile(templates(DESK_MOMENT), tmp_path)
        before = {table: database.row(f"select coalesce(max(id), 0) from {table}")[0] for table in TABLES}
        class_day.log(draft)
        same = RawLog(raw, added(database, before))
        timed = in_turn(
            benchmark,
            lambda: class_day.log(draft),
            same.write,
            rounds=ROUNDS,
            before=class_day.take_back,
        )
        raw.connection.close()
        if timed:
            report(
                figures, Figure(f"log {name} for {len(same)} children / raw", timed[0], "ms", BAR, timed[1])
            )
        return len(same)

    return measure


@pytest.mark.parametrize("kind", SAYS)
def test_a_log_for_twenty_children_beside_the_raw_transaction(kind, beside, class_day):
    if kind is EntryKind.SLEEP_CHECK:
        class_day.log(EntryDraft(EntryKind.SLEEP, class_day.now - dt.timedelta(minutes=10)))
    at, says = class_day.now - dt.timedelta(minutes=6), dict(SAYS[kind])
    if "until" in says:
        says["until"] += at
    # Two of the class may not have milk of a cow; nobody is allergic to her mother's.
    assert beside(kind.value, EntryDraft(kind, at, **says)) >= 19


def test_waking_twenty_children_beside_the_raw_transaction(beside, class_day):
    class_day.log(EntryDraft(EntryKind.SLEEP, class_day.now - dt.timedelta(minutes=10)))
    assert beside("waking", EntryDraft(EntryKind.SLEEP, class_day.now)) == 20
