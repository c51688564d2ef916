"""An applicant becomes a child on file: a new one, or by somebody's word one who is there already."""

import datetime as dt

from app.domain.ids import ChildId
from app.domain.life import LifeError
from app.domain.names import search_keys
from app.domain.phones import mask_phone
from app.domain.record import record
from app.services.intake_reading import GUARDIANS
from app.store import applicants, children, people
from app.store.applicants import Applicant
from app.store.children import NewChild
from app.store.database import Unit
from app.store.stamps import day_of


@record
class Twin:
    """A child on file with the same name and birth date, and by what she is known."""

    child: ChildId
    words: str  # 小名 阳阳 · 妈妈 张母 137****2233


class SameChildError(LifeError):
    """Nobody has said whether she is one of ``twins`` or another child of that name and birth date."""

    def __init__(self, name: str, born: dt.date, twins: tuple[Twin, ...]) -> None:
        msg = f"档案里已有{name}（{born} 生）。请看家长和电话，选“同一个孩子”还是“另一个孩子”。"
        super().__init__(msg, field="same")
        self.twins = twins


def keep_child(
    unit: Unit, asked: Applicant, born: dt.date, same: ChildId | None, *, other: bool = False
) -> ChildId:
    """Put an applicant on file as a child with the adult who rang, or join her to the child she is.

    Args:
        unit: the step.
        asked: who asked.
        born: her birth date.
        same: the child on file that somebody says she is.
        other: somebody says that she is none of those of her name and birth date.

    Raises:
        SameChildError: there is such a child on file, and nobody has said.
    """
    found = children.list_same(unit, asked.name, born)
    if same is not None and same in found:
        _note(unit, asked, same)
        unit.audit("child", same, f"{asked.name} 招生登记的就是档案里的这个孩子")
        return same
    if found and not other:
        raise SameChildError(asked.name, born, tuple(_twin(unit, one) for one in found))
    child = _add(unit, asked, born)
    _note(unit, asked, child)
    unit.audit("child", child, f"{asked.name} 同名同生日的另一个孩子" if found else asked.name)
    return child


def _add(unit: Unit, asked: Applicant, born: dt.date) -> ChildId:
    keys = search_keys(asked.name)
    child = children.add_child(unit, NewChild(asked.name, born, "unknown", keys.pinyin, keys.initials))
    relation, _, name = asked.contact.partition(" ")
    adult_name = name.strip() or relation or f"{asked.name}家长"
    adult = people.find_adult(unit, adult_name, asked.phone)
    if adult is None:
        sounds = search_keys(adult_name)
        new = people.NewAdult(adult_name, asked.phone, sounds.pinyin, sounds.initials)
        adult = people.add_adult(unit, new)
    # A parent is a guardian; of anybody else who asked, nobody has said yet that he may collect (Art 30).
    parent = bool(name.strip()) and relation in GUARDIANS
    tie = people.Tie(
        relation if name.strip() else "家长", is_guardian=parent, may_collect=parent, is_emergency=not parent
    )
    people.add_tie(unit, child, adult, tie)
    return child


def _note(unit: Unit, asked: Applicant, child: ChildId) -> None:
    if asked.id is not None:
        applicants.note_child(unit, asked.id, child)


def _twin(unit: Unit, child: ChildId) -> Twin:
    kept = children.find_child(unit, child)
    adults = people.list_adults(unit, child, day_of(unit.at))
    parts = [f"小名 {kept.nickname}" if kept is not None and kept.nickname else ""]
    parts += [
        f"{one.tie.relation} {one.name} {mask_phone(one.phone)}".strip()
        for one in adults[:2]
        if not one.tie.barred
    ]
    return Twin(child, " · ".join(part for part in parts if part) or "没有登记家长")
