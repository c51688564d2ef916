"""Open papers: ticked one by one, or put off with a reason."""

import pytest
from PySide6.QtCore import Qt

from app.domain.ids import VisitId
from app.domain.money import Money
from app.services.open_papers import Answer, OpenPaper
from app.ui.desk.papers_box import PapersBox
from tests.ui.support import make_context

CUP = OpenPaper("belonging", 7, "水杯", "已交还")
FEE = OpenPaper("unpaid", 3, "12月2日托育费 ¥95 没付", "现在收", "12月2日：没带钱", Money(9500))
MINE, HERS = VisitId(101), VisitId(102)


@pytest.fixture
def box(qtbot):
    made = PapersBox(make_context(qtbot, None).theme)
    qtbot.addWidget(made)
    made.show_papers([(MINE, "", CUP), (HERS, "朱予安", FEE)])
    made.show()
    return made


def test_each_is_answered_for_its_own_child(box, qtbot):
    assert box.lacking() == CUP
    assert box.settle_next()
    assert box.answers(MINE) == (Answer("belonging", 7),)
    assert box.answers(HERS) == ()
    assert box.settled_money() == ()
    assert box.settle_next()
    assert [paper.amount for _, paper in box.settled_money()] == [Money(9500)]
    assert not box.settle_next()
    assert box.lacking() is None


def test_putting_off_takes_a_reason(box, qtbot):
    row = box._rows[0]
    qtbot.mouseClick(row.choice.button("defer"), Qt.MouseButton.LeftButton)
    assert row.reason.hasFocus() or row.reason.isVisible()
    assert box.lacking() == CUP
    qtbot.keyClicks(row.reason, "zai xi")
    assert box.answers(MINE) == (Answer("belonging", 7, "zai xi"),)


def test_a_redraw_keeps_what_was_answered(box, qtbot):
    box.settle_next()
    box.show_papers([(MINE, "", CUP)])
    assert box.answers(MINE) == (Answer("belonging", 7),)
    box.show_papers([])
    assert box.isHidden()


def test_what_lacks_something_can_only_be_put_off(box, qtbot):
    hurt = OpenPaper("injury", 9, "12月3日 10:20 跌伤：没第二人签", "当面已告知", lacks="先请第二人签字")
    box.show_papers([(MINE, "", hurt)])
    row = box._rows[0]
    assert not row.choice.button("settle").isEnabled()
    assert "先请第二人签字，或按 O 写明以后办的理由" in box.urging()
    assert box.settle_next()
    assert row.choice.value() == "defer"
    assert box.answers(MINE) == ()
    qtbot.keyClicks(row.reason, "yuanzhang waichu")
    assert box.answers(MINE) == (Answer("injury", 9, "yuanzhang waichu"),)
    assert box.urging() == ""


def test_what_lacks_something_again_is_no_longer_settled(box):
    hurt = OpenPaper("injury", 9, "跌伤：没告诉家长", "当面已告知")
    box.show_papers([(MINE, "", hurt)])
    box.settle_next()
    box.show_papers([(MINE, "", OpenPaper("injury", 9, "跌伤", "当面已告知", lacks="先请第二人签字"))])
    assert box.answers(MINE) == ()
