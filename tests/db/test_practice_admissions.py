"""The families that ask the practice centre for a place."""

import collections
import datetime as dt

import pytest

from db.practice_admissions import add_admissions
from db.practice_book import Book


def steps(file, kind):
    return file.execute(
        "select a.name, s.deadline, s.starts_on from life_step s join applicant a on a.id = s.applicant_id"
        " where s.kind = ? order by s.deadline",
        (kind,),
    ).fetchall()


def test_five_wait_three_only_asked_and_of_two_notices_one_has_expired(noon):
    heads = collections.Counter(kind for (kind,) in noon.execute("select kind from life_step"))
    assert heads == {"wait": 5, "inquire": 3, "notify": 2}
    assert [(name, deadline < "2025-12-03") for name, deadline, _ in steps(noon, "notify")] == [
        ("邹时安", True),
        ("石沐言", False),
    ]


def test_who_is_not_born_yet_has_a_day_to_come_and_everybody_else_one_that_was(noon):
    rows = noon.execute("select name, born_on, due_on from applicant").fetchall()
    assert [name for name, born, _ in rows if born is None] == ["温家宝宝"]
    for name, born, due in rows:
        assert (born or "2025-12-03") <= "2025-12-03" <= (due or "2025-12-03"), name


@pytest.mark.parametrize(
    ("today", "start"),
    [("2025-12-31", "2026-01-01"), ("2025-11-03", "2025-12-01"), ("2026-01-31", "2026-02-01")],
)
def test_a_place_is_wished_for_from_the_first_of_the_next_month(today, start):
    book = Book()
    add_admissions(book, dt.date.fromisoformat(today))
    assert {row["wish_start"] for _, row in book.named("applicant")} == {start}
