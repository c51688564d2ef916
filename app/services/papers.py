"""Papers: freezing what the file holds into the dataclasses that ``app.reports`` draws, and counting prints.

Freezing reads the file and belongs on the keeper thread; ``draw`` reads nothing and may run on any thread.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace

from app.domain.ages import age_flags, age_words, months_between, months_words
from app.domain.capacity import clock
from app.domain.changes import Done
from app.domain.dayfacts import CheckFact, check_words
from app.domain.errors import RuleError
from app.domain.identity import mask_identity
from app.domain.ids import ChildId, ReceiptId, VisitId
from app.domain.modes import Tariff
from app.domain.money import Money
from app.domain.phones import spaced_phone
from app.domain.prose import NoteText, compose
from app.domain.seals import SealKind, seal
from app.domain.staff import Actor, Permission
from app.domain.visits import NotTodayError
from app.reports.agreement import Agreement, AgreementAdult, AgreementFee
from app.reports.fee_notice import FeeNotice
from app.reports.monthly_summary import ClassMonth, DayBar, IncomeMonth, ModeMonth, MonthlySummary
from app.reports.pickup_report import PickupReport
from app.reports.qr import bitmap as qr_bitmap
from app.reports.receipt import ReceiptPaper, ReceiptPaperLine
from app.reports.registry import Paper, draw, draw_many, file_name, report_for
from app.reports.slip import PickupSlip
from app.services.cashier import TENDERS, UnknownReceiptError, promised_of, quote_agreed
from app.services.facts import DayBook, list_books
from app.services.freshness import since
from app.services.injury_facts import unnamed
from app.services.month import Month, MonthFigures
from app.services.numbers import agreement_number, month_number, slip_number
from app.store import audit, belongings, centre, day, day_moves, notes, papers, receipts, told
from app.store.centre import Centre
from app.store.database import Clock, Database
from app.store.notes import Note
from app.store.people import AdultOf
from app.store.receipts import Receipt
from app.store.stamps import day_of
from app.store.visits import Visit

__all__ = ["Paper", "Papers", "draw", "draw_many", "file_name", "qr_bitmap", "report_for"]

# Medicine of a child that goes home again, in words; another service knows of it.
MedicineBack = Callable[[ChildId], Sequence[str]]
_SEXES = {"f": "女", "m": "男"}


class NoAgreementError(RuleError):
    """The stay is under a monthly contract: there is no temporary-care agreement."""


class NoCentreError(RuleError):
    """The file is not set up yet."""


class Papers:
    """One method a paper. What it shows is on the screen already, and needs no more than that."""

    def __init__(self, database: Database, clock: Clock, medicine: MedicineBack = lambda _child: ()) -> None:
        self._database = database
        self._clock = clock
        self._medicine = medicine
        self._month = Month(database, clock)

    def pickup_report(self, actor: Actor, visit: VisitId, text: NoteText | None = None) -> PickupReport:
        """The report of one stay (离园交接报告).

        With ``text`` it shows words that may not be signed yet: the number and the signature stand on it only
        if they are the signed ones. The child who hurt her is not named on it, whatever the words say.
        """
        actor.require(Permission.SEE_HEALTH)
        place, book = self._centre(), self._book(visit)
        current = notes.find_current(self._database, visit)
        if text is None:
            text = compose(book.facts) if current is None else current.text
        signed = notes.find_signed(self._database, visit)
        standing = signed if signed is not None and signed.text == text else None
        number = "" if standing is None or standing.number is None else standing.number
        collector = self._collector(book)
        report = PickupReport(
            centre=place.name,
            day=book.visit.day,
            child=book.child.name,
            sex=_SEXES.get(book.child.sex or "", ""),
            age=age_words(book.child.born_on, book.visit.day),
            class_name=self._came_to(book),
            care=self._care(book),
            arrived=book.visit.arrived_at,
            until=book.leaving,
            text=_unnamed(book, text),
            number=number,
            seal=seal(place.seal_key, SealKind.REPORT, number) if number else "",
            practice=place.practice,
            signed_by="" if standing is None else standing.signed_by,
            signed_at=None if standing is None else standing.signed_at,
            collector="" if collector is None else collector.name,
            relation="" if collector is None else collector.tie.relation,
            allergies=book.child.substances,
            version=1 if standing is None else standing.version,
            later=self._later(book, standing or (current if current and current.text == text else None)),
            things=self._things(book),
        )
        return self._signed_by_family(report, standing)

    def _came_to(self, book: DayBook) -> str:
        """The class she came to: that of the evening is not the one her family knows."""
        return day_moves.came_to(self._database, book.visit.id, book.visit.class_name)

    def slip(self, actor: Actor, visit: VisitId) -> PickupSlip:
        """The pick-up slip (接送凭条): a code and a seal, nobody's name."""
        actor.require(Permission.READ)
        place, kept = self._centre(), self._book(visit).visit
        number = slip_number(kept.day, kept.id)
        promised = promised_of(self._database, kept, kept.left_at or self._clock())
        return PickupSlip(
            centre=place.name,
            day=kept.day,
            code=kept.pickup_code,
            class_name=kept.class_name,
            arrived=kept.arrived_at,
            promised=promised,
            number=number,
            seal=seal(place.seal_key, SealKind.SLIP, number),
            practice=place.practice,
            phone=place.phone,
            print_count=self._prints("slip", visit),
        )

    def agreement(self, actor: Actor, visit: VisitId) -> Agreement:
        """The agreement of one temporary stay (临时托育服务协议).

        Raises:
            NoAgreementError: the stay is under a contract.
        """
        actor.require(Permission.READ)
        place, book = self._centre(), self._book(visit)
        kept, child = book.visit, book.child
        if kept.tariff is Tariff.CONTRACT:
            msg = f"{child.name} 是包月托育，没有临时托协议。"
            raise NoAgreementError(msg)
        promised = promised_of(self._database, kept, kept.arrived_at)
        fee = quote_agreed(self._database, kept)
        bringer = book.adult(kept.brought_by)
        collectors = [adult for adult in book.adults if adult.tie.may_collect and not adult.tie.barred]
        second = next(
            (adult for adult in book.adults if adult.tie.is_emergency and adult.id != kept.brought_by), None
        )
        morning = next((check for check in book.facts.checks if check.kind == "morning"), None)
        number = agreement_number(kept.day, kept.id)
        return Agreement(
            centre=place.name,
            day=kept.day,
            child=child.name,
            sex=_SEXES.get(child.sex or "", ""),
            born_on=child.born_on,
            age=months_words(child.born_on, kept.day),
            class_name=kept.class_name,
            care=kept.tariff.label,
            arrived=kept.arrived_at,
            promised=promised,
            stretches=self._stretches(kept),
            bringer=AgreementAdult("", "", "") if bringer is None else _agreed(bringer),
            collectors=tuple(_agreed(adult) for adult in collectors),
            allergy=_allergy_words(child.allergy, child.substances),
            fees=tuple(AgreementFee(line.purpose, line.amount) for line in fee.lines) if fee else (),
            total=fee.total if fee else Money(0),
            fee_words=fee.words if fee else "",
            second=None if second is None else _agreed(second),
            document=mask_identity(child.document_number) if child.document_number else "",
            check="" if morning is None else check_words(replace(morning, note="")),
            body=_body_words(morning),
            age_note=self._age_note(book),
            reason=kept.reason,
            address=place.address,
            phone=place.phone,
            handled_by=actor.name,
            number=number,
            seal=seal(place.seal_key, SealKind.AGREEMENT, number),
            practice=place.practice,
            print_count=self._prints("agreement", visit),
        )

    def receipt(self, actor: Actor, receipt: ReceiptId) -> ReceiptPaper:
        """A receipt or a refund (收款收据, 退款单), with the count of the print it will be.

        Raises:
            UnknownReceiptError: there is none.
        """
        actor.require(Permission.READ)
        place, kept = self._centre(), self._receipt(receipt)
        original = None if kept.reverses is None else self._receipt(kept.reverses)
        refund = None if kept.reversed_by is None else self._receipt(kept.reversed_by)
        return ReceiptPaper(
            centre=place.name,
            day=kept.day,
            payer=kept.payer,
            child=kept.child_name,
            class_name=kept.class_name,
            lines=tuple(
                ReceiptPaperLine(
                    line.purpose, line.quantity, line.unit, line.unit_price, line.amount,
                    "" if original is not None else line.explanation,
                )
                for line in kept.lines
            ),
            total=kept.total,
            tender=TENDERS[kept.tender],
            handled_by=kept.issuer_name,
            number=kept.number,
            seal=seal(place.seal_key, SealKind.RECEIPT, kept.number),
            practice=place.practice,
            print_count=self._prints("receipt", receipt),
            refund=kept.kind == "refund",
            original="" if original is None else original.number,
            original_day=None if original is None else original.day,
            reason=_refund_reason(kept) if original is not None else "",
            reversed_by="" if refund is None else refund.number,
        )  # fmt: skip

    def monthly_summary(self, actor: Actor, month: str) -> MonthlySummary:
        """One month (月报), as ``Month.summary`` counts it."""
        place, figures = self._centre(), self._month.summary(actor, month)
        number = month_number(month, day_of(self._clock()), figures.totals)
        return MonthlySummary(
            centre=place.name,
            month=month,
            licensed_seats=figures.licensed_seats,
            open_days=figures.open_days,
            sentences=figures.sentences,
            days=tuple(DayBar(one.day, one.expected, one.present) for one in figures.days),
            classes=tuple(
                ClassMonth(
                    one.name, one.kind_words, one.seats, one.enrolled, one.attendance.expected,
                    one.attendance.actual, one.attendance.rate.percent_words, one.attendance.sick,
                    one.attendance.personal,
                )
                for one in figures.classes
            ),
            total=_total(figures),
            modes=tuple(
                ModeMonth(
                    one.mode.label, one.children, one.visits,
                    "—" if one.attendance is None else one.attendance.rate.percent_words,
                )
                for one in figures.modes
            ),
            income=tuple(IncomeMonth(one.name, one.lines, one.amount) for one in figures.items),
            income_total=figures.kept,
            made_on=day_of(self._clock()),
            made_by=actor.name,
            notes=(*_money_notes(figures), *figures.notes),
            number=number,
            seal=seal(place.seal_key, SealKind.MONTH, number),
            practice=place.practice,
        )  # fmt: skip

    def fee_notice(self, actor: Actor) -> FeeNotice:
        """The fee catalogue to hang at the door (收费公示), as it holds today."""
        actor.require(Permission.READ)
        from app.services.fee_words import freeze_notice  # the desk prints no catalogue

        return freeze_notice(self._database, self._centre(), day_of(self._clock()))

    def printed(self, actor: Actor, kind: str, subject: int) -> Done[int]:
        """Count a print of a paper; returns the count with this one. ``kind`` is the registry's key."""
        actor.require(Permission.READ)
        with self._database.unit(actor.id, "print") as unit:
            count = papers.add_print(unit, kind, subject, actor.id)
            unit.audit(kind, subject, f"第 {count} 次打印")
        return Done(count)

    def _things(self, book: DayBook) -> tuple[str, ...]:
        """What goes home with her; once she has left, what went."""
        if book.visit.left_at is not None:
            return belongings.list_returned(self._database, book.visit.id)
        held = belongings.list_held(self._database, book.visit.child)
        return (*(one.words for one in held), *self._medicine(book.visit.child))

    def _signed_by_family(self, report: PickupReport, note: Note | None) -> PickupReport:
        """The report with the family's signature under the note as it stands."""
        signed = None if note is None else told.find_signature(self._database, note.id)
        if signed is None:
            return report
        return replace(report, family=signed.who, family_at=signed.at, family_png=signed.png)

    def _later(self, book: DayBook, note: Note | None) -> str:
        """What the paper must not keep from the family: the day went on after these words."""
        found = since(self._database, book, note)
        if found.later:
            return f"{found.later}，没有写在这张单子上。请当面问老师。"
        words = unnamed(book.child, found.stale, book.hidden)
        return f"{words.replace('后有新记录', '后另有记录')}。请当面问老师。" if words else ""

    def _age_note(self, book: DayBook) -> str:
        """Why a child outside 6-36 months was taken, as it was said at the desk."""
        if not age_flags(months_between(book.child.born_on, book.visit.day)):
            return ""
        return "；".join(line.detail for line in audit.list_lines(self._database, "override", book.visit.id))

    def _prints(self, kind: str, subject: int) -> int:
        return papers.count_prints(self._database, kind, subject) + 1

    def _centre(self) -> Centre:
        found = centre.find_centre(self._database)
        if found is None:
            raise NoCentreError("还没有建立中心，请先完成开园设置。")
        return found

    def _book(self, visit: VisitId) -> DayBook:
        book = list_books(self._database, [visit]).get(visit)
        if book is None:
            raise NotTodayError("没有找到这次入园的记录，请刷新后再试。")
        return book

    def _receipt(self, receipt: ReceiptId) -> Receipt:
        kept = receipts.find_receipt(self._database, receipt)
        if kept is None:
            raise UnknownReceiptError("没有找到这张收据，请核对收据号。")
        return kept

    def _collector(self, book: DayBook) -> AdultOf | None:
        """Who took her; before that, for a guest, who brought her and may take her again."""
        if book.visit.left_at is not None:
            return book.adult(book.visit.collected_by)
        bringer = book.adult(book.visit.brought_by)
        if book.visit.tariff is Tariff.CONTRACT or bringer is None:
            return None
        return bringer if bringer.tie.may_collect and not bringer.tie.barred else None

    def _stretches(self, kept: Visit) -> str:
        """All hours of the day that a child was to come in, where they are several."""
        own = [one for one in day.list_expected(self._database, kept.day) if one.who.id == kept.child]
        if len(own) == 1:
            return ""
        words = [
            f"{clock(one.from_minute)}–{clock(one.to_minute)}{'' if one.tariff else '（按合同）'}"
            for one in sorted(own, key=lambda one: one.from_minute)
        ]
        return "、".join(words)

    def _care(self, book: DayBook) -> str:
        if book.visit.tariff is not Tariff.CONTRACT:
            return book.visit.tariff.label
        enrolled = day.find_enrolment(self._database, book.visit.child, book.visit.day)
        half = None if enrolled is None else enrolled.half
        return book.visit.mode.label + {"am": "（上午）", "pm": "（下午）"}.get(half or "", "")


def _unnamed(book: DayBook, text: NoteText) -> NoteText:
    parts = {one.name: unnamed(book.child, getattr(text, one.name), book.hidden) for one in fields(text)}
    return NoteText(**parts) if book.hidden else text


def _agreed(adult: AdultOf) -> AgreementAdult:
    return AgreementAdult(adult.name, adult.tie.relation, spaced_phone(adult.phone), adult.identity_seen)


def _allergy_words(answer: str, substances: tuple[str, ...]) -> str:
    if answer == "unknown":
        return "不清楚，先不进食"
    return "、".join(substances) or ("有过敏，未写明" if answer == "has" else "没有已知的过敏")


def _body_words(morning: CheckFact | None) -> str:
    """How the child is today: what was found or told at the morning check, else 正常."""
    if morning is None:
        return ""
    return morning.note or ("正常" if morning.outcome == "normal" else "")


def _refund_reason(refund: Receipt) -> str:
    """What was said when it was taken back: it stands behind the number in the lines' explanation."""
    explanation = refund.lines[0].explanation if refund.lines else ""
    return explanation.partition("：")[2]


def _total(figures: MonthFigures) -> ClassMonth:
    whole = figures.attendance
    return ClassMonth(
        name="全园",
        kind="",
        seats=figures.licensed_seats,
        enrolled=figures.enrolled,
        expected=whole.expected,
        actual=whole.actual,
        rate=whole.rate.percent_words,
        sick=whole.sick,
        personal=whole.personal,
    )


def _money_notes(figures: MonthFigures) -> tuple[str, ...]:
    """Income by tender as on the director's screen, refunds deducted, and the refunds, in a line each."""
    if not figures.tenders:
        return ()
    tenders = "，".join(f"{one.words} {one.kept.yuan_words}（{one.receipts} 笔）" for one in figures.tenders)
    notes = [f"收款方式：{tenders}。"]
    refunds = sum(one.refunds for one in figures.tenders)
    if refunds:
        notes.append(f"退款 {refunds} 笔，共 {(-figures.refunded).yuan_words}，收款方式和各项收入都已扣除。")
    return tuple(notes)
