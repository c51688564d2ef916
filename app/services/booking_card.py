"""Bookings as they are asked for and shown: shapes only."""

import datetime as dt

from app.domain.bookings import day_words
from app.domain.capacity import HourCell, Verdict
from app.domain.ids import AdultId, BookingId, ChildId, ClassId
from app.domain.load import HourLoad
from app.domain.looks import Chip
from app.domain.mending import Mend
from app.domain.modes import Tariff
from app.domain.record import record


@record
class Wish:
    """What a family asks for. ``child`` is on file, or ``name``, ``born_on`` and ``phone`` are of a new one.

    ``weekdays`` (ISO digits) with ``until`` make it weekly from ``day`` on. Minutes after midnight.
    """

    day: dt.date
    from_minute: int
    to_minute: int
    tariff: Tariff = Tariff.TEMP_HALF_DAY
    child: ChildId | None = None
    name: str = ""
    born_on: str = ""
    phone: str = ""
    adult: str = ""
    relation: str = ""
    class_id: ClassId | None = None  # None = as proposed
    weekdays: str = ""
    until: dt.date | None = None
    note: str = ""
    override_reason: str = ""  # why in spite of 不能 (director only)
    same_reason: str = ""  # how one knows that she is not the child on file who is like her
    skip_full: bool = False  # leave out the days of a series that do not fit


@record
class DayAnswer:
    """The answer for one day. ``firm`` says that no reason overrules it: she comes that day as it is."""

    day: dt.date
    verdict: Verdict
    words: str
    firm: bool = False


@record
class ClassChoice:
    """One class that could be meant."""

    id: ClassId
    name: str
    colour: str
    words: str  # 余 3, 已满
    fits: bool
    chosen: bool


@record
class Problem:
    """What is wrong with one field of the wish."""

    field: str
    sentence: str


_TOLD = 6  # of the days left out so many are named


@record
class OpenDay:
    """A day on which somebody can be booked. ``words`` is 明天 周四, or 12月27日 周六 补班."""

    day: dt.date
    words: str


@record
class OpenDays:
    """The next open days, those at the weekend among the weeks to come, and which weekdays are ever open."""

    days: tuple[OpenDay, ...]
    weekend: str  # ISO digits of the weekend days on which the centre opens: "", "6", "67"


@record
class Answer:
    """能不能收 for a wish: one word, the hours of the day in question, what breaks, and what mends it.

    ``day`` is the first day that does not fit, else the first of all. ``days`` answers each day of a series.
    """

    day: dt.date
    verdict: Verdict
    title: str  # 可以, 刚好, 不能, 还缺
    words: str
    hours: tuple[HourCell, ...] = ()
    mends: tuple[Mend, ...] = ()
    classes: tuple[ClassChoice, ...] = ()
    days: tuple[DayAnswer, ...] = ()
    problems: tuple[Problem, ...] = ()
    age_words: str = ""
    calendar_words: str = ""  # 2027 放假安排未录入，按周一至周五暂算。
    leave_words: str = ""  # 约了就撤销12月5日（周五）的事假（妈妈说）。
    closed: tuple[tuple[dt.date, str], ...] = ()  # days of a series on which nobody is open, with their names

    @property
    def closed_words(self) -> str:
        """跳过不开园的日子：1月1日（周四）元旦; empty where a series meets none."""
        told = [f"{day_words(day)}{name}" for day, name in self.closed[:_TOLD]]
        more = f"等 {len(self.closed)} 天" if len(self.closed) > _TOLD else ""
        return f"跳过不开园的日子：{'、'.join(told)}{more}。" if told else ""

    @property
    def refused(self) -> tuple[DayAnswer, ...]:
        """The days that do not fit."""
        return tuple(one for one in self.days if one.verdict is Verdict.NO)


@record
class BookingRow:
    """One booking in a list."""

    id: BookingId
    child: ChildId
    name: str
    age_words: str
    class_id: ClassId
    class_name: str
    colour: str
    tariff: Tariff
    day: dt.date
    from_minute: int
    to_minute: int
    time_words: str  # 9:00–12:00
    weekly: bool
    chip: Chip  # 预约, 已到, 已取消, 未到, 已改期
    holds: bool
    note: str


@record
class BookingCard:
    """One booking with all that is known of it. ``history`` counts what became of the child's bookings."""

    row: BookingRow
    series_words: str  # 每周一、三，还有 5 次
    rest: int  # bookings of the series from this one on
    history: str  # 来过 4 次 · 取消 1 次
    contact: str  # 妈妈 赵敏 139****1177
    made_words: str  # 林晓 登记
    end_words: str  # 妈妈 12月2日 8:10 说：发热
    override_reason: str
    may_miss: bool  # whether 未到 can be said already


@record
class DayColumn:
    """One day of the week view."""

    day: dt.date
    is_open: bool
    name: str  # 国庆节, 补班


@record
class Cell:
    """One class on one day: its hours, the worst of them, and its bookings."""

    hours: tuple[HourLoad, ...]
    worst: HourLoad | None
    bookings: tuple[BookingRow, ...]


@record
class ClassLine:
    """One class of the week view, a cell for each day."""

    id: ClassId
    name: str
    kind_words: str
    colour: str
    seats: int
    cells: tuple[Cell, ...]


@record
class Week:
    """The week view. ``missed`` are bookings that are over and whose child never came."""

    monday: dt.date
    today: dt.date
    days: tuple[DayColumn, ...]
    hours: tuple[int, ...]
    lines: tuple[ClassLine, ...]
    calendar_words: str
    missed: tuple[BookingRow, ...]


@record
class Reminder:
    """Whom to remind of a booking, with the number in full: reading it is an act that is written down."""

    row: BookingRow
    adult: AdultId | None
    whom: str  # 妈妈 赵敏
    phone: str  # 139 0000 1177
    reminded: str  # 15:20 林晓 已提醒


@record
class Booked:
    """Bookings as kept."""

    first: BookingId
    child: ChildId
    name: str
    days: tuple[dt.date, ...]
    left_out: tuple[dt.date, ...]
    closed_words: str = ""  # which days of a series were skipped because nobody is open
