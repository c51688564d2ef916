"""日历: a year as the program counts it, the centre's own days, and a new year's notice."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout

from app.domain.calendar import DayMark
from app.domain.typed_days import Direction
from app.services.calendar_settings import CalendarLine, CalendarView
from app.ui.rooms import RoomContext
from app.ui.settings.base import SettingsPage
from app.ui.settings.year_grid import YearGrid
from app.ui.widgets.basic import Card, label
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.day_field import DayField, reader
from app.ui.widgets.fields import Field, Labelled
from app.ui.widgets.records import Record, RecordList, Shape

if TYPE_CHECKING:
    from app.domain.holidays import NoticeDay
    from app.services.altering import Change
    from app.services.bundle import Services

_OURS = {DayMark.OPEN, DayMark.CLOSED}
_FIRST, _LAST = 2004, 2099


class CalendarPage(SettingsPage):
    """One year at a time."""

    key = "calendar"
    name = "日历"
    roomy = 1040

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context, shares=(1, 1))
        theme, icons = context.theme, context.icons
        self._year = self.today.year
        self._view: CalendarView | None = None
        head = QHBoxLayout()
        self._heading = label("", "h1")
        back = KeyButton(
            theme, "上一年", "PgUp", icon="chevron-left", icons=icons, object_name="settings.calendar.back"
        )
        on = KeyButton(
            theme, "下一年", "PgDown", icon="chevron-right", icons=icons, object_name="settings.calendar.next"
        )
        back.clicked.connect(lambda: self._turn(-1))
        on.clicked.connect(lambda: self._turn(1))
        head.addWidget(self._heading, 1)
        head.addWidget(back)
        head.addWidget(on)
        self.banner = label("", "warning", wrap=True)
        self.banner.setObjectName("settings.calendar.banner")
        self.list = RecordList(
            theme, "settings.calendar.list", "不同于平常的日子", "这一年没有录入任何日子。"
        )
        self.list.chosen.connect(self._on_chosen)
        self.left.addLayout(head)
        self.left.addWidget(self.banner)
        self.left.addWidget(self.list, 1)
        self.bend(self.list, Shape.STRIP)
        year, column = self.card("")
        self.grid = YearGrid(theme)
        column.addWidget(self.grid)
        column.addWidget(
            label("绿：开放　黄：周末补班　红：放假或休息　灰：周末　描边：本园自定", "small", wrap=True)
        )
        self._own = self._own_card()
        self.right.addWidget(self._own)
        self.right.addWidget(year)
        self.right.addWidget(self.history_card())
        self.right.addStretch(1)
        self.save = self.button("标记这些日子", "mark", "Ctrl+Return", kind="primary")
        self.drop = self.button("去掉这天的标记", "unmark", "Ctrl+D", kind="danger")
        self.take = self.button("录入放假安排", "notice", "Ctrl+I", icon="tray-arrow-down")
        self.undo_button()
        self.save.clicked.connect(self._on_mark_clicked)
        self.drop.clicked.connect(self._on_unmark_clicked)
        self.take.clicked.connect(self._on_notice_clicked)

    def _own_card(self) -> Card:
        theme = self.context.theme
        made, column = self.card(
            "本园自己的安排", "寒暑假、消毒、台风要停园，或国家放假而本园开放，记在这里。"
        )
        self.what = Segmented(
            theme, "settings.calendar.what", "怎么安排", [("closed", "本园休息"), ("open", "本园开放")]
        )
        self.what.set_value("closed")
        clock = self.context.clock
        self.first = self.day_field(
            "settings.calendar.first", "从哪天", Direction.NEAR, "如 2026-07-20", "first"
        )
        self.last = DayField(
            theme, "settings.calendar.last", "到哪天",
            reader(clock, Direction.COMING, "last", since=self.first.day), placeholder="同一天可不填",
        )  # fmt: skip
        self.first.edit.textChanged.connect(self.last.reread)
        self.reason = Field(
            theme, "settings.calendar.reason", "原因", required=True, placeholder="如 暑假、消毒、台风"
        )
        what = Labelled(theme, "怎么安排", self.what)
        for error, field in (("first", self.first), ("last", self.last), ("reason", self.reason)):
            self.field(error, field)
        grid = self.two_columns()
        grid.addWidget(what, 0, 0, 1, 2)
        for at, field in enumerate((self.first, self.last)):
            grid.addWidget(field, 1, at, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.reason, 2, 0, 1, 2)
        column.addLayout(grid)
        self.lock(what, self.first, self.last, self.reason)
        return made

    def reshape(self, narrow: bool) -> None:
        """What is marked is typed first, and in sight with the act that marks it."""
        (self._whole if narrow else self.right).insertWidget(0, self._own)

    def take_focus(self) -> None:
        """The list."""
        self.list.view.setFocus()

    def hints(self) -> str:
        """Keys."""
        return self.told("Ctrl 1–9 换页 · PgUp PgDn 换年", "Ctrl I 录入放假安排")

    def refresh(self) -> None:
        """Read the year again."""
        actor, year = self.context.actor, self._year
        self.show_rights()

        def read(services: "Services") -> "tuple[CalendarView, tuple[Change, ...]]":
            return services.manage.calendar.view(actor, year), services.manage.log.history(
                actor, "calendar", year
            )

        def show(found: "tuple[CalendarView, tuple[Change, ...]]") -> None:
            if self._year == year:
                self._show(found[0])
                self.show_history(found[1])

        self.context.ask(read, show)

    def _show(self, view: CalendarView) -> None:
        self._view = view
        self._heading.setText(f"{view.year} 年　开放 {sum(view.months)} 天")
        self.banner.setText(view.banner)
        self.banner.setVisible(bool(view.banner))
        self.grid.show_days(view.days, [line.day for line in view.lines if line.mark in _OURS])
        self.list.show_records([_record(line) for line in view.lines])
        self.drop.setEnabled(self._own_line() is not None)

    def _turn(self, step: int) -> None:
        self._year = min(_LAST, max(_FIRST, self._year + step))
        self.refresh()

    def _own_line(self) -> CalendarLine | None:
        lines = self._view.lines if self._view is not None else ()
        return next((line for line in lines if line.own and line.day == self.list.key()), None)

    @Slot(object)
    def _on_chosen(self, _key: object) -> None:
        self.drop.setEnabled(self._own_line() is not None)

    @Slot()
    def _on_mark_clicked(self) -> None:
        actor, reason = self.context.actor, self.reason.text()
        first = self.try_read(self.first.read)
        if first is None:
            return
        last = self.try_read(self.last.read) if self.last.text().strip() else first
        if last is None:
            return
        is_open = self.what.value() == "open"

        def marked(_key: object) -> None:
            self._year = first.year
            for field in (self.first, self.last, self.reason):
                field.set_text("")

        self.act(lambda s: s.manage.calendar.mark(actor, first, last, is_open=is_open, reason=reason), marked)

    @Slot()
    def _on_unmark_clicked(self) -> None:
        actor, line = self.context.actor, self._own_line()
        if line is not None:
            day = line.day
            self.act(lambda s: s.manage.calendar.unmark(actor, day))

    @Slot()
    def _on_notice_clicked(self) -> None:
        from app.ui.settings.notice_sheet import NoticeSheet

        host = self.context.host
        if host is None:
            return
        year = self._year if self._view is None or not self._view.known else self._year + 1
        sheet = NoticeSheet(self.context, host, year)
        sheet.keep_requested.connect(self._keep)
        sheet.present()

    def _keep(self, days: "tuple[NoticeDay, ...]") -> None:
        actor = self.context.actor

        def kept(_key: object) -> None:
            self._year = days[len(days) // 2].day.year

        self.act(lambda s: s.manage.calendar.keep_notice(actor, days), kept)


def _record(line: CalendarLine) -> Record:
    return Record(line.day, line.title, line.words, (line.chip,))
