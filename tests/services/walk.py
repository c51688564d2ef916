"""Every verb of every service, found by looking, and called with arguments that say nothing."""

import datetime as dt
import functools
import inspect
from enum import EnumType
from pathlib import Path
from unittest.mock import MagicMock

from app.domain.staff import Actor, NotPermittedError, Permission, Role

NOWHERE = Path("no such folder")
ROLE = "director alone"
_MOST_STEPS = 6


def methods(root):
    """Path and function of each public method of a service that can be reached from a bundle."""
    seen, found = set(), {}

    def walk(thing, way):
        if id(thing) in seen:
            return
        seen.add(id(thing))
        for name in sorted(one for one in {*dir(type(thing)), *vars_of(thing)} if not one.startswith("_")):
            raw = inspect.getattr_static(thing, name)
            path = f"{way}.{name}".lstrip(".")
            if inspect.isfunction(raw):
                found[path] = getattr(thing, name)
            elif isinstance(raw, (functools.cached_property, property)) or not callable(raw):
                part = getattr(thing, name)
                if type(part).__module__.startswith("app.services"):
                    walk(part, path)

    walk(root, "")
    return found


def vars_of(thing):
    return getattr(thing, "__dict__", {})


def takes_actor(function):
    return "actor" in inspect.signature(function).parameters


def call(function, actor):
    """Call a verb with an actor and the emptiest arguments its signature lets through."""
    given = {}
    for one in inspect.signature(function).parameters.values():
        if one.kind in {one.VAR_POSITIONAL, one.VAR_KEYWORD}:
            continue
        given[one.name] = actor if one.name == "actor" else _empty(one)
    return function(**given)


def _empty(parameter):
    if parameter.default is not parameter.empty:
        return parameter.default
    if isinstance(parameter.annotation, EnumType):
        return next(iter(parameter.annotation))
    kind = str(parameter.annotation)
    for word, value in (
        ("tuple", ()), ("Sequence", ()), ("Iterable", ()), ("Collection", ()), ("frozenset", frozenset()),
        ("Path", NOWHERE), ("datetime.date", dt.date(2025, 12, 3)), ("bool", False), ("Id", 1), ("int", 1),
        ("str", "2025-12"),
    ):  # fmt: skip
        if word in kind:
            return value
    return MagicMock()


class Asked(Actor):
    """Somebody who may only what was granted, and who remembers what was asked."""

    granted: frozenset[Permission] = frozenset()
    asked: tuple[Permission, ...] = ()

    def may(self, permission):
        if isinstance(permission, Permission):
            Asked.asked += (permission,)
        return permission in Asked.granted


def permissions_of(function):
    """What a verb asks before it looks at anything, step by step: of each step one permission is enough."""
    somebody = Asked(1, "某人", Role.FRONT_DESK)
    Asked.granted, steps = frozenset(), []
    for _ in range(_MOST_STEPS):
        Asked.asked = ()
        try:
            call(function, somebody)
        except NotPermittedError:
            new = tuple(one for one in dict.fromkeys(Asked.asked) if one not in Asked.granted)
            if not new:
                break
            steps.append(new)
            Asked.granted |= frozenset(new)
        except Exception:  # noqa: BLE001 - it has passed the door: what it makes of nothing does not matter
            break
        else:
            break
    return tuple(steps)


def in_words(steps):
    """``register_child, check_in``; ``health_check or check_in`` where one is enough; a role of its own."""
    return ", ".join(" or ".join(one.value for one in step) for step in steps) or ROLE
