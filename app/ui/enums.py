"""PySide's enumerations, made in a quick way.

PySide builds an ``Enum`` of each C++ enumeration as soon as the class around it is touched: four thousand
members in two hundred enumerations before the first desk is drawn, a tenth of the start. It does so by the
functional API of the standard library, which looks at every member as if it might be anything. Where all
members are plain numbers, we take the enumeration as the standard library makes it without members and put
them in as it would have done. Every other enumeration, and every one under a Python that we do not know, is
made as ever.
"""

import enum
import functools
import sys
from collections.abc import Callable, Sequence
from typing import Any

_KNOWN = ((3, 11), (3, 12), (3, 13))  # of which a test has held both ways side by side, 3.11 from 3.11.2 on
_MAKERS: dict[Any, Callable[[Any, int], Any]] = {
    enum.Enum: lambda made, _value: object.__new__(made),
    enum.IntEnum: int.__new__,
    enum.Flag: lambda made, _value: object.__new__(made),
    enum.IntFlag: int.__new__,
}
_OWN = {"__dict__", "__weakref__", "__new__"}  # not to be handed on
_ASKED = {"module": None, "qualname": None, "type": None, "start": 1, "boundary": enum.KEEP}  # by PySide


def make_quickly() -> None:
    """Let the enumerations that PySide has yet to make be made in the quick way. Harmless when repeated."""
    slow: Callable[..., Any] = enum.EnumType.__dict__["_create_"]
    if sys.version_info[:2] not in _KNOWN or hasattr(slow, "slow"):
        return
    bodies: dict[Any, dict[str, Any]] = {}

    # The names are those of the standard library: from 3.12 on it calls with them.
    def create(base: Any, class_name: str, names: Any, **told: Any) -> Any:
        # The standard library names the module of whoever asked, two frames up; PySide then puts its own.
        module = told.get("module") or sys._getframe(2).f_globals.get("__name__")  # noqa: SLF001
        if base not in _MAKERS or told != _ASKED or not _are_plain(base, names):
            return slow(base, class_name, names, **{**told, "module": module})
        if base not in bodies:
            bodies[base] = dict(vars(slow(base, class_name, [], **told)))
        body = {key: _fresh(value) for key, value in bodies[base].items() if key not in _OWN}
        body["__module__"] = module
        made = type(base)(class_name, (base,), body, _simple=True)
        made.__new__ = enum.Enum.__new__  # given later, it stays a plain function
        _put_in(made, _MAKERS[base], names)
        return made

    create.slow = slow  # type: ignore[attr-defined]
    enum.EnumType._create_ = create  # type: ignore[attr-defined]


def _fresh(value: Any) -> Any:
    """What is collected for each enumeration by itself begins empty; the rest is shared."""
    return type(value)() if type(value) in {list, dict} else value


def _are_plain(base: Any, members: Any) -> bool:
    """Whether all are numbers, each under a name of its own that means nothing to the class as it is."""
    if type(members) is not list or any(type(value) is not int for _, value in members):
        return False
    names = {name for name, _ in members}
    own = len(names) == len(members) and names.isdisjoint(_taken(base))
    negative = issubclass(base, enum.Flag) and any(value < 0 for _, value in members)
    return own and not negative and not any(name[0] == "_" for name in names)


@functools.cache
def _taken(base: Any) -> frozenset[str]:
    """Names that mean something to every enumeration of that kind."""
    return frozenset(name for one in (*base.__mro__, *type(base).__mro__) for name in vars(one))


def _put_in(made: Any, maker: Callable[[Any, int], Any], members: Sequence[tuple[str, int]]) -> None:
    """Give an enumeration its members; of two with one value the second is another name of the first."""
    names, by_name, by_value = made._member_names_, made._member_map_, made._value2member_map_
    hashable = getattr(made, "_hashable_values_", None)  # from Python 3.12.3 on
    flag = issubclass(made, enum.Flag)
    every = single = 0
    for name, value in members:
        member = by_value.get(value)
        one_bit = value > 0 and not value & (value - 1)
        if member is None:
            member = maker(made, value)
            member._value_, member._name_ = value, name
            member.__objclass__, member._sort_order_ = made, len(names)
            by_value[value] = member
            if hashable is not None:
                hashable.append(value)
            if one_bit or not flag:
                names.append(name)
        if flag:
            every |= value
            single |= value if one_bit else 0
        by_name[name] = member
        type.__setattr__(made, name, member)
    if flag:
        if hasattr(made, "_singles_mask_"):
            made._flag_mask_, made._singles_mask_ = every, single
        else:  # early 3.11, as Debian 12 has it: bits without a name of their own are not in the mask
            made._flag_mask_ = single
        made._all_bits_ = 2 ** every.bit_length() - 1
        values = [by_name[name].value for name in names]
        if values != sorted(values):
            made._iter_member_ = made._iter_member_by_def_
