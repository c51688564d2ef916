"""Records: frozen, slotted dataclasses that cost the program little.

``dataclasses.dataclass(frozen=True, slots=True)`` compiles six functions for a class, one by one: 0.6 ms for
each of the fifty classes that the first board needs, a tenth of the start; and each class keeps 12 KB, 4 MB
for all the rooms. ``record`` compiles what depends on the fields in one go and shares the rest. To everything
else it is a dataclass: ``replace``, ``fields``, ``asdict``, ``match`` and a type checker take it for one.
Where a class derives from another or has values shared by all, the standard decorator stands.
"""

import dataclasses
from dataclasses import MISSING, Field, FrozenInstanceError, field
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")
_PLAIN = ("repr", "compare", "init")  # what a field may not turn off here


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Make a frozen, slotted dataclass of a class with annotated fields.

    Raises:
        TypeError: the class derives from another record, has a ``ClassVar``, or a field asks for more than a
            default.
    """
    if any(hasattr(base, "__dataclass_fields__") for base in cls.__bases__):
        msg = f"{cls.__name__} derives from a record: use dataclasses.dataclass"
        raise TypeError(msg)
    body = dict(cls.__dict__)
    if any("ClassVar" in str(kind) for kind in body.get("__annotations__", {}).values()):
        msg = f"{cls.__name__} has values shared by all: use dataclasses.dataclass"
        raise TypeError(msg)
    names = tuple(body.get("__annotations__", ()))
    defaults = {name: body.pop(name) for name in names if name in body}
    made = _compiled(names, defaults, post_init="__post_init__" in body)
    for leftover in ("__dict__", "__weakref__"):
        body.pop(leftover, None)
    for name, function in {**made, **_SHARED}.items():
        if body.get(name) is None:  # a class that compares in its own way has None for its hash
            body[name] = function
        if name in made:
            function.__qualname__ = f"{cls.__qualname__}.{name}"
    body.update(__slots__=names, __match_args__=names, __dataclass_fields__=_Fields(defaults))
    made_anew: Any = type(cls)
    slotted: type[T] = made_anew(cls.__name__, cls.__bases__, body)
    return slotted


class _Fields:
    """The fields as the standard library describes them, made when somebody asks."""

    def __init__(self, defaults: dict[str, Any]) -> None:
        self._defaults = defaults

    def __get__(self, _instance: object, owner: type) -> dict[str, Field[Any]]:
        body = {"__annotations__": owner.__annotations__, "__module__": owner.__module__, **self._defaults}
        twin: Any = dataclasses.dataclass(frozen=True)(type(owner.__name__, (), body))
        found: dict[str, Field[Any]] = twin.__dataclass_fields__
        type.__setattr__(owner, "__dataclass_fields__", found)
        return found


def _compiled(names: tuple[str, ...], defaults: dict[str, Any], *, post_init: bool) -> dict[str, Any]:
    """``__init__``, ``__eq__`` and ``__hash__`` for these fields, from one text."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_missing": MISSING}
    asked, kept = ["self"], []
    for at, name in enumerate(names):
        default, factory = _default_of(name, defaults.get(name, MISSING))
        value = name
        if factory is not MISSING:
            known[f"_make{at}"], default = factory, MISSING
            value = f"_make{at}() if {name} is _missing else {name}"
        known[f"_default{at}"] = default
        optional = default is not MISSING or factory is not MISSING
        asked.append(f"{name}=_default{at}" if optional else name)
        kept.append(f" _set(self, {name!r}, {value})")
    own = "".join(f"self.{name}," for name in names)
    other = "".join(f"other.{name}," for name in names)
    text = "\n".join(
        [
            f"def __init__({', '.join(asked)}):",
            *(kept or [" pass"]),
            *([" self.__post_init__()"] if post_init else []),
            "def __eq__(self, other):",
            f" return ({own}) == ({other}) if other.__class__ is self.__class__ else NotImplemented",
            "def __hash__(self):",
            f" return hash(({own}))",
        ]
    )
    made: dict[str, Any] = {}
    exec(text, known, made)  # noqa: S102 - names of fields, as the standard library does it
    return made


def _default_of(name: str, given: Any) -> tuple[Any, Any]:
    """The default and the factory of a field, ``MISSING`` where there is none."""
    if not isinstance(given, Field):
        return given, MISSING
    if not all(getattr(given, part) for part in _PLAIN) or given.kw_only is True:
        msg = f"{name} asks for more than a default: use dataclasses.dataclass"
        raise TypeError(msg)
    return given.default, given.default_factory


def _repr(self: Any) -> str:
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
    return f"{type(self).__qualname__}({fields})"


def _set(self: object, name: str, _value: object) -> None:
    msg = f"cannot assign to field {name!r}"
    raise FrozenInstanceError(msg)


def _delete(self: object, name: str) -> None:
    msg = f"cannot delete field {name!r}"
    raise FrozenInstanceError(msg)


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__slots__]


def _restore(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__slots__, state, strict=True):
        object.__setattr__(self, name, value)


_SHARED: dict[str, Any] = {
    "__repr__": _repr,
    "__setattr__": _set,
    "__delattr__": _delete,
    "__getstate__": _state,
    "__setstate__": _restore,
}
