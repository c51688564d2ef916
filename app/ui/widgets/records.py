"""A list of things to choose from and to change: a title, a line of words, and chips."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.domain.looks import Chip
from app.domain.record import record
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, label
from app.ui.widgets.keyed import ITEM_ROLE, Index, KeyedModel
from app.ui.widgets.paint import chip_size, paint_avatar, paint_chip
from app.ui.widgets.rows import RowDelegate, RowsView


@record
class Record:
    """One line. ``colour`` (``#RRGGBB`` or a role) adds a swatch, with ``letter`` the round badge of a child;
    ``faint`` is over and done with.
    """

    key: Hashable
    title: str
    words: str = ""
    chips: tuple[Chip, ...] = ()
    colour: str = ""
    faint: bool = False
    letter: str = ""


class RecordModel(KeyedModel[Record]):
    """The records of a list."""

    def key_of(self, item: Record) -> Hashable:
        """As given."""
        return item.key

    def words_of(self, item: Record) -> str:
        """Title, words and chips."""
        parts = (item.title, item.words, *(chip.words for chip in item.chips))
        return "，".join(part for part in parts if part)

    def short_of(self, item: Record) -> str:
        """The title: what typing ahead looks for."""
        return item.title


class RecordDelegate(RowDelegate):
    """Paints a ``Record``."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One height for all."""
        return QSize(self._theme.px(160), max(44, self._theme.px(56)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        record = index.data(ITEM_ROLE)
        if not isinstance(record, Record):
            return
        theme, px = self._theme, self._theme.px
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, box, option.state)
        left = box.x() + px(14)
        if record.letter:
            badge = QRectF(left, box.center().y() - px(18), px(36), px(36))
            paint_avatar(painter, theme, badge, record.letter, record.colour or "brand")
            left = badge.right() + px(10)
        elif record.colour:
            swatch = QRectF(left, box.center().y() - px(12), px(24), px(24))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(record.colour))
            painter.drawRoundedRect(swatch, 6, 6)
            left = swatch.right() + px(10)
        right = self._paint_chips(painter, box, record.chips)
        ink = "ink_2" if record.faint else "ink"
        upper = QRectF(left, box.center().y() - px(22), right - left, px(24))
        self.paint_words(painter, upper, record.title, theme.font("body", bold=not record.faint), ink)
        lower = QRectF(left, box.center().y() + px(2), box.right() - px(10) - left, px(20))
        self.paint_words(painter, lower, record.words, theme.font("small", tabular=True), "ink_2")
        painter.restore()

    def _paint_chips(self, painter: QPainter, box: QRectF, chips: Sequence[Chip]) -> float:
        """Chips stand beside the title, the first outermost; returns where the title must end."""
        theme, px = self._theme, self._theme.px
        right = box.right() - px(10)
        for chip in chips[:2]:
            size = chip_size(theme, chip)
            width = min(size.width(), box.width() * 0.4)
            top = box.center().y() - px(10) - size.height() / 2
            paint_chip(painter, theme, QRectF(right - width, top, width, size.height()), chip)
            right -= width + px(6)
        return right


class _View(RowsView):
    def sizeHint(self) -> QSize:
        """It takes what room there is, and asks for little."""
        return QSize(160, self.minimumHeight())


class RecordList(Card):
    """A card with a heading and the list. One record is lit while there is one."""

    chosen = Signal(object)  # the key, or None
    entered = Signal()  # Enter: to the form

    def __init__(self, theme: Theme, object_name: str, title: str, empty: str) -> None:
        super().__init__(theme)
        m = theme.metrics
        self._model = RecordModel(self)
        self._quiet = False
        self._title, self._empty = label(title, "h2"), label(empty, "muted", wrap=True)
        self._title.setContentsMargins(m.s4, m.s3, m.s4, m.s2)
        self._empty.setContentsMargins(m.s4, 0, m.s4, m.s3)
        self.view = _View(theme, object_name, title)
        self.view.setModel(self._model)
        self.view.setItemDelegate(RecordDelegate(theme, self.view))
        self.view.setMinimumHeight(theme.px(120))
        self.view.entered_row.connect(self.entered)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        column = self.column(margins=(1, 0, 1, m.s2), spacing=0)
        column.addWidget(self._title)
        column.addWidget(self._empty)
        column.addWidget(self.view, 1)

    def set_empty(self, words: str) -> None:
        """What is said where there is nothing to show."""
        self._empty.setText(words)

    def set_title(self, title: str) -> None:
        """Another heading."""
        self._title.setText(title)
        self.view.setAccessibleName(title)

    def show_records(self, records: Sequence[Record], wanted: Hashable | None = None) -> None:
        """Replace the list; ``wanted``, else the one lit before, else the first is lit, and told."""
        before = self.key()
        self._quiet = True
        self._model.replace(records)
        self._quiet = False
        self._empty.setVisible(not records)
        found = [key for key in (wanted, before) if key is not None and self._model.position(key) is not None]
        self.light(found[0] if found else records[0].key if records else None)
        self.chosen.emit(self.key())

    def light(self, key: Hashable | None) -> None:
        """Light a record, silently; None lights nothing (a new one is being written)."""
        self._quiet = True
        row = None if key is None else self._model.position(key)
        if row is None:
            self.view.selectionModel().clear()
        else:
            self.view.light(row)
        self._quiet = False

    def key(self) -> Hashable | None:
        """What is lit."""
        record = self._model.item_at(self.view.currentIndex())
        return None if record is None else record.key

    @property
    def records(self) -> tuple[Record, ...]:
        """All lines."""
        return self._model.items

    @Slot()
    def _on_current_changed(self) -> None:
        if not self._quiet:
            self.chosen.emit(self.key())
