"""Whether a note still says what the day was: what came to the day, or left it, after it was written."""

from collections.abc import Iterable

import app
from app.domain.alerts import Alert, alerts
from app.domain.prose import NoteText, compose
from app.domain.seen import (
    Seen,
    Turned,
    clock_of,
    facts_of,
    gone_alerts,
    read_seen,
    turned_entry,
    turned_facts,
)
from app.services.facts import DayBook
from app.store import logbook
from app.store.database import Database
from app.store.notes import Note

_MOST = 4


def seen_now(book: DayBook) -> Seen:
    """The day as it stands, for words that are written or signed with all of it in sight."""
    keys = frozenset(alert.key for alert in alerts(book.facts))
    return Seen(book.standing, keys, facts_of(book.facts), app.__version__)


def seen_by_edits(book: DayBook, current: Note | None, text: NoteText) -> Seen:
    """What edits rest on: the draft they began from, and whatever of importance they tell since."""
    found = alerts(book.facts)
    told = {alert.key for alert in found if alert.told(text)}
    before = None if current is None else read_seen(current.seen)
    if before is None:
        known = frozenset(told | {alert.key for alert in found if not alert.grave})
        return Seen(book.standing, known, facts_of(book.facts), app.__version__)
    return Seen(before.entries, before.alerts | told, before.facts, before.wording)


def untold(book: DayBook, text: NoteText) -> tuple[Alert, ...]:
    """The grave facts a text does not speak of: nobody signs over them."""
    return tuple(alert for alert in alerts(book.facts) if alert.grave and not alert.told(text))


def stale_words(database: Database, book: DayBook, note: Note | None) -> str:
    """``签字后有新记录：体温 39.0℃``, ``签字后更正了：午餐 吃完 → 拒食``; empty while the note holds."""
    if note is None or note.text == compose(book.facts):
        return ""
    seen, when = read_seen(note.seen), _when(note)
    fresh = [alert for alert in alerts(book.facts) if not _known(alert, note, seen)]
    came = f"{when}有新记录：{_listed(alert.words for alert in fresh)}" if fresh else ""
    return "；".join(part for part in (came, turned_words(database, book, note)) if part)


def turned_words(database: Database, book: DayBook, note: Note | None) -> str:
    """``签字后撤销了：12:31 喂布洛芬混悬液 2.5 ml（口服）``: what a note tells and the day holds no more."""
    if note is None or note.text == compose(book.facts):
        return ""
    found, when = _turned(database, book, note), _when(note)
    gone, changed = [one.shown for one in found if not one.now], [one.shown for one in found if one.now]
    parts = (
        f"{when}撤销了：{_listed(gone)}" if gone else "",
        f"{when}更正了：{_listed(changed)}" if changed else "",
    )
    return "；".join(part for part in parts if part)


def still_told(database: Database, book: DayBook, note: Note | None, text: NoteText) -> tuple[str, ...]:
    """What was taken back or corrected and stands in a text all the same: nobody signs that either.

    Words that the log wrote and nobody touched tell all of it; of her own a teacher may have left it out.
    """
    if note is None or text == compose(book.facts):
        return ()
    found = _turned(database, book, note)
    if text == note.text and not note.edited:
        return tuple(one.shown for one in found)
    whole = "\n".join((text.prose, text.health, text.notice))
    return tuple(one.shown for one in found if one.was in whole)


def _turned(database: Database, book: DayBook, note: Note) -> tuple[Turned, ...]:
    """Entries, then other facts, then what has become unexceptional for any other reason."""
    seen = read_seen(note.seen)
    if seen is None:
        return ()
    found: list[Turned] = []
    for was, heir in logbook.list_turned(database, sorted(seen.entries - book.standing)):
        turned = turned_entry(was.entry.what, None if heir is None else heir.entry.what)
        found += [] if turned is None else [turned]
    found += turned_facts(seen, book.facts, note.text, app.__version__)
    hours, every = {one.hour for one in found}, "\n".join(one.was for one in found)
    keys = [alert.key for alert in alerts(book.facts)]
    for key in gone_alerts(seen, book.facts, keys, app.__version__):
        if clock_of(key) not in hours and key not in every:
            found.append(Turned(key))
    return tuple(found)


def _when(note: Note) -> str:
    return "成稿后" if note.signed_at is None else "签字后"


def _known(alert: Alert, note: Note, seen: Seen | None) -> bool:
    told, remembered = alert.told(note.text), seen is not None and alert.key in seen.alerts
    if (
        note.signed_at is not None
    ):  # the words are older than what came since, whatever they seem to say of it
        return remembered or (seen is None and told)
    return told or (remembered and not alert.grave)


def _listed(words: Iterable[str]) -> str:
    every = list(dict.fromkeys(words))
    more = f"等 {len(every)} 项" if len(every) > _MOST else ""
    return "、".join(every[:_MOST]) + more
