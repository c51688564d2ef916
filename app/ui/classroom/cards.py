"""How a child's card is painted, and how many cards fit."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.looks import Chip, Tone
from app.domain.record import record
from app.services.classroom import RosterCard
from app.ui.classroom.words import mood_icon, short_since
from app.ui.icons import Icons
from app.ui.theme import Theme
from app.ui.widgets.keyed import ITEM_ROLE
from app.ui.widgets.paint import paint_avatar, paint_mark

Index = QModelIndex | QPersistentModelIndex

_RING = 4  # room round a card for its focus ring
_GAP = 4  # and beyond it
_LEAST_WIDTH, _LEAST_HEIGHT, _TALL, _MOST_HEIGHT = 168, 104, 150, 200


@record
class Cells:
    """The size of a cell of the grid, in pixels, and how many stand in a line."""

    columns: int
    width: int
    height: int


def fit_cells(room: QSize, cards: int, unit: float) -> Cells:
    """Choose cells so that all cards fit without scrolling where that can be; never below a readable size.

    ``unit`` is 1.0 at a 15-pixel font.
    """
    columns = max(1, int(room.width() // (_LEAST_WIDTH * unit)))
    lines = max(1, -(-cards // columns))
    if lines > 1:
        columns = -(-cards // lines)  # as few as need no further line: wider cards, and no orphan below
    # One pixel less than the room: a list breaks its lines when a cell touches the edge.
    width = max(1, (room.width() - 1) // columns)
    height = min(round(_MOST_HEIGHT * unit), max(round(_LEAST_HEIGHT * unit), room.height() // lines))
    return Cells(columns, width, height)


def fit_lines(room: QSize, cards: int, unit: float) -> Cells:
    """A dense list: two children side by side where the room is wide enough, each on one high line."""
    del cards
    columns = 2 if room.width() >= 2 * 400 * unit else 1
    return Cells(columns, max(1, (room.width() - 1) // columns), max(64, round(64 * unit)))


def in_order_of_weight(chips: tuple[Chip, ...]) -> list[Chip]:
    """What may never be left out comes first: an allergy, then the hour that was promised."""
    order = (Tone.BAD, Tone.WARN)
    said = [chip for chip in chips if chip.words]
    return sorted(said, key=lambda chip: order.index(chip.tone) if chip.tone in order else len(order))


def left_out(chips: Sequence[Chip]) -> Chip:
    """How many chips found no place, as grave as the gravest of them; without words where all did.

    A dose that is due behind a next meal that names her allergy must be seen from afar.
    """
    if not chips:
        return Chip("")
    gravest = in_order_of_weight(tuple(chips))[0].tone
    return Chip(f"+{len(chips)}", gravest if gravest in {Tone.BAD, Tone.WARN} else Tone.PLAIN)


def lay_chips(
    widths: Sequence[float], room: float, lines: int, gap: float, *, spare: float = 0.0
) -> list[tuple[float, int, float]]:
    """Place chips from the left, line by line: where each begins, on which line, and how wide it may be.

    The first always finds a place. Those without one are left out; ``spare`` keeps room at the end of the
    last line for how many they are.
    """
    placed: list[tuple[float, int, float]] = []
    x, line = 0.0, 0
    for wanted in widths:
        width = min(wanted, room)
        if placed and x + width > room + 1:
            x, line = 0.0, line + 1
        if line >= lines:
            break
        placed.append((x, line, width))
        x += width + gap
    if not spare or not placed:
        return placed
    x, line, width = placed[-1]
    if line == lines - 1 and x + width + gap + spare > room + 1:
        if x > 0:
            return placed[:-1]
        placed[-1] = (x, line, max(1.0, room - gap - spare))
    return placed


class CardDelegate(QStyledItemDelegate):
    """Paints ``RosterCard``; a widget per child would not scale to a full house."""

    def __init__(self, theme: Theme, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icons = theme, icons
        self._cell = QSize(176, 176)
        self.dense = False

    def set_cell(self, width: int, height: int) -> None:
        """The size of a cell."""
        self._cell = QSize(width, height)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The cell."""
        return self._cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a card: who, how she is, what must be known; a circle that is ticked when chosen."""
        card = index.data(ITEM_ROLE)
        if not isinstance(card, RosterCard):
            return
        px = self._theme.px
        cell = QRectF(option.rect)
        tall = cell.height() >= px(_TALL)
        box = cell.adjusted(_RING, _RING, -_RING - _GAP, -_RING - _GAP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, option.state)
        if self.dense:
            self._paint_line(painter, box, card)
        elif tall:
            self._paint_tall(painter, box, card)
        else:
            self._paint_flat(painter, box, card)
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_circle(painter, box, px(24 if tall or self.dense else 19), on=on)
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
        theme, radius = self._theme, 14.0
        on = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        current = bool(state & QStyle.StateFlag.State_HasFocus)
        if current:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), radius + 3, radius + 3)
        ground = "brand_faint" if on else "hover" if over else "surface"
        pen = QPen(theme.color("brand"), 2.5) if on else QPen(theme.color("line"), 1)
        painter.setPen(pen)
        painter.setBrush(theme.color(ground))
        inset = pen.widthF() / 2
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)

    def _paint_circle(self, painter: QPainter, box: QRectF, side: float, *, on: bool) -> None:
        """On a flat card it stays above the line that says how she is."""
        theme, px = self._theme, self._theme.px
        top = box.center().y() - side / 2 if self.dense else box.top() + px(9)
        place = QRectF(box.right() - side - px(9), top, side, side)
        painter.setPen(QPen(theme.color("brand" if on else "line_strong"), 2))
        painter.setBrush(theme.color("brand" if on else "surface"))
        painter.drawEllipse(place.adjusted(1, 1, -1, -1))
        if on:
            inset = side * 0.3
            tick = place.adjusted(inset, inset, -inset, -inset)
            paint_mark(painter, tick, Tone.OK, theme.color("brand_ink"))

    def _paint_tall(self, painter: QPainter, box: QRectF, card: RosterCard) -> None:
        px = self._theme.px
        pad = px(12)
        inner = box.adjusted(pad, px(11), -pad, -px(8))
        side = px(48)
        paint_avatar(
            painter, self._theme, QRectF(inner.x(), inner.y(), side, side), card.name[:1] or "?", card.colour
        )
        beside = QRectF(inner.x() + side + px(10), inner.y() + px(26), inner.width() - side - px(10), px(20))
        self._line(painter, beside, card.age_words, self._theme.font("small"), "ink_2")
        name = QRectF(inner.x(), inner.y() + side + px(5), inner.width(), px(24))
        self._line(painter, name, card.name, self._theme.font("name", bold=True), "ink")
        state = QRectF(inner.x(), name.bottom() + px(1), inner.width(), px(20))
        top = state.bottom() + px(5)
        room = QRectF(inner.x(), top, inner.width(), inner.bottom() - top)
        self._paint_how(painter, state, room, card)

    def _paint_flat(self, painter: QPainter, box: QRectF, card: RosterCard) -> None:
        px = self._theme.px
        inner = box.adjusted(px(10), px(9), -px(8), -px(6))
        side = px(40)
        paint_avatar(
            painter, self._theme, QRectF(inner.x(), inner.y(), side, side), card.name[:1] or "?", card.colour
        )
        left = inner.x() + side + px(8)
        name = QRectF(left, inner.y() - px(2), inner.right() - left - px(26), px(22))
        self._line(painter, name, card.name, self._theme.font("name", bold=True), "ink")
        state = QRectF(left, name.bottom() + px(1), inner.right() - left, px(20))
        top = inner.y() + side + px(5)
        room = QRectF(inner.x(), top, inner.width(), inner.bottom() - top)
        self._paint_how(painter, state, room, card)

    def _paint_line(self, painter: QPainter, box: QRectF, card: RosterCard) -> None:
        """Name, how she is and since when, then what must be known: all on one line."""
        px = self._theme.px
        inner = box.adjusted(px(10), px(2), -px(38), -px(2))
        middle = inner.center().y()
        bold = self._theme.font("body", bold=True)
        name = QRectF(inner.x(), middle - px(20), px(72), px(20))
        self._line(painter, name, card.name, bold, "ink")
        below = QRectF(inner.x(), middle, px(72), px(18))
        self._line(painter, below, card.age_words, self._chip_font(), "ink_2")
        left = name.right() + px(6)
        wide = min(px(190), (inner.right() - left) * 0.62)
        state = QRectF(left, middle - px(20), wide, px(20))
        self._line(
            painter, QRectF(left, middle, wide, px(18)), self._since(card, wide), self._chip_font(), "ink_2"
        )
        left += wide + px(6)
        lines = 1 if len(card.chips) < 2 else 2
        top = middle - (px(21) * lines + px(4) * (lines - 1)) / 2
        self._paint_how(painter, state, QRectF(left, top, inner.right() - left, px(46)), card)

    def _since(self, card: RosterCard, wide: float) -> str:
        """How long ago, as many of them as there is room for: half a number is worse than none."""
        found = [short_since(words) for words in card.since]
        measure = QFontMetricsF(self._chip_font()).horizontalAdvance
        while len(found) > 1 and measure(" · ".join(found)) > wide:
            found.pop()
        return " · ".join(found)

    def _paint_how(self, painter: QPainter, state: QRectF, room: QRectF, card: RosterCard) -> None:
        """How she is and what must be known. The hour at which she is soon collected is never but counted:
        where it finds no place among the chips it stands in the line of how she is.
        """
        chips = in_order_of_weight(card.chips)
        placed = zip(self._lay(chips, room), chips, strict=False)
        whole = {chip.words for (_x, _line, wide), chip in placed if wide >= self._chip_width(chip)}
        hour = next((one for one in chips if one.words == card.leaving and card.leaving not in whole), None)
        if hour is not None:
            chips.remove(hour)
        self._paint_state(painter, state, card, hour)
        self._paint_chips(painter, room, chips, card)

    def _paint_state(
        self, painter: QPainter, line: QRectF, card: RosterCard, hour: Chip | None = None
    ) -> None:
        icon, role = mood_icon(card)
        px = self._theme.px
        if hour is not None:
            wide = self._chip_width(hour)
            if icon and wide + px(22) <= line.width():
                self._icons.paint(painter, QRectF(line.x(), line.y() + px(1), px(18), px(18)), icon, role)
                line = line.adjusted(px(22), 0, 0, 0)
            self._paint_chip(
                painter, QRectF(line.x(), line.y(), min(wide, line.width()), line.height()), hour
            )
            return
        if icon:
            self._icons.paint(painter, QRectF(line.x(), line.y() + px(1), px(18), px(18)), icon, role)
            line = line.adjusted(px(22), 0, 0, 0)
        said = card.state_words
        if QFontMetricsF(self._theme.font("small")).horizontalAdvance(said) > line.width():
            said = said.rpartition("，")[2]  # how she is now, rather than how she began
        words = said or "还没有记情绪"
        self._line(painter, line, words, self._theme.font("small"), "ink_2")

    def _lay(self, chips: Sequence[Chip], room: QRectF) -> list[tuple[float, int, float]]:
        """The places of as many as there is room for, in as many lines, with the count of those left out."""
        gap, high = self._theme.px(4), float(self._theme.px(21))
        lines = max(1, int((room.height() + 2 * gap) // (high + gap)))
        wide = [self._chip_width(chip) for chip in chips]
        boxes = lay_chips(wide, room.width(), lines, gap)
        if len(boxes) < len(chips):
            spare = self._chip_width(left_out(chips[max(1, len(boxes) - 1) :]))
            boxes = lay_chips(wide, room.width(), lines, gap, spare=spare)
        return boxes

    def _paint_chips(self, painter: QPainter, room: QRectF, chips: Sequence[Chip], card: RosterCard) -> None:
        """As many lines of chips as there is room for; what is left out is counted."""
        gap, high = self._theme.px(4), float(self._theme.px(21))
        boxes = self._lay(chips, room)
        rest = left_out(chips[len(boxes) :])
        y = room.y()
        for (x, line, width), chip in zip(boxes, chips, strict=False):
            y = room.y() + line * (high + gap)
            self._paint_chip(painter, QRectF(room.x() + x, y, width, high), chip)
        if rest.words:
            x, _line, width = boxes[-1]
            place = QRectF(room.x() + x + width + gap, y, self._chip_width(rest), high)
            self._paint_chip(painter, place, rest)
            return
        self._paint_since(painter, room.adjusted(0, y + high + gap - room.y(), 0, 0), card)

    def _paint_since(self, painter: QPainter, room: QRectF, card: RosterCard) -> None:
        """How long ago she had milk, was on the toilet and woke, as far as there is room left to say it."""
        px = self._theme.px
        if self.dense:
            return
        y = room.y()
        for words in card.since:
            if room.bottom() - y < px(16):
                return
            self._line(painter, QRectF(room.x(), y, room.width(), px(16)), words, self._chip_font(), "ink_2")
            y += px(16)

    def _chip_font(self) -> QFont:
        font = self._theme.font("small")
        font.setPixelSize(self._theme.px(12))
        return font

    def _chip_width(self, chip: Chip) -> float:
        mark = 0 if chip.tone is Tone.PLAIN else self._theme.px(11)
        return QFontMetricsF(self._chip_font()).horizontalAdvance(chip.words) + self._theme.px(13) + mark

    def _paint_chip(self, painter: QPainter, rect: QRectF, chip: Chip) -> None:
        """A tighter chip than elsewhere, so that two stand side by side on a narrow card."""
        ground, ink = self._theme.tone(chip.tone)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        words = rect.adjusted(self._theme.px(7), 0, -self._theme.px(4), 0)
        if chip.tone is not Tone.PLAIN:
            side = self._theme.px(8)
            mark = QRectF(words.x() - 1, rect.center().y() - side / 2, side, side)
            paint_mark(painter, mark, chip.tone, ink)
            words.setLeft(words.left() + self._theme.px(11) - 1)
        font = self._chip_font()
        shown = QFontMetricsF(font).elidedText(chip.words, Qt.TextElideMode.ElideRight, words.width() + 2)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _line(self, painter: QPainter, box: QRectF, words: str, font: QFont, role: str) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.color(role))
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
