"""What of the children's health everybody should see now: the chips of the status line."""

import datetime as dt

from app.domain.ids import ClassId, VisitId
from app.domain.intolerances import stop_words
from app.domain.looks import Chip, Tone
from app.domain.medicine import due_tone
from app.services.medicine_allergies import clashes
from app.store import fever, medicine, settings
from app.store.database import Database
from app.store.stamps import day_of


def health_alerts(database: Database, now: dt.datetime) -> tuple[Chip, ...]:
    """Fevers under way with their next step, doses that are late, and those of what she does not tolerate."""
    found = [
        Chip(f"{one.name} {one.chip(now).words}", one.chip(now).tone) for one in fever.list_open(database)
    ]
    today = day_of(now)
    late = settings.current(database, today).medicine_late_minutes
    requests = [one for one in medicine.list_of_days(database, today, today) if one.inside]
    clashing = clashes(database, requests)
    for one in requests:
        if held := clashing.get(one.id):
            at = one.waiting[0].due_at
            found.append(Chip(f"{one.name} {at:%H:%M} 的药停喂：{stop_words(held)}", Tone.BAD))
        elif not one.returned:
            found += [
                Chip(f"{one.name} {dose.due_at:%H:%M} 的药{one.ask_words(dose) or '还没喂'}", Tone.BAD)
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
    stopped = 0
    requests = medicine.list_of_days(database, today, today)
    clashing = clashes(database, requests)
    for one in requests:
        if one.waiting and not one.returned and class_id in {None, one.class_id}:
            due = one.waiting[0].due_at
            what = "先问家长喂过没" if one.ask_words(one.waiting[0]) else "喂药"
            chip = Chip(f"{due:%H:%M} {what}", due_tone(due, now, late))
            if one.id in clashing:
                chip = Chip(f"{due:%H:%M} 停喂", Tone.BAD)
            found[one.visit] = (*found.get(one.visit, ()), chip)
            if one.inside and one.id not in clashing:
                waiting += [dose.due_at for dose in one.waiting]
            stopped += one.inside and one.id in clashing
    heads = (Chip(f"过敏停喂 {stopped}", Tone.BAD),) if stopped else ()
    if not waiting:
        return found, heads
    first = min(waiting)
    head = Chip(f"{first:%H:%M} 待喂药 {waiting.count(first)}", due_tone(first, now, late))
    return found, (*heads, head)
