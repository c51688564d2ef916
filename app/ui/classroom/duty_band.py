"""The band above the roster: who looks after the class, by what; heads, the last count; and its five acts."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF, QSize, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from app.domain.ids import ClassId
from app.domain.looks import Chip, Tone
from app.domain.places import out_word
from app.domain.staff import Permission
from app.services.class_band import ClassBand
from app.services.classroom import RosterCard
from app.ui.rooms import RoomContext
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.paint import chip_size, paint_chip
from app.ui.widgets.wish_sheet import WishSubject, open_wishes

_TAKE_OUT = "带出去"  # not 户外: that is the log's, and a group may as well go to the gym
Meant = Callable[[], tuple[RosterCard, ...]]


class BandLine(QWidget):
    """Chips side by side; what finds no room is told by the tooltip and to a screen reader."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chips: tuple[Chip, ...] = ()
        self.setObjectName("classroom.band")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """What it shows."""
        return self._chips

    def show_chips(self, chips: tuple[Chip, ...]) -> None:
        """Take what to show, the weightiest first."""
        if chips != self._chips:
            self._chips = chips
            words = "，".join(chip.words for chip in chips)
            self.setAccessibleName(words)
            self.setToolTip(words)
            self.update()

    def sizeHint(self) -> QSize:
        """One line of chips."""
        return QSize(self._theme.px(240), round(self._theme.metrics.chip) + 2)

    def minimumSizeHint(self) -> QSize:
        """It gives way."""
        return QSize(self._theme.px(120), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as many as there is room for; the last one is elided."""
        painter = QPainter(self)
        theme, gap = self._theme, self._theme.metrics.s2
        high, x = theme.metrics.chip, 0.0
        for chip in self._chips:
            width, room = chip_size(theme, chip).width(), self.width() - x
            width = min(width, room)
            if width < theme.px(44):
                break
            paint_chip(painter, theme, QRectF(x, (self.height() - high) / 2, width, high), chip)
            x += width + gap
        painter.end()


class DutyBand(QWidget):
    """Reads for itself whenever the room shows a class; opens its sheets over the window."""

    shown = Signal(object)  # ClassBand

    def __init__(self, context: RoomContext, meant: Meant, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._meant = context, meant
        self._class_id: ClassId | None = None
        self._band: ClassBand | None = None
        self._busy = False
        self.line = BandLine(context.theme)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(context.theme.metrics.s2)
        self._row.addWidget(self.line, 1)
        acts = QHBoxLayout()
        acts.setSpacing(context.theme.metrics.s1)
        self.buttons = {
            name: self._button(name, words, key, slot)
            for name, words, key, slot in (
                ("clock", "打卡", "F3", self._open_clock),
                ("move", "去别班", "F4", self._open_move),
                ("wish", "嘱咐", "F5", self._open_wishes),
                ("count", "清点", "F7", self._open_count),
                ("walk", _TAKE_OUT, "F10", self._open_walk),
            )
        }
        for button in self.buttons.values():
            acts.addWidget(button)
        self._row.addLayout(acts)
        context.theme.changed.connect(self._fold)

    def follow(self, class_id: ClassId | None) -> None:
        """Show a class, as it stands now."""
        self._class_id = class_id
        actor = self._context.actor
        allowed = actor.may(Permission.RUN_CLASS) and class_id is not None
        for button in self.buttons.values():
            button.setEnabled(allowed)
        if class_id is None:
            self.line.show_chips(())
            return

        def show(band: ClassBand) -> None:
            if band.class_id == self._class_id:
                self._band = band
                self.line.show_chips(_chips(band))
                wish = f"嘱咐 {band.unread} 新" if band.unread else "嘱咐"
                self.buttons["wish"].set_text(wish)
                self.buttons["walk"].set_text(_walk_words(band))
                self._fold()
                self.shown.emit(band)

        self._context.ask(lambda s: s.classes.band.of(actor, class_id), show)

    def do(self, name: str) -> None:
        """Open one of the sheets by name, once the class is known."""
        if self._class_id is not None and name in self.buttons:
            self.buttons[name].click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Chips get a line of their own where one is too short."""
        super().resizeEvent(event)
        self._fold()

    @Slot()
    def _fold(self) -> None:
        wanted = sum(button.sizeHint().width() for button in self.buttons.values())
        narrow = wanted + self._context.theme.px(200) > self.width()
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != way:
            self._row.setDirection(way)

    def _button(self, name: str, words: str, key: str, slot: Callable[[], None]) -> KeyButton:
        made = KeyButton(self._context.theme, words, key, kind="quiet", object_name=f"classroom.{name}")
        made.clicked.connect(slot)
        return made

    def _open(self, read: Callable[[Any], Any], make: Callable[[QWidget, Any], QWidget | None]) -> None:
        """Read, and lay a sheet over the window; a second press while it comes up does nothing."""
        context, host = self._context, self._context.host
        if host is None or not host.isEnabled() or self._busy or self._class_id is None:
            return
        self._busy = True

        def show(content: Any) -> None:
            self._busy = False
            if host.isEnabled() and (sheet := make(host, content)) is not None:
                sheet.present()  # type: ignore[attr-defined]

        def failed(error: BaseException) -> None:
            self._busy = False
            context.messages.fail(error)

        context.ask(read, show, failed)

    @Slot()
    def _open_clock(self) -> None:
        actor = self._context.actor

        def make(host: QWidget, content: Any) -> QWidget:
            from app.ui.classroom.clock_sheet import ClockSheet

            return ClockSheet(self._context, host, content, self._class_id)

        self._open(lambda s: s.classes.duty.sheet(actor), make)

    @Slot()
    def _open_count(self) -> None:
        actor, group = self._context.actor, self._class_id

        def make(host: QWidget, content: Any) -> QWidget:
            from app.ui.classroom.count_sheet import HeadCountSheet

            return HeadCountSheet(self._context, host, content)

        self._open(lambda s: s.classes.counts.sheet(actor, group), make)

    @Slot()
    def _open_walk(self) -> None:
        actor, group = self._context.actor, self._class_id
        chosen = tuple(one.visit for one in self._meant())

        def make(host: QWidget, content: Any) -> QWidget:
            from app.ui.classroom.walk_sheet import GroupWalkSheet

            everybody = tuple(one.visit for one in content.heads)
            return GroupWalkSheet(self._context, host, content, chosen if len(chosen) > 1 else everybody)

        self._open(lambda s: s.classes.walks.sheet(actor, group), make)

    @Slot()
    def _open_move(self) -> None:
        actor, group, meant = self._context.actor, self._class_id, self._meant()
        if not meant:
            self._context.messages.say("先选孩子，再去别的班。")
            return

        def make(host: QWidget, content: Any) -> QWidget:
            from app.ui.classroom.move_sheet import DayMoveSheet

            return DayMoveSheet(self._context, host, meant, content)

        self._open(lambda s: s.classes.moves.goals(actor, group), make)

    @Slot()
    def _open_wishes(self) -> None:
        meant, band = self._meant(), self._band
        child = meant[0] if meant else None
        subject = WishSubject(
            None if child is None else child.child,
            "" if child is None else child.name,
            self._class_id,
            "" if band is None else band.class_name,
        )
        open_wishes(self._context, subject)


def _walk_words(band: ClassBand) -> str:
    """带出去, or how many are out with a group now and will be counted when they come back."""
    out = sum(count for _where, count in band.out)
    return f"在外 {out}" if out else _TAKE_OUT


def _chips(band: ClassBand) -> tuple[Chip, ...]:
    """The alarm first; then who is here and by what, heads, the last count."""
    chips = [Chip(band.alarm, Tone.BAD)] if band.alarm else []
    names = "、".join((f"{out_word(one.place)} " if one.outside else "") + one.words for one in band.here)
    enough = Tone.OK if band.counting >= band.needed else Tone.WARN
    chips.append(Chip(f"{band.source.label} {names or '没有人'}", enough))
    if band.resting:
        chips.append(Chip(f"休息 {'、'.join(one.name for one in band.resting)}", Tone.INFO))
    if band.out:
        chips.append(Chip(band.heads_words, Tone.INFO))
    last = band.last_count
    chips.append(Chip(band.count_words, Tone.WARN if last is not None and not last.agrees else Tone.PLAIN))
    return tuple(chips)
