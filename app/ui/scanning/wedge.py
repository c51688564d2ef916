"""A scanner that types like a keyboard, told apart from a person by its speed, whatever has the focus.

A scanner's keys are some milliseconds apart and end with Enter or Tab. So each character is held back for
that gap: if the next one does not come in time a person typed it, and it goes on to its field, untouched and
in order; if a whole code comes, no field ever sees it. ``burst`` says what a run of keys is, and how a slow
scanner is told from a person: a code that is typed where keys are commands must do nothing, however slow it
comes and also where scanners are switched off.

Time is what the keyboard says (``QKeyEvent.timestamp``), not when the program came to look: after a long
redraw the keys of a person come in one rush, too. A key without a time comes from no keyboard and passes.

The filter stands on the one widget that has the focus and moves with it. On the application it would hand
every event of every widget to Python (going to the classroom and back ten times: 4 800 events, and half as
much time again; with the focus 140 events); on the window it would see neither input methods nor what a
shortcut asks first.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from app.ui.scanner import looks_like_seal
from app.ui.scanning.burst import COMMAND_MS, Burst, may_begin
from app.ui.scanning.landed import ENOUGH, SWIFT_MS, Landed
from app.ui.scanning.positions import us_character

GAP_MS = 35  # a fast typist needs 60 for a key, and is faster only for two or three in a row
_LONGEST = 200
_TORN_MS = 400  # behind a code that broke off: so long its rest may still come
_AFTER_COMMIT = 4  # gaps in which the Enter behind a code that came through an input method is awaited

_KINDS = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride, QEvent.Type.InputMethod}
)
_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_SILENT = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_unknown})
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class Wait(Protocol):
    """A timer that calls once after so many milliseconds; started again it begins anew."""

    def start(self, milliseconds: int) -> None:
        """Begin."""

    def stop(self) -> None:
        """Forget it."""


@dataclass(slots=True)
class _Held:
    target: QWidget
    event: QKeyEvent | QInputMethodEvent
    key: int = 0  # 0 for what an input method sent


def _milliseconds() -> float:
    return time.monotonic() * 1000


class Wedge(QObject):
    """Listens to the keys of the widget with the focus and says what was ``scanned``.

    Args:
        gap_ms: the most between two keys of a wired scanner; 0 switches it off: then fields get what is
            typed, and a code where keys are commands is ``unheard``.
        clock: milliseconds, for what has no time of its own (input methods).
        wait: makes the timer from what it is to call.
    """

    scanned = Signal(str)
    unheard = Signal()
    #: Whether the last code came no faster than a person types.
    slow = False
    #: The last code as a US keyboard would have typed it; the same as the code on one.
    by_place = ""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        gap_ms: int = GAP_MS,
        clock: Callable[[], float] = _milliseconds,
        wait: Callable[[Callable[[], None]], Wait] | None = None,
    ) -> None:
        super().__init__(parent)
        self.gap_ms, self._clock = gap_ms, clock
        self._wait = self._own_timer() if wait is None else wait(self._on_timeout)
        self._on: QWidget | None = None
        self._released: set[int] = set()  # keys of a code whose release is still to come
        self._replaying = self._last_chance = False
        self._landed = Landed()
        self._forget()
        self._composed_since: float | None = None
        self._enter_until = 0.0
        self._tail = range(0)  # the keyboard's milliseconds in which the rest of a code comes

    def _own_timer(self) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self._on_timeout)
        return timer

    def follow(self, application: QApplication) -> None:
        """Stand on whatever has the focus, from now on."""
        application.focusChanged.connect(self._on_focus_changed)
        self.stand_on(application.focusWidget())

    def stand_on(self, widget: QWidget | None) -> None:
        """Listen to this widget instead of the last one."""
        if widget is self._on:
            return
        # A command may move the focus to the next one: a slow code goes on there.
        if widget is None or takes_text(widget) or not self._burst.commands:
            self._close()
        if self._on is not None and isValid(self._on):
            self._on.removeEventFilter(self)
        self._on = widget
        if widget is not None:
            widget.installEventFilter(self)

    def flush(self) -> None:
        """A person typed what is held: hand it on, untouched and in order."""
        held = self._held
        self._forget()
        self._deliver(held)

    def _deliver(self, held: list[_Held]) -> None:
        if not held:
            return
        begun, self._replaying = QApplication.focusWidget(), True
        try:
            for one in held:
                # A key may have moved the focus (T to the temperature): the next is meant for there.
                now = QApplication.focusWidget()
                target = one.target if now is None or now is begun else now
                if isValid(target):
                    self._note_landing(target, one.event)
                    QCoreApplication.sendEvent(target, one.event)
        finally:
            self._replaying = False

    def _note_landing(self, target: QWidget, event: QKeyEvent | QInputMethodEvent) -> None:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and takes_text(target):
            self._landed.add(target, event.text(), us_character(event), event.timestamp())

    def _forget(self) -> None:
        self._wait.stop()
        self._held: list[_Held] = []
        self._burst = Burst(self.gap_ms)
        self._last_chance = False

    def _close(self) -> None:
        """Nothing more belongs to what was typed last."""
        if self._burst.is_unended():
            self._finish(self._burst.stamp)
        else:
            self.flush()

    # -- events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take or pass; anything but keys passes at once."""
        kind = event.type()
        if kind not in _KINDS or self._replaying or not isinstance(watched, QWidget):
            return False
        if not self.gap_ms and (kind == QEvent.Type.InputMethod or takes_text(watched)):
            return False
        if isinstance(event, QInputMethodEvent):
            return self._on_input_method(watched, event)
        if not isinstance(event, QKeyEvent):
            return False
        if kind == QEvent.Type.KeyRelease:
            return self._on_release(watched, event)
        if event.key() in _SILENT:
            return False
        if kind == QEvent.Type.ShortcutOverride:
            return self._on_override(watched, event)
        if self._is_sign(event):
            self._take_key(watched, event)
            return True
        if self._ends_landed(watched, event):
            self._take_back(event)
            return True
        if self._ends_code(watched, event):
            self._finish(event.timestamp(), event.key())
            return True
        self.flush()
        self._landed.forget()
        return False

    def _on_override(self, target: QWidget, event: QKeyEvent) -> bool:
        """Before a shortcut is tried: what may belong to a code is none."""
        if self._is_sign(event) or self._ends_landed(target, event) or self._ends_code(target, event):
            event.accept()
            return True
        self.flush()
        return False

    def _on_release(self, target: QWidget, event: QKeyEvent) -> bool:
        key = event.key()
        if event.isAutoRepeat():
            return False
        if any(one.key == key for one in self._held):
            self._held.append(_Held(target, _copy(event), key))
            return True
        if key in self._released:
            self._released.discard(key)
            return True
        return False

    def _is_sign(self, event: QKeyEvent) -> bool:
        """Whether it may be one of a code; a blank only in the midst of commands, where it would act."""
        in_midst = self._burst.commands and len(self._burst.text) > 1 and event.text() == " "
        return _is_character(event) or (in_midst and self._burst.goes_on(event.timestamp(), self._clock()))

    def _take_key(self, target: QWidget, event: QKeyEvent) -> None:
        stamp, now = event.timestamp(), self._clock()
        self._released.discard(event.key())
        commands = not takes_text(target)
        if commands and stamp in self._tail:
            self._tail = range(stamp, stamp + COMMAND_MS)
            self._released.add(event.key())
            return
        burst = self._burst
        if burst.text and (burst.commands is not commands or not burst.goes_on(stamp, now)):
            self._close()
        elif burst.text and burst.since(stamp, now) > self.gap_ms:
            target = self._let_first_go(target, event)
        places = us_character(event)
        self._hold(_Held(target, _copy(event), event.key()), event.text(), places, stamp, now)

    def _let_first_go(self, target: QWidget, event: QKeyEvent) -> QWidget:
        """What is slow and goes on unlike a code of ours is typing, and a first command is carried out.

        Returns who has the focus now: it may have opened a field.
        """
        burst = self._burst
        if any(map(may_begin, (burst.text + event.text(), burst.places + us_character(event)))):
            return target
        begun = QApplication.focusWidget()
        if not burst.commands:
            self.flush()
        elif len(burst.text) == 1:
            held, self._held = self._held, []
            self._deliver(held)
        now = QApplication.focusWidget()
        if now is None or now is begun:
            return target
        if takes_text(now):
            self._forget()
        return now

    def _hold(self, held: _Held, text: str, places: str, stamp: int, now: float) -> None:
        burst = self._burst
        if not burst.text:
            burst.gap_ms, burst.commands = self.gap_ms, not takes_text(held.target)
        if len(burst.text) >= _LONGEST and not burst.commands:
            self.flush()
        self._held.append(held)
        self._burst.add(text, places, stamp, now)
        self._last_chance = False
        self._wait.start(self._burst.patience)

    def _ends_landed(self, target: QWidget, event: QKeyEvent) -> bool:
        """Whether it ends a code that has landed in a field, but for what is still held of it."""
        first = self._held[0].event if self._held else event
        if not _is_end(event) or self._burst.begun or not isinstance(first, QKeyEvent):
            return False
        last = self._burst.stamp if self._held else self._landed.stamp
        many = len(self._landed.text) + len(self._burst.text) >= ENOUGH
        swift = event.timestamp() - last <= SWIFT_MS
        return many and swift and self._landed.goes_on(target, first.timestamp())

    def _take_back(self, end: QKeyEvent) -> None:
        """Out of the field again with what has landed there: it was a code."""
        self.flush()
        code, self.by_place, self.slow = self._landed.text, self._landed.places, False
        self._landed.take_out()
        self._released.add(end.key())
        self.scanned.emit(code)

    def _ends_code(self, target: QWidget, event: QKeyEvent) -> bool:
        if not _is_end(event):
            return False
        if not self._held and self._clock() <= self._enter_until:
            return True  # behind a code that an input method has committed
        if event.timestamp() in self._tail and not takes_text(target):
            return True  # behind the rest of a code that broke off
        return self._burst.goes_on(event.timestamp(), self._clock()) and self._burst.is_whole()

    def _finish(self, stamp: int, key: int = 0) -> None:
        """A whole code, or one that broke off: no field sees any of it."""
        burst = self._burst
        self._released |= {one.key for one in self._held if one.key} | ({key} if key else set())
        for one in self._held:
            if isinstance(one.event, QKeyEvent) and one.event.type() == QEvent.Type.KeyRelease:
                self._released.discard(one.key)
        self._enter_until = 0.0
        self._tail = range(stamp, stamp + (COMMAND_MS if key else _TORN_MS)) if stamp else range(0)
        self._forget()
        if burst.text and self.gap_ms:
            self.by_place, self.slow = burst.places, not burst.fast
            self.scanned.emit(burst.text)
        elif burst.text:
            self.unheard.emit()

    # -- input methods

    def _on_input_method(self, target: QWidget, event: QInputMethodEvent) -> bool:
        """What is composed is only shown; what is committed may be a code, whole or sign by sign."""
        text, now = event.commitString(), self._clock()
        if event.preeditString() and self._composed_since is None:
            self._composed_since = now
        if not text:
            if event.preeditString():
                self.flush()
            else:
                self._composed_since = None
            return False
        since, self._composed_since = self._composed_since, None
        hurried = len(text) == 1 or (since is not None and now - since <= self.gap_ms * len(text))
        if looks_like_seal(text) and not self._held:
            self._clear_composed(target)
            self._enter_until = now + _AFTER_COMMIT * self.gap_ms
            self.by_place, self.slow = text, False
            self.scanned.emit(text)
            return True
        if not hurried or event.preeditString() or not all(_is_printed(one) for one in text):
            self.flush()
            return False
        if self._burst.text and not self._burst.goes_on(0, now):
            self.flush()
        self._clear_composed(target)
        self._hold(_Held(target, _commit(event)), text, text, 0, now)
        return True

    def _clear_composed(self, target: QWidget) -> None:
        """Take away what the field still shows as being composed."""
        self._replaying = True
        try:
            QCoreApplication.sendEvent(target, QInputMethodEvent())
        finally:
            self._replaying = False

    # -- time and focus

    @Slot()
    def _on_timeout(self) -> None:
        """Nothing followed in time. What waits in the queue of a busy program is looked at first."""
        if self._held and not self._last_chance:
            self._last_chance = True
            self._wait.start(0)
        elif self._burst.commands and len(self._burst.text) == 1:
            held, self._held = self._held, []
            self._deliver(held)  # remembered: four of them and Enter are a code's
        else:
            self._close()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        # Nobody has the focus: then the window itself gets the keys.
        self.stand_on(new if new is not None else QApplication.activeWindow())


def takes_text(widget: QWidget) -> bool:
    """Whether what is typed there is text; anywhere else a key is a command."""
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    lines = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
    return isinstance(widget, lines) and not widget.isReadOnly()


def _is_character(event: QKeyEvent) -> bool:
    """Whether a scanner could have typed it: one visible sign, with a time, not of a key held down."""
    if event.modifiers() & _COMMANDS or event.isAutoRepeat() or not event.timestamp():
        return False
    text = event.text()
    return len(text) == 1 and text.isprintable() and not text.isspace()


def _is_end(event: QKeyEvent) -> bool:
    return event.key() in _ENDS and not event.modifiers() & _COMMANDS and not event.isAutoRepeat()


def _is_printed(character: str) -> bool:
    """A letter, digit or sign of a code, also full-width or as a Chinese point."""
    return "!" <= character <= "~" or "！" <= character <= "～" or character in "。—－·"


def _copy(event: QKeyEvent) -> QKeyEvent:
    copy = QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
    copy.setTimestamp(event.timestamp())
    return copy


def _commit(event: QInputMethodEvent) -> QInputMethodEvent:
    copy = QInputMethodEvent()
    copy.setCommitString(event.commitString(), event.replacementStart(), event.replacementLength())
    return copy
