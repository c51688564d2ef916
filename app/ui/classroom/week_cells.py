"""The cells of a week of menus: what is typed in them, whether it can be read, and how they are painted."""

import datetime as dt
import math
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.logbook import MealSlot
from app.domain.menu_text import MealTextError, read_meal
from app.services.week_menus import WeekMeal, WeekMenu
from app.ui.theme import Theme
from app.ui.widgets.basic import name_widget

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_DAYS = "一二三四五六日"
_LONGEST = 400
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


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
        # The weekday of today is the one between its neighbours: so its head is no longer than theirs.
        name = "今天" if day == self.week.today else f"周{_DAYS[day.weekday()]}"
        return f"{name} {day.month}月{day.day}日"

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
    """A dish to a line with its grams, then what children react to, in red; what cannot be read is framed.

    Lines that are too long go on below, and a cell asks for the height of all of its lines: a line left out
    would be the last one, and that is what a child must not eat.
    """

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
        editor.setGeometry(left, box.top(), wide, self.least)

    @property
    def least(self) -> int:
        """The height of a meal nobody has written: enough to hit, and to type in."""
        return max(44, self._theme.px(40))

    def height_at(self, index: Index, width: float) -> int:
        """How high the cell must be for all of its lines at a width."""
        inner = self._inner(QRectF(0, 0, width, 0))
        need = sum(high for _words, _role, high in self._lines(index, inner.width()))
        return max(self.least, math.ceil(need - inner.height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a meal."""
        theme = self._theme
        box = QRectF(option.rect)
        painter.save()
        locked = not self._model.flags(index) & Qt.ItemFlag.ItemIsEditable
        painter.fillRect(box, theme.color("sunken" if locked else "surface"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(box, theme.color("brand_soft"))
        painter.setFont(theme.font("small"))
        inner = self._inner(box)
        top = inner.top()
        for words, role, high in self._lines(index, inner.width()):
            painter.setPen(theme.color("ink_2" if locked and role == "ink" else role))
            painter.drawText(QRectF(inner.left(), top, inner.width(), high), _WRAPPED, words)
            top += high
        painter.restore()

    def _inner(self, box: QRectF) -> QRectF:
        px = self._theme.px
        return box.adjusted(px(8), px(5), -px(6), -px(4))

    def _lines(self, index: Index, width: float) -> list[tuple[str, str, float]]:
        """What a cell says: words, their colour, and their height at a width."""
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if self._model.problem(index):
            said = [(text, "bad_ink")]
        else:
            meal = read_meal(text)
            said = [
                (f"{dish.name} {dish.grams} 克" if dish.grams else dish.name, "ink") for dish in meal.dishes
            ]
            if meal.allergens:
                said.append((f"含 {'、'.join(meal.allergens)}", "bad_ink"))
        metrics = QFontMetricsF(self._theme.font("small"))
        room = QRectF(0, 0, width, 1e6)
        return [
            (words, role, max(metrics.height(), metrics.boundingRect(room, _WRAPPED, words).height()))
            for words, role in said
        ]
