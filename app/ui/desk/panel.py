"""The right side of the desk: one child, and the one thing to do with her next."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ids import ChildId
from app.domain.modes import CareMode
from app.services.desk import ChildCard, ChildRow, RowState
from app.ui.desk.allergy_box import AllergyBox
from app.ui.desk.arrival_view import ArrivalView
from app.ui.desk.faces import Faces
from app.ui.desk.foot import Foot
from app.ui.desk.ink import DeskInk
from app.ui.desk.left_words import left_words
from app.ui.desk.parts import choice_button
from app.ui.desk.persons import ChildHead
from app.ui.desk.pickup_view import PickupView
from app.ui.desk.reading import is_stranger, told_words
from app.ui.desk.side import empty_words
from app.ui.widgets.basic import Card, label
from app.ui.widgets.layouts import SparingScroll, bring, scrolled
from app.ui.widgets.more import MoreMenu

if TYPE_CHECKING:
    from app.services.pickup import PickupCard

_ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_INSIDE = {RowState.PRESENT, RowState.DUE}
_MOST_PINNED = 0.4  # of the panel's height: what is to be settled leaves the adults their room, or scrolls

_LOWEST = 270  # pixels at the normal font: in a lower panel it scrolls, too


class SidePanel(Card):
    """Shows the chosen child. Which of its faces it shows follows from where the child is today."""

    report_requested = Signal(object)  # VisitId
    receipt_requested = Signal(object)  # VisitId
    check_out_undone = Signal(object)  # VisitId
    absence_undone = Signal(object)  # ChildId
    intake_requested = Signal(object)  # ChildId
    receipt_issued = Signal(object, str)  # VisitId, tender: she left, money is due and no receipt stands
    ring_requested = Signal(object)  # ChildRow
    absence_sheet_requested = Signal(object)  # ChildRow
    face_changed = Signal()

    def __init__(self, ink: DeskInk, parent: QWidget | None = None) -> None:
        super().__init__(ink.theme, parent=parent)
        self.setObjectName("desk.panel")
        self._row: ChildRow | None = None
        self._tight = False
        self._left_card: ChildCard | None = None
        self._coming_again: ChildId | None = None  # who has gone and stands at the door again
        self.insists = True  # asks once who brings; not while the list is being worked through
        self._ink = ink
        self.head = ChildHead(ink)
        self.day = label("", "small", wrap=True)
        self.day.setObjectName("desk.day_words")
        self.arrival, self.pickup = ArrivalView(ink), PickupView(ink)
        self.allergy = AllergyBox(ink)
        self.left = label("", "muted", wrap=True)
        self.left.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty = empty_words()
        self.complaint = label("", "error", wrap=True)
        self.complaint.setObjectName("desk.complaint")
        self.complaint.setAccessibleName(self.tr("还差什么"))
        self._make_buttons(ink)
        self._build(ink)
        self.show_nothing()

    def _make_buttons(self, ink: DeskInk) -> None:
        foot = self.foot = Foot(ink)
        self.check_in, self.check_out, self.intake = foot.check_in, foot.check_out, foot.intake
        self.absence_back, self.reissue, self.again = foot.absence_back, foot.reissue, foot.again
        self.report, self.receipt, self.undo_left = foot.report, foot.receipt, foot.undo_left
        for acting, act in (
            (self.again, self._on_again_clicked),
            (self.check_in, self.confirm),
            (self.check_out, self.confirm),
            (self.intake, lambda: self._name(self.intake_requested)),
            (self.absence_back, lambda: self._name(self.absence_undone)),
            (self.reissue, self._on_reissue_clicked),
            (self.report, lambda: self._send(self.report_requested)),
            (foot.report_line, lambda: self._send(self.report_requested)),
            (self.receipt, lambda: self._send(self.receipt_requested)),
            (self.undo_left, lambda: self._send(self.check_out_undone)),
        ):
            acting.clicked.connect(act)
        self.more = MoreMenu((*self.pickup.more_lines, foot.report_line), foot.more, self, "desk.more.list")
        self.ring = choice_button(ink.theme, self.tr("联系"), "L", "desk.ring_family")
        self.ring.setAccessibleName(self.tr("联系家长"))
        self.ring.hide()
        self.ring.clicked.connect(self._on_ring_clicked)
        self.arrival.more.clicked.connect(self._on_more_clicked)
        self.arrival.outcome_changed.connect(self.check_in.set_text)
        self.pickup.code_matched.connect(self.check_out.setFocus)
        self.pickup.price_changed.connect(self._on_price_changed)
        self.pickup.looked_at.connect(self.bring)
        self.pickup.pass_card.toggled.connect(self._show_asked)
        for view in (self.arrival, self.pickup, self.allergy):
            view.complained.connect(self.complain)
        for changed in (self.arrival.adults.changed, self.pickup.adults.changed, self.pickup.tender.chosen):
            changed.connect(lambda *_: self.complain(""))
        for adults in (self.arrival.adults, self.pickup.adults):
            adults.changed.connect(self.bring_adults)

    def _build(self, ink: DeskInk) -> None:
        self.below = QVBoxLayout()  # for what others show of the child
        self._faces = Faces(self.empty, self.arrival, self.pickup, self.left)
        middle = QWidget()
        inner = self._inner = QVBoxLayout(middle)
        inner.setContentsMargins(0, 0, 4, 0)
        inner.setSpacing(ink.px(5))
        self._told = QWidget()
        told = QHBoxLayout(self._told)
        told.setContentsMargins(0, 0, 0, 0)
        told.addWidget(self.day, 1)
        told.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignTop)
        inner.addWidget(self._told)
        inner.addLayout(self.below)
        inner.addWidget(self.allergy)
        for part in (self.pickup.asked, self._faces, self.pickup.proofs):
            inner.addWidget(part)
        inner.addStretch(0)
        self._scroll = SparingScroll()
        scrolled(middle, "desk.panel.scroll", self._scroll)
        column = self._column = self.column(
            margins=(ink.px(16), ink.px(13), ink.px(12), ink.px(13)), spacing=ink.px(6)
        )
        column.addWidget(self.head)
        column.addWidget(self._scroll, 1)
        for part in (self.arrival.check, self.pickup.settling, self.complaint, self.foot):
            column.addWidget(part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where height is short (a large font) everything but the act itself scrolls."""
        super().resizeEvent(event)
        for adults in (self.arrival.adults, self.pickup.adults):
            adults.set_roomy(self.height() >= self._ink.px(720))
        tight = self.height() < self._ink.px(440)
        if tight != self._tight:
            self._tight = tight
            self._move(self.head, inside=tight, at=0, outside_at=0)
            after = self._inner.indexOf(self._faces) + 1
            self._move(self.arrival.check, inside=tight, at=after, outside_at=2)
            self._inner.insertWidget(self._inner.count() - 2 if tight else 0, self._told)
            self.head.slim = tight
            self.pickup.settling.set_tight(tight)
        self._on_price_changed()

    def _move(self, part: QWidget, *, inside: bool, at: int, outside_at: int) -> None:
        """Let a part scroll with the rest, or keep it in sight."""
        if (self._inner.indexOf(part) >= 0) != inside:
            (self._column if inside else self._inner).removeWidget(part)
            (self._inner if inside else self._column).insertWidget(at if inside else outside_at, part)

    @property
    def row(self) -> ChildRow | None:
        """The child shown."""
        return self._row

    @property
    def face(self) -> QWidget:
        """What is shown of her: ``arrival``, ``pickup``, ``left`` or ``empty``."""
        return self._faces.currentWidget() or self.empty

    def set_ink(self, ink: DeskInk) -> None:
        """Take the colours and sizes of another theme."""
        self._ink = ink
        self.head.set_ink(ink)
        self.arrival.adults.set_ink(ink)
        self.pickup.adults.set_ink(ink)

    def show_nothing(self) -> None:
        """No child is chosen."""
        self._turn_to(None)
        self.head.hide()
        self.day.hide()
        self._show_face(self.empty)
        self._offer()

    def show_row(self, row: ChildRow) -> None:
        """A child was chosen: show at once what the row knows, until her card has been read."""
        if self._row is not None and self._row.child == row.child and self._row.state is row.state:
            self._row = row
            self.head.show_row(row)
            return
        if self._coming_again not in {None, row.child} or row.state is not RowState.LEFT:
            self._coming_again = None
        self._turn_to(row)
        self.complain("")
        self.head.show()
        self.head.show_row(row)
        self.day.setText(self.tr("正在读取…"))
        self.day.show()
        self.left.clear()
        self._show_face(self.left)
        self._offer()

    def show_card(self, card: ChildCard) -> None:
        """Show a child who is expected, absent or gone."""
        self._left_card = card
        self._show_head(card)
        if card.row.state is RowState.LEFT:
            if self._coming_again == card.row.child:
                self.arrival.show_card(card)
                self._show_face(self.arrival)
                self._offer(self.check_in)
                return
            self._show_face(self.left)
            self._offer(self.undo_left, self.again, self.report)
        elif card.row.state is RowState.ABSENT or is_stranger(card.row):
            self.left.setText(told_words(card.row))
            self._show_face(self.left)
            self._offer(self.intake if is_stranger(card.row) else self.absence_back)
        else:
            self.arrival.show_card(card)
            self._show_face(self.arrival)
            self._offer(self.check_in)

    def _turn_to(self, row: ChildRow | None) -> None:
        """Another child: whoever was to take the last one is asked for anew when it is her turn again."""
        if self._row is None or row is None or row.child != self._row.child:
            self.pickup.departed()
        self._row = row

    def _show_head(self, card: ChildCard, note: str = "") -> None:
        self._turn_to(card.row)
        self.head.show()
        self.head.show_row(card.row, card.photo)
        self.day.setText(" · ".join(part for part in (card.day_words, note) if part))
        self.day.setVisible(bool(self.day.text()))
        self.left.clear()

    def show_pickup(self, card: "PickupCard") -> None:
        """Show a child who is inside, or has gone."""
        row = card.card.row
        due = card.quote.total if card.quote is not None else None
        if row.state is RowState.LEFT and card.receipt is None and due:
            self._offer_receipt(card, due.yuan_words)
            return
        if row.state not in _INSIDE:
            self.show_card(card.card)
            if self._coming_again == row.child:
                return
            self.receipt.setVisible(bool(card.taken))
            self.left.setText(left_words(card))
            return
        # The note matters once she is to go; in the morning its gaps are no news.
        self._show_head(card.card, card.note_words if row.state is RowState.DUE else "")
        self.pickup.show_card(card)
        self._show_face(self.pickup)
        self._offer(self.check_out, self.report)

    def _offer_receipt(self, card: "PickupCard", due: str) -> None:
        """She has left and no receipt stands, as after a refund: ask how it is paid, and issue one anew."""
        held = any(made.hasFocus() for made in (self.report, self.receipt, self.reissue))
        self._show_head(card.card)
        if self.reissue.isHidden():
            self.pickup.tender.set_value("")  # how the wrong one was paid says nothing of the new one
        self.pickup.show_card(card)
        self.left.setText(
            self.tr("{note}\n没有有效的收据，应收 {total}。选好怎么付，再补开。").format(
                note=card.note_words, total=due
            )
        )
        # The report stays within reach by the handover; here the receipt needs the room.
        self._offer(self.undo_left, self.reissue)
        self._show_face(self.left)
        if held:  # the button that had the focus has gone
            self.reissue.setFocus()

    def complain(self, sentence: str) -> None:
        """Say what is missing, above the button that will not go."""
        self.complaint.setText(sentence)
        self.complaint.setVisible(bool(sentence))
        if sentence and self._tight and not self.pickup.tender.isHidden():
            self._scroll.ensureWidgetVisible(self.pickup.tender)

    def set_saving(self, saving: bool) -> None:
        """Hold the buttons while an act is on its way to the disk."""
        for made in (self.check_in, self.check_out, self.absence_back, self.undo_left, self.reissue):
            made.setEnabled(not saving)

    def press(self, event: QKeyEvent) -> bool:
        """Take a key pressed anywhere on the desk; return whether it meant something here."""
        key, face = event.key(), self.face
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in _ENTERS:
            return self.confirm()
        if self._press_beside(key, face):
            return True
        if key == Qt.Key.Key_J and face is self.arrival:
            self._on_more_clicked()
            return True
        if key == Qt.Key.Key_G and not self.allergy.isHidden():
            self.allergy.begin()
            return True
        if face is self.arrival:
            return self.arrival.press(key)
        if face is self.pickup:
            return self.pickup.press(key)
        if self.reissue.isHidden() or not self.pickup.choose_tender(key):
            return False
        self.complain("")
        return True

    def hints(self) -> str:
        """The keys of the face shown."""
        if self.face is self.pickup:
            return self.pickup.hints()
        if not self.reissue.isHidden():
            return self.tr("C 现金 W 微信 A 支付宝 T 转账 K 刷卡 · Enter 补开收据")
        if self.face is self.arrival:
            return self.tr("数字 谁送来 · T 体温 · Y 异常 · J 请假 · F5 嘱咐 · Enter 晨检正常，入园")
        return ""

    def _press_beside(self, key: int, face: QWidget) -> bool:
        """The keys of what stands beside the faces."""
        foot, letters = self.foot, Qt.Key
        if key == letters.Key_L and face is self.pickup:
            self._on_ring_clicked()  # at any time, though the button is there when it is time
            return True
        report = foot.report_line if foot.report.isHidden() and face is self.pickup else foot.report
        offered = {letters.Key_R: report, letters.Key_S: foot.receipt, letters.Key_Q: foot.more}
        offered |= {letters.Key_U: foot.undo_left, letters.Key_E: foot.again}
        if key not in offered or (made := offered[letters(key)]).isHidden():
            return False
        made.click()
        return True

    def confirm(self) -> bool:
        """Do the main act of the face shown."""
        face = self.face
        if face is self.arrival and self.check_in.isEnabled():
            self.arrival.confirm(insist=self.insists)
            return True
        if face is self.pickup and self.check_out.isEnabled():
            self.pickup.confirm()
            return True
        for made in (self.intake, self.absence_back, self.reissue):
            if face is self.left and not made.isHidden() and made.isEnabled():
                made.click()
                return True
        return False

    def take_focus(self) -> bool:
        """Put the focus where the next key is meant; False while there is nothing to do yet."""
        self.bring_adults()
        for made in (*self.foot.acts, self.report):
            if not made.isHidden() and made.isEnabled():
                made.setFocus()
                return True
        return False

    def bring_adults(self) -> None:
        """Where little room is left, a digit must not choose somebody unseen."""
        if not self._tight or self.face not in {self.arrival, self.pickup}:
            return
        adults = self.arrival.adults if self.face is self.arrival else self.pickup.adults
        if (adult := adults.shown_first) is not None:
            self.bring(adult)

    def bring(self, part: QWidget) -> None:
        """Scroll to what a key has changed, or to what is next."""
        bring(self._scroll, part, self._ink.px(8))

    def _show_face(self, face: QWidget) -> None:
        paying = face is self.pickup
        self.more.close_list()
        self.ring.setVisible(paying and self._row is not None and self._row.to_ring)
        if self._row is not None and face in {self.arrival, self.pickup}:
            self.allergy.show_row(self._row)
        else:
            self.allergy.hide()
        self.arrival.check.setVisible(face is self.arrival)
        self._faces.setCurrentWidget(face)
        self._inner.setStretchFactor(self._faces, int(face is self.empty))
        self.pickup.proofs.setVisible(paying)
        self._scroll.spare(self.pickup.words, wanted=paying and bool(self.pickup.words.text()))
        self._show_asked()
        self._on_price_changed()
        self._scroll.verticalScrollBar().setValue(0)
        self.bring_adults()
        self.face_changed.emit()

    def _show_asked(self) -> None:
        """Who comes? Gives way where there is no room, unless it tells that a card was looked at."""
        asked, paying = self.pickup.asked, self.face is self.pickup
        if paying and self.pickup.pass_card.isChecked():
            return self._scroll.hold(asked)
        return self._scroll.spare(asked, wanted=paying)

    def _offer(self, *offered: QWidget) -> None:
        self.foot.offer(*offered)
        self._on_price_changed()

    def _on_price_changed(self) -> None:
        """What is due has changed, or what is open: an act that must wait does not look ready."""
        pickup, leaving = self.pickup, self.face is self.pickup
        pickup.show_settling(money=leaving or not self.reissue.isHidden(), papers=leaving)
        most = _MOST_PINNED * self.height() if self.height() > self._ink.px(_LOWEST) else 0
        inside, before_act = pickup.settling.wanted() > most, self._column.indexOf(self.complaint)
        at = self._inner.indexOf(pickup.proofs) + 1  # who, how she is known, what is due, how it is paid
        self._move(pickup.settling, inside=inside, at=at, outside_at=before_act)
        due = f" {pickup.price.due}" if self._tight and pickup.owed else ""
        still = pickup.open_papers
        words = self.tr("先办上面 {count} 件").format(count=still) if still else self.tr("确认接走") + due
        self.check_out.set_kind("waiting" if still else "primary", "" if still else "Enter")
        self.check_out.set_text(words)
        self.foot.fit()

    def _on_again_clicked(self) -> None:
        """By contract she comes in at once; else the intake card asks what is to be paid."""
        row, card = self._row, self._left_card
        if row is None or card is None or card.row.child != row.child:
            return
        if row.mode in {CareMode.TEMPORARY, CareMode.HOURLY}:
            self.intake_requested.emit(row.child)
            return
        self._coming_again = row.child
        self.show_card(card)
        self.take_focus()

    def _on_reissue_clicked(self) -> None:
        if not self.pickup.tender.value():
            self.complain(self.tr("先选怎么付（现金按 C，微信按 W），再按 Enter。"))
            self.pickup.tender.setFocus()
        elif self._row is not None and self._row.visit is not None:
            self.receipt_issued.emit(self._row.visit, self.pickup.tender.value())

    def _on_ring_clicked(self) -> None:
        if self._row is not None:
            self.ring_requested.emit(self._row)

    def _on_more_clicked(self) -> None:
        if self._row is not None:
            self.absence_sheet_requested.emit(self._row)

    def _send(self, signal: object) -> None:
        if self._row is not None and self._row.visit is not None:
            signal.emit(self._row.visit)  # type: ignore[attr-defined]

    def _name(self, signal: object) -> None:
        if self._row is not None:
            signal.emit(self._row.child)  # type: ignore[attr-defined]
