"""Half-filled sheets of a class: a head count half ticked, a shift sheet half written.

Kept at each pause, there again after leaving the room or a crash, gone once the sheet is finished. What was
seen long ago is not seen now: a draft is offered only for a while.
"""

import datetime as dt
import json
import logging
from collections.abc import Mapping
from enum import StrEnum

from app.domain.changes import Done
from app.domain.ids import ClassId, DraftId
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.store import drafts
from app.store.database import Clock, Database, Unit

_log = logging.getLogger(__name__)


class SheetKind(StrEnum):
    """Which sheet."""

    COUNT = "count"
    SHIFT = "shift"

    @property
    def permission(self) -> Permission:
        """What whoever fills it must be allowed."""
        return Permission.RUN_CLASS if self is SheetKind.COUNT else Permission.SIGN_NOTE

    @property
    def fresh(self) -> dt.timedelta:
        """How long it is offered: heads move within minutes, a room is looked over once a shift."""
        return dt.timedelta(minutes=10 if self is SheetKind.COUNT else 60)


@record
class SheetDraft:
    """What was filled in, by field, and when it was kept last."""

    fields: Mapping[str, str]
    saved_at: dt.datetime


class SheetDrafts:
    """The verbs of half-filled sheets. Each belongs to who fills it, and to one class."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def find(self, actor: Actor, kind: SheetKind, class_id: ClassId) -> SheetDraft | None:
        """What the actor had filled in lately; None where there is nothing, or it is too old to hold."""
        actor.require(kind.permission)
        kept = drafts.find_open(self._database, _name(kind, class_id), actor.id)
        if kept is None or not dt.timedelta(0) <= self._clock() - kept.saved_at <= kind.fresh:
            return None
        try:
            body = json.loads(kept.body)
            fields = {str(key): str(value) for key, value in body.items()}
        except (ValueError, AttributeError):
            _log.warning("a draft of a sheet cannot be read")
            return None
        return SheetDraft(fields, kept.saved_at)

    def keep(
        self, actor: Actor, kind: SheetKind, class_id: ClassId, fields: Mapping[str, str]
    ) -> Done[DraftId]:
        """Keep what is filled in so far. A PIN is no field. Nobody else is told: it is nothing yet."""
        actor.require(kind.permission)
        name, body = _name(kind, class_id), json.dumps(dict(fields), ensure_ascii=False)
        with self._database.unit(actor.id, "keep_draft") as unit:
            kept = drafts.find_open(unit, name, actor.id)
            if kept is None:
                key = drafts.add_draft(unit, name, actor.id, "", body)
            else:
                key = kept.id
                drafts.keep_draft(unit, key, actor.id, "", body)
            unit.audit("draft", key)
        return Done(key)

    def end(self, actor: Actor, kind: SheetKind, class_id: ClassId) -> Done[None]:
        """The sheet is finished: its draft goes, and its words with it. Nothing where there is none."""
        actor.require(kind.permission)
        if drafts.find_open(self._database, _name(kind, class_id), actor.id) is None:
            return Done(None)
        with self._database.unit(actor.id, "end_draft") as unit:
            end_sheet(unit, actor, kind, class_id)
        return Done(None)


def end_sheet(unit: Unit, actor: Actor, kind: SheetKind, class_id: ClassId) -> None:
    """End the draft in the unit that finishes its sheet: no crash leaves it to be offered again."""
    kept = drafts.find_open(unit, _name(kind, class_id), actor.id)
    if kept is not None:
        drafts.keep_draft(unit, kept.id, actor.id, "", "")
        drafts.end_draft(unit, kept.id)
        unit.audit("draft", kept.id)


def _name(kind: SheetKind, class_id: ClassId) -> str:
    return f"sheet {kind.value} {class_id}"
