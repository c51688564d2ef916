"""A day of the centre in any order of acts, against a plain model that is obviously right."""

import datetime as dt
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.domain.errors import RuleError
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.prose import NoteText
from app.domain.visits import AbsentTodayError, AlreadyCheckedInError, AlreadyLeftError, NotTodayError
from app.services.arrivals import CheckIn, VisitInUseError
from app.services.bundle import build
from app.services.classroom import GoneEntryError
from app.services.pickup import CheckOut
from app.store import audit
from app.store.database import Database
from tests.services.world import World, make_world

NAMES = ("张沐阳", "周乐瑶", "马思睿")
child_names = st.sampled_from(NAMES)


@dataclass
class Stay:
    """What the model knows of one visit."""

    name: str
    left: bool = False
    undone: bool = False
    batches: set[int] = field(default_factory=set)
    signed: int = 0


class Day(RuleBasedStateMachine):
    """Arrive, leave, undo, stay away, log, sign: services on one side, a dictionary on the other."""

    template: tuple[Path, World] | None = None

    def __init__(self) -> None:
        super().__init__()
        if Day.template is None:
            made = make_world(Path(tempfile.mkdtemp()))
            made.database.close()
            Day.template = (made.database.path, made)
        source, self.world = Day.template
        self.folder = Path(tempfile.mkdtemp())
        path = self.folder / "centre.sqlite3"
        shutil.copyfile(source, path)
        self.world.clock.now = self.world.clock.now.replace(hour=8, minute=0)
        self.database = Database.open(path, clock=self.world.clock)
        self.services = build(self.database, self.world.clock, self.world.rng)
        self.stays: dict[int, Stay] = {}
        self.away: set[str] = set()
        self.batches: dict[int, tuple[int, ...]] = {}

    def teardown(self) -> None:
        self.database.close()
        shutil.rmtree(self.folder)

    def inside(self, name: str) -> int | None:
        return next(
            (k for k, s in self.stays.items() if s.name == name and not s.left and not s.undone), None
        )

    def last(self, name: str) -> int | None:
        keys = [key for key, stay in self.stays.items() if stay.name == name and not stay.undone]
        return keys[-1] if keys else None

    @rule(minutes=st.integers(1, 20))
    def time_passes(self, minutes):
        self.world.clock.now += dt.timedelta(minutes=minutes)

    @rule(name=child_names)
    def arrive(self, name):
        self.time_passes(1)
        act = CheckIn(self.world.children[name])
        arrive = self.services.arrivals.check_in
        if self.inside(name) is not None:
            with pytest.raises(AlreadyCheckedInError):
                arrive(self.world.desk, act)
        elif name in self.away:
            with pytest.raises(AbsentTodayError):
                arrive(self.world.desk, act)
        else:
            visit = arrive(self.world.desk, act).value.visit
            assert visit not in self.stays
            self.stays[visit] = Stay(name)

    @precondition(lambda self: self.stays)
    @rule(data=st.data())
    def leave(self, data):
        self.time_passes(1)
        key = data.draw(st.sampled_from(sorted(self.stays)))
        stay = self.stays[key]
        act = CheckOut(key, self.world.adults[f"{stay.name[0]}母"])
        if stay.undone or stay.left:
            with pytest.raises(NotTodayError if stay.undone else AlreadyLeftError):
                self.services.pickup.check_out(self.world.desk, act)
        else:
            self.services.pickup.check_out(self.world.desk, act)
            stay.left = True

    @precondition(lambda self: self.stays)
    @rule(data=st.data())
    def take_arrival_back(self, data):
        key = data.draw(st.sampled_from(sorted(self.stays)))
        stay = self.stays[key]
        undo = self.services.arrivals.undo_check_in
        expected: type[RuleError] | None = None
        if stay.undone:
            expected = NotTodayError
        elif stay.left:
            expected = AlreadyLeftError
        elif stay.batches or stay.signed:
            expected = VisitInUseError
        if expected is not None:
            with pytest.raises(expected):
                undo(self.world.desk, key)
        else:
            undo(self.world.desk, key)
            stay.undone = True

    @precondition(lambda self: self.stays)
    @rule(data=st.data())
    def take_departure_back(self, data):
        key = data.draw(st.sampled_from(sorted(self.stays)))
        stay = self.stays[key]
        undo = self.services.pickup.undo_check_out
        if stay.undone or not stay.left:
            with pytest.raises(NotTodayError):
                undo(self.world.desk, key)
        elif self.last(stay.name) != key:
            with pytest.raises(AlreadyCheckedInError):
                undo(self.world.desk, key)
        else:
            undo(self.world.desk, key)
            stay.left = False

    @rule(name=child_names)
    def stay_away(self, name):
        note = self.services.arrivals.note_absence
        child = self.world.children[name]
        if self.inside(name) is not None:
            with pytest.raises(AlreadyCheckedInError):
                note(self.world.desk, child, "sick")
        elif name in self.away:
            with pytest.raises(AbsentTodayError):
                note(self.world.desk, child, "sick")
        elif self.last(name) is not None:
            with pytest.raises(AlreadyLeftError):
                note(self.world.desk, child, "sick")
        else:
            note(self.world.desk, child, "sick")
            self.away.add(name)

    @rule(name=child_names)
    def come_after_all(self, name):
        undo = self.services.arrivals.undo_absence
        if name in self.away:
            undo(self.world.desk, self.world.children[name])
            self.away.remove(name)
        else:
            with pytest.raises(NotTodayError):
                undo(self.world.desk, self.world.children[name])

    @precondition(lambda self: self.stays)
    @rule(data=st.data())
    def log(self, data):
        self.time_passes(10)  # what is logged for somebody who has just left is let pass
        keys = tuple(data.draw(st.sets(st.sampled_from(sorted(self.stays)), min_size=1, max_size=3)))
        draft = EntryDraft(EntryKind.WATER, self.world.clock.now, amount_ml=100)
        chosen = [self.stays[key] for key in keys]
        if any(stay.undone or stay.left for stay in chosen):
            with pytest.raises(RuleError):
                self.services.classroom.log(self.world.teacher, keys, draft)
        else:
            batch = self.services.classroom.log(self.world.teacher, keys, draft).value.batch
            self.batches[batch] = keys
            for stay in chosen:
                stay.batches.add(batch)

    @precondition(lambda self: self.batches)
    @rule(data=st.data())
    def take_log_back(self, data):
        batch = data.draw(st.sampled_from(sorted(self.batches)))
        owners = [self.stays[key] for key in self.batches[batch]]
        if any(batch in stay.batches for stay in owners):
            self.services.classroom.undo(self.world.teacher, batch)
            for stay in owners:
                stay.batches.discard(batch)
        else:
            with pytest.raises(GoneEntryError):
                self.services.classroom.undo(self.world.teacher, batch)

    @precondition(lambda self: self.stays)
    @rule(data=st.data())
    def sign(self, data):
        key = data.draw(st.sampled_from(sorted(self.stays)))
        stay = self.stays[key]
        text = NoteText(prose=f"第 {stay.signed + 1} 次。")
        if stay.undone:
            with pytest.raises(NotTodayError):
                self.services.handover.sign(self.world.teacher, key, text)
        else:
            self.services.handover.sign(self.world.teacher, key, text)
            stay.signed += 1

    @invariant()
    def the_board_agrees(self):
        board = self.services.desk.board(self.world.desk)
        inside = {row.visit for row in (*board.present, *board.due)}
        assert inside == {key for key, stay in self.stays.items() if not stay.left and not stay.undone}
        assert board.present_count == len(inside) == sum(tile.present for tile in board.classes)
        shown_away = {row.name for row in board.absent}
        assert shown_away == {name for name in self.away if self.last(name) is None}
        expected = {row.name for row in board.expected} - {"曾雨桐"}
        assert expected == {name for name in NAMES if self.last(name) is None and name not in self.away}

    @invariant()
    def the_file_agrees(self):
        rows = self.database.rows("select visit_id, batch_id from log_entry where ended_at is null")
        kept = {(row["visit_id"], row["batch_id"]) for row in rows}
        assert kept == {(key, batch) for key, stay in self.stays.items() for batch in stay.batches}
        signed = self.database.rows(
            "select visit_id, count(number) as notes, count(distinct number) as numbers,"
            " sum(ended_at is null) as current from handover_note group by visit_id"
        )
        assert {row["visit_id"]: row["notes"] for row in signed} == {
            key: stay.signed for key, stay in self.stays.items() if stay.signed
        }
        assert all(row["current"] == 1 and row["numbers"] == row["notes"] for row in signed)
        codes = [row["pickup_code"] for row in self.database.rows("select pickup_code from visit")]
        assert len(codes) == len(set(codes)) == len(self.stays)
        assert audit.first_broken_line(self.database) is None


TestDay = Day.TestCase
TestDay.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
