"""预约: the week by class and hour, and the bookings in it. Joins view, service and bus."""

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.domain.bookings import WEEKDAYS
from app.domain.changes import Topic
from app.domain.ids import BookingId
from app.domain.load import hour_words
from app.domain.looks import Chip, Tone
from app.services.booking_card import BookingCard, BookingRow, Week
from app.ui.bookings.grid import WeekGrid
from app.ui.bookings.side import SidePane
from app.ui.rooms import Room, RoomContext, Target
from app.ui.widgets.basic import ChipLabel, label
from app.ui.widgets.buttons import KeyButton, Segmented, page_turners
from app.ui.widgets.layouts import scrolled

if TYPE_CHECKING:
    from app.ui.widgets.form_sheet import FormSheet

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DAY = dt.timedelta(days=1)


class BookingsRoom(Room):
    """The booking book. Holds no rule: it asks the service and shows what it says."""

    topics = frozenset({Topic.VISITS, Topic.CHILDREN, Topic.STAFF, Topic.SETTINGS})

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self.setObjectName("bookings")
        today = context.clock().date()
        self._monday = today - dt.timedelta(days=today.weekday())
        self._week: Week | None = None
        self._missed = False  # whether the pane shows who never came
        self._build_top()
        self._build_page()
        self._show_week_name()

    # -- building -------------------------------------------------------------------------------------

    def _build_top(self) -> None:
        theme, icons = self.context.theme, self.context.icons
        self._name = label("", "h2")
        self._name.setObjectName("bookings.week")
        self._back, self._on = page_turners(theme, icons, "bookings", "上一周", "下一周")
        self._new = KeyButton(
            theme, "新预约", "N", kind="primary", icon="plus", icons=icons, object_name="bookings.new"
        )
        self._list = KeyButton(theme, "名单", "M", object_name="bookings.tomorrow")
        self._back.clicked.connect(self._on_back_clicked)
        self._on.clicked.connect(self._on_on_clicked)
        self._new.clicked.connect(self._on_new_clicked)
        self._list.clicked.connect(self._on_list_clicked)

    def _build_page(self) -> None:
        theme = self.context.theme
        self.view = Segmented(
            theme,
            "bookings.view",
            "看一周还是一天",
            (("week", "一周"), ("day", "一天（按小时）")),
            stretch=False,
        )
        self.view.set_value("week")
        self._unknown = ChipLabel(theme)
        self._unknown.setObjectName("bookings.calendar")
        self._miss_chip = KeyButton(theme, "没来的", "U", object_name="bookings.missed")
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(theme.metrics.s3)
        self._head.addWidget(self.view)
        self._head.addWidget(self._miss_chip)
        self._head.addWidget(self._unknown)
        self._head.addStretch(1)
        self.grid = WeekGrid(theme)
        self.pane = SidePane(theme, self.context.icons)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(theme.metrics.s3)
        self._body.addWidget(self.grid, 1)
        self._body.addWidget(self.pane)
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.addLayout(self._head)
        self._column.addLayout(self._body, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolled(page, "bookings.scroll"))
        self._miss_chip.hide()
        self._connect()
        self._fit()

    def _connect(self) -> None:
        self.view.chosen.connect(self._on_view_chosen)
        self.grid.moved.connect(self._on_grid_moved)
        self.grid.opened.connect(self._on_grid_opened)
        self.grid.page_wanted.connect(self._go)
        self.pane.chosen.connect(self._read_card)
        self.pane.list.doubleClicked.connect(self._on_change_clicked)
        self.pane.change.clicked.connect(self._on_change_clicked)
        self.pane.cancel.clicked.connect(self._on_cancel_clicked)
        self.pane.miss.clicked.connect(self._on_miss_clicked)
        self._miss_chip.clicked.connect(self._on_missed_clicked)
        toggle = QShortcut(QKeySequence("H"), self)
        toggle.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        toggle.activated.connect(self._on_toggle)
        today = QShortcut(QKeySequence("T"), self)
        today.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        today.activated.connect(self._on_today)
        self.context.theme.changed.connect(self._fit)

    def _fit(self) -> None:
        """Grid and pane side by side where there is room, below each other in large type."""
        theme = self.context.theme
        m = theme.metrics
        narrow = self.width() < theme.px(760)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._body.setDirection(direction)
        self._head.setDirection(
            QBoxLayout.Direction.TopToBottom
            if self.width() < theme.px(560)
            else QBoxLayout.Direction.LeftToRight
        )
        self.pane.setMinimumHeight(theme.px(330) if narrow else 0)
        if narrow:
            self.pane.setMinimumWidth(0)
            self.pane.setMaximumWidth(16_777_215)
        else:
            self.pane.setFixedWidth(min(theme.px(372), round(self.width() * 0.35)))
        self._column.setContentsMargins(m.s5, m.s3, m.s5, m.s3)
        self._column.setSpacing(m.s2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rearrange when the width calls for it."""
        super().resizeEvent(event)
        self._fit()
        self._show_week_name()

    # -- what the shell asks --------------------------------------------------------------------------

    def title(self) -> str:
        """预约."""
        return "预约"

    def left_widgets(self) -> list[QWidget]:
        """Which week."""
        return [self._back, self._name, self._on]

    def top_widgets(self) -> list[QWidget]:
        """The acts of the book."""
        return [self._list, self._new]

    def wants_search(self) -> bool:
        """Children are looked for in the sheet that books them."""
        return False

    def hints(self) -> str:
        """The keys of the book."""
        return "方向键 选格 · N 新预约 · Enter 打开 · Del 取消 · H 一天/一周 · PgUp PgDn 换周 · M 名单"

    def refresh(self) -> None:
        """Read the week again."""
        actor, monday = self.context.actor, self._monday
        self.context.ask(lambda s: s.bookings.week(actor, monday), self._show)

    def entered(self, target: Target | None) -> None:
        """The keys belong to the grid; ``new`` begins a booking, ``list`` shows whom to remind."""
        self.grid.setFocus()
        act = {"new": self._on_new_clicked, "list": self._on_list_clicked}.get(target.act if target else "")
        if act is not None:
            self.context.ask(lambda _services: None, lambda _none: act())  # behind the week asked for before

    def escape(self) -> bool:
        """Back from the list to the grid, from who never came to the place."""
        if self._missed:
            self._missed = False
            self._show_place()
            return True
        if self.pane.list.hasFocus():
            self.grid.setFocus()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the list opens the chosen booking."""
        if event.key() in _ENTERS and self.pane.list.hasFocus():
            self._on_change_clicked()
        else:
            super().keyPressEvent(event)

    # -- the week -------------------------------------------------------------------------------------

    def _show(self, week: Week) -> None:
        if week.monday != self._monday:
            return
        self._week = week
        words = week.calendar_words.removesuffix("。")
        self._unknown.set_chip(Chip(words, Tone.WARN) if words else Chip(""))
        self._miss_chip.setVisible(bool(week.missed))
        self._miss_chip.set_text(f"约了没来，待确认 {len(week.missed)}")
        if not week.missed:
            self._missed = False
        self.grid.show_week(week)

    def _show_week_name(self) -> None:
        last = self._monday + 4 * _DAY
        first = self._monday
        year = self.context.clock().year  # another than this one has to be said
        if self.width() < self.context.theme.px(760):  # the bar above has its buttons to hold, too
            words = f"{first.month}-{first.day} – {last.month}-{last.day}"
            self._name.setText(words if last.year == year else f"{last.year}-{words}")
            return
        begins = f"{first.year}年" if first.year != year else ""
        ends = f"{last.year}年" if last.year != (first.year if begins else year) else ""
        self._name.setText(f"{begins}{first.month}月{first.day}日 – {ends}{last.month}月{last.day}日")

    def _show_place(self) -> None:
        place, week = self.grid.place(), self._week
        if week is None:
            return
        if self._missed:
            self.pane.show_rows(
                "约了没来，待确认", "联系过家长再记；记了未到会留在孩子的预约记录里。", week.missed
            )
            return
        if place is None:
            self.pane.show_rows("还没有班级", "请先在设置里开班。", ())
            return
        day = place.day.day
        title = f"{place.line.name} · {day.month}月{day.day}日 周{WEEKDAYS[day.isoweekday() - 1]}"
        load = place.hour or place.cell.worst
        words = "" if load is None else ("" if place.hour else "最紧：") + hour_words(load)
        rows: tuple[BookingRow, ...] = place.cell.bookings
        if (hour := self.grid.focus_hour) is not None:
            title += f" {hour}:00"
            rows = tuple(
                row for row in rows if row.from_minute < hour * 60 + 60 and row.to_minute > hour * 60
            )
        if not place.day.is_open:
            self.pane.show_rows(
                title, "", rows, f"这天不开园{f'（{place.day.name}）' if place.day.name else ''}。"
            )
        else:
            self.pane.show_rows(title, words, rows)

    def _read_card(self, booking: BookingId | None) -> None:
        if booking is None:
            self.pane.show_card(None)
            return
        actor = self.context.actor

        def show(card: BookingCard) -> None:
            if self.pane.booking == booking:  # another may have been chosen meanwhile
                self.pane.show_card(card)

        self.context.ask(lambda s: s.bookings.card(actor, booking), show)

    def _go(self, by: int) -> None:
        self._monday += dt.timedelta(days=7 * by)
        self._show_week_name()
        self.refresh()

    # -- slots ----------------------------------------------------------------------------------------

    @Slot()
    def _on_back_clicked(self) -> None:
        self._go(-1)

    @Slot()
    def _on_on_clicked(self) -> None:
        self._go(1)

    @Slot()
    def _on_today(self) -> None:
        today = self.context.clock().date()
        self._monday = today - dt.timedelta(days=today.weekday())
        self._show_week_name()
        self.refresh()

    @Slot()
    def _on_toggle(self) -> None:
        hourly = not self.grid.hourly
        self.view.set_value("day" if hourly else "week")
        self.grid.set_hourly(hourly)

    @Slot(str)
    def _on_view_chosen(self, value: str) -> None:
        self.grid.set_hourly(value == "day")

    @Slot()
    def _on_grid_moved(self) -> None:
        self._show_place()

    @Slot()
    def _on_grid_opened(self) -> None:
        if self.pane.model.items:
            self.pane.list.setFocus()
        else:
            self._on_new_clicked()

    @Slot()
    def _on_missed_clicked(self) -> None:
        self._missed = not self._missed
        self._show_place()
        if self._missed:
            self.pane.list.setFocus()

    @Slot()
    def _on_new_clicked(self) -> None:
        from app.ui.bookings.sheet import BookingSheet

        place = self.grid.place()
        if self.context.host is None or place is None or not self.context.host.isEnabled():
            return
        today = self.context.clock().date()
        day = place.day.day if place.day.day >= today and place.day.is_open else today
        self._present(BookingSheet(self.context, self.context.host, day, place.line.id, self.grid.focus_hour))

    @Slot()
    def _on_change_clicked(self) -> None:
        from app.ui.bookings.sheet import BookingSheet

        row = self.pane.row
        if row is None or not row.holds or self.context.host is None or not self.context.host.isEnabled():
            return
        self._present(BookingSheet(self.context, self.context.host, row.day, row.class_id, None, moving=row))

    @Slot()
    def _on_cancel_clicked(self) -> None:
        from app.ui.bookings.cancel import CancelSheet

        row = self.pane.row
        if row is not None and row.holds and self.context.host is not None:
            self._present(CancelSheet(self.context, self.context.host, row))

    @Slot()
    def _on_miss_clicked(self) -> None:
        booking = self.pane.booking
        if booking is not None and self.pane.miss.isVisible():
            actor = self.context.actor
            self.context.act(lambda s: s.bookings.note_no_show(actor, booking))

    @Slot()
    def _on_list_clicked(self) -> None:
        from app.ui.bookings.tomorrow import open_reminders

        open_reminders(self.context, self.grid.place())

    def _present(self, sheet: "FormSheet") -> None:
        sheet.present()
