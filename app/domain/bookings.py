"""Bookings (预约): half days, temporary days and hours that are agreed beforehand, single or weekly."""

import datetime as dt
from collections.abc import Callable
from enum import StrEnum

from app.domain.calendar import booked_on
from app.domain.capacity import clock
from app.domain.errors import RuleError
from app.domain.modes import CareMode, Tariff

LONGEST_SERIES = 366  # days from the first to the last
SHORTEST_STAY = 30  # minutes
WEEKDAYS = "一二三四五六日"
BY_CENTRE = "园方"  # who cancelled, where no family did: it says nothing of how reliable one is


class BookingError(RuleError):
    """A rule of booking says no."""


class NoRoomError(BookingError):
    """A seat or a carer is missing at some hour; the director may overrule it with a reason."""


class BookedAlreadyError(BookingError):
    """The child comes that day as it is, by booking or by contract."""


class BookingOverError(BookingError):
    """The booking holds no more: cancelled, moved, missed, or the child has come."""


class Outcome(StrEnum):
    """How a booking ended other than by the child's coming."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    NO_SHOW = "no_show"

    @property
    def label(self) -> str:
        """已取消, 已改期, 未到."""
        return {"cancelled": "已取消", "moved": "已改期", "no_show": "未到"}[self.value]


def mode_of_booking(tariff: Tariff) -> CareMode:
    """The kind of care a booked stay is: by the hour, else temporary, as at the door."""
    return CareMode.HOURLY if tariff is Tariff.HOURLY else CareMode.TEMPORARY


def series_days(
    weekdays: str, starts: dt.date, until: dt.date, is_open: Callable[[dt.date], bool]
) -> tuple[dt.date, ...]:
    """The single days of a weekly booking: its weekdays from the first to the last day, closed days left out.

    A make-up working day at the weekend is for whoever comes the whole working week, as with contracts.

    Raises:
        BookingError: no weekday, the last day before the first, or more than a year.
    """
    if not weekdays or set(weekdays) - set("1234567"):
        raise BookingError("请选每周哪几天。", field="weekdays")
    if until < starts:
        raise BookingError("最后一天在第一天之前，请核对。", field="until")
    if (until - starts).days > LONGEST_SERIES:
        raise BookingError("每周预约最长一年，请把最后一天改早一些。", field="until")
    span = (starts + dt.timedelta(days=past) for past in range((until - starts).days + 1))
    return tuple(day for day in span if booked_on(weekdays, day) and is_open(day))


def check_stay(from_minute: int, to_minute: int, *, opens: int, closes: int) -> None:
    """Pass if a stay lies within the opening hours and is no shorter than half an hour.

    Raises:
        BookingError: it does not; the sentence names the hours.
    """
    hours = f"{clock(opens)}–{clock(closes)}"
    if from_minute < opens:
        msg = f"本园 {clock(opens)} 开门（{hours}），请改晚一些送来。"
        raise BookingError(msg, field="from")
    if to_minute > closes:
        msg = f"本园 {clock(closes)} 关门（{hours}），请改早一些接走。"
        raise BookingError(msg, field="to")
    if to_minute - from_minute < SHORTEST_STAY:
        raise BookingError("接走的时间要比送来晚至少 30 分钟，请核对。", field="to")


def weekday_words(weekdays: str) -> str:
    """``每周一、三、五``."""
    return "每周" + "、".join(WEEKDAYS[int(digit) - 1] for digit in sorted(weekdays))


def day_words(day: dt.date) -> str:
    """``12月3日（周三）``."""
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.isoweekday() - 1]}）"


def count_words(came: int, cancelled: int, missed: int) -> str:
    """How reliable a family's bookings were: ``来过 4 次 · 取消 1 次 · 约了没来 1 次``; empty for none."""
    parts = [
        f"{words} {count} 次"
        for words, count in (("来过", came), ("取消", cancelled), ("约了没来", missed))
        if count
    ]
    return " · ".join(parts)
