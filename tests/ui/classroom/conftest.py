"""What the parts of the classroom are made with."""

import pytest

from tests.ui.classroom import data
from tests.ui.support import make_context


@pytest.fixture
def context(qtbot):
    return make_context(qtbot, data.make_services(), actor=data.TEACHER, now=data.NOW)
