"""What families told of an illness and nobody has looked into: the health worker asks, the door is told.

A sick leave counts with all it names, also what it denies; another leave, and what was found out by asking
after her, only with what it says that somebody has (事假: 弟弟得了手足口).
"""

import datetime as dt
from collections.abc import Sequence

from app.domain.ids import ChildId
from app.domain.illness import Disease, day_words, named
from app.domain.told_illness import claims_any
from app.store import health_rules, illness, illness_reports
from app.store.database import Database
from app.store.health_rules import DiseaseBook
from app.store.illness import Report
from app.store.illness_reports import Dismissal

REPORTED = dt.timedelta(days=14)


def list_waiting(
    database: Database, today: dt.date, gone: Sequence[Dismissal], child: ChildId | None = None
) -> tuple[Report, ...]:
    """Words of the last days without a case, a child once, the latest first; not what was dismissed.

    A fever that is told of, and signs that name no illness, wait only until she has come again.
    """
    since = today - REPORTED
    reports = illness_reports.list_reports(database, since, today, child)
    if not reports:
        return ()
    table, signs = tuple(DiseaseBook(database).on(today).values()), health_rules.catching_signs()
    known = illness.list_children_ill(database, since - REPORTED)
    found: dict[ChildId, Report] = {}
    for one in reports:
        if one.child in known or one.child in found or any(said.answers(one) for said in gone):
            continue
        rule, sure = _named(one, table), "（传染病）" in one.words
        if rule is None and not sure and not claims_any(one.words, signs, cleared=False):
            continue
        ends = rule.fever if rule is not None else not sure
        if not (ends and illness.has_come_since(database, one.child, one.day)):
            found[one.child] = one
    return tuple(found.values())


def door_words(database: Database, child: ChildId, name: str, today: dt.date) -> str:
    """What the door is told of a child of whom something waits: it lets her in, and somebody looks first."""
    waiting = list_waiting(database, today, illness_reports.list_dismissed(database), child)
    if not waiting:
        return ""
    (one,) = waiting
    when = "今天" if one.day == today else day_words(one.day)
    how = "请假" if one.source == "absence" else "追访"
    return (
        f"{when}{how}时说“{one.words}”，保健员还没有问清。收下{name}前先看一看、量体温；"
        "还有不适的请保健员来看，在“卫生—病例”处理。"
    )


def _named(one: Report, table: Sequence[Disease]) -> Disease | None:
    if one.kind == "sick":
        return named(one.words, table)
    found = [rule for rule in table if rule.told(one.words)]
    return next((rule for rule in found if not rule.fever), found[0] if found else None)
