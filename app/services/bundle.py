"""All services of one open file, and the one way to take an act back."""

import random
from functools import cached_property
from typing import TYPE_CHECKING

from app.domain.changes import Done, Undo
from app.domain.errors import RuleError
from app.domain.ids import BatchId, ChildId, VisitId
from app.domain.staff import Actor

if TYPE_CHECKING:
    from app.services.arrivals import Arrivals
    from app.services.cashier import Cashier
    from app.services.centre_info import CentreInfo
    from app.services.classroom import Classroom
    from app.services.desk import Desk
    from app.services.handover import Handover
    from app.services.intake import Intake
    from app.services.menus import Menus
    from app.services.month import Month
    from app.services.papers import Papers
    from app.services.people import People
    from app.services.pickup import Pickup
    from app.services.safekeeping import Safekeeping
    from app.services.seals import Seals
    from app.services.setup import Setup
    from app.store.database import Clock, Database


class NotUndoableError(RuleError):
    """This kind of act cannot be taken back."""


class Services:
    """Every job a person does at one centre.

    Each service is imported and made when it is first asked for: at the start of the program only those of
    the desk are (importing all takes longer than a bare window). Only the keeper thread asks.
    """

    def __init__(self, database: "Database", clock: "Clock", rng: random.Random) -> None:
        self._database, self._clock, self._rng = database, clock, rng

    def centre_info(self) -> "CentreInfo | None":
        """The centre, or None in a file that is to be set up; loads nothing else of the setting up."""
        from app.services.centre_info import read_centre

        return read_centre(self._database, self._clock)

    def warm(self) -> None:
        """Load what the first acts at the desk need, while nobody waits for it."""
        self._database.warm()
        _ = self.arrivals, self.pickup, self.intake

    @cached_property
    def setup(self) -> "Setup":
        """The centre itself: its first day and its settings."""
        from app.services.setup import Setup

        return Setup(self._database, self._clock, self._rng)

    @cached_property
    def people(self) -> "People":
        """Who works here."""
        from app.services.people import People

        return People(self._database, self._clock)

    @cached_property
    def desk(self) -> "Desk":
        """The board of today, and finding a child."""
        from app.services.desk import Desk

        return Desk(self._database, self._clock)

    @cached_property
    def arrivals(self) -> "Arrivals":
        """Children come in."""
        from app.services.arrivals import Arrivals

        return Arrivals(self._database, self._clock, self._rng)

    @cached_property
    def pickup(self) -> "Pickup":
        """Children are handed back."""
        from app.services.pickup import Pickup

        def door_words(actor: Actor, visit: VisitId) -> str:
            return self.handover.door_words(actor, visit)  # made when it is asked for

        return Pickup(self._database, self._clock, self.desk, door_words)

    @cached_property
    def intake(self) -> "Intake":
        """A child nobody has heard of."""
        from app.services.intake import Intake

        return Intake(self._database, self._clock, self._rng)

    @cached_property
    def cashier(self) -> "Cashier":
        """Receipts and refunds."""
        from app.services.cashier import Cashier

        return Cashier(self._database, self._clock)

    @cached_property
    def classroom(self) -> "Classroom":
        """The class's day."""
        from app.services.classroom import Classroom

        return Classroom(self._database, self._clock)

    @cached_property
    def menus(self) -> "Menus":
        """The day's menu and the plans of the classes."""
        from app.services.menus import Menus

        return Menus(self._database, self._clock)

    @cached_property
    def handover(self) -> "Handover":
        """The note to the parents."""
        from app.services.handover import Handover

        return Handover(self._database, self._clock)

    @cached_property
    def papers(self) -> "Papers":
        """The data of every paper, frozen."""
        from app.services.papers import Papers

        return Papers(self._database, self._clock)

    @cached_property
    def seals(self) -> "Seals":
        """Whether a code on a paper is ours."""
        from app.services.seals import Seals

        return Seals(self._database, self._clock)

    @cached_property
    def month(self) -> "Month":
        """The director's month."""
        from app.services.month import Month

        return Month(self._database, self._clock)

    @cached_property
    def safekeeping(self) -> "Safekeeping":
        """Back-ups and the health of the file."""
        from app.services.safekeeping import Safekeeping

        return Safekeeping(self._database, self._clock)

    def undo(self, actor: Actor, undo: Undo) -> Done[None]:
        """Take back what a service returned an ``Undo`` for.

        Raises:
            NotUndoableError: nothing of that kind can be taken back.
            RuleError: it cannot be taken back any more; the sentence says why.
        """
        match undo.verb:
            case "check_in":
                return self.arrivals.undo_check_in(actor, VisitId(undo.key))
            case "note_absence":
                return self.arrivals.undo_absence(actor, ChildId(undo.key))
            case "check_out":
                return self.pickup.undo_check_out(actor, VisitId(undo.key))
            case "classroom.log":
                return self.classroom.undo(actor, BatchId(undo.key))
            case "classroom.check":
                return self.classroom.undo_check(actor, VisitId(undo.key))
            case _:
                msg = f"“{undo.label}”不能撤销。"
                raise NotUndoableError(msg)


def build(database: "Database", clock: "Clock", rng: random.Random) -> Services:
    """The services of one open file. ``rng`` draws pick-up codes and the key of a new centre."""
    return Services(database, clock, rng)
