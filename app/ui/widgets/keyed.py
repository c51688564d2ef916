"""A list model whose items have keys: a fresh list is told as what really changed, not as a reset."""

from collections.abc import Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex

ITEM_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class KeyedModel(QAbstractListModel, Generic[T]):
    """Shows the items it is given, and fetches nothing itself.

    Subclasses say what an item's key is (``key_of``) and how it reads (``words_of``). ``replace`` keeps the
    scroll position, the selection and the focus of every view alive across a redraw.
    """

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._items: list[T] = []

    def key_of(self, item: T) -> Hashable:
        """What makes an item the same one in the next list."""
        raise NotImplementedError

    def words_of(self, item: T) -> str:
        """The item as a screen reader should say it."""
        raise NotImplementedError

    def short_of(self, item: T) -> str:
        """The item in a word or two; by default its whole words."""
        return self.words_of(item)

    @property
    def items(self) -> tuple[T, ...]:
        """The items in order."""
        return tuple(self._items)

    def replace(self, items: Sequence[T]) -> None:
        """Become ``items``, by removals, moves, insertions and changes in place. Keys must differ."""
        wanted = [self.key_of(item) for item in items]
        kept, own = set(wanted), [self.key_of(item) for item in self._items]
        for at in range(len(own) - 1, -1, -1):
            if own[at] not in kept:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._items[at], own[at]
                self.endRemoveRows()
        for at, (key, item) in enumerate(zip(wanted, items, strict=True)):
            if at == len(own) or own[at] != key:
                self._bring(at, key, item, own)
            if self._items[at] != item:
                self._items[at] = item
                self.dataChanged.emit(self.index(at), self.index(at))

    def _bring(self, at: int, key: Hashable, item: T, own: list[Hashable]) -> None:
        """Put an item where it belongs, from further down or new; ``own`` are the keys as shown."""
        if key not in own[at:]:
            self.beginInsertRows(QModelIndex(), at, at)
            self._items.insert(at, item)
            own.insert(at, key)
            self.endInsertRows()
            return
        found = own.index(key, at)
        self.beginMoveRows(QModelIndex(), found, found, QModelIndex(), at)
        self._items.insert(at, self._items.pop(found))
        own.insert(at, own.pop(found))
        self.endMoveRows()

    def position(self, key: Hashable) -> int | None:
        """Where the item of that key stands, if at all."""
        return next((at for at, item in enumerate(self._items) if self.key_of(item) == key), None)

    def item_at(self, index: Index) -> T | None:
        """The item at an index, or None."""
        if index.isValid() and 0 <= index.row() < len(self._items):
            return self._items[index.row()]
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many items."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The item under ``ITEM_ROLE``, its words under the roles that are read."""
        item = self.item_at(index)
        if item is None:
            return None
        match role:
            case _ if role == ITEM_ROLE:
                return item
            case Qt.ItemDataRole.DisplayRole:
                return self.short_of(item)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.words_of(item)
        return None
