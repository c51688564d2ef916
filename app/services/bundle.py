"""All services of one open file, and the one way to take an act back."""

import random
from dataclasses import dataclass

from app.domain.changes import Done, Undo
from app.domain.errors import RuleError
from app.domain.ids import BatchId, ChildId, VisitId
from app.domain.staff import Actor
from app.services.arrivals import Arrivals
from app.services.cashier import Cashier
from app.services.classroom import UNDO_LOG, Classroom
from app.services.desk import Desk
from app.services.handover import Handover
from app.services.intake import Intake
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


@dataclass(frozen=True, slots=True)
class Services:
    """Every job a person does at one centre."""

    setup: Setup
    people: People
    desk: Desk
    arrivals: Arrivals
    pickup: Pickup
    intake: Intake
    cashier: Cashier
    classroom: Classroom
    handover: Handover
    papers: Papers
    seals: Seals
    month: Month
    safekeeping: Safekeeping

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
            case verb if verb == UNDO_LOG:
                return self.classroom.undo(actor, BatchId(undo.key))
            case _:
                msg = f"“{undo.label}”不能撤销。"
                raise NotUndoableError(msg)


def build(database: Database, clock: Clock, rng: random.Random) -> Services:
    """Make every service on one open file. ``rng`` draws pick-up codes and the key of a new centre."""
    desk = Desk(database, clock)
    handover = Handover(database, clock)
    return Services(
        setup=Setup(database, clock, rng),
        people=People(database, clock),
        desk=desk,
        arrivals=Arrivals(database, clock, rng),
        pickup=Pickup(database, clock, desk, lambda actor, visit: handover.note(actor, visit).missing),
        intake=Intake(database, clock, rng),
        cashier=Cashier(database, clock),
        classroom=Classroom(database, clock),
        handover=handover,
        papers=Papers(database, clock),
        seals=Seals(database, clock),
        month=Month(database, clock),
        safekeeping=Safekeeping(database, clock),
    )
