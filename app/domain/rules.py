"""The rules a centre sets for itself: what each value is called, its unit and its bounds (``settings.toml``).

Values are kept as text: clock times ``07:30``, words as they are (lists joined by 、), everything else a
whole number (tenths of a degree, minutes, days). What a person types is read leniently: ``7:30``, ``37.3``.
"""

import datetime as dt
import re
from collections.abc import Mapping

from app.domain.errors import RuleError
from app.domain.record import record

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
_TENTHS = re.compile(r"(\d{2})(?:[.．](\d))?")
_SEPARATORS = re.compile(r"[、，,;；\n]+")
_WHOLE = re.compile(r"\d{1,6}")
# The second must lie after the first.
_PAIRS = (("opening", "closing"), ("lunch_from", "lunch_to"))


class RuleValueError(RuleError):
    """A value that the rule cannot have."""


@record
class RuleSpec:
    """One rule. ``kind``: clock, tenths, minutes, days, count or words; ``least`` and ``most`` as kept
    numbers, of words how many signs.

    ``source`` is the norm the default comes from (``WS/T …``), or empty where the centre is free.
    """

    name: str
    label: str
    group: str
    kind: str
    unit: str
    least: int
    most: int
    source: str = ""
    note: str = ""


def read_value(spec: RuleSpec, typed: str) -> str:
    """What was typed as it is kept.

    Raises:
        RuleValueError: it cannot be read, or lies beyond the bounds.
    """
    text = typed.strip()
    if spec.kind == "words":
        return _read_words(spec, text)
    number = _number(spec.kind, text)
    if number is None:
        example = {"clock": "07:30", "tenths": "37.3"}.get(spec.kind, str(spec.least))
        msg = f"看不懂“{text[:12]}”，{spec.label}请按 {example} 填写。"
        raise RuleValueError(msg, field="value")
    if not spec.least <= number <= spec.most:
        low, high = words_of(spec, kept(spec.kind, spec.least)), words_of(spec, kept(spec.kind, spec.most))
        msg = f"{spec.label}应在 {low} 到 {high} 之间，请核对。"
        raise RuleValueError(msg, field="value")
    return kept(spec.kind, number)


def kept(kind: str, number: int) -> str:
    """A number as it is kept."""
    return f"{number // 60:02d}:{number % 60:02d}" if kind == "clock" else str(number)


def shown(spec: RuleSpec, value: str) -> str:
    """A kept value as it is typed: ``37.3`` for 373 tenths."""
    return f"{int(value) / 10:.1f}" if spec.kind == "tenths" else value


def words_of(spec: RuleSpec, value: str) -> str:
    """A kept value with its unit."""
    return f"{shown(spec, value)} {spec.unit}".strip()


def require_order(values: Mapping[str, str], day: dt.date) -> None:
    """Pass if what must come first comes first on that day.

    Raises:
        RuleValueError: closing before opening, or lunch ending before it begins.
    """
    words = {
        "closing": "关门时间要晚于开门时间",
        "lunch_to": "午餐结束要晚于午餐开始",
    }
    for first, second in _PAIRS:
        if first in values and second in values and not values[first] < values[second]:
            held = f"{day:%Y-%m-%d} 起是 {values[first]} 和 {values[second]}"
            msg = f"{words[second]}（{held}），请核对。"
            raise RuleValueError(msg, field="value")


def bounds_words(spec: RuleSpec) -> str:
    """``07:00 到 12:00``, ``1 到 6 个字``."""
    if spec.kind == "words":
        return f"{spec.least} 到 {spec.most} 个字"
    return " 到 ".join(words_of(spec, kept(spec.kind, number)) for number in (spec.least, spec.most))


def _read_words(spec: RuleSpec, text: str) -> str:
    words = "、".join(part for one in _SEPARATORS.split(text) if (part := one.strip()))
    if not spec.least <= len(words) <= spec.most:
        msg = f"{spec.label}要写 {bounds_words(spec)}，请核对。"
        raise RuleValueError(msg, field="value")
    return words


def _number(kind: str, text: str) -> int | None:
    if kind == "clock":
        clock = _CLOCK.fullmatch(text)
        return None if clock is None else int(clock[1]) * 60 + int(clock[2])
    if kind == "tenths":
        tenths = _TENTHS.fullmatch(text)
        return None if tenths is None else int(tenths[1]) * 10 + int(tenths[2] or 0)
    return int(text) if _WHOLE.fullmatch(text) and text.isascii() else None
