"""The strip on top of the desk: one painted tile per class and the whole house in green."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from app.domain.ids import ClassId
from app.domain.looks import Chip, Tone
from app.services.desk import Board, ClassTile
from app.ui.desk.ink import DeskInk, chip_width, draw_chip, draw_text, focus_pen, text_width
from app.ui.widgets.paint import paint_mark

_HEIGHT = 106
_SHORT = 58  # where the font is large for the window: name and heads, then the verdict
_STACKED = 78  # where not even name and heads share a line: one below the other
_FLAT = 56  # where many classes stand in several lines: name and heads, then verdict and ratio
_NARROWEST = 132  # a tile narrower than this says too little: the classes then take another line
_HOUSE = 150  # what the whole house needs beside them
_GAP = 12
_OUT = 8  # so far the verdict may stand out to the right of the lines above it
_SHORTEST = 3  # characters of a name that are never given up
_SIX = 6  # so many share one line at any font


def _heads(tile: ClassTile) -> str:
    return f"{tile.present}/{tile.seats}"


def _number(tile: ClassTile) -> str:
    return tile.ratio_words.removeprefix("师生比").strip()


class Telling(IntEnum):
    """How much the tiles say beside the verdict, which each always says in word, shape and colour."""

    WHOLE = 0  # the ratio, with its name where there is a line for it
    BRIEF = 1  # the ratio as a number
    VERDICT = 2  # no ratio: it is in the tooltip
    STACKED = 3  # name, heads and verdict one below the other


class ClassTileButton(QAbstractButton):
    """One class: heads, seats, ratio. Pressed, the columns show this class only."""

    resized = Signal()

    def __init__(self, tile: ClassTile, ink: DeskInk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._ink = ink
        self._short = self._flat = False
        self._telling = Telling.WHOLE
        self.show_tile(tile)

    @property
    def class_id(self) -> ClassId:
        """Whose tile this is."""
        return self._tile.id

    @property
    def tile(self) -> ClassTile:
        """What it shows."""
        return self._tile

    def show_tile(self, tile: ClassTile) -> None:
        """Take new numbers."""
        self._tile = tile
        self.setAccessibleName(f"{tile.name} {tile.kind.label}")
        words = f"{tile.present} / {tile.seats} 人，{tile.ratio_words}，{tile.verdict.words}"
        carers = f"需 {tile.carers_needed} 名保育人员，在岗 {tile.carers_on_shift} 名"
        carers += f"（{tile.source_words}）" if tile.source_words else ""
        carers += "".join(f"，{where} {count} 人" for where, count in tile.out)
        self.setAccessibleDescription(f"{words}。{carers}")
        self.setToolTip(f"{tile.name}：{carers}。\n按下只看这个班，再按看全部。")
        self.update()

    def set_ink(self, ink: DeskInk) -> None:
        """Take the colours and sizes of another theme."""
        self._ink = ink
        self.updateGeometry()
        self.update()

    def set_short(self, short: bool) -> None:
        """Take less height."""
        if self._short != short:
            self._short = short
            self.updateGeometry()
            self.update()

    def set_telling(self, telling: Telling) -> None:
        """Say as much as every tile of the strip has room for."""
        if self._telling != telling:
            self._telling = telling
            self.updateGeometry()
            self.update()

    def telling(self) -> Telling:
        """How much there is room for at its present width."""
        ink, tile, low = self._ink, self._tile, self._short or self._flat
        room = self._inner(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)).width()
        beside = room + (0 if low else ink.px(_OUT)) - chip_width(tile.verdict, ink) - ink.px(4)
        whole, brief = (text_width(words, ink.small) for words in (tile.ratio_words, _number(tile)))
        if not low and whole <= beside:
            return Telling.WHOLE
        heads = text_width(_heads(tile), ink.strong) + ink.px(6)
        least = text_width(tile.name if len(tile.name) <= _SHORTEST else f"{tile.name[:2]}…", ink.strong)
        if self._short and not self._flat and least + heads > room:
            return Telling.STACKED
        return Telling.BRIEF if brief <= beside else Telling.VERDICT

    def set_flat(self, flat: bool) -> None:
        """Stand in one of several lines: two rows of words, whatever the font."""
        if self._flat != flat:
            self._flat = flat
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """As in the picture, growing with the font."""
        return QSize(self._ink.px(_NARROWEST if self._flat else 196), self._ink.px(self._height()))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a strip of six at 1366 pixels and 200 %: kind and ratio give way first."""
        return QSize(self._ink.px(84), self._ink.px(self._height()))

    def _height(self) -> int:
        if self._short and not self._flat and self._telling is Telling.STACKED:
            return _STACKED
        return _FLAT if self._flat else _SHORT if self._short else _HEIGHT

    def _inner(self, box: QRectF) -> QRectF:
        ink = self._ink
        if self._flat:
            return box.adjusted(ink.px(14), ink.px(4), -ink.px(10), -ink.px(5))
        if self._short:
            return box.adjusted(ink.px(14), ink.px(6), -ink.px(8), -ink.px(6))
        return box.adjusted(ink.px(20), ink.px(9), -ink.px(12), -ink.px(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may hold more words, or fewer."""
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the tile."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, tile = self._ink, self._tile
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        self._paint_ground(painter, box)
        inner = self._inner(box)
        if self._flat or self._short:
            self._paint_low(painter, inner)
            return
        line = ink.px(22)
        head = QRectF(inner.left(), inner.top(), inner.width(), line)
        used = draw_text(painter, head, tile.name, ink.strong, ink.ink)
        kind = head.adjusted(used + ink.px(8), 0, 0, 0)
        if tile.out:  # where they are says more than what kind of class it is
            out = Chip("，".join(f"{where} {count}" for where, count in tile.out), Tone.INFO)
            wide = min(chip_width(out, ink), kind.width())
            draw_chip(painter, kind.adjusted(kind.width() - wide, 0, 0, 0), out, ink)
        elif text_width(tile.kind.label, ink.small) <= kind.width():
            painter.setFont(ink.small)
            painter.setPen(ink.ink_2)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(kind, side, tile.kind.label)
        count = QRectF(inner.left(), head.bottom() + 1, inner.width(), ink.px(30))
        used = draw_text(painter, count, str(tile.present), ink.big, ink.ink)
        seats = count.adjusted(used + ink.px(5), ink.px(4), 0, 0)
        draw_text(painter, seats, f"/ {tile.seats} 人", ink.body, ink.ink_2)
        self._paint_bar(painter, QRectF(inner.left(), count.bottom() + ink.px(3), inner.width(), ink.px(6)))
        foot = QRectF(inner.left(), inner.bottom() - ink.px(24), inner.width() + ink.px(_OUT), ink.px(24))
        chip = chip_width(tile.verdict, ink)
        words = foot.adjusted(0, 0, -chip - ink.px(4), 0)
        ratio = {Telling.WHOLE: tile.ratio_words, Telling.BRIEF: _number(tile)}.get(self._telling, "")
        used = draw_text(painter, words, ratio, ink.small, ink.ink)
        foot.setWidth(min(foot.width(), used + (ink.px(5) if used else 0) + chip))
        draw_chip(painter, foot, tile.verdict, ink)

    def _paint_low(self, painter: QPainter, inner: QRectF) -> None:
        """Name and heads, then the verdict and, at the right, the ratio; narrow, one below the other."""
        ink, tile = self._ink, self._tile
        head = QRectF(inner.left(), inner.top(), inner.width(), ink.px(23))
        foot = QRectF(inner.left(), inner.bottom() - ink.px(22), inner.width(), ink.px(22))
        heads = _heads(tile)
        if self._telling is Telling.STACKED:
            draw_text(painter, head, tile.name, ink.strong, ink.ink)
            draw_text(painter, head.translated(0, ink.px(21)), heads, ink.body, ink.ink_2)
        else:
            wide = text_width(heads, ink.strong)
            draw_text(painter, head.adjusted(0, 0, -wide - ink.px(6), 0), tile.name, ink.strong, ink.ink)
            draw_text(painter, head.adjusted(head.width() - wide, 0, 1, 0), heads, ink.strong, ink.ink)
        wide = chip_width(tile.verdict, ink)
        if wide <= foot.width():
            draw_chip(painter, foot.adjusted(0, 0, wide - foot.width(), 0), tile.verdict, ink)
        else:
            self._paint_bare(painter, foot)
        if self._telling is Telling.BRIEF:
            ratio = _number(tile)
            place = foot.adjusted(foot.width() - text_width(ratio, ink.small), 0, 1, 0)
            draw_text(painter, place, ratio, ink.small, ink.ink_2)

    def _paint_bare(self, painter: QPainter, foot: QRectF) -> None:
        """The verdict without the ground of a chip, which would cost it letters."""
        ink, verdict, side = self._ink, self._tile.verdict, self._ink.px(9)
        colour = ink.tones[verdict.tone][1]
        paint_mark(
            painter, QRectF(foot.left(), foot.center().y() - side / 2, side, side), verdict.tone, colour
        )
        draw_text(painter, foot.adjusted(side + ink.px(4), 0, 0, 0), verdict.words, ink.small, colour)

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        ink = self._ink
        radius = ink.px(14)
        shape = QPainterPath()
        shape.addRoundedRect(box, radius, radius)
        hot = self.isChecked() or self.underMouse()
        painter.fillPath(shape, ink.brand_soft if self.isChecked() else ink.surface)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(QRectF(box.left(), box.top(), ink.px(6), box.height()), QColor(self._tile.colour))
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(focus_pen(ink) if self.hasFocus() else ink.line_strong if hot else ink.line)
        painter.drawPath(shape)

    def _paint_bar(self, painter: QPainter, bar: QRectF) -> None:
        ink, tile = self._ink, self._tile
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.sunken)
        painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
        share = min(1.0, tile.present / tile.seats) if tile.seats else 0.0
        if share > 0:
            filled = QRectF(bar.left(), bar.top(), max(bar.height(), bar.width() * share), bar.height())
            painter.setBrush(ink.bad if tile.present > tile.seats else QColor(tile.colour))
            painter.drawRoundedRect(filled, bar.height() / 2, bar.height() / 2)


class HouseTile(QWidget):
    """The whole house: heads inside, licensed seats, expected and absent."""

    def __init__(self, ink: DeskInk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = ink
        self._count, self._seats, self._words = 0, 0, ""
        self._short, self._stacked, self._lines = False, False, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("全园在园"))

    def show_board(self, board: Board) -> None:
        """Take new numbers."""
        words = f"今日应到 {board.expected_count} · 病假 {board.sick_count} · 事假 {board.personal_count}"
        if (self._count, self._seats, self._words) == (board.present_count, board.licensed_seats, words):
            return
        self._count, self._seats = board.present_count, board.licensed_seats
        self._words = (
            f"今日应到 {board.expected_count} · 病假 {board.sick_count} · 事假 {board.personal_count}"
        )
        self.setAccessibleDescription(f"{self._count} / {self._seats} 托位，{self._words}")
        self.setToolTip(self._words)
        self.update()

    def set_ink(self, ink: DeskInk) -> None:
        """Take the colours and sizes of another theme."""
        self._ink = ink
        self.updateGeometry()
        self.update()

    def set_short(self, short: bool) -> None:
        """Take less height; the sentence is in the tooltip."""
        self._short = short
        self.updateGeometry()
        self.update()

    def set_lines(self, lines: int) -> None:
        """Stand beside so many lines of flat tiles; 0 or 1 for one line of whole ones."""
        if self._lines != lines:
            self._lines = lines
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """As in the picture, growing with the font."""
        return QSize(self._ink.px(220), self._tall())

    def minimumSizeHint(self) -> QSize:
        """Wide enough for its number; the sentence is in the tooltip too."""
        return QSize(self._ink.px(100), self._tall())

    def set_stacked(self, stacked: bool) -> None:
        """Be as high as tiles that say everything one below the other."""
        if self._stacked != stacked:
            self._stacked = stacked
            self.updateGeometry()

    def _tall(self) -> int:
        if self._lines > 1:
            return self._lines * (self._ink.px(_FLAT) + self._ink.px(_GAP // 2)) - self._ink.px(_GAP // 2)
        low = _STACKED if self._stacked else _SHORT
        return self._ink.px(low if self._short else _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the tile."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, box = self._ink, QRectF(self.rect())
        painter.setPen(ink.line if ink.theme.dark else ink.rail)
        painter.setBrush(ink.rail)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), ink.px(14), ink.px(14))
        inner = box.adjusted(ink.px(16), ink.px(9), -ink.px(12), -ink.px(8))
        if self._short and self._lines < 2:
            inner = box.adjusted(ink.px(12), ink.px(6), -ink.px(8), -ink.px(6))
            half = inner.height() / 2
            words = f"{self._count} / {self._seats}"
            draw_text(painter, inner.adjusted(0, 0, 0, -half), self.tr("在园"), ink.body, ink.rail_muted)
            draw_text(painter, inner.adjusted(0, half, 0, 0), words, ink.strong, ink.rail_on_ink)
            return
        head = QRectF(inner.left(), inner.top(), inner.width(), ink.px(22))
        draw_text(painter, head, self.tr("在园"), ink.small, ink.rail_muted)
        count = QRectF(inner.left(), inner.top() + ink.px(24), inner.width(), ink.px(38))
        used = draw_text(painter, count, str(self._count), ink.huge, ink.rail_on_ink)
        seats = count.adjusted(used + ink.px(6), ink.px(5), 0, 0)
        draw_text(painter, seats, f"/ {self._seats} 托位", ink.body, ink.rail_on_ink)
        foot = QRectF(inner.left(), inner.bottom() - ink.px(26), inner.width(), ink.px(24))
        short = self._words.removeprefix(self.tr("今日"))
        fits = text_width(self._words, ink.small) <= foot.width()
        draw_text(painter, foot, self._words if fits else short, ink.small, ink.rail_muted)


class ClassStrip(QWidget):
    """All tiles in a row; in as many rows as a large centre needs, with the house beside them."""

    class_chosen = Signal(object)  # ClassId, or None for the whole house

    def __init__(self, ink: DeskInk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("desk.classes")
        self.setAccessibleName(self.tr("班级人数与师生比"))
        self._ink = ink
        self._tiles: list[ClassTileButton] = []
        self._short = False
        self._per_line = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._house = HouseTile(ink)

    def show_board(self, board: Board) -> None:
        """Take the classes and the sum of a board."""
        self._house.show_board(board)
        if [tile.class_id for tile in self._tiles] == [tile.id for tile in board.classes]:
            for button, tile in zip(self._tiles, board.classes, strict=True):
                if button.tile != tile:
                    button.show_tile(tile)
            self._agree()
            return
        self._rebuild(board.classes)

    def set_short(self, short: bool) -> None:
        """Take less height where the font is large for the window."""
        if short != self._short:
            self._short = short
            self._house.set_short(short)
            for tile in self._tiles:
                tile.set_short(short)
            self._arrange(anew=True)

    def clear_choice(self) -> None:
        """Show the whole house again."""
        for tile in self._tiles:
            tile.setChecked(False)

    def set_ink(self, ink: DeskInk) -> None:
        """Take the colours and sizes of another theme."""
        self._ink = ink
        self._house.set_ink(ink)
        for tile in self._tiles:
            tile.set_ink(ink)
        self._arrange(anew=True)
        self._agree()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may hold another number of classes in a line."""
        super().resizeEvent(event)
        self._arrange()

    def _rebuild(self, classes: Sequence[ClassTile]) -> None:
        for old in self._tiles:
            self._grid.removeWidget(old)
            old.deleteLater()
        self._tiles = []
        for number, tile in enumerate(classes, 1):
            button = ClassTileButton(tile, self._ink, self)
            button.setObjectName(f"desk.class.{number}")
            button.set_short(self._short)
            button.toggled.connect(self._on_tile_toggled)
            button.resized.connect(self._agree)
            self._tiles.append(button)
        self._arrange(anew=True)

    def _arrange(self, *, anew: bool = False) -> None:
        """Share the classes out over lines in which each still says what it has to say."""
        ink, count = self._ink, max(1, len(self._tiles))
        gap = ink.px(_GAP)
        fit = max(_SIX, (self.width() - ink.px(_HOUSE)) // (ink.px(_NARROWEST) + gap))
        lines = -(-count // fit)
        per_line = -(-count // lines)
        if per_line == self._per_line and not anew:
            return
        self._per_line = per_line
        flat = lines > 1
        self._grid.setHorizontalSpacing(gap)
        self._grid.setVerticalSpacing(gap // 2)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        for at, tile in enumerate(self._tiles):
            tile.set_flat(flat)
            self._grid.addWidget(tile, at // per_line, at % per_line)
            self._grid.setColumnStretch(at % per_line, 10)
            tile.show()
        self._house.set_lines(lines)
        self._grid.addWidget(self._house, 0, per_line, lines, 1)
        self._grid.setColumnStretch(per_line, 11)
        self.updateGeometry()

    @Slot()
    def _agree(self) -> None:
        """Neighbours say equally much: as much as the narrowest has room for."""
        telling = max((tile.telling() for tile in self._tiles), default=Telling.WHOLE)
        for tile in self._tiles:
            tile.set_telling(telling)
        self._house.set_stacked(telling is Telling.STACKED)

    def _on_tile_toggled(self, on: bool) -> None:
        pressed = self.sender()
        if on:
            for tile in self._tiles:
                if tile is not pressed and tile.isChecked():
                    tile.blockSignals(True)
                    tile.setChecked(False)
                    tile.blockSignals(False)
        chosen = next((tile.class_id for tile in self._tiles if tile.isChecked()), None)
        self.class_chosen.emit(chosen)
