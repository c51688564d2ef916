"""A year's notice of holidays (放假安排) read from its text or a table, to be looked at before it is kept.

Text as the State Council's office writes it: ``一、元旦：1月1日（周五）至3日（周日）放假，共3天。``
A table is one day a line: date, 放假 or 上班, name; parted by commas, tabs or blanks.
"""

import datetime as dt
import re

from app.domain.calendar import DayMark
from app.domain.errors import RuleError
from app.domain.record import record

_YEAR = re.compile(r"(20\d{2})\s*年")
_PART = re.compile(
    r"(?:^|[\n。；;])\s*(?:[一二三四五六七八九十]+[、.．]|\d+[、.．])?\s*([^\s：:，,。、\d]{2,12})\s*[：:]"
)
_SPAN = re.compile(
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:[（(][^）)]*[）)])?"
    r"(?:\s*[至到—~-]\s*(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[（(][^）)]*[）)])?)?"
)
_VERB = re.compile(r"放假|休息|上班|补班")
_ROW = re.compile(
    r"\s*(20\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s*[,，\t ]\s*([^,，\t ]+)(?:\s*[,，\t ]\s*(.*))?"
)
_OFF = {"放假", "休", "休息", "holiday", "假", "节假日"}
_ON = {"上班", "班", "补班", "workday", "调休上班", "工作日"}
_LONGEST_SPAN = 16
_MOST_LINES = 400


class NoticeError(RuleError):
    """A notice that cannot be read."""


@record
class NoticeDay:
    """One day of a notice: off (HOLIDAY), or a working day at the weekend (WORKDAY)."""

    day: dt.date
    mark: DayMark
    name: str


def read_notice(text: str, year: int) -> tuple[NoticeDay, ...]:
    """The days of a year's notice in their order; ``year`` is meant where the text names none.

    Raises:
        NoticeError: nothing can be read, a date does not exist, or a day stands there with two meanings.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise NoticeError("请先把放假通知的全文，或一行一天的表格粘贴进来。", field="notice")
    if len(lines) > _MOST_LINES:
        msg = f"一次最多读 {_MOST_LINES} 行，请只粘贴一年的放假安排。"
        raise NoticeError(msg, field="notice")
    table = [_ROW.fullmatch(line) for line in lines]
    rows = sum(one is not None for one in table)
    found = _table(lines) if rows and rows >= len(lines) - 1 else _prose(text, year)
    if not found:
        raise NoticeError(
            "没有读到一天放假或上班。通知要像“元旦：1月1日至3日放假，1月4日上班”，"
            "表格要像“2027-01-01,放假,元旦”。",
            field="notice",
        )
    days: dict[dt.date, NoticeDay] = {}
    for one in found:
        if (before := days.get(one.day)) is not None and before.mark is not one.mark:
            msg = f"{one.day:%Y-%m-%d} 既写了放假又写了上班，请核对原文。"
            raise NoticeError(msg, field="notice")
        days.setdefault(one.day, one)
    return tuple(days[day] for day in sorted(days))


def _table(lines: list[str]) -> list[NoticeDay]:
    found = []
    for number, line in enumerate(lines, 1):
        row = _ROW.fullmatch(line)
        if row is None:
            if number == 1:  # the heads of the columns
                continue
            msg = f"第 {number} 行看不懂：“{line.strip()[:20]}”。每行要像“2027-01-01,放假,元旦”。"
            raise NoticeError(msg, field="notice")
        day, word = _day(int(row[1]), int(row[2]), int(row[3])), row[4].strip().lower()
        if word not in _OFF | _ON:
            msg = f"第 {number} 行的“{row[4][:8]}”看不懂，请写 放假 或 上班。"
            raise NoticeError(msg, field="notice")
        mark = DayMark.HOLIDAY if word in _OFF else DayMark.WORKDAY
        found.append(NoticeDay(day, mark, (row[5] or "").strip()[:20]))
    return found


def _prose(text: str, year: int) -> list[NoticeDay]:
    named = _YEAR.search(text)
    year = int(named[1]) if named is not None else year
    heads = list(_PART.finditer(text))
    found = []
    for at, head in enumerate(heads):
        end = heads[at + 1].start() if at + 1 < len(heads) else len(text)
        found += _part(text[head.end() : end], head[1], year)
    return found


def _part(text: str, name: str, year: int) -> list[NoticeDay]:
    """The days of one holiday: those before 放假 are off, those before 上班 are worked."""
    found, at = [], 0
    for verb in _VERB.finditer(text):
        off = verb[0] in {"放假", "休息"}
        for span in _SPAN.finditer(text[at : verb.start()]):
            for day in _days(span, year):
                mark = DayMark.HOLIDAY if off else DayMark.WORKDAY
                found.append(NoticeDay(day, mark, name if off else f"{name}补班"))
        at = verb.end()
    return found


def _days(span: re.Match[str], year: int) -> list[dt.date]:
    first = _day(int(span[1] or year), int(span[2]), int(span[3]))
    if span[6] is None:
        return [first]
    month = int(span[5] or span[2])
    # A holiday that begins in December ends in the year after.
    later = int(span[4] or (first.year + (month < first.month)))
    last = _day(later, month, int(span[6]))
    length = (last - first).days + 1
    if not 1 <= length <= _LONGEST_SPAN:
        msg = f"“{span[0][:24]}”的起止对不上，请核对原文。"
        raise NoticeError(msg, field="notice")
    return [first + dt.timedelta(days=past) for past in range(length)]


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        msg = f"没有 {year}年{month}月{day}日 这一天，请核对原文。"
        raise NoticeError(msg, field="notice") from error
