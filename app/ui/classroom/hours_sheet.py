"""在岗工时: hours of a month by class and person, to be shown and taken out."""

import datetime as dt

from PySide6.QtWidgets import QWidget

from app.domain.looks import Chip, Tone
from app.services.duty_hours import HoursRow
from app.services.exporting import ListKind
from app.ui.rooms import RoomContext
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.export import ExportButton
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.records import Record, RecordList


class HoursSheet(FormSheet):
    """PgUp and PgDn change the month; F5 takes the list out."""

    WIDE = 820

    def __init__(self, context: RoomContext, host: QWidget, month: dt.date) -> None:
        super().__init__(context, host, "hours", "在岗工时", "关闭")
        self._month = month.replace(day=1)
        self._list = RecordList(context.theme, "hours.list", "各班工时", "这个月没有人打卡。")
        self._list.setFixedHeight(context.theme.px(420))
        self.form.addWidget(self._list)
        self.before = KeyButton(context.theme, "上月", "PgUp", object_name="hours.before")
        self.after = KeyButton(context.theme, "下月", "PgDown", object_name="hours.after")
        self.export = ExportButton(context, ListKind.HOURS, "hours.export", key="F5")
        for at, button in enumerate((self.before, self.after, self.export)):
            self.foot.insertWidget(at, button)
            self.take_enter(button)
        self.export.setVisible(self.export.allowed)
        self.cancel.hide()
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        self._read()

    def focus_first(self) -> None:
        """The list."""
        self.fit()
        self._list.view.setFocus()

    def finish(self) -> None:
        """Close."""
        self.dismiss()

    def _turn(self, step: int) -> None:
        day = self._month + dt.timedelta(days=31 if step > 0 else -1)
        self._month = day.replace(day=1)
        self._read()

    def _read(self) -> None:
        actor, month = self.context.actor, f"{self._month:%Y-%m}"
        self.export.when = month

        def show(rows: tuple[HoursRow, ...]) -> None:
            if self.gone or month != f"{self._month:%Y-%m}":
                return
            self.title.setText(f"在岗工时 · {self._month.year}年{self._month.month}月")
            self._list.show_records([_line(row) for row in rows])

        self.context.ask(lambda s: s.classes.hours.month(actor, month), show)


def _line(row: HoursRow) -> Record:
    chips = () if row.counts else (Chip(f"{row.post} 不计入"),)
    if row.unended:
        chips = (*chips, Chip("待更正", Tone.BAD))
    return Record((row.class_id, row.staff), f"{row.class_name} · {row.name}", row.words, chips)


def open_hours(context: RoomContext, host: QWidget) -> None:
    """Lay the sheet over what is there."""
    HoursSheet(context, host, context.clock().date()).present()
