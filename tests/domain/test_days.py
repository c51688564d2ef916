"""Days and months as pages say them."""

import datetime as dt

from app.domain.days import month_day, month_text, month_words


def test_a_day_is_said_without_zeros():
    assert month_day(dt.date(2025, 12, 3)) == "12月3日"


def test_a_month_is_said_in_a_field_and_on_a_page():
    assert month_text(dt.date(2025, 9, 1)) == "2025-09"
    assert month_words(dt.date(2025, 9, 1)) == "2025年9月"
