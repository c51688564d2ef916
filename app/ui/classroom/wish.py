"""What the log panel asks to be kept."""

from app.domain.ids import EntryId, VisitId
from app.domain.logbook import EntryDraft
from app.domain.record import record
from app.services.checks import HealthCheck
from app.services.class_views import NOT_CLEARED, Cleared, Except


@record
class Wish:
    """What is to be kept: an entry for these children with its exceptions, a check, or a correction."""

    visits: tuple[VisitId, ...]
    draft: EntryDraft | HealthCheck
    but: tuple[Except, ...] = ()
    cleared: Cleared = NOT_CLEARED
    jpeg: bytes = b""
    corrects: EntryId | None = None
