"""Dishes whose own name tells what they are made of, and those of which somebody has to be asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.allergens import Served
from app.domain.dishes import DishWords, answered, quoted, tells, untold, untold_of
from app.domain.logbook import EntryDraft, EntryKind, MealGrade
from app.store.tables import dish_words
from db import practice_words
from tests.domain.day import at

WORDS = dish_words()
LITTLE = DishWords(frozenset({"饭", "鱼"}), frozenset({"蒸", "小"}))


def test_the_menus_of_a_usual_kitchen_tell():
    menus = (*practice_words.MENUS, *practice_words.MAKE_UP_MENUS)
    dishes = {dish for menu in menus for text in menu[::2] for dish in text.split("、")}
    assert len(dishes) > 50
    assert [dish for dish in sorted(dishes) if not tells(dish, WORDS)] == []


@pytest.mark.parametrize(
    "dish",
    [
        "白米饭", "清炒小白菜", "肉末蒸蛋", "冬瓜排骨汤", "青菜瘦肉粥", "番茄炒蛋", "西芹百合",
        "蒜蓉娃娃菜", "蒸南瓜", "苹果",         "鸡汤面", "盐水毛豆", "替餐", "五彩虾仁",
    ],
)  # fmt: skip
def test_what_any_kitchen_cooks_asks_nothing(dish):
    assert tells(dish, WORDS)


@pytest.mark.parametrize(
    "dish",
    [
        "快乐星球饭",
        "神仙丸",
        "彩虹小丸",
        "宝贝汤",
        "小炒",
        "开心小兔包",
        "翡翠白玉汤",
        "三色汤",
        "龟苓膏",
        "金玉满堂",
    ],
)
def test_a_name_that_tells_nothing_is_asked_about(dish):
    assert not tells(dish, WORDS)


def test_the_whole_name_is_read_and_a_food_is_in_it():
    assert tells("小蒸鱼饭", LITTLE)
    assert not tells("小蒸", LITTLE)
    assert not tells("", LITTLE)
    assert not tells("鱼香饭", LITTLE)


@given(st.lists(st.sampled_from(sorted(LITTLE.foods | LITTLE.ways)), min_size=1, max_size=12))
def test_a_name_of_known_words_tells_as_soon_as_one_is_a_food(parts):
    assert tells("".join(parts), LITTLE) is any(part in LITTLE.foods for part in parts)


def test_an_answer_stands_for_the_dish_whatever_stands_beside_it():
    answers = {"快乐饭": ("鸡蛋", "牛奶"), "开心丸": ()}
    text = "软米饭 60、快乐饭 80g、开心丸、神仙丸（鱼）"
    assert untold(text, WORDS, answers) == ("神仙丸",)
    assert answered(text, answers) == ("鸡蛋", "牛奶")
    assert quoted(("神仙丸", "快乐饭")) == "“神仙丸”“快乐饭”"


def test_a_meal_without_dishes_is_the_one_on_the_menu_and_what_was_refused_harms_nobody():
    menu = (Served("lunch", "快乐饭"), Served("dinner", "神仙丸"), Served("", "开心丸", ("鸡蛋",)))

    def ate(kind=EntryKind.MEAL, **other):
        draft = EntryDraft(kind, at(11, 30), **({"detail": "lunch", "grade": 4} | other))
        return untold_of(draft, menu, WORDS, {})

    assert ate() == ("快乐饭",)
    assert ate(text="南瓜糊") == ()
    assert ate(text="宝贝汤") == ("宝贝汤",)
    assert ate(grade=MealGrade.REFUSED) == ()
    assert ate(EntryKind.FOOD, detail=None, text="神仙泥") == ("神仙泥",)
    assert ate(EntryKind.FOOD, detail=None) == ()
    assert ate(EntryKind.NOTE, detail=None, grade=None, note="神仙泥") == ()
