"""家长嘱咐: taken down once, shown wherever the child comes, acknowledged by whoever reads it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.ids import ChildId, ClassId, InstructionId
from app.domain.instructions import (
    Category,
    GoneInstructionError,
    Instruction,
    InstructionError,
    NewInstruction,
    against_allergy,
    holds_on,
    reaches,
)
from app.domain.logbook import MealSlot
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.headcounts import inside_now
from app.services.scope import Scope
from app.services.told_adults import barred_words, is_on_file
from app.store import children, instructions, tables
from app.store.database import Clock, Database
from app.store.stamps import day_of

UNDO_ADD, UNDO_END = "instruction.add", "instruction.end"
LONGEST_WORDS = 120


@record
class ToHeed:
    """One instruction on a teacher's list; ``read`` says whether she has acknowledged it."""

    instruction: Instruction
    read: bool


class Instructions:
    """The verbs of what families ask for."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    # -- reading

    def for_child(
        self, actor: Actor, child: ChildId, on: dt.date | None = None, slot: MealSlot | None = None
    ) -> tuple[ToHeed, ...]:
        """What is to be heeded for one child on a day (today), at a meal or at all."""
        actor.require(Permission.READ)
        on = on or day_of(self._clock())
        return tuple(
            _heed(one, actor)
            for one in instructions.list_of(self._database, child)
            if holds_on(one, on) and reaches(one, slot)
        )

    def for_class(self, actor: Actor, class_id: ClassId, slot: MealSlot | None = None) -> tuple[ToHeed, ...]:
        """What is to be heeded for the children who are in a class now, however they came into it."""
        actor.require(Permission.READ)
        inside = [one.child for one in inside_now(self._database, self._clock()) if one.class_id == class_id]
        return self.for_children(actor, inside, slot)

    def for_children(
        self, actor: Actor, wanted: Sequence[ChildId], slot: MealSlot | None = None
    ) -> tuple[ToHeed, ...]:
        """What is to be heeded now for these children, in their order."""
        actor.require(Permission.READ)
        place = {child: at for at, child in enumerate(wanted)}
        found = [
            _heed(one, actor)
            for one in instructions.list_running(self._database, day_of(self._clock()))
            if one.child in place and reaches(one, slot)
        ]
        return tuple(sorted(found, key=lambda one: place[one.instruction.child]))

    def past(self, actor: Actor, child: ChildId) -> tuple[Instruction, ...]:
        """Every one there ever was for a child, the newest first.

        Raises:
            OtherClassError: she is of another class.
        """
        actor.require(Permission.SEE_HEALTH)
        Scope(self._database, self._clock).require(actor, child)
        return instructions.list_of(self._database, child)

    # -- acts

    def add(self, actor: Actor, new: NewInstruction) -> Done[InstructionId]:
        """Take down what a family asks for.

        What goes against an allergy of her file is a guardian's to say, and lifts nothing: the file stands
        until it is changed, and the words say so wherever they are read.

        Raises:
            InstructionError: no words, nobody who said it or somebody barred, one who may not say this, the
                child is unknown, or the last day has passed.
        """
        actor.require(Permission.RUN_CLASS)
        words = clean_text(new.words, "嘱咐", "words", longest=LONGEST_WORDS)
        told = clean_text(new.told_by, "谁说的", "told_by", longest=50)
        if not words:
            raise InstructionError("请写下家长嘱咐了什么。", field="words")
        if not told:
            raise InstructionError("请写明是谁说的，如 妈妈。", field="told_by")
        today = day_of(self._clock())
        if new.to_day is not None and new.to_day < max(today, new.from_day):
            raise InstructionError("截止日期已经过了，请核对。", field="date")
        slots = new.slots if new.category is Category.MEAL else ()
        child = children.find_child(self._database, new.child)
        if child is None:
            raise InstructionError("没有找到这个孩子的档案，请刷新后再试。")
        name = child.name
        if barred := barred_words(self._database, new.child, told, today, "说的不能记成家长嘱咐"):
            raise InstructionError(barred, field="told_by")
        if against := against_allergy(words, child.substances, tables.allergens()):
            if not is_on_file(self._database, new.child, told, today):
                msg = f"{name} 档案里有{against}过敏，“{told}”不是监护人。请打电话问监护人再记。"
                raise InstructionError(msg, field="told_by")
            words += f"（档案里仍是{against[:50]}过敏，照旧避开）"
        fresh = replace(new, words=words, told_by=told, slots=slots)
        with self._database.unit(actor.id, "add_instruction") as unit:
            key = instructions.add(unit, fresh, actor.id)
            # What a family asks for may be about health: the audit names the kind, not the words.
            unit.audit("instruction", key, f"{name} {new.category.label}嘱咐，{told}")
        return Done(key, _changes(new.child), Undo(UNDO_ADD, key, f"{name} 嘱咐"))

    def end(self, actor: Actor, key: InstructionId, reason: str = "") -> Done[None]:
        """It is not to be heeded any more; it stays on file.

        Raises:
            GoneInstructionError: it has ended.
        """
        actor.require(Permission.RUN_CLASS)
        why = clean_text(reason, "原因", "reason", longest=100)
        found = self._find(key)
        with self._database.unit(actor.id, "end_instruction") as unit:
            if not instructions.end(unit, key, why, actor.id):
                raise GoneInstructionError("这条嘱咐已经结束了。")
            unit.audit("instruction", key, f"{found.child_name} 嘱咐结束")
        label = f"{found.child_name} 嘱咐结束"
        return Done(None, _changes(found.child), Undo(UNDO_END, key, label))

    def acknowledge(self, actor: Actor, keys: Sequence[InstructionId]) -> Done[int]:
        """The actor has read these; returns how many were new to her.

        Raises:
            GoneInstructionError: one is unknown.
        """
        actor.require(Permission.RUN_CLASS)
        found = [self._find(key) for key in dict.fromkeys(keys)]
        fresh = [one for one in found if actor.id not in one.readers]
        if not fresh:
            return Done(0)
        with self._database.unit(actor.id, "read_instructions") as unit:
            for one in fresh:
                instructions.add_read(unit, one.id, actor.id)
            unit.audit("instruction", fresh[0].id, f"{actor.name} 已读 {len(fresh)} 条")
        touched = frozenset(one.child for one in fresh)
        return Done(len(fresh), Changes(frozenset({Topic.INSTRUCTIONS}), touched))

    # -- taking back

    def undo_add(self, actor: Actor, key: InstructionId) -> Done[None]:
        """It was taken down by mistake: it ends, and says so.

        Raises:
            GoneInstructionError: it has ended.
        """
        done = self.end(actor, key, "记错撤销")
        return Done(None, done.changes)

    def undo_end(self, actor: Actor, key: InstructionId) -> Done[None]:
        """It holds again.

        Raises:
            GoneInstructionError: it does.
        """
        actor.require(Permission.RUN_CLASS)
        found = self._find(key)
        with self._database.unit(actor.id, "undo_end_instruction") as unit:
            if not instructions.reopen(unit, key):
                raise GoneInstructionError("这条嘱咐还在，不用撤销。")
            unit.audit("instruction", key, f"{found.child_name} 嘱咐恢复")
        return Done(None, _changes(found.child))

    def _find(self, key: InstructionId) -> Instruction:
        found = instructions.find(self._database, key)
        if found is None:
            raise GoneInstructionError("没有找到这条嘱咐，请刷新后再试。")
        return found


def _heed(one: Instruction, actor: Actor) -> ToHeed:
    return ToHeed(one, actor.id in one.readers)


def _changes(child: ChildId) -> Changes:
    return Changes(frozenset({Topic.INSTRUCTIONS}), frozenset({child}))
