"""Days and months as pages say them."""

import datetime as dt


def month_day(day: dt.date) -> str:
    """``12月3日``: how a day of this year is said on a page."""
    return f"{day.month}月{day.day}日"


def spoken_day(day: dt.date, today: dt.date) -> str:
    """``12月3日``, or ``2024年12月3日`` where it is of another year than today."""
    return month_day(day) if day.year == today.year else f"{day.year}年{month_day(day)}"


def spoken_moment(moment: dt.datetime, today: dt.date) -> str:
    """``12月3日 09:12``, with the year where it is another."""
    return f"{spoken_day(moment, today)} {moment:%H:%M}"


def spoken_text(text: str, today: dt.date) -> str:
    """The same of a day as it is kept, ``2025-12-03`` or ``2025-12-03 09:12``."""
    return spoken_day(dt.date.fromisoformat(text[:10]), today) + text[10:]


def month_text(month: dt.date) -> str:
    """2025-11, as it stands in a field."""
    return f"{month:%Y-%m}"


def month_words(month: dt.date) -> str:
    """2025年11月."""
    return f"{month.year}年{month.month}月"
