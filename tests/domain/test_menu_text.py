"""A meal as the kitchen writes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.menu_text import Dish, MealText, MealTextError, read_meal, split_dishes

WORD = st.text("饭菜汤肉蛋奶粥面虾鱼瓜豆", min_size=1, max_size=8)
DISHES = st.builds(Dish, WORD, st.none() | st.integers(1, 1000))
MEALS = st.builds(
    MealText,
    st.lists(DISHES, min_size=1, unique_by=lambda one: one.name)
    .map(tuple),
    st.lists(WORD, unique=True, max_size=4).map(tuple),
)  # fmt: skip


@given(MEALS)
def test_what_is_written_is_read_again(meal):
    assert read_meal(meal.written()) == meal
    assert split_dishes(meal.names) == tuple(dish.name for dish in meal.dishes)


@pytest.mark.parametrize(
    ("text", "dishes", "allergens"),
    [
        ("", (), ()),
        ("软米饭 60、番茄牛腩80g，紫菜汤", (("软米饭", 60), ("番茄牛腩", 80), ("紫菜汤", None)), ()),
        ("蒸糕 40克（鸡蛋、 小麦，鸡蛋）", (("蒸糕", 40),), ("鸡蛋", "小麦")),
        ("红薯(大豆)", (("红薯", None),), ("大豆",)),
    ],
)
def test_a_meal_is_read_as_it_is_typed(text, dishes, allergens):
    meal = read_meal(text)
    assert tuple((dish.name, dish.grams) for dish in meal.dishes) == dishes
    assert meal.allergens == allergens


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("60、米饭", "只有克数"),
        ("米饭 0", "不合常理"),
        ("米饭 6000", "不合常理"),
        ("米饭、米饭 60", "写了两次"),
        ("（鸡蛋）", "还没有写菜"),
        ("米饭（鸡蛋", "括号"),
        ("米饭（鸡蛋）汤", "括号"),
        ("饭" * 61, "太长"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_cell(text, says):
    with pytest.raises(MealTextError, match=says) as caught:
        read_meal(text, "2025-12-03.lunch")
    assert caught.value.field == "2025-12-03.lunch"
