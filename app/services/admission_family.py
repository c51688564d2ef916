"""An applicant becomes a child on file: a new one, or by somebody's word one who is there already."""

import datetime as dt

from app.domain.ids import ChildId
from app.domain.life import LifeError
from app.domain.names import search_keys
from app.domain.phones import mask_phone
from app.domain.record import record
from app.domain.records import same_sound
from app.domain.staff import Actor
from app.services.alarms import IN_FAMILY
from app.services.bars import Stranger
from app.services.intake_reading import GUARDIANS
from app.services.likeness import Alike, find_alike, question, refuse_barred_of
from app.store import applicants, children, people
from app.store.applicants import Applicant
from app.store.children import NewChild
from app.store.database import Database, Unit
from app.store.stamps import day_of


@record
class Twin:
    """A child on file who may be the same, and by what she is known."""

    child: ChildId
    words: str  # 小名 阳阳 · 妈妈 张母 137****2233


class SameChildError(LifeError):
    """Nobody has said whether she is one of ``twins``, who are like her, or another child."""

    def __init__(self, name: str, born: dt.date, twins: tuple[Twin, ...]) -> None:
        msg = f"档案里已有像{name}（{born} 生）的孩子。请看家长和电话，选“同一个孩子”还是“另一个孩子”。"
        super().__init__(msg, field="same")
        self.twins = twins


def require_another(database: Database, actor: Actor, new: Applicant, why: str, today: dt.date) -> None:
    """Pass if who asks is nobody on file and asks for the first time, or somebody says why she is another.

    Raises:
        LifeError: she may be a child on file, or one who has asked already.
        BarredAlarmError: who asks is like somebody barred from a child she may be; the alarm is kept.
    """
    alikes = find_alike(database, new.name, new.born_on, (new.phone,))
    relation, name = _contact(new)
    refuse_barred_of(database, actor, alikes, Stranger(name, relation, new.phone), today)
    if why:
        return
    if asked := question(database, alikes, today):
        msg = f"{asked}是，请在名单里找到这个孩子再办；不是，请写明理由。"
        raise LifeError(msg, field="same_reason")
    sound = search_keys(new.name).pinyin
    for other in applicants.list_near(database, new.birth, new.phone):
        if same_sound(sound, search_keys(other.name).pinyin):
            date = f"{other.birth} {'生' if other.born_on else '预产'}"
            words = f"{other.name}（{date}，{mask_phone(other.phone)}，{other.applied_on} 登记）"
            msg = f"就是这个孩子吗？已经登记过{words}。是，请在名单里找到这个孩子再办；不是，请写明理由。"
            raise LifeError(msg, field="same_reason")


def refuse_barred_contact(
    database: Database, actor: Actor, asked: Applicant, born: dt.date, same: ChildId | None, *, other: bool
) -> None:
    """Pass if the adult who would come on file with an applicant is barred from no child she may be.

    Where ``keep_child`` asks who she is, or joins her to the child on file, nobody new comes. Before the
    unit: an alarm has one of its own.

    Raises:
        BarredAlarmError: he is like somebody who is; the alarm is kept.
    """
    alikes = find_alike(database, asked.name, born, (asked.phone,))
    found = [one.child for one in alikes if one.asked]
    if same in found or (found and not other):
        return
    today = day_of(database.clock())
    relation, name = _contact(asked)
    refuse_barred_of(database, actor, alikes, Stranger(name, relation, asked.phone), today, IN_FAMILY)


def keep_child(
    unit: Unit, asked: Applicant, born: dt.date, same: ChildId | None, *, other: bool = False
) -> ChildId:
    """Put an applicant on file as a child with the adult who rang, or join her to the child she is.

    Args:
        unit: the step.
        asked: who asked.
        born: her birth date.
        same: the child on file that somebody says she is.
        other: somebody says that she is none of those who are like her.

    Raises:
        SameChildError: there is such a child on file, and nobody has said.
    """
    alikes = find_alike(unit, asked.name, born, (asked.phone,))
    found = [one.child for one in alikes if one.asked]
    if same is not None and same in found:
        _note(unit, asked, same)
        unit.audit("child", same, f"{asked.name} 招生登记的就是档案里的这个孩子")
        return same
    if found and not other:
        raise SameChildError(asked.name, born, tuple(_twin(unit, one) for one in alikes if one.asked))
    child = _add(unit, asked, born)
    _note(unit, asked, child)
    unit.audit("child", child, f"{asked.name} 是另一个孩子" if found else asked.name)
    return child


def _add(unit: Unit, asked: Applicant, born: dt.date) -> ChildId:
    keys = search_keys(asked.name)
    child = children.add_child(unit, NewChild(asked.name, born, "unknown", keys.pinyin, keys.initials))
    relation, adult_name = _contact(asked)
    adult = people.find_adult(unit, adult_name, asked.phone)
    if adult is None:
        sounds = search_keys(adult_name)
        new = people.NewAdult(adult_name, asked.phone, sounds.pinyin, sounds.initials)
        adult = people.add_adult(unit, new)
    # A parent is a guardian; of anybody else who asked, nobody has said yet that he may collect (Art 30).
    parent = relation in GUARDIANS
    tie = people.Tie(relation, is_guardian=parent, may_collect=parent, is_emergency=not parent)
    people.add_tie(unit, child, adult, tie)
    return child


def _contact(asked: Applicant) -> tuple[str, str]:
    """Relation and name of who asked: 妈妈 陆静. Of one word nobody knows what it is to the child."""
    relation, _, name = asked.contact.partition(" ")
    if name.strip():
        return relation, name.strip()
    return "家长", relation or f"{asked.name}家长"


def _note(unit: Unit, asked: Applicant, child: ChildId) -> None:
    if asked.id is not None:
        applicants.note_child(unit, asked.id, child)


def _twin(unit: Unit, alike: Alike) -> Twin:
    child = alike.child
    kept = children.find_child(unit, child)
    adults = people.list_adults(unit, child, day_of(unit.at))
    parts = ["" if alike.same_name else alike.name, "" if alike.same_birth else f"{alike.born_on} 生"]
    parts += [f"小名 {kept.nickname}" if kept is not None and kept.nickname else ""]
    parts += [
        f"{one.tie.relation} {one.name} {mask_phone(one.phone)}".strip()
        for one in adults[:2]
        if not one.tie.barred
    ]
    return Twin(child, " · ".join(part for part in parts if part) or "没有登记家长")
