"""Lists go out as tables for Excel; who took what is noted."""

import dataclasses
import datetime as dt
from collections.abc import Collection
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.changes import Done
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.reports.sheets import ColumnKind, Sheet, SheetColumn, csv_bytes, xlsx_bytes
from app.services.record_sight import withheld_labels
from app.store.database import Clock, Database
from app.store.stamps import day_of

if TYPE_CHECKING:
    from app.services.desk import ChildRow, Desk
    from app.services.door_book import DoorQuery
    from app.services.importing import ImportTable, Preview

PROTECT = "文件里有孩子和家长的个人信息，没有密码保护，请妥善保管，用完删除。"
_SEXES = {"f": "女", "m": "男"}


class ListKind(StrEnum):
    """A list that can be taken out."""

    CHILDREN = "children"
    PRESENT = "present"
    EXPECTED = "expected"
    ABSENT = "absent"
    TOMORROW = "tomorrow"  # the bookings of the next open day, or of another
    WAITING = "waiting"
    MONTH = "month"
    OBSERVATIONS = "observations"
    HOURS = "hours"  # who worked in which class, of a month
    RECEIPTS = "receipts"  # of a month
    ROSTER = "roster"  # 招生: everybody with a life
    EXPIRING = "expiring"  # papers of children that end soon
    RELEASES = "releases"  # who took whom, with alarms beside it; of a month or a day
    GRANTS = "grants"  # 电话授权, of the same, or of two days and those between
    ALARMS = "alarms"  # 禁止接走, likewise
    CARDS = "cards"
    STAFF = "staff"
    ROLL_CALLS = "roll_calls"  # the past ones
    FOLLOW_UPS = "follow_ups"  # 缺勤追访, of a month
    ROUNDS = "rounds"  # 晨午检: who was abnormal, of a month, as those that follow
    ILLNESSES = "illnesses"
    FEVERS = "fevers"
    INJURIES = "injuries"
    MEDICINE = "medicine"
    GROWTH = "growth"
    BELONGINGS = "belongings"  # what is still here of today's children
    FORECAST = "forecast"  # free seats of the months to come

    @property
    def label(self) -> str:
        """孩子名单, 在园名单, 预约名单, 候补名单 …"""
        words = {
            "children": "孩子名单",
            "present": "在园名单",
            "expected": "待到名单",
            "absent": "请假名单",
            "tomorrow": "预约名单",
            "waiting": "候补名单",
            "month": "月度各班",
            "observations": "观察记录",
            "hours": "在岗工时",
            "receipts": "收据明细",
            "roster": "招生名单",
            "expiring": "到期证件",
            "releases": "接走记录",
            "grants": "电话授权",
            "alarms": "禁止接走警报",
            "cards": "接送卡登记",
            "staff": "员工名单",
            "roll_calls": "点名记录",
            "follow_ups": "缺勤追访登记",
            "rounds": "晨午检登记",
            "illnesses": "病例",
            "fevers": "发热处理",
            "injuries": "意外伤害",
            "medicine": "带药记录",
            "growth": "生长测量",
            "belongings": "随身物品",
            "forecast": "托位预测",
        }
        return words[self.value]

    @property
    def needs(self) -> Permission:
        """Whom the list is for, besides ``EXPORT``: who may see it on the screen."""
        own = {
            ListKind.TOMORROW: Permission.BOOK,
            ListKind.WAITING: Permission.ADMIT,
            ListKind.MONTH: Permission.SEE_MONTH,
            ListKind.OBSERVATIONS: Permission.LOG_DAY,
            ListKind.HOURS: Permission.SEE_MONTH,
            ListKind.RECEIPTS: Permission.SEE_MONTH,
            ListKind.ROSTER: Permission.ADMIT,
            ListKind.EXPIRING: Permission.KEEP_RECORDS,
            ListKind.RELEASES: Permission.CHECK_OUT,
            ListKind.GRANTS: Permission.CHECK_OUT,
            ListKind.ALARMS: Permission.CHECK_OUT,
            ListKind.STAFF: Permission.CHANGE_SETTINGS,
            ListKind.ROLL_CALLS: Permission.ROLL_CALL,
            ListKind.FOLLOW_UPS: Permission.SEE_HEALTH,
            ListKind.ROUNDS: Permission.SEE_HEALTH,
            ListKind.ILLNESSES: Permission.SEE_HEALTH,
            ListKind.FEVERS: Permission.SEE_HEALTH,
            ListKind.INJURIES: Permission.SEE_HEALTH,
            ListKind.MEDICINE: Permission.SEE_HEALTH,
            ListKind.GROWTH: Permission.SEE_HEALTH,
            ListKind.BELONGINGS: Permission.CHECK_OUT,
            ListKind.FORECAST: Permission.ADMIT,
        }
        return own.get(self, Permission.READ)

    def open_to(self, actor: Actor) -> bool:
        """Whether somebody may take it out."""
        return actor.may(Permission.EXPORT) and actor.may(self.needs)


# Those that are made here; the others are loaded when they are asked for.
_NEAR = frozenset({
    ListKind.CHILDREN, ListKind.PRESENT, ListKind.EXPECTED, ListKind.ABSENT, ListKind.TOMORROW,
    ListKind.WAITING, ListKind.MONTH, ListKind.OBSERVATIONS, ListKind.HOURS,
})  # fmt: skip


@record
class Exported:
    """A file to be saved. ``reminder`` is said to whoever saves it; empty without personal data."""

    file_name: str
    data: bytes
    rows: int
    reminder: str


class Exporting:
    """Every list of the program as a table."""

    def __init__(self, database: Database, clock: Clock, desk: "Desk") -> None:
        self._database, self._clock, self._desk = database, clock, desk

    def export(self, actor: Actor, kind: ListKind, form: str = "xlsx", when: str = "") -> Done[Exported]:
        """One list as ``xlsx`` or ``csv``.

        Args:
            actor: who takes it; needs ``EXPORT`` and what ``kind.needs``.
            kind: which list.
            form: the ending of the file.
            when: a month (``2025-11``) for the month's tables and receipts, a day (``2025-12-04``) for the
                bookings, either for what happened at the door (calls and alarms also of
                ``2025-12-01..2025-12-04``).
        """
        actor.require(Permission.EXPORT)
        actor.require(kind.needs)
        if kind is ListKind.RELEASES:
            return self.export_door(actor, self._door_query(when), form)
        sheet = self._sheet(actor, kind, when)
        whole = kind is ListKind.CHILDREN and _sees_whole(actor)
        return self.export_sheet(actor, sheet, form, "含完整证件号和电话" if whole else "")

    def export_door(self, actor: Actor, query: "DoorQuery", form: str = "xlsx") -> Done[Exported]:
        """接走记录 as a query finds it."""
        from app.services.door_book import DoorBook
        from app.services.export_registers import door_sheet

        actor.require(Permission.EXPORT)
        page = DoorBook(self._database, self._clock, self._desk.index).page(actor, query)
        return self.export_sheet(actor, door_sheet(page), form)

    def export_sheet(self, actor: Actor, sheet: Sheet, form: str = "xlsx", words: str = "") -> Done[Exported]:
        """Any sheet. The audit line says who took how many rows of what, and ``words`` what else."""
        actor.require(Permission.EXPORT)
        data = csv_bytes(sheet) if form == "csv" else xlsx_bytes(sheet)
        with self._database.unit(actor.id, "export") as unit:
            unit.audit("export", None, f"{sheet.title} {len(sheet.rows)} 行 {form} {words}".strip())
        name = f"{sheet.title}-{day_of(self._clock()):%Y%m%d}.{form}"
        return Done(Exported(name, data, len(sheet.rows), PROTECT if sheet.personal else ""))

    def export_bad_rows(
        self, actor: Actor, table: "ImportTable", preview: "Preview", form: str = "xlsx"
    ) -> Done[Exported]:
        """The rows of an import that stay out, each with why, for whoever made the list."""
        from app.services.export_sheets import bad_rows_sheet

        actor.require(Permission.REGISTER_CHILD)
        return self.export_sheet(actor, bad_rows_sheet(table, preview), form, table.file_name)

    def _sheet(self, actor: Actor, kind: ListKind, when: str) -> Sheet:
        if kind not in _NEAR:
            return self._further_sheet(actor, kind, when)
        if kind is ListKind.CHILDREN:
            from app.services.export_children import children_sheet

            whole, papers = _sees_whole(actor), actor.may(Permission.SEE_CUSTODY)
            sheet = children_sheet(
                self._database, day_of(self._clock()), whole=whole, papers=whole and papers
            )
            return without_columns(sheet, withheld_labels(actor))
        if kind is ListKind.MONTH:
            return self._month_sheet(actor, when or f"{self._clock():%Y-%m}")
        if kind is ListKind.HOURS:
            from app.services.duty_hours import DutyHours

            return DutyHours(self._database, self._clock).sheet(actor, when or f"{self._clock():%Y-%m}")
        if kind is ListKind.TOMORROW:
            return self._bookings_sheet(dt.date.fromisoformat(when) if when else None)
        if kind is ListKind.WAITING:
            return self._waiting_sheet(actor)
        if kind is ListKind.OBSERVATIONS:
            from app.services.observations import Observations

            return Observations(self._database, self._clock).sheet(actor)
        board = self._desk.board(actor)
        rows = {
            ListKind.PRESENT: (*board.due, *board.present),
            ListKind.EXPECTED: board.expected,
            ListKind.ABSENT: board.absent,
        }[kind]
        return _board_sheet(kind.label, rows)

    def _further_sheet(self, actor: Actor, kind: ListKind, when: str) -> Sheet:
        from app.services import export_health, export_registers, export_sheets

        if (register := (export_registers.MAKERS | export_health.MAKERS).get(kind)) is not None:
            return register(self._database, self._clock, actor, when)
        if kind is ListKind.RECEIPTS:
            return export_sheets.receipts_sheet(self._database, when or f"{self._clock():%Y-%m}")
        make = export_sheets.roster_sheet if kind is ListKind.ROSTER else export_sheets.expiring_sheet
        return make(self._database, self._clock, actor)

    def _door_query(self, when: str) -> "DoorQuery":
        """A day, or the month; this one where nothing is said."""
        from app.services.door_book import DoorQuery, Span

        if len(when) == len("2025-12-03"):
            return DoorQuery(dt.date.fromisoformat(when))
        return DoorQuery(dt.date.fromisoformat(f"{when or f'{self._clock():%Y-%m}'}-01"), Span.MONTH)

    def _bookings_sheet(self, day: dt.date | None) -> Sheet:
        from app.services.booking_week import BookingReader

        reader = BookingReader(self._database, self._clock)
        day = day or reader.next_open_day()
        heads = ("时间", "姓名", "月龄", "班级", "方式", "联系人", "电话", "已提醒")
        rows = tuple(
            (
                one.row.time_words, one.row.name, one.row.age_words, one.row.class_name,
                one.row.tariff.label, one.whom, one.phone, one.reminded,
            )
            for one in reader.reminders(day)
        )  # fmt: skip
        columns = tuple(SheetColumn(head, width=16) for head in heads)
        return Sheet(f"预约名单 {day:%Y-%m-%d}", columns, rows, personal=True)

    def _waiting_sheet(self, actor: Actor) -> Sheet:
        from app.services.admission_lists import AdmissionLists

        queue = AdmissionLists(self._database, self._clock).queue(actor)
        columns = (
            SheetColumn("序", ColumnKind.NUMBER, 6), SheetColumn("姓名", width=14),
            SheetColumn("情况", width=46), SheetColumn("状态", width=12), SheetColumn("提示", width=30),
        )  # fmt: skip
        rows = tuple((at, one.name, one.note, one.chip.words, one.hint) for at, one in enumerate(queue, 1))
        return Sheet("候补名单", columns, rows, personal=True)

    def _month_sheet(self, actor: Actor, month: str) -> Sheet:
        from app.services.month import Month

        figures = Month(self._database, self._clock).summary(actor, month)
        heads = ("班级", "托位", "在册", "应出勤", "实出勤", "病假", "事假", "临时/计时")
        columns = tuple(
            SheetColumn(h, ColumnKind.NUMBER if at else ColumnKind.TEXT) for at, h in enumerate(heads)
        )
        rows = tuple(
            (
                one.name, one.seats, one.enrolled, one.attendance.expected, one.attendance.actual,
                one.attendance.sick, one.attendance.personal, one.guests,
            )
            for one in figures.classes
        )  # fmt: skip
        return Sheet(f"月度各班 {month}", columns, rows)


def _sees_whole(actor: Actor) -> bool:
    """Whoever may look at a number in full may take it out in full; both are written down (PIPL 51)."""
    return actor.may(Permission.KEEP_RECORDS)


def without_columns(sheet: Sheet, headings: Collection[str]) -> Sheet:
    """The table without the columns of these headings."""
    kept = [at for at, column in enumerate(sheet.columns) if column.title not in headings]
    if len(kept) == len(sheet.columns):
        return sheet
    rows = tuple(tuple(row[at] for at in kept) for row in sheet.rows)
    return dataclasses.replace(sheet, columns=tuple(sheet.columns[at] for at in kept), rows=rows)


def _board_sheet(title: str, rows: "tuple[ChildRow, ...]") -> Sheet:
    heads = ("姓名", "小名", "性别", "月龄", "班级", "托育方式", "过敏", "入园", "约定接走", "状态")
    return Sheet(
        title,
        tuple(SheetColumn(head, width=14) for head in heads),
        tuple(
            (
                one.name, one.nickname, _SEXES.get(one.sex or "", ""), one.age_words, one.class_name,
                one.mode_words, "未答" if one.allergy_unknown else "、".join(one.allergies),
                f"{one.arrived_at:%H:%M}" if one.arrived_at else "",
                f"{one.promised_at:%H:%M}" if one.promised_at else "", one.chip.words,
            )
            for one in rows
        ),
        personal=True,
    )  # fmt: skip
