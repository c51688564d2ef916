"""The one way rooms hear of each other's acts: what changed, never how."""

from PySide6.QtCore import QObject, Signal

from app.domain.changes import Changes


class Bus(QObject):
    """``changed(Changes, initiator)`` after a unit of work was committed. ``initiator`` is the room that
    acted.
    """

    changed = Signal(object, object)

    def tell(self, changes: Changes, initiator: QObject | None = None) -> None:
        """Announce changes; nothing is said when nothing changed."""
        if changes.topics:
            self.changed.emit(changes, initiator)
