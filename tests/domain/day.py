"""Days to write notes from: the story of 2025-12-03, and days drawn at random."""

import dataclasses
import datetime as dt

from hypothesis import strategies as st

from app.domain.dayfacts import CaseFact, CheckFact, DayFacts, InjuryFact, Looked
from app.domain.dose_facts import DoseFact
from app.domain.fever import FeverStep, Ladder, StepKind
from app.domain.ids import ChildId, ClassId, FeverId, FeverStepId, VisitId
from app.domain.logbook import (
    EntryDraft,
    EntryKind,
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
from app.domain.swaps import Way
from app.services.fevers import fever_facts, fever_heats

TZ = dt.timezone(dt.timedelta(hours=8))


def at(hour, minute=0):
    return dt.datetime(2025, 12, 3, hour, minute, tzinfo=TZ)


STORY = DayFacts(
    given_name="予晴",
    sex="f",
    arrived=at(9, 12),
    brought_by_words="奶奶",
    leaving=at(14),
    entries=(
        EntryDraft(EntryKind.MOOD, at(9, 40), detail="homesick"),
        EntryDraft(EntryKind.MOOD, at(9, 50), detail="calm"),
        EntryDraft(
            EntryKind.ACTIVITY,
            at(10),
            detail="eager",
            text="手工课：贴雪花",
            note="自己选颜色、贴了五片，很投入。",
        ),
        EntryDraft(EntryKind.MEAL, at(10, 30), detail="morning_snack", grade=4, text="苹果、酸奶"),
        EntryDraft(EntryKind.WATER, at(10, 45), amount_ml=120),
        EntryDraft(EntryKind.TOILET, at(11, 5), detail="wet", note="自己完成"),
        EntryDraft(EntryKind.MEAL, at(11, 30), detail="lunch", grade=4, text="番茄牛腩饭"),
        EntryDraft(EntryKind.WATER, at(11, 50), amount_ml=120),
        EntryDraft(EntryKind.SLEEP, at(12, 20), until=at(13, 35)),
        EntryDraft(EntryKind.MOOD, at(13, 40), detail="happy"),
        EntryDraft(EntryKind.TOILET, at(13, 40), detail="wet", note="自己完成"),
        EntryDraft(
            EntryKind.NOTE, at(13, 45), detail="notice", text="鞋子偏小，走路时常踮脚；建议换大半码。"
        ),
    ),
    checks=(CheckFact("morning", at(9, 12), 365), CheckFact("noon", at(13, 38), 366)),
    allergies=("鸡蛋",),
)

_moments = st.integers(8 * 60, 17 * 60 + 30).map(lambda minute: at(0) + dt.timedelta(minutes=minute))
# Words no sentence of ours is made of, so that a test can tell them apart.
_PLAIN = ["", "", "", "甲乙丙", "丁戊。", "己庚\n辛", '<b>&"', "𬱖㛃！"]
# What a teacher may write anywhere of illness or of a hurt; then what only looks like it.
ILL = (
    "抽搐了两分钟",
    "嘴唇发青",
    "吐了两口",
    "摔了一跤，膝盖擦破",
    "流鼻涕。",
    "身上有点烫",
    "说肚子疼",
    "耳后起了个小包",
)
NOT_ILL = ("没有抽搐", "没有咳嗽", "吹泡泡", "咬了一口馒头")
_own = st.sampled_from([*_PLAIN, *_PLAIN, *ILL, *NOT_ILL])
_names = st.sampled_from(["手工课：贴雪花", "户外：", "绘本", "沙水区:挖一挖", "<b>&"])
_dishes = st.sampled_from(["", "苹果、酸奶", "番茄牛腩饭", "软米饭、炒蛋、汤、青菜"])


def _entry(kind, **parts):
    return st.builds(EntryDraft, st.just(kind), _moments, note=_own, **parts)


def _sleep(start, minutes, note, way, lying):
    until = None if minutes is None else start + dt.timedelta(minutes=minutes)
    return EntryDraft(EntryKind.SLEEP, start, until=until, note=note, detail=way, quality=lying)


def _outing(start, minutes, why, note):
    until = start + dt.timedelta(minutes=minutes)
    return EntryDraft(EntryKind.OUTDOOR, start, until=until, text=why, note=note)


_meals = _entry(
    EntryKind.MEAL,
    detail=st.sampled_from(MealSlot),
    grade=st.one_of(st.none(), st.integers(0, 5)),
    text=_dishes,
)
_foods = _entry(
    EntryKind.FOOD,
    quality=st.sampled_from(Reaction),
    grade=st.none() | st.integers(0, 5),
    text=st.sampled_from(["猪肝泥", "蛋黄"]),
)
entries = st.one_of(
    _meals,
    _entry(
        EntryKind.MILK,
        detail=st.one_of(st.none(), st.sampled_from(Milk)),
        amount_ml=st.none() | st.integers(1, 300),
    ),
    _entry(EntryKind.WATER, amount_ml=st.none() | st.integers(1, 300)),
    st.builds(
        _sleep,
        _moments,
        st.none() | st.integers(1, 150),
        _own,
        st.none() | st.sampled_from(SleepWay),
        st.none() | st.sampled_from(Position),
    ),
    _entry(EntryKind.TOILET, detail=st.just(Toilet.WET) | st.just(Toilet.DRY)),
    _entry(
        EntryKind.TOILET,
        detail=st.just(Toilet.STOOL) | st.just(Toilet.BOTH),
        quality=st.none() | st.sampled_from(Stool),
        colour=st.none() | st.sampled_from(StoolColour),
        steps=st.sampled_from(
            [
                (),
                (PottyStep.UNDRESSED.value, PottyStep.DRESSED.value),
                (PottyStep.TOLD.value, PottyStep.SAT.value),
            ]
        ),
    ),
    _foods,
    st.builds(_outing, _moments, st.sampled_from([0, 25, 70]), st.sampled_from(["壬癸", "子丑"]), _own),
    _entry(EntryKind.WASHING, detail=st.sampled_from(Washing)),
    _entry(
        EntryKind.SLEEP_CHECK,
        detail=st.sampled_from(Position),
        quality=st.none() | st.sampled_from(SleepSign),
    ),
    _entry(EntryKind.MOOD, detail=st.sampled_from(Mood)),
    _entry(EntryKind.ACTIVITY, detail=st.none() | st.sampled_from(Part), text=_names),
    _entry(EntryKind.TEMPERATURE, detail=st.none() | st.sampled_from(Site), tenths=st.integers(355, 400)),
    _entry(
        EntryKind.NOTE,
        detail=st.none() | st.sampled_from(NoteKind),
        text=st.sampled_from(["甲乙丙", "丁戊！", *ILL, *NOT_ILL]),
    ),
    st.builds(EntryDraft, st.just(EntryKind.PHOTO), _moments, text=_own, note=_own, photo=st.just(1)),
)
checks = st.builds(
    CheckFact,
    st.sampled_from(["morning", "noon", "day"]),
    _moments,
    st.none() | st.integers(355, 400),
    st.sampled_from(["normal", "normal", "recheck", "abnormal"]),
    _own,
)
SWAPS = ("已换替餐", "鸡蛋换成豆腐、青菜")
NO_SWAPS = (
    "配料逐样核对过，不含",
    "家长书面同意",
    "蛋挑出来了",
    "来不及换成别的了",
    "忘记换餐了，已经尝了",
    "家长说不需要替餐",
    "已换餐具",
    "没有误食，误看",
)
REASONS = (*SWAPS, *NO_SWAPS)
# A choice and what was written beside it: the choice counts.
_answers = st.tuples(st.sampled_from(("", *REASONS)), st.sampled_from(("", "", *Way)))


def was_swapped(looked):
    """What any reader would take to be a change of food."""
    return looked.way == Way.SWAPPED or (not looked.way and looked.reason in SWAPS)


def _looked(day, answers):
    """Some of what names her allergy was kept for a reason, as the classroom asks for one."""
    named = {one: naming.substance for one, naming in day.met()}
    looked = (
        Looked(one, f"予晴 {substance}过敏：含{substance}", reason, way)
        for (one, substance), (reason, way) in zip(named.items(), answers, strict=False)
        if reason
    )
    return dataclasses.replace(day, looked=tuple(looked))


def _ladder(start, tenths, heats, *, logged):
    """A fever as the file keeps it: begun by hand or by an entry of the log some minutes before."""
    steps = tuple(
        FeverStep(FeverStepId(n), StepKind.RECHECK, start + dt.timedelta(minutes=6 * (n + 1)), "许静", heat)
        for n, heat in enumerate(heats)
    )
    ladder = Ladder(
        FeverId(1),
        VisitId(1),
        ChildId(1),
        "予晴",
        ClassId(1),
        "",
        373,
        tenths,
        "ear",
        start,
        "许静",
        start,
        steps,
    )
    moment = start - dt.timedelta(minutes=logged or 0)
    entry = EntryDraft(EntryKind.TEMPERATURE, moment, tenths=tenths)
    return ladder, None if logged is None else entry


_ladders = st.builds(
    _ladder,
    _moments,
    st.integers(373, 405),
    st.lists(st.integers(360, 405), max_size=3),
    logged=st.sampled_from([None, 0, 3]),
)


def _feverish(day, ladders):
    """The same day with fevers in it, as the services put them together."""
    kept = tuple(dataclasses.replace(one, id=FeverId(n)) for n, (one, _entry) in enumerate(ladders))
    entries = (*day.entries, *(entry for _ladder, entry in ladders if entry is not None))
    logged = [(one.at, one.tenths) for one in (*entries, *day.checks) if one.tenths is not None]
    heats = fever_heats(kept, logged)
    return dataclasses.replace(day, entries=entries, fever=fever_facts(kept, logged), heats=heats)


_injuries = st.builds(
    lambda moment, how: InjuryFact(moment, *how),
    _moments,
    st.sampled_from(
        [
            ("跌伤（额头），冷敷", ("跌伤", "受伤", "摔"), ("额头",)),
            ("被小朋友咬伤（左前臂），清水冲洗", ("小朋友咬伤", "受伤", "咬"), ("左前臂", "前臂")),
            ("烧烫伤，已就诊，诊断：没有破皮，休息 3 天", ("烧烫伤", "受伤"), ()),
        ]
    ),
)
_cases = st.builds(
    lambda moment, how: CaseFact(moment, *how),
    _moments,
    st.sampled_from(
        [
            ("手足口病（疑似）", "复课证明", ("手足口", "手足口病")),
            ("没有查清的疹子病（疑似）", "", ("没有查清的疹子病",)),
        ]
    ),
)


_doses = st.builds(
    lambda name, due, given, late, reason: DoseFact(
        name,
        due,
        given=given,
        at=due + dt.timedelta(minutes=late) if given else None,
        dose="1 包",
        way="口服",
        late=late if given else 0,
        reason="" if given else reason,
    ),
    st.sampled_from(["布洛芬混悬液", "口服补液盐（III）", "蒙脱石散"]),
    _moments,
    st.booleans(),
    st.integers(0, 20),
    st.sampled_from(["寅卯说停。", "忘了喂", "没到时间，喂给了水", ""]),
)
_days = st.builds(
    DayFacts,
    given_name=st.sampled_from(["予晴", "A", "𬱖昊", '<b>&"']),
    sex=st.sampled_from(["f", "m", None]),
    arrived=st.just(at(8)),
    brought_by_words=st.sampled_from(["奶奶", ""]),
    leaving=st.none() | st.just(at(17, 30)),
    entries=st.lists(entries, max_size=12).map(tuple),
    checks=st.lists(checks, max_size=3).map(tuple),
    allergies=st.sampled_from([(), ("鸡蛋",), ("牛腩", "酸奶")]),
    medicine=st.lists(_doses, max_size=3).map(tuple),
    injuries=st.lists(_injuries, max_size=2).map(tuple),
    cases=st.lists(_cases, max_size=2).map(tuple),
)
facts = st.builds(
    _feverish,
    st.builds(_looked, _days, st.lists(_answers, max_size=12)),
    st.lists(_ladders, max_size=2),
)
# Days of an allergic child who was served what names her allergy.
fed = st.builds(
    _looked,
    st.builds(
        DayFacts,
        given_name=st.just("予晴"),
        sex=st.just("f"),
        arrived=st.just(at(8)),
        entries=st.lists(_meals | _foods, min_size=1, max_size=5).map(tuple),
        allergies=st.just(("牛腩", "酸奶", "蛋黄")),
    ),
    st.lists(_answers, min_size=5, max_size=5),
)
