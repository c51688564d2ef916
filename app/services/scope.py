"""Whose children somebody may look up: a teacher only those of her own classes (domain §5.2).

未成年人网络保护条例 Art 31-37: the least that the work needs. What a class needs to know of a child who is
with it (allergies) stands in the classroom and on the board of today, which ask nothing of this.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TypeVar

from app.domain.ids import ChildId, ClassId
from app.domain.staff import Actor, NotPermittedError, Role
from app.store import day, duty, people, scope
from app.store.database import Clock, Database
from app.store.stamps import day_of

T = TypeVar("T")


class OtherClassError(NotPermittedError):
    """The child is of another class."""


class Scope:
    """Answers from memory while nothing has been committed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._of: tuple[int, dt.date, Actor] | None = None
        self._children: frozenset[ChildId] = frozenset()

    def classes(self, actor: Actor) -> frozenset[ClassId] | None:
        """A teacher's own class and those where she is put or has clocked in today; None for all classes."""
        if actor.role is not Role.TEACHER:
            return None
        today = day_of(self._clock())
        shifts = people.list_shifts(self._database, today)
        own = {one.class_id for one in shifts if one.staff == actor.id}
        own |= {one.class_id for one in duty.list_of(self._database, actor.id, today)}
        return frozenset(own | ({actor.class_id} if actor.class_id is not None else set()))

    def children(self, actor: Actor) -> frozenset[ChildId] | None:
        """Whose records somebody may look up; None for everybody's."""
        if actor.role is not Role.TEACHER:
            return None
        now = (self._database.commits, day_of(self._clock()), actor)
        if self._of != now:
            own = self.classes(actor) or frozenset()
            self._children, self._of = scope.list_children_of(self._database, own, now[1]), now
        return self._children

    def holds(self, actor: Actor, child: ChildId) -> bool:
        """Whether one child's record may be looked up."""
        found = self.children(actor)
        return found is None or child in found

    def own(
        self,
        actor: Actor,
        kept: Iterable[T],
        child: Callable[[T], ChildId],
        by: Callable[[T], bool] = lambda _: False,
    ) -> tuple[T, ...]:
        """Of things kept of children those whose child may be looked up; ``by``: what is her own work."""
        found = self.children(actor)
        return tuple(one for one in kept if found is None or child(one) in found or by(one))

    def require(self, actor: Actor, child: ChildId) -> None:
        """Pass, or refuse.

        Raises:
            OtherClassError: she is of another class.
        """
        if not self.holds(actor, child):
            msg = f"{actor.name}（{actor.role.label}）只能看自己班孩子的资料。需要时请找前台或园长。"
            raise OtherClassError(msg)

    def require_class(self, actor: Actor, class_id: ClassId, what: str) -> None:
        """Pass for what is kept of a whole class (``what``: 交接班表).

        Raises:
            OtherClassError: it is not one of hers today.
        """
        own = self.classes(actor)
        if own is not None and class_id not in own:
            msg = f"{actor.name}（{actor.role.label}）只能看自己班的{what}。来顶班的请先打卡到这个班。"
            raise OtherClassError(msg)

    def require_at_door(self, actor: Actor, child: ChildId) -> None:
        """Pass also for a child who comes today or is in the house: any teacher may stand at the door.

        Raises:
            OtherClassError: she is of another class and does not come today.
        """
        if not self.holds(actor, child) and not self._at_door(child):
            self.require(actor, child)

    def _at_door(self, child: ChildId) -> bool:
        database, today = self._database, day_of(self._clock())
        return (
            scope.is_inside(database, child)
            or any(one.who.id == child for one in day.list_expected(database, today))
            or any(one.who.id == child for one in day.list_stays(database, today))
        )
