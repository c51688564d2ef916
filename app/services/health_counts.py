"""How much waits on each page of the health room, so that it is seen without opening the page."""

from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.doctor_visits import DoctorVisits
from app.services.illness_views import list_reports
from app.services.registers import Registers
from app.services.scope import Scope
from app.store import fever, illness_reports, injuries, medicine
from app.store.database import Clock, Database
from app.store.stamps import day_of


@record
class HealthCounts:
    """One number a page; 0 where nothing waits."""

    fever: int  # fevers under way
    medicine: int  # doses of today that wait
    injuries: int  # not told or not signed
    illness: int  # children said to be ill or found hot of whom there is no case yet
    registers: int  # samples to discard, hazards to look at again: what is due by now
    doctor: int  # exams and vaccination books that are due, as the page lists them, and the month's visit


def count(database: Database, clock: Clock, actor: Actor) -> HealthCounts:
    """All of them at one moment; for a teacher, of the children of her own classes."""
    actor.require(Permission.SEE_HEALTH)
    today = day_of(clock())
    scope = Scope(database, clock)
    taken = scope.own(actor, medicine.list_of_days(database, today, today), lambda one: one.child)
    fevers = scope.own(actor, fever.list_open(database), lambda one: one.child)
    gone = illness_reports.list_dismissed(database)
    told = scope.own(actor, list_reports(database, today, gone), lambda one: one.child)
    hurt = scope.own(actor, injuries.list_undone(database), lambda one: one.told.child)
    exams, books, visit_lacks = DoctorVisits(database, clock).due_now(actor)
    return HealthCounts(
        fever=len(fevers),
        medicine=sum(len(one.waiting) for one in taken if one.inside and not one.returned),
        injuries=len(hurt),
        illness=len(told),
        registers=Registers(database, clock).overdue(actor),
        doctor=len(exams) + sum(one.late for one in books) + int(visit_lacks),
    )
