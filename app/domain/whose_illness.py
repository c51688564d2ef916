"""Of what was told of a sick child: what is hers, and now. The rest makes no case; it is asked about.

A doubt counts as hers: only a clause that plainly speaks of somebody else, or of long ago, is left out.
"""

import re

from app.domain.told_illness import ITEM, compiled

_PARTS = re.compile(r"([，。；！？,;!?\s]+)")
_KIN = (
    "(?:(?:表|堂|亲|双胞胎|大|小|二|邻居家?的?)?(?:弟弟?|妹妹?|哥哥?|姐姐?)|爸爸?|妈妈?|父亲|母亲|爸妈|父母"
    "|爷爷|奶奶|外公|外婆|姥姥|姥爷|阿姨|保姆|舅舅|姑姑|叔叔|姨妈|家里?人|大人|邻居(?:家?的?(?:孩子|小孩|小朋友|宝宝|女儿|儿子|闺女|娃))?"
    "|同学|(?:同|隔壁)?班(?:里|上)?(?:有)?(?:的)?(?:人|孩子|小孩|小朋友|同学)?)"
)
_LATELY = r"(?:昨[天晚]|前天|今天|今早|上周|这周|最近|近来|这[两几]天|刚刚?|在家|已经?|自己|确实|可能|疑似)*"
_CAUGHT = (
    rf"(?:(?:得[了过上]?|有|是|出现?|起|长|发)?(?={ITEM})"
    r"|得了|患[了上有]?|染上|感染|确诊|查出|中招了?|发[高低]?[烧热]|出疹)"
)
# 她弟弟昨天得了手足口: who is ill stands first, and the illness follows at once. 妈妈说是手足口 tells of her.
_OTHERS = rf"^(?:[她他]|孩子|宝宝)?的?{_KIN}{_LATELY}{_CAUGHT}"
# Where it goes about: 班里有手足口, 听说园里有手足口, 姐姐学校诺如停课; and of whom she is a visitor.
_PLACE = r"(?:班|幼儿园|园|学校|小区|楼)(?:里|上|级|内)?(?:最近)?"
_PEOPLE = r"(?:好?几个|一个|[1-9]个|个|的|人|孩子|小孩|小朋友|同学)"
_ABOUT = (
    rf"^(?:(?:听说|据说|因为?|由于|{_KIN}说)*(?:同|隔壁)?{_PLACE}"
    rf"(?:(?:又?有|出现|在传|流行|爆发){_PEOPLE}*|{_PEOPLE}+)(?:得了?)?(?={ITEM})"
    rf"|(?:[她他]的?)?{_KIN}的?{_PLACE}(?:有|出现|发现)?{_PEOPLE}*(?:得了?)?(?={ITEM})"
    rf"|(?:去)?(?:医院)?(?:探望|看望|照顾)[^，。；]{{0,4}}(?={ITEM})[^，。；]{{0,10}}的{_KIN})"
)
# All of her class have it; where she is said to be well, she has it not.
_ALL = rf"^全班(?:的)?(?:人|孩子|小朋友)?[也都]*{_CAUGHT}{ITEM}?"
# A fear is no illness: 怕传染, 担心感染流感; but 怕把手足口传给别人 is of hers.
_FEAR = re.compile(
    r"(?:怕|担心|避免|防止|以免|免得|预防|恐)(?!是|不是|[^，。；！？,;!?\s]{0,4}把)[^，。；！？,;!?\s]{0,6}"
    r"(?:传染|传给|传上|感染|染上|被传|中招)[^，。；！？,;!?\s]*"
)
# Both of them, or from one to the other, or a paper of hers: then it may be hers, too.
_TOO = r"[也都和跟与同她他被给]|孩子|宝宝|一起|传|俩|两个|双胞胎|诊断|证明|病历"
_SICKENED = (
    r"(?:确诊|阳性|阳了|[两双]条?杠|溃疡|中招|感染|传上|染上|得[了上]|[起出长发]了?[^，。；没不未无]{0,2}[疹疱泡点颗粒]"
    r"|发[高低]?[烧热]|[疹疱泡]|[嘴口喉嗓][^，。；没不未无]{0,2}[疼痛])"
)
_CHILD = "(?:孩子|宝宝|宝贝|女儿|儿子|闺女|囡囡|娃娃?|[大小二三]宝)"
_OURS = "(?:(?<![家的班个位名边])|(?<=我家)|(?<=我们家)|(?<=咱家)|(?<=咱们家)|(?<=我家的)|(?<=我们家的))"
# Of herself beside whoever was named first: 弟弟得了手足口，她手上起泡了; not 她弟弟, not 他没有泡.
_SHE_TOO = (
    rf"(?:[她他]|{_CHILD}|自己|本人|现在)(?:也|都)(?!没|不|未|无|很?好|正常)|传(?:染|给)|一起|都[得患是有]"
    rf"|(?:(?<![和跟同])[她他]|{_OURS}{_CHILD}|自己|本人|这边)(?!们|的?{_KIN})[^，。；没不未无好]{{0,8}}{_SICKENED}"
)
# A clause after theirs that names nobody of them, but a place on a body, or the doctor's word, is of her:
# 弟弟得了手足口，今天手上起了疱; so is one with her name. 她妹妹出水痘，起了很多泡 goes on about the sister.
_NOBODY_ELSE = (
    rf"(?:^|[，。；！？,;!?\s])(?:今[天早晚]|昨[天晚]|现在|刚刚?|早上|晚上)*"
    rf"(?:(?!(?:[她他]|孩子|宝宝|家里|有|好?几?一?个)*的?(?:{_KIN}|小朋友|老师|人))[^，。；,;\s没不未无好]{{0,4}}"
    rf"(?:[手脚足嘴口嗓喉身脸臀腿背舌]|屁股)[^，。；,;\s没不未无好]{{0,4}}{_SICKENED}"
    r"|(?=[手脚嘴口嗓喉])"
    rf"{_SICKENED}"
    r"|(?:医生|医院|大夫)[^，。；没不]{0,6}(?:说|查|定)[^，。；没不]{0,3}是(?=[，。；\s]|$))"
    r"|(?:哥哥?|姐姐?)[^。；没不]{0,12}[，,\s](?:弟弟?|妹妹?)也(?!没|不|未|无|很?好|正常)"
)
_SHE_IS_WELL = (
    rf"(?:[她他]|{_CHILD})(?:也|都|目前|现在|暂时|还|一切|身上|手上)*(?:没|不|未|无|很?好|正常|健康)"
)
_LONG = (
    r"(?:去年|前年|上个?月(?!底|末|下旬|最后)|上上个?月|年初|上半年|上学期|小时候|[一两]岁时|半年前"
    r"|(?:好?几|[一两三四五六七八九十\d]+)个?[月年]以?前)"
)
_HAD = r"(?:得|患|出|起|长|发|烧|感染|确诊|有|生)"
# 上个月得了水痘, 以前得过水痘, 得过水痘: over for so long that she was here since.
_PAST = rf"{_LONG}[^，。；]{{0,6}}{_HAD}[过了]|(?:得|患|出|生|感染)过(?![敏几两一些段多\d])"
_RECENT = (
    r"昨|前天|今|刚|早上|上午|下午|晚上|夜里|半夜|这[两几]天|前[两几]天|上周|上个?星期|上个?礼拜|周[一二三四五六日末]"
    r"|\d+[日号]"
)
# What is said of now: 以前没得过手足口，这次得了.
_THIS_TIME = rf"(?:这[次回]|今[天早]|昨[天晚]|刚刚?|现在|结果|最近)[^，。；没不未无好]{{0,4}}{_SICKENED}"
_NEVER_BEFORE = rf"(?:(?:以前|之前|从来?|从小)*[没未]有?(?:得|患|出|起|生|感染)过)(?={ITEM})"
_STILL = r"没好|未愈|没有好|不见好|还在|还没|还有|复发|又[得起出发长犯烧]|反复|没退|一直"
_WELL = r"(?:好了|痊愈了?|康复了?|治好了?|好利索了?|全好了?|没事了)"
_OVER = rf"(?:已经?|早就?|都|全|完全|彻底|基本)+{_WELL}$|{_WELL}$"
_NOT_YET = r"[没未不快差等待才要再如若]|好了[一些点就再以之]|能|可以"

# 手 足 口, 手、足、口病, and a sign that only looks like 口; not 手、足、口腔.
# And what is mistyped for it: 手族口, 手足扣.
_APART = re.compile(
    r"手[\s、，,·]{0,2}足[\s、，,·]{0,2}[口囗](?![腔水罩角臭])|手[族组卒祖阻]口|手足[扣寇](?!子)"
)
_SPELT = (
    (re.compile(r"hand\W{1,3}foot(?:\W{1,3}(?:and|&))?\W{1,3}mouth(?:\W{1,3}disease)?"), "hfmd"),
    (re.compile(r"chicken\W?pox"), "chickenpox"),
    (re.compile(r"german\W+measles"), "rubella"),
    (re.compile(r"scarlet\W+fever"), "scarlatina"),
    (re.compile(r"pink\W?eye"), "conjunctivitis"),
    (re.compile(r"\b(?:no|not|without)\s+(?:(?:a|the|any|signs?|of)\s+)*(?=[a-z])"), "没有"),
    (re.compile(r"(?<=[a-z])\s+(?:vaccine|vaccination|shot)"), "疫苗"),
    (re.compile(r"(?<=[a-z])\s+(?:is\s+|was\s+)?negative"), "阴性"),
)  # fmt: skip


def spelt(text: str) -> str:
    """A text with what families write otherwise as the table knows it.

    ``Hand, foot and mouth`` → ``hfmd``; ``手 足 口``, ``手、足、口病`` → ``手足口``.
    """
    if "手" in text:
        text = _APART.sub("手足口", text)
    if not any("A" <= one <= "z" for one in text):
        return text
    plain = text.lower()
    for shape, word in _SPELT:
        plain = shape.sub(word, plain)
    return plain


def about_her_now(text: str) -> str:
    """A text without the clauses that speak of somebody else's illness, or of one of long ago."""
    text = _FEAR.sub("", text)
    if compiled(_THIS_TIME).search(text) is not None:
        text = compiled(_NEVER_BEFORE).sub("", text)
    others = not _she_too(text)
    if compiled(_SHE_IS_WELL).search(text) is not None:
        text = compiled(_ALL).sub("", text)
    past = compiled(_STILL).search(text) is None
    parts = _PARTS.split(text)
    for at, one in enumerate(parts):
        if at % 2 == 0 and ((others and _is_others(one)) or (past and _is_past(one))):
            parts[at] = ""
    return "".join(parts)


def is_over(text: str) -> bool:
    """Whether a text says of an illness that it is over: 手足口病已经好了; not 快好了, 好了再来."""
    return any(
        compiled(_OVER).search(one) is not None and compiled(_NOT_YET).search(one) is None
        for one in _PARTS.split(text)[::2]
    )


def _she_too(text: str) -> bool:
    if compiled(_SHE_TOO).search(text) is not None:
        return True
    return compiled(_SHE_IS_WELL).search(text) is None and compiled(_NOBODY_ELSE).search(text) is not None


def _is_others(clause: str) -> bool:
    if compiled(_ABOUT).match(clause) is not None:
        return True
    found = compiled(_OTHERS).match(clause)
    return found is not None and compiled(_TOO).search(clause, found.end()) is None


def _is_past(clause: str) -> bool:
    return compiled(_PAST).search(clause) is not None and compiled(_RECENT).search(clause) is None
