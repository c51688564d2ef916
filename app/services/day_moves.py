"""去别班: a child moves to another class within the day; log and wishes go along, the ratio follows."""

from collections.abc import Sequence

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.domain.fever import apart_words
from app.domain.ids import ChildId, ClassId, VisitId
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.fever_watch import kept_apart
from app.services.headcounts import CountHead, inside_now
from app.services.pins import Pins
from app.store import centre, day_moves
from app.store.centre import ClassGroup
from app.store.database import Clock, Database, Unit
from app.store.day_moves import DayMove
from app.store.stamps import day_of

REASONS = ("傍晚并班", "老师临时离开", "混龄活动", "身体不适单独照看", "适应新班")
UNDO_MOVE = "day_move"


class DayMoveError(RuleError):
    """A move that cannot be."""


@record
class MoveGoal:
    """A class children may move to, with what its seats say."""

    id: ClassId
    name: str
    present: int
    seats: int


class DayMoves:
    """The verbs of moving within a day. Seats that overflow are told, not refused: it is cover."""

    def __init__(self, database: Database, clock: Clock, pins: Pins) -> None:
        self._database, self._clock, self._pins = database, clock, pins

    def goals(self, actor: Actor, origin: ClassId) -> tuple[MoveGoal, ...]:
        """Where children of a class may go."""
        actor.require(Permission.READ)
        inside = [one.class_id for one in inside_now(self._database, self._clock())]
        return tuple(
            MoveGoal(one.id, one.name, inside.count(one.id), one.seats)
            for one in self._classes()
            if one.id != origin
        )

    def move(
        self, actor: Actor, visits: Sequence[VisitId], goal: ClassId, reason: str, own_pin: str = ""
    ) -> Done[int]:
        """Move children who are inside; returns how many moved.

        ``own_pin`` is the director's, where she puts classes together of which one is under observation.

        Raises:
            DayMoveError: nobody is chosen, the class is not open, somebody has left, is outside, is kept
                apart with a fever, or is there already, or no reason is given.
            ObservationError: one of the classes is under observation, and it is not the director who moves.
            SecondPersonError, WrongPinError: it is, and she has not typed her PIN.
        """
        actor.require(Permission.RUN_CLASS)
        why = clean_text(reason, "原因", "reason", longest=100)
        if not why:
            raise DayMoveError("请写明为什么去别的班，如“傍晚并班”。", field="reason")
        group = next((one for one in self._classes() if one.id == goal), None)
        if group is None:
            raise DayMoveError("这个班没有开，请另选一个班。", field="goal")
        chosen = tuple(dict.fromkeys(visits))
        if not chosen:
            raise DayMoveError("请先选孩子，再去别的班。")
        overruled = self._require_apart(actor, chosen, goal, why, own_pin)
        with self._database.unit(actor.id, "move_within_day") as unit:
            heads = {one.visit: one for one in inside_now(unit, unit.at)}
            _require_well(unit, [heads[one] for one in chosen if one in heads])
            batch, children = day_moves.next_batch(unit), []
            for visit in chosen:
                head = heads.get(visit)
                if head is None:
                    raise DayMoveError("选中的孩子里有人已经离园，请刷新后再选。")
                if head.outside:
                    msg = f"{head.name}在{head.outside}，回来清点后再去别的班。"
                    raise DayMoveError(msg)
                if head.class_id == goal or not day_moves.add(
                    unit, batch, visit, head.class_id, goal, why, actor.id
                ):
                    msg = f"{head.name}已经在{group.name}了。"
                    raise DayMoveError(msg)
                children.append((head.child, head.name))
            words = children[0][1] if len(children) == 1 else f"{children[0][1]} 等 {len(children)} 人"
            unit.audit("visit", chosen[0], f"{words} 到{group.name}：{why}")
            if overruled:
                unit.audit("override", chosen[0], overruled)
        return Done(
            len(children),
            _changes(tuple(child for child, _ in children)),
            Undo(UNDO_MOVE, batch, f"{words} 到{group.name}"),
        )

    def _require_apart(
        self, actor: Actor, chosen: Sequence[VisitId], goal: ClassId, why: str, own_pin: str
    ) -> str:
        """What of an observation is overruled, by the director's own PIN; empty where nothing is."""
        from app.services.illness_gate import require_apart  # not at every start

        now = self._clock()
        heads = {one.visit: one for one in inside_now(self._database, now)}
        here = {heads[one].class_id: None for one in chosen if one in heads}
        overruled = require_apart(self._database, day_of(now), (goal, *here), actor, why)
        if overruled:
            self._pins.prove_own(actor, own_pin)
        return overruled

    def of_visit(self, actor: Actor, visit: VisitId) -> tuple[DayMove, ...]:
        """A child's moves of one stay in order."""
        actor.require(Permission.READ)
        return day_moves.list_of_visit(self._database, visit)

    def today(self, actor: Actor) -> tuple[DayMove, ...]:
        """Every move of today."""
        actor.require(Permission.READ)
        return day_moves.list_day(self._database, day_of(self._clock()))

    def undo(self, actor: Actor, batch: int) -> Done[None]:
        """Everybody of one act goes back to where she came from.

        Raises:
            DayMoveError: it was taken back before, or one has left, moved on or fallen ill since.
        """
        actor.require(Permission.RUN_CLASS)
        moves = day_moves.list_batch(self._database, batch)
        if not moves:
            raise DayMoveError("这次去别班已经撤销过了。")
        heads = {one.visit: one for one in inside_now(self._database, self._clock())}
        with self._database.unit(actor.id, "undo_move_within_day") as unit:
            _require_well(unit, [heads[one.visit] for one in moves if one.visit in heads])
            for one in moves:
                if one.visit in heads and heads[one.visit].outside:
                    msg = f"{one.name}在{heads[one.visit].outside}，回来清点后再去别的班。"
                    raise DayMoveError(msg)
                if not day_moves.reverse(unit, one, actor.id):
                    msg = f"{one.name}后来又换了班或已离园，撤不回去。请再换一次班。"
                    raise DayMoveError(msg)
            unit.audit("visit", moves[0].visit, f"撤销去别班 {len(moves)} 人")
        return Done(None, _changes(tuple(heads[one.visit].child for one in moves if one.visit in heads)))

    def _classes(self) -> tuple[ClassGroup, ...]:
        return centre.list_classes(self._database, day_of(self._clock()))


def _require_well(unit: Unit, heads: Sequence[CountHead]) -> None:
    """Nobody brings a fever from one class to another.

    Raises:
        DayMoveError: some are kept apart; the sentence names them.
    """
    apart = kept_apart(unit)
    if ill := [one.name for one in heads if one.visit in apart]:
        raise DayMoveError(apart_words(ill, "去别的班"))


def _changes(children: Sequence[ChildId]) -> Changes:
    return Changes(frozenset({Topic.VISITS, Topic.DUTY}), frozenset(children))
