"""The work list of the handover: one row a child, how far her note is, and why one is left unsigned."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from app.domain.ids import VisitId
from app.domain.looks import Tone
from app.domain.modes import Tariff
from app.domain.record import record
from app.services.facts import DayBook, WaitingDose
from app.store.notes import Note


class NoteState(StrEnum):
    """How far a note is."""

    INCOMPLETE = "incomplete"  # something is missing
    DOSE = "dose"  # complete, and a dose of medicine is late
    READY = "ready"  # complete, to be signed
    SIGNED = "signed"
    LATER = "later"  # signed, and ordinary entries came since: not wrong, but not the whole day
    HANDED = "handed"  # signed and the child has left
    STALE = "stale"  # kept or signed, and then the day said something else; or it names another child


_WORDS = 12  # characters of a word in a row
_NEAR = dt.timedelta(hours=1)
TO_SIGN = frozenset({NoteState.READY, NoteState.LATER})


@record
class NoteRow:
    """One child in the work list, by the time she leaves."""

    visit: VisitId
    name: str
    colour: str
    leave_words: str  # 14:00 · 奶奶 王秀兰
    state: NoteState
    done: int
    total: int
    missing: tuple[str, ...]  # 情绪, 午餐 …
    stale: str = ""  # 签字后有新记录：体温 39.0℃
    dose: str = ""  # 12:30 的布洛芬混悬液 2.5 ml还没喂
    later: str = ""  # 签字后又记了 3 条
    more: int = 0
    waits: str = ""  # why it is left when all are signed, though it lacks nothing
    early: bool = False  # ``waits`` says no more than that her day still runs
    read: str = ""  # 额头摔了一下: for these words it is opened before it is signed
    press: Tone = Tone.PLAIN  # how soon what is missing must be there


def read_words(words: Sequence[str]) -> str:
    """The words for which a note is read before it is signed, cut for a row: ``额头摔了一下 等 2 处``."""
    if not words:
        return ""
    first = words[0] if len(words[0]) <= _WORDS else f"{words[0][:_WORDS]}…"
    return first + (f" 等 {len(words)} 处" if len(words) > 1 else "")


def overdue_words(late: Sequence[WaitingDose]) -> str:
    """``12:30 的布洛芬混悬液 2.5 ml还没喂``; empty for none."""
    return f"{'、'.join(one.words for one in late)}还没喂" if late else ""


def state_of(
    book: DayBook, note: Note | None, absent: tuple[str, ...], stale: str, *, late: bool, later: bool
) -> NoteState:
    """How far a note is, by what it lacks, what does not hold of it, and whether a dose is late."""
    if note is not None and note.signed_at is not None:
        if stale:
            return NoteState.STALE
        if book.visit.left_at is not None:
            return NoteState.HANDED
        return NoteState.LATER if later else NoteState.SIGNED
    if absent:
        return NoteState.INCOMPLETE
    if stale:
        return NoteState.STALE
    return NoteState.DOSE if late else NoteState.READY


def leave_words(book: DayBook) -> str:
    """``14:00 · 奶奶 王秀兰`` for a guest, whose bringer mostly comes again; ``17:30``; ``13:41 已接走``."""
    if book.visit.left_at is not None:
        return f"{book.visit.left_at:%H:%M} 已接走"
    if book.leaving is None:
        return "未约定时间"
    words = f"{book.leaving:%H:%M}"
    bringer = book.adult(book.visit.brought_by)
    if book.visit.tariff is not Tariff.CONTRACT and bringer is not None and bringer.tie.may_collect:
        words += f" · {bringer.tie.relation} {bringer.name}"
    return words


def press_of(book: DayBook, now: dt.datetime, lead: dt.timedelta) -> Tone:
    """How what a note lacks presses, by the clock: bad once she is collected within ``lead`` or has gone, a
    warning in the hour before. At noon nothing is wrong with a note that lacks the afternoon.
    """
    if book.visit.left_at is not None:
        return Tone.BAD
    if book.leaving is None:
        return Tone.PLAIN
    left = book.leaving - now
    return Tone.BAD if left <= lead else Tone.WARN if left <= _NEAR else Tone.PLAIN


def leaving_order(book: DayBook) -> tuple[bool, dt.datetime, VisitId]:
    """By the hour they leave; who has left stands at the end."""
    return book.visit.left_at is not None, book.leaving or book.visit.arrived_at, book.visit.id
