"""Where a scanned code goes: to the child it stands for, or to the answer whether its paper is genuine."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.ids import ChildId
from app.domain.looks import Tone
from app.ui import scanner
from app.ui.rooms import Room, RoomContext, Target
from app.ui.scanning.wedge import Wedge

if TYPE_CHECKING:
    from app.services.bundle import Services
    from app.services.desk import ChildRow
    from app.services.seals import Verdict

    Answer = tuple[str, Verdict, ChildRow | None]

_DESK = "desk"
_WAITS_MS = 30_000  # how long a code scanned under a sheet waits for the sheet to be closed
_SHOWN = 24


class Front(Protocol):
    """What the window lets a code do."""

    @property
    def host(self) -> QWidget:
        """What sheets are laid over: disabled while one is up."""

    @property
    def current_key(self) -> str:
        """The room in front."""

    def room(self, key: str) -> Room | None:
        """A room, if it has been built."""

    def enter(self, key: str, target: Target | None = None) -> None:
        """Bring a room to the front."""

    def show_verdict(self, verdict: "Verdict") -> None:
        """Say what a code is."""


class Scans(QObject):
    """Listens for scanners and takes each code where it belongs, whatever room is in front.

    A code that is scanned while a sheet lies over the rooms waits until the sheet is closed: it must neither
    land in the sheet's fields nor change what is below it unseen. Only a roll call takes it at once.
    """

    def __init__(self, context: RoomContext, front: Front, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._front = context, front
        self._waiting, self._lapsed = "", False
        self._patience = QTimer(self, singleShot=True, interval=_WAITS_MS)
        self._patience.timeout.connect(self._on_patience_timeout)
        preferences = context.preferences
        self.wedge = Wedge(self, gap_ms=preferences.choices.scanner_gap if preferences is not None else 0)
        self.wedge.scanned.connect(self.take)
        self.wedge.unheard.connect(self._on_unheard)
        front.host.installEventFilter(self)

    def follow(self, application: QApplication) -> None:
        """Begin to listen."""
        self.wedge.follow(application)

    def set_gap(self, milliseconds: int) -> None:
        """Another scanner: the most between two of its keys; 0 for none."""
        self.wedge.flush()
        self.wedge.gap_ms = milliseconds
        if self._context.preferences is not None:
            self._context.preferences.choose(scanner_gap=milliseconds)

    @Slot(str)
    def take(self, text: str) -> None:
        """Take a code where it belongs."""
        context = self._context
        if not (context.open and context.signed_in):
            return
        codes = tuple(dict.fromkeys(one for one in (text, self.wedge.by_place) if one))
        ours = [one for one in codes if scanner.looks_like_seal(one) or scanner.looks_like_pickup_code(one)]
        if not self._front.host.isEnabled():
            if context.standby is not None and context.standby.take_code((ours or codes)[0]):
                return  # a roll call is over everything: whatever is scanned is somebody found
            QApplication.beep()
            if ours or not self.wedge.slow:
                self._waiting, self._lapsed = text, False
                self._patience.start()
                return
        if not ours:
            words = "不是本中心的卡或单据。请扫接送卡、凭条、收据或报告上的二维码。"
            if self.wedge.slow:  # a person's keys, perhaps: four commands and Enter within half a second
                words += "如果是按键：按得太快，没有执行，请看清后再按。"
            context.messages.say(f"扫到“{scanner.tidy(text)[:_SHOWN]}”，{words}", Tone.WARN)
            return
        actor = context.actor

        def read(services: "Services") -> "Answer":
            verdicts = [services.seals.verify(actor, one) for one in codes]
            at = next((at for at, one in enumerate(verdicts) if one.genuine), 0)
            verdict, child = verdicts[at], verdicts[at].child
            return codes[at], verdict, None if child is None else services.desk.rows(actor, [child])[0]

        context.ask(read, self._send)

    @Slot()
    def _on_unheard(self) -> None:
        """Scanners are switched off, and one typed where keys are commands: none of them was carried out."""
        QApplication.beep()
        words = "扫码枪在这台电脑上没有打开，扫到的码没有执行。要用请到“设置 → 本机”选扫码枪的速度。"
        self._context.messages.say(words, Tone.WARN)

    def _send(self, answer: "Answer") -> None:
        text, verdict, row = answer  # the code as it was read: by another layout its signs are others
        if verdict.child is not None:
            self._show_child(verdict, verdict.child, row)
        elif verdict.visit is not None and verdict.genuine and scanner.opens_child(text):
            self._front.enter(_DESK, Target(visit=verdict.visit, act=f"code {verdict.told}".strip()))
            self._context.messages.say(verdict.words, verdict.tone)
        else:
            self._front.show_verdict(verdict)

    def _show_child(self, verdict: "Verdict", child: ChildId, row: "ChildRow | None") -> None:
        """In the room in front if it shows children and she is among them now, else at the desk."""
        key = self._front.current_key
        room = self._front.room(key)
        here = room is not None and room.shows_child
        visit = None if row is None or row.left_at is not None else row.visit
        if not here or (visit is None and key not in {_DESK, "cards"}):
            key = _DESK
        act = f"card {verdict.card}" if key == _DESK and verdict.card else ""
        self._front.enter(key, Target(child=child, visit=visit, act=act))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The sheet over the rooms was closed: what was scanned meanwhile is answered now."""
        if event.type() == QEvent.Type.EnabledChange and self._front.host.isEnabled():
            text, self._waiting = self._waiting, ""
            if text:
                self._patience.stop()
                QTimer.singleShot(0, self, lambda: self.take(text))
            elif self._lapsed:
                self._say_lapsed()  # again: under the sheet it was hardly seen
            self._lapsed = False
        return False

    def _say_lapsed(self) -> None:
        self._context.messages.say("扫到的码还没有处理，请再扫一次。", Tone.WARN)

    @Slot()
    def _on_patience_timeout(self) -> None:
        self._waiting, self._lapsed = "", True
        QApplication.beep()
        self._say_lapsed()
