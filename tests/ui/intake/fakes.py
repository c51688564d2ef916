"""An intake without a file: the rules of the story, and a memory of what was asked."""

import dataclasses
import types

from app.domain.capacity import HourCell, SlotAnswer, Verdict
from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.ids import ChildId, ClassId, DraftId, VisitId
from app.domain.looks import Chip, Tone
from app.domain.money import Money
from app.domain.pricing import PriceLine, Quote
from app.services.intake import (
    Assessment,
    ClassProposal,
    IntakeCard,
    Missing,
    ParkedDraft,
    Problem,
    Registered,
)
from tests.ui.support import STORY

REQUIRED = {
    "name": "孩子姓名",
    "born_on": "出生日期",
    "allergy": "过敏 / 禁忌",
    "bringer": "送来的人",
    "relation": "与孩子的关系",
    "phone": "送来人的手机",
    "second": "另一紧急联系人",
    "second_phone": "紧急联系人的手机",
    "promised": "说好几点接",
    "body": "今天身体",
    "check_outcome": "晨检结果",
}
HOURS = tuple(
    HourCell(hour, Tone.WARN if hour == 12 else Tone.OK, 19, 3, 21, inside=9 <= hour < 14)
    for hour in range(8, 16)
)
SLOTS = SlotAnswer(
    Verdict.TIGHT, "可以", HOURS, "12:00–13:00 只有 3 名老师，收后 19 人 = 1 : 6.3，刚好合规。"
)
QUOTE = Quote(
    (PriceLine("temp_half_day", "半日临时托", 1, "次", Money(8000), Money(8000)),),
    Money(8000),
    "封顶半日价 80。",
)


class FakeIntake:
    """Knows required fields, one future birth date and one class that is full."""

    def __init__(self):
        self.kept, self.held, self.registered, self.asked = {}, {}, [], []
        self.left = None
        self.alike = ()
        self.refusal = None
        self._next = 1

    def assess(self, _actor, card):
        self.asked.append(card)
        problems = ()
        if card.born_on.startswith("2030"):
            problems = (Problem("born_on", "出生日期在今天之后，请核对。"),)
        missing = tuple(
            Missing("required", words, field) for field, words in REQUIRED.items() if not getattr(card, field)
        )
        known = card.born_on and not problems
        classes = (
            ClassProposal(
                ClassId(3), "抱抱龙", "#6B9A4B", "余 2", fits=True, chosen=card.class_id in {None, 3}
            ),
            ClassProposal(ClassId(5), "小树苗", "#D4A017", "余 1", fits=True, chosen=card.class_id == 5),
            ClassProposal(ClassId(4), "小火车", "#B5838D", "已满", fits=False, chosen=False),
        )
        return Assessment(
            "27 个月 · 托大班" if known else "",
            classes if known else (),
            SLOTS if known and card.promised else None,
            QUOTE if card.promised else None,
            missing,
            problems,
            (Chip("档案里有：朱予晴", Tone.INFO),) if card.name == "老朋友" else (),
            file_allergens=("花生",) if card.name == "老朋友" else (),
            ready=not missing and not problems,
            alike=self.alike if card.name and card.child is None else (),
        )

    def keep_draft(self, _actor, card, draft=None):
        key = draft or DraftId(self._next)
        self._next += draft is None
        self.kept[key] = card
        return Done(key, Changes(frozenset({Topic.DRAFTS})))

    def park(self, _actor, draft):
        self.held[draft] = self.kept.pop(draft)
        return Done(None, Changes(frozenset({Topic.DRAFTS})))

    def parked(self, _actor, typing=None):
        left = [(key, card, False) for key, card in self.kept.items() if key != typing]
        held = [(key, card, True) for key, card in self.held.items()]
        return tuple(ParkedDraft(key, card.name, STORY, put) for key, card, put in (*left, *held))

    def take_back(self, _actor, draft):
        self.kept[draft] = self.held.pop(draft, None) or self.kept[draft]
        return self.kept[draft]

    def unfinished(self, _actor):
        return self.left

    def card_for(self, _actor, child):
        return IntakeCard(child=child, name="老朋友", born_on="2023-08-19", allergy="none")

    def go_on_with(self, _actor, card, child):
        return dataclasses.replace(card, child=child, name="老朋友", allergy="none")

    def register(self, _actor, card, draft=None, _own_pin=""):
        if self.refusal is not None:
            raise self.refusal
        self.registered.append((card, draft))
        value = Registered(VisitId(9), ChildId(130), card.name, "抱抱龙", "K7QM")
        return Done(value, Changes(frozenset({Topic.VISITS})), Undo("check_in", 9, f"{card.name} 入园"))


class FakePapers:
    """Freezes nothing: a paper is its name."""

    def __init__(self):
        self.counted = []

    def agreement(self, _actor, visit):
        return f"agreement {visit}"

    def slip(self, _actor, visit):
        return f"slip {visit}"

    def printed(self, _actor, kind, subject):
        self.counted.append((kind, subject))
        return Done(1)


def services():
    """A bundle as the room sees it."""
    return types.SimpleNamespace(intake=FakeIntake(), papers=FakePapers())


FULL = IntakeCard(
    name="朱予晴",
    sex="f",
    born_on="2023-08-19",
    allergy="has",
    allergens="鸡蛋",
    bringer="王秀兰",
    relation="奶奶",
    phone="138 0000 6021",
    identity_seen=True,
    second="赵敏",
    second_relation="妈妈",
    second_phone="139 0000 1177",
    promised="14:00",
    reason="家中来客",
    body="ok",
    check_outcome="normal",
)
BLANK = IntakeCard()
