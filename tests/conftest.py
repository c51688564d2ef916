"""What every test stands on: a stopped clock, the practice centre, and no tolerance for unexpected lines."""

import contextlib
import gc
import itertools
import logging
import os
import random
import re
import shutil
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("TUODEHAO_FONT", "bundled")
os.environ.setdefault("TUODEHAO_PRINTER", "none")

import pytest
from hypothesis import HealthCheck, settings

import app.ui  # noqa: F401 - guards the interpreter before Qt is used
from app import practice
from tests.last_words import (  # noqa: F401 - hooks
    pytest_configure,
    pytest_runtest_setup,
    pytest_unconfigure,
)

# Shared machines are slow at times: a deadline would fail at random. CI sees the same examples every time.
settings.register_profile(
    "house", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


class Listener(logging.Handler):
    """Keeps each line of weight and knows which were announced."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self.expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def verdict(self) -> str:
        """What is wrong: a line nobody announced, or an announced one that never came."""
        surprises = [line for line in self.lines if not any(re.search(p, line) for p in self.expected)]
        absent = [p for p in self.expected if not any(re.search(p, line) for line in self.lines)]
        return "\n".join(
            [*(f"unexpected log line: {s}" for s in surprises), *(f"never logged: {p}" for p in absent)]
        )


@pytest.fixture(autouse=True)
def log_listener():
    """Fail the test at a log line of weight (WARNING and up) that it did not announce."""
    listener = Listener()
    logging.getLogger().addHandler(listener)
    yield listener
    logging.getLogger().removeHandler(listener)
    if verdict := listener.verdict():
        pytest.fail(verdict)


def pytest_collection_finish():
    """What was collected is here to stay: every search for garbage would look through all of it."""
    gc.collect()
    gc.freeze()


_looks = itertools.count(1)
_WHOLE = 100  # tests with widgets between two searches of everything


@pytest.fixture(autouse=True)
def garbage(request):
    """Search for unreachable cycles after a test with widgets and never in it, as the program does.

    ``app.ui.garbage`` says why: a search in the midst of the destruction of a QObject never ends.
    """
    widgets = "qapp" in request.fixturenames
    (gc.disable if widgets else gc.enable)()
    yield
    if widgets:
        gc.collect(2 if next(_looks) % _WHOLE == 0 else 1)


@pytest.fixture
def expect_log(log_listener):
    """Announce a log line by a pattern: ``expect_log("disk is full")``. It must come, too."""
    return log_listener.expected.append


@pytest.fixture
def clock():
    """13:52 of the practice centre's day, standing still."""
    return practice.StoryClock(practice.DESK_MOMENT)


@pytest.fixture(scope="session")
def templates(tmp_path_factory):
    """Practice files by moment, each built once in a session and never opened."""
    folder = tmp_path_factory.mktemp("practice")
    return lambda moment: practice.template(folder, moment)


@pytest.fixture
def practice_file(templates, tmp_path):
    """A copy of the practice centre at 13:52: the middle of the day, 朱予晴 to be collected at 14:00."""
    return copied(templates(practice.DESK_MOMENT), tmp_path)


@pytest.fixture
def morning_file(templates, tmp_path):
    """A copy of the practice centre at 09:05: before 朱予晴 comes for the first time."""
    return copied(templates(practice.TOUR_MOMENT), tmp_path)


def copied(template: Path, folder: Path) -> Path:
    """A file of one's own in a folder of one's own."""
    target = folder / "centre" / "centre.sqlite3"
    target.parent.mkdir(exist_ok=True)
    shutil.copyfile(template, target)
    return target


@pytest.fixture
def database(practice_file, clock):
    """The practice file, open."""
    from app.store.database import Database

    with contextlib.closing(Database.open(practice_file, clock=clock)) as opened:
        yield opened


@pytest.fixture
def services(database, clock):
    """Every service on the practice file, with the stopped clock and fixed chance."""
    from app.services import bundle

    return bundle.build(database, clock, random.Random(7))


@pytest.fixture
def actors(services):
    """One staff member of each role: ``actors[Role.TEACHER]`` is 许静 of 抱抱龙."""
    found = {}
    for actor in services.people.staff():
        if actor.role not in found or actor.name == "许静":
            found[actor.role] = actor
    return found


@pytest.fixture
def application(practice_file, clock, qtbot):
    """The whole program on the practice file, at the desk, with 林晓 of the front desk signed in."""
    from app import main
    from app.paths import Places

    joined = main.build_application(Places(practice_file.parent), clock, practice=True, rng=random.Random(7))
    joined.start()
    qtbot.waitUntil(lambda: joined.ready, timeout=10_000)
    yield joined
    joined.close()


@pytest.fixture
def window(application):
    """The real window of the program."""
    return application.window
