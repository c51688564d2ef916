"""Who must be looked at by herself, and why: 其余全部正常 may not be said of her unseen.

A check answers for what came before it: whoever made it had her in front of her. Nothing but the way back to
the class answers for a fever, and nothing but the return for a walk.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from app.domain.ids import ChildId, VisitId
from app.domain.ill_words import is_grave_entry
from app.domain.logbook import EntryDraft
from app.services.facts import list_books
from app.services.sleep_looks import finding_chips
from app.store import fever, illness, injuries, logbook, rounds, walks
from app.store.database import Database
from app.store.day import Stay

FEVER, FOUND, GRAVE, HURT, ILL = "发热处理中", "睡眠巡视异常", "记过要就医的情况", "今天受伤", "今天登记生病"
_NAMED = 3


def single_reasons(database: Database, stays: Sequence[Stay], today: dt.date) -> dict[VisitId, str]:
    """Who of these children must be looked at by herself, each with the weightiest reason."""
    if not stays:
        return {}
    log: dict[VisitId, list[EntryDraft]] = {stay.visit: [] for stay in stays}
    for kept in logbook.list_entries(database, list(log)):
        log[kept.entry.visit].append(kept.entry.what)
    hot = {one.visit for one in fever.list_open(database)}
    odd = finding_chips(database, stays, log, today)
    out = {one.visit: walk.place for walk in walks.list_open(database, today) for one in walk.children}
    since = _checked(database, stays)
    grave = _grave(database, log, since)
    hurt = [(one.told.child, one.first_at) for one in injuries.list_injuries(database, today, today)]
    ill = [(one.told.child, one.first_at) for one in illness.list_noted(database, today)]
    found = {}
    for stay in stays:
        key, child, last = stay.visit, stay.who.id, since.get(stay.visit)
        reasons = (
            (key in hot, FEVER),
            (key in odd, FOUND),
            (key in grave, GRAVE),
            (_newer(hurt, child, last), HURT),
            (_newer(ill, child, last), ILL),
            (key in out, f"在{out.get(key, '')}"),
        )
        if why := next((words for stands, words in reasons if stands), ""):
            found[key] = why
    return found


def single_words(found: Iterable[tuple[str, str]]) -> str:
    """``请单独检查：朱予晴（睡眠巡视异常）``, three of them by name; empty where there is nobody."""
    named = [f"{name}（{why}）" for name, why in found]
    if not named:
        return ""
    more = f" 等 {len(named)} 人" if len(named) > _NAMED else ""
    return f"请单独检查：{'、'.join(named[:_NAMED])}{more}"


def _checked(database: Database, stays: Sequence[Stay]) -> dict[VisitId, dt.datetime]:
    """When each was looked at last, at the door or in a round."""
    kept = rounds.list_of_visits(database, [stay.visit for stay in stays])
    return {one.visit: one.at for one in sorted(kept, key=lambda one: one.at)}


def _grave(
    database: Database,
    log: dict[VisitId, list[EntryDraft]],
    since: dict[VisitId, dt.datetime],
) -> frozenset[VisitId]:
    """Of whom words were written since that ask for a doctor: only the days with words are read."""
    said = {
        key: [what for what in whole if (what.text or what.note) and _since(what.at, since.get(key))]
        for key, whole in log.items()
    }
    books = list_books(database, [key for key, told in said.items() if told])
    return frozenset(
        key for key, book in books.items() if any(is_grave_entry(book.facts, what) for what in said[key])
    )


def _newer(found: Sequence[tuple[ChildId, dt.datetime]], child: ChildId, last: dt.datetime | None) -> bool:
    return any(whose == child and _since(at, last) for whose, at in found)


def _since(at: dt.datetime, last: dt.datetime | None) -> bool:
    """Whether something came after the last check; what is of its minute did: the log knows minutes only."""
    return last is None or at >= last.replace(second=0, microsecond=0)
