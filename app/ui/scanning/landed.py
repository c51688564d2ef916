"""What a scanner somewhat slower than a wired one has typed into a field, and taking it out of there again.

At its first signs nothing tells it from a person, so they land. But nobody types eight signs and Enter with
no more than fifty milliseconds to any of them: a fast typist needs sixty, and is faster for two or three in a
row. A slower one, or one that sends no Enter, is no different from typing, and stays.
"""

from dataclasses import dataclass

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

SWIFT_MS = 50
ENOUGH = 8


@dataclass(slots=True)
class Landed:
    """The signs that came so swiftly into one field, and what stood there before them."""

    field: QWidget | None = None
    text: str = ""
    places: str = ""  # as on a US keyboard
    stamp: int = 0
    _before: str = ""
    _start: int = 0  # where the first sign went
    _chosen: int = 0  # how much of what was chosen it replaced

    def goes_on(self, field: QWidget, stamp: int) -> bool:
        """Whether a key of this moment belongs to them."""
        return field is self.field and 0 <= stamp - self.stamp <= SWIFT_MS

    def add(self, field: QWidget, text: str, places: str, stamp: int) -> None:
        """One more sign, which the field gets next."""
        if not self.goes_on(field, stamp):
            self.field, self.text, self.places = field, "", ""
            if (line := _line(field)) is not None:
                self._before, self._chosen = line.text(), line.selectionLength()
                self._start = line.selectionStart() if self._chosen else line.cursorPosition()
        self.text += text
        self.places += places
        self.stamp = stamp

    def forget(self) -> None:
        """Nothing more belongs to them."""
        self.field = None

    def take_out(self) -> None:
        """The field is as it was; one that has made something else of the signs keeps what it has."""
        field, self.field = self.field, None
        if field is None or not isValid(field):
            return
        if (line := _line(field)) is not None:
            rest = self._before[self._start + self._chosen :]
            if line.text() == self._before[: self._start] + self.text + rest:
                line.selectAll()
                line.insert(self._before)  # as typing does, it says that the text was edited
                line.setCursorPosition(self._start)
                if self._chosen:
                    line.setSelection(self._start, self._chosen)
        elif isinstance(field, QPlainTextEdit | QTextEdit):
            cursor = field.textCursor()
            cursor.movePosition(
                QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(self.text)
            )
            if cursor.selectedText() == self.text:
                cursor.removeSelectedText()


def _line(field: QWidget) -> QLineEdit | None:
    return field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
