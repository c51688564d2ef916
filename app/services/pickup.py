"""A child is handed back: who takes her, by what proof, what is owed; and taking it back."""

import datetime as dt
from dataclasses import dataclass

from app.domain.ids import AdultId, ReceiptId, VisitId
from app.domain.pricing import Quote
from app.services.desk import ChildCard


@dataclass(frozen=True, slots=True)
class PickupCard:
    """Everything the desk needs to hand one child back."""

    visit: VisitId
    card: ChildCard
    code: str
    quote: Quote | None  # None for contract children
    note_words: str  # 交接单已签 / 交接单未签（缺：情绪）
    note_signed: bool
    receipt: ReceiptId | None  # already issued for this visit


@dataclass(frozen=True, slots=True)
class CheckOut:
    """The act: this adult takes this child. A ``tender`` issues the receipt in the same unit of work.

    ``tender`` is cash, wechat, alipay, transfer or card.
    """

    visit: VisitId
    collector: AdultId
    proof: str = "known"  # code | known | identity
    tender: str | None = None


@dataclass(frozen=True, slots=True)
class Departed:
    """A departure as kept."""

    visit: VisitId
    name: str
    collector: str
    at: dt.datetime
    receipt: ReceiptId | None
