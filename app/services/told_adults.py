"""Whether somebody whose name is typed counts as the guardian who was told, rung, or given something."""

import datetime as dt

from app.domain.absences import AbsenceError
from app.domain.barred import Mark, fold, name_mark
from app.domain.ids import ChildId
from app.store import people
from app.store.database import Database, Unit
from app.store.people import AdultOf

_ALIKE = frozenset({Mark.SAME, Mark.SOUND})


class BarredTellerError(AbsenceError):
    """Whether a child comes is said by somebody who is kept from her: he could hide her by it."""


def barred_words(
    database: Database | Unit,
    child: ChildId,
    whom: str,
    day: dt.date,
    cannot: str = "不能算告诉了家长，也不能交给他",
) -> str:
    """Why nothing of a child may be told or given to somebody; empty where nothing speaks against it.

    ``whom`` is free text: 邻居 周外人. Who is on file and not barred is never taken for another. ``cannot``
    is what the person may not do here.
    """
    known = people.list_adults(database, child, day)
    if is_known(known, whom):
        return ""
    said = [fold(part) for part in whom.split()]
    for one in known:
        if one.tie.barred and (
            fold(one.name) in "".join(said)
            or fold(one.tie.relation) == "".join(said)
            or any(name_mark(part, one.name) in _ALIKE for part in [*said, *whom.split()])
        ):
            return f"{one.name}被列为禁止接走，{cannot}。请联系别的监护人。"
    return ""


def check_teller(
    database: Database | Unit, child: ChildId, whom: str, day: dt.date, field: str = "told_by"
) -> None:
    """Pass if whoever says that a child does not come may say so.

    Raises:
        BarredTellerError: he is barred from her; ``field`` is where his name stands.
    """
    if whom.strip() and barred_words(database, child, whom, day):
        msg = f"{whom.strip()}被禁止接走，孩子来不来不听此人的。请打电话问监护人。"
        raise BarredTellerError(msg, field=field)


def is_on_file(database: Database, child: ChildId, whom: str, day: dt.date) -> bool:
    """Whether somebody is one of the child's adults and not barred: by name, or by relation alone (妈妈)."""
    return is_known(people.list_adults(database, child, day), whom)


def is_known(adults: tuple[AdultOf, ...], whom: str) -> bool:
    """The same among adults that were read before."""
    plain = fold(whom)
    return any(
        plain in {fold(one.tie.relation + one.name), fold(one.name), fold(one.tie.relation)}
        for one in adults
        if not one.tie.barred and plain
    )
