"""A child is handed back: who takes her, by what proof, what is owed; and taking it back."""

import datetime as dt
from collections.abc import Callable

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.domain.ids import ReceiptId, ReleaseId, VisitId
from app.domain.illness import ExcludedError
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.domain.visits import (
    AbsentTodayError,
    AlreadyCheckedInError,
    ClockSetBackError,
    MoneyDueError,
    NotTodayError,
    check_inside,
    set_back_words,
)
from app.services.cashier import MONEY_KIND, TENDERS, keep_refund, quote_of, require_tender
from app.services.collecting import (
    PROOFS,
    CheckOut,
    Collecting,
    IdentityNotSeenError,
    Taker,
    WrongCodeError,
    confirmed,
)
from app.services.desk import Desk
from app.services.open_papers import OpenPaper, OpenPapers, Settling
from app.services.pickup_card import PickupCard, grant_rows, sibling_rows
from app.services.pins import Pins
from app.services.taken import list_taken, paid_in, taken_together
from app.store import day_moves, logbook, papers, receipts, releases, settings, visits
from app.store.database import Clock, Database, Unit
from app.store.receipts import NewReceipt
from app.store.releases import NewRelease, Release
from app.store.stamps import at_minute, day_of
from app.store.visits import Visit

__all__ = [
    "PROOFS",
    "CheckOut",
    "ClockSetBackError",
    "Departed",
    "ForgottenDepartureError",
    "IdentityNotSeenError",
    "NoteWords",
    "Pickup",
    "PickupCard",
    "WrongCodeError",
]

# How a child's handover note stands: 交接单未签（缺：情绪）; 交接单已签，签字后有新记录：体温 39.0℃.
NoteWords = Callable[[Actor, VisitId], str]


class ForgottenDepartureError(RuleError):
    """The hour of a departure that was forgotten cannot be entered like this."""


@record
class Departed:
    """A departure as kept. ``settled`` are receipts of earlier stays that were paid at this one."""

    visit: VisitId
    name: str
    collector: str
    at: dt.datetime
    receipt: ReceiptId | None
    settled: tuple[ReceiptId, ...] = ()


@record
class _Plan:
    """A departure found right, ready to be written."""

    kept: Visit
    act: CheckOut
    taker: Taker
    receipt: NewReceipt | None
    settle: tuple[OpenPaper, ...]
    defer: tuple[tuple[OpenPaper, str], ...]


class Pickup:
    """The verbs of the door in the afternoon."""

    def __init__(
        self, database: Database, clock: Clock, desk: Desk, door_words: NoteWords, pins: Pins
    ) -> None:
        self._database = database
        self._clock = clock
        self._desk = desk
        self._door_words = door_words
        self._pins = pins
        self._collecting = Collecting(database)
        self._papers = OpenPapers(database)

    def prepare(self, actor: Actor, visit: VisitId) -> PickupCard:
        """What the desk needs to know before it lets a child go.

        Raises:
            NotTodayError: there is no such visit.
        """
        actor.require(Permission.READ)
        kept = self._find(visit)
        number = visits.find_signed_note(self._database, visit)
        receipt = receipts.find_receipt_of_visit(self._database, visit)
        inside = kept.left_at is None
        return PickupCard(
            visit=visit,
            card=self._desk.card(actor, kept.child),
            code=kept.pickup_code,
            quote=quote_of(self._database, kept, kept.left_at or self._clock()),
            note_words=self._note_words(actor, visit, number),
            note_signed=number is not None,
            receipt=None if receipt is None else receipt.id,
            taken=list_taken(self._database, kept),
            together=taken_together(self._database, kept),
            grants=grant_rows(self._database, kept.child, day_of(self._clock())) if inside else (),
            siblings=sibling_rows(self._database, self._papers, actor, kept, self._clock()) if inside else (),
            papers=self._papers.shown(actor, kept) if inside else (),
        )

    def check_out(self, actor: Actor, act: CheckOut) -> Done[Departed]:
        """Hand a child back to an adult who may take her, with the receipt where money is due.

        Raises:
            AlreadyLeftError: she has gone home.
            ClockSetBackError: by the clock she has not come yet.
            WrongCodeError: the code that was shown is not hers.
            ForgottenDepartureError: an hour is given that only the director may give, with a reason.
            BarredFromCollectingError: 禁止接走 stands for this adult or for somebody like him.
            NotAllowedToCollectError: the adult is not on her list today (58号文 Art 30).
            SecondPersonError, WrongPinError: an exception that nobody else confirms.
            OpenPapersError: a paper is open and not answered.
            MoneyDueError: money is due and no tender was named.
        """
        done = self.check_out_together(actor, (act,))
        return Done(done.value[0], done.changes, done.undo)

    def check_out_together(self, actor: Actor, acts: tuple[CheckOut, ...]) -> Done[tuple[Departed, ...]]:
        """Hand siblings back in one act: the rules ask of each, and all leave or none.

        Raises:
            as ``check_out``.
        """
        actor.require(Permission.CHECK_OUT)
        if not acts or len({act.visit for act in acts}) < len(acts):
            raise RuleError("请选择要接走的孩子。", field="visit")
        if not {act.beside for act in acts if act.beside is not None} <= {act.visit for act in acts}:
            raise RuleError("凭兄弟姐妹的凭条或卡接走，要和那个孩子一起办离园。", field="proof")
        plans = [self._plan(actor, act) for act in acts]
        # Asked last, and once: a wrong PIN is kept as a try even where nothing else is.
        second = next((found for act in acts if (found := confirmed(self._pins, actor, act))), None)
        gone: list[Departed] = []
        first: ReleaseId | None = None
        with self._database.unit(actor.id, "check_out") as unit:
            for plan in plans:
                release, departed = self._keep(unit, actor, plan, first, second)
                first = first or release
                gone.append(departed)
        money = any(one.receipt is not None or one.settled for one in gone)
        topics = {Topic.VISITS, Topic.NOTES} | ({Topic.MONEY} if money else set())
        names = "、".join(one.name for one in gone)
        undo = Undo("check_out", acts[0].visit, f"{names} 离园")
        if len(acts) > 1 and first is not None:
            undo = Undo("check_out_together", first, f"{names} 离园")
        return Done(
            tuple(gone), Changes(frozenset(topics), frozenset(plan.kept.child for plan in plans)), undo
        )

    def undo_check_out(self, actor: Actor, visit: VisitId) -> Done[None]:
        """The child has not left after all; a receipt that was issued is refunded in the same unit of work.

        Raises:
            NotTodayError: the visit is not of today (nor repaired today), or she is inside.
            AlreadyCheckedInError: she has come in again since.
            AbsentTodayError: she was noted since as away from her own hours of the day.
        """
        return self._take_back(actor, (visit,))

    def undo_together(self, actor: Actor, first: ReleaseId) -> Done[None]:
        """Siblings who left in one act have not left after all.

        Raises:
            as ``undo_check_out``.
        """
        return self._take_back(
            actor, tuple(one.visit for one in releases.list_together(self._database, first))
        )

    def _take_back(self, actor: Actor, which: tuple[VisitId, ...]) -> Done[None]:
        actor.require(Permission.CHECK_OUT)
        found = [(kept, self._release_to_undo(actor, kept)) for kept in map(self._find, which)]
        if not found:
            raise NotTodayError("这次离园已经撤销过了。")
        money = [paid_in(self._database, kept, release) for kept, release in found]
        if any(money):
            actor.require(Permission.TAKE_MONEY)
        refunds: list[ReceiptId] = []
        with self._database.unit(actor.id, "undo_check_out") as unit:
            for (kept, release), paid in zip(found, money, strict=True):
                releases.reverse_identity_seen(unit, kept.id)
                visits.reverse_departure(unit, kept.id)
                refunds += [keep_refund(unit, receipt, actor, "撤销离园") for receipt in paid]
                if release is not None:
                    releases.reverse_release(unit, release.id, actor.id)
                # What is taken off the row stays here: when, and by whom she was said to have been collected.
                unit.audit("visit", kept.id, f"{kept.child_name} {kept.left_at:%H:%M} {kept.collected_by}")
        topics = {Topic.VISITS, Topic.NOTES} | ({Topic.MONEY} if refunds else set())
        changes = Changes(frozenset(topics), frozenset(kept.child for kept, _ in found))
        return Done(None, changes, refunds=tuple(refunds))

    def _release_to_undo(self, actor: Actor, kept: Visit) -> Release | None:
        """The release of a departure that may be taken back now."""
        if kept.left_at is None:
            msg = f"{kept.child_name} 还在园，没有离园可撤销。"
            raise NotTodayError(msg)
        today = day_of(self._clock())
        release = releases.find_release_of_visit(self._database, kept.id)
        if kept.day != today:
            mine = release is not None and (
                release.released_by == actor.id or actor.may(Permission.RELEASE_EXCEPTION)
            )
            if release is None or day_of(release.at) != today or not mine:
                raise NotTodayError("只能撤销今天的离园；以前的记录请由园长更正。")
        inside = visits.find_open_visit(self._database, kept.child)
        if inside is not None or visits.came_again(self._database, kept):
            msg = f"{kept.child_name} 离园后又入园了，不能撤销前一次离园。请先撤销后一次入园。"
            raise AlreadyCheckedInError(msg)
        if visits.find_absence_on(self._database, kept.child, kept.day) is not None:
            msg = f"{kept.child_name} 离园后登记了缺勤。要撤销离园，请先撤销那次登记。"
            raise AbsentTodayError(msg)
        from app.services.illness_gate import noted_since  # seldom asked

        if words := noted_since(self._database, kept.child, kept.left_at, today):
            msg = f"{kept.child_name}{words}"
            raise ExcludedError(msg)
        return release

    def _check_log(self, kept: Visit, left: dt.datetime) -> None:
        """Pass if her day goes on no longer than the hour that is put in: nobody eats who has gone home."""
        last = logbook.last_moment(self._database, kept.id)
        if last is not None and left < last:
            msg = (
                f"{kept.child_name} 的日志里 {last:%H:%M} 还有记录，离园不会早于它。"
                "请再问清楚；日志记错了请先在班级更正。"
            )
            raise ForgottenDepartureError(msg, field="left_at")

    def _plan(self, actor: Actor, act: CheckOut) -> _Plan:
        """Everything about one departure that the rules ask, before anything is written."""
        kept, now = self._find(act.visit), self._clock()
        check_inside(kept.child_name, kept.arrived_at, kept.left_at)
        if now < kept.arrived_at:
            raise ClockSetBackError(set_back_words(now, kept.arrived_at, "入园时间", "再办离园"))
        left = now if act.left_at is None else act.left_at
        if act.left_at is not None:
            opens = at_minute(
                kept.day + dt.timedelta(days=1), settings.current(self._database, kept.day).opening
            )
            _check_forgotten(actor, act, kept, now, opens)
            self._check_log(kept, act.left_at)
        elif kept.day != day_of(now):
            day = f"{kept.day.month}月{kept.day.day}日"
            msg = f"{kept.child_name} {day}没有办离园，不能按现在的时间办。请补记。"
            raise ForgottenDepartureError(msg, field="left_at")
        taker = self._collecting.taker(actor, kept, act, kept.day)
        settle, defer = self._papers.judge(kept, act.answers)
        if act.tender is None and any(paper.amount is not None for paper in settle):
            words = "、".join(paper.words for paper in settle if paper.amount is not None)
            msg = f"{words}。请选择收款方式，或写明理由以后再收。"
            raise MoneyDueError(msg, field="tender")
        if any(paper.amount is not None for paper in settle):
            actor.require(Permission.TAKE_MONEY)
            require_tender(act.tender or "")
        receipt, owed = self._receipt(actor, act, kept, taker, left)
        return _Plan(kept, act, taker, receipt, settle, (*defer, *owed))

    def _keep(
        self, unit: Unit, actor: Actor, plan: _Plan, first: ReleaseId | None, second: Actor | None
    ) -> tuple[ReleaseId, Departed]:
        kept, act, taker = plan.kept, plan.act, plan.taker
        adult = self._collecting.adult_of(unit, taker, kept)
        visits.end_visit(unit, kept.id, adult, taker.proof, actor.id, act.left_at)
        release = releases.add_release(
            unit,
            NewRelease(
                visit=kept.id,
                proof=taker.proof,
                who=taker.words[:120],
                released_by=actor.id,
                together=first,
                grant=taker.grant,
                confirmed_by=None if second is None else second.id,
                reason=taker.reason or (act.reason.strip() if act.left_at is not None else ""),
            ),
        )
        if act.left_at is not None:
            words = f"{kept.child_name} {act.left_at:%H:%M} 离园：{act.reason.strip()}"
            unit.audit("override", kept.id, words)
        if taker.identity_seen:
            releases.note_identity_seen(unit, adult, taker.words)
        issued: ReceiptId | None = None
        if plan.receipt is not None:
            issued = receipts.add_receipt(unit, plan.receipt)
            unit.audit("receipt", issued, f"{kept.child_name} {plan.receipt.tender}")
        settling = Settling(actor, release, taker.name, act.tender, taker.words)
        settled = self._papers.keep(unit, kept.child, settling, plan.settle, plan.defer)
        with_whom = "" if second is None else f" {second.name}确认"
        why = f"：{taker.reason}" if taker.reason else ""
        unit.audit("visit", kept.id, f"{kept.child_name} {taker.words} {taker.proof}{with_whom}{why}")
        at = act.left_at or unit.at
        return release, Departed(kept.id, kept.child_name, taker.words, at, issued, settled)

    def _find(self, visit: VisitId) -> Visit:
        kept = visits.find_visit(self._database, visit)
        if kept is None or kept.undone:
            raise NotTodayError("没有这次入园记录，可能已被撤销。请刷新后再试。")
        return kept

    def _note_words(self, actor: Actor, visit: VisitId, number: str | None) -> str:
        words = self._door_words(actor, visit)
        printed = number is not None and papers.count_prints(self._database, "pickup_report", visit)
        return f"{words} · 已打印报告" if printed else words

    def _receipt(
        self, actor: Actor, act: CheckOut, kept: Visit, taker: Taker, left: dt.datetime
    ) -> tuple[NewReceipt | None, tuple[tuple[OpenPaper, str], ...]]:
        """The receipt to be issued, or the money that is put off; neither where nothing is due."""
        due = quote_of(self._database, kept, left)
        if due is None or not due.total or receipts.find_receipt_of_visit(self._database, kept.id):
            return None, ()
        put_off = (one for one in act.answers if (one.kind, one.subject) == (MONEY_KIND, kept.id))
        answer = next(put_off, None)
        if answer is not None and answer.deferred:
            words = f"{kept.day.month}月{kept.day.day}日托育费 {due.total.yuan_words}"
            paper = OpenPaper(MONEY_KIND, kept.id, words, "现在收", amount=due.total)
            return None, ((paper, clean_text(answer.reason, "理由", "papers")),)
        if act.tender is None:
            ways = "、".join(TENDERS.values())
            msg = f"{kept.child_name} 应收 {due.total.yuan_words}。请选择收款方式：{ways}。"
            raise MoneyDueError(msg, field="tender")
        actor.require(Permission.TAKE_MONEY)
        new = NewReceipt(
            visit=kept.id,
            child=kept.child,
            class_name=day_moves.came_to(self._database, kept.id, kept.class_name),
            payer=taker.name,
            tender=require_tender(act.tender),
            lines=due.lines,
            day=day_of(self._clock()),
            issued_by=actor.id,
        )
        return new, ()


def _check_forgotten(actor: Actor, act: CheckOut, kept: Visit, now: dt.datetime, opens: dt.datetime) -> None:
    """Pass if an hour of another day can be entered: after the arrival, with a reason.

    It lies in that day or in the night after it, before the centre ``opens`` again: who is fetched at five
    past midnight left then, and at no hour made up for it. The director enters it, or confirms it by her
    PIN, which is asked for once all else is right.
    """
    allowed = actor.may(Permission.RELEASE_EXCEPTION) or act.second is not None
    if not allowed or not clean_text(act.reason, "理由", "reason") or act.left_at is None:
        raise ForgottenDepartureError(
            "补记以前的离园时间须由园长登录，或由园长输口令确认，并写明理由。", field="left_at"
        )
    left = act.left_at
    if kept.day == day_of(now) or not kept.arrived_at <= left < opens or left > now:
        day = f"{kept.day.month}月{kept.day.day}日 {kept.arrived_at:%H:%M} 之后"
        msg = f"补记的离园时间应在{day}的当天之内，过了半夜才接走的写“次日 0:05”；今天的离园直接办理。"
        raise ForgottenDepartureError(msg, field="left_at")
