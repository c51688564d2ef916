"""Money at the door: reading a receipt, and taking one back with a refund of its own number."""

import datetime as dt
from dataclasses import replace

from app.domain.changes import Changes, Done, Topic
from app.domain.errors import RuleError
from app.domain.ids import ChildId, ClassId, ReceiptId, VisitId
from app.domain.modes import CareMode, Tariff
from app.domain.money import Money, total
from app.domain.names import clean_text
from app.domain.pricing import (
    LUNCH_CODE,
    Beside,
    PriceLine,
    Quote,
    Tariffs,
    care_end,
    counted_minutes,
    covers_lunch,
    quote,
)
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.plans import Plans
from app.services.rows import leaves_at
from app.store import bookings, day, day_moves, papers, people, prices, receipts, visits
from app.store.database import Clock, Database, Unit
from app.store.day import Expected, Stay
from app.store.receipts import AlreadyReversedError, NewReceipt, Receipt
from app.store.stamps import at_minute, day_of, minute_of
from app.store.visits import Visit

MONEY_KIND = "unpaid"  # of a paper that is open at the door
_CARE = frozenset(one.value for one in Tariff)  # the codes of what is neither lunch nor late care
_DAY = 24 * 60  # minutes: who left after midnight was inside until then
TENDERS = {"cash": "现金", "wechat": "微信", "alipay": "支付宝", "transfer": "转账", "card": "刷卡"}


class UnknownReceiptError(RuleError):
    """No such receipt."""


class UnknownTenderError(RuleError):
    """Not a way of paying that the centre takes."""


class NothingDueError(RuleError):
    """There is nothing to issue a receipt for."""


class AlreadyRefundedError(RuleError):
    """The receipt was taken back before, or is itself a refund."""


@record
class ReceiptView:
    """A receipt as the desk shows it. ``refunded_by`` is the number of the refund that took it back."""

    id: ReceiptId
    number: str
    refund: bool
    child: str
    payer: str
    tender_words: str
    lines: tuple[PriceLine, ...]
    total: Money
    issued_at: dt.datetime
    issued_by: str
    refunded_by: str
    prints: int


class Cashier:
    """The verbs of the cash desk."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def receipt(self, actor: Actor, receipt: ReceiptId) -> ReceiptView:
        """One receipt.

        Raises:
            UnknownReceiptError: if there is none.
        """
        actor.require(Permission.READ)
        kept = self._find(receipt)
        refund = None if kept.reversed_by is None else self._find(kept.reversed_by)
        return ReceiptView(
            id=kept.id,
            number=kept.number,
            refund=kept.kind == "refund",
            child=kept.child_name,
            payer=kept.payer,
            tender_words=TENDERS[kept.tender],
            lines=kept.lines,
            total=kept.total,
            issued_at=kept.issued_at,
            issued_by=kept.issuer_name,
            refunded_by="" if refund is None else refund.number,
            prints=papers.count_prints(self._database, "receipt", kept.id),
        )

    def reverse(self, actor: Actor, receipt: ReceiptId, reason: str) -> Done[ReceiptId]:
        """Take a receipt back: a refund (退款单) with its own number that points at it (domain §6.5).

        Raises:
            AlreadyRefundedError: it was taken back before, or is a refund.
            RuleError: no reason is given.
        """
        actor.require(Permission.TAKE_MONEY)
        if not (reason := clean_text(reason, "退款原因", "reason")):
            raise RuleError("请写明退款原因。", field="reason")
        kept = self._find(receipt)
        with self._database.unit(actor.id, "refund") as unit:
            refund = keep_refund(unit, kept, actor, reason)
        return Done(refund, Changes(frozenset({Topic.MONEY}), frozenset({kept.child})))

    def issue(self, actor: Actor, visit: VisitId, tender: str) -> Done[ReceiptId]:
        """A receipt for a child who has left and has none: after a refund of a wrong one, as a rule.

        Raises:
            NothingDueError: she is inside, a receipt stands, or nothing is due.
            UnknownTenderError: not a way of paying that the centre takes.
        """
        actor.require(Permission.TAKE_MONEY)
        kept = visits.find_visit(self._database, visit)
        if kept is None or kept.undone or kept.left_at is None:
            raise NothingDueError("孩子还没有离园，请在办理离园时收款。")
        if receipts.find_receipt_of_visit(self._database, visit) is not None:
            raise NothingDueError("这次托育已有收据。开错了请先退款，再重开。")
        due = quote_of(self._database, kept, kept.left_at)
        if due is None or not due.total:
            raise NothingDueError("这次托育没有应收款。")
        adults = people.list_adults(self._database, kept.child, kept.day)
        payer = next((one.name for one in adults if one.id == kept.collected_by), kept.child_name)
        new = NewReceipt(
            visit=visit,
            child=kept.child,
            class_name=day_moves.came_to(self._database, visit, kept.class_name),
            payer=payer,
            tender=require_tender(tender),
            lines=due.lines,
            day=day_of(self._clock()),
            issued_by=actor.id,
        )
        with self._database.unit(actor.id, "issue_receipt") as unit:
            key = receipts.add_receipt(unit, new)
            unit.audit("receipt", key, f"{kept.child_name} {new.tender}")
        return Done(key, Changes(frozenset({Topic.MONEY}), frozenset({kept.child})))

    def _find(self, receipt: ReceiptId) -> Receipt:
        kept = receipts.find_receipt(self._database, receipt)
        if kept is None:
            raise UnknownReceiptError("没有找到这张收据，请核对收据号。")
        return kept


def promised_of(database: Database, kept: Visit, at: dt.datetime) -> dt.datetime | None:
    """Until when a child may stay as it stands at an instant of her visit: as the board tells it."""
    plans = _plans_of(database, kept)
    if not plans.every:
        return kept.promised_at
    return plans.told(_inside(plans, kept), _minute(kept, at))[0].promised_at


def leaving_of(database: Database, kept: Visit, at: dt.datetime) -> dt.datetime | None:
    """When she is to be fetched, as the board tells it; None where only her contract knows."""
    plans = _plans_of(database, kept)
    if not plans.every:
        return kept.promised_at
    return leaves_at(*plans.told(_inside(plans, kept), _minute(kept, at)))


def quote_of(database: Database, kept: Visit, leaving: dt.datetime, *, agreed: bool = False) -> Quote | None:
    """What a visit costs that ends at an instant; None for a contract, which is paid elsewhere.

    With ``agreed`` as it was agreed to when she came: what she ate since is of no account.

    Of a half-day child who stayed on into the other half that she had booked, or from it into her own, the
    booked half costs. Who went on from a booked stretch of the day into the next pays as by one booking over
    both. Who comes several times pays for each stay, and for all of them no more than for one as long.
    """
    tariffs = prices.tariffs(database, kept.day)
    part = _part_of(database, kept, leaving, tariffs)
    if part is None:
        return None
    if kept.tariff is not Tariff.CONTRACT:
        ate = _had_lunch(database, kept, tariffs, None if agreed else visits.had_lunch(database, kept.id))
    elif day.was_guest(database, kept.child, kept.day):
        return None  # the guest's stay is priced by itself: she had been checked out and in again
    else:
        # Lunch in her own half is of her contract; in the booked one the clock decides, unless she refused.
        ate = False if visits.had_lunch(database, kept.id) is False else None
    beside = _beside(database, kept, tariffs)
    return quote(part.tariff, part.begins, part.ends, part.promised, tariffs, lunch=ate, beside=beside)


def quote_ahead(
    database: Database, child: ChildId | None, tariff: Tariff, arriving: dt.datetime, promised: dt.datetime
) -> Quote | None:
    """What a stay will cost that is not yet begun; the child is None who is not on file.

    It is what her agreement will say, and what the door charges her who is fetched in time.

    Raises:
        NoPriceError: the list has no price for ``tariff``.
    """
    if child is None:
        return quote(tariff, arriving, promised, promised, prices.tariffs(database, day_of(arriving)))
    coming = Visit(
        id=VisitId(0),  # no stay has it
        child=child,
        child_name="",
        class_id=ClassId(0),
        class_name="",
        day=day_of(arriving),
        mode=tariff.mode,
        tariff=tariff,
        reason="",
        promised_at=promised,
        pickup_code="",
        arrived_at=arriving,
        brought_by=None,
        left_at=None,
        collected_by=None,
        undone=False,
    )
    return quote_agreed(database, coming)


def quote_agreed(database: Database, kept: Visit) -> Quote | None:
    """What is agreed to for a stay as it begins: what it costs if she is fetched at the hour that is told."""
    told = promised_of(database, kept, kept.arrived_at)
    return quote_of(database, kept, told or kept.left_at or kept.arrived_at, agreed=True)


@record
class _Part:
    """What of a visit is paid at the door."""

    tariff: Tariff
    begins: dt.datetime
    ends: dt.datetime
    promised: dt.datetime | None


def _part_of(database: Database, kept: Visit, leaving: dt.datetime, tariffs: Tariffs) -> _Part | None:
    """From when to when a visit is paid at the door that ends at an instant, and by what."""
    if kept.tariff is Tariff.CONTRACT and kept.mode is not CareMode.HALF_DAY:
        return None
    # The card is shown also while the clock is set back: she has been here no time at all then.
    leaving = max(leaving, kept.arrived_at)
    plans = _plans_of(database, kept)
    several = plans.several.get(kept.child, plans.every)
    promised = _promised(plans, kept, leaving)
    own = next((one for one in several if one.tariff is None), None)
    if kept.tariff is Tariff.CONTRACT:
        late = [one for one in several if own is not None and one.from_minute > own.from_minute]
        return _booked_after(kept, late[0], leaving, promised, tariffs) if late else None
    if own is not None and kept.arrived_at < (begins := _at(kept, own)):
        leaving = min(leaving, begins)  # from there on she is here by contract
    return _Part(kept.tariff, kept.arrived_at, leaving, promised)


def _beside(database: Database, kept: Visit, tariffs: Tariffs) -> Beside | None:
    """The other stays of the day that a receipt stands for, and those before that are still to be paid.

    Who pays for the earlier of two later, or anew after a refund, pays what she would have paid in time.
    """
    found: Beside | None = None
    for other in visits.list_on(database, kept.child, kept.day):
        if other.id == kept.id or other.left_at is None:
            continue
        receipt = receipts.find_receipt_of_visit(database, other.id)
        part = _part_of(database, other, other.left_at, tariffs)
        if part is None or (receipt is None and other.arrived_at >= kept.arrived_at):
            continue
        due = receipt or quote_of(database, other, other.left_at)
        paid = [line.amount for line in due.lines if line.code in _CARE] if due is not None else []
        if paid:
            ends = care_end(part.begins, part.ends, part.promised)
            minutes = counted_minutes(part.tariff, part.begins, ends, tariffs)
            full = part.tariff is Tariff.TEMP_FULL_DAY
            one = Beside(minutes, total(paid), part.begins, ends, full)
            found = one if found is None else found.and_also(one)
    return found


def _plans_of(database: Database, kept: Visit) -> Plans:
    """Her contract and what she has booked beside it; nothing for most who are here by contract."""
    if kept.tariff is Tariff.CONTRACT and bookings.find_on(database, kept.child, kept.day) is None:
        return Plans(())
    return Plans(one for one in day.list_expected(database, kept.day) if one.who.id == kept.child)


def _promised(plans: Plans, kept: Visit, leaving: dt.datetime) -> dt.datetime | None:
    """Until when she may stay who leaves at an instant, as the desk saw it while she was still inside."""
    if not plans.every:
        return kept.promised_at
    return plans.of(_inside(plans, kept), _minute(kept, leaving))[0].promised_at


def _minute(kept: Visit, at: dt.datetime) -> int:
    return minute_of(at) if day_of(at) == kept.day else _DAY


def _inside(plans: Plans, kept: Visit) -> Stay:
    """The stay of a visit while it went on."""
    return Stay(
        visit=kept.id,
        who=plans.every[0].who,
        class_id=kept.class_id,
        day=kept.day,
        mode=kept.mode,
        tariff=kept.tariff,
        promised_at=kept.promised_at,
        arrived_at=kept.arrived_at,
        left_at=None,
        collector="",
        asleep_since=None,
    )


def _had_lunch(database: Database, kept: Visit, tariffs: Tariffs, ate: bool | None) -> bool | None:
    """Whether lunch is of this stay, of which the log says so much; None lets the clock decide.

    Of several stays of one day each lunch that the log names is of its own; without one the first that was
    here for it has it, and none is paid again for which a receipt stands.
    """
    if ate is False:
        return False
    others = (one for one in visits.list_on(database, kept.child, kept.day) if one.id != kept.id)
    for other in others:
        logged = visits.had_lunch(database, other.id)
        receipt = receipts.find_receipt_of_visit(database, other.id)
        has = logged if logged is not None else _here_before(other, kept, tariffs)
        if receipt is not None and other.tariff not in tariffs.lunch_included:
            has = any(line.code == LUNCH_CODE for line in receipt.lines)
        paid = receipt is not None and has
        if (has and not ate) or (paid and not logged):
            return False
    return ate


def _here_before(other: Visit, kept: Visit, tariffs: Tariffs) -> bool:
    """Whether an earlier stay was here for lunch by the clock."""
    left = other.left_at
    return left is not None and left <= kept.arrived_at and covers_lunch(other.arrived_at, left, tariffs)


def _booked_after(
    kept: Visit, first: Expected, leaving: dt.datetime, promised: dt.datetime | None, tariffs: Tariffs
) -> _Part | None:
    """The booked hours of a stay by contract that went on into them."""
    begins = _at(kept, first)
    grace = dt.timedelta(minutes=tariffs.grace_minutes)
    tariff = first.tariff
    return None if tariff is None or leaving <= begins + grace else _Part(tariff, begins, leaving, promised)


def _at(kept: Visit, plan: Expected) -> dt.datetime:
    return at_minute(kept.day, plan.from_minute)


def keep_refund(unit: Unit, kept: Receipt, actor: Actor, reason: str) -> ReceiptId:
    """Write the refund of one receipt inside a unit: every line the other way round.

    Raises:
        AlreadyRefundedError: it was taken back before, or is a refund.
    """
    if kept.kind == "refund" or kept.reversed_by is not None:
        msg = f"收据 {kept.number} {'本身是退款单' if kept.kind == 'refund' else '已经退过款'}，不能再退。"
        raise AlreadyRefundedError(msg)
    lines = tuple(
        replace(line, quantity=-line.quantity, amount=-line.amount, explanation=f"退 {kept.number}：{reason}")
        for line in kept.lines
    )
    refund = NewReceipt(
        visit=kept.visit,
        child=kept.child,
        class_name=kept.class_name,
        payer=kept.payer,
        tender=kept.tender,
        lines=lines,
        day=day_of(unit.at),
        issued_by=actor.id,
        reverses=kept.id,
    )
    try:
        key = receipts.add_receipt(unit, refund)
    except AlreadyReversedError as error:
        msg = f"收据 {kept.number} 已经退过款，不能再退。"
        raise AlreadyRefundedError(msg) from error
    unit.audit("receipt", key, f"退 {kept.number} {kept.total} {reason}")
    return key


def require_tender(tender: str) -> str:
    """Pass a known way of paying on.

    Raises:
        UnknownTenderError: for any other.
    """
    if tender not in TENDERS:
        msg = f"不认识的收款方式。请选择：{'、'.join(TENDERS.values())}。"
        raise UnknownTenderError(msg, field="tender")
    return tender
