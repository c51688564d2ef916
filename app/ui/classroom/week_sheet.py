"""本周食谱: five meals over the open days of a week, typed cell by cell, copied from last week, printed."""

import datetime as dt
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.domain.errors import RuleError, SpokenError
from app.domain.logbook import MealSlot
from app.domain.menu_text import MealTextError, read_meal
from app.services.week_menus import WeekMeal, WeekMenu
from app.ui.rooms import RoomContext
from app.ui.theme import Theme
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.overlay import Overlay

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_WEEK = dt.timedelta(days=7)
_DAYS = "一二三四五六日"
_LONGEST = 400


class WeekModel(QAbstractTableModel):
    """The week as it is typed; knows what of it may be changed and what cannot be read."""

    edited = Signal()

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.week: WeekMenu | None = None
        self._texts: dict[tuple[dt.date, MealSlot], str] = {}

    def show_week(self, week: WeekMenu, *, as_kept: bool) -> None:
        """Show a week; one that is not as kept is a proposal."""
        self.beginResetModel()
        if as_kept or self.week is None:
            self.week = week
        self._texts = {(one.day, one.slot): one.text for one in week.meals}
        self.endResetModel()

    def meals(self) -> tuple[WeekMeal, ...]:
        """All cells that say something."""
        return tuple(WeekMeal(day, slot, text) for (day, slot), text in self._texts.items() if text.strip())

    @property
    def changed(self) -> bool:
        """Whether something stands here that is not on disk."""
        kept = {(one.day, one.slot): one.text for one in (self.week.meals if self.week else ())}
        return {key: text for key, text in self._texts.items() if text.strip()} != kept

    def place(self, index: Index) -> tuple[dt.date, MealSlot]:
        """The day and the meal of a cell."""
        days = self.week.days if self.week is not None else ()
        return days[index.column()], list(MealSlot)[index.row()]

    def index_of(self, field: str) -> QModelIndex:
        """The cell a problem is about: ``2025-12-03.lunch``."""
        day, _, slot = field.partition(".")
        days = [str(one) for one in (self.week.days if self.week else ())]
        if day not in days:
            return QModelIndex()
        slots = [one.value for one in MealSlot]
        return self.index(slots.index(slot) if slot in slots else 0, days.index(day))

    def problem(self, index: Index) -> str:
        """Why a cell cannot be read; empty when it can."""
        try:
            read_meal(self._texts.get(self.place(index), ""))
        except MealTextError as error:
            return error.sentence
        return ""

    def rowCount(self, parent: Index = _NONE) -> int:
        """The meals of a day."""
        return 0 if parent.isValid() else len(MealSlot)

    def columnCount(self, parent: Index = _NONE) -> int:
        """The open days."""
        return 0 if parent.isValid() or self.week is None else len(self.week.days)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Days above, meals at the side."""
        if role != Qt.ItemDataRole.DisplayRole or self.week is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            return list(MealSlot)[section].label
        day = self.week.days[section]
        today = "（今天）" if day == self.week.today else ""
        return f"周{_DAYS[day.weekday()]} {day.month}月{day.day}日{today}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Days past can be read only."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.week is not None and self.place(index)[0] >= self.week.today:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is typed; read aloud with its day and meal."""
        if not index.isValid() or self.week is None:
            return None
        day, slot = self.place(index)
        text = self._texts.get((day, slot), "")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"周{_DAYS[day.weekday()]}{slot.label}：{text or '没有'}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.problem(index)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        self._texts[self.place(index)] = " ".join(str(value).split())
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True


class WeekDelegate(QStyledItemDelegate):
    """A dish to a line with its grams, then what children react to, in red; what cannot be read is framed."""

    def __init__(self, theme: Theme, model: WeekModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line of text."""
        del option
        edit = QLineEdit(parent)
        edit.setMaxLength(_LONGEST)
        name_widget(edit, "week_menu.edit", str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        return edit

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """As wide as two cells, so that a meal can be read while it is typed."""
        del index
        box, view = option.rect, editor.parentWidget()
        wide = max(box.width(), self._theme.px(300))
        left = box.left() if view is None else min(box.left(), max(0, view.width() - wide))
        editor.setGeometry(left, box.top(), wide, max(44, self._theme.px(40)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a meal."""
        theme, px = self._theme, self._theme.px
        box = QRectF(option.rect)
        painter.save()
        locked = not self._model.flags(index) & Qt.ItemFlag.ItemIsEditable
        painter.fillRect(box, theme.color("sunken" if locked else "surface"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(box, theme.color("brand_soft"))
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        inner = box.adjusted(px(8), px(5), -px(6), -px(4))
        font = theme.font("small")
        painter.setFont(font)
        high = QFontMetricsF(font).height()
        problem = self._model.problem(index)
        if problem:
            painter.setPen(theme.color("bad_ink"))
            option_ = QTextOption()
            option_.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
            painter.drawText(inner, text, option_)
            painter.restore()
            return
        meal = read_meal(text)
        lines = [(f"{dish.name} {dish.grams} 克" if dish.grams else dish.name, "ink") for dish in meal.dishes]
        if meal.allergens:
            lines.append((f"含 {'、'.join(meal.allergens)}", "bad_ink"))
        for at, (words, role) in enumerate(lines):
            line = QRectF(inner.x(), inner.y() + at * high, inner.width(), high)
            if line.bottom() > inner.bottom() + 2 and at:
                break
            painter.setPen(theme.color("ink_2" if locked and role == "ink" else role))
            shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


class _Table(QTableView):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the cell; Delete empties it; Esc and Tab are the sheet's."""
        key, index = event.key(), self.currentIndex()
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
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
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
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
        self._copy = KeyButton(theme, "照上一周", "F8", object_name="week_menu.copy")
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
        self._print.clicked.connect(self._on_print)
        self._cancel.clicked.connect(self.leave)
        self._discard.clicked.connect(self.dismiss)
        self._keep.clicked.connect(self._on_keep)
        head, foot = QHBoxLayout(), QHBoxLayout()
        for row in (head, foot):
            row.setSpacing(m.s2)
        head.addWidget(self._title)
        head.addStretch(1)
        for button in (self._before, self._after, self._copy, self._print):
            head.addWidget(button)
        foot.addWidget(self.message, 1)
        for button in (self._discard, self._cancel, self._keep):
            foot.addWidget(button)
        column = self.card.column(spacing=m.s2)
        column.addLayout(head)
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
        """Rows share the height there is."""
        super().resizeEvent(event)
        self.table.verticalHeader().setMinimumSectionSize(self._context.theme.px(56))

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

        def show(copied: WeekMenu) -> None:
            if not self._gone:
                self.show_week(copied, as_kept=False)
                self.message.setText("已照上一周填好，核对后按 Ctrl Enter 保存。")

        self._context.ask(lambda s: s.classes.week_menus.copy_last(actor, week.monday), show, self._failed)

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
