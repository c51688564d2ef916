"""The centre in a few words: all of it that the window's frame needs before anything else is loaded."""

from app.domain.record import record
from app.store import centre
from app.store.database import Clock, Database
from app.store.stamps import day_of


@record
class CentreInfo:
    """The centre in a few words, for the window's frame."""

    name: str
    practice: bool
    licensed_seats: int
    address: str
    phone: str


def read_centre(database: Database, clock: Clock) -> CentreInfo | None:
    """The centre, or None in a file that is to be set up."""
    found = centre.find_centre(database)
    if found is None:
        return None
    seats = centre.licensed_seats(database, day_of(clock()))
    return CentreInfo(found.name, found.practice, seats, found.address, found.phone)
