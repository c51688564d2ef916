"""What a grown-up of a list is to the child: by the words of a column for it, else by the relation.

Only parents and legal guardians agree to anything (58号文 Art 30, domain §7.3 监护人 / 仅接送 / 禁止接走):
a grandmother who stands under 家长 collects, a nanny or a neighbour is only called.
"""

import functools
import re
import unicodedata

from app.domain.record import record

_PARENT = re.compile(
    r"(?:(?:孩子|宝宝|宝贝|幼儿|他|她)的?)?(?:亲生?|生|养|继)?(?:妈妈|爸爸|母亲|父亲|妈咪|老爸|老妈|妈|爸|母|父|爹)"
    r"|宝妈|宝爸|父母|养父母|母子|母女|父子|父女|(?:法定)?监护人|家长"
)
_GRANDPARENT = re.compile(
    "(?:孩子|宝宝|幼儿)?的?(?:爷爷|奶奶|外公|外婆|姥姥|姥爷|祖父|祖母|外祖父|外祖母|祖父母|外祖父母|公公|婆婆"
    "|阿公|阿婆|阿嬷|嬷嬷|家公|家婆|爷|奶|祖孙)"
)
# Not preceded or followed by what makes another word of it: 直接, 交接; 接触, 接种, 接受 …
_COLLECT = r"(?:(?<![直间连衔交对紧嫁])接(?!触|种|受|近|收|待|纳|听|电话|力|吻|奶|球|口)|带走|带离|领走|抱走"
_COLLECT += "|交给|交予|交由|交到|移交|转交|放人|放行)"
_BARRED = re.compile(
    rf"(?:禁止?|严禁|不得|不能|不许|不准|不可以?|不允许|未经许可不|不让|不要|不给|不予|不该|不应|不宜|不同意|勿|别|拒绝?|谢绝|杜绝|防止)"
    rf".{{0,8}}?{_COLLECT}"
    r"|(?:无|没有?|不具备|不享有|丧失|取消|剥夺)(?:接送?权|.{0,3}权利?接)|无权.{0,4}接|接.{0,6}(?:禁止|不允许|不行|不可)"
    rf"|(?:只许|只准|只让|只由|只能由|仅限|仅由|除.{{1,6}}外).{{0,8}}?{_COLLECT}"
    r"|不(?:能|可|得|予|准)?(?:放人|放行)|黑名单|保护令"
)
# Without any of these signs nobody is barred: most cells hold none, and thousands are read.
_BARRING_SIGNS = frozenset("禁严不未勿别拒谢杜防无没丧取剥只仅除黑保")
_GAPS = re.compile(r"\s+")
_SIGNS = re.compile(r"[、，,;；/+＋＆&\s]+")
_GUARDIAN_WORDS = frozenset(("监护人", "法定监护人", "监护"))
_COLLECTOR_WORDS = frozenset(
    ("可接", "可接送", "可以接", "能接", "接送", "接送人", "可接人", "授权接送", "仅接送", "只接送", "仅可接")
)
_EMERGENCY_WORDS = frozenset(("紧急联系人", "紧急", "应急联系人", "应急", "紧急联系"))
_PLAIN_WORDS = frozenset(("联系人", "仅联系", "仅联系人", "无"))


@record
class Roles:
    """What somebody may and must not."""

    guardian: bool = False
    collects: bool = False
    emergency: bool = False
    barred: bool = False

    @property
    def words(self) -> str:
        """监护人、可接、紧急联系人, as ``read_roles`` reads it; 联系人 for somebody who is none of these."""
        told = (
            ("监护人", self.guardian),
            ("可接", self.collects),
            ("紧急联系人", self.emergency),
            ("禁止接走", self.barred),
        )
        return "、".join(word for word, holds in told if holds) or "联系人"


def read_roles(text: str) -> Roles | None:
    """What a cell of 权限 says; None where a word of it is unknown."""
    guardian = collects = emergency = barred = False
    for word in filter(None, _SIGNS.split(unicodedata.normalize("NFKC", text))):
        if says_barred(word):
            barred = True
        elif word in _GUARDIAN_WORDS:
            guardian = True
        elif word in _COLLECTOR_WORDS:
            collects = True
        elif word in _EMERGENCY_WORDS:
            emergency = True
        elif word not in _PLAIN_WORDS:
            return None
    return Roles(guardian, collects, emergency, barred)


def is_parent(relation: str) -> bool:
    """Whether a relation is that of a parent or legal guardian: 妈妈, 继父, 母女; not 舅妈 or 干爹."""
    return _PARENT.fullmatch(_plain(relation)) is not None


def is_grandparent(relation: str) -> bool:
    """Whether a relation is that of a grandparent."""
    return _GRANDPARENT.fullmatch(_plain(relation)) is not None


@functools.lru_cache(maxsize=4096)  # headings and notes say the same in every row
def says_barred(text: str) -> bool:
    """Whether words tell that somebody must not collect: 禁止接走, 爸爸不得来接, 无接送权.

    A false hit costs somebody a look at one row; a miss gives a child away.
    """
    plain = _GAPS.sub("", unicodedata.normalize("NFKC", text))
    return not _BARRING_SIGNS.isdisjoint(plain) and _BARRED.search(plain) is not None


def _plain(relation: str) -> str:
    return _GAPS.sub("", unicodedata.normalize("NFKC", relation)).partition("(")[0]
