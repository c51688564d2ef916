"""Days as people type them: one grammar and one rule for every field of the program that asks for a day.

The grammar says what has the shape of a day; the field's direction says which year (or week) is meant where
none stands. Nothing else guesses.
"""

import datetime as dt
import re
from enum import StrEnum

from app.domain.errors import RuleError
from app.domain.record import record

FAR = 6  # years; what lies farther off is a slip of the hand, unless a field says otherwise
ANY_FAR = 150  # years; for births of adults and papers that hold for ever
_WEEKDAYS = "一二三四五六日"
_WIDE = str.maketrans("０１２３４５６７８９．。－／（）", "0123456789..-/()")
_WEEKDAY = r"(?:周|星期|礼拜)(?P<w>[一二三四五六日天])"
_TAIL = rf"(?:\s*\(?{_WEEKDAY}\)?)?"
# Compiled when the first day is typed: no start of the program waits for them.
_SHAPES = (
    rf"(?P<y>\d{{4}}|\d{{2}})\s*[-./年\s]\s*(?P<m>\d{{1,2}})\s*[-./月\s]\s*(?P<d>\d{{1,2}})\s*[日号]?{_TAIL}",
    r"(?P<y>\d{4}|\d{2})(?P<m>\d{2})(?P<d>\d{2})",
    rf"(?P<m>\d{{1,2}})\s*[-./月]\s*(?P<d>\d{{1,2}})\s*[日号]?{_TAIL}",
    r"(?P<m>\d{2})(?P<d>\d{2})",
)
_NAMED = {"今天": 0, "明天": 1, "后天": 2, "大后天": 3, "昨天": -1, "前天": -2}
_WEEK_WORD = rf"(?P<week>上|这|本|下)?{_WEEKDAY}"
_WEEKS = {"上": -7, "这": 0, "本": 0, "下": 7}
_LEAPS = 8  # years from one 29th of February to the next, at most
_YEAR_MONTH = r"(\d{4})\s*[-./年\s]?\s*(\d{1,2})\s*月?"
_MONTH = r"(\d{1,2})\s*月?"
_MONTH_WORDS = {"本月": 0, "这个月": 0, "上月": -1, "上个月": -1, "下月": 1, "下个月": 1}


class DayTextError(RuleError):
    """The text is no day."""


class Direction(StrEnum):
    """Which day a field means by one without a year: ``12-3``."""

    PAST = "past"  # the nearest such day not after today: what has happened
    COMING = "coming"  # the nearest not before today: what is to begin, or to end
    NEAR = "near"  # the nearest to today, before or after
    WRITTEN = "written"  # none: the year must stand there (births, medicine that expires)


@record
class Parts:
    """What has the shape of a day, whether there is such a day or not."""

    year: int | None  # None where it was left out
    month: int
    day: int
    short: bool = False  # whether the year has two digits
    weekday: int | None = None  # 0 for Monday, where one stands behind the day

    def in_year(self, year: int) -> dt.date | None:
        """The day of that year; None where it has none."""
        try:
            return dt.date(year, self.month, self.day)
        except ValueError:
            return None


def split_day(text: str) -> Parts | None:
    """What is typed, taken apart; None for what has not the shape of a day.

    2026-01-05, 2026.1.5, 2026/1/5, 2026年1月5日, 20260105, each also with a year of two digits; without
    a year 1-5, 1.5, 1月5号, 0105. A weekday may stand behind: 1月5日（周一）.
    """
    plain = text.strip().translate(_WIDE)
    for shape in _SHAPES:
        if (found := re.fullmatch(shape, plain)) is not None:
            said = found.groupdict()
            year, weekday = said.get("y"), said.get("w")
            return Parts(
                None if year is None else int(year),
                int(found["m"]),
                int(found["d"]),
                year is not None and len(year) == 2,
                None if weekday is None else _weekday(weekday),
            )
    return None


def read_day(
    text: str,
    today: dt.date,
    direction: Direction,
    field: str = "day",
    *,
    since: dt.date | None = None,
    far: int = FAR,
) -> dt.date:
    """The day that was typed: in any of the shapes of ``split_day``, or 今天, 昨天, 明天, 周五, 下周三.

    Args:
        text: What stands in the field.
        today: The centre's day.
        direction: Which day is meant where no year stands.
        field: What a refusal calls the field.
        since: From which day the direction counts, if not from today: the last day of a span is the next such
            day after its first.
        far: So many years off a day may lie.

    Raises:
        DayTextError: empty, unreadable, no such day, a year of two digits or none where it must stand, a
            weekday that does not belong to the day, or years away.
    """
    plain = text.strip().translate(_WIDE)
    if not plain:
        raise DayTextError("请填日期，如 2026-01-05。", field=field)
    if (named := _worded(plain, today, direction, since or today)) is not None:
        return named
    parts = split_day(plain)
    if parts is None:
        msg = f"看不懂日期“{plain[:20]}”。请按 2026-01-05 或 1-5 填写。"
        raise DayTextError(msg, field=field)
    if parts.short:
        msg = f"“{plain[:20]}”的年份只有两位。请写四位，如 2026-01-05。"
        raise DayTextError(msg, field=field)
    if parts.year is None and direction is Direction.WRITTEN:
        msg = f"“{plain[:20]}”没有年份。请写上，如 2026-01-05。"
        raise DayTextError(msg, field=field)
    made = parts.in_year(parts.year) if parts.year is not None else _meant(parts, direction, since or today)
    if made is None or abs((made - today).days) > far * 366:
        msg = f"“{plain[:20]}”不是一个可用的日期，请核对。"
        raise DayTextError(msg, field=field)
    if parts.weekday is not None and parts.weekday != made.weekday():
        msg = f"{made.year}年{made.month}月{made.day}日是{weekday_word(made)}，请核对。"
        raise DayTextError(msg, field=field)
    return made


def read_day_or_none(
    text: str, today: dt.date, direction: Direction, field: str = "day", *, far: int = FAR
) -> dt.date | None:
    """The same where nothing may stand, too."""
    return read_day(text, today, direction, field, far=far) if text.strip() else None


def spoken(moment: dt.date) -> str:
    """``2025年12月3日 周三``, with the time where it has one: what was understood, as the field says it."""
    words = f"{moment.year}年{moment.month}月{moment.day}日 {weekday_word(moment)}"
    return f"{words} {moment:%H:%M}" if isinstance(moment, dt.datetime) else words


def weekday_word(day: dt.date) -> str:
    """周三."""
    return f"周{_WEEKDAYS[day.weekday()]}"


def written(moment: dt.date) -> str:
    """``2025-12-03``, or ``2025-12-03 11:40``: a day in full, which every field reads alike."""
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, dt.datetime) else moment.isoformat()


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
    if (found := re.fullmatch(_YEAR_MONTH, plain)) is not None:
        made = Parts(None, int(found[2]), 1).in_year(int(found[1]))
    elif (found := re.fullmatch(_MONTH, plain)) is not None:
        month = int(found[1])
        made = Parts(None, month, 1).in_year(today.year - (month > today.month))
    if made is None or abs((made - today).days) > FAR * 366:
        msg = f"看不懂月份“{plain[:20]}”。请按 2025-11 或 11 填写。" if plain else "请填月份，如 2025-11。"
        raise DayTextError(msg, field=field)
    return made


def _worded(plain: str, today: dt.date, direction: Direction, base: dt.date) -> dt.date | None:
    """今天, 周五, 下周三; None for anything else, and where the year must stand."""
    solid = "".join(plain.split())
    if direction is Direction.WRITTEN:
        return None
    if (ahead := _NAMED.get(solid)) is not None:
        return today + dt.timedelta(days=ahead)
    if (found := re.fullmatch(_WEEK_WORD, solid)) is None:
        return None
    wanted = _weekday(found["w"])
    if found["week"]:
        return today + dt.timedelta(days=wanted - today.weekday() + _WEEKS[found["week"]])
    # 周三 said on a Wednesday is another one (today is called 今天), and to come unless it tells what was.
    if direction is Direction.PAST:
        return base - dt.timedelta(days=(base.weekday() - wanted - 1) % 7 + 1)
    return base + dt.timedelta(days=(wanted - base.weekday() - 1) % 7 + 1)


def _meant(parts: Parts, direction: Direction, base: dt.date) -> dt.date | None:
    years = range(max(dt.MINYEAR, base.year - _LEAPS), min(dt.MAXYEAR, base.year + _LEAPS) + 1)
    days = [day for year in years if (day := parts.in_year(year)) is not None]
    if direction is Direction.PAST:
        days = [day for day in days if day <= base]
    elif direction is Direction.COMING:
        days = [day for day in days if day >= base]
    return min(days, key=lambda day: abs(day - base), default=None)


def _weekday(word: str) -> int:
    return 6 if word == "天" else _WEEKDAYS.index(word)
