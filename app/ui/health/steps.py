"""A column of what was done, one line each: when, what, the words beside it, who. Passive."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.looks import Tone
from app.domain.record import record
from app.ui.theme import Theme
from app.ui.widgets.paint import paint_mark


@record
class StepLine:
    """One line. Done things have a time; what is to be done next stands in ``tone``, without."""

    at: str
    title: str
    words: str = ""
    tone: Tone = Tone.OK
    faint: bool = False


class StepColumn(QWidget):
    """Steps from top to bottom, joined by a line, marked by shape and colour."""

    def __init__(self, theme: Theme, object_name: str, spoken: str) -> None:
        super().__init__()
        self._theme, self._spoken = theme, spoken
        self._lines: tuple[StepLine, ...] = ()
        self.setObjectName(object_name)
        self.setAccessibleName(spoken)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def show_lines(self, lines: Sequence[StepLine]) -> None:
        """Replace them."""
        self._lines = tuple(lines)
        told = "；".join(" ".join(part for part in (one.at, one.title, one.words) if part) for one in lines)
        self.setAccessibleName(f"{self._spoken}：{told}")
        self.updateGeometry()
        self.update()

    @property
    def lines(self) -> tuple[StepLine, ...]:
        """What is shown."""
        return self._lines

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the words need."""
        return round(sum(self._height(line, width) for line in self._lines)) + 2

    def sizeHint(self) -> QSize:
        """At a common width."""
        width = self._theme.px(300)
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark, time, title and words of each line."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = 0.0
        for number, line in enumerate(self._lines):
            high = self._height(line, self.width())
            middle = y + px(15)
            if number + 1 < len(self._lines):
                painter.setPen(QPen(theme.color("line_strong"), 1))
                painter.drawLine(round(px(9)), round(middle + px(9)), round(px(9)), round(y + high + px(6)))
            ink = theme.color("ink_3") if line.faint else theme.tone(line.tone)[1]
            paint_mark(painter, QRectF(px(4), middle - px(5), px(10), px(10)), line.tone, ink)
            painter.setFont(theme.font("small", tabular=True))
            painter.setPen(theme.color("ink_2"))
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(px(24), y, px(46), px(30)), left, line.at)
            painter.setFont(theme.font("body", bold=not line.faint))
            painter.setPen(theme.color("ink_3" if line.faint else "ink"))
            painter.drawText(QRectF(px(72), y, self.width() - px(72), px(30)), left, line.title)
            if line.words:
                painter.setFont(theme.font("small"))
                painter.setPen(theme.color("ink_2"))
                box = QRectF(px(72), y + px(28), self.width() - px(72), high - px(30))
                painter.drawText(
                    box, int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere), line.words
                )
            y += high
        painter.end()

    def _height(self, line: StepLine, width: int) -> float:
        px = self._theme.px
        high = float(px(32))
        if line.words:
            metrics = QFontMetricsF(self._theme.font("small"))
            flags = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
            room = QRectF(0, 0, max(px(60), width - px(72)), 10_000)
            high += metrics.boundingRect(room, flags, line.words).height() + px(4)
        return high
