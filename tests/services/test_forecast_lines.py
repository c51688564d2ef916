"""月龄预测 by class: who goes, who comes, on which day, and what is left if everybody moves up."""

import datetime as dt

import pytest

from app.domain.classes import ClassKind
from app.domain.life import Ending, Owner, StepKind
from app.domain.modes import CareMode, HalfDay
from app.services.admissions import InquiryCard, StepWish
from app.services.bundle import build
from app.services.forecast import MonthSeats
from app.services.forecast_lines import Way
from app.store import centre, children
from app.store.children import Enrolment
from tests.services.world import DAY, add_child, make_world

DAYS = dt.timedelta(days=1)


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def dolphins(world):
    """A toddler class with two seats, so that moving up is felt."""
    with world.database.unit(world.director.id, "classes") as unit:
        made = centre.add_class(unit, "小海豚", ClassKind.TODDLER, 2, "#3D8EB9", 3, dt.date(2024, 9, 1))
        unit.audit("class", made)
    return made


def outlook(services, world, name):
    forecast = services.admission_lists.forecast(world.director)
    return next(one for one in forecast.outlooks if one.name == name)


def seats(services, world, name):
    forecast = services.admission_lists.forecast(world.director)
    months = next(one for one in forecast.classes if one.name == name).months
    return [one.proposed_words for one in months]


def told(one):
    return [(line.name, line.on_day, line.way, line.chip.words) for line in one.lines]


def grown(world, name, born, class_id, mode=CareMode.FULL_DAY, half=None):
    with world.database.unit(world.desk.id, "child") as unit:
        child = add_child(unit, world, name, born)
        children.add_enrolment(
            unit, Enrolment(child, class_id, mode, half, "12345", 500, 1040, dt.date(2025, 9, 1))
        )


def test_who_moves_up_stands_in_both_classes(services, world, dolphins):
    stars = outlook(services, world, "小星星")
    turns = dt.date(2026, 2, 3)
    assert told(stars) == [("曾雨桐", turns, Way.OUT, "空出 1 位")]
    assert stars.lines[0].note == "建议升小海豚"
    above = outlook(services, world, "小海豚")
    assert told(above) == [("曾雨桐", turns, Way.IN, "余 2/2")]
    assert above.lines[0].note == "从小星星升上来"
    assert above.words == "今天余 2/2 · 要来 1"


def test_no_seat_above_is_said_on_both_sides_and_counted(services, world, dolphins):
    for name in ("王一诺", "王二诺"):
        grown(world, name, dt.date(2024, 9, 9), dolphins)
    assert told(outlook(services, world, "小星星"))[0][3] == "等余位"
    above = {line.name: line.chip.words for line in outlook(services, world, "小海豚").lines}
    assert above["曾雨桐"] == "余 0/2"
    assert seats(services, world, "小海豚") == ["满", "满", "缺 1", "缺 1", "缺 1", "缺 1"]
    assert seats(services, world, "小星星")[1:3] == ["余 9", "余 10"]


def test_a_half_day_child_who_moves_up_takes_half_a_seat(services, world, dolphins):
    grown(world, "王一诺", dt.date(2024, 9, 9), dolphins, mode=CareMode.HALF_DAY, half=HalfDay.MORNING)
    grown(world, "王二诺", dt.date(2025, 1, 9), world.stars, mode=CareMode.HALF_DAY, half=HalfDay.AFTERNOON)
    assert seats(services, world, "小海豚")[:3] == ["余 1", "余 1", "满"]


def test_a_graduate_leaves_at_the_end_of_august_at_last(services, world):
    world.clock.now = world.clock.now.replace(year=2026, month=4, day=20)
    grown(world, "杜若溪", dt.date(2022, 11, 20), world.dragons)
    grown(world, "白小满", dt.date(2023, 6, 10), world.dragons)

    def graduates():
        lines = outlook(services, world, "抱抱龙").lines
        return {line.name: line for line in lines if line.way is Way.GRADUATE}

    spring = graduates()
    assert spring["杜若溪"].on_day == dt.date(2026, 8, 31), "who is too old already goes on the last day"
    assert spring["白小满"].on_day == dt.date(2026, 6, 10)
    assert "最晚留到 2026-08-31" in spring["白小满"].note
    world.clock.now = world.clock.now.replace(month=7)
    summer = graduates()
    assert {line.on_day for line in summer.values()} == {dt.date(2026, 8, 31)}
    assert {"杜若溪", "白小满"} < set(summer)
    july, august, september = seats(services, world, "抱抱龙")[:3]
    assert (july, august, september) == ("余 15", "余 15", "余 19")  # 周乐瑶 is not yet three


def test_an_agreed_end_comes_before_what_age_would_bring(services, world, dolphins):
    wish = StepWish(StepKind.LEAVE, dt.date(2026, 1, 9), ending=Ending.TRANSFERRED)
    services.admissions.take_step(world.desk, Owner(child=world.children["曾雨桐"]), wish)
    one = outlook(services, world, "小星星")
    assert told(one) == [("曾雨桐", dt.date(2026, 1, 9), Way.OUT, "空出 1 位")]
    assert one.lines[0].note == "已定：合同到期或离园"
    assert outlook(services, world, "小海豚").words == "今天余 2/2 · 半年内没有变动"
    assert seats(services, world, "小海豚") == ["余 2"] * 6


def test_an_agreed_move_is_an_end_here_and_a_beginning_there(services, world):
    child = world.children["张沐阳"]
    services.class_moves.move(world.desk, [child], world.stars, DAY + 30 * DAYS, "跟弟弟一起")
    here = outlook(services, world, "抱抱龙").lines[0]
    there = outlook(services, world, "小星星").lines[0]
    assert (here.note, here.on_day) == ("已定：转到小星星", DAY + 29 * DAYS)
    assert (there.note, there.on_day, there.chip.words) == ("已定：从抱抱龙转来", DAY + 30 * DAYS, "已定")


def test_a_family_that_was_notified_holds_a_seat_by_name(services, world):
    card = InquiryCard("陆一鸣", "13700001111", born_on=dt.date(2023, 8, 1), contact="妈妈 陆静")
    owner = Owner(applicant=services.admissions.inquire(world.desk, card).value)
    services.admissions.take_step(world.desk, owner, StepWish(StepKind.WAIT, DAY))
    wish = StepWish(
        StepKind.NOTIFY, DAY, class_id=world.dragons, starts_on=DAY + 20 * DAYS, deadline=DAY + DAYS
    )
    services.admissions.take_step(world.desk, owner, wish)
    line = outlook(services, world, "抱抱龙").lines[0]
    assert (line.name, line.way, line.chip.words, line.owner.applicant) == (
        "陆一鸣", Way.IN, "留位", owner.applicant,
    )  # fmt: skip


def test_a_month_says_free_full_or_short():
    words = [MonthSeats("2026-01", 0, 9, 0, 0, 0, left).proposed_words for left in (2, 0, -3)]
    assert words == ["余 2", "满", "缺 3"]
