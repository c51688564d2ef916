"""The tables round the handover: heads that add up, two who sign, and one signature of a family."""

import sqlite3

import pytest

AT = "2025-12-03T16:00:00+08:00"
SENTENCE = {
    "class_id": 3,
    "day": "2025-12-03",
    "part": "prose",
    "words": "今天下雪了。",
    "written_at": AT,
    "written_by": 4,
}
TOLD = {"visit_id": 1, "who": "妈妈", "words": "吃得好", "told_at": AT, "told_by": 4}
SIGNED = {"note_id": 1, "who": "妈妈", "way": "screen", "png": b"png", "signed_at": AT, "staff_id": 4}


@pytest.mark.parametrize(
    ("table", "why", "other"),
    [
        ("shift_sheet", "CHECK", {"given_by": 4, "taken_by": 4}),
        ("shift_sheet", "CHECK", {"counted": 99, "reason": ""}),
        ("shift_sheet", "CHECK", {"counted": 100, "reason": "数错了"}),
        ("shift_sheet", "CHECK", {"expected": 99}),
        ("shift_sheet", "CHECK", {"went": 99, "reason": "数错了"}),
        ("shift_sheet", "CHECK", {"guests": -1}),
        ("shift_sheet", "CHECK", {"undone_at": AT}),
        ("shift_point", "CHECK", {"words": ""}),
        ("shift_point", "CHECK", {"words": "长" * 201}),
        ("shift_point_closing", "UNIQUE", {"words": "又修了一次"}),
        ("shift_line", "CHECK", {"section": "gossip", "point_id": None}),
        ("shift_line", "CHECK", {"section": "mood", "point_id": 1}),
        ("shift_check", "CHECK", {"good": 0, "note": ""}),
    ],
)
def test_what_no_sheet_can_be_is_not_kept(refused, table, why, other):
    refused(table, why, **other)


def test_a_count_that_differs_is_kept_with_its_reason_and_a_fault_with_its_note(rows):
    rows.like_last("shift_sheet", counted=99, reason="一个班在院子里")
    assert rows.like_last("shift_check", good=0, note="插销松了")


def test_a_line_may_be_open_of_itself(rows):
    assert rows.like_last("shift_line", section="point", point_id=None, words="昨天没有离园记录：张沐阳")


@pytest.mark.parametrize(
    ("table", "good", "wrong"),
    [
        ("class_sentence", SENTENCE, {"part": "poem"}),
        ("class_sentence", SENTENCE, {"words": ""}),
        ("note_told", TOLD, {"who": ""}),
        ("note_told", TOLD, {"undone_by": 4}),
        ("note_signature", SIGNED, {"png": None}),
        ("note_signature", SIGNED, {"way": "paper"}),
        ("note_signature", SIGNED, {"way": "wave"}),
        ("shift_check_item", {"item": "门窗", "sort": 1, "set_at": AT, "set_by": 1}, {"item": ""}),
    ],
)
def test_what_was_said_and_signed_is_whole(rows, table, good, wrong):
    with pytest.raises(sqlite3.IntegrityError, match=f"CHECK.*{next(iter(wrong))}"):
        rows.add(table, **(good | wrong))
    assert rows.add(table, **good)


def test_a_note_is_signed_once_until_that_is_taken_back(rows):
    first = rows.add("note_signature", **SIGNED)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        rows.add("note_signature", **SIGNED)
    rows.file.execute("update note_signature set undone_at = ?, undone_by = 4 where id = ?", (AT, first))
    assert rows.add("note_signature", **(SIGNED | {"way": "paper", "png": None}))
