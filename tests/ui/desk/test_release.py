"""The panel when more is asked than who takes her: a call, siblings, papers, money later, a second visit."""

import dataclasses
import types

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.changes import Changes, Done
from app.domain.ids import AdultId, ChildId, GrantId, VisitId
from app.domain.money import Money
from app.services.collecting import CheckOut
from app.services.open_papers import Answer, OpenPaper
from app.services.pickup_card import GrantRow, SiblingRow, code_mark
from app.ui.desk.page import DeskRoom
from app.ui.parent_screen import CodeState, ParentScreen
from app.ui.rooms import Target
from tests.ui import walk
from tests.ui.desk import data, fakes
from tests.ui.desk.test_page import focused
from tests.ui.support import make_context, settle

Key = Qt.Key
YUQING = VisitId(data.YUQING.child + 100)
CUP = OpenPaper("belonging", 7, "水杯", "已交还")
AUNT = GrantRow(
    GrantId(4), "孙丽华", "姑姑", "138****9911 · 妈妈 赵敏 10:20 来电", code_mark("95N3"), used=False
)
SISTER = SiblingRow(VisitId(140), ChildId(40), "朱予安", "妹妹", "小星星", None, ())


class Desk(fakes.FakeDesk):
    """With whatever a test puts on the card."""

    def __init__(self):
        super().__init__()
        self.more = {}

    def prepare(self, actor, visit):
        return dataclasses.replace(super().prepare(actor, visit), **self.more)

    def check_out_together(self, actor, acts):
        done = self.check_out(actor, acts[0])
        self.calls[-1] = acts
        return Done((done.value,), done.changes, done.undo)


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def room(qtbot, desk):
    bundle = fakes.services(desk)
    bundle.noted = []
    bundle.belongings = types.SimpleNamespace(
        note=lambda _actor, visit, words: bundle.noted.append((visit, words)) or Done(1, Changes())
    )
    context = make_context(qtbot, bundle)
    context.printing = fakes.FakePrinting()
    room = DeskRoom(context)
    qtbot.addWidget(room)
    room.resize(1278, 676)
    room.show()
    room.freshen()
    settle(qtbot, context)
    room.bundle = bundle

    def show(**more):
        desk.more = more
        room.entered(Target(child=data.YUQING.child))
        settle(qtbot, context)

    room.show_yuqing = show
    return room


def press(qtbot, room, *keys):
    for key in keys:
        qtbot.keyClick(focused(room), key)
        settle(qtbot, room.context)


def test_who_comes_by_a_call_needs_the_code_and_a_card(room, qtbot, desk):
    room.show_yuqing(grants=(AUNT,))
    view = room.panel.pickup
    press(qtbot, room, Key.Key_4, Key.Key_W)
    assert view.adults.chosen_row.grant == 4
    assert view.code.placeholderText() == "授权码"
    press(qtbot, room, Key.Key_Return)
    assert "授权码" in room.panel.complaint.text()
    press(qtbot, room, Key.Key_M)
    qtbot.keyClicks(view.code, "k7qm")  # the slip's code is not the call's
    assert "授权码不对" in room.panel.complaint.text()
    view.code.selectAll()
    qtbot.keyClicks(view.code, "95n3")
    press(qtbot, room, Key.Key_Return)
    assert "身份证" in room.panel.complaint.text()
    press(qtbot, room, Key.Key_I, Key.Key_Return)
    assert desk.calls == [
        CheckOut(YUQING, None, "grant", "wechat", "95N3", grant=GrantId(4), identity_seen=True)
    ]


def test_the_code_alone_finds_who_comes_by_a_call(room, qtbot, desk):
    room.show_yuqing(grants=(AUNT,))
    press(qtbot, room, Key.Key_M)
    qtbot.keyClicks(room.panel.pickup.code, "95n3")
    assert room.panel.pickup.adults.chosen_row.name == "孙丽华"


@pytest.mark.parametrize(
    ("keys", "code", "state"),
    [
        ((Key.Key_1,), "", CodeState.ASKED),
        ((Key.Key_1,), "k7", CodeState.TYPED),
        ((Key.Key_1,), "k7qm", CodeState.RIGHT),
        ((Key.Key_1,), "zzzz", CodeState.WRONG),  # of yesterday, of another child, or of none
        ((Key.Key_4,), "", CodeState.CALLED),
        ((Key.Key_4,), "95n3", CodeState.RIGHT),
        ((Key.Key_4,), "k7qm", CodeState.DEAD),  # the slip's is not hers
        ((Key.Key_4,), "zzzz", CodeState.DEAD),  # withdrawn, or of another day
        ((), "95n3", CodeState.RIGHT),
    ],
)
def test_the_family_reads_how_the_code_stands_and_never_the_code(room, qtbot, keys, code, state):
    screen = room.context.parents = ParentScreen(room.context.clock)
    room.show_yuqing(grants=(AUNT,))
    press(qtbot, room, *keys)
    if code:
        press(qtbot, room, Key.Key_M)
        qtbot.keyClicks(room.panel.pickup.code, code)
    assert screen.shown.code is state
    assert code.upper() not in state.words or not code


def test_a_code_that_was_used_is_told_to_be_dead(room, qtbot):
    screen = room.context.parents = ParentScreen(room.context.clock)
    room.show_yuqing(grants=(dataclasses.replace(AUNT, used=True),))
    press(qtbot, room, Key.Key_M)
    qtbot.keyClicks(room.panel.pickup.code, "95n3")
    assert screen.shown.code is CodeState.DEAD
    assert screen.shown.code.words == "授权码不对或已作废，请再问家长"


def test_a_code_that_was_used_lets_nobody_go(room, qtbot, desk):
    room.show_yuqing(grants=(dataclasses.replace(AUNT, used=True),))
    press(qtbot, room, Key.Key_4)
    assert room.panel.pickup.adults.chosen is None
    assert "已经用过" in room.panel.complaint.text()


def test_whose_card_was_looked_at_is_looked_at_anew_when_another_takes_her(room, qtbot, desk):
    room.show_yuqing()
    view = room.panel.pickup
    press(qtbot, room, Key.Key_I, Key.Key_1)  # looked at first, then chosen: one person
    assert view.identity.isChecked()
    view.show_pass("C-000038")
    press(qtbot, room, Key.Key_2)
    assert (view.identity.isChecked(), view.pass_card.isChecked()) == (False, False)
    press(qtbot, room, Key.Key_C, Key.Key_Return)
    assert [(one.collector, one.proof, one.identity_seen) for one in desk.calls] == [
        (AdultId(2), "known", False)
    ]


def test_siblings_go_along_with_one_collector_and_one_confirm(room, qtbot, desk):
    paid = dataclasses.replace(SISTER, quote=fakes.QUOTE)
    room.show_yuqing(siblings=(paid,))
    view = room.panel.pickup
    assert view.kin.choice.button("140").text() == "妹妹 朱予安"
    before = view.price.accessibleName()
    press(qtbot, room, Key.Key_1, Key.Key_B)
    assert before != view.price.accessibleName()
    assert "190" in view.price.accessibleName()
    press(qtbot, room, Key.Key_W, Key.Key_Return)
    first, second = desk.calls[0]
    assert first == CheckOut(YUQING, AdultId(1), "known", "wechat")
    assert second == dataclasses.replace(first, visit=VisitId(140))
    room.show_yuqing(siblings=(paid,))


def test_the_sibling_goes_along_on_the_slip_that_was_shown_and_the_act_says_whose(room, qtbot, desk):
    room.show_yuqing(siblings=(SISTER,))
    view = room.panel.pickup
    press(qtbot, room, Key.Key_1, Key.Key_B, Key.Key_C, Key.Key_M)
    qtbot.keyClicks(view.code, "K7QM")
    press(qtbot, room, Key.Key_Return)
    first, second = desk.calls[0]
    assert (first.proof, first.code, first.beside) == ("code", "K7QM", None)
    assert (second.proof, second.code, second.beside) == ("code", "K7QM", first.visit)


def test_open_papers_are_ticked_before_she_goes(room, qtbot, desk):
    room.show_yuqing(papers=(CUP,))
    press(qtbot, room, Key.Key_1, Key.Key_C, Key.Key_Return)
    assert "水杯" in room.panel.complaint.text()
    assert desk.calls == []
    press(qtbot, room, Key.Key_O, Key.Key_Return)
    assert desk.calls == [CheckOut(YUQING, AdultId(1), "known", "cash", answers=(Answer("belonging", 7),))]


def test_money_may_be_put_off_with_a_reason(room, qtbot, desk):
    room.show_yuqing()
    press(qtbot, room, Key.Key_1, Key.Key_Z)
    assert not room.panel.pickup.tender.isVisible()
    room.panel.check_out.setFocus()
    press(qtbot, room, Key.Key_Return)
    assert "理由" in room.panel.complaint.text()
    qtbot.keyClicks(room.panel.pickup.later_reason, "mei dai qian")
    room.panel.check_out.setFocus()
    press(qtbot, room, Key.Key_Return)
    put_off = (Answer("unpaid", YUQING, "mei dai qian"),)
    assert desk.calls == [CheckOut(YUQING, AdultId(1), "known", None, answers=put_off)]


def test_an_old_debt_that_is_ticked_asks_how_it_is_paid(room, qtbot, desk):
    debt = OpenPaper("unpaid", 3, "12月2日托育费 ¥95 没付", "现在收", amount=Money(9500))
    desk.quotes.clear()
    room.show_yuqing(papers=(debt,))
    assert not room.panel.pickup.tender.isVisible()
    press(qtbot, room, Key.Key_1, Key.Key_O)
    assert room.panel.pickup.tender.isVisible()
    press(qtbot, room, Key.Key_Return)
    assert "先选怎么付" in room.panel.complaint.text()


def test_a_thing_is_noted_from_the_panel(room, qtbot, desk):
    room.show_yuqing()
    press(qtbot, room, Key.Key_N)
    qtbot.keyClicks(room.panel.pickup.belonging, "shui bei")
    qtbot.keyClick(room.panel.pickup.belonging, Key.Key_Return)
    settle(qtbot, room.context)
    assert room.bundle.noted == [(YUQING, "shui bei")]
    assert desk.calls == []


def test_who_is_not_on_the_list_is_told_the_two_ways(room, qtbot, desk):
    other = data.adult(8, "孙丽华", "邻居", may_collect=False)
    desk.adults[data.YUQING.child] = (data.MOTHER, other)
    room.show_yuqing()
    press(qtbot, room, Key.Key_2)
    assert "按 P 电话授权，或按 X 园长放行" in room.panel.complaint.text()


def test_a_contract_child_who_left_comes_in_again(room, qtbot, desk):
    room.entered(Target(child=data.GONE.child))
    settle(qtbot, room.context)
    assert room.panel.again.isVisible()
    room.panel.again.click()
    assert room.panel.check_in.isVisible()
    room.refresh()
    settle(qtbot, room.context)
    assert room.panel.check_in.isVisible()  # a redraw does not take the form away
    press(qtbot, room, Key.Key_1, Key.Key_Return)
    assert desk.calls[0].child == data.GONE.child


def test_another_child_ends_the_coming_again(room, qtbot, desk):
    room.entered(Target(child=data.GONE.child))
    settle(qtbot, room.context)
    room.panel.again.click()
    room.show_yuqing()
    room.entered(Target(child=data.GONE.child))
    settle(qtbot, room.context)
    assert room.panel.again.isVisible()


def test_what_she_brings_along_is_typed_at_the_door(room, qtbot, desk):
    desk.adults[data.LEYAO.child] = ()
    room.entered(Target(child=data.LEYAO.child))
    settle(qtbot, room.context)
    room.panel.arrival.belongings.setText("水杯、外套")
    room.panel.check_in.setFocus()
    press(qtbot, room, Key.Key_Return)
    assert desk.calls[0].belongings == "水杯、外套"


def test_old_open_stays_raise_a_banner_that_ends_with_them(room, qtbot, desk):
    raised, ended = [], []
    room.context.messages.banner_raised.connect(raised.append)
    room.context.messages.banner_ended.connect(ended.append)
    desk._board = dataclasses.replace(desk._board, forgotten=2)
    room.refresh()
    settle(qtbot, room.context)
    assert [one.words for one in raised] == ["有 2 名孩子前几天没有办离园，今天不能再入园。"]
    desk._board = dataclasses.replace(desk._board, forgotten=0)
    room.refresh()
    settle(qtbot, room.context)
    assert "desk.forgotten" in ended


def in_sight(room, part):
    """Whether all of it can be seen: nothing scrolled away, nothing cut off."""
    return part.isVisible() and walk.shown_part(part).size() == part.size()


def top(room, part):
    return part.mapTo(room, part.rect().topLeft()).y()


def test_all_that_a_release_needs_is_in_sight_in_the_order_it_is_asked(room, qtbot, desk):
    desk.adults[data.YUQING.child] = (data.GRANDMOTHER, data.MOTHER)
    room.resize(1273, 666)  # what a window of 1366 × 768 leaves the desk
    room.show_yuqing(papers=(CUP,))
    room.window().repaint()
    panel, view = room.panel, room.panel.pickup
    box = view._papers
    asked = [view.adults, view.proofs.code, box, view.price, view.tender, panel.check_out]
    tops = [top(room, part) for part in asked]
    assert tops == sorted(tops)
    shown = [*view.adults._choices, view.code, view.identity, view.grant, view.exception, *asked[2:]]
    assert [part.objectName() for part in shown if not in_sight(room, part)] == []
    assert in_sight(room, panel.foot.more)


def test_the_act_does_not_look_ready_before_what_is_open_is_answered(room, qtbot):
    shirt = OpenPaper("belonging", 8, "替换衣服一套", "已交还")
    room.show_yuqing(papers=(CUP, shirt))
    act = room.panel.check_out
    looks = []
    for keys in ((Key.Key_1, Key.Key_C), (Key.Key_O,), (Key.Key_O,)):
        press(qtbot, room, *keys)
        looks.append((act.property("kind"), act.text(), act.accessibleName()))
    assert looks == [
        ("waiting", "先办上面 2 件", "先办上面 2 件"),
        ("waiting", "先办上面 1 件", "先办上面 1 件"),
        ("primary", "确认接走", "确认接走"),
    ]
    room.show_yuqing(papers=())
    assert act.property("kind") == "primary"


def test_what_is_open_stands_above_the_act_and_scrolls_where_it_is_much(room, qtbot):
    shirt = OpenPaper("belonging", 8, "替换衣服一套", "已交还")
    room.show_yuqing(siblings=(SISTER,), papers=(CUP, shirt))
    panel, view = room.panel, room.panel.pickup
    assert all(in_sight(room, row) for row in view._papers._rows)
    assert not panel._scroll.isAncestorOf(view.settling)
    many = tuple(dataclasses.replace(CUP, subject=number, words=f"水杯 {number}") for number in range(9))
    room.show_yuqing(papers=many)
    assert panel._scroll.isAncestorOf(view.settling)
    assert in_sight(room, panel.check_out)
    for key in (Key.Key_1, *[Key.Key_O] * 9):
        press(qtbot, room, key)
    assert in_sight(room, view._papers._rows[-1])
    press(qtbot, room, Key.Key_B)
    view._papers._rows[0].choice.button("defer").click()
    settle(qtbot, room.context)
    assert in_sight(room, view._papers._rows[0].reason)
    room.show_yuqing(papers=())
    assert not panel._scroll.isAncestorOf(view.settling)


def test_siblings_come_into_sight_as_they_are_lit(room, qtbot):
    room.resize(1278, 560)
    room.show_yuqing(siblings=(SISTER,))
    press(qtbot, room, Key.Key_B)
    assert in_sight(room, room.panel.pickup.kin)


def test_the_question_gives_way_before_anybody_at_the_door_has_to_be_scrolled_to(room, qtbot, desk):
    room.show_yuqing()
    assert room.panel.pickup.asked.isVisible()
    desk.adults[data.YUQING.child] = tuple(
        data.adult(number, f"大人{number}", "妈妈") for number in range(1, 5)
    )
    room.show_yuqing()
    assert not room.panel.pickup.asked.isVisible()
    room.resize(1278, 900)
    settle(qtbot, room.context)
    assert room.panel.pickup.asked.isVisible()


def test_b_lights_all_siblings_or_none(room, qtbot):
    brother = dataclasses.replace(SISTER, visit=VisitId(141), name="朱予宁", kin="哥哥")
    room.show_yuqing(siblings=(brother, SISTER))
    view = room.panel.pickup
    press(qtbot, room, Key.Key_B)
    assert [one.name for one in view.together] == ["朱予宁", "朱予安"]
    press(qtbot, room, Key.Key_B)
    assert view.together == ()
    view.kin.choice.button("140").click()
    assert [one.name for one in view.together] == ["朱予安"]
    room.show_yuqing(siblings=())
    assert view.kin.isHidden()
    assert view.together == ()


def test_the_reason_for_paying_later_is_seen_whole_though_the_sum_grew_by_a_line(room, qtbot):
    shirt = OpenPaper("belonging", 8, "替换衣服一套", "已交还")
    room.resize(1278, 600)
    room.show_yuqing(papers=(CUP, shirt))
    press(qtbot, room, Key.Key_1, Key.Key_Z)
    settle(qtbot, room.context)
    assert in_sight(room, room.panel.pickup.later_reason)


def test_after_a_click_a_digit_is_still_an_adult_and_enter_lets_her_go(room, qtbot, desk):
    room.show_yuqing()
    press(qtbot, room, Key.Key_1)
    tender = room.panel.pickup.tender
    qtbot.mouseClick(tender.button("card"), Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is tender.button("card")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_2)
    assert (tender.value(), room.panel.pickup.adults.chosen) == ("card", AdultId(2))
    qtbot.mouseClick(tender.button("wechat"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    settle(qtbot, room.context)
    assert [(call.collector, call.tender) for call in desk.calls] == [(AdultId(2), "wechat")]
