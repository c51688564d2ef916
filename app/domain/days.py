"""Days and months as pages say them."""

import datetime as dt


def month_day(day: dt.date) -> str:
    """``12月3日``: how a day of this year is said on a page."""
    return f"{day.month}月{day.day}日"


def month_text(month: dt.date) -> str:
    """2025-11, as it stands in a field."""
    return f"{month:%Y-%m}"


def month_words(month: dt.date) -> str:
    """2025年11月."""
    return f"{month.year}年{month.month}月"
