"""Days and months as pages say them."""

import datetime as dt

from app.domain.days import month_day, month_text, month_words, spoken_day, spoken_moment, spoken_text


def test_a_day_is_said_without_zeros():
    assert month_day(dt.date(2025, 12, 3)) == "12月3日"


def test_a_day_of_another_year_is_said_with_it():
    today = dt.date(2026, 1, 2)
    assert spoken_day(dt.date(2026, 1, 9), today) == "1月9日"
    assert spoken_day(dt.date(2025, 12, 3), today) == "2025年12月3日"
    assert spoken_moment(dt.datetime(2025, 12, 3, 9, 5), today) == "2025年12月3日 09:05"  # noqa: DTZ001
    assert spoken_moment(dt.datetime(2026, 1, 1, 9, 5), today) == "1月1日 09:05"  # noqa: DTZ001
    assert spoken_text("2025-12-03 09:05", today) == "2025年12月3日 09:05"
    assert spoken_text("2026-01-09", today) == "1月9日"


def test_a_month_is_said_in_a_field_and_on_a_page():
    assert month_text(dt.date(2025, 9, 1)) == "2025-09"
    assert month_words(dt.date(2025, 9, 1)) == "2025年9月"
