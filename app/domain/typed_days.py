"""Days from which something holds, as people type them: near or far, in this year where none is said."""

import datetime as dt

from app.domain.days import split_day, word_day
from app.domain.errors import RuleError


class DayTextError(RuleError):
    """What was typed is no day."""


def read_day(text: str, today: dt.date, field: str = "valid_from") -> dt.date:
    """The day that was typed; one without a year lies in this year.

    Raises:
        DayTextError: it is empty, or there is no such day.
    """
    plain = text.strip()
    if (named := word_day(plain, today)) is not None:
        return named
    year, month, day = split_day(plain) or (0, 0, 0)
    try:
        return dt.date(today.year if year is None else year, month, day)
    except ValueError as error:
        msg = f"看不懂日期“{plain[:12]}”，请按 {today:%Y-%m-%d} 填写。" if plain else "请填日期。"
        raise DayTextError(msg, field=field) from error


def read_day_or_none(text: str, today: dt.date, field: str) -> dt.date | None:
    """The same where nothing may stand, too."""
    return read_day(text, today, field) if text.strip() else None
