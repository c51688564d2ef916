"""What the desk sees of a child who is to be handed back, before anything is done."""

import datetime as dt
import hashlib

from app.domain.ids import ChildId, GrantId, ReceiptId, VisitId
from app.domain.money import Money
from app.domain.phones import mask_phone
from app.domain.pricing import Quote
from app.domain.record import record
from app.domain.staff import Actor
from app.services.cashier import quote_of
from app.services.desk import ChildCard
from app.services.open_papers import OpenPaper, OpenPapers
from app.services.taken import Taken, TakenTogether
from app.store import children, grants, receipts, releases, visits
from app.store.database import Database
from app.store.stamps import day_of
from app.store.visits import Visit


@record
class GrantRow:
    """Who may come today by a call of the guardian (电话授权)."""

    grant: GrantId
    name: str
    relation: str
    detail: str  # 138****9911 · 证件尾号 002X · 妈妈 赵敏 10:20 来电
    code_mark: str  # of the code, which nobody at the desk is to read: who comes must bring it
    used: bool

    def matches(self, code: str) -> bool:
        """Whether this is the code that the guardian was told."""
        return bool(code) and code_mark(code) == self.code_mark


@record
class SiblingRow:
    """A child of the same family who is inside, too."""

    visit: VisitId
    child: ChildId
    name: str
    kin: str  # 弟弟
    class_name: str
    quote: Quote | None
    papers: tuple[OpenPaper, ...]

    @property
    def due(self) -> Money:
        """What is to be paid for her."""
        return Money(0) if self.quote is None else self.quote.total


@record
class PickupCard:
    """Everything the desk needs to hand one child back."""

    visit: VisitId
    card: ChildCard
    code: str
    quote: Quote | None  # None for contract children
    note_words: str  # 交接单已签 / 交接单未签（缺：情绪）
    note_signed: bool
    receipt: ReceiptId | None  # already issued for this visit
    taken: tuple[Taken, ...] = ()  # what was paid when she left
    together: TakenTogether | None = None
    grants: tuple[GrantRow, ...] = ()
    siblings: tuple[SiblingRow, ...] = ()
    papers: tuple[OpenPaper, ...] = ()


def code_mark(code: str) -> str:
    """What can be held against a typed code without saying it."""
    return hashlib.sha256(code.encode()).hexdigest()


def grant_rows(database: Database, child: ChildId, day: dt.date) -> tuple[GrantRow, ...]:
    """Who may come today by a call."""
    rows = []
    for one in grants.list_grants(database, child, day):
        tail = f"证件尾号 {one.comer.identity_tail}" if one.comer.identity_tail else ""
        call = f"{one.caller_words} {one.made_at:%H:%M} 来电"
        detail = " · ".join(part for part in (mask_phone(one.comer.phone), tail, call) if part)
        rows.append(
            GrantRow(one.id, one.comer.name, one.comer.relation, detail, code_mark(one.code), one.used)
        )
    return tuple(rows)


def sibling_rows(
    database: Database, open_papers: OpenPapers, actor: Actor, kept: Visit, now: dt.datetime
) -> tuple[SiblingRow, ...]:
    """Children inside who share a guardian with her, as she would call them."""
    found = []
    mine = children.find_child(database, kept.child)
    for key, child in releases.list_siblings_inside(database, kept.child, day_of(now)):
        hers, stay = children.find_child(database, child), visits.find_visit(database, key)
        if hers is None or stay is None or mine is None:
            continue
        kin = _kin(hers.born_on, mine.born_on, hers.sex or "")
        paid = receipts.find_receipt_of_visit(database, key) is not None
        quote = None if paid else quote_of(database, stay, now)
        papers = open_papers.shown(actor, stay)
        found.append(SiblingRow(key, child, stay.child_name, kin, stay.class_name, quote, papers))
    return tuple(found)


def _kin(hers: dt.date, mine: dt.date, sex: str) -> str:
    """What she is to me by the days we were born on; which of two twins is the elder nobody told."""
    if hers == mine:
        return "双胞胎"
    elder = hers < mine
    return {"m": "哥哥" if elder else "弟弟", "f": "姐姐" if elder else "妹妹"}.get(sex, "")
