"""PySide6 6.12 on Python 3.11 drops references to None; the program must outlive that."""

import sys

from PySide6.QtCore import QObject

import app.ui  # noqa: F401 - the guard works on import


def test_none_outlives_more_calls_than_it_has_references():
    thing = QObject()
    for _ in range(50_000):  # a fresh interpreter holds some thousands
        thing.setObjectName("x")
    for single in (None, True, False):
        assert sys.getrefcount(single) > 1_000_000 or sys.version_info >= (3, 12)
