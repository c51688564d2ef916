"""A PDF of which only its bytes are left is printed again with a stamp; all else on it stays."""

import datetime as dt

import pytest

from app.domain.money import Money
from app.reports.receipt import ReceiptPaper, ReceiptPaperLine
from app.reports.registry import draw
from app.ui.paperview import open_pdf, render_page
from app.ui.print_copy import Copies, says_its_count, stamped

LINE = ReceiptPaperLine("半日临时托", 1, "次", Money(9500), Money(9500))
RECEIPT = ReceiptPaper(
    "向阳托育中心",
    dt.date(2025, 12, 3),
    "王秀兰",
    "朱予晴",
    "抱抱龙",
    (LINE,),
    Money(9500),
    "现金",
    "林晓",
    "2025-000643",
)


@pytest.fixture
def pages(qtbot):
    def look(pdf):
        with open_pdf(pdf) as document:
            size = document.pagePointSize(0)
            shown = [render_page(document, n, 600) for n in range(document.pageCount())]
            return (round(size.width()), round(size.height())), shown

    return look


def red(image, left, top, right, bottom):
    width, height = image.width(), image.height()
    found = 0
    for x in range(int(left * width), int(right * width)):
        for y in range(int(top * height), int(bottom * height)):
            colour = image.pixelColor(x, y)
            found += colour.red() > 150 and colour.green() < 110
    return found


def test_the_stamp_stands_in_the_corner_and_the_page_is_as_large_as_before(pages):
    pdf = draw(RECEIPT)
    (size, before), (again, after) = pages(pdf), pages(stamped(pdf))
    assert (size, len(before)) == (again, len(after))
    assert red(before[0], 0.84, 0.0, 1.0, 0.1) == 0
    assert red(after[0], 0.84, 0.0, 1.0, 0.1) > 100


def test_copies_are_counted_by_the_number_of_the_paper():
    copies = Copies()
    assert [copies.next(RECEIPT).print_count for _ in range(3)] == [1, 2, 3]
    assert says_its_count(RECEIPT)
    assert copies.next("甲") == "甲"
    assert not says_its_count("甲")
