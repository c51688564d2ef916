"""A child is handed back: who takes her, by what proof, what is owed; and taking it back."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.domain.ids import AdultId, ReceiptId, VisitId
from app.domain.names import clean_text
from app.domain.pricing import Quote
from app.domain.staff import Actor, Permission, Role
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
from app.services.cashier import TENDERS, keep_refund, quote_of, require_tender
from app.services.desk import ChildCard, Desk
from app.store import papers, people, receipts, visits
from app.store.database import Clock, Database
from app.store.people import AdultOf
from app.store.receipts import NewReceipt
from app.store.stamps import day_of
from app.store.visits import Visit

PROOFS = {"code": "接送码", "known": "认识", "identity": "身份证"}

# How a child's handover note stands: 交接单未签（缺：情绪）; 交接单已签，签字后有新记录：体温 39.0℃.
NoteWords = Callable[[Actor, VisitId], str]


class WrongCodeError(RuleError):
    """The code that was shown is not this visit's."""


class ForgottenDepartureError(RuleError):
    """The hour of a departure that was forgotten cannot be entered like this."""


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
    code: str = ""  # what was shown, where the proof is the code
    left_at: dt.datetime | None = None  # of a departure forgotten on another day (director only)
    reason: str = ""  # how one knows that hour


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
            quote=quote_of(self._database, kept, kept.left_at or self._clock()),
            note_words=self._note_words(actor, visit, number),
            note_signed=number is not None,
            receipt=None if receipt is None else receipt.id,
        )

    def check_out(self, actor: Actor, act: CheckOut) -> Done[Departed]:
        """Hand a child back to an adult who may take her, with the receipt where money is due.

        Raises:
            AlreadyLeftError: she has gone home.
            ClockSetBackError: by the clock she has not come yet.
            WrongCodeError: the code that was shown is not hers.
            ForgottenDepartureError: an hour is given that only the director may give, with a reason.
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
        if act.proof == "code" and act.code.strip().upper() != kept.pickup_code:
            raise WrongCodeError("接送码不对，请核对凭条；忘带凭条就改用“认识”或“身份证”。", field="code")
        left = _left_at(actor, act, kept, now)
        collector = self._collector(kept, act, day_of(left))
        who = f"{collector.tie.relation} {collector.name}".strip()
        new = self._receipt(actor, act, kept, collector, left)
        receipt: ReceiptId | None = None
        with self._database.unit(actor.id, "check_out") as unit:
            visits.end_visit(unit, act.visit, act.collector, act.proof, actor.id, act.left_at)
            if act.left_at is not None:
                unit.audit(
                    "override", act.visit, f"{kept.child_name} {left:%H:%M} 离园：{act.reason.strip()}"
                )
            if act.proof == "identity":
                people.note_identity_seen(unit, act.collector)
            if new is not None:
                receipt = receipts.add_receipt(unit, new)
                unit.audit("receipt", receipt, f"{kept.child_name} {new.tender}")
            unit.audit("visit", act.visit, f"{kept.child_name} {who} {act.proof}")
        topics = {Topic.VISITS, Topic.NOTES} | ({Topic.MONEY} if receipt is not None else set())
        return Done(
            Departed(act.visit, kept.child_name, who, act.left_at or unit.at, receipt),
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
        self, actor: Actor, act: CheckOut, kept: Visit, collector: AdultOf, left: dt.datetime
    ) -> NewReceipt | None:
        """The receipt to be issued, or None where nothing is due or it was paid before."""
        due = quote_of(self._database, kept, left)
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
            day=day_of(self._clock()),
            issued_by=actor.id,
        )


def _left_at(actor: Actor, act: CheckOut, kept: Visit, now: dt.datetime) -> dt.datetime:
    """The moment of departure: now, or the true hour of a departure that was forgotten on another day."""
    if act.left_at is None:
        return now
    if actor.role is not Role.DIRECTOR or not clean_text(act.reason, "理由", "reason"):
        raise ForgottenDepartureError("补记以前的离园时间须由园长登录并写明理由。", field="left_at")
    if kept.day == day_of(now) or day_of(act.left_at) != kept.day or act.left_at < kept.arrived_at:
        day = f"{kept.day.month}月{kept.day.day}日 {kept.arrived_at:%H:%M} 之后"
        msg = f"补记的离园时间应在{day}的当天之内；今天的离园直接办理。"
        raise ForgottenDepartureError(msg, field="left_at")
    return act.left_at
