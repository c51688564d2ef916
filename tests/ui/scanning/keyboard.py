"""A keyboard with a clock of its own: its keys carry their time, as those of the real one do."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

ENTER = "\r"
_NAMED = {
    ENTER: Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, "\b": Qt.Key.Key_Backspace, "\x1b": Qt.Key.Key_Escape,
}  # fmt: skip


class FakeWait:
    """A timer that a test lets run out."""

    def __init__(self, call, keyboard):
        self._call, self._keyboard, self.due = call, keyboard, None

    def start(self, milliseconds):
        self.due = self._keyboard.now + milliseconds

    def stop(self):
        self.due = None

    def run_until(self, now):
        while self.due is not None and self.due < now:
            self.due = None
            self._call()


class Keyboard:
    """Presses keys at moments in milliseconds. ``now`` is the clock of whoever listens."""

    def __init__(self, target=None):
        self.now, self.waits, self._target = 1000.0, [], target

    def clock(self):
        return self.now

    def wait(self, call):
        self.waits.append(FakeWait(call, self))
        return self.waits[-1]

    @property
    def target(self):
        return self._target or QApplication.focusWidget() or QApplication.activeWindow()

    def rest(self, milliseconds):
        """Let time pass; timers run out in it."""
        until = self.now + milliseconds
        for wait in self.waits:
            wait.run_until(until)
        self.now = until

    def press(self, character, *, after=100, key=None, modifiers=None, stamp=True, repeat=False, scan=0):
        """Press and release one key so many milliseconds after the last one."""
        self.rest(after)
        self._send(character, key, modifiers, stamp, repeat, scan)

    def arrive_late(self, text, *, gap=8):
        """Keys that a busy program finds in its queue: their times go on, no timer is looked at between."""
        for character in text:
            self.now += gap
            self._send(character)

    def _send(self, character, key=None, modifiers=None, stamp=True, repeat=False, scan=0):
        plain = Qt.KeyboardModifier.NoModifier if modifiers is None else modifiers
        if modifiers is None and character.isupper():
            plain = Qt.KeyboardModifier.ShiftModifier
        code = key or _NAMED.get(character) or Qt.Key(ord(character.upper()[0]))
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, code, plain, scan, 0, 0, character, repeat, 1)
            if stamp:
                event.setTimestamp(int(self.now))
            if kind == QEvent.Type.ShortcutOverride:
                event.ignore()
            QCoreApplication.sendEvent(self.target, event)

    def run_out(self):
        """The timers are looked at first, long after their moment."""
        for wait in self.waits:
            if wait.due is not None:
                wait.due = None
                wait._call()

    def type(self, text, *, gap=100, **more):
        """Press the keys of a text."""
        for character in text:
            self.press(character, after=gap, **more)

    def scan(self, code, *, gap=8, end=ENTER, pause=200, **more):
        """As a scanner does: all at once, then Enter, then nothing for a while."""
        self.rest(pause)
        self.type(code, gap=gap, **more)
        if end:
            self.press(end, after=gap)
        self.rest(pause)

    def compose(self, text, *, after=100):
        """An input method shows what it holds."""
        self.rest(after)
        QCoreApplication.sendEvent(self.target, QInputMethodEvent(text, []))

    def commit(self, text, *, after=100):
        """An input method hands a text over."""
        self.rest(after)
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(self.target, event)
