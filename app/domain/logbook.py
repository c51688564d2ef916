"""What a teacher logs about a child's day (日志): kinds, grades, words.

Times are aware datetimes; amounts are ml; temperatures are tenths of a degree Celsius.
"""

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum, StrEnum

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
