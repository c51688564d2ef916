"""The rail: one button per room, the sign of the house above, the roll call at the foot."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout

from app.ui.icons import Icons
from app.ui.rooms import RoomSpec
from app.ui.theme import Theme
from app.ui.widgets.basic import name_widget
from app.ui.widgets.sign import Sign

_LEAST = 44  # a finger
_LEAST_ICON = 14
_GAP, _EDGE = 4, 14  # between two buttons; above the sign
_KEY = "F9"
_KEY_EDGE = 14  # right of a room's digit


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
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As wide as the rail, high enough for a finger."""
        return QSize(self._theme.metrics.rail - 12, max(56, self._theme.px(58)))

    def minimumSizeHint(self) -> QSize:
        """Where rooms are many and letters large, all of them get lower together."""
        return QSize(self._theme.metrics.rail - 12, _LEAST)

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
        side, top, words = _stack(theme, self.size())
        if side:
            self._icons.paint(
                painter, QRectF((self.width() - side) / 2, top, side, side), self._spec.icon, ink
            )
            self._paint_key(painter, QRectF(0, top, self.width() - _KEY_EDGE, side))
        painter.setFont(theme.font("small", bold=on))
        painter.setPen(theme.color(ink))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self._spec.title)
        painter.end()

    def _paint_key(self, painter: QPainter, room: QRectF) -> None:
        """The digit that enters the room with Alt, at the right of the icon: it goes with the icon."""
        font = self._theme.font("small", tabular=True)
        font.setPixelSize(round(font.pixelSize() * 0.85))
        painter.setFont(font)
        painter.setPen(self._theme.color("rail_on_ink" if self.isChecked() else "rail_muted"))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        painter.drawText(room, flags, self._spec.shortcut.rpartition("+")[2])


class RollCallButton(QPushButton):
    """紧急点名, seen from every room: bell, its key and its word on the colour of danger."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        name_widget(self, "shell.roll_call", "紧急点名")
        self.setAccessibleDescription("快捷键 F9")
        self.setToolTip("紧急点名：谁在园里，谁安全（F9）")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As a room's button."""
        return QSize(self._theme.metrics.rail - 12, max(56, self._theme.px(58)))

    def minimumSizeHint(self) -> QSize:
        """As a room's button."""
        return QSize(self._theme.metrics.rail - 12, _LEAST)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, bell with F9, word."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        pressed = self.isDown() or self.underMouse()
        painter.setPen(QPen(theme.color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("alarm_hover" if pressed else "alarm"))
        painter.drawRoundedRect(rect, 10, 10)
        ink = theme.color("alarm_ink")
        side, top, words = _stack(theme, self.size())
        painter.setPen(ink)
        if side:
            font = theme.font("small", bold=True)
            font.setPixelSize(round(min(font.pixelSize(), side * 0.7)))
            painter.setFont(font)
            key = painter.fontMetrics().horizontalAdvance(_KEY)
            left = (self.width() - side - 5 - key) / 2
            self._icons.paint(painter, QRectF(left, top, side, side), "bell-alert-outline", "alarm_ink")
            painter.drawText(QRectF(left + side + 5, top, key + 2, side), Qt.AlignmentFlag.AlignVCenter, _KEY)
        painter.setFont(theme.font("small", bold=True))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, "紧急点名")
        painter.end()


def _stack(theme: Theme, size: QSize) -> tuple[float, float, QRectF]:
    """Side and top of the icon, and where the word stands: the icon gives way first, then goes."""
    word = min(theme.px(20), size.height())
    side = min(theme.px(24), size.height() - word - 4)
    if side < _LEAST_ICON:
        return 0, 0, QRectF(0, 0, size.width(), size.height())
    top = (size.height() - side - word) / 2
    return side, top, QRectF(0, top + side, size.width(), word)


class Rail(QFrame):
    """The rooms. ``chosen(key)`` when one is asked for by hand; ``show_room`` lights one."""

    chosen = Signal(str)
    roll_call_wanted = Signal()

    def __init__(self, theme: Theme, icons: Icons, specs: Sequence[RoomSpec]) -> None:
        super().__init__()
        self.setObjectName("shell_rail")
        self.setAccessibleName("房间")
        self._theme = theme
        self._buttons = {spec.key: RailButton(theme, icons, spec) for spec in specs}
        self._column = column = QVBoxLayout(self)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._sign = Sign(theme)
        column.addWidget(self._sign, 0, middle)
        column.addSpacing(10)
        self.roll_call = RollCallButton(theme, icons)
        self.roll_call.clicked.connect(self._on_roll_call_clicked)
        for spec in specs:
            if spec.last:
                column.addStretch(1)
            column.addWidget(self._buttons[spec.key], 0, middle)
            self._buttons[spec.key].clicked.connect(self._on_button_clicked)
        if not any(spec.last for spec in specs):
            column.addStretch(1)
        column.addSpacing(4)
        column.addWidget(self.roll_call, 0, middle)
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
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tighten where the window is low."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where even the lowest buttons have no room, the sign and the gaps give way: no room is lost."""
        shown = 1 + sum(not button.isHidden() for button in self._buttons.values())
        needed = shown * (_LEAST + _GAP) + self._sign.sizeHint().height() + 2 * _EDGE + 3 * _GAP
        tight = needed > self.height()
        self._sign.setHidden(tight)
        self._column.setSpacing(0 if tight else _GAP)
        self._column.setContentsMargins(6, 2 if tight else _EDGE, 6, 2 if tight else _EDGE - 4)

    @Slot()
    def _on_button_clicked(self) -> None:
        sender = self.sender()
        for key, button in self._buttons.items():
            if button is sender:
                self.chosen.emit(key)

    @Slot()
    def _on_roll_call_clicked(self) -> None:
        self.roll_call_wanted.emit()

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFixedWidth(self._theme.metrics.rail)
        self._fit()
