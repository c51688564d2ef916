"""The sheet below the search box."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.domain.ids import ChildId, ClassId, VisitId
from app.domain.looks import Chip, Tone
from app.domain.modes import CareMode
from app.services.desk import ChildRow, RowState
from app.services.seals import Verdict
from app.ui.rooms import Target
from app.ui.shell.finder import Finder
from app.ui.widgets.fields import SearchBox
from tests.ui.support import make_context, settle


def row(number, name):
    return ChildRow(
        child=ChildId(number),
        visit=VisitId(number),
        state=RowState.PRESENT,
        name=name,
        nickname="",
        sex="f",
        age_words="2岁3个月",
        class_id=ClassId(1),
        class_name="抱抱龙",
        colour="#6B9A4B",
        mode=CareMode.FULL_DAY,
        mode_words="全日托",
        allergies=(),
        allergy_unknown=False,
        expected_minute=None,
        arrived_at=None,
        promised_at=None,
        left_at=None,
        collected_by="",
        overdue_minutes=0,
        chip=Chip("正常"),
    )


class Desk:
    asked: list[str]

    def __init__(self):
        self.asked = []

    def find(self, _actor, text, _limit=12):
        self.asked.append(text)
        return tuple(row(n, name) for n, name in ((1, "张沐阳"), (2, "张予")) if text.startswith("z"))


class Seals:
    def verify(self, _actor, text):
        if text.upper() == "K7M2":
            return Verdict(True, "真", "今天的接送码", Tone.OK, VisitId(9))
        return Verdict(False, "假", "不是本中心发出的。", Tone.BAD)


@pytest.fixture
def stage(qtbot):
    services = SimpleNamespace(desk=Desk(), seals=Seals())
    context = make_context(qtbot, services)
    host = QWidget()
    host.resize(900, 600)
    qtbot.addWidget(host)
    box = SearchBox(context.theme, context.icons, "desk.search", "找孩子", "Ctrl K")
    QVBoxLayout(host).addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
    finder = Finder(context, box, host)
    host.show()
    chosen = []
    finder.chosen.connect(chosen.append)
    return SimpleNamespace(
        context=context, host=host, box=box, finder=finder, chosen=chosen, services=services
    )


def typed(qtbot, stage, text):
    qtbot.keyClicks(stage.box, text)
    qtbot.wait(120)
    settle(qtbot, stage.context)


def test_arrows_walk_the_results_and_enter_takes_one(qtbot, stage):
    typed(qtbot, stage, "zh")
    assert stage.finder.isVisible()
    qtbot.keyClick(stage.box, Qt.Key.Key_Down)
    qtbot.keyClick(stage.box, Qt.Key.Key_Return)
    assert stage.chosen == [Target(child=ChildId(2), visit=VisitId(2))]
    assert stage.box.text() == ""
    assert stage.finder.isHidden()


def test_enter_before_the_answer_takes_the_first_when_it_comes(qtbot, stage):
    qtbot.keyClicks(stage.box, "zh")
    qtbot.keyClick(stage.box, Qt.Key.Key_Return)
    settle(qtbot, stage.context)
    assert stage.chosen == [Target(child=ChildId(1), visit=VisitId(1))]


def test_fast_typing_asks_once(qtbot, stage):
    typed(qtbot, stage, "zhang")
    assert stage.services.desk.asked == ["zhang"]


def test_an_answer_to_an_older_question_is_dropped(qtbot, stage):
    qtbot.keyClicks(stage.box, "zh")
    stage.finder._search()
    qtbot.keyClick(stage.box, Qt.Key.Key_Escape)
    settle(qtbot, stage.context)
    assert stage.finder.isHidden()


def test_a_pickup_code_is_checked_when_no_child_has_that_name(qtbot, stage):
    typed(qtbot, stage, "K7M2")
    assert stage.chosen == [Target(visit=VisitId(9), act="code")]
    assert stage.finder.findChild(QLabel, "finder.title").text() == "真"


def test_a_seal_is_checked_and_stays_on_show(qtbot, stage):
    typed(qtbot, stage, "TDH1.R.2025-000001.AAAAAAAAAA")
    assert stage.services.desk.asked == []
    assert stage.finder.findChild(QLabel, "finder.title").text() == "假"
    assert stage.chosen == []


def test_long_words_do_not_break_the_sheet(qtbot, stage):
    stage.box.setText("x" * 10_000)
    stage.box.textEdited.emit(stage.box.text())
    qtbot.wait(120)
    settle(qtbot, stage.context)
    assert len(stage.finder.findChild(QLabel, "finder.title").text()) < 40
