"""A class's week: a row for each part of the day, a column for each day, the activities in the cells."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.curriculum import DaySlot
from app.services.curriculum import Week, WeekDay
from app.ui.theme import Theme
from app.ui.widgets.basic import name_widget

_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_WRAP = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
_WEEKDAYS = "一二三四五六日"
_HEAD, _LEFT, _LEAST = 44, 76, 84


class WeekGrid(QWidget):
    """Painted, with one cell chosen: arrows move, Enter or a double click opens, Delete clears."""

    moved = Signal()
    opened = Signal()
    cleared = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._week: Week | None = None
        self.row, self.column = 1, 0
        name_widget(self, "curriculum.plan.grid", "一周的活动")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._on_theme_changed)

    def show_week(self, week: Week, column: int | None = None) -> None:
        """Show a week; ``column`` chooses a day, else the chosen cell stays where it can."""
        self._week = week
        wanted = self.column if column is None else column
        self.column = min(max(0, wanted), len(week.days) - 1)
        self.row = min(self.row, len(week.slots) - 1)
        self.updateGeometry()
        self._tell()

    def cell(self) -> tuple[WeekDay, DaySlot] | None:
        """The day and the part of it that are chosen."""
        if self._week is None:
            return None
        return self._week.days[self.column], self._week.slots[self.row]

    def choose(self, row: int, column: int) -> None:
        """Choose a cell and say so."""
        if self._week is None:
            return
        self.row = min(max(0, row), len(self._week.slots) - 1)
        self.column = min(max(0, column), len(self._week.days) - 1)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter opens, Delete clears."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.choose(self.row + _STEPS[key][0], self.column + _STEPS[key][1])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key == Qt.Key.Key_Delete:
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        for row, column, box in self._boxes():
            if box.contains(event.position()):
                self.choose(row, column)
                return

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the cell."""
        self.mousePressEvent(event)
        self.opened.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring shows."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        """A head and a row for each part of the day."""
        rows = len(self._week.slots) if self._week is not None else 4
        return QSize(self._theme.px(560), self._theme.px(_HEAD) + rows * self._theme.px(_LEAST))

    def minimumSizeHint(self) -> QSize:
        """Never so low that words are cut."""
        return QSize(self._theme.px(420), self.sizeHint().height())

    def _boxes(self) -> list[tuple[int, int, QRectF]]:
        week, px, gap = self._week, self._theme.px, 4
        if week is None:
            return []
        left, top = px(_LEFT), px(_HEAD)
        wide = (self.width() - left) / max(1, len(week.days))
        high = (self.height() - top) / max(1, len(week.slots))
        return [
            (
                row,
                column,
                QRectF(left + column * wide + gap, top + row * high + gap, wide - gap - 2, high - gap - 2),
            )
            for row in range(len(week.slots))
            for column in range(len(week.days))
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint heads, parts of the day and cells."""
        week, px = self._week, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row, column, box in self._boxes() if week is not None else ():
            if week is None:
                break
            if row == 0:
                self._paint_head(painter, QRectF(box.x(), 0, box.width(), px(_HEAD)), week.days[column])
            if column == 0:
                painter.setFont(self._theme.font("body", bold=True))
                painter.setPen(self._theme.color("ink"))
                side = QRectF(0, box.y(), box.x() - px(6), box.height())
                painter.drawText(side, _MIDDLE | Qt.TextFlag.TextWordWrap, week.slots[row].label)
            self._paint_cell(painter, box, week, row, column)
        painter.end()

    def _paint_head(self, painter: QPainter, box: QRectF, day: WeekDay) -> None:
        theme, half = self._theme, box.height() / 2
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.color("ink" if day.is_open else "ink_2"))
        words = f"周{_WEEKDAYS[day.day.weekday()]}{' ' + day.note if day.note else ''}"
        words = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QRectF(box.x(), 0, box.width(), half + 2), _MIDDLE, words)
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("ink_2"))
        date = f"{day.day.month}月{day.day.day}日"
        painter.drawText(QRectF(box.x(), half - 1, box.width(), half), _MIDDLE, date)

    def _paint_cell(self, painter: QPainter, box: QRectF, week: Week, row: int, column: int) -> None:
        theme, px = self._theme, self._theme.px
        day, slot = week.days[column], week.slots[row]
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("surface" if day.is_open and not day.past else "sunken"))
        painter.drawRoundedRect(box, 9, 9)
        items = week.at(day.day, slot)
        inner = box.adjusted(px(8), px(6), -px(6), -px(5))
        if not items and not day.is_open:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("ink_2"))
            painter.drawText(box, _MIDDLE, "不开园")
        for at, item in enumerate(items):
            room = QRectF(inner.x(), inner.y() + at * px(38), inner.width(), inner.height() - at * px(38))
            if room.height() < px(34):
                break
            painter.setFont(theme.font("small", tabular=True))
            painter.setPen(theme.color("ink_2"))
            clock = f"{item.minute // 60}:{item.minute % 60:02d}"
            more = (
                f"　还有 {len(items) - at - 1} 项" if room.height() < px(72) and at < len(items) - 1 else ""
            )
            painter.drawText(room, _WRAP, clock + more)
            painter.setFont(theme.font("body", bold=not day.past))
            painter.setPen(theme.color("ink"))
            words = room.adjusted(0, px(18), 0, 0)
            if len(items) > 1:
                name = QFontMetricsF(painter.font()).elidedText(
                    item.name, Qt.TextElideMode.ElideRight, words.width()
                )
                painter.drawText(words, _WRAP, name)
            else:
                painter.drawText(words, _WRAP | Qt.TextFlag.TextWordWrap, item.name)
        if (row, column) == (self.row, self.column):
            held = self.hasFocus()
            painter.setPen(QPen(theme.color("focus" if held else "line_strong"), 3 if held else 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 10, 10)

    def _tell(self) -> None:
        week = self._week
        if week is not None:
            day, slot = week.days[self.column], week.slots[self.row]
            names = "、".join(item.name for item in week.at(day.day, slot)) or "还没有活动"
            self.setAccessibleDescription(
                f"周{_WEEKDAYS[day.day.weekday()]} {day.day.month}月{day.day.day}日 {slot.label}：{names}"
            )
        self.update()
        self.moved.emit()

    @Slot()
    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
