"""The growth card as it is frozen: numbers as typed, verdicts in words, nothing for what is unknown."""

import datetime as dt

import pytest

from app.domain.growth import Indicator, Score
from app.domain.growth_entry import Measures
from app.domain.ids import ChildId
from app.services.growth_children import list_growing
from app.services.growth_papers import freeze_card, score_words
from app.store.growth import KeptMeasure
from tests.services.world import DAY


def score(indicator, z, level="中", *, corrected=False, finding=""):
    return Score(indicator, z, corrected, level, finding)


def measure(*scores, day=DAY, taken=None, lying=True, standard="WHO 2006"):
    taken = taken or Measures(12350, 895, None)
    return KeptMeasure(1, ChildId(1), day, taken, lying, "许静", standard, scores)


@pytest.fixture
def card(world):
    child = next(one for one in list_growing(world.database, DAY) if one.name == "曾雨桐")
    return lambda *measures: freeze_card(world.database, child, measures, (), DAY, "许静")


def test_two_verdicts_stand_side_by_side_and_the_third_on_a_line_of_its_own():
    three = [score(one, 0.42) for one in (Indicator.WEIGHT, Indicator.STATURE, Indicator.HEAD)]
    assert score_words(measure(*three)) == "体重 中 +0.42；身长/高 中 +0.42\n头围 中 +0.42"
    assert score_words(measure()) == ""


def test_by_the_term_stands_in_brackets_behind_and_then_each_has_its_line():
    told = score_words(
        measure(
            score(Indicator.WEIGHT, -1.2, "中"),
            score(Indicator.WEIGHT, -0.4, "中", corrected=True),
            score(Indicator.STATURE, 0.1),
        )
    )
    assert told == "体重 中 −1.20（矫正 中 −0.40）\n身长/高 中 +0.10"


def test_a_finding_is_told_behind_its_verdict():
    assert (
        score_words(measure(score(Indicator.PROPORTION, 2.4, "上", finding="超重"))) == "匀称 上 +2.40 超重"
    )


def test_what_was_not_measured_is_left_empty_and_how_she_was_measured_is_said(card):
    made = card(measure(), measure(day=DAY - dt.timedelta(days=30), lying=False))
    now, before = made.measures
    assert (now.weight, now.stature, now.head, now.how) == ("12.35", "89.5", "", "卧")
    assert before.how == "立"


def test_a_card_says_class_and_standard_once_and_of_an_unknown_sex_nothing(world, card):
    made = card(measure(), measure(), measure(standard=""))
    assert (made.class_name, made.standard, made.sex) == ("小星星", "WHO 2006", "女")
    assert (made.made_by, made.practice, made.weeks) == ("许静", True, None)
    with world.database.unit(None, "sex") as unit:
        unit.execute("update child set sex = null", {})
        unit.audit("child", 1)
    child = next(one for one in list_growing(world.database, DAY) if one.name == "曾雨桐")
    assert freeze_card(world.database, child, (), (), DAY, "").sex == ""
