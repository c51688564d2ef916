"""The list at the left of the records: everybody on file, searched and filtered, painted row by row."""

import dataclasses
from collections.abc import Hashable, Sequence

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedLayout, QStyleOptionViewItem

from app.domain.ids import ChildId, ClassId
from app.domain.records import Standing
from app.services.record_cards import RecordRow
from app.ui.icons import Icons
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, label, name_widget
from app.ui.widgets.fields import SearchBox
from app.ui.widgets.keyed import ITEM_ROLE, Index, KeyedModel
from app.ui.widgets.paint import chip_size, paint_avatar
from app.ui.widgets.rows import RowDelegate, RowsView
from app.ui.widgets.states import EmptyState

_FILTERS = (
    ("all", "全部"),
    ("enrolled", "在托"),
    ("guest", "临时"),
    ("left", "离园"),
    ("gaps", "还缺"),
    ("due", "到期"),
    ("staff", "本单位职工"),
    ("public", "社会家庭"),
)
_NOBODY = ("没有找到", "换个写法，或按 Esc 看全部。")
_NONE_SO = ("这样筛选没有人", "按 Esc 看全部。")


class RecordModel(KeyedModel[RecordRow]):
    """The rows as given. Thousands change at once with each letter typed, so they are swapped as a whole."""

    def key_of(self, item: RecordRow) -> Hashable:
        """A child by her number."""
        return item.child

    def words_of(self, item: RecordRow) -> str:
        """The whole line."""
        parts = (item.name, item.nickname, item.age_words, item.words, item.chip.words)
        return "，".join(part for part in parts if part)

    def short_of(self, item: RecordRow) -> str:
        """Her name."""
        return item.name

    def replace(self, items: Sequence[RecordRow]) -> None:
        """Become ``items`` at once; whoever shows them chooses a row anew."""
        self.beginResetModel()
        self._items = list(items)
        self.endResetModel()


class RecordDelegate(RowDelegate):
    """Paints ``RecordRow``: who, where, and what is missing."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row = index.data(ITEM_ROLE)
        if not isinstance(row, RecordRow):
            return
        theme, px = self._theme, self._theme.px
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, box, option.state)
        side = px(36)
        face = QRectF(box.x() + px(12), box.center().y() - side / 2, side, side)
        paint_avatar(painter, theme, face, row.name[:1] or "?", row.colour)
        size = chip_size(theme, row.chip)
        place = QRectF(
            box.right() - px(9) - size.width(), box.center().y() - px(22), size.width(), size.height()
        )
        self.paint_chip(painter, place, row.chip)
        left = face.right() + px(8)
        upper = QRectF(left, box.center().y() - px(23), place.left() - px(6) - left, px(24))
        name = f"{row.name}（{row.nickname}）" if row.nickname else row.name
        self.paint_words(painter, upper, name, theme.font("body", bold=True), "ink")
        lower = QRectF(left, box.center().y() + px(2), box.right() - px(9) - left, px(20))
        self.paint_words(painter, lower, f"{row.age_words} · {row.words}", theme.font("small"), "ink_2")
        painter.restore()


class RowList(RowsView):
    """The rows; Enter says that the lit one is meant."""

    def __init__(self, theme: Theme, model: RecordModel, object_name: str, spoken: str) -> None:
        super().__init__(theme, object_name, spoken)
        self.setModel(model)
        self.setItemDelegate(RecordDelegate(theme, self))


class ListPanel(Card):
    """Search, filters and the rows. ``chosen`` tells the child that is lit, ``searched`` what was typed."""

    chosen = Signal(object)  # ChildId or None
    searched = Signal(str)
    edit_requested = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__(theme)
        m = theme.metrics
        self._all: tuple[RecordRow, ...] = ()
        self._quiet = False
        self._model = RecordModel(self)
        self.search = SearchBox(theme, icons, "records.search", "按姓名、拼音、电话尾号找孩子", "Ctrl F")
        self.search.setPlaceholderText("姓名 / 拼音 / 电话尾号")
        self.search.typed.connect(self.searched)
        self.search.moved.connect(self.step)
        self.search.submitted.connect(self._on_submitted)
        self.search.left.connect(self._on_left)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.activated.connect(self._on_find)
        self.standing = QComboBox()
        name_widget(self.standing, "records.standing", "看哪些孩子")
        for value, words in _FILTERS:
            self.standing.addItem(words, value)
        self.standing.currentIndexChanged.connect(self._on_filter)
        self.classes = QComboBox()
        name_widget(self.classes, "records.class", "班级")
        self.classes.currentIndexChanged.connect(self._on_filter)
        self._count = label("", "small")
        self.rows = RowList(theme, self._model, "records.list", "孩子")
        self.rows.entered_row.connect(self.edit_requested)
        self.rows.selectionModel().currentChanged.connect(self._on_current_changed)
        self._empty = EmptyState(theme, icons, "folder-account-outline", *_NOBODY)
        column = self.column(margins=(1, m.s3, 1, m.s2), spacing=m.s2)
        line = QHBoxLayout()
        line.setSpacing(m.s2)
        for box in (self.standing, self.classes):
            box.setMinimumWidth(theme.px(60))
            line.addWidget(box, 1)
        for part in (self.search, line, self._count):
            row = QHBoxLayout()
            row.setContentsMargins(m.s3, 0, m.s3, 0)
            if isinstance(part, QHBoxLayout):
                row.addLayout(part)
            else:
                row.addWidget(part)
            column.addLayout(row)
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)  # first: a layout without a parent shows its widgets as windows
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.rows)

    def show_classes(self, classes: Sequence[tuple[ClassId, str, str]]) -> None:
        """Offer these classes; the chosen one stays."""
        held = self.classes.currentData()
        self.classes.blockSignals(True)
        self.classes.clear()
        self.classes.addItem("各班", None)
        for key, name, _ in classes:
            self.classes.addItem(name, key)
        self.classes.setCurrentIndex(max(0, self.classes.findData(held)))
        self.classes.blockSignals(False)

    def show_rows(self, rows: tuple[RecordRow, ...], wanted: ChildId | None = None) -> None:
        """Show what was read, filtered; ``wanted`` is lit, else the one before, else the first."""
        self._all = rows
        self._filter(wanted)

    def child(self) -> ChildId | None:
        """Who is lit."""
        item = self._model.item_at(self.rows.currentIndex())
        return None if item is None else item.child

    def shown(self) -> tuple[RecordRow, ...]:
        """The rows after the filters."""
        return self._model.items

    def step(self, by: int) -> None:
        """Light the next or the one before; stops at the ends."""
        to = self.rows.currentIndex().row() + by
        if 0 <= to < self._model.rowCount():
            self.rows.light(to)

    def show_all(self) -> None:
        """Let no filter hide anybody."""
        self.standing.setCurrentIndex(0)
        self.classes.setCurrentIndex(0)
        self.search.clear()

    def _filter(self, wanted: ChildId | None) -> None:
        before = self.child()
        kind, group = self.standing.currentData(), self.classes.currentData()
        rows = [row for row in self._all if _fits(row, kind) and group in {None, row.class_id}]
        if kind == "due":  # then what expires is the thing to read
            rows = [dataclasses.replace(row, words=row.due) for row in rows]
        self._quiet = True
        words = f"{len(rows)} 人"
        typed = bool(self.search.typed_text.strip())
        if typed and not rows and self._all:  # who is not seen here is not entered a second time
            rows, words = list(self._all), f"筛选里没有，别处有 {len(self._all)} 人"
        self._empty.say(*(_NOBODY if typed else _NONE_SO))
        self._model.replace(rows)
        self._count.setText(words)
        self._stack.setCurrentIndex(1 if rows else 0)
        places = [self._model.position(child) for child in (wanted, before) if child is not None]
        known = [place for place in places if place is not None]
        if rows:
            self.rows.light(known[0] if known else 0)
        self._quiet = False
        if self.child() != before:
            self.chosen.emit(self.child())

    def _on_filter(self) -> None:
        self._filter(None)

    def _on_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _on_submitted(self, _text: str) -> None:
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> bool:
        """One step back: out of the search, or of filters that leave nobody; False where neither holds."""
        nobody = not self._model.rowCount()
        if not self.search.text() and not (nobody and self._all):
            return False
        if nobody:
            self.show_all()
        else:
            self.search.clear()
        return True

    def _on_left(self) -> None:
        if not self.back():
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet:
            self.chosen.emit(self.child())


def _fits(row: RecordRow, kind: str) -> bool:
    if kind == "gaps":
        return row.gaps > 0
    if kind == "due":
        return bool(row.due)
    if kind in {"staff", "public"}:
        return row.group == kind and row.standing is not Standing.LEFT
    return kind == "all" or row.standing is Standing(kind)
