"""The kinds of field on the intake card: a cell under its label, an answer, a line with ready-made words."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.looks import Tone
from app.ui.theme import Theme
from app.ui.widgets.basic import mark, name_widget
from app.ui.widgets.buttons import Segmented

ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
MAX_TEXT = 10_000


class Line(QLineEdit):
    """A line of text. Its Enter goes to the form, which walks on."""

    def __init__(self, name: str, spoken: str, placeholder: str = "") -> None:
        super().__init__()
        name_widget(self, name, spoken)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(MAX_TEXT)
        self.setMinimumWidth(40)


class Answer(Segmented):
    """Choices that Enter passes by: a question that must be answered is never answered by walking through."""

    enter_pressed = Signal(bool)  # True with Shift: back

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter before the row does; arrows, Space and digits are the row's."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTERS:
            self.enter_pressed.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return True
        return super().eventFilter(watched, event)

    def _make(self, value: str) -> QPushButton:
        made = super()._make(value)
        made.installEventFilter(self)  # last installed, first asked
        return made

    @property
    def stop(self) -> QWidget:
        """Where the focus goes: the chosen button, or the first."""
        return self.focusProxy() or self


class PickLine(Line):
    """A line with ready-made words: a digit puts one in, anything else is typed."""

    picked = Signal()

    def __init__(self, theme: Theme, name: str, spoken: str, words: Sequence[str]) -> None:
        super().__init__(name, spoken, f"按 1–{len(words)} 选，或直接写")
        self._theme, self._words = theme, tuple(words)
        self._popup: QFrame | None = None
        self.textEdited.connect(self._on_text_edited)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say how to fill it as fully as there is room for."""
        super().resizeEvent(event)
        digits = f"1–{len(self._words)}"
        tellings = (f"按 {digits} 选，或直接写", f"按 {digits} 选", digits)
        room = self.width() - self._theme.px(34)
        width_of = self.fontMetrics().horizontalAdvance
        self.setPlaceholderText(next((one for one in tellings if width_of(one) <= room), digits))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses while nothing else has been typed; Esc closes the list first."""
        number = event.key() - Qt.Key.Key_0
        free = not self.text() or self.text() in self._words or self.hasSelectedText()
        if free and not event.modifiers() and 1 <= number <= len(self._words):
            self._take(self._words[number - 1])
        elif event.key() == Qt.Key.Key_Escape and self._popup is not None and self._popup.isVisible():
            self._popup.hide()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the words."""
        super().focusInEvent(event)
        self._show_words()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the words away."""
        super().focusOutEvent(event)
        if self._popup is not None:
            self._popup.hide()

    def hideEvent(self, event: QEvent) -> None:
        """The list goes with its field."""
        super().hideEvent(event)  # type: ignore[arg-type]
        if self._popup is not None:
            self._popup.hide()

    def _on_text_edited(self, text: str) -> None:
        """Who types needs no list in the way; who clears the line may choose again."""
        if text and self._popup is not None:
            self._popup.hide()
        elif not text and self.hasFocus():
            self._show_words()

    def _take(self, word: str) -> None:
        self.setText(word)
        self.textEdited.emit(word)
        self.picked.emit()
        if self._popup is not None:
            self._popup.hide()

    def _show_words(self) -> None:
        if self._popup is None:
            self._popup = self._make_popup()
        popup, host = self._popup, self.window()
        popup.setParent(host)
        popup.adjustSize()
        room, gap = host.rect(), 4
        place = self.mapTo(host, QPoint(0, self.height() + gap))
        if place.y() + popup.height() > room.bottom() - gap:
            place = self.mapTo(host, QPoint(0, -popup.height() - gap))
        popup.move(max(gap, min(place.x(), room.right() - popup.width() - gap)), max(gap, place.y()))
        popup.show()
        popup.raise_()

    def _make_popup(self) -> QFrame:
        popup = QFrame()
        popup.setObjectName(f"{self.objectName()}.words")
        popup.setProperty("kind", "popup")
        grid = QGridLayout(popup)
        grid.setContentsMargins(8, 8, 8, 8)
        grid.setSpacing(6)
        for number, word in enumerate(self._words, 1):
            made = QPushButton(f"{number} {word}")
            name_widget(made, f"{self.objectName()}.{number}", word)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.clicked.connect(lambda _=False, chosen=word: self._take(chosen))
            grid.addWidget(made, (number - 1) // 4, (number - 1) % 4)
        return popup


class CellLabel(QLabel):
    """The label of a cell; with a problem it says the problem instead, in colour and with a mark."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words, self._sentence = words, ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(10)
        self.say("")

    def say(self, sentence: str, tone: Tone = Tone.BAD) -> None:
        """Say a problem, or with nothing the label itself."""
        self._sentence = sentence
        role = "label" if not sentence else "error" if tone is Tone.BAD else "warning"
        mark(self, role=role)
        self.setToolTip(sentence)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the words to the width; the whole sentence is in the tooltip and in 还缺."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        words = f"◆ {self._sentence}" if self._sentence else self._words
        metrics = QFontMetricsF(self.font())
        self.setText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(10, self.width())))


class Cell(QWidget):
    """Widgets in a row under one label. Several may share a cell: an answer and what it opens."""

    def __init__(self, words: str, *widgets: QWidget, required: bool = False) -> None:
        super().__init__()
        self.words = words
        self.label = CellLabel(f"{words} *" if required else words)
        # Columns of the grid are equal whatever stands in them.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.label)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for widget in widgets:
            line.addWidget(widget, 1)
        self.line = line
        self._widgets = widgets
        column.addLayout(line)

    def show_problem(self, sentence: str, tone: Tone = Tone.BAD) -> None:
        """Say what is wrong here; nothing says that all is well."""
        self.label.say(sentence, tone)
        state = "" if not sentence else "bad" if tone is Tone.BAD else "warn"
        for widget in self._widgets:
            widget.setAccessibleDescription(sentence)
            if isinstance(widget, QLineEdit):
                mark(widget, state=state)


def read_only(name: str, spoken: str) -> QLineEdit:
    """A line that shows what follows from others."""
    line = Line(name, spoken)
    line.setReadOnly(True)
    line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return line
