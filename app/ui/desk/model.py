"""The rows of one desk column: children under section headings, changed with as little noise as possible."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.ids import ChildId
from app.services.desk import ChildRow

Index = QModelIndex | QPersistentModelIndex


class DeskRole(IntEnum):
    """Item roles of ``ChildRowModel`` beyond Qt's own."""

    ROW = Qt.ItemDataRole.UserRole + 1  # ChildRow, or None for a heading
    HEADING = Qt.ItemDataRole.UserRole + 2  # Heading, or None for a child
    SAVING = Qt.ItemDataRole.UserRole + 3  # bool: said at once, not yet on disk


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that begins a second section within a column, e.g. 刚刚离园."""

    title: str
    count: int


Item = ChildRow | Heading


def spoken(row: ChildRow) -> str:
    """Say a row as a screen reader should: everything the eye gets from the painted line."""
    allergies = "过敏：" + "、".join(row.allergies) if row.allergies else ""
    if row.allergy_unknown:
        allergies = "过敏未答"
    parts = (row.name, row.age_words, row.class_name, row.mode_words, row.chip.words, allergies)
    return "，".join(part for part in dict.fromkeys(parts) if part)


def sections(rows: tuple[ChildRow, ...], title: str, more: tuple[ChildRow, ...]) -> list[Item]:
    """Rows, then a second section under its heading if it has any."""
    items: list[Item] = list(rows)
    if more:
        items += [Heading(title, len(more)), *more]
    return items


def _key(item: Item) -> object:
    return item.title if isinstance(item, Heading) else item.child


class ChildRowModel(QAbstractListModel):
    """Shows the items it is given. Knows nothing of services and fetches nothing itself.

    ``replace`` tells views only what really changed, so that the scroll position, the selection
    and the focus of a desk in full swing survive every redraw.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[Item] = []
        self._saving: set[ChildId] = set()

    def replace(self, items: Sequence[Item]) -> None:
        """Become ``items``, by removals, moves, insertions and changes in place."""
        wanted = {_key(item) for item in items}
        self._saving &= {item.child for item in items if isinstance(item, ChildRow)}
        for at in range(len(self._items) - 1, -1, -1):
            if _key(self._items[at]) not in wanted:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._items[at]
                self.endRemoveRows()
        for at, item in enumerate(items):
            self._settle(at, item)

    def _settle(self, at: int, item: Item) -> None:
        found = next((i for i in range(at, len(self._items)) if _key(self._items[i]) == _key(item)), None)
        if found is None:
            self.beginInsertRows(QModelIndex(), at, at)
            self._items.insert(at, item)
            self.endInsertRows()
            return
        if found != at:
            self.beginMoveRows(QModelIndex(), found, found, QModelIndex(), at)
            self._items.insert(at, self._items.pop(found))
            self.endMoveRows()
        if self._items[at] != item:
            self._items[at] = item
            self.dataChanged.emit(self.index(at), self.index(at))

    def mark_saving(self, child: ChildId, saving: bool) -> None:
        """Show, or stop showing, 正在保存 on the child's row."""
        if saving == (child in self._saving):
            return
        if saving:
            self._saving.add(child)
        else:
            self._saving.discard(child)
        at = self.position(child)
        if at is not None:
            self.dataChanged.emit(self.index(at), self.index(at), [DeskRole.SAVING])

    def position(self, child: ChildId) -> int | None:
        """Where the child stands, if at all."""
        for at, item in enumerate(self._items):
            if isinstance(item, ChildRow) and item.child == child:
                return at
        return None

    def child_rows(self) -> Iterable[ChildRow]:
        """The children in order, without headings."""
        return (item for item in self._items if isinstance(item, ChildRow))

    def row_at(self, index: Index) -> ChildRow | None:
        """The child at an index; None for a heading or nothing."""
        row = self.data(index, DeskRole.ROW)
        return row if isinstance(row, ChildRow) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Items, headings included."""
        return 0 if parent.isValid() else len(self._items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings can be neither chosen nor focused."""
        if not index.isValid() or isinstance(self._items[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The item under each role; see ``DeskRole``."""
        if not index.isValid():
            return None
        item = self._items[index.row()]
        row = item if isinstance(item, ChildRow) else None
        heading = item if isinstance(item, Heading) else None
        match role:
            case DeskRole.ROW:
                return row
            case DeskRole.HEADING:
                return heading
            case DeskRole.SAVING:
                return row is not None and row.child in self._saving
            case Qt.ItemDataRole.DisplayRole:
                return row.name if row else f"{heading.title} {heading.count}" if heading else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(row) if row else f"{heading.title} {heading.count}" if heading else None
            case Qt.ItemDataRole.ToolTipRole if row is not None:
                return spoken(row)
        return None
