"""A register as a grid: a row for each item, a column for each day; a cell says how often it was done."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.registers import ItemSpec
from app.services.register_grid import Grid, hour_of
from app.services.registers import Entry
from app.ui.theme import Theme
from app.ui.widgets.basic import name_widget

_WEEKDAYS = "一二三四五六日"
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_CELL = 36  # pixels at the least: a finger's, and yet a month stands on a wide screen
_LABEL = 112  # pixels at the normal font: the names of the items, at the least


class TickGrid(QWidget):
    """Painted, one stop in the tab order: arrows move, the space bar or a tap ticks once more, Del takes the
    last tick off, E mends one, A ticks what is due every day.

    As many days are shown as have room; the others come into sight with the arrows.
    """

    tick_requested = Signal(str, object)  # the item's code, the day
    untick_requested = Signal(str, object)
    mend_requested = Signal(str, object)
    day_requested = Signal(object)  # the day
    moved = Signal(str)  # what stands under the focus, in words

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid: Grid | None = None
        self._today = dt.date(2000, 1, 1)
        self.row, self.column = 0, 0
        self._labels = 0  # pixels of the longest name
        name_widget(self, "health.registers.grid", "消毒打勾")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._measure)

    def show_grid(self, grid: Grid, today: dt.date) -> None:
        """Show a month; today gets the focus where it is in it."""
        fresh = self._grid is None or self._grid.days != grid.days
        self._grid, self._today = grid, today
        if fresh:
            self.column = grid.days.index(today) if today in grid.days else len(grid.days) - 1
        self.row = min(self.row, max(0, len(grid.items) - 1))
        self._tell()
        self._measure()
        self.update()

    def sizeHint(self) -> QSize:
        """A head, and a row for each item."""
        rows = 1 if self._grid is None else len(self._grid.items)
        return QSize(self._theme.px(360), self._head() + rows * self._high() + 4)

    def middle(self) -> int:
        """How far down the row with the focus stands."""
        return round(self._head() + (self.row + 0.5) * self._high())

    @property
    def day(self) -> dt.date | None:
        """The day under the focus."""
        return None if self._grid is None else self._grid.days[self.column]

    @property
    def item(self) -> ItemSpec | None:
        """The item under the focus."""
        return None if self._grid is None else self._grid.items[self.row]

    @property
    def asked(self) -> ItemSpec | None:
        """The same as it is on the day under the focus; None where it is not asked then."""
        if self._grid is None or self.item is None or self.day is None:
            return None
        return self._grid.item_on(self.item.code, self.day)

    @property
    def ticks(self) -> tuple[Entry, ...]:
        """The ticks of the cell under the focus."""
        if self._grid is None or self.item is None or self.day is None:
            return ()
        return self._grid.ticks.get((self.item.code, self.day), ())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, the space bar, Del, E, A."""
        key = Qt.Key(event.key())
        if self._grid is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            down, right = _STEPS[key]
            self._go(self.row + down, self.column + right)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(self.tick_requested)
        elif key == Qt.Key.Key_E:
            self._ask(self.mend_requested)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._ask(self.untick_requested)
        elif key == Qt.Key.Key_A:
            self.day_requested.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A tap goes to the cell under it, and ticks it while something of it is due."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._grid is None:
            return
        first, shown = self._window()
        row = int((event.position().y() - self._head()) // self._high())
        column = int((event.position().x() - self._left()) // self._wide())
        if 0 <= row < len(self._grid.items) and 0 <= column < shown:
            self._go(row, first + column)
            if self.asked is not None and len(self.ticks) < self.asked.times:
                self._ask(self.tick_requested)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the days that have room."""
        if self._grid is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, shown = self._window()
        self._paint_heads(painter, self._grid.days[first : first + shown])
        self._paint_rest(painter, first, first + shown)
        for row, item in enumerate(self._grid.items):
            top = self._head() + row * self._high()
            painter.setPen(self._theme.color("ink"))
            painter.setFont(self._theme.font("body"))
            room = QRectF(2, top, self._left() - self._theme.px(8), self._high())
            words = QFontMetricsF(painter.font()).elidedText(
                item.label, Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
            for at in range(shown):
                day = self._grid.days[first + at]
                box = QRectF(
                    self._left() + at * self._wide() + 1.5, top + 1.5, self._wide() - 3, self._high() - 3
                )
                self._paint_cell(painter, box, item, day, on=(row, first + at) == (self.row, self.column))
        painter.end()

    def _paint_heads(self, painter: QPainter, days: Sequence[dt.date]) -> None:
        theme = self._theme
        for at, day in enumerate(days):
            box = QRectF(self._left() + at * self._wide(), 0, self._wide(), self._head() - 2)
            today = day == self._today
            painter.setFont(theme.font("small", bold=today, tabular=True))
            shown = self._grid is not None and day in self._grid.open
            painter.setPen(theme.color("brand_text" if today else "ink_2" if shown else "ink_3"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{day.day}\n{_WEEKDAYS[day.weekday()]}")

    def _paint_rest(self, painter: QPainter, first: int, after: int) -> None:
        """Say in the corner that there are more days than have room, and which arrow leads to them."""
        days = () if self._grid is None else self._grid.days
        ways = [words for on, words in ((first > 0, "← 左边还有"), (after < len(days), "右边还有 →")) if on]
        if ways:
            painter.setFont(self._theme.font("small"))
            painter.setPen(self._theme.color("ink_2"))
            box = QRectF(2, 0, self._left() - self._theme.px(8), self._head() - 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, "\n".join(ways))

    def _paint_cell(self, painter: QPainter, box: QRectF, item: ItemSpec, day: dt.date, *, on: bool) -> None:
        theme, grid = self._theme, self._grid
        count = 0 if grid is None else len(grid.ticks.get((item.code, day), ()))
        held = None if grid is None else grid.item_on(item.code, day)
        times = 0 if held is None else held.times
        closed = grid is None or day not in grid.open
        shut, enough = held is None or closed or day > self._today, count >= times
        if grid is not None and grid.is_missed(item.code, day, self._today):
            self._paint_missed(painter, box)
        else:
            painter.setPen(QPen(theme.color("line"), 1))
            empty = "sunken" if shut else "surface_2"
            painter.setBrush(theme.color(empty if not count else "ok_soft" if enough else "warn_soft"))
            painter.drawRoundedRect(box, 6, 6)
        if held is None and not count:  # not asked on this day
            painter.setPen(theme.color("ink_3"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "–")
        elif count and (count > 1 or times > 1):  # 1/2: one of the two that are due
            painter.setFont(theme.font("small", bold=True, tabular=True))
            painter.setPen(theme.color("ok_ink" if enough else "warn_ink"))
            words = f"{count}/{times}" if times > 1 else f"{count} 次"
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        elif count:
            side = min(box.width(), box.height()) * 0.42
            x, y = box.center().x() - side / 2, box.center().y() - side / 2
            pen = QPen(
                theme.color("ok_ink"), max(2.0, side * 0.16), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap
            )
            painter.setPen(pen)
            tick = [QPointF(x, y + side * 0.55), QPointF(x + side * 0.36, y + side * 0.88),
                    QPointF(x + side, y + side * 0.18)]  # fmt: skip
            painter.drawPolyline(QPolygonF(tick))
        if on:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus" if self.hasFocus() else "brand"), 2.2))
            painter.drawRoundedRect(box, 6, 6)

    def _paint_missed(self, painter: QPainter, box: QRectF) -> None:
        """漏 in a broken frame: a word, a shape and a colour that no closed day has."""
        theme = self._theme
        painter.setPen(QPen(theme.color("bad_ink"), 1.4, Qt.PenStyle.DashLine))
        painter.setBrush(theme.color("bad_soft"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(theme.font("small", bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "漏")

    def _go(self, row: int, column: int) -> None:
        if self._grid is None:
            return
        self.row = min(max(0, row), len(self._grid.items) - 1)
        self.column = min(max(0, column), len(self._grid.days) - 1)
        self._tell()
        self.update()

    def _ask(self, wish: SignalInstance) -> None:
        if self.item is not None:
            wish.emit(self.item.code, self.day)

    def _tell(self) -> None:
        if self._grid is None:
            return
        item, day = self._grid.items[self.row], self._grid.days[self.column]
        held, ticks = self.asked, self.ticks
        if held is None and not ticks:
            words = f"{day.month}月{day.day}日 {item.label}：这一天不登记这一项。"
            self.setAccessibleDescription(words)
            self.moved.emit(words)
            return
        item = held or item
        known = dict(ticks[-1].told.answers) if ticks else dict(item.defaults)
        minutes = f"{known['minutes']} 分钟" if known.get("minutes") else ""
        how = " ".join(part for part in (known.get("method"), known.get("strength"), minutes) if part)
        done = "、".join(f"{hour_of(one)} {one.noted_by}".strip() for one in ticks)
        missed = self._grid.is_missed(item.code, day, self._today)
        done = f"{len(ticks)} 次，{done}" if ticks else "漏记" if missed else "还没记"
        if not ticks and day not in self._grid.open:
            done = "这一天不开班，不用记"
        words = f"{day.month}月{day.day}日 {item.label}：{done}（{how}）。{item.often}"
        self.setAccessibleDescription(words)
        self.moved.emit(words)

    def _window(self) -> tuple[int, int]:
        """The first day shown and how many are."""
        if self._grid is None:
            return 0, 0
        count = len(self._grid.days)
        shown = max(1, min(count, int((self.width() - self._left()) // self._high())))
        first = min(max(0, self.column - shown + 3), count - shown)
        return max(0, min(first, self.column)), shown

    def _head(self) -> int:
        return self._theme.px(40)

    def _high(self) -> int:
        return max(_CELL, self._theme.px(34))

    def _left(self) -> int:
        return max(self._theme.px(_LABEL), min(self._labels + self._theme.px(14), self.width() // 5))

    @Slot()
    def _measure(self) -> None:
        font = QFontMetricsF(self._theme.font("body"))
        items = () if self._grid is None else self._grid.items
        self._labels = max((round(font.horizontalAdvance(one.label)) for one in items), default=0)
        self.updateGeometry()

    def _wide(self) -> float:
        return max(1.0, (self.width() - self._left()) / max(1, self._window()[1]))
