"""Which column is which: the dictionary of headings, and a guess that the user may change."""

import re
import unicodedata
from collections.abc import Sequence

from app.domain.import_roles import says_barred
from app.domain.record import record

WHY = "哪里不对"  # over the column in which we say why a row was handed back
_NOISE = re.compile(r"[\s*＊:：_\-/、.·]|\(.*?\)|\[.*?\]|【.*?】")
_DIGITS = {one: str(at) for at, one in enumerate("一二三四五六七八九", 1)}
_NUMBERED = re.compile(
    r"(?:家长|监护人|联系人)第?([一二三四五六七八九]|\d{1,2})|第([一二三四五六七八九]|\d{1,2})(?:家长|监护人|联系人)"
)
# Of whom a heading speaks: what it says of others than the child fills no column of hers.
_OWNERS = (
    (re.compile("紧急|应急"), "emergency"),
    (re.compile("接送人|可接"), "collectors"),
    (re.compile("母亲|妈妈|宝妈"), "parent1"),
    (re.compile("父亲|爸爸|宝爸"), "parent2"),
    (re.compile("爷爷|奶奶|外公|外婆|姥姥|姥爷|祖父|祖母|保姆|育儿嫂|邻居|老师|教师"), ""),
    (re.compile("父母|家长|监护人|联系人"), "parent1"),
)
_PARTS = (
    ("phone", re.compile("(?:家庭|常用|主要|本人)?(?:联系)?(?:电话|手机|方式|号码)+号?码?")),
    ("relation", re.compile("(?:与(?:幼儿|孩子|宝宝|儿童)的?)?(?:关系|称谓)")),
    ("name", re.compile("的?(?:姓名|名字)?")),
)
_OF_THE_FAMILY = frozenset(("employer", "employer_group", "address"))
# What may be said of a grown-up besides, for any number of them: 家长3姓名, 家长1出生日期.
ADULT_PARTS = {
    "name": "姓名",
    "relation": "关系",
    "phone": "电话",
    "role": "权限",
    "born_on": "出生日期",
    "paper_kind": "禁止依据",
    "paper_number": "文书编号",
    "paper_on": "文书日期",
    "valid_until": "文书有效至",
}
_ADULT = re.compile(r"家长(\d{1,2})(.*)")
_ADULT_KEY = re.compile(r"parent(\d+)_(.+)")


@record
class ImportColumn:
    """One thing a list may say. ``words`` are headings as centres write them; ``width`` is in characters."""

    key: str
    title: str
    words: tuple[str, ...]
    note: str = ""
    example: str = ""
    width: int = 12
    choices: tuple[str, ...] = ()


def plain_heading(text: str) -> str:
    """A heading for comparing: no width, case, spaces, stars or brackets; 第二监护人 as 家长2."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return _NUMBERED.sub(lambda found: "家长" + _digit(found[1] or found[2]), plain)


def _digit(sign: str) -> str:
    return _DIGITS.get(sign, sign)


def adult_title(number: int, part: str) -> str:
    """家长3电话."""
    return f"家长{number}{ADULT_PARTS[part]}"


def adult_order(key: str) -> tuple[int, int]:
    """Where the column of a grown-up stands: by her number, then by what it tells.

    Raises:
        ValueError: no such column.
    """
    if (found := _ADULT_KEY.fullmatch(key)) is None or found[2] not in ADULT_PARTS:
        msg = f"no column of a grown-up: {key}"
        raise ValueError(msg)
    return int(found[1]), list(ADULT_PARTS).index(found[2])


def with_adults(columns: Sequence[ImportColumn], headings: Sequence[str]) -> tuple[ImportColumn, ...]:
    """The dictionary with the further columns of grown-ups that a file has."""
    parts = {title: part for part, title in ADULT_PARTS.items()}
    known, more = {one.key for one in columns}, {}
    for heading in headings:
        found = _ADULT.fullmatch(plain_heading(heading))
        number, part = (int(found[1]), parts.get(found[2], "") or _part(found[2])) if found else (0, "")
        if number and part and (key := f"parent{number}_{part}") not in known:
            title = adult_title(number, part)
            words = (title, f"家长{number}") if part == "name" else (title,)
            more[key] = ImportColumn(key, title, words)
    return (*columns, *(more[key] for key in sorted(more, key=adult_order)))


def guess(headings: Sequence[str], columns: Sequence[ImportColumn]) -> tuple[str, ...]:
    """The key of each heading, empty where none is meant; no key twice.

    A heading that is one of the words goes before one that only holds a word (``宝宝的出生日期``). One that
    speaks of 禁止接走, or of a grown-up (``父亲手机``), is never taken for anything else.
    """
    plain = [plain_heading(one) for one in headings]
    found = [""] * len(plain)
    exact = {plain_heading(word): column.key for column in columns for word in (column.title, *column.words)}
    for at, heading in enumerate(plain):
        key = exact.get(heading, "")
        if key and key not in found:
            found[at] = key
    loose = sorted(exact.items(), key=lambda pair: -len(pair[0]))
    keys = {column.key for column in columns}
    for at, heading in enumerate(plain):
        if heading and not found[at]:
            meant = _meant(headings[at], heading, keys)
            if meant is None:
                meant = [key for word, key in loose if len(word) > 1 and word in heading]
            found[at] = next((key for key in meant if key not in found), "")
    return tuple(found)


def _meant(text: str, heading: str, keys: set[str]) -> list[str] | None:
    """What a heading can only mean that speaks of 禁止接走 or of a grown-up; None for any other."""
    if says_barred(text) or says_barred(heading):
        part = next((part for part in ("电话", "手机", "关系", "依据", "文书") if part in heading), "")
        own = {"电话": "barred_phone", "手机": "barred_phone", "关系": "barred_relation"}
        if part:
            return [own.get(part, "barred_paper")]
        return ["barred"] if any(sign in heading for sign in "人谁") else ["barred_yes"]
    for owner, whose in _OWNERS:
        if (said := owner.search(heading)) is None:
            continue
        rest = heading[: said.start()] + heading[said.end() :]
        key, numbered = whose, _ADULT.match(heading)
        if numbered is not None:
            key, rest = f"parent{int(numbered[1])}", numbered[2]
        elif key == "emergency":
            rest = rest.replace("联系人", "")
        part = _part(rest)
        mine = [key] if part == "name" and key in keys else [f"{key}_{part}"]
        if part and mine[0] in keys:
            return mine
        return [one for one in _OF_THE_FAMILY if _family(one, heading)]
    return None


def _part(text: str) -> str:
    """What a heading tells of a grown-up: phone, relation, name; empty for anything else."""
    return next((part for part, words in _PARTS if words.fullmatch(text)), "")


def _family(key: str, heading: str) -> bool:
    words = {"employer": "单位", "employer_group": "类别", "address": "住址"}
    return words[key] in heading


def heading_words(columns: Sequence[ImportColumn]) -> frozenset[str]:
    """All headings of the dictionary, plain."""
    return frozenset(plain_heading(word) for column in columns for word in (column.title, *column.words))


def known_headings(headings: Sequence[str], words: frozenset[str]) -> int:
    """How many headings are words of the dictionary, letter for letter."""
    return sum(one.strip() != "" and plain_heading(one) in words for one in headings)
