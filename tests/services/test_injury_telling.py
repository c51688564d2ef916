"""Who counts as told of an injury, and when it was."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.errors import RuleError
from app.domain.injuries import InjuryError
from app.domain.names import BadTextError
from app.services.bundle import build
from app.services.injuries import InjuryCard
from app.services.injury_telling import told_at, told_person
from app.services.pins import Second
from tests.services.test_injuries import visit_of
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


@pytest.fixture
def services(world):
    made = build(world.database, world.clock, world.rng)
    made.pins.choose(world.director, "5927")
    visit_of(made, world)
    return made


@pytest.fixture
def card(world):
    return InjuryCard(
        child=world.children["张沐阳"], day=DAY, at="9:12", duty=world.teacher.id, kind="6", place="2",
        activity="1", company="3", handling="1", regions=("front.left_forearm",), story="摔在台阶上。",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"regions": ("front.head",)}, False),
        ({"handling": "2"}, False),
        ({"kind": "2", "subtype": ""}, False),
        ({"story": "摔在台阶边上。"}, True),
        ({"diagnosis": "擦伤", "aid": ("cold",), "rest_days": 1}, True),
    ],
)
def test_a_family_told_of_another_injury_is_told_anew(services, world, card, change, told):
    book = services.health.injuries
    key = book.note(world.teacher, card).value
    world.clock.at(9, 20)
    book.tell(world.teacher, key, "妈妈 张母", "phone")
    world.clock.at(9, 30)
    book.correct(world.teacher, key, replace(card, **change))
    sign = Second(world.director.id, "5927")
    book.sign(world.teacher, key, sign)
    (one,) = book.list(world.teacher)
    assert (one.lacking, one.additions[0]) == (
        ("", "12月3日 09:20 电话告知妈妈 张母（许静）")
        if told
        else ("没告诉家长", "12月3日 09:20 更正以前电话告知妈妈 张母（许静）")
    )
    open_ones = book.list(world.teacher, only_open=True)
    assert [view.injury.id for view in open_ones] == ([] if told else [key])
    world.clock.at(9, 40)
    book.tell(world.teacher, key, "妈妈 张母", "phone")
    assert book.list(world.teacher)[0].lacking == ""
    assert book.list(world.teacher, only_open=True) == ()
