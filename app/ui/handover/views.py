"""The row above the handover: to the parents or to the next shift, and which class."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.ui.theme import Theme
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.class_tabs import ClassTabs
from app.ui.widgets.layouts import FlowLayout

FAMILY, SHIFT = "family", "shift"


class ViewBar(QWidget):
    """Ctrl+1 and Ctrl+2 turn the view; the class is chosen by Ctrl+PgUp and Ctrl+PgDn, all by Ctrl+0."""

    turned = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.views = Segmented(
            theme,
            "handover.view",
            "交给谁",
            [(FAMILY, "给家长"), (SHIFT, "交接班")],
            kind="pill",
            stretch=False,
            keys=("Ctrl+1", "Ctrl+2"),
        )
        self.views.set_value(FAMILY)
        self.views.chosen.connect(self.turned)
        self.tabs = ClassTabs(theme, "handover.tab", digits=False)
        self._between = theme.metrics.s3
        row = FlowLayout(self, self._between)
        row.addWidget(self.views)
        row.addWidget(self.tabs)
        for at, view in enumerate((FAMILY, SHIFT), 1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{at}"), self)
            shortcut.activated.connect(lambda view=view: self.turn(view))

    def event(self, event: QEvent) -> bool:
        """The caps of the views may not cost a line."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            room = self.width() - self.tabs.sizeHint().width() - self._between
            self.views.set_lean(0 if self.views.width_at(0) <= room else 1)
        return super().event(event)

    def turn(self, view: str) -> None:
        """Turn to a view as if it had been clicked."""
        if self.views.value() != view:
            self.views.set_value(view)
            self.turned.emit(view)

    @property
    def shift(self) -> bool:
        """Whether the sheet of the shift is shown."""
        return self.views.value() == SHIFT
