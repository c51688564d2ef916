"""Half-typed record forms: kept at each pause of the typing, offered after a crash, thrown away at a word.

A draft belongs to who types it and to a ``slot``: what is being written. A save ends it in its own unit of
work and blanks it: what was typed stands in the record, and nowhere twice (PIPL 19).
"""

import datetime as dt
import json
import logging
from collections.abc import Mapping

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.ids import ChildId, DraftId
from app.domain.record import record
from app.domain.records import RecordError
from app.domain.staff import Actor, Permission
from app.store import children, drafts
from app.store.database import Database, Unit
from app.store.drafts import Draft

Forms = Mapping[str, Mapping[str, str]]  # form, field, text
_KIND = "record "
_log = logging.getLogger(__name__)


@record
class Slot:
    """What is being written.

    Args:
        act: ``new``, ``section``, ``adult``, ``paper``, ``consent`` or ``trait``.
        child: whose record; 0 for a new one.
        part: which section or purpose of a consent, or the key of the adult or paper; empty for one more.
    """

    act: str
    child: int = 0
    part: str = ""

    @property
    def kind(self) -> str:
        """How the file names it: ``record section 12 health``."""
        return f"{_KIND}{self.act} {self.child} {self.part}".strip()


@record
class RecordDraft:
    """What was typed, and when it was kept last."""

    id: DraftId
    slot: Slot
    title: str
    forms: Forms
    saved_at: dt.datetime


class RecordDrafts:
    """The verbs of drafts of records."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, actor: Actor, slot: Slot, title: str, forms: Forms) -> Done[DraftId]:
        """Keep what has been typed so far. Nobody else is told: it is nothing yet."""
        actor.require(Permission.KEEP_RECORDS)
        body = json.dumps({key: dict(texts) for key, texts in forms.items()}, ensure_ascii=False)
        with self._database.unit(actor.id, "keep_draft") as unit:
            kept = drafts.find_open(unit, slot.kind, actor.id)
            if kept is None:
                key = drafts.add_draft(unit, slot.kind, actor.id, title, body)
            else:
                key = kept.id
                drafts.keep_draft(unit, key, actor.id, title, body)
            unit.audit("draft", key)
        return Done(key)

    def unfinished(self, actor: Actor) -> tuple[RecordDraft, ...]:
        """What this staff member was typing when the program stopped, the newest first.

        A draft about a record that was merged or taken back meanwhile is not offered.
        """
        actor.require(Permission.KEEP_RECORDS)
        read = (_read(one) for one in drafts.list_open(self._database, _KIND, actor.id))
        return tuple(one for one in read if one is not None and self._holds(one.slot))

    def discard(self, actor: Actor, slot: Slot) -> Done[None]:
        """Throw a draft away; it can be taken back. Nothing happens where there is none."""
        actor.require(Permission.KEEP_RECORDS)
        kept = drafts.find_open(self._database, slot.kind, actor.id)
        if kept is None:
            return Done(None)
        with self._database.unit(actor.id, "discard_draft") as unit:
            drafts.end_draft(unit, kept.id)
            unit.audit("draft", kept.id)
        return Done(None, Changes(), Undo("records.draft", kept.id, f"没有保存：{kept.title}"))

    def restore(self, actor: Actor, draft: DraftId) -> Done[None]:
        """A draft that was thrown away is offered again.

        Raises:
            RecordError: it was saved since, or another one of the same form was begun.
        """
        actor.require(Permission.KEEP_RECORDS)
        with self._database.unit(actor.id, "restore_draft") as unit:
            if not drafts.reopen_draft(unit, draft, actor.id):
                raise RecordError("这份草稿拿不回来了：已经保存过，或者又另填了一份。")
            unit.audit("draft", draft)
        return Done(None, Changes(frozenset({Topic.DRAFTS})))

    def settle(self, actor: Actor, slot: Slot | None) -> None:
        """A save found nothing to change: the draft is done all the same."""
        if slot is None or drafts.find_open(self._database, slot.kind, actor.id) is None:
            return
        with self._database.unit(actor.id, "discard_draft") as unit:
            end_draft(unit, actor, slot)

    def _holds(self, slot: Slot) -> bool:
        return not slot.child or children.find_child(self._database, ChildId(slot.child)) is not None


def end_draft(unit: Unit, actor: Actor, slot: Slot | None) -> None:
    """What was typed is being saved in this unit: its draft goes, and its words with it."""
    if slot is None:
        return
    kept = drafts.find_open(unit, slot.kind, actor.id)
    if kept is not None:
        drafts.keep_draft(unit, kept.id, actor.id, "", "")
        drafts.end_draft(unit, kept.id)
        unit.audit("draft", kept.id)


def _read(kept: Draft) -> RecordDraft | None:
    """A draft as it was typed; None (and a line in the log) for one that cannot be read."""
    act, child, part = (*kept.kind.removeprefix(_KIND).split(" ", 2), "", "")[:3]
    try:
        body = json.loads(kept.body)
        forms = {
            str(key): {str(name): str(text) for name, text in texts.items()} for key, texts in body.items()
        }
        slot = Slot(act, int(child or 0), part)
    except (ValueError, AttributeError):
        _log.warning("a draft of a record cannot be read")
        return None
    return RecordDraft(kept.id, slot, kept.title, forms, kept.saved_at)
