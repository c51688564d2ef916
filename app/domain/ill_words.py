"""Words of illness or of a hurt in what a teacher wrote beside a meal, a sleep, a mood or anything else.

A word that is found takes 无异常 away and is asked to be heeded; one that is not found proves nothing.
"""

import re

from app.domain.dayfacts import DayFacts, clause
from app.domain.logbook import EntryDraft, EntryKind, NoteKind, Reaction, SleepSign, title_of
from app.domain.record import record
from app.domain.said import denied

_ILL = re.compile(
    r"[吐呕咳喘疹疱肿痒晕昏蔫崴疼痛血撞磕摔跌]"
    r"|[水血脓小大]泡|起.{0,3}泡|擦破|破了?皮|皮.{0,2}破|蹭破|抓破"
    r"|[起鼓肿]了?.{0,4}包|[小大硬]包|个.{0,2}包"
    r"|发[热烧烫红青紫抖]|[低高退]烧|[低高]热|烧[到得]|[头额身脸手脚][^，。；]{0,3}[热烫]|滚烫|烫[伤到着红]|有点烫"
    r"|惊厥|抽搐|抽筋|腹泻|拉肚|拉稀|稀便|水样|鼻涕|鼻塞|喷嚏|红[点斑]|红了一[圈片块]"
    r"|没有?什?么?精神|精神.{0,3}(?:差|不好|不振|萎)|嗜睡|无力|恶心|反胃|不舒服|难受|冷汗|呼吸.{0,2}[急困粗]"
    r"|[受擦划抓咬扭夹碰烧刮]伤|伤[到口着]|咬[了到住]?(?:人|手|胳膊|脸|腿|小朋友|同伴|肩|背)|被[^，。；]{0,6}[咬抓打挠]"
    r"|夹[到了住]?手|手[^，。；]{0,3}夹|扭[到了]|碰[到了]?(?:头|额|嘴|膝|眼|鼻|手|腿|脸)|[绊滑]倒"
    r"|[呛噎叮蜇]|卡[住在]|扎[到了]?(?:了)?(?:根|个)?[手脚刺]|[根了]刺|[被手][^，。；]{0,5}划|划[破伤]|口子|眼屎|抓耳"
    r"|洒在|误[食吞]|吞[了下]|塞进?[鼻耳]"
    r"|[眼脸手嘴股身耳腿膝颈脖][^，。；]{0,3}红(?![花色旗包领枣豆薯扑彤润笔纸烧])|有[点些]红(?![花色])"
)
_BITTEN = re.compile(r"被[^，。；]{0,6}咬|咬了?一口(?:手|胳膊|脸|腿)")
# What only sounds like it: 吃了吐司, 吹泡泡, 小笼包, 心疼妹妹.
_HARMLESS = re.compile(
    r"吐司|吐舌|吐字|谈吐|吞吞吐吐|吐鲁番|吐[出掉]?(?:核|籽|骨头?|皮|刺|泡)|泡泡|泡沫|浸泡"
    r"|[面书背沙红荷钱挎腰菜肉糖豆黄奶烧笼]包|包[子装饺馄裹书括含围]|打包|汉堡包"
    r"|心疼|疼爱|痛快|摔[跤角]?(?:游戏|比赛)|摔(?:泥|炮|打|卡)|撞[色衫钟]|磕磕绊绊|磕巴"
    r"|[鸭猪鸡]血|血[糯橙豆]|补血|心血|热血|晕开|黄昏|伤心|咬[了着]?[一两几大小]*口"
    r"|叮叮|叮咚|叮当|口红|手?划船|肿么|[太小]?阳.{0,2}热|天气?.{0,2}热|水流?.{0,1}烫"
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


def speaks_of_illness(text: str) -> bool:
    """Whether a text speaks of illness or of a hurt without denying it."""
    if _ILL.search(text) is None:
        return False
    if _BITTEN.search(text) is not None:  # 被乐乐咬了一口 is no bite of an apple
        return True
    plain = _HARMLESS.sub("　", text)
    return any(not denied(plain, found.start()) for found in _ILL.finditer(plain))


def ill_words(facts: DayFacts) -> tuple[IllWord, ...]:
    """Every such word of a day, by time, that nothing else tells the family to heed.

    What is written beside a visit to the toilet, a bad reaction, a sleep round that found something, and what
    the family is asked to heed is told as such.
    """
    return tuple(IllWord(one, own, beside) for one in _by_time(facts) for own, beside in _own(one))


def _by_time(facts: DayFacts) -> tuple[EntryDraft, ...]:
    return tuple(sorted(facts.entries, key=lambda one: one.at))


def _own(entry: EntryDraft) -> list[tuple[str, bool]]:
    """What of an entry speaks of illness; its own text counts where it is no name of a dish or a game."""
    heeded = entry.kind is EntryKind.NOTE and entry.detail == NoteKind.NOTICE
    if entry.kind is EntryKind.TOILET or heeded or entry.quality in _TOLD:
        return []
    texts = ((entry.text, False), (entry.note, True)) if entry.kind in _IN_WORDS else ((entry.note, True),)
    return [(clause(one), beside) for one, beside in texts if one and speaks_of_illness(one)]
