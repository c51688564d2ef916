"""The guards of medicine in any order of acts, against a plain list of what was swallowed.

Never two doses too close, never without two different people who gave their PINs, never after expiry, never
for a child who is not here.
"""

import datetime as dt
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app.domain.errors import RuleError
from app.domain.medicine import RequestDraft
from app.services import pins as pins_module
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.collecting import CheckOut
from app.services.medicine import Giving
from app.services.open_papers import Answer
from app.services.pins import Second
from app.store import people
from app.store.database import Database
from tests.services.world import DAY, World, make_world

NAMES = {"张沐阳": "张母", "周乐瑶": "周母"}
PINS = {"许静": "7043", "孟佳": "2816", "方芸": "3905", "顾红": "6174"}
MEDICINES = ("布洛芬混悬液", "布洛芬 混悬液", "止咳糖浆")
GAP = dt.timedelta(hours=3)
WRONGS = ("", "", "", "", "silent", "unasked", "child", "dose", "same", "cashier", "pin")
_CHEAP = {"n": 2, "r": 1, "p": 1, "dklen": 32}


class MedicineDay(RuleBasedStateMachine):
    """Requests come, doses are given, left out and taken back, children come and go, days pass."""

    template: tuple[Path, World] | None = None
    swallowed = 0  # in all examples together: a machine that gives nothing proves nothing

    def __init__(self) -> None:
        super().__init__()
        if MedicineDay.template is None:
            made = make_world(Path(tempfile.mkdtemp()))
            services = build(made.database, made.clock, made.rng)
            for one in people.list_staff(made.database, DAY):
                if one.name in PINS:
                    services.pins.choose(one, PINS[one.name])
            made.database.close()
            MedicineDay.template = (made.database.path, made)
        source, self.world = MedicineDay.template
        self.folder = Path(tempfile.mkdtemp())
        shutil.copyfile(source, self.folder / "centre.sqlite3")
        self.world.clock.now = dt.datetime(2025, 12, 3, 8, 0, tzinfo=self.world.clock.now.tzinfo)
        self.database = Database.open(self.folder / "centre.sqlite3", clock=self.world.clock)
        self.services = build(self.database, self.world.clock, self.world.rng)
        self.staff = {one.name: one for one in people.list_staff(self.database, DAY)}
        self.inside: dict[str, int] = {}
        self.since: dict[str, dt.datetime] = {}
        self.given: dict[int, tuple[str, str, dt.datetime]] = {}  # act: child, medicine, when
        self.taken_back: list[
            tuple[str, str, dt.datetime]
        ] = []  # nobody has said yet that it was not swallowed
        for name in sorted(NAMES):
            self.arrive(name)

    def teardown(self) -> None:
        self.database.close()
        shutil.rmtree(self.folder)

    @property
    def now(self) -> dt.datetime:
        return self.world.clock.now

    @rule(minutes=st.sampled_from([1, 15, 30, 90, 180, 600]))
    def time_passes(self, minutes):
        after = self.now + dt.timedelta(minutes=minutes)
        if after.hour >= 18 or after.date() != self.now.date():
            for name in list(self.inside):  # nobody stays over night
                self.go_home(name)
            after = (self.now + dt.timedelta(days=1)).replace(hour=8, minute=0)
        self.world.clock.now = after

    def arrive(self, name):
        if name not in self.inside:
            act = CheckIn(self.world.children[name])
            self.since[name] = self.now
            self.inside[name] = self.services.arrivals.check_in(self.world.desk, act).value.visit

    @rule(name=st.sampled_from(sorted(NAMES)), reason=st.sampled_from(["", "忘在办公室"]))
    def come_or_go(self, name, reason):
        if name in self.inside:
            self.go_home(name, reason)
            self.try_giving(0, "", "许静", away=True)
        else:
            self.arrive(name)

    def go_home(self, name, reason=""):
        """With her medicine given back, or put off with a reason."""
        if name not in self.inside:
            return
        visit = self.inside.pop(name)
        papers = self.services.pickup.prepare(self.world.desk, visit).papers
        answers = tuple(Answer(one.kind, one.subject, reason) for one in papers)
        act = CheckOut(visit, self.world.adults[NAMES[name]], answers=answers)
        self.services.pickup.check_out(self.world.desk, act)

    @rule(early=st.sampled_from([0, 0, 15, 20]))
    def the_next_dose_is_due(self, early):
        waiting = [
            dose.due_at
            for one in self.services.health.medicine.day(self.world.teacher).requests
            for dose in one.waiting
            if dose.due_at > self.now
        ]
        if waiting:
            self.world.clock.now = max(self.now, min(waiting) - dt.timedelta(minutes=early))

    @rule(
        name=st.sampled_from(sorted(NAMES)),
        medicine=st.sampled_from(MEDICINES),
        waits=st.sampled_from([(0,), (0, 180), (0, 180), (15, 200), (0, 60)]),
        expires=st.sampled_from([-1, 0, 0, 30, 30]),
        late=st.sampled_from([None, 0, 90, 90]),
        wrong=st.sampled_from(WRONGS),
    )
    def ask(self, name, medicine, waits, expires, late, wrong):
        """A parent asks for doses; unless ``late`` is None the next is given so many minutes late."""
        if name not in self.inside:
            return
        draft = RequestDraft(
            medicine=medicine,
            dose="2.5 ml",
            way="口服",
            reason="咳嗽",
            allergy="无",
            original_pack=True,
            expires_on=self.now.date() + dt.timedelta(days=expires),
            brought=len(set(waits)),
            times=tuple(self.now + dt.timedelta(minutes=one) for one in waits),
            signer="妈妈",
        )
        try:
            self.services.health.medicine.take(self.world.teacher, self.inside[name], draft)
        except RuleError:
            return
        assert expires >= 0
        after = self.now + dt.timedelta(minutes=min(waits) + (late or 0))
        if late is not None and after.hour < 18:
            self.world.clock.now = after
            self.try_giving(0, wrong, "许静", away=False)

    @rule(
        at=st.integers(0, 30),
        wrong=st.sampled_from(WRONGS),
        giver=st.sampled_from(["许静", "孟佳"]),
        away=st.sampled_from([False, False, True]),
    )
    def give(self, at, wrong, giver, away):
        """Mostly as it should be, else with one thing wrong; the guards are to see which."""
        self.try_giving(at, wrong, giver, away=away)

    def try_giving(self, at, wrong, giver, *, away):
        doses = [
            (one, dose)
            for one in self.services.health.medicine.day(self.world.teacher).requests
            for dose in one.doses
            if dose in one.waiting and away is (one.name not in self.inside)
        ]
        doses.sort(key=lambda pair: pair[1].due_at)
        if not doses:
            return
        request, dose = doses[at % len(doses)]
        other = "孟佳" if giver == "许静" else "许静"
        second = {"same": giver, "cashier": "方芸"}.get(wrong, other)
        right, child = wrong != "pin", "周乐瑶" if wrong == "child" else "hers"
        measured = "25 ml" if wrong == "dose" else "2.5ML"
        front = request.child if child == "hers" else self.world.children[child]
        asked = Giving(
            dose.id,
            front,
            measured,
            Second(self.staff[giver].id, PINS[giver]),
            Second(self.staff[second].id, PINS[second] if right else "0001"),
            cleared="" if wrong == "silent" else "孩子吐在碗里了",
            asked="" if wrong == "unasked" else "妈妈",
        )
        try:
            act = self.services.health.medicine.give(self.world.teacher, asked).value
        except RuleError:
            return
        self._must_have_been_right(request, front, measured, giver, second, right)
        if wrong == "unasked":
            assert dose.due_at >= self.since[request.name]
        if wrong == "silent":
            swallowed = (request.name, request.medicine.replace(" ", ""))
            assert all(one[:2] != swallowed or self.now - one[2] > GAP for one in self.taken_back)
        MedicineDay.swallowed += 1
        self.given[act] = (request.name, request.medicine.replace(" ", ""), self.now)

    @rule(at=st.integers(0, 5), giver=st.sampled_from(["许静", "孟佳"]))
    def give_as_one_should(self, at, giver):
        self.try_giving(at, "", giver, away=False)

    def _must_have_been_right(self, request, front, measured, giver, second, right):
        assert giver != second
        assert right
        assert "方芸" not in {giver, second}  # the cashier
        assert front == request.child
        assert measured.lower().replace(" ", "") == "2.5ml"
        assert self.inside.get(request.name) == request.visit
        assert request.expires_on >= self.now.date()
        medicine = request.medicine.replace(" ", "")
        for name, other, when in self.given.values():
            if (name, other) == (request.name, medicine):
                assert abs(self.now - when) >= GAP

    @rule(at=st.integers(0, 30))
    def leave_out(self, at):
        requests = self.services.health.medicine.day(self.world.teacher).requests
        waiting = [dose for one in requests for dose in one.waiting]
        if waiting:
            try:
                self.services.health.medicine.skip(
                    self.world.teacher, waiting[at % len(waiting)].id, "家长来电"
                )
            except RuleError:
                return

    @rule(at=st.integers(0, 30), director=st.booleans())
    def take_back(self, at, director):
        if not self.given:
            return
        act = sorted(self.given)[at % len(self.given)]
        who = self.world.director if director else self.world.teacher
        try:
            self.services.health.medicine.undo_act(who, act)
        except RuleError:
            return
        self.taken_back.append(self.given[act])
        name, _, when = self.given.pop(act)
        assert director or (name in self.inside and self.now - when <= dt.timedelta(minutes=15))

    @invariant()
    def file_agrees(self):
        rows = self.database.rows(
            "select id, giver_id, second_id from medicine_act where kind = 'given' and undone_at is null"
        )
        assert {row["id"] for row in rows} == set(self.given)
        assert all(row["giver_id"] != row["second_id"] for row in rows)


def test_no_dose_goes_wrong_in_any_order_of_acts(monkeypatch):
    monkeypatch.setattr(pins_module, "_COST", _CHEAP)
    run_state_machine_as_test(
        MedicineDay, settings=settings(max_examples=100, stateful_step_count=40, deadline=None)
    )
    assert MedicineDay.swallowed > 20
