"""What the program says: notices that pass, banners that stay, and the way back (撤销).

Three ways to fail meet here: a rule that says no becomes a notice, failing surroundings a banner that stays
until they are well again, and our own bug a crash report.
"""

import itertools
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.domain.changes import Undo
from app.domain.errors import RuleError, SurroundingsError
from app.domain.looks import Tone
from app.domain.record import record

_UNDO_DEPTH = 50


@record
class Notice:
    """A passing word. With ``undo`` it offers 撤销, with ``act`` a button of the words ``action``.

    ``beside``: news of what the act before has led to (its paper): the way back that stands stays.
    """

    words: str
    tone: Tone = Tone.OK
    undo: Undo | None = None
    number: int = 0
    action: str = ""
    act: Callable[[], object] | None = None
    beside: bool = False


@record
class Banner:
    """A word that stays until its cause is gone or the reader closes it."""

    key: str
    words: str
    tone: Tone = Tone.BAD
    action: str = ""
    act: Callable[[], None] | None = None


class Messages(QObject):
    """The one bridge for messages. The window shows them; tests listen to them."""

    said = Signal(object)  # Notice
    banner_raised = Signal(object)  # Banner
    banner_ended = Signal(str)
    undo_wanted = Signal(object)  # Undo
    undo_changed = Signal()
    crashed = Signal(object)  # BaseException
    suffered = Signal(object)  # SurroundingsError: said as a banner, or on a page of its own

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._undos: list[Undo] = []
        self._passing: set[str] = set()  # banners that the next act that is saved takes down
        self._numbers = itertools.count(1)

    def say(
        self,
        words: str,
        tone: Tone = Tone.OK,
        undo: Undo | None = None,
        *,
        action: str = "",
        act: Callable[[], object] | None = None,
        beside: bool = False,
    ) -> None:
        """Show a notice for a few seconds. ``undo`` also joins the Ctrl+Z stack; ``act`` is offered as
        ``action``; ``beside`` as in ``Notice``.
        """
        if undo is not None:
            self._undos = [*self._undos[-_UNDO_DEPTH:], undo]
            self.undo_changed.emit()
        self.said.emit(Notice(words, tone, undo, next(self._numbers), action, act, beside))

    def banner(
        self,
        key: str,
        words: str,
        tone: Tone = Tone.BAD,
        action: str = "",
        act: Callable[[], None] | None = None,
    ) -> None:
        """Raise (or replace) the banner of that key."""
        self.banner_raised.emit(Banner(key, words, tone, action, act))

    def end_banner(self, key: str) -> None:
        """Take the banner down: its cause is gone."""
        self.banner_ended.emit(key)

    def tell_also(self, words: str) -> None:
        """What else came of an act, until somebody has read it; each stands for itself."""
        self.banner(f"also.{next(self._numbers)}", words, Tone.WARN)

    def fail(self, error: BaseException) -> None:
        """Say a failure in the way its kind asks for."""
        if isinstance(error, RuleError):
            self.say(error.sentence, Tone.BAD)
        elif isinstance(error, SurroundingsError):
            self.suffered.emit(error)
            key = type(error).__name__
            self._passing.discard(key)
            if error.passes:
                self._passing.add(key)
            self.banner(key, error.sentence)
        else:
            self.crashed.emit(error)

    def saved(self) -> None:
        """Something has been saved: what kept an earlier act from it is over, and its banner goes."""
        while self._passing:
            self.end_banner(self._passing.pop())

    def next_undo(self) -> Undo | None:
        """What Ctrl+Z would take back."""
        return self._undos[-1] if self._undos else None

    def undo(self, which: Undo | None = None) -> None:
        """Ask to take back ``which``, or the latest act. Asked once, it leaves the stack."""
        chosen = which or self.next_undo()
        if chosen is None:
            self.say("没有可以撤销的操作。", Tone.PLAIN)
            return
        self._undos = [undo for undo in self._undos if undo != chosen]
        self.undo_changed.emit()
        self.undo_wanted.emit(chosen)

    def forget_undos(self) -> None:
        """Empty the stack (another person has signed in: nobody takes back another's act unseen)."""
        self._undos = []
        self.undo_changed.emit()
