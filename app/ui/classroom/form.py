"""What the forms of the log panel share: rows of pills, lines of text, the time of an entry."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.ids import VisitId
from app.domain.logbook import EntryDraft, EntryKind
from app.services.checks import HealthCheck
from app.services.class_views import Except, Offer, RosterCard
from app.ui.classroom.exceptions import Mark
from app.ui.classroom.words import read_clock
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import name_widget
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.fields import Field

_SHOWN = 20  # characters of a sentence that is asked about


class FormProblem(ValueError):  # noqa: N818 - a sentence for the person, not a failure of the program
    """What is still missing or cannot be read, in a sentence."""


class Choices(Segmented):
    """A row of pills in which the arrow keys choose at once."""

    def choices(self) -> tuple[tuple[str, str], ...]:
        """What is offered: values and words in order."""
        return tuple((value, button.text()) for value, button in self._buttons.items())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move and choose; the rest as in any row of choices."""
        super().keyPressEvent(event)
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
        held = self.focusWidget()
        if event.key() in arrows and not self._many and isinstance(held, QPushButton):
            held.click()


class KindForm(QWidget):
    """What all forms share: rows of pills and lines of text, and the wish to be kept."""

    keep_requested = Signal()
    changed = Signal()
    kind = EntryKind.NOTE

    def __init__(self, context: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._theme = context, context.theme
        self._line: QHBoxLayout | None = None
        self._meant_for_all = ""  # words of one's own of which was said that they are for the whole class
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self._theme.metrics.s3)
        self.build()

    def build(self) -> None:
        """Make the rows."""

    def show_offer(self, offer: Offer) -> None:
        """Take what the service offers; what the person already chose stays."""

    def draft(self, at: dt.datetime) -> EntryDraft:
        """What to log.

        Raises:
            FormProblem: something is missing or cannot be read.
        """
        raise NotImplementedError

    def check(self) -> HealthCheck | None:
        """The health check to keep instead of an entry, if it is one.

        Raises:
            FormProblem: something is missing or cannot be read.
        """
        return None

    def own_words(self) -> str:
        """What was typed beside what is chosen: most often it tells of one child."""
        return ""

    def ask_of_all(self) -> None:
        """Pass if there are no words of one's own, or they are to be kept for the whole class, asked once.

        Raises:
            FormProblem: the question; kept again, the same words are no problem any more.
        """
        words = self.own_words()
        if words and words != self._meant_for_all:
            self._meant_for_all = words
            told = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
            msg = f"“{told}”会写给全班每一个孩子。都是这样，再按 Enter；只说一个孩子，按 Esc 用空格选她。"
            raise FormProblem(msg)

    def load(self, draft: EntryDraft) -> None:
        """Show an entry that is to be corrected."""
        raise NotImplementedError

    def moment(self, draft: EntryDraft) -> dt.datetime:
        """Which moment of an entry the time above stands for."""
        return draft.at

    def main(self) -> Choices | None:
        """The row in which a child may differ from the rest; None where nobody does."""
        return None

    def meet(self, meant: Sequence[RosterCard]) -> None:
        """Whom it is about, before anything is asked."""

    def each(self, at: dt.datetime) -> tuple[Except, ...]:
        """What is logged of each child but the first, where the form asks of every one.

        Raises:
            FormProblem: something is missing or cannot be read.
        """
        return ()

    def differ(self, marks: Sequence[Mark]) -> None:
        """Who of the batch differs, and in what: the form may have to ask more of her."""

    def draft_as(self, at: dt.datetime, value: str, visit: VisitId | None = None) -> EntryDraft:
        """What to log for a child who differs: another ``value`` of the main row.

        Raises:
            FormProblem: something is missing or cannot be read.
        """
        main = self.main()
        if main is None:
            return self.draft(at)
        held = main.value()
        main.set_value(value)
        try:
            return self.draft(at)
        finally:
            main.set_value(held)

    def first(self) -> QWidget:
        """Where the focus begins."""
        raise NotImplementedError

    def whom(self, meant: Sequence[RosterCard]) -> tuple[RosterCard, ...]:
        """Whom of those who are meant the entry is about: all of them, unless the form lets choose."""
        return tuple(meant)

    def pills(
        self,
        name: str,
        spoken: str,
        choices: Sequence[tuple[str, str]],
        *,
        on: str = "",
        small: bool = False,
        many: bool = False,
        numbered: bool = False,
    ) -> Choices:
        """Add a row of pills; with ``many`` any of them can be on, ``numbered`` show the digits that choose.

        That is the row in which the focus begins: elsewhere digits are not heard until the focus is there.
        """
        row = Choices(
            self._theme, f"classroom.form.{name}", spoken, choices,
            kind="choice" if small else "pill", stretch=small, wrap=not small, many=many,
            keys="123456789" if numbered else "", size="tight" if numbered else "",
        )  # fmt: skip
        row.set_value(on)
        row.walked_on.connect(self.keep_requested)
        row.chosen.connect(lambda _value: self.changed.emit())
        self._column.addWidget(row)
        return row

    def line(self, name: str, text: str, placeholder: str = "", *, beside: bool = False) -> Field:
        """Add a line of text, or put it ``beside`` the one before; Enter in it keeps the entry."""
        field = Field(self._theme, f"classroom.form.{name}", text, placeholder=placeholder)
        field.entered.connect(self.keep_requested)
        field.edited.connect(lambda _text: self.changed.emit())
        if not beside or self._line is None:
            self._line = QHBoxLayout()
            self._line.setSpacing(self._theme.metrics.s3)
            self._column.addLayout(self._line)
        self._line.addWidget(field, 1)
        return field


class TimeEdit(QLineEdit):
    """The moment of an entry: ``11:30``, ``1130``; up and down move it by five minutes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name_widget(self, "classroom.form.time", "时间")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMaxLength(8)

    def time(self) -> dt.time | None:
        """What it says, if it can be read."""
        return read_clock(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up is five minutes later, down five earlier."""
        steps = {Qt.Key.Key_Up: 5, Qt.Key.Key_Down: -5}
        step = steps.get(Qt.Key(event.key()))
        time = self.time()
        if step is None or time is None:
            super().keyPressEvent(event)
            return
        minutes = (time.hour * 60 + time.minute + step) % (24 * 60)
        self.setText(f"{minutes // 60:02d}:{minutes % 60:02d}")
