"""What a child's day tells of her injuries: words by codes alone, so that nobody else is named in them."""

from collections.abc import Iterable

from app.domain.dayfacts import InjuryFact
from app.domain.injuries import ATTACK, names_of, without_names
from app.store import children, health_rules
from app.store.children import Child
from app.store.database import Database
from app.store.injuries import Injury
from app.store.stamps import at_minute

_HURT = "受伤"
_BITE = {"bite": ("咬",)}  # how a teacher may put it in her own words


def short_words(one: Injury) -> str:
    """小朋友咬伤, 跌伤."""
    codes = health_rules.injury_codes()
    words = codes.words("subtype", one.told.subtype) or codes.words("kind", one.told.kind)
    return words.partition("（")[0]


def regions_words(regions: tuple[str, ...]) -> str:
    """左手背、额头."""
    codes = health_rules.injury_codes()
    return "、".join(codes.words("region", code) for code in regions)


def injury_facts(found: Iterable[Injury]) -> tuple[InjuryFact, ...]:
    """``被小朋友咬伤（左前臂），清水冲洗、冷敷`` for each, by time."""
    codes, facts = health_rules.injury_codes(), list[InjuryFact]()
    for one in found:
        short, where = short_words(one), regions_words(one.told.regions)
        aid = "、".join(codes.words("aid", code) for code in one.told.aid)
        by = "被" if one.told.kind == ATTACK else ""
        words = by + short + (f"（{where}）" if where else "") + (f"，{aid}" if aid else "")
        parts = tuple(codes.words("region", code) for code in one.told.regions)
        told_by = (short, _HURT, *parts, *_BITE.get(one.told.subtype, ()))
        facts.append(InjuryFact(at_minute(one.told.day, one.told.minute), words, told_by))
    return tuple(sorted(facts, key=lambda fact: fact.at))


def hidden_names(database: Database, found: Iterable[Injury]) -> tuple[str, ...]:
    """How the other children of these injuries are called: no paper for this family says it."""
    keys = dict.fromkeys(one.told.other for one in found if one.told.other is not None)
    others = (children.find_child(database, key) for key in keys)
    return tuple(name for one in others if one is not None for name in names_of(one.name, one.nickname))


def unnamed(child: Child, words: str, hidden: Iterable[str]) -> str:
    """Words for a child's family without these names; her own stay."""
    return without_names(words, names_of(child.name, child.nickname), hidden)
