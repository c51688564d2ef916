"""禁止接走 at the registration: who brings or will collect a child is held against whom her file bars."""

import datetime as dt

from app.domain.barred import Mark
from app.domain.ids import ChildId
from app.domain.record import record
from app.domain.staff import Actor
from app.services.alarms import raise_alarm
from app.services.bars import Stranger, is_trusted, likely_barred
from app.services.intake_card import Problem
from app.services.intake_known import Known, renumbered, same_adult
from app.services.intake_reading import Person, Reading
from app.services.likeness import find_alike, worth_asking
from app.store import people
from app.store.database import Database
from app.store.people import AdultOf


@record
class Hit:
    """Somebody on the card is like one who is barred from the child it means, or from one who is like her."""

    child: ChildId
    name: str
    person: Person
    stranger: Stranger
    barred: AdultOf
    marks: tuple[Mark, ...]
    known: bool  # the card means the child on file, instead of another who is like her

    @property
    def place(self) -> str:
        """``bring`` for who stands there, ``collect`` for who is to come."""
        return "bring" if self.person.field == "bringer" else "collect"

    @property
    def problem(self) -> Problem:
        """The sentence at the field; what ends it is an alarm that a second person has cleared."""
        field = self.person.field if self.place == "bring" else f"{self.person.field}_collects"
        who = f"{self.barred.name}（{self.barred.tie.relation}）"
        if not self.known:
            words = f"{who}被禁止接走档案里的{self.name}，可能就是这个孩子。请不要登记，并联系监护人和园长。"
            return Problem(field, words, barred=True)
        act = "接走" if self.person.collects else "接送"
        words = f"{who}被禁止接走{self.name}，不能{act}。请去掉此人，并联系监护人和园长。"
        return Problem(field, words, barred=True)


def find_hits(database: Database, reading: Reading, known: Known | None, today: dt.date) -> tuple[Hit, ...]:
    """Who on the card is like a barred person, nobody having cleared it: who brings or collects, and whose
    number on file it would change, for by that number a guardian sends others.
    """
    phones = {one.phone for one in reading.people}
    alikes = find_alike(database, reading.name, reading.born_on, phones)
    keys = {one.child: one.name for one in alikes}
    if known is not None:
        keys = {known.child.id: known.child.name} | keys
    own = () if known is None else known.adults
    asked = [
        one
        for one in reading.people
        if one.name and (one.collects or one.field == "bringer" or renumbered(own, one) is not None)
    ]
    found = []
    for child, name in keys.items():
        adults = people.list_adults(database, child, today)
        if not any(one.tie.barred for one in adults):
            continue
        for person in asked:
            same = same_adult(adults, person)
            if same is not None and is_trusted(database, child, same, adults, today):
                continue
            adult = None if same is None else same.id
            stranger = Stranger(person.name, person.relation, person.phone, person.identity, adult)
            for barred, marks in likely_barred(database, child, stranger, today, alike=False):
                marks_here = worth_asking(database, stranger, barred, marks)
                if marks_here:
                    meant = known is not None and child == known.child.id
                    found.append(Hit(child, name, person, stranger, barred, marks_here, meant))
                    break
    return tuple(found)


def refuse_hits(database: Database, actor: Actor, hits: tuple[Hit, ...], today: dt.date) -> None:
    """Pass without a hit; else keep an alarm and refuse.

    Raises:
        BarredAlarmError: somebody is like a barred person; the alarm is kept in a unit of its own.
    """
    for hit in hits:
        raise_alarm(
            database, actor, (hit.child, hit.name), hit.stranger, (hit.barred, hit.marks), hit.place, today
        )
