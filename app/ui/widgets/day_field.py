"""The field in which a day is typed: below it stands which day was understood, or why it is none."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.ages import check_birth
from app.domain.errors import RuleError
from app.domain.looks import Tone
from app.domain.typed_days import FAR, DayTextError, Direction, read_day, split_day, spoken, written
from app.ui.theme import Theme
from app.ui.widgets.basic import label
from app.ui.widgets.fields import Field

#: Reads what was typed; raises ``RuleError``. A day with its time is a ``datetime``.
Reader = Callable[[str], dt.date]
Stepper = Callable[[dt.date, int], dt.date]
Teller = Callable[[dt.date], str]


def reader(
    clock: Callable[[], dt.datetime],
    direction: Direction,
    field: str = "day",
    *,
    far: int = FAR,
    since: Callable[[], dt.date | None] | None = None,
    refused: str = "",
) -> Reader:
    """The rule of a field: see ``read_day``. ``refused`` is said in place of the usual sentence."""

    def read(text: str) -> dt.date:
        first = None if since is None else since()
        try:
            return read_day(text, clock().date(), direction, field, since=first, far=far)
        except DayTextError as error:
            if refused:
                raise DayTextError(refused, field=field) from error
            raise

    return read


def birth_reader(clock: Callable[[], dt.datetime]) -> Reader:
    """The rule of a child's birth date, with what may not be."""
    return lambda text: check_birth(text, clock().date())


def short_text(day: dt.date, reads: Reader) -> str:
    """``12-3`` where the field understands it as that very day, else ``2026-12-03``."""
    short = f"{day.month}-{day.day}"
    if isinstance(day, dt.datetime):
        short = f"{short} {day:%H:%M}"
    return short if understood(short, reads) == day else written(day)


def understood(text: str, reads: Reader) -> dt.date | None:
    """The day of a text; None where it is none."""
    try:
        return reads(text)
    except RuleError:
        return None


def next_day(day: dt.date, by: int) -> dt.date:
    """So many days on; the day itself at the ends of the calendar."""
    try:
        return day + dt.timedelta(days=by)
    except OverflowError:
        return day


class DaySteps(QObject):
    """↑ and ↓ in a line move its day; the area around would scroll by them."""

    def __init__(
        self, edit: QLineEdit, reads: Reader, steps: Stepper = next_day, texts: Teller | None = None
    ) -> None:
        super().__init__(edit)
        self._edit, self._reads, self._steps, self._texts = edit, reads, steps, texts
        edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the two keys; an empty line begins today, what is no day stays as it is."""
        if watched is self._edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if by is not None and plain and not self._edit.isReadOnly():
                self._step(by)
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        text = self._edit.text()
        day = understood(text if text.strip() else "今天", self._reads)
        if day is None:
            return
        day = self._steps(day, by) if text.strip() else day
        parts = split_day(text)
        full = parts is not None and parts.year is not None
        texts = self._texts or (written if full else lambda one: short_text(one, self._reads))
        words = texts(day)
        if understood(words, self._reads) != day:  # a birth tomorrow, a month of 1899
            return
        self._edit.setText(words)
        self._edit.setModified(True)
        self._edit.textEdited.emit(words)


class DayField(Field):
    """A line for a day, read as it is typed.

    What was understood stands muted below, unless it stands in the line in full already. Why it is no day is
    said below when the field is left; until then it may be half a day. ``reads`` is the field's own rule:
    its direction, and whatever bounds it has.
    """

    told = Signal()  # the lines below came or went: whoever holds the field may have to grow

    def __init__(
        self,
        theme: Theme,
        object_name: str,
        text: str,
        reads: Reader,
        *,
        required: bool = False,
        placeholder: str = "",
        says: Teller = spoken,
        steps: Stepper = next_day,
        texts: Teller | None = None,
        always: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, object_name, text, required=required, placeholder=placeholder, parent=parent)
        self._reads, self._says, self._always = reads, says, always
        self._own = False  # whether the problem that is shown is this field's own
        self._said = label("", "small", wrap=True)
        self._said.setObjectName(f"{object_name}.said")
        self._said.hide()
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self._said)
        self._steps = DaySteps(self.edit, reads, steps, texts)
        self.edit.textEdited.connect(self._on_typed)
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.editingFinished.connect(self._on_left)

    def read(self) -> dt.date:
        """The day that stands there.

        Raises:
            RuleError: it is none; the sentence says why.
        """
        return self._reads(self.text())

    def read_or_none(self) -> dt.date | None:
        """The same where nothing may stand, too."""
        return self.read() if self.text().strip() else None

    def day(self) -> dt.date | None:
        """The day that stands there; None for none, or while it is half typed."""
        return understood(self.text(), self._reads)

    def full_text(self) -> str:
        """The day in full, as everybody reads it alike; what is no day as it was typed, to be refused."""
        day = self.day()
        return self.text().strip() if day is None else written(day)

    def set_day(self, day: dt.date) -> None:
        """Show a day, short where the field understands it so."""
        self.set_text(short_text(day, self._reads))

    @property
    def said(self) -> str:
        """What it says was understood, or empty."""
        return "" if self._said.isHidden() else self._said.text()

    @Slot()
    def reread(self) -> None:
        """Read it anew: the day it counts from is another one."""
        self._on_text_changed(self.text())

    def show_problem(self, sentence: str, tone: Tone = Tone.BAD) -> None:
        """Say what is wrong in place of what was understood."""
        self._own = False
        super().show_problem(sentence, tone)
        self._tell()

    def _tell(self) -> None:
        day = None if self.problem else self.day()
        shown = day is not None and (self._always or self.text().strip() != written(day))
        words = self._says(day) if shown and day is not None else ""
        # While somebody types, the line keeps its room: the form must not hop with every digit.
        keeps = not self._said.isHidden() and bool(self.text()) and self.edit.hasFocus() and not self.problem
        hidden = self._said.isHidden()
        self._said.setText(words)
        self._said.setVisible(bool(words) or keeps)
        if not self.problem:
            self.edit.setAccessibleDescription(words)
        if hidden != self._said.isHidden():
            self.told.emit()

    @Slot(str)
    def _on_text_changed(self, _text: str) -> None:
        self._tell()

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        if self._own:
            self.show_problem("")
            self.told.emit()

    @Slot()
    def _on_left(self) -> None:
        if not self.text().strip() or self.problem:
            return
        try:
            self._reads(self.text())
        except RuleError as error:
            self.show_problem(error.sentence)
            self._own = True
            self.told.emit()
        else:
            self._tell()


def full_text(field: Field) -> str:
    """What a field is read as: a day in full, else the text."""
    return field.full_text() if isinstance(field, DayField) else field.text()
