"""The class's day: the roster, logging for one, many or all, timelines, and taking an entry back."""

import datetime as dt
from dataclasses import dataclass

from app.domain.ids import BatchId, ChildId, ClassId, EntryId, VisitId
from app.domain.logbook import EntryKind
from app.domain.looks import Chip, Tone


@dataclass(frozen=True, slots=True)
class ClassTab:
    """A class in the tab strip."""

    id: ClassId
    name: str
    colour: str
    present: int


@dataclass(frozen=True, slots=True)
class RosterCard:
    """One child inside, as the teacher sees her."""

    visit: VisitId
    child: ChildId
    name: str
    nickname: str
    age_words: str
    colour: str
    mood: str | None  # a Mood value, None when none is logged
    state_words: str  # 起初想家 / 12:05 入睡 / 平静
    asleep_since: dt.datetime | None
    chips: tuple[Chip, ...]  # 临时托, 鸡蛋过敏, 14:00 接
    allergies: tuple[str, ...]
    since_toilet: str  # 2 小时 10 分前, empty when none


@dataclass(frozen=True, slots=True)
class Roster:
    """One class at one moment."""

    class_id: ClassId
    class_name: str
    kind_words: str
    colour: str
    ratio: Chip  # 师生比 1 : 6.0 合规（3 人在岗）
    chips: tuple[Chip, ...]  # 过敏 3 …
    cards: tuple[RosterCard, ...]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line of a child's day. ``entry`` and ``batch`` are None for arrival, checks and departure."""

    at: dt.datetime
    until: dt.datetime | None
    kind: str  # EntryKind value, or arrival, check, departure
    title: str
    words: str
    by: str
    tone: Tone = Tone.PLAIN
    entry: EntryId | None = None
    batch: BatchId | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """A child's day, and how far the handover note is."""

    visit: VisitId
    name: str
    allergies: tuple[str, ...]
    rows: tuple[TimelineRow, ...]
    note_done: int
    note_total: int
    note_missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllergyClash:
    """A child among the chosen whose allergy meets what is about to be logged."""

    visit: VisitId
    name: str
    substances: tuple[str, ...]
    in_menu: bool  # whether today's menu for the slot names the allergen
    words: str  # 朱予晴 鸡蛋过敏：今日午餐不含蛋 / 朱予晴 鸡蛋过敏：今日午餐含鸡蛋！


@dataclass(frozen=True, slots=True)
class Offer:
    """What the log panel offers for one kind, now, for these children."""

    kind: EntryKind
    slot: str | None  # MealSlot by the clock
    dishes: str  # 食谱 of that slot
    menus: tuple[tuple[str, str], ...]  # (slot value, dishes) of the whole day
    clashes: tuple[AllergyClash, ...]
    activities: tuple[str, ...]  # today's plan first, then recent names
    phrases: tuple[str, ...]  # the centre's stock phrases for notes
    last_ml: int | None
    asleep: tuple[VisitId, ...]  # those of the chosen who sleep now (sleep ends them)


@dataclass(frozen=True, slots=True)
class Logged:
    """What was kept."""

    batch: BatchId
    kind: EntryKind
    count: int
    words: str  # 午餐 · 吃完 · 6 人
