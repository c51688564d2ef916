"""What is to be settled beside the act: only what there is, papers first, and no taller than it says."""

import pytest
from PySide6.QtCore import Qt

from app.domain.ids import VisitId
from app.domain.money import Money
from app.services.open_papers import OpenPaper
from app.ui.desk.due import Due, DueLine
from app.ui.desk.papers_box import PapersBox
from app.ui.desk.settling import Settling

CUP = OpenPaper("belonging", 7, "水杯", "已交还")
TWO = Due((DueLine("半日临时托", Money(8000)), DueLine("午餐", Money(1500))), Money(9500))


@pytest.fixture
def settling(qtbot, ink):
    made = Settling(ink)
    qtbot.addWidget(made)
    made.price.show_due(TWO)
    return made


@pytest.fixture
def papers(settling, context):
    made = PapersBox(context.theme)
    settling.take_papers(made)
    return made


def test_only_what_there_is_is_shown_and_nothing_takes_no_room(settling):
    settling.show_parts(price=True, tender=False, papers=True)
    assert (settling.isHidden(), settling.price.isHidden(), settling.tender.isHidden()) == (
        False,
        False,
        True,
    )
    settling.show_parts(price=False, tender=False, papers=True)
    assert settling.isHidden()
    assert settling.wanted() == 0


def test_papers_without_anything_open_are_not_shown_and_else_stand_above_the_money(settling, papers, qtbot):
    settling.show_parts(price=True, tender=True, papers=True)
    assert papers.isHidden()
    papers.show_papers([(VisitId(101), "", CUP)])
    settling.show_parts(price=True, tender=True, papers=True)
    settling.resize(360, 400)
    settling.show()
    qtbot.waitExposed(settling)
    assert papers.geometry().bottom() < settling.price.y() < settling.tender.y()
    settling.show_parts(price=True, tender=True, papers=False)
    assert papers.isHidden()


def test_it_asks_for_as_much_room_as_it_takes(settling):
    heights = []
    for price, tender in ((False, False), (True, False), (True, True)):
        settling.show_parts(price=price, tender=tender, papers=False)
        heights.append(settling.wanted())
    assert heights == sorted(set(heights))
    settling.set_tight(True)
    assert settling.wanted() < heights[-1]  # in one line


def test_a_way_of_paying_clicked_leaves_digits_and_enter_to_the_desk(settling, qtbot):
    settling.show_parts(price=True, tender=True, papers=False)
    settling.show()
    button = settling.tender.button("wechat")
    assert button.toolTip() == "微信：按 W"
    button.click()
    qtbot.keyClick(settling.tender, Qt.Key.Key_1)
    assert settling.tender.value() == "wechat"
