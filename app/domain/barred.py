"""禁止接走: whether somebody who gives a name, a number or a card may be one who must not collect the child.

A false alarm costs a second person a minute; a miss costs a child (58号文 Art 30). So every likeness
counts: the same sound in any reading, one wrong character, the order swapped, a nickname, the tail of a phone
or of an identity card.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from app.domain.names import DOTS, sounds
from app.domain.record import record

TAIL = 4
_KIN = (
    "爸爸|妈妈|父亲|母亲|爷爷|奶奶|外公|外婆|姥姥|姥爷|叔叔|阿姨|伯伯|伯父|伯母|舅舅|舅妈|姑姑|姑妈|姑父|姨妈|姨父|"
    "婶婶|哥哥|姐姐|继父|继母|养父|养母|干爹|干妈"
)
_TITLES = (
    "先生|女士|小姐|老师|师傅|同学|老板|经理|医生|大夫|护士|律师|警官|主任|校长|院长|教练|司机|大哥|大姐|大叔|大妈|"
    "大爷|某某|哥|姐|叔|姨|伯|爷|婶|嫂|弟|妹|总|董|局|处|科|工|头|爸|妈|子|儿|某|家"
)
_ADDRESSES = re.compile(rf"^[小老阿大]|(?:{_KIN}|{_TITLES})$")
# The same in letters: Mr Zhu, lao zhu, Zhu laoshi.
_LETTERED = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mister",
        "madam",
        "dr",
        "sir",
        "uncle",
        "aunt",
        "auntie",
        "papa",
        "mama",
        "dad",
        "daddy",
        "mum",
        "mummy",
        "mommy",
        "lao",
        "xiao",
        "da",
        "a",
        "ah",
        "xiansheng",
        "nvshi",
        "nushi",
        "xiaojie",
        "laoshi",
        "shifu",
    ]
)
_SAID_BESIDE = re.compile(rf"^(?:{_KIN})|(?:{_KIN})$")  # of the name itself: 爸爸朱强, 朱强（爸爸）
_WHOLE = re.compile(r"1[3-9]\d{9}|0(?:10|2\d|[3-9]\d{2})\d{7,8}")  # a mobile, or a landline with its area
_EXTENSION = re.compile(r"(.*?)[-‐-―转#X]\D*(\d{1,6})")
_TONES = "\u0304\u0301\u030c\u0300"  # macron, acute, caron, grave: as pinyin is printed
_TONE_DIGITS = re.compile(r"(?<=[a-zü])[0-5]")  # zhu1qiang2
# What one member of a family is called: who is said to be the barred one's kin may be he himself.
_SAME_KIN = tuple(
    frozenset(words.split("|"))
    for words in (
        "爸爸|父亲|爸|爹|爹爹|老爸|亲爸|亲爹|生父|亲生父亲|爸比|爹地",
        "妈妈|母亲|妈|娘|老妈|亲妈|亲娘|生母|亲生母亲|妈咪",
        "爷爷|祖父|爷",
        "奶奶|祖母|奶",
        "外公|姥爷|外祖父|老爷",
        "外婆|姥姥|外祖母|婆婆",
        "叔叔|叔|小叔|大叔",
        "伯伯|伯父|大伯|大爷",
        "舅舅|舅|大舅|小舅",
        "姑姑|姑妈|姑|大姑|小姑",
        "阿姨|姨妈|姨|大姨|小姨|姨母",
        "继父|后爸|后爹",
        "继母|后妈|后娘",
        "哥哥|哥",
        "姐姐|姐",
    )
)
_ONE_OF_A_KIND = _SAME_KIN[:2]  # father and mother: there is one of each
_WHOSE = ("孩子", "宝宝", "小孩", "宝贝", "我家孩子", "我家", "人家", "她", "他", "它", "我", "")
_LEAST_WHOLE = 7  # signs of the shortest number that can have an extension
_GAPS = re.compile(rf"[\s.·{DOTS}]+")  # between the parts of a name


class Mark(StrEnum):
    """Why somebody is taken for a barred person."""

    SAME = "same"
    SOUND = "sound"
    ONE_CHARACTER = "one_character"
    SWAPPED = "swapped"
    PART = "part"
    NICKNAME = "nickname"
    KIN = "kin"
    PHONE = "phone"
    IDENTITY = "identity"

    @property
    def words(self) -> str:
        """同名, 同音, 差一个字, 字序颠倒, 一段, 小名或称呼, 同一位家人, 手机尾号, 证件尾号."""
        return {
            "same": "姓名相同",
            "sound": "姓名同音",
            "one_character": "姓名只差一个字",
            "swapped": "姓名字序颠倒",
            "part": "姓名有一段相同",
            "nickname": "小名或称呼相近",
            "kin": "说是同一位家人",
            "phone": "手机尾号相同",
            "identity": "证件尾号相同",
        }[self.value]


@record
class Face:
    """What is known of a person: any of it may be empty. ``identity`` is a number or its tail."""

    name: str = ""
    nickname: str = ""
    phone: str = ""
    identity: str = ""


def likeness(typed: Face, barred: Face) -> tuple[Mark, ...]:
    """Everything that speaks for the two being one person; empty for two strangers."""
    marks = []
    if (by_name := name_mark(typed.name, barred.name)) is not None:
        marks.append(by_name)
    elif _by_nickname(typed, barred):
        marks.append(Mark.NICKNAME)
    if same_tail(typed.phone, barred.phone):
        marks.append(Mark.PHONE)
    if same_tail(typed.identity, barred.identity):
        marks.append(Mark.IDENTITY)
    return tuple(marks)


def is_same_kin(said: str, relation: str, barred: str, called: Sequence[str]) -> bool:
    """Whether somebody is named as the very member of the family that is barred.

    Args:
        said: what stands where his name should: 沐阳爸爸, 孩子他爸, 爸爸. A name of his own is none of these.
        relation: what he is said to be to the child; empty where her file knows him.
        barred: what the barred person is to her.
        called: the child's name, and what else she is called.
    """
    kin = next((words for words in _SAME_KIN if any(barred.endswith(one) for one in words)), None)
    if kin is None:
        return False
    if kin in _ONE_OF_A_KIND and fold(relation) in kin:
        return True
    text = fold(said)
    given = [name[at:] for name in map(fold, called) for at in range(3) if len(name[at:]) >= 1 + (at > 0)]
    rest = [text[len(whose) :] for whose in (*given, *_WHOSE) if text.startswith(whose)]
    return any(one.lstrip("的他她") in kin for one in rest)


def are_same_kin(one: str, other: str) -> bool:
    """Whether two words say the same of somebody: 妈妈 and 母亲; not 妈妈 and 姨妈."""
    a, b = fold(one), fold(other)
    return a == b or any(a in words and b in words for words in _SAME_KIN)


def name_mark(one: str, other: str) -> Mark | None:
    """How two names are alike, the strongest likeness first; None for different names.

    The same in either direction: ``name_mark(a, b) == name_mark(b, a)``.
    """
    a, b = bare(one), bare(other)
    if not a or not b:
        return None
    if a == b:
        return Mark.SAME
    heard, known = _sounds(one, a), _sounds(other, b)
    if _same_sound(heard, known) or _spells(a, known) or _spells(b, heard):
        return Mark.SOUND
    if is_swapped(a, b) or any(_same_sound(turned, known) or _spells(b, turned) for turned in _turned(heard)):
        return Mark.SWAPPED
    if any(_spells(a, turned) for turned in _turned(known)):
        return Mark.SWAPPED
    if min(len(a), len(b)) >= 2 and _one_edit_apart(a, b):
        return Mark.ONE_CHARACTER
    return Mark.PART if _same_first_part(one, other) or _stands_inside(one, other) else None


def bare(name: str) -> str:
    """A name for comparing, without what he is to the child where that was said in the same breath."""
    plain = fold(name)
    left = _SAID_BESIDE.sub("", plain)
    return left if len(left) >= 2 else plain


def _sounds(name: str, plain: str) -> tuple[frozenset[str], ...]:
    """The syllables: of the whole, whose gaps part those of letters, or of what is left of it."""
    return sounds(name if plain == fold(name) else plain)


def _spells(plain: str, syllables: Sequence[frozenset[str]]) -> bool:
    """Whether letters typed without a gap are the syllables one after the other: zhuqiang."""
    letters = _TONE_DIGITS.sub("", plain).replace("ü", "v").replace("lyu", "lv").replace("nyu", "nv")
    return len(syllables) >= 2 and letters.isascii() and letters.isalpha() and _eats(letters, syllables)


def _eats(letters: str, syllables: Sequence[frozenset[str]]) -> bool:
    if not syllables:
        return not letters
    return any(
        letters.startswith(one) and _eats(letters[len(one) :], syllables[1:]) for one in syllables[0] if one
    )


def _stands_inside(one: str, other: str) -> bool:
    """Whether one is a Chinese name of two characters or more, and the other says more around it."""
    short, long = sorted((one, other), key=lambda name: len(fold(name)))
    plain = fold(short)
    han = len(plain) >= 2 and all("\u4e00" <= sign <= "\u9fff" or ord(sign) >= 0x3400 for sign in plain)
    # The parts of one name stand between dots; between spaces he may say anything beside it: jack 朱强.
    said = [word for word in unicodedata.normalize("NFKC", long).split() if len(_parts(word)) == 1]
    return han and any(plain in fold(word) for word in said)


def _same_first_part(one: str, other: str) -> bool:
    """Whether of 阿依古丽·买买提 only 阿依古丽 is given, or that with another second part.

    The second part is the father's name or the family's: it says nothing. Nor does a single character:
    李 强大 and 李 娜 are two people.
    """
    a, b = _parts(one), _parts(other)
    if len(a) == len(b) == 1 or min(len(a[0]), len(b[0])) < 2:
        return False
    return a[0] == b[0] or _same_sound(sounds(a[0]), sounds(b[0]))


def _parts(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", name)
    return [part for part in map(fold, _GAPS.split(plain)) if part] or [""]


def is_swapped(a: str, b: str) -> bool:
    """Whether the same characters stand in another order (张小明, 张明小; 强朱, 朱强)."""
    return a != b and len(a) == len(b) >= 2 and sorted(a) == sorted(b)


def same_tail(one: str, other: str) -> bool:
    """Whether two numbers end alike, by as much as both say and at least four characters."""
    a, b = number_digits(one), number_digits(other)
    shared = min(len(a), len(b), 2 * TAIL)
    return shared >= TAIL and a[-shared:] == b[-shared:]


def fold(name: str) -> str:
    """A name for comparing: NFKC, no case, no marks of tones (Zhū Qiáng), neither spaces nor dots."""
    apart = unicodedata.normalize("NFKD", name).casefold()
    plain = unicodedata.normalize("NFKC", "".join(sign for sign in apart if sign not in _TONES))
    return "".join(character for character in plain if character.isalnum())


def _by_nickname(typed: Face, barred: Face) -> bool:
    """A pet name given for a name, or 老朱, 强哥, 朱先生 said of 朱强."""
    said = [text for text in (typed.name, typed.nickname) if text]
    known = [text for text in (barred.nickname,) if text]
    if any(name_mark(a, b) in {Mark.SAME, Mark.SOUND} for a in said for b in known):
        return True
    given = [text for text in (typed.nickname,) if text]
    if any(name_mark(a, barred.name) in {Mark.SAME, Mark.SOUND} for a in given):
        return True
    return any(_is_address(text, barred.name) for text in said)


def _is_address(said: str, name: str) -> bool:
    """Whether somebody is called by a part of the name: 小强, 老朱, 阿强, 强强, 朱先生; 强, Qiang, Mr Zhu."""
    text, full = fold(said), fold(name)
    if len(full) < 2 or not text:
        return False
    if text.isascii():
        return text.isalpha() and _is_lettered(_parts(said), sounds(name))
    if len(text) < 2:
        known = (
            (sounds(name), sounds(name)[::-1]) if full.isascii() else (sounds(name),)
        )  # Zhu Qiang, Qiang Zhu
        return _ADDRESSES.sub("", text) != "" and any(_is_given(sounds(text), one) for one in known)
    bare = _ADDRESSES.sub("", text)
    doubled = len(text) == 2 and text[0] == text[1]
    if bare == text and not doubled:
        return False
    core = text[:1] if doubled else bare
    return any(_same_sound(sounds(core), sounds(part)) for part in (full[0], full[1:], full[-1:], full))


def _is_given(heard: tuple[frozenset[str], ...], name: tuple[frozenset[str], ...]) -> bool:
    """Whether it is what stands behind the surname, which alone is a whole family's and says nothing."""
    return any(_same_sound(heard, name[at:]) for at in range(1, len(name)))


def _is_lettered(words: list[str], name: tuple[frozenset[str], ...]) -> bool:
    """Whether words of letters are the given name (Qiang), the surname with a title (Mr Zhu), or one of the
    two with the initials of the other (Zhu Q.)."""
    plain = [word for word in words if word not in _LETTERED] or words
    titled = len(plain) < len(words)
    cuts = range(1, len(name))
    halves = [(name[at:], name[:at], True) for at in cuts] + [(name[:at], name[at:], titled) for at in cuts]
    for half, rest, alone in halves:
        if alone and _eats("".join(plain), half):
            return True
        for at, word in enumerate(plain):
            others = "".join(plain[:at] + plain[at + 1 :])
            if 0 < len(others) <= len(rest) and len(word) > 1 and _eats(word, half):
                pairs = zip(others, rest, strict=False)
                if all(any(one.startswith(letter) for one in heard) for letter, heard in pairs):
                    return True
    return False


def _same_sound(one: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> bool:
    """Whether each syllable of one can be read as that of the other: one shared reading is enough."""
    return len(one) == len(other) > 0 and all(a & b for a, b in zip(one, other, strict=True))


def _turned(name: tuple[frozenset[str], ...]) -> list[tuple[frozenset[str], ...]]:
    """The syllables said in another order: backwards, or the last ones first."""
    return [name[::-1], *(name[at:] + name[:at] for at in range(1, len(name)))]


def _one_edit_apart(a: str, b: str) -> bool:
    """Whether one character put in, left out or written wrong makes one of the other."""
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) != 1 or len(short) < 2:
        return False
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def number_digits(text: str) -> str:
    """The digits and the X of a number as somebody wrote it, without what is put through behind it.

    An extension stands behind a whole number: the dashes of 136-0000-2222 and 010-87654321 begin none.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    if "*" in plain:
        plain = plain[plain.rindex("*") + 1 :]
    whole = _signs(plain)
    if _WHOLE.fullmatch(whole.removeprefix("86")):
        return whole
    parts = _EXTENSION.fullmatch(plain.strip())
    head = "" if parts is None else _signs(parts.group(1))
    return head if len(head) >= _LEAST_WHOLE else whole


def _signs(text: str) -> str:
    return "".join(sign for sign in text if sign in "0123456789X")
