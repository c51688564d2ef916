"""What the class hears of medicine and of the families' wishes: its seams, joined to the file."""

import datetime as dt
from collections.abc import Sequence

from app.domain.ids import ChildId
from app.domain.instructions import reaches, reaches_any, reaches_nap
from app.domain.intolerances import stop_words
from app.domain.logbook import MealSlot
from app.services.class_seams import NAP, OTHER, Lines, Seams
from app.services.medicine_allergies import clashes
from app.store import instructions, medicine, settings
from app.store.database import Database
from app.store.stamps import day_of


def joined(database: Database) -> Seams:
    """The seams of one open file."""

    def due_medicine(children: Sequence[ChildId], now: dt.datetime) -> Lines:
        """``14:00 喂药`` for whoever may be given it by now, ``14:00 停喂，对布洛芬过敏`` at any hour."""
        today = day_of(now)
        early = dt.timedelta(minutes=settings.current(database, today).medicine_early_minutes)
        found: dict[ChildId, tuple[str, ...]] = {}
        requests = medicine.list_of_days(database, today, today)
        clashing = clashes(database, requests)
        for one in requests:
            held = clashing.get(one.id, ())
            due = [dose for dose in one.waiting if held or dose.due_at - early <= now]
            if due and one.inside and not one.returned and one.child in children:
                stop = f"停喂，{stop_words(held)}" if held else ""
                lines = tuple(f"{dose.due_at:%H:%M} {stop or one.ask_words(dose) or '喂药'}" for dose in due)
                found[one.child] = (*found.get(one.child, ()), *lines)
        return found

    def wishes(children: Sequence[ChildId], day: dt.date, about: str | None) -> Lines:
        found: dict[ChildId, tuple[str, ...]] = {}
        for one in instructions.list_running(database, day):
            if one.child not in children:
                continue
            if about == NAP:
                meant = reaches_nap(one)
            elif about == OTHER:
                meant = reaches_any(one)
            else:
                meant = reaches(one, None if about is None else MealSlot(about))
            if meant:
                found[one.child] = (*found.get(one.child, ()), one.words)
        return found

    return Seams(due_medicine, wishes)
