"""What was taken when a child was handed back, as the receipts say: hers, and those of earlier stays."""

import datetime as dt

from app.domain.ids import ReceiptId, VisitId
from app.domain.money import Money, total
from app.domain.pricing import PriceLine
from app.domain.record import record
from app.services.cashier import MONEY_KIND
from app.store import belongings, receipts, releases, visits
from app.store.database import Database
from app.store.receipts import Receipt
from app.store.releases import Release
from app.store.visits import Visit


@record
class Taken:
    """A receipt that was given at the door. ``stay`` is the day it is for where that is an earlier one."""

    receipt: ReceiptId
    number: str
    lines: tuple[PriceLine, ...]
    total: Money
    stay: dt.date | None = None


@record
class TakenTogether:
    """What siblings who left in one act paid in all."""

    names: tuple[str, ...]  # of the others
    total: Money


def paid_in(database: Database, kept: Visit, release: Release | None) -> list[Receipt]:
    """The receipts that were issued with a departure: hers, and those of earlier stays paid then."""
    keys = [int(kept.id)]
    if release is not None:
        keys += belongings.list_settled_in(database, release.id, MONEY_KIND)
    found = (receipts.find_receipt_of_visit(database, VisitId(key)) for key in keys)
    return [one for one in found if one is not None]


def list_taken(database: Database, kept: Visit) -> tuple[Taken, ...]:
    """What was paid for a child who has gone; nothing while she is inside."""
    if kept.left_at is None:
        return ()
    return tuple(
        Taken(one.id, one.number, one.lines, one.total, _earlier(database, one, kept))
        for one in paid_in(database, kept, releases.find_release_of_visit(database, kept.id))
    )


def taken_together(database: Database, kept: Visit) -> TakenTogether | None:
    """What was paid in the act in which she left with others; None where she went alone, or nobody paid."""
    release = None if kept.left_at is None else releases.find_release_of_visit(database, kept.id)
    if release is None:
        return None
    names, sums = [], list[Money]()
    for one in releases.list_together(database, release.together or release.id):
        other = kept if one.visit == kept.id else visits.find_visit(database, one.visit)
        if other is None:
            continue
        sums += [paid.total for paid in paid_in(database, other, one)]
        if other.id != kept.id:
            names.append(other.child_name)
    return TakenTogether(tuple(names), total(sums)) if names and sums else None


def _earlier(database: Database, receipt: Receipt, kept: Visit) -> dt.date | None:
    if receipt.visit is None or receipt.visit == kept.id:
        return None
    stay = visits.find_visit(database, receipt.visit)
    return None if stay is None else stay.day
