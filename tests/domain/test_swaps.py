"""What was done with food that names an allergy is believed of that food alone."""

import dataclasses

import pytest

from app.domain.dayfacts import Looked
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.swaps import Way, as_eaten, in_doubt, swap_words, swapped_plainly
from app.store.tables import allergens
from tests.domain.day import STORY, at


def day_of(allergy, dishes, *, reason=None, way="", note="", kind=EntryKind.MEAL, also=()):
    """A day with one snack, and why it was kept all the same where somebody said so."""
    detail = "afternoon_snack" if kind is EntryKind.MEAL else None
    snack = EntryDraft(kind, at(15), detail=detail, grade=4, text=dishes, note=note)
    looked = Looked(snack, f"予晴 {allergy}过敏：午点可能含{allergy}", reason or "", way)
    return dataclasses.replace(
        STORY,
        entries=(snack,),
        allergies=(allergy, *also) if allergy else (),
        allergens=allergens(),
        looked=() if reason is None else (looked,),
    )


def doubted(allergy, dishes, reason, way=""):
    return in_doubt(day_of(allergy, dishes, reason=reason, way=way))


@pytest.mark.parametrize(
    ("allergy", "dishes", "reason"),
    [
        ("芒果", "芒果布丁", "芒果没给吃"),
        ("芒果", "水果、酸奶", "水果没给吃"),
        ("鸡蛋", "番茄炒蛋", "蛋挑出来了"),
        ("牛肉", "番茄牛腩饭", "番茄牛腩饭没吃"),
        ("牛肉", "番茄牛腩饭", "牛肉挑出来了"),
        ("牛奶", "奶酪片、酸奶", "奶酪片没吃，酸奶没吃"),
        ("鸡蛋", "蛋羹、蛋糕", "蛋没吃"),
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
        ("牛奶", "奶酪片、酸奶", "酸奶没吃"),  # of one dish of two
        ("鸡蛋", "蛋羹、蛋糕", "蛋羹没吃"),
        ("鸡蛋", "蛋羹、蛋糕、米饭", "蛋羹没吃，米饭没吃"),
    ],
)
def test_that_she_left_something_else_says_nothing(allergy, dishes, reason):
    assert doubted(allergy, dishes, reason)


def test_of_two_allergies_both_have_to_be_left():
    assert in_doubt(day_of("鸡蛋", "蛋羹、奶酪", reason="蛋羹没吃", also=("牛奶",)))
    assert not in_doubt(day_of("鸡蛋", "蛋羹、奶酪", reason="奶酪挑出来了，蛋羹没吃", also=("牛奶",)))
    assert not in_doubt(day_of("鸡蛋", "蛋羹、米饭", reason="蛋羹没吃", also=("牛奶",)))


EATEN_ALL_THE_SAME = (
    "已换替餐，后来还是误食了一块",
    "换成豆腐，孩子自己的吃了两口",
    "蛋挑出来了，自己的吃了两口",
    "配料核对过，误食一口",
)


@pytest.mark.parametrize(
    "reason",
    [
        "已换替餐",
        "换成豆腐",
        "蛋羹没吃",
        "配料核对过，不含",
        "可以吃",
        "确认能吃",
        "奶奶说没事",
    ],
)
def test_what_was_changed_left_or_looked_at_is_in_no_doubt(reason):
    assert not doubted("鸡蛋", "蛋羹", reason)


@pytest.mark.parametrize(
    "reason",
    [
        *EATEN_ALL_THE_SAME,
        "来不及换成别的了",
        "忘记换餐了",
        "已换餐具",
        "换了个碗",
        "全吃完了",
        "芒果没吃",
        "可能吃了",
        "不能吃",
        "不可以吃",
        "还喝了酸奶",
    ],
)
def test_that_she_ate_of_it_all_the_same_leaves_it_in_doubt(reason):
    """However the clause beside it speaks of a change, of what was left, or of a check."""
    assert doubted("鸡蛋", "蛋羹", reason)


def test_a_choice_counts_before_the_words_unless_they_tell_of_a_slip():
    for way in Way:
        assert not doubted("鸡蛋", "蛋羹", "看过", way)
    assert doubted("鸡蛋", "蛋羹", "误食一口", Way.SAFE)


@pytest.mark.parametrize(
    ("dishes", "note", "doubt"),
    [
        ("蛋羹", "", True),
        ("蛋羹", "芒果没吃", True),
        ("蛋羹", "蛋羹没吃", False),
        ("米饭", "", False),
        ("替餐", "鸡蛋过敏，换成豆腐", False),  # as the day is told
        ("其余菜品", "鸡蛋过敏，蛋挑出来了", False),
        ("蛋羹、米饭", "鸡蛋过敏，换成豆腐", True),
    ],
)
def test_food_that_nobody_looked_at_is_in_doubt_unless_it_was_left(dishes, note, doubt):
    assert in_doubt(day_of("鸡蛋", dishes, note=note)) is doubt


def test_one_meal_in_doubt_is_enough():
    day = day_of("鸡蛋", "蛋羹", note="蛋羹没吃")
    lunch = EntryDraft(EntryKind.MEAL, at(11, 30), detail="lunch", grade=4, text="炒蛋")
    assert in_doubt(dataclasses.replace(day, entries=(*day.entries, lunch)))


@pytest.mark.parametrize(
    ("dishes", "reason", "way", "told"),
    [
        ("蛋羹", "已换替餐", "", ("替餐", "鸡蛋过敏，已换替餐")),
        ("蛋羹", "鸡蛋过敏，换成豆腐", "", ("替餐", "鸡蛋过敏，换成豆腐")),
        ("蛋羹", "看过", Way.SWAPPED, ("替餐", "鸡蛋过敏，看过")),
        ("蛋羹、米饭", "蛋羹没吃", "", ("其余菜品", "鸡蛋过敏，蛋羹没吃")),
        ("蛋羹", "看过", Way.PICKED, ("其余菜品", "鸡蛋过敏，看过")),
        ("蛋羹", "配料核对过、不含", "", ("蛋羹", "鸡蛋过敏，已核对：配料核对过，不含")),
        ("蛋羹", "看过", Way.SAFE, ("蛋羹", "鸡蛋过敏，已核对：看过")),
        ("蛋羹", "没事", "", ("蛋羹", "鸡蛋过敏，老师记的是：没事")),
        *(("蛋羹", one, "", ("蛋羹", f"鸡蛋过敏，老师记的是：{one}")) for one in EATEN_ALL_THE_SAME),
    ],
)
def test_the_day_is_told_with_what_she_ate_in_place_of_the_dishes(dishes, reason, way, told):
    (one,) = as_eaten(day_of("鸡蛋", dishes, reason=reason, way=way)).entries
    assert (one.text, one.note) == told


def test_only_the_allergy_that_was_looked_at_is_named():
    (one,) = as_eaten(day_of("鸡蛋", "蛋羹、奶酪", reason="已换替餐", also=("牛奶",))).entries
    assert one.note == "鸡蛋过敏，已换替餐"


@pytest.mark.parametrize(
    ("dishes", "note", "changes", "told"),
    [
        ("蛋羹", "换成豆腐", {}, "替餐"),
        ("蛋羹", "换成豆腐，又吃了两口蛋羹", {}, "蛋羹"),
        ("蛋羹", "吃完换了衣服", {}, "蛋羹"),
        ("米饭", "换成豆腐", {}, "米饭"),
        ("蛋羹", "换成豆腐", {"kind": EntryKind.ACTIVITY}, "蛋羹"),
    ],
)
def test_a_note_tells_of_a_change_only_beside_food_that_names_the_allergy(dishes, note, changes, told):
    (one,) = as_eaten(day_of("鸡蛋", dishes, note=note, **changes)).entries
    assert (one.text, one.note) == (told, note)


def test_the_day_of_a_child_without_an_allergy_is_told_as_it_was():
    day = day_of("", "蛋羹", note="换成豆腐")
    assert as_eaten(day) is day
    (one,) = as_eaten(dataclasses.replace(day_of("鸡蛋", "蛋羹", reason="已换替餐"), allergies=())).entries
    assert (one.text, one.note) == ("替餐", "已换替餐"), "her allergy was taken off the file after it"
    (one,) = as_eaten(dataclasses.replace(day_of("鸡蛋", "蛋羹", reason="蛋羹没吃"), allergies=())).entries
    assert (one.text, one.note) == ("蛋羹", "老师记的是：蛋羹没吃"), "of what that was left nobody knows"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"reason": "已换替餐"}, "予晴吃的是替餐（已换替餐）"),
        ({"reason": "蛋羹没吃"}, "老师记的是“蛋羹没吃”"),
        ({"reason": "配料核对过"}, "老师核对过：“配料核对过”"),
        ({"reason": "没事"}, "老师记的是“没事”，请当面问清老师"),
        *(({"reason": one}, f"老师记的是“{one}”，请当面问清老师") for one in EATEN_ALL_THE_SAME),
        ({"note": "换成豆腐"}, "老师记的是“换成豆腐”"),
        ({"note": "蛋羹没吃"}, "老师记的是“蛋羹没吃”"),
        ({"note": "全吃完了"}, ""),
        ({}, ""),
    ],
)
def test_the_notice_says_what_was_done_about_the_allergen(asked, words):
    day = day_of("鸡蛋", "蛋羹", **asked)
    assert swap_words(day, *next(day.met())) == words


@pytest.mark.parametrize(
    ("reason", "note", "plainly"),
    [
        ("已换替餐", "", True),
        ("鸡蛋过敏，已换替餐", "", True),
        ("换成豆腐", "", True),
        ("尝了一口就吐，换成了豆腐", "", False),
        ("嘴边红换成豆腐", "", False),
        ("已换替餐", "嘴边有点红", False),
        ("换了碗", "", False),
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
