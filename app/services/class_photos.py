"""Photos of a class's day, from a file: kept in the data file, only of children whose families agree."""

from dataclasses import replace

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.domain.ids import VisitId
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.staff import Actor, Permission
from app.services.class_log import UNDO_LOG, ClassLog
from app.services.class_views import Logged
from app.services.record_papers import LARGEST_PHOTO
from app.store import log_photos, logbook, record_papers, record_rules
from app.store.database import Clock, Database
from app.store.stamps import day_of

PURPOSE = "photo_inside"
_SMALLEST = 100


class PhotoError(RuleError):
    """A photo that may not, or cannot, be kept."""


class ClassPhotos:
    """The verbs of photos in the log."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._log = ClassLog(database, clock)

    def refusal(self, actor: Actor, visits: tuple[VisitId, ...]) -> str:
        """Why no photo of these children may be kept; empty when all their families agree (PIPL 29, 31)."""
        actor.require(Permission.READ)
        given = record_papers.consents_given(self._database)
        lacking = [one.name for one in self._log.subjects(visits) if PURPOSE not in given.get(one.child, ())]
        if not lacking:
            return ""
        texts = record_rules.consent_texts(day_of(self._clock()))
        label = next((one.label for one in texts if one.purpose == PURPOSE), PURPOSE)
        return (
            f"{'、'.join(lacking)} 的家长没有同意“{label}”，不能保存照片。"
            "请取消选中，或先在档案的“证件与同意”里登记同意。"
        )

    def log_photo(
        self, actor: Actor, visits: tuple[VisitId, ...], draft: EntryDraft, jpeg: bytes
    ) -> Done[Logged]:
        """Keep a photo with the entries of the children it shows; ``draft.text`` is its caption.

        Raises:
            PhotoError: a family does not agree, or it is no JPEG of at most 300 kB.
            EntryError: none of them was here at that time.
        """
        actor.require(Permission.LOG_DAY)
        subjects = self._log.subjects(visits)
        if refusal := self.refusal(actor, visits):
            raise PhotoError(refusal, field="photo")
        if not jpeg.startswith(b"\xff\xd8") or not _SMALLEST <= len(jpeg) <= LARGEST_PHOTO:
            raise PhotoError("这张照片不能用。请换一张清楚的照片（JPG 或 PNG）。", field="photo")
        draft = replace(draft, kind=EntryKind.PHOTO, text=draft.text.strip(), photo=0)
        self._log.check_drafts(dict.fromkeys(subjects, draft))
        with self._database.unit(actor.id, "log_photo") as unit:
            kept = replace(draft, photo=log_photos.add_log_photo(unit, jpeg))
            batch = logbook.add_batch(unit, EntryKind.PHOTO, actor.id)
            logbook.add_entries(unit, batch, [one.visit for one in subjects], kept, actor.id)
            unit.audit("log_batch", batch, f"photo x{len(subjects)}")
        words = f"照片 · {subjects[0].name if len(subjects) == 1 else f'{len(subjects)} 人'}"
        return Done(
            Logged(batch, EntryKind.PHOTO, len(subjects), words),
            Changes(frozenset({Topic.LOG}), frozenset(one.child for one in subjects)),
            Undo(UNDO_LOG, batch, words),
        )

    def photo(self, actor: Actor, key: int) -> bytes | None:
        """A photo of the log as JPEG."""
        actor.require(Permission.SEE_HEALTH)
        return log_photos.find_log_photo(self._database, key)
