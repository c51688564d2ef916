"""Who counts as told of an injury, and when it was."""

import datetime as dt

import pytest

from app.domain.errors import RuleError
from app.domain.injuries import InjuryError
from app.domain.names import BadTextError
from app.services.injury_telling import told_at, told_person
from tests.services.world import DAY

NOW = dt.datetime(2025, 12, 3, 10, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.mark.parametrize("who", ["妈妈 张母", "张母", "妈妈"])
def test_who_is_on_file_needs_no_reason(world, who):
    assert told_person(world.database, (world.children["张沐阳"], "张沐阳"), who, "不用写", DAY) == who


def test_who_is_on_no_record_has_the_reason_beside_the_name(world):
    child = (world.children["张沐阳"], "张沐阳")
    with pytest.raises(InjuryError, match="张沐阳 的档案里没有“路人甲”") as refused:
        told_person(world.database, child, "路人甲", " ", DAY)
    assert refused.value.field == "reason"
    with pytest.raises(BadTextError):
        told_person(world.database, child, "路人甲", "因" * 101, DAY)
    told = told_person(world.database, child, "路人甲", " 妈妈手术中 ", DAY)
    assert told == "路人甲（档案里没有：妈妈手术中）"


def test_no_reason_makes_a_barred_person_one_who_was_told(world):
    with pytest.raises(InjuryError, match="禁止接走") as refused:
        told_person(world.database, (world.children["张沐阳"], "张沐阳"), "张外人", "妈妈说行", DAY)
    assert refused.value.field == "whom"


@pytest.mark.parametrize(
    ("typed", "text", "when"),
    [("", "", "12-03 10:30"), ("今天", "9:05", "12-03 09:05"), ("昨天", "17:20", "12-02 17:20")],
)
def test_the_hour_is_now_unless_it_is_said(typed, text, when):
    assert f"{told_at(typed, text, NOW):%m-%d %H:%M}" == when


@pytest.mark.parametrize(
    ("typed", "text", "field"),
    [
        ("", "10:31", "told_at"), ("", "下午", "told_at"), ("昨天", "", "told_at"),
        ("明天", "9:00", "told_on"),
    ],
)  # fmt: skip
def test_an_hour_to_come_or_none_of_an_earlier_day_is_refused(typed, text, field):
    with pytest.raises(RuleError) as refused:
        told_at(typed, text, NOW)
    assert refused.value.field == field
