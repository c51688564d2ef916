"""The intake card and what the rules say of it: shapes only."""

import datetime as dt

from app.domain.capacity import SlotAnswer
from app.domain.ids import ChildId, ClassId, DraftId, VisitId
from app.domain.looks import Chip, Tone
from app.domain.pricing import Quote
from app.domain.record import record


@record
class IntakeCard:
    """The card as typed: every field is text until the rules have spoken. Saved as a draft at each pause."""

    child: ChildId | None = None  # a child who came before
    name: str = ""
    sex: str = ""  # f, m
    born_on: str = ""  # 2023-08-19, 20230819, 2023.8.19
    allergy: str = ""  # none, has, unknown; empty = not answered
    allergens: str = ""  # 鸡蛋、花生
    body: str = ""  # ok, medicine, unwell
    body_note: str = ""
    bringer: str = ""
    relation: str = ""
    phone: str = ""
    identity_seen: bool = False
    identity_number: str = ""  # of who brings her; says whether she is of age
    second: str = ""
    second_relation: str = ""
    second_phone: str = ""
    bringer_collects: bool = True
    second_collects: bool = True
    other: str = ""  # another adult who may collect
    other_relation: str = ""
    other_phone: str = ""
    tariff: str = "temp_half_day"  # temp_full_day, temp_half_day, hourly
    promised: str = ""  # 14:00, 1400, 14
    reason: str = ""
    class_id: ClassId | None = None  # None = as proposed
    temperature: str = ""  # 36.5
    check_outcome: str = ""  # normal, recheck, abnormal
    check_note: str = ""
    age_reason: str = ""  # why a child outside 6-36 months is taken all the same
    capacity_reason: str = ""  # why in spite of 能不能收 = 不能 (director only)
    allergy_reason: str = ""  # why an allergy on file holds no more (director only)
    collect_reason: str = ""  # which guardian agreed that somebody new collects, and how
    health_reason: str = ""  # why in spite of an abnormal morning check (director only)
    same_reason: str = ""  # how one knows that she is not the child of the same name and birth date
    document_number: str = ""


@record
class Missing:
    """One line of 还缺. ``kind`` required | later | have."""

    kind: str
    label: str
    field: str = ""
    hint: str = ""


@record
class Problem:
    """What is wrong with one field, in a sentence. A WARN can be overcome with a reason; a BAD cannot.

    ``barred``: somebody may be one who must not collect the child; registering then raises the alarm.
    """

    field: str
    sentence: str
    tone: Tone = Tone.BAD
    barred: bool = False


@record
class ClassProposal:
    """One class the child could join, best first."""

    id: ClassId
    name: str
    colour: str
    words: str  # 余 2, 已满, 缺老师, 观察期
    fits: bool
    chosen: bool
    why: str = ""  # a sentence; empty where it fits


@record
class Filed:
    """A child on file who may be the one being written down. ``words`` say who she is: 就是这个孩子吗."""

    child: ChildId
    name: str
    words: str  # 张沐阳（2023-06-01 生，抱抱龙，妈妈 张母 137****2233，花生过敏）


@record
class Assessment:
    """What the rules say of a card, at one moment."""

    age_words: str  # 27 个月 · 托大班
    classes: tuple[ClassProposal, ...]
    slots: SlotAnswer | None  # 能不能收 by hour
    quote: Quote | None
    missing: tuple[Missing, ...]
    problems: tuple[Problem, ...]
    known: tuple[Chip, ...] = ()  # 档案里有: same name and birth date, or same phone
    ready: bool = False
    file_allergens: tuple[str, ...] = ()  # what the file says a child who came before must not eat
    alike: tuple[Filed, ...] = ()  # whose record can be taken up instead of a second one


@record
class ParkedDraft:
    """A card put aside; not ``held`` if the program stopped while it was typed."""

    id: DraftId
    title: str
    saved_at: dt.datetime
    held: bool = True


@record
class Registered:
    """A registered, checked-in child."""

    visit: VisitId
    child: ChildId
    name: str
    class_name: str
    pickup_code: str
