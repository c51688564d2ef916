"""Which column is which: a line for each heading of the file, with a guess that can be changed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from app.services.importing import ImportTable
from app.ui.theme import Theme
from app.ui.widgets.basic import ElidedLabel, name_widget


class SheetBox(QComboBox):
    """Which sheet of a workbook is read; hidden where there is only one."""

    chosen = Signal(str)  # the name of another one, by hand

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        name_widget(self, "importing.sheet", "读哪张工作表")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(max(44, theme.px(44)))
        self.textActivated.connect(self.chosen)
        self.hide()

    def show_table(self, table: ImportTable | None) -> None:
        """The sheets of a file with the one that is read, or none."""
        self.clear()
        if table is not None:
            self.addItems([one.name for one in table.sheets])
            self.setCurrentText(table.grid.name)
        self.setVisible(self.count() > 1)


class MappingForm(QWidget):
    """One choice a heading. ``changed`` when the user has chosen otherwise."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, theme.metrics.s2, 0)
        self._grid.setVerticalSpacing(theme.metrics.s2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._boxes: list[QComboBox] = []
        self._made: list[QWidget] = []

    def show_table(self, table: ImportTable | None) -> None:
        """Offer the headings of a file, or none."""
        for widget in self._made:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._made, self._boxes = [], []
        if table is None:
            return
        for at, (heading, key) in enumerate(zip(table.headings, table.guessed, strict=True)):
            words = ElidedLabel(heading or f"第 {at + 1} 列")
            words.setToolTip(f"{heading}：{table.samples[at]}")
            box = QComboBox()
            name_widget(box, f"importing.column.{at}", f"{heading or at + 1} 对应")
            box.addItem("不导入", "")
            for column in table.columns:
                box.addItem(column.title, column.key)
            box.setCurrentIndex(max(0, box.findData(key)))
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box.setMinimumHeight(max(44, self._theme.px(44)))
            box.currentIndexChanged.connect(self.changed)
            self._grid.addWidget(words, at, 0)
            self._grid.addWidget(box, at, 1)
            self._boxes.append(box)
            self._made += [words, box]

    def keys(self) -> tuple[str, ...]:
        """The key chosen for each heading, empty where none."""
        return tuple(str(box.currentData()) for box in self._boxes)
