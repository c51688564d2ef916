"""A full centre arrives, by keyboard events alone; and the desk with 5 000 children on file beside 200."""

import contextlib
import random

import pytest
from PySide6.QtCore import Qt

from app.services import bundle
from app.services.arrivals import CheckIn
from app.store.database import Database
from tests.bench.ratio import Figure, in_turn, report
from tests.full_house import DAWN, Morning, build

FAMILIES = 189  # one child is here before them
ALL_IN_SECONDS, FRAME_MS = 30, 100


def test_a_full_centre_arrives(benchmark, figures, tmp_path, qtbot):
    morning = Morning(build(tmp_path / "centre.sqlite3"), qtbot)
    rounds = 3 if benchmark.disabled else FAMILIES
    before = morning.inside()
    morning.press(Qt.Key.Key_F3)
    morning.longest = 0.0

    def arrive():
        for _ in range(2 * rounds):
            morning.press(Qt.Key.Key_Return)

    benchmark.pedantic(arrive, rounds=1)
    assert morning.inside() == before + rounds
    morning.close()
    if not benchmark.disabled:
        taken = benchmark.stats.stats.median
        figures.append(Figure("the longest frame while 189 arrive", morning.longest, "ms", FRAME_MS))
        report(figures, Figure("189 arrivals by keyboard", taken, "s", ALL_IN_SECONDS))
        assert not figures[-2].above, figures[-2].line()


class Centre:
    """A full house with so many children on file, open, with what is asked of it."""

    def __init__(self, path, on_file):
        build(path, on_file)
        self.database = Database.open(path, clock=lambda: DAWN)
        self.services = bundle.build(self.database, lambda: DAWN, random.Random(7))
        self.actor = self.services.people.staff()[0]
        self.child = self.services.desk.board(self.actor).expected[0].child
        self.came = self.services.arrivals.check_in(
            self.actor, CheckIn(self.services.desk.board(self.actor).expected[1].child)
        ).value

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
    ],
)
def test_a_desk_act_with_5000_on_file_beside_200(benchmark, figures, centres, act):
    few, many = centres
    timed = in_turn(benchmark, getattr(many, act), getattr(few, act), rounds=60)
    if timed:
        report(figures, Figure(f"{act}, 5000 on file / 200", timed[0], "ms", 1.2, timed[1]))
