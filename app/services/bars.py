"""禁止接走: whom somebody may be of those barred from a child, and which guardian is nobody in disguise.

A child may be on file twice, and only one record knows whom a court keeps from her: every question is asked
of the records that are like hers, too (58号文 Art 30, domain §8.1).
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.domain.barred import TAIL, Face, Mark, bare, is_same_kin, likeness, number_digits, same_tail
from app.domain.ids import AdultId, ChildId
from app.domain.record import record
from app.domain.records import same_sound
from app.store import alarms, children, people, record_acts
from app.store.database import Database, Unit
from app.store.people import AdultOf

_LONGEST = 100
_ALIKE = 2  # of sound, birth date and number
_NAMES = frozenset({"name", "nickname"})  # kinds of what he is known by
_OF_NAME = frozenset({Mark.SAME, Mark.SOUND, Mark.SWAPPED, Mark.PART})


@record
class Stranger:
    """Somebody at the door, as given: name and what he is to the child, a number to be known by."""

    name: str
    relation: str = ""
    phone: str = ""
    identity: str = ""
    adult: AdultId | None = None  # where he is on file

    @property
    def words(self) -> str:
        """姑姑 朱丽."""
        return f"{self.relation} {self.name}".strip()[:_LONGEST]

    @property
    def typed(self) -> str:
        """The same with the ends of the numbers given: a second person has looked at him and not at his name.

        Whoever is on file is known by his record.
        """
        numbers = () if self.adult is not None else (self.phone, self.identity)
        tails = [digits[-TAIL:] for one in numbers if (digits := number_digits(one))]
        return f"{self.words}（尾号 {'、'.join(tails)}）" if tails else self.words


def is_trusted(
    database: Database, child: ChildId, adult: AdultOf, adults: Iterable[AdultOf], day: dt.date
) -> bool:
    """Whether a guardian is nobody in disguise, of those whom her file or one like hers bars.

    Args:
        database: the file.
        child: whose guardian it is.
        adult: the guardian.
        adults: all of hers.
        day: today.
    """
    if not adult.tie.is_guardian or adult.tie.barred:
        return False
    known = Stranger(adult.name, adult.tie.relation, adult.phone, "", adult.id)
    return next(find_disguised(database, child, known, adults, day), None) is None


def find_disguised(
    database: Database, child: ChildId, stranger: Stranger, adults: Iterable[AdultOf], day: dt.date
) -> Iterator[tuple[AdultOf, tuple[Mark, ...]]]:
    """Those barred from a child, or from one like her, who one of her adults may be in disguise.

    Left out is whom a second person has found him not to be, as long as nothing more speaks for it.
    """
    barred = [*list_barred(database, child, adults, day)]
    if not barred:
        return
    cleared = alarms.list_cleared(database, child, stranger.typed, stranger.adult, day)
    for one in barred:
        marks = disguise(database, stranger, one)
        if marks and (one.id == stranger.adult or not set(marks) <= cleared.get(one.id, frozenset())):
            yield one, marks


def find_sharer(
    database: Database, child: ChildId, caller: AdultOf, adults: Iterable[AdultOf], day: dt.date
) -> AdultOf | None:
    """Who is barred from a child, or from one like her, and has or had the number of one of her adults.

    On the telephone nobody knows which of the two rings: that somebody was found to be another helps nothing.
    """
    for one in list_barred(database, child, adults, day):
        if any(same_tail(caller.phone, number) for number in alarms.list_numbers(database, one.id)):
            return one
    return None


def disguise(database: Database, stranger: Stranger, barred: AdultOf) -> tuple[Mark, ...]:
    """What makes one whom the file calls a guardian a barred person all the same; empty for two people.

    A couple may share a number, and of two characters the surname is the whole family's: neither is enough.
    """
    if stranger.adult == barred.id:
        return (Mark.SAME,)
    marks = _marks(database, stranger, barred)
    held = set(marks)
    if held & _OF_NAME or Mark.IDENTITY in held:
        return marks
    names = (*other_names(database, stranger), stranger.name, barred.name)
    if Mark.ONE_CHARACTER in held and max(len(bare(name)) for name in names) > 2:
        return marks
    return marks if {Mark.PHONE, Mark.NICKNAME} <= held else ()


def likely_barred(
    database: Database, child: ChildId, stranger: Stranger, day: dt.date, *, alike: bool = True
) -> Iterator[tuple[AdultOf, tuple[Mark, ...]]]:
    """Those barred from collecting a child whom a person may be, with what speaks for it.

    With ``alike`` also those barred from a child like her, by two of sound, birth date and a number of the
    family: she may be on file twice, and only one record knows; and whoever is said to be the same parent. (A
    registration asks of both in its own words.) Left out is whom a second person has found him not to be, as
    long as nothing more speaks for it.
    """
    barred = [one for one in people.list_adults(database, child, day) if one.tie.barred]
    if alike:
        barred += _barred_from_alike(database, child, day)
    if not barred:
        return
    cleared = alarms.list_cleared(database, child, stranger.typed, stranger.adult, day)
    called = _called(database, child)
    for one in barred:
        marks = (Mark.SAME,) if one.id == stranger.adult else _marks(database, stranger, one)
        # Her file says of its own people what they are to her; of a stranger nobody knows but he himself.
        relation = stranger.relation if alike and stranger.adult is None else ""
        if Mark.SAME not in marks and is_same_kin(stranger.name, relation, one.tie.relation, called):
            marks = (*marks, Mark.KIN)
        # What nobody has looked at yet (a number, a card) is asked again.
        if not marks or (one.id != stranger.adult and set(marks) <= cleared.get(one.id, frozenset())):
            continue
        yield one, marks


def list_barred(
    database: Database | Unit, child: ChildId, adults: Iterable[AdultOf], day: dt.date
) -> Iterator[AdultOf]:
    """Those barred from a child by her own record, of whose ``adults`` these are, then by one like hers."""
    yield from (one for one in adults if one.tie.barred)
    yield from _barred_from_alike(database, child, day)


def _barred_from_alike(database: Database | Unit, child: ChildId, day: dt.date) -> Iterator[AdultOf]:
    for beside in children.list_barring_beside(database, child):
        other = beside.other
        # The same two of three by which a registration asks whether she is the one on file.
        if same_sound(beside.own, other.pinyin) + beside.same_birth + beside.same_number < _ALIKE:
            continue
        for one in people.list_adults(database, other.child, day):
            if one.tie.barred:
                relation = f"很像的孩子{other.name}的{one.tie.relation or '家人'}"
                yield replace(one, tie=replace(one.tie, relation=relation))


def list_names(database: Database | Unit, adult: AdultOf) -> tuple[str, ...]:
    """Every name that somebody is known by: on file, of records merged into his, and noted besides."""
    traits = alarms.list_traits(database, adult.id)
    return tuple(dict.fromkeys((adult.name, *(value for kind, value in traits if kind in _NAMES))))


def _called(database: Database, child: ChildId) -> tuple[str, ...]:
    """What a child is called: by her name, and at home."""
    kept = children.find_child(database, child)
    return () if kept is None else tuple(filter(None, (kept.name, kept.nickname)))


def other_names(database: Database, stranger: Stranger) -> tuple[str, ...]:
    """What somebody on file is called besides: in records merged into his, or before he was renamed."""
    traits = () if stranger.adult is None else alarms.list_traits(database, stranger.adult)
    names = dict.fromkeys(value for kind, value in traits if kind in _NAMES)
    return tuple(name for name in names if name != stranger.name)


def _marks(database: Database, stranger: Stranger, barred: AdultOf) -> tuple[Mark, ...]:
    """What speaks for it by any name or number of either on file: of the record itself, and noted besides."""
    identity = stranger.identity or _identity_of(database, stranger.adult)
    said = [Face(stranger.name, "", stranger.phone, identity)]
    if stranger.adult is not None:
        own = alarms.list_traits(database, stranger.adult)
        said += [Face(**{"name" if kind in _NAMES else kind: value}) for kind, value in own]
    traits = alarms.list_traits(database, barred.id)
    faces = [Face(barred.name, phone=barred.phone, identity=_identity_of(database, barred.id))]
    faces += [Face(**{kind: value}) for kind, value in traits]
    marks = (mark for typed in said for face in faces for mark in likeness(typed, face))
    return tuple(dict.fromkeys(marks))


def _identity_of(database: Database, adult: AdultId | None) -> str:
    """The number in an adult's record; empty where nobody has entered it."""
    if adult is None:
        return ""
    return record_acts.list_values(database, "adult", adult).get("document_number", "")
