"""What takes the paper."""

import pytest
from PySide6 import QtPrintSupport
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter

from app.domain.errors import SurroundingsError
from app.services.papers import draw
from app.ui import printer
from app.ui.paperview import open_pdf, render_page
from tests.reports import samples

MM = 25.4 / 72


def test_the_systems_default_printer_gets_the_paper(monkeypatch):
    spooled = []
    monkeypatch.setattr(printer, "default_printer", lambda: "前台打印机")
    monkeypatch.setattr(printer, "spool", lambda pdf, name: spooled.append((pdf, name)))
    system = printer.SystemPrinter()
    system.spool(b"%PDF", system.name())
    assert spooled == [(b"%PDF", "前台打印机")]


def test_there_may_be_no_printer(monkeypatch):
    monkeypatch.setenv("TUODEHAO_PRINTER", "none")
    assert printer.SystemPrinter().name() == ""


@pytest.fixture
def device(qapp, monkeypatch, tmp_path):
    """A printer of Qt that writes its pages into a file, and can be told to fail."""

    class FilePrinter(QPrinter):
        path, refuses, state = tmp_path / "paper.pdf", 0, None  # refuses: this page and what follows

        def setPrinterName(self, _name):  # noqa: N802 - Qt's name
            self.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            self.setOutputFileName(str(self.path))
            self.pages = 1

        def newPage(self):  # noqa: N802 - Qt's name
            self.pages += 1
            return self.pages != self.refuses and super().newPage()

        def printerState(self):  # noqa: N802 - Qt's name
            return super().printerState() if self.state is None else self.state

    monkeypatch.setattr(QtPrintSupport, "QPrinter", FilePrinter)
    return FilePrinter


def ink(page: QImage) -> int:
    """How many points of a page are dark, of every fourth."""
    spots = ((x, y) for x in range(0, page.width(), 4) for y in range(0, page.height(), 4))
    return sum(page.pixelColor(x, y).lightness() < 128 for x, y in spots)


@pytest.mark.parametrize(
    "paper", [samples.AGREEMENT, samples.SLIP, samples.RECEIPT, samples.WEEK, samples.MONTH]
)
def test_every_page_comes_out_of_the_printer_at_its_true_size_and_with_its_ink(device, paper):
    pdf = draw(paper)
    printer.spool(pdf, "前台打印机")
    with open_pdf(pdf) as wanted, open_pdf(device.path.read_bytes()) as printed:
        assert printed.pageCount() == wanted.pageCount()
        for number in range(wanted.pageCount()):
            there, here = wanted.pagePointSize(number), printed.pagePointSize(number)
            assert here.width() * MM == pytest.approx(there.width() * MM, abs=1)
            assert here.height() * MM == pytest.approx(there.height() * MM, abs=1)
            drawn, came = (ink(render_page(one, number, 600)) for one in (wanted, printed))
            assert drawn > 100
            assert came == pytest.approx(drawn, rel=0.25)


def test_a_printer_that_takes_one_page_of_two_has_not_printed_the_paper(device):
    device.refuses = 2
    with pytest.raises(SurroundingsError, match="前台打印机”没有打完"):
        printer.spool(draw(samples.AGREEMENT), "前台打印机")


@pytest.mark.parametrize("state", [QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted])
def test_a_printer_that_ends_in_trouble_has_not_printed_the_paper(device, state):
    device.state = state
    with pytest.raises(SurroundingsError, match="没有打完"):
        printer.spool(draw(samples.RECEIPT), "前台打印机")


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_begin_says_so(device, tmp_path):
    device.path = tmp_path / "no such folder" / "paper.pdf"
    with pytest.raises(SurroundingsError, match="没有响应"):
        printer.spool(draw(samples.RECEIPT), "前台打印机")
