"""收款收据 and 退款单: A5 across, one number, one print count (domain: 收据 is not 发票)."""

import datetime as dt
from dataclasses import dataclass

from app.domain.money import Money


@dataclass(frozen=True, slots=True)
class ReceiptPaperLine:
    """One line of 收款事由."""

    purpose: str  # 半日临时托 09:12–14:00
    quantity: int
    unit: str  # 次
    unit_price: Money
    amount: Money
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """A receipt, or with ``refund`` its reversal, which names the ``original`` and prints in red.

    ``reversed_by`` is the number of the refund that took this receipt back; it is then marked 已退款.
    Amounts of a refund are handed in as kept (negative); the paper says 退款 and shows them with their sign.
    """

    centre: str
    day: dt.date
    payer: str  # 王秀兰
    child: str
    class_name: str
    lines: tuple[ReceiptPaperLine, ...]
    total: Money
    tender: str  # 微信
    handled_by: str
    number: str  # 2025-000018
    seal: str = ""
    practice: bool = False
    print_count: int = 1
    refund: bool = False
    original: str = ""
    original_day: dt.date | None = None
    reason: str = ""
    reversed_by: str = ""
