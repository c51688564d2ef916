"""交接 to the parents: the note drafts itself from the log, the teacher edits and signs."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import VisitId
from app.domain.prose import NoteText


class NoteState(StrEnum):
    """How far a note is."""

    INCOMPLETE = "incomplete"  # something is missing
    READY = "ready"  # complete, to be signed
    SIGNED = "signed"
    HANDED = "handed"  # signed and the child has left


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class NoteView:
    """One note on the desk of the teacher."""

    visit: VisitId
    name: str
    entries: int  # how many log entries it was drafted from
    text: NoteText
    drafted: NoteText  # what the log alone says, to go back to
    edited: bool
    missing: tuple[str, ...]
    number: str | None  # H-20251203-0007 once signed
    signed_by: str
    signed_at: dt.datetime | None
    version: int
