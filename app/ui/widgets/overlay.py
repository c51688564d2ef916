"""A sheet over the whole window: what is below stays visible, dimmed, and deaf to keys."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget
from shiboken6 import isValid

from app.ui.theme import Theme
from app.ui.widgets.basic import Card


class Overlay(QWidget):
    """Covers ``host`` (a direct child of the window's frame). Put content into ``card``; then ``present()``.

    While it is up the host is disabled, so that no shortcut of a room can fire behind it. Esc dismisses.
    """

    dismissed = Signal()

    def __init__(self, theme: Theme, host: QWidget, *, object_name: str) -> None:
        super().__init__(host.parentWidget())
        self.setObjectName(object_name)
        self._theme, self._host = theme, host
        self._below = QPixmap()
        self._focus_before: QWidget | None = None
        self.card = Card(theme, border="line_strong")
        grid = QGridLayout(self)
        m = theme.metrics
        grid.setContentsMargins(m.s5, m.s5, m.s5, m.s5)
        grid.addWidget(self.card, 0, 0, Qt.AlignmentFlag.AlignCenter)
        self._grid = grid
        self.hide()

    def fill(self) -> None:
        """Let the card take all the room there is, instead of only what it needs."""
        self._grid.setAlignment(self.card, Qt.AlignmentFlag(0))

    def present(self) -> None:
        """Come up over the host."""
        self._focus_before = QApplication.focusWidget()
        self._below = self._host.grab()
        self._host.setEnabled(False)
        for sheet in self._others():
            sheet.setEnabled(False)  # one that lies below is as deaf as the rooms
        self._host.installEventFilter(self)
        self.setGeometry(self._host.geometry())
        self.show()
        self.raise_()
        self.focus_first()

    def focus_first(self) -> None:
        """Give the focus to where typing should begin. Override for another place."""
        self.setFocus()
        self.focusNextChild()

    def dismiss(self) -> None:
        """Go away and give the focus back."""
        if self.isHidden():
            return
        self._host.removeEventFilter(self)
        self.hide()
        below = self._others()
        (below[-1] if below else self._host).setEnabled(True)
        before = self._focus_before
        # It may have died under the sheet: a banner's button goes with its cause.
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()
        self._focus_before = None
        self._below = QPixmap()
        self.dismissed.emit()
        self.deleteLater()

    def _others(self) -> list["Overlay"]:
        """The other sheets that are up, the topmost last."""
        parent = self.parentWidget()
        shown = (
            parent.findChildren(Overlay, options=Qt.FindChildOption.FindDirectChildrenOnly) if parent else []
        )
        return [sheet for sheet in shown if sheet is not self and sheet.isVisible()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the host's size."""
        moved = event.type() in (QEvent.Type.Resize, QEvent.Type.Move)
        if moved and watched is self._host:  # a sheet watches fields of its own, too
            self._below = QPixmap()
            self.setGeometry(self._host.geometry())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc dismisses; nothing leaks to what is below."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The host as it was, dimmed."""
        painter = QPainter(self)
        if self._below.isNull():
            painter.fillRect(self.rect(), self._theme.color("bg"))
        else:
            painter.drawPixmap(0, 0, self._below)
        scrim = QColor(self._theme.color("shadow"))
        scrim.setAlphaF(0.55 if self._theme.dark else 0.42)
        painter.fillRect(self.rect(), scrim)
        painter.end()
