"""A class of five for tests, and services that remember what they were asked."""

import datetime as dt
from types import SimpleNamespace

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.duty import Post, Source
from app.domain.errors import RuleError
from app.domain.ids import BatchId, ChildId, ClassId, EntryId, StaffId, VisitId
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.looks import Chip, Tone
from app.domain.staff import Actor, Role
from app.services.carers import OnDuty
from app.services.class_band import ClassBand
from app.services.class_views import NOT_CLEARED
from app.services.classroom import (
    AllergyClash,
    AllergyClashError,
    ClassTab,
    Logged,
    Offer,
    Roster,
    RosterCard,
    Timeline,
    TimelineRow,
)
from app.services.dish_answers import AskedDish

ZONE = dt.timezone(dt.timedelta(hours=8))
NOW = dt.datetime(2025, 12, 3, 11, 36, tzinfo=ZONE)
TEACHER = Actor(StaffId(3), "许静", Role.TEACHER, ClassId(3))
CASHIER = Actor(StaffId(4), "钱款", Role.CASHIER)
DRAGON, STAR = ClassId(3), ClassId(1)
EGG = Chip("鸡蛋过敏", Tone.BAD)
PLAIN = Chip("全日托")


def card(
    number: int, name: str, *, mood: str | None = "calm", chips: tuple[Chip, ...] = (PLAIN,)
) -> RosterCard:
    asleep = NOW.replace(hour=11, minute=5) if mood is None and number == 4 else None
    words = "11:05 入睡" if asleep else {"happy": "开心", "calm": "平静"}.get(mood or "", "")
    return RosterCard(
        VisitId(number), ChildId(100 + number), name, "", "2岁3个月", "#6B9A4B", mood, words, asleep, chips,
        ("鸡蛋",) if EGG in chips else (), "",
    )  # fmt: skip


YUQING = card(1, "朱予晴", mood="homesick", chips=(Chip("临时托", Tone.INFO), EGG))
MUYANG = card(2, "张沐阳", mood="happy")
YINUO = card(3, "孙一诺")
YUTONG = card(4, "杨雨桐", mood=None)
JIAYI = card(5, "吴嘉懿")
CARDS = (YUQING, MUYANG, YINUO, YUTONG, JIAYI)

TABS = (ClassTab(STAR, "小星星", "#E07A5F", 0), ClassTab(DRAGON, "抱抱龙", "#6B9A4B", 5))


def row(number: int, hour: int, title: str, words: str, kind: str = "mood") -> TimelineRow:
    entry = EntryId(number) if number else None
    at = NOW.replace(hour=hour, minute=0)
    draft = EntryDraft(EntryKind.WATER, at, amount_ml=120) if kind == "water" else None
    return TimelineRow(at, None, kind, title, words, "许静", Tone.PLAIN, entry, draft=draft)


ROWS = (
    row(0, 9, "入园", "奶奶送到 · 晨检 36.5℃ 正常", "arrival"),
    row(11, 10, "情绪", "起初想家，10分钟后平静"),
    row(12, 11, "喝水", "120 ml", "water"),
)


# As many of each list as a centre may keep.
PHRASES = (
    ("remark", "今天很投入。"),
    *(("remark", f"第 {at} 句好话。") for at in range(2, 13)),
    ("notice", "今晚请早点休息。"),
    *(("notice", f"第 {at} 句提醒。") for at in range(2, 13)),
)


class FakeClassroom:
    """Keeps what it was told. ``refuse`` makes the next log fail with that sentence."""

    def __init__(self) -> None:
        self.checked = []
        self.logged = []
        self.undone = []
        self.but, self.cleared = [], []
        self.offers = []
        self.refuse = ""
        self.cards = {DRAGON: CARDS, STAR: ()}

    def tabs(self, actor):
        return TABS

    def roster(self, actor, class_id):
        cards = self.cards[class_id]
        ratio = Chip("师生比 1 : 6.0 合规（3 人在岗）", Tone.OK)
        return Roster(class_id, "抱抱龙", "托大班", "#6B9A4B", ratio, (Chip("过敏 1", Tone.BAD),), cards)

    def timeline(self, actor, visit):
        name = next(one.name for one in CARDS if one.visit == visit)
        allergies = ("鸡蛋",) if visit == YUQING.visit else ()
        return Timeline(visit, name, allergies, ROWS, 6, 8, ("午餐", "离园情绪"))

    def offer(self, actor, kind, visits, slot=None):
        self.offers.append((kind, visits, slot))
        menus = (("lunch", "软米饭、番茄牛腩、紫菜汤"), ("afternoon_snack", "鸡蛋饼"))
        slot = slot or "lunch"
        contained = slot == "afternoon_snack"
        clash = AllergyClash(
            YUQING.visit, "朱予晴", ("鸡蛋",), contained,
            "朱予晴 鸡蛋过敏：今日午点含鸡蛋！" if contained else "朱予晴 鸡蛋过敏：午餐食谱未写鸡蛋",
            named=("鸡蛋",) if contained else (),
        )  # fmt: skip
        meal = kind is EntryKind.MEAL
        return Offer(
            kind,
            slot if meal else None,
            dict(menus)[slot] if meal else "",
            menus if meal else (),
            (clash,) if meal and YUQING.visit in visits else (),
            ("手工课：贴雪花", "户外活动：拍球"),
            PHRASES,
            150,
            tuple(visit for visit in visits if visit == YUTONG.visit),
        )

    def log(self, actor, visits, draft, *, but=(), cleared=NOT_CLEARED):
        if self.refuse:
            raise RuleError(self.refuse)
        if draft.text == "番茄炒蛋" and not cleared.answers:
            looked = frozenset({(YUQING.visit, "鸡蛋")})
            raise AllergyClashError("朱予晴 鸡蛋过敏：午餐可能含鸡蛋。请先核对配料。", looked)
        self.logged.append((visits, draft))
        self.but.append(but)
        self.cleared.append({one.visit: one.reason for one in cleared.answers})
        return Done(
            Logged(BatchId(len(self.logged)), draft.kind, len(visits), draft.kind.label),
            Changes(frozenset({Topic.LOG})),
            Undo("classroom.log", len(self.logged), draft.kind.label),
        )

    def check(self, actor, visits, check):
        if check.outcome != "normal" and not check.note:
            raise RuleError("请写明看到了什么、怎么处理。")
        self.checked.append((visits, check))
        return Done(len(visits), Changes(frozenset({Topic.LOG})))

    def undo_entry(self, actor, entry):
        self.undone.append(entry)
        return Done(None, Changes(frozenset({Topic.LOG})))


class FakeBand:
    """One carer by the clock, one outside, nobody resting."""

    def __init__(self) -> None:
        self.alarm = ""
        self.unread = 0

    def of(self, actor, class_id):
        carer = Post("carer", "保育人员", counts=True)
        trainee = Post("trainee", "实习、见习", counts=False)
        here = (
            OnDuty(StaffId(3), "许静", carer, NOW.replace(hour=7, minute=28)),
            OnDuty(StaffId(5), "孟佳", carer, NOW.replace(hour=7, minute=32), outside=True),
            OnDuty(StaffId(6), "王实习", trainee, NOW.replace(hour=8, minute=1)),
        )
        return ClassBand(
            class_id,
            "抱抱龙",
            Source.CLOCK,
            here,
            (),
            2,
            1,
            5,
            (("户外", 2),),
            None,
            1,
            self.unread,
            self.alarm,
        )


def make_services() -> SimpleNamespace:
    """Services with the fake classroom."""
    return SimpleNamespace(classroom=FakeClassroom(), classes=FakeClasses())


class FakeClasses:
    """Corrections and photos as they were asked for."""

    def __init__(self) -> None:
        self.corrected = []
        self.photographed = []
        self.corrections = self.photos = self.dishes = self
        self.unknown: tuple[AskedDish, ...] = ()
        self.answered = []
        self.band = FakeBand()

    def correct(self, actor, entry, draft, *, reason="", cleared=NOT_CLEARED):
        self.corrected.append((entry, draft))
        return Done(entry, Changes(frozenset({Topic.LOG})), Undo("classroom.log", 77, "已更正"))

    def asked(self, actor, day):
        return self.unknown

    def keep(self, actor, told):
        self.answered.append(told)
        return Done(len(told), Changes(frozenset({Topic.LOG})))

    def log_photo(self, actor, visits, draft, jpeg):
        self.photographed.append((visits, draft, jpeg))
        return Done(Logged(BatchId(5), EntryKind.PHOTO, len(visits), "照片"), Changes(frozenset({Topic.LOG})))
