"""Every paper the program can draw. A new paper is a module here and one line in ``REPORTS``."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.reports import agreement, monthly_summary, pickup_report, receipt, slip
from app.reports.agreement import Agreement
from app.reports.monthly_summary import MonthlySummary
from app.reports.pickup_report import PickupReport
from app.reports.receipt import ReceiptPaper
from app.reports.slip import PickupSlip

Paper = PickupReport | PickupSlip | Agreement | ReceiptPaper | MonthlySummary


@dataclass(frozen=True, slots=True)
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
)

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


def report_for(paper: Paper) -> Report:
    """Return the kind of a paper."""
    return next(report for report in REPORTS if isinstance(paper, report.paper))


def draw(paper: Paper) -> bytes:
    """Draw one paper as PDF. Safe on any thread; equal data gives equal bytes."""
    return report_for(paper).draw((paper,))


def draw_many(papers: Sequence[Paper]) -> bytes:
    """Draw papers of one kind into one file, each counting its own pages.

    Raises:
        ValueError: There is none, or they are of different kinds.
    """
    kinds = {report_for(paper).key for paper in papers}
    if len(kinds) != 1:
        msg = f"one kind of paper to a file, not {sorted(kinds)}"
        raise ValueError(msg)
    return report_for(papers[0]).draw(papers)


def file_name(paper: Paper) -> str:
    """Name the file to save to: ``收款收据 2025-000018.pdf``, safe on every platform."""
    name = _UNSAFE.sub("_", report_for(paper).name(paper)).strip(" .")
    return f"{name[:80]}.pdf"
