"""The side panel of a child inside: who takes her, what is due, what is open, and handing her back."""

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ids import VisitId
from app.ui.desk.due import Due, due_of
from app.ui.desk.ink import DeskInk
from app.ui.desk.kin import KinChoice
from app.ui.desk.parts import TENDER_KEYS, TENDERS, AdultList
from app.ui.desk.proofs import Proofs
from app.ui.desk.reading import as_adult
from app.ui.desk.scanned import PassCard, along, proved
from app.ui.desk.settling import Settling
from app.ui.scanner import tidy
from app.ui.widgets.basic import label, mark
from app.ui.widgets.bound import BoundTicks
from app.ui.widgets.more import MoreLine

if TYPE_CHECKING:
    from app.services.collecting import CheckOut
    from app.services.open_papers import Answer, OpenPaper
    from app.services.pickup_card import PickupCard, SiblingRow
    from app.ui.desk.papers_box import PapersBox


class PickupView(QWidget):
    """Asks who takes the child and how the fee is paid. Decides nothing.

    ``asked``, ``proofs`` and ``settling`` are laid out by the panel, which keeps what is to be settled in
    sight while the adults scroll.
    """

    check_out_requested = Signal(object)  # CheckOut
    together_requested = Signal(object)  # tuple[CheckOut, ...]
    check_in_undone = Signal(object)  # VisitId
    barred_chosen = Signal(object, object)  # VisitId, AdultId: somebody who must not stands there
    grant_requested = Signal()
    grants_requested = Signal()
    exception_requested = Signal()
    belonging_noted = Signal(object, str)  # VisitId, words
    complained = Signal(str)
    code_matched = Signal()
    answered = Signal()  # something was said of an open paper
    price_changed = Signal()
    looked_at = Signal(QWidget)  # what a key has just changed, or what is next: to be scrolled to

    def __init__(self, ink: DeskInk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: PickupCard | None = None
        self.money = Due()  # what is charged if the act ends now
        self._ink = ink
        self.adults = AdultList(ink, collecting=True)
        self.settling = Settling(ink)
        self.price, self.tender = self.settling.price, self.settling.tender
        self.proofs = Proofs(ink.theme)
        self.code, self.identity = self.proofs.code, self.proofs.identity
        self.grant, self.exception = self.proofs.grant, self.proofs.exception
        self.belonging, self.later_reason = self.proofs.belonging, self.proofs.later_reason
        self.words = self.proofs.words
        self.pass_card = MoreLine(
            ink.theme, self.tr("接送卡（扫过才算）"), "pickup.pass_card", "J", ticks=True
        )
        self._passed = PassCard(self.pass_card)
        self.thing = MoreLine(ink.theme, self.tr("记一件随身物品"), "pickup.note_belonging", "N")
        self.later = MoreLine(ink.theme, self.tr("以后再付"), "pickup.later", "Z", ticks=True)
        self.granted = MoreLine(ink.theme, self.tr("今天的电话授权"), "pickup.grants", "F8")
        self.undo = MoreLine(ink.theme, self.tr("撤销入园"), "desk.check_in_undo")
        self._seen = BoundTicks((self.identity, self.pass_card), lambda: self.adults.chosen)
        self.kin = KinChoice(ink.theme)
        self._papers: PapersBox | None = None  # most children have none: made with the first
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.asked = QWidget()  # gives way where the adults need the room
        asked = QHBoxLayout(self.asked)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.addWidget(label(self.tr("谁来接？"), "h2"))
        self._others = label(self.tr("其他人来接，先请监护人来电"), "error")
        asked.addWidget(self._others, 1, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.adults)
        column.addWidget(self.kin)

    def _connect(self) -> None:
        self.undo.clicked.connect(self._on_undo_clicked)
        self.code.textEdited.connect(self._on_code_edited)
        self.grant.clicked.connect(self.grant_requested)
        self.granted.clicked.connect(self.grants_requested)
        self.exception.clicked.connect(self.exception_requested)
        self._passed.lacking.connect(self._on_pass_lacking)
        self.thing.clicked.connect(self._ask_belonging)
        self.belonging.returnPressed.connect(self._on_belonging_entered)
        self.later.toggled.connect(self._on_later_toggled)
        self.later_reason.textEdited.connect(lambda _text: self.complained.emit(""))
        self.kin.changed.connect(self._on_kin_changed)
        self.adults.changed.connect(self._on_adult_changed)
        self.pass_card.toggled.connect(self._on_pass_card_toggled)

    @property
    def more_lines(self) -> tuple[MoreLine, ...]:
        """What is seldom done, for the list 更多."""
        return (self.pass_card, self.thing, self.later, self.granted, self.undo)

    @property
    def open_papers(self) -> int:
        """How many things are still to be done before she goes."""
        return 0 if self._papers is None else self._papers.open_count()

    def show_settling(self, *, money: bool, papers: bool) -> None:
        """Show what there is of price and tender, and of papers."""
        self.settling.show_parts(price=money and self.priced, tender=money and self.owed, papers=papers)

    @property
    def visit(self) -> VisitId | None:
        """Whose stay is shown."""
        return self._card.visit if self._card else None

    @property
    def card(self) -> "PickupCard | None":
        """The stay shown."""
        return self._card

    @property
    def together(self) -> "tuple[SiblingRow, ...]":
        """The siblings who go along."""
        return () if self._card is None else self.kin.together

    @property
    def priced(self) -> bool:
        """Whether there is anything to say about money at the door."""
        return bool(self.money.lines)

    @property
    def owed(self) -> bool:
        """Whether money is due that nobody has paid or put off."""
        return bool(self.money.due)

    @property
    def begun(self) -> bool:
        """Whether anything was chosen or typed that hands this child back: it is no longer a look at her."""
        said = (self.code.text(), self.tender.value(), self.later.isChecked(), self.together)
        return self._card is not None and (self.adults.chosen is not None or any(said))

    def show_card(self, card: "PickupCard") -> None:
        """Show a stay; the choices made stay while it is the same one."""
        known = self.visit == card.visit
        adults = (*card.card.adults, *(as_adult(one) for one in card.grants))
        same_adults = known and self._card is not None and self._card.card.adults == card.card.adults
        # Nobody is chosen beforehand, not even who brought her: who stands at the door is seen, not guessed.
        chosen = self.adults.chosen if same_adults else None
        self._card = card
        self.adults.show_adults(adults, chosen)
        if not known:
            self._forget()
        self.kin.show_siblings(card.siblings)
        self._show_money_and_papers()
        self.words.setText(card.quote.words if card.quote is not None else "")
        self.price.setToolTip(self.words.text())
        self._on_adult_changed()

    def hints(self) -> str:
        """The keys that stand on none of its buttons, and the act."""
        later = self.tr("Z 以后再付 · ") if self.owed else ""
        return self.tr("数字 谁来接 · J 接送卡 · N 记物品 · {later}Q 更多 · Enter 确认接走").format(
            later=later
        )

    def press(self, key: int) -> bool:
        """Take a key: a digit chooses who takes, a letter the tender, M the code, I the identity card."""
        number = key - Qt.Key.Key_0
        if 1 <= number <= 9:
            return self._press_digit(number)
        if key == Qt.Key.Key_M:
            self.code.setFocus()
            self.code.selectAll()
            return True
        if key == Qt.Key.Key_O and self._papers is not None:
            return self._papers.settle_next()
        if key == Qt.Key.Key_B and self.kin.turn():
            return True
        for at, made in self._keys():
            if key == at and not made.isHidden():
                made.click()
                return True
        return self.choose_tender(key)

    def choose_tender(self, key: int) -> bool:
        """Take a letter for the way of paying, while money is due."""
        if self.owed and 0 < key < 128 and chr(key) in TENDER_KEYS:
            value = TENDERS[TENDER_KEYS.index(chr(key))][0]
            self.tender.set_value(value)
            self.tender.chosen.emit(value)
            return True
        return False

    def confirm(self) -> None:
        """Ask for the check-out, or say what is missing."""
        if self._card is None:
            return
        if (who := self.adults.chosen_row) is None:
            self.complained.emit("先按数字键选谁来接，再按 Enter。")
            return
        code = tidy(self.code.text())
        if who.grant and not (code and self.identity.isChecked()):
            words = (
                "还要授权码：按 M 输入来人说的授权码。"
                if not code
                else "请看身份证，核对姓名、尾号和年龄（满 18 周岁），再按 I。"
            )
            self.complained.emit(words)
            return
        if not who.grant and code and code != self._card.code:
            self._refuse_code()
            return
        if (act := self.prepared()) is None:
            return
        act = proved(act, who, code, identity=self.identity.isChecked(), card=self._passed.number)
        self.send(act)

    def prepared(self) -> "CheckOut | None":
        """Money and open papers of the act, without who takes her; None after saying what is missing."""
        from app.services.collecting import CheckOut

        if self._card is None:
            return None
        urging = self._papers.urging() if self._papers is not None else ""
        if urging:
            self._look_at_papers()
            self.complained.emit(urging)
            return None
        if self.later.isChecked() and not self.later_reason.text().strip():
            self.complained.emit("以后再付要写明理由。")
            self.later_reason.setFocus()
            return None
        if self.owed and not self.tender.value():
            self.complained.emit("还有应收款：先选怎么付（现金按 C，微信按 W），再按 Enter。")
            self.tender.setFocus()
            return None
        tender = self.tender.value() if self.owed else None
        return CheckOut(self._card.visit, tender=tender, answers=self._answers(self._card.visit))

    def send(self, act: "CheckOut") -> None:
        """Ask for the departure, with the siblings who go along."""
        acts = self.acts_of(act)
        if len(acts) > 1:
            self.together_requested.emit(acts)
        else:
            self.check_out_requested.emit(act)

    def acts_of(self, act: "CheckOut") -> "tuple[CheckOut, ...]":
        """The same act for her and for each sibling who goes along."""
        others = (
            dataclasses.replace(one, answers=self._answers(one.visit))
            for one in along(act, (one.visit for one in self.together))
        )
        return (act, *others)

    def show_code(self, told: str = "") -> None:
        """The slip was scanned: its code is this child's. A code ``told`` by telephone lights who comes."""
        if self._card is not None:
            self.code.setText(told or self._card.code)
            if told:
                self._on_code_edited(told)

    def show_pass(self, number: str) -> None:
        """Her card was scanned: whoever holds it proves so much by it."""
        self._passed.show_number(number)

    def _keys(self) -> "tuple[tuple[Qt.Key, QAbstractButton], ...]":
        key = Qt.Key
        keys = (key.Key_I, key.Key_J, key.Key_P, key.Key_X, key.Key_N, key.Key_Z)
        made: tuple[QAbstractButton, ...] = (
            self.identity, self.pass_card, self.grant, self.exception, self.thing, self.later,
        )  # fmt: skip
        return tuple(zip(keys, made, strict=True))

    def _press_digit(self, number: int) -> bool:
        refused = self.adults.barred_at(number)
        if refused is None or self._card is None:
            return self.adults.choose(number)
        who = f"{refused.name}（{refused.relation}）"
        if refused.barred:
            self.complained.emit(f"{who}不能接走孩子。请找园长。")
            self.barred_chosen.emit(self._card.visit, refused.adult)
        elif refused.grant:
            self.complained.emit(f"{who}的授权码已经用过。请再打电话给监护人，按 P 重新授权。")
        else:
            self.complained.emit(f"{who}今天不在接送名单里。问过监护人按 P 电话授权，或按 X 园长放行。")
        return True

    def departed(self) -> None:
        """She has gone, or was left for another child. Should she be handed back, all is asked anew."""
        self._card = None

    def _forget(self) -> None:
        """Another child: nothing of the last one's."""
        if self._papers is not None:
            self._papers.show_papers(())
        self.tender.set_value("")
        self.kin.clear()
        for line in (self.code, self.belonging, self.later_reason):
            line.clear()
        self._passed.show_number("")
        for toggle in (self.identity, self.later):
            toggle.setChecked(False)
        self._seen.begin()
        self.belonging.hide()

    def _answers(self, visit: VisitId) -> "tuple[Answer, ...]":
        from app.services.cashier import MONEY_KIND
        from app.services.open_papers import Answer

        given = () if self._papers is None else self._papers.answers(visit)
        if self._card is not None and visit == self._card.visit and self.later.isChecked():
            given += (Answer(MONEY_KIND, visit, self.later_reason.text().strip()),)
        return given

    def _show_money_and_papers(self) -> None:
        """What is due and what is open, with that of the siblings who go along."""
        card, together = self._card, self.together
        if card is None:
            return
        due = card.quote is not None and bool(card.quote.total) and card.receipt is None
        self.later.setVisible(due)
        if not due:
            self.later.setChecked(False)
        papers: list[tuple[VisitId, str, OpenPaper]] = [(card.visit, "", paper) for paper in card.papers]
        papers += [(one.visit, one.name, paper) for one in together for paper in one.papers]
        if papers and self._papers is None:
            from app.ui.desk.papers_box import PapersBox

            self._papers = PapersBox(self._ink.theme)
            self._papers.changed.connect(self._on_papers_changed)
            self._papers.looked_at.connect(self.looked_at)
            self.settling.take_papers(self._papers)
        if self._papers is not None:
            self._papers.show_papers(papers)
        self._count()

    def _count(self) -> None:
        """What the door charges follows every answer: one sum, which the family reads, too."""
        settled = () if self._papers is None else self._papers.settled_money()
        if self._card is not None:
            self.money = due_of(self._card, self.together, settled, later=self.later.isChecked())
            self.price.show_due(self.money)
        self.price_changed.emit()

    def _on_kin_changed(self) -> None:
        self._show_money_and_papers()
        self.looked_at.emit(self.kin)

    def _look_at_papers(self) -> None:
        """What is to be done before she goes comes into sight when it is next."""
        if self._papers is not None and self._papers.lacking() is not None:
            self.looked_at.emit(self._papers)

    def _on_papers_changed(self) -> None:
        self.complained.emit("")
        self._count()
        self.answered.emit()

    def _on_later_toggled(self, on: bool) -> None:
        self.later_reason.setVisible(on)
        self._count()
        if on:
            self.later_reason.setFocus()
            self.looked_at.emit(self.later_reason)

    def _on_adult_changed(self) -> None:
        """Somebody who comes by a call shows another code; whose card was looked at is looked at anew."""
        self._seen.follow()
        self.code.setPlaceholderText(self.tr("授权码") if self._by_call() else self.tr("接送码"))
        if self.adults.chosen_row is not None:
            self._look_at_papers()

    def _on_pass_lacking(self) -> None:
        self.complained.emit("接送卡扫过才算：请扫卡上的二维码。没扫到的，看清是认识的人，直接按 Enter。")

    def _on_pass_card_toggled(self, on: bool) -> None:
        """Its tick is out of sight, so the panel says that it was looked at."""
        told = self.tr("接送卡扫过了") if on else self.tr("其他人来接，先请监护人来电")
        self._others.setText(told)
        mark(self._others, role="small" if on else "error")

    def _ask_belonging(self) -> None:
        self.belonging.show()
        self.belonging.setFocus()
        self.looked_at.emit(self.belonging)

    def _on_belonging_entered(self) -> None:
        words = self.belonging.text().strip()
        if self._card is not None and words:
            self.belonging.clear()
            self.belonging_noted.emit(self._card.visit, words)

    def _on_code_edited(self, text: str) -> None:
        """A whole code is compared at once; the right one leaves the digits to the adults again."""
        code = tidy(text)
        if self._card is None or len(code) < len(self._card.code):
            self.complained.emit("")
            return
        by_call = next((one for one in self._card.grants if one.matches(code) and not one.used), None)
        if by_call is not None:
            self.adults.choose_adult(as_adult(by_call).adult)
        elif code != self._card.code or self._by_call():
            self._refuse_code()
            return
        self.code.setText(code)
        self.complained.emit("")
        self.code_matched.emit()

    def _by_call(self) -> bool:
        who = self.adults.chosen_row
        return who is not None and bool(who.grant)

    def _refuse_code(self) -> None:
        name = self._card.card.row.name if self._card is not None else ""
        words = f"接送码不是{name}今天的。请核对凭条，或清空后改按认识的人放行。"
        if self._by_call():
            words = "授权码不对。请来人再看一眼，或打电话问监护人。"
        self.complained.emit(words)
        self.code.setFocus()
        self.code.selectAll()

    def _on_undo_clicked(self) -> None:
        if self._card is not None:
            self.check_in_undone.emit(self._card.visit)
