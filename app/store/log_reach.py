"""What of the day of some children is looked at before an entry of theirs is kept."""

from collections.abc import Sequence

from app.domain.ids import ChildId, EntryId
from app.domain.log_kinds import EntryKind
from app.domain.log_reach import LASTING, Reach
from app.domain.logbook import EntryDraft
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.logbook import FACTS, Subject, draft_from, marks
from app.store.stamps import at_minute, stamp

_TOUCHES = f"(coalesce(until, at) >= :first{{0}} or until is null and kind = '{EntryKind.SLEEP.value}')"


@record
class Reached:
    """An entry that holds, of a child."""

    child: ChildId
    entry: EntryId
    what: EntryDraft


def list_reached(
    database: Database | Unit, subjects: Sequence[Subject], reaches: Sequence[Reach]
) -> tuple[Reached, ...]:
    """What holds of these stays and lies in one of these reaches, in no order; what lies in two comes twice.

    Each reach goes by the index of kind and time, so that a day costs what is found in it: by the visit all
    of its lines would be looked at, and by the child all of her years.
    """
    if not subjects or not reaches:
        return ()
    params: dict[str, object] = {}
    visits = marks([one.visit for one in subjects], params)
    children = ""
    if any(reach.slot is not None for reach in reaches):
        children = marks([one.child for one in subjects], params, "child")
    came = at_minute(min(one.day for one in subjects), 0)  # nothing of a stay began before its day
    parts = []
    for place, reach in enumerate(reaches):
        lasting = any(kind in LASTING for kind in reach.kinds)
        params[f"first{place}"] = stamp(reach.first)
        params[f"since{place}"] = stamp(max(reach.since, came)) if lasting else params[f"first{place}"]
        params[f"last{place}"] = stamp(reach.last)
        kinds = [f":kind{place}_{number}" for number in range(len(reach.kinds))]
        params |= {mark[1:]: kind.value for mark, kind in zip(kinds, reach.kinds, strict=True)}
        whose = f"visit_id in ({visits})"
        if reach.slot is not None:
            params[f"slot{place}"] = reach.slot
            whose = f"detail = :slot{place} and child_id in ({children})"
        touches = f" and {_TOUCHES.format(place)}" if lasting else ""
        parts.append(
            f"select id, child_id, {', '.join(FACTS)} from log_entry where kind in ({', '.join(kinds)})"
            f" and ended_at is null and at between :since{place} and :last{place}{touches} and {whose}"
        )
    rows = database.rows(" union all ".join(parts), params)
    return tuple(Reached(ChildId(child), EntryId(key), draft_from(*facts)) for key, child, *facts in rows)
