"""Whether a note still says what the day was: what came to the day, or left it, after it was written."""

import datetime as dt
import re
from collections.abc import Iterable

import app
from app.domain.alerts import Alert, alerts
from app.domain.dayfacts import clause
from app.domain.log_checks import TOLERANCE
from app.domain.logbook import EntryDraft, EntryKind, MealGrade, Mood, clock_words, title_of
from app.domain.prose import NoteText, compose
from app.domain.record import record
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
from app.domain.visits import ClockSetBackError, set_back_words
from app.services.facts import DayBook
from app.store import logbook
from app.store.database import Database
from app.store.logbook import KeptEntry
from app.store.notes import Note

_WELL = re.compile(r"(?:^|[·，,；;。、\s])无异常")
_MOST = 4
_SHOWN = 24
Ended = tuple[tuple[KeptEntry, KeptEntry | None], ...]


def seen_now(book: DayBook) -> Seen:
    """The day as it stands, for words that are written or signed with all of it in sight."""
    keys = frozenset(alert.key for alert in alerts(book.facts))
    return Seen(book.standing, keys, facts_of(book.facts), app.__version__)


def require_clock(book: DayBook, now: dt.datetime) -> None:
    """Pass if nothing that a note tells is still to come, by more than the minutes the log itself takes.

    Raises:
        ClockSetBackError: the signature would be older than what it is for.
    """
    last = book.facts.latest
    if last > now + TOLERANCE:
        words = set_back_words(now, last, f"{book.child.name}最后一条记录的", "再签字")
        msg = f"{words.removesuffix('。')}；记录的时间记错了，请先更正。"
        raise ClockSetBackError(msg)


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


def unsure(book: DayBook, text: NoteText, signed: Note | None) -> dict[str, Alert]:
    """The grave facts that a text speaks of in loose words alone, by what a teacher means when she says so.

    咬了苹果 is no bite, and 昨天拉肚子 no stool of today. What was meant when these sentences were signed is
    meant still.
    """
    if text == compose(book.facts):
        return {}
    seen = None if signed is None else read_seen(signed.seen)
    found = {}
    for alert in alerts(book.facts):
        said = () if not alert.grave or alert.stands(text) else alert.carried(text)
        meant = signed is not None and seen is not None and alert.key in seen.alerts
        if said and not (meant and signed is not None and said == alert.carried(signed.text)):
            found["\n".join((alert.key, *said))] = alert
    return found


def belied(book: DayBook, text: NoteText) -> tuple[Alert, ...]:
    """What the day found, where a text says 无异常 all the same."""
    if _WELL.search(text.health) is None or text == compose(book.facts):
        return ()
    return tuple(one for one in alerts(book.facts) if (one.grave or one.ill) and not one.routine)


def was_told(alert: Alert, note: Note) -> bool:
    """Whether who signed a note has read of a fact: it was known then, or its sentence stands there."""
    seen = read_seen(note.seen)
    known = seen is not None and seen.wording == app.__version__
    return (seen is not None and alert.key in seen.alerts) or (
        alert.stands(note.text) if known else alert.told(note.text)
    )


@record
class Since:
    """What came to a day after a note: ``stale`` wants another signature, ``later`` says how much came."""

    stale: str = ""  # 签字后有新记录：体温 39.0℃
    later: str = ""  # 签字后又记了 3 条
    more: int = 0


def since(database: Database, book: DayBook, note: Note | None) -> Since:
    """What of a day a note does not tell, or tells wrongly; nothing while it holds.

    A fever, a finding, a meal refused or a child who cried is grave, and so is what was taken back. Any other
    entry is counted: nobody reads 已签 and takes it for the whole day. Where something is grave the count is
    not said beside it.
    """
    if note is None or note.text == compose(book.facts):
        return Since()
    seen, when, found = read_seen(note.seen), _when(note), _ended(database, book, note)
    fresh = [alert.words for alert in alerts(book.facts) if not _known(alert, note, seen)]
    more = [] if seen is None else _came(book, seen, found)
    if note.signed_at is not None:
        fresh += [words for one in more if (words := _low(one))]
    else:  # her own words may have told it since she began
        told = {clock_of(alert.key) for alert in alerts(book.facts) if _known(alert, note, seen)}
        more = [one for one in more if clock_words(one.at) not in told]
    came = f"{when}有新记录：{_listed(fresh)}" if fresh else ""
    stale = "；".join(part for part in (came, _turned_words(book, note, found)) if part)
    count = 0 if stale or seen is None else len(more) + _checked(book, seen)
    return Since(stale, f"{when}又记了 {count} 条" if count else "", count)


def stale_words(database: Database, book: DayBook, note: Note | None) -> str:
    """``签字后有新记录：体温 39.0℃``, ``签字后更正了：午餐 吃完 → 拒食``; empty while the note holds."""
    return since(database, book, note).stale


def turned_words(database: Database, book: DayBook, note: Note | None) -> str:
    """``签字后撤销了：12:31 喂布洛芬混悬液 2.5 ml（口服）``: what a note tells and the day holds no more."""
    if note is None or note.text == compose(book.facts):
        return ""
    return _turned_words(book, note, _ended(database, book, note))


def _turned_words(book: DayBook, note: Note, ended: Ended) -> str:
    found, when = _turned(book, note, ended), _when(note)
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
    found = _turned(book, note, _ended(database, book, note))
    if text == note.text and not note.edited:
        return tuple(one.shown for one in found)
    whole = "\n".join((text.prose, text.health, text.notice))
    return tuple(one.shown for one in found if one.was in whole)


def _ended(database: Database, book: DayBook, note: Note) -> Ended:
    """The entries a note has seen that hold no more, each with what holds in its place."""
    seen = read_seen(note.seen)
    return () if seen is None else logbook.list_turned(database, sorted(seen.entries - book.standing))


def _came(book: DayBook, seen: Seen, ended: Ended) -> list[EntryDraft]:
    """The entries that came since; what was corrected is told as such, a sleep that has ended is news."""
    corrected = {
        heir.entry.id
        for was, heir in ended
        if heir is not None and not (was.entry.what.until is None and heir.entry.what.until is not None)
    }
    known = seen.entries | corrected
    return [one for key, one in zip(book.keys, book.facts.entries, strict=True) if key not in known]


def _checked(book: DayBook, seen: Seen) -> int:
    """How many checks came since that found nothing; a note of before facts were kept does not know."""
    if not seen.wording:
        return 0
    known = {one.key for one in seen.facts if one.kind == "checks"}
    return sum(one.kind == "checks" and one.key not in known for one in facts_of(book.facts))


def _low(entry: EntryDraft) -> str:
    """``午点 拒食``, ``16:00 哭闹（找妈妈）``; empty for what no family misses."""
    if entry.kind in {EntryKind.MEAL, EntryKind.FOOD} and entry.grade == MealGrade.REFUSED:
        return f"{title_of(entry)} {MealGrade.REFUSED.label}"
    if entry.kind is EntryKind.MOOD and entry.detail == Mood.CRYING:
        own = clause(entry.note)[:_SHOWN]
        return f"{clock_words(entry.at)} {Mood.CRYING.label}" + (f"（{own}）" if own else "")
    return ""


def _turned(book: DayBook, note: Note, ended: Ended) -> tuple[Turned, ...]:
    """Entries, then other facts, then what has become unexceptional for any other reason."""
    seen = read_seen(note.seen)
    if seen is None:
        return ()
    found: list[Turned] = []
    for was, heir in ended:
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
    """Whether a note's words know of a fact.

    They are older than what came since, whatever they seem to say of it: of a draft only its own sentence
    counts then, of a signed note nothing.
    """
    remembered = seen is not None and alert.key in seen.alerts
    if note.signed_at is not None:
        return remembered or (seen is None and alert.told(note.text))
    if not alert.grave:
        return remembered or alert.told(note.text)
    return alert.stands(note.text) or (remembered and alert.told(note.text))


def _listed(words: Iterable[str]) -> str:
    every = list(dict.fromkeys(words))
    more = f"等 {len(every)} 项" if len(every) > _MOST else ""
    return "、".join(every[:_MOST]) + more
