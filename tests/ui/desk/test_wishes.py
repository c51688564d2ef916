"""家长嘱咐 at the desk: the first of them in a line, how many more, and what matters at the door."""

import dataclasses
import datetime as dt

import pytest

from app.domain.changes import Changes, Topic
from app.domain.ids import InstructionId, StaffId
from app.domain.instructions import Category, Instruction, Way
from app.domain.modes import CareMode
from app.domain.staff import Actor, Role
from app.services.desk import ChildCard, RowState
from app.services.instructions import ToHeed
from app.services.pickup import PickupCard
from app.ui.desk import wishes as wishes_of_desk
from app.ui.desk.ink import DeskInk
from app.ui.desk.panel import SidePanel
from app.ui.desk.wishes import DeskWishes, WishLine
from app.ui.widgets import wish_sheet
from tests.ui.desk import data, fakes
from tests.ui.painting import words_on
from tests.ui.support import make_context, settle

CASHIER = Actor(StaffId(4), "钱款", Role.CASHIER)


def wish(category, words):
    kept = Instruction(
        InstructionId(1), data.YUQING.child, "朱予晴", category, words, (), dt.date(2025, 12, 1), None,
        "妈妈", Way.DOOR, data.NOW, "林晓",
    )  # fmt: skip
    return ToHeed(kept, read=False)


NAP, MEAL = wish(Category.NAP, "要抱着小兔子才睡"), wish(Category.MEAL, "少吃一点")
DOOR = wish(Category.PICKUP, "等舅舅来")


@pytest.fixture
def wishes(qtbot):
    bundle = fakes.services()
    asked, found = [], {}
    bundle.classes.instructions.for_child = lambda _actor, child: asked.append(child) or found.get(child, ())
    context = make_context(qtbot, bundle)
    panel = SidePanel(DeskInk.of(context.theme))
    qtbot.addWidget(panel)
    made = DeskWishes(context, panel)
    made.context, made.panel, made.asked, made.found = context, panel, asked, found
    made.settle = lambda: settle(qtbot, context)
    return made


def test_the_first_wish_is_said_with_how_many_more_there_are(wishes):
    wishes.found[data.LEYAO.child] = (NAP, MEAL)
    wishes.panel.show_card(ChildCard(data.LEYAO, (data.MOTHER,), ""))
    wishes.settle()
    assert wishes.line.text() == "睡眠：要抱着小兔子才睡（共 2 条）"
    assert wishes.line.accessibleName() == "家长嘱咐 睡眠：要抱着小兔子才睡（共 2 条）"
    assert not wishes.line.isHidden()


def test_while_she_is_inside_only_what_concerns_her_going_home_is_said(wishes):
    wishes.found[data.YUQING.child] = (NAP, DOOR)
    card = PickupCard(data.YUQING.visit, data.CARD, "K7QM", None, "", False, None)
    wishes.panel.show_pickup(card)
    wishes.settle()
    assert wishes.line.text() == "接送：等舅舅来"


def test_as_she_comes_in_and_goes_the_line_says_what_matters_then(wishes):
    wishes.found[data.YUQING.child] = (NAP, DOOR)
    coming = dataclasses.replace(data.YUQING, state=RowState.EXPECTED, visit=None, mode=CareMode.FULL_DAY)
    wishes.panel.show_card(ChildCard(coming, (data.MOTHER,), ""))
    wishes.settle()
    assert wishes.line.text() == "睡眠：要抱着小兔子才睡（共 2 条）"
    wishes.panel.show_pickup(PickupCard(data.YUQING.visit, data.CARD, "K7QM", None, "", False, None))
    assert wishes.line.text() == "接送：等舅舅来"
    wishes.panel.show_card(ChildCard(coming, (data.MOTHER,), ""))  # as after 撤销, or when she comes again
    assert wishes.line.text() == "睡眠：要抱着小兔子才睡（共 2 条）"
    wishes.settle()
    assert wishes.asked == [data.YUQING.child]


def test_another_child_says_nothing_of_the_last_ones_and_none_is_a_line_less(wishes):
    wishes.found[data.LEYAO.child] = (NAP,)
    wishes.panel.show_card(ChildCard(data.LEYAO, (), ""))
    wishes.settle()
    wishes.panel.show_card(ChildCard(data.SIRUI, (), ""))
    assert wishes.line.isHidden()  # at once, before hers have been read
    wishes.settle()
    assert (wishes.line.text(), wishes.line.isHidden()) == ("", True)


def test_they_are_read_again_when_wishes_change_and_not_with_every_act(wishes):
    wishes.panel.show_card(ChildCard(data.LEYAO, (), ""))
    wishes.settle()
    for topic in (Topic.VISITS, Topic.INSTRUCTIONS):
        wishes.context.bus.tell(Changes(frozenset({topic})), None)
        wishes.settle()
    assert wishes.asked == [data.LEYAO.child] * 2


def test_who_may_note_no_wish_is_told_who_may(wishes, monkeypatch):
    opened, said = [], []
    monkeypatch.setattr(wish_sheet, "open_wishes", lambda _context, subject: opened.append(subject.name))
    wishes.context.messages.said.connect(lambda notice: said.append(notice.words))
    wishes.open()  # nobody is chosen
    wishes.panel.show_row(data.LEYAO)
    wishes.context.sign_in(CASHIER)
    wishes.open()
    assert (opened, said) == ([], ["收费员不能记嘱咐，请前台或老师登录。"])
    wishes.context.sign_in(Actor(StaffId(3), "许静", Role.TEACHER))
    wishes.open()
    assert opened == ["周乐瑶"]


def test_a_long_wish_gives_way_to_its_key_and_is_whole_to_who_listens(qtbot, context, monkeypatch):
    line = WishLine(context.theme)
    qtbot.addWidget(line)
    words = "接送：" + "等舅舅来了再走，" * 12
    line.show_words(words)
    line.resize(300, 44)
    painted = words_on(line, wishes_of_desk, monkeypatch)
    assert painted[-1].endswith("…")
    assert painted[0] == "F5"
    assert (line.accessibleName(), line.toolTip()) == (f"家长嘱咐 {words}", words)
