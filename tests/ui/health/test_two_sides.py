"""A list and the one that is lit: told whole, refused in a word, in one column where it is narrow."""

import pytest
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.errors import RuleError
from app.domain.looks import Tone
from app.ui.health.two_sides import DetailCard, TwoSides
from app.ui.widgets.records import Record, Shape
from tests.ui.support import DESK


class Pages(TwoSides):
    """A page that notes what it shows."""

    key = "pages"
    narrow_list = Shape.STRIP

    def __init__(self, context):
        super().__init__(context, "记录", "还没有记录")
        self.reads, self.told, self.narrow = 0, [], []

    def freshen(self):
        self.reads += 1

    def show_one(self, key):
        self.told.append(key)

    def reshape(self, narrow):
        self.narrow.append(narrow)


@pytest.fixture
def page(ground):
    return ground.put(Pages(ground.context))


def shown(card):
    return [one.text() for one in card.findChildren(QLabel) if not one.isHidden() and one.text()]


def test_another_one_takes_every_line_of_the_one_before_with_it(ground):
    card = ground.put(DetailCard(ground.context, "test.detail"))

    def show(*what):
        card.show_lines(*what)
        ground.settle()

    show("磕碰", [("经过", "跑的时候摔了"), ("处理", "冷敷")], ["13:50 许静：又看过"], "后来的")
    assert shown(card) == ["磕碰", "经过", "跑的时候摔了", "处理", "冷敷", "后来的", "13:50 许静：又看过"]
    show("咬伤", [("经过", "抢玩具")], [], "后来的")
    assert shown(card) == ["咬伤", "经过", "抢玩具"], "no heading over nothing"
    show("", ())
    assert shown(card) == []


def test_who_is_lit_is_told_and_so_is_that_nobody_is(page):
    page.show_records([Record(1, "朱予晴", ""), Record(2, "何宇轩", "")], 2)
    page.show_records([])
    assert page.told == [2, None]


def test_a_refusal_is_a_notice_and_the_page_is_read_again(ground, page):
    done = []
    ground.verbs.refusals["health.pages.close"] = RuleError("还没有告诉家长。")
    for _ in range(2):
        page.act(lambda s: s.health.pages.close(DESK, 1), done.append)
        ground.settle()
    assert (ground.notices, ground.tones) == (["还没有告诉家长。"], [Tone.WARN])
    assert (page.reads, done) == (2, [None])


def test_a_fault_of_the_program_is_no_notice(ground, page):
    error = ZeroDivisionError()
    ground.verbs.refusals["health.pages.close"] = error
    page.act(lambda s: s.health.pages.close(DESK, 1))
    ground.qtbot.waitUntil(lambda: page.reads == 1)
    assert ground.context.crashes == [error]
    assert ground.notices == []
    ground.context.crashes.clear()


def test_the_band_is_there_only_with_words(page):
    page.say_band("有两份还没有签字")
    assert page.band.isVisible()
    page.say_band("")
    assert not page.band.isVisible()


def test_where_two_columns_have_no_room_the_list_is_a_strip_and_a_list_again(qtbot, ground):
    frame = QWidget()
    qtbot.addWidget(frame)
    page = Pages(ground.context)
    QVBoxLayout(frame).addWidget(page)
    frame.resize(1000, 600)
    frame.show()
    for width, way in (
        (1000, QBoxLayout.Direction.LeftToRight),
        (600, QBoxLayout.Direction.TopToBottom),
        (1000, QBoxLayout.Direction.LeftToRight),
    ):
        frame.resize(width, 600)
        qtbot.waitUntil(lambda way=way: page._body.direction() == way)
        assert (page.list._shape is Shape.STRIP) is (width == 600)
    assert page.narrow == [True, False]


def test_while_a_sheet_is_up_nothing_is_laid_over_it(ground, page):
    assert page.free
    ground.host.setEnabled(False)
    assert not page.free
