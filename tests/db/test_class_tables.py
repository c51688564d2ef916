"""The tables of a class's log: numbers within bounds, a photo that is there, reasons that are some."""

import sqlite3

import pytest

AT = "2025-12-03T10:00:00+08:00"
CLEARED = {"entry_id": 1, "words": "花生", "reason": "换了", "staff_id": 4, "at": AT}
PORTION = {"day": "2025-12-03", "slot": "lunch", "position": 1, "dish": "饭", "grams": 100, "added_at": AT}
DISH = {"dish": "快乐饭", "allergens": "鸡蛋", "added_at": AT, "added_by": 4}
PHRASE = {"kind": "remark", "position": 1, "text": "睡得香", "added_at": AT}


@pytest.mark.parametrize(
    ("why", "other"),
    [
        ("CHECK", {"kind": "dance"}),
        ("CHECK", {"until": "2025-01-01T00:00:00+08:00"}),
        ("CHECK", {"grade": 6}),
        ("CHECK", {"amount_ml": 2001}),
        ("CHECK", {"tenths": 451}),
        ("CHECK", {"reason": "长" * 201}),
        ("CHECK", {"kind": "photo", "photo_id": None}),
        ("CHECK", {"kind": "note", "photo_id": 1}),
        ("cannot store TEXT", {"amount_ml": "a cup"}),
        ("FOREIGN KEY", {"helper_id": 10**6}),
        ("FOREIGN KEY", {"replaces_id": 10**6}),
    ],
)
def test_what_no_entry_can_be_is_not_kept(refused, why, other):
    refused("log_entry", why, **other)


def test_the_least_and_the_most_of_an_entry_are_kept(rows):
    for other in ({"amount_ml": 0}, {"amount_ml": 2000}, {"tenths": 300}, {"grade": 5}, {"kind": "food"}):
        assert rows.like_last("log_entry", **other), other


@pytest.mark.parametrize(
    ("table", "good", "wrong"),
    [
        ("log_clearance", CLEARED, {"reason": "嗯"}),
        ("log_clearance", CLEARED, {"way": "eaten"}),
        ("menu_portion", PORTION, {"grams": 1001}),
        ("menu_portion", PORTION, {"dish": ""}),
        ("menu_portion", PORTION, {"slot": "supper"}),
        ("dish_answer", DISH, {"dish": ""}),
        ("class_phrase", PHRASE, {"kind": "joke"}),
        ("class_phrase", PHRASE, {"text": "长" * 61}),
        ("log_photo", {"jpeg": bytes(100), "added_at": AT}, {"jpeg": bytes(99)}),
    ],
)
def test_what_stands_beside_the_log_is_within_its_bounds(rows, table, good, wrong):
    assert rows.add(table, **good)
    with pytest.raises(sqlite3.IntegrityError, match=f"CHECK.*{next(iter(wrong))}"):
        rows.add(table, **(good | wrong))


@pytest.mark.parametrize("way", ["", "swapped", "picked", "safe"])
def test_every_way_of_the_sheet_can_be_kept(rows, way):
    assert rows.add("log_clearance", **CLEARED, way=way)


def test_a_dish_has_one_answer_at_a_time(rows):
    rows.add("dish_answer", **DISH, ended_at=AT)
    rows.add("dish_answer", **DISH)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        rows.add("dish_answer", **DISH)
