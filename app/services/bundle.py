"""All services of one open file, and the one way to take an act back."""

import random
from functools import cached_property
from typing import TYPE_CHECKING

from app.domain.changes import Done, Undo
from app.domain.errors import RuleError
from app.domain.ids import (
    BatchId,
    BelongingId,
    BookingId,
    CardId,
    ChildId,
    ContactId,
    DraftId,
    FollowUpId,
    GrantId,
    ReleaseId,
    RollCallId,
    SpellId,
    StepId,
    VisitId,
)
from app.domain.staff import Actor

if TYPE_CHECKING:
    from app.services.absences import Absences
    from app.services.admission_lists import AdmissionLists
    from app.services.admissions import Admissions
    from app.services.alarms import Alarms
    from app.services.allergy_answers import AllergyAnswers
    from app.services.arrivals import Arrivals
    from app.services.belongings import Belongings
    from app.services.bookings import Bookings
    from app.services.cards import Cards
    from app.services.cashier import Cashier
    from app.services.centre_info import CentreInfo
    from app.services.class_moves import ClassMoves
    from app.services.class_services import ClassServices
    from app.services.classroom import Classroom
    from app.services.desk import Desk
    from app.services.exporting import Exporting
    from app.services.finding import Finding
    from app.services.forgotten import Forgotten
    from app.services.grants import Grants
    from app.services.handover import Handover
    from app.services.health_services import HealthServices
    from app.services.importing import Importing
    from app.services.intake import Intake
    from app.services.manage import Manage
    from app.services.menus import Menus
    from app.services.month import Month
    from app.services.papers import Papers
    from app.services.people import People
    from app.services.pickup import Pickup
    from app.services.pins import Pins
    from app.services.record_keeping import RecordKeeping
    from app.services.record_merging import Merging
    from app.services.record_papers import RecordPapers
    from app.services.records import Records
    from app.services.ringing import Ringing
    from app.services.rollcall import RollCalls
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

    def look_ahead(self) -> None:
        """Make today's board before anybody asks for it: at the start somebody soon will."""
        self.desk.look_ahead()

    def warm(self) -> None:
        """Load what the first acts at the desk need, while nobody waits for it."""
        self._database.warm()
        _ = self.arrivals, self.pickup, self.intake
        self.finding.warm()

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
    def allergies(self) -> "AllergyAnswers":
        """What a guardian says of allergies at the door."""
        from app.services.allergy_answers import AllergyAnswers

        return AllergyAnswers(self._database, self._clock, self.pins)

    @cached_property
    def pickup(self) -> "Pickup":
        """Children are handed back."""
        from app.services.pickup import Pickup

        def door_words(actor: Actor, visit: VisitId) -> str:
            return self.handover.door_words(actor, visit)  # made when it is asked for

        return Pickup(self._database, self._clock, self.desk, door_words, self.pins)

    @cached_property
    def pins(self) -> "Pins":
        """Who confirms at the same screen."""
        from app.services.pins import Pins

        return Pins(self._database, self._clock, self._rng)

    @cached_property
    def grants(self) -> "Grants":
        """Authorisations by phone."""
        from app.services.grants import Grants

        return Grants(self._database, self._clock, self._rng)

    @cached_property
    def alarms(self) -> "Alarms":
        """禁止接走."""
        from app.services.alarms import Alarms

        return Alarms(self._database, self._clock, self.pins)

    @cached_property
    def belongings(self) -> "Belongings":
        """What children brought along."""
        from app.services.belongings import Belongings

        return Belongings(self._database)

    @cached_property
    def forgotten(self) -> "Forgotten":
        """Stays of earlier days that nobody ended."""
        from app.services.forgotten import Forgotten

        return Forgotten(self._database, self._clock, self.desk)

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

        return Classroom(self._database, self._clock, self.classes.seams)

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
        from app.services.shift_joins import medicine_back

        return Papers(self._database, self._clock, medicine_back(self._database))

    @cached_property
    def bookings(self) -> "Bookings":
        """Half days, temporary days and hours agreed beforehand."""
        from app.services.bookings import Bookings

        return Bookings(self._database, self._clock, self.pins)

    @cached_property
    def ringing(self) -> "Ringing":
        """Ringing a family, and what was said."""
        from app.services.ringing import Ringing

        return Ringing(self._database, self._clock)

    @cached_property
    def absences(self) -> "Absences":
        """Who stays away, why, until when; and asking after those of whom nobody knows."""
        from app.services.absences import Absences

        return Absences(self._database, self._clock)

    @cached_property
    def seals(self) -> "Seals":
        """Whether a code on a paper is ours."""
        from app.services.seals import Seals

        return Seals(self._database, self._clock)

    @cached_property
    def cards(self) -> "Cards":
        """Cards for bringing and fetching."""
        from app.services.cards import Cards

        return Cards(self._database, self._clock)

    @cached_property
    def finding(self) -> "Finding":
        """Everything that can be found by typing: children, adults, papers."""
        from app.services.finding import Finding

        return Finding(self._database, self.desk)

    @cached_property
    def month(self) -> "Month":
        """The director's month."""
        from app.services.month import Month

        return Month(self._database, self._clock)

    @cached_property
    def records(self) -> "Records":
        """档案: every child's record, to be read."""
        from app.services.records import Records

        return Records(self._database, self._clock, self.desk.index)

    @cached_property
    def record_keeping(self) -> "RecordKeeping":
        """A child's own fields; ``record_keeping.family`` keeps her adults."""
        from app.services.record_keeping import RecordKeeping

        return RecordKeeping(self._database, self._clock, self.pins)

    @cached_property
    def record_papers(self) -> "RecordPapers":
        """Consents, papers and photos."""
        from app.services.record_papers import RecordPapers

        return RecordPapers(self._database, self._clock)

    @cached_property
    def merging(self) -> "Merging":
        """Two records of one person."""
        from app.services.record_merging import Merging

        return Merging(self._database, self._clock)

    @cached_property
    def importing(self) -> "Importing":
        """Lists of children that a centre brings along."""
        from app.services.importing import Importing

        return Importing(self._database, self._clock)

    @cached_property
    def exporting(self) -> "Exporting":
        """Lists as tables for Excel."""
        from app.services.exporting import Exporting

        return Exporting(self._database, self._clock, self.desk)

    @cached_property
    def admissions(self) -> "Admissions":
        """Asking for a place, and every step of a child's life here."""
        from app.services.admissions import Admissions

        return Admissions(self._database, self._clock, self.pins)

    @cached_property
    def admission_lists(self) -> "AdmissionLists":
        """Who stands where, the waiting list, and the forecast."""
        from app.services.admission_lists import AdmissionLists

        return AdmissionLists(self._database, self._clock, self.records.entry_gaps)

    @cached_property
    def class_moves(self) -> "ClassMoves":
        """Several children change their class together."""
        from app.services.class_moves import ClassMoves

        return ClassMoves(self._database, self._clock, self.pins)

    @cached_property
    def safekeeping(self) -> "Safekeeping":
        """Back-ups and the health of the file."""
        from app.services.safekeeping import Safekeeping

        return Safekeeping(self._database, self._clock)

    @cached_property
    def manage(self) -> "Manage":
        """The settings of the centre, page by page."""
        from app.services.manage import Manage

        return Manage(self._database, self._clock, self.pins)

    @cached_property
    def rollcall(self) -> "RollCalls":
        """Who is inside and safe, when things go wrong."""
        from app.services.rollcall import RollCalls

        return RollCalls(self._database, self._clock, (self.cards.stay_of,))

    @cached_property
    def health(self) -> "HealthServices":
        """The children's health: a group of services."""
        from app.services.health_services import HealthServices

        return HealthServices(self._database, self._clock, self._rng, self.pins)

    @cached_property
    def classes(self) -> "ClassServices":
        """What surrounds a class's day beside the log: a group of services."""
        from app.services.class_services import ClassServices

        return ClassServices(self._database, self._clock, self._rng, self.pins)

    def undo(self, actor: Actor, undo: Undo, own_pin: str = "") -> Done[None]:
        """Take back what a service returned an ``Undo`` for; ``own_pin`` where that frees a barred person.

        Raises:
            NotUndoableError: nothing of that kind can be taken back.
            RuleError: it cannot be taken back any more; the sentence says why.
        """
        match undo.verb:
            case "check_in":
                return self.arrivals.undo_check_in(actor, VisitId(undo.key))
            case "note_absence":
                return self.arrivals.undo_absence(actor, ChildId(undo.key))
            case "allergy.answer":
                return self.allergies.undo(actor, undo.key)
            case "check_out":
                return self.pickup.undo_check_out(actor, VisitId(undo.key))
            case "card.issue":
                return self.cards.undo_issue(actor, CardId(undo.key))
            case "card.lost":
                return self.cards.undo_loss(actor, CardId(undo.key))
            case "classroom.log":
                return self.classroom.undo(actor, BatchId(undo.key))
            case "classroom.check":
                return self.classroom.undo_check(actor, VisitId(undo.key))
            case "settings":
                return self.manage.log.undo(actor, undo.key, own_pin)
            case "roll_call.start":
                return self.rollcall.void(actor, RollCallId(undo.key))
            case "roll_call.mark":
                return self.rollcall.undo_marks(actor, undo.key)
            case "roll_call.end":
                return self.rollcall.undo_end(actor, RollCallId(undo.key))
            case "records.act":
                return self.record_keeping.undo(actor, undo.key, own_pin)
            case "records.draft":
                return self.record_keeping.drafts.restore(actor, DraftId(undo.key))
            case "records.merge":
                return self.merging.undo(actor, undo.key)
            case "booking.make":
                return self.bookings.undo_made(actor, BookingId(undo.key))
            case "booking.end":
                return self.bookings.undo_end(actor, BookingId(undo.key))
            case "contact":
                return self.ringing.undo(actor, ContactId(undo.key))
            case "absence.spell":
                return self.absences.undo_spell(actor, SpellId(undo.key))
            case "absence.trace":
                return self.absences.undo_trace(actor, FollowUpId(undo.key))
            case "import_children":
                return self.importing.undo(actor, undo.key)
            case "life.step":
                return self.admissions.undo_step(actor, StepId(undo.key))
            case _:
                return (
                    self.health.undo(actor, undo)
                    or self.classes.undo(actor, undo)
                    or self._undo_at_the_door(actor, undo, own_pin)
                )

    def _undo_at_the_door(self, actor: Actor, undo: Undo, own_pin: str) -> Done[None]:
        """What was noted while children were handed back."""
        match undo.verb:
            case "check_out_together":
                return self.pickup.undo_together(actor, ReleaseId(undo.key))
            case "grant":
                return self.grants.withdraw(actor, GrantId(undo.key))
            case "grant_withdrawn":
                return self.grants.undo_withdraw(actor, GrantId(undo.key))
            case "belonging":
                return self.belongings.take_back(actor, BelongingId(undo.key))
            case _:
                if (done := self.alarms.undo(actor, undo, own_pin)) is not None:
                    return done
                msg = f"“{undo.label}”不能撤销。"
                raise NotUndoableError(msg)


def build(database: "Database", clock: "Clock", rng: random.Random) -> Services:
    """The services of one open file. ``rng`` draws pick-up codes and the key of a new centre."""
    return Services(database, clock, rng)
