"""The papers of injuries, illness and registers, frozen. Of suspected harm there is no paper at all."""

import datetime as dt
from collections.abc import Iterable

from app.domain.ages import age_words
from app.domain.ids import ClassId, InjuryId
from app.domain.illness import Disease
from app.domain.injuries import names_of, without_names
from app.domain.registers import RegisterError
from app.domain.staff import Actor, Permission
from app.reports.injury_notice import InjuryNotice
from app.reports.register_table import RegisterTable, TableColumn, day_columns
from app.reports.sheets import Sheet, SheetColumn
from app.services.injuries import view_of
from app.services.injury_facts import regions_words
from app.services.month import find_open
from app.services.register_grid import Grid, hour_of
from app.services.registers import Entry, MonthView, Registers, month_days
from app.services.scope import Scope
from app.store import centre, health_rules, illness, injuries
from app.store.database import Clock, Database
from app.store.day import list_stays
from app.store.illness import Case
from app.store.injuries import Injury
from app.store.stamps import day_of

_SEXES = {"f": "女", "m": "男"}
_NOT_FOR_FAMILIES = frozenset({"另一个孩子", "填表人", "当班责任人", "转归"})
_TICKED, _SUSPECTED = "√", "√疑"
_MARKS = "√ 做了一次，数字是这一天做了几次。灰底是休息日。"


class HealthForms:
    """One method a paper. Each needs SEE_HEALTH: what it shows is on the screen already."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._scope = Scope(database, clock)

    def injury_notice(self, actor: Actor, injury: InjuryId) -> InjuryNotice:
        """For the family: no other child's name, neither chosen nor written into the story."""
        actor.require(Permission.SEE_HEALTH)
        kept = injuries.find_injury(self._database, injury)
        if kept is None:
            raise LookupError(injury)
        if kept.told.duty != actor.id:
            self._scope.require(actor, kept.told.child)
        place = centre.find_centre(self._database)
        view = view_of(kept)
        code = f"{kept.told.kind} "  # the register's number says nothing to a family
        telling, signature = kept.telling, kept.signature
        told = (
            ""
            if telling is None or telling.told_at is None
            else f"{telling.told_at.month}月{telling.told_at.day}日 {telling.told_at:%H:%M}"
            f" 已告知{telling.whom}"
        )
        return InjuryNotice(
            centre="" if place is None else place.name,
            child=kept.child_name,
            class_name=kept.told.class_name,
            day=kept.told.day,
            lines=tuple(
                (label, self._unnamed(kept, words.removeprefix(code) if label == "类型" else words))
                for label, words in view.lines
                if label not in _NOT_FOR_FAMILIES
            ),
            additions=tuple(self._unnamed(kept, words) for words in view.additions),
            signed_by="" if signature is None else signature.by,
            told=told,
            made_on=day_of(self._clock()),
            phone="" if place is None else place.phone,
            practice=place is not None and place.practice,
        )

    def injury_register(self, actor: Actor, month: str) -> RegisterTable:
        """儿童伤害登记 (表9) of a month; another child is not named on it either."""
        actor.require(Permission.SEE_HEALTH)
        first, last = month_days(month)
        kept = sorted(
            self._scope.own(
                actor,
                injuries.list_injuries(self._database, first, last),
                lambda one: one.told.child,
                by=lambda one: one.told.duty == actor.id,
            ),
            key=lambda one: (one.told.day, one.told.minute),
        )
        heads = (
            ("姓名", 7.2), ("性别", 3), ("年龄", 5), ("班级", 5), ("日期", 4.4), ("时间", 4.2),
            ("当班责任人", 5), ("填表人", 5), ("类型", 8),
            ("地点", 6), ("活动", 6), ("和谁", 5), ("处理", 7), ("诊断", 6),
            ("休息天数", 3.6), ("转归", 5), ("经过", 18.8),
        )  # fmt: skip
        rows = tuple(self._injury_row(one) for one in kept)
        return self._table(
            actor, "儿童伤害登记表", month, heads, rows, form="表9", tight=True,
            source="托儿所幼儿园卫生保健工作规范 附件4",
        )  # fmt: skip

    def illness_register(self, actor: Actor, month: str) -> RegisterTable:
        """传染病登记 (表4) of a month: one column for each illness of the table, ticked."""
        actor.require(Permission.SEE_HEALTH)
        first, last = month_days(month)
        table = [one for one in health_rules.diseases(self._database, last) if one.infectious]
        codes = {one.code for one in table}
        cases = self._scope.own(
            actor, illness.list_cases(self._database, first, last), lambda one: one.told.child
        )
        kept = [one for one in cases if one.told.disease in codes]
        kept.sort(key=lambda one: (one.told.onset_on, one.id))
        heads = (
            ("序号", 2.4), ("班级", 5), ("姓名", 5.4), ("性别", 2.6), ("年龄", 5), ("发病日期", 5),
            ("诊断日期", 5),
            ("诊断单位", 8), *((one.short, 3.2) for one in table), ("离园日期", 5), ("返园日期", 5),
        )  # fmt: skip
        rows = tuple(_case_row(at, one, table) for at, one in enumerate(kept, 1))
        notes = tuple(f"{one.child_name}：{one.told.detail}" for one in kept if one.told.detail)
        if not all(one.told.confirmed for one in kept):
            notes = (f"{_SUSPECTED} 为疑似，还没有诊断。", *notes)
        return self._table(
            actor, "传染病登记表", month, heads, rows, form="表4", tight=True, notes=notes, reference=True,
            source="托儿所幼儿园卫生保健工作规范 附件4",
        )  # fmt: skip

    def register(self, actor: Actor, key: str, month: str, class_id: ClassId | None = None) -> RegisterTable:
        """A month of any register kept in rounds.

        Raises:
            RegisterError: there is no such register, or the class was not open in that month.
        """
        view = Registers(self._database, self._clock).month(actor, key, month, class_id)
        if view.group is not None and class_id not in {None, view.group.id}:
            raise RegisterError("这个班那个月还没有开或已经结束，没有登记可打印。请重新选班或月份。")
        spec = view.spec
        heads, rows = (_grid_table if view.grid is not None else self._list_table)(view)
        where = "全园" if view.group is None else _class_words(view.group.name)
        notes = () if view.grid is None else _often_notes(view.grid)
        span = () if view.grid is None else view.grid.days
        joined = ("　".join(notes), _MARKS, *_tick_notes(view)) if notes else ()
        return self._table(
            actor, f"{spec.title}{'记录' if spec.form else '登记'}", month, heads, rows, form=spec.form,
            where=where, days=day_columns(span, find_open(self._database, span), 2.0),
            source=spec.source.partition("：")[0], notes=joined, reference=spec.reference,
            tight=view.grid is not None, least=0 if view.grid is not None else 8,
        )  # fmt: skip

    def sheet(self, table: RegisterTable) -> Sheet:
        """The same as a table for Excel."""
        columns = tuple(SheetColumn(one.title, width=max(6, round(one.share * 2.4))) for one in table.columns)
        return Sheet(
            f"{table.title} {table.where} {table.month}".replace("  ", " "),
            columns,
            table.rows,
            personal=True,
        )

    def _table(
        self,
        actor: Actor,
        title: str,
        month: str,
        heads: tuple[tuple[str, float], ...],
        rows: tuple[tuple[str, ...], ...],
        days: Iterable[TableColumn] = (),
        **more: object,
    ) -> RegisterTable:
        place = centre.find_centre(self._database)
        columns = tuple(
            TableColumn(head, share, "center" if share < 3 else "left") for head, share in heads
        ) + tuple(days)
        return RegisterTable(
            centre="" if place is None else place.name,
            title=title,
            month=month,
            columns=columns,
            rows=rows,
            made_on=day_of(self._clock()),
            made_by=actor.name,
            practice=place is not None and place.practice,
            **more,  # type: ignore[arg-type]
        )

    def _injury_row(self, one: Injury) -> tuple[str, ...]:
        codes, told = health_rules.injury_codes(one.told.day), one.told
        kind = f"{told.kind} {codes.words('subtype', told.subtype) or codes.words('kind', told.kind)}"
        where = regions_words(told.regions, told.day)
        story = f"{told.story}（{where}）" if where else told.story
        coded = ((name, getattr(told, name)) for name in ("place", "activity", "company", "handling"))
        return (
            one.child_name, _SEXES.get(one.sex or "", ""), age_words(one.born_on, told.day), told.class_name,
            f"{told.day:%m-%d}", f"{told.minute // 60:02d}:{told.minute % 60:02d}", one.duty_name,
            one.noted_by,
            kind.partition("（")[0], *(f"{code} {codes.words(name, code)}" for name, code in coded),
            self._unnamed(one, told.diagnosis), "" if told.rest_days is None else str(told.rest_days),
            codes.words("outcome", told.outcome), self._unnamed(one, story),
        )  # fmt: skip

    def _unnamed(self, one: Injury, words: str) -> str:
        """Words without the name or nickname of any other child; nor 予晴 alone, for those of that day."""
        near = {stay.who.id for stay in list_stays(self._database, one.told.day)} | {one.told.other}
        own, others = list[str](), list[str]()
        for child, name, nickname in injuries.list_names(self._database):
            if child == one.told.child:
                own += names_of(name, nickname)
            else:
                others += names_of(name, nickname) if child in near else (name, nickname)
        return without_names(words, own, others)

    def _list_table(
        self, view: MonthView
    ) -> tuple[tuple[tuple[str, float], ...], tuple[tuple[str, ...], ...]]:
        spec = view.spec
        first, last = month_days(view.month)
        kept = sorted(
            (one.entry for one in view.entries if first <= one.entry.told.day <= last),
            key=lambda one: (one.told.day, one.id),
        )
        heads: list[tuple[str, float]] = [("日期", 5)]
        for column in spec.columns:
            heads.append((column.label, _share(column.kind)))
            if column.kind == "child" and spec.form == "表5":
                heads += [("班级", 5), ("性别", 2.8), ("出生日期", 6)]
        heads.append(("登记人", 5))
        rows = []
        for one in kept:
            row = [f"{one.told.day:%m-%d}"]
            for column in spec.columns:
                value = one.child_name if column.kind == "child" else one.answer(column.name)
                row.append(_short_moment(value) if column.kind == "moment" else value)
                if column.kind == "child" and spec.form == "表5":
                    row += self._about(one.told.child, one.told.day)
            rows.append((*row, one.noted_by))
        return tuple(heads), tuple(rows)

    def _about(self, child: object, day: dt.date) -> list[str]:
        """Class, sex and birth date of a child, as 表5 asks."""
        from app.store import children

        found = None if child is None else children.find_child(self._database, child)  # type: ignore[arg-type]
        if found is None:
            return ["", "", ""]
        _, class_name = illness.find_class_on(self._database, found.id, day)
        return [class_name, _SEXES.get(found.sex or "", ""), f"{found.born_on:%Y-%m-%d}"]


def _grid_table(view: MonthView) -> tuple[tuple[tuple[str, float], ...], tuple[tuple[str, ...], ...]]:
    grid = view.grid
    if grid is None:
        return (), ()
    heads = (("项目", 7.0), ("方法、浓度、时长", 15.0))
    rows = []
    for item in grid.items:
        known = dict(item.defaults)
        minutes = f"{known['minutes']}分钟" if known.get("minutes") else ""
        method = " ".join(part for part in (known.get("method"), known.get("strength"), minutes) if part)
        marks = (_mark(len(grid.ticks.get((item.code, day), ()))) for day in grid.days)
        rows.append((item.label, method, *marks))
    people = []
    for day in grid.days:
        ticked = {one.noted_by for (_, on), cell in grid.ticks.items() if on == day for one in cell}
        people.append("、".join(sorted(name[:1] for name in ticked)))
    rows.append(("执行人（姓）", "", *people))
    return heads, tuple(rows)


def _often_notes(grid: Grid) -> tuple[str, ...]:
    """How often each item is due: ``水杯：每天。``, with the day where that was changed within the month."""
    found = []
    for item in grid.items:
        told: list[tuple[dt.date, str]] = []
        for day in grid.days:
            held = grid.item_on(item.code, day)
            words = "不登记" if held is None else held.often
            if not told or told[-1][1] != words:
                told.append((day, words))
        parts = [f"{day.day}日起{words}" if at else words for at, (day, words) in enumerate(told)]
        if any(parts):
            found.append(f"{item.label}：{'；'.join(filter(None, parts))}。")
    return tuple(found)


def _mark(count: int) -> str:
    return "" if not count else _TICKED if count == 1 else str(count)


def _tick_notes(view: MonthView) -> tuple[str, ...]:
    """The hours of what is due several times a day, every tick that was not done as usual, and who did it."""
    grid = view.grid
    if grid is None:
        return ()
    found = []
    for item in grid.items:
        shown = dict(item.defaults)  # what the row says; a day on which another way was usual tells it
        days = []
        for day in grid.days:
            ticks = [_tick_words(one, shown) for one in grid.ticks.get((item.code, day), ())]
            times = (grid.item_on(item.code, day) or item).times
            told = [words for words, other in ticks if words and (other or times > 1)]
            if told:
                days.append(f"{day.day}日 {'、'.join(told)}")
        if days:
            found.append(f"{item.label}（时间）：{'；'.join(days)}。")
    by: dict[str, dict[int, None]] = {}
    for (_, day), cell in sorted(grid.ticks.items(), key=lambda tick: tick[0][1]):
        for one in cell:
            by.setdefault(one.noted_by, {})[day.day] = None
    if by:  # the grid has room for a family name: who it was stands here
        found.append(f"执行人：{'；'.join(f'{name} {_days(days)}日' for name, days in by.items())}。")
    return tuple(found)


def _days(days: Iterable[int]) -> str:
    """``1–3、5``."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _tick_words(one: Entry, usual: dict[str, str]) -> tuple[str, bool]:
    """``13:05 煮沸 20分钟``: the hour, and the way where it is not the usual one."""
    told = {name: value for name, value in one.told.answers if name != "at"}
    if told == usual:
        return hour_of(one), False
    minutes = f"{told['minutes']}分钟" if told.get("minutes") else ""
    parts = (hour_of(one), told.get("method"), told.get("strength"), minutes, told.get("note"))
    return " ".join(part for part in parts if part), True


def _case_row(at: int, one: Case, table: list[Disease]) -> tuple[str, ...]:
    told = one.told
    tick = _TICKED if told.confirmed else _SUSPECTED
    return (
        str(at), told.class_name, one.child_name, _SEXES.get(one.sex or "", ""),
        age_words(one.born_on, told.onset_on), f"{told.onset_on:%m-%d}",
        "" if told.diagnosed_on is None else f"{told.diagnosed_on:%m-%d}", told.diagnosed_by,
        *(tick if disease.code == told.disease else "" for disease in table),
        f"{told.left_on:%m-%d}", "" if one.back_on is None else f"{one.back_on:%m-%d}",
    )  # fmt: skip


def _share(kind: str) -> float:
    return {
        "long": 18,
        "text": 10,
        "moment": 8,
        "day": 7,
        "number": 4.5,
        "time": 5,
        "child": 6,
        "staff": 6,
    }.get(kind, 7)


def _short_moment(text: str) -> str:
    """``12-03 11:40`` of ``2025-12-03 11:40``."""
    return text[5:]


def _class_words(name: str) -> str:
    return name if name.endswith("班") else f"{name}班"
