"""What a single sheet, panel or page stands on in a test: a window, and services that remember."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from app.domain.changes import Done
from app.domain.looks import Tone
from app.ui import taborder
from app.ui.widgets.overlay import Overlay
from tests.ui.support import DESK, STORY, make_context, settle


class Verbs:
    """Stands for the services: ``health.fevers.begin`` is kept in ``asked``, and answered or refused.

    ``answers`` are values by the verb's path; a verb without one is done and returns ``Done(None)``.
    ``refusals`` are errors by path, each raised once.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.answers: dict[str, Any] = {}
        self.refusals: dict[str, BaseException] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return _Verb(self, name)

    def said_to(self, path: str) -> list[tuple[Any, ...]]:
        """What a verb was called with, each time; who acts is left out."""
        return [arguments for asked, *arguments in self.asked if asked == path]


class _Verb:
    def __init__(self, verbs: Verbs, path: str) -> None:
        self._verbs, self._path = verbs, path

    def __getattr__(self, name: str) -> "_Verb":
        return _Verb(self._verbs, f"{self._path}.{name}")

    def __call__(self, _actor: Any = None, *arguments: Any, **named: Any) -> Any:
        self._verbs.asked.append((self._path, *arguments, *([named] if named else [])))
        if (error := self._verbs.refusals.pop(self._path, None)) is not None:
            raise error
        return self._verbs.answers.get(self._path, Done(None))


class Frame(QWidget):
    """A window in which Tab leads as in that of the program."""

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's
        """Through what is shown, in the order in which it is laid out."""
        return taborder.step(self, forward=forward)


class Ground:
    """A shown window with a host that sheets are laid over, and the keys of whoever sits before it."""

    def __init__(self, qtbot: Any, *, actor: Any = DESK, now: Any = STORY, size: Any = (1000, 700)) -> None:
        self.qtbot, self.verbs = qtbot, Verbs()
        self.context: Any = make_context(qtbot, self.verbs, actor=actor, now=now)
        self.frame = Frame()  # a sheet lies beside what it covers
        qtbot.addWidget(self.frame)
        self.frame.resize(*size)
        self.host = QWidget()
        around = QVBoxLayout(self.frame)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.host)
        self._inside = QVBoxLayout(self.host)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self.context.host = self.host
        self.notices: list[str] = []
        self.tones: list[Tone] = []
        self.context.messages.said.connect(self._hear)
        with qtbot.waitActive(self.frame):
            self.frame.show()
            self.frame.activateWindow()

    def _hear(self, notice: Any) -> None:
        self.notices.append(notice.words)
        self.tones.append(notice.tone)

    def put(self, widget: Any) -> Any:
        """Let a panel or a page fill the window."""
        self._inside.addWidget(widget)
        self.settle()
        return widget

    def lay(self, sheet: Any) -> Any:
        """Lay a sheet over it."""
        sheet.present()
        self.settle()
        return sheet

    def settle(self) -> None:
        """Until everything is answered and shown."""
        settle(self.qtbot, self.context)
        QApplication.processEvents()

    def press(self, *keys: Any, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """Keys where the focus is."""
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.frame, key, modifier)
            self.settle()

    def type(self, edit: Any, text: str) -> None:
        """Write over what stands in a line, by keys or as an input method commits it."""
        edit.setFocus()
        edit.selectAll()
        if text.isascii():
            self.qtbot.keyClicks(edit, text)
        else:
            edit.insert(text)
        self.settle()

    def finish(self) -> None:
        """Ctrl+Enter."""
        self.press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)

    def find(self, name: str) -> Any:
        """The visible widget of this name."""
        return next(one for one in self.frame.findChildren(QWidget, name) if one.isVisible())

    def sees(self, name: str) -> bool:
        """Whether a widget of this name is in sight."""
        return any(one.isVisible() for one in self.frame.findChildren(QWidget, name))

    def words(self) -> str:
        """Every label in sight, a line each."""
        return "\n".join(one.text() for one in self.frame.findChildren(QLabel) if one.isVisible())

    @property
    def sheet(self) -> Any:
        """The sheet that lies on top, if any."""
        shown = [one for one in self.frame.findChildren(Overlay) if one.isVisible()]
        return shown[-1] if shown else None
