"""The grown-ups of a row: parents in columns of their own, others as a few words (``李奶奶 奶奶 139…``)."""

from collections.abc import Callable

from app.domain.errors import RuleError
from app.domain.import_bars import check_bar_words, check_barred, set_paper
from app.domain.import_dates import read_date
from app.domain.import_persons import NOBODY, read_name, read_persons, read_phone
from app.domain.import_roles import is_grandparent, is_parent, read_roles
from app.domain.import_rows import AdultDraft, RowReader
from app.domain.looks import Tone
from app.domain.minors import ADULT_AGE, Doubt, doubt
from app.domain.names import clean_text
from app.domain.visits import years_between

_LONGEST_RELATION = 20
_KIN = {"妈妈": "妈母", "爸爸": "爸父"}
_CONTACT, _GUARDIAN, _NOBODY = "联系人", "监护人", "家长"


def set_parent(reader: RowReader, key: str) -> None:
    """One column of a parent: ``parent1_name``, ``parent1_phone``, ``parent1_role`` …"""
    which, _, part = key.partition("_")
    text = reader.text(key)
    if not text:
        return
    parent = reader.parents.setdefault(which, AdultDraft())
    if part == "phone":
        parent.phone = read_phone(reader, key, text)
    elif part == "name":
        parent.name = read_name(reader, key, text)
    elif part == "relation":
        parent.relation = _relation(reader, key, text)
    elif part == "role":
        _set_roles(reader, key, parent, text)
    elif part == "born_on":
        _set_birth(reader, key, parent)
    else:
        set_paper(reader, key, parent, part)


def set_emergency(reader: RowReader, key: str) -> None:
    """Whom to call when no parent can be reached, in one column or in up to three."""
    parts = [reader.text(one) for one in (key, f"{key}_relation", f"{key}_phone")]
    text = " ".join(one for one in parts if one and one.casefold() not in NOBODY)
    if not text:
        return
    if parts[2] and not any(parts[:2]):  # a number alone: whose, the row may say elsewhere
        phone = read_phone(reader, f"{key}_phone", parts[2])
        known = next((one for one in reader.people if phone and one.phone == phone), None)
        if known is not None:
            known.is_emergency = True
        elif phone:
            words = f"紧急联系电话 {phone} 没有写是谁的，请补上紧急联系人的姓名。"
            reader.blame("emergency_nameless", key, words)
        return
    for person in read_persons(reader, key, text, "紧急联系人"):
        if not person.phone and not reader.blamed(key) and not reader.blamed(f"{key}_phone"):
            reader.blame("emergency_no_phone", key, f"紧急联系人{person.name[:10]}没有电话，请补上。")
        _join(reader, person).is_emergency = True


def set_collectors(reader: RowReader, key: str) -> None:
    """Who else may collect, parted by semicolons."""
    for person in read_persons(reader, key, reader.cell(key).text, "可接人"):
        _join(reader, person).named = True


def set_nothing(_reader: RowReader, _key: str) -> None:
    """A column that the setter of another reads along."""


def _join(reader: RowReader, person: AdultDraft) -> AdultDraft:
    """The one of the row whom these words mean, or herself as somebody new."""
    for known in reader.people:
        if known.name == person.name and (not person.phone or known.phone in {"", person.phone}):
            known.phone = known.phone or person.phone
            return known
    reader.others.append(person)
    return person


def _relation(reader: RowReader, key: str, text: str) -> str:
    if len(text) > _LONGEST_RELATION:
        reader.blame("relation_long", key, f"关系最多 {_LONGEST_RELATION} 个字，如“奶奶”。")
        return ""
    try:
        return clean_text(text, "关系", key)
    except RuleError as error:
        reader.fail("relation_invisible", key, error)
        return ""


def _set_roles(reader: RowReader, key: str, parent: AdultDraft, text: str) -> None:
    parent.roles = read_roles(text)
    if parent.roles is None:
        words = f"权限“{text[:20]}”看不懂。请填监护人、可接、紧急联系人、禁止接走，多项用顿号分开。"
        reader.blame("role_unknown", key, words)
    elif parent.roles.barred and parent.roles.collects:
        reader.blame("role_contradicts", key, "权限里又写可接、又写禁止接走，请去掉一项。")
    elif parent.roles.barred:
        reader.bars_answered = True


def _set_birth(reader: RowReader, key: str, parent: AdultDraft) -> None:
    found = read_date(reader.cell(key), "家长的出生日期")
    if found.sentence:
        reader.blame(f"adult_birth_{found.code}", key, found.sentence, found.tone)
    if found.day is not None and found.day > reader.context.today:
        reader.blame("adult_birth_future", key, f"家长的出生日期 {found.day} 还没有到，请核对。")
    else:
        parent.born_on = found.day


def _check_parents(reader: RowReader) -> None:
    for which, parent in reader.parents.items():
        if parent.phone and not parent.name and not reader.blamed(f"{which}_name"):
            reader.blame("parent_no_name", f"{which}_name", "家长有电话，没有姓名，请补上。")
        barred = parent.roles is not None and parent.roles.barred
        if barred and not parent.name:
            words = "写了禁止接走，没有写姓名，门口认不出是谁。请补上。"
            reader.blame("bar_nameless", f"{which}_name", words)
        if parent.name and not parent.phone and not barred and not reader.blamed(f"{which}_phone"):
            words = f"家长{parent.name}没有电话，联系不上。"
            reader.blame("parent_no_phone", f"{which}_phone", words, Tone.WARN)
        if (parent.name or parent.phone) and not reader.blamed(f"{which}_relation"):
            _settle(reader, which, parent)


def _settle(reader: RowReader, which: str, parent: AdultDraft) -> None:
    """What a parent is to the child: as the row says, else by the relation, else by the heading.

    Who only answers the telephone is called, but neither agrees to anything nor collects (58号文 Art 30).
    """
    heads = [reader.context.headings.get(f"{which}_{part}", "") for part in ("name", "phone")]
    written = parent.relation
    kin = next((kin for head in heads for kin, signs in _KIN.items() if _says(head, signs)), "")
    parent.relation = written or kin or _NOBODY
    if parent.roles is not None:
        parent.is_guardian, parent.barred = parent.roles.guardian, parent.roles.barred
        parent.is_emergency = parent.roles.emergency or parent.is_emergency
        parent.may_collect = parent.roles.collects
        if parent.is_guardian and not (is_parent(parent.relation) or is_grandparent(parent.relation)):
            words = f"{parent.name}（{parent.relation}）按“权限”一列记为监护人，请核对有没有法律文书。"
            reader.blame("guardian_by_role", f"{which}_role", words, Tone.WARN)
        return
    contact = _CONTACT in heads[0]
    grand = is_grandparent(parent.relation)
    if is_parent(written or kin) or (grand and _GUARDIAN in heads[0]) or not (written or kin or contact):
        parent.is_guardian = parent.may_collect = True
        return
    parent.may_collect = parent.named or (grand and not contact)
    parent.is_emergency = parent.is_emergency or not parent.may_collect
    if contact and not parent.named:
        words = f"{parent.name}只写了“{_CONTACT}”，先记为紧急联系人，不是监护人、不能接。是家长请加一列关系。"
        reader.blame("contact_only", f"{which}_name", words, Tone.WARN)
        return
    said = f"{parent.name}（{parent.relation}）记为{parent.words}，不是监护人"
    how = "" if parent.may_collect else "、不能接。要能接，请写进“可接人”"
    head = f"家长{which[6:]}权限"
    words = f"{said}{how}。确是法定监护人，请在“{head}”一列写明。"
    reader.blame("no_guardian", f"{which}_relation", words, Tone.WARN)


def _says(head: str, signs: str) -> bool:
    """Whether a heading names this parent and not both: 父母姓名 is anybody's."""
    others = "".join(other for other in _KIN.values() if other != signs)
    return any(sign in head for sign in signs) and not any(sign in head for sign in others)


def _check_collectors(reader: RowReader) -> None:
    """Only grown-ups collect, as the record's form has it; whoever may be none is called instead."""
    for one in reader.people:
        one.may_collect = (one.may_collect or one.named) and not one.barred
        if not one.may_collect:
            continue
        today = reader.context.today
        age = None if one.born_on is None else years_between(one.born_on, today)
        against = doubt(one.relation, age, today, name=one.name)
        if against is not Doubt.NONE:
            one.may_collect, one.is_emergency = False, True
            maybe = "可能未满" if against is Doubt.MAYBE else "未满"
            words = f"{one.name}（{one.relation}）{maybe} {ADULT_AGE} 周岁，记为紧急联系人，不能接。"
            check = "核对身份证" if against is Doubt.MAYBE else "填上出生日期"
            how = "" if against is Doubt.UNDER else f"成年的请在档案里{check}，再勾“可以接孩子”。"
            reader.blame("minor", "collectors", f"{words}{how}", Tone.WARN)


def _check_reachable(reader: RowReader) -> None:
    phoned = any(key.endswith("phone") and reader.blamed(key) for key in reader.mapping)
    if not any(one.name and one.phone and not one.barred for one in reader.people) and not phoned:
        words = "没有一位大人有姓名和电话，出了事找不到人。请至少填一位家长。"
        reader.blame("no_adult", "parent1_phone", words)


def _check_same_phone(reader: RowReader) -> None:
    seen: dict[str, str] = {}
    for one in reader.people:
        if one.phone and seen.setdefault(one.phone, one.name) != one.name:
            words = f"{seen[one.phone]}和{one.name}是同一个电话，请核对。"
            reader.blame("same_phone", "parent2_phone", words, Tone.WARN)


CHECKS_OF_PEOPLE: tuple[Callable[[RowReader], None], ...] = (
    _check_parents,
    check_barred,
    _check_collectors,
    _check_reachable,
    _check_same_phone,
    check_bar_words,
)
