"""The hands of the tour: finds what is on screen, presses, types, waits for the redraw, writes down the cost.

Everything is done by events that a keyboard or a mouse could have sent: a widget that is hidden, disabled or
covered cannot be used, and then the tour fails with its name.
"""

import datetime as dt
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QWidget

from app.ui.print_store import write_whole

_PATIENCE = 15.0  # seconds
_LONGEST_WALK = 8  # fields
_PAINT, _SHOW = QEvent.Type.Paint, QEvent.Type.Show
_NO_NAME = str.maketrans(dict.fromkeys('<>:"/\\|?*', "-"))  # what a file's name cannot hold everywhere


class TourError(Exception):
    """The window did not do what the story says."""


@dataclass(slots=True)
class Step:
    """One step as told in tour.json."""

    number: int
    what: str
    clock: str
    keystrokes: int = 0
    content: int = 0  # of the keystrokes: characters of names, numbers and prose, which no design can save
    clicks: int = 0
    redraw_ms: float = 0.0  # the slowest redraw after any of the step's events
    picture: str = ""  # the first
    pictures: list[str] = field(default_factory=list)  # every one: names in the folder of tour.json


class PaintWatch(QObject):
    """Knows when the window was last drawn, and whether anything else came up as a window of its own."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.drawn_at = 0.0
        self.strays: list[str] = []

    def __enter__(self) -> None:
        """Look from now on: each event of the program passes by here, so only while something is played."""
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def __exit__(self, *_error: object) -> None:
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note each paint and each stray window; let everything pass."""
        kind = event.type()  # asked once: PySide makes an enumeration of it each time
        if kind == _PAINT:
            self.drawn_at = time.perf_counter()
        elif kind == _SHOW and self._stray(watched):
            self.strays.append(f"{watched.metaObject().className()} {watched.objectName()}")
        return False

    def _stray(self, watched: QObject) -> bool:
        plain = isinstance(watched, QWidget) and watched.windowType() == Qt.WindowType.Window
        return plain and watched is not self.parent()


class Player:
    """Plays steps in one window. ``busy`` says whether the program still works.

    With ``pictures`` each step leaves at least one: who made none by ``shot`` has one taken at its end.
    """

    def __init__(
        self,
        window: QWidget,
        folder: Path,
        clock: Callable[[], dt.datetime],
        busy: Callable[[], bool],
        *,
        pictures: bool = False,
    ) -> None:
        self._window = window
        self._folder = folder
        self._clock = clock
        self._busy = busy
        self._watch = PaintWatch(window)
        self._pictures, self._taken = pictures, 0
        self.steps: list[Step] = []

    def step(self, what: str) -> None:
        """Begin the next step of the story."""
        self.close_step()
        self.steps.append(Step(len(self.steps) + 1, what, f"{self._clock():%H:%M}"))

    def key(self, sequence: str) -> None:
        """Press one key or combination, ``F2``, ``Ctrl+Return``."""
        combination = QKeySequence(sequence)[0]  # type: ignore[index]  # the stubs do not know it
        self._now.keystrokes += 1
        self._timed(
            lambda: QTest.keyClick(self._focused(), combination.key(), combination.keyboardModifiers())
        )

    def type(self, text: str, *, content: bool = True) -> None:
        """Type a text. Characters no key has arrive as an input method commits them."""
        self._now.keystrokes += len(text)
        self._now.content += len(text) if content else 0
        if text.isascii():
            for character in text:
                self._timed(partial(QTest.keyClick, self._focused(), character))
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        self._timed(lambda: QApplication.sendEvent(self._focused(), event))

    def click(self, name: str) -> None:
        """Click the middle of the widget of that object name."""
        widget = self.find(name)
        self._click(widget, widget.rect().center())

    def click_row(self, view_name: str, words: str) -> None:
        """Click the row of an item view whose text holds these words."""
        view = self.find(view_name)
        if not isinstance(view, QAbstractItemView):
            msg = f"{view_name} is not a list"
            raise TourError(msg)
        index = self._row(view, words)
        view.scrollTo(index)
        self.settle()
        self._click(view.viewport(), view.visualRect(index).center())

    def click_spoken(self, words: str) -> None:
        """Click the button whose accessible name begins with these words."""

        def found() -> QWidget | None:
            buttons = self._window.findChildren(QAbstractButton)
            return next((b for b in buttons if b.isVisible() and b.accessibleName().startswith(words)), None)

        self.wait(lambda: found() is not None, f"no button is called {words}")
        if (button := found()) is not None:
            self._click(button, button.rect().center())

    def fill(self, name: str, text: str) -> None:
        """Click into a field and type."""
        self.click(name)
        self.type(text)

    def walk_to(self, name: str) -> None:
        """Walk a form by Enter until the field (or row of choices) of that name has the focus."""
        for _ in range(_LONGEST_WALK):
            if self._holds(name):
                return
            self.key("Return")
        msg = f"Enter does not lead to {name}"
        raise TourError(msg)

    def pause(self, milliseconds: int) -> None:
        """Take the hands off the keys for a moment, as a person does to look."""
        end = time.perf_counter() + milliseconds / 1000
        while time.perf_counter() < end:
            self._breathe()
        self.settle()

    def find(self, name: str) -> QWidget:
        """The widget of that name, once it is visible and enabled."""
        self.wait(lambda: self._visible(name) is not None, f"{name} is not on screen")
        widget = self._visible(name)
        if widget is None:
            msg = f"{name} is not on screen"
            raise TourError(msg)
        if not widget.isEnabled():
            msg = f"{name} is greyed out"
            raise TourError(msg)
        return widget

    def has(self, name: str) -> bool:
        """Whether the widget of that name is on screen."""
        return self._visible(name) is not None

    def shot(self, title: str, *, calm: bool = False) -> None:
        """Keep a picture of the window as it stands; ``calm`` waits until the last notice has passed.

        Raises:
            SurroundingsError: the picture cannot be written.
        """
        self.settle()
        if calm:
            self.wait(lambda: not self.has("notice"), "the notice stays")
        self._taken += 1
        name = f"{self._taken:02d}-{title.translate(_NO_NAME)}.png"
        data = QBuffer()
        self._window.grab().save(data, "PNG")
        write_whole(self._folder / name, bytes(data.data().data()))
        self._now.picture = self._now.picture or name
        self._now.pictures.append(name)

    def close_step(self) -> None:
        """The step is over: it has its picture while the window still stands as the step left it."""
        if self._pictures and self.steps and not self.steps[-1].picture:
            self.shot(self.steps[-1].what)

    def wait(self, condition: Callable[[], bool], otherwise: str, patience: float = _PATIENCE) -> None:
        """Let the program work until the condition holds, for at most ``patience`` seconds."""
        end = time.perf_counter() + patience
        while not condition():
            if time.perf_counter() > end:
                held = QApplication.focusWidget()
                msg = f"{otherwise} (the focus is on {held.objectName() or held if held else 'nothing'})"
                raise TourError(msg)
            self._breathe()

    def settle(self) -> None:
        """Let the program work until it has nothing left to do and everything is drawn."""
        quiet = 0
        end = time.perf_counter() + _PATIENCE
        while quiet < 3:
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            quiet = 0 if self._busy() else quiet + 1
            if time.perf_counter() > end:
                raise TourError("the program does not come to rest")
            if quiet == 0:
                time.sleep(0.001)

    def write(self, path: Path) -> None:
        """Write down every step.

        Raises:
            SurroundingsError: the folder cannot be written.
        """
        text = json.dumps([asdict(step) for step in self.steps], ensure_ascii=False, indent=1)
        write_whole(path, f"{text}\n".encode())

    @staticmethod
    def _breathe() -> None:
        # QTest.qWait would hold the interpreter's lock and starve the keeper.
        QApplication.processEvents()
        time.sleep(0.005)

    @property
    def _now(self) -> Step:
        if not self.steps:
            raise TourError("no step has begun")
        return self.steps[-1]

    def _timed(self, act: Callable[[], object]) -> None:
        begun = time.perf_counter()
        with self._watch:
            act()
            self.settle()
        drawn = (self._watch.drawn_at - begun) * 1000
        self._now.redraw_ms = round(max(self._now.redraw_ms, drawn), 1)
        if self._watch.strays:
            msg = f"came up as a window of its own: {', '.join(self._watch.strays)}"
            raise TourError(msg)

    def _click(self, widget: QWidget, place: QPoint) -> None:
        if self._noticed(widget, place):
            # A notice passes by itself; whoever wants what is below it waits.
            self.wait(lambda: not self._noticed(widget, place), "the notice stays")
        if over := self._over(widget, place):
            msg = f"{widget.objectName() or widget} is covered by {over}"
            raise TourError(msg)
        self._now.clicks += 1
        self._timed(lambda: QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place))

    def _noticed(self, widget: QWidget, place: QPoint) -> bool:
        """Whether a notice, or a part of it, lies over that place of the widget."""
        return self._over(widget, place).partition(".")[0] == "notice"

    @staticmethod
    def _over(widget: QWidget, place: QPoint) -> str:
        """What lies over that place of the widget; empty when nothing does."""
        top = widget.window()
        under = top.childAt(widget.mapTo(top, place))
        while under is not None and under is not widget and not widget.isAncestorOf(under):
            if under.objectName() or under.parentWidget() is None:
                return under.objectName() or str(under)
            under = under.parentWidget()
        return ""

    def _holds(self, name: str) -> bool:
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None:
            if widget.objectName() == name:
                return True
            widget = widget.parentWidget()
        return False

    def _focused(self) -> QWidget:
        return QApplication.focusWidget() or self._window

    def _visible(self, name: str) -> QWidget | None:
        for widget in self._window.findChildren(QWidget, name):
            if widget.isVisible() and not widget.visibleRegion().isEmpty():
                return widget
        return None

    @staticmethod
    def _row(view: QAbstractItemView, words: str) -> QModelIndex:
        model = view.model()
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            said = (
                index.data(role) for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            )
            if any(words in str(text) for text in said):
                return index
        msg = f"no row with {words} in {view.objectName()}"
        raise TourError(msg)
