"""Whether a note still says what the day was: what came to the log, or left it, after it was written."""

from collections.abc import Iterable

from app.domain.alerts import Alert, alerts
from app.domain.ids import EntryId
from app.domain.logbook import title_of, words_of
from app.domain.prose import NoteText, compose
from app.domain.record import record
from app.services.facts import DayBook
from app.store import logbook
from app.store.database import Database
from app.store.notes import Note

_MOST = 4
_SHOWN = 24


@record
class Seen:
    """What of the day stood behind a note's words: its entries, and its exceptional facts by key."""

    entries: frozenset[EntryId]
    alerts: frozenset[str]

    def written(self) -> str:
        """As the file keeps it: a line of keys, then a line for each fact."""
        return "\n".join([" ".join(map(str, sorted(self.entries))) or "-", *sorted(self.alerts)])


def read_seen(text: str) -> Seen | None:
    """Read what ``Seen.written`` wrote; None for a note that does not remember."""
    if not text:
        return None
    head, *keys = text.split("\n")
    return Seen(frozenset(EntryId(int(key)) for key in head.split() if key != "-"), frozenset(keys))


def seen_now(book: DayBook) -> Seen:
    """The day as it stands, for words that are written or signed with all of it in sight."""
    return Seen(book.standing, frozenset(alert.key for alert in alerts(book.facts)))


def seen_by_edits(book: DayBook, current: Note | None, text: NoteText) -> Seen:
    """What edits rest on: the draft they began from, and whatever of importance they tell since."""
    found = alerts(book.facts)
    told = {alert.key for alert in found if alert.told(text)}
    before = None if current is None else read_seen(current.seen)
    if before is None:
        return Seen(book.standing, frozenset(told | {alert.key for alert in found if not alert.grave}))
    return Seen(before.entries, before.alerts | told)


def untold(book: DayBook, text: NoteText) -> tuple[Alert, ...]:
    """The grave facts a text does not speak of: nobody signs over them."""
    return tuple(alert for alert in alerts(book.facts) if alert.grave and not alert.told(text))


def stale_words(database: Database, book: DayBook, note: Note | None) -> str:
    """``签字后有新记录：体温 39.0℃``, ``签字后撤销了：午餐 吃完``; empty while the note holds."""
    if note is None or note.text == compose(book.facts):
        return ""
    signed, seen = note.signed_at is not None, read_seen(note.seen)
    fresh = [alert for alert in alerts(book.facts) if not _known(alert, note, seen, signed=signed)]
    gone = () if seen is None else logbook.list_gone(database, sorted(seen.entries - book.standing))
    when = "签字后" if signed else "成稿后"
    parts = []
    if fresh:
        parts.append(f"{when}有新记录：{_listed(alert.words for alert in fresh)}")
    if gone:
        words = (f"{title_of(one.entry.what)} {words_of(one.entry.what)[:_SHOWN]}".strip() for one in gone)
        parts.append(f"{when}撤销了：{_listed(words)}")
    return "；".join(parts)


def _known(alert: Alert, note: Note, seen: Seen | None, *, signed: bool) -> bool:
    told, remembered = alert.told(note.text), seen is not None and alert.key in seen.alerts
    if signed:  # the words are older than what came since, whatever they seem to say of it
        return remembered or (seen is None and told)
    return told or (remembered and not alert.grave)


def _listed(words: Iterable[str]) -> str:
    every = list(dict.fromkeys(words))
    more = f"等 {len(every)} 项" if len(every) > _MOST else ""
    return "、".join(every[:_MOST]) + more
