"""本周食谱: five meals over the open days of a week, typed cell by cell, copied from last week, printed."""

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QWidget,
)

from app.domain.errors import RuleError, SpokenError
from app.services.week_menus import WeekMenu
from app.ui.classroom.sheets import open_sheet
from app.ui.classroom.week_cells import WeekDelegate, WeekModel
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.overlay import Overlay

_WEEK = dt.timedelta(days=7)


class _Table(QTableView):
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        self.share_height()

    @Slot()
    def share_height(self) -> None:
        """Give every meal the height of its words, and what is over to those that have least.

        What does not fit the window scrolls; no line is left out.
        """
        model, delegate = self.model(), self.itemDelegate()
        if not isinstance(delegate, WeekDelegate):
            return
        columns = range(model.columnCount())
        needs = [
            max(
                (delegate.height_at(model.index(row, at), self.columnWidth(at)) for at in columns),
                default=delegate.least,
            )
            for row in range(model.rowCount())
        ]
        left, level = self.viewport().height(), 0
        for count, need in enumerate(sorted(needs, reverse=True)):
            level = left // (len(needs) - count)
            if need <= level:
                break
            left -= need
        for row, need in enumerate(needs):
            self.setRowHeight(row, max(need, level))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the cell; Delete empties it; Esc and Tab are the sheet's."""
        key, index = event.key(), self.currentIndex()
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.model().flags(index) & Qt.ItemFlag.ItemIsEditable:  # a day that is over only shows
                self.edit(index)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if self.model().flags(index) & Qt.ItemFlag.ItemIsEditable:
                self.model().setData(index, "")
        elif key == Qt.Key.Key_Escape or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go down to the next meal of the day once a cell was typed and Enter pressed."""
        super().closeEditor(editor, hint)
        if hint is not QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            return
        index = self.currentIndex()
        below = index.sibling(index.row() + 1, index.column())
        self.setCurrentIndex(below if below.isValid() else index.sibling(0, index.column() + 1))


class WeekSheet(Overlay):
    """The week. Ctrl+Enter keeps; Esc leaves, asking if something is not on disk."""

    kept = Signal()

    def __init__(self, context: RoomContext, host: QWidget, week: WeekMenu) -> None:
        super().__init__(context.theme, host, object_name="week_menu")
        self.setAccessibleName("一周食谱")
        self._context = context
        self._gone, self._asking = False, False
        self.model = WeekModel(self)
        self.model.edited.connect(self._on_edited)
        self.table = _Table()
        name_widget(self.table, "week_menu.table", "一周食谱")
        self.table.setModel(self.model)
        self.table.setItemDelegate(WeekDelegate(context.theme, self.model, self.table))
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setTabKeyNavigation(False)
        self.table.setCornerButtonEnabled(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for changed in (
            self.model.edited,
            self.model.modelReset,
            self.table.horizontalHeader().geometriesChanged,
        ):
            changed.connect(self.table.share_height)
        self.message = label("", "error", wrap=True)
        self.message.setObjectName("week_menu.message")
        self._build()
        self.show_week(week)
        self.fill()

    def _build(self) -> None:
        theme, m = self._context.theme, self._context.theme.metrics
        self._title = label("一周食谱", "h1")
        self._hint = label(
            "一格写一餐：软米饭 60、番茄牛腩 80（牛奶）。数字是每人克数，括号里是过敏原。", "small", wrap=True
        )
        self._before = KeyButton(theme, "上一周", "PgUp", object_name="week_menu.before")
        self._after = KeyButton(theme, "下一周", "PgDown", object_name="week_menu.after")
        self._copy = KeyButton(theme, "照抄上周", "Ctrl+B", object_name="week_menu.copy")
        self._dishes = KeyButton(theme, "菜的过敏原", "Ctrl+D", object_name="week_menu.dishes")
        self._print = KeyButton(theme, "打印张贴", "Ctrl+P", object_name="week_menu.print")
        self._cancel = KeyButton(
            theme, "关闭", bind=False, shown="Esc", kind="quiet", object_name="week_menu.cancel"
        )
        self._discard = KeyButton(theme, "不保存，离开", kind="danger", object_name="week_menu.discard")
        self._keep = KeyButton(theme, "保存", "Ctrl+Return", kind="primary", object_name="week_menu.keep")
        self._discard.hide()
        self._before.clicked.connect(lambda: self._turn(-1))
        self._after.clicked.connect(lambda: self._turn(1))
        self._copy.clicked.connect(self._on_copy)
        self._dishes.clicked.connect(self._on_dishes)
        self._print.clicked.connect(self._on_print)
        self._cancel.clicked.connect(self.leave)
        self._discard.clicked.connect(self.dismiss)
        self._keep.clicked.connect(self._on_keep)
        self._head, turns, foot = QBoxLayout(QBoxLayout.Direction.LeftToRight), QHBoxLayout(), QHBoxLayout()
        self._turns = turns
        for row in (self._head, turns, foot):
            row.setSpacing(m.s2)
        for button in (self._before, self._after, self._copy, self._dishes, self._print):
            turns.addWidget(button)
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        self._head.addLayout(turns)
        foot.addWidget(self.message, 1)
        for button in (self._discard, self._cancel, self._keep):
            foot.addWidget(button)
        column = self.card.column(spacing=m.s2)
        column.addLayout(self._head)
        column.addWidget(self._hint)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def show_week(self, week: WeekMenu, *, as_kept: bool = True) -> None:
        """Show a week and go to today, or to its first cell that may be changed."""
        self.model.show_week(week, as_kept=as_kept)
        days = week.days
        if days:
            words = f"{days[0].month}月{days[0].day}日 – {days[-1].month}月{days[-1].day}日"
            self._title.setText(f"一周食谱　{words}")
        at = next((at for at, day in enumerate(days) if day >= week.today), 0)
        self.table.setCurrentIndex(self.model.index(0, at))
        open_ = any(day >= week.today for day in days)
        self._dishes.setVisible(week.speaks_for)
        self._copy.setEnabled(open_)
        self._keep.setEnabled(open_)

    def focus_first(self) -> None:
        """The table."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def leave(self) -> None:
        """Go if nothing was changed; else ask first."""
        if not self.model.changed or self._asking:
            if self._asking:
                self._ask(asking=False)
                return
            self.dismiss()
            return
        self._ask(asking=True)

    def dismiss(self) -> None:
        """Go away; late answers find nobody."""
        self._gone = True
        super().dismiss()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, asking where something would be lost."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where title and buttons do not fit side by side, the title stands above."""
        need = self._title.sizeHint().width() + self._turns.sizeHint().width()
        room = self.width() - 4 * self._context.theme.metrics.s5
        aside = QBoxLayout.Direction.LeftToRight if need <= room else QBoxLayout.Direction.TopToBottom
        if self._head.direction() is not aside:
            self._head.setDirection(aside)
        super().resizeEvent(event)

    def _ask(self, *, asking: bool) -> None:
        self._asking = asking
        self._discard.setVisible(asking)
        self._cancel.set_text("继续填" if asking else "关闭")
        self.message.setText("填的内容还没有保存。要离开吗？" if asking else "")
        if not asking:
            self.focus_first()

    @Slot()
    def _on_edited(self) -> None:
        index = self.table.currentIndex()
        problem = self.model.problem(index) if index.isValid() else ""
        self.message.setText(problem)
        if self._asking:
            self._ask(asking=False)

    def _turn(self, weeks: int) -> None:
        week = self.model.week
        if week is None:
            return
        if self.model.changed:
            self.message.setText("这一周还没有保存，请先按 Ctrl Enter 保存，再翻到别的周。")
            return
        actor, day = self._context.actor, week.monday + weeks * _WEEK
        self._context.ask(lambda s: s.classes.week_menus.week(actor, day), self._show)

    def _show(self, week: WeekMenu) -> None:
        if not self._gone:
            self.message.setText("")
            self.show_week(week)

    @Slot()
    def _on_copy(self) -> None:
        week, actor = self.model.week, self._context.actor
        if week is None:
            return
        typed = self.model.meals()

        def show(copied: WeekMenu) -> None:
            if not self._gone:
                self.show_week(copied, as_kept=False)
                self.message.setText(_copied_words(copied, len(copied.meals) - len(typed)))

        self._context.ask(
            lambda s: s.classes.week_menus.copy_last(actor, week.monday, typed), show, self._failed
        )

    @Slot()
    def _on_dishes(self) -> None:
        week = self.model.week
        if week is None or self.model.changed:
            self.message.setText("还有没保存的内容，请先按 Ctrl Enter 保存，再看菜的过敏原。")
            return
        self.dismiss()
        open_sheet("dishes", self._context, week.monday)

    @Slot()
    def _on_print(self) -> None:
        week, actor, printing = self.model.week, self._context.actor, self._context.printing
        if week is None:
            return
        if self.model.changed:
            self.message.setText("还有没保存的内容，请先按 Ctrl Enter 保存，再打印。")
            return

        def count() -> None:
            subject = int(f"{week.monday:%Y%m%d}")
            self._context.act(lambda s: s.papers.printed(actor, "menu", subject))

        def show(paper: Any) -> None:
            if not self._gone:
                self.dismiss()
                printing.preview(paper, count)

        self._context.ask(lambda s: s.classes.week_menus.paper(actor, week.monday), show, self._failed)

    @Slot()
    def _on_keep(self) -> None:
        week, actor = self.model.week, self._context.actor
        if week is None or not self._keep.isEnabled():
            return
        meals = self.model.meals()
        self._keep.setEnabled(False)

        def kept(_count: int) -> None:
            if not self._gone:
                self.dismiss()
                self.kept.emit()
                open_sheet("dishes", self._context, week.monday, unanswered=True)

        self._context.act(
            lambda s: s.classes.week_menus.keep(actor, week.monday, meals),
            kept,
            self._failed,
            words="已保存一周食谱",
        )

    def _failed(self, error: BaseException) -> None:
        if self._gone:
            self._context.messages.fail(error)
            return
        self._keep.setEnabled(True)
        if not isinstance(error, RuleError):
            self._context.messages.fail(error)
        self.message.setText(error.sentence if isinstance(error, SpokenError) else "还没有保存，请再试一次。")
        where = self.model.index_of(getattr(error, "field", None) or "")
        if where.isValid():
            self.table.setCurrentIndex(where)
            self.focus_first()


def _copied_words(week: WeekMenu, filled: int) -> str:
    """What was filled in, and which days the week before has nothing for: a holiday there, a day here."""
    days = "、".join(f"{day.month}月{day.day}日" for day in week.empty_days)
    lacking = f"{days}上周没有食谱，请另填。" if days else ""
    if not filled:
        return f"没有空着的餐次可以照抄，已有的没有动。{lacking}"
    return f"已照抄上周，填好空着的 {filled} 餐，已有的没有动。{lacking}核对后按 Ctrl Enter 保存。"


def open_week(context: RoomContext, kept: Any = None) -> None:
    """Read this week and lay the sheet over the window."""
    host, actor, day = context.host, context.actor, context.clock().date()

    def show(week: WeekMenu) -> None:
        if host is not None and host.isEnabled():
            sheet = WeekSheet(context, host, week)
            if kept is not None:
                sheet.kept.connect(kept)
            sheet.present()

    context.ask(lambda s: s.classes.week_menus.week(actor, day), show)
