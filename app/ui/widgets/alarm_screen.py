"""禁止接走 over the whole window: a word, a pattern and a sound, until a second person has decided."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.looks import Tone
from app.domain.staff import Permission
from app.services.alarms import AlarmView
from app.services.pins import Holder
from app.ui.rooms import RoomContext
from app.ui.widgets.alarm_words import words_of
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.confirmed_sheet import ConfirmedSheet

if TYPE_CHECKING:
    from app.domain.changes import Done
    from app.domain.ids import AlarmId
    from app.services.bundle import Services

LATER = "later"
_WAITING = "alarm.waiting"
_EVERY_MS = 1500
_STRIPE = 46


class AlarmScreen(ConfirmedSheet):
    """Cannot be clicked away: Esc does nothing, and whoever raised it cannot confirm.

    Where nobody else can confirm for want of a PIN it makes room, so that one can be chosen; it stays
    undecided, a banner says so, and whoever it is about is refused as before.
    """

    decided = Signal(str)  # refused | cleared | later
    WIDE = 860

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        alarm: AlarmView,
        holders: Sequence[Holder],
        beep: Callable[[], object] = QApplication.beep,
    ) -> None:
        said = words_of(alarm)
        super().__init__(context, host, "alarm", self.tr("禁止接走"), said.keep, "alarm")
        self._alarm, self._beep = alarm, beep
        self.setAccessibleName(f"禁止接走：{alarm.typed}，{alarm.child_name}")
        self.title.setProperty("role", "huge")
        self.title.setStyleSheet(f"color: {context.theme.color('bad').name()}; font-weight: 700;")
        self.cancel.hide()
        self.clear = KeyButton(
            context.theme, self.tr("是另一个人，可以继续"), object_name="alarm.cleared", kind="quiet"
        )
        self.clear.clicked.connect(lambda: self._decide("cleared"))
        self.take_enter(self.clear)
        self.foot.insertWidget(0, self.clear)
        self.clear.setVisible(not alarm.certain)
        who = self.tr("档案里 {barred} 被禁止接走：{why}。")
        if alarm.certain:
            who = self.tr("{barred} 就是档案里被禁止接走的人。")
        told = (said.wish + who).format(
            typed=alarm.typed,
            child=alarm.child_name,
            barred=alarm.barred_words,
            why="、".join(alarm.marks),
        )
        self.form.addWidget(label(told, "h1", wrap=True))
        ring = "；".join(alarm.to_ring) or self.tr("档案里没有监护人电话")
        self.form.addWidget(label(said.then.format(ring=ring), wrap=True))
        self.form.addWidget(
            self.add_field(
                "reason",
                self.tr("怎样处理的"),
                required=True,
                placeholder="如 请他离开了，妈妈马上到；看了身份证，是另一个人",
            )
        )
        self.add_second(self.tr("另一位同事确认"), holders)
        if not alarm.certain:
            self.add_own_pin()
        self.later = KeyButton(
            context.theme, self.tr("先去设口令，警报留着"), object_name="alarm.later", kind="quiet"
        )
        self.later.clicked.connect(lambda: self._on_decided(LATER))
        self.take_enter(self.later)
        self.foot.insertWidget(0, self.later)
        self.later.setVisible(not self.second.can_confirm)
        self._sound = QTimer(self, interval=_EVERY_MS)
        self._sound.timeout.connect(self._beep)

    def present(self) -> None:
        """Come up, and be heard."""
        super().present()
        self._beep()
        self._sound.start()

    def leave(self) -> None:
        """Esc: nobody leaves like that."""
        self.say(self.tr("警报不能直接关掉：请写明怎样处理，由另一位同事输口令确认。"))

    def finish(self) -> None:
        """不放行."""
        self._decide("refused")

    def _decide(self, decision: str) -> None:
        if not self.keep.isEnabled():
            return
        if not self.text("reason"):
            self.say(self.tr("请写明怎样处理的，如“请他离开了，妈妈马上到”。"), "reason")
            return
        if not self.confirmed():
            return
        actor, alarm, reason = self.context.actor, self._alarm.id, self.text("reason")
        second, own = self.second.second(), self.own_pin()

        def verb(services: "Services") -> "Done[str]":
            return services.alarms.decide(actor, alarm, decision, reason, second, own)

        self.keep.setEnabled(False)
        refused = self.tr("已记下：{act}。").format(act=self.keep.text())
        words = refused if decision == "refused" else self.tr("已记下：是另一个人。")
        self.context.act(verb, self._on_decided, self.failed, words=words)

    def _on_decided(self, decision: str) -> None:
        self._sound.stop()
        self.dismiss()
        self.decided.emit(decision)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Stripes: seen as an alarm also by who tells no red from green."""
        theme = self.context.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("bad"))
        pen = QPen(theme.color("bad_soft"), theme.px(_STRIPE) / 3)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        step, high = theme.px(_STRIPE), self.height()
        for x in range(-high, self.width() + high, step):
            painter.drawLine(x, high, x + high, 0)
        painter.end()


class AlarmKeeper:
    """Brings an alarm up; one at a time, however often somebody presses."""

    def __init__(self, context: RoomContext, beep: Callable[[], object] = QApplication.beep) -> None:
        self._context, self._beep = context, beep
        self._up: AlarmId | None = None

    def raise_(self, alarm: "AlarmId", done: Callable[[str], None] | None = None) -> None:
        """Read the alarm and who may decide it, and lay it over the window."""
        context, host = self._context, self._context.host
        if host is None or self._up is not None:
            return
        self._up = alarm
        actor = context.actor

        def read(services: "Services") -> tuple[AlarmView, tuple[Holder, ...]]:
            return services.alarms.view(actor, alarm), services.pins.holders(actor)

        def show(found: tuple[AlarmView, tuple[Holder, ...]]) -> None:
            view, holders = found
            others = [
                one
                for one in holders
                if one.actor.id != view.raised_by and one.actor.may(Permission.CHECK_OUT)
            ]
            director = Permission.RELEASE_EXCEPTION
            others.sort(key=lambda one: (not one.actor.may(director), not one.can_confirm))
            screen = AlarmScreen(context, host, view, others, self._beep)
            screen.dismissed.connect(self._on_gone)
            screen.decided.connect(lambda decision: self._tell_waiting(view, decision))
            if done is not None:
                screen.decided.connect(done)
            screen.present()

        def failed(error: BaseException) -> None:
            self._up = None
            context.messages.fail(error)

        context.ask(read, show, failed)

    def _tell_waiting(self, view: AlarmView, decision: str) -> None:
        """A banner stays as long as an alarm was left for want of a PIN."""
        messages = self._context.messages
        if decision != LATER:
            messages.end_banner(_WAITING)
            return
        who = f"{view.typed}，{view.child_name}"
        words = f"禁止接走的警报还没有处理：{who}。设好口令后请来处理，在此之前{words_of(view).until}。"
        messages.banner(_WAITING, words, Tone.BAD, "去处理", lambda: self.raise_(view.id))

    def _on_gone(self) -> None:
        self._up = None
