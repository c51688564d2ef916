"""Grave facts of earlier days that one of the family has not heard of: at the door they come up again.

What went as the family asked (a dose in time, a swapped meal) is no news, and would bury what is.

Told is what the file can show: the day, or a later one, was said to that adult with these words, or she
signed the note that tells it. An injury is told only when its form had the second signature by then, or when
the form itself says that she was told: before, nobody has confirmed what happened (表9, 58号文 Art 24).
"""

import datetime as dt

from app.domain.alerts import Alert, alerts
from app.domain.days import month_day
from app.domain.ids import AdultId, ChildId, VisitId
from app.domain.logbook import clock_words
from app.domain.prose import NoteText
from app.domain.record import record
from app.services.facts import DayBook, list_books
from app.services.freshness import was_told
from app.services.injury_facts import injury_facts, short_words
from app.store import injuries, notes, told
from app.store.database import Database
from app.store.injuries import Injury

_BACK = dt.timedelta(days=7)  # what is older is in the registers, and no news


@record
class Earlier:
    """One grave fact of an earlier day. ``told``: the adults who heard of it."""

    words: str  # 12月2日 体温 39.0℃
    told: frozenset[AdultId]

    def waits_for(self, adult: AdultId | None, *, guardian: bool) -> bool:
        """Whether it is to be said to this person: a guardian hears it herself, of others one is enough."""
        if adult is not None and adult in self.told:
            return False
        return guardian or not self.told


def find_earlier(database: Database, book: DayBook) -> tuple[Earlier, ...]:
    """The grave facts of the child's stays of the week before, the oldest first."""
    child, day = book.visit.child, book.visit.day
    keys = told.list_stays_before(database, child, day, day - _BACK)
    if not keys:
        return ()
    hurt = _injuries(database, book)
    said = told.list_said(database, child, day - _BACK)
    books = list_books(database, keys)
    found = []
    for key in keys:
        if (before := books.get(key)) is None:
            continue
        for alert in alerts(before.facts):
            if alert.grave and not alert.routine:
                words = f"{month_day(before.visit.day)} {alert.words}"
                who = _hearers(
                    database, book, key, alert, (words, said), hurt.get((before.visit.day, alert.key))
                )
                found.append(Earlier(words, who))
    return tuple(dict.fromkeys(found))


def open_forms(database: Database, book: DayBook) -> tuple[str, ...]:
    """Injuries whose form lacks something: telling of them does not count until it is signed."""
    return tuple(
        f"{month_day(one.told.day)} {short_words(one)}的登记表还没第二人签，"
        "现在说了不算告知；签好后再说一次。"
        for one in injuries.list_injuries_of(database, book.visit.child)
        if one.signature is None
    )


def untold_in(database: Database, child: ChildId, said: str) -> tuple[Injury, ...]:
    """The signed injuries that these words tell of, and of which her family was not told before."""
    return tuple(
        one
        for one in injuries.list_injuries_of(database, child)
        if one.signature is not None
        and one.telling is None
        and all(fact.words in said for fact in injury_facts([one]))
    )


def _hearers(
    database: Database,
    book: DayBook,
    key: VisitId,
    alert: Alert,
    spoken: tuple[str, tuple[told.Said, ...]],
    injury: Injury | None,
) -> frozenset[AdultId]:
    words, said = spoken
    since = None
    if injury is not None:
        if injury.signature is None:
            return frozenset()
        since = injury.signature.at
    found = {
        one.adult
        for one in said
        if (since is None or one.at >= since)
        and (words in one.words or (one.visit == key and _heard(alert, one.words)))
    }
    note = notes.find_signed(database, key)
    if note is not None and was_told(alert, note):
        found |= {adult for adult, at in told.list_signers(database, note.id) if since is None or at >= since}
    for telling in () if injury is None else injury.tellings:
        found |= {one.id for one in book.adults if one.name in telling.whom}
    return frozenset(found)


def _heard(alert: Alert, said: str) -> bool:
    """Whether what was said at the door told of it: in its own words, not in a word like them."""
    return alert.words in said or alert.stands(NoteText(prose=said))


def _injuries(database: Database, book: DayBook) -> dict[tuple[dt.date, str], Injury]:
    """The injuries of the child by day and by the key of the fact that tells of them."""
    found = {}
    for one in injuries.list_injuries_of(database, book.visit.child):
        (fact,) = injury_facts([one])
        found[one.told.day, f"{clock_words(fact.at)} {fact.words}"] = one
    return found
