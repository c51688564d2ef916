"""What a unit of work changed, told to whoever shows it, and how to take it back."""

from dataclasses import field
from enum import StrEnum
from typing import Generic, TypeVar

from app.domain.ids import ChildId, ReceiptId
from app.domain.record import record

T = TypeVar("T")


class Topic(StrEnum):
    """A kind of thing that changed."""

    CHILDREN = "children"
    VISITS = "visits"
    LOG = "log"
    NOTES = "notes"
    MONEY = "money"
    DRAFTS = "drafts"
    STAFF = "staff"
    SETTINGS = "settings"
    ROLL_CALL = "roll_call"
    CARDS = "cards"
    HEALTH = "health"
    DUTY = "duty"  # who works in which class, heads counted, walks
    INSTRUCTIONS = "instructions"


@record
class Changes:
    """Topics and children touched by one unit of work."""

    topics: frozenset[Topic] = frozenset()
    children: frozenset[ChildId] = frozenset()


@record
class Undo:
    """A handle to take one act back. ``label`` is shown beside 撤销, e.g. ``朱予晴 入园``."""

    verb: str
    key: int
    label: str


@record
class Done(Generic[T]):
    """What a service verb returns once the unit has been committed.

    ``refunds`` were booked by it though nobody asked for them by name: money is to be handed back, and a
    paper with it. ``also`` is what else came of it that somebody has to know, in whole sentences: shown
    until it was read.
    """

    value: T
    changes: Changes = field(default_factory=Changes)
    undo: Undo | None = None
    refunds: tuple[ReceiptId, ...] = ()
    also: str = ""
