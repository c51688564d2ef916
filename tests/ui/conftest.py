"""What the tests of the windows stand on."""

import pytest

from tests.ui.support import RUNNING


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown():
    """End the threads before any fixture closes the file they work on."""
    while RUNNING:
        RUNNING.pop().close()
