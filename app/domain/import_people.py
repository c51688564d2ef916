"""The grown-ups of a row: parents in columns of their own, others as a few words (``李奶奶 奶奶 139…``)."""

import re
from collections.abc import Callable

from app.domain.errors import RuleError
from app.domain.import_cells import CellKind
from app.domain.import_rows import AdultDraft, RowReader
from app.domain.looks import Tone
from app.domain.names import clean_name, clean_text
from app.domain.phones import check_phone

_RELATIONS = frozenset(
    ("妈妈", "爸爸", "母亲", "父亲", "奶奶", "爷爷", "外婆", "外公", "姥姥", "姥爷", "姑姑", "姑妈", "舅舅",
     "舅妈", "阿姨", "姨妈", "叔叔", "伯伯", "婶婶", "哥哥", "姐姐", "育儿嫂", "保姆", "邻居", "其他")
)  # fmt: skip
_LONGEST_RELATION = 20
_KIN = {"妈妈": "妈母", "爸爸": "爸父"}
_PARENTS = frozenset(("妈妈", "爸爸", "母亲", "父亲", "监护人"))
_CONTACT = "联系人"
_SCIENCE = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_WORDS = re.compile(r"[\s,，/:：()（）]+")
_PERSONS = re.compile(r"[;；、\n]+")


def set_parent(reader: RowReader, key: str) -> None:
    """One column of a parent: ``parent1_name``, ``parent1_relation``, ``parent1_phone``."""
    which, _, part = key.partition("_")
    text = reader.text(key)
    if not text:
        return
    parent = reader.parents.setdefault(which, AdultDraft(is_guardian=True))  # till all columns are read
    if part == "phone":
        parent.phone = _phone(reader, key, text)
    elif part == "name":
        parent.name = _name(reader, key, text)
    else:
        parent.relation = _relation(reader, key, text)


def set_emergency(reader: RowReader, key: str) -> None:
    """Whom to call when no parent can be reached."""
    if text := reader.text(key):
        _person(reader, key, text, is_emergency=True)


def set_collectors(reader: RowReader, key: str) -> None:
    """Who else may collect, parted by semicolons."""
    for text in filter(None, (one.strip() for one in _PERSONS.split(reader.cell(key).text))):
        _person(reader, key, text, is_emergency=False)


def _person(reader: RowReader, key: str, text: str, *, is_emergency: bool) -> None:
    words = [word for word in _WORDS.split(text) if word]
    phones = [word for word in words if sum(one.isdigit() for one in word) >= 5]
    relations = [word for word in words if word in _RELATIONS]
    names = [word for word in words if word not in {*phones, *relations}]
    if not names and relations:
        names = relations[:1]
    if len(names) != 1 or len(phones) > 1:
        what = "紧急联系人" if is_emergency else "可接人"
        sentence = f"{what}“{text[:20]}”看不出姓名、关系和电话。请写成 李奶奶 奶奶 13900001177。"
        reader.blame(f"{key}_unreadable", key, sentence)
        return
    person = AdultDraft(name=_name(reader, key, names[0]), is_emergency=is_emergency)
    person.relation = relations[0] if relations else "其他"
    person.phone = _phone(reader, key, phones[0]) if phones else ""
    if is_emergency and not phones:
        reader.blame("emergency_no_phone", key, f"紧急联系人{names[0][:10]}没有电话，请补上。")
    for known in (*reader.parents.values(), *reader.others):
        if known.name == person.name and (not person.phone or known.phone in {"", person.phone}):
            known.is_emergency = known.is_emergency or is_emergency
            known.phone = known.phone or person.phone
            return
    reader.others.append(person)


def _phone(reader: RowReader, key: str, text: str) -> str:
    cell = reader.cell(key)
    if _SCIENCE.fullmatch(text):
        words = f"电话“{text}”被 Excel 写成了科学计数法。请把这一列设为“文本”，重新填写。"
        reader.blame("phone_science", key, words)
        return ""
    if cell.kind is CellKind.DATE:
        reader.blame("phone_date", key, "电话这一格是日期。列是不是对错了？")
        return ""
    try:
        return check_phone(text)
    except RuleError as error:
        digits = sum(one.isdigit() for one in text)
        code = "phone_letters" if digits < len(text.replace(" ", "").replace("-", "")) else "phone_length"
        reader.fail(code if text.startswith("1") or code == "phone_letters" else "phone_none", key, error)
        return ""


def _name(reader: RowReader, key: str, text: str) -> str:
    if text.isdecimal():
        reader.blame("adult_number", key, f"“{text[:20]}”是数字，不是姓名。列是不是对错了？")
        return ""
    if text.startswith(("=", "+", "-", "@")):
        reader.blame("adult_code", key, f"姓名以“{text[0]}”开头，像公式。请改成名字。")
        return ""
    try:
        return clean_name(text)
    except RuleError as error:
        reader.fail("adult_name", key, error)
        return ""


def _relation(reader: RowReader, key: str, text: str) -> str:
    if len(text) > _LONGEST_RELATION:
        reader.blame("relation_long", key, f"关系最多 {_LONGEST_RELATION} 个字，如“奶奶”。")
        return ""
    try:
        return clean_text(text, "关系", key)
    except RuleError as error:
        reader.fail("relation_invisible", key, error)
        return ""


def _check_parents(reader: RowReader) -> None:
    for which, parent in reader.parents.items():
        if parent.phone and not parent.name and not reader.blamed(f"{which}_name"):
            reader.blame("parent_no_name", f"{which}_name", "家长有电话，没有姓名，请补上。")
        if parent.name and not parent.phone and not reader.blamed(f"{which}_phone"):
            words = f"家长{parent.name}没有电话，联系不上。"
            reader.blame("parent_no_phone", f"{which}_phone", words, Tone.WARN)
        if (parent.name or parent.phone) and not reader.blamed(f"{which}_relation"):
            _settle_relation(reader, which, parent)


def _settle_relation(reader: RowReader, which: str, parent: AdultDraft) -> None:
    """What nobody wrote in the row stands over the column: 母亲姓名, 父亲电话; 联系人 is no guardian.

    Who only answers the telephone is called, but neither agrees to anything nor collects (58号文 Art 30).
    """
    heads = [reader.context.headings.get(f"{which}_{part}", "") for part in ("name", "phone")]
    written = parent.relation
    kin = next((kin for head in heads for kin, signs in _KIN.items() if _says(head, signs)), "")
    parent.relation = written or kin or "家长"
    if _CONTACT in heads[0] and parent.relation not in _PARENTS:
        parent.is_guardian, parent.is_emergency, parent.may_collect = False, True, False
        words = f"{parent.name}只写了“{_CONTACT}”，先记为紧急联系人，不是监护人、不能接。是家长请加一列关系。"
        reader.blame("contact_only", f"{which}_name", words, Tone.WARN)


def _says(head: str, signs: str) -> bool:
    """Whether a heading names this parent and not both: 父母姓名 is anybody's."""
    others = "".join(other for other in _KIN.values() if other != signs)
    return any(sign in head for sign in signs) and not any(sign in head for sign in others)


def _check_reachable(reader: RowReader) -> None:
    people = (*reader.parents.values(), *reader.others)
    phoned = any(key.endswith("phone") and reader.blamed(key) for key in reader.mapping)
    if not any(one.name and one.phone for one in people) and not phoned:
        words = "没有一位大人有姓名和电话，出了事找不到人。请至少填一位家长。"
        reader.blame("no_adult", "parent1_phone", words)


def _check_same_phone(reader: RowReader) -> None:
    seen: dict[str, str] = {}
    for one in (*reader.parents.values(), *reader.others):
        if one.phone and seen.setdefault(one.phone, one.name) != one.name:
            words = f"{seen[one.phone]}和{one.name}是同一个电话，请核对。"
            reader.blame("same_phone", "parent2_phone", words, Tone.WARN)


CHECKS_OF_PEOPLE: tuple[Callable[[RowReader], None], ...] = (
    _check_parents,
    _check_reachable,
    _check_same_phone,
)
