"""Keeping a family: the child, the adults and what they are to her, inside the unit of a registration."""

import dataclasses
import datetime as dt

from app.domain.ids import AdultId, ChildId
from app.domain.names import search_keys
from app.domain.record import record
from app.domain.visits import BarredFromCollectingError
from app.services.intake_card import IntakeCard
from app.services.intake_known import Known, may_collect, meant_adult
from app.services.intake_reading import GUARDIANS, Person, Reading
from app.services.intake_undo import keep_changes
from app.services.record_values import allergy_words, tie_words
from app.services.told_births import keep_told
from app.store import alarms, children, people, record_rows
from app.store.children import NewChild
from app.store.database import Unit
from app.store.people import AdultOf, NewAdult, Tie
from app.store.record_acts import Change
from app.store.stamps import day_of


def keep_family(
    unit: Unit, card: IntakeCard, reading: Reading, known: Known | None, *, raised: bool
) -> tuple[ChildId, AdultId]:
    """Put child and adults on file, or bring what is on file up to date. Returns child and bringer.

    Args:
        unit: the registration.
        card: what was typed.
        reading: what it says.
        known: the child on file that it means.
        raised: whether the director lets somebody collect whom the file refuses.

    Raises:
        BarredFromCollectingError: the card lets somebody collect who must not.
        RecordError: another birth date is on file.
    """
    changes: list[Change] = []
    child = _keep_child(unit, card, reading, known, changes)
    keys = []
    for place, person in enumerate(reading.people):
        if person.name:
            wish = _Wish(person, place, raised, card.collect_reason.strip())
            keys.append(_keep_adult(unit, child, wish, known, reading.name, changes))
    if known is None:  # a new record is no change; what was told of people on file is one
        changes = [one for one in changes if one.subject == "adult"]
    keep_changes(unit, child, changes)
    return child, keys[0]


@record
class _Wish:
    """A person of the card: the place on it, and who agreed that somebody new collects."""

    person: Person
    place: int
    raised: bool
    agreed: str


def _keep_child(
    unit: Unit, card: IntakeCard, reading: Reading, known: Known | None, changes: list[Change]
) -> ChildId:
    if known is None:
        child = _add_child(unit, reading)
    else:
        child = known.child.id
        if reading.document is not None and not known.child.document_number:
            children.note_document(unit, child, *reading.document)
            fields = zip(("document_kind", "document_number"), reading.document, strict=True)
            changes += [Change("child", child, field, "", value) for field, value in fields]
    ended = children.answer_allergy(unit, child, reading.allergy, reading.substances)
    if known is not None and (kept := children.find_child(unit, child)) is not None:
        before = allergy_words(known.child.allergy, known.child.substances)
        if (after := allergy_words(kept.allergy, kept.substances)) != before:
            changes.append(Change("child", child, "allergy", before, after))
    now = f"{reading.name} 过敏 {reading.allergy} {'、'.join(reading.substances)}".strip()
    unit.audit(
        "child", child, f"{now}；去掉 {'、'.join(ended)}：{card.allergy_reason.strip()}" if ended else now
    )
    return child


def _add_child(unit: Unit, reading: Reading) -> ChildId:
    if reading.born_on is None:
        raise ValueError("a card without a birth date is refused before")
    keys = search_keys(reading.name)
    kind, number = reading.document or (None, None)
    return children.add_child(
        unit,
        NewChild(
            name=reading.name,
            born_on=reading.born_on,
            allergy=reading.allergy,
            pinyin=keys.pinyin,
            initials=keys.initials,
            sex=reading.sex,
            document_kind=kind,
            document_number=number,
        ),
    )


def _keep_adult(
    unit: Unit, child: ChildId, wish: _Wish, known: Known | None, name: str, changes: list[Change]
) -> AdultId:
    """The adult of this name and number, known to this child, to another one (a sibling's), or new."""
    person = wish.person
    same = None if known is None else meant_adult(known.adults, person)
    if same is not None and same.tie.barred and person.collects:
        msg = f"{person.name} 被禁止接走{name}。请在“谁来接”里去掉此人，并联系监护人和园长。"
        raise BarredFromCollectingError(msg, field=f"{person.field}_collects")
    adult = same.id if same is not None else people.find_adult(unit, person.name, person.phone)
    if adult is None:
        keys = search_keys(person.name)
        adult = people.add_adult(unit, NewAdult(person.name, person.phone, keys.pinyin, keys.initials))
    changes += keep_told(unit, adult, person.born_on, identity_seen=person.identity_seen)
    if same is not None and same.phone != person.phone:
        _renumber(unit, same, wish, changes)
    tie = _tie(wish, same, known, day_of(unit.at))
    if same is None or same.tie != tie:
        gone = record_rows.find_tie_row(unit, child, adult)
        people.end_tie(unit, child, adult)
        people.add_tie(unit, child, adult, tie)
        before = "" if same is None else f"{person.name} {tie_words(same.tie)}"
        came = record_rows.find_tie_row(unit, child, adult)
        changes.append(Change("child", child, "tie", before, f"{person.name} {tie_words(tie)}", gone, came))
        words = f"{name} {tie.relation} {'可接' if tie.may_collect else '不可接'}"
        unit.audit("adult", adult, f"{words} {wish.agreed}".strip() if known is not None else words)
    return adult


def _renumber(unit: Unit, adult: AdultOf, wish: _Wish, changes: list[Change]) -> None:
    """A relative on file has a new number: hers is changed, so that she is not there twice.

    Of somebody barred from another child, or taken for one barred, the old one stays a mark of the alarm.
    """
    if adult.phone and unit.actor_id is not None and alarms.is_watched(unit, adult.id):
        alarms.add_trait(unit, adult.id, "phone", adult.phone, unit.actor_id)
    record_rows.set_column(unit, "adult", adult.id, "phone", wish.person.phone)
    changes.append(Change("adult", adult.id, "phone", adult.phone, wish.person.phone))
    unit.audit("adult", adult.id, f"{adult.name} 电话 {adult.phone} 改为 {wish.person.phone} {wish.agreed}")


def _tie(wish: _Wish, same: AdultOf | None, known: Known | None, today: dt.date) -> Tie:
    """What the person is to the child from now on."""
    person = wish.person
    if same is None:
        # Nobody makes herself a guardian of a child who has guardians on file.
        # A word of consent lets her collect; it makes her nobody who may send others.
        trusted = known is None or not known.guardians
        return Tie(
            relation=person.relation or "其他",
            is_guardian=person.relation in GUARDIANS and trusted,
            may_collect=person.collects,
            is_emergency=person.is_emergency,
            # Somebody named for today only may not come back tomorrow.
            only_day=today if person.field == "other" else None,
            sort=wish.place,
        )
    return dataclasses.replace(
        same.tie,
        relation=person.relation or same.tie.relation,
        may_collect=may_collect(person, same, raised=wish.raised),
        is_emergency=person.is_emergency or same.tie.is_emergency,
    )
