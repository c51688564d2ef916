"""What a paper costs, beside a bare ReportLab canvas that draws the same words in the same fonts.

Bars: one pick-up report at most 1.5 times the bare canvas; 150 in one file at most 6 ms each. With
``--benchmark-enable`` the ratio is printed and kept in ``extra_info``; no normal test fails on time.
"""

import dataclasses
import io
import statistics
import sys
import time

import pytest

from app.reports import fonts, paper, pickup_report, registry
from tests.reports import samples

ROUNDS = 15


def timed(act):
    """Milliseconds of one call."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


@pytest.fixture
def tell(benchmark, capsys):
    """Print a figure past pytest's capture when benchmarks are asked for."""

    def write(line):
        if benchmark.enabled:
            with capsys.disabled():
                sys.stdout.write(f"\n{line}\n")

    return write


@pytest.fixture(scope="module")
def bare_canvas():
    """Draw the report's words at their places on a canvas with fonts as ReportLab makes them."""
    from reportlab.pdfbase import pdfmetrics, ttfonts
    from reportlab.pdfgen.canvas import Canvas

    for name in ("Regular", "Bold"):
        path = fonts.FOLDER / f"LXGWWenKai-{name}.ttf"
        pdfmetrics.registerFont(ttfonts.TTFont(f"Bare-{name}", str(path)))
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


def test_one_report_beside_the_bare_canvas(benchmark, bare_canvas, tell):
    registry.draw(samples.REPORT)
    bare_canvas()
    pairs = [(timed(lambda: registry.draw(samples.REPORT)), timed(bare_canvas)) for _ in range(ROUNDS)]
    ratio = statistics.median(ours / floor for ours, floor in pairs)
    benchmark.extra_info["ratio_to_bare_canvas"] = round(ratio, 2)
    benchmark.extra_info["bar"] = 1.5
    tell(f"pick-up report / bare canvas: {ratio:.2f} (bar 1.5)")
    assert benchmark(registry.draw, samples.REPORT).startswith(b"%PDF")


def test_a_hundred_and_fifty_reports_in_one_file(benchmark, tell):
    many = [
        dataclasses.replace(
            samples.REPORT,
            child=f"朱予{number}晴",
            number=f"H-20251203-{number:04}",
            seal=f"TDH1.H.H-20251203-{number:04}.K7Q2M9XA4C",
        )
        for number in range(150)
    ]
    registry.draw(samples.REPORT)
    each = timed(lambda: registry.draw_many(many)) / len(many)
    benchmark.extra_info["ms_each"] = round(each, 2)
    benchmark.extra_info["bar_ms"] = 6
    tell(f"150 reports in one file: {each:.2f} ms each (bar 6)")
    assert benchmark.pedantic(registry.draw_many, args=(many,), rounds=1).startswith(b"%PDF")
