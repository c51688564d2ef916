"""The tables of the first house refuse what must not be in a centre's file, whoever writes it."""

import sqlite3

import pytest

LATER, EARLIER = "2025-12-03T18:00:00+08:00", "2025-12-02T08:00:00+08:00"


@pytest.mark.parametrize(
    ("table", "why", "other"),
    [
        ("licensed_seats", "CHECK", {"valid_from": "2030-01-01", "seats": 0}),
        ("class_group", "CHECK", {"name": "新班", "kind": "school"}),
        ("class_group", "CHECK", {"name": "新班", "seats": 61}),
        ("class_group", "cannot store TEXT", {"name": "新班", "seats": "twenty"}),
        ("staff", "CHECK", {"role": "guest"}),
        ("staff", "FOREIGN KEY", {"class_id": 99}),
        ("shift", "CHECK", {"from_minute": 600, "to_minute": 600}),
        ("shift", "CHECK", {"weekday": 1, "day": "2025-12-03"}),
        ("shift", "CHECK", {"weekday": None, "day": None}),
        ("child", "NOT NULL", {"allergy": None, "document_number": None}),
        ("child", "CHECK", {"sex": "x", "document_number": None}),
        ("child", "CHECK", {"name": "长" * 51, "document_number": None}),
        ("child_adult", "CHECK", {"barred": 2}),
        ("enrolment", "CHECK", {"starts_on": "2025-12-03", "ends_on": "2025-12-02"}),
        ("booking", "CHECK", {"from_minute": 840, "to_minute": 840}),
        ("booking", "CHECK", {"mode": "full_day"}),
        ("visit", "CHECK", {"pickup_code": "NEW1", "released_by": 2, "left_at": None}),
        ("visit", "CHECK", {"pickup_code": "NEW1", "undone_at": LATER, "undone_by": None}),
        ("visit", "CHECK", {"pickup_code": "NEW1", "left_at": EARLIER, "released_by": 2}),
        ("health_check", "CHECK", {"tenths": 299}),
        ("absence", "CHECK", {"kind": "late"}),
        ("menu", "CHECK", {"slot": "supper"}),
        ("handover_note", "CHECK", {"number": None, "ended_at": LATER}),
        ("price", "CHECK", {"code": "new", "fen": -1}),
        ("price", "cannot store REAL", {"code": "new", "fen": 12.5}),
        ("receipt", "CHECK", {"number": "x", "kind": "refund", "reverses_id": None}),
        ("receipt", "CHECK", {"number": "x", "kind": "receipt", "reverses_id": 1}),
        ("receipt", "CHECK", {"number": "x", "tender": "shells"}),
        ("audit", "FOREIGN KEY", {"staff_id": 999}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_not_kept(refused, table, why, other):
    refused(table, why, **other)


@pytest.mark.parametrize(
    ("table", "other"),
    [
        ("licensed_seats", {"valid_from": "2030-01-01", "seats": 2000}),
        ("class_group", {"name": "新班", "seats": 60}),
        ("child", {"name": "长" * 50, "document_number": None, "sex": None}),
        ("enrolment", {"starts_on": "2025-12-03", "ends_on": "2025-12-03"}),
        ("shift", {"weekday": None, "day": "2025-12-03"}),
        ("health_check", {"tenths": 450}),
        ("price", {"code": "new", "fen": 0}),
    ],
)
def test_what_is_just_possible_is_kept(rows, table, other):
    assert rows.like_last(table, **other)


def test_a_child_is_inside_once_and_a_code_is_of_one_stay_a_day(rows):
    inside = rows.one("select child_id from visit where left_at is null and undone_at is null")
    with pytest.raises(sqlite3.IntegrityError, match=r"visit\.child_id"):
        rows.like_last("visit", child_id=inside, pickup_code="NEW1", left_at=None, released_by=None)
    with pytest.raises(sqlite3.IntegrityError, match="pickup_code"):
        rows.like_last("visit", left_at=LATER, released_by=2)


def test_one_centre_and_one_refund_of_a_receipt(rows, refused):
    refused("centre", "CHECK")
    with pytest.raises(sqlite3.IntegrityError, match="seal_key"):
        rows.file.execute("update centre set seal_key = 'short'")
    refund = rows.one("select reverses_id from receipt where kind = 'refund'")
    refused("receipt", "reverses_id", number="x", kind="refund", reverses_id=refund)
    refused("receipt", "number", kind="receipt", reverses_id=None)


def test_two_children_share_no_document_but_many_have_none(rows):
    number = rows.one("select document_number from child where document_number is not null")
    rows.like_last("child", document_kind=None, document_number=None)
    rows.like_last("child", document_kind=None, document_number=None)
    with pytest.raises(sqlite3.IntegrityError, match="document"):
        rows.like_last("child", document_kind="birth_certificate", document_number=number)
