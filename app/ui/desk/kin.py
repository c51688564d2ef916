"""Brothers and sisters inside, who may go home in the same act."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.desk.parts import KeyCap
from app.ui.theme import Theme
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import Segmented

if TYPE_CHECKING:
    from app.services.pickup_card import SiblingRow


class KinChoice(QWidget):
    """Each sibling by kin and name, to be lit; one line where there is room. Hidden where there is none."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        spoken = self.tr("一起接走")
        self._siblings: tuple[SiblingRow, ...] = ()
        self.choice = Segmented(theme, "pickup.siblings", spoken, many=True, wrap=True, stretch=False)
        self.choice.page_keys = True
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(f"{spoken}？", "h2"))
        row.addWidget(KeyCap(theme, "B"))
        row.addWidget(self.choice, 1)
        self.choice.chosen.connect(lambda _visit: self.changed.emit())
        self.hide()

    def show_siblings(self, siblings: "Sequence[SiblingRow]") -> None:
        """Offer these; who is lit stays so."""
        self._siblings = tuple(siblings)
        self.choice.set_choices([(str(one.visit), f"{one.kin} {one.name}".strip()) for one in siblings])
        self.setVisible(bool(siblings))

    @property
    def together(self) -> "tuple[SiblingRow, ...]":
        """Who goes along."""
        lit = self.choice.values()
        return tuple(one for one in self._siblings if str(one.visit) in lit)

    def turn(self) -> bool:
        """Everybody goes along, or nobody; False where there is nobody to go."""
        if self._siblings:
            self.choice.set_values(() if self.together else [str(one.visit) for one in self._siblings])
            self.changed.emit()
        return bool(self._siblings)

    def clear(self) -> None:
        """Nobody goes along."""
        self.choice.set_values(())
