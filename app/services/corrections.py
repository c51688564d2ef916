"""Correcting an entry: another wording holds, the old one stays with who wrote it and when."""

import datetime as dt

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.domain.ids import EntryId
from app.domain.logbook import EntryDraft, title_of, words_of
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.class_log import (
    LONGEST_REASON,
    UNDO_LOG,
    AllergyClashError,
    ClassLog,
    clean_words,
    looked_at,
    require_own_day,
    said_of,
)
from app.services.class_views import NOT_CLEARED, Cleared
from app.services.fever_watch import notice_logged, settle_ladders
from app.services.sleep_looks import require_looks
from app.store import log_versions, logbook
from app.store.database import Clock, Database
from app.store.stamps import day_of


class NothingCorrectedError(RuleError):
    """The correction says what stands there already, or what stood there is gone."""


@record
class Wording:
    """One wording of an entry: what it said, who wrote it when, why; ``holds`` for the one in force."""

    words: str
    by: str
    made_at: dt.datetime
    reason: str
    holds: bool


class Corrections:
    """The verbs of what was written wrongly."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._log = ClassLog(database, clock)

    def correct(
        self,
        actor: Actor,
        entry: EntryId,
        draft: EntryDraft,
        *,
        reason: str = "",
        cleared: Cleared = NOT_CLEARED,
    ) -> Done[EntryId]:
        """Let another wording of an entry hold. The old one is superseded, never overwritten.

        Raises:
            NothingCorrectedError: it is gone, of another kind, or says the same already.
            PastDayError: as ``require_own_day``.
            AllergyClashError: the food names what the child must not eat, and nobody says why she may.
            EntryError: it cannot be true of the child; the sentence names the entry that speaks against it.
        """
        actor.require(Permission.LOG_DAY)
        draft = clean_words(draft)
        reason = clean_text(reason, "更正原因", "reason", LONGEST_REASON)
        found = logbook.find_entry(self._database, entry)
        if found is None:
            raise NothingCorrectedError("这条记录已经撤销或被更正过了，请刷新后再看。")
        require_own_day(self._database, actor, day_of(found.entry.what.at), (entry,))
        old = found.entry.what
        if draft.kind is not old.kind:
            raise NothingCorrectedError("更正不能换种类。请撤销这一条，再记一条新的。")
        if draft == old:
            raise NothingCorrectedError("和原来的一样，没有要更正的。", field="reason")
        (subject,) = self._log.subjects((found.entry.visit,))
        self._log.check_drafts({subject: draft}, without=entry)
        require_looks(self._database, (found,), {entry: draft})
        clashes = self._log.clashes({subject: draft}, without=entry)
        clash = clashes.get(subject)
        checked, way = ("", "") if clash is None else said_of(cleared, subject, clash)
        if clash is not None and not checked:
            msg = f"{clash.words}。没有改。请先核对配料；确认可以吃的，写明原因。"
            raise AllergyClashError(msg, looked_at(clashes))
        words = f"{title_of(old)} {words_of(old)} → {words_of(draft)}"
        with self._database.unit(actor.id, "correct_entry") as unit:
            batch = logbook.add_batch(unit, draft.kind, actor.id)
            key = log_versions.supersede(unit, batch, entry, draft, actor.id, reason or "更正")
            if draft.tenths is not None:
                notice_logged(unit, batch, actor)
                settle_ladders(unit, subject.child, actor)
            if clash is not None:
                log_versions.add_clearance(unit, batch, subject.visit, clash.words, checked, way, actor.id)
            unit.audit("log_entry", entry, f"{words}（{reason}）" if reason else words)
        return Done(
            key,
            Changes(frozenset({Topic.LOG}), frozenset({subject.child})),
            Undo(UNDO_LOG, batch, f"已更正 {subject.name} {words}"),
        )

    def history(self, actor: Actor, entry: EntryId) -> tuple[Wording, ...]:
        """Every wording an entry has had, the oldest first."""
        actor.require(Permission.SEE_HEALTH)
        return tuple(
            Wording(
                f"{one.kept.entry.what.at:%H:%M} {words_of(one.kept.entry.what)}",
                one.kept.by,
                one.made_at,
                one.reason,
                one.holds,
            )
            for one in log_versions.list_versions(self._database, entry)
        )
