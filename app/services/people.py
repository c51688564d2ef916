"""Who works here: the choice at the sign-in."""

from app.domain.ids import StaffId
from app.domain.staff import Actor
from app.store import people
from app.store.database import Clock, Database
from app.store.stamps import day_of


class People:
    """Readings about staff. They need no actor: nobody has signed in yet."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def staff(self) -> tuple[Actor, ...]:
        """Staff on file today, in the order of roles."""
        return people.list_staff(self._database, day_of(self._clock()))

    def find(self, staff: StaffId) -> Actor | None:
        """One staff member who works here today: who signed in last is signed in again."""
        return next((one for one in self.staff() if one.id == staff), None)
