"""The rail: one button per room, the sign of the house above."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.icons import Icons
from app.ui.rooms import RoomSpec
from app.ui.theme import Theme
from app.ui.widgets.basic import name_widget


class _Sign(QWidget):
    """托 on amber."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        side = round(44 * (1 + (self._theme.metrics.scale - 1) * 0.4))
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
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


class RailButton(QPushButton):
    """Icon above word."""

    def __init__(self, theme: Theme, icons: Icons, spec: RoomSpec) -> None:
        super().__init__()
        self._theme, self._icons, self._spec = theme, icons, spec
        name_widget(self, f"rail.{spec.key}", spec.title)
        self.setAccessibleDescription(f"快捷键 {spec.shortcut}")
        self.setToolTip(f"{spec.title}（{spec.shortcut}）")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As wide as the rail, high enough for a finger."""
        return QSize(self._theme.metrics.rail - 12, max(56, self._theme.px(58)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, icon and word."""
        theme, on = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("rail_on"))
            painter.setOpacity(1.0 if on else 0.55)
            painter.drawRoundedRect(rect, 10, 10)
            painter.setOpacity(1.0)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, 10, 10)
        ink = "rail_on_ink" if on else "rail_ink"
        side = theme.px(24)
        top = (self.height() - side - theme.px(20)) / 2
        self._icons.paint(painter, QRectF((self.width() - side) / 2, top, side, side), self._spec.icon, ink)
        painter.setFont(theme.font("small", bold=on))
        painter.setPen(theme.color(ink))
        words = QRectF(0, top + side, self.width(), theme.px(20))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self._spec.title)
        painter.end()


class Rail(QFrame):
    """The rooms. ``chosen(key)`` when one is asked for by hand; ``show_room`` lights one."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, specs: Sequence[RoomSpec]) -> None:
        super().__init__()
        self.setObjectName("shell_rail")
        self.setAccessibleName("房间")
        self._theme = theme
        self._buttons = {spec.key: RailButton(theme, icons, spec) for spec in specs}
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 14, 6, 10)
        column.setSpacing(4)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(_Sign(theme), 0, middle)
        column.addSpacing(10)
        for spec in specs:
            if spec.last:
                column.addStretch(1)
            column.addWidget(self._buttons[spec.key], 0, middle)
            self._buttons[spec.key].clicked.connect(self._on_button_clicked)
        if not any(spec.last for spec in specs):
            column.addStretch(1)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_room(self, key: str) -> None:
        """Light the button of a room; a hidden room leaves the one it was entered from lit."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def allow(self, keys: set[str]) -> None:
        """Show only the rooms the signed-in person may enter."""
        for key, button in self._buttons.items():
            button.setVisible(key in keys)

    @Slot()
    def _on_button_clicked(self) -> None:
        sender = self.sender()
        for key, button in self._buttons.items():
            if button is sender:
                self.chosen.emit(key)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFixedWidth(self._theme.metrics.rail)
