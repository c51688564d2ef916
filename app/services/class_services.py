"""The services around a class's day beside the log, reached as ``services.classes``."""

import random
from functools import cached_property
from typing import TYPE_CHECKING

from app.domain.changes import Done, Undo
from app.domain.ids import (
    ActivityId,
    CountId,
    DutyId,
    InstructionId,
    ObservationActId,
    PointId,
    SentenceId,
    SheetId,
    SignatureId,
    ToldId,
    WalkId,
    WeekPlanId,
)
from app.domain.staff import Actor

if TYPE_CHECKING:
    from app.services.activity_library import ActivityLibrary
    from app.services.booklets import Booklets
    from app.services.class_band import ClassBands
    from app.services.class_history import ClassHistory
    from app.services.class_photos import ClassPhotos
    from app.services.class_phrases import ClassPhrases
    from app.services.class_seams import Seams
    from app.services.corrections import Corrections
    from app.services.curriculum import Curriculum
    from app.services.day_moves import DayMoves
    from app.services.dish_answers import DishAnswers
    from app.services.duty import Duty
    from app.services.duty_hours import DutyHours
    from app.services.headcounts import HeadCounts
    from app.services.instructions import Instructions
    from app.services.observations import Observations
    from app.services.outdoors import Outdoors
    from app.services.pins import Pins
    from app.services.sheet_drafts import SheetDrafts
    from app.services.shifts import Shifts
    from app.services.telling import Telling
    from app.services.term_summaries import TermSummaries
    from app.services.walks import Walks
    from app.services.week_menus import WeekMenus
    from app.store.database import Clock, Database


class ClassServices:
    """Each is imported and made when it is first asked for, on the keeper thread.

    Who works in which class, counting heads, walks, shift handover, instructions, curriculum, observations.
    """

    def __init__(self, database: "Database", clock: "Clock", rng: random.Random, pins: "Pins") -> None:
        self._database, self._clock, self._rng, self._pins = database, clock, rng, pins

    @cached_property
    def curriculum(self) -> "Curriculum":
        """The plans of the classes' weeks."""
        from app.services.curriculum import Curriculum

        return Curriculum(self._database, self._clock, self.library)

    @cached_property
    def library(self) -> "ActivityLibrary":
        """The library of activities."""
        from app.services.activity_library import ActivityLibrary

        return ActivityLibrary(self._database, self._clock)

    @cached_property
    def observations(self) -> "Observations":
        """What teachers saw."""
        from app.services.observations import Observations

        return Observations(self._database, self._clock)

    @cached_property
    def summaries(self) -> "TermSummaries":
        """A term of one child, for the parents."""
        from app.services.term_summaries import TermSummaries

        return TermSummaries(self._database, self._clock, self.library)

    @cached_property
    def booklets(self) -> "Booklets":
        """A month of one child, for the parents."""
        from app.services.booklets import Booklets

        return Booklets(self._database, self._clock)

    @cached_property
    def duty(self) -> "Duty":
        """Clocking into and out of classes."""
        from app.services.duty import Duty

        return Duty(self._database, self._clock)

    @cached_property
    def band(self) -> "ClassBands":
        """Who is in a class, heads, the last count."""
        from app.services.class_band import ClassBands

        return ClassBands(self._database, self._clock)

    @cached_property
    def sheets(self) -> "SheetDrafts":
        """Head counts and shift sheets that are not finished."""
        from app.services.sheet_drafts import SheetDrafts

        return SheetDrafts(self._database, self._clock)

    @cached_property
    def hours(self) -> "DutyHours":
        """Hours worked, by class and person."""
        from app.services.duty_hours import DutyHours

        return DutyHours(self._database, self._clock)

    @cached_property
    def counts(self) -> "HeadCounts":
        """Heads counted by name."""
        from app.services.headcounts import HeadCounts

        return HeadCounts(self._database, self._clock)

    @cached_property
    def walks(self) -> "Walks":
        """Groups that go outside."""
        from app.services.walks import Walks

        return Walks(self._database, self._clock, self.seams)

    @cached_property
    def moves(self) -> "DayMoves":
        """Children who change the class within the day."""
        from app.services.day_moves import DayMoves

        return DayMoves(self._database, self._clock, self._pins)

    @cached_property
    def instructions(self) -> "Instructions":
        """What families ask for."""
        from app.services.instructions import Instructions

        return Instructions(self._database, self._clock)

    @cached_property
    def telling(self) -> "Telling":
        """What is said and signed at the door, and a sentence for a whole class."""
        from app.services.shift_joins import medicine_back
        from app.services.telling import Telling

        return Telling(self._database, self._clock, medicine_back(self._database))

    @cached_property
    def shifts(self) -> "Shifts":
        """交接班: what one shift hands to the next."""
        from app.services.shift_joins import joined
        from app.services.shifts import Shifts

        return Shifts(self._database, self._clock, self._pins, joined(self._database))

    @cached_property
    def seams(self) -> "Seams":
        """What other parts tell the class about its children."""
        from app.services.class_joins import joined

        return joined(self._database)

    @cached_property
    def corrections(self) -> "Corrections":
        """Entries of the log that were wrong."""
        from app.services.corrections import Corrections

        return Corrections(self._database, self._clock)

    @cached_property
    def history(self) -> "ClassHistory":
        """The log of a class, page by page."""
        from app.services.class_history import ClassHistory

        return ClassHistory(self._database, self._clock)

    @cached_property
    def photos(self) -> "ClassPhotos":
        """Photos of the day."""
        from app.services.class_photos import ClassPhotos

        return ClassPhotos(self._database, self._clock)

    @cached_property
    def phrases(self) -> "ClassPhrases":
        """The centre's stock phrases."""
        from app.services.class_phrases import ClassPhrases

        return ClassPhrases(self._database, self._clock)

    @cached_property
    def outdoors(self) -> "Outdoors":
        """How long a class was outdoors."""
        from app.services.outdoors import Outdoors

        return Outdoors(self._database, self._clock)

    @cached_property
    def week_menus(self) -> "WeekMenus":
        """The kitchen's week."""
        from app.services.week_menus import WeekMenus

        return WeekMenus(self._database, self._clock)

    @cached_property
    def dishes(self) -> "DishAnswers":
        """What dishes hold whose names do not tell."""
        from app.services.dish_answers import DishAnswers

        return DishAnswers(self._database, self._clock)

    def undo(self, actor: Actor, undo: Undo) -> Done[None] | None:
        """Take back what one of these returned an ``Undo`` for; None if the verb is none of theirs."""
        match undo.verb:
            case "curriculum.week":
                return self.curriculum.undo_week(actor, WeekPlanId(undo.key))
            case "curriculum.activity":
                return self.library.undo_added(actor, ActivityId(undo.key))
            case "curriculum.activity_ended":
                return self.library.undo_ended(actor, ActivityId(undo.key))
            case "curriculum.observation":
                return self.observations.undo(actor, ObservationActId(undo.key))
            case "duty.in":
                return self.duty.undo_in(actor, DutyId(undo.key))
            case "duty.out":
                return self.duty.undo_out(actor, DutyId(undo.key))
            case "duty.correct":
                return self.duty.undo_correction(actor, DutyId(undo.key))
            case "count.close":
                return self.counts.undo(actor, CountId(undo.key))
            case "walk.start":
                return self.walks.undo_start(actor, WalkId(undo.key))
            case "walk.back":
                return self.walks.undo_back(actor, WalkId(undo.key))
            case "walk.arrive":
                return self.walks.undo_arrive(actor, WalkId(undo.key))
            case "day_move":
                return self.moves.undo(actor, undo.key)
            case "instruction.add":
                return self.instructions.undo_add(actor, InstructionId(undo.key))
            case "instruction.end":
                return self.instructions.undo_end(actor, InstructionId(undo.key))
            case "door.tell":
                return self.telling.undo_tell(actor, ToldId(undo.key))
            case "door.sign":
                return self.telling.undo_sign(actor, SignatureId(undo.key))
            case "class.sentence":
                return self.telling.undo_sentence(actor, SentenceId(undo.key))
            case "shift.sheet":
                return self.shifts.void(actor, SheetId(undo.key))
            case "shift.point":
                return self.shifts.undo_point(actor, PointId(undo.key))
            case "shift.point_closed":
                return self.shifts.reopen(actor, PointId(undo.key))
            case _:
                return None
