"""Stays of earlier days that nobody ended.

They are repaired by ``Pickup.check_out`` with an hour and a reason. No hour is ever invented: somebody says
when she left, who took her and how one knows.
"""

from app.domain.ids import AdultId
from app.domain.pricing import Quote
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.cashier import quote_of
from app.services.collecting import tie_then
from app.services.desk import AdultRow, Desk
from app.services.open_papers import OpenPaper, OpenPapers
from app.store import people, releases, visits
from app.store.database import Clock, Database
from app.store.releases import OpenStay
from app.store.stamps import day_of


@record
class ForgottenStay:
    """One stay to repair. ``since_barred`` may have taken her as the file stood then, but never again."""

    stay: OpenStay
    adults: tuple[AdultRow, ...]
    quote: Quote | None
    papers: tuple[OpenPaper, ...] = ()
    since_barred: frozenset[AdultId] = frozenset()


class Forgotten:
    """The list of open stays of earlier days."""

    def __init__(self, database: Database, clock: Clock, desk: Desk) -> None:
        self._database, self._clock, self._desk = database, clock, desk
        self._papers = OpenPapers(database)

    def stays(self, actor: Actor) -> tuple[ForgottenStay, ...]:
        """What is to be repaired, oldest first, with who may have taken each child."""
        actor.require(Permission.READ)
        found = []
        for stay in releases.list_open_stays(self._database, day_of(self._clock())):
            kept = visits.find_visit(self._database, stay.visit)
            hour = stay.promised_at or stay.arrived_at
            found.append(
                ForgottenStay(
                    stay,
                    tuple(one for one in self._desk.card(actor, stay.child).adults if not one.detail),
                    None if kept is None else quote_of(self._database, kept, hour),
                    () if kept is None else self._papers.open(kept),
                    self._since_barred(stay),
                )
            )
        return tuple(found)

    def _since_barred(self, stay: OpenStay) -> frozenset[AdultId]:
        adults = people.list_adults(self._database, stay.child, stay.day)
        then = ((one.id, tie_then(self._database, stay.child, one, stay.arrived_at)) for one in adults)
        return frozenset(key for key, tie in then if tie is not None and tie.may_collect)
