"""The side panel of a child inside: who takes her, what is due, and handing her back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.ids import VisitId
from app.ui.desk.ink import DeskInk
from app.ui.desk.parts import TENDER_KEYS, TENDERS, AdultList, PriceBox, button
from app.ui.scanner import tidy
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import Segmented

if TYPE_CHECKING:
    from app.services.pickup import PickupCard


class PickupView(QWidget):
    """Asks who takes the child and how the fee is paid. Decides nothing.

    ``price`` and ``tender`` are laid out by the panel, which keeps them in sight while this scrolls.
    """

    check_out_requested = Signal(object)  # CheckOut
    check_in_undone = Signal(object)  # VisitId
    complained = Signal(str)
    code_matched = Signal()

    def __init__(self, ink: DeskInk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: PickupCard | None = None
        self.adults = AdultList(ink, collecting=True)
        self._other = label(self.tr("其他人来接：须监护人电话确认，园长放行。"), "error", wrap=True)
        self.price = PriceBox(ink.theme)
        self.tender = Segmented(ink.theme, "pickup.tender", self.tr("付款方式"), TENDERS)
        for key, (tender, words) in zip(TENDER_KEYS, TENDERS, strict=True):
            self.tender.button(tender).setToolTip(f"{words}：按 {key}")
        self.words = label("", "small", wrap=True)
        self.words.setObjectName("pickup.quote_words")
        self.undo = button(self.tr("撤销入园"), "desk.check_in_undo", "link")
        self.undo.setMinimumHeight(ink.px(44))
        self.code = QLineEdit()
        self.code.setObjectName("pickup.code")
        self.code.setAccessibleName(self.tr("凭条上的接送码，按 M"))
        self.code.setPlaceholderText(self.tr("M 接送码"))
        self.code.setMaxLength(12)
        self.identity = button(self.tr("I 身份证"), "pickup.identity")
        self.identity.setCheckable(True)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("谁来接？"), "h2"))
        head.setSpacing(6)
        head.addWidget(self.code, 1)
        head.addWidget(self.identity)
        head.addWidget(self.undo)
        column.addLayout(head)
        column.addWidget(self.adults)
        column.addWidget(self._other)
        column.addWidget(self.words)
        column.addStretch(1)
        self.undo.clicked.connect(self._on_undo_clicked)
        self.code.textEdited.connect(self._on_code_edited)

    @property
    def visit(self) -> VisitId | None:
        """Whose stay is shown."""
        return self._card.visit if self._card else None

    @property
    def priced(self) -> bool:
        """Whether the stay costs anything at the door."""
        return self._card is not None and self._card.quote is not None and bool(self._card.quote.lines)

    @property
    def owed(self) -> bool:
        """Whether money is due and no receipt has been issued."""
        card = self._card
        return card is not None and card.quote is not None and bool(card.quote.total) and card.receipt is None

    def show_card(self, card: "PickupCard") -> None:
        """Show a stay; the choices made stay while it is the same one."""
        known = self.visit == card.visit
        same_adults = known and self._card is not None and self._card.card.adults == card.card.adults
        # Nobody is chosen beforehand, not even who brought her: who stands at the door is seen, not guessed.
        chosen = self.adults.chosen if same_adults else None
        self._card = card
        self.adults.show_adults(card.card.adults, chosen)
        if not known:
            self.tender.set_value("")
            self.code.clear()
            self.identity.setChecked(False)
        if card.quote is not None:
            self.price.show_quote(card.quote)
        self.words.setText(card.quote.words if card.quote is not None else "")
        self.words.setVisible(bool(self.words.text()))

    def press(self, key: int) -> bool:
        """Take a key: a digit chooses who takes, a letter the tender, M the code, I the identity card."""
        number = key - Qt.Key.Key_0
        if 1 <= number <= 9:
            if (barred := self.adults.barred_at(number)) is not None:
                self.complained.emit(f"{barred.name}（{barred.relation}）不能接走孩子。请找园长。")
                return True
            return self.adults.choose(number)
        if key == Qt.Key.Key_M:
            self.code.setFocus()
            self.code.selectAll()
            return True
        if key == Qt.Key.Key_I:
            self.identity.toggle()
            return True
        if self.owed and 0 < key < 128 and chr(key) in TENDER_KEYS:
            self.tender.set_value(TENDERS[TENDER_KEYS.index(chr(key))][0])
            return True
        return False

    def confirm(self) -> None:
        """Ask for the check-out, or say what is missing."""
        if self._card is None:
            return
        if (collector := self.adults.chosen) is None:
            self.complained.emit("先按数字键选谁来接，再按 Enter。")
            return
        if self.owed and not self.tender.value():
            self.complained.emit("还有应收款：先选怎么付（现金按 C，微信按 W），再按 Enter。")
            self.tender.setFocus()
            return
        from app.services.pickup import CheckOut

        code = tidy(self.code.text())
        if code and code != self._card.code:
            self._refuse_code()
            return
        tender = self.tender.value() if self.owed else None
        proof = "code" if code else "identity" if self.identity.isChecked() else "known"
        self.check_out_requested.emit(CheckOut(self._card.visit, collector, proof, tender, code))

    def show_code(self) -> None:
        """The slip itself was scanned: its code is this child's."""
        if self._card is not None:
            self.code.setText(self._card.code)

    def _on_code_edited(self, text: str) -> None:
        """A whole code is compared at once; the right one leaves the digits to the adults again."""
        code = tidy(text)
        if self._card is None or len(code) < len(self._card.code):
            self.complained.emit("")
        elif code != self._card.code:
            self._refuse_code()
        else:
            self.code.setText(code)
            self.complained.emit("")
            self.code_matched.emit()

    def _refuse_code(self) -> None:
        name = self._card.card.row.name if self._card is not None else ""
        self.complained.emit(f"接送码不是{name}今天的。请核对凭条，或清空后改按认识的人放行。")
        self.code.setFocus()
        self.code.selectAll()

    def _on_undo_clicked(self) -> None:
        if self._card is not None:
            self.check_in_undone.emit(self._card.visit)
