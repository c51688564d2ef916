"""A full centre arrives, by keyboard events alone; and the desk with 5 000 children on file beside 200."""

import contextlib
import dataclasses
import datetime as dt
import random
import time

import pytest
from PySide6.QtCore import Qt

from app.domain.modes import Tariff
from app.domain.rollcall import CallKind
from app.domain.staff import Role
from app.services import bundle
from app.services.absences import AbsenceNote
from app.services.alarms import BarredAlarmError
from app.services.arrivals import CheckIn
from app.services.bars import Stranger
from app.services.booking_card import Wish
from app.services.collecting import CheckOut
from app.services.grants import Call
from app.services.intake_card import IntakeCard
from app.services.pins import Second
from app.store import people
from app.store.database import Database
from app.ui.insidefile import NAME
from db.practice_full import ENROLLED
from db.practice_release import PINS
from tests.bench.ratio import Figure, in_turn, report
from tests.full_house import DAWN, Morning, build, empty

ALL_IN_SECONDS, FRAME_MS = 30, 100


def test_a_full_centre_arrives(benchmark, figures, tmp_path, qtbot):
    morning = Morning(empty(build(tmp_path / "centre.sqlite3")), qtbot)
    rounds = 3 if benchmark.disabled else ENROLLED
    assert morning.inside() == 0
    assert morning.view("desk.expected").model().rowCount() >= ENROLLED  # and a guest or two by booking
    morning.press(Qt.Key.Key_F3)
    morning.longest = 0.0

    def arrive():
        for _ in range(2 * rounds):
            morning.press(Qt.Key.Key_Return)

    benchmark.pedantic(arrive, rounds=1)
    assert morning.inside() == rounds
    morning.close()
    if not benchmark.disabled:
        taken = benchmark.stats.stats.median
        figures.append(Figure("the longest frame while 190 arrive", morning.longest, "ms", FRAME_MS))
        report(figures, Figure("190 arrivals by keyboard", taken, "s", ALL_IN_SECONDS))
        assert not figures[-2].above, figures[-2].line()


def test_who_is_inside_is_on_disk_at_once(benchmark, figures, tmp_path, qtbot):
    """After each arrival and each departure while a full house comes in: the file, written anew."""
    path = build(tmp_path / "centre.sqlite3")
    morning = Morning(path, qtbot)
    rounds = 2 if benchmark.disabled else 150
    morning.press(Qt.Key.Key_F3)
    for _ in range(2 * rounds):
        morning.press(Qt.Key.Key_Return)
    context, took = morning.application.context, []
    board, file = context._services.desk.board(context.actor), path.parent / NAME
    visits = [row.visit for row in board.present[:3]]

    def fresh(act):
        begun = time.time()
        act()
        while not file.exists() or file.stat().st_mtime < begun:
            morning.breathe()
            assert time.time() - begun < 20, "the file is not written"
        took.append(time.time() - begun)
        morning.settle()

    def leave(visit):
        card = context._services.pickup.prepare(context.actor, visit)
        taker = next(one.adult for one in card.card.adults if one.may_collect)
        context.act(lambda s: s.pickup.check_out(context.actor, CheckOut(visit, taker)))

    def play():
        for visit in visits:
            fresh(lambda visit=visit: leave(visit))
            fresh(lambda: [morning.press(Qt.Key.Key_Return) for _ in range(2)])

    benchmark.pedantic(play, rounds=1)
    morning.close()
    assert len(took) == 2 * len(visits)
    if not benchmark.disabled:
        report(figures, Figure("who_is_inside.pdf on disk after an act", max(took), "s", 2.0))


class Centre:
    """A full house with so many children on file, open, with what is asked of it."""

    def __init__(self, path, on_file):
        build(path, on_file)
        self.database = Database.open(path, clock=lambda: DAWN)
        self.services = bundle.build(self.database, lambda: DAWN, random.Random(7))
        self.actor = self.services.people.staff()[0]
        self.child, second = (row.child for row in self.services.desk.board(self.actor).expected[:2])
        self.came = self.services.arrivals.check_in(self.actor, CheckIn(second)).value
        adults = self.services.pickup.prepare(self.actor, self.came.visit).card.adults
        self.adult = next(one.adult for one in adults if one.may_collect)
        caller = next(one for one in adults if one.is_guardian)
        self.call = Call(
            (second,),
            caller.adult,
            caller.phone_masked[-4:],
            "温玉兰",
            "姨妈",
            "13900001188",
        )
        self.wish = Wish(
            day=DAWN.date() + dt.timedelta(days=1),
            from_minute=540,
            to_minute=660,
            tariff=Tariff.HOURLY,
            name="石榴",
            born_on="2024-02-03",
            phone="13900001177",
            relation="妈妈",
        )
        saturday = DAWN.date() + dt.timedelta(days=3)
        self.known = Wish(saturday, 540, 660, Tariff.HOURLY, self.child)
        self.guest = IntakeCard(
            name="石榴", born_on="2024-02-03", allergy="none", bringer="石某", relation="妈妈",
            phone="13900001177", tariff="temp_half_day", promised="12:00",
        )  # fmt: skip
        self.typed = dataclasses.replace(
            self.guest, sex="f", second="石父", second_phone="13900001178", body="ok", temperature="36.5",
            check_outcome="normal", identity_seen=True, same_reason="说是另一个孩子",
        )  # fmt: skip
        director = next(one for one in self.services.people.staff() if one.role is Role.DIRECTOR)
        # A PIN is slow to check on purpose: beside that nothing would be seen to grow.
        self.services.pins._same = lambda _kept, _pin: True
        self.second = Second(director.id, dict(PINS)[director.name])
        self.barred = self._barred()

    def _barred(self):
        """A call in which the mother of a child names him who is barred from her."""
        child = self.database.row(
            "select child_id from child_adult where barred = 1 and ended_at is null", {}
        )[0]
        adults = people.list_adults(self.database, child, DAWN.date())
        mother = next(one for one in adults if one.tie.is_guardian and one.phone)
        one = next(one for one in adults if one.tie.barred)
        return Call((child,), mother.id, mother.phone[-4:], one.name, "叔叔", one.phone)

    def board(self):
        self.database.commits += 1  # as after somebody's act: nothing kept may be used
        self.services.desk.board(self.actor)

    def card(self):
        self.services.desk.card(self.actor, self.child)

    def pick_up_card(self):
        self.services.pickup.prepare(self.actor, self.came.visit)

    def search_after_a_change(self):
        with self.database.unit(self.actor.id, "test") as unit:
            unit.execute("update child set nickname = nickname where id = :id", {"id": self.child})
            unit.audit("child", self.child)
        self.services.finding.find(self.actor, "zyq")

    def record(self):
        self.services.records.card(self.actor, self.child)

    def look_alikes(self):
        self.services.records.look_alikes(self.actor, "张沐阳", "2023-06-01", ("13500000000",))

    def bookings(self):
        self.services.bookings.week(self.actor, DAWN.date())

    def come_and_undo(self):
        arrived = self.services.arrivals.check_in(self.actor, CheckIn(self.child)).value
        self.services.arrivals.undo_check_in(self.actor, arrived.visit)

    def leave_and_undo(self):
        self.services.pickup.check_out(self.actor, CheckOut(self.came.visit, self.adult))
        self.services.pickup.undo_check_out(self.actor, self.came.visit)

    def may_she_stay(self):
        self.services.intake.assess(self.actor, self.guest)

    def could_she_come(self):
        self.services.bookings.ask(self.actor, self.wish)

    def could_a_known_child_come(self):
        self.services.bookings.ask(self.actor, self.known)

    def away_and_undo(self):
        noted = self.services.absences.note(
            self.actor, AbsenceNote(self.child, "personal", DAWN.date(), DAWN.date())
        )
        self.services.undo(self.actor, noted.undo)

    def untraced(self):
        self.services.absences.round(self.actor)

    def roll(self):
        self.database.commits += 1
        self.services.rollcall.roll(self.actor)

    def who_is_inside(self):
        self.services.rollcall.freeze_inside()

    def ring(self):
        self.services.ringing.card(self.actor, self.child, None)

    def register_and_undo(self):
        done = self.services.intake.register(self.actor, self.typed)
        self.services.undo(self.actor, done.undo)

    def allergy_and_undo(self):
        told = ("牛奶", "虾")
        done = self.services.allergies.answer(self.actor, self.child, "has", told, "妈妈电话确认")
        self.services.undo(self.actor, done.undo)

    def exception_and_undo(self):
        """Somebody who is not on the list takes her, by the director's PIN."""
        comer = Stranger("温玉兰", "姨妈", "13900001188", "002X")
        act = CheckOut(
            self.came.visit, proof="exception", stranger=comer, reason="妈妈手机没电", identity_seen=True,
            second=self.second,
        )  # fmt: skip
        self.services.pickup.check_out(self.actor, act)
        self.services.pickup.undo_check_out(self.actor, self.came.visit)

    def barred_at_the_door(self):
        """The alarm is raised and shown, and said to be about another; the next one rings anew."""
        with pytest.raises(BarredAlarmError) as raised:
            self.services.grants.add(self.actor, self.barred)
        alarm = raised.value.alarm
        self.services.alarms.view(self.actor, alarm)
        self.services.alarms.decide(self.actor, alarm, "refused", "电话核对过", self.second)

    def roll_begun_and_marked(self):
        call = self.services.rollcall.start(self.actor, CallKind.DRILL).value
        first = self.services.rollcall.roll(self.actor).heads[0]
        self.services.rollcall.mark(self.actor, call, (first.key,))
        self.services.rollcall.void(self.actor, call)

    def authorise_and_withdraw(self):
        granted = self.services.grants.add(self.actor, self.call).value
        self.services.grants.withdraw(self.actor, granted.grant)


@pytest.fixture(scope="module")
def centres(tmp_path_factory, request):
    timed = request.config.getoption("benchmark_enable")
    folder = tmp_path_factory.mktemp("crowds")
    with contextlib.ExitStack() as stack:
        made = []
        for on_file in (200, 5000 if timed else 300):
            centre = Centre(folder / f"{on_file}.sqlite3", on_file)
            stack.callback(centre.database.close)
            made.append(centre)
        yield made


@pytest.mark.parametrize(
    "act",
    [
        "board",
        "card",
        "pick_up_card",
        "come_and_undo",
        "search_after_a_change",
        "record",
        "look_alikes",
        "bookings",
        "leave_and_undo",
        "may_she_stay",
        "could_she_come",
        "could_a_known_child_come",
        "away_and_undo",
        "untraced",
        "roll",
        "who_is_inside",
        "ring",
        "authorise_and_withdraw",
        "register_and_undo",
        "allergy_and_undo",
        "exception_and_undo",
        "barred_at_the_door",
        "roll_begun_and_marked",
    ],
)
def test_a_desk_act_with_5000_on_file_beside_200(benchmark, figures, centres, act):
    few, many = centres
    timed = in_turn(benchmark, getattr(many, act), getattr(few, act), rounds=60)
    if timed:
        report(figures, Figure(f"{act}, 5000 on file / 200", timed[0], "ms", 1.2, timed[1]))
