import datetime as dt

import pytest

from app.domain.absences import AbsenceError, away_words, check_kind, spell_days

DAY = dt.date(2025, 12, 3)


def test_a_sick_child_has_a_disease():
    check_kind("sick", "发热")
    check_kind("personal", "")
    for kind, disease, field in (("sick", " ", "disease"), ("", "发热", "kind")):
        with pytest.raises(AbsenceError) as told:
            check_kind(kind, disease)
        assert told.value.field == field


def test_only_days_on_which_she_should_come_count():
    days = spell_days(DAY, DAY + dt.timedelta(days=6), DAY, lambda day: day.isoweekday() in {1, 3})
    assert [day.day for day in days] == [3, 8]
    with pytest.raises(AbsenceError):
        spell_days(DAY, DAY, DAY, lambda _: False)


def test_how_long_somebody_has_been_away():
    assert away_words(DAY, DAY, None) == "今天起"
    assert away_words(DAY - dt.timedelta(days=2), DAY, dt.date(2025, 12, 8)) == (
        "12月1日起第 3 天，预计 12月8日 回"
    )
