"""能不能收 on the booking sheet: the word, the hours, what breaks, and buttons for what mends it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.domain.capacity import Verdict
from app.domain.looks import Chip, Tone
from app.domain.mending import Mend, MendKind
from app.services.booking_card import Answer
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, ChipLabel, label, name_widget
from app.ui.widgets.hour_strip import HourStrip
from app.ui.widgets.layouts import FlowLayout

_TONES = {Verdict.YES: Tone.OK, Verdict.TIGHT: Tone.WARN, Verdict.NO: Tone.BAD}


class AnswerBox(Card):
    """Shows an answer. A mend that the sheet can carry out is a button, one more carer is a sentence."""

    mend_wanted = Signal(object)  # Mend

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ground="surface_2", radius=theme.metrics.r_m)
        self._theme = theme
        px = theme.px
        column = self.column(margins=(px(14), px(8), px(14), px(10)), spacing=px(5))
        head = QHBoxLayout()
        head.setSpacing(theme.metrics.s2)
        head.addWidget(label("能不能收？", "h2"))
        self.chip = ChipLabel(theme)
        self.chip.setObjectName("bookings.sheet.verdict")
        head.addWidget(self.chip)
        head.addStretch(1)
        self.hours = HourStrip(theme, "bookings.sheet.hours")
        self.words = label("", "", wrap=True)
        self.words.setObjectName("bookings.sheet.answer")
        self.calendar = label("", "warning", wrap=True)
        self.carers = label("", "small", wrap=True)
        self.carers.setObjectName("bookings.sheet.carers")
        self._mends = QWidget()
        self._flow = FlowLayout(self._mends, theme.metrics.s2)
        self._buttons: list[QPushButton] = []
        column.addLayout(head)
        for part in (self.hours, self.words, self.carers, self._mends, self.calendar):
            column.addWidget(part)
        self.show_waiting("填了孩子和时间，这里就回答。")

    def show_waiting(self, words: str) -> None:
        """Too little is known yet."""
        self.chip.set_chip(Chip(""))
        self.hours.hide()
        self.words.setText(words)
        self.carers.hide()
        self.calendar.hide()
        self._show_mends(())

    def show_answer(self, answer: Answer) -> None:
        """Show another answer."""
        if answer.title == "还缺":
            self.show_waiting(answer.words)
            return
        self.chip.set_chip(Chip(answer.title, _TONES[answer.verdict]))
        self.hours.setVisible(bool(answer.hours))
        self.hours.show_hours(answer.hours)
        problems = "".join(one.sentence for one in answer.problems)
        self.words.setText(f"{answer.words}{problems}")
        told = "".join((answer.leave_words, answer.closed_words, answer.calendar_words))
        self.calendar.setText(told)
        self.calendar.setVisible(bool(told))
        carers = [one.words for one in answer.mends if one.kind is MendKind.CARER]
        self.carers.setText(f"或安排老师：{'；'.join(carers)}（在设置的排班里加）。" if carers else "")
        self.carers.setVisible(bool(carers))
        self._show_mends(tuple(one for one in answer.mends if one.kind is not MendKind.CARER))

    def _show_mends(self, mends: tuple[Mend, ...]) -> None:
        while self._buttons:
            old = self._buttons.pop()
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        for number, mend in enumerate(mends, 1):
            made = QPushButton(mend.words)
            name_widget(made, f"bookings.sheet.mend.{number}", mend.words)
            made.setProperty("kind", "choice")
            made.setAutoDefault(False)
            made.clicked.connect(lambda _on, mend=mend: self.mend_wanted.emit(mend))
            self._flow.addWidget(made)
            made.show()
            self._buttons.append(made)
        self._mends.setVisible(bool(mends))
        self.updateGeometry()
