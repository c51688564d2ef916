"""过敏 as families write it in a list: what she must not eat, that there is nothing, or neither.

A "no" that is kept as an allergy hides the true ones among red marks; a word that is dropped may be the one
that mattered. So what is neither a plain no nor a substance that the tables know is asked about (58号文
Art 16).
"""

import re
import unicodedata
from collections.abc import Iterable

from app.domain.errors import RuleError
from app.domain.import_rows import RowReader
from app.domain.looks import Tone
from app.domain.names import clean_text

_LONGEST_SUBSTANCE, _LONGEST = 50, 200
_PARTS = re.compile(r"[、，,；;/\s。]+")
_KINDS = "(?:食物|食品|食材|药物|药品|吸入物?|接触物?|花粉|其[他它])"
_NONE = re.compile(
    r"(?:目前|至今|暂时?|现在?|一直|尚|均|皆|都|从|宝宝|孩子)*"
    r"(?:无|没有?|未发现|未见|未查出|未出现|否认|不存在)"
    rf"(?P<kinds>(?:任何|已知|明显|特殊|特别|明确|对?(?P<kind>{_KINDS}(?:[和及与或]?{_KINDS})*))*)的?"
    r"(?:过敏)?(?:过敏|史|病史|源|原|物|现象|情况|反应|症状)*"
)
_PLAIN_NO = frozenset(("否", "不", "不过敏", "从不过敏", "none", "no", "n", "nil", "0", "-", "—", "——", "/"))
# Said for an answer, and none.
_UNCLEAR = frozenset(
    (
        "不清楚",
        "不详",
        "未知",
        "待定",
        "?",
        "有",
        "是",
        "y",
        "yes",
        "√",
        "v",
        "×",
        "x",
        "待查",
        "待确认",
        "过敏",
    )
)
_VAGUE = re.compile(
    r"过敏体质|过敏性体质|家族|正常|良好|健康|过敏史?|有过敏(?:史|体质)?|不[明确定清].*|可能.{0,2}|待.*|见.*|问.*|详.*|不过敏"
)
_HEADED = re.compile(rf"^(?:{_KINDS}类?(?:过敏)?|过敏[原源]?)[:：](?=.)")
# How bad it is stays with the word: there is no other place for it.
_SUBSTANCE = re.compile(r"^对?(?P<what>.+?)(?<!不)(?<!严重)(?<!轻[度微])(?<![中重]度)过敏(?:史|[原源])?$")
# What tells of her and names nothing by itself.
_REMARK = re.compile(
    r"^(?:需|须|要|请|避免|注意|会|不|没|无|已|喝|吃|用|起|出|曾|家族|发作|随身|观察|一岁|\d)|不过敏|体质|脱敏|好转|疑似|可能"
)
# A sentence about somebody else, another time or what she may eat: a substance that it names is hers
# only if somebody says so.
_SENTENCE = re.compile(
    r"^(?:爸爸|妈妈|父|母亲|爷爷|奶奶|外公|外婆|姥姥|姥爷|哥哥|姐姐|弟弟|妹妹|家人|家里|家长|双胞胎|亲属)"
    r"|^(?:但|除|只有|从[未不没来]|未曾|不曾|并[不非]|以前|之前|小时|过去|原来|刚)"
    r"|(?:可以?|能)[吃喝食用]|[不少][吃喝能会]|除外|以外|之外|吃过|喝过|现在|已经|没事|没反应|好了|痊愈|消失|\?"
)


def set_allergy(reader: RowReader, key: str) -> None:
    """Whether she has an allergy, and to what."""
    text = unicodedata.normalize("NFKC", reader.text(key)).strip(" 。.")
    if not text:
        return
    told = [part for part in _PARTS.split(text) if part] or [text]
    denied, kept, vague = set[str](), list[str](), list[str]()
    for part in told if text.casefold() not in _PLAIN_NO | _UNCLEAR else [text]:
        if part.casefold() in _PLAIN_NO:
            denied.add("")
        elif (none := _NONE.fullmatch(part)) is not None:
            denied.add(none["kind"] or "")
        elif part.casefold() in _UNCLEAR or _VAGUE.fullmatch(part):
            vague.append(part)
        else:
            kept.append(_substance(part, opens="过敏" in text))
    if kept:
        _keep(reader, key, tuple(dict.fromkeys(kept)), vague)
    elif vague or not _is_whole(denied):
        _ask(reader, key, text)
    else:
        reader.allergy = "none"


def _substance(part: str, *, opens: bool) -> str:
    """A substance without the words around it. ``opens`` is 对花生、虾过敏, and not 对虾."""
    plain = _HEADED.sub("", part)
    if (found := _SUBSTANCE.fullmatch(plain)) is not None:
        return found["what"]
    return plain.removeprefix("对") if opens and len(plain) > 1 else plain


def _is_whole(denied: Iterable[str]) -> bool:
    """Whether the kinds of which there is none are all: 无药物过敏 tells nothing of food."""
    said = "".join(denied)
    return "" in denied or ("食" in said and "药" in said)


def _keep(reader: RowReader, key: str, substances: tuple[str, ...], vague: list[str]) -> None:
    if any(len(one) > _LONGEST_SUBSTANCE for one in substances):
        words = f"每种过敏原最多 {_LONGEST_SUBSTANCE} 个字，多种请用顿号分开。"
        reader.blame("allergy_long", key, words)
        return
    try:
        clean_text(reader.text(key), "过敏", key, _LONGEST)
    except RuleError as error:
        reader.fail("allergy_invisible", key, error)
    reader.allergy, reader.substances = "has", substances
    known = reader.context.is_allergen
    odd = [one for one in substances if _is_remark(one) or not known(one)] + vague
    if odd:
        said = "、".join(f"“{one[:20]}”" for one in odd)
        words = f"过敏里的{said}不是过敏原表里的名称，照原样记为过敏原。请核对：不是过敏原的，写到备注里。"
        reader.substances = tuple(dict.fromkeys((*substances, *vague)))
        reader.blame("allergy_unknown", key, words, Tone.WARN)


def _is_remark(text: str) -> bool:
    """Whether a part is a sentence and no name, though it may name a substance the tables know."""
    return _REMARK.search(text) is not None or _SENTENCE.search(text) is not None


def _ask(reader: RowReader, key: str, text: str) -> None:
    """What says neither yes nor no stays unanswered, in words that go along with her."""
    words = f"过敏写的是“{text[:30]}”，没说清对什么，按未答导入。"
    if text.casefold() not in _UNCLEAR:
        words += "原话记在备注里。"
        reader.remarks.append(f"名单上过敏写：{text}")
    reader.blame("allergy_unclear", key, words, Tone.WARN)


def check_remarks(reader: RowReader) -> None:
    """Words that no field could take stand in the note, behind what the list has for it."""
    if reader.remarks:
        reader.note = "；".join(filter(None, (reader.note, *reader.remarks)))[:_LONGEST]
