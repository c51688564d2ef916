import datetime as dt
import itertools

import pytest

from app.domain.modes import Tariff
from app.services.arrivals import Arrivals, CheckIn
from app.services.board import BoardMaker
from app.services.bundle import build
from app.services.desk import RowState
from app.services.intake_card import IntakeCard
from app.services.rows import Context, mode_words, stay_row
from app.store import day
from app.store.day import Expected
from tests.services.world import DAY, add_child


class Counted:
    """The database, counting the queries put to it."""

    def __init__(self, database):
        self._database = database
        self.queries = 0

    def __getattr__(self, name):
        return getattr(self._database, name)

    def rows(self, *args):
        self.queries += 1
        return self._database.rows(*args)

    def row(self, *args):
        self.queries += 1
        return self._database.row(*args)


def test_the_board_asks_a_handful_of_queries_however_many_children_there_are(world):
    counted = Counted(world.database)
    BoardMaker(counted, world.clock).day()
    few = counted.queries
    with world.database.unit(None, "add") as unit:
        for number in range(60):
            child = add_child(unit, world, f"孩子{number}", dt.date(2023, 5, 1), allergies=("虾",))
            row = {"child_id": child, "class_id": world.dragons, "mode": "hourly", "tariff": "hourly"}
            row |= {"day": DAY.isoformat(), "from_minute": 540, "to_minute": 660, "made_at": unit.stamp}
            unit.insert("booking", row)
    arrivals = Arrivals(world.database, world.clock, world.rng)
    for number in range(20):
        arrivals.check_in(world.desk, CheckIn(world.children[f"孩子{number}"]))
    counted.queries = 0
    board = BoardMaker(counted, world.clock).day().board
    assert len(board.expected) + board.present_count == 64
    assert counted.queries <= few + 1
    assert few <= 19


def test_the_board_is_kept_until_a_minute_passes_or_something_is_committed(world):
    maker = BoardMaker(world.database, world.clock)
    first = maker.day()
    assert maker.day() is first
    world.clock.at(9, 13)
    second = maker.day()
    assert second is not first
    Arrivals(world.database, world.clock, world.rng).check_in(world.desk, CheckIn(world.children["张沐阳"]))
    assert maker.day() is not second


def test_a_child_who_came_twice_has_one_row_and_the_later_stay_counts(world):
    arrivals = Arrivals(world.database, world.clock, world.rng)
    first = arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    with world.database.unit(None, "leave") as unit:
        from app.store import visits

        visits.end_visit(unit, first, world.adults["张母"], "known", world.desk.id)
        unit.audit("visit", first)
    world.clock.at(10)
    second = arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    board = BoardMaker(world.database, world.clock).day().board
    assert [row.visit for row in board.present] == [second]
    assert board.just_left == ()


def test_who_is_inside_stands_by_need_a_fever_first_then_the_hour_they_go_home(world):
    arrivals = Arrivals(world.database, world.clock, world.rng)
    for name in ("张沐阳", "周乐瑶"):  # by contract until 17:20
        arrivals.check_in(world.desk, CheckIn(world.children[name]))
    guest = CheckIn(
        world.children["马思睿"],
        tariff=Tariff.HOURLY,
        class_id=world.dragons,
        promised_at=world.clock.now.replace(hour=12),
    )
    arrivals.check_in(world.desk, guest)

    def inside():
        return [row.name for row in BoardMaker(world.database, world.clock).day().board.present]

    assert inside() == ["马思睿", "张沐阳", "周乐瑶"]
    visit = BoardMaker(world.database, world.clock).day().rows[world.children["周乐瑶"]].visit
    fevers = build(world.database, world.clock, world.rng).health.fevers
    case = fevers.begin(world.teacher, visit, 385).value
    assert inside() == ["周乐瑶", "马思睿", "张沐阳"]
    fevers.undo_case(world.teacher, case)
    assert inside() == ["马思睿", "张沐阳", "周乐瑶"]


def test_a_day_that_nobody_ended_stands_before_the_children_of_today(world):
    arrivals = Arrivals(world.database, world.clock, world.rng)
    arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"]))
    with world.database.unit(None, "move") as unit:  # nobody knows any more when he was to be fetched
        unit.execute("update visit set day = '2025-12-02', arrived_at = replace(arrived_at, '-03T', '-02T')")
        unit.execute("update enrolment set ends_on = '2025-12-02' where child_id = 1")
        unit.audit("visit", 1)
    arrivals.check_in(world.desk, CheckIn(world.children["周乐瑶"]))
    board = BoardMaker(world.database, world.clock).day().board
    assert [row.name for row in board.present] == ["张沐阳", "周乐瑶"]


def test_who_is_inside_is_shown_inside_though_the_clock_was_set_back(world):
    from app.store import visits

    arrivals = Arrivals(world.database, world.clock, world.rng)
    child = world.children["张沐阳"]
    first = arrivals.check_in(world.desk, CheckIn(child)).value.visit
    world.clock.at(14)
    with world.database.unit(None, "leave") as unit:
        visits.end_visit(unit, first, world.adults["张母"], "known", world.desk.id)
        unit.audit("visit", first)
    second = arrivals.check_in(world.desk, CheckIn(child)).value.visit
    world.clock.at(8, 30)
    made = BoardMaker(world.database, world.clock).day()
    assert (made.rows[child].visit, made.rows[child].state) == (second, RowState.PRESENT)
    assert any("电脑时间" in chip.words for chip in made.board.alerts)


def test_every_state_of_a_stay_has_one_word(world):
    child = world.children["曾雨桐"]
    Arrivals(world.database, world.clock, world.rng).check_in(world.desk, CheckIn(child))
    stay = day.list_stays(world.database, DAY)[0]
    plan = day.find_enrolment(world.database, child, DAY)
    assert isinstance(plan, Expected)
    words = []
    for hour, minute in itertools.product((9, 11, 12, 13), (0, 1)):
        context = Context(world.clock.now.replace(hour=hour, minute=minute), 30, {}, {})
        words.append(stay_row(stay, plan, context).chip.words)
    assert words == ["正常", "正常", "11:30", "11:30", "超 30 分", "超 31 分", "超 1 小时", "超 1 小时"]
    assert mode_words(plan.mode, None, plan.half) == "半日托（上午）"


@pytest.mark.parametrize("field", ["name", "promised", "capacity_reason"])
def test_a_card_is_empty_text_until_somebody_types(field):
    assert getattr(IntakeCard(), field) == ""
