"""A small table of words, for a handful of rows that nobody has to choose from."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.ui.theme import Theme
from app.ui.widgets.basic import Rule, label

_ROOMY = 5  # columns that still stand well apart in a narrow card in large type


class WordTable(QWidget):
    """A small table: the first column left, the others right, a line below each row."""

    def __init__(self, theme: Theme, object_name: str, heads: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._theme, self._heads = theme, tuple(heads)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        narrow = len(self._heads) > _ROOMY
        self._grid.setHorizontalSpacing(theme.metrics.s2 if narrow else theme.metrics.s3)
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
