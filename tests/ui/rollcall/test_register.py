"""The register of roll calls: a line says how it went, what is typed is not taken away."""

import datetime as dt

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QPlainTextEdit, QStyleOptionViewItem

from app.domain.ids import RollCallId
from app.domain.rollcall import Call, CallKind, CallNote
from app.services.rollcall import PastCall
from app.ui.rollcall.models import PastModel
from app.ui.rollcall.register import PastDelegate, RegisterPage
from tests.ui.support import DIRECTOR, STORY, Heard


def past(number, kind=CallKind.DRILL, plan="火灾", *, missing=0, took="4 分 12 秒", note=None):
    started = STORY - dt.timedelta(days=number)
    call = Call(RollCallId(number), kind, plan, started, "周敏")
    return PastCall(call, 83, missing, took, note or CallNote())


@pytest.fixture
def page(ground):
    ground.context.sign_in(DIRECTOR)
    made = ground.put(RegisterPage(ground.context))
    made.kept, made.printed, made.looked = [], [], []
    made.keep_wanted.connect(lambda call, note: made.kept.append((call.call.id, note)))
    made.print_wanted.connect(lambda call: made.printed.append(call.call.id))
    made.preview_wanted.connect(lambda call: made.looked.append(call.call.id))
    return made


def box(page, name):
    return page.findChild(QPlainTextEdit, f"rollcall.past_note.{name}")


def painted(theme, call):
    model = PastModel()
    model.replace([call])
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 340, theme.px(66))
    ground = QPixmap(340, 80)
    painter = Heard(ground)
    PastDelegate(theme).paint(painter, option, model.index(0))
    painter.end()
    assert painter.cut == []
    return [said for _room, said in painter.words]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (past(1), ["演练", "2025-12-02 13:52　火灾", "83 人 · 全部找到 · 4 分 12 秒 · 周敏"]),
        (
            past(1, CallKind.REAL, "", missing=2),
            ["真实", "2025-12-02 13:52", "83 人 · 未到 2 人 · 4 分 12 秒 · 周敏"],
        ),
        (past(1, took=""), ["演练", "2025-12-02 13:52　火灾", "83 人 · 全部找到 · 还没有结束 · 周敏"]),
    ],
)
def test_a_line_says_when_and_of_what_kind_and_whether_everybody_was_found(ground, call, words):
    found = painted(ground.context.theme, call)
    assert found[-2:] == words[1:]
    assert call.call.kind.label in found[0]


def test_a_plan_without_end_stays_within_its_line(ground):
    assert painted(ground.context.theme, past(1, plan="地震和煤气泄漏，" * 20))[-2].endswith("…")


def test_before_the_first_call_it_says_what_comes_here_and_no_key_does_anything(ground, page):
    page.show_calls(())
    ground.settle()
    assert "演练以后在这里补记问题和改进，打印存档。" in ground.words()
    ground.press(Qt.Key.Key_F5)
    ground.press(Qt.Key.Key_P, Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert (page.kept, page.printed, page.looked) == ([], [], [])


def test_the_chosen_call_is_printed_looked_at_and_noted(ground, page):
    page.show_calls([past(1), past(2, note=CallNote(problems="门口堵了"))])
    page.list.setCurrentIndex(page.list.model().index(1))
    assert box(page, "problems").toPlainText() == "门口堵了"
    box(page, "improvements").setPlainText("12月5日前清走推车")
    ground.press(Qt.Key.Key_F5)
    ground.press(Qt.Key.Key_P, Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert (page.printed, page.looked) == ([2], [2])
    assert page.kept == [(2, CallNote(problems="门口堵了", improvements="12月5日前清走推车"))]


def test_a_fresh_list_leaves_the_chosen_call_and_what_is_being_typed(ground, page):
    calls = [past(1), past(2)]
    page.show_calls(calls)
    page.list.setCurrentIndex(page.list.model().index(1))
    box(page, "course").setPlainText("从后门撤到操场")
    page.show_calls([past(0), *calls])
    assert page.chosen().call.id == 2
    assert box(page, "course").toPlainText() == "从后门撤到操场"
    page.choose_first()
    assert page.chosen().call.id == 0
    assert box(page, "course").toPlainText() == "", "words of one call are not put under another"


def test_a_note_kept_elsewhere_is_shown_though_the_call_is_the_same(page):
    page.show_calls([past(1)])
    page.show_calls([past(1, note=CallNote(remarks="消防站来看过"))])
    assert box(page, "remarks").toPlainText() == "消防站来看过"
