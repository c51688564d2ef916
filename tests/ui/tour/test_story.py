"""The story moves the clock on only when the step before has its picture."""

from types import SimpleNamespace

from app.ui.tour.story import Story


def test_a_step_has_its_picture_before_the_clock_goes_on():
    done = []
    player = SimpleNamespace(close_step=lambda: done.append("picture"), settle=lambda: done.append("settled"))
    window = SimpleNamespace(follow_clock=lambda: done.append("noticed"))
    clock = SimpleNamespace(set=lambda hour, minute: done.append((hour, minute)))
    Story(player, SimpleNamespace(window=window), clock)._at(10, 5)
    assert done == ["picture", (10, 5), "noticed", "settled"]
