"""The power goes while a card is typed: the next start offers what stood on it a second before."""

import shutil
import signal
import subprocess
import sys

from app.practice import TOUR_MOMENT
from tests.conftest import copied
from tests.house import ROOT
from tests.journeys.journey import Journey
from tests.ui.stage import CHILD, DESK

# A clerk in a process of its own, which is killed from within: nothing of it can be tidied away.
TYPING = """
import os, signal, sys
from pathlib import Path
import app.ui
from app.practice import TOUR_MOMENT
from app.ui.application import make_app
from app.ui.tour.story import Story
from tests.journeys.journey import DESK, Journey
make_app()
centre = Journey(Path(sys.argv[1]), TOUR_MOMENT)
centre.sign_in(DESK)
centre.press("F2")
Story(centre.hands, centre.application, centre.clock)._fill_card()
room = centre.window.room("intake")
centre.hands.wait(lambda: room._kept == room.form.card(), "no draft was kept")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_card_is_there_again_after_a_kill_in_the_middle_of_it(qapp, templates, tmp_path):
    file = copied(templates(TOUR_MOMENT), tmp_path)
    killed = subprocess.run([sys.executable, "-c", TYPING, str(file)], cwd=ROOT, check=False, timeout=120)
    assert killed.returncode == -signal.SIGKILL
    centre = Journey(file, TOUR_MOMENT)
    try:
        centre.sign_in(DESK)
        centre.hands.wait(lambda: "没填完的临时托登记" in centre.words(), "nothing is offered")
        assert CHILD in centre.words()
        centre.hands.click_spoken("接着填")
        centre.settle()
        card = centre.window.room("intake").form.card()
        assert (card.name, card.born_on, card.bringer, card.promised) == (
            CHILD,
            "2023-08-19",
            "王秀兰",
            "14:00",
        )
        assert card.allergens == "鸡蛋"
        centre.press("Ctrl+Return")
        assert centre.window.room("desk").panel.row.name == CHILD
    finally:
        centre.close()
        shutil.rmtree(file.parent, ignore_errors=True)
