"""What a class's day is shown with: cards, timelines, what the log panel offers, what was kept."""

import datetime as dt
from collections.abc import Iterable

from app.domain.ids import BatchId, ChildId, ClassId, EntryId, StaffId, VisitId
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.looks import Chip, Tone
from app.domain.needs import Need
from app.domain.record import record


@record
class ClassTab:
    """A class in the tab strip."""

    id: ClassId
    name: str
    colour: str
    present: int


@record
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
    since: tuple[str, ...] = ()  # 喝奶 2 小时 10 分前 …: milk, diaper or toilet, sleep
    due: tuple[str, ...] = ()  # 14:00 喂药: medicine that is due
    instructions: tuple[str, ...] = ()  # what her parents asked for today
    need: Need = Need.NOTHING
    apart: bool = False  # kept from the others with a fever
    leaving: str = ""  # 14:00 接: that of the chips, when she is to be collected soon


@record
class Roster:
    """One class at one moment."""

    class_id: ClassId
    class_name: str
    kind_words: str
    colour: str
    ratio: Chip  # 师生比 1 : 6.0 合规（3 人在岗）
    chips: tuple[Chip, ...]  # 过敏 3 …
    cards: tuple[RosterCard, ...]


@record
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
    draft: EntryDraft | None = None  # what it says in full, to be corrected
    photo: int | None = None


@record
class Timeline:
    """A child's day, and how far the handover note is."""

    visit: VisitId
    name: str
    allergies: tuple[str, ...]
    rows: tuple[TimelineRow, ...]
    note_done: int
    note_total: int
    note_missing: tuple[str, ...]


@record
class AllergyClash:
    """A child among the chosen whose allergy meets what is about to be logged."""

    visit: VisitId
    name: str
    substances: tuple[str, ...]
    in_menu: bool  # whether today's menu for the slot names the allergen
    words: str  # 朱予晴 鸡蛋过敏：午餐食谱未写鸡蛋，请核对配料 / 朱予晴 鸡蛋过敏：今日午餐含鸡蛋！
    unknown: bool = False  # nobody has asked about her allergies: nothing clears that but asking
    named: tuple[str, ...] = ()  # which of them the food names


@record
class Answer:
    """Why one child may be given food that names her allergies, and which of them were looked at for it.

    ``way`` is what was done: swapped, picked out, or safe for her (``swaps.Way``).
    """

    visit: VisitId
    substances: frozenset[str]
    reason: str
    way: str = ""


@record
class Cleared:
    """What was said of children whose allergies the food names: to each her own answer.

    Whatever else the food turns out to name, because another child came or the menu was changed meanwhile,
    nobody has looked at: no answer holds for it.
    """

    answers: tuple[Answer, ...] = ()

    def answer(self, visit: VisitId, substances: Iterable[str]) -> Answer:
        """Why this child may have it, all of these substances looked at; no reason where nobody said."""
        named = frozenset(substances)
        own = (one for one in self.answers if one.visit == visit and named <= one.substances)
        return next(own, Answer(visit, named, ""))


NOT_CLEARED = Cleared()


@record
class Except:
    """A child of a batch to whom something else happened; without a draft nothing is logged for her."""

    visit: VisitId
    draft: EntryDraft | None


@record
class Offer:
    """What the log panel offers for one kind, now, for these children."""

    kind: EntryKind
    slot: str | None  # MealSlot by the clock
    dishes: str  # 食谱 of that slot
    menus: tuple[tuple[str, str], ...]  # (slot value, dishes) of the whole day
    clashes: tuple[AllergyClash, ...]
    activities: tuple[str, ...]  # today's plan first, then recent names
    phrases: tuple[tuple[str, str], ...]  # the centre's stock phrases: (NoteKind value, words)
    last_ml: int | None
    asleep: tuple[VisitId, ...]  # those of the chosen who sleep now (sleep ends them)
    last: EntryDraft | None = None  # what was logged last of this kind for one of them
    helpers: tuple[tuple[StaffId, str], ...] = ()  # who puts them to sleep: carers of their classes
    instructions: tuple[str, ...] = ()  # 朱予晴：牛奶要温的
    outdoors: tuple[int, int] = (0, 0)  # least minutes outdoors so far, and the duty
    served: str = ""  # 已记过午餐：夏小舟 11:30 等 18 人

    def reminders(self, *, correcting: bool = False) -> tuple[str, ...]:
        """What to think of before it is kept; a correction is of what was logged before."""
        before = () if correcting or not self.served else (self.served,)
        return (*before, *(f"嘱咐 {line}" for line in self.instructions))


@record
class Logged:
    """What was kept."""

    batch: BatchId
    kind: EntryKind
    count: int
    words: str  # 午餐 · 吃完 · 6 人
    left_out: tuple[str, ...] = ()  # 朱予晴 鸡蛋过敏：午餐含鸡蛋
