"""禁止接走 at the registration: who brings or will collect a child is held against whom her file bars."""

import datetime as dt

from app.domain.barred import Mark, same_tail
from app.domain.ids import ChildId
from app.domain.record import record
from app.domain.staff import Actor
from app.services.alarms import Stranger, is_trusted, likely_barred, raise_alarm
from app.services.intake_card import Problem
from app.services.intake_known import Known, same_adult
from app.services.intake_reading import Person, Reading
from app.store import alarms, children, people
from app.store.database import Database
from app.store.people import AdultOf


@record
class Hit:
    """Somebody on the card is like one who is barred from a child of this name and birth date."""

    child: ChildId
    name: str
    person: Person
    stranger: Stranger
    barred: AdultOf
    marks: tuple[Mark, ...]
    known: bool  # the card means the child on file, instead of another of her name and birth date

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
            words = (
                f"档案里有同名同生日的{self.name}，{who}被禁止接走那个孩子。请不要登记，并联系监护人和园长。"
            )
            return Problem(field, words, barred=True)
        act = "接走" if self.person.collects else "接送"
        words = f"{who}被禁止接走{self.name}，不能{act}。请去掉此人，并联系监护人和园长。"
        return Problem(field, words, barred=True)


def find_hits(database: Database, reading: Reading, known: Known | None, today: dt.date) -> tuple[Hit, ...]:
    """Who on the card brings or collects and is like a barred person, nobody having cleared it."""
    if known is not None:
        keys: tuple[ChildId, ...] = (known.child.id,)
    elif reading.born_on is None:
        return ()
    else:
        keys = tuple(children.list_same(database, reading.name, reading.born_on))
    asked = [one for one in reading.people if one.name and (one.collects or one.field == "bringer")]
    found = []
    for child in keys:
        adults = people.list_adults(database, child, today)
        if not any(one.tie.barred for one in adults):
            continue
        for person in asked:
            same = same_adult(adults, person)
            if same is not None and is_trusted(same, adults):
                continue
            stranger = Stranger(
                person.name, person.relation, person.phone, adult=None if same is None else same.id
            )
            for barred, marks in likely_barred(database, child, stranger, today):
                marks_here = _worth_asking(database, person, barred, marks, on_file=same is not None)
                if marks_here:
                    found.append(
                        Hit(child, reading.name, person, stranger, barred, marks_here, known is not None)
                    )
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


def _worth_asking(
    database: Database, person: Person, barred: AdultOf, marks: tuple[Mark, ...], *, on_file: bool
) -> tuple[Mark, ...]:
    """Somebody on file is who the file says, unless name or number are those of the barred one.

    Of two characters one is the surname of the whole family: at the door that is worth an alarm, here,
    where a guardian has to agree to anybody new, it would only be in the way. And numbers are typed whole
    here: the tail alone speaks against nobody, unless no more of it is known.
    """
    kept = set(marks)
    tails = [value for kind, value in alarms.list_traits(database, barred.id) if kind == "phone"]
    if barred.phone != person.phone and not any(same_tail(one, person.phone) for one in tails):
        kept.discard(Mark.PHONE)
    if on_file:
        kept &= {Mark.SAME, Mark.PHONE, Mark.IDENTITY}
    elif max(len(person.name), len(barred.name)) <= 2:
        kept.discard(Mark.ONE_CHARACTER)
    return tuple(mark for mark in marks if mark in kept)
