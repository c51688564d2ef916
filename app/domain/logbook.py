"""What a teacher logs about a child's day (日志): kinds, grades, words.

Times are aware datetimes; amounts are ml; temperatures are tenths of a degree Celsius.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from app.domain.errors import RuleError
from app.domain.ids import BatchId, ChildId, EntryId, StaffId, VisitId


class EntryKind(StrEnum):
    """Kinds of entry, in the order of the digit keys 1-9."""

    MEAL = "meal"
    MILK = "milk"
    WATER = "water"
    SLEEP = "sleep"
    TOILET = "toilet"
    MOOD = "mood"
    ACTIVITY = "activity"
    TEMPERATURE = "temperature"
    NOTE = "note"

    @property
    def label(self) -> str:
        """进餐, 喝奶, 喝水, 睡眠, 如厕, 情绪, 活动, 体温, 备注."""
        words = ("进餐", "喝奶", "喝水", "睡眠", "如厕", "情绪", "活动", "体温", "备注")
        return words[list(EntryKind).index(self)]


class MealSlot(StrEnum):
    """餐次."""

    BREAKFAST = "breakfast"
    MORNING_SNACK = "morning_snack"
    LUNCH = "lunch"
    AFTERNOON_SNACK = "afternoon_snack"
    DINNER = "dinner"

    @property
    def label(self) -> str:
        """早餐, 早点, 午餐, 午点, 晚餐."""
        return ("早餐", "早点", "午餐", "午点", "晚餐")[list(MealSlot).index(self)]


class MealGrade(IntEnum):
    """How much was eaten."""

    REFUSED = 0
    LITTLE = 1
    HALF = 2
    MOST = 3
    ALL = 4
    SECONDS = 5

    @property
    def label(self) -> str:
        """拒食, 少量, 一半, 大半, 吃完, 添了一份."""
        return ("拒食", "少量", "一半", "大半", "吃完", "添了一份")[self.value]


class Milk(StrEnum):
    """Kind of milk."""

    BREAST = "breast"
    FORMULA = "formula"
    COW = "cow"

    @property
    def label(self) -> str:
        """母乳, 配方奶, 牛奶."""
        return {"breast": "母乳", "formula": "配方奶", "cow": "牛奶"}[self.value]


class Toilet(StrEnum):
    """What came."""

    WET = "wet"
    STOOL = "stool"
    BOTH = "both"
    DRY = "dry"

    @property
    def label(self) -> str:
        """小便, 大便, 大小便, 尿布干爽."""
        return {"wet": "小便", "stool": "大便", "both": "大小便", "dry": "尿布干爽"}[self.value]


class Stool(StrEnum):
    """Form of a stool (性状)."""

    FORMED = "formed"
    SOFT = "soft"
    LOOSE = "loose"
    WATERY = "watery"

    @property
    def label(self) -> str:
        """成形, 软便, 稀便, 水样便."""
        return {"formed": "成形", "soft": "软便", "loose": "稀便", "watery": "水样便"}[self.value]


class Mood(StrEnum):
    """情绪."""

    HAPPY = "happy"
    CALM = "calm"
    SLEEPY = "sleepy"
    HOMESICK = "homesick"
    CRYING = "crying"
    ANXIOUS = "anxious"

    @property
    def label(self) -> str:
        """开心, 平静, 困倦, 想家, 哭闹, 焦虑."""
        words = ("开心", "平静", "困倦", "想家", "哭闹", "焦虑")
        return words[list(Mood).index(self)]


class Part(StrEnum):
    """How a child took part in an activity (参与)."""

    EAGER = "eager"
    JOINED = "joined"
    WATCHED = "watched"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        """主动参与, 跟着参与, 在旁观看, 没有参加."""
        words = ("主动参与", "跟着参与", "在旁观看", "没有参加")
        return words[list(Part).index(self)]


class Site(StrEnum):
    """Where a temperature was taken."""

    FOREHEAD = "forehead"
    ARMPIT = "armpit"
    EAR = "ear"

    @property
    def label(self) -> str:
        """额温, 腋温, 耳温."""
        return {"forehead": "额温", "armpit": "腋温", "ear": "耳温"}[self.value]


class NoteKind(StrEnum):
    """What a free note is for."""

    REMARK = "remark"  # 老师说
    NOTICE = "notice"  # 请家长留意

    @property
    def label(self) -> str:
        """老师说, 请家长留意."""
        return {"remark": "老师说", "notice": "请家长留意"}[self.value]


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """One thing to log, for one child or for many at once.

    ``detail`` holds the kind's own code: MealSlot, Milk, Toilet, Mood, Part, Site or NoteKind (by value).
    ``quality`` is a Stool for a stool. ``grade`` is a MealGrade. ``text`` is the dishes of a meal, the name
    of an activity or the words of a note. ``until`` ends a sleep; None means still asleep.
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


@dataclass(frozen=True, slots=True)
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


class SleepOverlapError(EntryError):
    """The child would sleep twice at once."""


LONGEST_TEXT = 500
_LONGEST_SLEEP = dt.timedelta(hours=6)
_TOLERANCE = dt.timedelta(minutes=2)
_MOST_ML = 600
_COLDEST, _HOTTEST = 340, 425


def check_entry(
    draft: EntryDraft,
    now: dt.datetime,
    others: Iterable[EntryDraft] = (),
    *,
    arrived: dt.datetime | None = None,
    left: dt.datetime | None = None,
) -> None:
    """Pass if the entry can be true of one child.

    Args:
        draft: what is to be logged.
        now: the present; two minutes ahead of it still pass (clocks differ).
        others: the child's standing entries of the day.
        arrived: when she came in, if the entry must not be earlier.
        left: when she went home, if she has.

    Raises:
        SleepOverlapError: a sleep within another one, which the sentence names.
        EntryError: a time she was not here or that has not come, an impossible amount, or a word missing.
    """
    _check_times(draft, now, arrived, left)
    _check_values(draft)
    if draft.kind is EntryKind.SLEEP:
        _check_sleeps(draft, now, others)


def parse_temperature(text: str) -> int:
    """Tenths of a degree of ``36.5``, ``36.5℃`` or ``365``.

    Raises:
        EntryError: unreadable, or no temperature of a living child (34.0 to 42.5).
    """
    plain = text.strip().rstrip("℃度Cc ").replace("．", ".").replace("。", ".").replace("，", ".")
    whole, dot, part = plain.partition(".")
    if not dot and len(whole) == 3:
        whole, part = whole[:2], whole[2:]
    if not (whole.isdecimal() and (part or "0").isdecimal() and len(whole) == 2 and len(part) <= 1):
        msg = f"看不懂体温“{text.strip()[:12]}”。请填一位小数，如 36.5。"
        raise EntryError(msg, field="temperature")
    tenths = int(whole) * 10 + int(part or "0")
    check_tenths(tenths, "temperature")
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
            kind = "" if draft.detail is None else Toilet(draft.detail).label
            return kind, "" if draft.quality is None else Stool(draft.quality).label
        case EntryKind.MOOD:
            return ("" if draft.detail is None else Mood(draft.detail).label,)
        case EntryKind.ACTIVITY:
            return draft.text, "" if draft.detail is None else Part(draft.detail).label
        case EntryKind.TEMPERATURE:
            site = "" if draft.detail is None else Site(draft.detail).label
            return (f"{site} {degrees(draft.tenths)}".strip() if draft.tenths is not None else site,)
        case EntryKind.NOTE:
            return (draft.text,)


def _ml_words(amount: int | None) -> str:
    return "" if amount is None else f"{amount} ml"


def _sleep_words(draft: EntryDraft) -> tuple[str, ...]:
    if draft.until is None:
        return (f"{clock_words(draft.at)} 入睡",)
    return f"{clock_words(draft.at)}–{clock_words(draft.until)}", duration_words(draft.at, draft.until)


def clock_words(moment: dt.datetime) -> str:
    """``9:12``: the hour as it is said, without a leading zero."""
    return f"{moment.hour}:{moment.minute:02d}"


def _check_times(
    draft: EntryDraft, now: dt.datetime, arrived: dt.datetime | None, left: dt.datetime | None
) -> None:
    latest = max(draft.at, draft.until or draft.at)
    if latest > now + _TOLERANCE:
        msg = f"{clock_words(latest)} 还没有到（现在 {clock_words(now)}），请核对时间。"
        raise EntryError(msg, field="at")
    if arrived is not None and draft.at < arrived.replace(second=0, microsecond=0):
        msg = f"{clock_words(draft.at)} 孩子还没有入园（{clock_words(arrived)} 入园），请核对时间。"
        raise EntryError(msg, field="at")
    if left is not None and latest > left + _TOLERANCE:
        msg = f"{clock_words(latest)} 孩子已经离园（{clock_words(left)} 离园），请核对时间。"
        raise EntryError(msg, field="at")
    if draft.until is not None and draft.until < draft.at:
        msg = f"结束时间 {clock_words(draft.until)} 早于开始时间 {clock_words(draft.at)}，请核对。"
        raise EntryError(msg, field="until")


def _check_values(draft: EntryDraft) -> None:
    if max(len(draft.text), len(draft.note)) > LONGEST_TEXT:
        msg = f"文字太长，最多 {LONGEST_TEXT} 个字，请写短一些。"
        raise EntryError(msg, field="text")
    if draft.amount_ml is not None and not 0 < draft.amount_ml <= _MOST_ML:
        msg = f"{draft.kind.label} {draft.amount_ml} ml 不合常理，一次请填 1 到 {_MOST_ML}。"
        raise EntryError(msg, field="amount_ml")
    if draft.tenths is not None:
        check_tenths(draft.tenths, "tenths")
    lacking, field = _lacking(draft)
    if lacking:
        msg = f"还没有填{lacking}，请补上再记录。"
        raise EntryError(msg, field=field)
    _check_codes(draft)


def _check_codes(draft: EntryDraft) -> None:
    """A code the program does not know is our bug, not a slip of the teacher: ``ValueError``."""
    kinds: dict[EntryKind, type[StrEnum]] = {
        EntryKind.MEAL: MealSlot,
        EntryKind.MILK: Milk,
        EntryKind.TOILET: Toilet,
        EntryKind.MOOD: Mood,
        EntryKind.ACTIVITY: Part,
        EntryKind.TEMPERATURE: Site,
        EntryKind.NOTE: NoteKind,
    }
    if draft.detail is not None and draft.kind in kinds:
        kinds[draft.kind](draft.detail)
    if draft.grade is not None:
        MealGrade(draft.grade)
    if draft.quality is not None:
        Stool(draft.quality)
        if draft.detail not in {Toilet.STOOL, Toilet.BOTH}:
            raise EntryError("没有大便就不填性状，请核对。", field="quality")


def check_tenths(tenths: int, field: str) -> None:
    """Pass for a temperature of a living child, in tenths of a degree; else ``EntryError``."""
    if not _COLDEST <= tenths <= _HOTTEST:
        msg = f"体温 {degrees(tenths)} 不合常理，请核对后重填（{degrees(_COLDEST)}–{degrees(_HOTTEST)}）。"
        raise EntryError(msg, field=field)


def _lacking(draft: EntryDraft) -> tuple[str, str]:
    """What this kind cannot do without, in words and by field; empty when complete."""
    match draft.kind:
        case EntryKind.MEAL if draft.detail is None:
            return "餐次", "detail"
        case EntryKind.MEAL if draft.grade is None:
            return "吃了多少", "grade"
        case EntryKind.TOILET | EntryKind.MOOD if draft.detail is None:
            return draft.kind.label, "detail"
        case EntryKind.TEMPERATURE if draft.tenths is None:
            return "体温", "tenths"
        case EntryKind.ACTIVITY if not draft.text.strip():
            return "活动名称", "text"
        case EntryKind.NOTE if not draft.text.strip():
            return "备注内容", "text"
    return "", ""


def _check_sleeps(draft: EntryDraft, now: dt.datetime, others: Iterable[EntryDraft]) -> None:
    end = draft.until or max(now, draft.at)
    if end - draft.at > _LONGEST_SLEEP:
        msg = f"一觉睡了 {duration_words(draft.at, end)}？请核对入睡和起床时间。"
        raise EntryError(msg, field="until")
    for other in others:
        if other.kind is not EntryKind.SLEEP or other is draft:
            continue
        other_end = other.until or max(now, other.at)
        if draft.at < other_end and other.at < end:
            msg = f"和已有的睡眠 {' · '.join(_sleep_words(other))} 重叠了，请核对时间，或先撤销那一条。"
            raise SleepOverlapError(msg, field="at")
