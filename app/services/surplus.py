"""A stay too many: two records of one child were both here in the same hours, and became one record.

The desk takes back what is of today, step by step; of a day that was told to the family and is paid for the
director says which of two stays never was, and why.
"""

from app.domain.bookings import day_words
from app.domain.changes import Changes, Done, Topic
from app.domain.errors import RuleError
from app.domain.ids import ChildId, VisitId
from app.domain.money import Money
from app.domain.names import clean_text
from app.domain.staff import Actor, Permission
from app.services.arrivals import VisitInUseError
from app.services.cashier import keep_refund, quote_of
from app.services.hanging import words_of
from app.services.record_cards import HistoryRow
from app.store import merge_days, receipts, releases, visits
from app.store.database import Database
from app.store.visits import Visit


class NotSurplusError(RuleError):
    """The stay meets no other of its child, is not over, or was taken back before."""


class Surplus:
    """One verb."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take_back(self, actor: Actor, visit: VisitId, reason: str) -> Done[None]:
        """The stay never was: it counts nowhere, and its receipt is refunded in the same unit of work.

        It stays on file with who brought and took her; ``also`` names another receipt of that day whose sum
        is not right any more.

        Raises:
            NotSurplusError: no other stay of hers lies in its hours, she has not left, or it is gone.
            VisitInUseError: something of the day hangs on it: log, medicine, a fever, a check.
            RuleError: no reason is given.
        """
        actor.require(Permission.RELEASE_EXCEPTION)
        why = clean_text(reason, "原因", "reason")
        if not why:
            raise RuleError("请写明为什么这一次是多的。", field="reason")
        kept = visits.find_visit(self._database, visit)
        if kept is None or visit not in merge_days.list_doubled(self._database, kept.child):
            raise NotSurplusError("这一次在园没有和另一次重叠，或者已经撤销过了。请刷新后再看。")
        # A note that was signed stays on file and with the family; what else there is would be lost of a day.
        held, _, _ = words_of(self._database, visit, signed=False).partition("，")
        if held:
            msg = f"{kept.child_name} {_span(kept)} 有{held}，不能撤销。请先到班级或卫生撤销，或改撤另一次。"
            raise VisitInUseError(msg)
        receipt = receipts.find_receipt_of_visit(self._database, visit)
        if receipt is not None:
            actor.require(Permission.TAKE_MONEY)
        words = f"撤销多的一次在园：{day_words(kept.day)} {_span(kept)}（{why}）"
        with self._database.unit(actor.id, "take_back_stay") as unit:
            merge_days.reverse_stay(unit, visit, actor.id)
            release = releases.find_release_of_visit(unit, visit)
            if release is not None:
                releases.void_release(unit, release.id, actor.id)
            refunds = () if receipt is None else (keep_refund(unit, receipt, actor, why),)
            unit.audit("visit", visit, words)
            unit.audit("child", kept.child, words)
        topics = {Topic.VISITS, Topic.CHILDREN, Topic.NOTES} | ({Topic.MONEY} if refunds else set())
        changes = Changes(frozenset(topics), frozenset({kept.child}))
        return Done(None, changes, refunds=refunds, also=self._differing(kept))

    def _differing(self, gone: Visit) -> str:
        """The receipts of the day whose sum went by the stay that is gone (``cashier.quote_of``)."""
        found = []
        for one in visits.list_on(self._database, gone.child, gone.day):
            receipt = receipts.find_receipt_of_visit(self._database, one.id)
            due = None if one.left_at is None else quote_of(self._database, one, one.left_at)
            if due is None or due.total == (Money(0) if receipt is None else receipt.total):
                continue
            paid = (
                "没有收款" if receipt is None else f"（收据 {receipt.number}）收了 {receipt.total.yuan_words}"
            )
            sums = f"{paid}，现在应收 {due.total.yuan_words}"
            found.append(f"同一天 {_span(one)} 那次{sums}，请核对。")
        return "".join(found)


def surplus_rows(database: Database, child: ChildId, actor: Actor) -> list[HistoryRow]:
    """Of each stay that another one meets a row above her history: one of the two is too many."""
    doubled = (visits.find_visit(database, key) for key in merge_days.list_doubled(database, child))
    may = actor.may(Permission.RELEASE_EXCEPTION)
    rows = []
    for one in doubled:
        if one is not None:
            title = f"{day_words(one.day)} {_span(one)} 在园，和同一天的另一次时间重叠"
            said = "两次里有一次是多的，人次和费用都算了两次。"
            line = said + ("请核对后撤销多的那次。" if may else "请园长核对后撤销多的那次。")
            rows.append(HistoryRow(one.arrived_at, "", title, (line,), surplus=one.id if may else None))
    return rows


def _span(kept: Visit) -> str:
    return f"{kept.arrived_at:%H:%M}–" + (f"{kept.left_at:%H:%M}" if kept.left_at is not None else "")
