"""发热处理: 复测, 通知家长, 隔离, 接走或回班; each step with who and when, and none of them silently.

58号文 Art 24 (the guardian is told at once), Art 26, 27 (isolation); domain §3.1. A ladder ends by a step of
somebody and by nothing else.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.fever import FeverStepError, Ladder, NewStep, StepKind, require_slip, require_step
from app.domain.ids import ChildId, ClassId, FeverId, FeverStepId, VisitId
from app.domain.logbook import Site, check_tenths, degrees
from app.domain.looks import Chip
from app.domain.names import LONGEST_TEXT, clean_text
from app.domain.phones import spaced_phone
from app.domain.places import is_outdoors
from app.domain.record import record
from app.domain.staff import Actor, Permission, Role
from app.services.fever_watch import notice_fever, require_cool, settle_ladders
from app.services.scope import Scope
from app.services.told_adults import Named, barred_words, with_reason
from app.store import fever, people, settings, visits, walks
from app.store.database import Clock, Database
from app.store.stamps import day_of

UNDO_CASE, UNDO_STEP = "health.fever", "health.fever_step"
_TOPICS = frozenset({Topic.HEALTH, Topic.LOG, Topic.VISITS})
_INSIDE = frozenset({StepKind.RECHECK, StepKind.ISOLATE, StepKind.RELEASE, StepKind.BACK})
_DAYS = 14
Reading: TypeAlias = tuple[dt.datetime, int]


@record
class Guardian:
    """Somebody to ring, with the whole number: it is dialled now."""

    words: str  # 妈妈 赵敏
    phone: str


@record
class FeverView:
    """The fevers under way, those of the last days, and how far each is."""

    at: dt.datetime
    open: tuple[Ladder, ...]
    over: tuple[Ladder, ...]
    line: int

    @property
    def isolated(self) -> int:
        """How many children are in the isolation room."""
        return sum(one.isolated for one in self.open)


class Fevers:
    """The verbs of a fever."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def view(self, actor: Actor) -> FeverView:
        """What goes on, whatever its day, and what is over since a fortnight."""
        actor.require(Permission.SEE_HEALTH)
        now = self._clock()
        since = day_of(now) - dt.timedelta(days=_DAYS)
        running = fever.list_open(self._database)
        keys = {one.id for one in running}
        over = tuple(one for one in fever.list_since(self._database, since) if one.id not in keys)
        line = settings.current(self._database, day_of(now)).fever_tenths
        scope = Scope(self._database, self._clock)
        mine, past = (
            scope.own(actor, found, lambda one: one.child, by=lambda one: one.started_by == actor.name)
            for found in (running, over)
        )
        return FeverView(now, mine, past, line)

    def guardians(self, actor: Actor, child: ChildId) -> tuple[Guardian, ...]:
        """Whom to ring, guardians first; who must not collect her is not asked.

        Raises:
            OtherClassError: she is of another class, and it is not the actor who found a fever that goes on.
        """
        actor.require(Permission.HEALTH_CHECK)
        if all(one.started_by != actor.name for one in fever.list_open_of(self._database, child)):
            Scope(self._database, self._clock).require(actor, child)
        adults = people.list_adults(self._database, child, day_of(self._clock()))
        ranked = sorted(adults, key=lambda one: (not one.tie.is_guardian, not one.tie.is_emergency))
        return tuple(
            Guardian(f"{one.tie.relation} {one.name}".strip(), spaced_phone(one.phone))
            for one in ranked
            if not one.tie.barred and one.phone
        )

    def begin(self, actor: Actor, visit: VisitId, tenths: int, site: str = "forehead") -> Done[FeverId]:
        """A fever found outside of a round.

        Raises:
            FeverStepError: she is not inside, it is no fever, or a ladder is under way for her.
            EntryError: no temperature of a living child.
        """
        actor.require(Permission.HEALTH_CHECK)
        check_tenths(tenths, "tenths")
        kept = visits.find_visit(self._database, visit)
        if kept is None or kept.undone or kept.left_at is not None:
            raise FeverStepError("这个孩子不在园，请刷新后再试。")
        line = settings.current(self._database, day_of(self._clock())).fever_tenths
        if tenths < line:
            msg = f"{degrees(tenths)} 没到发热线 {degrees(line)}，不用按发热处理。"
            raise FeverStepError(msg, field="tenths")
        with self._database.unit(actor.id, "begin_fever") as unit:
            key = notice_fever(unit, visit, tenths, site, actor)
            if key is None:
                msg = f"{kept.child_name} 的发热处理正在进行，请接着做下一步。"
                raise FeverStepError(msg)
        label = f"{kept.child_name} 发热 {degrees(tenths)}"
        return Done(key, Changes(_TOPICS, frozenset({kept.child})), Undo(UNDO_CASE, key, label))

    def step(self, actor: Actor, case: FeverId, step: NewStep) -> Done[FeverStepId]:
        """The next step of a ladder.

        Raises:
            FeverStepError: it is over, out of its order, does not say what it must, or names somebody barred
                or, with no reason, somebody who is not on file; or she is put apart while on a walk, and
                nobody says how she came back.
            EntryError: no temperature of a living child.
        """
        actor.require(Permission.HEALTH_CHECK)
        ladder = self._find(case)
        clean = replace(
            step,
            whom=clean_text(step.whom, "姓名", "whom", longest=50),
            phone=clean_text(step.phone, "号码", "phone", longest=30),
            words=clean_text(step.words, "说明", "words"),
            reason=clean_text(step.reason, "理由", "reason", longest=100),
        )
        self._require(ladder, clean)
        walk = self._leaves(ladder, clean)
        clean = self._with_reason(ladder, clean)
        with self._database.unit(actor.id, "fever_step") as unit:
            key = fever.add_step(unit, case, clean, actor.id)
            heat = "" if clean.tenths is None else f" {degrees(clean.tenths)}"
            unit.audit("fever", case, f"{ladder.name} {clean.kind.label}{heat}{walk}")
        label = f"{ladder.name} {clean.kind.label}{walk}"
        return Done(key, Changes(_TOPICS, frozenset({ladder.child})), Undo(UNDO_STEP, key, label))

    def undo_step(self, actor: Actor, step: FeverStepId) -> Done[None]:
        """Take the last step back; what was done at the door goes back with the departure.

        Raises:
            FeverStepError: it is not the last one, was taken back before, was made at the door, or is of
                another day; or it ended this fever, and another has begun since; or it is a second reading at
                the line of some minutes ago, and it is neither health worker nor director.
        """
        actor.require(Permission.HEALTH_CHECK)
        case = fever.case_of_step(self._database, step)
        ladder = None if case is None else fever.find_case(self._database, case)
        if ladder is None or all(one.id != step for one in ladder.steps):
            raise FeverStepError("这一步已经撤销过了，不用再撤销。")
        if ladder.steps[-1].id != step:
            msg = f"请先撤销后面的一步：{ladder.steps[-1].kind.label}。"
            raise FeverStepError(msg)
        if fever.is_of_release(self._database, step):
            msg = f"{ladder.name} 的{ladder.steps[-1].kind.label}是离园时记的，撤销离园时一起撤销。"
            raise FeverStepError(msg)
        last = ladder.steps[-1]
        self._require_day(actor, last.at)
        if last.tenths is not None and last.tenths >= ladder.line:
            require_slip(ladder.name, last.at, self._clock(), keeper=actor.may(Permission.ANSWER_FOR_HEALTH))
        with self._database.unit(actor.id, "undo_fever_step") as unit:
            fever.reverse_step(unit, step, actor.id)
            settle_ladders(unit, ladder.child, actor)
            unit.audit("fever", ladder.id, f"{ladder.name} 撤销{last.kind.label}")
        return Done(None, Changes(_TOPICS, frozenset({ladder.child})))

    def undo_case(self, actor: Actor, case: FeverId) -> Done[None]:
        """It was no fever: noted by mistake, and nobody has acted on it.

        Raises:
            FeverStepError: steps were made, it was taken back before, is of another day, or is no slip of
                the hand any more, and it is neither the health worker nor the director; or a reading of
                today says that it was one.
        """
        actor.require(Permission.HEALTH_CHECK)
        ladder = self._find(case)
        if ladder.steps:
            raise FeverStepError("已经做过处理，不能整个撤销。请先一步一步撤销。")
        self._require_day(actor, ladder.started_at)
        keeper = actor.may(Permission.ANSWER_FOR_HEALTH)
        require_slip(ladder.name, ladder.started_at, self._clock(), keeper=keeper)
        with self._database.unit(actor.id, "undo_fever") as unit:
            fever.reverse_case(unit, case, actor.id)
            require_cool(unit, ladder.child, ladder.name)
            unit.audit("fever", case, f"{ladder.name} 撤销发热处理")
        return Done(None, Changes(_TOPICS, frozenset({ladder.child})))

    def lines(self, class_id: ClassId | None, now: dt.datetime) -> tuple[tuple[VisitId, Chip], ...]:
        """Fevers under way as chips, of a class or of the whole centre: for cards and the status line."""
        return tuple(
            (one.visit, one.chip(now))
            for one in fever.list_open(self._database)
            if class_id in {None, one.class_id}
        )

    def facts(self, visit: VisitId) -> tuple[str, ...]:
        """What the handover note tells of fevers of a stay: ``10:12 复测 38.4℃，10:15 已电话告诉妈妈``."""
        return fever_facts(fever.list_of_visit(self._database, visit))

    def _find(self, case: FeverId) -> Ladder:
        found = fever.find_case(self._database, case)
        if found is None:
            raise FeverStepError("没有找到这次发热，可能已经撤销。请刷新后再试。")
        return found

    def _require(self, ladder: Ladder, step: NewStep) -> None:
        now = self._clock()
        if step.kind in _INSIDE:
            kept = visits.find_visit(self._database, ladder.visit)
            if kept is None or kept.left_at is not None:
                msg = f"{ladder.name} 已经离园，只能记家长接走。"
                raise FeverStepError(msg)
        if step.kind is StepKind.RECHECK:
            if step.tenths is None:
                raise FeverStepError("请填复测的体温。", field="tenths")
            check_tenths(step.tenths, "tenths")
            if step.site not in set(Site):
                raise FeverStepError("请选在哪里量的：额温、腋温还是耳温。", field="site")
        require_step(ladder, step.kind, now)
        if step.kind is StepKind.CALL:
            if not step.whom:
                raise FeverStepError("请写打给了谁。", field="whom")
            if step.reached and not step.words:
                raise FeverStepError("接通了，请写家长怎么说，如“半小时到”。", field="words")
        if step.kind is StepKind.ISOLATE and not step.whom:
            raise FeverStepError("请写谁在隔离室陪着孩子。", field="whom")
        if step.kind is StepKind.COLLECTED and not step.whom:
            raise FeverStepError("请写谁接走的。", field="whom")

    def _leaves(self, ladder: Ladder, step: NewStep) -> str:
        """``，10:05 离开公园的队伍`` where she is put apart while she is on a walk; else empty."""
        now = self._clock()
        out = walks.list_open(self._database, day_of(now)) if step.kind is StepKind.ISOLATE else ()
        walk = next((one for one in out if any(each.visit == ladder.visit for each in one.children)), None)
        if walk is None:
            return ""
        if is_outdoors(walk.place) and not step.words:
            msg = (
                f"{ladder.name} {walk.started_at:%H:%M} 起在{walk.place}，还没有返回。"
                "请在说明里写谁带她回来的；保存后她离开队伍，返回时不再等她。"
            )
            raise FeverStepError(msg, field="words")
        return f"，{now:%H:%M} 离开{walk.place}的队伍"

    def _with_reason(self, ladder: Ladder, step: NewStep) -> NewStep:
        """Who was rung or takes her: nobody barred; who was reached is on file, or it is said why not."""
        if step.kind not in {StepKind.CALL, StepKind.COLLECTED}:
            return step
        today = day_of(self._clock())
        if words := barred_words(self._database, ladder.child, step.whom, today):
            raise FeverStepError(words, field="whom")
        if step.kind is not StepKind.CALL or not step.reached:
            return step
        named = Named(
            step.whom,
            step.reason,
            "请打给档案里的家长；只能打给此人的",
            FeverStepError,
            child_name=ladder.name,
        )
        words = with_reason(
            self._database,
            ladder.child,
            named,
            today,
            beside=step.words,
            of_what="家长的话",
            longest=LONGEST_TEXT,
        )
        return replace(step, words=words)

    def _require_day(self, actor: Actor, at: dt.datetime) -> None:
        if day_of(at) != day_of(self._clock()) and actor.role is not Role.DIRECTOR:
            raise FeverStepError("只能撤销今天的记录；以前的请园长更正。")


def fever_heats(ladders: tuple[Ladder, ...], logged: Iterable[Reading]) -> tuple[Reading, ...]:
    """What was measured in the course of fevers, by when and tenths of a degree, for the note."""
    known, found = _known_beginnings(ladders, logged), list[Reading]()
    for ladder in sorted(ladders, key=lambda one: one.started_at):
        if ladder.id not in known and not ladder.mistaken:
            found.append((ladder.started_at, ladder.tenths))
        steps = ladder.of(StepKind.RECHECK)
        found += [(step.at, step.tenths) for step in steps if step.tenths is not None]
    return tuple(found)


def fever_facts(ladders: tuple[Ladder, ...], logged: Iterable[Reading] = ()) -> tuple[str, ...]:
    """One sentence for each fever, without its full stop.

    A reading of the log or of a round is told there, under the minute it was taken: of a fever that began
    with one only what was done about it is left to tell. A first reading that holds no more is told where
    somebody acted on it, with what became of it; with nothing but a second one below the line there was none.
    """
    told, known = [], _known_beginnings(ladders, logged)
    for ladder in ladders:
        acted = any(step.reached or step.kind is StepKind.ISOLATE for step in ladder.steps)
        if ladder.mistaken and not (acted or ladder.confirmed):
            continue
        tells = acted if ladder.mistaken else ladder.id not in known
        parts = [f"{ladder.started_at:%H:%M} {ladder.begun_words}"] if tells else []
        for step in ladder.steps:
            at = f"{step.at:%H:%M}"
            if step.kind is StepKind.RECHECK and step.tenths is not None:
                parts.append(f"{at} 复测 {degrees(step.tenths)}")
            elif step.kind is StepKind.CALL and step.reached:
                parts.append(f"{at} 电话告诉了{step.whom}")
            elif step.kind is StepKind.ISOLATE:
                parts.append(f"{at} 起单独照看")
            elif step.kind is StepKind.BACK:
                parts.append(f"{at} 回到班里")
        told += ["，".join(parts)] if parts else []
    return tuple(told)


def _known_beginnings(ladders: tuple[Ladder, ...], logged: Iterable[Reading]) -> frozenset[FeverId]:
    """The fevers that began with a reading of the log or of a round.

    They have it twice, and there under another minute: one such reading answers for one beginning.
    """
    left, found = list(logged), set[FeverId]()
    again = {(step.at, step.tenths) for one in ladders for step in one.of(StepKind.RECHECK)}
    for ladder in sorted((one for one in ladders if not one.mistaken), key=lambda one: one.started_at):
        alike = [one for one in left if one[1] == ladder.tenths and one not in again]
        before = [one for one in alike if one[0] <= ladder.started_at]
        if alike:  # where its minute was corrected, it may stand in the log as taken later
            left.remove(max(before) if before else min(alike))
            found.add(ladder.id)
    return frozenset(found)
