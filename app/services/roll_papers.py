"""Freezing a roll call and the list of who is inside for paper."""

import datetime as dt
from collections.abc import Iterable, Sequence

from app.domain.phones import spaced_phone
from app.domain.rollcall import Call, CallKind, Head, HeadState, group_heads, took_minutes
from app.domain.seals import SealKind, seal
from app.reports.roll_call import RollCallClass, RollCallHead, RollCallPaper
from app.reports.who_is_inside import InsideChild, InsideClass, WhoIsInside
from app.services.numbers import roll_call_number
from app.services.roll import Roll
from app.store import centre, rollcall
from app.store.database import Database
from app.store.stamps import day_of


def freeze_call(
    database: Database, call: Call, heads: Iterable[Head], made_by: str, now: dt.datetime
) -> RollCallPaper:
    """A call as it stands; one under way shows how far it has come."""
    place, note = centre.find_centre(database), rollcall.find_note(database, call.id)
    everybody, day = list(heads), day_of(call.started_at)
    classes = [(group.id, group.name, group.colour) for group in centre.list_classes(database, day)]
    number = roll_call_number(day, call.id)
    children = sum(head.is_child for head in everybody)
    return RollCallPaper(
        centre="" if place is None else place.name,
        day=day,
        real=call.kind is CallKind.REAL,
        plan=call.plan,
        started=call.started_at,
        started_by=call.started_by,
        ended=call.ended_at,
        ended_by=call.ended_by,
        took=took_minutes(call.started_at, call.ended_at or now),
        children=children,
        staff=len(everybody) - children,
        classes=tuple(
            RollCallClass(group.name, tuple(_line(head) for head in group.heads))
            for group in group_heads(everybody, classes)
        ),
        course=note.course,
        problems=note.problems,
        improvements=note.improvements,
        remarks=note.remarks,
        number=number,
        seal="" if place is None else seal(place.seal_key, SealKind.ROLL_CALL, number),
        practice=place is not None and place.practice,
        made_by=made_by,
    )


def freeze_inside(database: Database, roll: Roll) -> WhoIsInside:
    """Who is inside by class with whole phone numbers, and who looks after them."""
    place = centre.find_centre(database)
    staff = [head for head in roll.heads if not head.is_child]
    return WhoIsInside(
        centre="" if place is None else place.name,
        at=roll.at,
        classes=tuple(
            InsideClass(
                group.name,
                tuple(_child(head) for head in group.heads),
                tuple(one.name for one in staff if one.class_name == group.name),
            )
            for group in roll.groups
            if group.class_id is not None
        ),
        others=tuple(f"{one.role} {one.name}" for one in _without_class(staff, roll)),
        phone="" if place is None else place.phone,
        practice=place is not None and place.practice,
    )


def _without_class(staff: Sequence[Head], roll: Roll) -> list[Head]:
    """Staff whose class has nobody inside stand among the others."""
    shown = {group.name for group in roll.groups if group.class_id is not None}
    return [one for one in staff if one.class_name not in shown]


def _child(head: Head) -> InsideChild:
    return InsideChild(
        name=head.name,
        age=head.age,
        allergy="、".join(head.allergies),
        contacts=tuple(
            f"{one.relation} {one.name} {spaced_phone(one.phone)}".strip() for one in head.contacts[:3]
        ),
        where=head.where,
    )


def _line(head: Head) -> RollCallHead:
    missing = head.state is HeadState.MISSING
    note = "点名开始后入园" if head.late else ""
    return RollCallHead(head.name, head.state.label, head.at, head.by, missing, note)
