"""What the search found, as a list: a heading for each group, and a line for each hit. Passive."""

from collections.abc import Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.domain.looks import Chip
from app.domain.record import record
from app.services.desk import ChildRow, RowState
from app.ui.icons import Icons
from app.ui.rooms import Target
from app.ui.theme import Theme
from app.ui.widgets.paint import chip_size, key_size, paint_avatar, paint_chip, paint_key

if TYPE_CHECKING:
    from app.services.finding import AdultHit, FamilyHit, PaperHit
    from app.ui.commands import Way

HIT_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_STATES = {
    RowState.EXPECTED: "待到",
    RowState.PRESENT: "在园",
    RowState.DUE: "待接",
    RowState.LEFT: "已离园",
    RowState.ABSENT: "请假",
}


@record
class Hit:
    """One line. A heading has no ``target``, no ``room`` and no ``act``."""

    title: str
    words: str = ""  # below the title
    beside: str = ""  # behind the title, smaller
    chip: Chip = field(default_factory=lambda: Chip(""))
    key: str = ""
    letter: str = ""  # of the avatar; without one there is an icon
    colour: str = "sunken"
    icon: str = ""
    target: Target | None = None
    room: str = ""
    act: str = ""

    @property
    def heading(self) -> bool:
        """Whether it only names a group."""
        return not (self.target or self.room or self.act)


def of_child(row: ChildRow) -> Hit:
    """A child and how she stands today."""
    return Hit(
        row.name,
        f"{row.class_name} · {_STATES[row.state]} · {row.mode_words}",
        " · ".join(part for part in (row.age_words, row.nickname) if part),
        row.chip,
        letter=row.name[:1],
        colour=row.colour,
        target=Target(child=row.child, visit=row.visit),
    )


def of_adult(hit: "AdultHit") -> Hit:
    """An adult: whose, and the phone as far as everybody may see it."""
    from app.domain.looks import Tone

    chip = Chip("禁止接走", Tone.BAD) if hit.barred else Chip("")
    words = " · ".join(part for part in (f"{hit.child_name}的{hit.relation}", hit.phone_masked) if part)
    return Hit(hit.name, words, chip=chip, icon="account-outline", target=Target(child=hit.child))


def of_family(hit: "FamilyHit") -> Hit:
    """A family that asks for a place: its page is 招生."""
    target = Target(applicant=hit.applicant)
    return Hit(
        hit.name, hit.words, chip=hit.chip, icon="account-plus-outline", target=target, room="admissions"
    )


def of_paper(hit: "PaperHit") -> Hit:
    """A receipt opens over its child, to be seen and printed again; a card leads to the register of cards."""
    card = hit.kind == "card"
    icon = "card-account-details-outline" if card else "receipt-text-outline"
    target = Target(child=hit.child, act="" if hit.receipt is None else f"receipt {hit.receipt}")
    return Hit(hit.title, hit.words, chip=hit.chip, icon=icon, target=target, room="cards" if card else "")


def of_way(way: "Way") -> Hit:
    """A room or a command."""
    words = "打开" if way.is_room else ""
    return Hit(way.words, words, key=way.key, icon=way.icon, target=way.target, room=way.room, act=way.act)


class HitModel(QAbstractListModel):
    """Shows the hits it is given; headings cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.hits: tuple[Hit, ...] = ()

    def replace(self, hits: Sequence[Hit]) -> None:
        """Swap in another answer."""
        self.beginResetModel()
        self.hits = tuple(hits)
        self.endResetModel()

    def next_place(self, at: int, by: int) -> int:
        """The place of the next hit up or down, over headings; ``at`` itself at the end."""
        place = at + by
        while 0 <= place < len(self.hits):
            if not self.hits[place].heading:
                return place
            place += by
        return at

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines, headings included."""
        return 0 if parent.isValid() else len(self.hits)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading is only read."""
        if index.isValid() and self.hits[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The hit under ``HIT_ROLE``, its words under the roles that are read."""
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        if role == HIT_ROLE:
            return hit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return "，".join(part for part in (hit.title, hit.beside, hit.words, hit.chip.words) if part)
        return None


class HitDelegate(QStyledItemDelegate):
    """Paints headings and hits."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A heading is lower than a hit."""
        heading = index.data(HIT_ROLE).heading
        return QSize(200, self._theme.px(28) if heading else self._theme.metrics.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        from PySide6.QtWidgets import QStyle  # not at the start: it brings a thousand names

        hit: Hit = index.data(HIT_ROLE)
        theme, rect = self._theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if hit.heading:
            painter.setFont(theme.font("small", bold=True))
            painter.setPen(theme.color("ink_2"))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(rect.adjusted(14, 2, 0, 0), flags, hit.title)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("brand_soft"))
                painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 8, 8)
            self._paint_hit(painter, rect, hit)
        painter.restore()

    def _paint_hit(self, painter: QPainter, rect: QRectF, hit: Hit) -> None:
        theme, side = self._theme, self._theme.metrics.avatar
        face = QRectF(rect.x() + 12, rect.center().y() - side / 2, side, side)
        if hit.letter:
            paint_avatar(painter, theme, face, hit.letter, hit.colour)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sunken"))
            painter.drawEllipse(face)
            inset = side * 0.24
            self._icons.paint(painter, face.adjusted(inset, inset, -inset, -inset), hit.icon, "ink_2")
        edge = self._paint_right(painter, rect, hit)
        left, middle = face.right() + 12, rect.center().y()
        room = edge - left - 8
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("name", bold=True))
        painter.setPen(theme.color("ink"))
        metrics = QFontMetricsF(painter.font())
        title = metrics.elidedText(hit.title, Qt.TextElideMode.ElideRight, room * (0.6 if hit.beside else 1))
        top = middle - theme.px(23) if hit.words else middle - theme.px(12)
        painter.drawText(QRectF(left, top, room, theme.px(23)), flags, title)
        shift = metrics.horizontalAdvance(title) + theme.px(8)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("ink_2"))
        small = QFontMetricsF(painter.font())
        beside = small.elidedText(hit.beside, Qt.TextElideMode.ElideRight, max(room - shift, 0))
        painter.drawText(QRectF(left + shift, top + theme.px(1), room - shift, theme.px(22)), flags, beside)
        below = small.elidedText(hit.words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, middle, room, theme.px(21)), flags, below)

    def _paint_right(self, painter: QPainter, rect: QRectF, hit: Hit) -> float:
        """The chip or the key at the right; return where it begins."""
        theme, middle = self._theme, rect.center().y()
        if hit.key:
            size = key_size(theme, hit.key)
            left = rect.right() - size.width() - 12
            place = QRectF(left, middle - size.height() / 2, size.width(), size.height())
            paint_key(painter, theme, place, hit.key, on_brand=False)
            return left
        if not hit.chip.words:
            return rect.right() - 12
        size = chip_size(theme, hit.chip)
        left = rect.right() - size.width() - 12
        paint_chip(
            painter, theme, QRectF(left, middle - size.height() / 2, size.width(), size.height()), hit.chip
        )
        return left
