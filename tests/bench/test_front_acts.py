"""Acts of the desk beside the rush, with 5 000 children on file beside 200: each kept, and taken back."""

import contextlib
import datetime as dt
import random
import sqlite3

import pytest

from app.domain.modes import Tariff
from app.domain.seals import SealKind, seal
from app.domain.staff import Role
from app.services import bundle
from app.services.absences import Trace
from app.services.arrivals import CheckIn
from app.services.booking_card import Wish
from app.services.collecting import CheckOut
from app.store import cards, centre, children, day, visits
from app.store.children import NewChild
from app.store.database import Database
from tests.bench.ratio import Figure, in_turn, report
from tests.full_house import DAWN, build

LATER = DAWN.replace(hour=9, minute=40)
DAY = dt.timedelta(days=1)
FRIDAY, WEEKS = DAWN.date() + 2 * DAY, 4
ACTS = (
    "booked_and_undone",
    "series_booked_and_undone",
    "traced_and_undone",
    "siblings_leave_and_undone",
    "stay_repaired_and_undone",
    "belonging_noted_and_undone",
    "card_scanned",
)


class Front:
    """A full house with so many children on file, open, with what each act needs."""

    def __init__(self, path, on_file):
        build(path, on_file)
        self._forget(path)
        self.database = Database.open(path, clock=lambda: LATER)
        self.services = bundle.build(self.database, lambda: LATER, random.Random(7))
        staff = self.services.people.staff()
        self.actor = next(one for one in staff if one.role is Role.DIRECTOR)
        missing, *twins = (row.child for row in self.services.desk.board(self.actor).expected[:3])
        self._make_siblings(twins)
        visits = [self.services.arrivals.check_in(self.actor, CheckIn(one)).value.visit for one in twins]
        self.visit = visits[0]
        adults = self.services.pickup.prepare(self.actor, self.visit).card.adults
        adult = next(one.adult for one in adults if one.may_collect)
        self.together = tuple(CheckOut(one, adult) for one in visits)
        self.forgotten = self.services.forgotten.stays(self.actor)[0]
        guardian = self.services.ringing.card(self.actor, missing, None).people[0]
        self.trace = Trace(missing, guardian.adult, "coming")
        guest = self._make_room(missing)
        hours = {"from_minute": 540, "to_minute": 660, "tariff": Tariff.HOURLY, "child": guest}
        self.wish = Wish(day=FRIDAY, **hours)
        self.series = Wish(day=FRIDAY, **hours, weekdays="5", until=FRIDAY + 7 * (WEEKS - 1) * DAY)
        key = centre.find_centre(self.database).seal_key
        number = next(one.number for one in cards.list_cards(self.database, twins[0]) if one.valid)
        self.sign = seal(key, SealKind.CARD, number)

    def _forget(self, path):
        """Somebody did not note yesterday that a child went home."""
        with contextlib.closing(sqlite3.connect(path)) as file, file:
            file.execute(
                "update visit set left_at = null, collected_by = null, proof = null, released_by = null"
                " where id = (select max(id) from visit where day < :day and tariff = 'contract')",
                {"day": DAWN.date().isoformat()},
            )

    def _make_room(self, missing):
        """Ten of her class stay away on the Fridays to come: a guest of her age finds a seat and a carer."""
        born = children.find_child(self.database, missing).born_on
        coming = [one for one in day.list_contracted(self.database, FRIDAY) if one.who.id != missing]
        own = day.find_enrolment(self.database, missing, FRIDAY).class_id
        away = [one.who.id for one in coming if one.class_id == own][:10]
        with self.database.unit(self.actor.id, "test") as unit:
            guest = children.add_child(unit, NewChild("石榴", born, "none", "shiliu", "sl"))
            for friday in (FRIDAY + weeks * 7 * DAY for weeks in range(WEEKS)):
                for child in away:
                    visits.add_absence(unit, child, friday, "personal", "", "", self.actor.id)
            unit.audit("child", guest)
        return guest

    def _make_siblings(self, twins):
        with self.database.unit(self.actor.id, "test") as unit:
            unit.execute(
                "insert into child_adult (child_id, adult_id, relation, is_guardian, may_collect,"
                " is_emergency, barred, sort, added_at) select :second, adult_id, relation, is_guardian,"
                " may_collect, is_emergency, barred, 9, added_at from child_adult where child_id = :first"
                " and may_collect = 1 and ended_at is null order by id limit 1",
                {"first": twins[0], "second": twins[1]},
            )
            unit.audit("child", twins[1])

    def booked_and_undone(self):
        self.services.undo(self.actor, self.services.bookings.book(self.actor, self.wish).undo)

    def series_booked_and_undone(self):
        self.services.undo(self.actor, self.services.bookings.book(self.actor, self.series).undo)

    def traced_and_undone(self):
        self.services.undo(self.actor, self.services.absences.trace(self.actor, self.trace).undo)

    def siblings_leave_and_undone(self):
        card = self.services.pickup.prepare(self.actor, self.visit)
        assert len(card.siblings) == 1
        done = self.services.pickup.check_out_together(self.actor, self.together)
        self.services.undo(self.actor, done.undo)

    def stay_repaired_and_undone(self):
        (found,) = self.services.forgotten.stays(self.actor)
        adult = next(one.adult for one in found.adults if one.may_collect)
        left = found.stay.arrived_at.replace(hour=18, minute=0)
        act = CheckOut(found.stay.visit, adult, left_at=left, reason="问过家长")
        self.services.undo(self.actor, self.services.pickup.check_out(self.actor, act).undo)

    def belonging_noted_and_undone(self):
        self.services.undo(self.actor, self.services.belongings.note(self.actor, self.visit, "水杯").undo)

    def card_scanned(self):
        assert self.services.cards.stay_of(self.sign) == self.visit
        self.services.seals.verify(self.actor, self.sign)


@pytest.fixture(scope="module")
def fronts(tmp_path_factory, request):
    timed = request.config.getoption("benchmark_enable")
    folder = tmp_path_factory.mktemp("fronts")
    with contextlib.ExitStack() as stack:
        made = []
        for on_file in (200, 5000 if timed else 300):
            front = Front(folder / f"{on_file}.sqlite3", on_file)
            stack.callback(front.database.close)
            made.append(front)
        yield made


@pytest.mark.parametrize("act", ACTS)
def test_an_act_of_the_front_desk_with_5000_on_file_beside_200(benchmark, figures, fronts, act):
    few, many = fronts
    timed = in_turn(benchmark, getattr(many, act), getattr(few, act), rounds=60)
    if timed:
        report(figures, Figure(f"{act}, 5000 on file / 200", timed[0], "ms", 1.2, timed[1]))
