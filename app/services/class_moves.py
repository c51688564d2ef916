"""转班 of several children at once: what it would do, then all or nothing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from app.domain.changes import Changes, Done, Undo
from app.domain.errors import RuleError
from app.domain.ids import ChildId, ClassId, StepId
from app.domain.life import Life, LifeError, Owner, Step, StepKind, check_step
from app.domain.record import record
from app.domain.seats import holds_of
from app.domain.staff import Actor, Permission
from app.services.admission_rules import Seating, find_group, fits_age, require_age, require_not_come
from app.services.admissions import TOPICS, StepWish, fill, keep_contracts
from app.services.booking_ends import end_by_step
from app.services.carer_hours import (
    Judged,
    broken_words,
    days_to_judge,
    judge,
    moved_to,
    require_carers,
    unrostered_words,
    who_words,
    worst_day,
)
from app.services.illness_gate import require_open_class
from app.services.pins import Pins
from app.store import applicants, centre, life
from app.store.centre import ClassGroup
from app.store.database import Clock, Database
from app.store.stamps import day_of


@record
class Effect:
    """One class before and after, with its worst hour: who comes at once, by contract or booked."""

    name: str
    seats_before: int
    seats_after: int
    limit: int
    worst: str  # 12月5日（周五） 12:00–13:00 8 人、2 名老师，余 1; empty where it has no open day

    @property
    def words(self) -> str:
        """抱抱龙 19 → 21 / 20 座（最紧：12月5日（周五） 12:00–13:00 18 人、3 名老师，余 2）."""
        worst = f"（最紧：{self.worst}）" if self.worst else ""
        return f"{self.name} {self.seats_before} → {self.seats_after} / {self.limit} 座{worst}"


@record
class MovePreview:
    """What a batch would do. ``refusal`` is the sentence that would come; empty when it can be done."""

    effects: tuple[Effect, ...]
    warnings: tuple[str, ...]
    refusal: str


@record
class _Move:
    owner: Owner
    life: Life
    name: str
    born: dt.date
    step: Step
    wish: StepWish


class ClassMoves:
    """The verbs of 转班 in a batch."""

    def __init__(self, database: Database, clock: Clock, pins: Pins) -> None:
        self._database, self._clock, self._pins = database, clock, pins

    def preview(
        self, actor: Actor, chosen: Sequence[ChildId], class_id: ClassId, on_day: dt.date, reason: str = ""
    ) -> MovePreview:
        """What moving them would do to seats and ratio, before anything is done."""
        actor.require(Permission.ADMIT)
        today = day_of(self._clock())
        refusal, warnings = "", []
        try:
            moves = self._moves(chosen, class_id, on_day, reason or "预览")
            self._require(moves, class_id, on_day, today)
            require_open_class(self._database, class_id, on_day, actor, reason)
        except RuleError as error:
            return MovePreview((), (), error.sentence)
        group = find_group(self._database, class_id, on_day)
        if too := [one.name for one in moves if not fits_age(group, one.born, on_day)]:
            warnings.append(f"不在{group.kind.label}月龄段：{'、'.join(too)}，需写明理由。")
        judged = self._judge(moves, class_id, on_day)
        if told := broken_words(one for one in judged if one.rostered):
            warnings.append(f"老师不够：{told}确实要办，须由园长写明理由。")
        if told := unrostered_words(judged):
            warnings.append(told)
        return MovePreview(self._effects(moves, group, on_day, today, judged), tuple(warnings), refusal)

    def move(
        self,
        actor: Actor,
        chosen: Sequence[ChildId],
        class_id: ClassId,
        on_day: dt.date,
        reason: str,
        own_pin: str = "",
    ) -> Done[StepId]:
        """Move all of them or none, in one unit of work with one undo.

        ``own_pin`` is the director's, where she moves them into a class under observation, or one whose
        rostered carers are too few at some hour.

        Raises:
            ObservationError: the class is under observation, and no director says why.
            NoCarerError: at some hour the rostered carers would be too few, and no director says why.
            SecondPersonError, WrongPinError: the director says why, and has not typed her PIN.
            LifeError: nobody is chosen, or one of them cannot move on that day.
            NoSeatError, WrongAgeForClassError, NoSuchClassError: the class cannot take one of them.
        """
        actor.require(Permission.ADMIT)
        today = day_of(self._clock())
        moves = self._moves(chosen, class_id, on_day, reason)
        self._require(moves, class_id, on_day, today)
        group = find_group(self._database, class_id, on_day)
        for one in moves:
            require_age(group, one.born, on_day, reason)
        names = [one.name for one in moves]
        judged = self._judge(moves, class_id, on_day)
        overruled = " ".join(
            why
            for why in (
                require_open_class(self._database, class_id, on_day, actor, reason),
                require_carers(judged, who_words(names), actor, reason),
            )
            if why
        )
        if overruled:
            self._pins.prove_own(actor, own_pin)
        first: StepId | None = None
        also = unrostered_words(judged)
        with self._database.unit(actor.id, "move_classes") as unit:
            for one in moves:
                step = replace(one.step, batch=first)
                key = life.add_step(unit, one.owner, step, actor.id)
                first = first or key
                keep_contracts(unit, one.owner, key, step, one.wish)
                unit.audit("life", key, f"{one.name} 转班 {group.name} {on_day}")
                also += end_by_step(unit, one.owner.child, step, actor.id)
            if overruled:
                unit.audit("override", first, overruled)
        named = frozenset(one.owner.child for one in moves if one.owner.child is not None)
        key = first or StepId(0)
        return Done(
            key, Changes(TOPICS, named), Undo("life.step", key, f"{who_words(names)} 转班"), also=also
        )

    def _moves(
        self, chosen: Sequence[ChildId], class_id: ClassId, on_day: dt.date, reason: str
    ) -> tuple[_Move, ...]:
        if not chosen:
            raise LifeError("请先选中要转班的孩子（空格键勾选）。")
        today = day_of(self._clock())
        names, lives = applicants.list_children(self._database), life.list_lives(self._database)
        by_child = {owner.child: (owner, found) for owner, found in lives.items()}
        wish = StepWish(StepKind.MOVE, on_day, class_id, reason=reason)
        made = []
        for child in dict.fromkeys(chosen):
            owner, found = by_child.get(child, (Owner(child=child), Life()))
            name, born = names.get(child, ("这个孩子", on_day))
            step = fill(found, wish)
            try:
                check_step(found, step, today)
                require_not_come(self._database, child, name, step, today)
            except LifeError as error:
                msg = f"{name}：{error.sentence}"
                raise LifeError(msg, field=error.field) from error
            made.append(_Move(owner, found, name, born, step, wish))
        return tuple(made)

    def _require(self, moves: Sequence[_Move], class_id: ClassId, on_day: dt.date, today: dt.date) -> None:
        find_group(self._database, class_id, on_day)
        asked = [hold for one in moves for hold in holds_of(Life((*one.life.steps, one.step)), today)]
        seating = Seating(self._database, today, [one.owner for one in moves])
        seating.require(asked, centre.list_classes(self._database, on_day))

    def _judge(self, moves: Sequence[_Move], class_id: ClassId, on_day: dt.date) -> tuple[Judged, ...]:
        """Every class that they leave or come to, by hour, with them moved."""
        classes = {class_id} | {left for one in moves if (left := _class_of(one)) is not None}
        children = {one.owner.child for one in moves if one.owner.child is not None}
        since = max(on_day, day_of(self._clock()))
        days = days_to_judge(self._database, classes, since)
        change = moved_to(children, class_id, on_day)
        return judge(self._database, self._clock(), days, classes, after=change)

    def _effects(
        self,
        moves: Sequence[_Move],
        group: ClassGroup,
        on_day: dt.date,
        today: dt.date,
        judged: Sequence[Judged],
    ) -> tuple[Effect, ...]:
        before = Seating(self._database, today)
        from_ids = [_class_of(one) for one in moves]
        found = []
        for one in centre.list_classes(self._database, on_day):
            if one.id != group.id and one.id not in from_ids:
                continue
            room = before.room(one, on_day)
            delta = (len(moves) if one.id == group.id else 0) - from_ids.count(one.id)
            worst = worst_day(each for each in judged if each.group.id == one.id)
            found.append(Effect(one.name, room.taken, room.taken + delta, room.limit, worst))
        return tuple(found)


def _class_of(move: _Move) -> ClassId | None:
    place = move.life.place()
    return None if place is None else place.class_id
