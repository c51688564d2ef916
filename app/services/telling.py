"""At the door (晚交接): three sentences to say, to whom they were said, and the family's signature.

What of earlier days the one who stands there has not heard of is said, too (``earlier.py``).

Domain §8 step 5 and 58号文 Art 22 (daily care record and feedback).
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.dayfacts import ClassWord
from app.domain.doorwords import door_sentences
from app.domain.errors import RuleError
from app.domain.ids import AdultId, ChildId, ClassId, NoteId, SentenceId, SignatureId, ToldId, VisitId
from app.domain.names import clean_text
from app.domain.prose import NoteText, compose
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.domain.visits import NotTodayError
from app.services.earlier import Earlier, find_earlier, open_forms, untold_in
from app.services.facts import DayBook, list_books
from app.services.freshness import since, stale_words, turned_words
from app.services.told_adults import barred_words
from app.store import belongings, centre, class_words, day, day_moves, injuries, notes, told
from app.store.class_words import Sentence
from app.store.database import Clock, Database, Unit
from app.store.injuries import Addition
from app.store.stamps import day_of
from app.store.told import Signature, Told

__all__ = ["Adult", "Door", "MedicineBack", "SentenceAdded", "Signature", "Telling", "Told"]

_LONGEST_WHO = 60
_LONGEST_SENTENCE = 200
_BIGGEST_PNG = 60_000  # bytes
_PNG = b"\x89PNG\r\n\x1a\n"
_PARTS = {"prose": "给家长的话", "notice": "请家长留意"}

# Medicine of a child that goes home again, in words; another service knows of it.
MedicineBack = Callable[[ChildId], Sequence[str]]


class TellingError(RuleError):
    """It cannot be noted to whom the day was told, or signed for, as asked."""


class SentenceError(RuleError):
    """The sentence for the class cannot be added or taken back as asked."""


@record
class Adult:
    """Somebody to whom the day can be told. ``likely`` is who took or is to take the child."""

    id: AdultId
    words: str  # 奶奶 王秀兰
    likely: bool
    guardian: bool = False


@record
class Door:
    """What stands ready when a child is handed over. ``number`` is empty while the note is not signed."""

    visit: VisitId
    name: str
    sentences: tuple[str, ...]
    things: tuple[str, ...]  # belongings, then medicine
    adults: tuple[Adult, ...]
    told: tuple[Told, ...]
    number: str
    signature: Signature | None
    earlier: tuple[Earlier, ...] = ()  # grave facts of earlier days
    forms: tuple[str, ...] = ()  # injuries that nobody else has signed: telling of them does not count yet
    since: str = ""  # 签字后又记了 3 条: what the signed note does not tell
    stale: bool = False  # ``since`` is grave: nobody signs for the note before the teacher has signed it anew

    def waiting(self, adult: AdultId | None) -> tuple[str, ...]:
        """Grave facts of earlier days that this adult (None: somebody else) has not heard of."""
        guardian = any(one.guardian for one in self.adults if one.id == adult)
        return tuple(one.words for one in self.earlier if one.waits_for(adult, guardian=guardian))


@record
class SentenceAdded:
    """A sentence for the class: on how many notes it stands, and whose were signed already."""

    id: SentenceId
    notes: int
    signed: tuple[str, ...]


class Telling:
    """The verbs at the door, and the sentence for a whole class."""

    def __init__(self, database: Database, clock: Clock, medicine: MedicineBack = lambda _child: ()) -> None:
        self._database, self._clock, self._medicine = database, clock, medicine

    # -- at the door

    def door(self, actor: Actor, visit: VisitId) -> Door:
        """What to say to whom, what to give back, and whether it is done."""
        actor.require(Permission.SEE_HEALTH)
        book = self._book(visit)
        current = notes.find_current(self._database, visit)
        signed = notes.find_signed(self._database, visit)
        found = since(self._database, book, signed)
        turned = turned_words(self._database, book, current)
        text = compose(book.facts) if current is None or turned else current.text
        things = self.things(book)
        sentences = door_sentences(book.facts, text, things)
        if turned:  # whoever has read the note hears first what of it holds no more
            sentences = (f"交接单{turned}。{sentences[0]}", *sentences[1:])
        collector = book.visit.collected_by or book.visit.brought_by
        adults = tuple(
            Adult(
                one.id,
                f"{one.tie.relation} {one.name}".strip(),
                one.id == collector,
                one.tie.is_guardian,
            )
            for one in book.adults
            if not one.tie.barred
        )
        return Door(
            visit,
            book.child.name,
            sentences,
            things,
            tuple(sorted(adults, key=lambda one: not one.likely)),
            told.list_told(self._database, visit),
            "" if signed is None else signed.number or "",
            None if signed is None else told.find_signature(self._database, signed.id),
            find_earlier(self._database, book),
            open_forms(self._database, book),
            found.stale or found.later,
            bool(found.stale),
        )

    def things(self, book: DayBook) -> tuple[str, ...]:
        """What goes home with her: belongings still here, then medicine."""
        held = belongings.list_held(self._database, book.visit.child)
        return (*(one.words for one in held), *self._medicine(book.visit.child))

    def tell(
        self, actor: Actor, visit: VisitId, adult: AdultId | None, other: str = "", said: Sequence[str] = ()
    ) -> Done[ToldId]:
        """Note that the day was told, to one of her adults or to somebody named; kept with the words.

        ``said`` are the sentences as they stood on the screen; without them those of now are kept.

        Raises:
            TellingError: nobody is named, or somebody who must not be told (禁止接走).
            NotTodayError: there is no such stay.
        """
        self._require(actor)
        book = self._book(visit)
        who = self._who(book, adult, other)
        if not said:
            door = self.door(actor, visit)
            said = (*door.sentences, *door.waiting(adult))
        words = "\n".join(said)
        # Who is on her file was told of an injury by that, and nobody is asked for it again.
        hurt = () if adult is None else untold_in(self._database, book.visit.child, words)
        with self._database.unit(actor.id, "tell_day") as unit:
            key = told.add_told(unit, visit, adult, who, words, actor.id)
            for one in hurt:
                injuries.add_addition(unit, one.id, Addition("told", "", who, "in_person", unit.at), actor.id)
                unit.audit("injury", one.id, f"{book.child.name} 当面告知 {who}")
            unit.audit("visit", visit, f"当天情况说给{who}")
        undo = Undo("door.tell", key, f"{book.child.name} 说给{who}")
        return Done(key, _changes(book, hurt=bool(hurt)), undo)

    def undo_tell(self, actor: Actor, key: ToldId) -> Done[None]:
        """It was not told after all; the line stays in the file.

        Raises:
            TellingError: that was said before.
        """
        self._require(actor)
        kept = told.find_told(self._database, key)
        if kept is None:
            raise TellingError("这一条已经撤销过了。")
        book = self._book(kept.visit)
        with self._database.unit(actor.id, "undo_tell_day") as unit:
            told.reverse_told(unit, key, actor.id)
            unit.audit("visit", kept.visit, f"说给{kept.who}")
        return Done(None, _changes(book, hurt=True))

    def sign_for(
        self, actor: Actor, visit: VisitId, adult: AdultId | None, other: str = "", png: bytes = b""
    ) -> Done[SignatureId]:
        """The family signs for the note, on the screen (``png``) or on paper (none).

        A signature stands under one signed note; a note signed anew wants another one.

        Raises:
            TellingError: the teacher has not signed yet, or not since something grave came to the day or was
                taken back; somebody signed already, nobody is named, or what came is no picture.
            NotTodayError: there is no such stay.
        """
        self._require(actor)
        book = self._book(visit)
        note = notes.find_signed(self._database, visit)
        if note is None:
            raise TellingError("老师还没有签字。请老师先签，再请家长签。")
        if told.find_signature(self._database, note.id) is not None:
            raise TellingError("这一份家长已经签过了。要重签，请先撤销上一次。")
        if stale := stale_words(self._database, book, note):
            msg = f"交接单{stale}。请老师改好、重新签字以后，再请家长签。"
            raise TellingError(msg)
        if png and (not png.startswith(_PNG) or len(png) > _BIGGEST_PNG):
            raise TellingError("签名没有存上，请清除后重新签。", field="signature")
        who = self._who(book, adult, other)
        with self._database.unit(actor.id, "family_signs") as unit:
            key = told.add_signature(unit, note.id, adult, who, png, actor.id)
            unit.audit("visit", visit, f"{note.number} {who}{'屏幕' if png else '纸上'}签字")
        return Done(key, _changes(book), Undo("door.sign", key, f"{book.child.name} {who}签字"))

    def undo_sign(self, actor: Actor, key: SignatureId) -> Done[None]:
        """Take a signature back: the wrong person signed. It stays in the file.

        Raises:
            TellingError: it was taken back before.
        """
        self._require(actor)
        kept = told.find_signature_by_id(self._database, key)
        if kept is None:
            raise TellingError("这个签字已经撤销过了。")
        with self._database.unit(actor.id, "undo_family_signs") as unit:
            told.reverse_signature(unit, key, actor.id)
            unit.audit("handover_note", kept.note, f"{kept.who}签字")
        return Done(None, Changes(frozenset({Topic.NOTES})))

    # -- a sentence for the whole class

    def sentences(self, actor: Actor, class_id: ClassId) -> tuple[Sentence, ...]:
        """What was added today for every child of a class."""
        actor.require(Permission.READ)
        today = day_of(self._clock())
        return class_words.list_sentences(self._database, today).get(class_id, ())

    def add_sentence(self, actor: Actor, class_id: ClassId, words: str, part: str) -> Done[SentenceAdded]:
        """Add one sentence to all notes of a class today: drafts, edits, and those still to come.

        Signed notes are nobody's to change: whose they are comes back.

        Raises:
            SentenceError: nothing is said, or it stands there already.
        """
        actor.require(Permission.SIGN_NOTE)
        said = clean_text(words, "全班的话", "words", _LONGEST_SENTENCE)
        if not said:
            raise SentenceError("请写一句要加给全班的话。", field="words")
        now = self._clock()
        what, today = ClassWord(part if part in _PARTS else "prose", said), day_of(now)
        standing = class_words.list_sentences(self._database, today).get(class_id, ())
        if any(one.what == what for one in standing):
            raise SentenceError("这句话今天已经加给全班了。", field="words")
        books = self._class_books(class_id, now)
        with self._database.unit(actor.id, "add_class_sentence") as unit:
            key = class_words.add_sentence(unit, class_id, today, what, actor.id)
            signed, edited = [], notes.list_current(unit, list(books))
            for visit, book in books.items():
                note = edited.get(visit)
                if note is not None and note.signed_at is not None:
                    signed.append(book.child.name)
                elif note is not None:
                    self._rewrite(unit, visit, note.id, _with(note.text, what), actor)
            unit.audit("class_group", class_id, f"全班的话：{said}")
        added = SentenceAdded(key, len(books) - len(signed), tuple(signed))
        children = frozenset(book.visit.child for book in books.values())
        label = f"全班 {added.notes} 份加上了“{said[:12]}{'…' if len(said) > 12 else ''}”"
        return Done(added, Changes(frozenset({Topic.NOTES}), children), Undo("class.sentence", key, label))

    def undo_sentence(self, actor: Actor, key: SentenceId) -> Done[None]:
        """Take a sentence back from every note that is not signed.

        Raises:
            SentenceError: it was taken back before.
        """
        actor.require(Permission.SIGN_NOTE)
        kept = class_words.find_sentence(self._database, key)
        if kept is None:
            raise SentenceError("这句话已经撤销过了。")
        books = self._class_books(kept.class_id, kept.written_at)
        with self._database.unit(actor.id, "undo_class_sentence") as unit:
            class_words.reverse_sentence(unit, key, actor.id)
            for visit, note in notes.list_current(unit, list(books)).items():
                if note.signed_at is None and (text := _without(note.text, kept.what)) != note.text:
                    self._rewrite(unit, visit, note.id, text, actor)
            unit.audit("class_group", kept.class_id, kept.what.words)
        children = frozenset(book.visit.child for book in books.values())
        return Done(None, Changes(frozenset({Topic.NOTES}), children))

    def _rewrite(self, unit: Unit, visit: VisitId, note: NoteId, text: NoteText, actor: Actor) -> None:
        """Put other words into a kept draft; what stood behind them stays what it was."""
        current = notes.find_current(unit, visit)
        if current is not None and current.id == note:
            notes.add_draft(unit, visit, text, actor.id, seen=current.seen)

    def _class_books(self, class_id: ClassId, at: dt.datetime) -> dict[VisitId, DayBook]:
        """The days of today's children who were in a class at a moment, also who moved on since."""
        today = day_of(self._clock())
        if all(group.id != class_id for group in centre.list_classes(self._database, today)):
            raise SentenceError("请先在上面选一个班。", field="words")
        stays = day.list_stays(self._database, today)
        there = day_moves.in_class_at(self._database, stays, class_id, at)
        return list_books(self._database, [stay.visit for stay in there])

    def _who(self, book: DayBook, adult: AdultId | None, other: str) -> str:
        found = book.adult(adult)
        if found is not None and found.tie.barred:
            msg = f"{found.name}被列为禁止接走，不能把孩子的情况告诉他。"
            raise TellingError(msg, field="adult")
        if found is not None:
            return f"{found.tie.relation} {found.name}".strip()[:_LONGEST_WHO]
        who = clean_text(other, "说给谁", "other", _LONGEST_WHO)
        if not who:
            raise TellingError("请选说给了谁，或写上是谁。", field="adult")
        if barred := barred_words(self._database, book.child.id, who, day_of(self._clock())):
            raise TellingError(barred, field="adult")
        return who

    def _require(self, actor: Actor) -> None:
        """Teachers, the desk and the director stand at the door."""
        actor.require(Permission.CHECK_OUT)

    def _book(self, visit: VisitId) -> DayBook:
        book = list_books(self._database, [visit]).get(visit)
        if book is None:
            raise NotTodayError("没有找到这次入园的记录，请刷新后再试。")
        return book


def _with(text: NoteText, what: ClassWord) -> NoteText:
    said = _closed(what.words)
    if what.part == "notice":
        return replace(text, notice=f"{text.notice}\n{said}".strip())
    return replace(text, prose=f"{text.prose}{said}")


def _without(text: NoteText, what: ClassWord) -> NoteText:
    said = _closed(what.words)
    if what.part == "notice":
        return replace(text, notice=text.notice.replace(f"\n{said}", "", 1).replace(said, "", 1).strip())
    return replace(text, prose=text.prose.replace(said, "", 1))


def _closed(words: str) -> str:
    return words if words.endswith(("。", "！", "？", "…")) else f"{words}。"


def _changes(book: DayBook, *, hurt: bool = False) -> Changes:
    topics = {Topic.NOTES, Topic.HEALTH} if hurt else {Topic.NOTES}
    return Changes(frozenset(topics), frozenset({book.visit.child}))
