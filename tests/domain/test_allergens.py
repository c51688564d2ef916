"""One rule for what food names: menus, log entries and notes are read the same way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.allergens import Served, met, named_in, names
from app.domain.logbook import EntryDraft, EntryKind, Milk
from app.store.tables import allergens
from tests.domain.day import at

TABLE = allergens()


@pytest.mark.parametrize(
    ("substance", "dish", "words"),
    [
        ("鸡蛋", "番茄炒蛋", "可能含鸡蛋"),
        ("鸡蛋", "鸡蛋羹", "含鸡蛋"),
        ("蛋清", "蒸蛋", "可能含蛋清"),
        ("坚果", "核桃小米粥", "可能含坚果"),
        ("坚果类过敏", "杏仁豆腐", "可能含坚果类过敏"),
        ("牛奶蛋白", "鲜奶馒头", "可能含牛奶蛋白"),
        ("蛋奶", "酸奶", "可能含蛋奶"),
        ("蛋奶", "卤蛋", "可能含蛋奶"),
        ("海鲜", "清蒸鳕鱼", "可能含海鲜"),
        ("鱼", "清蒸鱼", "含鱼"),
        ("小麦", "猪肉白菜饺子", "可能含小麦"),
        ("大豆", "肉末豆腐", "可能含大豆"),
        ("芒果", "芒果", "含芒果"),
        ("猕猴桃", "猕猴桃、米饼", "含猕猴桃"),
    ],
)
def test_a_dish_names_a_substance(substance, dish, words):
    naming = names(substance, dish, TABLE)
    assert naming is not None
    assert naming.words == words


@pytest.mark.parametrize(
    ("substance", "dish"),
    [
        ("牛奶蛋白", "番茄炒蛋"),
        ("牛奶", "奶奶带来的米糊"),
        ("牛奶", "豆奶"),
        ("大豆", "土豆烧鸡"),
        ("海鲜", "鱼香肉丝"),
        ("小麦", "米饼"),
        ("鸡蛋", "软米饭、番茄牛腩"),
        ("", "鸡蛋"),
    ],
)
def test_what_only_sounds_like_it_does_not(substance, dish):
    assert names(substance, dish, TABLE) is None


def test_milk_is_food_too_and_what_was_refused_is_not():
    milk = {kind: EntryDraft(EntryKind.MILK, at(10), detail=kind, amount_ml=120) for kind in (*Milk, None)}
    assert [bool(met(("牛奶",), milk[kind], TABLE)) for kind in (*Milk, None)] == [False, True, True, True]
    lunch = EntryDraft(EntryKind.MEAL, at(11, 30), detail="lunch", grade=4, text="软米饭", note="加了一个蛋")
    assert [one.substance for one in met(("鸡蛋", "花生"), lunch, TABLE)] == ["鸡蛋"]
    refused = EntryDraft(EntryKind.MEAL, at(11, 30), detail="lunch", grade=0, text="鸡蛋羹")
    assert met(("鸡蛋",), refused, TABLE) == ()
    assert met(("水",), EntryDraft(EntryKind.WATER, at(11), note="水"), TABLE) == ()


@given(st.text(max_size=30), st.text(min_size=1, max_size=8))
def test_a_text_that_holds_the_very_word_always_names_it(text, substance):
    if substance.strip():
        assert named_in((substance,), f"{text}{substance}", TABLE)


@pytest.mark.parametrize(
    ("text", "slot", "found"),
    [
        ("", "lunch", True),
        ("软米饭", "lunch", True),
        ("软米饭 60、炒青菜", "lunch", True),
        ("替餐南瓜糊", "lunch", False),
        ("软米饭", "dinner", False),
    ],
)
def test_the_list_of_the_menu_counts_for_its_meal(text, slot, found):
    menu = (Served("lunch", "软米饭 60、紫菜汤", ("虾",)),)
    meal = EntryDraft(EntryKind.MEAL, at(11, 30), detail=slot, grade=4, text=text)
    assert bool(met(("虾",), meal, TABLE, menu)) == found


def test_a_new_food_is_food():
    food = EntryDraft(EntryKind.FOOD, at(10), quality="none", grade=1, text="蒸蛋羹")
    assert [one.substance for one in met(("鸡蛋",), food, TABLE)] == ["鸡蛋"]
