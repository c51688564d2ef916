"""过敏未答: the question that must be answered before she eats, wherever she is shown at the desk."""

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.ids import ChildId
from app.services.desk import ChildRow
from app.ui.desk.ink import DeskInk
from app.ui.desk.parts import button
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import Segmented

_BETWEEN = re.compile(r"[、,，;；\s]+")


class AllergyBox(QWidget):
    """Takes what a guardian says. Enter in it keeps the answer; it never reaches the act of the panel."""

    answered = Signal(object, str, object, str)  # ChildId, none | has, tuple[str, ...], told by
    complained = Signal(str)

    def __init__(self, ink: DeskInk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._child: ChildId | None = None
        self.answer = Segmented(
            ink.theme, "desk.allergy", self.tr("过敏或禁忌"), (("none", "没有"), ("has", "有"))
        )
        self.substances = self._line("desk.allergens", self.tr("对什么过敏，如 鸡蛋、花生"))
        self.told_by = self._line("desk.allergy_told_by", self.tr("谁说的，如 妈妈电话确认"))
        self.keep = button(self.tr("记下"), "desk.allergy_keep")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        column.addWidget(label(self.tr("过敏还没问清，先不进食。问到了按 G 记下："), "error", wrap=True))
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.answer, 1)
        first.addWidget(self.substances, 1)
        second.addWidget(self.told_by, 1)
        second.addWidget(self.keep)
        column.addLayout(first)
        column.addLayout(second)
        self.substances.hide()
        self.answer.chosen.connect(self._on_answer_chosen)
        self.keep.clicked.connect(self._on_keep_clicked)
        self.hide()

    def show_row(self, row: ChildRow) -> None:
        """Ask for this child, if the question is open; what was typed for another one goes."""
        if self._child != row.child:
            self._child = row.child
            self.answer.set_value("")
            self.substances.clear()
            self.told_by.clear()
            self.substances.hide()
        self.setVisible(row.allergy_unknown)

    def begin(self) -> None:
        """Put the focus on the question."""
        self.answer.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps what was answered, and stays here; the digits of the question stay here, too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_keep_clicked()
        elif not Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9:
            super().keyPressEvent(event)

    def _line(self, name: str, words: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        line.setPlaceholderText(words)
        line.setAccessibleName(words)
        line.setMaxLength(200)
        return line

    def _on_answer_chosen(self, answer: str) -> None:
        self.substances.setVisible(answer == "has")
        (self.substances if answer == "has" else self.told_by).setFocus()

    def _on_keep_clicked(self) -> None:
        answer = self.answer.value()
        named = tuple(part for part in _BETWEEN.split(self.substances.text().strip()) if part)
        if not answer or (answer == "has" and not named):
            self.complained.emit(self.tr("先答有没有过敏；有就写明对什么过敏。"))
            (self.substances if answer else self.answer).setFocus()
        elif not self.told_by.text().strip():
            self.complained.emit(self.tr("写明是谁说的，如“妈妈电话确认”。"))
            self.told_by.setFocus()
        elif self._child is not None:
            self.answered.emit(
                self._child, answer, named if answer == "has" else (), self.told_by.text().strip()
            )
