"""The desk after ten years beside the desk after a month: history may not make a day slower."""

import contextlib
import random

import pytest

from app.domain.names import search_keys
from app.practice import DESK_MOMENT
from app.services import bundle
from app.services.arrivals import CheckIn
from app.store.database import Database
from db import practice
from tests.bench.ratio import Figure, in_turn, report

_MONTH, _DECADE = 31, 3650


class Centre:
    """A practice centre of so many days, open, with what is asked of it."""

    def __init__(self, path, days):
        def keys(name):
            found = search_keys(name)
            return found.pinyin, found.initials

        # The log of every child of ten years would be two gigabytes; what the desk reads is all there.
        practice.build(path, moment=DESK_MOMENT, days=days, logged_days=_MONTH, keys=keys)
        self.database = Database.open(path, clock=lambda: DESK_MOMENT)
        self.services = bundle.build(self.database, lambda: DESK_MOMENT, random.Random(7))
        self.actor = self.services.people.staff()[0]
        self.child = self.services.desk.board(self.actor).expected[0].child
        self.guest = self.services.desk.find(self.actor, "zyq")[0]

    def board(self):
        self.database.commits += 1  # as after somebody's act: nothing kept may be used
        self.services.desk.board(self.actor)

    def find(self):
        self.services.desk.find(self.actor, "zyq")

    def pick_up_card(self):
        self.services.pickup.prepare(self.actor, self.guest.visit)

    def come_and_undo(self):
        arrived = self.services.arrivals.check_in(self.actor, CheckIn(self.child)).value
        self.services.arrivals.undo_check_in(self.actor, arrived.visit)


@pytest.fixture(scope="module")
def centres(tmp_path_factory, request):
    timed = request.config.getoption("benchmark_enable")
    folder = tmp_path_factory.mktemp("years")
    with contextlib.ExitStack() as stack:
        made = []
        for name, days in (("month", _MONTH), ("decade", _DECADE if timed else 60)):
            centre = Centre(folder / f"{name}.sqlite3", days)
            stack.callback(centre.database.close)
            made.append(centre)
        yield made


# Six times as many children have been on file after ten years, and each of them can be found.
@pytest.mark.parametrize(
    ("act", "bar"), [("board", 1.5), ("find", 6.0), ("pick_up_card", 1.5), ("come_and_undo", 1.5)]
)
def test_a_desk_act_after_ten_years_beside_a_month(benchmark, figures, centres, act, bar):
    young, old = centres
    timed = in_turn(benchmark, getattr(old, act), getattr(young, act), rounds=40)
    if timed:
        report(figures, Figure(f"{act}, ten years / one month", timed[0], "ms", bar, timed[1]))
