"""Words of illness or of a hurt in what a teacher wrote beside a meal, a sleep, a mood or anything else.

A word that is found takes 无异常 away and is asked to be heeded. One that is not found proves nothing:
whether free words are known for harmless is for ``harmless`` to say.
"""

import functools
import re

from app.domain.dayfacts import DayFacts, clause
from app.domain.harmless import is_harmless
from app.domain.logbook import EntryDraft, EntryKind, NoteKind, Reaction, SleepSign, title_of
from app.domain.record import record
from app.domain.told_illness import AND, ENDS, ITEM, NOT, NOT_EACH, claims_fever, compiled
from app.domain.urgency import is_grave

_ILL = (
    r"[吐呕咳喘疹疱肿痒晕昏蔫崴疼痛血撞磕摔跌哮憋胀癣瘸跛脓痰瘀淤]"
    r"|[水血脓小大]泡|起.{0,3}泡|破了?皮|皮.{0,2}破|[擦蹭抓咬磨碰刮唇]破|破了|[蹭磨刮]掉|掉了?.{0,2}[皮牙]"
    r"|[起鼓肿]了?.{0,4}包|[小大硬]包|个.{0,2}包|风团|长痘|溃[烂疡]"
    r"|发[热烧烫红青紫抖白]|[低高退]烧|[低高]热|烧[到得]|[头额身脸手脚][^，。；]{0,3}[热烫]|滚烫|有点[烫热]"
    r"|烫[伤到着红了]|被烫|开水|惊厥|抽搐|抽筋|抽了|翻白眼|体温[^，。；]{0,3}[高低]"
    r"|腹泻|拉肚|拉稀|稀便|水样|很稀|拉了[^，。；]{0,3}[次裤水身回]|便秘|干硬|没有?大便|不大便|没拉(?![着手链住])"
    r"|大便[^，。；]{0,3}[绿黑白硬干稀]|尿[频急]|[尿便]里|小便[^，。；]{0,2}[黄红少]|尿[^，。；]{0,2}[黄红]"
    r"|鼻涕|鼻塞|喷嚏|流涕|鼻[^，。；]{0,2}不通|不通气|分泌物|[耳眼鼻][^，。；]{0,3}流|口水[很太]?多|很多口水"
    r"|嗓子|喉咙|咽[喉部]|[沙声音]哑|哑了"
    r"|红[点斑疙]|红了一[圈片块]|[屁臀]股?.{0,2}红|红屁股|红臀|青了|[青紫]一?块|牙印|[抓划伤掐勒挤压]痕|指甲印|抓花"
    r"|没有?什?么?(?:精神|胃口|食欲|劲|力气)|精神.{0,3}(?:差|不好|不振|不佳|萎)|(?:胃口|食欲).{0,3}(?:差|不[好佳振]|欠|下降)"
    r"|嗜睡|无力|乏力|恶心|反胃|不舒服|不适|难受|[冷虚盗]汗|出汗[很太较]?多|很多汗|呼吸.{0,2}[急困粗]"
    r"|[脸面]色[^，。；]{0,2}[发不苍差难白黄青]|嘴唇[^，。；]{0,3}[破干裂紫白肿青]|舌头?[^，。；]{0,2}[破红]"
    r"|嘴[角里][^，。；]{0,3}[破烂红白疮]|[手脚身][^，。；]{0,2}(?:冰|很|有点|发)[凉冷]"
    r"|一直哭|哭个?不停|哭闹不|安抚不|哄不[好住]|一?[动碰抱摸]起?来?就哭"
    r"|[受擦划抓咬扭夹碰烧刮晒烫砸]伤|伤[到口着]|咬[了到住]?(?:人|手|胳膊|脸|腿|小朋友|同伴|肩|背)"
    r"|被[^，。；]{0,6}(?:[咬抓挠挤砸踩绊踢压]|推[倒到了]|打(?!扮|动))"
    r"|夹[到了住]?手|手[^，。；]{0,3}夹|扭[到了]|碰[到了着]?.{0,2}[头额嘴膝眼鼻手腿脸角]|[绊滑推跌]了?倒|绊了"
    r"|[挤压砸踩][了到着](?:手|脚|头|指|一下)|[掉滚栽]下|从[^，。；]{1,6}[掉滚栽]"
    r"|脱臼|骨折|不[能会敢肯]动|动不了|抬不起|[站走坐]不稳|站不起"
    r"|[呛噎叮蜇]|[蚊虫]子?[^，。；]{0,3}咬|卡[住在]|扎[到了]?(?:了)?(?:根|个)?[手脚刺]|[根了]刺|[被手][^，。；]{0,5}划|划[破伤]"
    r"|口子|眼屎|抓耳|洒在|误[食吞喝服]|吞[了下]|塞进?[鼻耳]|干燥剂|[喝吃舔][^，。；]{0,4}(?:洗手液|消毒|颜料|胶)"
    r"|吃坏|溢奶|拒[食奶]|过敏了|中暑|牙[^，。；]{0,2}[掉松断]"
    r"|手[足脚]口|水痘|流感|麻疹|腮腺|猩红|痢疾|诺如|结膜|红眼(?!圈)"
    r"|(?:现在|后来|又)[^，。；没不]{0,2}红了|[眼脸手嘴股身耳腿膝颈脖][^，。；没不]{0,3}红(?![花色旗包领枣豆薯扑彤润笔纸烧气苹球])|有[点些]红(?![花色])"
)
_BITTEN = re.compile(r"被[^，。；]{0,6}咬|咬了?一口(?:手|胳膊|脸|腿)")
# What only sounds like it: 吃了吐司, 吹泡泡, 小笼包, 心疼妹妹.
_SOUNDS = (
    r"吐司|吐舌|吐字|谈吐|吞吞吐吐|吐鲁番|吐[出掉]?(?:核|籽|骨头?|皮|刺|泡)|泡泡|泡沫|浸泡|呕心沥血"
    r"|[面书背沙红荷钱挎腰菜肉糖豆黄奶烧笼]包|包[子装饺馄裹书括含围]|打包|汉堡包|打击|打招呼|打扮"
    r"|心疼|疼爱|痛快|摔[跤角]?(?:游戏|比赛)|摔(?:泥|炮|打|卡)|撞[色衫钟球]|磕磕绊绊|磕巴|跌跌撞撞(?:地|学)*走"
    r"|[鸭猪鸡]血|血[糯橙豆]|补血|心血|热血|血压|晕开|晕车|黄昏|伤心|咬[了着]?[一两几大小]*口|咬字"
    r"|叮叮|叮咚|叮当|口红|手?划船|肿么|[太小]?阳.{0,2}热|天气?.{0,2}热|水流?.{0,1}烫|[温凉白]开水|开水果"
    r"|(?:树?叶子?|花瓣?|果子|积木|雪花?|羽毛|球|雨滴?)[^，。；]{0,6}[掉落滚]下来?|(?:气球|泡泡|纸袋?)[^，。；]{0,3}破"
    r"|(?<!被)推倒[^，。；]{0,3}(?:积木|高?塔|城堡|高楼)"
    r"|(?:^|[，。；])(?:搭|玩)[了着]?(?:积木|高?塔|城堡|高楼)[，,]?推倒了?[又再重]新?搭|抽了(?:[一两几三]?张?|[一两]?包)纸巾|抽奖[^，。；]{0,3}抽了|抽签[^，。；]{0,3}抽了"
    r"|[汤水粥饭菜]不烫(?!了?手)|苹果[^，。；]{0,2}红+|红?点红点|画[^，。；]{0,2}红点|卡在第|手指点画"
)
_VERB = r"(?:流|打|起|长|出|拉|受|再)?"
_HURT = r"(?:摔|撞|磕|碰|扭|烫|夹|咬|抓|擦|划)(?:跤|倒|到|着|伤)?"
# What a denial takes away; after the last of a list no new state may begin (没有发热、呕吐了两次).
_DENIED = (
    rf"{NOT_EACH}{_VERB}{ITEM}(?:(?:、|{AND}){_VERB}{ITEM})+{ENDS}"
    rf"|{NOT}{_VERB}(?:{ITEM}|{_HURT}|疹|发?红)(?:{AND}{_VERB}(?:{ITEM}|{_HURT}))*(?!了[一两几\d]|[完好]|\d)"
)

_TOLD = frozenset({*Reaction, SleepSign.CONCERN}) - {Reaction.NONE, Reaction.DISLIKED}
_IN_WORDS = frozenset({EntryKind.NOTE, EntryKind.PHOTO, EntryKind.OUTDOOR})


@record
class IllWord:
    """An entry and what the teacher wrote in it that speaks of illness or of a hurt."""

    entry: EntryDraft
    own: str  # 吃完吐了两口
    beside: bool = True  # written beside the entry; else it is the entry itself

    @property
    def words(self) -> str:
        """``午餐：吃完吐了两口``; a remark stands by itself."""
        if self.entry.kind is EntryKind.NOTE:
            return self.own
        return f"{title_of(self.entry)}：{self.own}"


@functools.lru_cache(maxsize=4096)
def speaks_of_illness(text: str) -> bool:
    """Whether a text speaks of illness or of a hurt without denying it."""
    if claims_fever(text):
        return True
    if compiled(_ILL).search(text) is None:
        return False
    if _BITTEN.search(text) is not None:  # 被乐乐咬了一口 is no bite of an apple
        return True
    plain = compiled(_SOUNDS).sub("　", text)
    if any(mark in plain for mark in "没无未"):
        plain = compiled(_DENIED).sub("　", plain)
    return compiled(_ILL).search(plain) is not None


def ill_words(facts: DayFacts) -> tuple[IllWord, ...]:
    """Every such word of a day, by time, that nothing else tells the family to heed.

    What is written beside a visit to the toilet, a bad reaction, a sleep round that found something, and what
    the family is asked to heed is told as such.
    """
    return tuple(IllWord(one, own, beside) for one in _by_time(facts) for own, beside in _own(facts, one))


def words_to_read(facts: DayFacts) -> tuple[str, ...]:
    """What people wrote of the day, wherever, that speaks of illness, of a hurt or asks for a doctor.

    A note that holds it is not signed unread: what a word means the program does not know.
    """
    texts = (clause(text) for one in _by_time(facts) for text, _beside in _texts(one))
    return tuple(dict.fromkeys(text for text in texts if speaks_of_illness(text) or is_grave(facts, text)))


def all_harmless(facts: DayFacts) -> bool:
    """Whether every free word of the day is known for harmless: remarks, notes beside anything, reasons."""
    left = ("", "过敏", "没吃", "没喝", "挑出来了", "挑掉了")
    known = (facts.given_name, *(f"{one}{tail}" for one in facts.allergies for tail in left))
    texts = [text for one in facts.entries for text, _beside in _texts(one)]
    return all(is_harmless(text, known) for text in (*texts, *(one.reason for one in facts.looked)))


def is_grave_entry(facts: DayFacts, entry: EntryDraft) -> bool:
    """Whether what was written in an entry, or beside it, asks for a doctor, whatever the entry is of."""
    return any(is_grave(facts, text) for text, _beside in _texts(entry))


def _by_time(facts: DayFacts) -> tuple[EntryDraft, ...]:
    return tuple(sorted(facts.entries, key=lambda one: one.at))


def _texts(entry: EntryDraft) -> list[tuple[str, bool]]:
    """The free words of an entry; its own text counts where it is no name of a dish or a game."""
    texts = ((entry.text, False), (entry.note, True)) if entry.kind in _IN_WORDS else ((entry.note, True),)
    return [(one, beside) for one, beside in texts if one.strip()]


def _own(facts: DayFacts, entry: EntryDraft) -> list[tuple[str, bool]]:
    """What of an entry speaks of illness, or of what asks for a doctor in any words."""
    heeded = entry.kind is EntryKind.NOTE and entry.detail == NoteKind.NOTICE
    if entry.kind is EntryKind.TOILET or heeded or entry.quality in _TOLD:
        return []
    return [
        (clause(one), beside)
        for one, beside in _texts(entry)
        if speaks_of_illness(one) or is_grave(facts, one)
    ]
