"""A meal and its second helping are one meal, in the note and at the door."""

import dataclasses

from hypothesis import given

from app.domain.doorwords import door_sentences
from app.domain.helpings import as_meals
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.prose import compose
from tests.domain.day import STORY, at, facts


def lunch(hour, minute, grade, text="番茄面", note=""):
    return EntryDraft(EntryKind.MEAL, at(hour, minute), detail="lunch", grade=grade, text=text, note=note)


def told(*entries):
    day = dataclasses.replace(STORY, entries=entries)
    text = compose(day)
    return text.prose, text.food, door_sentences(day, text)[0]


def test_a_second_helping_is_told_with_its_meal():
    prose, food, door = told(lunch(11, 30, 4), lunch(11, 50, 5))
    assert "午餐番茄面吃完又添了一份。" in prose
    assert prose.count("午餐") == door.count("午餐") == 1
    assert food == "午餐：番茄面（添了一份）"
    assert door == "今天午餐吃完又添了一份。"


def test_what_was_added_and_how_often_is_told_where_it_says_more():
    entries = (
        lunch(11, 30, 4, "米饭、番茄牛腩", "自己用勺"),
        lunch(11, 50, 5, "米饭"),
        lunch(11, 55, 5, "", "还想吃"),
    )
    _, food, _ = told(*entries)
    assert food == "午餐：米饭、番茄牛腩（添了一份，自己用勺，添了 2 份，添的是米饭，还想吃）"


def test_beside_what_was_not_eaten_up_both_stand_as_they_are():
    entries = (lunch(11, 30, 0), lunch(11, 50, 5))
    assert as_meals(dataclasses.replace(STORY, entries=entries)).entries == entries


def test_other_meals_are_left_alone():
    snack = dataclasses.replace(lunch(15, 0, 5), detail="afternoon_snack")
    entries = (lunch(11, 30, 4), snack)
    assert as_meals(dataclasses.replace(STORY, entries=entries)).entries == entries


@given(facts)
def test_no_meal_is_lost(day):
    def slots(some):
        return {one.detail for one in some.of(EntryKind.MEAL)}

    merged = as_meals(day)
    assert slots(merged) == slots(day)
    assert [one for one in merged.entries if one.kind is not EntryKind.MEAL] == [
        one for one in day.entries if one.kind is not EntryKind.MEAL
    ]
