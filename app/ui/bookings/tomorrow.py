"""预约名单: whom to remind of tomorrow's bookings, with the numbers; Enter notes that it was done."""

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.bookings import day_words
from app.domain.looks import Chip, Tone
from app.services.booking_card import Reminder
from app.services.exporting import ListKind
from app.ui.bookings.grid import Place
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import ChipLabel, label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.export import ExportButton
from app.ui.widgets.form_sheet import FormSheet


class ReminderSheet(FormSheet):
    """One line a booking: hours, child, whom to ring, the number, and 记已提醒."""

    WIDE = 900

    def __init__(
        self, context: RoomContext, host: QWidget, day: dt.date, reminders: tuple[Reminder, ...]
    ) -> None:
        super().__init__(context, host, "bookings.reminders", "预约名单", "")
        self._day = day
        self.beside.setText(f"{day_words(day)}　{len(reminders)} 个预约" if reminders else day_words(day))
        self.only_close()
        if reminders:
            out = ExportButton(context, ListKind.TOMORROW, "bookings.reminders.export")
            out.when = f"{day:%Y-%m-%d}"
            self.foot.insertWidget(0, out)
        self.paper = KeyButton(
            context.theme, "打印应到名单", "Ctrl+P", object_name="bookings.reminders.paper"
        )
        self.paper.clicked.connect(self._on_paper_clicked)
        self.foot.insertWidget(0, self.paper)
        if not reminders:
            empty = label("这天还没有预约。", "muted")
            empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
            empty.setMinimumHeight(context.theme.px(80))
            self.form.addWidget(empty)
        lines = QWidget()
        self._grid = QGridLayout(lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(context.theme.metrics.s3)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 3)
        self._buttons: list[KeyButton] = []
        self._made: dict[int, KeyButton] = {}  # by row
        for at, one in enumerate(reminders):
            self._add(at, one)
        self.form.addWidget(lines)
        self.form.addStretch(1)

    def _add(self, at: int, one: Reminder) -> None:
        row, theme = one.row, self.context.theme
        self._grid.addWidget(label(row.time_words, "h2"), at, 0)
        self._grid.addWidget(
            label(f"{row.name}　{row.age_words}　{row.class_name} {row.tariff.label}", wrap=True), at, 1
        )
        whom = f"{one.whom}　{one.phone}" if one.phone else "没有可打的电话，请补联系人"
        self._grid.addWidget(label(whom, wrap=True), at, 2)
        if one.reminded:
            chip = ChipLabel(theme, Chip(f"{one.reminded} 已提醒", Tone.OK))
            self._grid.addWidget(chip, at, 3)
        elif one.adult is not None:
            made = KeyButton(theme, "记已提醒", object_name=f"bookings.reminders.{at + 1}")
            made.setAccessibleName(f"记已提醒 {row.name}")
            made.clicked.connect(lambda: self._note(at, one))
            self._grid.addWidget(made, at, 3)
            self._buttons.append(made)
            self._made[at] = made

    def focus_first(self) -> None:
        """The first who has not been reminded."""
        (self._buttons[0] if self._buttons else self.cancel).setFocus(Qt.FocusReason.TabFocusReason)
        self.fit()

    def finish(self) -> None:
        """Nothing is left to keep."""
        self.dismiss()

    @Slot()
    def _on_paper_clicked(self) -> None:
        from app.ui.widgets.day_papers import print_expected

        print_expected(self.context, self._day)

    def _note(self, at: int, one: Reminder) -> None:
        from app.services.ringing import Call

        actor = self.context.actor
        call = Call(one.row.child, one.adult, booking=one.row.id)

        def said(_value: Any) -> None:
            made = None if self.gone else self._made.get(at)
            if made is not None:
                following = self._buttons.index(made) + 1
                made.hide()
                self._grid.addWidget(ChipLabel(self.context.theme, Chip("已提醒", Tone.OK)), at, 3)
                if following < len(self._buttons):
                    self._buttons[following].setFocus(Qt.FocusReason.TabFocusReason)
                else:
                    self.cancel.setFocus(Qt.FocusReason.TabFocusReason)

        self.context.act(lambda s: s.ringing.note(actor, call), said, self.failed)


def open_reminders(context: RoomContext, place: Place | None) -> None:
    """Read the list of the next open day, or of the day under the focus where that is later; then show it."""
    host, actor = context.host, context.actor
    if host is None or not host.isEnabled():
        return
    chosen = None if place is None else place.day.day
    today = context.clock().date()

    def read(services: Any) -> tuple[dt.date, tuple[Reminder, ...]]:
        day = services.bookings.next_open_day(actor)
        if chosen is not None and chosen > today:
            day = chosen
        return day, services.bookings.reminders(actor, day).value

    def show(found: tuple[dt.date, tuple[Reminder, ...]]) -> None:
        if host.isEnabled():
            ReminderSheet(context, host, *found).present()

    context.ask(read, show)
