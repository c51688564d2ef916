"""What of the children's health everybody should see now: the chips of the status line."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from app.domain.ids import ChildId, ClassId, VisitId
from app.domain.intolerances import stop_words
from app.domain.looks import Chip, Tone
from app.domain.medicine import Dose, Request, due_tone
from app.domain.record import record
from app.services.medicine_allergies import clashes
from app.store import fever, medicine, settings
from app.store.database import Database
from app.store.stamps import day_of


@record
class HealthAlert:
    """What everybody in charge of a child should see now; ``by`` is who found it."""

    child: ChildId
    chip: Chip
    by: str = ""


def health_alerts(database: Database, now: dt.datetime) -> tuple[HealthAlert, ...]:
    """Fevers under way with their next step, doses that are late, and those of what she does not tolerate."""
    found = [
        HealthAlert(
            one.child, replace(one.chip(now), words=f"{one.name} {one.chip(now).words}"), one.started_by
        )
        for one in fever.list_open(database)
    ]
    today = day_of(now)
    late = settings.current(database, today).medicine_late_minutes
    requests = [one for one in medicine.list_of_days(database, today, today) if one.inside]
    clashing = clashes(database, requests)
    for one in requests:
        if held := clashing.get(one.id):
            at = one.waiting[0].due_at
            stop = f"{one.name} {at:%H:%M} 的药停喂：{stop_words(held)}"
            found.append(HealthAlert(one.child, Chip(stop, Tone.BAD), one.taken_by))
        elif not one.returned:
            found += [
                HealthAlert(one.child, Chip(_late_words(one, dose), Tone.BAD), one.taken_by)
                for dose in one.waiting
                if now > dose.due_at + dt.timedelta(minutes=late)
            ]
    return tuple(found)


def sighted(
    chips: tuple[Chip, ...], health: Sequence[HealthAlert], shown: Sequence[HealthAlert]
) -> tuple[Chip, ...]:
    """The chips of the status line for who may see ``shown`` of ``health``, and how many more there are.

    个人信息保护法 Art 28: who has nothing to do with a child's health reads neither her name nor her fever.
    """
    hidden = [one.chip for one in health if one not in shown]
    if not hidden:
        return chips
    tone = Tone.BAD if any(chip.tone is Tone.BAD for chip in hidden) else Tone.WARN
    place = min(at for at, chip in enumerate(chips) if chip in hidden)
    rest = [chip for chip in chips if chip not in hidden]
    rest.insert(place, Chip(f"健康提醒 {len(hidden)} 条", tone))
    return tuple(rest)


def _late_words(request: Request, dose: Dose) -> str:
    return f"{request.name} {dose.due_at:%H:%M} 的药{request.ask_words(dose) or '还没喂'}"


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
