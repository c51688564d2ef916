"""Whether somebody whose name is typed counts as the guardian who was told, rung, or given something."""

import datetime as dt

from app.domain.absences import AbsenceError
from app.domain.barred import Mark, fold, name_mark
from app.domain.errors import RuleError
from app.domain.ids import ChildId
from app.domain.names import clean_text
from app.domain.record import record
from app.services.bars import list_barred, list_names
from app.store import people
from app.store.database import Database, Unit
from app.store.people import AdultOf

_ALIKE = frozenset({Mark.SAME, Mark.SOUND})
_LONGEST_REASON = 100
_LEAST_INSIDE = 2  # signs: a nickname of one, 强, is a part of many names


@record
class Named:
    """Somebody whom an act names, why it is she, and how the act asks for that."""

    whom: str
    reason: str
    instead: str  # 请打给档案里的家长；只能打给此人的
    error: type[RuleError]
    field: str = "reason"  # where the reason is typed
    child_name: str = ""  # where several children are on the screen


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

    ``whom`` is free text: 邻居 周外人. Who is on file and not barred is never taken for another; who is
    barred, or is so by a record like hers, is meant by every name that he is known by (58号文 Art 30).
    ``cannot`` is what the person may not do here.
    """
    known = people.list_adults(database, child, day)
    if is_known(known, whom):
        return ""
    free = {one.id for one in known if not one.tie.barred}
    for one in list_barred(database, child, known, day):
        said = [name for name in list_names(database, one) if _says(whom, name)]
        if one.id not in free and (said or fold(one.tie.relation) == fold(whom)):
            whose = "" if one in known else f"（{one.tie.relation}）"
            also = "" if one.name in said or not said else f"（也叫{said[0]}）"
            return f"{one.name}{whose}{also}被列为禁止接走，{cannot}。请联系别的监护人。"
    return ""


def _says(whom: str, name: str) -> bool:
    """Whether free text names somebody: 邻居 周外人, 周 外人."""
    plain, parts = fold(name), [fold(part) for part in whom.split()]
    inside = plain in "".join(parts) if len(plain) >= _LEAST_INSIDE else plain in parts
    return inside or any(name_mark(part, name) in _ALIKE for part in [*parts, *whom.split()])


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


def with_reason(
    database: Database,
    child: ChildId,
    named: Named,
    day: dt.date,
    *,
    beside: str = "",
    of_what: str = "姓名",
    longest: int = 0,
) -> str:
    """What is kept of somebody: of who is on no record the reason stands beside it, 姑姑（档案里没有：…）.

    It stands beside the name, or beside other words (``beside``, called ``of_what``). ``longest`` is what the
    file keeps of both; 0 where both fit anyhow. Whether she is barred is asked before (``barred_words``).

    Raises:
        RuleError: (``named.error``) nobody says why it is she, or the reason is too long.
        BadTextError: the same.
    """
    beside = beside or named.whom
    if is_on_file(database, child, named.whom, day):
        return beside
    why = clean_text(named.reason, "理由", named.field, longest=_LONGEST_REASON)
    if not why:
        whose = f"{named.child_name} 的" if named.child_name else "孩子的"
        msg = f"{whose}档案里没有“{named.whom}”。{named.instead}，请写明理由。"
        raise named.error(msg, field=named.field)
    kept = f"{beside}（档案里没有：{why}）"
    if longest and len(kept) > longest:
        msg = f"{of_what}和理由太长，一起请少写 {len(kept) - longest} 个字。"
        raise named.error(msg, field=named.field)
    return kept
