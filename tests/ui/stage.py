"""The whole window on the practice centre, and every scene a person can bring it to by keys and clicks.

Scenes are reached as a person reaches them, by the hands of the tour; so a scene that needs something the
keyboard and the mouse cannot do fails here.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMainWindow, QWidget

from app import main
from app.paths import Places
from app.practice import StoryClock
from app.ui.tour.player import Player
from app.ui.tour.story import Story

SIZE = (1366, 768)
TEACHER, DESK, DIRECTOR = "许静", "林晓", "周敏"
CHILD = "朱予晴"
KINDS = ("meal", "milk", "water", "sleep", "toilet", "mood", "activity", "temperature", "note")
WELCOME_STEPS = 5
_BACKED_UP_MS = 1700  # the application backs up so long after the desk has appeared


class Stage:
    """One running program. ``show(name)`` brings it to a scene of ``SCENES``."""

    def __init__(self, file: Path, clock: StoryClock, *, theme: str = "light", scale: int = 100) -> None:
        self.clock = clock
        self._flash = QApplication.cursorFlashTime()
        QApplication.setCursorFlashTime(0)  # a cursor that blinks is in every other picture
        self.application: Any = main.build_application(
            Places(file.parent), clock, practice=True, rng=random.Random(7)
        )
        self.application.theme.apply(self.application.app, theme, scale)
        self.window: QMainWindow = self.application.window
        self.window.resize(*SIZE)
        self.application.start()
        self.window.activateWindow()
        self.hands = Player(self.window, file.parent, clock, lambda: self.application.jobs.busy)
        self.hands.step("")
        self.hands.wait(lambda: self.application.ready, "the desk does not open")
        self.hands.settle()
        self._place = SIZE

    def close(self) -> None:
        """End the program; the next one starts with the normal looks."""
        self.application.theme.apply(self.application.app, "light", 100)
        self.application.close()
        QApplication.setCursorFlashTime(self._flash)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def wear(self, theme: str, scale: int) -> None:
        """Change colours and font size while everything is open."""
        self.application.theme.apply(self.application.app, theme, scale)
        self.window.resize(*SIZE)
        self.settle()

    def settle(self) -> None:
        """Until nothing is under way and all is drawn."""
        QTest.qWait(30)
        self.hands.settle()
        QTest.qWait(30)
        self.hands.settle()

    def rest(self) -> None:
        """Until the back-up after the start has been told, too."""
        QTest.qWait(_BACKED_UP_MS)
        self.settle()

    def show(self, name: str) -> None:
        """Bring the program to a scene, from wherever it is."""
        self.home()
        SCENES[name](self)
        self.settle()

    def home(self) -> None:
        """Close whatever lies over the rooms, and any notice."""
        for _ in range(4):
            self.hands.key("Escape")
        self.settle()

    def sign_in(self, name: str) -> None:
        """换人, unless it is she already."""
        if self.application.context.actor.name == name:
            return
        self.hands.key("Ctrl+L")
        self.hands.click_spoken(f"{name}，")
        self.settle()

    def visible(self) -> list[QWidget]:
        """Every widget of the window that can be seen (or scrolled to)."""
        return [widget for widget in self.window.findChildren(QWidget) if widget.isVisible()]

    def row(self, view: str, words: str = "", state: str = "") -> None:
        """Click the row with these words in a list."""
        found = self.hands.find(view)
        assert isinstance(found, QAbstractItemView)
        self.hands.click_row(view, words or state)
        self.settle()


class Gate:
    """A program started in an empty folder: the welcome's steps, and then who is there."""

    def __init__(self, data: Path, clock: StoryClock, *, scale: int = 100) -> None:
        self.application: Any = main.build_application(Places(data), clock, rng=random.Random(7))
        self.application.theme.apply(self.application.app, "light", scale)
        self.window: QMainWindow = self.application.window
        self.window.resize(*SIZE)
        self.application.start()
        self.window.activateWindow()
        self.hands = Player(self.window, data, clock, lambda: self.application.jobs.busy)
        self.hands.step("")
        self.hands.find("welcome.own")
        self.settle()

    def settle(self) -> None:
        """Until nothing is under way and all is drawn."""
        QTest.qWait(30)
        self.hands.settle()

    def scenes(self) -> Iterator[str]:
        """Bring it to one scene after the other by keys, as a person goes through them."""
        yield "welcome"
        self.hands.find("welcome.own").setFocus()
        self.hands.key("Return")
        for step in range(1, WELCOME_STEPS + 1):
            self.settle()
            yield f"welcome {step}"
            self.hands.key("Ctrl+Return")
        self.hands.find("staff")
        self.settle()
        yield "staff at the start"

    def close(self) -> None:
        """End the program; the next one starts with the normal looks."""
        self.application.theme.apply(self.application.app, "light", 100)
        self.application.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _desk(stage: Stage) -> None:
    stage.sign_in(DESK)
    stage.hands.key("Alt+1")
    stage.settle()
    stage.home()


def _desk_row(words: str, view: str) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        _desk(stage)
        shelf = f"desk.columns.{view}"
        if stage.hands.has(shelf):  # in large type one column stands in the room of three
            stage.hands.click(shelf)
        stage.row(view, words)

    return show


def _desk_found(letters: str, view_enter: bool = True) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        _desk(stage)
        stage.hands.key("Ctrl+K")
        stage.hands.key("Ctrl+A")
        stage.hands.type(letters)
        stage.hands.wait(lambda: stage.hands.has("finder.list"), "nobody was found")
        stage.settle()
        if view_enter:
            stage.hands.key("Return")

    return show


def _intake(stage: Stage) -> None:
    _desk(stage)
    stage.hands.key("F2")
    stage.hands.find("intake.name")


def _intake_filled(stage: Stage) -> None:
    _intake(stage)
    Story(stage.hands, stage.application, stage.clock)._fill_card()


def _classroom(stage: Stage) -> None:
    stage.sign_in(TEACHER)
    stage.hands.key("Alt+2")
    stage.settle()


def _log(kind: str) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        _classroom(stage)
        stage.row("classroom.grid", CHILD)
        stage.hands.key(str(KINDS.index(kind) + 1))
        stage.hands.find("classroom.keep")

    return show


def _log_meal_for_all(stage: Stage) -> None:
    _classroom(stage)
    stage.hands.key("Ctrl+A")
    stage.hands.key("1")
    stage.hands.find("classroom.keep")


def _menu(stage: Stage) -> None:
    _classroom(stage)
    stage.hands.key("F8")
    stage.hands.find("menu.keep")


def _handover(stage: Stage) -> None:
    stage.sign_in(TEACHER)
    stage.hands.key("Alt+3")
    stage.settle()
    stage.row("handover.list", CHILD)
    stage.settle()


def _office(stage: Stage) -> None:
    stage.sign_in(DIRECTOR)
    stage.hands.key("Alt+4")
    stage.hands.find("office.print")


def _month_preview(stage: Stage) -> None:
    _office(stage)
    stage.hands.click("office.print")


def _settings(stage: Stage) -> None:
    stage.sign_in(DIRECTOR)
    stage.hands.key("Alt+9")


def _staff(stage: Stage) -> None:
    _desk(stage)
    stage.hands.key("Ctrl+L")


SCENES: dict[str, Callable[[Stage], None]] = {
    "desk": _desk,
    "desk-arrival": _desk_row("周乐瑶", "desk.expected"),
    "desk-absent": _desk_row("苏以宁", "desk.expected"),
    "desk-pickup": _desk_row(CHILD, "desk.due"),
    "desk-left": _desk_row("陈可欣", "desk.due"),
    "desk-found": _desk_found("zyq", view_enter=False),
    "intake": _intake,
    "intake-filled": _intake_filled,
    "classroom": _classroom,
    **{f"classroom-{kind}": _log(kind) for kind in KINDS},
    "classroom-meal-for-all": _log_meal_for_all,
    "classroom-menu": _menu,
    "handover": _handover,
    "office": _office,
    "office-preview": _month_preview,
    "settings": _settings,
    "staff": _staff,
}
