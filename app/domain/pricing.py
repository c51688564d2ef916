"""What one stay costs, and why, in words a parent can follow (domain §6.3).

Minutes are whole; prices come as ``Tariffs`` from the centre's price list. The calculation on the receipt:
``units = ceil(max(minutes - grace, min_minutes) / unit)``, never above the next larger price: an hourly
stay costs at most what a half-day would (the full day where the list has no half-day), a half-day at most a
full day. Several stays of one day together cost no more than one as long, in which a half-day that was taken
counts whole, nor than one from the first hour to the last: the later pays what is left to that. Time past the
promised hour is late care (延时托管), counted after the same grace until closing and never more than one full
day's price (domain §6.3).
"""

import datetime as dt
from dataclasses import field

from app.domain.errors import RuleError
from app.domain.modes import Tariff
from app.domain.money import Money, total
from app.domain.record import record

LATE_CODE = "late_unit"
LUNCH_CODE = "lunch"


class StayTimesError(RuleError):
    """The end of a stay lies before its beginning."""


class NoPriceError(RuleError):
    """The price list has no price for this kind of stay: it is not free, it cannot be charged."""


@record
class PriceLine:
    """One line of a quote or receipt (收款事由). ``code`` is the price list's code."""

    code: str
    purpose: str
    quantity: int
    unit: str
    unit_price: Money
    amount: Money
    explanation: str = ""


@record
class Quote:
    """What is due at pick-up. ``late`` is the part of ``total`` that is 延时托管."""

    lines: tuple[PriceLine, ...]
    total: Money
    words: str
    late: Money = field(default=Money(0))


@record
class Beside:
    """The other stays of a child's day that are paid at the door, together, without lunch and late care.

    ``minutes`` is what they count (``counted_minutes``) and ``care`` what they cost; the first of them began
    at ``begins``, the last ended at ``ends``. ``full`` says that one is by the full day.
    """

    minutes: int
    care: Money
    begins: dt.datetime
    ends: dt.datetime
    full: bool = False

    def and_also(self, other: "Beside") -> "Beside":
        """Both together."""
        return Beside(
            self.minutes + other.minutes,
            self.care + other.care,
            min(self.begins, other.begins),
            max(self.ends, other.ends),
            self.full or other.full,
        )


@record
class Tariffs:
    """The centre's prices for stays that are paid at the door, and how time is counted (minutes).

    ``hourly`` is the price of sixty minutes; ``unit_minutes`` is what a stay is rounded up to.
    ``half_day_minutes`` is the longest half-day; what a half-day stays longer is counted by the hour.
    ``lunch_from``, ``lunch_to`` and ``closing`` are minutes after midnight. None is no price on the list,
    which is not the same as a price of nothing.
    """

    temp_full_day: Money | None
    temp_half_day: Money | None
    hourly: Money | None
    lunch: Money | None
    late_unit: Money | None
    unit_minutes: int = 60
    min_minutes: int = 60
    grace_minutes: int = 10
    late_unit_minutes: int = 30
    half_day_minutes: int = 300
    lunch_from: int = 690
    lunch_to: int = 750
    lunch_included: frozenset[Tariff] = frozenset()
    closing: int = 1440

    def price_of(self, tariff: Tariff) -> Money | None:
        """What the list says of a kind of stay; a contract is paid elsewhere and costs nothing here."""
        listed = {
            Tariff.TEMP_FULL_DAY: self.temp_full_day,
            Tariff.TEMP_HALF_DAY: self.temp_half_day,
            Tariff.HOURLY: self.hourly,
        }
        return listed.get(tariff, Money(0))


def quote(
    tariff: Tariff,
    arrived: dt.datetime,
    leaving: dt.datetime,
    promised: dt.datetime | None,
    tariffs: Tariffs,
    *,
    lunch: bool | None = None,
    beside: Beside | None = None,
) -> Quote:
    """Price one stay.

    Args:
        tariff: as agreed at the door; a contract stay costs nothing here.
        arrived: when the child came in.
        leaving: when she leaves, or is expected to.
        promised: the agreed hour; later than this is 延时托管. None means nothing was agreed.
        tariffs: the centre's prices on the day.
        lunch: whether she ate here; None decides by the clock (at least half of the lunch hour inside).
        beside: her other stays of the day: with them it is never more than the price of as long a stay.

    Raises:
        StayTimesError: if ``leaving`` is before ``arrived``.
        NoPriceError: if the list has no price for ``tariff``.
    """
    if leaving < arrived:
        msg = f"离园时间 {leaving:%H:%M} 早于入园时间 {arrived:%H:%M}，请核对时间。"
        raise StayTimesError(msg)
    if tariff is Tariff.CONTRACT:
        return Quote((), Money(0), "包月，费用已含在月费里。")
    if tariffs.price_of(tariff) is None:
        msg = f"价目表里没有{tariff.label}的价格，不能这样收费。请园长补上价格。"
        raise NoPriceError(msg, field="tariff")
    until = care_end(arrived, leaving, promised)
    care = _care_line(tariff, arrived, until, tariffs)
    if beside is not None:
        care = _with_others(care, tariff, (arrived, until), tariffs, beside)
    lines = [care]
    if tariffs.lunch and _has_lunch(tariff, arrived, leaving, tariffs, lunch):
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


def care_end(arrived: dt.datetime, leaving: dt.datetime, promised: dt.datetime | None) -> dt.datetime:
    """When a stay is over but for its late care."""
    return max(arrived, leaving if promised is None else min(leaving, promised))


def counted_minutes(tariff: Tariff, arrived: dt.datetime, ends: dt.datetime, tariffs: Tariffs) -> int:
    """What a stay, without its late care, counts beside others: a half-day counts whole, however short."""
    least = tariffs.half_day_minutes if tariff is Tariff.TEMP_HALF_DAY else 0
    return max(least, _minutes(arrived, ends))


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
    """The price of one counted unit, half a 分 rounded up; nothing where the list has no hourly price."""
    hourly = tariffs.hourly or Money(0)
    return Money((hourly.fen * tariffs.unit_minutes * 2 + 60) // 120)


def _unit_word(minutes: int) -> str:
    return {60: "小时", 30: "半小时"}.get(minutes, f"{minutes}分钟")


def _half_price(minutes: int, tariffs: Tariffs) -> Money | None:
    """A half-day, and what stays longer by the hour, up to the full day if the price list has one."""
    if tariffs.temp_half_day is None:
        return tariffs.temp_full_day
    beyond = minutes - tariffs.half_day_minutes - tariffs.grace_minutes
    extra = max(0, -(-beyond // tariffs.unit_minutes))
    price = tariffs.temp_half_day + _unit_price(tariffs) * extra
    return price if tariffs.temp_full_day is None else min(price, tariffs.temp_full_day)


def _care_line(tariff: Tariff, arrived: dt.datetime, end: dt.datetime, tariffs: Tariffs) -> PriceLine:
    minutes = _minutes(arrived, end)
    units, price = hourly_units(minutes, tariffs), _unit_price(tariffs)
    by_hour, half = price * units, _half_price(minutes, tariffs)
    unit = _unit_word(tariffs.unit_minutes)
    sum_words = f"计时算法：{stay_words(minutes)} → {units} {unit} × {price.short} = {by_hour.short}"
    span = f"{arrived:%H:%M}–{end:%H:%M}"
    if tariff is Tariff.TEMP_FULL_DAY:
        full = tariffs.temp_full_day or Money(0)
        words = f"全日价 {full.short}，一天之内不另计时。"
        return PriceLine(tariff.value, f"{tariff.label} {span}", 1, "次", full, full, words)
    if tariff is Tariff.TEMP_HALF_DAY and half is not None:
        words = _half_words(sum_words, minutes, by_hour, half, tariffs)
        return PriceLine(tariff.value, f"{tariff.label} {span}", 1, "次", half, half, words)
    if half is None or by_hour <= half:
        return PriceLine(
            tariff.value, f"{tariff.label} {span}", units, unit, price, by_hour, f"{sum_words}。"
        )
    cap = "半日价" if half == tariffs.temp_half_day else "同样时长的半日托"
    cap = "全日价" if tariffs.temp_half_day is None else cap
    words = f"{sum_words}，封顶{cap} {half.short}，已取较低。"
    return PriceLine(tariff.value, f"{tariff.label} {span}", 1, "次", half, half, words)


def _with_others(
    care: PriceLine, tariff: Tariff, span: tuple[dt.datetime, dt.datetime], tariffs: Tariffs, beside: Beside
) -> PriceLine:
    """The line with no more on it than is left of the price of a stay as long as all of that day."""
    added = beside.minutes + counted_minutes(tariff, *span, tariffs)
    minutes = min(added, _minutes(min(beside.begins, span[0]), max(beside.ends, span[1])))
    whole = beside.full or tariff is Tariff.TEMP_FULL_DAY
    cap = tariffs.temp_full_day if whole else _half_price(minutes, tariffs)
    if cap is None or beside.care + care.amount <= cap:
        return care
    due = max(Money(0), cap - beside.care)
    named = {tariffs.temp_half_day: "半日价", tariffs.temp_full_day: "全日价"}.get(cap, "同样时长的半日托")
    ending = f"这次只收差额 {due.short}" if due else "这次不再收"
    words = f"{care.explanation}同一天的其他托育 {beside.care.short}，合计封顶{named} {cap.short}，{ending}。"
    return PriceLine(care.code, care.purpose, 1, "次", due, due, words)


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
    base = tariffs.temp_half_day or Money(0)
    sum_of = f"{base.short} + 加时 {(half - base).short} = {half.short}"
    return f"半日托最长 {limit}，实际 {stay_words(minutes)}：{sum_of}。"


def _has_lunch(
    tariff: Tariff, arrived: dt.datetime, leaving: dt.datetime, tariffs: Tariffs, eaten: bool | None
) -> bool:
    if tariff in tariffs.lunch_included or not tariffs.lunch:
        return False
    if eaten is not None:
        return eaten
    return covers_lunch(arrived, leaving, tariffs)


def covers_lunch(arrived: dt.datetime, leaving: dt.datetime, tariffs: Tariffs) -> bool:
    """Whether at least half of the lunch hour lies inside a stay."""
    midnight = arrived.replace(hour=0, minute=0, second=0, microsecond=0)
    start, end = _minutes(midnight, arrived), _minutes(midnight, leaving)
    inside = min(end, tariffs.lunch_to) - max(start, tariffs.lunch_from)
    return inside > 0 and inside * 2 >= tariffs.lunch_to - tariffs.lunch_from


def _late_line(promised: dt.datetime, leaving: dt.datetime, tariffs: Tariffs) -> PriceLine | None:
    over = _minutes(promised, leaving)
    midnight = promised.replace(hour=0, minute=0, second=0, microsecond=0)
    open_for = max(0, tariffs.closing - _minutes(midnight, promised))
    units = late_units(min(over, open_for), tariffs)
    if not units or not tariffs.late_unit:
        return None
    unit, price = _unit_word(tariffs.late_unit_minutes), tariffs.late_unit
    amount, most = price * units, tariffs.temp_full_day
    purpose = f"延时托管（超 {stay_words(over)}）"
    words = (
        f"说好 {promised:%H:%M}，{leaving:%H:%M} 接走，超 {stay_words(over)}；"
        f"宽限 {tariffs.grace_minutes} 分钟后按 {units} 个{unit} × {price.short} = {amount.short} 元"
    )
    if most is not None and amount > most:
        return PriceLine(LATE_CODE, purpose, 1, "次", most, most, f"{words}，封顶全日价 {most.short} 元。")
    return PriceLine(LATE_CODE, purpose, units, unit, price, amount, f"{words}。")


def _late_promise(tariffs: Tariffs) -> str:
    if not tariffs.late_unit:
        return ""
    unit = _unit_word(tariffs.late_unit_minutes)
    return f"超时每{unit} {tariffs.late_unit.short} 元，宽限 {tariffs.grace_minutes} 分钟。"
