"""The class's day: the roster, logging for one, many or all, timelines, and taking an entry back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.allergens import FOOD, Naming, met
from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.dayfacts import check_name
from app.domain.errors import RuleError
from app.domain.ids import BatchId, ChildId, ClassId, EntryId, VisitId
from app.domain.logbook import (
    EntryDraft,
    EntryError,
    EntryKind,
    MealGrade,
    check_entry,
    title_of,
    words_of,
)
from app.domain.looks import Chip, Tone
from app.domain.staff import Actor, Permission
from app.domain.visits import NotTodayError, UnknownAllergyError
from app.services.checks import DAY_CHECKS, HealthCheck, require_true_check
from app.store import centre, day, logbook, menus, settings, tables
from app.store import visits as stays
from app.store.allergies import list_allergies
from app.store.database import Clock, Database
from app.store.logbook import KeptEntry, Subject
from app.store.stamps import day_of

# Undo.verb of what this service can take back: a batch of entries, the noon check of one child.
UNDO_LOG, UNDO_CHECK = "classroom.log", "classroom.check"


class NothingChosenError(RuleError):
    """Nobody was chosen to log for."""


class UnknownClassError(RuleError):
    """The class is not open."""


class AllergyClashError(RuleError):
    """Food that names what one of the children must not eat, and nobody has said that it was looked at."""


class GoneEntryError(RuleError):
    """What is to be taken back was taken back or superseded before."""


@dataclass(frozen=True, slots=True)
class ClassTab:
    """A class in the tab strip."""

    id: ClassId
    name: str
    colour: str
    present: int


@dataclass(frozen=True, slots=True)
class RosterCard:
    """One child inside, as the teacher sees her."""

    visit: VisitId
    child: ChildId
    name: str
    nickname: str
    age_words: str
    colour: str
    mood: str | None  # a Mood value, None when none is logged
    state_words: str  # 起初想家 / 12:05 入睡 / 平静
    asleep_since: dt.datetime | None
    chips: tuple[Chip, ...]  # 临时托, 鸡蛋过敏, 14:00 接
    allergies: tuple[str, ...]
    since_toilet: str  # 2 小时 10 分前, empty when none


@dataclass(frozen=True, slots=True)
class Roster:
    """One class at one moment."""

    class_id: ClassId
    class_name: str
    kind_words: str
    colour: str
    ratio: Chip  # 师生比 1 : 6.0 合规（3 人在岗）
    chips: tuple[Chip, ...]  # 过敏 3 …
    cards: tuple[RosterCard, ...]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line of a child's day. ``entry`` and ``batch`` are None for arrival, checks and departure."""

    at: dt.datetime
    until: dt.datetime | None
    kind: str  # EntryKind value, or arrival, check, departure
    title: str
    words: str
    by: str
    tone: Tone = Tone.PLAIN
    entry: EntryId | None = None
    batch: BatchId | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """A child's day, and how far the handover note is."""

    visit: VisitId
    name: str
    allergies: tuple[str, ...]
    rows: tuple[TimelineRow, ...]
    note_done: int
    note_total: int
    note_missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllergyClash:
    """A child among the chosen whose allergy meets what is about to be logged."""

    visit: VisitId
    name: str
    substances: tuple[str, ...]
    in_menu: bool  # whether today's menu for the slot names the allergen
    words: str  # 朱予晴 鸡蛋过敏：午餐食谱未写鸡蛋，请核对配料 / 朱予晴 鸡蛋过敏：今日午餐含鸡蛋！


@dataclass(frozen=True, slots=True)
class Offer:
    """What the log panel offers for one kind, now, for these children."""

    kind: EntryKind
    slot: str | None  # MealSlot by the clock
    dishes: str  # 食谱 of that slot
    menus: tuple[tuple[str, str], ...]  # (slot value, dishes) of the whole day
    clashes: tuple[AllergyClash, ...]
    activities: tuple[str, ...]  # today's plan first, then recent names
    phrases: tuple[str, ...]  # the centre's stock phrases for notes
    last_ml: int | None
    asleep: tuple[VisitId, ...]  # those of the chosen who sleep now (sleep ends them)


@dataclass(frozen=True, slots=True)
class Logged:
    """What was kept."""

    batch: BatchId
    kind: EntryKind
    count: int
    words: str  # 午餐 · 吃完 · 6 人


class Classroom:
    """What a teacher does with a class."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

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

        actor.require(Permission.READ)
        roster = make_roster(self._database, class_id, self._clock())
        if roster is None:
            raise UnknownClassError("没有找到这个班级，请刷新后再试。")
        return roster

    def timeline(self, actor: Actor, visit: VisitId) -> Timeline:
        """One child's day."""
        from app.services.roster import make_timeline

        actor.require(Permission.READ)
        timeline = make_timeline(self._database, visit)
        if timeline is None:
            raise NotTodayError("没有找到这次入园的记录，请刷新后再试。")
        return timeline

    def offer(
        self, actor: Actor, kind: EntryKind, visits: tuple[VisitId, ...], slot: str | None = None
    ) -> Offer:
        """What the log panel offers for these children; ``slot`` asks about another meal than the clock's."""
        from app.services.offers import make_offer

        actor.require(Permission.READ)
        return make_offer(self._database, kind, visits, slot, self._clock())

    def log(
        self, actor: Actor, visits: tuple[VisitId, ...], draft: EntryDraft, *, acknowledged: bool = False
    ) -> Done[Logged]:
        """Log the same for one, many or all children, in one unit of work.

        A sleep without an end wakes those of the chosen who sleep, and puts the others to bed.
        ``acknowledged`` says that the actor has seen whose allergy the food names; it stands in the audit.

        Raises:
            NothingChosenError: ``visits`` is empty.
            NotTodayError: a visit was taken back or is not of today.
            UnknownAllergyError: food for a child whose allergies nobody has asked about.
            AllergyClashError: the food names what one of them must not eat, and nobody acknowledged it.
            EntryError: the entry cannot be true of one of them; the sentence names the child.
        """
        actor.require(Permission.LOG_DAY)
        draft = replace(draft, text=draft.text.strip(), note=draft.note.strip())
        subjects = self._subjects(visits)
        asleep = logbook.open_sleeps(self._database, visits) if draft.kind is EntryKind.SLEEP else {}
        self._check(draft, subjects, frozenset(asleep))
        clashes = self._clash_words(draft, subjects)
        if clashes and not acknowledged:
            msg = f"{'；'.join(clashes)}。请先核对配料，确认没有问题再记一次。"
            raise AllergyClashError(msg, field="allergy")
        fresh = [subject.visit for subject in subjects if subject.visit not in asleep]
        with self._database.unit(actor.id, "log") as unit:
            batch = logbook.add_batch(unit, draft.kind, actor.id)
            if fresh:
                logbook.add_entries(unit, batch, fresh, draft, actor.id)
            if asleep:
                woken = draft.until or draft.at
                logbook.end_sleeps(unit, batch, [key for key, _ in asleep.values()], woken, actor.id)
            looked = f"，已核对过敏：{'；'.join(clashes)}" if clashes else ""
            unit.audit("log_batch", batch, f"{draft.kind.value} x{len(subjects)}{looked}")
        words = _logged_words(draft, len(subjects), len(asleep))
        children = frozenset(subject.child for subject in subjects)
        label = f"{subjects[0].name} {words}" if len(subjects) == 1 else words
        return Done(
            Logged(batch, draft.kind, len(subjects), words),
            Changes(frozenset({Topic.LOG}), children),
            Undo(UNDO_LOG, batch, label),
        )

    def check(self, actor: Actor, visits: tuple[VisitId, ...], check: HealthCheck) -> Done[int]:
        """Keep a health check of one child or many during the day; returns of how many.

        Raises:
            NothingChosenError: ``visits`` is empty.
            NotTodayError: one of them is not inside.
            CheckError: a fever or a finding is called normal, or an abnormal check lacks its words.
            EntryError: no temperature of a living child.
        """
        actor.require(Permission.HEALTH_CHECK)
        check = replace(check, note=check.note.strip())
        subjects = self._subjects(visits)
        if any(subject.left_at is not None for subject in subjects):
            raise NotTodayError("选中的孩子里有人已经离园，请刷新后重新选择。")
        require_true_check(check, settings.current(self._database, day_of(self._clock())).fever_tenths)
        with self._database.unit(actor.id, "health_check") as unit:
            kept = stays.Check(check.kind, unit.at, check.tenths, check.site, check.outcome, check.note)
            for subject in subjects:
                stays.add_check(unit, subject.visit, kept, actor.id)
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
        """
        actor.require(Permission.HEALTH_CHECK)
        (subject,) = self._subjects((visit,))
        if kind not in DAY_CHECKS or all(
            one.kind != kind for one in stays.list_checks(self._database, visit)
        ):
            raise GoneEntryError("这次检查已经撤销过了，不用再撤销。")
        with self._database.unit(actor.id, "undo_check") as unit:
            stays.reverse_check(unit, visit, kind)
            unit.audit("visit", visit, kind)
        return Done(None, Changes(frozenset({Topic.LOG}), frozenset({subject.child})))

    def undo(self, actor: Actor, batch: BatchId) -> Done[None]:
        """Take a whole batch back.

        Raises:
            GoneEntryError: it was taken back before, or all of it was superseded since.
        """
        actor.require(Permission.LOG_DAY)
        found = logbook.find_batch(self._database, batch)
        if found is None or found.undone:
            raise GoneEntryError("这次记录已经撤销过了，不用再撤销。")
        if not found.standing:
            raise GoneEntryError("这次记录后来被更正过（如孩子已起床），请先撤销后面那一次。")
        with self._database.unit(actor.id, "undo_log") as unit:
            logbook.reverse_batch(unit, batch, actor.id)
            unit.audit("log_batch", batch, found.kind.value)
        return Done(None, Changes(frozenset({Topic.LOG}), frozenset(found.children)))

    def undo_entry(self, actor: Actor, entry: EntryId) -> Done[None]:
        """Take one entry of one child back.

        Raises:
            GoneEntryError: it was taken back or superseded before.
        """
        actor.require(Permission.LOG_DAY)
        found = logbook.find_entry(self._database, entry)
        if found is None:
            raise GoneEntryError("这条记录已经撤销或被更正过了，请刷新后再看。")
        with self._database.unit(actor.id, "undo_log") as unit:
            logbook.reverse_entry(unit, entry)
            unit.audit("log_entry", entry, found.entry.what.kind.value)
        return Done(None, Changes(frozenset({Topic.LOG}), frozenset({found.entry.child})))

    def _subjects(self, visits: Sequence[VisitId]) -> tuple[Subject, ...]:
        chosen = tuple(dict.fromkeys(visits))
        if not chosen:
            raise NothingChosenError("请先选择孩子，再记录。")
        subjects = logbook.list_subjects(self._database, chosen)
        today = day_of(self._clock())
        if len(subjects) < len(chosen) or any(
            subject.day != today and subject.left_at is not None for subject in subjects
        ):
            raise NotTodayError("选中的孩子里有人的入园记录已撤销或不是今天的，请刷新后重新选择。")
        return subjects

    def _check(self, draft: EntryDraft, subjects: Sequence[Subject], asleep: frozenset[VisitId]) -> None:
        now = self._clock()
        others: dict[VisitId, list[KeptEntry]] = {}
        if draft.kind is EntryKind.SLEEP:
            for kept in logbook.list_entries(self._database, [subject.visit for subject in subjects]):
                others.setdefault(kept.entry.visit, []).append(kept)
        for subject in subjects:
            if draft.kind in FOOD and subject.allergy == "unknown":
                msg = f"{subject.name} 的过敏情况还没有问清，先不进食。请前台问清家长、补上过敏信息后再记录。"
                raise UnknownAllergyError(msg)
            try:
                _check_one(draft, now, subject, others.get(subject.visit, []), wakes=subject.visit in asleep)
            except EntryError as error:
                if len(subjects) > 1:
                    msg = f"{subject.name}：{error.sentence}"
                    raise type(error)(msg, field=error.field) from error
                raise

    def _clash_words(self, draft: EntryDraft, subjects: Sequence[Subject]) -> list[str]:
        """朱予晴 鸡蛋过敏：午餐可能含鸡蛋; what the menu's own list names counts for its dishes."""
        if draft.kind not in FOOD or draft.grade == MealGrade.REFUSED:
            return []
        listed = next(
            (
                "、".join(line.allergens)
                for line in menus.list_menu(self._database, day_of(draft.at))
                if draft.kind is EntryKind.MEAL and line.slot == draft.detail and line.dishes == draft.text
            ),
            "",
        )
        food = replace(draft, text=f"{draft.text} {listed}")
        allergies = list_allergies(self._database)
        found: dict[Subject, tuple[Naming, ...]] = {
            subject: met(allergies.get(subject.child, ()), food, tables.allergens()) for subject in subjects
        }
        return [
            f"{subject.name} {'、'.join(one.substance for one in namings)}过敏："
            f"{title_of(draft)}{'、'.join(one.words for one in namings)}"
            for subject, namings in found.items()
            if namings
        ]


def _check_one(
    draft: EntryDraft, now: dt.datetime, subject: Subject, others: Sequence[KeptEntry], *, wakes: bool
) -> None:
    whats = [kept.entry.what for kept in others]
    if wakes:  # the sleep that ends now is checked as the whole it becomes
        lying = next(what for what in whats if what.kind is EntryKind.SLEEP and what.until is None)
        whats.remove(lying)
        draft = replace(lying, until=draft.until or draft.at)
    check_entry(draft, now, whats, arrived=subject.arrived_at, left=subject.left_at)


def _logged_words(draft: EntryDraft, count: int, woken: int) -> str:
    """午餐 · 吃完 · 6 人; 起床 · 3 人; 入睡 · 5 人，起床 · 1 人."""
    if draft.kind is EntryKind.SLEEP and (draft.until is None or woken):
        parts = [f"入睡 · {count - woken} 人"] if count > woken else []
        parts += [f"起床 · {woken} 人"] if woken else []
        return "，".join(parts)
    if draft.kind is EntryKind.MEAL:
        said = "" if draft.grade is None else MealGrade(draft.grade).label
    else:
        said = words_of(replace(draft, note=""))
    return " · ".join(part for part in (title_of(draft), said[:20], f"{count} 人") if part)
