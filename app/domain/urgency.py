"""Whether a finding is to be watched at home or shown to a doctor, by a table that names its sources.

The table (``resources/tables/urgent.toml``) says what asks for a doctor and in which words. Nothing here says
what a child may have.
"""

import functools
import re
from collections.abc import Iterable

from app.domain.dayfacts import HEED, DayFacts, Sign
from app.domain.said import denied
from app.domain.told_illness import compiled, hottest

# What only looks like a sign: food, titles, toys and beasts of a story, what is plainly played or laughed.
_BEAST = r"小?(?:熊|兔|猫|狗|鸭|鸡|猪|羊|猴|鱼|鸟|象|马|狐狸|老虎|恐龙)(?:子|猫|咪|狗|宝宝)?"
_FAINTS = r"(?:的[^，。；]{0,2})?(?:骨折|[晕昏]倒|生病|受伤|掉[进到][^，。；]{0,3})"
_UNLIKE = (
    r"《[^》]{1,20}》|吐司|吐槽|吐舌头?|鱼吐泡+|吐(?:个不停的)?泡泡+|吐(?:出|掉|着)?[^，。；没不血]{0,2}(?:皮|籽|核|骨头)"
    r"|包子(?![^，。；]{0,3}卡)|[沙书背荷钱挎]包|碰碰车|触电(?:般|似的|一样)|烫面|叫不醒的闹钟|画[^，。；]{0,3}紫斑"
    r"|(?:刷牙|牙膏|漱口|肥皂)[^，。；]{0,6}[泡白]沫|头顶(?:着|上)?(?:气球|沙包|小?球)|头碰头(?!了|[^。；]{0,6}[撞摔哭疼包肿吐])"
    r"|(?:木头人|僵尸|机器人|雕[塑像])[^。；突忽时]{0,8}僵[硬住直]?|(?<![打装])扮(?!演)[^，。；突忽时]{0,5}[昏晕]过?[去倒]"
    r"|假装(?:[吃喝]药|把?[^，。；突忽真却时把]{0,6})|过家家[，：]?给(?:宝宝|娃娃|玩偶)[^，。；把]{0,4}吞药片?"
    r"|(?:^|[，。；\s])(?:玩具.?|皮?球|积木|小?鸭子?|鞋子?|帽子|杯子|勺子|娃娃|玩偶|[纸小]船)[掉落][进到入](?!了?[嘴口喉气鼻])"
    r"|[唇嘴舌][^，。；]{0,2}(?:紫紫|红红|黑黑)的|(?:蓝莓|桑[葚椹]|紫薯|火龙果|杨梅)[^，。；呛噎卡咳喘憋]{0,4}[唇嘴舌脸][^，。；]{0,3}[紫黑青]了?"
    r"(?=[，,][^。；呛噎卡咳喘憋]{0,3}[擦洗])|发白的(?:颜料|油彩|粉|奶油|泡沫)|[唇脸嘴][^，。；]{0,2}[涂抹画]成?[^，。；]{0,2}|鼻子玩偶"
    r"|额头碰额头(?!了|[^。；]{0,6}[撞摔哭疼包肿吐])"
    rf"|{_BEAST}{_FAINTS}(?=[^。；]{{0,12}}(?:它|绷带))|给{_BEAST}(?:治|看|包扎)骨折|骨折的{_BEAST}"
    rf"|(?:故事|绘本)(?:里的?|[：:]){_BEAST}{_FAINTS}|{_BEAST}(?:玩偶|玩具|布偶|公仔)(?![^，。；]{{0,10}}[吞咽吃卡])"
    rf"|(?:精神不振|嗜睡)的小?(?:[草花树]|{_BEAST})"
    r"|笑[得着到][^，。；]{0,3}(?:[喘透]不[上过]来?气来?|上气不接下气|直?打滚|直不起腰)+(?:[^，。；]{0,2}肚子[疼痛])?"
    r"|哭[得到着][^，。；紫青白乌]{0,4}[，,]?(?:喘不[上过]来?气来?|上气不接下气)(?=[^。；紫青白乌唇晕昏软吐憋]{0,14}(?:平静|好了|不哭了)"
    r"[^。；紫青白乌唇晕昏软吐憋]*$)|装睡[，,]?[^，。；]{0,3}[叫喊]不醒(?=[^。；]{0,4}[挠笑])"
    r"|[手脚]{1,2}[^，。；]{0,2}(?:一直|不停)[在地]?抖动?(?=[，,]?跟着[^，。；]{0,4}(?:音乐|节奏)[^。；]{0,4}跳?舞?$)"
    r"|(?:假|干|装)哭[^，。；]{0,4}[没无]有?眼泪|哭[^，。；]{0,3}[没无]有?眼泪(?=[（，,(]?装)"
    r"|鼻[^，。；]{0,3}塞[^，。；]{0,4}止鼻?血|鼻[^，。；]{0,2}塞?[^，。；]{0,2}鼻屎|耳[^，。；]{0,2}塞[进了]?耳[机塞]"
    r"|(?:衣服|裤子|扣子|娃娃|玩偶)[^。；]{0,8}缝了?[^，。；]{0,2}针"
    r"|[拉便尿屎臭][^，。；]{0,6}憋得[^，。；紫青喘]{0,3}红|憋得[^，。；紫青喘]{0,3}红[^，。；]{0,3}[拉便屎]"
    r"|海姆立[克刻][^，。；]{0,4}(?:培训|演练|学习|课)|(?:躲猫猫|捉迷藏|蒙眼|魔术)"
    r"(?:[蒙闭捂遮][着住了]{0,2}[^，。；]{0,2}眼睛?|[^。；撞磕碰摔砸戳伤疼痛突眼]){0,12}看不见"
    r"|问[^，。；]{0,6}有没有[^，。；]{1,8}[，,]?(?:[她他]|妈妈|爸爸|家长|奶奶)?(?:说|回)?没有?(?=$|[，。；])"
)
# Somebody else's: a grown-up of hers, or a brother on a day before, of whom nothing but the sign is said.
_ELDER = "爸爸?|妈妈?|爷爷|奶奶|外公|外婆|姥姥|姥爷|舅舅|姑姑|叔叔|阿姨|保姆|邻居|老师"
_BEFORE = "昨[天晚]|前天|上周|上个?月|在家|在学校|在幼儿园"
_SIBLING = "弟弟?|妹妹?|哥哥?|姐姐?"
_OTHERS = (
    rf"(?:^|(?<=[，。；\s]))(?:(?:[她他]|孩子|宝宝|家里)?的?(?:{_ELDER})(?:{_BEFORE}|今[天早]|突然|不小心|刚刚?|也)*"
    rf"|(?:[她他]|孩子|宝宝|家里)的?(?:{_SIBLING})(?:{_BEFORE}|今[天早]|突然|不小心|刚刚?)*"
    rf"|(?:{_SIBLING})(?:{_BEFORE})+(?:突然|不小心)?)"
    r"(?=抽[搐筋]|惊厥|[昏晕]|骨折|摔|脱臼|喝(?!剩|的)|中[毒暑]|[呕]?吐|拉[肚稀]|[高发]烧|烫|被[狗猫蛇]"
    r"|[腿手脚头][^，。；药]{0,2}(?:断|骨折|疼|痛|伤|扭))"
    r"(?:(?!也|[她他]|孩子|宝宝|把|给|抱|抢|娃|[砸压泼撞洒溅][到在])[^，。；：:\s])*(?=$|[，。；\s])"
)
_CLAUSE = re.compile("[，。；、,;]")
_SENT = "(?:就医|就诊|医院|看医生|120)"
_SENT_ALREADY = re.compile(_SENT)
_NOT_SENT = re.compile(rf"[没未不][^，。；]{{0,4}}{_SENT}")


def heed_of(facts: DayFacts, words: str, *whats: str, count: int = 0, plain: str = HEED) -> str:
    """What a family is asked to do about a finding: ``请马上就医``, ``请尽快就医``, else ``plain``.

    ``words`` are what the note says of it, ``whats`` the names under which the table may know it. ``count``
    is a reading in tenths of a degree, or how often it came today.
    """
    table = _Table(facts.urgent)
    if not whats:
        return _alone(table, facts.months, facts.given_name, words) or plain
    return _asked(table, facts.months, facts.given_name, words, whats, count) or plain


class _Table:
    """The signs, equal only to themselves: to hash each of them takes longer than to judge a word."""

    __slots__ = ("signs",)

    def __init__(self, signs: tuple[Sign, ...]) -> None:
        self.signs = signs

    def __hash__(self) -> int:
        return id(self.signs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Table) and self.signs is other.signs


@functools.lru_cache(maxsize=4096)
def _alone(table: _Table, months: int | None, name: str, words: str) -> str:
    """What words alone ask for; remembered, for a day is told again at each of its entries."""
    hot = hottest(words)
    return _asked(table, months, name, words, ("fever",) if hot else (), hot)


def _asked(
    table: _Table, months: int | None, name: str, words: str, whats: tuple[str, ...], count: int
) -> str:
    """What a finding of some names and words asks for; empty where nothing does."""
    known = [
        sign
        for sign in _that_may_fit(table, words, named=bool(whats))
        if not sign.what or (sign.what in whats and count >= sign.least and _young(months, sign.until))
    ]
    if not known or not _first(known, words):
        return ""
    return _first(known, _hers(name, compiled(_UNLIKE).sub("　", words)))


def is_grave(facts: DayFacts, words: str) -> bool:
    """Whether words alone ask for a doctor: none of them is to be overlooked, wherever they stand."""
    return heed_of(facts, words) != HEED


def asks_for_doctor(facts: DayFacts, line: str) -> bool:
    """Whether a line of the note ends in one of the table's sentences."""
    return any(line.endswith(sign.heed) for sign in facts.urgent)


def is_sent(words: str) -> bool:
    """Whether the teacher's own words speak of a doctor; not 抽搐了，没去医院."""
    return _SENT_ALREADY.search(_NOT_SENT.sub("", words)) is not None


def _hers(name: str, words: str) -> str:
    """The words without what is told of somebody else; what names her is of her (妈妈摔倒时予晴头着地)."""
    return compiled(_OTHERS).sub(lambda one: one[0] if name and name in one[0] else "　", words)


def _young(months: int | None, until: int | None) -> bool:
    return until is None or (months is not None and months < until)


def _first(signs: Iterable[Sign], words: str) -> str:
    """What the first sign that fits asks for; empty where none does."""
    return next((sign.heed for sign in signs if not sign.words or _says(words, sign)), "")


def _says(text: str, sign: Sign) -> bool:
    if sign.letters.isdisjoint(text):
        return False
    pattern, at = _compiled(sign.words), 0
    while (found := pattern.search(text, at)) is not None:
        if not denied(text, *found.span()):
            return True
        # What is denied ends with its clause: 没有摔倒，头部受伤，吐了.
        clause = _CLAUSE.search(text, found.start(), found.end())
        at = max(found.start() + 1, found.end() if clause is None else clause.end())
    return False


def _that_may_fit(table: _Table, words: str, *, named: bool) -> list[Sign]:
    """The signs of which a letter stands in a text, in their order; ``named`` adds those that need no words.

    A text is looked through once for all of them: most of what is written fits none.
    """
    by_letter = _places(table)
    places = by_letter[""] if named else 0
    for letter in words:
        places |= by_letter.get(letter, 0)
    found = []
    while places:
        lowest = places & -places
        found.append(table.signs[lowest.bit_length() - 1])
        places ^= lowest
    return found


@functools.lru_cache(maxsize=4)
def _places(table: _Table) -> dict[str, int]:
    """Of each letter the signs that it may stand in, a bit for each; under "" those without words."""
    found = {"": 0}
    for place, sign in enumerate(table.signs):
        for letter in sign.letters if sign.words else ("",):
            found[letter] = found.get(letter, 0) | 1 << place
    return found


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern of a sign, made when a text may fit it."""
    return re.compile(pattern)
