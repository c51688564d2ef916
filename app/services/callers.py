"""Whether a guardian who rings is believed by her number, and whether a call of earlier today still is."""

import datetime as dt
from collections.abc import Iterable

from app.domain.callers import Youth, find_break, find_youth
from app.domain.grants import CallerError
from app.domain.ids import AdultId, ChildId, GrantId
from app.domain.staff import Actor
from app.services.bars import find_sharer
from app.services.pins import Pins, SecondPersonError
from app.store import callers, grants, people
from app.store.database import Database
from app.store.grants import Grant
from app.store.people import AdultOf
from app.store.stamps import at_minute

_WITHOUT = "请监护人本人来，或由园长放行。"
_ANEW = "授权作废。请按档案里现在的号码打给监护人核实，由园长登录重新授权，或请监护人本人来，或由园长放行。"


def check_number(
    database: Database, child: ChildId, caller: AdultOf, adults: Iterable[AdultOf], today: dt.date
) -> Youth | None:
    """What a director has to vouch for before the number speaks today; None where it speaks by itself.

    Raises:
        CallerError: it is, or was, the number of somebody barred: it speaks for nobody.
    """
    barred = find_sharer(database, child, caller, adults, today)
    if barred is not None:
        msg = f"这个号码也是{barred.name}的（禁止接走），不能凭它授权。{_WITHOUT}"
        raise CallerError(msg, field="caller")
    return find_young(database, child, caller.id, today)


def find_young(database: Database, child: ChildId, adult: AdultId, today: dt.date) -> Youth | None:
    """What of an adult's number and her being a guardian of a child began today, and nobody vouches for."""
    return find_youth(callers.read_history(database, child, adult), at_minute(today, 0))


def check_vouching(pins: Pins, actor: Actor, young: Iterable[Youth | None]) -> None:
    """Pass if the director's PIN is as old as what she vouches for: a first one may be anybody's.

    Raises:
        SecondPersonError: it was chosen after that (``Pins.proves_since``).
    """
    since = pins.proves_since(actor.id)
    if since is not None and any(one is not None and one.event.at < since for one in young):
        msg = (
            f"{actor.name}的口令是这个号码登记以后才第一次设的，今天不能用来担保。"
            "请监护人本人来，或明天再凭这个号码授权。"
        )
        raise SecondPersonError(msg, field="own_pin")


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
    knows any more who rang; and with what the director vouched for. ``until`` is of a departure put down
    another day.
    """
    barred = None if until is not None else find_sharer(database, child, caller, adults, grant.day)
    if barred is not None:
        return f"{grant.caller_words}来电的号码也是{barred.name}的（禁止接走），这次授权作废。{_WITHOUT}"
    history, rung = callers.read_history(database, child, caller.id), callers.find_rung(database, grant.id)
    broken = find_break(history, grant.made_at if rung is None else rung.at, until)
    if broken is None and rung is not None and rung.moved is not None and rung.number != caller.phone:
        broken = Youth(rung.moved, of_number=True) if until is None or rung.moved.at <= until else None
    if broken is not None:
        return f"{broken.words(grant.caller_words)}，在这次授权之后：{_ANEW}"
    young = find_youth(history, at_minute(grant.day, 0), until)
    return "" if young is None else f"{young.words(grant.caller_words)}，园长的担保已经撤销：{_ANEW}"


def list_good(database: Database, callers_: Iterable[AdultId], today: dt.date) -> dict[GrantId, str]:
    """The authorisations of today that still open the door, of some who rang: who comes for it."""
    rang, found = frozenset(callers_), {}
    for one in grants.list_of_day(database, today) if rang else ():
        if one.over or one.caller not in rang:
            continue
        adults = people.list_adults(database, one.waiting[0], today)
        caller = next((adult for adult in adults if adult.id == one.caller), None)
        if caller is not None and not find_spoiled(database, one, one.waiting[0], caller, adults):
            found[one.id] = one.comer.words
    return found
