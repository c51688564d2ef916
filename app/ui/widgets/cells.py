"""Grids of painted cells, as many beside each other as there is room for."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from app.ui.widgets.basic import name_widget


class CellGrid(QListView):
    """Cells of one size that flow in lines. Nothing is selected: what a cell is, its item says."""

    def __init__(self, object_name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name_widget(self, object_name, spoken)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)


class ReadingGrid(CellGrid):
    """The arrows left and right run on over the ends of lines, as in reading. Keep ``columns`` true."""

    columns = 1

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where a key leads: never out of the grid."""
        del modifiers
        moves, count = QAbstractItemView.CursorAction, self.model().rowCount()
        if not count:
            return QModelIndex()
        steps = {
            moves.MoveLeft: -1,
            moves.MoveRight: 1,
            moves.MovePrevious: -1,
            moves.MoveNext: 1,
            moves.MoveUp: -self.columns,
            moves.MoveDown: self.columns,
            moves.MovePageUp: -3 * self.columns,
            moves.MovePageDown: 3 * self.columns,
            moves.MoveHome: -count,
            moves.MoveEnd: count,
        }
        at, step = max(0, self.currentIndex().row()), steps[action]
        if abs(step) == self.columns and not 0 <= at + step < count and self.columns > 1:
            # Down from the last full line goes to the short line below it, if there is one.
            step = count if step > 0 and at // self.columns < (count - 1) // self.columns else 0
        return self.model().index(min(count - 1, max(0, at + step)), 0)
