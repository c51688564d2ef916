"""The preview's own acts: print, save, close."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.errors import SurroundingsError
from app.ui.preview import PreviewOverlay
from tests.ui.support import make_context, settle
from tests.ui.test_printing import a_pdf


@pytest.fixture
def overlay(qtbot):
    context = make_context(qtbot, None)
    frame = QWidget()
    qtbot.addWidget(frame)
    host = QWidget(frame)
    for widget in (frame, host):
        widget.resize(900, 700)
    frame.show()
    overlay = PreviewOverlay(context.theme, host, context.printing.view(), "月报 2025-11.pdf")
    overlay.kept = (context, frame)
    overlay.present()
    return overlay


def test_enter_prints_and_the_preview_goes(qtbot, overlay):
    frame = overlay.kept[1]
    frame.activateWindow()
    qtbot.waitUntil(overlay._print.hasFocus)
    with qtbot.waitSignal(overlay.print_wanted):
        qtbot.keyClick(overlay._print, Qt.Key.Key_Return)
    assert overlay.isHidden()


def test_enter_on_another_button_presses_that_one(qtbot, overlay):
    overlay.kept[1].activateWindow()
    overlay._close.setFocus()
    qtbot.waitUntil(overlay._close.hasFocus)
    with qtbot.assertNotEmitted(overlay.print_wanted), qtbot.waitSignal(overlay.dismissed):
        qtbot.keyClick(overlay._close, Qt.Key.Key_Return)


def test_saving_asks_where_and_giving_up_saves_nothing(qtbot, overlay, monkeypatch):
    asked, wanted = [], []
    overlay.save_wanted.connect(wanted.append)
    answers = iter([("", ""), ("/x/月报.pdf", "")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *told: asked.append(told[2]) or next(answers))
    overlay._save.click()
    overlay._save.click()
    assert asked == ["月报 2025-11.pdf"] * 2
    assert wanted == ["/x/月报.pdf"]
    assert overlay.isVisible()


def test_esc_closes(qtbot, overlay):
    with qtbot.waitSignal(overlay.dismissed):
        qtbot.keyClick(overlay, Qt.Key.Key_Escape)


@pytest.mark.parametrize("failing", [False, True], ids=["drawn", "not drawn"])
def test_closed_before_its_paper_is_there_nothing_is_said(qtbot, failing):
    """Whoever opens a long register by mistake presses Esc at once."""
    context, go = make_context(qtbot, None), threading.Event()

    def draw(_paper):
        go.wait(5)
        if failing:
            raise SurroundingsError("画不出来。")
        return a_pdf()

    context.printing._draw = draw
    frame = QWidget()
    qtbot.addWidget(frame)
    host = QWidget(frame)
    context.printing.set_host(host)
    context.printing._file_name = str
    context.printing.preview("月报.pdf")
    context.printing._preview.dismiss()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    go.set()
    settle(qtbot, context)
    assert context.crashes == []
