"""The sign of the program: 托 on amber."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import Theme


class Sign(QWidget):
    """托 on amber."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """A square that grows less than the type."""
        side = round(44 * (1 + (self._theme.metrics.scale - 1) * 0.4))
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sign."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        radius = self.width() * 0.32
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        font = theme.font("title", bold=True)
        font.setPixelSize(round(self.height() * 0.5))
        painter.setFont(font)
        painter.setPen(theme.color("rail"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "托")
        painter.end()
