"""What stands above the dock: head, band, children, timeline. Scrolls where large type needs more room."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme import Theme
from app.ui.widgets.layouts import PageScroll


class UpperPart(PageScroll):
    """Rather scrolls than squeezes the children away; whoever works with them sees them."""

    def __init__(self, theme: Theme, head: QWidget, band: QWidget, grid: QWidget, side: QWidget) -> None:
        page = QWidget()
        m = theme.metrics
        middle = QHBoxLayout()
        middle.setSpacing(m.s2)
        middle.addWidget(grid, 1)
        middle.addWidget(side)
        column = QVBoxLayout(page)
        column.setContentsMargins(m.s5, m.s4, m.s5, 0)
        column.setSpacing(m.s2)
        column.addWidget(head)
        column.addWidget(band)
        column.addLayout(middle, 1)
        super().__init__(page, "classroom.upper")
        self._theme, self._heads, self._grid, self._side = theme, (head, band), grid, side

    @Slot()
    def share(self) -> None:
        """A line and a half of cards below the head; where that is too much, two lines, and it scrolls."""
        px, room = self._theme.px, self.viewport().height()
        self._side.setFixedWidth(min(px(360), max(px(250), round(self.width() * 0.26))))
        least = px(144)
        if sum(part.sizeHint().height() for part in self._heads) + px(32) + least > room:
            least = min(px(216), room - px(16))
        self._grid.setMinimumHeight(max(1, least))

    @Slot()
    def follow(self) -> None:
        """Bring the children into sight while the keys work with them."""
        held = self._grid.focusWidget()
        if held is not None and held.hasFocus():
            self.ensureWidgetVisible(self._grid, 0, 0)
