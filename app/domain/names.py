"""Names as families write them, and how the desk finds them (domain §7.3).

Lengths are code points: 𬱖 is one character, though UTF-16 counts two.
"""

import itertools
import os
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from app.domain.errors import RuleError
from app.domain.phones import dialled
from app.domain.record import record
from app.domain.unseen import drop_unseen, is_blank

LONGEST = 50
LONGEST_TEXT = 200
# Raised whenever a name is read otherwise than before: the keys of people on file are then made anew.
READING_RULES = 2
# What people type and paste for the · between the parts of a name; kept as ·, and known as it everywhere.
DOTS = "・･•．‧∙⋅⸱"
ONE_DOT = str.maketrans(dict.fromkeys(DOTS, "·"))
_MOST_READINGS = 32
_LEAST_TAIL = 3
_HALVES = re.compile(r"[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Readings a character has only as a surname; the ordinary readings stay, as people type either.
_SURNAMES = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "盖": "ge", "乐": "yue",
    "朴": "piao", "任": "ren", "华": "hua", "燕": "yan", "冼": "xian", "员": "yun", "秘": "bi", "折": "she",
    "尹": "yin", "翟": "zhai", "宓": "mi", "缪": "miao", "召": "shao", "覃": "qin", "臧": "zang",
    "逄": "pang",
    "黑": "he", "钭": "tou", "么": "yao", "繁": "po", "种": "chong", "洗": "xian", "尉": "wei", "撒": "sa",
    "葛": "ge", "贾": "jia", "隗": "wei", "应": "ying", "纪": "ji", "晟": "cheng", "佴": "nai",
    "冯": "feng", "沈": "shen", "盛": "sheng", "石": "shi", "车": "che", "褚": "chu", "柏": "bai", "那": "na",
    "宁": "ning", "强": "qiang", "卜": "bu", "俞": "yu", "殷": "yin", "干": "gan", "都": "du", "过": "guo",
    "哈": "ha", "莘": "shen", "訾": "zi", "句": "gou", "祭": "zhai", "能": "nai", "角": "jue", "炅": "gui",
    "乜": "nie", "郗": "xi", "贲": "ben", "重": "chong", "仉": "zhang", "贠": "yun", "相": "xiang",
}  # fmt: skip
# As a surname read either way, the ordinary one the likelier.
_EITHER = {"费": "bi", "谌": "shen"}
_RARE = {"𬱖": "wei", "䶮": "yan"}  # where pypinyin's table is wrong or silent
_COMPOUND = {
    "欧阳": "ou yang", "尉迟": "yu chi", "万俟": "mo qi", "司马": "si ma", "上官": "shang guan",
    "诸葛": "zhu ge", "司徒": "si tu", "皇甫": "huang fu", "长孙": "zhang sun", "令狐": "ling hu",
    "夏侯": "xia hou", "慕容": "mu rong", "东方": "dong fang", "公孙": "gong sun", "宇文": "yu wen",
    "轩辕": "xuan yuan", "钟离": "zhong li", "淳于": "chun yu", "单于": "chan yu", "澹台": "tan tai",
    "公冶": "gong ye", "宗政": "zong zheng", "濮阳": "pu yang", "太叔": "tai shu", "申屠": "shen tu",
    "仲孙": "zhong sun", "鲜于": "xian yu", "闾丘": "lv qiu", "司空": "si kong", "呼延": "hu yan",
    "端木": "duan mu", "百里": "bai li", "东郭": "dong guo", "南宫": "nan gong", "西门": "xi men",
    "独孤": "du gu", "拓跋": "tuo ba", "赫连": "he lian", "纳兰": "na lan", "第五": "di wu",
    "公羊": "gong yang",
    "乐正": "yue zheng", "亓官": "qi guan", "司寇": "si kou", "子车": "zi ju", "颛孙": "zhuan sun",
    "公西": "gong xi", "左丘": "zuo qiu", "梁丘": "liang qiu", "谷梁": "gu liang", "段干": "duan gan",
}  # fmt: skip


class BadTextError(RuleError):
    """A free text that cannot be kept: too long, or with signs that nobody sees."""


class BadNameError(RuleError):
    """The text is no name that can be kept and printed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="name")


@record
class SearchKeys:
    """How a name sounds. Alternatives are parted by spaces, syllables of one by ``'``.

    ``pinyin`` is ``zhu'yu'qing``; ``initials`` is ``zyq``.
    """

    pinyin: str
    initials: str


def clean_name(text: str) -> str:
    """The name as it is kept: NFC, trimmed, one kind of ·, single spaces; 1 to 50 code points.

    What nobody sees is dropped. Any script passes, also a single letter, rare characters and signs.

    Raises:
        BadNameError: empty, too long, or holding what cannot be printed (control or private-use characters).
    """
    seen = unicodedata.normalize("NFC", drop_unseen(text[: LONGEST * 40]))
    name = " ".join(seen.translate(ONE_DOT).split())
    if is_blank(name):
        raise BadNameError("请填姓名。")
    if len(name) > LONGEST or len(text) > LONGEST * 40:
        msg = f"姓名太长（{len(text.strip())} 个字），最多 {LONGEST} 个字，请核对是否贴错了内容。"
        raise BadNameError(msg)
    for character in name:
        kind = unicodedata.category(character)
        if kind == "Co":
            msg = f"姓名里有旧系统的自造字（U+{ord(character):04X}），打印不出来。请改用标准字重新输入。"
            raise BadNameError(msg)
        if kind in {"Cc", "Cf", "Cs"} or character == _REPLACEMENT or ord(character) & 0xFFFE == 0xFFFE:
            raise BadNameError("姓名里有看不见的符号或乱码，请删掉重新输入。")
    return name


def drop_halves(text: str) -> str:
    """The text without halves of signs (lone surrogates): no file and no index can take them.

    A draft keeps what can be kept, and a search looks for the rest; whatever is finished refuses them.
    """
    return _HALVES.sub("", text)


def clean_text(text: str, label: str, field: str = "", longest: int = LONGEST_TEXT) -> str:
    """A free text as it is kept: NFC, trimmed, line breaks and tabs as spaces, without what nobody sees.

    Raises:
        BadTextError: too long, or holding control characters or signs that turn the direction of the text.
    """
    if not text:
        return ""  # most reasons: asked four times at every arrival
    kept = text
    if len(text) <= longest * 40:
        kept = unicodedata.normalize("NFC", " ".join(drop_unseen(text).split()))
    if len(kept) > longest:
        msg = f"{label}最多 {longest} 个字，请写短一些。"
        raise BadTextError(msg, field=field)
    if any(unicodedata.category(one) in {"Cc", "Cs"} or one in _TURNS for one in kept):
        msg = f"{label}里有看不见的符号，请删掉重新输入。"
        raise BadTextError(msg, field=field)
    return kept


def clean_lines(text: str, label: str, field: str = "") -> str:
    """A text of several lines as it is kept: each line as ``clean_text`` keeps it, empty ones within it too.

    How long it may be is for the caller to say.

    Raises:
        BadTextError: it holds control characters or signs that turn the direction of the text.
    """
    lines = [clean_text(line, label, field, max(len(line), 1)) for line in text.splitlines()]
    return "\n".join(lines).strip()


def given_name(name: str) -> str:
    """What a teacher calls the child: 予晴 of 朱予晴, 嘉木 of 尉迟嘉木, 古丽 of 古丽·买买提, Emma of Emma Li.

    A name of two characters stays whole (王芳), and so does what cannot be told apart.
    """
    name = name.strip()
    for gap in ("·", " "):
        if gap in name:
            return name.split(gap, 1)[0] or name
    if not all(_is_han(character) for character in name):
        return name
    if name[:2] in _COMPOUND:
        return name[2:] if len(name) > 3 else name
    return {3: name[1:], 4: name[2:]}.get(len(name), name)


def search_keys(name: str) -> SearchKeys:
    """All readings of a name, also those of a surname alone (曾 zeng, 单 shan, 尉迟 yu chi)."""
    tokens = _tokens(name)
    if not tokens:
        return SearchKeys("", "")
    columns = [_readings(token) for token in tokens]
    compound = _COMPOUND.get("".join(tokens[:2]))
    if compound is not None:
        for place, syllable in enumerate(compound.split()):
            columns[place] = _unique([syllable, *columns[place]])
    elif (own := _SURNAMES.get(tokens[0])) is not None:
        columns[0] = _unique([own, *columns[0]])
    elif (other := _EITHER.get(tokens[0])) is not None:
        columns[0] = _unique([*columns[0], other])
    made = _spoken(columns)
    return SearchKeys(
        " ".join(_unique("'".join(parts) for parts in made)),
        " ".join(_unique("".join(part[0] for part in parts) for parts in made)),
    )


def _spoken(columns: list[list[str]]) -> list[tuple[str, ...]]:
    """The readings of a whole name, the likeliest first: each syllable has its turn before two are changed.

    A plain product would spend all of them on the last syllables and never come to the surname's second one.
    """
    several = [[(place, sound) for sound in column[1:]] for place, column in enumerate(columns) if column[1:]]
    first = [column[0] for column in columns]
    made: list[tuple[str, ...]] = []
    # Of the places that can be read otherwise alone: fifty of one reading have 2**50 ways to change none.
    for many in range(len(several) + 1):
        for changes in itertools.combinations(several, many):
            for changed in itertools.product(*changes):
                if len(made) == _MOST_READINGS:
                    return made
                spoken = list(first)
                for place, sound in changed:
                    spoken[place] = sound
                made.append(tuple(spoken))
    return made


def sounds(name: str) -> tuple[frozenset[str], ...]:
    """The readings of each syllable of a name, those of surnames included wherever the character stands."""
    tokens = _tokens(name)
    columns = [set(_readings(token)) for token in tokens]
    for at, token in enumerate(tokens):
        if (own := _SURNAMES.get(token) or _EITHER.get(token)) is not None:
            columns[at].add(own)
        compound = _COMPOUND.get("".join(tokens[at : at + 2]))
        for place, syllable in enumerate(compound.split() if compound else ()):
            columns[at + place].add(syllable)
    return tuple(frozenset(column) for column in columns)


def matches(
    query: str, name: str, nickname: str = "", keys: SearchKeys | None = None, phones: Iterable[str] = ()
) -> bool:
    """Whether what was typed means this person.

    Any part of name or nickname; pinyin from any syllable on, each whole, cut short or by its initial
    (``zhuyuqing``, ``yuqing``, ``zyq``, ``zhuyq``); characters the input method has committed and letters it
    still holds (``朱yuq``); three or more digits are the tail of a phone.
    """
    wanted = _fold(query)
    if not wanted:
        return False
    digits = dialled(wanted)
    if len(digits) >= _LEAST_TAIL and any(phone.partition("-")[0].endswith(digits) for phone in phones):
        return True
    if wanted in _fold(name) or (nickname and wanted in _fold(nickname)):
        return True
    if keys is None:
        return False
    if not wanted.isascii():
        return goes_on(wanted, _fold(name), keys.pinyin)
    # lyu is how passports write lv; shanyu (单予) shows why it may only be a second try
    sounds = {wanted, wanted.replace("lyu", "lv").replace("nyu", "nv")}
    return any(
        _sounds(sound, alternative.split("'")) for alternative in keys.pinyin.split() for sound in sounds
    )


def goes_on(wanted: str, plain: str, pinyin: str) -> bool:
    """Whether a name holds the characters ``wanted`` begins with and sounds on like the letters it ends with.

    ``plain`` is the name without gaps, ``pinyin`` its readings as ``SearchKeys`` has them.
    """
    head = wanted.rstrip("abcdefghijklmnopqrstuvwxyz")
    tail, at = wanted[len(head) :], plain.find(head) + len(head)
    if not head or not tail or head not in plain or not all(_is_han(one) for one in plain[:at]):
        return False  # letters inside a name are one syllable: places would no longer agree
    return any(_eats(tail, one.split("'")[at:]) for one in pinyin.split())


def _sounds(wanted: str, syllables: list[str]) -> bool:
    return any(_eats(wanted, syllables[start:]) for start in range(len(syllables)))


def _eats(wanted: str, syllables: list[str]) -> bool:
    """Whether the syllables in turn, each by some beginning of it, spell ``wanted`` to its end."""
    if not wanted:
        return True
    if not syllables:
        return False
    head = syllables[0]
    return any(
        wanted.startswith(head[:length]) and _eats(wanted[length:], syllables[1:])
        for length in range(len(head), 0, -1)
    )


def _fold(text: str) -> str:
    """For comparing: NFKC, no case, no spaces, no dots between names."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFC", text).translate(ONE_DOT)).casefold()
    return "".join(character for character in plain if not _is_gap(character)).replace("ü", "v")


def _is_gap(character: str) -> bool:
    return character.isspace() or character in "·'’"


def _is_han(token: str) -> bool:
    point = ord(token[0])
    return 0x3400 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF or 0x20000 <= point <= 0x3FFFF


def _unique(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))


def _tokens(name: str) -> list[str]:
    """What is read as one syllable: a Chinese character, or a run of anything else up to a gap."""
    tokens: list[str] = []
    fresh = True
    for character in name:
        if _is_gap(character):
            fresh = True
        elif _is_han(character) or fresh:
            tokens.append(character)
            fresh = _is_han(character)
        else:
            tokens[-1] += character
    return tokens


@lru_cache(maxsize=4096)
def _pinyin_of(character: str) -> tuple[str, ...]:
    # The phrase dictionary costs 50 MB and single characters never need it; pypinyin asks the environment
    # at its first import, there is no other switch.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "1")
    import pypinyin

    found = pypinyin.pinyin(character, style=pypinyin.Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(_unique(reading for reading in found[0] if reading)) if found else ()


def _readings(token: str) -> list[str]:
    """All sounds of one token; what has none stands for itself."""
    if _is_han(token) and (found := _pinyin_of(token)):
        own = (_RARE[token],) if token in _RARE else ()
        return _unique([*own, *(reading.replace("ü", "v") for reading in found)])
    return [token.casefold()]
