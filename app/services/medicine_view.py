"""What the page of medicine, the class cards and the note show of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import field, replace

from app.domain.dose_facts import DoseFact
from app.domain.ids import ChildId, ClassId, RequestId, VisitId
from app.domain.intolerances import stop_words
from app.domain.looks import Tone
from app.domain.medicine import Dose, DoseState, MedicineRules, Request, due_tone, due_words
from app.domain.record import record
from app.store import centre, children, day, medicine, people
from app.store.database import Database
from app.store.stamps import day_of

_COURSE = dt.timedelta(days=14)


@record
class DueLine:
    """A dose that waits. ``due_words``: ``14:30 · 还有 20 分钟``."""

    visit: VisitId
    child: ChildId
    name: str
    words: str
    due_at: dt.datetime
    due_words: str
    tone: Tone
    stopped: bool = False  # it must not be given any more

    @property
    def short(self) -> str:
        """For a card: ``14:30 喂药``, ``14:30 停喂``."""
        return f"{self.due_at:%H:%M} {'停喂' if self.stopped else '喂药'}"


@record
class MedicineDay:
    """The requests shown, and the numbers they are judged by.

    ``clashes``: what waits and must not be given any more, with what she does not tolerate.
    """

    at: dt.datetime
    requests: tuple[Request, ...]
    rules: MedicineRules
    clashes: dict[RequestId, tuple[str, ...]] = field(default_factory=dict)


@record
class ChildChoice:
    """A child inside. ``adults`` are who may sign: ``妈妈 赵敏``."""

    visit: VisitId
    child: ChildId
    name: str
    class_id: ClassId
    class_name: str
    allergies: tuple[str, ...]
    adults: tuple[str, ...]
    before: tuple[Request, ...] = ()  # what was taken of late, once for each medicine, the last first

    @property
    def id(self) -> ChildId:
        """Who she is, as a picker asks for it."""
        return self.child

    @property
    def keys(self) -> str:
        """Her name alone: whoever is inside is chosen by her class."""
        return self.name


def due_line(one: Request, dose: Dose, now: dt.datetime, late: int, held: tuple[str, ...]) -> DueLine:
    """A dose that waits; ``held`` is what it holds that she does not tolerate, ``late`` in minutes."""
    words, tone = due_words(dose.due_at, now), due_tone(dose.due_at, now, late)
    if ask := one.ask_words(dose):
        words = f"{dose.due_at:%H:%M} · {ask}"
    if held:
        words, tone = f"{dose.due_at:%H:%M} · 停喂，{stop_words(held)}", Tone.BAD
    return DueLine(one.visit, one.child, one.name, one.words, dose.due_at, words, tone, bool(held))


def ask_form(database: Database, now: dt.datetime) -> tuple[ChildChoice, ...]:
    """Everybody inside today with her allergies and her adults."""
    today = day_of(now)
    names = {group.id: group.name for group in centre.list_classes(database, today)}
    before = _taken_before(database, today)
    found = []
    for stay in day.list_stays(database, today):
        if stay.left_at is not None or stay.day != today:
            continue
        child = children.find_child(database, stay.who.id)
        found.append(
            ChildChoice(
                visit=stay.visit,
                child=stay.who.id,
                name=stay.who.name,
                class_id=stay.class_id,
                class_name=names.get(stay.class_id, ""),
                allergies=() if child is None else child.substances,
                adults=tuple(
                    f"{one.tie.relation} {one.name}".strip()
                    for one in people.list_adults(database, stay.who.id, today)
                    if not one.tie.barred
                ),
                before=before.get(stay.who.id, ()),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.class_id, one.name)))


def _taken_before(database: Database, today: dt.date) -> dict[ChildId, tuple[Request, ...]]:
    """The last request of each medicine of a child before today: a course of days is written down once."""
    found: dict[ChildId, tuple[Request, ...]] = {}
    for one in reversed(medicine.list_of_days(database, today - _COURSE, today - dt.timedelta(days=1))):
        own = found.get(one.child, ())
        if all(one.medicine != other.medicine for other in own):
            found[one.child] = (*own, one)
    return found


def medicine_facts(requests: Sequence[Request]) -> tuple[DoseFact, ...]:
    """Each dose that was given or left out; who took one home before its time has it in her hand.

    One that was taken back after she or the bottle went home was not given, though her family may have heard
    that it was.
    """
    told = []
    for one in requests:
        for dose in one.doses:
            if dose.state is DoseState.GIVEN and dose.at is not None:
                given = DoseFact(one.medicine, dose.due_at, given=True, at=dose.at, dose=one.dose)
                told.append(replace(given, way=one.way, late=dose.late))
            elif dose.state is DoseState.SKIPPED and not dose.taken_home:
                told.append(DoseFact(one.medicine, dose.due_at, given=False, reason=dose.reason))
            elif dose.state is DoseState.WAITING and dose.undone_words and (one.returned or not one.inside):
                told.append(DoseFact(one.medicine, dose.due_at, given=False, reason=dose.undone_words))
    return tuple(told)
