"""Regular exams twice a year from one to three, and hints about vaccines by age."""

import datetime as dt

import pytest

from app.domain.health_due import ExamRule, exam_due, month_lacks, vaccines_near
from app.store.health_due import exam_rule, vaccine_rules

TODAY = dt.date(2025, 12, 3)
RULE = ExamRule(dt.date(2012, 5, 9), 12, 36, 6, 30)


@pytest.mark.parametrize(
    ("born", "last", "due"),
    [
        ("2024-06-01", "2025-06-03", "2025-12-03"),
        ("2024-06-01", "2025-06-20", "2025-12-20"),
        ("2024-06-01", "2025-07-10", None),  # still far
        ("2024-06-01", "2025-01-10", "2025-07-10"),  # over already
        ("2024-06-01", None, "2025-12-03"),  # no exam on file
        ("2024-12-20", "2025-06-20", "2025-12-20"),
        ("2025-01-10", None, None),  # under a year for long
        ("2024-12-25", None, "2024-12-25"),
        ("2022-12-03", "2025-01-01", None),  # three years: no more
        ("2022-12-20", "2025-07-01", None),  # due after her third birthday
    ],
)
def test_the_next_exam(born, last, due):
    wanted = None if due is None else dt.date.fromisoformat(due)
    if due == "2024-12-25":
        wanted = dt.date(2025, 12, 25)  # the day of twelve months
    held = None if last is None else dt.date.fromisoformat(last)
    assert exam_due(RULE, dt.date.fromisoformat(born), held, TODAY) == wanted


def test_vaccines_near_a_day():
    near = vaccines_near(vaccine_rules(), dt.date(2024, 6, 10), TODAY, 30)  # 18 months on 12-10
    assert near == ("18 月龄：甲肝（减毒）", "18 月龄：百白破第 4 剂", "18 月龄：麻腮风第 2 剂")
    assert vaccines_near(vaccine_rules(), dt.date(2024, 4, 1), TODAY, 30) == ()


def test_dtap_begins_at_two_months_for_children_of_the_new_schedule():
    new, old = dt.date(2025, 10, 1), dt.date(2024, 10, 1)
    assert any("2 月龄：百白破" in words for words in vaccines_near(vaccine_rules(), new, TODAY, 30))
    after_three = dt.date(2025, 1, 1)
    assert any("3 月龄：百白破" in words for words in vaccines_near(vaccine_rules(), old, after_three, 30))
    assert not any(
        "2 月龄：百白破" in words for words in vaccines_near(vaccine_rules(), old, after_three, 45)
    )


def test_a_month_without_a_visit():
    assert month_lacks((dt.date(2025, 11, 30), dt.date(2024, 12, 3)), TODAY)
    assert not month_lacks((dt.date(2025, 12, 1),), TODAY)
    assert exam_rule(dt.date(2001, 1, 1)).every_months == 6
