"""A year in a square of days: open, closed, made up, the centre's own."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.calendar import WorkdayKind
from app.ui.theme import Theme
from app.ui.widgets.basic import name_widget

_SATURDAY = 6
_COLUMNS = 31


class YearGrid(QWidget):
    """Twelve rows of days. Nothing is chosen here: the list beside it says the same in words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._days: tuple[WorkdayKind, ...] = ()
        self._own: frozenset[object] = frozenset()
        name_widget(self, "settings.calendar.grid", "全年开放日")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_days(self, days: Sequence[WorkdayKind], own: Sequence[object]) -> None:
        """Show a year; ``own`` are the days the centre has marked itself."""
        self._days, self._own = tuple(days), frozenset(own)
        counts = [sum(one.is_open for one in days if one.day.month == month) for month in range(1, 13)]
        self.setAccessibleDescription(
            "；".join(f"{at} 月开放 {count} 天" for at, count in enumerate(counts, 1))
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Twelve lines of small text."""
        return QSize(self._theme.px(420), self._theme.px(18) * 12 + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint every day by what it is."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small", tabular=True))
        left, high, tally = px(42), px(18), px(46)
        wide = (self.width() - left - tally) / _COLUMNS
        for month in range(1, 13):
            top = (month - 1) * high
            painter.setPen(theme.color("ink_2"))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, top, left, high), middle, f"{month} 月")
            count = sum(one.is_open for one in self._days if one.day.month == month)
            box = QRectF(self.width() - tally, top, tally, high)
            painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, f"{count} 天")
        for one in self._days:
            box = QRectF(
                left + (one.day.day - 1) * wide + 1, (one.day.month - 1) * high + 2, wide - 2, high - 4
            )
            painter.setPen(QPen(theme.color("ink"), 1.4) if one.day in self._own else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(_role(one)))
            painter.drawRoundedRect(box, 3, 3)
        painter.end()


def _role(one: WorkdayKind) -> str:
    weekend = one.day.isoweekday() >= _SATURDAY
    if one.is_open:
        return "hour_tight" if weekend else "hour_ok"
    return "sunken" if weekend and not one.name else "hour_bad"
