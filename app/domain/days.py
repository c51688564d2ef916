"""Days as people type them at a desk, past or to come."""

import datetime as dt
import re

from app.domain.errors import RuleError

_WIDE = str.maketrans("０１２３４５６７８９．－／", "0123456789.-/")
_FULL = re.compile(r"(\d{4})\s*[-./年\s]\s*(\d{1,2})\s*[-./月\s]\s*(\d{1,2})\s*[日号]?")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_PACKED = re.compile(r"(\d{2})(\d{2})")
_WORDS = {"今天": 0, "明天": 1, "后天": 2, "大后天": 3, "昨天": -1, "前天": -2}
_YEAR_MONTH = re.compile(r"(\d{4})\s*[-./年\s]?\s*(\d{1,2})\s*月?")
_MONTH = re.compile(r"(\d{1,2})\s*月?")
_MONTH_WORDS = {"本月": 0, "这个月": 0, "上月": -1, "上个月": -1, "下月": 1, "下个月": 1}
_FAR = 6 * 366


class DayTextError(RuleError):
    """The text is no day."""


def split_day(text: str) -> tuple[int | None, int, int] | None:
    """Year (None where it was left out), month and day as typed; None for what has not the shape of a day.

    The one reading of the whole program: 2026-01-05, 2026.1.5, 2026/1/5, 2026年1月5日, 20260105; without a
    year 1-5, 1.5, 1月5号, 0105. Which year is meant without one, the field knows.
    """
    plain = text.strip().translate(_WIDE)
    if (found := _FULL.fullmatch(plain) or _SOLID.fullmatch(plain)) is not None:
        return int(found[1]), int(found[2]), int(found[3])
    if (found := _SHORT.fullmatch(plain) or _PACKED.fullmatch(plain)) is not None:
        return None, int(found[1]), int(found[2])
    return None


def word_day(text: str, today: dt.date) -> dt.date | None:
    """今天, 明天, 后天, 大后天, 昨天, 前天; None for anything else."""
    ahead = _WORDS.get(text.strip())
    return None if ahead is None else today + dt.timedelta(days=ahead)


def read_day(text: str, today: dt.date, field: str = "on_day") -> dt.date:
    """Read 2026-01-05, 20260105, 2026年1月5日, 1-5, 0105 or 1月5日 (the nearest such day), 今天, 明天.

    Raises:
        DayTextError: unreadable, no such day, or years away.
    """
    plain = text.strip().translate(_WIDE)
    if (named := word_day(plain, today)) is not None:
        return named
    if (parts := split_day(plain)) is not None:
        year, month, day = parts
        years = (year,) if year is not None else tuple(today.year + by for by in (-1, 0, 1))
        near = [one for one in (_day(each, month, day) for each in years) if one is not None]
        made = min(near, key=lambda one: abs(one - today), default=None)
    else:
        msg = (
            f"看不懂日期“{plain[:20]}”。请按 2026-01-05 或 1-5 填写。"
            if plain
            else "请填日期，如 2026-01-05。"
        )
        raise DayTextError(msg, field=field)
    if made is None or abs((made - today).days) > _FAR:
        msg = f"“{plain[:20]}”不是一个可用的日期，请核对。"
        raise DayTextError(msg, field=field)
    return made


def month_day(day: dt.date) -> str:
    """``12月3日``: how a day of this year is said on a page."""
    return f"{day.month}月{day.day}日"


def read_month(text: str, today: dt.date, field: str = "month") -> dt.date:
    """Read 2025-11, 202511, 2025年11月, 11 or 11月 (the latest such month), 本月, 上月; its first day.

    Raises:
        DayTextError: unreadable, no such month, or years away.
    """
    plain = text.strip().translate(_WIDE)
    if plain in _MONTH_WORDS:
        count = today.year * 12 + today.month - 1 + _MONTH_WORDS[plain]
        return dt.date(count // 12, count % 12 + 1, 1)
    made = None
    if (found := _YEAR_MONTH.fullmatch(plain)) is not None:
        made = _day(int(found[1]), int(found[2]), 1)
    elif (found := _MONTH.fullmatch(plain)) is not None:
        month = int(found[1])
        made = _day(today.year - (month > today.month), month, 1)
    if made is None or abs((made - today).days) > _FAR:
        msg = f"看不懂月份“{plain[:20]}”。请按 2025-11 或 11 填写。" if plain else "请填月份，如 2025-11。"
        raise DayTextError(msg, field=field)
    return made


def month_text(month: dt.date) -> str:
    """2025-11, as it stands in a field."""
    return f"{month:%Y-%m}"


def month_words(month: dt.date) -> str:
    """2025年11月."""
    return f"{month.year}年{month.month}月"


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
