"""What was chosen at the door holds for who stands there: not for the next at the desk, nor for ever."""

import datetime as dt

from PySide6.QtCore import QObject, Slot

from app.ui.desk.pickup_view import PickupView
from app.ui.rooms import RoomContext

# Long enough to sign the note in another room and come back; who came is not still at the door after more.
HOLDS = dt.timedelta(minutes=10)


class Holding(QObject):
    """Forgets a hand-over that was begun and left. The panel itself forgets it with another child."""

    def __init__(self, context: RoomContext, view: PickupView) -> None:
        super().__init__(view)
        self._clock, self._view = context.clock, view
        self._touched = context.clock()
        touched = (
            view.adults.changed, view.code.textChanged, view.kin.changed, view.tender.chosen, view.answered,
            view.identity.clicked, view.pass_card.toggled, view.later.toggled, view.later_reason.textEdited,
            view.belonging.textEdited,
        )  # fmt: skip
        for signal in touched:
            signal.connect(self._on_touched)
        context.actor_changed.connect(self._on_actor_changed)

    @Slot()
    def _on_touched(self, *_: object) -> None:
        self._touched = self._clock()

    @Slot()
    def _on_actor_changed(self) -> None:
        """Whoever is at the desk now has seen nobody and looked at no card."""
        self._view.departed()

    def look(self) -> None:
        """Before the card is drawn anew: what was said too long ago is asked again."""
        if not dt.timedelta() <= self._clock() - self._touched <= HOLDS:
            self._view.departed()
