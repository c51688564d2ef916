"""更多: what is seldom done, or has no room beside the rest, in a list over the room; with their keys."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.domain.looks import Tone
from app.ui.theme import Theme
from app.ui.widgets.basic import name_widget
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.paint import key_size, paint_key, paint_mark

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class MoreLine(QAbstractButton):
    """One line of the list: words at the left, a tick while it is on, its key at the right."""

    def __init__(self, theme: Theme, words: str, name: str, key: str = "", *, ticks: bool = False) -> None:
        super().__init__()
        self._theme, self._key = theme, key
        self.setText(words)
        name_widget(self, name, words)
        if key:
            self.setAccessibleDescription(f"快捷键 {key}")
        self.setCheckable(ticks)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def key(self) -> str:
        """The key that does the same."""
        return self._key

    def sizeHint(self) -> QSize:
        """Words, room for the tick, and the key."""
        px = self._theme.px
        wide = self.fontMetrics().horizontalAdvance(self.text()) + key_size(self._theme, self._key).width()
        return QSize(round(wide) + px(76), max(44, px(38)))

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
        elif event.key() in _STEPS:
            event.ignore()  # by itself a button would look for a neighbour anywhere in the window
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, tick, words and key."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(theme.color("focus"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("brand_faint" if self.hasFocus() else "hover"))
            painter.drawRoundedRect(box, theme.metrics.r_m, theme.metrics.r_m)
        side, ink = px(13), theme.color("ink" if self.isEnabled() else "ink_3")
        mark = QRectF(box.x() + px(12), box.center().y() - side / 2, side, side)
        if self.isChecked():
            paint_mark(painter, mark, Tone.OK, theme.color("ok"))
        if self._key:
            size = key_size(theme, self._key)
            place = QRectF(
                box.right() - px(10) - size.width(), box.center().y() - size.height() / 2, *size.toTuple()
            )
            paint_key(painter, theme, place, self._key, on_brand=False, enabled=self.isEnabled())
        painter.setFont(theme.font())
        painter.setPen(ink)
        painter.drawText(box.adjusted(px(35), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()


class MoreMenu(QFrame):
    """The list. It lies over the room, not in a window of its own, and goes when anything is done.

    ``host`` says over what it is laid: so high that the whole list fits above its ``opener``.
    """

    def __init__(
        self,
        lines: Sequence[QAbstractButton],
        opener: KeyButton,
        panel: QWidget,
        name: str,
        host: Callable[[], QWidget] | None = None,
    ) -> None:
        super().__init__(panel)
        self._host = host or (lambda: panel.parentWidget() or panel)
        self._opener, self._watching = opener, False
        self.lines: list[QAbstractButton] = []
        self.setProperty("kind", "popup")
        name_widget(self, name, "更多")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(6, 6, 6, 6)
        self._column.setSpacing(0)
        for line in lines:
            self.take(line)
            line.clicked.connect(self.close_list)
        opener.clicked.connect(self.turn)
        self.hide()

    def take(self, line: QAbstractButton) -> None:
        """One more line at the end."""
        self.lines.append(line)
        self._column.addWidget(line)

    def give(self, line: QAbstractButton) -> None:
        """A line goes back to where it came from."""
        self.lines.remove(line)
        self._column.removeWidget(line)

    @Slot()
    def turn(self) -> None:
        """Open it above its button, or close it."""
        shown = [one for one in self.lines if not one.isHidden()]
        if self.isVisible() or not shown:
            self.close_list()
            return
        host = self._host()
        self.setParent(host)
        corner = self._opener.mapTo(host, QPoint(self._opener.width(), 0))
        size = self.sizeHint()
        top = max(0, corner.y() - size.height() - 6)
        self.setGeometry(max(0, corner.x() - size.width()), top, size.width(), size.height())
        self.show()
        self.raise_()
        shown[0].setFocus(Qt.FocusReason.PopupFocusReason)
        self._watch(True)

    def _watch(self, on: bool) -> None:
        """While it is up, whatever else takes the focus closes it."""
        application = QApplication.instance()
        if on == self._watching or not isinstance(application, QApplication):
            return
        self._watching = on
        if on:
            application.focusChanged.connect(self._on_focus_changed)
        else:
            application.focusChanged.disconnect(self._on_focus_changed)

    @Slot()
    def close_list(self) -> None:
        """Put it away; the focus goes back to its button."""
        if not self.isVisible():
            return
        held = self.window().focusWidget()
        if held is not None and self.isAncestorOf(held):
            self._opener.setFocus()
        self.hide()

    def step(self, by: int) -> None:
        """Walk to the next line that can be used, round and round."""
        shown = [one for one in self.lines if not one.isHidden() and one.isEnabled()]
        held = next((at for at, one in enumerate(shown) if one.hasFocus()), 0)
        if shown:
            shown[(held + by) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing more to watch."""
        self._watch(False)
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Esc closes; any other key is meant for the room, as if the list were not there."""
        if event.key() in _STEPS:
            self.step(_STEPS[Qt.Key(event.key())])
        else:
            self.close_list()
            if event.key() != Qt.Key.Key_Escape:
                event.ignore()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now is not self._opener and not self.isAncestorOf(now):
            self.hide()
