"""Words of a list that may mean that somebody must not collect, without saying so: 判给妈妈, 父亲无探视权.

A false hit costs somebody a look at one row; a miss gives a child away (58号文 Art 30). What says it outright
is ``import_roles.says_barred``; nothing here makes anybody barred, all of it is asked about.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable

from app.domain.import_persons import NOBODY

_GAPS = re.compile(r"\s+")
_KIN = (
    "(?:爸爸?|妈妈?|父亲?|母亲?(?!乳)|爷爷|奶奶|外公|外婆|姥姥|姥爷|祖父|祖母|公公|婆婆|舅|姑|叔|伯|姨|婶|前夫|前妻|男方|女方"
    "|家属|亲戚|亲属|任何人|其他人|其他大人|其余人|别人|他人|外人|陌生人)"
)
_NOT = "(?:禁止|严禁|不可以?|不能|不得|不行|不许|不准|不让|不给|不允许|不同意|不放|勿|别让|别给|拒绝|谢绝)"
# What follows a "not" that is about meeting the child, and not about food or sleep; or nothing does.
_MEETS = (
    "(?=$|[，。；、！,;.!)）]|来|进|入园|入内|看|见|探|靠近|接近|接触孩|联系|带|抱|领|碰|出现|知道|参与|过问|露面|冒|他|她"
    "|爸|父|妈|母)"
)
_NOT_TOLD = "(?:不要|不能|不可以?|不得|不许|不准|别|勿).{0,2}(?:告诉|告知|透露|泄露|通知)"
_CROSSES = "x\u00d7\u2573\u2715\u2717\u2718\u274c"  # as a list is marked by hand
_CUSTODY = (
    r"(?<![未无没非有])离[异婚]|(?<!没)有离[异婚]|分居|前夫|前妻|抚养权|监护权|探视|探望权|判[给归由离]|判决|裁定|法院.{0,4}(?:判|裁|调解|文书|令|通知)"
    r"|撤销监护|家暴|家庭暴力|人身(?:安全|保护)|报警|找警察|[打拨]110|抢(?:夺|走|回|孩子|娃|宝宝|人|抚养)|争夺|争抢孩|藏匿|拐走|骗走|偷走|尾随"
)
_MAY_BAR = re.compile(
    rf"{_CUSTODY}"
    rf"|(?:不能?给|不让|不许|不准|不可给|别给|别让|勿给|勿让|禁止|严禁|拒绝|谢绝|防止|防备|提防|当心|小心|警惕).{{0,2}}{_KIN}"
    rf"|{_KIN}.{{0,4}}{_NOT}{_MEETS}|{_KIN}.{{0,2}}(?:以外|之外|除外)|除了?.{{0,4}}{_KIN}.{{0,4}}外"
    rf"|{_KIN}.{{0,2}}(?:来了?|来园|来接|出现|上门).{{0,6}}(?:电话|联系|通知|告诉|告知|报告|先问|别|勿|不)"
    rf"|(?:只能?|只许|只准|仅限?).{{0,3}}{_KIN}.{{0,4}}(?:来|可以|能|探|看)"
    rf"|{_KIN}.{{0,4}}(?:受限|限制|黑名单|拉黑|无权|没有?权|免接|勿近|勿扰|不在.{{0,4}}名单)"
    # 爸爸接须经妈妈, 爸爸来接先核实, 如见爸爸, 爸爸来闹过, 孩子怕爸爸, 父母诉讼中, 母方抚养, 李强×.
    rf"|{_KIN}.{{0,4}}(?:接|来).{{0,3}}(?:须|需|要|得|应|先)(?:经过?|先|核|问|请示|报)|[如若一要]?(?:看见|见到?|遇到?|碰到){_KIN}"
    rf"|{_KIN}.{{0,3}}(?:闹|打过|打(?:她|他|娃|孩)|吓|拘留|监狱|戒毒|判刑|醉|喝酒(?!酿))|怕(?!陌生|生人){_KIN}(?=$|[，。；,;.!！])|(?:勿|别|不|不要)放(?=$|[，。；,;人进])|防(?:生父|生母|{_KIN})|醉酒|喝醉"
    rf"|[父母男女](?:方|亲)?(?:单独|一方)?抚养|{_KIN}(?<!爸爸妈妈)(?<!妈妈爸爸)(?:抚养|扶养)(?!费)|诉讼|父母已?离|备案|保护令|拘留|监狱|务必.{{0,3}}{_KIN}|生父|生母|非本人"
    rf"|.{{0,3}}[{_CROSSES}]$"
    # 请不要把孩子给爸爸, 孩子不能跟爸爸走, 只给妈妈接, 必须是妈妈本人, 归妈妈, 爸爸接需妈妈同意.
    rf"|(?:不要|千万|切勿|请勿|别|勿|不能|不可以?|不得|不许|不准|不会?).{{0,6}}(?:给|交|跟|随|由|让|同意).{{0,3}}{_KIN}(?=$|[，。；,;.!！]|.{{0,3}}(?:走|接|带(?!的|来)|领|抱走|见))"
    rf"|(?:只|仅|限|必须|一定要?|唯一).{{0,5}}{_KIN}.{{0,4}}(?:接|本人|亲自|带走|领)|(?:[只仅][给认交限]|只交给).{{0,2}}{_KIN}|限{_KIN}(?=$|[，。；,;.!！])"
    rf"|(?:必须|一定要?).{{0,3}}{_KIN}(?=$|[，。；,;]|本人|亲自|来)|(?:归|随|跟着?){_KIN}(?:生活|过$|$|[，。；,;])|单亲|官司|分开|不在一起|重组家庭"
    rf"|{_KIN}.{{0,6}}(?:暴力|酗酒|吸毒|坐牢|服刑|入狱|打人|打孩子|打妈妈|精神病|精神疾病|失踪|跑了|失联|骚扰|跟踪|不归)|骚扰|跟踪"
    rf"|{_KIN}.{{0,4}}(?:接|见|看|带走|领走).{{0,6}}(?:同意|不要|别|拒绝|不放|不给|需|先问)|{_KIN}不(?:可以?|能|得|许|准)?(?:接|见|带)"
    # 妈妈单独监护, 孩子由妈妈抚养, 不要告诉爸爸孩子在这里, 对爸爸保密, 防爸爸, 爸爸X.
    r"|(?:单独|独自|独立|一个?人|一方|单方)(?:监护|抚养|扶养)"
    rf"|由(?!.{{0,2}}(?:父母|爸爸?妈|妈妈?爸|双方)).{{0,2}}{_KIN}.{{0,4}}(?:抚养|扶养|监护)"
    rf"|{_NOT_TOLD}.{{0,4}}{_KIN}|[对向跟]{_KIN}.{{0,2}}保密|瞒着?.{{0,2}}{_KIN}"
    rf"|(?:防着?|注意|留意){_KIN}(?=$|[，。；、,;.!！]|来|接|出现|靠近)|{_KIN}[:(]?[{_CROSSES}](?=$|[，。；、,;.!！)])"
    r"|(?:谁|别的人|不认识的人|其他人).{0,4}(?:都|来|接).{0,4}(?:不|别|勿|要打|电话)|除非.{0,4}(?:妈|爸|母|父)|核对身份"
    r"|not(?:allowed|permitted)|(?:do|must|should|may)n[o']?t(?:release|give|let|hand|pick|collect)|no(?:pick-?up|contact|mum|mom|mother|dad|father)"
    r"|(?:mum|mom|mother|dad|daddy|father|grandma|grandpa)(?:is)?(?::|-)?(?:no|not|banned|barred|forbidden|excluded)(?![a-z])"
    r"|(?:keep|stay)away|court(?:-?order)?|police|banned|barred|abus"
    r"|mustnot|donot|restrain|custody|divorc|only(?:by)?(?:the)?(?:mum|mom|mother|dad|father)"
    r"|(?:mum|mom|mummy|mommy|mother|dad|daddy|father|grandma|grandpa)only"
)
# Whoever else is spoken of. Not one of them bars anybody, and no list of words above is ever whole.
_PEOPLE = re.compile(
    rf"{_KIN}|[爸妈爹娘父母]|[接送领](?!种|触|受|近|着|下)|探望|继[父母]|后[爸妈]|保姆|司机|男友|女友|对象"
    r"|(?:mum|mom|mummy|mother|dad|father|grandm|grandp|aunt|uncle|nanny|pick-?up|collect)"
)
# Without any of these signs nothing above is said: most cells hold none, and thousands are read.
_SIGNS = frozenset(
    "离居夫妻抚监探判裁院暴身警打拨抢争匿拐骗偷尾不别勿禁拒谢防当心外除来现门只仅限黑无没"
    "千切必一唯归随跟单官分重骚谁接见看带领酗吸坐服入失跑精独由注留瞒密限闹打吓拘监戒判醉喝怕抚扶诉备保务生非经须需nrcdoabkp"
    + _CROSSES
)
_HEADING = re.compile(
    r"抚养|监护权|监护情况|探[视望]|离[异婚]|婚姻|法院|判决|裁定|(?:接|送|领|出入).{0,3}限制|限制.{0,3}(?:接|送|领|探|人员)"
)
# Said of a grown-up in his own cell: no name and no relation holds it.
_OF_HIMSELF = re.compile(rf"{_NOT}|禁|无权|没有权|受限|限制|黑名单")
# How a column of custody says that all is as usual.
_USUAL = NOBODY | frozenset(
    ("父母", "双方", "父母双方", "共同", "父母共同", "夫妻共同", "共同抚养", "共同监护", "父母共同抚养",
     "已婚", "在婚", "正常", "完整", "和睦", "良好", "未离异", "未离婚", "无离异", "没有离异", "不限",
     "不限制", "无限制", "没有限制")
)  # fmt: skip


@functools.lru_cache(maxsize=1024)  # a title is asked about at each row
def may_bar(text: str) -> bool:
    """Whether words may mean that somebody must not collect: 离异, 不给爸爸, 爸爸来了请打电话."""
    return _found(_plain(text))


def _found(plain: str) -> bool:
    return not _SIGNS.isdisjoint(plain) and _MAY_BAR.search(plain) is not None


def may_bar_one(text: str, names: Iterable[str]) -> bool:
    """The same where the grown-ups of the row are named: 李父不行."""
    plain = _plain(text)
    if _SIGNS.isdisjoint(plain):
        return False
    for name in filter(None, map(_plain, names)):
        if len(name) > 1:
            plain = plain.replace(name, "爸爸")
    return _found(plain)


def speaks_of_people(text: str, names: Iterable[str]) -> bool:
    """Whether words speak of a grown-up or of who collects at all: somebody reads them once."""
    plain = _plain(text)
    return _PEOPLE.search(plain) is not None or any(
        name in plain for name in map(_plain, filter(None, names)) if len(name) > 1
    )


def bars_himself(text: str) -> bool:
    """Whether the cell of a grown-up says of him that he may not: 父亲 禁止."""
    plain = _plain(text)
    return not _SIGNS.isdisjoint(plain) and _OF_HIMSELF.search(plain) is not None


@functools.lru_cache(maxsize=1024)
def is_of_custody(heading: str) -> bool:
    """Whether a column is about custody or about who may not come: 抚养权, 接送限制."""
    return _HEADING.search(_plain(heading)) is not None


def is_usual(text: str) -> bool:
    """Whether such a column says that there is nothing to know: 无, 父母双方, 未离异."""
    return _plain(text) in _USUAL


@functools.lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return _GAPS.sub("", unicodedata.normalize("NFKC", text)).casefold()
