"""成长小结: a child's term in facts, chosen observations and the teacher's words; drafted, edited, signed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from app.domain.ages import age_words
from app.domain.changes import Changes, Done, Topic
from app.domain.curriculum import Area, CurriculumError, Term, areas_of, term_before, term_of
from app.domain.growth_words import Seen, SummaryText, TermFacts, Took, compose
from app.domain.ids import ChildId, ClassId, ObservationId
from app.domain.names import given_name
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.reports.term_summary import TermSummaryPaper
from app.services.activity_library import ActivityLibrary
from app.services.child_names import NameBook
from app.services.scope import Scope
from app.store import centre, children, curriculum_rules, day, growing, observations, summaries
from app.store.children import Child
from app.store.database import Clock, Database
from app.store.stamps import day_of
from app.store.summaries import Summary

LONGEST = 600
_TERMS = 4  # this one and those before
_PICKS = 2  # observations of each area that a draft begins with
_SEXES = {"f": "女", "m": "男"}


class SummaryError(CurriculumError):
    """A summary that cannot be kept or signed as it is."""


class SummaryState(StrEnum):
    """How far a summary is."""

    NONE = "none"
    DRAFT = "draft"
    SIGNED = "signed"


@record
class SummaryRow:
    """One child of the class in the work list."""

    child: ChildId
    name: str
    age: str
    state: SummaryState
    days: int  # here in the term


@record
class Choice:
    """An observation of the term, and whether the summary tells it."""

    id: ObservationId
    day: dt.date
    area: Area
    words: str
    picked: bool


@record
class SummaryView:
    """One summary on the desk of the teacher. ``drafted`` are the words the file itself would write."""

    child: ChildId
    name: str
    term: Term
    state: SummaryState
    text: SummaryText
    drafted: str
    choices: tuple[Choice, ...]
    number: str
    signed_by: str
    signed_at: dt.datetime | None
    version: int
    stale: str = ""


class TermSummaries:
    """The summaries of a class's children."""

    def __init__(self, database: Database, clock: Clock, library: ActivityLibrary) -> None:
        self._database = database
        self._clock = clock
        self._library = library

    def terms(self, actor: Actor) -> tuple[Term, ...]:
        """This term and those before it, the newest first."""
        actor.require(Permission.LOG_DAY)
        rules = curriculum_rules.terms()
        found = [term_of(day_of(self._clock()), rules)]
        while len(found) < _TERMS:
            found.append(term_before(found[-1], rules))
        return tuple(found)

    def worklist(self, actor: Actor, class_id: ClassId, first: dt.date) -> tuple[SummaryRow, ...]:
        """The children enrolled in a class and how far their summaries are; a teacher's end at her own."""
        actor.require(Permission.LOG_DAY)
        today, term = day_of(self._clock()), self._term(first)
        every = growing.list_class_children(self._database, class_id, today, today)
        scope = Scope(self._database, self._clock)
        found = scope.own(actor, (one for one in every if one.enrolled), lambda one: one.id)
        keys = [one.id for one in found]
        days = growing.count_visit_days(self._database, keys, term.first, term.last)
        states = summaries.list_states(self._database, keys, term.first)
        return tuple(
            SummaryRow(
                one.id,
                one.name,
                age_words(one.born_on, today),
                _state(states.get(one.id)),
                days.get(one.id, 0),
            )
            for one in found
        )

    def view(self, actor: Actor, child: ChildId, first: dt.date) -> SummaryView:
        """One summary: as kept or signed, else as the file drafts it now.

        Raises:
            SummaryError: the child is not on file.
        """
        self._require(actor, Permission.LOG_DAY, child)
        return self._view(child, self._term(first))

    def keep(
        self, actor: Actor, child: ChildId, first: dt.date, words: str | None, picks: Sequence[ObservationId]
    ) -> Done[SummaryView]:
        """Keep words and choices that are not signed yet; None for what the file drafts with these choices.

        The same again writes nothing.

        Raises:
            SummaryError: the words are too long.
        """
        self._require(actor, Permission.SIGN_NOTE, child)
        term = self._term(first)
        view = self._view(child, term)
        if words is None:
            facts = self._facts(self._child(child), term, self._until(term))
            words = _compose(facts, view.choices, picks).words
        words = _clean(words)
        if words == view.text.words and set(picks) == _picked(view):
            return Done(view)
        with self._database.unit(actor.id, "keep_summary") as unit:
            key = summaries.add_draft(unit, child, term.first, words, picks)
            unit.audit("term_summary", key, f"{view.name} {term.name} 草稿")
        return Done(self._view(child, term), _changes(child))

    def redraft(self, actor: Actor, child: ChildId, first: dt.date) -> Done[SummaryView]:
        """Give the draft up; one signed before holds again, else the file drafts anew."""
        self._require(actor, Permission.SIGN_NOTE, child)
        term = self._term(first)
        current = summaries.find_current(self._database, child, term.first)
        if current is None or current.signed_at is not None:
            return Done(self._view(child, term))
        with self._database.unit(actor.id, "redraft_summary") as unit:
            summaries.end_draft(unit, child, term.first)
            unit.audit("term_summary", current.id, "重新成稿")
        return Done(self._view(child, term), _changes(child))

    def sign(
        self, actor: Actor, child: ChildId, first: dt.date, words: str, picks: Sequence[ObservationId]
    ) -> Done[SummaryView]:
        """Sign: the facts are read from the file now, the words are the teacher's. Same again writes nothing.

        Raises:
            SummaryError: no words, too many, another child's whole name in them, or a term without a stay.
        """
        self._require(actor, Permission.SIGN_NOTE, child)
        term, words = self._term(first), _clean(words)
        if not words:
            raise SummaryError("“老师的话”还是空的，请写上一两句再签字。", field="words")
        kept_child = self._child(child)
        facts = self._facts(kept_child, term, self._until(term))
        if facts.first_here is None:
            msg = f"{kept_child.name} 在{term.name}没有来园记录，不能签成长小结。"
            raise SummaryError(msg)
        if others := NameBook(self._database).whole_names_in(child, words):
            msg = f"“老师的话”里写了别的孩子的名字：{'、'.join(others[:3])}。请改成“小朋友”，再签字。"
            raise SummaryError(msg, field="words")
        view = self._view(child, term)
        standing = view.state is SummaryState.SIGNED and not view.stale
        if standing and words == view.text.words and set(picks) == _picked(view):
            return Done(view)
        text = replace(_compose(facts, view.choices, picks), words=words)
        with self._database.unit(actor.id, "sign_summary") as unit:
            number = summaries.add_signed(unit, child, term.first, text, picks)
            unit.audit("term_summary", child, number)
        return Done(self._view(child, term), _changes(child))

    def paper(
        self,
        actor: Actor,
        child: ChildId,
        first: dt.date,
        words: str | None = None,
        picks: Sequence[ObservationId] | None = None,
    ) -> TermSummaryPaper:
        """The page for the parents. Words or choices that are not the signed ones print as a draft.

        Raises:
            SummaryError: the child is not on file.
        """
        self._require(actor, Permission.LOG_DAY, child)
        term = self._term(first)
        view, kept_child = self._view(child, term), self._child(child)
        chosen = _picked(view) if picks is None else set(picks)
        same = (words is None or words.strip() == view.text.words) and chosen == _picked(view)
        signed = view.state is SummaryState.SIGNED and same
        text = view.text
        if not same:
            facts = self._facts(kept_child, term, self._until(term))
            text = _compose(facts, view.choices, tuple(chosen))
            text = replace(text, words=view.text.words if words is None else words.strip())
        place = centre.find_centre(self._database)
        enrolled = day.find_enrolment(self._database, child, self._until(term))
        groups = {one.id: one.name for one in centre.list_classes(self._database, self._until(term))}
        return TermSummaryPaper(
            centre="" if place is None else place.name,
            term=term.name,
            child=kept_child.name,
            sex=_SEXES.get(kept_child.sex or "", ""),
            age=age_words(kept_child.born_on, self._until(term)),
            class_name="" if enrolled is None else groups.get(enrolled.class_id, ""),
            attendance=text.attendance,
            activities=text.activities,
            growth=text.growth,
            words=text.words,
            number=view.number if signed else "",
            signed_by=view.signed_by if signed else "",
            signed_at=view.signed_at if signed else None,
            version=view.version if signed else 1,
            practice=place is not None and place.practice,
        )

    # -- inside ---------------------------------------------------------------------------------------

    def _require(self, actor: Actor, permission: Permission, child: ChildId) -> None:
        """Pass for who may do so, a teacher with the children of her own classes."""
        actor.require(permission)
        Scope(self._database, self._clock).require(actor, self._child(child).id)

    def _term(self, first: dt.date) -> Term:
        return term_of(first, curriculum_rules.terms())

    def _until(self, term: Term) -> dt.date:
        return min(term.last, day_of(self._clock()))

    def _child(self, key: ChildId) -> Child:
        found = children.find_child(self._database, key)
        if found is None:
            raise SummaryError("没有找到这个孩子，请刷新后再试。")
        return found

    def _facts(self, child: Child, term: Term, until: dt.date) -> TermFacts:
        visits = growing.list_visits(self._database, child.id, term.first, until)
        absent = growing.count_absences(self._database, child.id, term.first, until)
        library, words = self._library.all(), curriculum_rules.area_words()
        logged = growing.list_activities(self._database, child.id, term.first, until)
        return TermFacts(
            given_name=given_name(child.name),
            sex=child.sex,
            until=until,
            present=len({on for _, on in visits}),
            sick=absent.get("sick", 0),
            personal=absent.get("personal", 0),
            took=tuple(
                Took(one.day, one.name, one.detail, areas_of(one.name, library, words), one.note)
                for one in logged
            ),
            first_here=visits[0][1] if visits else None,
        )

    def _view(self, child: ChildId, term: Term) -> SummaryView:
        kept_child, until = self._child(child), self._until(term)
        current = summaries.find_current(self._database, child, term.first)
        clean = NameBook(self._database).redactor(child).clean
        seen = [
            Seen(one.id, one.what.day, one.what.area, clean(one.what.words))
            for one in observations.list_of_child(self._database, child, term.first, until)
        ]
        picks = set(current.picks) if current is not None else _first_picks(seen)
        facts = self._facts(kept_child, term, until)
        drafted = compose(facts, [one for one in seen if one.id in picks])
        state, text, stale = SummaryState.NONE, drafted, ""
        if current is not None and current.signed_at is not None:
            state, text = SummaryState.SIGNED, current.text
            stale = self._stale(kept_child, term, current, seen)
        elif current is not None:
            state, text = SummaryState.DRAFT, replace(drafted, words=current.text.words)
        return SummaryView(
            child=child,
            name=kept_child.name,
            term=term,
            state=state,
            text=text,
            drafted=drafted.words,
            choices=tuple(
                Choice(ObservationId(one.id), one.day, one.area, one.words, one.id in picks) for one in seen
            ),
            number="" if current is None else current.number,
            signed_by="" if current is None else current.signed_by,
            signed_at=None if current is None else current.signed_at,
            version=1 if current is None else current.version,
            stale=stale,
        )

    def _stale(self, child: Child, term: Term, signed: Summary, seen: Sequence[Seen]) -> str:
        """Whether the file says something else by now about the days the signed one told of."""
        if signed.signed_at is None:
            return ""
        facts = self._facts(child, term, min(term.last, day_of(signed.signed_at)))
        now = compose(facts, [one for one in seen if one.id in signed.picks])
        told = (signed.text.attendance, signed.text.activities, signed.text.growth)
        if (now.attendance, now.activities, now.growth) == told:
            return ""
        return "签字后记录有变化，请核对后再签一次。"


def _compose(facts: TermFacts, choices: Sequence[Choice], picks: Sequence[ObservationId]) -> SummaryText:
    """What the file says with these choices; their words are free of others' names already."""
    return compose(facts, [Seen(one.id, one.day, one.area, one.words) for one in choices if one.id in picks])


def _state(signed: bool | None) -> SummaryState:
    if signed is None:
        return SummaryState.NONE
    return SummaryState.SIGNED if signed else SummaryState.DRAFT


def _first_picks(seen: Sequence[Seen]) -> set[ObservationId]:
    """The newest of each area."""
    picked: set[ObservationId] = set()
    for area in Area:
        picked |= {ObservationId(one.id) for one in [one for one in seen if one.area is area][:_PICKS]}
    return picked


def _picked(view: SummaryView) -> set[ObservationId]:
    return {one.id for one in view.choices if one.picked}


def _clean(words: str) -> str:
    words = words.strip()
    if len(words) > LONGEST:
        msg = f"“老师的话”最多 {LONGEST} 个字，请写短一些。"
        raise SummaryError(msg, field="words")
    return words


def _changes(child: ChildId) -> Changes:
    return Changes(frozenset({Topic.NOTES}), frozenset({child}))
