"""What a paper costs, beside a bare ReportLab canvas that draws the same words in the same fonts."""

import dataclasses
import io

import pytest

from app.reports import fonts, paper, pickup_report, registry
from tests.bench.ratio import Figure, in_turn, report
from tests.reports import samples

MANY = 150


@pytest.fixture(scope="module")
def bare_canvas():
    """Draw the report's words at their places on a canvas with fonts as ReportLab makes them."""
    from reportlab.pdfbase import pdfmetrics, ttfonts
    from reportlab.pdfgen.canvas import Canvas

    for name in ("Regular", "Bold"):
        path = fonts.FOLDER / f"LXGWWenKai-{name}.ttf"
        bare = ttfonts.TTFont(f"Bare-{name}", str(path))
        # ReportLab takes a second font of a face it knows for the first one: these are not ours.
        bare.face.name = f"Bare-{name}".encode()
        pdfmetrics.registerFont(bare)
    sheets = pickup_report._sheets(samples.REPORT)
    for number, page in enumerate(sheets.pages, 1):
        sheets.footer(page, number, len(sheets.pages))
    words = [
        (
            text.x,
            page.height - text.y,
            text.words,
            "Bare-Bold" if text.face.bold else "Bare-Regular",
            text.size,
        )
        for page in sheets.pages
        for text in page.texts
    ]

    def draw():
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=paper.A5, invariant=1, pageCompression=1)
        for x, y, text, font, size in words:
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
        canvas.save()
        return out.getvalue()

    return draw


def test_a_pickup_report_beside_a_bare_canvas(benchmark, bare_canvas, figures):
    """At most 1.5 times: the frame, the code and the page numbers may cost half as much as the words."""
    registry.draw(samples.REPORT)
    bare_canvas()
    timed = in_turn(benchmark, lambda: registry.draw(samples.REPORT), bare_canvas, rounds=25)
    if timed:
        ours, floor = timed
        report(figures, Figure("a pick-up report / a bare canvas", ours, "ms", 1.5, floor))


def test_a_hundred_and_fifty_reports_in_one_file(benchmark, bare_canvas, figures):
    """At most 6 ms each: the end of the day for a whole centre in one second."""
    many = [
        dataclasses.replace(
            samples.REPORT,
            child=f"朱予{number}晴",
            number=f"H-20251203-{number:04}",
            seal=f"TDH1.H.H-20251203-{number:04}.K7Q2M9XA4C",
        )
        for number in range(MANY)
    ]
    registry.draw(samples.REPORT)
    timed = in_turn(benchmark, lambda: registry.draw_many(many), bare_canvas, rounds=3)
    if timed:
        report(figures, Figure("one of 150 pick-up reports in one file", timed[0] / MANY, "ms", 6))
