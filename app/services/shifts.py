"""交接班: the sheet fills itself, the heads must agree, two teachers sign, and what is open travels on.

What other parts know (medicine due, the family's instructions, heads counted on the way, fevers) comes in
through ``ShiftSources``; each of them is a function that returns lines.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.ids import ClassId, PointId, SheetId, StaffId
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.shifts import (
    LONGEST_POINT,
    CheckMark,
    Figures,
    Line,
    Point,
    Section,
    Sheet,
    ShiftError,
    check_heads,
    check_marks,
)
from app.domain.staff import Actor, Permission, Role
from app.reports.shift_sheet import ShiftPaper
from app.services.pins import Holder, Pins, Second
from app.services.scope import Scope
from app.services.sheet_drafts import SheetKind, end_sheet
from app.services.shift_facts import figures_of, own_lines
from app.store import centre, people, shifts
from app.store.centre import ClassGroup
from app.store.database import Clock, Database
from app.store.stamps import day_of

__all__ = ["ShiftDraft", "ShiftSources", "ShiftWish", "Shifts"]

_LONGEST_REMARK, _SHEETS = 500, "交接班表"
_APART = dt.timedelta(minutes=1)  # a key pressed twice is no second sheet
_MOST_ITEMS = 20
_LONGEST_ITEM = 100
_CHANGED = Changes(frozenset({Topic.NOTES}))

# Lines about one class on one day.
Source = Callable[[ClassId, dt.date], Sequence[str]]


def _nothing(_class_id: ClassId, _day: dt.date) -> Sequence[str]:
    return ()


@record
class ShiftSources:
    """What other parts put on the sheet; each is empty until somebody joins it.

    ``medicine``: given, and still to be given. ``watch``: fevers, injuries, children under observation.
    ``instructions``: what families asked for. ``counts``: heads counted at moves during the shift.
    """

    medicine: Source = _nothing
    watch: Source = _nothing
    instructions: Source = _nothing
    counts: Source = _nothing


@record
class ShiftDraft:
    """The sheet as it stands now, before anybody signs."""

    class_id: ClassId
    class_name: str
    day: dt.date
    figures: Figures
    lines: tuple[Line, ...]
    points: tuple[Point, ...]
    closed: tuple[Point, ...]  # closed today
    items: tuple[str, ...]  # the safety check list
    holders: tuple[Holder, ...]  # who may take over
    last: Sheet | None  # the last sheet signed for this class


@record
class ShiftWish:
    """What two teachers sign: heads counted, marks, words."""

    class_id: ClassId
    counted: int | None
    marks: tuple[CheckMark, ...] = ()
    reason: str = ""
    remark: str = ""


class Shifts:
    """The verbs of 交接班."""

    def __init__(
        self, database: Database, clock: Clock, pins: Pins, sources: ShiftSources | None = None
    ) -> None:
        self._database, self._clock, self._pins = database, clock, pins
        self._sources = sources or ShiftSources()
        self._scope = Scope(database, clock)

    # -- reading

    def draft(self, actor: Actor, class_id: ClassId) -> ShiftDraft:
        """The sheet of a class as it fills itself now.

        Raises:
            ShiftError: there is no such class today.
            OtherClassError: it is not one of hers.
        """
        actor.require(Permission.SEE_HEALTH)
        now = self._clock()
        today, group = day_of(now), self._group(class_id)
        self._scope.require_class(actor, class_id, _SHEETS)
        points = shifts.list_open_points(self._database, class_id)
        figures, lines = self._filled(class_id, now)
        before = [one for one in shifts.list_sheets(self._database, class_id, 10) if not one.void]
        return ShiftDraft(
            class_id,
            group.name,
            today,
            figures,
            lines,
            points,
            shifts.list_closed_points(self._database, class_id, today),
            shifts.list_check_items(self._database, today),
            self._takers(actor, class_id),
            before[0] if before else None,
        )

    def history(self, actor: Actor, class_id: ClassId | None = None) -> tuple[Sheet, ...]:
        """Signed sheets, newest first, void ones among them; of one class, or of all that are hers.

        Raises:
            OtherClassError: it is not one of hers.
        """
        actor.require(Permission.SEE_HEALTH)
        own = self._scope.classes(actor)
        if class_id is not None:
            self._scope.require_class(actor, class_id, _SHEETS)
        every = shifts.list_sheets(self._database, class_id)
        return tuple(one for one in every if own is None or one.class_id in own)

    def sheet(self, actor: Actor, sheet: SheetId) -> Sheet:
        """One sheet whole.

        Raises:
            ShiftError: there is none.
            OtherClassError: it is of none of her classes, and she did not sign it.
        """
        actor.require(Permission.SEE_HEALTH)
        found = self._find(sheet)
        if actor.name not in {found.given_by, found.taken_by}:
            self._scope.require_class(actor, found.class_id, _SHEETS)
        return found

    def paper(self, actor: Actor, sheet: SheetId) -> ShiftPaper:
        """The sheet on paper (交接班表), frozen, with what has become of its points since.

        Raises:
            ShiftError: there is none.
        """
        found = self.sheet(actor, sheet)
        place = centre.find_centre(self._database)
        settled = tuple(self._fate(line) if line.point is not None else line for line in found.lines)
        return ShiftPaper(
            centre="" if place is None else place.name,
            sheet=replace(found, lines=settled),
            practice=place is not None and place.practice,
        )

    # -- points

    def add_point(self, actor: Actor, class_id: ClassId, words: str) -> Done[PointId]:
        """Open a point: something to be done, or asked, or watched.

        Raises:
            ShiftError: nothing is said, or it is open already.
        """
        actor.require(Permission.SIGN_NOTE)
        group = self._group(class_id)
        said = clean_text(words, "未了事项", "point", LONGEST_POINT)
        if not said:
            raise ShiftError("请写下要交给下一班的事。", field="point")
        if any(one.words == said for one in shifts.list_open_points(self._database, class_id)):
            raise ShiftError("这件事已经在未了事项里了。", field="point")
        with self._database.unit(actor.id, "open_point") as unit:
            key = shifts.add_point(unit, class_id, said, actor.id)
            unit.audit("shift_point", key, f"{group.name} {said}")
        return Done(key, _CHANGED, Undo("shift.point", key, f"未了事项：{_short(said)}"))

    def undo_point(self, actor: Actor, point: PointId) -> Done[None]:
        """It was opened by mistake. Once it has stood on a sheet it can only be closed.

        Raises:
            ShiftError: it is closed, taken back, or on a signed sheet.
        """
        actor.require(Permission.SIGN_NOTE)
        kept = self._open_point(point)
        if kept.sheets:
            raise ShiftError("这件事已经写进签过字的交接班表，只能办结，不能撤销。")
        with self._database.unit(actor.id, "undo_point") as unit:
            shifts.reverse_point(unit, point, actor.id)
            unit.audit("shift_point", point, kept.words)
        return Done(None, _CHANGED)

    def close_point(self, actor: Actor, point: PointId, words: str) -> Done[None]:
        """A point is done: how, by whom, when.

        Raises:
            ShiftError: it is closed already, or nobody says how.
        """
        actor.require(Permission.SIGN_NOTE)
        kept = self._open_point(point)
        how = clean_text(words, "办结情况", "outcome", LONGEST_POINT)
        if not how:
            raise ShiftError("请写一句是怎么办结的。", field="outcome")
        with self._database.unit(actor.id, "close_point") as unit:
            shifts.close_point(unit, point, how, actor.id)
            unit.audit("shift_point", point, f"{kept.words} → {how}")
        return Done(None, _CHANGED, Undo("shift.point_closed", point, f"办结：{_short(kept.words)}"))

    def reopen(self, actor: Actor, point: PointId) -> Done[None]:
        """It is not done after all: it travels on.

        Raises:
            ShiftError: it is open.
        """
        actor.require(Permission.SIGN_NOTE)
        kept = shifts.find_point(self._database, point)
        if kept is None or kept.closing is None:
            raise ShiftError("这件事没有办结，不用撤销。")
        with self._database.unit(actor.id, "reopen_point") as unit:
            shifts.reopen_point(unit, point, actor.id)
            unit.audit("shift_point", point, kept.words)
        return Done(None, _CHANGED)

    # -- signing

    def sign(self, actor: Actor, wish: ShiftWish, taker: Second | None) -> Done[SheetId]:
        """Both sign: the actor hands over, ``taker`` takes over with the PIN of her own.

        The sheet keeps figures and lines as they are at this moment; open points go on to the next one.

        Raises:
            HeadsDifferError: the count does not agree with in minus out, and no reason is given.
            ShiftError: nobody counted, an item of the check list was not looked at, neither of the two is of
                the class, or a sheet was signed a minute ago.
            SecondPersonError: nobody takes over, the same person does, or somebody who may not.
            WrongPinError: the PIN is not hers, locked, or there is none.
        """
        actor.require(Permission.SIGN_NOTE)
        group, now = self._group(wish.class_id), self._clock()
        figures, lines = self._filled(wish.class_id, now)
        reason = clean_text(wish.reason, "原因", "reason", LONGEST_POINT)
        remark = clean_text(wish.remark, "补充", "remark", _LONGEST_REMARK)
        marks = tuple(
            replace(mark, note=clean_text(mark.note, mark.item, "checks", LONGEST_POINT))
            for mark in wish.marks
        )
        check_heads(figures.present, wish.counted, reason)
        items = shifts.list_check_items(self._database, day_of(now))
        check_marks(items, marks)
        person = self._pins.confirm(actor, taker, Permission.SIGN_NOTE)
        if not person.may(Permission.SIGN_NOTE):
            msg = f"{person.name}（{person.role.label}）不带班，不能接班。请接班的老师来签。"
            raise ShiftError(msg, field="second")
        if not any(_holds(one, wish.class_id) for one in (actor, person)):
            msg = f"交接的两个人里至少要有一位是{group.name}的老师或园长，请换人。"
            raise ShiftError(msg, field="second")
        last = next(iter(shifts.list_sheets(self._database, wish.class_id, 1)), None)
        if last is not None and not last.void and now - last.signed_at < _APART:
            msg = (
                f"{last.signed_at:%H:%M} 刚签过一张交接班表（{last.given_by} → {last.taken_by}），不用再签。"
            )
            raise ShiftError(msg)
        counted = wish.counted if wish.counted is not None else figures.present
        with self._database.unit(actor.id, "sign_shift") as unit:
            key = shifts.add_sheet(
                unit, wish.class_id, day_of(now), figures, counted, reason, remark, actor.id, person.id
            )
            for point in shifts.list_open_points(unit, wish.class_id):
                lines = (*lines, Line(Section.POINT, point.words, point.id))
            for line in lines:
                shifts.add_line(unit, key, line)
            for mark in marks:
                if mark.item in items:
                    shifts.add_check(unit, key, mark)
            unit.audit("shift_sheet", key, f"{group.name} {counted} 人 {actor.name} → {person.name}")
            end_sheet(unit, actor, SheetKind.SHIFT, wish.class_id)
        label = f"{group.name} 交接班：{actor.name} → {person.name}"
        return Done(key, _CHANGED, Undo("shift.sheet", key, label))

    def void(self, actor: Actor, sheet: SheetId) -> Done[None]:
        """Declare today's sheet void: it was signed by mistake. It stays in the history as such.

        Raises:
            ShiftError: there is none, it is void, it is of another day, or the actor has no part in it.
        """
        actor.require(Permission.SIGN_NOTE)
        kept = self._find(sheet)
        if kept.void:
            raise ShiftError("这张交接班表已经作废了。")
        if kept.day != day_of(self._clock()):
            raise ShiftError("只能作废当天的交接班表。要更正，请在今天的表里补充说明。")
        if not _holds(actor, kept.class_id) and actor.name not in {kept.given_by, kept.taken_by}:
            msg = f"这张表由签字的{kept.given_by}、{kept.taken_by}，或{kept.class_name}的老师、园长作废。"
            raise ShiftError(msg)
        with self._database.unit(actor.id, "void_shift") as unit:
            shifts.reverse_sheet(unit, sheet, actor.id)
            unit.audit("shift_sheet", sheet, f"{kept.class_name} {kept.given_by} → {kept.taken_by}")
        return Done(None, _CHANGED)

    def set_check_items(self, actor: Actor, items: Sequence[str]) -> Done[None]:
        """The centre's own safety check list, from the next sheet on; an empty one goes back to the default.

        Raises:
            ShiftError: the same item twice, or too many.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        clean = [clean_text(one, "检查项目", "items", _LONGEST_ITEM) for one in items]
        kept = [one for one in clean if one]
        if len(set(kept)) < len(kept):
            raise ShiftError("检查项目有重复的，请删去一条。", field="items")
        if len(kept) > _MOST_ITEMS:
            msg = f"检查项目最多 {_MOST_ITEMS} 条，多了就没有人认真看。"
            raise ShiftError(msg, field="items")
        with self._database.unit(actor.id, "set_shift_checks") as unit:
            shifts.set_check_items(unit, kept, actor.id)
            unit.audit("shift_check_item", None, "、".join(kept)[:200] or "用回默认清单")
        return Done(None, _CHANGED)

    # -- parts

    def _filled(self, class_id: ClassId, now: dt.datetime) -> tuple[Figures, tuple[Line, ...]]:
        today, sources = day_of(now), self._sources
        figures, away = figures_of(self._database, class_id, now)
        lines = [*away, *own_lines(self._database, class_id, today)]
        for section, source in (
            (Section.MEDICINE, sources.medicine),
            (Section.WATCH, sources.watch),
            (Section.INSTRUCTION, sources.instructions),
            (Section.COUNT, sources.counts),
        ):
            lines += [Line(section, words) for words in source(class_id, today) if words.strip()]
        order = list(Section)
        return figures, tuple(sorted(lines, key=lambda line: order.index(line.section)))

    def _takers(self, actor: Actor, class_id: ClassId) -> tuple[Holder, ...]:
        """Who may take over: teachers and the director, those of the class first; not who hands over."""
        mine = {
            one.id: one.class_id == class_id
            for one in people.list_staff(self._database, day_of(self._clock()))
        }
        found = [
            one
            for one in self._pins.holders(actor)
            if one.actor.id != actor.id and one.actor.may(Permission.SIGN_NOTE)
        ]
        return tuple(sorted(found, key=lambda one: not mine.get(StaffId(one.actor.id), False)))

    def _fate(self, line: Line) -> Line:
        point = None if line.point is None else shifts.find_point(self._database, line.point)
        if point is None or point.closing is None:
            return line
        closing = point.closing
        return replace(
            line, words=f"{line.words}（{closing.at:%m-%d %H:%M} {closing.by}办结：{closing.words}）"
        )

    def _open_point(self, point: PointId) -> Point:
        kept = shifts.find_point(self._database, point)
        if kept is None or kept.closing is not None:
            raise ShiftError("这件事已经办结或撤销了，请刷新后再看。")
        return kept

    def _find(self, sheet: SheetId) -> Sheet:
        found = shifts.find_sheet(self._database, sheet)
        if found is None:
            raise ShiftError("没有找到这张交接班表，请刷新后再试。")
        return found

    def _group(self, class_id: ClassId) -> ClassGroup:
        groups = centre.list_classes(self._database, day_of(self._clock()))
        found = next((one for one in groups if one.id == class_id), None)
        if found is None:
            raise ShiftError("没有找到这个班，请在上面选一个班。")
        return found


def _holds(person: Actor, class_id: ClassId) -> bool:
    """Whether she answers for a class: its teachers, who belongs to none, and the director."""
    return person.role is Role.DIRECTOR or person.class_id in {None, class_id}


def _short(words: str) -> str:
    return words if len(words) <= 14 else f"{words[:14]}…"
