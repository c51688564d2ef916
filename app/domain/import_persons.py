"""A person in a few words of a cell (``李奶奶 奶奶 13900001177``), and a name or a number by itself."""

import re

from app.domain.errors import RuleError
from app.domain.import_cells import CellKind
from app.domain.import_roles import is_grandparent, is_parent, says_barred
from app.domain.import_rows import AdultDraft, RowReader
from app.domain.minors import is_kin_alone
from app.domain.names import clean_name
from app.domain.phones import check_phone

_RELATIONS = frozenset(
    ("姑姑", "姑妈", "姑父", "舅舅", "舅妈", "阿姨", "姨妈", "姨父", "叔叔", "伯伯", "伯父", "伯母", "婶婶",
     "哥哥", "姐姐", "育儿嫂", "保姆", "月嫂", "邻居", "朋友", "同事", "司机", "其他")
)  # fmt: skip
# How a cell says that there is nobody.
NOBODY = frozenset(
    ("无", "没有", "否", "不", "暂无", "无此情况", "0", "n", "no", "none", "/", "-", "—", "——")
)
_SCIENCE = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_WORDS = re.compile(r"[\s,，/:：()（）]+")
_PERSONS = re.compile(r"[;；、\n]+")
_LEAST_DIGITS = 5


def read_persons(reader: RowReader, key: str, text: str, what: str) -> list[AdultDraft]:
    """Everybody of a cell, parted by semicolons; whoever cannot be made out is blamed.

    Words that only say 禁止接走 are no part of a name: the column, or another check, tells what they mean.
    """
    found = []
    for part in (one.strip() for one in _PERSONS.split(text)):
        if not part or part.casefold() in NOBODY:
            continue
        words = [word for word in _WORDS.split(part) if word and not says_barred(word)]
        phones = [word for word in words if sum(one.isdigit() for one in word) >= _LEAST_DIGITS]
        relations = [word for word in words if _is_relation(word)]
        names = [word for word in words if word not in {*phones, *relations}]
        if len(names) > 1 and all(word.isascii() for word in names):
            names = [" ".join(names)]
        if not names and relations:
            names = relations[:1]
            if is_kin_alone(names[0]):  # 赵哥哥 哥哥: what is left says it better
                relations = relations[1:] or relations
        if len(names) != 1 or len(phones) > 1:
            sentence = f"{what}“{part[:20]}”看不出姓名、关系和电话。请写成 李奶奶 奶奶 13900001177。"
            reader.blame(f"{key}_unreadable", key, sentence)
            continue
        phone = read_phone(reader, key, phones[0]) if phones else ""
        name, relation = read_name(reader, key, names[0]), relations[0] if relations else "其他"
        found.append(AdultDraft(name=name, relation=relation, phone=phone))
    return found


def _is_relation(word: str) -> bool:
    return word in _RELATIONS or is_parent(word) or is_grandparent(word) or is_kin_alone(word)


def read_phone(reader: RowReader, key: str, text: str) -> str:
    """A number as it is kept; empty where it is none."""
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


def read_name(reader: RowReader, key: str, text: str) -> str:
    """A name as it is kept; empty where it is none."""
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
