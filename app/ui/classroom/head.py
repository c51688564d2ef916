"""The head of the class: tabs, how the class stands, and what is done with all of it."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ids import ClassId
from app.domain.looks import Chip
from app.services.class_views import ClassTab
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import ChipLabel
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.class_tabs import ClassTabs


class ClassHead(QWidget):
    """Tabs, the state of the class, and what is done with all of it; what is too long gets its own line."""

    def __init__(self, context: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme
        space = context.theme.metrics.s2
        self.tabs = ClassTabs(context.theme, "classroom.tab")
        # Not bound to the button: its animated click would come after the digit that follows it.
        self.select_all = KeyButton(
            context.theme, "全选在园", "Ctrl+A", object_name="classroom.select_all", bind=False
        )
        self.dense = KeyButton(
            context.theme, "列表", "V", object_name="classroom.dense", bind=False, kind="quiet"
        )
        self.history = KeyButton(
            context.theme, "记录历史", "F2", object_name="classroom.history", kind="quiet"
        )
        self._chips: list[ChipLabel] = []
        self._state = QWidget()
        self._chips_row = QHBoxLayout(self._state)
        self._chips_row.setContentsMargins(0, 0, 0, 0)
        self._chips_row.setSpacing(space)
        self._gap = context.theme.metrics.s3
        self._lines = tuple(QHBoxLayout() for _line in range(3))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(space)
        for line in self._lines:
            line.setSpacing(self._gap)
            self._column.addLayout(line)
        self._folded: tuple[tuple[QWidget, ...], ...] = ()
        self._lay(((self.tabs,), (self._state, self.dense, self.history, self.select_all), ()))

    def show_dense(self, dense: bool) -> None:
        """The button names what it turns to."""
        self.dense.set_text("卡片" if dense else "列表")

    def show_chips(self, chips: tuple[Chip, ...]) -> None:
        """Say how the class stands."""
        while len(self._chips) < len(chips):
            chip = ChipLabel(self._theme, None, self._state)
            self._chips.append(chip)
            self._chips_row.addWidget(chip)
        for at, chip in enumerate(self._chips):
            chip.set_chip(chips[at] if at < len(chips) else Chip(""))
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold where one line is too short."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """All on one line; else the state of the class below; else acts there, too, as many as need be."""
        gap = self._gap
        acts = (self.dense, self.history, self.select_all)
        shown = [
            chip.sizeHint().width() + self._chips_row.spacing() for chip in self._chips if chip.chip.words
        ]
        wide = {act: act.sizeHint().width() + gap for act in acts}
        tabs, state, room = self.tabs.wanted_width() + gap, sum(shown) + gap, self.width()
        first = next((n for n in range(4) if tabs + sum(wide[act] for act in acts[n:]) <= room), 3)
        above, below = acts[first:], acts[:first]
        if not below and tabs + state + sum(wide.values()) <= room:
            self._lay(((self.tabs, self._state, *above), (), ()))
        elif state + sum(wide[act] for act in below) <= room:
            self._lay(((self.tabs, *above), (self._state, *below), ()))
        else:
            self._lay(((self.tabs, *above), below, (self._state,)))

    def _lay(self, lines: tuple[tuple[QWidget, ...], ...]) -> None:
        """Put the parts on their lines: the first at the left, acts at the right."""
        if lines == self._folded:
            return
        self._folded = lines
        for line, parts in zip(self._lines, lines, strict=True):
            while line.takeAt(0) is not None:
                pass
            for part in parts:
                line.addWidget(part)
            if parts:
                line.insertStretch(0 if parts[0] in (self.dense, self.history) else 1, 1)


def first_class(tabs: tuple[ClassTab, ...], own: ClassId | None) -> ClassId | None:
    """The class to open: one's own, else the first with children in it, else the first."""
    if any(tab.id == own for tab in tabs):
        return own
    busy = next((tab.id for tab in tabs if tab.present), None)
    return busy if busy is not None else next((tab.id for tab in tabs), None)
