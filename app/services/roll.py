"""Who is to be counted: everybody inside and at work now, and on the roll of a call under way."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from app.domain.ages import age_words
from app.domain.duty import DutyKind
from app.domain.ids import ClassId, VisitId
from app.domain.looks import NO_CLASS
from app.domain.places import is_outdoors
from app.domain.record import record
from app.domain.rollcall import Call, CallKind, Head, HeadGroup, HeadKey, HeadState, group_heads
from app.domain.staff import Role
from app.store import centre, day, duty, people, rollcall, walks
from app.store.allergies import list_allergies
from app.store.database import Database
from app.store.day import Stay
from app.store.rollcall import Person
from app.store.stamps import day_of, minute_of


@record
class Roll:
    """Everybody at one moment, by class. ``call`` is the roll call under way, if any."""

    at: dt.datetime
    call: Call | None
    groups: tuple[HeadGroup, ...]

    @property
    def heads(self) -> tuple[Head, ...]:
        """Everybody in the order of the groups."""
        return tuple(head for group in self.groups for head in group.heads)

    @property
    def is_real(self) -> bool:
        """Whether the real thing is under way."""
        return self.call is not None and self.call.kind is CallKind.REAL

    @property
    def missing(self) -> int:
        """How many are still to be found."""
        return sum(group.missing for group in self.groups)

    @property
    def children(self) -> int:
        """How many children are counted."""
        return sum(head.is_child for head in self.heads)


def make_roll(database: Database, now: dt.datetime, call: Call | None) -> Roll:
    """Everybody who is inside and at work now; during a call those on its roll, and who came since."""
    today = day_of(now)
    groups = {group.id: (group.name, group.colour) for group in centre.list_classes(database, today)}
    stays = [stay for stay in day.list_stays(database, today) if stay.left_at is None]
    heads = {head.key: head for head in _children(database, stays, groups, today)}
    heads |= {head.key: head for head in _staff(database, now, groups)}
    if call is not None:
        heads = _on_roll(database, call, heads)
    classes = [(key, name, colour) for key, (name, colour) in groups.items()]
    return Roll(now, call, group_heads(heads.values(), classes))


def past_heads(database: Database, call: Call) -> tuple[Head, ...]:
    """Everybody on the roll of a call as it was kept, whatever has happened since."""
    colours = {group.id: group.colour for group in centre.list_classes(database, day_of(call.started_at))}
    return tuple(
        _marked(_bare(person, colours.get(person.class_id or ClassId(0), NO_CLASS)), person, call)
        for person in rollcall.list_people(database, call.id)
    )


def _children(
    database: Database,
    stays: Iterable[Stay],
    groups: dict[ClassId, tuple[str, str]],
    today: dt.date,
) -> Iterable[Head]:
    inside = list(stays)
    contacts = rollcall.list_contacts(database, [stay.who.id for stay in inside])
    allergies = list_allergies(database)
    outside = {
        one.visit: f"{_out(walk.place)} {walk.started_at:%H:%M}"
        for walk in walks.list_open(database, today)
        for one in walk.children
    }
    for stay in inside:
        name, colour = groups.get(stay.class_id, ("", "brand"))
        substances = allergies.get(stay.who.id, ())
        unknown = ("过敏不清",) if stay.who.allergy == "unknown" else ()
        yield Head(
            key=HeadKey(visit=stay.visit),
            name=stay.who.name,
            class_id=stay.class_id,
            class_name=name,
            colour=colour,
            nickname=stay.who.nickname,
            age=age_words(stay.who.born_on, today),
            allergies=substances or unknown,
            contacts=contacts.get(stay.who.id, ()),
            where=_where(stay, today, outside.get(stay.visit, "")),
        )


def _out(place: str) -> str:
    """户外 公园; 医务室."""
    return f"户外 {place}" if is_outdoors(place) else place


def _where(stay: Stay, today: dt.date, outside: str) -> str:
    """户外活动场 10:05 goes before a nap that nobody ended."""
    if stay.day != today:
        return f"{stay.day.month}月{stay.day.day}日未办离园"
    if outside:
        return outside
    return "" if stay.asleep_since is None else f"午睡 {stay.asleep_since:%H:%M}"


def _staff(database: Database, now: dt.datetime, groups: dict[ClassId, tuple[str, str]]) -> Iterable[Head]:
    """Carers at work now, by the clock where they clocked in today, else by the rota.

    Of the others no shifts are kept, so all who work here are asked for. Who clocked out has gone home.
    """
    today, minute = day_of(now), minute_of(now)
    place: dict[int, str] = {}
    clocked: set[int] = set()
    outside = {one.staff: walk.place for walk in walks.list_open(database, today) for one in walk.carers}
    resting: set[int] = set()
    for one in duty.list_day(database, today):
        clocked.add(one.staff)
        if one.open:
            place[one.staff] = groups.get(one.class_id, ("", ""))[0]
            if one.kind is DutyKind.BREAK:
                resting.add(one.staff)
    for shift in people.list_shifts(database, today):
        running = shift.from_minute <= minute < shift.to_minute
        if running and shift.staff not in place and shift.staff not in clocked:
            place[shift.staff] = groups.get(shift.class_id, ("", ""))[0]
    for actor in people.list_staff(database, today):
        if actor.id not in place and (actor.role is Role.TEACHER or actor.id in clocked):
            continue
        where = outside.get(actor.id, "")
        yield Head(
            key=HeadKey(staff=actor.id),
            name=actor.name,
            class_id=None,
            class_name=place.get(actor.id, ""),
            colour="brand",
            role=actor.role.label,
            where=_out(where) if where else "休息" if actor.id in resting else "",
        )


def _on_roll(database: Database, call: Call, now: dict[HeadKey, Head]) -> dict[HeadKey, Head]:
    """Those on the roll first, in its order, with their marks; then who came in since it began."""
    listed = rollcall.list_people(database, call.id)
    visits = [person.key.visit for person in listed if person.key.visit is not None]
    gone = rollcall.departures(database, visits)
    found: dict[HeadKey, Head] = {}
    for person in listed:
        head = _marked(now.get(person.key) or _bare(person, "brand"), person, call)
        left = gone.get(person.key.visit or VisitId(0))
        if left is not None and head.state is HeadState.MISSING:
            head = replace(head, state=left[0], at=left[1])
        found[person.key] = head
    for key, head in now.items():
        if key not in found and head.is_child:
            found[key] = replace(head, late=True)
    return found


def _marked(head: Head, person: Person, call: Call) -> Head:
    late = person.key.visit is not None and person.listed_at > call.started_at
    return replace(
        head,
        name=person.name,
        class_name=person.class_name,
        class_id=person.class_id,
        state=person.state,
        at=person.at,
        by=person.by,
        late=late,
    )


def _bare(person: Person, colour: str) -> Head:
    return Head(person.key, person.name, person.class_id, person.class_name, colour)
