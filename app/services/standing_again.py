"""撤销: what is taken back lets an older wording hold again, and that is held against the day as it is now.

Since it was corrected, or its sleep was ended, the log has gone on without it.
"""

from collections.abc import Sequence

from app.domain.ids import EntryId
from app.domain.log_checks import check_entry, opposing
from app.domain.log_reach import LASTING, reaches_of_all
from app.domain.logbook import EntryDraft, EntryError, EntryKind, clock_words, title_of, words_of
from app.services.outside import require_indoors
from app.store import log_versions, logbook
from app.store.database import Database
from app.store.log_reach import list_reached


class StandsAgainError(EntryError):
    """What would hold again cannot be true beside what was logged since."""


def require_may_stand(database: Database, entries: Sequence[EntryId]) -> None:
    """Pass if what these entries stand in the place of may hold again once they are taken back.

    Raises:
        StandsAgainError: something logged since speaks against it; the sentence names it, and the child.
        EntryError: she would sleep, and is outside with a group.
    """
    replaced = log_versions.list_replaced(database, entries)
    if not replaced:
        return
    kept = [one for key in replaced if (one := logbook.find_entry(database, key)) is not None]
    subjects = {one.visit: one for one in logbook.list_subjects(database, [one.entry.visit for one in kept])}
    gone, again = set(entries), {one.entry.visit: replaced[one.entry.id] for one in kept}
    reached = list_reached(database, tuple(subjects.values()), reaches_of_all(again.values()))
    for visit, what in again.items():
        subject = subjects.get(visit)
        if subject is None:  # the stay itself was taken back
            continue
        rest = [one for one in reached if one.child == subject.child and one.entry not in gone]
        others = [one.what for one in sorted(rest, key=lambda one: (one.what.at, one.entry))]
        try:
            came, left = subject.arrived_at, subject.left_at
            check_entry(what, database.clock(), others, arrived=came, left=left, values=False)
        except EntryError as error:
            raise StandsAgainError(_refusal(subject.name, what, others, error), field="at") from error
    require_indoors(
        database,
        {
            subjects[visit]: what
            for visit, what in again.items()
            if visit in subjects and what.kind is EntryKind.SLEEP
        },
    )


def _refusal(name: str, what: EntryDraft, others: Sequence[EntryDraft], error: EntryError) -> str:
    again = f"{name}：撤销以后，原来的{_told(what)}又算数"
    if (other := opposing(what, others)) is None:
        return f"{again}。{error.sentence}"
    first = f"{clock_words(other.at)} {title_of(other)}"
    return f"{again}，和{_told(other)}对不上。请先撤销 {first}，或更正它的时间。"


def _told(what: EntryDraft) -> str:
    """``“睡眠 9:00 入睡”``, ``“11:15 午餐 吃了一半”``: what lasts names its times itself."""
    at = () if what.kind in LASTING else (clock_words(what.at),)
    return f"“{' '.join(part for part in (*at, title_of(what), words_of(what)) if part)}”"
