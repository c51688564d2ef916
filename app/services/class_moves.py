"""转班 of several children at once: what it would do, then all or nothing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from app.domain.ages import months_between
from app.domain.changes import Changes, Done, Undo
from app.domain.classes import carers_needed
from app.domain.errors import RuleError
from app.domain.ids import ChildId, ClassId, StepId
from app.domain.life import Life, LifeError, Owner, Step, StepKind, check_step
from app.domain.ratio import ratio_words
from app.domain.record import record
from app.domain.seats import holds_of
from app.domain.staff import Actor, Permission
from app.services.admission_rules import Seating, find_group, fits_age, require_age, require_not_come
from app.services.admissions import TOPICS, StepWish, fill, keep_contracts
from app.services.booking_ends import end_by_step
from app.services.carers import counting_shifts
from app.services.illness_gate import require_open_class
from app.services.pins import Pins
from app.store import applicants, centre, day, life, tables
from app.store.centre import ClassGroup
from app.store.database import Clock, Database
from app.store.stamps import day_of


@record
class Effect:
    """One class before and after. ``ratio`` is of children by contract to carers by the roster of the day."""

    name: str
    seats_before: int
    seats_after: int
    limit: int
    ratio: str
    carers: int
    needed: int

    @property
    def words(self) -> str:
        """抱抱龙 19 → 21 / 20（按合同师生比 1 : 7.0，需 3 人，排班 3 人）."""
        return (
            f"{self.name} {self.seats_before} → {self.seats_after} / {self.limit} 座"
            f"（按合同 {self.ratio}，需 {self.needed} 人，排班 {self.carers} 人）"
        )


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
        effects = self._effects(moves, group, on_day, today)
        warnings += [
            f"{one.name}排班少 {one.needed - one.carers} 人。" for one in effects if one.needed > one.carers
        ]
        return MovePreview(effects, tuple(warnings), refusal)

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

        ``own_pin`` is the director's, where she moves them into a class under observation.

        Raises:
            ObservationError: the class is under observation, and no director says why.
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
        overruled = require_open_class(self._database, class_id, on_day, actor, reason)
        if overruled:
            self._pins.prove_own(actor, own_pin)
        first: StepId | None = None
        also = ""
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
        who = moves[0].name if len(moves) == 1 else f"{moves[0].name}等 {len(moves)} 人"
        named = frozenset(one.owner.child for one in moves if one.owner.child is not None)
        key = first or StepId(0)
        return Done(key, Changes(TOPICS, named), Undo("life.step", key, f"{who} 转班"), also=also)

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

    def _effects(
        self, moves: Sequence[_Move], group: ClassGroup, on_day: dt.date, today: dt.date
    ) -> tuple[Effect, ...]:
        before = Seating(self._database, today)
        touched = {one.life.place() for one in moves}
        from_ids = {place.class_id for place in touched if place is not None}
        shifts = counting_shifts(self._database, on_day)
        expected = {one.who.id: one for one in day.list_contracted(self._database, on_day)}
        moved = {one.owner.child for one in moves}
        found = []
        for one in centre.list_classes(self._database, on_day):
            if one.id != group.id and one.id not in from_ids:
                continue
            room = before.room(one, on_day)
            born = [
                who.who.born_on
                for child, who in expected.items()
                if who.class_id == one.id and child not in moved
            ]
            delta = -sum(move.life.place() is not None and _class_of(move) == one.id for move in moves)
            if one.id == group.id:
                born += [move.born for move in moves]
                delta += len(moves)
            ages = [months_between(when, on_day) for when in born]
            carers = len({shift.staff for shift in shifts if shift.class_id == one.id})
            needed = carers_needed(one.kind, ages, tables.ratio_rules(on_day))
            found.append(
                Effect(one.name, room.taken, room.taken + delta, room.limit, ratio_words(len(ages), carers),
                       carers, needed)
            )  # fmt: skip
        return tuple(found)


def _class_of(move: _Move) -> ClassId | None:
    place = move.life.place()
    return None if place is None else place.class_id
