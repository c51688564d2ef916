"""What the director changes is seen at once in the open rooms, and 撤销 takes it back there, too."""

import pytest

from app.practice import DESK_MOMENT, StoryClock
from tests.ui.stage import DIRECTOR, Stage


@pytest.fixture
def stage(qapp, practice_file):
    opened = Stage(practice_file, StoryClock(DESK_MOMENT))
    yield opened
    opened.close()


def tiles(stage):
    return [tile.name for tile in stage.window.room("desk")._board.classes]


def test_the_tiles_of_the_desk_follow_a_renamed_class_and_its_undo(stage):
    stage.show("desk")
    assert tiles(stage)[0] == "小星星"
    stage.sign_in(DIRECTOR)
    stage.show("settings-classes")
    stage.hands.click_row("settings.classes.list", "小星星")
    stage.hands.find("settings.classes.name").setFocus()
    stage.hands.key("Ctrl+A")
    stage.hands.type("小月亮")
    stage.hands.key("Ctrl+Return")
    stage.settle()
    stage.hands.key("Alt+1")
    stage.settle()
    assert tiles(stage)[0] == "小月亮"
    stage.hands.key("Ctrl+Z")
    stage.settle()
    assert tiles(stage)[0] == "小星星"


def test_the_desk_that_is_in_front_follows_without_being_entered(stage):
    """As when the undo of a notice, or another window of the settings, changes something."""
    stage.show("desk")
    stage.sign_in(DIRECTOR)
    stage.hands.key("Alt+1")
    stage.settle()
    context = stage.application.context
    actor = context.actor

    def more_seats(services):
        return services.manage.centre.set_seats(actor, 90, DESK_MOMENT.date())

    context.act(more_seats)
    stage.settle()
    assert stage.window.room("desk")._board.licensed_seats == 90
