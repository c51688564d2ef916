import datetime as dt
from dataclasses import replace

import pytest

from app.domain.ids import ChildId, InstructionId
from app.domain.instructions import (
    Category,
    Instruction,
    InstructionError,
    Way,
    holds_on,
    last_day,
    reaches,
    reaches_nap,
)
from app.domain.logbook import MealSlot

DAY = dt.date(2025, 12, 3)
AT = dt.datetime(2025, 12, 3, 9, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))
WISH = Instruction(
    InstructionId(1),
    ChildId(1),
    "朱予晴",
    Category.MEAL,
    "不吃虾",
    (),
    DAY,
    DAY,
    "奶奶",
    Way.PHONE,
    AT,
    "林晓",
)


def test_it_holds_from_its_first_to_its_last_day():
    days = [holds_on(WISH, DAY + dt.timedelta(days=step)) for step in (-1, 0, 1)]
    assert days == [False, True, False]
    assert holds_on(replace(WISH, to_day=None), DAY + dt.timedelta(days=400))
    assert not holds_on(replace(WISH, ended_at=AT), DAY)


def test_what_is_about_one_meal_reaches_that_one_alone():
    lunch = replace(WISH, slots=(MealSlot.LUNCH,))
    assert [reaches(lunch, slot) for slot in (None, MealSlot.LUNCH, MealSlot.DINNER)] == [True, True, False]
    assert reaches(WISH, MealSlot.DINNER)
    assert not reaches(replace(WISH, category=Category.NAP), MealSlot.LUNCH)
    assert reaches(replace(WISH, category=Category.MEDICINE), MealSlot.LUNCH)


def test_what_is_about_sleep_or_health_reaches_the_nap():
    reached = {one for one in Category if reaches_nap(replace(WISH, category=one))}
    assert reached == {Category.NAP, Category.MEDICINE}


def test_until_and_source_in_words():
    assert WISH.until_words == "12月3日当天"
    assert replace(WISH, to_day=None).until_words == "一直"
    assert replace(WISH, to_day=dt.date(2025, 12, 5)).until_words == "到 12月5日"
    assert WISH.source_words == "奶奶电话说，12月3日 09:12 林晓记"


def test_the_last_day_by_the_choice():
    assert last_day("today", DAY, None) == DAY
    assert last_day("always", DAY, None) is None
    assert last_day("date", DAY, DAY) == DAY
    for date in (None, DAY - dt.timedelta(days=1)):
        with pytest.raises(InstructionError) as refused:
            last_day("date", DAY, date)
        assert refused.value.field == "date"
