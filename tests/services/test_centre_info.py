"""The centre as the window's frame wants it, and what reading it must not load."""

import contextlib
import random
import subprocess
import sys

from app.services.centre_info import CentreInfo, read_centre
from app.services.setup import Setup
from app.store.database import Database
from tests.house import ROOT


def test_there_is_none_until_it_is_set_up(tmp_path, clock):
    with contextlib.closing(Database.open(tmp_path / "new.sqlite3", create=True, clock=clock)) as database:
        assert read_centre(database, clock) is None
        setup = Setup(database, clock, random.Random(7))
        setup.create(setup.defaults())
        assert read_centre(database, clock) == setup.centre()
        assert setup.centre().licensed_seats == setup.defaults().licensed_seats


def test_the_practice_centre_is_told_in_a_few_words(database, clock):
    found = read_centre(database, clock)
    assert isinstance(found, CentreInfo)
    assert (found.name, found.practice, found.licensed_seats) == ("向阳托育中心", True, 83)


def test_reading_it_loads_nothing_of_the_setting_up():
    code = (
        "import sys, app.services.bundle, app.services.centre_info, app.services.people\n"
        "late = ('setup', 'pickup', 'intake', 'handover')\n"
        "print([name for name in late if f'app.services.{name}' in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
