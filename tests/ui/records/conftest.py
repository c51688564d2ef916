"""The room of the records on a small real centre, driven by keys."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.bundle import build
from app.ui.records.page import RecordsRoom
from tests.services.world import make_world
from tests.ui.support import make_context, settle


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def open_room(qtbot, world, services):
    """Open the room for somebody; everything is read before it is handed out."""
    opened = []

    def open_(actor):
        context = make_context(qtbot, services, actor=actor, now=world.clock.now)
        frame = QWidget()
        host = QWidget(frame)
        around = QVBoxLayout(frame)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(host)
        context.host = host
        context.said = []
        context.messages.said.connect(context.said.append)
        room = RecordsRoom(context)
        inside = QVBoxLayout(host)
        inside.addWidget(room)
        for widget in room.top_widgets():
            inside.addWidget(widget)
        qtbot.addWidget(frame)
        frame.resize(1200, 760)
        frame.show()
        frame.activateWindow()
        room.freshen()
        settle(qtbot, context)
        room.entered(None)
        opened.append(frame)
        return room

    return open_


@pytest.fixture
def room(open_room, world):
    return open_room(world.desk)


@pytest.fixture(scope="session")
def filed(tmp_path_factory):
    """The records of the small centre as the director reads them, by the child's name; never written to."""
    made = make_world(tmp_path_factory.mktemp("filed"))
    records = build(made.database, made.clock, made.rng).records
    cards = {name: records.card(made.director, child) for name, child in made.children.items()}
    made.database.close()
    return cards
