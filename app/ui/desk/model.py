"""The rows of one desk column: children under section headings, changed with as little noise as possible."""

from collections.abc import Hashable, Iterable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from app.domain.ids import ChildId
from app.domain.record import record
from app.services.desk import ChildRow
from app.ui.widgets.keyed import Index, KeyedModel


class DeskRole(IntEnum):
    """Item roles of ``ChildRowModel`` beyond Qt's own."""

    ROW = Qt.ItemDataRole.UserRole + 1  # ChildRow, or None for a heading
    HEADING = Qt.ItemDataRole.UserRole + 2  # Heading, or None for a child
    SAVING = Qt.ItemDataRole.UserRole + 3  # bool: said at once, not yet on disk


@record
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
    parts = (row.name, row.age_words, row.class_name, row.mode_words, row.chip.words, row.called, allergies)
    return "，".join(part for part in dict.fromkeys(parts) if part)


def sections(rows: tuple[ChildRow, ...], title: str, more: tuple[ChildRow, ...]) -> list[Item]:
    """Rows, then a second section under its heading if it has any."""
    items: list[Item] = list(rows)
    if more:
        items += [Heading(title, len(more)), *more]
    return items


class ChildRowModel(KeyedModel[Item]):
    """Shows the items it is given. Knows nothing of services and fetches nothing itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._saving: set[ChildId] = set()

    def key_of(self, item: Item) -> Hashable:
        """A child is known by her number, a heading by its title."""
        return item.title if isinstance(item, Heading) else item.child

    def words_of(self, item: Item) -> str:
        """The whole line."""
        return spoken(item) if isinstance(item, ChildRow) else self.short_of(item)

    def short_of(self, item: Item) -> str:
        """The child's name; a heading with its count."""
        return item.name if isinstance(item, ChildRow) else f"{item.title} {item.count}"

    def replace(self, items: Sequence[Item]) -> None:
        """Become ``items``; who is not among them is no longer being saved."""
        self._saving &= {item.child for item in items if isinstance(item, ChildRow)}
        super().replace(items)

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

    def child_rows(self) -> Iterable[ChildRow]:
        """The children in order, without headings."""
        return (item for item in self._items if isinstance(item, ChildRow))

    def row_at(self, index: Index) -> ChildRow | None:
        """The child at an index; None for a heading or nothing."""
        row = self.data(index, DeskRole.ROW)
        return row if isinstance(row, ChildRow) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings can be neither chosen nor focused."""
        if not index.isValid() or isinstance(self._items[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The item under each role; see ``DeskRole``."""
        item = self.item_at(index)
        row = item if isinstance(item, ChildRow) else None
        match role:
            case DeskRole.ROW:
                return row
            case DeskRole.HEADING:
                return item if isinstance(item, Heading) else None
            case DeskRole.SAVING:
                return row is not None and row.child in self._saving
            case Qt.ItemDataRole.ToolTipRole if row is not None:
                return spoken(row)
        return super().data(index, role)
