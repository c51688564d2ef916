"""What a child's day tells of her injuries: words by codes alone, so that nobody else is named in them.

The codes read as on the day of the injury: a word of the table that changes later leaves older ones theirs.
"""

import datetime as dt
from collections.abc import Iterable

from app.domain.dayfacts import HEED, InjuryFact, clause
from app.domain.ids import ChildId
from app.domain.injuries import ATTACK, names_of, without_names
from app.store import children, health_rules
from app.store.children import Child
from app.store.database import Database
from app.store.injuries import Injury
from app.store.stamps import at_minute

_HURT = "受伤"
# How a teacher may put it in her own words.
_OWN = {
    "bite": ("咬",),
    "scratch": ("抓伤", "抓破"),
    "push": ("推倒", "撞倒"),
    "2": ("摔", "跌倒", "滑倒", "绊倒"),
}
_SIDED = 2  # letters of a part that says nothing without its side: 左手 is not any 手
_SEEN = "2"  # 医疗机构就诊
_HOW = "请当面问清经过，在家继续留意"


def short_words(one: Injury) -> str:
    """小朋友咬伤, 跌伤."""
    codes = health_rules.injury_codes(one.told.day)
    words = codes.words("subtype", one.told.subtype) or codes.words("kind", one.told.kind)
    return words.partition("（")[0]


def regions_words(regions: tuple[str, ...], day: dt.date) -> str:
    """左手背、额头, as they are called on a day."""
    codes = health_rules.injury_codes(day)
    return "、".join(codes.words("region", code) for code in regions)


def injury_facts(found: Iterable[Injury]) -> tuple[InjuryFact, ...]:
    """``被小朋友咬伤（左前臂），清水冲洗、冷敷`` for each, by time; then what a doctor found."""
    facts = []
    for one in found:
        codes = health_rules.injury_codes(one.told.day)
        short, where = short_words(one), regions_words(one.told.regions, one.told.day)
        aid = "、".join(codes.words("aid", code) for code in one.told.aid)
        happened, heed = _told(one)
        words = happened + (f"（{where}）" if where else "")
        words += "".join(f"，{part}" for part in (aid, *_doctor_words(one)) if part)
        own = (*_OWN.get(one.told.subtype, ()), *_OWN.get(one.told.kind, ()))
        told_by = tuple(dict.fromkeys((short, happened, _HURT, *own)))
        moment = at_minute(one.told.day, one.told.minute)
        facts.append(InjuryFact(moment, words, told_by, _regions(one), heed))
    return tuple(sorted(facts, key=lambda fact: fact.at))


def _told(one: Injury) -> tuple[str, str]:
    """What a family is told of it, and asked to do: 被小朋友推撞 where it is known to have been a child.

    A mother who hears 被推撞 and no more thinks of a grown-up: then she is asked to hear how it was.
    """
    codes = health_rules.injury_codes(one.told.day)
    code = codes.find("subtype", one.told.subtype) if one.told.subtype else codes.find("kind", one.told.kind)
    told, heed = code.told or short_words(one), code.heed or HEED
    if one.told.kind != ATTACK or code.told:
        return told, heed
    return (f"被小朋友{told}", heed) if one.told.other is not None else (f"被{told}", _HOW)


def _doctor_words(one: Injury) -> tuple[str, ...]:
    """``已就诊``, ``诊断：头皮裂伤缝 3 针``, ``休息 3 天``."""
    told = one.told
    return (
        "已就诊" if told.handling == _SEEN else "",
        f"诊断：{clause(told.diagnosis)}" if told.diagnosis.strip() else "",
        f"休息 {told.rest_days} 天" if told.rest_days else "",
    )


def _regions(one: Injury) -> tuple[str, ...]:
    """左小腿, 小腿: a teacher may leave the side out where the rest still says a part of the body."""
    codes = health_rules.injury_codes(one.told.day)
    found = [codes.words("region", code) for code in one.told.regions]
    short = [part[1:] for part in found if part[:1] in {"左", "右"} and len(part) > _SIDED]
    return tuple(dict.fromkeys((*found, *short)))


def hidden_names(database: Database, child: ChildId, found: Iterable[Injury]) -> tuple[str, ...]:
    """How the other child of each injury is called: neither family is told by the centre who it was."""
    keys = dict.fromkeys(
        other
        for one in found
        for other in (one.told.child, one.told.other)
        if other not in {None, child} and child in {one.told.child, one.told.other}
    )
    others = (children.find_child(database, key) for key in keys if key is not None)
    return tuple(name for one in others if one is not None for name in names_of(one.name, one.nickname))


def unnamed(child: Child, words: str, hidden: Iterable[str]) -> str:
    """Words for a child's family without these names; her own stay."""
    return without_names(words, names_of(child.name, child.nickname), hidden)
