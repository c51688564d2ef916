"""The grid of children: arrows move, Space and a tap choose, Ctrl+A chooses all, digits and letters log."""

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from app.domain.ids import VisitId
from app.domain.logbook import EntryKind
from app.services.classroom import RosterCard
from app.ui.classroom.cards import CardDelegate, fit_cells, fit_lines
from app.ui.classroom.models import RosterModel
from app.ui.icons import Icons
from app.ui.theme import Theme
from app.ui.widgets.cells import ReadingGrid
from app.ui.widgets.keyed import Index

_KEYS = {Qt.Key(ord(kind.key)): kind for kind in EntryKind}


class RosterGrid(ReadingGrid):
    """Shows a roster and knows who is chosen. With nobody chosen an act means the child with the focus."""

    choice_changed = Signal()
    current_changed = Signal(object)  # VisitId or None
    log_requested = Signal(object)  # EntryKind
    dense_requested = Signal()
    injury_requested = Signal()
    focused = Signal()

    def __init__(self, theme: Theme, icons: Icons, model: RosterModel, parent: QWidget | None = None) -> None:
        super().__init__("classroom.grid", "在园的孩子", parent)
        self._theme, self._model = theme, model
        self.dense = False
        self._delegate = CardDelegate(theme, icons, self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        self.setMouseTracking(True)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.selectionModel().selectionChanged.connect(lambda *_: self.choice_changed.emit())
        for told in (model.rowsInserted, model.rowsRemoved):
            told.connect(self._fit)
        theme.changed.connect(self._fit)

    def chosen(self) -> tuple[VisitId, ...]:
        """Who is chosen, in the order of the roster."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return tuple(self._model.items[row].visit for row in rows)

    def meant(self) -> tuple[RosterCard, ...]:
        """Whom an act is about: the chosen, else the child with the focus, else nobody."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        if rows:
            return tuple(self._model.items[row] for row in rows)
        current = self._model.item_at(self.currentIndex())
        return (current,) if current is not None else ()

    def current_card(self) -> RosterCard | None:
        """The child with the focus, whole."""
        return self._model.item_at(self.currentIndex())

    def show_dense(self, dense: bool) -> None:
        """Lines instead of cards, or cards again."""
        self.dense = dense
        self._delegate.dense = dense
        self._fit()

    def current_visit(self) -> VisitId | None:
        """The child with the focus."""
        card = self._model.item_at(self.currentIndex())
        return card.visit if card is not None else None

    def focus_visit(self, visit: VisitId | None) -> None:
        """Move the focus to a child; to the first where she is not here."""
        row = self._model.position(visit) if visit is not None else None
        if row is None and self._model.rowCount():
            row = 0
        if row is not None:
            self.selectionModel().setCurrentIndex(
                self._model.index(row), QItemSelectionModel.SelectionFlag.NoUpdate
            )

    def choose(self, visits: tuple[VisitId, ...]) -> None:
        """Choose exactly these."""
        self.clearSelection()
        for visit in visits:
            row = self._model.position(visit)
            if row is not None:
                self.selectionModel().select(self._model.index(row), QItemSelectionModel.SelectionFlag.Select)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell who has the focus now."""
        super().currentChanged(current, previous)
        card = self._model.item_at(current)
        self.current_changed.emit(card.visit if card is not None else None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keys work here now."""
        super().focusInEvent(event)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and letters ask to log; Tab leaves; the rest is the list's own."""
        kind = _KEYS.get(Qt.Key(event.key()))
        if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if kind is not None:
                self.log_requested.emit(kind)
                return
            if event.key() == Qt.Key.Key_0:
                self.injury_requested.emit()
                return
            if event.key() == Qt.Key.Key_V:
                self.dense_requested.emit()
                return
        if event.key() == Qt.Key.Key_Space:
            self._toggle_current()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the cells to the new room."""
        super().resizeEvent(event)
        self._fit()

    def _toggle_current(self) -> None:
        # The list's own Space starts a search by typing when it comes within a second of a letter.
        if self.currentIndex().isValid():
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.Toggle)

    def _fit(self) -> None:
        """Choose the cells; the scroll bar takes its room only where the cards do not fit without it."""
        bar, unit, count = self.verticalScrollBar(), self._theme.metrics.scale, self._model.rowCount()
        whole = self.contentsRect().size()
        fit = fit_lines if self.dense else fit_cells
        cells = fit(whole, count, unit)
        over = -(-count // cells.columns) * cells.height > whole.height()
        if over:
            cells = fit(QSize(whole.width() - bar.sizeHint().width(), whole.height()), count, unit)
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if over else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.columns = cells.columns
        self._delegate.set_cell(cells.width, cells.height)
        if self.verticalScrollBarPolicy() is not policy:
            self.setVerticalScrollBarPolicy(policy)
        if self.gridSize() != QSize(cells.width, cells.height):
            self.setGridSize(QSize(cells.width, cells.height))
        bar.setSingleStep(max(20, cells.height // 3))
        self.viewport().update()
