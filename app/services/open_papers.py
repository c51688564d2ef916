"""Open papers at the door: nobody leaves with one that is neither settled nor deferred with a reason.

**A new kind of paper** (an incident to be signed, medicine to be given back): a class with ``open`` and
``settle`` as ``Source`` says, and one line in ``SOURCES``. The panel, the deferral with its reason, and
coming up again at the next visit come by themselves.
"""

import dataclasses
import importlib
from functools import cached_property
from typing import Protocol, cast

from app.domain.errors import RuleError
from app.domain.ids import BelongingId, ChildId, ReceiptId, ReleaseId, VisitId
from app.domain.money import Money
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.cashier import MONEY_KIND, quote_of, require_tender
from app.store import belongings, day_moves, receipts, visits
from app.store.database import Database, Unit
from app.store.receipts import NewReceipt
from app.store.stamps import day_of
from app.store.visits import Visit

# Each is ``module:Class``, made with the file when the first child is handed back.
SOURCES = (
    "app.services.open_papers:HeldBelongings",
    "app.services.open_papers:UnpaidVisits",
    "app.services.health_open:HeldMedicine",
    "app.services.health_open:OpenFever",
    "app.services.health_open:OpenIllness",
    "app.services.injuries:UnsignedInjuries",
)


class OpenPapersError(RuleError):
    """A paper is open and nobody has said what becomes of it."""


@record
class OpenPaper:
    """One thing that is to be settled before she goes."""

    kind: str
    subject: int
    words: str  # 水杯（12月2日带来）
    settle_words: str  # 已交还, 现在收
    deferred: str = ""  # why it was put off before
    amount: Money | None = None  # to be paid at the door
    purpose: str = ""  # what the money is for: 12月2日托育费
    lacks: str = ""  # what has to be done first: until then it can only be put off


@record
class Answer:
    """What becomes of one open paper: settled now, or deferred with a reason."""

    kind: str
    subject: int
    reason: str = ""

    @property
    def deferred(self) -> bool:
        """Whether it is put off."""
        return bool(self.reason.strip())


@record
class Settling:
    """The act in which papers are settled: ``payer`` is a name for receipts, ``who`` that person in words."""

    actor: Actor
    release: ReleaseId
    payer: str
    tender: str | None
    who: str  # 奶奶 王秀兰


class Source(Protocol):
    """A register that has papers to be settled at the door. ``kind`` marks its papers."""

    kind: str

    def __init__(self, database: Database) -> None:
        """Made with the open file."""

    def open(self, visit: Visit) -> tuple[OpenPaper, ...]:
        """What is open about the child of a visit, from this stay and from earlier ones."""

    def settle(self, unit: Unit, paper: OpenPaper, settling: Settling) -> ReceiptId | None:
        """Write inside the unit of the release that it is done; the receipt where one was issued."""


class HeldBelongings:
    """随身物品: what she brought goes home with her."""

    kind = "belonging"

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, visit: Visit) -> tuple[OpenPaper, ...]:
        """Things of this stay and of earlier ones that are still here."""
        return tuple(
            OpenPaper(
                self.kind,
                one.id,
                one.words if one.day == visit.day else f"{one.words}（{one.day.month}月{one.day.day}日带来）",
                "已交还",
            )
            for one in belongings.list_held(self._database, visit.child)
        )

    def settle(self, unit: Unit, paper: OpenPaper, settling: Settling) -> None:
        """It has been given back."""
        belongings.note_returned(unit, BelongingId(paper.subject), settling.release)


class UnpaidVisits:
    """Earlier stays whose money was put off: to be paid now, with a receipt of their own."""

    kind = MONEY_KIND

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, visit: Visit) -> tuple[OpenPaper, ...]:
        """Stays before this one that nobody has paid since."""
        found = []
        for one in belongings.list_deferrals(self._database, visit.child):
            if one.kind != MONEY_KIND or one.subject == visit.id:
                continue
            old = self._unpaid(VisitId(one.subject))
            if old is not None:
                purpose = f"{old[0].day.month}月{old[0].day.day}日托育费"
                words = f"{purpose} {old[1].yuan_words} 没付"
                found.append(
                    OpenPaper(MONEY_KIND, one.subject, words, "现在收", amount=old[1], purpose=purpose)
                )
        return tuple(found)

    def settle(self, unit: Unit, paper: OpenPaper, settling: Settling) -> ReceiptId | None:
        """Issue the receipt of the earlier stay."""
        kept = visits.find_visit(unit, VisitId(paper.subject))
        if kept is None or kept.left_at is None:
            return None
        due = quote_of(self._database, kept, kept.left_at)
        if due is None:
            return None
        new = NewReceipt(
            visit=kept.id,
            child=kept.child,
            class_name=day_moves.came_to(unit, kept.id, kept.class_name),
            payer=settling.payer,
            tender=require_tender(settling.tender or ""),
            lines=due.lines,
            day=day_of(unit.at),
            issued_by=settling.actor.id,
        )
        key = receipts.add_receipt(unit, new)
        unit.audit("receipt", key, f"{kept.child_name} {kept.day} {new.tender}")
        return key

    def _unpaid(self, key: VisitId) -> tuple[Visit, Money] | None:
        kept = visits.find_visit(self._database, key)
        if kept is None or kept.undone or kept.left_at is None:
            return None
        if receipts.find_receipt_of_visit(self._database, key) is not None:
            return None
        due = quote_of(self._database, kept, kept.left_at)
        return None if due is None or not due.total else (kept, due.total)


_PLAIN = frozenset({HeldBelongings.kind, MONEY_KIND})


class OpenPapers:
    """All sources together."""

    def __init__(self, database: Database, sources: tuple[str, ...] = SOURCES) -> None:
        self._database, self._names = database, sources

    @cached_property
    def _sources(self) -> tuple[Source, ...]:
        made = []
        for name in self._names:
            module, _, kind = name.partition(":")
            made.append(cast("Source", getattr(importlib.import_module(module), kind)(self._database)))
        return tuple(made)

    def open(self, visit: Visit) -> tuple[OpenPaper, ...]:
        """Everything open about the child of a visit, with the reason where it was put off before."""
        put_off = {
            (one.kind, one.subject): f"{one.at.month}月{one.at.day}日：{one.reason}"
            for one in belongings.list_deferrals(self._database, visit.child)
        }
        return tuple(
            dataclasses.replace(paper, deferred=put_off.get((paper.kind, paper.subject), ""))
            for source in self._sources
            for paper in source.open(visit)
        )

    def shown(self, actor: Actor, visit: Visit) -> tuple[OpenPaper, ...]:
        """What is open, as far as somebody reads it: to whom health is not shown, things and money alone."""
        every = self.open(visit)
        return (
            every if actor.may(Permission.SEE_HEALTH) else tuple(one for one in every if one.kind in _PLAIN)
        )

    def judge(
        self, visit: Visit, answers: tuple[Answer, ...]
    ) -> tuple[tuple[OpenPaper, ...], tuple[tuple[OpenPaper, str], ...]]:
        """The papers to settle, and those to defer with their reasons.

        Raises:
            OpenPapersError: one is open and not answered, or settled though something has to be done first.
        """
        given = {(one.kind, one.subject): one for one in answers}
        settle: list[OpenPaper] = []
        defer: list[tuple[OpenPaper, str]] = []
        for paper in self.open(visit):
            answer = given.get((paper.kind, paper.subject))
            if answer is None:
                msg = f"{visit.child_name} 还有没办完的：{paper.words}。请先办好，或写明理由以后再办。"
                raise OpenPapersError(msg, field="papers")
            if answer.deferred:
                defer.append((paper, clean_text(answer.reason, "理由", "papers")))
            elif paper.lacks:
                msg = f"{visit.child_name} {paper.words}。{paper.lacks}，或选“以后办”并写明理由。"
                raise OpenPapersError(msg, field="papers")
            else:
                settle.append(paper)
        return tuple(settle), tuple(defer)

    def keep(
        self,
        unit: Unit,
        child: ChildId,
        settling: Settling,
        settle: tuple[OpenPaper, ...],
        defer: tuple[tuple[OpenPaper, str], ...],
    ) -> tuple[ReceiptId, ...]:
        """Write inside the unit of the release what became of each paper; the receipts issued."""
        issued: list[ReceiptId] = []
        for paper in settle:
            source = next(one for one in self._sources if one.kind == paper.kind)
            receipt = source.settle(unit, paper, settling)
            issued += [receipt] if receipt is not None else []
            belongings.settle_deferrals(unit, paper.kind, paper.subject, settling.release)
        for paper, reason in defer:
            belongings.add_deferral(
                unit, settling.release, child, paper.kind, paper.subject, paper.words, reason
            )
            unit.audit("deferral", paper.subject, f"{paper.kind} {paper.words}：{reason}")
        return tuple(issued)
