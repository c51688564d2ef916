"""Whether a finding is to be watched at home or shown to a doctor, by a table that names its sources.

The table (``resources/tables/urgent.toml``) says what asks for a doctor and in which words. Nothing here says
what a child may have.
"""

import functools
import re

from app.domain.dayfacts import HEED, DayFacts, Sign
from app.domain.said import denied
from app.domain.told_illness import hottest

# What only looks like a sign: food, toys that fell, and what is plainly played.
_UNLIKE = re.compile(
    r"吐司|吐舌头?|鱼吐泡+|包子(?![^，。；]{0,3}卡)|[沙书背荷钱挎]包|碰碰车|触电(?:般|似的|一样)"
    r"|(?:木头人|僵尸|机器人|雕[塑像])[^。；突忽时]{0,8}僵[硬住直]?|(?<![打装])扮(?!演)[^，。；突忽时]{0,5}[昏晕]过?[去倒]"
    r"|假装[^，。；突忽真却时]{0,6}|过家家[，：]?给(?:宝宝|娃娃|玩偶)[^，。；把]{0,4}吞药片?"
    r"|(?:^|[，。；\s])(?:玩具.?|皮?球|积木|小?鸭子?|鞋子?|帽子|杯子|勺子|娃娃|玩偶|[纸小]船)[掉落][进到入]"
    r"|发白的(?:颜料|油彩|粉|奶油|泡沫)|唇[^，。；]{0,2}[涂抹画]成?[^，。；]{0,2}|鼻子玩偶"
    r"|额头碰额头(?!了|[^。；]{0,6}[撞摔哭疼包肿吐])"
)


_SENT = "(?:就医|就诊|医院|看医生|120)"
_SENT_ALREADY = re.compile(_SENT)
_NOT_SENT = re.compile(rf"[没未不][^，。；]{{0,4}}{_SENT}")


def heed_of(facts: DayFacts, words: str, *whats: str, count: int = 0, plain: str = HEED) -> str:
    """What a family is asked to do about a finding: ``请马上就医``, ``请尽快就医``, else ``plain``.

    ``words`` are what the note says of it, ``whats`` the names under which the table may know it. ``count``
    is a reading in tenths of a degree, or how often it came today.
    """
    if not whats and (hot := hottest(words)):
        whats, count = ("fever",), hot  # 体温 39 度 5, written instead of logged
    words = _UNLIKE.sub("　", words)
    for sign in facts.urgent:
        known = not sign.what or (sign.what in whats and count >= sign.least and _young(facts, sign.until))
        if known and (not sign.words or _says(words, sign.words)):
            return sign.heed
    return plain


def is_grave(facts: DayFacts, words: str) -> bool:
    """Whether words alone ask for a doctor: none of them is to be overlooked, wherever they stand."""
    if _any_sign(facts.urgent).search(words) is None and hottest(words) == 0:
        return False
    return heed_of(facts, words) != HEED


def asks_for_doctor(facts: DayFacts, line: str) -> bool:
    """Whether a line of the note ends in one of the table's sentences."""
    return any(line.endswith(sign.heed) for sign in facts.urgent)


def is_sent(words: str) -> bool:
    """Whether the teacher's own words speak of a doctor; not 抽搐了，没去医院."""
    return _SENT_ALREADY.search(_NOT_SENT.sub("", words)) is not None


def _young(facts: DayFacts, until: int | None) -> bool:
    return until is None or (facts.months is not None and facts.months < until)


def _says(text: str, pattern: str) -> bool:
    return any(not denied(text, *found.span()) for found in _compiled(pattern).finditer(text))


@functools.lru_cache(maxsize=4)
def _any_sign(signs: tuple[Sign, ...]) -> re.Pattern[str]:
    """What no harmless remark holds: most free words of a day are looked at but once."""
    return re.compile("|".join(sign.words for sign in signs if sign.words and not sign.what) or "(?!)")


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
