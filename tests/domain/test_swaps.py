"""What was done with food that names an allergy is believed of that food alone."""

import dataclasses

import pytest

from app.domain.dayfacts import Looked
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.swaps import in_doubt, swapped_plainly
from app.store.tables import allergens
from tests.domain.day import STORY, at


def doubted(allergy, dishes, reason):
    snack = EntryDraft(EntryKind.MEAL, at(15), detail="afternoon_snack", grade=4, text=dishes)
    looked = (Looked(snack, f"予晴 {allergy}过敏：午点可能含{allergy}", reason),)
    return in_doubt(
        dataclasses.replace(
            STORY, entries=(snack,), allergies=(allergy,), allergens=allergens(), looked=looked
        )
    )


@pytest.mark.parametrize(
    ("allergy", "dishes", "reason"),
    [
        ("芒果", "芒果布丁", "芒果没给吃"),
        ("芒果", "水果、酸奶", "水果没给吃"),
        ("鸡蛋", "番茄炒蛋", "蛋挑出来了"),
        ("牛肉", "番茄牛腩饭", "番茄牛腩饭没吃"),
    ],
)
def test_what_was_left_by_its_name_or_its_dish_was_left(allergy, dishes, reason):
    assert not doubted(allergy, dishes, reason)


@pytest.mark.parametrize(
    ("allergy", "dishes", "reason"),
    [
        ("芒果", "芒果布丁、米糕", "水果没给吃"),  # of another thing that may hold it
        ("鸡蛋", "蛋羹", "面包没吃"),
        ("牛奶", "奶酪片", "没吃饼干"),
    ],
)
def test_that_she_left_something_else_says_nothing(allergy, dishes, reason):
    assert doubted(allergy, dishes, reason)


@pytest.mark.parametrize(
    ("reason", "note", "plainly"),
    [
        ("已换替餐", "", True),
        ("鸡蛋过敏，已换替餐", "", True),
        ("换成豆腐", "", True),
        ("尝了一口就吐，换成了豆腐", "", False),
        ("嘴边红换成豆腐", "", False),
        ("已换替餐", "嘴边有点红", False),
        ("医生说可以吃", "", False),
    ],
)
def test_a_swap_is_no_news_only_where_nothing_more_is_said(reason, note, plainly):
    snack = EntryDraft(EntryKind.MEAL, at(15), detail="afternoon_snack", grade=4, text="蛋羹", note=note)
    looked = (Looked(snack, "予晴 鸡蛋过敏：午点可能含鸡蛋", reason),)
    facts = dataclasses.replace(
        STORY, entries=(snack,), allergies=("鸡蛋",), allergens=allergens(), looked=looked
    )
    assert swapped_plainly(facts, snack) is plainly
