"""The list of cards put aside: pick one by digit, arrows or touch; Esc closes it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.services.intake import ParkedDraft
from app.ui.theme import Theme
from app.ui.widgets.basic import label, name_widget

_MOST = 9
_STEPS = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}


class ParkedList(QFrame):
    """A small sheet over the page."""

    chosen = Signal(object)  # DraftId

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("intake.parked")
        self.setAccessibleName("挂起的登记")
        self.setProperty("kind", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._buttons: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 12, 14, 14)
        self._column.setSpacing(8)
        self.hide()

    def show_drafts(self, drafts: Sequence[ParkedDraft]) -> None:
        """Open with these, the newest first."""
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._buttons = []
        self._column.addWidget(label("取回哪一张？", "h2"))
        for number, draft in enumerate(drafts[:_MOST], 1):
            words = f"{draft.title}　{draft.saved_at:%H:%M}{'' if draft.held else '　没填完'}"
            made = QPushButton(f"{number}　{words}")
            name_widget(made, f"intake.parked.{number}", words.replace("　", " "))
            made.setAutoDefault(False)
            made.installEventFilter(self)
            made.clicked.connect(lambda _=False, key=draft.id: self._take(key))
            self._column.addWidget(made)
            self._buttons.append(made)
        self.adjustSize()
        host = self.parentWidget()
        if host is not None:
            self.move(max(8, host.width() - self.width() - self._theme.px(24)), self._theme.px(8))
        self.show()
        self.raise_()
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the arrows before a button does: it would go on to the card below the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _STEPS:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and Enter take, arrows walk, Esc closes."""
        number = event.key() - Qt.Key.Key_0
        held = next((at for at, made in enumerate(self._buttons) if made.hasFocus()), 0)
        if 1 <= number <= len(self._buttons):
            self._buttons[number - 1].click()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._buttons:
            self._buttons[held].click()
        elif event.key() in _STEPS and self._buttons:
            at = (held + _STEPS[event.key()]) % len(self._buttons)
            self._buttons[at].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _take(self, draft: object) -> None:
        self.hide()
        self.chosen.emit(draft)
