"""What a teacher logs about a child's day (日志): one entry, and how it reads.

Times are aware datetimes; amounts are ml; temperatures are tenths of a degree Celsius.
"""

import datetime as dt
from collections.abc import Iterable

from app.domain.errors import RuleError
from app.domain.ids import BatchId, ChildId, EntryId, StaffId, VisitId
from app.domain.log_kinds import (
    EntryKind,
    MealGrade,
    MealSlot,
    Milk,
    Mood,
    NoteKind,
    Part,
    Position,
    PottyStep,
    Reaction,
    Site,
    SleepSign,
    SleepWay,
    Stool,
    StoolColour,
    Toilet,
    Washing,
)
from app.domain.record import record
from app.domain.thermometer import COLDEST, HOTTEST, read_degrees

__all__ = [
    "LONGEST_TEXT",
    "AwakeError",
    "Entry",
    "EntryDraft",
    "EntryError",
    "EntryKind",
    "MealGrade",
    "MealSlot",
    "MealTwiceError",
    "Milk",
    "Mood",
    "NoteKind",
    "OverlapError",
    "Part",
    "Position",
    "PottyStep",
    "Reaction",
    "Site",
    "SleepOverlapError",
    "SleepSign",
    "SleepWay",
    "Stool",
    "StoolColour",
    "Toilet",
    "Washing",
    "check_tenths",
    "clock_words",
    "degrees",
    "duration_words",
    "minutes_between",
    "parse_temperature",
    "stayed_in",
    "title_of",
    "words_among",
    "words_of",
]


@record
class EntryDraft:
    """One thing to log, for one child or for many at once.

    ``detail`` holds the kind's own code by value: MealSlot, Milk, Toilet, Mood, Part, Site, NoteKind,
    SleepWay, Washing, or the Position of a sleep check. ``quality`` is a Stool for a stool, the Position of a
    sleep, the SleepSign of a check, the Reaction to a food. ``grade`` is a MealGrade. ``text`` is the dishes
    of a meal, the name of an activity or of a food, the words of a note, or why it was too short outdoors.
    ``until`` ends a sleep (None: still asleep) or a time outdoors. ``steps`` are PottyStep values.
    ``helper`` is who put a child to sleep. ``photo`` is the key of a kept photo.
    """

    kind: EntryKind
    at: dt.datetime
    until: dt.datetime | None = None
    detail: str | None = None
    quality: str | None = None
    grade: int | None = None
    amount_ml: int | None = None
    tenths: int | None = None
    text: str = ""
    note: str = ""
    colour: str | None = None
    steps: tuple[str, ...] = ()
    helper: StaffId | None = None
    photo: int | None = None

    def ending(self, until: dt.datetime) -> "EntryDraft":
        """The same with its end. Spelt out: a whole class wakes at once, and ``replace`` takes its time."""
        return EntryDraft(
            self.kind, self.at, until, self.detail, self.quality, self.grade, self.amount_ml, self.tenths,
            self.text, self.note, self.colour, self.steps, self.helper, self.photo,
        )  # fmt: skip


@record
class Entry:
    """An entry as kept."""

    id: EntryId
    batch: BatchId
    visit: VisitId
    child: ChildId
    by: StaffId
    what: EntryDraft


class EntryError(RuleError):
    """The entry cannot be true."""


class AwakeError(EntryError):
    """A look at a sleeping child, while she was awake."""


class OverlapError(EntryError):
    """The child would do two things at once that cannot go together."""


class AsleepError(OverlapError):
    """What nobody does asleep, while she sleeps."""


class TwiceError(EntryError):
    """The same was logged of the same minute: a key pressed twice."""


class MealTwiceError(EntryError):
    """A meal of the day that she has had already."""


class SleepOverlapError(OverlapError):
    """The child would sleep twice at once."""


LONGEST_TEXT = 500
_NOT_OUT = "今天没有出去"


def parse_temperature(text: str) -> int:
    """Tenths of a degree of ``36.5``, ``36.5℃`` or ``365``.

    Raises:
        EntryError: unreadable, or no temperature of a living child (34.0 to 42.5).
    """
    tenths = read_degrees(text)
    if tenths is None:
        low, high = degrees(COLDEST), degrees(HOTTEST)
        msg = f"看不懂体温“{text.strip()[:12]}”。请填 {low}–{high} 之间的一位小数，如 36.5。"
        raise EntryError(msg, field="temperature")
    return tenths


def degrees(tenths: int) -> str:
    """``36.5℃``."""
    return f"{tenths // 10}.{tenths % 10}℃"


def duration_words(start: dt.datetime, end: dt.datetime) -> str:
    """``1 小时 15 分``, ``40 分钟``, by the minutes on the clock."""
    minutes = minutes_between(start, end)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} 分钟"
    return f"{hours} 小时 {rest} 分" if rest else f"{hours} 小时"


def minutes_between(start: dt.datetime, end: dt.datetime) -> int:
    """Whole minutes by the clock on the wall, seconds left out."""
    first, last = (moment.replace(second=0, microsecond=0) for moment in (start, end))
    return int((last - first).total_seconds()) // 60


def title_of(draft: EntryDraft) -> str:
    """The bold word of a timeline row: 午餐 for a meal, else the kind."""
    if draft.kind is EntryKind.MEAL and draft.detail is not None:
        return MealSlot(draft.detail).label
    if draft.kind is EntryKind.NOTE and draft.detail is not None:
        return NoteKind(draft.detail).label
    return draft.kind.label


def words_of(draft: EntryDraft) -> str:
    """The rest of a timeline row: ``番茄牛腩饭 · 吃完``, ``120 ml``, ``小便 · 自己完成``."""
    parts = (*_kind_words(draft), draft.note)
    return " · ".join(part for part in parts if part)


def words_among(draft: EntryDraft, day: Iterable[EntryDraft]) -> str:
    """As ``words_of`` beside the rest of her day: of who was out at another hour, not that she never was."""
    words = words_of(draft)
    if not stayed_in(draft):
        return words
    out = [one.at for one in day if one.kind is EntryKind.OUTDOOR and not stayed_in(one)]
    if not out:
        return words
    return words.replace(_NOT_OUT, "没有再出去" if min(out) <= draft.at else "当时没有出去", 1)


def stayed_in(draft: EntryDraft) -> bool:
    """Whether it says why nobody went out: that is no time outdoors."""
    return draft.kind is EntryKind.OUTDOOR and (draft.until or draft.at) == draft.at


def _kind_words(draft: EntryDraft) -> tuple[str, ...]:
    match draft.kind:
        case EntryKind.MEAL:
            return draft.text, "" if draft.grade is None else MealGrade(draft.grade).label
        case EntryKind.MILK:
            return "" if draft.detail is None else Milk(draft.detail).label, _ml_words(draft.amount_ml)
        case EntryKind.WATER:
            return (_ml_words(draft.amount_ml),)
        case EntryKind.SLEEP:
            return _sleep_words(draft)
        case EntryKind.TOILET:
            return _toilet_words(draft)
        case EntryKind.MOOD:
            return ("" if draft.detail is None else Mood(draft.detail).label,)
        case EntryKind.ACTIVITY:
            return draft.text, "" if draft.detail is None else Part(draft.detail).label
        case EntryKind.TEMPERATURE:
            site = "" if draft.detail is None else Site(draft.detail).label
            return (f"{site} {degrees(draft.tenths)}".strip() if draft.tenths is not None else site,)
        case EntryKind.NOTE | EntryKind.PHOTO:
            return (draft.text,)
        case _:
            return _further_words(draft)


def _further_words(draft: EntryDraft) -> tuple[str, ...]:
    match draft.kind:
        case EntryKind.FOOD:
            grade = "" if draft.grade is None else MealGrade(draft.grade).label
            return draft.text, grade, "" if draft.quality is None else Reaction(draft.quality).label
        case EntryKind.WASHING:
            return ("" if draft.detail is None else Washing(draft.detail).label,)
        case EntryKind.OUTDOOR:
            end = draft.until or draft.at
            if end == draft.at:
                return _NOT_OUT, draft.text
            return f"{clock_words(draft.at)}–{clock_words(end)}", duration_words(draft.at, end), draft.text
        case _:
            lying = "" if draft.detail is None else Position(draft.detail).label
            return lying, "" if draft.quality is None else SleepSign(draft.quality).label


def _toilet_words(draft: EntryDraft) -> tuple[str, ...]:
    kind = "" if draft.detail is None else Toilet(draft.detail).label
    form = "" if draft.quality is None else Stool(draft.quality).label
    colour = "" if draft.colour is None else StoolColour(draft.colour).label
    steps = "、".join(PottyStep(step).label for step in draft.steps)
    return kind, form, colour, f"自己{steps}" if steps else ""


def _ml_words(amount: int | None) -> str:
    return "" if amount is None else f"{amount} ml"


def _sleep_words(draft: EntryDraft) -> tuple[str, ...]:
    way = "" if draft.detail is None else SleepWay(draft.detail).label
    lying = "" if draft.quality is None else Position(draft.quality).label
    if draft.until is None:
        return f"{clock_words(draft.at)} 入睡", way, lying
    length = duration_words(draft.at, draft.until)
    return f"{clock_words(draft.at)}–{clock_words(draft.until)}", length, way, lying


def clock_words(moment: dt.datetime) -> str:
    """``9:12``: the hour as it is said, without a leading zero."""
    return f"{moment.hour}:{moment.minute:02d}"


def check_tenths(tenths: int, field: str) -> None:
    """Pass for a temperature of a living child, in tenths of a degree; else ``EntryError``."""
    if not COLDEST <= tenths <= HOTTEST:
        msg = f"体温 {degrees(tenths)} 不合常理，请核对后重填（{degrees(COLDEST)}–{degrees(HOTTEST)}）。"
        raise EntryError(msg, field=field)
