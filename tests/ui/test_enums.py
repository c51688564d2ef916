"""Enumerations made quickly are those that the standard library makes, down to the last attribute."""

import contextlib
import enum

import pytest
from PySide6 import QtCore, QtGui, QtWidgets

from app.ui import enums

QUICK = enum.EnumType.__dict__["_create_"]
ASKED = {"module": None, "qualname": None, "type": None, "start": 1, "boundary": enum.KEEP}
_OWN = {"__dict__", "__weakref__"}  # of each class by itself
# What PySide's own may lack: two names of one value, several bits, order against value, nothing at all.
SAMPLES = (
    (enum.Enum, [("A", 1), ("B", 0), ("Again", 1)]),
    (enum.Enum, []),
    (enum.IntEnum, [("Low", -1), ("High", 2**31)]),
    (enum.Flag, [("Two", 2), ("One", 1), ("Both", 3), ("None_", 0), ("Other", 2)]),
    (enum.IntFlag, [("One", 1), ("Two", 2), ("All", 0xFF)]),
)
ODD = (
    (enum.Enum, [("A", "text")], ASKED),
    (enum.Enum, [("value", 1)], ASKED),
    (enum.Enum, [("mro", 1)], ASKED),
    (enum.Enum, [("_a", 1)], ASKED),
    (enum.Enum, [("A", 1), ("A", 2)], ASKED),
    (enum.Flag, [("A", -1)], ASKED),
    (enum.StrEnum, [("A", "a")], ASKED),
    (enum.Enum, "A B", ASKED),
    (enum.IntEnum, [("A", 1)], {**ASKED, "boundary": None}),
)


def everything(made):
    """All that can be asked of an enumeration and its members, as text."""
    told = [made.__name__, [base.__name__ for base in made.__mro__]]
    for name, value in sorted(vars(made).items()):
        if name in _OWN:
            continue
        if isinstance(value, dict):
            value = [(key, repr(one)) for key, one in value.items()]
        elif callable(value) or isinstance(value, (staticmethod, classmethod, property)):
            value = f"{type(value).__name__} {getattr(value, '__qualname__', '')}"
        told.append((name, repr(value)))
    for one in made.__members__.values():
        told.append((str(one), {name: repr(value) for name, value in vars(one).items()}))
    if issubclass(made, enum.Flag):
        told.append([repr(one | other) for one in made for other in made])
    return told


def pyside_enumerations():
    for module in (QtCore, QtGui, QtWidgets):
        for name in (
            "Qt",
            "QEvent",
            "QPalette",
            "QFont",
            "QPainter",
            "QWidget",
            "QFrame",
            "QLocale",
            "QStyle",
        ):
            for found in vars(getattr(module, name, object)).values():
                if isinstance(found, enum.EnumType):
                    yield found


def test_pyside_makes_its_enumerations_this_way():
    assert hasattr(QUICK, "slow")
    assert enums._are_plain(
        enum.IntEnum, [(name, one.value) for name, one in QtCore.Qt.Key.__members__.items()]
    )


def test_each_is_what_the_standard_library_would_have_made():
    asked = [
        (found.__mro__[1], [(name, one.value) for name, one in found.__members__.items()])
        for found in pyside_enumerations()
    ]
    assert sum(enums._are_plain(base, members) for base, members in asked) > 100
    assert all(enums._are_plain(base, members) for base, members in SAMPLES)
    for base, members in (*asked, *SAMPLES):
        assert everything(QUICK(base, "X", members, **ASKED)) == everything(
            QUICK.slow(base, "X", members, **ASKED)
        )


@pytest.mark.parametrize(("base", "members", "told"), ODD, ids=str)
def test_any_other_is_left_to_the_standard_library(base, members, told, monkeypatch):
    asked = []
    monkeypatch.setattr(enums, "_put_in", lambda *_: asked.append(members))
    with contextlib.suppress(TypeError, ValueError):  # as the standard library finds it
        QUICK(base, "X", members, **told)
    assert not asked


def test_making_it_quick_twice_changes_nothing():
    enums.make_quickly()
    assert enum.EnumType.__dict__["_create_"] is QUICK


def test_an_enumeration_of_somebody_else_knows_its_module():
    assert enum.Enum("Other", "A B").__module__ == __name__
    assert enum.StrEnum("Other", {"A": "a"}).__module__ == __name__


def test_it_is_called_as_any_python_calls_it():
    """Python 3.12 and later name the first two arguments, earlier ones do not."""
    members = [("One", 1), ("Two", 2)]
    for base in (enum.Enum, enum.IntFlag):
        named = QUICK(base, class_name="X", names=members, **ASKED)
        assert everything(named) == everything(QUICK(base, "X", members, **ASKED))
        assert base("X", members, boundary=enum.KEEP).Two.value == 2
