"""The words of the practice centre are true of what they name."""

import pytest

from db import practice_words as words

_MADE_OF = {
    "牛奶": ("奶",),
    "鸡蛋": ("蛋",),
    "大豆": ("豆腐", "豆浆"),
    "鱼": ("鱼",),
    "虾": ("虾",),
    "小麦": ("馒头", "花卷", "饺子", "面", "蒸糕"),
}
MEALS = [(row[at], row[at + 1]) for row in (*words.MENUS, *words.MAKE_UP_MENUS) for at in (0, 2, 4)]


@pytest.mark.parametrize(("dishes", "told"), MEALS)
def test_a_meal_names_every_allergen_its_dishes_are_made_of_and_no_other(dishes, told):
    holds = {name for name, said in _MADE_OF.items() if any(one in dishes for one in said)}
    assert set(filter(None, told.split("、"))) == holds


def test_the_menus_are_whole_weeks_of_five_days_and_no_two_days_eat_alike():
    assert len(words.MENUS) % 5 == 0
    every = (*words.MENUS, *words.MAKE_UP_MENUS)
    assert len(set(every)) == len(every)


def test_a_surname_of_two_characters_or_an_odd_reading_is_not_drawn_by_the_dice():
    assert not set(words.RARE_SURNAMES) & set(words.SURNAMES)
    assert {len(name) for name in words.SURNAMES} == {1}


def test_babies_have_as_many_remarks_of_their_own_and_do_nothing_that_only_older_ones_do():
    assert len(words.BABY_REMARKS) == len(words.REMARKS)
    older = set(words.REMARKS) - set(words.BABY_REMARKS)
    assert len(older) >= 6
    assert not [
        said for said in words.BABY_REMARKS if any(word in said for word in ("穿鞋", "说“", "搭", "唱"))
    ]
