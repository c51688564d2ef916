"""随身物品: what a child brought along, noted at the door or later, ticked when she goes home."""

import re

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.domain.ids import BelongingId, VisitId
from app.domain.names import clean_text
from app.domain.staff import Actor, Permission
from app.domain.visits import NotTodayError, check_inside
from app.store import belongings, visits
from app.store.belongings import Belonging
from app.store.database import Database

_LONGEST = 50


class BelongingError(RuleError):
    """The thing cannot be noted or taken back as asked."""


class Belongings:
    """Noting, and taking a note back; given back a thing is by ``Pickup.check_out``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def held(self, actor: Actor, visit: VisitId) -> tuple[Belonging, ...]:
        """What of the child of a visit is still here."""
        actor.require(Permission.READ)
        kept = visits.find_visit(self._database, visit)
        return () if kept is None else belongings.list_held(self._database, kept.child)

    def note(self, actor: Actor, visit: VisitId, words: str) -> Done[BelongingId]:
        """Note one thing of a child who is inside.

        Raises:
            BelongingError: nothing is said.
            NotTodayError: there is no such stay.
            AlreadyLeftError: she has gone home.
        """
        actor.require(Permission.CHECK_IN)
        said = clean_text(words, "物品", "belonging", _LONGEST)
        if not said:
            raise BelongingError("请写是什么物品，如水杯、药、替换衣服。", field="belonging")
        kept = visits.find_visit(self._database, visit)
        if kept is None or kept.undone:
            raise NotTodayError("没有这次入园记录，可能已被撤销。请刷新后再试。")
        check_inside(kept.child_name, kept.arrived_at, kept.left_at)
        with self._database.unit(actor.id, "note_belonging") as unit:
            key = belongings.add_belonging(unit, visit, said, actor.id)
            unit.audit("belonging", key, f"{kept.child_name} {said}")
        return Done(
            key,
            Changes(frozenset({Topic.VISITS}), frozenset({kept.child})),
            Undo("belonging", key, f"{kept.child_name} {said}"),
        )

    def take_back(self, actor: Actor, belonging: BelongingId) -> Done[None]:
        """It was not brought after all.

        Raises:
            BelongingError: it was given back, or taken back before.
        """
        actor.require(Permission.CHECK_IN)
        held = belongings.find_held(self._database, belonging)
        if held is None:
            raise BelongingError("这件物品已经交还或撤销过了。")
        with self._database.unit(actor.id, "undo_belonging") as unit:
            belongings.reverse_belonging(unit, belonging)
            unit.audit("belonging", belonging, held.words)
        return Done(None, Changes(frozenset({Topic.VISITS}), frozenset({held.child})))


def split_things(text: str) -> tuple[str, ...]:
    """Each of several things named in one line: 水杯、外套.

    Raises:
        BadTextError: one cannot be kept.
    """
    if not text:
        return ()  # most arrivals bring nothing along that is written down
    parts = (clean_text(one, "物品", "belongings", _LONGEST) for one in re.split(r"[、，,;；\n]+", text))
    return tuple(dict.fromkeys(filter(None, parts)))
