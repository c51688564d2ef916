"""The week at a glance: a row for each class, a column for each day, a bar for each hour."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.rota import WEEKDAYS, RotaClass, RotaDay
from app.ui.theme import Theme
from app.ui.widgets.basic import name_widget

_HIGHEST = 110  # pixels of a row at the normal font
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class RotaGrid(QWidget):
    """Painted, with one cell chosen: arrows move, a click chooses. A bar is as full as its hour is."""

    chosen = Signal(int, int)  # the class's place, the day's place (0 is Monday)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._classes: tuple[RotaClass, ...] = ()
        self.row, self.column = 0, 0
        self._stacked = False  # whether the heads of the days take two lines
        name_widget(self, "settings.rota.grid", "一周排班")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.updateGeometry)

    def show_week(self, classes: Sequence[RotaClass]) -> None:
        """Show a week; the chosen cell stays where it can."""
        self._classes = tuple(classes)
        self.row = min(self.row, max(0, len(self._classes) - 1))
        self._tell()
        self.updateGeometry()
        self.update()

    def cell(self) -> tuple[RotaClass, RotaDay] | None:
        """The class and the day that are chosen."""
        if not self._classes:
            return None
        group = self._classes[self.row]
        return group, group.days[self.column]

    def choose(self, row: int, column: int) -> None:
        """Choose a cell and say so."""
        if not self._classes:
            return
        self.row = min(max(0, row), len(self._classes) - 1)
        self.column = min(max(0, column), len(WEEKDAYS) - 1)
        self._tell()
        self.update()
        self.chosen.emit(self.row, self.column)

    def head_words(self, at: int, day: RotaDay) -> str:
        """What stands above a day: its date below its name where the column is narrow."""
        return f"周{WEEKDAYS[at]}{chr(10) if self._stacked else ' '}{day.day:%m-%d}"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where a day's head is wider than its column, all heads take two lines."""
        super().resizeEvent(event)
        metrics = QFontMetricsF(self._theme.font("small", tabular=True))
        stacked = metrics.horizontalAdvance("周三 12-00") + self._theme.px(6) > self._wide()
        if stacked is not self._stacked:
            self._stacked = stacked
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """A head and a row for each class; where there is more room, hours are higher bars."""
        return QSize(self._theme.px(560), self._head() + self._low() * max(1, len(self._classes)) + 2)

    def minimumSizeHint(self) -> QSize:
        """Every class in sight."""
        return QSize(self._theme.px(160), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        self.choose(self.row + step[0], self.column + step[1])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        left, wide = self._left(), self._wide()
        row = int((event.position().y() - self._head()) // self._high())
        column = int((event.position().x() - left) // wide)
        if row >= 0 and column >= 0:
            self.choose(row, column)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the week."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        head, high, left, wide = self._head(), self._high(), self._left(), self._wide()
        days = self._classes[0].days if self._classes else ()
        painter.setFont(theme.font("small", tabular=True))
        for at, one in enumerate(days):
            painter.setPen(theme.color("ink_2" if one.open else "ink_3"))
            place = QRectF(left + at * wide, 0, wide, head)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.head_words(at, one))
        for row, group in enumerate(self._classes):
            top = head + row * high
            swatch = QRectF(px(2), top + high / 2 - px(9), px(18), px(18))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(group.colour))
            painter.drawRoundedRect(swatch, 5, 5)
            painter.setPen(theme.color("ink"))
            painter.setFont(theme.font("body", bold=True))
            room = QRectF(swatch.right() + px(7), top, left - swatch.right() - px(10), high)
            name = QFontMetricsF(painter.font()).elidedText(
                group.name, Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
            for column, day in enumerate(group.days):
                box = QRectF(left + column * wide + 2, top + 2, wide - 4, high - 4)
                self._paint_cell(painter, box, day, on=(row, column) == (self.row, self.column))
        painter.end()

    def _paint_cell(self, painter: QPainter, box: QRectF, day: RotaDay, *, on: bool) -> None:
        theme, px = self._theme, self._theme.px
        pen = (
            QPen(theme.color("focus" if self.hasFocus() else "brand"), 2) if on else QPen(theme.color("line"))
        )
        painter.setPen(pen)
        painter.setBrush(theme.color("surface_2" if day.open else "sunken"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(theme.font("small"))
        if not day.open:
            painter.setPen(theme.color("ink_2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "休")
            return
        short = max((hour.short for hour in day.hours), default=0)
        words = QRectF(box.x(), box.y() + px(2), box.width(), px(20))
        painter.setPen(theme.color("bad_ink" if short else "ink_2"))
        most = max((hour.carers for hour in day.hours), default=0)
        told = f"缺 {short} 人" if short else f"{most} 人"
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, told)
        bars = QRectF(
            box.x() + px(5), words.bottom(), box.width() - px(10), box.bottom() - words.bottom() - px(5)
        )
        step = bars.width() / max(1, len(day.hours))
        painter.setPen(Qt.PenStyle.NoPen)
        for at, hour in enumerate(day.hours):
            tall = bars.height() * min(1.0, hour.carers / hour.needed if hour.needed else 1.0)
            place = QRectF(bars.x() + at * step, bars.bottom() - tall, max(1.0, step - 1), tall)
            if hour.short:
                # What is missing stands above in red: word, height and colour say the same.
                painter.setBrush(theme.color("bar_bad"))
                painter.drawRect(QRectF(place.x(), bars.top(), place.width(), bars.height()))
            painter.setBrush(theme.color("bar" if hour.children else "line"))
            painter.drawRect(place)

    def _tell(self) -> None:
        """What a screen reader says of the chosen cell."""
        found = self.cell()
        if found is None:
            self.setAccessibleDescription("还没有班级")
            return
        group, day = found
        hours = "；".join(
            f"{one.hour} 点 {one.carers} 人，要 {one.needed} 人" for one in day.hours if one.children
        )
        when = f"周{WEEKDAYS[day.day.isoweekday() - 1]}"
        self.setAccessibleDescription(f"{group.name} {when} " + (hours or "没有孩子" if day.open else "休"))

    def _head(self) -> int:
        return self._theme.px(42 if self._stacked else 26)

    def _low(self) -> int:
        """Five classes and the last changes stand on a small screen without scrolling."""
        return max(44, self._theme.px(45))

    def _high(self) -> int:
        share = (self.height() - self._head() - 2) // max(1, len(self._classes))
        return min(max(self._low(), share), self._theme.px(_HIGHEST))

    def _left(self) -> int:
        return self._theme.px(104)

    def _wide(self) -> float:
        return max(1.0, (self.width() - self._left()) / len(WEEKDAYS))
