"""How a child's row and a section heading are painted in a column."""

import datetime as dt
from collections import OrderedDict
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.looks import Chip, Tone
from app.services.desk import ChildRow, RowState
from app.ui.desk.ink import DeskInk, chip_width, draw_chip, draw_text, focus_pen, text_width
from app.ui.desk.model import ChildRowModel, DeskRole, Heading
from app.ui.widgets.paint import paint_avatar

Index = QModelIndex | QPersistentModelIndex
SAVING = Chip("正在保存…", Tone.INFO)
_MOST_KEPT = 48  # painted rows; three screens of one column, some 3 MB
_LEAST = 60  # pixels at the normal font: four letters
_ROOMY = 300  # from this width on (normal font) two lines of words and a chip stand side by side


class Told(NamedTuple):
    """What sets a row apart from the others."""

    selected: bool
    hovered: bool
    focused: bool


def second_line(row: ChildRow) -> str:
    """What stands under the name: class and mode, or who took the child and when."""
    if row.state is RowState.LEFT and isinstance(row.left_at, dt.datetime):
        taker = row.collected_by.split(" ", 1)[0]
        return f"{taker} {row.left_at:%H:%M} 接走".strip()
    if row.called:
        return row.called
    return " · ".join(part for part in (row.class_name, row.mode_words) if part)


def fitting_line(row: ChildRow, width: float, ink: DeskInk) -> str:
    """Age, class and mode as far as they fit: first the age goes, which her card says too, the class never.

    The class is what is called at the door, and a colour alone says it to nobody who does not know it by
    heart. Where next to nothing fits it stays empty: two letters and dots tell nobody anything.
    """
    below = second_line(row)
    lines = [" · ".join(part for part in (row.age_words, below) if part), below]
    if row.class_name and below.startswith(row.class_name):
        lines += [f"{row.class_name} · {brief_mode(row.mode_words)}", row.class_name]
    shown = next((one for one in lines if one and text_width(one, ink.small) <= width), lines[-1])
    return shown if width >= min(ink.px(_LEAST), text_width(shown, ink.small)) else ""


def brief_mode(words: str) -> str:
    """半日托（上午） as 半日上午, 全日临时托 as 全日临时."""
    return words.replace("托（", "").removesuffix("）").removesuffix("托")


def _sizes(ink: DeskInk) -> tuple[QSize, QSize]:
    """The size of a row, and that of a heading."""
    return QSize(ink.px(180), ink.px(57)), QSize(ink.px(180), ink.px(46))


def sign_of(name: str) -> str:
    """The character of the round sign. Python counts code points, so 𬱖 stays whole."""
    return name[:1] or "?"


class ChildRowDelegate(QStyledItemDelegate):
    """Paints rows of ``ChildRowModel``; a widget per child would not scale to a full house."""

    def __init__(self, ink: DeskInk, view: QListView) -> None:
        super().__init__(view)
        self._ink, self._view = ink, view
        self._sizes = _sizes(ink)
        self._entered = QPersistentModelIndex()
        view.entered.connect(self._on_entered)
        view.viewportEntered.connect(self._on_entered)
        self._kept: OrderedDict[tuple[object, ...], QPixmap] = OrderedDict()
        self._halo = False  # whether the row being painted is the chosen one

    def set_ink(self, ink: DeskInk) -> None:
        """Take the colours and sizes of another theme."""
        self._ink, self._sizes = ink, _sizes(ink)
        self._kept.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows and headings have one height each."""
        # Asked of every row at each layout: the model itself is quicker than a role through Qt.
        model = index.model()
        heading = isinstance(model, ChildRowModel) and isinstance(model.item_at(index), Heading)
        return self._sizes[heading]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a heading or a child. A child's row is painted once and kept until it changes."""
        heading, row = index.data(DeskRole.HEADING), index.data(DeskRole.ROW)
        if isinstance(heading, Heading):
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_heading(painter, QRectF(option.rect), heading)
            painter.restore()
        elif isinstance(row, ChildRow):
            chip = SAVING if index.data(DeskRole.SAVING) else row.chip
            picture = self._picture(
                row, chip, self._told(index), option.rect.size(), painter.device().devicePixelRatioF()
            )
            painter.drawPixmap(option.rect.topLeft(), picture)

    def _on_entered(self, index: QModelIndex | None = None) -> None:
        self._entered = QPersistentModelIndex(index or QModelIndex())

    def _told(self, index: Index) -> Told:
        """Asked of the view: reading ``option.state`` makes PySide name all that a style can draw."""
        view = self._view
        return Told(
            selected=view.selectionModel().isSelected(index),
            hovered=self._entered == index and view.underMouse(),
            focused=view.hasFocus() and view.currentIndex() == index,
        )

    def _picture(self, row: ChildRow, chip: Chip, told: Told, size: QSize, ratio: float) -> QPixmap:
        """The painted row, kept or fresh. After an act all rows but one or two are kept ones."""
        key = (row, chip, told, size.width(), size.height(), ratio)
        if (found := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            return found
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._ink.surface)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 0, size.width(), size.height())
        self._paint_ground(painter, box, told)
        self._halo = told.selected
        self._paint_row(painter, box, row, chip)
        painter.end()
        self._kept[key] = picture
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return picture

    def _paint_ground(self, painter: QPainter, box: QRectF, told: Told) -> None:
        ink = self._ink
        painter.setPen(Qt.PenStyle.NoPen)
        if told.selected:
            painter.fillRect(box, ink.brand_soft)
            painter.fillRect(QRectF(box.left(), box.top(), ink.px(4), box.height()), ink.brand)
        elif told.hovered:
            painter.fillRect(box, ink.sunken)
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), ink.line)
        if told.focused and told.selected:
            painter.setPen(focus_pen(ink))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -3), ink.px(6), ink.px(6))

    def _paint_row(self, painter: QPainter, box: QRectF, row: ChildRow, chip: Chip) -> None:
        ink = self._ink
        side, edge = ink.px(38), ink.px(14)
        middle = box.center().y()
        sign = QRectF(box.left() + edge, middle - side / 2, side, side)
        paint_avatar(painter, ink.theme, sign, sign_of(row.name), row.colour)
        self._paint_allergy(painter, sign, row)
        left = sign.right() + ink.px(10)
        room = QRectF(left, box.top(), box.right() - edge - left, box.height())
        if box.width() >= ink.px(_ROOMY):
            self._paint_roomy(painter, room, row, chip)
        else:
            self._paint_narrow(painter, room, row, chip)

    def _paint_roomy(self, painter: QPainter, room: QRectF, row: ChildRow, chip: Chip) -> None:
        """Name and age above, class and mode below, the chip beside both."""
        ink, middle = self._ink, room.center().y()
        draw_chip(painter, room, chip, ink, halo=self._halo)
        width = room.width() - chip_width(chip, ink) - ink.px(8)
        upper = QRectF(room.left(), middle - ink.px(22), width, ink.px(24))
        used = draw_text(painter, upper, row.name, ink.name, ink.ink)
        age = upper.adjusted(used + ink.px(6), 0, 0, 0)
        if text_width(row.age_words, ink.small) <= age.width():
            draw_text(painter, age, row.age_words, ink.small, ink.ink_2)
        lower = QRectF(room.left(), middle + ink.px(1), width, ink.px(20))
        draw_text(painter, lower, second_line(row), ink.small, ink.ink_2)

    def _paint_narrow(self, painter: QPainter, room: QRectF, row: ChildRow, chip: Chip) -> None:
        """Name and chip above, the rest below at full width; the chip below where both do not fit.

        The chip says what is due: it is never shortened, and never costs a letter of the name.
        """
        ink, middle = self._ink, room.center().y()
        gap, wide = ink.px(6), chip_width(chip, ink)
        upper = QRectF(room.left(), middle - ink.px(24), room.width(), ink.px(25))
        lower = QRectF(room.left(), middle + ink.px(3), room.width(), ink.px(20))
        used = draw_text(painter, upper, row.name, ink.name, ink.ink)
        beside = upper if used + gap + wide <= room.width() else lower.adjusted(0, -1, 0, 1)
        draw_chip(painter, beside, chip, ink, halo=self._halo)
        if beside is not upper:
            lower.setWidth(max(0.0, lower.width() - wide - gap))
        draw_text(painter, lower, fitting_line(row, lower.width(), ink), ink.small, ink.ink_2)

    def _paint_allergy(self, painter: QPainter, sign: QRectF, row: ChildRow) -> None:
        """A red mark on the round sign: an allergy is seen even where the chip says something else."""
        if not row.allergies and not row.allergy_unknown:
            return
        ink = self._ink
        side = ink.px(15)
        mark = QRectF(sign.right() - side + ink.px(3), sign.bottom() - side + ink.px(2), side, side)
        painter.setPen(ink.surface)
        painter.setBrush(ink.bad)
        painter.drawEllipse(mark)
        painter.setFont(ink.small)
        painter.setPen(QColor("#FFFFFF"))
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, "!" if row.allergies else "?")

    def _paint_heading(self, painter: QPainter, box: QRectF, heading: Heading) -> None:
        ink = self._ink
        line = box.adjusted(ink.px(16), ink.px(6), -ink.px(16), 0)
        draw_text(painter, line, heading.title, ink.strong, ink.ink)
        draw_chip(painter, line, Chip(str(heading.count)), ink)
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), ink.line)
