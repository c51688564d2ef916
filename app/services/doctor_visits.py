"""医育结合: the doctor's monthly visit, and who is due for an exam or a look at the vaccines."""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from app.domain.ages import age_words
from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.domain.health_due import ExamRule, exam_due, exam_words, month_lacks, vaccines_near
from app.domain.ids import ChildId
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.domain.typed_days import Direction, read_day
from app.reports.doctor_visit import DoctorVisitPaper, SeenChild
from app.services.growth_children import list_growing
from app.services.scope import Scope
from app.store import centre, doctor_visits, health_due
from app.store.database import Clock, Database
from app.store.doctor_visits import Advice, DoctorVisit, NewVisit
from app.store.stamps import day_of

__all__ = ["Advice", "DoctorVisit", "DoctorVisits", "Due", "VisitTyped", "VisitsView"]

_LONGEST = 1000
_BOOK = {"catch_up": "接种证：需要补种", "no_book": "没有接种证", "": "接种证还没有查验"}
HINT = "疫苗只是按月龄的提示，以接种单位出具的查验结果为准。"


class DoctorVisitError(RuleError):
    """The visit cannot be kept or taken back as asked."""


@record
class VisitTyped:
    """A visit as typed. ``children`` maps who was seen to what was advised; ``replaces`` corrects one."""

    day: str
    doctor: str
    clinic: str
    content: str
    conclusion: str
    children: Mapping[ChildId, str]
    replaces: int | None = None


@record
class Due:
    """One child of the due list. ``late`` is over already."""

    child: ChildId
    name: str
    age_words: str
    words: str
    late: bool


@record
class SeenChoice:
    """A child who can be put on a visit's list."""

    child: ChildId
    name: str
    class_name: str
    pinyin: str


@record
class VisitsView:
    """All visits, newest first; the month's reminder; who is due for what; who can be chosen."""

    today: dt.date
    visits: tuple[DoctorVisit, ...]
    reminder: str
    exams: tuple[Due, ...]
    vaccines: tuple[Due, ...]
    choices: tuple[SeenChoice, ...]


class DoctorVisits:
    """The verbs of the visits."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def view(self, actor: Actor) -> VisitsView:
        """Everything the page shows; of the children, a teacher those of her own classes."""
        actor.require(Permission.HEALTH_CHECK)
        actor.require(Permission.SEE_HEALTH)
        today = day_of(self._clock())
        kept = doctor_visits.list_visits(self._database)
        lacks = month_lacks(tuple(one.told.day for one in kept), today)
        groups = {group.id: group.name for group in centre.list_classes(self._database, today)}
        growing = list_growing(self._database, today)
        return VisitsView(
            today,
            tuple(self._seen_by(actor, one) for one in kept),
            f"{today.month} 月还没有医生巡诊的记录。" if lacks else "",
            self._own(actor, self._exams(today)),
            self._own(actor, self._vaccines(today)),
            tuple(SeenChoice(one.id, one.name, groups.get(one.class_id, ""), one.pinyin) for one in growing),
        )

    def keep(self, actor: Actor, typed: VisitTyped) -> Done[int]:
        """Keep a visit, or the correction of one.

        Raises:
            DoctorVisitError: a day to come, no doctor, clinic or conclusion, nobody seen or on file.
        """
        actor.require(Permission.HEALTH_CHECK)
        new = self._read(typed)
        if typed.replaces is not None:
            self._visit(typed.replaces)
        words = f"{'更正' if typed.replaces else ''}巡诊 {new.day} {new.clinic} {len(new.children)} 名"
        with self._database.unit(actor.id, "keep_doctor_visit") as unit:
            key = doctor_visits.add_visit(unit, new, actor.id, typed.replaces)
            unit.audit("doctor_visit", key, words)
        seen = frozenset(one.child for one in new.children)
        return Done(key, Changes(frozenset({Topic.HEALTH}), seen), Undo("doctor.visit", key, words))

    def reverse(self, actor: Actor, visit: int) -> Done[None]:
        """Take a visit (or a correction) back.

        Raises:
            DoctorVisitError: it was taken back or corrected before.
        """
        actor.require(Permission.HEALTH_CHECK)
        kept = self._visit(visit)
        with self._database.unit(actor.id, "undo_doctor_visit") as unit:
            doctor_visits.reverse_visit(unit, kept, actor.id)
            unit.audit("doctor_visit", visit, f"{kept.told.day} {kept.told.clinic}")
        seen = frozenset(one.child for one in kept.told.children)
        return Done(None, Changes(frozenset({Topic.HEALTH}), seen))

    def paper(self, actor: Actor, visit: int) -> DoctorVisitPaper:
        """The record of a visit (医疗机构巡诊记录), frozen.

        Raises:
            DoctorVisitError: there is none.
        """
        actor.require(Permission.HEALTH_CHECK)
        kept, place = self._seen_by(actor, self._visit(visit)), centre.find_centre(self._database)
        today, told = day_of(self._clock()), kept.told
        groups = {group.id: group.name for group in centre.list_classes(self._database, today)}
        facts = {one.id: one for one in list_growing(self._database, today)}
        seen = []
        for one in told.children:
            fact = facts.get(one.child)
            age = "" if fact is None else age_words(fact.born_on, told.day)
            group = "" if fact is None else groups.get(fact.class_id, "")
            seen.append(SeenChild(one.name, group, age, one.words))
        return DoctorVisitPaper(
            centre="" if place is None else place.name,
            day=told.day,
            doctor=told.doctor,
            clinic=told.clinic,
            content=told.content,
            conclusion=told.conclusion,
            children=tuple(seen),
            noted_by=kept.noted_by,
            practice=place is not None and place.practice,
        )

    def due_now(self, actor: Actor) -> tuple[tuple[Due, ...], tuple[Due, ...], bool]:
        """Exams and vaccination books that are due, and whether the month has no visit yet."""
        actor.require(Permission.SEE_HEALTH)
        today = day_of(self._clock())
        days = tuple(one.told.day for one in doctor_visits.list_visits(self._database))
        own = self._own(actor, self._exams(today)), self._own(actor, self._vaccines(today))
        return (*own, month_lacks(days, today))

    def _own(self, actor: Actor, due: tuple[Due, ...]) -> tuple[Due, ...]:
        return Scope(self._database, self._clock).own(actor, due, lambda one: one.child)

    def _seen_by(self, actor: Actor, visit: DoctorVisit) -> DoctorVisit:
        """A visit with what was advised of the children whom somebody may look up."""
        scope = Scope(self._database, self._clock)
        own = scope.own(actor, visit.told.children, lambda one: one.child)
        return dataclasses.replace(visit, told=dataclasses.replace(visit.told, children=own))

    def _exams(self, today: dt.date) -> tuple[Due, ...]:
        """Regular check, haemoglobin, hearing, eyes: a line for each child of whom any is due."""
        rules, seen = health_due.exam_rules(today), self._seen(health_due.exam_rules(today))
        found = []
        for one in list_growing(self._database, today):
            lacking = []
            for rule in rules:
                days = [one.last_exam(rule.item), seen.get((rule.item, one.id))]
                last = max((day for day in days if day is not None), default=None)
                due = exam_due(rule, one.born_on, last, today)
                if due is not None:
                    lacking.append((due, rule.label, last))
            if lacking:
                first = min(due for due, _, _ in lacking)
                words = exam_words(lacking)
                found.append(
                    (first, Due(one.id, one.name, age_words(one.born_on, today), words, first < today))
                )
        return tuple(line for _, line in sorted(found, key=lambda pair: (pair[0], pair[1].name)))

    def _seen(self, rules: tuple[ExamRule, ...]) -> dict[tuple[str, ChildId], dt.date]:
        """The last day on which each check of a child was done by the visiting doctor."""
        found: dict[tuple[str, ChildId], dt.date] = {}
        for visit in reversed(doctor_visits.list_visits(self._database)):  # the newest comes last
            done = [rule.item for rule in rules if rule.done_in(visit.told.content)]
            found.update(
                {(item, child.child): visit.told.day for item in done for child in visit.told.children}
            )
        return found

    def _vaccines(self, today: dt.date) -> tuple[Due, ...]:
        rule, rules = health_due.exam_rule(today), health_due.vaccine_rules()
        found = []
        for one in list_growing(self._database, today):
            near = vaccines_near(rules, one.born_on, today, rule.remind_days)
            book = _BOOK.get(one.vaccination, "")
            words = "；".join([*([book] if book else []), *near])
            if words:
                found.append(Due(one.id, one.name, age_words(one.born_on, today), words, bool(book)))
        return tuple(sorted(found, key=lambda line: not line.late))

    def _read(self, typed: VisitTyped) -> NewVisit:
        today = day_of(self._clock())
        day = read_day(typed.day, today, Direction.PAST, "day")
        if day > today:
            raise DoctorVisitError("巡诊日还没有到。来过以后再记。", field="day")
        names = {one.id: one.name for one in list_growing(self._database, today)}
        if typed.replaces is not None:  # a child who has left since stays on the corrected visit
            names |= {one.child: one.name for one in self._visit(typed.replaces).told.children}
        if not typed.children:
            raise DoctorVisitError("请写医生看了哪些孩子。", field="child")
        if not set(typed.children) <= set(names):
            raise DoctorVisitError("有孩子已经不在册，请刷新后再试。", field="child")
        texts = {}
        for field, label, longest, needed in (
            ("doctor", "医生", 50, True),
            ("clinic", "单位", 100, True),
            ("content", "内容", _LONGEST, False),
            ("conclusion", "结论和建议", _LONGEST, True),
        ):
            texts[field] = clean_text(getattr(typed, field), label, field, longest)
            if needed and not texts[field]:
                msg = f"请填“{label}”。"
                raise DoctorVisitError(msg, field=field)
        seen = tuple(
            Advice(child, names[child], clean_text(words, "建议", "advice", 200))
            for child, words in typed.children.items()
        )
        return NewVisit(day, texts["doctor"], texts["clinic"], texts["content"], texts["conclusion"], seen)

    def _visit(self, visit: int) -> DoctorVisit:
        found = doctor_visits.find_visit(self._database, visit)
        if found is None:
            raise DoctorVisitError("这次巡诊已经撤销或更正过了，请刷新后再看。")
        return found
