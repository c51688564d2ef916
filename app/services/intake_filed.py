"""就是这个孩子: a card half typed goes on with the record on file, so that no second one is made.

Of the file is who she is, what she must not eat and whom it names; of the card is what was said today: who
stands there, until when, how she is. Reasons on the card were given for the child it was before, and fall.
"""

import dataclasses
import datetime as dt

from app.domain.errors import RuleError
from app.domain.names import clean_name
from app.domain.phones import check_phone
from app.services.intake_card import Filed, IntakeCard
from app.services.intake_known import Known
from app.services.intake_reading import Reading
from app.services.likeness import Alike, asked, describe, find_alike
from app.store.database import Database
from app.store.people import AdultOf

_TODAY = ("body", "body_note", "temperature", "check_outcome", "check_note")


def list_filed(
    database: Database, card: IntakeCard, reading: Reading, known: Known | None, today: dt.date
) -> tuple[Filed, ...]:
    """Whose record the card may go on with; nobody once it does. The likest first."""
    if card.child is not None:
        return ()
    phones = {person.phone for person in reading.people if person.phone}
    alikes = asked(find_alike(database, reading.name, reading.born_on, phones))
    if known is not None:
        alikes = tuple(one for one in alikes if one.child == known.child.id) or (_of(known),)
    return tuple(Filed(one.child, one.name, describe(database, one, today)) for one in alikes)


def go_on(typed: IntakeCard, filed: IntakeCard, adults: tuple[AdultOf, ...]) -> IntakeCard:
    """The card of a child on file, with what had been typed of today before she was known.

    Args:
        typed: the card as it stands.
        filed: a fresh card for the child on file.
        adults: hers; of a barred one nothing is filled in, so that his name raises the alarm as typed.
    """
    free = [one for one in adults if not one.tie.barred]
    card = dataclasses.replace(
        filed,
        sex=filed.sex or typed.sex,
        document_number=filed.document_number or typed.document_number,
        other=typed.other,
        other_relation=typed.other_relation,
        other_phone=typed.other_phone,
        **{name: getattr(typed, name) for name in _TODAY},
    )
    if typed.promised.strip():  # else as booked, if she is
        card = dataclasses.replace(
            card, promised=typed.promised, tariff=typed.tariff, class_id=typed.class_id or filed.class_id
        )
    card = dataclasses.replace(card, reason=typed.reason or filed.reason)
    return _with_second(typed, _with_bringer(typed, _with_allergy(typed, card), free), free)


def _with_allergy(typed: IntakeCard, card: IntakeCard) -> IntakeCard:
    """What the file knows stays; what was said besides comes to it."""
    said = typed.allergens.strip() if typed.allergy == "has" else ""
    if card.allergens:
        new = "、".join(one for one in said.split("、") if one and one not in card.allergens.split("、"))
        words = f"{card.allergens}、{new}" if new else card.allergens
        return dataclasses.replace(card, allergy="has", allergens=words)
    if not typed.allergy:
        return card
    return dataclasses.replace(card, allergy=typed.allergy, allergens=said)


def _with_bringer(typed: IntakeCard, card: IntakeCard, free: list[AdultOf]) -> IntakeCard:
    if not typed.bringer.strip() and not typed.phone.strip():
        return dataclasses.replace(card, identity_seen=card.identity_seen or typed.identity_seen)
    same = _meant(typed.bringer, typed.phone, free)
    return dataclasses.replace(
        card,
        bringer=same.name if same else typed.bringer,
        relation=typed.relation or (same.tie.relation if same else ""),
        phone=same.phone if same else typed.phone,
        identity_seen=typed.identity_seen or (same is not None and same.identity_seen),
        identity_number=typed.identity_number,
        bringer_collects=typed.bringer_collects and (same is None or same.tie.may_collect),
    )


def _with_second(typed: IntakeCard, card: IntakeCard, free: list[AdultOf]) -> IntakeCard:
    if typed.second.strip() or typed.second_phone.strip():
        same = _meant(typed.second, typed.second_phone, free)
        name, phone, tie = typed.second, typed.second_phone, typed.second_relation
        collects = typed.second_collects
    else:
        others = [one for one in free if (one.name, one.phone) != (card.bringer, card.phone)]
        same = others[0] if others else None
        name, phone, tie, collects = "", "", "", True
    return dataclasses.replace(
        card,
        second=same.name if same else name,
        second_relation=tie or (same.tie.relation if same else ""),
        second_phone=same.phone if same else phone,
        second_collects=collects and (same is None or same.tie.may_collect),
    )


def _meant(name: str, phone: str, free: list[AdultOf]) -> AdultOf | None:
    """The adult on file whose name and number these are, as far as they have been typed."""
    try:
        name = clean_name(name) if name.strip() else ""
        phone = check_phone(phone) if phone.strip() else ""
    except RuleError:
        return None
    return next((one for one in free if name in {"", one.name} and phone in {"", one.phone}), None)


def _of(known: Known) -> Alike:
    child = known.child
    return Alike(child.id, child.name, child.born_on, same_name=True, same_sound=True, same_birth=True)
