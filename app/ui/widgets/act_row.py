"""The foot of a page: its acts in a line (or two), and 更多 for those that have no room there."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.rooms import Room
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.more import MoreMenu

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class ActRow(QWidget):
    """Acts side by side, in no more than ``lines``: what has no room is in the list 更多, the last one first.

    A primary act always stays. The very buttons go into the list, so whoever shows, greys or renames one need
    not know where it is; their keys work whether the list is up or not. With ``spread`` the acts after so
    many stand at the right end.
    """

    def __init__(self, theme: Theme, name: str, *, spread: int | None = None, lines: int = 1) -> None:
        super().__init__()
        self._theme, self._spread = theme, spread
        self._acts: list[KeyButton] = []
        self._busy = False
        self.more = KeyButton(theme, self.tr("更多"), "Q", object_name=f"{name}.more")
        self.more.hide()
        self._gap, self._place = theme.metrics.s2, QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(self._gap)
        self._lines = [QHBoxLayout() for _ in range(lines)]
        for line in self._lines:
            line.setSpacing(self._gap)
            self._place.addLayout(line)
        self._shown: list[list[KeyButton]] = []
        self.menu = MoreMenu((), self.more, self, f"{name}.more.list", self._ground)
        self.menu.installEventFilter(self)

    def add(self, act: KeyButton) -> None:
        """One more act at the end."""
        act.setParent(self)
        self._acts.append(act)
        act.released.connect(self.menu.close_list)  # before the act: it may take the focus
        act.installEventFilter(self)
        self._lay([*self._shown[:-1], [*(self._shown[-1] if self._shown else ()), act]])

    @property
    def acts(self) -> tuple[KeyButton, ...]:
        """All, wherever they stand."""
        return tuple(self._acts)

    @property
    def bare(self) -> bool:
        """Whether there is nothing to do."""
        return all(one.isHidden() for one in self._acts)

    def sizeHint(self) -> QSize:
        """All in one line."""
        return QSize(self._wide([one for one in self._acts if not one.isHidden()]), self._high())

    def minimumSizeHint(self) -> QSize:
        """The line bends: it asks for no width."""
        return QSize(44, self._high())

    def _high(self) -> int:
        self.more.ensurePolished()
        high = max(self.more.sizeHint().height(), self.more.minimumHeight())
        return max(high, self._place.minimumSize().height())

    def _wide(self, acts: list[KeyButton]) -> int:
        return sum(one.width_at(0) + self._gap for one in acts) - (self._gap if acts else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another question."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """What was shown, hidden or renamed before it came into sight."""
        super().showEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """An act came, went or needs another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The same of an act in the list; there Enter does it and arrows walk on."""
        if watched is self.menu:
            if event.type() == QEvent.Type.LayoutRequest:
                self._fit()
        elif isinstance(watched, KeyButton) and watched.tucked:
            if event.type() == QEvent.Type.EnabledChange:
                watched.tuck(self)
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                if event.key() in _ENTER and not event.isAutoRepeat():
                    watched.click()
                    return True
                if event.key() in _STEPS:
                    self.menu.step(_STEPS[Qt.Key(event.key())])
                    return True
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        if self._busy:
            return
        wanted = [one for one in self._acts if not one.isHidden()]
        shown = self._rows_of(wanted)
        there = [one for line in shown for one in line]
        if shown != self._shown or any(one.tucked and one.isHidden() for one in self._acts):
            self._lay(shown)
        self.more.setVisible(self.more in there)
        alone = len(there) == 1 or (len(there) == 2 and self.more in there)
        room = self.width() - (self.more.width_at(0) + self._gap if self.more in there else 0)
        for one in there:  # the last thing to give way is a key
            one.set_lean(int(alone and one is not self.more and one.width_at(0) > room))

    def _rows_of(self, wanted: list[KeyButton]) -> list[list[KeyButton]]:
        """What stands in each line; where not all have room 更多 is the last."""
        stay = list(wanted)
        while True:
            lines: list[list[KeyButton]] = [[]]
            for one in (*stay, self.more) if len(stay) < len(wanted) else stay:
                if lines[-1] and self._wide([*lines[-1], one]) > self.width():
                    lines.append([])
                lines[-1].append(one)
            spare = [one for one in stay if one.property("kind") != "primary"]
            if len(lines) <= len(self._lines) or len(stay) < 2:
                return lines if len(lines) <= len(self._lines) else [[*stay, self.more]]
            stay.remove((spare or stay)[-1])

    def _lay(self, shown: list[list[KeyButton]]) -> None:
        """Put each act where it belongs, in its order; what is not shown goes into the list."""
        self._busy, self._shown = True, shown
        held = self.window().focusWidget()
        self.menu.close_list()
        there = [one for line in shown for one in line]
        for line in self._lines:
            while line.takeAt(0) is not None:
                pass
        for one in tuple(self.menu.lines):
            self.menu.give(one)
        for at, one in enumerate(self._acts):
            if at == self._spread:
                self._lines[0].addStretch(1)
            hidden = one.isHidden()
            out = one not in there and not hidden
            one.tuck(self if out else None)
            if out:
                self.menu.take(one)
            else:
                self._line_of(one).addWidget(one)
            one.setVisible(not hidden)  # another parent hid it
        self._lines[max(0, len(shown) - 1)].addWidget(self.more)
        for line in self._lines if self._spread is None else ():
            line.addStretch(1)
        if isinstance(held, QPushButton) and held in self.menu.lines:
            self.more.show()
            self.more.setFocus()
        self._busy = False
        self.updateGeometry()

    def _line_of(self, act: KeyButton) -> QHBoxLayout:
        return next(
            (line for line, acts in zip(self._lines, self._shown, strict=False) if act in acts),
            self._lines[-1],
        )

    def _ground(self) -> QWidget:
        """The list lies over the whole room."""
        at: QWidget = self
        while (parent := at.parentWidget()) is not None and not isinstance(at, Room):
            at = parent
        return at
