"""What takes the paper."""

from app.ui import printer


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
