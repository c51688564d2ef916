"""Every paper the program can draw. A new paper is a module here and one line in ``REPORTS``."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from app.domain.record import record
from app.reports import (
    absence_register,
    agreement,
    booklet,
    cards,
    doctor_visit,
    expected_list,
    fee_notice,
    fonts,
    growth_card,
    injury_notice,
    medicine_slip,
    menu,
    monthly_summary,
    pickup_report,
    receipt,
    register_table,
    roll_call,
    shift_sheet,
    slip,
    term_summary,
    week_plan,
    who_is_inside,
)
from app.reports.absence_register import AbsenceRegister
from app.reports.agreement import Agreement
from app.reports.booklet import BookletPaper
from app.reports.cards import CardSheet
from app.reports.doctor_visit import DoctorVisitPaper
from app.reports.expected_list import ExpectedList
from app.reports.fee_notice import FeeNotice
from app.reports.growth_card import GrowthCard
from app.reports.injury_notice import InjuryNotice
from app.reports.medicine_slip import MedicineSlip
from app.reports.menu import MenuPaper
from app.reports.monthly_summary import MonthlySummary
from app.reports.pickup_report import PickupReport
from app.reports.receipt import ReceiptPaper
from app.reports.register_table import RegisterTable
from app.reports.roll_call import RollCallPaper
from app.reports.shift_sheet import ShiftPaper
from app.reports.slip import PickupSlip
from app.reports.term_summary import TermSummaryPaper
from app.reports.week_plan import WeekPlanPaper
from app.reports.who_is_inside import WhoIsInside

Paper = (
    PickupReport
    | PickupSlip
    | Agreement
    | ReceiptPaper
    | MonthlySummary
    | FeeNotice
    | RollCallPaper
    | WhoIsInside
    | CardSheet
    | ExpectedList
    | AbsenceRegister
    | TermSummaryPaper
    | BookletPaper
    | WeekPlanPaper
    | MedicineSlip
    | InjuryNotice
    | RegisterTable
    | ShiftPaper
    | MenuPaper
    | GrowthCard
    | DoctorVisitPaper
)


@record
class Report:
    """One kind of paper. ReportLab itself is loaded when the first paper is drawn."""

    key: str
    title: str
    paper: type[Paper]
    draw: Callable[[Sequence[Any]], bytes]  # papers of this kind into one PDF
    name: Callable[[Any], str]  # the file's name without .pdf, before it is made safe


REPORTS: tuple[Report, ...] = (
    Report(
        "pickup_report",
        "离园交接报告",
        PickupReport,
        pickup_report.draw_many,
        lambda p: f"离园交接报告 {p.child} {p.day:%Y-%m-%d}",
    ),
    Report(
        "slip",
        "接送凭条",
        PickupSlip,
        slip.draw_many,
        lambda p: f"接送凭条 {p.code} {p.day:%Y-%m-%d}",
    ),
    Report(
        "agreement",
        "临时托育服务协议",
        Agreement,
        agreement.draw_many,
        lambda p: f"临时托育服务协议 {p.child} {p.day:%Y-%m-%d}",
    ),
    Report(
        "receipt",
        "收款收据",
        ReceiptPaper,
        receipt.draw_many,
        lambda p: f"{'退款单' if p.refund else '收款收据'} {p.number}",
    ),
    Report(
        "monthly_summary",
        "月报",
        MonthlySummary,
        monthly_summary.draw_many,
        lambda p: f"月报 {p.month}",
    ),
    Report(
        "fee_notice",
        "收费公示",
        FeeNotice,
        fee_notice.draw_many,
        lambda p: f"收费公示 {p.day:%Y-%m-%d}",
    ),
    Report(
        "roll_call",
        "点名记录",
        RollCallPaper,
        roll_call.draw_many,
        lambda p: f"点名记录 {p.kind} {p.started:%Y-%m-%d %H%M}",
    ),
    Report(
        "who_is_inside",
        "在园名单",
        WhoIsInside,
        who_is_inside.draw_many,
        lambda p: f"在园名单 {p.at:%Y-%m-%d %H%M}",
    ),
    Report(
        "expected_list",
        "应到名单",
        ExpectedList,
        expected_list.draw_many,
        lambda p: f"应到名单 {p.day:%Y-%m-%d}",
    ),
    Report(
        "absence_register",
        "缺勤追访登记",
        AbsenceRegister,
        absence_register.draw_many,
        lambda p: f"缺勤追访登记 {p.month}",
    ),
    Report(
        "shift_sheet",
        "交接班表",
        ShiftPaper,
        shift_sheet.draw_many,
        lambda p: f"交接班表 {p.sheet.class_name} {p.sheet.signed_at:%Y-%m-%d %H%M}",
    ),
    Report("menu", "一周食谱", MenuPaper, menu.draw_many, lambda p: f"一周食谱 {p.monday:%Y-%m-%d}"),
    Report("cards", "接送卡", CardSheet, cards.draw_many, lambda p: f"接送卡 {p.title}"),
    Report(
        "term_summary",
        "成长小结",
        TermSummaryPaper,
        term_summary.draw_many,
        lambda p: f"成长小结 {p.child} {p.term}",
    ),
    Report(
        "booklet",
        "成长月册",
        BookletPaper,
        booklet.draw_many,
        lambda p: f"成长月册 {p.child} {p.month}",
    ),
    Report(
        "week_plan",
        "周计划",
        WeekPlanPaper,
        week_plan.draw_many,
        lambda p: f"周计划 {p.class_name} {p.monday:%Y-%m-%d}",
    ),
    Report(
        "medicine_slip",
        "服药单",
        MedicineSlip,
        medicine_slip.draw_many,
        lambda p: f"服药单 {p.child} {p.day:%Y-%m-%d} {p.number}",
    ),
    Report(
        "injury_notice",
        "伤害告知单",
        InjuryNotice,
        injury_notice.draw_many,
        lambda p: f"伤害告知单 {p.child} {p.day:%Y-%m-%d}",
    ),
    Report(
        "register_table",
        "登记表",
        RegisterTable,
        register_table.draw_many,
        lambda p: f"{p.title} {p.where} {p.month}".replace("  ", " "),
    ),
    Report(
        "growth_card",
        "生长监测卡",
        GrowthCard,
        growth_card.draw_many,
        lambda p: f"生长监测卡 {p.child} {p.day:%Y-%m-%d}",
    ),
    Report(
        "doctor_visit",
        "巡诊记录",
        DoctorVisitPaper,
        doctor_visit.draw_many,
        lambda p: f"巡诊记录 {p.day:%Y-%m-%d}",
    ),
)

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


def report_for(paper: Paper) -> Report:
    """Return the kind of a paper."""
    return next(report for report in REPORTS if isinstance(paper, report.paper))


def draw(paper: Paper) -> bytes:
    """Draw one paper as PDF. Safe on any thread; equal data gives equal bytes."""
    return _drawn(report_for(paper), (paper,))


def draw_many(papers: Sequence[Paper]) -> bytes:
    """Draw papers of one kind into one file, each counting its own pages.

    Raises:
        ValueError: There is none, or they are of different kinds.
    """
    kinds = {report_for(paper).key for paper in papers}
    if len(kinds) != 1:
        msg = f"one kind of paper to a file, not {sorted(kinds)}"
        raise ValueError(msg)
    return _drawn(report_for(papers[0]), papers)


def _drawn(report: Report, papers: Sequence[Paper]) -> bytes:
    try:
        return report.draw(papers)
    finally:
        fonts.give_back()


def file_name(paper: Paper) -> str:
    """Name the file to save to: ``收款收据 2025-000018.pdf``, safe on every platform."""
    name = _UNSAFE.sub("_", report_for(paper).name(paper)).strip(" .")
    return f"{name[:80]}.pdf"
