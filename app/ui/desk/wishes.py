"""家长嘱咐 at the desk: what holds for the chosen child, and taking one down while her family is there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.domain.changes import Changes, Topic
from app.domain.ids import ChildId
from app.domain.looks import Tone
from app.domain.staff import Permission
from app.ui.rooms import RoomContext
from app.ui.theme import Theme
from app.ui.widgets.basic import name_widget
from app.ui.widgets.paint import key_size, paint_key, paint_mark

if TYPE_CHECKING:
    from app.services.instructions import ToHeed
    from app.ui.desk.panel import SidePanel

_KEY = "F5"


class WishLine(QAbstractButton):
    """One line as high as a finger: the first wish, how many more, and the key that shows them all."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        name_widget(self, "desk.wish", "家长嘱咐")
        self.setAccessibleDescription(f"快捷键 {_KEY}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_words(self, words: str) -> None:
        """What it says; nothing hides it."""
        self.setText(words)
        self.setAccessibleName(f"家长嘱咐 {words}".strip())
        self.setToolTip(words)
        self.setVisible(bool(words))
        self.update()

    def sizeHint(self) -> QSize:
        """Whatever width there is."""
        return QSize(self._theme.px(160), max(44, self._theme.px(36)))

    def minimumSizeHint(self) -> QSize:
        """The words give way."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A warm ground, the mark, the words as far as they go, and the key."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.color("focus"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("warn_soft"))
        painter.drawRoundedRect(box, theme.metrics.r_m, theme.metrics.r_m)
        ink, side, cap = theme.color("warn_ink"), px(11), key_size(theme, _KEY)
        mark = QRectF(box.x() + px(12), box.center().y() - side / 2, side, side)
        paint_mark(painter, mark, Tone.WARN, ink)
        key = QRectF(
            box.right() - px(10) - cap.width(), box.center().y() - cap.height() / 2, cap.width(), cap.height()
        )
        paint_key(painter, theme, key, _KEY, on_brand=False)
        room = QRectF(mark.right() + px(8), box.y(), key.left() - mark.right() - px(16), box.height())
        painter.setFont(theme.font())
        painter.setPen(ink)
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.end()


_INSIDE = {"present", "due"}  # values of RowState
_AT_THE_DOOR = {"pickup", "other"}  # values of Category


class DeskWishes(QObject):
    """The line in the side panel, there while the child has wishes; F5 takes one down at any time."""

    def __init__(self, context: RoomContext, panel: "SidePanel") -> None:
        super().__init__(panel)
        self._context, self._panel = context, panel
        self._child: ChildId | None = None
        self._found: tuple[ToHeed, ...] = ()  # all of hers
        self.line = WishLine(context.theme)
        self.line.clicked.connect(self.open)
        panel.below.addWidget(self.line)
        self.line.hide()
        QShortcut(QKeySequence(_KEY), panel).activated.connect(self.open)
        panel.face_changed.connect(self._on_face)
        context.bus.changed.connect(self._on_changed)

    def open(self) -> None:
        """Lay the sheet over the window."""
        row, context = self._panel.row, self._context
        if row is None or not context.signed_in:
            return
        if not context.actor.may(Permission.RUN_CLASS):
            context.messages.say(f"{context.actor.role.label}不能记嘱咐，请前台或老师登录。")
            return
        from app.ui.widgets.wish_sheet import WishSubject, open_wishes

        open_wishes(context, WishSubject(row.child, row.name))

    def _on_face(self) -> None:
        row = self._panel.row
        child = None if row is None else row.child
        if child != self._child:
            self._child, self._found = child, ()
            self._read()
        self.line.show_words(_words(self._meant()))  # others of hers, once she is inside or has gone

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if Topic.INSTRUCTIONS in changes.topics and self._child is not None:
            self._read()

    def _read(self) -> None:
        child, context = self._child, self._context
        if child is None or not context.open or not context.signed_in:
            return
        actor = context.actor

        def show(found: "tuple[ToHeed, ...]") -> None:
            if child == self._child:
                self._found = found
                self.line.show_words(_words(self._meant()))
                self._panel.bring_adults()

        context.ask(lambda s: s.classes.instructions.for_child(actor, child), show)

    def _meant(self) -> "tuple[ToHeed, ...]":
        """While she is inside the desk heeds what concerns her going home; the adults need the room."""
        row = self._panel.row
        if row is None or row.state.value not in _INSIDE:
            return self._found
        return tuple(one for one in self._found if one.instruction.category.value in _AT_THE_DOOR)


def _words(found: "tuple[ToHeed, ...]") -> str:
    """睡眠：要抱着小兔子才睡（共 2 条）."""
    if not found:
        return ""
    first = found[0].instruction
    more = f"（共 {len(found)} 条）" if len(found) > 1 else ""
    return f"{first.category.label}：{first.words}{more}"
