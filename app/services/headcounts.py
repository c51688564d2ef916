"""清点人数: a round by name in a class; it cannot be closed over a difference without a reason."""

import datetime as dt
from collections.abc import Sequence

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.headcounts import CountError, Stage, mismatch_words, require_explained, tally
from app.domain.ids import ChildId, ClassId, CountId, VisitId
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.sheet_drafts import SheetKind, end_sheet
from app.store import centre, day, headcounts, walks
from app.store.centre import ClassGroup
from app.store.database import Clock, Database, Unit
from app.store.headcounts import Count
from app.store.stamps import day_of

UNDO_COUNT = "count.close"
CHANGED = Changes(frozenset({Topic.DUTY}))
LONGEST_REASON = 100


@record
class CountHead:
    """One child to be seen. ``outside`` is the place of the walk she is on: then she is not expected here."""

    visit: VisitId
    child: ChildId
    name: str
    nickname: str
    class_id: ClassId
    class_name: str
    colour: str
    born_on: dt.date
    outside: str = ""
    asleep_since: dt.datetime | None = None


@record
class CountSheet:
    """A class to be counted: who should be in it now, everybody else inside, and the rounds of today."""

    class_id: ClassId
    class_name: str
    expected: tuple[CountHead, ...]
    others: tuple[CountHead, ...]
    outside: tuple[CountHead, ...]
    past: tuple[Count, ...]


class HeadCounts:
    """The verbs of counting heads."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def sheet(self, actor: Actor, class_id: ClassId) -> CountSheet:
        """Who should be in a class now, by name.

        Raises:
            CountError: the class is not open.
        """
        actor.require(Permission.READ)
        group = self._class(class_id)
        heads = inside_now(self._database, self._clock())
        own = [one for one in heads if one.class_id == class_id]
        past = headcounts.list_day(self._database, day_of(self._clock()))
        return CountSheet(
            class_id,
            group.name,
            tuple(one for one in own if not one.outside),
            tuple(one for one in heads if one.class_id != class_id),
            tuple(one for one in own if one.outside),
            tuple(one for one in past if one.class_id == class_id),
        )

    def close(
        self, actor: Actor, class_id: ClassId, seen: Sequence[VisitId], *, place: str = "", reason: str = ""
    ) -> Done[Count]:
        """Keep a round: ``seen`` are those who were ticked; who should be there is asked anew.

        Raises:
            CountMismatchError: somebody is missing or extra, and no reason is given; it names them.
            CountError: the class is not open, or a name is nobody's who is inside.
        """
        actor.require(Permission.RUN_CLASS)
        why = clean_text(reason, "原因", "reason", longest=LONGEST_REASON)
        where = clean_text(place, "地点", "place", longest=30)
        group = self._class(class_id)
        with self._database.unit(actor.id, "count_heads") as unit:
            heads = {one.visit: one for one in inside_now(unit, unit.at)}
            known = self._known(unit, heads, seen)
            expected = [one.visit for one in heads.values() if one.class_id == class_id and not one.outside]
            result = tally(expected, seen)
            require_explained(result, known, why)
            key = headcounts.add(
                unit, day_of(unit.at), Stage.ROUND, result, known,
                class_id=class_id, place=where or f"{group.name}活动室", reason=why, by=actor.id,
            )  # fmt: skip
            words = mismatch_words(result, known) or "人数相符"
            unit.audit("head_count", key, f"{group.name} 应到 {result.expected} 实到 {result.found} {words}")
            end_sheet(unit, actor, SheetKind.COUNT, class_id)
            kept = headcounts.find(unit, key)
        if kept is None:
            raise CountError("清点没有保存，请再试一次。")
        return Done(kept, CHANGED, Undo(UNDO_COUNT, key, f"{group.name}清点 {result.found} 人"))

    def past(self, actor: Actor) -> tuple[Count, ...]:
        """Every count of today, rounds and walks, the newest first."""
        actor.require(Permission.READ)
        return headcounts.list_day(self._database, day_of(self._clock()))

    def undo(self, actor: Actor, count: CountId) -> Done[None]:
        """It was none; it stays on file as taken back.

        Raises:
            CountError: it was taken back before.
        """
        actor.require(Permission.RUN_CLASS)
        with self._database.unit(actor.id, "undo_head_count") as unit:
            if not headcounts.reverse(unit, count, actor.id):
                raise CountError("这次清点已经撤销过了。")
            unit.audit("head_count", count, "撤销清点")
        return Done(None, CHANGED)

    def _known(
        self, unit: Unit, heads: dict[VisitId, CountHead], seen: Sequence[VisitId]
    ) -> dict[VisitId, str]:
        """The names of all inside, and of those ticked who have left since the sheet was opened."""
        names = {one.visit: one.name for one in heads.values()}
        today = {stay.visit: stay.who.name for stay in day.list_stays(unit, day_of(unit.at))}
        for visit in seen:
            if visit not in names and visit not in today:
                raise CountError("勾选的孩子里有人的入园记录已经撤销，请关掉重新清点。")
        return {**today, **names}

    def _class(self, class_id: ClassId) -> ClassGroup:
        today = day_of(self._clock())
        found = next((one for one in centre.list_classes(self._database, today) if one.id == class_id), None)
        if found is None:
            raise CountError("这个班没有开，请另选一个班。")
        return found


def inside_now(database: Database | Unit, now: dt.datetime) -> tuple[CountHead, ...]:
    """Every child inside, by arrival, with where she is outside."""
    today = day_of(now)
    out = {one.visit: walk.place for walk in walks.list_open(database, today) for one in walk.children}
    groups = {group.id: group for group in centre.list_classes(database, today)}
    return tuple(
        CountHead(
            stay.visit, stay.who.id, stay.who.name, stay.who.nickname, stay.class_id,
            groups[stay.class_id].name if stay.class_id in groups else "",
            groups[stay.class_id].colour if stay.class_id in groups else "brand",
            stay.who.born_on,
            out.get(stay.visit, ""),
            stay.asleep_since,
        )
        for stay in day.list_stays(database, today)
        if stay.left_at is None
    )  # fmt: skip
