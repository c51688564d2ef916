"""The screen that faces the parents follows the desk: the same sum, the same child, nobody else's words."""

import dataclasses
import datetime as dt
import types

import pytest
from PySide6.QtCore import Qt

from app.domain.changes import Done
from app.domain.ids import ReceiptId, VisitId
from app.domain.money import Money
from app.domain.pricing import PriceLine, Quote
from app.domain.staff import Actor
from app.services.desk import RowState
from app.services.open_papers import OpenPaper
from app.services.pickup import Departed
from app.ui.desk.page import DeskRoom
from app.ui.parent_screen import STAY, Face, ParentScreen, Shown
from app.ui.rooms import Target
from tests.ui.desk import data, fakes
from tests.ui.desk.test_page import focused
from tests.ui.desk.test_release import AUNT, SISTER, YUQING
from tests.ui.support import DIRECTOR, make_context, settle

Key = Qt.Key
DEBT = OpenPaper(
    "unpaid", 3, "12月2日托育费 ¥50.00 没付", "现在收", amount=Money(5000), purpose="12月2日托育费"
)
LATE = PriceLine("late", "延时托管", 1, "次", Money(1500), Money(1500))
DEARER = Quote((*fakes.QUOTE.lines, LATE), Money(11000), "")
FEES = {1: Money(9500), 2: Money(5000), 3: Money(11000)}


class Desk(fakes.FakeDesk):
    """Gives the receipts a test says."""

    def __init__(self):
        super().__init__()
        self.more, self.gives = {}, {"receipt": ReceiptId(1)}

    def prepare(self, actor, visit):
        card = super().prepare(actor, visit)
        given = self.gives.get("receipt") if card.card.row.state is RowState.LEFT else None
        return dataclasses.replace(card, receipt=given, **self.more)

    def check_out(self, actor, leaving):
        done = super().check_out(actor, leaving)
        return Done(dataclasses.replace(done.value, **self.gives), done.changes, done.undo)

    def check_out_together(self, actor, acts):
        done = self.check_out(actor, acts[0])
        sister = Departed(acts[1].visit, "朱予安", "奶奶 王秀兰", data.NOW, ReceiptId(3))
        return Done((done.value, sister), done.changes, done.undo)

    def issue(self, _actor, visit, tender):
        self.calls.append((visit, tender))
        self.gives = {"receipt": ReceiptId(1)}
        return Done(ReceiptId(1))


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def room(qtbot, desk):
    bundle = fakes.services(desk)
    bundle.cashier = desk
    bundle.pins = types.SimpleNamespace(holders=lambda _actor: ())
    bundle.papers.receipt = lambda _actor, key: types.SimpleNamespace(
        total=FEES[key], seal="TDH1.R.2025-000018.K7Q2M9XA4C", number=key
    )
    context = make_context(qtbot, bundle)
    context.printing = fakes.FakePrinting()
    context.moment = data.NOW
    context.parents = ParentScreen(lambda: context.moment)
    room = DeskRoom(context)
    qtbot.addWidget(room)
    room.resize(1278, 676)
    room.show()
    room.freshen()
    settle(qtbot, context)

    def look_at(child=data.YUQING.child, **more):
        desk.more = more
        room.entered(Target(child=child))
        settle(qtbot, context)

    room.look_at = look_at
    return room


@pytest.fixture
def press(qtbot, room):
    def do(*keys):
        for key in keys:
            qtbot.keyClick(focused(room), key)
            settle(qtbot, room.context)

    return do


def shown(room):
    """What stands there; while a family is served, exactly what the box of the desk charges."""
    found = room.context.parents.shown
    if found.face is Face.SERVING and not room.panel.pickup.price.isHidden():
        assert room.panel.pickup.price.due == found.due.yuan_words
    return found


def test_the_sum_follows_the_desk_while_she_is_served(room, press, qtbot, desk):
    sister = dataclasses.replace(SISTER, quote=fakes.QUOTE)
    room.look_at(siblings=(sister,), papers=(DEBT,))
    assert shown(room) == Shown(), "looking at her serves nobody"
    press(Key.Key_1)
    assert shown(room).due == Money(9500)
    press(Key.Key_B)
    assert shown(room).due == Money(19000)
    press(Key.Key_O)
    assert shown(room).due == Money(24000)
    desk.quotes[data.YUQING.child] = DEARER  # the grace is over
    room.refresh()
    settle(qtbot, room.context)
    assert shown(room).due == Money(25500)
    press(Key.Key_Z)
    assert (shown(room).due, shown(room).put_off) == (Money(14500), Money(11000))
    room.panel.pickup.later.click()
    press(Key.Key_B)
    assert shown(room).due == Money(16000)


@pytest.mark.parametrize("first", [Key.Key_1, Key.Key_C, Key.Key_Z, Key.Key_I, Key.Key_X, Key.Key_N])
def test_whatever_begins_the_act_is_seen_or_says_nothing_of_her(room, press, first):
    room.look_at()
    press(first)
    says = first in {Key.Key_1, Key.Key_C, Key.Key_Z, Key.Key_X}  # a thing noted hands nobody back
    assert (shown(room).face is Face.SERVING) is says


def test_money_put_off_is_never_said_to_be_paid(room, press, qtbot, desk):
    desk.gives = {"receipt": None}
    room.look_at()
    press(Key.Key_1, Key.Key_Z)
    qtbot.keyClicks(room.panel.pickup.later_reason, "mei dai qian")
    assert shown(room).put_off == Money(9500)
    room.panel.check_out.setFocus()
    press(Key.Key_Return)
    assert shown(room) == Shown(Face.THANKS, "予＊")


def test_thanks_say_what_the_receipts_say_and_not_what_was_shown(room, press, desk):
    desk.gives = {"receipt": ReceiptId(3)}  # by the clock of the disk she stayed a minute longer
    room.look_at()
    press(Key.Key_1, Key.Key_C, Key.Key_Return)
    found = shown(room)
    assert (found.face, found.paid, found.receipts, bool(found.qr)) == (Face.THANKS, Money(11000), 1, True)


def test_several_receipts_are_added_up_and_all_printed(room, press, desk):
    desk.gives = {"receipt": ReceiptId(1), "settled": (ReceiptId(2),)}
    room.look_at(siblings=(SISTER,), papers=(DEBT,))
    press(Key.Key_1, Key.Key_B, Key.Key_O, Key.Key_C, Key.Key_Return)
    found = shown(room)
    assert (found.paid, found.receipts) == (Money(25500), 3)
    assert found.qr == b"", "the code of one would stand beside the sum of three"
    assert [paper.number for paper in room.context.printing.sent] == [1, 2, 3]


def test_another_child_takes_the_last_family_away_thanked_or_not(room, press):
    room.look_at()
    press(Key.Key_1)
    room.look_at(data.LEYAO.child)
    assert shown(room) == Shown()
    room.look_at()
    press(Key.Key_1, Key.Key_C, Key.Key_Return)
    assert shown(room).paid == Money(9500)
    room.look_at(data.LEYAO.child)
    assert shown(room) == Shown()


@pytest.mark.parametrize("thanked", [False, True])
def test_another_person_at_the_desk_takes_it_away(room, press, qtbot, thanked):
    room.look_at()
    press(Key.Key_1, Key.Key_C, *((Key.Key_Return,) if thanked else ()))
    assert shown(room).face is (Face.THANKS if thanked else Face.SERVING)
    room.context.sign_in(Actor(DIRECTOR.id, DIRECTOR.name, DIRECTOR.role))
    settle(qtbot, room.context)
    assert shown(room) == Shown()
    if not thanked:  # and goes on with the act where that person goes on
        press(Key.Key_W)
        assert shown(room).due == Money(9500)


@pytest.mark.parametrize("thanked", [False, True])
def test_another_room_takes_it_away(room, press, thanked):
    room.look_at()
    press(Key.Key_1, Key.Key_C, *((Key.Key_Return,) if thanked else ()))
    room.hide()
    assert shown(room) == Shown()
    room.show()
    assert shown(room) == Shown()


def test_escape_leaves_the_act_and_the_panel_takes_it_up_again(room, press, qtbot):
    room.look_at()
    press(Key.Key_1)
    room.escape()
    assert shown(room) == Shown()
    room.refresh()
    settle(qtbot, room.context)
    assert shown(room) == Shown(), "a redraw is no act"
    press(Key.Key_Return)  # from the list back to the panel
    assert shown(room).due == Money(9500)


def test_a_long_look_for_an_identity_card_loses_neither_the_act_nor_the_thanks(room, press):
    room.look_at()
    press(Key.Key_1, Key.Key_C)
    room.context.moment += 20 * STAY
    room.context.parents.tick()
    assert shown(room).due == Money(9500)
    press(Key.Key_Return)
    assert (shown(room).paid, bool(shown(room).qr)) == (Money(9500), True)
    room.context.moment += STAY + dt.timedelta(seconds=1)
    room.context.parents.tick()
    assert shown(room) == Shown()


def test_thanks_go_with_the_departure_that_is_taken_back(room, press, qtbot, desk):
    room.look_at()
    press(Key.Key_1, Key.Key_C, Key.Key_Return)
    assert shown(room).paid == Money(9500)
    desk.undo_check_out(None, YUQING)
    room.refresh()
    settle(qtbot, room.context)
    assert shown(room) == Shown()


def test_thanks_come_when_the_director_lets_her_go_with_somebody_else(room, press, qtbot):
    room.look_at(grants=(AUNT,))
    room._acts.handed_back.emit((Departed(YUQING, "朱予晴", "姑姑 孙丽华", data.NOW, ReceiptId(1)),))
    settle(qtbot, room.context)
    assert shown(room).paid == Money(9500)


def test_a_departure_that_ends_after_the_desk_has_turned_thanks_nobody(room, press, qtbot):
    room.look_at(data.LEYAO.child)
    room._acts.handed_back.emit((Departed(YUQING, "朱予晴", "奶奶 王秀兰", data.NOW, ReceiptId(1)),))
    settle(qtbot, room.context)
    assert shown(room) == Shown()


def test_a_receipt_issued_later_is_announced_and_thanked_for(room, press, desk):
    desk.gives = {"receipt": None}
    room.look_at()
    press(Key.Key_1, Key.Key_C, Key.Key_Return)
    assert shown(room) == Shown(Face.THANKS, "予＊")
    room.panel.reissue.setFocus()
    press(Key.Key_W)
    assert shown(room) == Shown(Face.SERVING, "予＊", "正在补开收据", due=Money(9500))
    press(Key.Key_Return)
    assert (shown(room).face, shown(room).paid) == (Face.THANKS, Money(9500))


def test_an_arrival_is_announced_once_somebody_brings_her_and_thanked_for(room, press):
    room.look_at(data.LEYAO.child)
    press(Key.Key_1)
    assert shown(room).act == "正在办理入园"
    press(Key.Key_Return)
    assert shown(room).face is Face.THANKS


def test_an_arrival_worked_through_the_list_thanks_nobody_while_the_next_stands_there(room, press):
    room.look_at(data.LEYAO.child)
    room.lists.take_focus(data.LEYAO.child)
    press(Key.Key_Return, Key.Key_1)
    assert shown(room).face is Face.SERVING
    faces = []
    room.context.parents.listen(lambda: faces.append(room.context.parents.shown.face))
    press(Key.Key_Return)
    assert shown(room) == Shown()
    assert Face.THANKS not in faces


def test_opened_in_the_midst_of_an_act_it_shows_it(room, press, qtbot):
    screen, room.context.parents = room.context.parents, None
    room.look_at()
    press(Key.Key_1)
    room.context.parents = screen
    room.refresh()
    settle(qtbot, room.context)
    assert shown(room).due == Money(9500)


def test_what_comes_late_of_a_card_while_another_room_is_in_front_changes_nothing(room, press, qtbot):
    room.look_at()
    press(Key.Key_1)
    room.hide()
    ticket = room.context.parents.thank(data.LEYAO.child, "区乐瑶", "")  # as the intake does
    room._read_card(data.YUQING.child)
    settle(qtbot, room.context)
    assert shown(room).face is Face.THANKS
    assert ticket


def test_siblings_are_thanked_for_by_the_child_at_the_door(room, press):
    room.look_at(siblings=(SISTER,))
    press(Key.Key_1, Key.Key_B, Key.Key_C, Key.Key_Return)
    assert (shown(room).called, shown(room).paid) == ("予＊", Money(20500))
    assert room.panel.row.visit == YUQING != VisitId(140)
