"""Who is no adult, by what is said of him (58号文 Art 30: only an adult collects).

One rule for every way to the door: the list, the card, a file that is read in, a call, an exception. A birth
date on file decides. Without one, who is said to be a minor (高中生, 17 岁) waits for it; of who only may
be one (哥哥, 同学) the identity card decides.
"""

import datetime as dt
import re
import unicodedata
from enum import IntEnum

ADULT_AGE = 18
_CENTURY = 100
# The shapes are compiled when somebody is first asked about, and not at every start.
_DIGITS, _TEENS = "一二三四五六七八九", "一二三四五六七"
# Under eighteen, in figures or in words. 大三岁的 tells a difference; 二十五岁 is not 五岁, 阿姨(2) not two.
_AGE = (
    r"(?<![0-9大小])(?<!17[、,~/-])(?:1[0-7]|[0-9])(?:[岁歲]半|[周多虚]*[岁歲])"
    rf"|(?<![{_DIGITS}十百大小])(?:十[{_TEENS}]{{0,2}}|[两{_DIGITS}])(?:[岁歲]半|[周多虚]*[岁歲])"
    r"|(?:[未不]满|没满|[未没不]到|[未不]足|小于)(?:18|十八)"
    r"|(?:18|十八)[周岁歲]*(?:不到|[未没不]满|[未没不]到|[未不]足)|差[^，。,]{0,6}(?:18|十八)(?:[周岁歲]|$)"
    rf"|(?:^|\()(?:1[0-7]|十[{_TEENS}])(?:$|\))"
    rf"|(?:刚满?|才|只有|今年|[未没不]到|[虚实周足]岁?|年?仅|年龄|满)(?:1[0-7]|十[{_TEENS}])(?![0-9{_DIGITS}号楼栋室年月个级班])"
    # 小舅16, 小舅/16, 姑姑16足岁, 16y, 16-year-old, 16 years old uncle, Age 16, uncle 16.
    rf"|(?<=[舅姑姨叔伯哥姐弟妹侄甥])[,，、:/-]?(?:1[0-7]|十[{_TEENS}])[整足周]?[岁歲]?$"
    r"|(?i:(?<![0-9a-z])(?:1[0-7]|[1-9])-?y(?:(?:o|rs?|ears?)(?![a-z])|ears?-?old|(?![a-z]))"
    r"|(?<![a-z])aged?:?(?:1[0-7]|[1-9])(?![0-9])|(?:uncle|aunt(?:ie|y)?|brother|sister|cousin|nephew|niece)[-,:/]?1[0-7]$)"
    r"|[未没]成年|(?i:(?<![a-z])(?:minor(?!i)|teen|kid(?![a-z'’]))|underage)"
)
_MAYBE_AGE = r"十七八|17[、,~/-]?1?8"
_SCHOOLS = "小学|初中|高中|中学|职高|职中|中职|中专|职校|技校|卫校"
_AT_SCHOOL = (
    rf"(?:{_SCHOOLS})(?![妹弟姐长])|[初高][一二三123](?![级层号楼])|(?<!大学)(?<!研究生)[{_DIGITS}1-9]年级|中考"
    "|(?i:(?:high|middle|primary|elementary|junior)-?school(?!-?(?:teacher|friend|classmate)))"
    "|小孩|小朋友|儿童$|少年(?!宫|班|法)|少女|少先队|(?<!大)[男女]孩|(?<!大)(?<!研究)学生"
)
_CHILD = "小孩|小朋友"
_OFFSPRING = (
    "儿子|女儿|儿女|孩子|闺女|丫头|小子|姑娘|小伙子?|娃娃?|后生|孙子|孙女|外孙|[继养义干][子女](?![婿妈爸])"
)
_MAYBE = (
    "[哥姐弟妹表堂甥侄]|同学|在(?:上学|读)|(?i:brother|sister|cousin|nephew|niece|student|pupil)|孩子?$|[男女](?:孩|生)|学生|高考|玩伴|小伙伴|[晚小]辈|[长次幼][子女]"
    rf"|(?:{_OFFSPRING})(?!媳|婿)|家的$|^(?:老[大二三幺]|[大二三]宝)$"
)
# A name that is none, and says no more than whose child or whose brother he is: 邻居的儿子, 表哥.
_NO_NAME = (
    rf".{{0,10}}(?:{_OFFSPRING}|同学|玩伴|小伙伴|哥哥|姐姐|弟弟|妹妹|[表堂][哥姐弟妹]|侄[子女儿]|外甥女?)"
    "|.{1,8}[的家][大小]?[哥姐弟妹孩儿]"
)
# Not the minor himself, but one of his: 小朋友的妈妈, 学生家长, 高中老师, 爸爸的高中同学.
_ONE_OF_HIS = (
    "(?:家长|妈妈?|爸爸?|父亲|母亲|爷爷|奶奶|外公|外婆|姥姥|姥爷|老师|教师|教员|校长|保安)(?:$|\\()"
    "|(?:小孩|小朋友|学生|孩子|同学|儿子|女儿|闺女|娃娃?)的?"
    "(?:[大小二三]?[舅姑姨叔伯婶][舅姑姨叔伯妈父母爹]?|阿姨|保姆|月嫂|育儿嫂|司机)(?:$|\\()"
    "|^(?:孩子)?(?:的?)(?:妈妈?|爸爸?|母亲|父亲)的?(?:小学|初中|高中|中学)同学"
)
_BORN = (
    r"(?<![0-9])((?:19|20)[0-9]{2})(?:[年./-](?:[0-9]{1,2}[月./-]?(?:[0-9]{1,2}日?)?)?)?(?:出?生|$|\))"
    r"|生[于日]?((?:19|20)[0-9]{2})"
    r"|(?<![0-9])([0-9]{2})年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日?)?出?生"
    r"|\(([0-9]{2})年\)"
)
# 05后: born 2005 to 2009; 10后 and 2010后: 2010 to 2019; 09后 and 零九后: 2009.
_YEARS_AFTER = r"(?<![0-9:点])((?:19|20)?[0-9]{2})后"
_IN_FIGURES = str.maketrans("零〇一二三四五六七八九", "00123456789")


class Doubt(IntEnum):
    """How sure it is that somebody is no adult."""

    NONE = 0
    MAYBE = 1  # the identity card decides
    SAID = 2  # a birth date decides
    UNDER = 3  # it did: he is none


def doubt(
    relation: str, age: int | None, day: dt.date, *, identity_seen: bool = False, name: str = ""
) -> Doubt:
    """What stands against somebody's collecting a child on account of his age.

    Args:
        relation: what he is said to be to the child.
        age: in full years, by a birth date; None where nobody knows one.
        day: the day on which he would collect.
        identity_seen: whether somebody has looked at his identity card.
        name: what he is called, where more than the name may stand (小明（15岁）).
    """
    if age is not None:
        return Doubt.UNDER if age < ADULT_AGE else Doubt.NONE
    if is_said_to_be_minor(relation, day, name=name):
        return Doubt.SAID
    return Doubt.MAYBE if not identity_seen and may_be_minor(relation, day, name=name) else Doubt.NONE


def is_said_to_be_minor(relation: str, day: dt.date, *, name: str = "") -> bool:
    """Whether somebody is called what only a minor is: 初中生, 高二, 邻居小孩, 15岁的哥哥, 小叔（2010年生）.

    A 研究生, a 学生家长 and a 25岁的表哥 are none.
    """
    words, called = _plain(relation), _plain(name)
    if re.search(_AGE, words) or re.search(_AGE, called) or re.search(_CHILD, called):
        return True
    if (years := _birth_years(words, day)) is not None:
        return years[0] > day.year - ADULT_AGE
    return re.search(_AT_SCHOOL, words) is not None and re.search(_ONE_OF_HIS, words) is None


def is_kin_alone(word: str) -> bool:
    """Whether a word is no name, but only says whose child, brother or school fellow somebody is.

    邻居的儿子, 同学的弟弟, 表哥; not 张小妹, nor 孩子的小姨.
    """
    return re.fullmatch(_NO_NAME, _plain(word)) is not None and re.search(_ONE_OF_HIS, _plain(word)) is None


def may_be_minor(relation: str, day: dt.date | None, *, name: str = "") -> bool:
    """Whether a relation is often that of somebody under eighteen: 哥哥, 表哥, 同学, 邻居的儿子.

    Where no ``day`` is given any year of birth is doubt enough. A ``name`` counts where it is none.
    """
    words = _plain(relation)
    if name and is_kin_alone(name):
        return True
    if day is None:
        told = re.search(_BORN, words) or _years_after(words)
        return told is not None or may_be_minor(relation, dt.date.max)
    if is_said_to_be_minor(relation, day) or re.search(_MAYBE_AGE, words) is not None:
        return True
    if (years := _birth_years(words, day)) is not None:
        return years[1] >= day.year - ADULT_AGE
    return re.search(_MAYBE, words) is not None and re.search(_ONE_OF_HIS, words) is None


def _plain(words: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", words))


def _birth_years(words: str, day: dt.date) -> tuple[int, int] | None:
    """The first and the last year in which he can be born, where the words tell."""
    if (found := re.search(_BORN, words)) is not None:
        year = int(next(one for one in found.groups() if one))
        year = year if year > _CENTURY else _whole_year(year, day)
        return year, year
    if (found := _years_after(words)) is None:
        return None
    year = int(found.group(1))
    year = year if year > _CENTURY else _whole_year(year, day)
    return year, year + {0: 9, 5: 4}.get(year % 10, 0)


def _years_after(words: str) -> re.Match[str] | None:
    return re.search(_YEARS_AFTER, words.translate(_IN_FIGURES))


def _whole_year(short: int, day: dt.date) -> int:
    """10 is 2010, 95 is 1995."""
    this = day.year % _CENTURY
    return day.year - this + short - (_CENTURY if short > this else 0)
