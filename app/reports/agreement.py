"""临时托育服务协议: two pages of A4, read and signed at the desk (58号文 管理规范 Art 9, 10, 30)."""

import datetime as dt
from dataclasses import dataclass

from app.domain.money import Money


@dataclass(frozen=True, slots=True)
class AgreementAdult:
    """An adult named in the agreement."""

    name: str
    relation: str
    phone: str  # as it is to be printed: 138 0000 6021
    identity_seen: bool = False


@dataclass(frozen=True, slots=True)
class AgreementFee:
    """One line of the fee."""

    purpose: str  # 半日临时托 到 14:00
    amount: Money


@dataclass(frozen=True, slots=True)
class Agreement:
    """One temporary stay as both sides agree to it.

    ``fee_words`` is the fee rule in words, as it is read out to the parent. Empty texts print as a blank line
    to be filled in by hand where the law asks for the fact, and are left out elsewhere.
    """

    centre: str
    day: dt.date
    child: str
    sex: str
    born_on: dt.date
    age: str  # 27 个月
    class_name: str
    care: str  # 半日临时托
    arrived: dt.datetime
    promised: dt.datetime | None
    bringer: AgreementAdult
    collectors: tuple[AgreementAdult, ...]
    allergy: str  # 鸡蛋 / 没有已知的过敏 / 不清楚，先不进食
    fees: tuple[AgreementFee, ...]
    total: Money
    fee_words: str
    second: AgreementAdult | None = None  # the other emergency contact
    document: str = ""  # identity number of the child, masked
    body: str = ""  # 正常 / 带药：… / 有不适：…
    check: str = ""  # 36.5℃ 正常
    reason: str = ""  # 家中来客
    age_note: str = ""  # why a child outside 6-36 months is taken
    address: str = ""  # of the centre
    phone: str = ""  # of the centre
    handled_by: str = ""
    number: str = ""
    seal: str = ""
    practice: bool = False
    print_count: int = 1
