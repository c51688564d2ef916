"""A connection ends with its widget: for that no slot may be taken the place of."""

import importlib
import inspect

import pytest
from PySide6.QtCore import SIGNAL, QCoreApplication, QEvent, QObject, Signal, Slot

from app.ui.desk.forgotten_sheet import ForgottenSheet
from app.ui.widgets.form_sheet import FormSheet
from tests.house import module_name, sources
from tests.ui.support import make_context


def _own_classes():
    for path in sources("app"):
        if path.parts[:2] == ("app", "ui") and path.name != "__init__.py":
            module = importlib.import_module(module_name(path))
            for kind in vars(module).values():
                if inspect.isclass(kind) and issubclass(kind, QObject) and kind.__module__ == module.__name__:
                    yield kind


def _is_slot(function):
    return hasattr(function, "_slots")


def test_nothing_takes_the_place_of_a_slot():
    """A method that sheets replace (``fit``, ``leave``, ``dismiss``) is no slot, above or below.

    PySide keeps the connection to an overridden slot by itself, whether the one below is a slot or not, and
    calls it when the widget is long gone. A bare method it connects to the widget, and lets go with it.
    """
    overridden, slots = [], 0
    for kind in _own_classes():
        for name, function in vars(kind).items():
            if not inspect.isfunction(function):
                continue
            slots += _is_slot(function)
            above = [vars(base)[name] for base in kind.__mro__[1:] if name in vars(base)]
            if any(inspect.isfunction(one) and _is_slot(one) for one in above):
                overridden.append(f"{kind.__module__}.{kind.__name__}.{name}")
    assert overridden == [], overridden
    assert slots


class Bell(QObject):
    rung = Signal()


class Bare(QObject):
    def __init__(self, bell):
        super().__init__()
        bell.rung.connect(self.hear)

    def hear(self):
        """Hear it."""


class BareBelow(Bare):
    def hear(self):
        """Hear it otherwise."""


class AsSlot(QObject):
    def __init__(self, bell):
        super().__init__()
        bell.rung.connect(self.hear)

    @Slot()
    def hear(self):
        """Hear it."""


class SlotBelow(AsSlot):
    @Slot()
    def hear(self):
        """Hear it otherwise."""


def _gone(made):
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.mark.parametrize(
    ("kind", "left"), [(Bare, 0), (BareBelow, 0), (AsSlot, 0), pytest.param(SlotBelow, 1, id="the trap")]
)
def test_why(qtbot, kind, left):
    """Should the trap be mended one day, the law above can go."""
    bell = Bell()
    made = kind(bell)
    assert bell.receivers(SIGNAL("rung()")) == 1
    _gone(made)
    assert bell.receivers(SIGNAL("rung()")) == left


@pytest.mark.parametrize("kind", [FormSheet, ForgottenSheet])
def test_a_sheet_that_is_gone_hears_of_no_theme(qtbot, kind):
    from PySide6.QtWidgets import QApplication, QWidget

    context, window = make_context(qtbot, None), QWidget()
    qtbot.addWidget(window)
    host = QWidget(window)
    window.show()
    more = ((), ()) if kind is ForgottenSheet else ("sheet", "标题", "好")
    before = context.theme.receivers(SIGNAL("changed()"))
    sheet = kind(context, host, *more)
    sheet.present()
    sheet.leave()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert context.theme.receivers(SIGNAL("changed()")) == before
    context.theme.apply(QApplication.instance(), "dark", 125)
