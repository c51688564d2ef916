"""Form fields: a label, the entry, and a line that says what is wrong with it."""

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from app.domain.looks import Tone
from app.ui.icons import Icons
from app.ui.theme import Theme
from app.ui.widgets.basic import label, mark, name_widget
from app.ui.widgets.paint import key_size, paint_key

_MAX_TEXT = 10_000


class Labelled(QWidget):
    """Any widget under its label, with a problem line below that takes no room while it is empty."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        widget: QWidget,
        parent: QWidget | None = None,
        *,
        required: bool = False,
    ) -> None:
        super().__init__(parent)
        self.widget, self.required = widget, required
        self._label = label(f"{text} *" if required else text, "label")
        self._label.setBuddy(widget)
        self._problem = label("", "error", wrap=True)
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.s1)
        column.addWidget(self._label)
        column.addWidget(widget)
        column.addWidget(self._problem)
        self.setFocusProxy(widget)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_label(self, text: str) -> None:
        """Change the label."""
        self._label.setText(f"{text} *" if self.required else text)

    def show_label(self, shown: bool) -> None:
        """Where there is little room what is asked for stands in the line itself."""
        self._label.setVisible(shown)

    def show_problem(self, sentence: str, tone: Tone = Tone.BAD) -> None:
        """Say what is wrong; an empty sentence says that nothing is."""
        state = "" if not sentence else "warn" if tone is Tone.WARN else "bad"
        self._problem.setText(sentence)
        mark(self._problem, role="warning" if tone is Tone.WARN else "error")
        self._problem.setVisible(bool(sentence))
        mark(self.widget, state=state)
        self.widget.setAccessibleDescription(sentence)

    @property
    def problem(self) -> str:
        """What it says is wrong, or empty."""
        return self._problem.text()


class Field(Labelled):
    """A line of text under its label. ``edited`` comes with each change by hand, ``entered`` with Enter."""

    edited = Signal(str)
    entered = Signal()

    def __init__(
        self,
        theme: Theme,
        object_name: str,
        text: str,
        *,
        required: bool = False,
        placeholder: str = "",
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self.edit = QLineEdit()
        super().__init__(theme, text, self.edit, parent, required=required)
        name_widget(self.edit, object_name, self._spoken(text))
        self.edit.setPlaceholderText(placeholder)
        self.edit.setMaxLength(_MAX_TEXT)
        self.edit.setReadOnly(read_only)
        if read_only:
            self.edit.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.edit.textEdited.connect(self.edited)
        self.edit.returnPressed.connect(self.entered)

    def set_label(self, text: str) -> None:
        """Change the label, and what is read aloud."""
        super().set_label(text)
        self.edit.setAccessibleName(self._spoken(text))

    def _spoken(self, text: str) -> str:
        return f"{text}（必填）" if self.required else text

    def text(self) -> str:
        """What was typed."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Show a text without ``edited``; the cursor stays if the text is the same."""
        if self.edit.text() != text:
            self.edit.setText(text)
            self.edit.setCursorPosition(0)


def number_box(object_name: str, spoken: str, least: int, most: int, value: int) -> QSpinBox:
    """A whole number to type or to step, styled like a line of text."""
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    # The style sheet's padding does not reach the line inside a spin box.
    box.lineEdit().setTextMargins(12, 0, 0, 0)
    name_widget(box, object_name, spoken)
    return box


class SearchBox(QLineEdit):
    """A round search line with its key shown. Arrow keys and Enter go to whoever shows the results."""

    moved = Signal(int)  # -1 up, +1 down
    submitted = Signal(str)
    left = Signal()  # Esc
    composed = Signal(str)  # the text with what an input method still holds in it
    typed = Signal(str)  # the same, or the text, whenever that differs from what was told last

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        object_name: str,
        spoken: str,
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icons, self._key = theme, icons, key
        self._hints: tuple[str, ...] = ()
        self.setProperty("kind", "search")
        self.setMaxLength(_MAX_TEXT)
        name_widget(self, object_name, spoken)
        self.typed_text = ""  # what ``typed`` told last
        self.textChanged.connect(self._on_typed)
        self.composed.connect(self._on_typed)
        theme.changed.connect(self._on_theme_changed)

    def offer_hints(self, *hints: str) -> None:
        """Placeholders from the longest to the shortest: the longest that fits is shown."""
        self._hints = hints
        self._fit_hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for other words."""
        super().resizeEvent(event)
        self._fit_hint()

    def _fit_hint(self) -> None:
        room = self.width() - self._theme.px(116)  # magnifier, key and the ends of the line
        measure = self.fontMetrics().horizontalAdvance
        fitting = (words for words in self._hints if measure(words) <= room)
        if self._hints:
            self.setPlaceholderText(next(fitting, ""))  # no half words

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the arrows, Enter and Esc on; the rest is text."""
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit(self.text())
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Pinyin counts while it is being composed: nobody need choose the characters first."""
        super().inputMethodEvent(event)
        held, text, at = event.preeditString(), self.text(), self.cursorPosition()
        self.composed.emit(f"{text[:at]}{held}{text[at:]}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, a magnifier and the key."""
        super().paintEvent(event)
        painter = QPainter(self)
        px, middle = self._theme.px, self.height() / 2
        self._icons.paint(painter, QRectF(px(12), middle - px(10), px(20), px(20)), "magnify", "ink_3")
        if self._key and not self.text():
            size = key_size(self._theme, self._key)
            place = QRectF(
                self.width() - size.width() - px(12), middle - size.height() / 2, size.width(), size.height()
            )
            paint_key(painter, self._theme, place, self._key, on_brand=False)
        painter.end()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        if text != self.typed_text:
            self.typed_text = text
            self.typed.emit(text)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._fit_hint()
        self.update()
