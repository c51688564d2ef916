"""Keeping a family: the child, the adults and what they are to her, inside the unit of a registration."""

from app.domain.ids import AdultId, ChildId
from app.domain.names import search_keys
from app.domain.visits import BarredFromCollectingError
from app.services.intake_card import IntakeCard
from app.services.intake_reading import GUARDIANS, Person, Reading
from app.store import children, people
from app.store.children import NewChild
from app.store.database import Unit
from app.store.people import AdultOf, NewAdult, Tie
from app.store.stamps import day_of


def keep_family(unit: Unit, card: IntakeCard, reading: Reading) -> tuple[ChildId, AdultId]:
    """Put child and adults on file, or bring what is on file up to date. Returns child and bringer.

    Raises:
        BarredFromCollectingError: the card lets somebody collect who must not.
    """
    child = _keep_child(unit, card, reading)
    on_file = people.list_adults(unit, child, day_of(unit.at))
    keys = [
        _keep_adult(unit, child, person, place, on_file, reading.name)
        for place, person in enumerate(reading.people)
        if person.name
    ]
    return child, keys[0]


def _keep_child(unit: Unit, card: IntakeCard, reading: Reading) -> ChildId:
    if reading.born_on is None:
        raise ValueError("a card without a birth date is refused before")
    child = card.child or children.find_same(unit, reading.name, reading.born_on)
    if child is None:
        keys = search_keys(reading.name)
        kind, number = reading.document or (None, None)
        child = children.add_child(
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
    elif reading.document is not None:
        children.note_document(unit, child, *reading.document)
    children.answer_allergy(unit, child, reading.allergy, reading.substances)
    unit.audit(
        "child", child, f"{reading.name} 过敏 {reading.allergy} {'、'.join(reading.substances)}".strip()
    )
    return child


def _keep_adult(
    unit: Unit, child: ChildId, person: Person, place: int, on_file: tuple[AdultOf, ...], name: str
) -> AdultId:
    """The adult of this name and number, known to this child, to another one (a sibling's), or new."""
    same = next((one for one in on_file if (one.name, one.phone) == (person.name, person.phone)), None)
    if same is not None and same.tie.barred and person.collects:
        msg = f"{person.name} 被禁止接走{name}。请在“谁来接”里去掉此人，并联系监护人和园长。"
        raise BarredFromCollectingError(msg, field=f"{person.field}_collects")
    adult = same.id if same is not None else people.find_adult(unit, person.name, person.phone)
    if adult is None:
        keys = search_keys(person.name)
        adult = people.add_adult(
            unit, NewAdult(person.name, person.phone, keys.pinyin, keys.initials, person.identity_seen)
        )
    elif person.identity_seen:
        people.note_identity_seen(unit, adult)
    tie = Tie(
        relation=person.relation or (same.tie.relation if same else "其他"),
        is_guardian=same.tie.is_guardian if same else person.relation in GUARDIANS,
        may_collect=person.collects,
        is_emergency=person.is_emergency or (same.tie.is_emergency if same else False),
        barred=same.tie.barred if same else False,
        # Somebody named for today only may not come back tomorrow.
        only_day=day_of(unit.at) if person.field == "other" and same is None else None,
        sort=same.tie.sort if same else place,
    )
    if same is None or same.tie != tie:
        if same is not None:
            people.end_tie(unit, child, adult)
        people.add_tie(unit, child, adult, tie)
        unit.audit("adult", adult, f"{name} {tie.relation} {'可接' if tie.may_collect else '不可接'}")
    return adult
