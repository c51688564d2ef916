"""The passive part of the month page: a figure on a card."""

from app.domain.looks import Tone
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, label, mark


class FigureCard(Card):
    """One figure: what it is, how much, and where it comes from."""

    def __init__(self, theme: Theme, object_name: str, name: str) -> None:
        super().__init__(theme)
        self.setObjectName(object_name)
        self._name = name
        self._value = label("—", "big")
        self._detail = label("", "small")
        m = theme.metrics
        column = self.column(margins=(m.s4, m.s2 + 1, m.s4, m.s2 + 1), spacing=0)
        column.addWidget(label(name, "muted"))
        column.addWidget(self._value)
        column.addWidget(self._detail)
        column.addStretch(1)

    def wrap(self, on: bool) -> None:
        """Whether the line below the figure may break: in large type it would push the next card out."""
        self._detail.setWordWrap(on)

    def show_figure(self, value: str, detail: str = "", tone: Tone = Tone.PLAIN) -> None:
        """Show a figure; a tone colours the line below it."""
        self._value.setText(value)
        self._detail.setText(detail)
        roles = {Tone.BAD: "error", Tone.WARN: "warning"}
        mark(self._detail, role=roles.get(tone, "small"))
        self.setAccessibleName(f"{self._name} {value}，{detail}")
