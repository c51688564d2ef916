"""A child is handed back: who takes her, by what proof, what is owed; and taking it back."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.domain.ids import AdultId, ReceiptId, VisitId
from app.domain.modes import Tariff
from app.domain.pricing import Quote, quote
from app.domain.staff import Actor, Permission
from app.domain.visits import (
    AlreadyCheckedInError,
    Collector,
    MoneyDueError,
    NotAllowedToCollectError,
    NotTodayError,
    check_collector,
    check_inside,
    years_between,
)
from app.services.cashier import TENDERS, keep_refund, require_tender
from app.services.desk import ChildCard, Desk
from app.store import papers, people, prices, receipts, visits
from app.store.database import Clock, Database
from app.store.people import AdultOf
from app.store.receipts import NewReceipt
from app.store.stamps import day_of
from app.store.visits import Visit

PROOFS = {"code": "接送码", "known": "认识", "identity": "身份证"}

# How a child's handover note stands: 交接单未签（缺：情绪）; 交接单已签，签字后有新记录：体温 39.0℃.
NoteWords = Callable[[Actor, VisitId], str]


class ClockSetBackError(RuleError):
    """The clock says that the child has not come yet: it was set back since."""


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


class Pickup:
    """The verbs of the door in the afternoon."""

    def __init__(self, database: Database, clock: Clock, desk: Desk, door_words: NoteWords) -> None:
        self._database = database
        self._clock = clock
        self._desk = desk
        self._door_words = door_words

    def prepare(self, actor: Actor, visit: VisitId) -> PickupCard:
        """What the desk needs to know before it lets a child go.

        Raises:
            NotTodayError: there is no such visit.
        """
        actor.require(Permission.READ)
        kept = self._find(visit)
        number = visits.find_signed_note(self._database, visit)
        receipt = receipts.find_receipt_of_visit(self._database, visit)
        return PickupCard(
            visit=visit,
            card=self._desk.card(actor, kept.child),
            code=kept.pickup_code,
            quote=self._quote(kept, kept.left_at or self._clock()),
            note_words=self._note_words(actor, visit, number),
            note_signed=number is not None,
            receipt=None if receipt is None else receipt.id,
        )

    def check_out(self, actor: Actor, act: CheckOut) -> Done[Departed]:
        """Hand a child back to an adult who may take her, with the receipt where money is due.

        Raises:
            AlreadyLeftError: she has gone home.
            ClockSetBackError: by the clock she has not come yet.
            BarredFromCollectingError: 禁止接走 stands for this adult.
            NotAllowedToCollectError: the adult is not on her list today (58号文 Art 30).
            MoneyDueError: money is due and no tender was named.
        """
        actor.require(Permission.CHECK_OUT)
        kept, now = self._find(act.visit), self._clock()
        check_inside(kept.child_name, kept.arrived_at, kept.left_at)
        if now < kept.arrived_at:
            msg = f"电脑时间 {now:%H:%M} 早于入园时间 {kept.arrived_at:%H:%M}。请先校正电脑的时间，再办离园。"
            raise ClockSetBackError(msg)
        if act.proof not in PROOFS:
            raise RuleError("请选择怎样核对接走人：接送码、认识或身份证。", field="proof")
        collector = self._collector(kept, act, day_of(now))
        who = f"{collector.tie.relation} {collector.name}".strip()
        new = self._receipt(actor, act, kept, collector, now)
        receipt: ReceiptId | None = None
        with self._database.unit(actor.id, "check_out") as unit:
            visits.end_visit(unit, act.visit, act.collector, act.proof, actor.id)
            if act.proof == "identity":
                people.note_identity_seen(unit, act.collector)
            if new is not None:
                receipt = receipts.add_receipt(unit, new)
                unit.audit("receipt", receipt, f"{kept.child_name} {new.tender}")
            unit.audit("visit", act.visit, f"{kept.child_name} {who} {act.proof}")
        topics = {Topic.VISITS, Topic.NOTES} | ({Topic.MONEY} if receipt is not None else set())
        return Done(
            Departed(act.visit, kept.child_name, who, unit.at, receipt),
            Changes(frozenset(topics), frozenset({kept.child})),
            Undo("check_out", act.visit, f"{kept.child_name} 离园"),
        )

    def undo_check_out(self, actor: Actor, visit: VisitId) -> Done[None]:
        """The child has not left after all; a receipt that was issued is refunded in the same unit of work.

        Raises:
            NotTodayError: the visit is not of today, or she is inside.
            AlreadyCheckedInError: she has come in again since.
        """
        actor.require(Permission.CHECK_OUT)
        kept = self._find(visit)
        if kept.left_at is None:
            msg = f"{kept.child_name} 还在园，没有离园可撤销。"
            raise NotTodayError(msg)
        if day_of(kept.left_at) != day_of(self._clock()):
            raise NotTodayError("只能撤销今天的离园；以前的记录请由园长更正。")
        if visits.came_again(self._database, kept):
            msg = f"{kept.child_name} 离园后又入园了，不能撤销前一次离园。请先撤销后一次入园。"
            raise AlreadyCheckedInError(msg)
        receipt = receipts.find_receipt_of_visit(self._database, visit)
        if receipt is not None:
            actor.require(Permission.TAKE_MONEY)
        with self._database.unit(actor.id, "undo_check_out") as unit:
            visits.reverse_departure(unit, visit)
            if receipt is not None:
                keep_refund(unit, receipt, actor, "撤销离园")
            # What is taken off the row stays here: when, and by whom she was said to have been collected.
            unit.audit("visit", visit, f"{kept.child_name} {kept.left_at:%H:%M} {kept.collected_by}")
        topics = {Topic.VISITS, Topic.NOTES} | ({Topic.MONEY} if receipt is not None else set())
        return Done(None, Changes(frozenset(topics), frozenset({kept.child})))

    def _find(self, visit: VisitId) -> Visit:
        kept = visits.find_visit(self._database, visit)
        if kept is None or kept.undone:
            raise NotTodayError("没有这次入园记录，可能已被撤销。请刷新后再试。")
        return kept

    def _quote(self, kept: Visit, leaving: dt.datetime) -> Quote | None:
        if kept.tariff is Tariff.CONTRACT:
            return None
        # The card is shown also while the clock is set back: she has been here no time at all then.
        leaving = max(leaving, kept.arrived_at)
        ate = True if visits.had_lunch(self._database, kept.id) else None
        tariffs = prices.tariffs(self._database, kept.day)
        return quote(kept.tariff, kept.arrived_at, leaving, kept.promised_at, tariffs, lunch=ate)

    def _note_words(self, actor: Actor, visit: VisitId, number: str | None) -> str:
        words = self._door_words(actor, visit)
        printed = number is not None and papers.count_prints(self._database, "pickup_report", visit)
        return f"{words} · 已打印报告" if printed else words

    def _collector(self, kept: Visit, act: CheckOut, today: dt.date) -> AdultOf:
        for adult in people.list_adults(self._database, kept.child, today):
            if adult.id == act.collector:
                tie = adult.tie
                wish = Collector(
                    adult.name,
                    tie.relation,
                    tie.may_collect,
                    tie.barred,
                    tie.only_day,
                    age=None if adult.born_on is None else years_between(adult.born_on, today),
                    identity_seen=adult.identity_seen or act.proof == "identity",
                )
                check_collector(kept.child_name, wish, today)
                return adult
        msg = f"这个人不在{kept.child_name}的接送名单里。请先打电话给监护人确认并登记授权。"
        raise NotAllowedToCollectError(msg, field="collector")

    def _receipt(
        self, actor: Actor, act: CheckOut, kept: Visit, collector: AdultOf, now: dt.datetime
    ) -> NewReceipt | None:
        """The receipt to be issued, or None where nothing is due or it was paid before."""
        due = self._quote(kept, now)
        if due is None or not due.total or receipts.find_receipt_of_visit(self._database, kept.id):
            return None
        if act.tender is None:
            ways = "、".join(TENDERS.values())
            msg = f"{kept.child_name} 应收 {due.total.yuan_words}。请选择收款方式：{ways}。"
            raise MoneyDueError(msg, field="tender")
        actor.require(Permission.TAKE_MONEY)
        return NewReceipt(
            visit=kept.id,
            child=kept.child,
            class_name=kept.class_name,
            payer=collector.name,
            tender=require_tender(act.tender),
            lines=due.lines,
            day=day_of(now),
            issued_by=actor.id,
        )
