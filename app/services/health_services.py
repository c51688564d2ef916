"""The services of the children's health, reached as ``services.health``."""

import random
from functools import cached_property
from typing import TYPE_CHECKING

from app.domain.changes import Done, Undo
from app.domain.ids import CaseId, ClearanceId, FeverId, FeverStepId, InjuryId, RegisterEntryId, RequestId
from app.domain.staff import Actor

if TYPE_CHECKING:
    from app.services.attendance_paper import AttendancePaper
    from app.services.concerns import Concerns
    from app.services.doctor_visits import DoctorVisits
    from app.services.fevers import Fevers
    from app.services.food_samples import FoodSamples
    from app.services.growth import Growth
    from app.services.growth_tables import GrowthTables
    from app.services.health_counts import HealthCounts
    from app.services.health_forms import HealthForms
    from app.services.health_papers import HealthPapers
    from app.services.health_people import HealthPeople
    from app.services.illness import Illness
    from app.services.injuries import Injuries
    from app.services.medicine import Medicine
    from app.services.pins import Pins
    from app.services.register_ticks import Ticks
    from app.services.registers import Registers
    from app.services.rounds import Rounds
    from app.store.database import Clock, Database


class HealthServices:
    """Each is imported and made when it is first asked for, on the keeper thread.

    Rounds, medicine, injuries, illness, growth, visits of the doctor, registers.
    """

    def __init__(self, database: "Database", clock: "Clock", rng: random.Random, pins: "Pins") -> None:
        self._database, self._clock, self._rng, self._pins = database, clock, rng, pins

    @cached_property
    def rounds(self) -> "Rounds":
        """晨检, 午检, 全日观察."""
        from app.services.rounds import Rounds

        return Rounds(self._database, self._clock)

    @cached_property
    def fevers(self) -> "Fevers":
        """发热处理."""
        from app.services.fevers import Fevers

        return Fevers(self._database, self._clock)

    @cached_property
    def medicine(self) -> "Medicine":
        """带药."""
        from app.services.medicine import Medicine

        return Medicine(self._database, self._clock, self._pins)

    @cached_property
    def papers(self) -> "HealthPapers":
        """The registers of rounds and medicine, frozen for paper."""
        from app.services.health_papers import HealthPapers

        return HealthPapers(self._database, self._clock)

    @cached_property
    def attendance(self) -> "AttendancePaper":
        """出勤登记 for paper."""
        from app.services.attendance_paper import AttendancePaper

        return AttendancePaper(self._database, self._clock)

    @cached_property
    def people(self) -> "HealthPeople":
        """Who can be named in a form."""
        from app.services.health_people import HealthPeople

        return HealthPeople(self._database, self._clock)

    @cached_property
    def injuries(self) -> "Injuries":
        """意外伤害."""
        from app.services.injuries import Injuries

        return Injuries(self._database, self._clock, self._pins)

    @cached_property
    def concerns(self) -> "Concerns":
        """疑似侵害: restricted."""
        from app.services.concerns import Concerns

        return Concerns(self._database, self._clock, self._pins)

    @cached_property
    def illness(self) -> "Illness":
        """Who stays at home, clusters, observation."""
        from app.services.illness import Illness

        return Illness(self._database, self._clock, self._pins)

    @cached_property
    def registers(self) -> "Registers":
        """The registers kept in rounds."""
        from app.services.registers import Registers

        return Registers(self._database, self._clock)

    @cached_property
    def samples(self) -> "FoodSamples":
        """食品留样 from the menu."""
        from app.services.food_samples import FoodSamples

        return FoodSamples(self._database, self._clock)

    @cached_property
    def ticks(self) -> "Ticks":
        """The registers that are grids."""
        from app.services.register_ticks import Ticks

        return Ticks(self._database, self._clock)

    @cached_property
    def forms(self) -> "HealthForms":
        """Papers of injuries, illness and registers."""
        from app.services.health_forms import HealthForms

        return HealthForms(self._database, self._clock)

    @cached_property
    def growth(self) -> "Growth":
        """身高体重."""
        from app.services.growth import Growth

        return Growth(self._database, self._clock)

    @cached_property
    def growth_tables(self) -> "GrowthTables":
        """The tables of growth that the centre loads itself."""
        from app.services.growth_tables import GrowthTables

        return GrowthTables(self._database)

    @cached_property
    def doctor(self) -> "DoctorVisits":
        """医育结合."""
        from app.services.doctor_visits import DoctorVisits

        return DoctorVisits(self._database, self._clock)

    def counts(self, actor: Actor) -> "HealthCounts":
        """How much waits on each page."""
        from app.services.health_counts import count

        return count(self._database, self._clock, actor)

    def undo(self, actor: Actor, undo: Undo) -> Done[None] | None:
        """Take back what one of these returned an ``Undo`` for; None if the verb is none of theirs."""
        match undo.verb:
            case "health.round":
                return self.rounds.undo(actor, undo.key)
            case "health.fever":
                return self.fevers.undo_case(actor, FeverId(undo.key))
            case "health.fever_step":
                return self.fevers.undo_step(actor, FeverStepId(undo.key))
            case "health.medicine":
                return self.medicine.undo_take(actor, RequestId(undo.key))
            case "health.dose":
                return self.medicine.undo_act(actor, undo.key)
            case "health.medicine_return":
                return self.medicine.undo_return(actor, undo.key)
            case "health.injury":
                return self.injuries.undo_note(actor, InjuryId(undo.key))
            case "health.case":
                return self.illness.undo_note(actor, CaseId(undo.key))
            case "health.clearance":
                return self.illness.undo_clearance(actor, ClearanceId(undo.key))
            case "health.report_absence" | "health.report_follow_up":
                return self.illness.restore_report(actor, undo.verb.removeprefix("health.report_"), undo.key)
            case "health.register":
                return self.registers.undo_keep(actor, RegisterEntryId(undo.key))
            case "health.register_end":
                return self.registers.undo_end(actor, RegisterEntryId(undo.key))
            case "health.register_day":
                return self.registers.undo_day(actor, RegisterEntryId(undo.key))
            case "growth.measure":
                return self.growth.reverse(actor, undo.key)
            case "growth.standard":
                return self.growth_tables.reverse(actor, undo.key)
            case "doctor.visit":
                return self.doctor.reverse(actor, undo.key)
            case _:
                return None
