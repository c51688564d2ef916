"""Answers to questions whose asker may have gone meanwhile: a sheet closed while the keeper was reading."""

import functools
import types
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

_DEEPEST = 3  # callbacks within callbacks that are looked into


def while_there(call: Callable[[Any], None]) -> Callable[[Any], None]:
    """The callback, doing nothing once a widget that it holds has been destroyed."""

    def answer(value: Any) -> None:
        if is_there(call):
            call(value)

    return answer


def is_there(call: Callable[[Any], None]) -> bool:
    """Whether no widget that a callback holds has been destroyed."""
    return all(isValid(one) for one in _held(call, _DEEPEST))


def _held(call: object, depth: int) -> Iterator[QObject]:
    """The QObjects a callback would act on: its own, or those its closure holds."""
    if isinstance(call, QObject):
        yield call
        return
    inside: list[object] = []
    if isinstance(call, types.FunctionType):
        inside = [cell.cell_contents for cell in call.__closure__ or () if _filled(cell)]
    elif isinstance(call, functools.partial):
        inside = [call.func, *call.args]
    elif (owner := getattr(call, "__self__", None)) is not None:
        inside = [owner]
    for one in inside:
        if depth or isinstance(one, QObject):
            yield from _held(one, depth - 1)


def _filled(cell: types.CellType) -> bool:
    try:
        _ = cell.cell_contents
    except ValueError:
        return False
    return True
