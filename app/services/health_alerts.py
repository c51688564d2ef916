"""What of the children's health everybody should see now: the chips of the status line."""

import datetime as dt

from app.domain.ids import ClassId, VisitId
from app.domain.looks import Chip, Tone
from app.domain.medicine import due_tone
from app.store import fever, medicine, settings
from app.store.database import Database
from app.store.stamps import day_of


def health_alerts(database: Database, now: dt.datetime) -> tuple[Chip, ...]:
    """Fevers under way with their next step, and doses that are late."""
    found = [
        Chip(f"{one.name} {one.chip(now).words}", one.chip(now).tone) for one in fever.list_open(database)
    ]
    today = day_of(now)
    late = settings.current(database, today).medicine_late_minutes
    for one in medicine.list_of_days(database, today, today):
        if one.inside and not one.returned:
            found += [
                Chip(f"{one.name} {dose.due_at:%H:%M} 的药还没喂", Tone.BAD)
                for dose in one.waiting
                if now > dose.due_at + dt.timedelta(minutes=late)
            ]
    return tuple(found)


def health_chips(
    database: Database, class_id: ClassId | None, now: dt.datetime
) -> tuple[dict[VisitId, tuple[Chip, ...]], tuple[Chip, ...]]:
    """For the cards of a class a fever under way and the next dose; for its head how many are next, when."""
    found: dict[VisitId, tuple[Chip, ...]] = {}
    for ladder in fever.list_open(database):
        if class_id in {None, ladder.class_id}:
            found[ladder.visit] = (ladder.chip(now),)
    today = day_of(now)
    late = settings.current(database, today).medicine_late_minutes
    waiting: list[dt.datetime] = []
    for one in medicine.list_of_days(database, today, today):
        if one.waiting and not one.returned and class_id in {None, one.class_id}:
            due = one.waiting[0].due_at
            chip = Chip(f"{due:%H:%M} 喂药", due_tone(due, now, late))
            found[one.visit] = (*found.get(one.visit, ()), chip)
            waiting += [dose.due_at for dose in one.waiting if one.inside]
    if not waiting:
        return found, ()
    first = min(waiting)
    head = Chip(f"{first:%H:%M} 待喂药 {waiting.count(first)}", due_tone(first, now, late))
    return found, (head,)
