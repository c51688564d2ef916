"""What the parts of the desk are made with."""

import pytest
from PySide6.QtWidgets import QWidget

from app.ui.desk.ink import DeskInk
from tests.ui.support import make_context


@pytest.fixture
def context(qtbot):
    return make_context(qtbot, None)


@pytest.fixture
def ink(context):
    return DeskInk.of(context.theme)


@pytest.fixture
def laid_over(qtbot):
    """A context with a host that sheets are laid over; ``context.sheets(kind)`` are those that are up."""

    def made(services, **signed_in):
        context = make_context(qtbot, services, **signed_in)
        outer = QWidget()
        qtbot.addWidget(outer)
        outer.resize(1280, 720)
        context.outer = outer  # Qt keeps no parent alive
        context.host = QWidget(outer)
        context.host.resize(1280, 720)
        outer.show()
        outer.activateWindow()
        context.sheets = lambda kind: [one for one in outer.findChildren(kind) if one.isVisible()]
        return context

    return made
