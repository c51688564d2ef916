"""需要您处理: what waits for the director, in a card of the month page and in a sheet that leads there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.waiting import Waiting
from app.ui.rooms import ROOMS, RoomContext, Target
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, ChipLabel, ElidedLabel, label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.records import Record, RecordList

_FEW, _MANY = 4, 8  # lines that stand on the card: where the page is low, where it is tall
_LIST_SHARE = 0.5  # of the window
_NOTHING = "现在没有要您处理的事。"


class _Line(QWidget):
    """What it is about, and the words as far as there is room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.about, self.words = ChipLabel(theme), ElidedLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.metrics.s2)
        row.addWidget(self.about)
        row.addWidget(self.words, 1)


class WaitingCard(Card):
    """The gravest lines, how many there are, and the key that opens all of them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("office.waiting.card")
        m = theme.metrics
        column = self.column(margins=(m.s4, m.s2 + 2, m.s4, m.s2 + 2), spacing=m.s1 + 2)
        self._title = label("需要您处理", "h2")
        self.open = KeyButton(theme, "去处理", "F5", object_name="office.waiting")
        self.open.setAccessibleDescription("快捷键 F5：全部列出来，按 Enter 去那一处")
        lines = QVBoxLayout()
        lines.setSpacing(m.s1 + 2)
        lines.addWidget(self._title)
        row = QHBoxLayout()
        row.setSpacing(m.s3)
        row.addLayout(lines, 1)
        row.addWidget(self.open, 0, Qt.AlignmentFlag.AlignTop)  # beside the lines: above them it costs one
        column.addLayout(row)
        self._found: tuple[Waiting, ...] = ()
        self._most = _FEW
        self._lines = [_Line(theme) for _ in range(_MANY)]
        self._nothing = label(_NOTHING, "muted", wrap=True)
        for line in (*self._lines, self._nothing):
            lines.addWidget(line)
        column.addStretch(1)
        self.show_waiting(())

    def show_waiting(self, found: Sequence[Waiting]) -> None:
        """Show what waits; calm where nothing does."""
        self._found = tuple(found)
        self._title.setText(f"需要您处理 {len(found)}" if found else "需要您处理")
        self.open.setEnabled(bool(found))
        self._nothing.setVisible(not found)
        for at, line in enumerate(self._lines):
            line.setVisible(at < min(self._most, len(found)))
            if at < len(found):
                line.about.set_chip(found[at].about)
                line.words.setText(found[at].words)
        self.setAccessibleName("；".join((self._title.text(), *(one.words for one in found[: self._most]))))

    def set_room(self, *, tall: bool) -> None:
        """How many lines there is room for."""
        most = _MANY if tall else _FEW
        if most != self._most:
            self._most = most
            self.show_waiting(self._found)


class WaitingSheet(FormSheet):
    """Everything that waits; Enter or the button goes to where it is done."""

    WIDE = 860

    def __init__(self, context: RoomContext, host: QWidget, found: Sequence[Waiting]) -> None:
        super().__init__(context, host, "waiting", f"需要您处理 {len(found)}", "去处理")
        self._found = dict(enumerate(found))
        self.list = RecordList(context.theme, "waiting.list", "最要紧的在前，按 Enter 去那一处", _NOTHING)
        self.list.setFixedHeight(min(context.theme.px(360), round(host.height() * _LIST_SHARE)))
        self.list.entered.connect(self.finish)
        self.form.addWidget(self.list)
        titles = {spec.key: spec.title for spec in ROOMS}
        self.list.show_records(
            [
                Record(key, one.words, f"在“{titles[one.room]}”办理", (one.about,))
                for key, one in self._found.items()
            ]
        )
        self.fit()

    def focus_first(self) -> None:
        """The list."""
        self.fit()
        self.list.view.setFocus()

    def finish(self) -> None:
        """Go there."""
        key = self.list.key()
        if isinstance(key, int) and (one := self._found.get(key)) is not None:
            self.dismiss()
            self.context.go(one.room, Target(act=one.page) if one.page else None)


def open_waiting(context: RoomContext, found: Sequence[Waiting]) -> None:
    """Lay the list over the window."""
    host = context.host
    if found and host is not None and host.isEnabled():
        WaitingSheet(context, host, found).present()
