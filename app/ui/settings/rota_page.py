"""排班: the week against the ratio, weekly shifts, and single days."""

import datetime as dt
import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from app.domain.errors import RuleError
from app.domain.ids import ClassId, StaffId
from app.services.rota import WEEKDAYS, NewShift, RotaShift, RotaView, clock_words
from app.ui.rooms import RoomContext
from app.ui.settings.base import SettingsPage
from app.ui.settings.rota_grid import RotaGrid
from app.ui.widgets.basic import Card, label
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.choices import choice_box, choose, chosen, fill_choices
from app.ui.widgets.fields import Field, Labelled
from app.ui.widgets.records import Record, RecordList, Shape

if TYPE_CHECKING:
    from app.services.altering import Change
    from app.services.bundle import Services

_WEEK = dt.timedelta(days=7)
_CLOCK = re.compile(r"([0-9]{1,2})[:：]([0-5][0-9])")


class RotaPage(SettingsPage):
    """One week at a time; the chosen cell says which class and day the form is about."""

    key = "rota"
    name = "排班"
    roomy = 1040
    right_first = True

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context, shares=(3, 2))
        theme, icons = context.theme, context.icons
        self._day = self.today
        self._view: RotaView | None = None
        head = QHBoxLayout()
        self._heading = label("", "h1")
        head.addWidget(self._heading, 1)
        for name, words, key, icon, step in (
            ("back", "上一周", "PgUp", "chevron-left", -1),
            ("next", "下一周", "PgDown", "chevron-right", 1),
        ):
            turn = KeyButton(theme, words, key, icon=icon, icons=icons, object_name=f"settings.rota.{name}")
            turn.clicked.connect(lambda _on=False, step=step: self._turn(step))
            head.addWidget(turn)
        self.left.addLayout(head)
        week, column = self.card("")
        self.grid = RotaGrid(theme)
        self.grid.chosen.connect(self._on_cell_chosen)
        column.addWidget(self.grid, 1)
        self.hours = label("", wrap=True)
        self.hours.setObjectName("settings.rota.hours")
        column.addWidget(self.hours)
        self.left.addWidget(week, 1)
        self.left.addWidget(self.history_card())
        self.list = RecordList(theme, "settings.rota.list", "班次", "这天没有排人。")
        self.list.chosen.connect(self._on_shift_chosen)
        self.right.addWidget(self.list, 1)
        self.bend(self.list, Shape.STRIP)
        self.right.addWidget(self._form())
        self.save = self.button("加这个班次", "add", "Ctrl+Return", kind="primary", icon="plus")
        self.off = self.button("这天休", "off", "Ctrl+O")
        self.drop = self.button("删掉班次", "end", "Ctrl+D", kind="danger")
        self.copy = self.button("照抄上周", "copy", "Ctrl+B")
        self.undo_button()
        self.save.clicked.connect(self._on_add_clicked)
        self.off.clicked.connect(self._on_off_clicked)
        self.drop.clicked.connect(self._on_drop_clicked)
        self.copy.clicked.connect(self._on_copy_clicked)

    def _form(self) -> Card:
        theme = self.context.theme
        made, column = self.card("")
        self._where = label("", "h2", wrap=True)
        self.carer = choice_box([("", "—")], "", "settings.rota.carer", "老师")
        self.when = Segmented(theme, "settings.rota.when", "哪些天", [("week", "每周"), ("day", "只这一天")])
        self.when.set_value("week")
        self.start = Field(theme, "settings.rota.from", "上班", placeholder="如 07:30")
        self.end = Field(theme, "settings.rota.to", "下班", placeholder="如 18:00")
        carer = self.field("staff", Labelled(theme, "老师", self.carer))
        when = self.field("when", Labelled(theme, "哪些天", self.when))
        self.field("from", self.start)
        self.field("to", self.end)
        grid = self.two_columns()
        for at, widget in enumerate((carer, when, self.start, self.end)):
            grid.addWidget(widget, at // 2, at % 2)
        column.addWidget(self._where)
        column.addLayout(grid)
        self.lock(carer, when, self.start, self.end)
        return made

    def take_focus(self) -> None:
        """The grid."""
        self.grid.setFocus()

    def hints(self) -> str:
        """Keys."""
        return self.told("Ctrl 1–9 换页 · 方向键 选班和天 · PgUp PgDn 换周", "Ctrl Enter 加班次")

    def refresh(self) -> None:
        """Read the week again."""
        actor, day = self.context.actor, self._day
        self.show_rights()

        def read(services: "Services") -> "tuple[RotaView, tuple[Change, ...]]":
            return services.manage.rota.week(actor, day), services.manage.log.history(actor, "shift")

        def show(found: "tuple[RotaView, tuple[Change, ...]]") -> None:
            if self._day == day:
                self._show(found[0])
                self.show_history(found[1])

        self.context.ask(read, show)

    def _show(self, view: RotaView) -> None:
        first = self._view is None
        self._view = view
        last = view.monday + _WEEK - dt.timedelta(days=1)
        self._heading.setText(f"{view.monday:%Y-%m-%d} 至 {last:%m-%d}")
        self.grid.show_week(view.classes)
        fill_choices(self.carer, [(str(key), name) for key, name, _ in view.carers], chosen(self.carer))
        if first:
            self.grid.column = self._day.isoweekday() - 1
            self.start.set_text(clock_words(view.opening))
            self.end.set_text(clock_words(view.closing))
        self._show_cell()

    def _show_cell(self) -> None:
        found = self.grid.cell()
        if found is None or self._view is None:
            self.hours.setText("还没有开着的班。先到班级页开班。")
            self.list.show_records([])
            return
        group, day = found
        when = f"{group.name}　周{WEEKDAYS[day.day.isoweekday() - 1]} {day.day:%m-%d}"
        self._where.setText(when)
        told = "　".join(f"{hour.hour}:00\N{NO-BREAK SPACE}{hour.carers}/{hour.needed}" for hour in day.hours)
        self.hours.setText(f"{when}　在岗 / 按师生比要：{told}" if day.open else f"{when}　本园休息。")
        mine = [
            shift
            for shift in self._view.shifts
            if shift.weekday == day.day.isoweekday()
            and (shift.day in {None, day.day})
            and (shift.class_id == group.id or shift.off)
        ]
        replaced = {shift.staff for shift in self._view.shifts if shift.day == day.day}
        self.list.set_title(f"班次　{when}")
        self.list.show_records([_record(shift, replaced) for shift in mine])
        self._offer_carer(group.id)

    def _offer_carer(self, class_id: ClassId) -> None:
        """One of the class stands first, unless a carer of it is chosen already."""
        carers = self._view.carers if self._view is not None else ()
        own = [str(key) for key, _, at in carers if at == class_id]
        if own and chosen(self.carer) not in own:
            choose(self.carer, own[0])

    def _turn(self, step: int) -> None:
        self._day += step * _WEEK
        self.refresh()

    @Slot(int, int)
    def _on_cell_chosen(self, _row: int, _column: int) -> None:
        self.complain("")
        self._show_cell()

    @Slot(object)
    def _on_shift_chosen(self, key: object) -> None:
        self.drop.setEnabled(key is not None)
        shift = next((one for one in self._view.shifts if one.id == key), None) if self._view else None
        if shift is None or shift.off:
            return
        choose(self.carer, str(shift.staff))  # what is lit is what the form says
        self.when.set_value("week" if shift.day is None else "day")
        self.start.set_text(clock_words(shift.from_minute))
        self.end.set_text(clock_words(shift.to_minute))

    def _staff(self) -> StaffId:
        key = chosen(self.carer)
        if not key:
            raise RuleError("还没有带班老师，请先到员工页添加。", field="staff")
        return StaffId(int(key))

    def _new(self) -> NewShift:
        found = self.grid.cell()
        if found is None:
            raise RuleError("还没有开着的班。先到班级页开班。")
        group, day = found
        when: int | dt.date = day.day if self.when.value() == "day" else day.day.isoweekday()
        start, end = _minute(self.start.text(), "from"), _minute(self.end.text(), "to")
        return NewShift(self._staff(), group.id, when, start, end)

    @Slot()
    def _on_add_clicked(self) -> None:
        actor, new = self.context.actor, self.try_read(self._new)
        if new is not None:
            self.act(lambda s: s.manage.rota.add(actor, new))

    @Slot()
    def _on_off_clicked(self) -> None:
        actor, found, staff = self.context.actor, self.grid.cell(), self.try_read(self._staff)
        if found is not None and staff is not None:
            day = found[1].day
            self.act(lambda s: s.manage.rota.day_off(actor, staff, day))

    @Slot()
    def _on_drop_clicked(self) -> None:
        actor, key = self.context.actor, self.list.key()
        if isinstance(key, int):
            self.act(lambda s: s.manage.rota.end(actor, key))

    @Slot()
    def _on_copy_clicked(self) -> None:
        actor, view = self.context.actor, self._view
        if view is not None:
            self.act(lambda s: s.manage.rota.copy_week(actor, view.monday))


def _record(shift: RotaShift, replaced: set[StaffId]) -> Record:
    from app.domain.looks import Chip, Tone

    chips: tuple[Chip, ...] = ()
    if shift.off:
        chips = (Chip("这天休", Tone.WARN),)
    elif shift.day is not None:
        chips = (Chip("只这一天", Tone.INFO),)
    elif shift.staff in replaced:
        chips = (Chip("这天另有安排", Tone.PLAIN),)
    span = "休" if shift.off else f"{clock_words(shift.from_minute)}–{clock_words(shift.to_minute)}"
    every = f"{shift.day:%Y-%m-%d}" if shift.day is not None else f"每周{WEEKDAYS[shift.weekday - 1]}"
    faint = shift.day is None and shift.staff in replaced
    return Record(shift.id, f"{shift.name}　{span}", every, chips, faint=faint)


def _minute(text: str, field: str) -> int:
    """Minutes after midnight of a clock time."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None or int(found[1]) * 60 + int(found[2]) > 24 * 60:
        msg = f"看不懂时间“{text[:12]}”，请按 07:30 填写。"
        raise RuleError(msg, field=field)
    return int(found[1]) * 60 + int(found[2])
