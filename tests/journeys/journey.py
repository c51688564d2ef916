"""What the journeys share: one running program, keys pressed one by one, and questions asked of the file."""

import datetime as dt
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from app.practice import StoryClock
from app.services.pins import Second
from db.practice_release import PINS
from tests.reports.reading import Reading
from tests.ui.stage import DESK, Stage

_MOST_CHOICES = 60


class Journey(Stage):
    """The practice centre in the real window. ``pressed`` holds every key since it was last emptied."""

    def __init__(self, file: Path, moment: dt.datetime) -> None:
        super().__init__(file, StoryClock(moment))
        self.pressed: list[str] = []

    def press(self, *keys: str) -> None:
        """Press keys as a person does: each one when the last has been answered."""
        for key in keys:
            self.pressed.append(key)
            self.hands.key(key)
            self.settle()

    def write(self, text: str) -> None:
        """What an input method commits to the field that has the focus."""
        self.pressed += text
        held = QApplication.focusWidget()
        put = getattr(held, "insertPlainText", None) or held.insert
        put(text)
        self.settle()

    def fill(self, *texts: str) -> None:
        """Field after field, each left by Enter; an empty text leaves what stands there."""
        for text in texts:
            if text:
                self.write(text)
            self.press("Return")

    def choose(self, *words: str, go_on: bool = True) -> None:
        """Walk the row of choices that has the focus by arrows and take these with Space; Enter goes on."""
        for wanted in words:
            for _ in range(_MOST_CHOICES):
                held = QApplication.focusWidget()
                if isinstance(held, QAbstractButton) and held.text().startswith(wanted):
                    break
                self.press("Right")
            else:
                raise AssertionError(f"{wanted} is not offered")
            self.press("Space")
        if go_on:
            self.press("Return")

    def walk(self, name: str) -> None:
        """Enter, until the field of that name has the focus."""
        self.hands.walk_to(name)

    def held(self) -> str:
        """The name of what has the focus."""
        return QApplication.focusWidget().objectName()

    def listed(self, view: str) -> list[str]:
        """What a list says, row by row, as it is read out."""
        model = self.seen(view).model()
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]

    def printed(self, name: str) -> str:
        """The text of the newest paper of that name in the print queue, without blanks."""
        queue = self.folder / "print_queue"
        self.hands.wait(lambda: any(queue.glob(f"{name}*.pdf")), f"no {name} was printed")
        self.settle()
        newest = max(queue.glob(f"{name}*.pdf"), key=lambda one: one.stat().st_mtime_ns)
        return Reading(newest.read_bytes()).text()

    def at_door(self, name: str) -> Any:
        """A child is found at the desk and the first who may take her is chosen; returns the panel."""
        self.sign_in(DESK)
        self.press("Alt+1", "Ctrl+K", "Ctrl+A")
        self.hands.type(name)
        self.hands.wait(lambda: self.hands.has("finder.list"), "nobody was found")
        self.settle()
        self.press("Return")
        panel = self.window.room("desk").panel
        assert panel.row.name == name
        every = panel.pickup.adults._choices
        self.press(next(str(n) for n, one in enumerate(every, 1) if one.adult.may_collect))
        return panel

    def up(self, kind: type) -> Any:
        """The shown widget of a kind, or None."""
        return next((one for one in self.window.findChildren(kind) if one.isVisible()), None)

    def seen(self, name: str) -> Any:
        """The shown widget of a name."""
        self.hands.wait(lambda: any(one.objectName() == name for one in self.visible()), f"no {name}")
        return next(one for one in self.visible() if one.objectName() == name)

    def said(self, name: str) -> str:
        """The words of a label on screen."""
        found = [one for one in self.window.findChildren(QLabel, name) if one.isVisible()]
        return found[0].text() if found else ""

    def words(self) -> str:
        """All words on screen, one label a line."""
        return "\n".join(one.text() for one in self.window.findChildren(QLabel) if one.isVisible())

    def kept(self, sheet: type[QObject]) -> None:
        """Ctrl+Enter keeps the sheet, and it goes."""
        self.press("Ctrl+Return")
        left = self.up(sheet)
        assert left is None, left.message.text()

    def focus(self, widget: QWidget) -> None:
        """Click into a field."""
        widget.setFocus()
        self.settle()

    def later(self, minutes: int = 0, *, at: dt.datetime | None = None) -> None:
        """The clock goes on; a journey stays in the day it has come to."""
        self.put_clock(at if at is not None else self.clock.moment + dt.timedelta(minutes=minutes))
        self.day = self.clock.moment
        self.settle()

    def ask(self, read: Any) -> Any:
        """Ask the services behind the window."""
        found: list[Any] = []
        self.application.context.ask(read, found.append)
        self.hands.wait(lambda: bool(found), "no answer")
        return found[0]

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the file behind the window."""
        services = self.application.context._services
        return [tuple(row) for row in services._database.rows(sql, values)]

    def choose_pin(self, name: str, pin: str) -> None:
        """A staff member has chosen her PIN some day before."""
        staff = {one.name: one for one in self.ask(lambda s: s.people.staff())}
        head = Second(staff["周敏"].id, dict(PINS)["周敏"])
        self.ask(lambda s: s.pins.choose(staff[name], pin, director=head))

    def find_child(self, name: str) -> None:
        """Ctrl+K at the desk, by full pinyin."""
        self.home()
        self.press("Alt+1", "Ctrl+K", "Ctrl+A")
        self.hands.type(self.rows("select pinyin from child where name = ?", name)[0][0].split()[0])
        self.hands.wait(lambda: self.hands.has("finder.list"), "nobody was found")
        self.settle()
        self.press("Return")

    def paper_text(self, read: Any) -> str:
        """The text of a paper as it would be printed."""
        from app.reports.registry import REPORTS
        from tests.reports.reading import Reading

        paper = self.ask(read)
        report = next(one for one in REPORTS if one.paper is type(paper))
        return Reading(report.draw([paper])).text()
