"""What the desk lays over itself: ringing a family, an absence from-to, the round of asking."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from app.ui.rooms import RoomContext
from app.ui.widgets.buttons import KeyButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.services.desk import Board, ChildRow
    from app.ui.desk.panel import SidePanel


class DeskSheets(QObject):
    """Reads what a sheet shows, and lays it over the window. The sheets are imported when first wanted."""

    top_changed = Signal()  # the button of the asking comes or goes

    def __init__(self, context: RoomContext, parent: "QWidget") -> None:
        super().__init__(parent)
        self._context = context
        self.trace = KeyButton(
            context.theme,
            "待追访",
            "F7",
            icon="phone-outline",
            icons=context.icons,
            object_name="desk.trace",
            parent=parent,
        )
        self.trace.hide()  # until the top bar takes it
        self.trace.clicked.connect(self.open_round)
        self._count = 0
        context.acts["trace"] = self.open_round

    @property
    def top(self) -> "list[QWidget]":
        """What stands in the top bar: nothing while there is nobody to ask after."""
        return [self.trace] if self._count else []

    def connect_panel(self, panel: "SidePanel") -> None:
        """Serve what the panel asks for."""
        panel.absence_sheet_requested.connect(self.open_absence)
        panel.ring_requested.connect(self.open_ring)

    def read_untraced(self, board: "Board") -> None:
        """Ask how many of this board are to be asked after."""
        actor = self._context.actor
        self._context.ask(lambda s: s.desk.count_untraced(actor, board), self._show_untraced)

    def _show_untraced(self, count: int) -> None:
        flipped = bool(count) != bool(self._count)
        if count and count != self._count:
            self.trace.set_text(f"待追访 {count}")
        self._count = count
        if flipped:
            self.top_changed.emit()

    def open_ring(self, row: "ChildRow") -> None:
        """联系家长."""
        host, actor = self._context.host, self._context.actor
        if host is None or not host.isEnabled() or row.visit is None:
            return

        def show(card: Any) -> None:
            from app.ui.desk.ring_sheet import RingSheet

            if host.isEnabled():
                RingSheet(self._context, host, row, card).present()

        self._context.ask(lambda s: s.ringing.card(actor, row.child, row.visit), show)

    def open_absence(self, row: "ChildRow") -> None:
        """请假."""
        from app.ui.desk.absence_sheet import AbsenceSheet

        host = self._context.host
        if host is not None and host.isEnabled():
            AbsenceSheet(self._context, host, row).present()

    @Slot()
    def open_round(self) -> None:
        """缺勤追访."""
        host, actor = self._context.host, self._context.actor
        if host is None or not host.isEnabled():
            return

        def show(found: Any) -> None:
            from app.ui.desk.trace_sheet import TraceSheet

            if host.isEnabled():
                TraceSheet(self._context, host, found).present()

        self._context.ask(lambda s: s.absences.round(actor), show)
