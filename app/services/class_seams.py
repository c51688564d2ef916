"""What other parts of the house tell the class: medicine that is due, and what parents asked for today.

``class_joins`` fills them from the file; without it the class shows nothing.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.ids import ChildId

NAP = "nap"
OTHER = "other"
Lines = Mapping[ChildId, tuple[str, ...]]
DueMedicine = Callable[[Sequence[ChildId], dt.datetime], Lines]
Instructions = Callable[[Sequence[ChildId], dt.date, str | None], Lines]


def no_medicine(_children: Sequence[ChildId], _now: dt.datetime) -> Lines:
    """Nothing is due to anybody."""
    return {}


def no_instructions(_children: Sequence[ChildId], _day: dt.date, _slot: str | None) -> Lines:
    """No parent asked for anything."""
    return {}


@dataclass(slots=True)
class Seams:
    """Callables for children of one class.

    ``due_medicine`` gives lines such as ``14:00 喂药`` for whoever is due about now; ``instructions``
    gives what parents asked for on a day: with a ``MealSlot`` value what concerns that meal, with ``NAP``
    what concerns sleep and health, with ``OTHER`` what has no hour of its own (今天别去户外) and health, with
    None all of it.
    """

    due_medicine: DueMedicine = no_medicine
    instructions: Instructions = no_instructions
