"""What the parts of the desk are made with."""

import pytest

from app.ui.desk.ink import DeskInk
from tests.ui.support import make_context


@pytest.fixture
def context(qtbot):
    return make_context(qtbot, None)


@pytest.fixture
def ink(context):
    return DeskInk.of(context.theme)
