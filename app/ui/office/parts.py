"""Passive parts of the month page: a figure on a card, and a small table of words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.domain.looks import Tone
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, Rule, label, mark


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

    def show_figure(self, value: str, detail: str = "", tone: Tone = Tone.PLAIN) -> None:
        """Show a figure; a tone colours the line below it."""
        self._value.setText(value)
        self._detail.setText(detail)
        roles = {Tone.BAD: "error", Tone.WARN: "warning"}
        mark(self._detail, role=roles.get(tone, "small"))
        self.setAccessibleName(f"{self._name} {value}，{detail}")


class WordTable(QWidget):
    """A small table: the first column left, the others right, a line below each row."""

    def __init__(self, theme: Theme, object_name: str, heads: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._theme, self._heads = theme, tuple(heads)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.metrics.s3)
        self._grid.setVerticalSpacing(0)
        for at in range(len(self._heads)):
            self._grid.setColumnStretch(at, 1 if at else 2)
        self._made: list[QWidget] = []
        for at, head in enumerate(self._heads):
            self._grid.addWidget(self._cell(head, at, "small"), 0, at)
        self._grid.addWidget(Rule(theme), 1, 0, 1, len(self._heads))

    def show_rows(self, rows: Sequence[Sequence[str]], last_bold: bool = False) -> None:
        """Replace the rows."""
        for widget in self._made:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._made = []
        for number, row in enumerate(rows):
            bold = last_bold and number == len(rows) - 1
            for at, words in enumerate(row):
                self._put(self._cell(words, at, "h2" if bold else ""), 2 + 2 * number, at)
            if number < len(rows) - 1:
                rule = Rule(self._theme)
                self._grid.addWidget(rule, 3 + 2 * number, 0, 1, len(self._heads))
                self._made.append(rule)
        self.setAccessibleName("；".join(" ".join(row) for row in rows))

    def _put(self, widget: QWidget, row: int, column: int) -> None:
        self._grid.addWidget(widget, row, column)
        self._made.append(widget)

    def _cell(self, words: str, column: int, role: str) -> QLabel:
        cell = label(words, role)
        side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
        cell.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        cell.setMinimumHeight(self._theme.px(22 if role == "small" else 25))
        return cell
