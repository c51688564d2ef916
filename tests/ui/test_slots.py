"""A method that takes the place of a slot is a slot: else its connection outlives the widget."""

import importlib
import inspect

from PySide6.QtCore import QObject

from tests.house import module_name, sources


def _own_classes():
    for path in sources("app"):
        if path.parts[:2] == ("app", "ui") and path.name != "__init__.py":
            module = importlib.import_module(module_name(path))
            for kind in vars(module).values():
                if inspect.isclass(kind) and issubclass(kind, QObject) and kind.__module__ == module.__name__:
                    yield kind


def _is_slot(function):
    return hasattr(function, "_slots")


def test_what_overrides_a_slot_is_one():
    """PySide keeps a connection to anything else by itself, and calls it when the widget is long gone."""
    bare, seen = [], 0
    for kind in _own_classes():
        for name, function in vars(kind).items():
            if not inspect.isfunction(function):
                continue
            above = [vars(base)[name] for base in kind.__mro__[1:] if name in vars(base)]
            if any(inspect.isfunction(one) and _is_slot(one) for one in above):
                seen += 1
                if not _is_slot(function):
                    bare.append(f"{kind.__module__}.{kind.__name__}.{name}")
    assert bare == [], bare
    assert seen
