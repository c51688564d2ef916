"""From the key to the redrawn row, over 500 arrivals in the real window."""

import pytest

from app.ui.tour.player import Player
from tests.bench.ratio import Figure, report

ARRIVALS, BAR_MS = 500, 50


@pytest.fixture
def player(application, clock, tmp_path):
    """Hands in front of the window, at the desk."""
    application.window.activateWindow()
    return Player(application.window, tmp_path, clock, lambda: application.jobs.busy)


@pytest.fixture
def visits(application, qtbot):
    """Count the visits in the file, taken back ones too, by asking the keeper."""

    def count():
        found = []
        sql = "select count(*) from visit"
        application.context.ask(lambda services: services.desk._database.row(sql)[0], found.append)
        qtbot.waitUntil(lambda: bool(found))
        return found[0]

    return count


def arrive_and_take_back(player):
    """Check the first expected child in with F3 and take it back; return the milliseconds of the F3."""
    player.step("选中待到的第一个孩子")
    player.click_row("desk.expected", "")
    player.step("F3 入园")
    player.key("F3")
    milliseconds = player.steps[-1].redraw_ms
    player.step("撤销")
    player.key("Ctrl+Z")
    return milliseconds


def test_key_press_to_redrawn_row(benchmark, figures, player, visits):
    rounds = 3 if benchmark.disabled else ARRIVALS
    before = visits()
    told = sorted(benchmark.pedantic(lambda: [arrive_and_take_back(player) for _ in range(rounds)], rounds=1))
    assert visits() == before + rounds
    if not benchmark.disabled:
        report(
            figures, Figure("F3 to the redrawn row, 99th percentile", told[int(rounds * 0.99)], "ms", BAR_MS)
        )
