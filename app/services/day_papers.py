"""Freezing the list of who is to come, and the register of askings (T3b), for paper."""

import datetime as dt
from collections.abc import Iterable

from app.domain.absences import INFECTIOUS, RESULTS, WAYS
from app.domain.ages import age_words
from app.domain.capacity import clock
from app.domain.phones import spaced_phone
from app.reports.absence_register import AbsenceRegister, FollowUpLine
from app.reports.expected_list import ExpectedChild, ExpectedClass, ExpectedList
from app.services.booking_week import ring_order
from app.store import absences, allergies, attendance, bookings, centre, day, people
from app.store.absences import KeptFollowUp
from app.store.database import Database
from app.store.day import Expected


def freeze_expected(database: Database, on: dt.date) -> ExpectedList:
    """Who is to come on a day by contract and by booking, class by class in the order of their hours."""
    place = centre.find_centre(database)
    away = {one.who.id for one in day.list_away(database, on)}
    everybody = day.list_expected(database, on)
    coming = sorted((one for one in everybody if one.who.id not in away), key=lambda one: one.from_minute)
    avoided, groups = allergies.list_allergies(database), []
    for group in centre.list_classes(database, on):
        own = tuple(
            _child(database, one, on, avoided.get(one.who.id, ()))
            for one in coming
            if one.class_id == group.id
        )
        if own:
            groups.append(ExpectedClass(group.name, own))
    return ExpectedList(
        centre="" if place is None else place.name,
        day=on,
        classes=tuple(groups),
        away=sum(one.who.id in away for one in everybody),
        practice=place is not None and place.practice,
    )


def freeze_follow_ups(database: Database, month: str, kept: Iterable[KeptFollowUp]) -> AbsenceRegister:
    """Askings of a month in their order, with the day on which the child was seen again."""
    place = centre.find_centre(database)
    return AbsenceRegister(
        centre="" if place is None else place.name,
        month=month,
        lines=tuple(_line(database, one) for one in kept),
        practice=place is not None and place.practice,
    )


def follow_up_lines(database: Database, first: dt.date, last: dt.date) -> tuple[FollowUpLine, ...]:
    """The askings of some days in their order."""
    return tuple(_line(database, one) for one in absences.list_follow_ups(database, first, last))


def _child(database: Database, one: Expected, on: dt.date, avoided: tuple[str, ...]) -> ExpectedChild:
    adults = ring_order(people.list_adults(database, one.who.id, on))
    first = adults[0] if adults else None
    held = None if one.tariff is None else bookings.find_on(database, one.who.id, on, one.from_minute)
    notes = (f"{'、'.join(avoided)}过敏" if avoided else "", "" if held is None else held.note)
    return ExpectedChild(
        name=one.who.name,
        age=age_words(one.who.born_on, on),
        hours=f"{clock(one.from_minute)}–{clock(one.to_minute)}",
        care=one.mode.label if one.tariff is None else one.tariff.label,
        ring="" if first is None else f"{first.tie.relation} {first.name} {spaced_phone(first.phone)}",
        note="；".join(note for note in notes if note),
        booked=one.tariff is not None,
    )


def _line(database: Database, one: KeptFollowUp) -> FollowUpLine:
    told = one.told
    named = {group.id: group.name for group in centre.list_classes(database, told.day)}
    held, last = day.find_enrolment(database, told.child, told.day), day.last_class(database, told.child)
    returned = attendance.next_arrival(database, told.child, told.day)
    hope = told.returns_on if returned is None else None  # what was hoped for is no day on which she came
    hoped = "" if hope is None else f"预计 {hope.month}月{hope.day}日返园"
    place = held.class_id if held is not None else None if last is None else last[0]
    return FollowUpLine(
        day=told.day,
        class_name="" if place is None else named.get(place, ""),
        name=one.child_name,
        away_since=told.away_since,
        traced_by=one.traced_by,
        way=WAYS.get(told.way, told.way),
        whom=told.whom,
        cause=RESULTS.get(told.result, told.result),
        illness=told.illness,
        hospital=told.hospital,
        diagnosis=told.diagnosis,
        infectious=INFECTIOUS.get(told.infectious, "") if told.result == "sick" else "",
        handling="；".join(words for words in (told.handling, hoped) if words),
        returned=returned,
    )
