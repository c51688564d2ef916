"""The rows of a list as they were read: the row's number, the child, and what is wrong with it."""

from collections.abc import Hashable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.import_rows import ImportedRow
from app.domain.looks import Chip, Tone
from app.ui.theme import Theme
from app.ui.widgets.keyed import ITEM_ROLE, KeyedModel
from app.ui.widgets.paint import chip_size, paint_chip

Index = QModelIndex | QPersistentModelIndex


def tone_of(row: ImportedRow) -> Tone:
    """BAD where it stays out, WARN where it is only odd."""
    if row.bad:
        return Tone.BAD
    return Tone.WARN if row.problems else Tone.OK


def problem_words(row: ImportedRow) -> str:
    """All that is wrong with a row, the worst first."""
    ranked = sorted(row.problems, key=lambda one: one.tone is not Tone.BAD)
    return "　".join(one.sentence for one in ranked)


class RowsModel(KeyedModel[ImportedRow]):
    """Rows by their number in the file."""

    def key_of(self, item: ImportedRow) -> Hashable:
        """The number."""
        return item.number

    def words_of(self, item: ImportedRow) -> str:
        """第 3 行，李小满，…"""
        words = problem_words(item) or "　".join(("没有问题", *(one.words for one in item.adults)))
        return f"第 {item.number} 行，{item.name or '没有姓名'}，{words}"

    def show_rows(self, rows: tuple[ImportedRow, ...]) -> None:
        """Show other rows: thousands of them, so at once and not one by one."""
        self.beginResetModel()
        self._items = list(rows)
        self.endResetModel()


class RowsDelegate(QStyledItemDelegate):
    """Paints a row: number, name, birth date and class above, what is wrong below, a chip at the right."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines."""
        return QSize(200, self._theme.px(56))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row = index.data(ITEM_ROLE)
        if not isinstance(row, ImportedRow):
            return
        theme, px, box = self._theme, self._theme.px, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = bool(option.state & QStyle.StateFlag.State_Selected)
        if lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("brand_soft"))
            painter.drawRoundedRect(box.adjusted(2, 1, -2, -1), 8, 8)
        tone = tone_of(row)
        chip = Chip({Tone.BAD: "有问题", Tone.WARN: "请确认"}.get(tone, "可导入"), tone)
        size = chip_size(theme, chip)
        place = QRectF(
            box.right() - size.width() - px(10), box.center().y() - size.height() / 2, *size.toTuple()
        )
        paint_chip(painter, theme, place, chip, halo=lit)
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        left, room = box.x() + px(64), place.left() - box.x() - px(76)
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("ink_2"))
        painter.drawText(QRectF(box.x() + px(10), box.y(), px(54), box.height()), side, f"第{row.number}行")
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.color("ink"))
        where = row.place.name if row.place is not None else "不在册"
        words = "　".join(filter(None, (row.name or "（没有姓名）", str(row.born_on or ""), where)))
        fit = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, box.y() + px(5), room, px(23)), side, fit)
        below = problem_words(row) or "　".join(one.words for one in row.adults)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("bad_ink" if tone is Tone.BAD else "ink_2"))
        fit = QFontMetricsF(painter.font()).elidedText(below, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, box.y() + px(28), room, px(22)), side, fit)
        painter.restore()
