"""By what proof a child is handed back: what was scanned for her, and what was ticked or typed."""

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QAbstractButton

from app.domain.ids import GrantId, VisitId
from app.domain.record import record
from app.ui.rooms import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.services.collecting import CheckOut
    from app.services.desk import AdultRow
    from app.ui.desk.pickup_view import PickupView

_CODE, _CARD = "code", "card"


@record
class Scanned:
    """What was scanned for one stay, until her card is shown. It says nothing about anybody else's."""

    visit: VisitId
    kind: str
    words: str  # the number of a card; the code that a guardian was told by telephone

    def hand_to(self, view: "PickupView") -> None:
        """Fill in what it proves, if the stay it is of is the one that can be ended there."""
        if view.visit != self.visit:
            return
        if self.kind == _CODE:
            view.show_code(self.words)
        else:
            view.show_pass(self.words)


def scanned_for(target: Target) -> Scanned | None:
    """What a scanner brings along with the child to show; None for what proves nothing."""
    kind, _, words = target.act.partition(" ")
    if target.visit is None or kind not in {_CODE, _CARD}:
        return None
    return Scanned(target.visit, kind, words)


class PassCard(QObject):
    """The tick 接送卡: lit by a scanned card, and by nobody's word. It can be put out, and lit again."""

    lacking = Signal()  # somebody wants it lit, and no card was scanned

    def __init__(self, tick: QAbstractButton) -> None:
        super().__init__(tick)
        self._tick, self._spoken, self._number = tick, tick.accessibleName(), ""
        tick.clicked.connect(self._on_clicked)

    @property
    def number(self) -> str:
        """Of the card that counts as a proof now; empty for none."""
        return self._number if self._tick.isChecked() else ""

    def show_number(self, number: str) -> None:
        """A card was scanned; an empty number for none."""
        self._number = number
        spoken = f"{self._spoken} {number}".strip()
        self._tick.setAccessibleName(spoken)
        self._tick.setToolTip(spoken if number else "")
        self._tick.setChecked(bool(number))

    @Slot()
    def _on_clicked(self, *_: object) -> None:
        if not self._number:
            self._tick.setChecked(False)
            self.lacking.emit()


def proved(act: "CheckOut", who: "AdultRow", code: str, *, identity: bool, card: str) -> "CheckOut":
    """The act with who takes her and the strongest of what was shown: her code, a look, a scanned card."""
    if who.grant:
        return dataclasses.replace(
            act, proof="grant", grant=GrantId(who.grant), code=code, identity_seen=True
        )
    proof = "code" if code else "identity" if identity else "card" if card else "known"
    return dataclasses.replace(
        act,
        collector=who.adult,
        proof=proof,
        code=code,
        card=card if proof == "card" else "",
        identity_seen=identity and proof != "identity",
    )


def along(act: "CheckOut", visits: "Iterator[VisitId]") -> "Iterator[CheckOut]":
    """The same act for siblings who go along: on her slip or card, which is of one child and says so."""
    own = act.proof in {"code", "card"}
    for visit in visits:
        yield dataclasses.replace(act, visit=visit, beside=act.visit if own else None)
