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
from app.domain.grants import GrantUsedError
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.prose import NoteText
from app.domain.visits import (
    AbsentTodayError,
    AlreadyCheckedInError,
    AlreadyLeftError,
    NotAllowedToCollectError,
    NotTodayError,
)
from app.services.arrivals import CheckIn, VisitInUseError
from app.services.bars import Stranger
from app.services.bundle import build
from app.services.class_log import PastDayError
from app.services.classroom import GoneEntryError
from app.services.collecting import IdentityNotSeenError, WrongCodeError
from app.services.grants import Call
from app.services.pickup import CheckOut, ForgottenDepartureError
from app.services.pins import Second, SecondPersonError
from app.store import audit
from app.store.database import Database
from tests.services.world import World, make_world

NAMES = ("张沐阳", "周乐瑶", "马思睿")
TAILS = dict(zip(NAMES, ("2233", "4455", "6677"), strict=True))  # of their mothers' numbers
PIN = "5927"  # the director's
FRIDAY = dt.date(2025, 12, 5)
AUNT = Stranger("孙丽华", "姑姑", "13800009911", "002X")
child_names = st.sampled_from(NAMES)


@dataclass
class Stay:
    """What the model knows of one visit."""

    name: str
    day: dt.date
    arrived: dt.datetime
    left: bool = False
    undone: bool = False
    proof: str = ""  # by which she left, and by whose hand
    by: str = ""
    grant: int | None = None
    released_on: dt.date | None = None
    batches: set[int] = field(default_factory=set)
    signed: int = 0


@dataclass
class Grant:
    """What the model knows of one authorisation by phone."""

    name: str
    code: str
    day: dt.date
    withdrawn: bool = False
    used: int | None = None  # the visit that ended by it


class Day(RuleBasedStateMachine):
    """Arrive, leave, undo, stay away, log, sign, ring: services on one side, a dictionary on the other.

    The day ends as it comes, also over a child whom nobody has signed out.
    """

    template: tuple[Path, World] | None = None

    def __init__(self) -> None:
        super().__init__()
        if Day.template is None:
            made = make_world(Path(tempfile.mkdtemp()))
            build(made.database, made.clock, made.rng).pins.choose(made.director, PIN)
            made.database.close()
            Day.template = (made.database.path, made)
        source, self.world = Day.template
        self.folder = Path(tempfile.mkdtemp())
        path = self.folder / "centre.sqlite3"
        shutil.copyfile(source, path)
        self.world.clock.now = dt.datetime(2025, 12, 3, 9, 30, tzinfo=self.world.clock.now.tzinfo)
        self.database = Database.open(path, clock=self.world.clock)
        self.services = build(self.database, self.world.clock, self.world.rng)
        self.stays: dict[int, Stay] = {}
        self.away: set[tuple[str, dt.date]] = set()
        self.grants: dict[int, Grant] = {}
        self.batches: dict[int, tuple[int, ...]] = {}
        self.logged: dict[int, dt.datetime] = {}

    def teardown(self) -> None:
        self.database.close()
        shutil.rmtree(self.folder)

    def inside(self, name: str) -> int | None:
        return next(
            (k for k, s in self.stays.items() if s.name == name and not s.left and not s.undone), None
        )

    @property
    def today(self) -> dt.date:
        return self.world.clock.now.date()

    def last(self, name: str, day: dt.date | None = None) -> int | None:
        keys = [
            key
            for key, stay in self.stays.items()
            if stay.name == name and not stay.undone and day in {None, stay.day}
        ]
        return keys[-1] if keys else None

    def cannot_leave(self, stay: Stay) -> type[RuleError] | None:
        if stay.undone:
            return NotTodayError
        if stay.left:
            return AlreadyLeftError
        return None if stay.day == self.today else ForgottenDepartureError

    def gone(self, key: int, proof: str, by: str = "desk", grant: int | None = None) -> None:
        stay = self.stays[key]
        stay.left, stay.proof, stay.by, stay.grant, stay.released_on = True, proof, by, grant, self.today
        if grant is not None:
            self.grants[grant].used = key

    @rule(minutes=st.integers(1, 20))
    def time_passes(self, minutes):
        self.world.clock.now += dt.timedelta(minutes=minutes)

    @precondition(lambda self: self.today < FRIDAY)
    @rule(at=st.sampled_from([dt.time(0, 3), dt.time(8, 5)]))
    def midnight(self, at):
        zone = self.world.clock.now.tzinfo
        self.world.clock.now = dt.datetime.combine(self.today + dt.timedelta(days=1), at, zone)

    @rule(name=child_names)
    def arrive(self, name):
        self.time_passes(1)
        act = CheckIn(self.world.children[name])
        arrive = self.services.arrivals.check_in
        if self.inside(name) is not None:
            with pytest.raises(AlreadyCheckedInError):
                arrive(self.world.desk, act)
        elif (name, self.today) in self.away:
            with pytest.raises(AbsentTodayError):
                arrive(self.world.desk, act)
        else:
            visit = arrive(self.world.desk, act).value.visit
            assert visit not in self.stays
            self.stays[visit] = Stay(name, self.today, self.world.clock.now)

    @precondition(lambda self: self.stays)
    @rule(data=st.data())
    def leave(self, data):
        self.time_passes(1)
        key = data.draw(st.sampled_from(sorted(self.stays)))
        stay = self.stays[key]
        act = CheckOut(key, self.world.adults[f"{stay.name[0]}母"])
        if (refused := self.cannot_leave(stay)) is not None:
            with pytest.raises(refused):
                self.services.pickup.check_out(self.world.desk, act)
        else:
            self.services.pickup.check_out(self.world.desk, act)
            self.gone(key, "known")

    @precondition(
        lambda self: any(not s.undone and not s.left and s.day < self.today for s in self.stays.values())
    )
    @rule(data=st.data(), minutes=st.integers(-1, 3))
    def leave_as_of_yesterday(self, data, minutes):
        """The director puts down when she was fetched: no sooner than what is known of her."""
        open_ones = [k for k, s in self.stays.items() if not s.undone and not s.left and s.day < self.today]
        key = data.draw(st.sampled_from(open_ones))
        stay = self.stays[key]
        known = max([stay.arrived, *(self.logged[batch] for batch in stay.batches)])
        at = known + dt.timedelta(minutes=minutes)
        act = CheckOut(key, self.world.adults[f"{stay.name[0]}母"], left_at=at, reason="问过妈妈")
        with pytest.raises(ForgottenDepartureError):
            self.services.pickup.check_out(self.world.desk, act)
        opens = dt.datetime.combine(stay.day + dt.timedelta(days=1), dt.time(7, 30), at.tzinfo)
        if minutes < 0 or at > self.world.clock.now or at >= opens:
            with pytest.raises(ForgottenDepartureError):
                self.services.pickup.check_out(self.world.director, act)
        else:
            self.services.pickup.check_out(self.world.director, act)
            self.gone(key, "known", "director")

    @rule(name=child_names)
    def ring(self, name):
        """A mother rings: her sister comes today."""
        call = Call(
            (self.world.children[name],), self.world.adults[f"{name[0]}母"], TAILS[name],
            AUNT.name, AUNT.relation, AUNT.phone, AUNT.identity,
        )  # fmt: skip
        made = self.services.grants.add(self.world.desk, call).value
        assert made.grant not in self.grants
        self.grants[made.grant] = Grant(name, made.code, self.today)

    @precondition(lambda self: self.grants)
    @rule(data=st.data())
    def ring_off(self, data):
        key = data.draw(st.sampled_from(sorted(self.grants)))
        grant = self.grants[key]
        if grant.withdrawn or grant.used is not None:
            with pytest.raises(GrantUsedError):
                self.services.grants.withdraw(self.world.desk, key)
        else:
            self.services.grants.withdraw(self.world.desk, key)
            grant.withdrawn = True

    @precondition(lambda self: self.grants)
    @rule(data=st.data())
    def ring_off_was_a_slip(self, data):
        key = data.draw(st.sampled_from(sorted(self.grants)))
        grant = self.grants[key]
        if not grant.withdrawn or grant.day != self.today:
            with pytest.raises(GrantUsedError):
                self.services.grants.undo_withdraw(self.world.desk, key)
        else:
            self.services.grants.undo_withdraw(self.world.desk, key)
            grant.withdrawn = False

    @precondition(lambda self: self.grants)
    @rule(data=st.data())
    def ask_for_the_code_again(self, data):
        key = data.draw(st.sampled_from(sorted(self.grants)))
        grant, ask = self.grants[key], self.services.grants.tell_again
        if grant.withdrawn or grant.used is not None or grant.day != self.today:
            with pytest.raises(GrantUsedError):
                ask(self.world.desk, key, TAILS[grant.name])
        else:
            assert ask(self.world.desk, key, TAILS[grant.name]).value.code == grant.code

    @precondition(lambda self: self.stays and self.grants)
    @rule(data=st.data(), right=st.booleans(), seen=st.booleans())
    def leave_by_the_call(self, data, right, seen):
        self.time_passes(1)
        key, by = (data.draw(st.sampled_from(sorted(one))) for one in (self.stays, self.grants))
        stay, grant = self.stays[key], self.grants[by]
        code = grant.code if right else "2222"
        act = CheckOut(key, proof="grant", grant=by, code=code, identity_seen=seen)
        refused = self.cannot_leave(stay)
        good = grant.name == stay.name and grant.day == self.today and not grant.withdrawn
        if refused is None and not (good and grant.used is None):
            refused = GrantUsedError
        elif refused is None and not (right and seen):
            refused = IdentityNotSeenError if right else WrongCodeError
        if refused is not None:
            with pytest.raises(refused):
                self.services.pickup.check_out(self.world.desk, act)
        else:
            self.services.pickup.check_out(self.world.desk, act)
            self.gone(key, "grant", grant=by)

    @precondition(lambda self: self.stays)
    @rule(data=st.data(), second=st.booleans(), why=st.sampled_from(["", "问过妈妈"]), seen=st.booleans())
    def leave_by_the_director(self, data, second, why, seen):
        self.time_passes(1)
        key = data.draw(st.sampled_from(sorted(self.stays)))
        act = CheckOut(
            key, proof="exception", stranger=AUNT, identity_seen=seen, reason=why,
            second=Second(self.world.director.id, PIN) if second else None,
        )  # fmt: skip
        refused = self.cannot_leave(self.stays[key])
        if refused is None and not (why and seen and second):
            refused = (
                SecondPersonError
                if why and seen
                else IdentityNotSeenError
                if why
                else NotAllowedToCollectError
            )
        if refused is not None:
            with pytest.raises(refused):
                self.services.pickup.check_out(self.world.desk, act)
        else:
            self.services.pickup.check_out(self.world.desk, act)
            self.gone(key, "exception")

    @precondition(lambda self: self.stays)
    @rule(data=st.data())
    def take_arrival_back(self, data):
        key = data.draw(st.sampled_from(sorted(self.stays)))
        stay = self.stays[key]
        undo = self.services.arrivals.undo_check_in
        expected: type[RuleError] | None = None
        if stay.undone or stay.day != self.today:
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
    @rule(data=st.data(), by=st.sampled_from(["desk", "director"]))
    def take_departure_back(self, data, by):
        key = data.draw(st.sampled_from(sorted(self.stays)))
        stay, who = self.stays[key], getattr(self.world, by)
        undo = self.services.pickup.undo_check_out
        mine = stay.day == self.today or (stay.released_on == self.today and by in {stay.by, "director"})
        if stay.undone or not stay.left or not mine:
            with pytest.raises(NotTodayError):
                undo(who, key)
        elif self.last(stay.name) != key:
            with pytest.raises(AlreadyCheckedInError):
                undo(who, key)
        else:
            undo(who, key)
            stay.left = False
            if stay.grant is not None:
                self.grants[stay.grant].used = stay.grant = None

    @rule(name=child_names)
    def stay_away(self, name):
        note = self.services.arrivals.note_absence
        child = self.world.children[name]
        if self.inside(name) is not None:
            with pytest.raises(AlreadyCheckedInError):
                note(self.world.desk, child, "sick")
        elif (name, self.today) in self.away:
            with pytest.raises(AbsentTodayError):
                note(self.world.desk, child, "sick")
        elif self.last(name, self.today) is not None:
            with pytest.raises(AlreadyLeftError):
                note(self.world.desk, child, "sick")
        else:
            note(self.world.desk, child, "sick")
            self.away.add((name, self.today))

    @rule(name=child_names)
    def come_after_all(self, name):
        undo = self.services.arrivals.undo_absence
        if (name, self.today) in self.away:
            undo(self.world.desk, self.world.children[name])
            self.away.remove((name, self.today))
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
            self.batches[batch], self.logged[batch] = keys, self.world.clock.now
            for stay in chosen:
                stay.batches.add(batch)

    @precondition(lambda self: self.batches)
    @rule(data=st.data())
    def take_log_back(self, data):
        batch = data.draw(st.sampled_from(sorted(self.batches)))
        owners = [self.stays[key] for key in self.batches[batch]]
        if any(batch in stay.batches for stay in owners) and self.logged[batch].date() < self.today:
            with pytest.raises(PastDayError):  # her family knows of it
                self.services.classroom.undo(self.world.teacher, batch)
        elif any(batch in stay.batches for stay in owners):
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
        assert board.forgotten == sum(self.stays[key].day < self.today for key in inside)
        missing = {
            name for name in NAMES if self.last(name, self.today) is None and self.inside(name) is None
        }
        away = {name for name, day in self.away if day == self.today}
        assert {row.name for row in board.absent} == missing & away
        assert {row.name for row in board.expected} - {"曾雨桐"} == missing - away

    @invariant()
    def every_release_stands_by_its_proof(self):
        rows = self.database.rows(
            "select visit_id, proof, grant_id, confirmed_by from release where undone_at is null"
        )
        assert {row["visit_id"]: (row["proof"], row["grant_id"]) for row in rows} == {
            key: (stay.proof, stay.grant) for key, stay in self.stays.items() if stay.left
        }
        assert all((row["confirmed_by"] is not None) is (row["proof"] == "exception") for row in rows)

    @invariant()
    def the_calls_of_today_agree(self):
        told = {one.grant: one.state for one in self.services.grants.today(self.world.desk)}
        assert told == {
            key: "withdrawn" if one.withdrawn else "used" if one.used is not None else "open"
            for key, one in self.grants.items()
            if one.day == self.today
        }
        for name in NAMES:
            if (key := self.inside(name)) is not None:
                shown = {
                    one.grant: one.used for one in self.services.pickup.prepare(self.world.desk, key).grants
                }
                assert shown == {
                    by: one.used is not None
                    for by, one in self.grants.items()
                    if one.name == name and one.day == self.today and not one.withdrawn
                }

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
        codes = [tuple(row) for row in self.database.rows("select day, pickup_code from visit")]
        assert len(codes) == len(self.stays)
        codes += [(f"{one.day}", one.code) for one in self.grants.values()]
        assert len(codes) == len(set(codes))
        assert audit.first_broken_line(self.database) is None


TestDay = Day.TestCase
TestDay.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
