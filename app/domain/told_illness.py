"""What somebody told of a sick child: which words of it claim an illness, and which deny it.

A report errs to the side of the children: a denial takes back only what plainly follows it, and of a list
only what is known for a thing that lists deny. 没精神、发烧39度 tells of a fever, 没有发热、皮疹 of nothing.
"""

import functools
import re
from collections.abc import Iterable, Sequence

from app.domain.dayfacts import FEVER_TENTHS

# Things that are denied in lists. What is no thing of this kind (没精神、, 没睡好、) begins no such list.
ITEMS = (
    "发高烧", "发低烧", "发烧", "发热", "高烧", "低烧", "高热", "低热", "发烫", "呕吐", "干呕", "吐奶", "吐",
    "恶心", "腹泻", "拉肚子", "拉稀", "腹痛", "腹胀", "肚子疼", "肚子痛", "咳嗽", "咳痰", "咳", "气喘", "喘",
    "流鼻涕", "流清涕", "流涕", "鼻涕", "鼻塞", "打喷嚏", "喷嚏", "嗓子疼", "喉咙痛", "咽痛", "头痛", "头疼",
    "头晕", "疼痛", "疼", "痛", "皮疹", "红疹", "疹子", "疱疹", "水泡", "水疱", "红点", "红斑", "红肿", "肿",
    "破皮", "破损", "出血", "流血", "外伤", "擦伤", "抓伤", "咬伤", "受伤", "伤口", "磕碰", "摔跤", "摔倒",
    "过敏反应", "过敏", "异常反应", "异常", "不舒服", "不适", "抽搐", "惊厥", "便秘", "症状", "溃疡", "包",
    "流感", "甲流", "乙流", "流行性感冒", "感冒", "麻疹", "水痘", "流行性腮腺炎", "腮腺炎", "风疹", "猩红热",
    "手足口病", "手足口", "手脚口", "疱疹性咽峡炎", "疱疹性咽颊炎", "咽峡炎", "诺如", "轮状", "感染性腹泻",
    "痢疾", "菌痢", "红眼病", "结膜炎", "甲肝", "乙肝", "流脑", "肺炎", "新冠", "支原体", "幼儿急疹", "急疹",
    "湿疹", "荨麻疹", "百日咳", "肺结核", "川崎病", "腺病毒", "合胞病毒", "传染病",
)  # fmt: skip
ITEM = "(?:" + "|".join(sorted(map(re.escape, ITEMS), key=len, reverse=True)) + ")"
AND = r"(?:和|及|以及|或者?|跟|与|也没有?|也无|也不是)"
# 没发烧、咳嗽 may go on after the denial; 没有发烧、咳嗽 denies both.
_SEEN = r"(?:再|得过?|患有?|感染|见到?|看到|发现|查出|出现|发生|被?确诊|明显|任何|什么|[起出]过?|长|的)*"
NOT = rf"(?:(?<!有)没有?|未|并?无){_SEEN}"
NOT_EACH = (
    r"(?:(?<!有)没有|未(?:再)?(?:见到?|发现|查出|出现|发生|感染)|并?无|没(?:发现|见|看到|查出))"
    rf"{_SEEN}"
)
# What takes an illness back, and all of a list of them.
IS_NOT = (
    r"(?:不是|不像|不属于|不考虑|并非|否认|排除了?|除外)"
    r"(?:是|有|患|得|了|过|普通|一般|典型|什么|任何|的|可能)*"
)
_CLAUSES = re.compile(r"[，。；！？,;!?\s]+")
# 不排除, 不能除外 leave a doubt: they deny nothing.
_DOUBT = r"(?:不|未|没有?|无法)(?:能|可)?(?:完全)?(?:排除|除外|否认)"
_LEADING = r"(不是|排除了?|否认|没有|未见|除外)\s+"
# A list is denied only where nothing goes on behind it: 没有发热、呕吐两次 tells of the latter.
ENDS = r"(?=病?毒?症?(?:$|[、，。；！？,;!?\s　]|和|及|或|等|的?(?:症状|情况|现象|反应|迹象)|也没有?))"
_VACCINE = (
    r"病?症?的?(?:灭活|减毒|加强|强化|联合|第?[一二三四1-4]剂?)*(?:疫苗|预防针|的?针|第?[一二三四1-4]针|接种)"
)
_CLEARED = (
    rf"病?毒?症?(?:(?:、|{AND})?{ITEM}病?)*"
    r"(?:抗原|抗体|核酸|检测|检查|化验|结果|试验|已经?|可以|可|医院|医生|说|基本|完全|均|都|是|呈|为)*"
    r"(?:阴性|排除|除外)了?"
)
_GONE = r"(?:已经?|可以|医院|医生|复查|化验|检查|检测|结果|都|说|了)*(?:排除了?|阴性|不是)了?"

# -- fever in words

_COOKED = (
    r"[红叉]烧|燃烧|(?<![发高低退还又])烧(?:[烤饼麦卖鸡鸭鹅肉菜饭水香茄伤坏毁]|[一]?壶)|猩红热|登革热"
    r"|天气[^，。；]{0,3}热|天[很太好真]热|水[很太温有点]*热|(?<![发高低退有潮还又])热[身水汤饭菜情爱闹]"
    r"|(?:(?:气|室|水|奶|洗澡)温|洗澡水)[^，。；]{0,6}"
)
_FEVER = (
    r"烧|发.{0,2}热|[高低中微潮]热|退.{0,2}热|热[退度]|[有还又]热|体温[^不没，。；]{0,3}[高升]|体温.{0,3}[三四]十|发烫|滚烫"
    r"|(?:额头?|头上?|身上?|身子|浑身|全身|手心|脚心|摸[着上]去?)[^不没，。；]{0,3}[热烫](?![水汤伤到着])"
)
# No more is no denial: who 不烧了 had one, and the days count from then.
_NO_FEVER = (
    rf"(?:{NOT}|{IS_NOT})(?<!再)(?:{ITEM}{AND}){{0,3}}(?:发[高低]?|有[高低]?|[高低])?[烧热](?![到了过得]|[^，。；]{{0,2}}\d)"
    rf"|{NOT_EACH}(?<!再)(?:{ITEM}(?:、|{AND})){{1,4}}(?:发[高低]?|[高低])[烧热]{ENDS}"
    r"|不(?:发[高低]?)?[烧热](?=$|[、不也但只还就])"
)
_OF_FEVER = frozenset("烧热烫温")  # of which one stands in whatever the words of a fever fit
_HINT = re.compile(r"[烧热烫温三四]|[3-4３４]")  # without one of these no fever is spoken of
_WIDE = str.maketrans("０１２３４５６７８９．", "0123456789.")
_NUMBERS = {"七": 7, "八": 8, "九": 9, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
# 38.5, 39度, 38度5, 39℃; a number without a degree counts where it has tenths, or a word of heat before it.
_DEGREES = (
    r"(?<![\d.:：])(?P<whole>3[5-9]|4[0-2])(?:[.。点](?P<tenth>\d)\d?)?(?![\d:：])\s*"
    r"(?P<unit>度|℃|°|摄氏|o?C(?![a-z]))?(?P<after>\d|[一二三四五六七八九](?![天次个])|半|多|几|左右|以上)?"
)
_OF_HEAT = r"(?:体温|[烧热]|量了?|温度|[腋耳额肛]温|(?<![数拍跳读写走搭爬背])[到飙冲])[^，。；\d]{0,4}$"
_NO_DEGREES = r"\s*(?:斤|公斤|千克|kg|元|块|码|分|页|个|天|周|月|岁|号|楼|次|cm|厘米|ml|毫升|%|人|片|颗)"
_SPELT = r"(?P<tens>[三四])十(?P<ones>[一二五六七八九])?[度点](?P<tenth>[一二三四五六七八九]|半|多|几)?"


@functools.lru_cache(maxsize=64)
def compiled(shape: str) -> re.Pattern[str]:
    """A pattern, made when it is first asked for: the start of the program waits for none of these."""
    return re.compile(shape)


def tells_fever(text: str) -> bool:
    """Whether a text speaks of a fever at all, be it to deny it."""
    plain = _plain(text)
    return compiled(_FEVER).search(plain) is not None or _is_hot(plain)


def claims_fever(text: str) -> bool:
    """Whether a text says that she has or had a fever: in words, or by a reading from 37.3 on."""
    if hottest(text) >= FEVER_TENTHS:
        return True
    if _OF_FEVER.isdisjoint(text) or compiled(_FEVER).search(plain := _plain(text)) is None:
        return False  # most of what is written speaks of none, and is looked at no further
    return any(
        compiled(_FEVER).search(compiled(_NO_FEVER).sub("　", one)) is not None for one in _clauses(plain)
    )


@functools.lru_cache(maxsize=4096)
def hottest(text: str) -> int:
    """The highest temperature of a body in a text, in tenths of a degree; 0 where there is none."""
    if _HINT.search(text) is None:
        return 0
    return max(_readings(_plain(text)), default=0)


def _plain(text: str) -> str:
    return compiled(_COOKED).sub("　", text.translate(_WIDE))


def _is_hot(text: str) -> bool:
    return any(tenths >= FEVER_TENTHS for tenths in _readings(text))


def _readings(text: str) -> list[int]:
    """Every temperature of a body in a text, in tenths of a degree."""
    found = []
    for one in compiled(_DEGREES).finditer(text):
        known = one["unit"] or one["tenth"] or one["after"] in {"多", "几", "左右"}
        known = known or compiled(_OF_HEAT).search(text, max(0, one.start() - 10), one.start())
        if known and not compiled(_NO_DEGREES).match(text, one.end()):
            tenth = one["tenth"] or (one["after"] if one["unit"] else None)
            found.append(int(one["whole"]) * 10 + _tenth(tenth))
    for one in compiled(_SPELT).finditer(text):
        whole = _NUMBERS[one["tens"]] * 10 + _NUMBERS.get(one["ones"] or "", 0)
        found.append(whole * 10 + _tenth(one["tenth"]) if whole < 43 else 0)
    return found


def _tenth(words: str | None) -> int:
    """半, 多, 几 and 以上 say that it was more: half a degree, to be sure."""
    if not words:
        return 0
    return int(words) if words.isdigit() else _NUMBERS.get(words, 0 if words == "左右" else 5)


# -- any illness


def claims_any(text: str, words: Sequence[str], *, cleared: bool = True) -> bool:
    """Whether a text tells of one of the words, neither denied nor as a vaccine.

    排除流感, 不是手足口病, 水痘疫苗反应, 流感，医院排除了 go; 疑似 and 不排除 stay. Nothing is ``cleared`` of
    a sign by a vaccine or a test.
    """
    if not any(word in text for word in words):
        return False
    return any(word in plain for plain in _claims(text, tuple(words), cleared=cleared) for word in words)


def _clauses(text: str) -> list[str]:
    return [compiled(_DOUBT).sub("疑似", one) for one in _CLAUSES.split(compiled(_LEADING).sub(r"\1", text))]


def _claims(text: str, words: tuple[str, ...], *, cleared: bool) -> Iterable[str]:
    """The clauses of a text without what they deny, each word of a list by itself."""
    said = _clauses(text)
    shape = _denial(words, cleared=cleared)
    for one, after in zip(said, [*said[1:], ""], strict=True):
        if not (cleared and compiled(_GONE).fullmatch(after)):
            yield shape.sub("　", one)


@functools.lru_cache(maxsize=64)
def _denial(words: tuple[str, ...], *, cleared: bool) -> re.Pattern[str]:
    name = "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"
    ways = [
        rf"{NOT}(?:{ITEM}{AND}){{0,3}}{name}(?!了[一两几\d]|\d)",
        rf"(?:{NOT_EACH}|{IS_NOT})(?:{ITEM}病?(?:、|{AND})){{1,4}}{name}{ENDS}",
        rf"{IS_NOT}{name}",
    ]
    if cleared:
        ways += [rf"接种[了过]?的?{name}", rf"{name}{_VACCINE}", rf"{name}{_CLEARED}"]
    return re.compile("|".join(ways))
