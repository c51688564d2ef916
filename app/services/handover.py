"""交接 to the parents: the note drafts itself from the log, the teacher edits and signs."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields, replace

from app.domain.alerts import Alert
from app.domain.changes import Changes, Done, Topic
from app.domain.ids import ClassId, VisitId
from app.domain.ill_words import words_to_read
from app.domain.injuries import SOMEBODY
from app.domain.looks import NO_CLASS, Tone
from app.domain.names import clean_lines
from app.domain.prose import TOTAL, NoteText, compose
from app.domain.prose_words import DAY_ENDS
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.domain.visits import NotTodayError
from app.services.child_names import NameBook
from app.services.facts import DayBook, WaitingDose, lacking, list_books
from app.services.freshness import (
    Since,
    belied,
    require_clock,
    seen_by_edits,
    seen_now,
    since,
    still_told,
    unsure,
    untold,
)
from app.services.injury_facts import unnamed
from app.services.note_errors import (
    EmptyNoteError,
    LongNoteError,
    LooseWordsError,
    NamedChildError,
    OtherNamesError,
    OverdueDoseError,
    OvertakenError,
    TakenBackError,
    UntoldFactError,
)
from app.services.note_rows import (
    TO_SIGN,
    NoteRow,
    NoteState,
    leave_words,
    leaving_order,
    overdue_words,
    press_of,
    read_words,
    state_of,
)
from app.store import centre, day, day_moves, notes, settings, told
from app.store.database import Clock, Database
from app.store.day_moves import classes_of_day
from app.store.notes import Note
from app.store.stamps import day_of

__all__ = ["Handover", "NoteRow", "NoteState", "NoteView", "leave_words", "overdue_words"]

LONGEST = 2000
_NAMING = "写了另一个孩子的名字"
_SHOWN = 3  # names in a sentence


@record
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
    stale: str = ""  # 签字后有新记录：体温 39.0℃
    doses: tuple[WaitingDose, ...] = ()  # those that are late: given, or noted why not, before anybody signs
    later: str = ""  # 签字后又记了 3 条
    press: Tone = Tone.PLAIN  # how soon what is missing must be there


class Handover:
    """The notes of the day."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def worklist(self, actor: Actor, class_id: ClassId | None = None) -> tuple[NoteRow, ...]:
        """Today's children by the time they leave, those who have left at the end; one class or all.

        Who moved within the day stands in the list of every class that had her: the one knows her day, the
        other hands her over.
        """
        actor.require(Permission.SEE_HEALTH)
        now, lead = self._clock(), self._lead()
        today = day_of(now)
        stays = day.list_stays(self._database, today)
        moves = day_moves.list_of_visits(self._database, [stay.visit for stay in stays])
        keys = [
            stay.visit
            for stay in stays
            if class_id is None or class_id in classes_of_day(stay.class_id, moves.get(stay.visit, ()))
        ]
        books = list_books(self._database, keys)
        current = notes.list_current(self._database, keys)
        colours = {group.id: group.colour for group in centre.list_classes(self._database, today)}
        names = NameBook(self._database)
        rows = [
            replace(
                self._row(book, current.get(key), colours.get(book.visit.class_id, NO_CLASS), names),
                press=press_of(book, now, lead),
            )
            for key, book in books.items()
        ]
        order = {key: leaving_order(book) for key, book in books.items()}
        return tuple(sorted(rows, key=lambda row: order[row.visit]))

    def note(self, actor: Actor, visit: VisitId) -> NoteView:
        """One note: as kept, or else as the log drafts it now."""
        actor.require(Permission.SEE_HEALTH)
        return self._view(visit)

    def door_words(self, actor: Actor, visit: VisitId) -> str:
        """How the note stands, for who hands the child over: 交接单已签，签字后有新记录：体温 39.0℃.

        To whom health is not shown it says no more than whether it is signed.
        """
        actor.require(Permission.READ)
        book = self._book(visit)
        signed = notes.find_signed(self._database, visit)
        if signed is None:
            absent = lacking(book)
            return f"交接单未签（缺：{'、'.join(absent)}）" if absent else "交接单未签"
        if not actor.may(Permission.SEE_HEALTH):
            return "交接单已签"
        found = since(self._database, book, signed)
        return "，".join(part for part in ("交接单已签", found.stale or found.later) if part)

    def keep(self, actor: Actor, visit: VisitId, text: NoteText) -> Done[None]:
        """Keep edits that are not signed yet. What the log says anyway, or was kept already, writes nothing.

        Raises:
            LongNoteError: a part is longer than paper takes.
        """
        actor.require(Permission.SIGN_NOTE)
        text = _clean(text)
        view = self._view(visit)
        if text == view.text:
            return Done(None)
        book = self._book(visit)
        seen = seen_by_edits(book, notes.find_current(self._database, visit), text)
        with self._database.unit(actor.id, "keep_note") as unit:
            notes.add_draft(unit, visit, text, actor.id, seen=seen.written())
            unit.audit("visit", visit, "交接单草稿")
        return Done(None, _changes(book))

    def redraft(self, actor: Actor, visit: VisitId) -> Done[NoteView]:
        """Give the edits up and draft again from the log; a signed note stands until the next signature."""
        actor.require(Permission.SIGN_NOTE)
        book = self._book(visit)
        drafted = compose(book.facts)
        current = notes.find_current(self._database, visit)
        if current is None or current.text == drafted:
            return Done(self._view(visit))
        with self._database.unit(actor.id, "redraft_note") as unit:
            notes.end_draft(unit, visit)
            signed = notes.find_current(unit, visit)
            if signed is not None and signed.text != drafted:
                notes.add_draft(unit, visit, drafted, actor.id, seen=seen_now(book).written())
            unit.audit("visit", visit, "交接单重新成稿")
        return Done(self._view(visit), _changes(book))

    def sign(
        self, actor: Actor, visit: VisitId, text: NoteText, *, meant: frozenset[str] = frozenset()
    ) -> Done[NoteView]:
        """Sign a note. Other words signed again supersede it under a new number; the same words do not.

        The same words do so too once the log holds something new: then they are given anew, with it in sight,
        if they are a teacher's own. Words that the log wrote are drafted again instead.
        ``meant`` is what the teacher was asked about and wants to stand: names of other children, sentences
        that tell of a fact in her own words.

        Raises:
            EmptyNoteError, LongNoteError: there is no word to the parents, or more than paper takes.
            UntoldFactError: the words pass over a fever, a loose stool, a finding or an allergen, or call a
                day well that was not.
            TakenBackError: they still tell what was taken back or corrected.
            NamedChildError: they name the child who hurt her, or whom she hurt.
            OtherNamesError: they name other children, and not all of them are ``meant``.
            LooseWordsError: they may tell of a fever, a hurt or a finding, or of something else.
            OverdueDoseError: a dose is late, and was neither given nor noted as left out.
            OvertakenError: they are the log's own of before, and the day went on.
            ClockSetBackError: by the clock some of what they tell is still to come.
        """
        actor.require(Permission.SIGN_NOTE)
        text, book = _clean(text), self._book(visit)
        require_clock(book, self._clock())
        if part := _naming_part(book, text):
            msg = f"给家长的交接单不能写和受伤有关的另一个孩子是谁。请把名字改成“{SOMEBODY}”，再签字。"
            raise NamedChildError(msg, field=part)
        if not text.prose:
            raise EmptyNoteError("“给家长的话”还是空的，请写上一两句再签字。", field="prose")
        current = notes.find_current(self._database, visit)
        if current is not None and current.signed_at is not None and current.text == text:
            found = since(self._database, book, current)
            if found == Since():
                return Done(self._view(visit))
            if found.later and not current.edited:
                msg = f"{found.later}，这些话里还没有。请按 F7 重新成稿，再签字。"
                raise OvertakenError(msg, field="prose")
        if late := self._overdue(book):
            msg = f"{overdue_words(late)}。请先喂，或写明为什么没喂，再签字。"
            raise OverdueDoseError(msg, field="dose")
        if passed_over := untold(book, text):
            msg = f"交接单里还没有写：{_listed(passed_over)}。请写进去，或按日志重新成稿，再签字。"
            raise UntoldFactError(msg, field="notice")
        if against := belied(book, text):
            msg = f"交接单里写着“无异常”，今天却记了：{_listed(against)}。请去掉，或按 F7 重新成稿，再签字。"
            raise UntoldFactError(msg, field="health")
        if gone := still_told(self._database, book, current, text):
            msg = f"交接单里还写着已经撤销或更正的：{'、'.join(gone)}。请改过来，或按日志重新成稿，再签字。"
            raise TakenBackError(msg, field="prose")
        _require_meant(NameBook(self._database), book, text, meant)
        loose = unsure(book, text, notes.find_signed(self._database, visit))
        if asked := [alert for token, alert in loose.items() if token not in meant]:
            msg = f"单子上说的是不是今天的{_listed(asked)}？不是就请写进去；是的，再按一次 Ctrl Enter 签字。"
            raise LooseWordsError(msg, "prose", meant | frozenset(loose))
        with self._database.unit(actor.id, "sign_note") as unit:
            edited, seen = text != compose(book.facts), seen_now(book).written()
            number = notes.add_signed(unit, visit, book.visit.day, text, actor.id, edited=edited, seen=seen)
            unit.audit("visit", visit, number)
        return Done(self._view(visit), _changes(book))

    def sign_complete(
        self, actor: Actor, class_id: ClassId | None = None, *, early: bool = False
    ) -> Done[tuple[VisitId, ...]]:
        """Sign every note of the class that lacks nothing and is not signed, in one unit; returns whose.

        A note that was signed and that the day has gone on after is drafted and signed again under a new
        number: a teacher who finishes her class means the whole day, and the afternoon comes to no family by
        itself. Where she had changed the words, where the family has signed, or where she who left has the
        paper, that is hers to decide, and the row says so.

        Nobody is signed whose day still runs for more than ``DAY_ENDS`` minutes: at half past two all that is
        asked for may stand in the log, and a note for half past five would yet be cut off at the nap. Such
        rows are named and not signed, for a teacher would not look for the hour of each herself. A class that
        goes home before its hours can be meant: ``early`` signs them, too, and what comes after is offered
        again.

        Edits that the log has overtaken, that leave no word to the parents, or that name another child, are
        left for their teacher; so is who waits for a dose that is late, and a note in which somebody wrote of
        illness or of a hurt: that is opened, and signed by itself.

        Raises:
            ClockSetBackError: by the clock some of what one of them tells is still to come.
        """
        actor.require(Permission.SIGN_NOTE)
        rows = [row for row in self.worklist(actor, class_id) if row.state in TO_SIGN]
        again = {row.visit for row in rows if row.state is NoteState.LATER}
        ready = [row.visit for row in rows if not row.waits or (early and row.early)]
        kept = {
            key: note
            for key, note in notes.list_current(self._database, ready).items()
            if key not in again  # nobody changed those: they are drafted anew
        }
        ready = [key for key in ready if key not in kept or kept[key].text.prose.strip()]
        if not ready:
            return Done(())
        books = list_books(self._database, ready)
        for book in books.values():
            require_clock(book, self._clock())
        with self._database.unit(actor.id, "sign_note") as unit:
            for key in ready:
                drafted = compose(books[key].facts)
                text = kept[key].text if key in kept else drafted
                edited, seen = text != drafted, seen_now(books[key]).written()
                number = notes.add_signed(
                    unit, key, books[key].visit.day, text, actor.id, edited=edited, seen=seen
                )
                unit.audit("visit", key, number)
        children = frozenset(books[key].visit.child for key in ready)
        return Done(tuple(ready), Changes(frozenset({Topic.NOTES}), children))

    def _book(self, visit: VisitId) -> DayBook:
        book = list_books(self._database, [visit]).get(visit)
        if book is None:
            raise NotTodayError("没有找到这次入园的记录，请刷新后再试。")
        return book

    def _lead(self) -> dt.timedelta:
        """How near a departure is 待接."""
        return dt.timedelta(minutes=settings.current(self._database, day_of(self._clock())).due_minutes)

    def _overdue(self, book: DayBook) -> tuple[WaitingDose, ...]:
        """The doses that wait longer than the centre's minutes after their time."""
        if not book.waiting:
            return ()
        now = self._clock()
        late = dt.timedelta(minutes=settings.current(self._database, day_of(now)).medicine_late_minutes)
        return tuple(one for one in book.waiting if now > one.due_at + late)

    def _view(self, visit: VisitId) -> NoteView:
        book = self._book(visit)
        drafted = compose(book.facts)
        current = notes.find_current(self._database, visit)
        found = since(self._database, book, current)
        signed = current is not None and current.signed_at is not None
        text = drafted if current is None else current.text
        return NoteView(
            visit=visit,
            name=book.child.name,
            entries=len(book.facts.entries),
            text=text,
            drafted=drafted,
            edited=current.edited if current is not None and signed else text != drafted,
            missing=lacking(book),
            number=None if current is None else current.number,
            signed_by="" if current is None else current.signed_by,
            signed_at=None if current is None else current.signed_at,
            version=1 if current is None else current.version,
            stale=found.stale,
            later=found.later,
            doses=self._overdue(book),
            press=press_of(book, self._clock(), self._lead()),
        )

    def _row(self, book: DayBook, note: Note | None, colour: str, names: NameBook) -> NoteRow:
        absent, found = lacking(book), since(self._database, book, note)
        signed = note is not None and note.signed_at is not None
        # What was signed and is not its teacher's own would be signed again as the log writes it now.
        redrawn = note is None or (signed and bool(found.later) and not note.edited)
        text = compose(book.facts) if note is None or redrawn else note.text
        stale = found.stale
        if not stale and book.hidden and _naming_part(book, text):
            stale = _NAMING
        if not stale and not absent and (redrawn or not signed):
            others = names.called_in(book.visit.child, _typed(book) if redrawn else _whole(text))
            stale = f"写到了{'、'.join(others[:_SHOWN])}，请看过再签" if others else ""
        if not stale and not absent and not signed:
            stale = self._doubt(book, text)
        late = self._overdue(book)
        state = state_of(book, note, absent, stale, late=bool(late), later=bool(found.later))
        # What was signed before was read; what came to it since makes it stale.
        read = "" if signed or state is not NoteState.READY else read_words(words_to_read(book.facts))
        waits = self._waits(book, note, found.later, late) if state in TO_SIGN else ""
        waits = "；".join(part for part in (f"写到“{read}”，先打开看过再签" if read else "", waits) if part)
        early = state in TO_SIGN and not waits and self._runs_on(book)
        return NoteRow(
            visit=book.visit.id,
            name=book.child.name,
            colour=colour,
            leave_words=leave_words(book),
            state=state,
            done=TOTAL - len(absent),
            total=TOTAL,
            missing=absent,
            stale=stale,
            dose=overdue_words(late),
            later=found.later,
            more=found.more,
            waits=f"{book.leaving:%H:%M} 才离园，还有要记的" if early and book.leaving else waits,
            early=early,
            read=read,
        )

    def _doubt(self, book: DayBook, text: NoteText) -> str:
        """Why kept words are left to their teacher: they may tell of a fact or not, or deny that it was."""
        loose = unsure(book, text, notes.find_signed(self._database, book.visit.id))
        if loose:
            return f"{_listed(loose.values())}写清楚了吗？请看过再签"
        against = belied(book, text)
        return f"写着无异常，今天记了{_listed(against)}" if against else ""

    def _waits(self, book: DayBook, note: Note | None, later: str, late: Sequence[WaitingDose]) -> str:
        """Why a note is left to its teacher when all are signed: ``签字后又记了 3 条，家长已经签过``."""
        if note is None or not later:
            return ""
        if note.signed_at is None:
            return f"{later}，请看过再签"
        if note.edited:
            return f"{later}，单子上有老师自己的话，请看过再签"
        if told.find_signature(self._database, note.id) is not None:
            return f"{later}，家长已经签过，请看过再签"
        absent = lacking(book)
        return overdue_words(late) or (f"{later}，还缺 {'、'.join(absent)}" if absent else "")

    def _runs_on(self, book: DayBook) -> bool:
        """Whether she stays for so long yet that her day cannot be told as a whole."""
        if book.visit.left_at is not None or book.leaving is None:
            return False
        return self._clock() < book.leaving - dt.timedelta(minutes=DAY_ENDS)


def _naming_part(book: DayBook, text: NoteText) -> str:
    """The first part of a text that names the child who hurt her; empty when none does."""
    parts = ((one.name, getattr(text, one.name)) for one in fields(text))
    return next((part for part, words in parts if unnamed(book.child, words, book.hidden) != words), "")


def _require_meant(names: NameBook, book: DayBook, text: NoteText, meant: frozenset[str]) -> None:
    found = [name for name in names.called_in(book.visit.child, _whole(text)) if name not in meant]
    if not found:
        return
    part = next(one.name for one in fields(text) if any(name in getattr(text, one.name) for name in found))
    listed = "、".join(found[:_SHOWN])
    msg = f"里面写到了{listed}。给家长的单子最好不写别的孩子是谁；确实要写，再按一次 Ctrl Enter 签字。"
    raise OtherNamesError(msg, part, meant | frozenset(found))


def _listed(found: Iterable[Alert]) -> str:
    return "、".join(dict.fromkeys(alert.words for alert in found))


def _whole(text: NoteText) -> str:
    return "\n".join(astuple(text))


def _typed(book: DayBook) -> str:
    """What people wrote of the day: in a draft nothing else can name a child."""
    facts = book.facts
    words = [part for one in facts.entries for part in (one.text, one.note)]
    words += [one.note for one in facts.checks]
    words += [one.words for one in facts.class_words]
    words += [one.reason for one in facts.medicine]
    words += [one.reason for one in facts.looked]
    return "\n".join((*words, *facts.fever))


def _changes(book: DayBook) -> Changes:
    return Changes(frozenset({Topic.NOTES}), frozenset({book.visit.child}))


def _clean(text: NoteText) -> NoteText:
    parts = [clean_lines(part, "交接单") for part in astuple(text)]
    if max(map(len, parts)) > LONGEST:
        msg = f"交接单的一项最多 {LONGEST} 个字，请写短一些。"
        raise LongNoteError(msg)
    return NoteText(*parts)
