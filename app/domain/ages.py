"""Ages in months and in words, and birth dates as people type them (domain §7.4).

Days are the centre's local dates. A day before the birth counts as the day of birth: a clock set back
must not stop the desk.
"""

import datetime as dt

from app.domain.errors import RuleError
from app.domain.looks import Chip, Tone

YOUNGEST_MONTHS = 6
OLDEST_MONTHS = 36
_MOST_YEARS = 7
_CENTURY = 2000  # of a year of two digits: nobody here was born before


class BirthDateError(RuleError):
    """The text is no birth date of a child who could come here."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="born_on")


def months_between(born: dt.date, day: dt.date) -> int:
    """Whole months of age; where the month has no such day, its last day completes it (民法典 §202)."""
    if day <= born:
        return 0
    months = (day.year - born.year) * 12 + day.month - born.month
    return months - (day.day < min(born.day, _month_length(day.year, day.month)))


def month_day(born: dt.date, months: int) -> dt.date:
    """The day on which a child completes so many months."""
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    return dt.date(year, month + 1, min(born.day, _month_length(year, month + 1)))


def age_words(born: dt.date, day: dt.date) -> str:
    """``2岁3个月``, ``2岁``; ``10个月`` under one year; ``12天`` under one month."""
    months = months_between(born, day)
    if not months:
        return f"{max(0, (day - born).days)}天"
    return _year_words(months)


def full_age_words(born: dt.date, day: dt.date) -> str:
    """With the days: ``1岁3个月12天``."""
    months = months_between(born, day)
    if not months:
        return age_words(born, day)
    days = (day - month_day(born, months)).days
    return _year_words(months) + (f"{days}天" if days else "")


def months_words(born: dt.date, day: dt.date) -> str:
    """``27 个月``, as the classes are counted."""
    return f"{months_between(born, day)} 个月"


def age_flags(months: int) -> tuple[Chip, ...]:
    """Warnings for an age no class kind of 58号文 Art 19 covers: under six months, thirty-six and over."""
    if months < YOUNGEST_MONTHS:
        return (Chip("未满 6 个月", Tone.WARN),)
    return (Chip("超龄（满 36 个月）", Tone.WARN),) if months >= OLDEST_MONTHS else ()


def check_birth(text: str, today: dt.date) -> dt.date:
    """Read 2023-08-19, 20230819, 2023.8.19, 2023/8/19, 2023年8月19日 or 230819.

    Raises:
        BirthDateError: unreadable, no such day, in the future, or more than seven years ago.
    """
    born = read_birth(text)
    if born > today:
        msg = f"出生日期 {born} 还没有到，请核对（今天是 {today}）。"
        raise BirthDateError(msg)
    if months_between(born, today) > _MOST_YEARS * 12:
        msg = f"出生日期 {born} 已超过 {_MOST_YEARS} 岁，托育只收 0–3 岁，请核对。"
        raise BirthDateError(msg)
    return born


def read_birth(text: str) -> dt.date:
    """The birth date that was typed, whenever it lies. Its year must stand there; two digits are enough.

    Raises:
        BirthDateError: unreadable, or no such day.
    """
    plain = text.strip()
    if not plain:
        raise BirthDateError("请填出生日期，如 2023-08-19。")
    from app.domain.typed_days import split_day  # nothing is typed while the program starts

    parts = split_day(plain)
    if parts is None or parts.year is None:
        msg = f"看不懂出生日期“{plain[:20]}”。请按 2023-08-19 或 20230819 填写。"
        raise BirthDateError(msg)
    year = parts.year + (_CENTURY if parts.short else 0)
    if (born := parts.in_year(year)) is None:
        msg = f"没有 {year}年{parts.month}月{parts.day}日 这一天，请核对出生日期。"
        raise BirthDateError(msg)
    return born


def _year_words(months: int) -> str:
    years, rest = divmod(months, 12)
    return (f"{years}岁" if years else "") + (f"{rest}个月" if rest else "")


def _month_length(year: int, month: int) -> int:
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return (following - dt.timedelta(days=1)).day
