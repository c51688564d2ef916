"""What medicine, fevers, injuries, wishes and counted heads put on the sheet of a shift; what goes home."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.domain.ids import ChildId, ClassId
from app.domain.intolerances import stop_words
from app.domain.logbook import degrees
from app.domain.medicine import Dose, DoseState, Request
from app.services.medicine_allergies import clashes
from app.store import day as days
from app.store import fever, headcounts, injuries, instructions, medicine, walks
from app.store.database import Database

if TYPE_CHECKING:
    from app.services.shifts import ShiftSources


def joined(database: Database) -> "ShiftSources":
    """The sources of one open file. Of suspected harm there is nothing: only two people may know of it."""
    from app.services.shifts import ShiftSources

    def inside(class_id: ClassId, day: dt.date) -> dict[ChildId, str]:
        return {
            stay.who.id: stay.who.name
            for stay in days.list_stays(database, day)
            if stay.class_id == class_id and stay.left_at is None
        }

    def medicine_lines(class_id: ClassId, day: dt.date) -> Sequence[str]:
        lines = []
        requests = [one for one in medicine.list_of_days(database, day, day) if one.class_id == class_id]
        clashing = clashes(database, requests)
        for one in requests:
            for dose in one.doses:  # what was given is told also when the bottle has gone home
                state = _state(one, dose, clashing.get(one.id, ()))
                lines.append(f"{one.name} {one.medicine} {one.dose} {state}")
        return lines

    def watch(class_id: ClassId, day: dt.date) -> Sequence[str]:
        names = inside(class_id, day)
        lines = [
            f"{one.name} 发热 {degrees(one.last_tenths)}，{one.started_at:%H:%M} 起，处理还没结束"
            for one in fever.list_open(database)
            if one.child in names
        ]
        for hurt in injuries.list_injuries(database, day, day):
            if hurt.told.child in names:
                waits = "" if hurt.telling is not None else "，家长还没告知"
                lines.append(f"{hurt.child_name} 今天有意外伤害登记{waits}，注意观察")
        return lines

    def wishes(class_id: ClassId, day: dt.date) -> Sequence[str]:
        names = inside(class_id, day)
        return [
            f"{names[one.child]}：{one.words}"
            for one in instructions.list_running(database, day)
            if one.child in names
        ]

    def counts(class_id: ClassId, day: dt.date) -> Sequence[str]:
        out = {
            walk.id
            for walk in walks.list_day(database, day)
            if any(one.class_id == class_id for one in walk.children)
        }
        return [
            f"{one.at:%H:%M} {one.stage.label}{one.place and ' ' + one.place}"
            f" 应 {one.expected} 实 {one.found}{one.reason and '（' + one.reason + '）'}"
            for one in sorted(headcounts.list_day(database, day), key=lambda one: (one.at, one.id))
            if one.class_id == class_id or one.walk in out
        ]  # as the day went, rounds and walks together

    return ShiftSources(medicine_lines, watch, wishes, counts)


def medicine_back(database: Database) -> Callable[[ChildId], Sequence[str]]:
    """What is given back to the family with a child: ``布洛芬混悬液 1 瓶``."""
    return lambda child: [one.medicine for one in medicine.list_held(database, child)]


def _state(request: Request, dose: Dose, held: Sequence[str]) -> str:
    if dose.state is DoseState.GIVEN and dose.at is not None:
        return f"{dose.at:%H:%M} 已喂"
    if dose.state is DoseState.SKIPPED:
        return f"{dose.due_at:%H:%M} 没喂：{dose.reason}"
    if request.returned and dose.state is DoseState.WAITING:  # taken back when the bottle had gone home
        why = "，".join(part for part in (dose.undone_words, f"药{request.returned}") if part)
        return f"{dose.due_at:%H:%M} 没喂：{why}"
    if held and dose.state is DoseState.WAITING:
        return f"{dose.due_at:%H:%M} 停喂，{stop_words(held)}"
    return f"{dose.due_at:%H:%M} {dose.home_words or request.ask_words(dose) or '待喂'}"
