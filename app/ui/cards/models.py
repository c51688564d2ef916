"""The register of cards as a list: a line for each card, and one for each child who has none."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.domain.ids import ClassId
from app.domain.looks import Chip, Tone
from app.domain.record import record
from app.services.cards import Card, CardRow, Holder
from app.ui.widgets.keyed import ITEM_ROLE, Index, KeyedModel
from app.ui.widgets.paint import chip_size, paint_avatar
from app.ui.widgets.rows import RowDelegate


@record
class CardLine:
    """One line. ``card`` is None for a child without any; a ``replaced`` one has a valid successor."""

    holder: Holder
    card: Card | None
    printed: bool = False
    replaced: bool = False

    @property
    def chip(self) -> Chip:
        """The state in a word."""
        if self.card is None:
            return Chip("没有卡", Tone.WARN)
        if self.card.ended_as == "lost":
            return Chip("已挂失", Tone.BAD)
        if self.card.ended_as == "withdrawn":
            return Chip("已收回", Tone.PLAIN)
        return Chip("有效", Tone.OK) if self.printed else Chip("还没打印", Tone.INFO)

    @property
    def words(self) -> str:
        """Class, number, and when it was issued or ended."""
        if self.card is None:
            return self.holder.class_name
        when = f"{self.card.issued_at:%Y-%m-%d} 发"
        if self.card.ended_at is not None:
            when = f"{self.card.ended_at:%Y-%m-%d} {'挂失' if self.card.ended_as == 'lost' else '收回'}"
        return f"{self.holder.class_name} · {self.card.number} · {when}"


def lines_of(rows: Sequence[CardRow], only: ClassId | None) -> tuple[CardLine, ...]:
    """Everybody's lines, valid cards before the ended ones; one who has only ended ones lacks a card, too."""
    found = []
    for row in rows:
        if only is not None and row.holder.class_id != only:
            continue
        if not row.valid:
            found.append(CardLine(row.holder, None))
        taken = {card.replaces for card in row.cards if card.ended_as != "withdrawn"}
        for card in sorted(row.cards, key=lambda card: (not card.valid, -card.id)):
            found.append(CardLine(row.holder, card, card.id in row.printed, card.id in taken))
    return tuple(found)


class CardLines(KeyedModel[CardLine]):
    """The lines it is given."""

    def key_of(self, item: CardLine) -> Hashable:
        """A card, or a child without one."""
        return (item.holder.child, 0 if item.card is None else item.card.id)

    def words_of(self, item: CardLine) -> str:
        """As it is read aloud."""
        return f"{item.holder.name}，{item.words}，{item.chip.words}"


class CardDelegate(RowDelegate):
    """Paints a line: who, which card, and its state."""

    SIZE = (220, 60)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        line = index.data(ITEM_ROLE)
        if not isinstance(line, CardLine):
            return
        theme, px, box = self._theme, self._theme.px, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, box, option.state)
        side = px(36)
        face = QRectF(box.x() + px(14), box.center().y() - side / 2, side, side)
        paint_avatar(painter, theme, face, line.holder.name[:1], line.holder.colour)
        size = chip_size(theme, line.chip)
        place = QRectF(
            box.right() - px(14) - size.width(),
            box.center().y() - size.height() / 2,
            size.width(),
            size.height(),
        )
        self.paint_chip(painter, place, line.chip)
        left = face.right() + px(10)
        room, middle = place.left() - px(8) - left, box.center().y()
        ended = line.card is not None and not line.card.valid
        name = theme.font("name", bold=True)
        self.paint_words(
            painter,
            QRectF(left, middle - px(23), room, px(24)),
            self._said(line),
            name,
            "ink_2" if ended else "ink",
        )
        lower = QRectF(left, middle, room, px(21))
        self.paint_words(painter, lower, line.words, theme.font("small"), "ink_2")
        painter.restore()

    @staticmethod
    def _said(line: CardLine) -> str:
        return f"{line.holder.name}（{line.holder.nickname}）" if line.holder.nickname else line.holder.name
