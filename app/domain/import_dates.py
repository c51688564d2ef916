"""Dates as they stand in other people's sheets (domain §7.4): a real date, a serial number, or words."""

import datetime as dt
import re

from app.domain.import_cells import Cell, CellKind
from app.domain.looks import Tone
from app.domain.record import record
from app.domain.typed_days import Parts, split_day

_WIDE = str.maketrans("０１２３４５６７８９．－／", "0123456789.-/")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$")
_DAY_FIRST = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{4}")
_NO_DAY = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*月?")
_EPOCH = dt.date(1899, 12, 30)  # Excel's day 0, with its leap year 1900 that never was
_SOLID_DIGITS = 8  # 20230819 is a day, and no number of Excel's
_CENTURY = 2000
_MOST_DAYS = 2_000_000
_SERIALS = range(30_000, 60_000)  # 1982 to 2064


@record
class ReadDate:
    """A date, or why there is none; with a date a sentence is only a remark."""

    day: dt.date | None
    code: str = ""
    sentence: str = ""
    tone: Tone = Tone.BAD


def read_date(cell: Cell, label: str) -> ReadDate:
    """Read a cell as a day. ``label`` names the field in the sentence (出生日期)."""
    if cell.kind is CellKind.DATE:
        return ReadDate(cell.day)
    text = _TIME.sub("", cell.text.strip().translate(_WIDE))
    parts = split_day(text)
    solid = text.isdecimal() and len(text) == _SOLID_DIGITS
    if not solid and (cell.kind is CellKind.NUMBER or (text.isdecimal() and len(text) == 5)):
        return _serial(cell.number if cell.number is not None else float(text), text, label, cell.day)
    if parts is not None and parts.year is not None:
        return _made(parts, parts.year, text, label)
    if "农历" in text or "阴历" in text:
        return _no("lunar", f"{label}“{text[:20]}”是农历。请换成公历，如 2023-08-19。")
    if _DAY_FIRST.fullmatch(text):
        return _no("day_first", f"{label}“{text}”分不清哪个是月、哪个是日。请按 2023-08-19 填写。")
    if _NO_DAY.fullmatch(text):
        return _no("no_day", f"{label}“{text}”只有年月，缺日。请按 2023-08-19 填写。")
    return _no("unreadable", f"看不懂{label}“{text[:20]}”。请按 2023-08-19 或 20230819 填写。")


def _made(parts: Parts, year: int, text: str, label: str) -> ReadDate:
    year += _CENTURY if parts.short else 0
    if (made := parts.in_year(year)) is None:
        return _no("impossible", f"没有 {year}年{parts.month}月{parts.day}日 这一天，请核对{label}。")
    if parts.short:
        words = f"{label}“{text}”的年份只有两位，按 {made} 读，请核对。"
        return ReadDate(made, "two_digit_year", words, Tone.WARN)
    return ReadDate(made)


def _serial(number: float, text: str, label: str, day: dt.date | None = None) -> ReadDate:
    """A number of days; ``day`` is what it is where the workbook counts from another day (1904)."""
    made = day or _EPOCH + dt.timedelta(days=int(number) if abs(number) < _MOST_DAYS else 0)
    if (made - _EPOCH).days not in _SERIALS:
        return _no("number", f"{label}里是数字 {text[:20]}，不像日期。请按 2023-08-19 填写。")
    words = f"{label}里是 Excel 的日期数字 {int(number)}，按 {made} 读，请核对。"
    return ReadDate(made, "serial", words, Tone.WARN)


def _no(code: str, sentence: str) -> ReadDate:
    return ReadDate(None, code, sentence)
