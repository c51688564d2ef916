"""Whether a child being written down may be one who is on file: for the card, the booking and the inquiry.

A second record of a child undoes what the first one knows: who must not collect her, what she must not eat.
So whoever sounds like a child on file and shares her birth date or one of her numbers is asked about, and
whom the file bars from her counts, whatever is answered (58号文 Art 30, domain §8.1).
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.domain.barred import Mark, bare, same_tail
from app.domain.ids import ChildId
from app.domain.names import search_keys
from app.domain.phones import mask_phone
from app.domain.record import record
from app.domain.records import same_sound
from app.domain.staff import Actor
from app.services.alarms import raise_alarm
from app.services.bars import Stranger, is_trusted, likely_barred
from app.store import alarms, children, day, people
from app.store.database import Database, Unit
from app.store.people import AdultOf

_SHOWN = 3


@record
class Alike:
    """A child on file who may be the one that is written down. ``phone`` is the number they share."""

    child: ChildId
    name: str
    born_on: dt.date
    same_name: bool
    same_sound: bool
    same_birth: bool
    phone: str = ""

    @property
    def asked(self) -> bool:
        """Whether somebody has to say who she is. Twins share birth date and numbers, but not the sound."""
        return self.same_sound


def find_alike(
    database: Database | Unit, name: str, born_on: dt.date | None, phones: Iterable[str] = ()
) -> tuple[Alike, ...]:
    """Children who share two of three with the one written down: sound of the name, birth date, a number.

    Looks only at who was born that day and at who has such a number: both are indexed.

    Args:
        database: the file.
        name: as it would be kept.
        born_on: her birth date, if it is known.
        phones: canonical numbers of the adults on the card.

    Returns:
        The likest first.
    """
    if not name:
        return ()
    shared: dict[ChildId, str] = {}
    for phone in filter(None, phones):
        shared |= dict.fromkeys(people.children_by_phone(database, phone), phone)
    near = {one.child: one for one in children.list_born(database, born_on)} if born_on is not None else {}
    for child in shared:
        if child not in near and (other := children.find_sounding(database, child)) is not None:
            near[child] = other
    if not near:
        return ()  # most: nothing to compare, and no table of sounds is loaded for it
    sound = search_keys(name).pinyin
    found = []
    for other in near.values():
        alike = Alike(
            other.child,
            other.name,
            other.born_on,
            other.name == name,
            same_sound(sound, other.pinyin),
            other.born_on == born_on,
            shared.get(other.child, ""),
        )
        if alike.same_sound + alike.same_birth + bool(alike.phone) > 1:
            found.append(alike)
    return tuple(sorted(found, key=_unlikeness))


def asked(alikes: Iterable[Alike]) -> tuple[Alike, ...]:
    """Of whom somebody has to say whether she is the one, the likest first."""
    return tuple(one for one in alikes if one.asked)[:_SHOWN]


def question(database: Database | Unit, alikes: Iterable[Alike], today: dt.date) -> str:
    """就是这个孩子吗, with what the clerk needs to tell; empty where nobody has to be asked about."""
    told = [describe(database, one, today) for one in asked(alikes)]
    return f"就是这个孩子吗？档案里有{'；'.join(told)}。" if told else ""


def refuse_barred_of(
    database: Database,
    actor: Actor,
    alikes: Iterable[Alike],
    stranger: Stranger,
    today: dt.date,
    act: str = "",
) -> None:
    """Pass unless whoever speaks for a child is like somebody barred from one she may be.

    Raises:
        BarredAlarmError: he is; the alarm is kept about the child on file. ``act`` says what is refused.
    """
    for one, asked, barred, marks in find_barred_of(database, alikes, stranger, today):
        raise_alarm(database, actor, (one.child, one.name), asked, (barred, marks), "bring", today, act)


def find_barred_of(
    database: Database, alikes: Iterable[Alike], stranger: Stranger, today: dt.date
) -> Iterator[tuple[Alike, Stranger, AdultOf, tuple[Mark, ...]]]:
    """The child on file, who it is by her file, who is barred from her, and what speaks for it."""
    for one in alikes:
        adults = people.list_adults(database, one.child, today)
        if not any(other.tie.barred for other in adults):
            continue
        same = next((o for o in adults if (o.name, o.phone) == (stranger.name, stranger.phone)), None)
        if same is not None and is_trusted(database, one.child, same, adults, today):
            continue
        asked = stranger if same is None else replace(stranger, adult=same.id)
        for barred, marks in likely_barred(database, one.child, asked, today, alike=False):
            if kept := worth_asking(database, asked, barred, marks):
                yield one, asked, barred, kept


def worth_asking(
    database: Database, stranger: Stranger, barred: AdultOf, marks: tuple[Mark, ...]
) -> tuple[Mark, ...]:
    """Somebody on file is who the file says, unless name or number sound as those of the barred one.

    Of two characters one is the surname of the whole family: at the door that is worth an alarm, here,
    where a guardian has to agree to anybody new, it would only be in the way. And numbers are typed whole
    here: the tail alone speaks against nobody, unless no more of it is known.
    """
    kept = set(marks)
    tails = [value for kind, value in alarms.list_traits(database, barred.id) if kind == "phone"]
    if barred.phone != stranger.phone and not any(same_tail(one, stranger.phone) for one in tails):
        kept.discard(Mark.PHONE)
    if stranger.adult is not None:
        kept &= {Mark.SAME, Mark.SOUND, Mark.SWAPPED, Mark.PHONE, Mark.IDENTITY}
    elif max(len(bare(stranger.name)), len(bare(barred.name))) <= 2:
        kept.discard(Mark.ONE_CHARACTER)
    return tuple(mark for mark in marks if mark in kept)


def _unlikeness(one: Alike) -> tuple[bool, bool, bool, int]:
    return (not one.same_name, not one.same_sound, not one.same_birth, one.child)


def describe(database: Database | Unit, one: Alike, today: dt.date) -> str:
    """张沐阳（2023-06-01 生，抱抱龙，妈妈 张母 137****2233，花生过敏）."""
    parts = [f"{one.born_on} 生"]
    standing = day.find_standing(database, one.child, today)
    if standing is not None and standing.class_name:
        parts.append(standing.class_name)
    adults = [other for other in people.list_adults(database, one.child, today) if not other.tie.barred]
    parts += [f"{other.tie.relation} {other.name} {mask_phone(other.phone)}".strip() for other in adults[:1]]
    kept = children.find_child(database, one.child)
    if kept is not None and kept.substances:
        parts.append(f"{'、'.join(kept.substances)}过敏")
    return f"{one.name}（{'，'.join(parts)}）"
