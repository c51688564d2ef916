"""A temperature at the fever line begins a ladder: in a round, in the class log, or by hand.

While a ladder goes on, what is measured of the child anywhere counts as its next reading.
"""

import datetime as dt

from app.domain.fever import FeverStepError, NewStep, StepKind, require_slip
from app.domain.ids import BatchId, CheckId, ChildId, EntryId, FeverId, VisitId
from app.domain.logbook import degrees
from app.domain.staff import Actor, Permission
from app.domain.thermometer import HOTTEST
from app.store import day, fever, settings, visits
from app.store.database import Database, Unit
from app.store.fever import Hot
from app.store.stamps import day_of

STILL_HOT = "她的发热处理还没结束，请量了体温再记。"


def note_refused(database: Database, actor: Actor, child: ChildId, name: str, tenths: int | None) -> None:
    """Keep a fever at the door (tenths) in a unit of its own: the arrival it was for is refused."""
    if tenths is not None and tenths <= HOTTEST:
        with database.unit(actor.id, "refuse_fever") as unit:
            visits.keep_refused(unit, child, name, tenths)


def require_fever_slip(database: Database, actor: Actor, name: str, tenths: int, since: dt.datetime) -> None:
    """Pass if a reading (tenths) kept at a moment may be taken back or corrected now by somebody.

    Raises:
        FeverStepError: it was a fever, minutes have passed, and it is neither health worker nor director.
    """
    if tenths >= int(settings.value_at(database, "fever_tenths", since) or 0):
        require_slip(name, since, database.clock(), keeper=actor.may(Permission.ANSWER_FOR_HEALTH))


def feverish(database: Database | Unit) -> frozenset[VisitId]:
    """The stays of whose fever goes on; on most days nothing of it is loaded."""
    if not day.has_fever_inside(database):
        return frozenset()
    return frozenset(one.visit for one in fever.list_open(database))


def kept_apart(database: Database | Unit) -> frozenset[VisitId]:
    """The stays of who is kept from the others with a fever; on most days nothing of it is loaded."""
    if not day.has_fever_inside(database):
        return frozenset()
    return frozenset(one.visit for one in fever.list_open(database) if one.apart)


def notice_fever(
    unit: Unit,
    visit: VisitId,
    tenths: int,
    site: str,
    actor: Actor,
    *,
    check: CheckId | None = None,
    entry: EntryId | None = None,
) -> FeverId | None:
    """Begin the ladder of a child inside the unit; None when one is under way for this stay already.

    One that an earlier stay has left open hides nothing: the child is hot again, and it begins anew.
    """
    kept = visits.find_visit(unit, visit)
    if kept is None or any(one.visit == visit for one in fever.list_open_of(unit, kept.child)):
        return None
    minutes = int(settings.find_value(unit, "fever_recheck_minutes", day_of(unit.at)) or 0)
    due = unit.at + dt.timedelta(minutes=minutes)
    key = fever.add_case(unit, visit, tenths, site, due, actor.id, check=check, entry=entry)
    unit.audit("fever", key, f"{kept.child_name} 发热处理开始")
    return key


def notice_reading(
    unit: Unit,
    visit: VisitId,
    tenths: int,
    site: str,
    actor: Actor,
    *,
    at: dt.datetime | None = None,
    check: CheckId | None = None,
    entry: EntryId | None = None,
) -> None:
    """What a reading means for a child inside: a fever begins, the second reading of one, or nothing.

    Args:
        unit: of the act that keeps the reading.
        visit: the stay.
        tenths: of a degree.
        site: where it was taken.
        actor: who took it.
        at: when it was taken; now unless told. Before the minutes of the recheck are over it is none.
        check: the health check it stands in.
        entry: the entry of the class log it stands in.
    """
    running = next((one for one in fever.list_of_visit(unit, visit) if one.open), None)
    taken = unit.at if at is None else at
    if running is None:
        if tenths >= int(settings.find_value(unit, "fever_tenths", day_of(unit.at)) or 0):
            notice_fever(unit, visit, tenths, site, actor, check=check, entry=entry)
        return
    if entry is not None and fever.began_with(unit, (entry,)):
        return  # another wording of the reading it began with: it is neither a second one nor a new beginning
    # The class log knows minutes only.
    if taken < running.recheck_at.replace(second=0, microsecond=0):
        return
    if any(one.at == taken and one.tenths == tenths for one in running.of(StepKind.RECHECK)):
        return  # another wording of the same reading
    step = NewStep(StepKind.RECHECK, tenths=tenths, site=site)
    fever.add_step(unit, running.id, step, actor.id, taken)
    unit.audit("fever", running.id, f"{running.name} {StepKind.RECHECK.label} {degrees(tenths)}")


def unanswered(unit: Unit, child: ChildId) -> tuple[Hot, ...]:
    """Readings of today at the line that stand, and that no fever which stands answers for."""
    today = day_of(unit.at)
    line = int(settings.find_value(unit, "fever_tenths", today) or 0)
    return tuple(
        one
        for one in fever.list_hot(unit, child, today, line)
        if not any(ladder.answers_for(one.known_at) for ladder in fever.list_of_visit(unit, one.visit))
    )


def settle_ladders(unit: Unit, child: ChildId, actor: Actor) -> None:
    """After something was taken back or corrected: what today's readings say is what goes on.

    A reading at the line that hid behind one which is gone begins a fever of its own, the last of each stay.

    Raises:
        FeverStepError: an earlier fever would go on beside one that began since; the sentence names that.
    """
    for one in {one.visit: one for one in unanswered(unit, child)}.values():
        notice_fever(unit, one.visit, one.tenths, one.site, actor, check=one.check, entry=one.entry)
    _require_one_ladder(unit, child)


def require_cool(unit: Unit, child: ChildId, name: str) -> None:
    """Pass if a fever that was taken back leaves no reading behind that says otherwise.

    Raises:
        FeverStepError: one of today stands at the line; the sentence names it.
    """
    if hot := unanswered(unit, child):
        where = "班级日志" if hot[-1].entry is not None else "卫生—晨午检"
        said = f"{hot[-1].at:%H:%M} 的 {degrees(hot[-1].tenths)}"
        msg = f"{name} {said}还记着。确实量错了，请在“{where}”撤销或更正它，发热处理会一起撤销。"
        raise FeverStepError(msg)


def _require_one_ladder(unit: Unit, child: ChildId) -> None:
    seen: set[VisitId] = set()
    for one in sorted(fever.list_open_of(unit, child), key=lambda one: one.started_at):
        if one.visit in seen:
            begun = f"{one.started_at:%H:%M} {degrees(one.tenths)}"
            msg = f"{one.name} 后来又发热（{begun}），还在处理，前一次不能再打开。请先办完或撤销后一次。"
            raise FeverStepError(msg)
        seen.add(one.visit)


def notice_logged(unit: Unit, batch: BatchId, actor: Actor) -> None:
    """Temperatures logged in the class, the exceptions of a batch and corrections among them."""
    for one in fever.list_logged(unit, batch):
        notice_reading(unit, one.visit, one.tenths, one.site, actor, at=one.at, entry=one.entry)
