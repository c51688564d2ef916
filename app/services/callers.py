"""Whether a guardian who rings is believed by her number, and whether a call of earlier today still is."""

import datetime as dt
from collections.abc import Iterable

from app.domain.callers import find_break, find_youth
from app.domain.grants import CallerError
from app.domain.ids import ChildId
from app.services.bars import find_sharer
from app.store import callers
from app.store.database import Database
from app.store.grants import Grant
from app.store.people import AdultOf
from app.store.stamps import at_minute

_WITHOUT = "请监护人本人来，或由园长放行。"


def check_number(
    database: Database, child: ChildId, caller: AdultOf, adults: Iterable[AdultOf], today: dt.date
) -> str:
    """What a director has to vouch for before the number speaks today; empty where it speaks by itself.

    Raises:
        CallerError: it is, or was, the number of somebody barred: it speaks for nobody.
    """
    barred = find_sharer(database, child, caller, adults, today)
    if barred is not None:
        msg = f"这个号码也是{barred.name}的（禁止接走），不能凭它授权。{_WITHOUT}"
        raise CallerError(msg, field="caller")
    young = find_youth(callers.read_history(database, child, caller.id), at_minute(today, 0))
    return "" if young is None else young.words(caller.name)


def refuse_young(words: str) -> CallerError:
    """Why a number of today does not speak, and what to do."""
    msg = f"{words}，今天不能凭它授权。请园长登录后办理、输口令担保，或{_WITHOUT}"
    return CallerError(msg, field="caller")


def find_spoiled(
    database: Database,
    grant: Grant,
    child: ChildId,
    caller: AdultOf,
    adults: Iterable[AdultOf],
    until: dt.datetime | None = None,
) -> str:
    """Why a call of earlier today is worth nothing any more, and what to do; empty where it still is.

    A grant dies with its number: changed, put back, merged or found to be a barred person's since, nobody
    knows any more who rang. ``until`` is of a departure put down another day.
    """
    barred = None if until is not None else find_sharer(database, child, caller, adults, grant.day)
    if barred is not None:
        return f"{grant.caller_words}来电的号码也是{barred.name}的（禁止接走），这次授权作废。{_WITHOUT}"
    broken = find_break(callers.read_history(database, child, caller.id), grant.made_at, until)
    if broken is None:
        return ""
    return (
        f"{broken.words(grant.caller_words)}，在这次授权之后：授权作废。"
        "请按档案里现在的号码打给监护人核实，由园长登录重新授权，或请监护人本人来，或由园长放行。"
    )
