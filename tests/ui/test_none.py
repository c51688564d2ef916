"""PySide6 6.12 on Python 3.11 drops references to constants; the program must outlive that."""

import sys

import pytest
from PySide6.QtCore import QObject

import app.ui  # noqa: F401 - the guard works on import


@pytest.mark.parametrize("constant", [None, True, False])
def test_a_constant_outlives_more_calls_than_it_has_references(constant):
    thing = QObject()
    for _ in range(50_000):  # a fresh interpreter holds some thousands
        thing.setObjectName("x")
        thing.blockSignals(bool(constant))
    assert sys.getrefcount(constant) > 1_000_000 or sys.version_info >= (3, 12)
