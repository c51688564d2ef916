"""Freezing the health room's registers for paper: T1, T2 (domain §3.2) and the slip of a medicine."""

import calendar
import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.fever import Ladder
from app.domain.health_round import RoundKind
from app.domain.ids import ClassId, RequestId, VisitId
from app.domain.logbook import degrees
from app.domain.medicine import Dose, DoseState, MedicineError, Request
from app.domain.record import record
from app.domain.signatures import decode
from app.domain.staff import Actor, Permission
from app.reports.medicine_slip import MedicineSlip, SlipDose
from app.reports.register_table import RegisterTable, TableColumn
from app.services.numbers import medicine_number
from app.services.rounds import card_names
from app.services.scope import Scope
from app.store import centre, day_moves, fever, medicine, rounds
from app.store.database import Clock, Database
from app.store.day_moves import DayMove, class_at
from app.store.rounds import KeptCheck
from app.store.stamps import day_of

_ROUND_COLUMNS = (
    TableColumn("日期", 7, "center"),
    TableColumn("班级", 8),
    TableColumn("姓名", 11),
    TableColumn("晨检（家长主诉与检查）", 18),
    TableColumn("午检", 15),
    TableColumn("全日观察（症状与体征）", 19),
    TableColumn("处理", 24),
    TableColumn("检查者", 9),
)
_MEDICINE_COLUMNS = (
    TableColumn("日期", 7, "center"),
    TableColumn("班级", 8),
    TableColumn("姓名", 11),
    TableColumn("药物名称", 16),
    TableColumn("剂量与方法", 13),
    TableColumn("服药时间", 8, "center"),
    TableColumn("家长签字", 14),
    TableColumn("实际喂药", 17),
    TableColumn("喂药者、核对者", 14),
)


_Line = tuple[VisitId, ClassId]


@record
class _Found:
    """A line of T1: a child in one class, with her checks and the fevers that began there."""

    key: _Line
    checks: tuple[KeptCheck, ...]
    fevers: tuple[Ladder, ...]

    @property
    def day(self) -> dt.date:
        return self.checks[0].day if self.checks else day_of(self.fevers[0].started_at)

    @property
    def untold(self) -> list[Ladder]:
        """Fevers that no check tells of: found in the class log, or begun by hand."""
        told = {(one.at, one.tenths) for one in self.checks}
        return [one for one in self.fevers if (one.started_at, one.tenths) not in told]


class HealthPapers:
    """One method a paper."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._scope = Scope(database, clock)

    def rounds_month(self, actor: Actor, month: dt.date, class_id: ClassId | None = None) -> RegisterTable:
        """晨午检及全日健康观察记录 of a class or of the centre: the abnormal children of a month."""
        actor.require(Permission.SEE_HEALTH)
        first, last = _bounds(month)
        moves = day_moves.list_days(self._database, first, last)
        checks = [
            one
            for one in _by_hour(rounds.list_of_days(self._database, first, last), moves)
            if class_id in {None, one.class_id} and self._scope.holds(actor, one.child)
        ]
        # Who moved within the day has a line for each class in which something was found or a fever began.
        fevers: dict[_Line, list[Ladder]] = {}
        for ladder in reversed(fever.list_since(self._database, first)):
            home = class_at(ladder.class_id, moves.get(ladder.visit, ()), ladder.started_at)
            wanted = class_id in {None, home} and self._scope.holds(actor, ladder.child)
            if day_of(ladder.started_at) <= last and wanted:
                fevers.setdefault((ladder.visit, home), []).append(ladder)
        lines = {key: tuple(own) for key, own in itertools.groupby(checks, key=_line_of)}
        lines |= {key: () for key in fevers if key not in lines}
        found = [
            _Found(key, own, tuple(fevers.get(key, ())))
            for key, own in lines.items()
            if key in fevers or any(one.outcome != "normal" for one in own)
        ]
        found.sort(key=lambda one: (one.day, one.key[1]))
        names = self._class_names(first, last)
        rows = [self._round_row(one, names) for one in found]
        seen = {one.visit for one in checks if one.kind == RoundKind.MORNING}
        abnormal = {one.key[0] for one in found}
        summary = f"晨检 {len(seen)} 人次，异常 {len(abnormal)} 人次。只列异常的孩子；正常的逐人留有记录。"
        return self._register(
            actor, ("晨午检及全日健康观察记录", "表1"), month, class_id, _ROUND_COLUMNS, tuple(rows), summary
        )

    def medicine_month(self, actor: Actor, month: dt.date, class_id: ClassId | None = None) -> RegisterTable:
        """在园带药服药记录 of a month, a line for each dose, in the class that was to give it."""
        actor.require(Permission.SEE_HEALTH)
        first, last = _bounds(month)
        moves = day_moves.list_days(self._database, first, last)
        names = self._class_names(first, last)
        doses = []
        taken_in = medicine.list_of_days(self._database, first, last)
        for one in self._scope.own(actor, taken_in, lambda one: one.child):
            for dose in one.doses:
                group = class_at(one.class_id, moves.get(one.visit, ()), dose.at or dose.due_at)
                if class_id in {None, group}:
                    word = one.class_name if group == one.class_id else names.get(group, "")
                    doses.append((one, dose, word))
        rows = tuple(_medicine_row(*each) for each in doses)
        given = sum(dose.state is DoseState.GIVEN for _, dose, _ in doses)
        taken = len({one.id for one, _, _ in doses})
        summary = f"收药 {taken} 份，应喂 {len(rows)} 次，已喂 {given} 次。每次由两人核对。"
        return self._register(
            actor, ("在园带药服药记录", "表2"), month, class_id, _MEDICINE_COLUMNS, rows, summary
        )

    def medicine_slip(self, actor: Actor, request: RequestId) -> MedicineSlip:
        """服药单 for the parent.

        Raises:
            MedicineError: there is no such request.
        """
        actor.require(Permission.SEE_HEALTH)
        kept = medicine.find_request(self._database, request)
        if kept is None:
            raise MedicineError("没有找到这张服药单，可能已经撤销。请刷新后再试。")
        if kept.taken_by != actor.name:
            self._scope.require(actor, kept.child)
        return self._slip(kept)

    def medicine_slip_due(self, actor: Actor, visit: VisitId) -> MedicineSlip:
        """服药单 of what a child is to be given next in this stay.

        Raises:
            MedicineError: nothing waits to be given.
        """
        actor.require(Permission.SEE_HEALTH)
        waiting = [one for one in medicine.list_of_visit(self._database, visit) if one.waiting]
        if not waiting:
            raise MedicineError("这个孩子没有等着喂的药，可能刚喂过。请刷新后再看。")
        return self._slip(min(waiting, key=lambda one: (one.waiting[0].due_at, one.id)))

    def _slip(self, kept: Request) -> MedicineSlip:
        place = centre.find_centre(self._database)
        drawn = decode(kept.signature) if kept.signature else None
        return MedicineSlip(
            centre="" if place is None else place.name,
            day=kept.day,
            child=kept.name,
            class_name=self._class_words(kept),
            medicine=kept.medicine,
            dose=kept.dose,
            way=kept.way,
            reason=kept.reason,
            allergy=kept.allergy,
            expires=kept.expires_on,
            brought=kept.brought,
            home=kept.home_at,
            signer=kept.signer,
            on_paper=kept.signed_how == "paper",
            doses=tuple(_slip_dose(dose) for dose in kept.doses),
            taken_by=kept.taken_by,
            taken_at=kept.taken_at,
            number=medicine_number(kept.day, kept.id),
            drawing=(0, 0, ()) if drawn is None else (drawn.width, drawn.height, drawn.strokes),
            returned=kept.returned,
            practice=place is not None and place.practice,
        )

    def _class_words(self, kept: Request) -> str:
        """The class that has her at the hour of each dose: after a move within the day another gives it."""
        moves = day_moves.list_of_visit(self._database, kept.visit)
        names = {kept.class_id: kept.class_name}
        for one in moves:
            names |= {one.from_class: one.from_name, one.to_class: one.to_name}
        hours = [dose.at or dose.due_at for dose in kept.doses]
        return "、".join(dict.fromkeys(names[class_at(kept.class_id, moves, at)] for at in hours))

    def _round_row(self, line: _Found, names: dict[ClassId, str]) -> tuple[str, ...]:
        own, day = line.checks, line.day
        cards = card_names(self._database, day)

        def said(kind: RoundKind) -> str:
            parts = []
            for one in own:
                if one.kind != kind.value:
                    continue
                heat = "" if one.tenths is None else degrees(one.tenths)
                card = "" if one.card is None or one.outcome == "normal" else cards[one.card]
                told = f"家长说{one.told}" if one.told else ""
                found = _found(one)
                plain = "正常" if one.outcome == "normal" and not found else ""
                words = " ".join(part for part in (heat, told, found, plain, card) if part)
                parts.append(words if kind.once else f"{one.at:%H:%M} {words}")
            if kind is RoundKind.DAY:
                parts += [f"{one.started_at:%H:%M} {degrees(one.tenths)} 发热" for one in line.untold]
            return "；".join(parts)

        treated = [one.treatment for one in own if one.treatment]
        for ladder in line.fevers:
            treated += [
                f"{step.at:%H:%M} {step.kind.label}{f' {step.said}' if step.said else ''}"
                for step in ladder.steps
            ]
        by = [one.by for one in own if one.outcome != "normal"] + [one.started_by for one in line.untold]
        return (
            f"{day.month}-{day.day}",
            names.get(line.key[1], ""),
            own[0].name if own else line.fevers[0].name,
            said(RoundKind.MORNING),
            said(RoundKind.NOON),
            said(RoundKind.DAY),
            "；".join(treated),
            "、".join(dict.fromkeys(by)),
        )

    def _class_names(self, first: dt.date, last: dt.date) -> dict[ClassId, str]:
        """Of every class of a month: one may begin or end within it."""
        classes = centre.list_classes_over(self._database, first, last)
        return {group.id: group.name for group in classes}

    def _register(
        self,
        actor: Actor,
        titles: tuple[str, str],
        month: dt.date,
        class_id: ClassId | None,
        columns: tuple[TableColumn, ...],
        rows: tuple[tuple[str, ...], ...],
        summary: str,
    ) -> RegisterTable:
        place = centre.find_centre(self._database)
        first, last = _bounds(month)
        names = self._class_names(first, last)
        name = "" if class_id is None else names.get(class_id, "")
        return RegisterTable(
            centre="" if place is None else place.name,
            title=titles[0],
            form=titles[1],
            month=f"{month:%Y-%m}",
            columns=columns,
            rows=rows,
            made_on=day_of(self._clock()),
            made_by=actor.name,
            where="全园" if class_id is None else f"{name}班",
            summary=summary,
            reference=True,
            least=0,
            practice=place is not None and place.practice,
        )


def _bounds(month: dt.date) -> tuple[dt.date, dt.date]:
    days = calendar.monthrange(month.year, month.month)[1]
    return month.replace(day=1), month.replace(day=days)


def _by_hour(checks: Sequence[KeptCheck], moves: Mapping[VisitId, Sequence[DayMove]]) -> list[KeptCheck]:
    """The checks with the class at their hour, in order of day, class, child and time."""
    found = [
        replace(one, class_id=class_at(one.class_id, moves.get(one.visit, ()), one.at)) for one in checks
    ]
    return sorted(found, key=lambda one: (one.day, one.class_id))  # the rest stands in order already


def _line_of(check: KeptCheck) -> _Line:
    return check.visit, check.class_id


def _found(check: KeptCheck) -> str:
    """The findings alone: what the parents said and what was done have columns of their own."""
    if check.card is None:
        return check.note
    words = {one.code: one.words for one in rounds.findings()}
    return "、".join(words.get(code, code) for code in check.findings)


def _medicine_row(one: Request, dose: Dose, class_name: str) -> tuple[str, ...]:
    how = "屏幕签名" if one.signed_how == "screen" else "纸上签"
    actual = {
        DoseState.GIVEN: "" if dose.at is None else f"{dose.at:%H:%M}",
        DoseState.SKIPPED: f"没喂：{dose.reason}",
        DoseState.WAITING: "",
        DoseState.HOME: dose.home_words,
    }[dose.state]
    if dose.late:
        actual += f"（晚 {dose.late} 分钟）"
    if dose.state is DoseState.GIVEN and dose.asked:
        actual += f"（{dose.home_words}）"
    return (
        f"{one.day.month}-{one.day.day}",
        class_name,
        one.name,
        one.medicine,
        f"{one.dose} {one.way}",
        f"{dose.due_at:%H:%M}",
        f"{one.signer}（{how}）",
        actual,
        "、".join(part for part in (dose.giver_name, dose.second_name) if part),
    )


def _slip_dose(dose: Dose) -> SlipDose:
    if dose.state is DoseState.GIVEN:
        late = f"晚 {dose.late} 分钟" if dose.late else ""
        note = "，".join(part for part in (late, dose.home_words) if part)
        return SlipDose(dose.due_at, dose.at, dose.giver_name, dose.second_name, note)
    note = f"没喂：{dose.reason}" if dose.state is DoseState.SKIPPED else dose.home_words
    return SlipDose(dose.due_at, note=note)
