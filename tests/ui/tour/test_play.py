"""A tour that cannot be played says why: the surroundings in their own words, a bug as a bug."""

import json

import pytest

from app.domain.errors import SurroundingsError
from app.practice import TOUR_MOMENT, StoryClock
from app.ui.application import Application
from app.ui.tour import story
from app.ui.tour.player import TourError


@pytest.fixture
def play(qapp, tmp_path):
    """Play with a file that fails in a way of its own."""
    made = []

    def with_failure(error):
        def open_services():
            raise error

        clock = StoryClock(TOUR_MOMENT)
        made.append(
            Application(open_services, close_services=lambda: None, data=tmp_path / "data", clock=clock)
        )
        return story.play(made[-1], clock, tmp_path / "out")

    yield with_failure
    for application in made:
        application.close()


def test_surroundings_that_do_not_let_it_are_raised_as_they_are(play, tmp_path):
    full = SurroundingsError("磁盘空间不足。")
    with pytest.raises(SurroundingsError) as raised:
        play(full)
    assert raised.value is full
    assert json.loads((tmp_path / "out" / "tour.json").read_text("utf-8")) == []


def test_a_bug_names_the_report_that_was_written(play, tmp_path):
    with pytest.raises(TourError, match=r"bug of the program, see .*crash-\d+-\d+\.txt"):
        play(ValueError("x"))


def test_a_bug_promises_no_report_that_could_not_be_written(play, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "logs").write_text("in the way")
    with pytest.raises(TourError, match=r"bug of the program$"):
        play(ValueError("x"))
