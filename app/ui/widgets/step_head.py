"""A step of several: its number in a green circle, and its title."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme import Theme


class StepHead(QWidget):
    """The number and the title on one line."""

    def __init__(self, theme: Theme, number: int, title: str) -> None:
        super().__init__()
        self._theme, self._number, self._title = theme, number, title
        self.setAccessibleName(f"{number} {title}")
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def sizeHint(self) -> QSize:
        """As wide as its words, where it stands in a row of steps."""
        theme = self._theme
        words = QFontMetricsF(theme.font("name", bold=True)).horizontalAdvance(self._title)
        return QSize(theme.px(26) + theme.px(12) + round(words), theme.px(26))

    def _on_theme_changed(self) -> None:
        self.setFixedHeight(self._theme.px(26))
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint circle and title."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self.height()
        circle = self.rect().adjusted(0, 0, side - self.width(), 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("brand"))
        painter.drawEllipse(circle)
        painter.setPen(theme.color("brand_ink"))
        painter.setFont(theme.font("body", bold=True))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.setPen(theme.color("ink"))
        painter.setFont(theme.font("name", bold=True))
        rest = self.rect().adjusted(side + theme.px(10), 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, self._title)
        painter.end()
