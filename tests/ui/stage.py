"""The whole window on the practice centre, and every scene a person can bring it to by keys and clicks.

Scenes are reached as a person reaches them, by the hands of the tour; so a scene that needs something the
keyboard and the mouse cannot do fails here.
"""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QMainWindow, QWidget

from app import main
from app.paths import Places
from app.practice import StoryClock
from app.ui.theme import Theme
from app.ui.tour.player import Player
from app.ui.tour.story import Story
from app.ui.widgets.buttons import Segmented
from db.practice_release import PINS
from tests.ui import walk

SIZE = (1366, 768)
TEACHER, DESK, DIRECTOR = "许静", "林晓", "周敏"
CHILD = "朱予晴"
BARRED = "胡俊杰"  # his father must not take him
PAYING = "区乐天"  # for the day alone: pays when he goes
SISTER = "wangyunmo"  # her younger sister is inside, too
PIN = dict(PINS)
KINDS = ("meal", "milk", "water", "sleep", "toilet", "mood", "activity", "temperature", "note")
PAGES = ("machine", "centre", "classes", "staff", "rota", "prices", "calendar", "rules", "backup")
WELCOME_STEPS, STAFF_STEP = 5, 3
_BACKED_UP_MS = 1700  # the application backs up so long after the desk has appeared


class Stage:
    """One running program. ``show(name)`` brings it to a scene of ``SCENES``."""

    def __init__(self, file: Path, clock: StoryClock, *, theme: str = "light", scale: int = 100) -> None:
        self.clock = clock
        self.calling = False  # whether a scene has begun a roll call, which the next one must not find
        self.paid = False  # whether PAYING has gone home in a scene
        self.day = clock.moment  # of the story: a scene may stand on the morning after
        self.folder = file.parent
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
        self.application.close()
        QApplication.setCursorFlashTime(self._flash)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        Theme().apply(self.application.app, "light", 100)  # now that nothing is left to be polished

    def wear(self, theme: str, scale: int) -> None:
        """Change colours and font size while everything is open."""
        self.application.theme.apply(self.application.app, theme, scale)
        self.window.resize(*SIZE)
        self.settle()

    def settle(self) -> None:
        """Until nothing is under way and all is drawn."""
        self.hands.settle()
        QTest.qWait(20)  # what one answer set off by a timer of no time
        self.hands.settle()

    def rest(self) -> None:
        """Until the back-up after the start has been told, too."""
        QTest.qWait(_BACKED_UP_MS)
        self.settle()

    def show(self, name: str) -> None:
        """Bring the program to a scene, from wherever it is."""
        self.window.activateWindow()  # another program may have run since: keys go to whoever is in front
        self.home()
        SCENES[name](self)
        self.settle()

    def home(self) -> None:
        """Close whatever lies over the rooms, and any notice."""
        if self.hands.has("alarm.keep"):
            second = f"另一位同事确认 {DIRECTOR}"
            buttons = self.window.findChildren(QAbstractButton)
            # In large type both have to be scrolled to.
            self.window.findChild(QWidget, "alarm.reason").setFocus()
            self.settle()
            self.hands.fill("alarm.reason", "请他离开了，妈妈马上到")
            next(one for one in buttons if one.accessibleName().startswith(second)).setFocus()
            self.settle()
            self.hands.click_spoken(second)
            self.hands.fill("alarm.pin", PIN[DIRECTOR])
            self.hands.key("Ctrl+Return")
            self.settle()
            if self.window.current_key == "intake":
                self.window.room("intake")._clear()  # the next scene begins with an empty card
        for _ in range(4):
            self.hands.key("Escape")
        self.settle()
        notice = self.window.findChild(QWidget, "notice")
        if notice is not None:
            notice.hide()  # what was closed may have said something, with a way back
        for close in self.window.findChildren(QAbstractButton):
            if close.objectName().startswith("banner.") and close.objectName().endswith(".close"):
                close.click()  # so may a card that was left half written, for as long as it stands
        if self.clock.moment.date() != self.day.date():
            self.put_clock(self.day)
        if self.calling:
            self.calling = False
            for key in ("F9", "Ctrl+Return", "Ctrl+Return", "Escape", "Escape"):
                self.hands.key(key)
                self.settle()

    def put_clock(self, moment: dt.datetime) -> None:
        """Another moment, of which the rooms that follow the clock learn at once."""
        self.clock.moment = moment
        self.window.follow_clock()
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

    def bring(self, name: str) -> None:
        """Scroll to a widget: in large type a page is higher than the window."""
        for one in self.visible():
            if one.objectName() == name:
                walk.bring(one)

    def row(self, view: str, words: str = "", state: str = "") -> None:
        """Click the row with these words in a list."""
        self.bring(view)
        found = self.hands.find(view)
        assert isinstance(found, QAbstractItemView)
        self.hands.click_row(view, words or state)
        self.settle()


class Gate:
    """A program before anybody has signed in: the welcome's steps in an empty folder, and who is there.

    Over a ``kept`` centre, which is no practice centre, it asks who is there at once.
    """

    def __init__(self, data: Path, clock: StoryClock, *, scale: int = 100, kept: bool = False) -> None:
        self.kept = kept
        self.application: Any = main.build_application(Places(data), clock, rng=random.Random(7))
        self.application.theme.apply(self.application.app, "light", scale)
        self.window: QMainWindow = self.application.window
        self.window.resize(*SIZE)
        self.application.start()
        self.window.activateWindow()
        self.hands = Player(self.window, data, clock, lambda: self.application.jobs.busy)
        self.hands.step("")
        self.hands.find("staff" if kept else "welcome.own")
        self.settle()

    def settle(self) -> None:
        """Until nothing is under way and all is drawn."""
        QTest.qWait(30)
        self.hands.settle()

    def scenes(self) -> Iterator[str]:
        """Bring it to one scene after the other by keys, as a person goes through them."""
        if self.kept:
            yield "staff of a kept centre"
            self.hands.key("F9")
            self.hands.find("inside.list")
            self.settle()
            yield "who is inside"
            return
        yield "welcome"
        self.hands.find("welcome.own").setFocus()
        self.hands.key("Return")
        for step in range(1, WELCOME_STEPS + 1):
            self.settle()
            yield f"welcome {step}"
            self.hands.key("Ctrl+Return")
            if step == STAFF_STEP:  # she is told what it means to have no PIN, and goes on all the same
                self.settle()
                yield f"welcome {step} without a PIN"
                self.hands.key("Ctrl+Return")
        self.hands.find("staff")
        self.settle()
        yield "staff at the start"

    def close(self) -> None:
        """End the program; the next one starts with the normal looks."""
        self.application.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        Theme().apply(self.application.app, "light", 100)


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


def _desk_left_paid(stage: Stage) -> None:
    """A child who has gone and has a receipt: four buttons stand below her."""
    if not stage.paid:
        _desk_row(PAYING, "desk.present")(stage)
        for key in ("F4", "1", "C", "Return"):
            stage.hands.key(key)
            stage.settle()
        stage.paid = True
    _desk_row(PAYING, "desk.due")(stage)
    stage.hands.find("pickup.receipt")


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
    stage.hands.key("Ctrl+3")
    if stage.application.window.room("classroom")._grid.dense:
        stage.bring("classroom.dense")  # in large type the head may be scrolled away
        stage.hands.click("classroom.dense")
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
    stage.hands.key("Alt+4")
    stage.settle()
    stage.row("handover.list", CHILD)
    stage.settle()


def _handover_key(*keys: str, stop: str) -> Callable[[Stage], None]:
    """Keys pressed over 朱予晴's note, and what the last of them shows."""

    def show(stage: Stage) -> None:
        _handover(stage)
        for key in keys:
            stage.hands.key(key)
            stage.settle()
        stage.hands.find(stop)

    return show


def _office(stage: Stage) -> None:
    stage.sign_in(DIRECTOR)
    stage.hands.key("Alt+9")
    stage.hands.find("office.print")


def _month_preview(stage: Stage) -> None:
    _office(stage)
    stage.hands.click("office.print")


def _office_papers(stage: Stage) -> None:
    _office(stage)
    stage.hands.key("F3")
    stage.hands.find("papers.keep")


def _office_door(stage: Stage) -> None:
    """Who was taken by whom on the day before."""
    _office(stage)
    stage.hands.key("F4")
    stage.hands.find("door.text")
    stage.hands.key("PgUp")


def _office_waiting(stage: Stage) -> None:
    """What waits for the director."""
    _office(stage)
    stage.hands.key("F5")
    stage.hands.find("waiting.list")


def _cards(stage: Stage) -> None:
    _desk(stage)
    stage.hands.key("Ctrl+K")
    stage.hands.type("guashi")
    stage.hands.wait(lambda: stage.hands.has("finder.list"), "no command was found")
    stage.settle()
    stage.hands.key("Return")
    stage.hands.find("cards.list")


def _lost_card(stage: Stage) -> None:
    _cards(stage)
    stage.row("cards.list", "已挂失")


def _records(section: int, child: str = "胡俊杰") -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.sign_in(DESK)
        stage.hands.key("Alt+7")
        stage.hands.find("records.list")
        stage.settle()
        stage.row("records.list", child)
        stage.hands.key(f"Ctrl+{section}")

    return show


def _admissions(tab: str, child: str = "") -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.sign_in(DESK)
        stage.hands.key("Alt+8")
        stage.hands.key(tab)
        stage.settle()
        if child:
            stage.row("admissions.list", child)

    return show


def _records_act(section: int, key: str, child: str = "胡俊杰") -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        _records(section, child)(stage)
        stage.settle()
        stage.hands.key(key)
        stage.settle()

    return show


def _admissions_sheet(tab: str, key: str, part: str) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        _admissions(tab)(stage)
        stage.hands.key(key)
        stage.hands.find(part)

    return show


def _settings(stage: Stage) -> None:
    stage.sign_in(DIRECTOR)
    stage.hands.key("Alt+0")


def _settings_page(key: str, signed_in: str = DIRECTOR) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.sign_in(signed_in)
        stage.hands.key("Alt+0")
        stage.settle()
        stage.hands.key(f"Ctrl+{PAGES.index(key) + 1}")
        stage.settle()

    return show


def _settings_notice(stage: Stage) -> None:
    _settings_page("calendar")(stage)
    stage.hands.key("Ctrl+I")
    stage.hands.find("notice.text")


def _importing(stage: Stage) -> None:
    _settings(stage)
    stage.application.context.go("importing")  # its button may be below the fold in large type
    stage.settle()


def _importing_rows(stage: Stage) -> None:
    """A list with good rows, doubtful ones and bad ones, each told."""
    _importing(stage)
    file = stage.folder / "2026年春季新生.csv"
    file.write_text(_LIST, "utf-8")
    room = stage.application.window.room("importing")
    room.open_file(file)
    stage.hands.wait(lambda: room._model.rowCount() > 0, "the rows were not read")
    stage.settle()
    room._view.setCurrentIndex(room._model.index(0))  # in very large type it has to be scrolled to
    stage.settle()


_LIST = """姓名,性别,出生日期,班级,家长1姓名,家长1关系,家长1电话
陆知行,男,2024-01-16,小海豚,陆远,爸爸,13800008101
卫星遥,女,农历八月初三,抱抱龙,卫兰,妈妈,13800008102
温以安,女,2023-11-02,抱抱龙,温静,妈妈,13800008103
祝可为,男,2023-09-21,小蜜蜂,祝林,爸爸,13800008104
安之宁,女,2024-05-30,小海豚,安颖,妈妈,1380000810
汤圆圆,女,2023-06-18,小火车,汤敏,妈妈,13800008106
"""


def _alarm(stage: Stage) -> None:
    """The digit of who must not take him."""
    _desk_found("hjj")(stage)
    stage.settle()
    choices = stage.application.window.room("desk").panel.pickup.adults._choices
    stage.hands.key(next(str(n) for n, one in enumerate(choices, 1) if one.adult.barred))
    stage.hands.find("alarm.keep")


def _intake_alike(stage: Stage) -> None:
    """A child on file written down once more, under a name that sounds like hers."""
    _intake(stage)
    stage.window.room("intake")._clear()  # the card of the scene before
    database = stage.application.context._services._database
    child = database.row("select born_on from child where name = :name", {"name": BARRED})
    stage.hands.type("胡骏杰")
    stage.window.findChild(QWidget, "intake.born").setFocus()
    stage.hands.type(str(child["born_on"]).replace("-", ""))
    stage.hands.key("Return")  # on leaving the field the day is tidied, and the rules are asked once more
    stage.hands.find("intake.alike.1")
    stage.hands.wait(lambda: stage.hands.has("intake.draft"), "the draft is not kept")


def _intake_alarm(stage: Stage) -> None:
    """A second record of a child on file, brought by who must not take him."""
    _intake_filled(stage)
    database = stage.application.context._services._database
    child = database.row("select born_on from child where name = :name", {"name": BARRED})
    father = database.row(
        "select a.name from adult a join child_adult t on t.adult_id = a.id and t.barred = 1"
        " join child c on c.id = t.child_id where c.name = :name",
        {"name": BARRED},
    )
    for field, words in (
        ("intake.name", BARRED),
        ("intake.born", str(child["born_on"]).replace("-", "")),
        ("intake.bringer", father["name"]),
        ("intake.relation", "叔叔"),
    ):
        stage.window.findChild(QWidget, field).setFocus()  # in large type it has to be scrolled to
        stage.hands.key("Ctrl+A")
        stage.hands.type(words)
    stage.settle()
    stage.hands.key("Ctrl+Return")
    stage.hands.find("alarm.keep")


def _staff(stage: Stage) -> None:
    _desk(stage)
    stage.hands.key("Ctrl+L")


def _roll_call(stage: Stage) -> None:
    _desk(stage)
    stage.hands.key("F9")
    stage.hands.find("rollcall.drill")


def _roll_call_drill(stage: Stage) -> None:
    _roll_call(stage)
    stage.hands.key("F8")
    stage.calling = True
    stage.settle()
    for key in ("3", "F10", "1", "Space"):
        stage.hands.key(key)
        stage.settle()


def _roll_call_ending(stage: Stage) -> None:
    _roll_call_drill(stage)
    stage.hands.key("Ctrl+Return")
    stage.hands.find("rollcall.finish")


def _roll_call_register(stage: Stage) -> None:
    _roll_call(stage)
    stage.hands.key("F7")
    stage.hands.find("rollcall.keep_note")


def _print_queue(stage: Stage) -> None:
    _desk(stage)
    stage.hands.key("Ctrl+Shift+P")
    stage.hands.find("print_panel.close")


def _by_key(key: str, stop: str) -> Callable[[Stage], None]:
    """朱予晴's panel, and what a key of it lays over the desk."""

    def show(stage: Stage) -> None:
        _desk_row(CHILD, "desk.due")(stage)
        if key == "X":
            stage.hands.key("C")  # money comes before an exception
        stage.hands.key(key)
        stage.hands.find(stop)

    return show


def _desk_key(words: str, view: str, key: str, name: str) -> Callable[[Stage], None]:
    """A child's row, and the sheet that a key lays over the desk."""

    def show(stage: Stage) -> None:
        _desk_row(words, view)(stage)
        stage.hands.key(key)
        stage.hands.find(name)

    return show


def _desk_grants(stage: Stage) -> None:
    """A call of today, and the list of them."""
    _by_key("P", "grant.keep")(stage)
    fields = ("caller_tail", "1177"), ("name", "孙丽华"), ("relation", "姑姑"), ("phone", "13800009911")
    for name, text in fields:
        field = stage.window.findChild(QWidget, f"grant.{name}")
        field.setFocus()  # in large type it has to be scrolled to
        stage.hands.key("Ctrl+A")
        stage.hands.type(text)
    stage.hands.key("Ctrl+Return")
    stage.settle()
    stage.hands.key("Return")
    stage.settle()
    stage.home()
    stage.hands.key("F8")
    stage.hands.find("desk.grants.open.1")


def _sister(*keys: str) -> Callable[[Stage], None]:
    """A child with things on the shelf and a sister inside; her mother stands at the door."""

    def show(stage: Stage) -> None:
        _desk_found(SISTER)(stage)
        stage.settle()
        choices = stage.application.window.room("desk").panel.pickup.adults._choices
        mother = next(n for n, one in enumerate(choices, 1) if one.adult.relation == "妈妈")
        for key in (str(mother), *keys):
            stage.hands.key(key)
            stage.settle()

    return show


def _open_papers(stage: Stage) -> None:
    """One thing is given back, the other stays here for a reason."""
    _sister("O")(stage)
    box = stage.window.findChild(QWidget, "pickup.papers")
    last = box.findChildren(Segmented)[-1]
    last.setFocus()  # in large type it has to be scrolled to
    stage.settle()
    stage.hands.key("2")
    stage.settle()
    stage.hands.type("明天一起带走")
    stage.settle()


def _forgotten(stage: Stage) -> None:
    """The morning after a day on which nobody was signed out."""
    _desk(stage)
    stage.put_clock(stage.day.replace(hour=7, minute=40) + dt.timedelta(days=1))
    stage.hands.click("banner.desk.forgotten.act")
    stage.hands.find("forgotten.keep")
    stage.settle()


def _forgotten_refused(stage: Stage) -> None:
    """Who took her is chosen by its digit; how one knows is still to be said."""
    _forgotten(stage)
    for name, keys in (("forgotten.who", "1"), ("forgotten.time", "1705")):
        stage.window.findChild(QWidget, name).setFocus()  # in large type it has to be scrolled to
        stage.settle()
        stage.hands.type(keys)
    stage.hands.key("Ctrl+Return")
    stage.settle()


def _pins(stage: Stage) -> None:
    _settings_page("machine")(stage)
    button = next(one for one in stage.visible() if one.objectName() == "settings.pins")
    button.setFocus()  # in large type it has to be scrolled to
    stage.hands.key("Space")
    stage.hands.find("pins.keep")


def _tracing(stage: Stage) -> None:
    _desk(stage)
    stage.hands.key("F7")
    stage.hands.find("desk.tracing.keep")
    stage.hands.key("1")


def _bookings(stage: Stage) -> None:
    stage.sign_in(DESK)
    stage.hands.key("Alt+3")
    stage.hands.find("bookings.grid")
    stage.settle()
    if stage.hands.has("bookings.view.week"):
        stage.hands.click("bookings.view.week")
    stage.hands.find("bookings.grid").setFocus()
    stage.hands.key("T")
    for key in ("Home", "Right", "Right", "Right", *["Up"] * 6, "Down", "Down", "Down"):
        stage.hands.key(key)  # 小火车 tomorrow
    stage.settle()


def _bookings_unconfirmed(stage: Stage) -> None:
    _bookings(stage)
    if not any(one.objectName() == "bookings.miss" for one in stage.visible()):
        stage.hands.key("U")  # which turns to and fro
    stage.settle()
    stage.bring("bookings.miss")  # in large type it is below the edge
    stage.hands.find("bookings.miss")


def _bookings_key(key: str, name: str) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        _bookings(stage)
        stage.hands.key(key)
        stage.hands.find(name)

    return show


def _bookings_day(stage: Stage) -> None:
    _bookings(stage)
    stage.hands.key("H")


def _curriculum(page: int, steps: int = 0, key: str = "", stop: str = "") -> Callable[[Stage], None]:
    """A page of 课程, so many rows down its list of children, and a sheet that a key lays over it."""

    def show(stage: Stage) -> None:
        stage.sign_in(TEACHER)
        stage.hands.key("Alt+6")
        stage.settle()
        stage.hands.key(f"Ctrl+{page}")
        stage.settle()
        for step in ("Home", *["Down"] * steps) if steps else ():
            stage.hands.key(step)
        stage.settle()
        if key:
            stage.hands.key(key)
            stage.hands.find(stop)

    return show


def _class_sheet(key: str, stands: str) -> Callable[[Stage], None]:
    """One of the sheets of the band above the roster."""

    def show(stage: Stage) -> None:
        _classroom(stage)
        stage.hands.key(key)
        stage.hands.find(stands)

    return show


def _health(page: int, *keys: str, signed_in: str = DIRECTOR) -> Callable[[Stage], None]:
    """A page of the health room, and what some keys do there."""

    def show(stage: Stage) -> None:
        stage.sign_in(signed_in)
        stage.hands.key("Alt+5")
        stage.settle()
        stage.hands.key(f"Ctrl+{page}")
        stage.settle()
        for key in keys:
            stage.hands.key(key)
            stage.settle()

    return show


HEALTH_PAGES = ("injuries", "illness", "registers", "concern")


def _health_page(page: str, signed_in: str = DIRECTOR) -> Callable[[Stage], None]:
    """A page of the health room, by its tab."""

    def show(stage: Stage) -> None:
        stage.sign_in(signed_in)
        stage.hands.key("Alt+5")
        stage.settle()
        stage.hands.click(f"health.pages.{page}")
        stage.settle()
        stage.bring(f"health.{page}.list")  # the last walk may have left the page at its foot
        stage.hands.find(f"health.{page}.list")
        stage.settle()

    return show


def _health_key(page: str, key: str, name: str, signed_in: str = DIRECTOR) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        _health_page(page, signed_in)(stage)
        stage.hands.key(key)
        stage.hands.find(name)

    return show


def _classroom_key(key: str, name: str, child: str = "") -> Callable[[Stage], None]:
    """The class, and what a key lays over it."""

    def show(stage: Stage) -> None:
        _classroom(stage)
        if child:
            stage.row("classroom.grid", child)
        stage.hands.key(key)
        stage.hands.find(name)

    return show


def _growth(stage: Stage) -> None:
    stage.sign_in(TEACHER)
    stage.hands.key("Alt+5")
    stage.hands.find("health.pages")
    stage.application.window.room("health").show_page("growth")
    stage.settle()
    stage.hands.click_spoken("班级 抱抱龙")
    stage.settle()
    # In large type the fields lie below the fold: the focus brings them into sight.
    stage.window.findChild(QWidget, "growth.weight").setFocus()


def _doctor(key: str = "", name: str = "doctor.list") -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.sign_in(DIRECTOR)
        stage.hands.key("Alt+5")
        stage.hands.find("health.pages")
        stage.application.window.room("health").show_page("doctor")
        stage.settle()
        if key:
            stage.hands.key(key)
        stage.hands.find(name)

    return show


def _register(words: str, key: str = "", name: str = "") -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        _health_page("registers")(stage)
        stage.row("health.registers.list", words)
        if key:
            stage.hands.key(key)
            stage.hands.find(name)

    return show


def _sample_off_the_menu(stage: Stage) -> None:
    _register("食品留样", "F2", "samples.keep")(stage)
    stage.hands.key("F2")
    stage.hands.find("register.keep")


def _classroom_dense(stage: Stage) -> None:
    """The infants in lines: looks at sleepers are due there."""
    _classroom(stage)
    stage.hands.key("Ctrl+1")
    stage.settle()
    if not stage.application.window.room("classroom")._grid.dense:
        stage.bring("classroom.dense")  # in large type the head may be scrolled away
        stage.hands.click("classroom.dense")


def _growth_tables(stage: Stage) -> None:
    stage.sign_in(DIRECTOR)
    stage.hands.key("Alt+5")
    stage.hands.find("health.pages")
    stage.application.window.room("health").show_page("growth")
    stage.settle()
    stage.hands.key("F6")
    stage.hands.find("tables.open")


SCENES: dict[str, Callable[[Stage], None]] = {
    "desk": _desk,
    "desk-arrival": _desk_row("周乐瑶", "desk.expected"),
    "desk-absent": _desk_row("苏以宁", "desk.expected"),
    "desk-pickup": _desk_row(CHILD, "desk.due"),
    "desk-more": _by_key("Q", "desk.more.list"),
    "desk-grant": _by_key("P", "grant.keep"),
    "desk-exception": _by_key("X", "exception.keep"),
    "desk-grants": _desk_grants,
    "desk-papers": _open_papers,
    "desk-siblings": _sister("B"),
    "desk-forgotten": _forgotten,
    "desk-forgotten-refused": _forgotten_refused,
    "settings-pins": _pins,
    "desk-left": _desk_row("陈可欣", "desk.due"),
    "desk-left-paid": _desk_left_paid,
    "desk-found": _desk_found("zyq", view_enter=False),
    "desk-ring": _desk_key("王梓萱", "desk.due", "L", "desk.ring.keep"),
    "desk-absence": _desk_key("周乐瑶", "desk.expected", "J", "desk.absence.keep"),
    "desk-tracing": _tracing,
    "bookings": _bookings,
    "bookings-day": _bookings_day,
    "bookings-new": _bookings_key("N", "bookings.sheet.keep"),
    "bookings-cancel": _bookings_key("Delete", "bookings.cancelling.keep"),
    "bookings-unconfirmed": _bookings_unconfirmed,
    "bookings-names": _bookings_key("M", "bookings.reminders.cancel"),
    "intake": _intake,
    "intake-filled": _intake_filled,
    "intake-alike": _intake_alike,
    "classroom": _classroom,
    **{f"classroom-{kind}": _log(kind) for kind in KINDS},
    "classroom-meal-for-all": _log_meal_for_all,
    "classroom-menu": _menu,
    "classroom-clock": _class_sheet("F3", "clock.people"),
    "classroom-move": _class_sheet("F4", "move.keep"),
    "classroom-wishes": _class_sheet("F5", "wish.keep"),
    "classroom-count": _class_sheet("F7", "count.keep"),
    "classroom-walk": _class_sheet("F10", "walk.keep"),
    "desk-wishes": _desk_key(CHILD, "desk.due", "F5", "wish.keep"),
    "classroom-dense": _classroom_dense,
    "classroom-outdoor": _classroom_key("H", "classroom.form.minutes"),
    "classroom-food": _classroom_key("F", "classroom.form.food"),
    "classroom-photo": _classroom_key("P", "classroom.form.file"),
    "classroom-history": _classroom_key("F2", "history.list"),
    "classroom-week": _classroom_key("Ctrl+M", "week_menu.table"),
    "handover": _handover,
    "handover-door": _handover_key("F2", stop="door.cancel"),
    "handover-class": _handover_key("F3", stop="class_sentence.keep"),
    "handover-shift": _handover_key("Ctrl+2", stop="shift.heads"),
    "handover-shift-sign": _handover_key("Ctrl+2", "Ctrl+Return", stop="shift.keep"),
    "handover-shift-close": _handover_key("Ctrl+2", "F4", stop="point.keep"),
    "admissions": _admissions("Ctrl+2", "石沐言"),
    "admissions-roster": _admissions("Ctrl+1"),
    "admissions-forecast": _admissions("Ctrl+3"),
    "admissions-moves": _admissions("Ctrl+4"),
    "admissions-inquiry": _admissions_sheet("Ctrl+2", "F2", "inquiry.keep"),
    "admissions-step": _admissions_sheet("Ctrl+1", "1", "step.keep"),
    "office": _office,
    "office-preview": _month_preview,
    "office-waiting": _office_waiting,
    "office-papers": _office_papers,
    "office-door": _office_door,
    "cards": _cards,
    "cards-lost": _lost_card,
    "records": _records(1),
    "records-family": _records(2),
    "records-health": _records(3),
    "records-habits": _records(4),
    "records-papers": _records(5),
    "records-history": _records(6),
    "records-edit": _records_act(1, "F2"),
    "records-adult": _records_act(2, "F4"),
    "records-merge": _records_act(1, "F6"),
    "records-new": _records_act(1, "Ctrl+N"),
    "settings": _settings,
    **{f"settings-{key}": _settings_page(key) for key in PAGES},
    "settings-read-only": _settings_page("staff", DESK),
    "settings-notice": _settings_notice,
    "importing": _importing,
    "importing-rows": _importing_rows,
    "curriculum": _curriculum(1),
    "curriculum-cell": _curriculum(1, key="Return", stop="cell.keep"),
    "curriculum-library": _curriculum(2),
    "curriculum-activity": _curriculum(2, key="Ctrl+N", stop="activity.keep"),
    "curriculum-notes": _curriculum(3, 3),
    "curriculum-note": _curriculum(3, 3, "Ctrl+N", "observation.keep"),
    "curriculum-terms": _curriculum(4, 2),
    "curriculum-booklets": _curriculum(5),
    "health-injuries": _health_page("injuries"),
    "health-injury": _health_key("injuries", "F2", "injury.keep"),
    "health-telling": _health_key("injuries", "F4", "telling.keep"),
    "health-signing": _health_key("injuries", "F6", "signing.keep"),
    "health-illness": _health_page("illness"),
    "health-case": _health_key("illness", "F2", "case.keep"),
    "health-registers": _health_page("registers"),
    "health-samples": _register("食品留样"),
    "health-sample": _sample_off_the_menu,
    "health-samples-menu": _register("食品留样", "F2", "samples.keep"),
    "health-tick": _register("班级卫生消毒", "Ctrl+E", "tick.keep"),
    "health-concern": _health_page("concern", DIRECTOR),
    "health-concern-new": _health_key("concern", "F2", "concern.keep"),
    "staff": _staff,
    "print-queue": _print_queue,
    "health": _health(1),
    "health-check": _health(1, "F6"),
    "health-fever": _health(2),
    "health-fever-begin": _health(2, "Ctrl+N"),
    "health-medicine": _health(3),
    "health-take": _health(3, "Ctrl+N"),
    "health-give": _health(3, "Return"),
    "health-skip": _health(3, "F6"),
    "rollcall": _roll_call,
    "rollcall-drill": _roll_call_drill,
    "rollcall-ending": _roll_call_ending,
    "rollcall-register": _roll_call_register,
    "growth": _growth,
    "growth-tables": _growth_tables,
    "doctor": _doctor(),
    "doctor-visit": _doctor("Ctrl+N", "visit.keep"),
    "desk-alarm": _alarm,
    "intake-alarm": _intake_alarm,
}
