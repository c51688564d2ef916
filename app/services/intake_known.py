"""A child who came before: which child on file a card means, and where the card would overrule the file.

What the file knows of allergies and of who may collect is not undone by a card typed in a hurry: it needs a
reason, and for the worst of it the director (58号文 Art 30, domain §8.1).
"""

import datetime as dt

from app.domain.barred import are_same_kin
from app.domain.errors import RuleError
from app.domain.ids import AdultId, ChildId
from app.domain.looks import Chip, Tone
from app.domain.minors import ADULT_AGE, Doubt, doubt
from app.domain.modes import Tariff
from app.domain.phones import mask_phone
from app.domain.record import record
from app.domain.staff import Actor, Permission, Role
from app.domain.visits import years_between
from app.services.arrivals import check_free
from app.services.intake_card import IntakeCard, Problem
from app.services.intake_reading import Person, Reading
from app.services.likeness import asked, find_alike
from app.services.told_births import differing
from app.store import alarms, children, day, people
from app.store.children import Child
from app.store.database import Database
from app.store.day import Standing
from app.store.people import AdultOf
from app.store.stamps import day_of

_PHONES = {"bringer": "phone", "second": "second_phone", "other": "other_phone"}


@record
class Known:
    """The child on file that a card means, how she stands today, and her adults."""

    child: Child
    standing: Standing
    adults: tuple[AdultOf, ...]

    @property
    def guardians(self) -> tuple[AdultOf, ...]:
        """Who may say who collects."""
        return tuple(one for one in self.adults if one.tie.is_guardian and not one.tie.barred)


def find_known(database: Database, card: IntakeCard, reading: Reading, today: dt.date) -> Known | None:
    """The child the card was filled from, else the one of this name and birth date with something in common.

    That is her identity number or an adult's phone number; while no number is typed the name is enough.
    """
    if card.child is not None:
        return _load(database, card.child, today)
    if not reading.name or reading.born_on is None:
        return None
    phones = {person.phone for person in reading.people if person.phone}
    alikes = find_alike(database, reading.name, reading.born_on, phones)
    same = [one.child for one in alikes if one.same_name and one.same_birth]
    if not phones:
        return _load(database, same[0], today) if same else None
    for key in same:
        own = {adult.phone for adult in people.list_adults(database, key, today)}
        document = children.find_by_document(database, *reading.document) if reading.document else None
        if own & phones or document == key:
            return _load(database, key, today)
    return None


def may_collect(person: Person, same: AdultOf | None, *, raised: bool) -> bool:
    """Whether a person of the card may collect from now on.

    A refusal on file stands unless it is raised, and a guardian's right stands, too: who fetches her today is
    asked by the card, and who may at all by the file.
    """
    if same is None:
        return person.collects
    if same.tie.is_guardian and same.tie.may_collect:
        return True
    return person.collects and (same.tie.may_collect or raised)


def may_raise(card: IntakeCard, actor: Actor) -> bool:
    """Whether the card lets somebody collect whom the file refuses: the director's, with a reason."""
    return actor.role is Role.DIRECTOR and bool(card.collect_reason.strip())


def same_adult(adults: tuple[AdultOf, ...], person: Person) -> AdultOf | None:
    """The adult on file with this name and number."""
    return next((one for one in adults if (one.name, one.phone) == (person.name, person.phone)), None)


def renumbered(adults: tuple[AdultOf, ...], person: Person) -> AdultOf | None:
    """The adult on file whom the card names with another number: the same relative, not a second one.

    Nobody where two of that name and relation are there, and never a barred one: his new number is a mark of
    the alarm, and no correction of the file.
    """
    if not person.phone or same_adult(adults, person) is not None:
        return None
    named = [one for one in adults if one.name == person.name and not one.tie.barred]
    named = [one for one in named if not person.relation or are_same_kin(person.relation, one.tie.relation)]
    return named[0] if len(named) == 1 else None


def meant_adult(adults: tuple[AdultOf, ...], person: Person) -> AdultOf | None:
    """The adult on file whom a person of the card is, under the number on file or under a new one."""
    return same_adult(adults, person) or renumbered(adults, person)


def file_chips(known: Known, card: IntakeCard) -> tuple[Chip, ...]:
    """What the desk should know of a child on file."""
    came = () if card.child is not None else (Chip(f"档案里有：{known.child.name}", Tone.INFO),)
    if not known.child.substances:
        return came
    return (*came, Chip(f"档案：{'、'.join(known.child.substances)}过敏", Tone.WARN))


def phone_chips(database: Database, reading: Reading, today: dt.date) -> tuple[Chip, ...]:
    """Who on file has a number of the card; whose barred person it is comes first and is said."""
    phones = {person.phone for person in reading.people if person.phone}
    found: list[Chip] = []
    for key in sorted({key for phone in phones for key in people.children_by_phone(database, phone)}):
        child = children.find_child(database, key)
        if child is None:
            continue
        adults = people.list_adults(database, key, today)
        barred = next((one for one in adults if one.tie.barred and one.phone in phones), None)
        if barred is None:
            found.append(Chip(f"同一电话：{child.name}", Tone.INFO))
        else:
            found.insert(0, Chip(f"同一电话：{child.name}，{barred.name}被禁止接走", Tone.BAD))
    return tuple(found[:3])


def stranger_problems(database: Database, card: IntakeCard, reading: Reading) -> list[Problem]:
    """A card that means nobody on file, though somebody is there who sounds so and was born that day, or who
    sounds so and has one of its numbers: the clerk looks at her and says.

    Whoever is barred from that child does not bring or collect her under a second record: ``intake_barred``.
    """
    if card.same_reason.strip():
        return []
    phones = {person.phone for person in reading.people}
    alikes = asked(find_alike(database, reading.name, reading.born_on, phones))
    if not alikes:
        return []
    # One line over its field: who they are stands beside the way to their records.
    words = f"不是档案里的{'、'.join(one.name for one in alikes)}？请写怎么知道的。"
    return [Problem("same_reason", words, Tone.WARN)]


def document_problems(database: Database, reading: Reading, known: Known | None) -> list[Problem]:
    """An identity number that another child has."""
    if reading.document is None:
        return []
    key = children.find_by_document(database, *reading.document)
    if key is None or (known is not None and key == known.child.id):
        return []
    owner = children.find_child(database, key)
    name = "另一个孩子" if owner is None else owner.name
    return [Problem("document_number", f"这个证件号已登记在{name}名下，请核对号码和姓名。")]


def minor_problems(reading: Reading, known: Known | None, today: dt.date) -> list[Problem]:
    """Who shall collect and is said to be under eighteen, or may be while nobody has seen a card: the rule at
    the door (58号文 Art 30), said while the family still stands at the desk.
    """
    adults = () if known is None else known.adults
    found = []
    for person in reading.people:
        if not person.collects or not person.name or person.born_on is not None:
            continue  # what the number on the card says is told in its own field
        same = meant_adult(adults, person)
        age = None if same is None or same.born_on is None else years_between(same.born_on, today)
        seen = person.identity_seen or (same is not None and same.identity_seen)
        against = doubt(person.relation, age, today, identity_seen=seen, name=person.name)
        if against is Doubt.NONE:
            continue
        maybe, mend = {
            Doubt.MAYBE: ("可能未满", "看过身份证请选“已核”；没带就"),
            Doubt.SAID: ("写的是未满", "已成年请填“送来的人身份证号”；没带就"),
            Doubt.UNDER: ("未满", "请"),
        }[against]
        who = f"{person.name}（{person.relation}）{maybe} {ADULT_AGE} 周岁，不能接走孩子。"
        mend = mend if person.field == "bringer" else "请"
        words = f"{who}{mend}在“谁来接”里去掉此人，另写一位成年人。"
        found.append(Problem(f"{person.field}_collects", words))
    return found


def birth_problems(database: Database, reading: Reading, known: Known | None) -> list[Problem]:
    """Who shows a card by which he was born on another day than the file says, in whatever family."""
    adults, found = () if known is None else known.adults, []
    for person in (one for one in reading.people if one.name and one.born_on is not None):
        meant = meant_adult(adults, person)
        adult = people.find_adult(database, person.name, person.phone) if meant is None else meant.id
        if adult is not None and (words := differing(database, adult, person.born_on)):
            found.append(Problem("identity_number", words))
    return found


def file_problems(
    known: Known, card: IntakeCard, reading: Reading, actor: Actor, now: dt.datetime
) -> list[Problem]:
    """Where the card of a child on file cannot be kept as it stands."""
    child = known.child
    if (reading.name and reading.name != child.name) or reading.born_on not in {None, child.born_on}:
        words = f"这是{child.name}（{child.born_on} 生）的档案，不能改成别人。登记另一个孩子请新开一张卡。"
        return [Problem("name", words)]
    try:
        check_free(known.standing, day_of(now), now)
    except RuleError as error:
        return [Problem("name", error.sentence)]
    found = []
    if known.standing.tariff is Tariff.CONTRACT:
        words = f"{child.name} 有包月合同，不另收临时托费。请在前台选中孩子按 F3 入园。"
        found.append(Problem("name", words))
    return [
        *found,
        *_allergy_problems(known, card, reading, actor),
        *_adult_problems(known, card, reading, actor),
    ]


def _allergy_problems(known: Known, card: IntakeCard, reading: Reading, actor: Actor) -> list[Problem]:
    held = known.child.substances
    if reading.allergy == "unknown" and held:
        return [Problem("allergy", f"档案里有{'、'.join(held)}过敏，仍按档案执行。", Tone.INFO)]
    lost = "、".join(one for one in held if one not in reading.substances)
    if not lost or reading.allergy not in {"none", "has"}:
        return []
    if not card.allergy_reason.strip():
        words = f"档案里有{lost}过敏，这张卡上没有。请向监护人核对；确实没有了，由园长写明理由。"
        return [Problem("allergy_reason", words, Tone.WARN)]
    if not actor.may(Permission.ANSWER_FOR_HEALTH):
        words = f"只有园长或保健员可以去掉{lost}过敏。请园长登录后保存，或照档案填上。"
        return [Problem("allergy_reason", words)]
    return []


def _adult_problems(known: Known, card: IntakeCard, reading: Reading, actor: Actor) -> list[Problem]:
    found: list[Problem] = []
    raised = may_raise(card, actor)
    for person in reading.people:
        if person.name:
            moved = renumbered(known.adults, person)
            if moved is None or not _is_hers_to_change(moved, person, actor):  # told at the number
                found += _person_problems(known, card, person, raised=raised)
    takers = [may_collect(one, meant_adult(known.adults, one), raised=raised) for one in reading.people]
    on_file = any(one.tie.may_collect and not one.tie.barred for one in known.adults)
    if not any(takers) and not on_file and any(one.collects for one in reading.people):
        words = "档案里这些人都不可接。至少要有一位可以接走孩子的成年人，请园长登录并写明谁同意。"
        found.append(Problem("bringer_collects", words))
    return found


def _person_problems(known: Known, card: IntakeCard, person: Person, *, raised: bool) -> list[Problem]:
    name, agreed = known.child.name, bool(card.collect_reason.strip())
    barred = [one for one in known.adults if one.tie.barred]
    moved = renumbered(known.adults, person)
    if moved is not None and not agreed:
        return [_renumbered_problem(moved)]
    same = moved or same_adult(known.adults, person)
    if same is not None and same.tie.may_collect:
        return [] if person.collects else [_unticked_problem(person, same, name)]
    if not person.collects:
        return []
    if same is not None:
        words = f"档案里{person.name}不可接{name}，仍按不可接。要改由园长登录并写明是谁同意的。"
        return [] if raised else [Problem("collect_reason", words, Tone.INFO)]
    if agreed:
        return []
    twin = next((one for one in barred if one.tie.relation == person.relation != ""), None)
    if twin is not None:
        barred_one = f"{name}的{twin.tie.relation}{twin.name}"
        words = f"{barred_one}被禁止接走，这里又有一位{person.relation}。请问明并写明谁同意。"
        return [Problem("collect_reason", words, Tone.WARN)]
    if not known.guardians:
        return []
    who = "或".join(f"{one.tie.relation}{one.name}" for one in known.guardians[:3])
    words = f"{person.name}不在{name}的接送名单里。请先问{who}，写明是谁同意的；不接就在“谁来接”里去掉。"
    return [Problem("collect_reason", words, Tone.WARN)]


def _unticked_problem(person: Person, adult: AdultOf, child: str) -> Problem:
    who = f"{adult.tie.relation}{adult.name}"
    words = f"{who}没有勾选：保存后不在{child}的接送名单里，以后也不可接。只是今天不来接请照旧勾选。"
    if adult.tie.is_guardian:
        words = f"{who}是监护人，在{child}的接送名单里不动。要取消请到档案里改。"
    return Problem(f"{person.field}_collects", words, Tone.INFO)


def number_problems(database: Database, reading: Reading, known: Known | None, actor: Actor) -> list[Problem]:
    """Where a new number on the card would change the file of somebody of whom it must not be changed here.

    Whoever is barred from any child is known by his number at that child's door (禁止接走): changing it is
    the director's, as in the records. A guardian's is what a phone authorisation rests on (电话授权): it is
    changed by herself, with her card, or by the director; who else knows a new number of hers has been told.
    """
    adults, found = () if known is None else known.adults, []
    first: dict[AdultId, Person] = {}
    for person in (one for one in reading.people if one.name):
        meant = meant_adult(adults, person)
        if meant is None:
            continue
        field, words = _PHONES[person.field], ""
        if first.setdefault(meant.id, person).phone != person.phone:
            words = f"{meant.name}在这张卡上写了两次，号码不同。请只写一次，或把另一位的关系写清楚。"
        elif renumbered(adults, person) is None:
            continue
        elif people.find_adult(database, person.name, person.phone) is not None:
            words = f"这个号码的{person.name}已在别的孩子家里登记。请先照档案填，再到档案里核对、合并。"
        elif meant.phone and actor.role is not Role.DIRECTOR and alarms.is_watched(database, meant.id):
            barred = people.is_barred(database, meant.id)
            why = "被禁止接走另一个孩子" if barred else "被认作过禁止接走的人，还没有确认是另一个人"
            words = f"{meant.name}{why}，换号码要由园长登录后办理。请照档案填，并告诉园长。"
        elif _is_hers_to_change(meant, person, actor):
            words = (
                f"{meant.name}是监护人，凭号码可以电话授权别人来接。换号要本人到场并核对身份证，"
                "或请园长登录后办理；现在请照档案填。"
            )
        if words:
            found.append(Problem(field, words))
    return found


def _is_hers_to_change(adult: AdultOf, person: Person, actor: Actor) -> bool:
    """Whether a guardian's number is to be changed who does not stand there, her card looked at."""
    there = person.field == "bringer" and person.identity_seen
    return adult.tie.is_guardian and not there and actor.role is not Role.DIRECTOR


def _renumbered_problem(adult: AdultOf) -> Problem:
    held = f"登记的电话是 {mask_phone(adult.phone)}" if adult.phone else "没有登记电话"
    who = f"{adult.tie.relation}{adult.name}"
    words = f"档案里的{who}{held}。换了号码请写明怎么核实的，保存时改档案；没换请照档案填。"
    return Problem("collect_reason", words, Tone.WARN)


def _load(database: Database, key: ChildId, today: dt.date) -> Known | None:
    child, standing = children.find_child(database, key), day.find_standing(database, key, today)
    if child is None or standing is None:
        return None
    return Known(child, standing, people.list_adults(database, key, today))
