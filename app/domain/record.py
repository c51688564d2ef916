"""Records: frozen, slotted dataclasses that cost the program little.

``dataclasses.dataclass(frozen=True, slots=True)`` compiles six functions for a class, one by one: 0.6 ms for
each of the fifty classes that the first board needs, a tenth of the start; and each class keeps 12 KB, 4 MB
for all the rooms. ``record`` shares what it can and compiles what depends on the fields when it is first
asked for: half of the classes are not before the first board. To everything else it is a dataclass:
``replace``, ``fields``, ``asdict``, ``match`` and a type checker take it for one.
Where a class derives from another or has values shared by all, the standard decorator stands.
"""

import dataclasses
import functools
from collections.abc import Callable
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
    given = {name: _default_of(name, value) for name, value in defaults.items()}
    made = {
        "__init__": functools.partial(_init, names, given, post_init="__post_init__" in body),
        "__eq__": functools.partial(_eq, names),
        "__hash__": functools.partial(_hash, names),
    }
    for leftover in ("__dict__", "__weakref__"):
        body.pop(leftover, None)
    for name, function in _SHARED.items():
        body.setdefault(name, function)
    for name, make in made.items():
        if body.get(name) is None:  # a class that compares in its own way has None for its hash
            body[name] = _Later(name, make)
    body.update(__slots__=names, __match_args__=names, __dataclass_fields__=_Fields(defaults))
    body["__dataclass_params__"] = _Params()
    made_anew: Any = type(cls)
    slotted: type[T] = made_anew(cls.__name__, cls.__bases__, body)
    return slotted


class _Later:
    """A method that is compiled when it is first asked for."""

    def __init__(self, name: str, make: Callable[[], Any]) -> None:
        self._name, self._make = name, make

    def __get__(self, instance: object, owner: type) -> Any:
        if vars(owner)[self._name] is self:
            function = self._make()
            function.__qualname__ = f"{owner.__qualname__}.{self._name}"
            type.__setattr__(owner, self._name, function)
        return getattr(owner if instance is None else instance, self._name)


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


class _Params:
    """How the standard library was asked for such a class: ``pprint``, and so pytest, looks here."""

    def __get__(self, _instance: object, _owner: type) -> Any:
        return _params()


@functools.cache
def _params() -> Any:
    twin: Any = dataclasses.dataclass(frozen=True, slots=True)(type("Twin", (), {}))
    return twin.__dataclass_params__


def _init(names: tuple[str, ...], given: dict[str, tuple[Any, Any]], *, post_init: bool) -> Any:
    known: dict[str, Any] = {"_set": object.__setattr__, "_missing": MISSING}
    asked, kept = ["self"], []
    for at, name in enumerate(names):
        default, factory = given.get(name, (MISSING, MISSING))
        value = name
        if factory is not MISSING:
            known[f"_make{at}"], default = factory, MISSING
            value = f"_make{at}() if {name} is _missing else {name}"
        known[f"_default{at}"] = default
        optional = default is not MISSING or factory is not MISSING
        asked.append(f"{name}=_default{at}" if optional else name)
        kept.append(f" _set(self, {name!r}, {value})")
    end = [" self.__post_init__()"] if post_init else []
    return _compiled("__init__", f"({', '.join(asked)})", [*kept, *end] or [" pass"], known)


def _eq(names: tuple[str, ...]) -> Any:
    own, other = ("".join(f"{whose}.{name}," for name in names) for whose in ("self", "other"))
    line = f" return ({own}) == ({other}) if other.__class__ is self.__class__ else NotImplemented"
    return _compiled("__eq__", "(self, other)", [line], {})


def _hash(names: tuple[str, ...]) -> Any:
    own = "".join(f"self.{name}," for name in names)
    return _compiled("__hash__", "(self)", [f" return hash(({own}))"], {})


def _compiled(name: str, asked: str, lines: list[str], known: dict[str, Any]) -> Any:
    made: dict[str, Any] = {}
    # Names of fields, as the standard library does it.
    exec("\n".join([f"def {name}{asked}:", *lines]), known, made)  # noqa: S102
    return made[name]


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
