"""The kinds of the class log and their codes: each has a word of its own, a key of its own, and an order."""

import inspect
from enum import Enum

import pytest

from app.domain import log_kinds
from app.domain.log_kinds import EATEN_UP, EntryKind, MealGrade, PottyStep

CODES = [
    one
    for _, one in inspect.getmembers(log_kinds, inspect.isclass)
    if issubclass(one, Enum) and one.__module__ == log_kinds.__name__
]


@pytest.mark.parametrize("codes", CODES, ids=lambda codes: codes.__name__)
def test_no_two_codes_of_a_kind_are_told_in_one_word(codes):
    words = [one.label for one in codes]
    assert len(set(words)) == len(words)
    assert all(words)


@pytest.mark.parametrize("codes", CODES, ids=lambda codes: codes.__name__)
def test_the_words_stand_in_the_order_in_which_the_docs_tell_them(codes):
    """A code put in the midst would move every word after it on to another thing."""
    told = inspect.getdoc(codes.label).rstrip(".").split(", ")
    assert [one.label for one in codes] == told


def test_each_kind_has_a_key_and_the_first_nine_are_digits_in_order():
    keys = [kind.key for kind in EntryKind]
    assert len(set(keys)) == len(keys)
    assert keys[:9] == [str(digit) for digit in range(1, 10)]
    assert all(key.isalpha() for key in keys[9:])


def test_what_is_of_one_body_never_means_the_whole_class():
    """With nobody chosen a temperature, a stool or a new food would be kept of twenty children."""
    personal = (EntryKind.TEMPERATURE, EntryKind.TOILET, EntryKind.FOOD, EntryKind.MILK, EntryKind.MOOD)
    assert not any(kind.of_class for kind in (*personal, EntryKind.NOTE, EntryKind.PHOTO))
    assert EntryKind.MEAL.of_class
    assert EntryKind.SLEEP_CHECK.of_class, "a round looks at each child who sleeps"


def test_grades_of_a_meal_can_be_compared_and_only_an_empty_plate_asks_for_more():
    eaten = [grade in EATEN_UP for grade in sorted(MealGrade)]
    assert eaten == sorted(eaten), "whoever ate more than one who may have more may have more, too"
    assert MealGrade.MOST not in EATEN_UP


def test_steps_of_the_potty_stand_in_the_order_of_doing():
    order = list(PottyStep)
    assert order.index(PottyStep.UNDRESSED) < order.index(PottyStep.SAT) < order.index(PottyStep.DRESSED)
    assert order[-1].label == "洗手"
