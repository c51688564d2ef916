"""The class's day: the roster, logging for one, many or all, timelines, and taking an entry back."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.dayfacts import check_name
from app.domain.errors import RuleError
from app.domain.ids import BatchId, CheckId, ClassId, EntryId, VisitId
from app.domain.logbook import EntryKind
from app.domain.staff import Actor, Permission
from app.domain.visits import NotTodayError
from app.services.checks import DAY_CHECKS, CheckError, HealthCheck, require_true_check
from app.services.class_log import (
    UNDO_LOG,
    AllergyClashError,
    ClassLog,
    NothingChosenError,
    PastDayError,
    require_own_day,
    require_own_reading,
)
from app.services.class_seams import Seams
from app.services.class_views import (
    AllergyClash,
    ClassTab,
    Except,
    Logged,
    Offer,
    Roster,
    RosterCard,
    Timeline,
    TimelineRow,
)
from app.services.fever_watch import (
    STILL_HOT,
    feverish,
    notice_reading,
    require_fever_slip,
    settle_ladders,
)
from app.services.sleep_looks import require_looks
from app.services.standing_again import require_may_stand
from app.store import centre, day, log_versions, logbook, settings
from app.store import visits as stays
from app.store.database import Clock, Database
from app.store.stamps import day_of

__all__ = [
    "UNDO_CHECK",
    "UNDO_LOG",
    "AllergyClash",
    "AllergyClashError",
    "ClassTab",
    "Classroom",
    "Except",
    "GoneEntryError",
    "Logged",
    "NothingChosenError",
    "Offer",
    "PastDayError",
    "Roster",
    "RosterCard",
    "Timeline",
    "TimelineRow",
    "UnknownClassError",
]

# Undo.verb of the noon check of one child.
UNDO_CHECK = "classroom.check"


class UnknownClassError(RuleError):
    """The class is not open."""


class GoneEntryError(RuleError):
    """What is to be taken back was taken back or superseded before."""


class Classroom(ClassLog):
    """What a teacher does with a class. ``seams`` are what other parts tell about its children."""

    def __init__(self, database: Database, clock: Clock, seams: Seams | None = None) -> None:
        super().__init__(database, clock)
        self._seams = seams or Seams()

    def tabs(self, actor: Actor) -> tuple[ClassTab, ...]:
        """The classes with how many are inside."""
        actor.require(Permission.READ)
        today = day_of(self._clock())
        inside = [stay.class_id for stay in day.list_stays(self._database, today) if stay.left_at is None]
        return tuple(
            ClassTab(group.id, group.name, group.colour, inside.count(group.id))
            for group in centre.list_classes(self._database, today)
        )

    def roster(self, actor: Actor, class_id: ClassId) -> Roster:
        """One class now."""
        from app.services.roster import make_roster

        actor.require(Permission.SEE_HEALTH)
        roster = make_roster(self._database, class_id, self._clock(), self._seams)
        if roster is None:
            raise UnknownClassError("没有找到这个班级，请刷新后再试。")
        return roster

    def timeline(self, actor: Actor, visit: VisitId) -> Timeline:
        """One child's day."""
        from app.services.roster import make_timeline

        actor.require(Permission.SEE_HEALTH)
        timeline = make_timeline(self._database, visit)
        if timeline is None:
            raise NotTodayError("没有找到这次入园的记录，请刷新后再试。")
        return timeline

    def offer(
        self, actor: Actor, kind: EntryKind, visits: tuple[VisitId, ...], slot: str | None = None
    ) -> Offer:
        """What the log panel offers for these children; ``slot`` asks about another meal than the clock's."""
        from app.services.offers import make_offer

        actor.require(Permission.SEE_HEALTH)
        return make_offer(self._database, kind, visits, slot, self._clock(), self._seams)

    def check(self, actor: Actor, visits: tuple[VisitId, ...], check: HealthCheck) -> Done[int]:
        """Keep a health check of one child or many during the day; returns of how many.

        Raises:
            NothingChosenError: ``visits`` is empty.
            NotTodayError: one of them is not inside.
            CheckError: a fever or a finding is called normal, or a child whose fever goes on without a
                reading; or an abnormal check lacks its words.
            EntryError: no temperature of a living child, or one reading for several.
        """
        actor.require(Permission.HEALTH_CHECK)
        check = replace(check, note=check.note.strip())
        subjects = self.subjects(visits)
        if any(subject.left_at is not None for subject in subjects):
            raise NotTodayError("选中的孩子里有人已经离园，请刷新后重新选择。")
        require_own_reading(check.tenths, subjects)
        line = settings.current(self._database, day_of(self._clock())).fever_tenths
        require_true_check(check, line)
        if check.outcome == "normal" and check.tenths is None:
            hot = feverish(self._database)
            if any(subject.visit in hot for subject in subjects):
                raise CheckError(STILL_HOT, field="tenths")
        with self._database.unit(actor.id, "health_check") as unit:
            kept = stays.Check(check.kind, unit.at, check.tenths, check.site, check.outcome, check.note)
            for subject in subjects:
                key = stays.add_check(unit, subject.visit, kept, actor.id)
                if check.tenths is not None:
                    notice_reading(unit, subject.visit, check.tenths, check.site, actor, check=CheckId(key))
                unit.audit("visit", subject.visit, f"{check.kind} {check.outcome}")
        names = f"{subjects[0].name} {check_name(check.kind)}"
        return Done(
            len(subjects),
            Changes(frozenset({Topic.LOG}), frozenset(subject.child for subject in subjects)),
            Undo(UNDO_CHECK, subjects[0].visit, names) if len(subjects) == 1 else None,
        )

    def undo_check(self, actor: Actor, visit: VisitId, kind: str = "noon") -> Done[None]:
        """Take the last check of a child back; the morning check goes with the arrival alone.

        Raises:
            GoneEntryError: none stands.
            FeverStepError: it found a fever minutes ago, and it is neither health worker nor director.
        """
        actor.require(Permission.HEALTH_CHECK)
        (subject,) = self.subjects((visit,))
        found = [one for one in stays.list_checks(self._database, visit) if one.kind == kind]
        if kind not in DAY_CHECKS or not found:
            raise GoneEntryError("这次检查已经撤销过了，不用再撤销。")
        if (tenths := found[-1].tenths) is not None:
            require_fever_slip(self._database, actor, subject.name, tenths, found[-1].at)
        with self._database.unit(actor.id, "undo_check") as unit:
            stays.reverse_check(unit, visit, kind)
            if tenths is not None:
                settle_ladders(unit, subject.child, actor)
            unit.audit("visit", visit, kind)
        return Done(None, Changes(frozenset({Topic.LOG}), frozenset({subject.child})))

    def undo(self, actor: Actor, batch: BatchId) -> Done[None]:
        """Take a whole batch back.

        Raises:
            GoneEntryError: it was taken back before, or all of it was superseded since.
            PastDayError: as ``require_own_day``.
            EntryError: a look at her in this sleep stands, or what would hold again cannot stand beside what
                was logged since; the sentence names it.
        """
        actor.require(Permission.LOG_DAY)
        found = logbook.find_batch(self._database, batch)
        if found is None or found.undone:
            raise GoneEntryError("这次记录已经撤销过了，不用再撤销。")
        if not found.standing:
            raise GoneEntryError("这次记录后来被更正过（如孩子已起床），请先撤销后面那一次。")
        require_own_day(self._database, actor, found.day, found.entries)
        if found.kind is EntryKind.SLEEP:
            self._require_looks(found.entries)
        require_may_stand(self._database, found.entries)
        with self._database.unit(actor.id, "undo_log") as unit:
            logbook.reverse_batch(unit, batch, actor.id)
            if found.kind is EntryKind.TEMPERATURE:
                for child in found.children:
                    settle_ladders(unit, child, actor)
            unit.audit("log_batch", batch, found.kind.value)
        return Done(None, Changes(frozenset({Topic.LOG}), frozenset(found.children)))

    def undo_entry(self, actor: Actor, entry: EntryId) -> Done[None]:
        """Take one entry of one child back.

        Raises:
            GoneEntryError: it was taken back or superseded before.
            PastDayError: as ``require_own_day``.
            EntryError: a look at her in this sleep stands, or what would hold again cannot stand beside what
                was logged since; the sentence names it.
        """
        actor.require(Permission.LOG_DAY)
        found = logbook.find_entry(self._database, entry)
        if found is None:
            raise GoneEntryError("这条记录已经撤销或被更正过了，请刷新后再看。")
        require_own_day(self._database, actor, day_of(found.entry.what.at), (entry,))
        self._require_looks((entry,))
        require_may_stand(self._database, (entry,))
        with self._database.unit(actor.id, "undo_log") as unit:
            logbook.reverse_entry(unit, entry)
            if found.entry.what.tenths is not None:
                settle_ladders(unit, found.entry.child, actor)
            unit.audit("log_entry", entry, found.entry.what.kind.value)
        return Done(None, Changes(frozenset({Topic.LOG}), frozenset({found.entry.child})))

    def _require_looks(self, entries: Sequence[EntryId]) -> None:
        """Of what is taken back no look may be left without the sleep it was at."""
        kept = (logbook.find_entry(self._database, entry) for entry in entries)
        sleeps = [one for one in kept if one is not None and one.entry.what.kind is EntryKind.SLEEP]
        if sleeps:
            before = log_versions.list_replaced(self._database, [one.entry.id for one in sleeps])
            require_looks(self._database, sleeps, before)
