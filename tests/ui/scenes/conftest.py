"""One program for every look at every scene: what is asked of a scene is asked while it stands.

A scene is reached once for the questions of both modules; to reach it costs more than all of them.
"""

import pytest

from app.practice import DESK_MOMENT, StoryClock
from tests.conftest import copied
from tests.ui.stage import SCENES, Stage


@pytest.fixture(scope="package")
def running(qapp, templates, tmp_path_factory):
    """One running program for the scenes that change nothing."""
    opened = Stage(copied(templates(DESK_MOMENT), tmp_path_factory.mktemp("stage")), StoryClock(DESK_MOMENT))
    yield opened
    opened.close()


@pytest.fixture
def stage(running):
    """The running program in its plain looks."""
    return _plain(running)


@pytest.fixture(scope="package", params=SCENES)
def scene(request, running):
    """The program at one scene."""
    _plain(running).show(request.param)
    return running


def _plain(program):
    """Another test may have worn larger type."""
    if program.application.theme.metrics.scale != 1:
        program.wear("light", 100)
    return program
