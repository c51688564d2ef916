"""A group that went out was outdoors: its minutes go into the log of each child as it comes back."""

import datetime as dt
from collections.abc import Sequence

from app.domain.errors import RuleError
from app.domain.ids import ChildId, VisitId
from app.domain.logbook import EntryDraft, EntryError, EntryKind, minutes_between, words_of
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.class_log import ClassLog
from app.store import logbook, walks
from app.store.database import Unit
from app.store.walks import Walk


class ReturnedError(RuleError):
    """A return that something rests on by now."""


@record
class Minutes:
    """What was logged: how long, of whom, and whose log speaks against it (an outing kept by hand)."""

    minutes: int
    children: tuple[ChildId, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """``户外 42 分钟 18 人，未记 夏小舟（已有记录）``."""
        parts = [f"户外 {self.minutes} 分钟 {len(self.children)} 人"] if self.children else []
        parts += [f"户外未记 {'、'.join(self.left_out)}（和已有的记录冲突）"] if self.left_out else []
        return "，".join(parts)


def walked(walk: Walk, now: dt.datetime) -> EntryDraft:
    """The outing of a group that comes back now, by the minutes on the clock."""
    start, end = (at.replace(second=0, microsecond=0) for at in (walk.started_at, now))
    return EntryDraft(EntryKind.OUTDOOR, start, until=end)


def keep_minutes(unit: Unit, log: ClassLog, actor: Actor, walk: Walk, seen: Sequence[VisitId]) -> Minutes:
    """Log the outing for those who are back, inside the unit of their return.

    Whose day says otherwise (she slept, or it was logged by hand) is left out: the return is kept still.
    A walk of no minute is none.
    """
    actor.require(Permission.LOG_DAY)
    draft = walked(walk, unit.at)
    minutes = minutes_between(draft.at, draft.until or draft.at)
    chosen = [one.visit for one in walk.children if one.visit is not None and one.visit in seen]
    subjects = logbook.list_subjects(unit, chosen)
    if not minutes or not subjects:
        return Minutes(minutes)
    fine, left_out = [], []
    for subject in subjects:
        try:
            log.check_drafts({subject: draft})
        except EntryError:
            left_out.append(subject.name)
        else:
            fine.append(subject)
    if fine:
        batch = logbook.add_batch(unit, draft.kind, actor.id)
        logbook.add_entries(unit, batch, [one.visit for one in fine], draft, actor.id)
        unit.audit("log_batch", batch, f"{draft.kind.value} x{len(fine)} 外出返回")
    return Minutes(minutes, tuple(one.child for one in fine), tuple(left_out))


def require_still_so(unit: Unit, walk: Walk) -> None:
    """Pass if the log says nothing of anybody that she can have done only because the group was back.

    Raises:
        ReturnedError: one has been in bed since, or her minutes were corrected; the sentence names her.
    """
    chosen = [one.visit for one in walk.children if one.visit is not None]
    names = {one.visit: one.name for one in walk.children}
    for kept in logbook.list_entries(unit, chosen, EntryKind.SLEEP):
        slept = kept.entry.what
        if walk.back_at is not None and (slept.until is None or slept.until > walk.back_at):
            msg = f"返回以后{names[kept.entry.visit]}睡了（{words_of(slept)}），撤不回去。请先撤销那条睡眠。"
            raise ReturnedError(msg)
    if visit := walks.find_corrected(unit, walk):
        msg = f"{names[visit]}这次户外的时间后来更正过，撤不回去。请先撤销那次更正，返回后再改。"
        raise ReturnedError(msg)


def take_back_minutes(unit: Unit, actor: Actor, walk: Walk) -> None:
    """The group is outside after all: what was logged as it came back was not so."""
    batch = walks.find_minutes(unit, walk)
    if batch is not None:
        logbook.reverse_batch(unit, batch, actor.id)
        unit.audit("log_batch", batch, "撤销外出返回")
