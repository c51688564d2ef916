"""本机: looks, the data folder, and genuine papers."""

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.looks import Tone
from app.services.seals import Verdict
from app.ui.settings.machine_page import MachinePage
from tests.ui.support import make_context, settle


class Seals:
    def verify(self, _actor, text):
        return Verdict(True, "真", f"{text} 是真的。", Tone.OK)


@pytest.fixture
def page(qtbot):
    context = make_context(qtbot, SimpleNamespace(seals=Seals()))
    page = MachinePage(context)
    qtbot.addWidget(page)
    page.show()
    yield page
    context.theme.apply(QApplication.instance(), "light", 100)


def test_theme_and_font_change_at_once(page):
    page._theme_choice.button("dark").click()
    page._scale_choice.button("150").click()
    assert (page.context.theme.name, page.context.theme.metrics.scale) == ("dark", 1.5)


def test_a_seal_is_checked_with_enter_and_the_verdict_goes_when_it_is_changed(page, qtbot):
    qtbot.keyClicks(page._seal.edit, "TDH1")
    page._seal.edit.returnPressed.emit()
    settle(qtbot, page.context)
    assert page._verdict.chip.words == "真"
    assert page._verdict_words.text() == "TDH1 是真的。"
    qtbot.keyClicks(page._seal.edit, "2")
    assert page._verdict.chip.words == ""


def test_nothing_to_check_is_said(page):
    page._on_check_clicked()
    assert page._seal.problem == "请先扫码，或把码打进来。"


def test_the_path_is_copied(page):
    page._on_copy_clicked()
    assert QApplication.clipboard().text() == str(page.context.data)
