"""Two children of one class on a day, for tests of what is logged and taken back."""

import dataclasses
import datetime as dt

from app.domain.ids import EntryId, VisitId
from app.domain.logbook import EntryDraft
from app.services.arrivals import CheckIn
from app.services.bundle import Services
from app.services.class_views import Except, TimelineRow
from tests.services.world import World


@dataclasses.dataclass
class Room:
    """The children who came, and short ways to what is done with them; alone the first of them is meant."""

    services: Services
    world: World
    visits: tuple[VisitId, ...]

    @property
    def teacher(self):
        return self.world.teacher

    def at(self, hour: int, minute: int = 0) -> dt.datetime:
        return self.world.clock.now.replace(hour=hour, minute=minute, second=0)

    def log(self, draft: EntryDraft, *, all_of: bool = False, but: tuple[Except, ...] = ()):
        chosen = self.visits if all_of else self.visits[:1]
        return self.services.classroom.log(self.teacher, chosen, draft, but=but)

    def rows(self) -> tuple[TimelineRow, ...]:
        """The day of the first child."""
        logged = self.services.classroom.timeline(self.teacher, self.visits[0]).rows
        return tuple(row for row in logged if row.entry is not None)

    def correct(self, entry: EntryId, draft: EntryDraft):
        return self.services.classes.corrections.correct(self.teacher, entry, draft)

    def undo(self, done):
        return self.services.undo(self.teacher, done.undo)

    def undo_entry(self, entry: EntryId):
        return self.services.classroom.undo_entry(self.teacher, entry)


def come(services: Services, world: World, names: tuple[str, ...], hour: int) -> Room:
    """These children come at half past eight; now it is so late."""
    world.clock.at(8, 30)
    visits = [
        services.arrivals.check_in(world.desk, CheckIn(world.children[name])).value.visit for name in names
    ]
    world.clock.at(hour)
    return Room(services, world, tuple(visits))
