"""能不能收 hour by hour: a strip of cells, shared by the intake and the bookings."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.domain.capacity import HourCell
from app.domain.looks import Tone
from app.ui.theme import Theme
from app.ui.widgets.paint import paint_mark

HOUR_GROUNDS = {Tone.OK: "hour_ok", Tone.INFO: "hour_ok", Tone.WARN: "hour_tight", Tone.BAD: "hour_bad"}


class HourStrip(QWidget):
    """The hours of the day as cells: colour, and a mark where it is tight or breaks."""

    def __init__(self, theme: Theme, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hours: tuple[HourCell, ...] = ()
        self.setObjectName(object_name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_hours(self, hours: Sequence[HourCell]) -> None:
        """Show other hours."""
        self._hours = tuple(hours)
        self.setAccessibleName("每小时人数、在岗、上限")
        self.setAccessibleDescription("；".join(_spoken(hour) for hour in self._hours if hour.inside))
        self.update()

    def sizeHint(self) -> QSize:
        """One line of cells."""
        return QSize(self._theme.px(300), self._theme.px(34))

    def event(self, event: QEvent) -> bool:
        """Tell the numbers of the hour under the mouse."""
        if isinstance(event, QHelpEvent):
            for hour, box in self._boxes():
                if box.contains(event.pos()):
                    QToolTip.showText(event.globalPos(), _spoken(hour), self)
                    return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the cells."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small", tabular=True))
        for hour, box in self._boxes():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(HOUR_GROUNDS.get(hour.tone, "sunken") if hour.inside else "sunken"))
            painter.drawRoundedRect(box, theme.px(6), theme.px(6))
            painter.setPen(theme.color("ink" if hour.inside else "ink_3"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(hour.hour))
            if hour.inside and hour.tone in {Tone.WARN, Tone.BAD}:
                side = theme.px(7)
                mark = QRectF(box.right() - side - 2, box.top() + 3, side, side)
                paint_mark(painter, mark, hour.tone, theme.tone(hour.tone)[1])
        painter.end()

    def _boxes(self) -> list[tuple[HourCell, QRectF]]:
        if not self._hours:
            return []
        gap = 4
        wide = (self.width() - gap * (len(self._hours) - 1)) / len(self._hours)
        return [
            (hour, QRectF(at * (wide + gap), 0, wide, self.height())) for at, hour in enumerate(self._hours)
        ]


def _spoken(hour: HourCell) -> str:
    return f"{hour.hour}:00 人数 {hour.present} / 在岗 {hour.carers} / 上限 {hour.limit}"
