"""成长月册: a month of one child as the log has it, day by day, without any other child's name."""

from collections.abc import Sequence

from app.domain.ages import age_words
from app.domain.calendar import month_days
from app.domain.curriculum import CurriculumError
from app.domain.dayfacts import remark
from app.domain.ids import ChildId, ClassId
from app.domain.logbook import EntryKind, NoteKind
from app.domain.record import record
from app.domain.redaction import Redactor
from app.domain.sections import activity_section, food_section, mood_section, sleep_section
from app.domain.staff import Actor, Permission
from app.domain.swaps import as_eaten
from app.reports.booklet import BookletDay, BookletPaper
from app.services.child_names import NameBook
from app.services.facts import DayBook, list_books
from app.services.scope import Scope
from app.store import centre, children, day, growing, observations, photos, record_papers
from app.store.database import Clock, Database
from app.store.observations import Observation
from app.store.stamps import day_of

_SEXES = {"f": "女", "m": "男"}
_PHOTO = "photo_inside"  # the consent without which no picture is printed


class BookletError(CurriculumError):
    """There is no booklet to make."""


@record
class BookletRow:
    """One child of the class, and on how many days of the month she was here."""

    child: ChildId
    name: str
    age: str
    days: int


class Booklets:
    """The booklets of a class's children."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def worklist(self, actor: Actor, class_id: ClassId, month: str) -> tuple[BookletRow, ...]:
        """The children a class had in a month, and who else visited it; ``month`` is ``2025-11``.

        Of another class than her own a teacher sees the children that are in hers, too.
        """
        actor.require(Permission.LOG_DAY)
        days = month_days(month)
        today = day_of(self._clock())
        until = min(today, days[-1])
        found = growing.list_class_children(self._database, class_id, until, days[0], enrolled_since=days[0])
        scope = Scope(self._database, self._clock)
        own = scope.classes(actor)
        if own is not None and class_id not in own:
            found = scope.own(actor, found, lambda one: one.id)
        here = growing.count_visit_days(self._database, [one.id for one in found], days[0], days[-1])
        return tuple(
            BookletRow(one.id, one.name, age_words(one.born_on, until), here.get(one.id, 0)) for one in found
        )

    def paper(self, actor: Actor, child: ChildId, month: str) -> BookletPaper:
        """One child's month, frozen.

        Raises:
            BookletError: she is not on file, or was not here in that month.
            OtherClassError: she neither is nor was then in a class of the teacher's.
        """
        actor.require(Permission.LOG_DAY)
        kept = children.find_child(self._database, child)
        if kept is None:
            raise BookletError("没有找到这个孩子，请刷新后再试。")
        days = month_days(month)
        until = min(day_of(self._clock()), days[-1])
        visits = growing.list_visits(self._database, child, days[0], until)
        if not visits:
            msg = f"{kept.name} 在 {int(month[5:])} 月没有来园记录，没有月册可做。"
            raise BookletError(msg)
        books = list_books(self._database, [visit for visit, _ in visits])
        scope = Scope(self._database, self._clock)
        own = scope.classes(actor) or frozenset()
        if all(book.visit.class_id not in own for book in books.values()):
            scope.require(actor, child)
        seen = observations.list_of_child(self._database, child, days[0], until)
        redactor = NameBook(self._database).redactor(child)
        told = tuple(_day(book, seen, redactor) for book in books.values())
        place = centre.find_centre(self._database)
        return BookletPaper(
            centre="" if place is None else place.name,
            month=month,
            child=kept.name,
            sex=_SEXES.get(kept.sex or "", ""),
            age=age_words(kept.born_on, until),
            class_name=self._class_name(child, list(books.values())),
            days=told,
            figures=_figures(tuple(books.values()), len(seen)),
            photo=self._photo(child),
            practice=place is not None and place.practice,
        )

    def _class_name(self, child: ChildId, books: Sequence[DayBook]) -> str:
        """The class of her contract on her last day of the month, else the one that she visited."""
        if not books:
            return ""
        last = books[-1].visit
        enrolled = day.find_enrolment(self._database, child, last.day)
        names = {one.id: one.name for one in centre.list_classes(self._database, last.day)}
        return last.class_name if enrolled is None else names.get(enrolled.class_id, last.class_name)

    def _photo(self, child: ChildId) -> bytes:
        """Her picture on file; none where the family has not agreed, or took it back."""
        answers = [
            one.answer
            for one in record_papers.list_consents(self._database, child)
            if one.purpose == _PHOTO and not one.ended
        ]
        if "given" not in answers:
            return b""
        return photos.find_photo(self._database, "child", child) or b""


def _day(book: DayBook, seen: Sequence[Observation], redactor: Redactor) -> BookletDay:
    """One stay. What the family was asked to heed on the day is over and stays out; remarks stay."""
    facts, on = book.facts, book.visit.day
    left = f"–{book.visit.left_at:%H:%M}" if book.visit.left_at is not None else ""
    notes = [remark(one.text) for one in facts.notes(NoteKind.REMARK)]
    notes += [
        remark(f"{one.what.area.label}：{one.what.words}") for one in reversed(seen) if one.what.day == on
    ]
    parts = (
        activity_section(facts),
        food_section(as_eaten(facts)),
        sleep_section(facts),
        mood_section(facts),
    )
    activities, food, sleep, mood = (redactor.clean(part.replace("\n", "；")) for part in parts)
    return BookletDay(
        day=on,
        came=f"{book.visit.arrived_at:%H:%M}{left}",
        activities=activities,
        food=food,
        sleep=sleep,
        mood=mood,
        notes=redactor.clean("".join(notes)),
    )


def _figures(books: Sequence[DayBook], seen: int) -> str:
    """``来园 18 天 · 活动 34 次 · 观察 2 条``; what was not logged is not said."""
    activities = sum(len(book.facts.of(EntryKind.ACTIVITY)) for book in books)
    parts = [f"来园 {len({book.visit.day for book in books})} 天"]
    parts += [f"活动 {activities} 次"] if activities else []
    parts += [f"观察 {seen} 条"] if seen else []
    return " · ".join(parts)
