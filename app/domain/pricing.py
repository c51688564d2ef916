"""What one stay costs, and why, in words a parent can follow (domain §6.3).

Minutes are whole; prices come as ``Tariffs`` from the centre's price list. The calculation on the receipt:
``units = ceil(max(minutes - grace, min_minutes) / unit)``, never above the next larger price: an hourly
stay costs at most what a half-day would, a half-day at most a full day. Time past the promised hour is
late care (延时托管), counted after the same grace.
"""

import datetime as dt
from dataclasses import dataclass, field

from app.domain.errors import RuleError
from app.domain.modes import Tariff
from app.domain.money import Money, total

LATE_CODE = "late_unit"
LUNCH_CODE = "lunch"


class StayTimesError(RuleError):
    """The end of a stay lies before its beginning."""


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One line of a quote or receipt (收款事由). ``code`` is the price list's code."""

    code: str
    purpose: str
    quantity: int
    unit: str
    unit_price: Money
    amount: Money
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """What is due at pick-up. ``late`` is the part of ``total`` that is 延时托管."""

    lines: tuple[PriceLine, ...]
    total: Money
    words: str
    late: Money = field(default=Money(0))


@dataclass(frozen=True, slots=True)
class Tariffs:
    """The centre's prices for stays that are paid at the door, and how time is counted (minutes).

    ``hourly`` is the price of sixty minutes; ``unit_minutes`` is what a stay is rounded up to.
    ``half_day_minutes`` is the longest half-day; what a half-day stays longer is counted by the hour.
    ``lunch_from`` and ``lunch_to`` are minutes after midnight.
    """

    temp_full_day: Money
    temp_half_day: Money
    hourly: Money
    lunch: Money
    late_unit: Money
    unit_minutes: int = 60
    min_minutes: int = 60
    grace_minutes: int = 10
    late_unit_minutes: int = 30
    half_day_minutes: int = 300
    lunch_from: int = 690
    lunch_to: int = 750
    lunch_included: frozenset[Tariff] = frozenset()


def quote(
    tariff: Tariff,
    arrived: dt.datetime,
    leaving: dt.datetime,
    promised: dt.datetime | None,
    tariffs: Tariffs,
    *,
    lunch: bool | None = None,
) -> Quote:
    """Price one stay.

    Args:
        tariff: as agreed at the door; a contract stay costs nothing here.
        arrived: when the child came in.
        leaving: when she leaves, or is expected to.
        promised: the agreed hour; later than this is 延时托管. None means nothing was agreed.
        tariffs: the centre's prices on the day.
        lunch: whether she ate here; None decides by the clock (at least half of the lunch hour inside).

    Raises:
        StayTimesError: if ``leaving`` is before ``arrived``.
    """
    if leaving < arrived:
        msg = f"离园时间 {leaving:%H:%M} 早于入园时间 {arrived:%H:%M}，请核对时间。"
        raise StayTimesError(msg)
    if tariff is Tariff.CONTRACT:
        return Quote((), Money(0), "包月，费用已含在月费里。")
    care_end = max(arrived, leaving if promised is None else min(leaving, promised))
    care = _care_line(tariff, arrived, care_end, tariffs)
    lines = [care]
    if _has_lunch(tariff, arrived, leaving, tariffs, lunch):
        lines.append(PriceLine(LUNCH_CODE, "午餐", 1, "份", tariffs.lunch, tariffs.lunch))
    late = None if promised is None else _late_line(promised, leaving, tariffs)
    if late is not None:
        lines.append(late)
    words = care.explanation + (late.explanation if late is not None else _late_promise(tariffs))
    return Quote(
        tuple(lines),
        total(tuple(line.amount for line in lines)),
        words,
        Money(0) if late is None else late.amount,
    )


def late_units(minutes: int, tariffs: Tariffs) -> int:
    """Units of 延时托管 for so many minutes past the promised hour; none within the grace."""
    return max(0, -(-(minutes - tariffs.grace_minutes) // tariffs.late_unit_minutes))


def hourly_units(minutes: int, tariffs: Tariffs) -> int:
    """Units an hourly stay is charged for: at least the minimum, rounded up after the grace."""
    counted = max(minutes - tariffs.grace_minutes, tariffs.min_minutes)
    return max(1, -(-counted // tariffs.unit_minutes))


def stay_words(minutes: int) -> str:
    """``4 小时 50 分``, ``5 小时``, ``40 分钟``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} 分钟"
    return f"{hours} 小时 {rest} 分" if rest else f"{hours} 小时"


def _minutes(start: dt.datetime, end: dt.datetime) -> int:
    """Whole minutes by the clock on the wall: 9:12:40 to 14:00:10 is 9:12 to 14:00."""
    floor = {"second": 0, "microsecond": 0}
    return int((end.replace(**floor) - start.replace(**floor)).total_seconds()) // 60  # type: ignore[arg-type]


def _unit_price(tariffs: Tariffs) -> Money:
    """The price of one counted unit, half a 分 rounded up."""
    return Money((tariffs.hourly.fen * tariffs.unit_minutes * 2 + 60) // 120)


def _unit_word(minutes: int) -> str:
    return {60: "小时", 30: "半小时"}.get(minutes, f"{minutes}分钟")


def _half_price(minutes: int, tariffs: Tariffs) -> Money:
    """A half-day, and what stays longer by the hour, up to the full day if the price list has one."""
    beyond = minutes - tariffs.half_day_minutes - tariffs.grace_minutes
    extra = max(0, -(-beyond // tariffs.unit_minutes))
    price = tariffs.temp_half_day + _unit_price(tariffs) * extra
    return min(price, tariffs.temp_full_day) if tariffs.temp_full_day else price


def _care_line(tariff: Tariff, arrived: dt.datetime, end: dt.datetime, tariffs: Tariffs) -> PriceLine:
    minutes = _minutes(arrived, end)
    units, price = hourly_units(minutes, tariffs), _unit_price(tariffs)
    by_hour, half = price * units, _half_price(minutes, tariffs)
    unit = _unit_word(tariffs.unit_minutes)
    sum_words = f"计时算法：{stay_words(minutes)} → {units} {unit} × {price.short} = {by_hour.short}"
    span = f"{arrived:%H:%M}–{end:%H:%M}"
    if tariff is Tariff.TEMP_FULL_DAY:
        full = tariffs.temp_full_day
        words = f"全日价 {full.short}，一天之内不另计时。"
        return PriceLine(tariff.value, f"{tariff.label} {span}", 1, "次", full, full, words)
    if tariff is Tariff.TEMP_HALF_DAY:
        words = _half_words(sum_words, minutes, by_hour, half, tariffs)
        return PriceLine(tariff.value, f"{tariff.label} {span}", 1, "次", half, half, words)
    if by_hour <= half or not tariffs.temp_half_day:
        return PriceLine(
            tariff.value, f"{tariff.label} {span}", units, unit, price, by_hour, f"{sum_words}。"
        )
    cap = "半日价" if half == tariffs.temp_half_day else "同样时长的半日托"
    words = f"{sum_words}，封顶{cap} {half.short}，已取较低。"
    return PriceLine(tariff.value, f"{tariff.label} {span}", 1, "次", half, half, words)


def _half_words(sum_words: str, minutes: int, by_hour: Money, half: Money, tariffs: Tariffs) -> str:
    if half == tariffs.temp_half_day:
        if not tariffs.hourly:
            return f"半日价 {half.short}。"
        if by_hour >= half:
            return f"{sum_words}，封顶半日价 {half.short}，已取较低。"
        return f"{sum_words}，低于半日价 {half.short}；只待这么久可改按计时托。"
    limit = stay_words(tariffs.half_day_minutes)
    if half == tariffs.temp_full_day:
        return f"半日托最长 {limit}，实际 {stay_words(minutes)}，加时后到全日价 {half.short} 封顶。"
    base = tariffs.temp_half_day
    sum_of = f"{base.short} + 加时 {(half - base).short} = {half.short}"
    return f"半日托最长 {limit}，实际 {stay_words(minutes)}：{sum_of}。"


def _has_lunch(
    tariff: Tariff, arrived: dt.datetime, leaving: dt.datetime, tariffs: Tariffs, eaten: bool | None
) -> bool:
    if tariff in tariffs.lunch_included or not tariffs.lunch:
        return False
    if eaten is not None:
        return eaten
    midnight = arrived.replace(hour=0, minute=0, second=0, microsecond=0)
    start, end = _minutes(midnight, arrived), _minutes(midnight, leaving)
    inside = min(end, tariffs.lunch_to) - max(start, tariffs.lunch_from)
    return inside > 0 and inside * 2 >= tariffs.lunch_to - tariffs.lunch_from


def _late_line(promised: dt.datetime, leaving: dt.datetime, tariffs: Tariffs) -> PriceLine | None:
    over = _minutes(promised, leaving)
    units = late_units(over, tariffs)
    if not units or not tariffs.late_unit:
        return None
    unit, amount = _unit_word(tariffs.late_unit_minutes), tariffs.late_unit * units
    words = (
        f"说好 {promised:%H:%M}，{leaving:%H:%M} 接走，超 {stay_words(over)}；"
        f"宽限 {tariffs.grace_minutes} 分钟后按 {units} 个{unit} × {tariffs.late_unit.short} = "
        f"{amount.short} 元。"
    )
    return PriceLine(
        LATE_CODE, f"延时托管（超 {stay_words(over)}）", units, unit, tariffs.late_unit, amount, words
    )


def _late_promise(tariffs: Tariffs) -> str:
    if not tariffs.late_unit:
        return ""
    unit = _unit_word(tariffs.late_unit_minutes)
    return f"超时每{unit} {tariffs.late_unit.short} 元，宽限 {tariffs.grace_minutes} 分钟。"
