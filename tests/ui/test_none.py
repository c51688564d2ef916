"""PySide6 6.12 on Python 3.11 drops references to constants; the program must outlive that."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QObject

import app.ui  # noqa: F401 - the guard works on import
from tests.house import ROOT


@pytest.mark.parametrize("constant", [None, True, False])
def test_a_constant_outlives_more_calls_than_it_has_references(constant):
    thing = QObject()
    for _ in range(50_000):  # a fresh interpreter holds some thousands
        thing.setObjectName("x")
        thing.blockSignals(bool(constant))
    assert sys.getrefcount(constant) > 1_000_000 or sys.version_info >= (3, 12)


def test_importing_a_module_does_not_read_its_source():
    code = (
        "import linecache, app.main, app.ui.application\n"
        "print([path for path in linecache.cache if 'ui/window' in path])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
