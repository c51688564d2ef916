"""The three columns of the desk: side by side, or one at a time under tabs where the font is large."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ids import ChildId, ClassId
from app.domain.looks import Tone
from app.services.desk import Board, ChildRow, RowState
from app.ui.desk.columns import Column
from app.ui.desk.ink import DeskInk
from app.ui.desk.model import sections
from app.ui.widgets.buttons import Segmented


class DeskLists(QWidget):
    """Who is to come, who is to go, who is here. Says who was chosen; decides nothing."""

    chosen = Signal(object)  # ChildRow
    opened = Signal(object)  # ChildRow, by double click

    def __init__(self, ink: DeskInk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.expected = Column("expected", self.tr("待到"), self.tr("今天该来的都到了。"), Tone.PLAIN, ink)
        self.due = Column(
            "due", self.tr("待接（30分钟内）"), self.tr("半小时内没有要接的孩子。"), Tone.WARN, ink
        )
        self.present = Column(
            "present",
            self.tr("在园"),
            self.tr("还没有孩子在园。\n在左边选一个孩子，按 F3 入园。"),
            Tone.OK,
            ink,
        )
        self.columns = (self.expected, self.due, self.present)
        self._front = self.due  # the one shown where only one has room
        self._narrow = False
        self._names: list[tuple[str, str]] = []
        self.tabs = Segmented(
            ink.theme,
            "desk.columns",
            self.tr("看哪一列"),
            [(column.view.objectName(), column.head.title) for column in self.columns],
        )
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addWidget(self.tabs)
        self._line = QHBoxLayout()
        self._outer.addLayout(self._line, 1)
        self.tabs.chosen.connect(self._on_tab_chosen)
        for column in self.columns:
            self._line.addWidget(column, 1)
            column.chosen.connect(self.chosen)
            column.opened.connect(self.opened)
        self.fit(narrow=False, gap=ink.theme.metrics.s3)

    def set_ink(self, ink: DeskInk) -> None:
        """Take the colours and sizes of another theme."""
        for column in self.columns:
            column.set_ink(ink)

    def fit(self, *, narrow: bool, gap: int) -> None:
        """Stand side by side, or ``narrow`` one at a time."""
        self._narrow = narrow
        self._line.setSpacing(gap)
        self._outer.setSpacing(gap if narrow else 0)
        self.tabs.setVisible(narrow)
        self.tabs.set_value(self._front.view.objectName())
        for column in self.columns:
            column.setVisible(not narrow or column is self._front)
            column.show_head(not narrow)
        self._name_tabs()

    def bring(self, column: Column) -> None:
        """Put a column in front, which matters only where there is room for one."""
        if column is not self._front:
            self._front = column
            if self._narrow:
                self.fit(narrow=True, gap=self._line.spacing())

    def show_board(self, board: Board, only: ClassId | None, chosen: ChildId | None) -> None:
        """Redraw the rows, of one class or of all; the chosen child stays chosen wherever she moves to.

        A row that leaves its column never hands the choice on to its neighbour: the next Enter would
        be meant for another child.
        """

        def own(rows: tuple[ChildRow, ...]) -> tuple[ChildRow, ...]:
            return rows if only is None else tuple(row for row in rows if row.class_id == only)

        expected, due, present = own(board.expected), own(board.due), own(board.present)
        whole = board.present_count if only is None else len(present) + len(due)
        left, away = own(board.just_left), own(board.absent)
        self.expected.show_items(sections(expected, self.tr("请假"), away), len(expected))
        self.due.show_items(sections(due, self.tr("刚刚离园"), left), len(due))
        self.present.show_items(present, whole)
        for column in self.columns:
            column.select(chosen)
        if self._narrow:
            self._name_tabs()

    def show_failed(self, words: str) -> None:
        """Nothing could be read."""
        for column in self.columns:
            column.show_failed(words)

    def select(self, child: ChildId) -> None:
        """Choose a child's row wherever it stands."""
        for column in self.columns:
            if column.select(child):
                self.bring(column)

    def mark_saving(self, child: ChildId, *, saving: bool) -> None:
        """Show, or stop showing, 正在保存 on the child's row."""
        for column in self.columns:
            column.model.mark_saving(child, saving)

    def held(self) -> Column | None:
        """The column with the focus."""
        return next((column for column in self.columns if column.view.hasFocus()), None)

    def walk(self, step: int) -> ChildRow | None:
        """Go left or right to the next column that is not empty; its first child is chosen."""
        if (held := self.held()) is None:
            return None
        at = self.columns.index(held) + step
        while 0 <= at < len(self.columns):
            column = self.columns[at]
            if (first := column.first()) is not None:
                self.select(first.child)
                column.view.setFocus()
                return first
            at += step
        return None

    def take_focus(self, child: ChildId | None) -> None:
        """Put the focus on the child's column, else on the first that has anybody."""
        for column in self.columns:
            if child is not None and column.model.position(child) is not None:
                self.bring(column)
                column.view.setFocus()
                return
        for column in (self.due, self.expected, self.present):
            if column.first() is not None:
                self.bring(column)
                column.view.setFocus()
                return

    def after(self, child: ChildId) -> ChildId | None:
        """Who stands below an expected child."""
        rows = [row.child for row in self.expected.model.child_rows() if row.state is RowState.EXPECTED]
        at = rows.index(child) if child in rows else len(rows)
        return rows[at + 1] if at + 1 < len(rows) else None

    def _name_tabs(self) -> None:
        names = [(one.view.objectName(), f"{one.head.short} {one.head.count}") for one in self.columns]
        if names != self._names:
            self._names = names
            self.tabs.set_choices(names)

    def _on_tab_chosen(self, name: str) -> None:
        self.bring(next(column for column in self.columns if column.view.objectName() == name))
