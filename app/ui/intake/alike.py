"""就是这个孩子吗: whose record on file the card can go on with, by one key each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.intake_card import Filed
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, label
from app.ui.widgets.buttons import KeyButton

_KEYS = ("F6", "F7", "F8")


class AlikeBox(Card):
    """Shown while somebody on file is like the child being written down. The likest has the first key."""

    chosen = Signal(object)  # ChildId

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        px = theme.px
        column = self.column(margins=(px(18), px(12), px(18), px(12)), spacing=px(6))
        column.addWidget(label("就是这个孩子吗？", "h2"))
        self._shown: tuple[Filed, ...] = ()
        self._lines = [label("", wrap=True) for _ in _KEYS]
        self._buttons = [
            KeyButton(theme, "", key, object_name=f"intake.alike.{at}") for at, key in enumerate(_KEYS, 1)
        ]
        for at, (line, button) in enumerate(zip(self._lines, self._buttons, strict=True)):
            column.addWidget(line)
            column.addWidget(button)
            button.clicked.connect(lambda _=False, at=at: self.chosen.emit(self._shown[at].child))
        self.show_filed(())

    def show_filed(self, filed: Sequence[Filed]) -> None:
        """Offer these; none puts the box away."""
        self._shown = tuple(filed[: len(_KEYS)])
        for at, (line, button) in enumerate(zip(self._lines, self._buttons, strict=True)):
            held = at < len(self._shown)
            line.setVisible(held)
            button.setVisible(held)
            if held:
                line.setText(self._shown[at].words)
                button.set_text("取出档案")
                button.setAccessibleName(f"就是{self._shown[at].name}，取出档案")
        self.setVisible(bool(self._shown))
