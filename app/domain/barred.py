"""禁止接走: whether somebody who gives a name, a number or a card may be one who must not collect the child.

A false alarm costs a second person a minute; a miss costs a child (58号文 Art 30). So every likeness
counts: the same sound in any reading, one wrong character, the order swapped, a nickname, the tail of a phone
or of an identity card.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from app.domain.names import sounds
from app.domain.record import record

TAIL = 4
_KIN = (
    "爸爸|妈妈|父亲|母亲|爷爷|奶奶|外公|外婆|姥姥|姥爷|叔叔|阿姨|伯伯|伯父|伯母|舅舅|舅妈|姑姑|姑妈|姑父|姨妈|姨父|"
    "婶婶|哥哥|姐姐|继父|继母|养父|养母|干爹|干妈"
)
_ADDRESSES = re.compile(
    rf"^[小老阿大]|(?:{_KIN}|先生|女士|小姐|老师|师傅|大哥|大姐|哥|姐|叔|姨|总|爸|妈|子|儿)$"
)
_SAID_BESIDE = re.compile(rf"^(?:{_KIN})|(?:{_KIN})$")  # of the name itself: 爸爸朱强, 朱强（爸爸）
_WHOLE = re.compile(r"1[3-9]\d{9}|0(?:10|2\d|[3-9]\d{2})\d{7,8}")  # a mobile, or a landline with its area
_EXTENSION = re.compile(r"(.*?)[-‐-―转#X]\D*(\d{1,6})")
_LEAST_WHOLE = 7  # signs of the shortest number that can have an extension
_GAPS = re.compile(r"[\s.·・•‧∙⋅]+")  # between the parts of a name


class Mark(StrEnum):
    """Why somebody is taken for a barred person."""

    SAME = "same"
    SOUND = "sound"
    ONE_CHARACTER = "one_character"
    SWAPPED = "swapped"
    PART = "part"
    NICKNAME = "nickname"
    PHONE = "phone"
    IDENTITY = "identity"

    @property
    def words(self) -> str:
        """同名, 同音, 差一个字, 字序颠倒, 一段, 小名或称呼, 手机尾号, 证件尾号."""
        return {
            "same": "姓名相同",
            "sound": "姓名同音",
            "one_character": "姓名只差一个字",
            "swapped": "姓名字序颠倒",
            "part": "姓名有一段相同",
            "nickname": "小名或称呼相近",
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
    letters = plain.replace("ü", "v").replace("lyu", "lv").replace("nyu", "nv")
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
    return han and len(_parts(long)) == 1 and plain in fold(long)


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
    """A name for comparing: NFKC, no case, neither spaces nor dots."""
    plain = unicodedata.normalize("NFKC", name).casefold()
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
    """Whether somebody is called by a part of the name: 小强, 老朱, 阿强, 强强, 朱先生."""
    text, full = fold(said), fold(name)
    if len(full) < 2 or len(text) < 2:
        return False
    bare = _ADDRESSES.sub("", text)
    doubled = len(text) == 2 and text[0] == text[1]
    if bare == text and not doubled:
        return False
    core = text[:1] if doubled else bare
    return any(_same_sound(sounds(core), sounds(part)) for part in (full[0], full[1:], full[-1:], full))


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
