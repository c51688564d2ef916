"""The paper beside a note: always of the child on the screen, and counted for the child it was printed of."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from app.ui.handover.paper_side import PaperSide
from tests.ui.handover import data
from tests.ui.handover.test_page import FakePrinting
from tests.ui.support import settle


class Whose:
    """Stands for the room: which note is on the screen."""

    def __init__(self):
        self.asked = data.YUQING, data.DRAFTED

    def subject(self):
        return self.asked


class SlowPrinting(FakePrinting):
    """The printer is done when the test says so."""

    def send(self, paper, count=None):
        self.sent.append(paper)
        self.count = count


@pytest.fixture
def whose():
    return Whose()


@pytest.fixture
def side(qtbot, context, whose):
    context.printing = SlowPrinting()
    made = PaperSide(context, whose.subject)
    qtbot.addWidget(made)
    made.resize(360, 500)
    made.show()
    yield made
    context.jobs.close()


def test_a_paper_that_comes_when_another_child_is_on_the_screen_is_not_shown(qtbot, context, side, whose):
    side.draw()
    whose.asked = data.KEXIN, data.DRAFTED
    settle(qtbot, context)
    assert side.view.papers == []
    side.draw()
    settle(qtbot, context)
    assert [paper.visit for paper in side.view.papers] == [data.KEXIN]


def test_while_nobody_is_chosen_there_is_nothing_to_print(qtbot, context, side, whose):
    side.draw()
    settle(qtbot, context)
    assert side.print_button.isEnabled()
    whose.asked = None
    side.show_nothing()
    assert side.view.text() == "选一个孩子，这里显示要打印的交接报告。"
    assert not side.print_button.isEnabled()
    assert not side.save_button.isEnabled()
    side._on_print()  # by its key, before the button was seen to be off
    settle(qtbot, context)
    assert context.printing.sent == []


def test_a_print_counts_for_whose_it_is_though_another_child_is_on_the_screen_by_then(
    qtbot, context, side, whose
):
    papers = []
    context.ask(lambda services: services.papers, papers.append)
    side.draw()
    settle(qtbot, context)
    side.print_button.click()
    whose.asked = data.KEXIN, data.DRAFTED
    settle(qtbot, context)
    context.printing.count()
    settle(qtbot, context)
    assert papers[0].printed_subjects == [("pickup_report", data.YUQING)]


def test_what_was_just_written_is_kept_before_a_click_shows_the_paper_large(qtbot, context, side, whose):
    changed = data.NoteText(prose="予晴今天第一次自己穿鞋。")
    side.about_to_use.connect(lambda: setattr(whose, "asked", (data.YUQING, changed)))
    QTest.mouseClick(side.view, Qt.MouseButton.LeftButton)
    settle(qtbot, context)
    assert [paper.text for paper in context.printing.previewed] == [changed]


def test_nothing_is_saved_when_no_name_was_chosen_for_it(qtbot, context, side, monkeypatch):
    saved = []
    context.printing.save = lambda paper, path: saved.append((paper.visit, path.name))
    monkeypatch.setattr("app.services.papers.file_name", lambda _paper: "朱予晴.pdf")
    side.draw()
    settle(qtbot, context)
    for path in ("", "/tmp/x/朱予晴 12月3日.pdf"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (path, ""))
        side.save_button.click()
        settle(qtbot, context)
    assert saved == [(data.YUQING, "朱予晴 12月3日.pdf")]
