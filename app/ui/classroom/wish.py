"""What the log panel asks to be kept."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.domain.ids import EntryId, VisitId
from app.domain.logbook import EntryDraft
from app.domain.record import record
from app.services.checks import HealthCheck
from app.services.class_views import NOT_CLEARED, Cleared, Except
from app.ui.classroom.words import NOBODY, LeftOut

if TYPE_CHECKING:
    from app.domain.changes import Done
    from app.domain.staff import Actor
    from app.services.bundle import Services


@record
class Wish:
    """What is to be kept: an entry for these children with its exceptions, a check, or a correction."""

    visits: tuple[VisitId, ...]
    draft: EntryDraft | HealthCheck
    but: tuple[Except, ...] = ()
    cleared: Cleared = NOT_CLEARED
    jpeg: bytes = b""
    corrects: EntryId | None = None
    left: LeftOut = NOBODY  # of the whole class

    def log(self, services: "Services", actor: "Actor", draft: EntryDraft) -> "Done[Any]":
        """Ask the service that keeps it: of corrections, of photos, or of the log.

        Raises:
            RuleError: it cannot be so.
        """
        if self.corrects is not None:
            return services.classes.corrections.correct(actor, self.corrects, draft, cleared=self.cleared)
        if self.jpeg:
            return services.classes.photos.log_photo(actor, self.visits, draft, self.jpeg)
        done = services.classroom.log(actor, self.visits, draft, but=self.but, cleared=self.cleared)
        if self.left.words and done.undo is not None:
            label = f"{done.undo.label}；{self.left.words}没有记"
            return replace(done, undo=replace(done.undo, label=label))
        return done
