"""What the desk lays over itself, by real keys on the practice centre: ringing, excusing, asking after."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import ChildId, StaffId, VisitId
from app.domain.staff import Actor, Role
from app.services.collecting import CheckOut
from app.services.forgotten import ForgottenStay
from app.services.pins import Holder, Second, SecondPersonError
from app.store.absences import FollowUp
from app.store.releases import OpenStay
from app.ui.desk.absence_sheet import AbsenceSheet
from app.ui.desk.exception_sheet import ExceptionSheet
from app.ui.desk.forgotten_sheet import ForgottenSheet, _read_left
from app.ui.desk.page import DeskRoom
from app.ui.desk.ring_sheet import RingSheet
from app.ui.desk.trace_sheet import TraceSheet
from app.ui.tour.player import PaintWatch
from db.practice_release import PINS
from tests.ui.desk import data
from tests.ui.support import DIRECTOR, make_context, settle


@pytest.fixture
def room(qtbot, services, actors):
    context = make_context(qtbot, services, actor=actors[Role.FRONT_DESK])
    outer, host = QWidget(), QWidget()
    qtbot.addWidget(outer)
    outer.resize(1366, 768)
    layout = QVBoxLayout(outer)
    layout.addWidget(host)
    context.host = host
    room = DeskRoom(context)
    room.outer = outer  # Qt keeps no parent alive
    inside = QVBoxLayout(host)
    for widget in (*room.top_widgets(), room):
        inside.addWidget(widget)
    outer.show()
    outer.activateWindow()
    room.freshen()
    settle(qtbot, context)
    return room


def choose(room, qtbot, name):
    row = next(
        one for one in room._board.expected + room._board.due + room._board.present if one.name == name
    )
    room._select(row)
    room._reach_panel()
    settle(qtbot, room.context)
    return row


def press(room, key):
    QTest.keyClick(room.window().focusWidget() or room, key)


def sheet(room, qtbot, kind):
    qtbot.waitUntil(lambda: bool(room.window().findChildren(kind)), timeout=3000)
    return room.window().findChildren(kind)[0]


def test_l_rings_and_one_key_notes_it_on_the_row(room, qtbot):
    choose(room, qtbot, "王梓萱")
    assert not room.panel.ring.isHidden()
    press(room, Qt.Key.Key_L)
    form = sheet(room, qtbot, RingSheet)
    assert form.beside.text() == "说好 13:30 接　超 22 分"
    assert "138****" in form.adult.button(form.adult.value()).text()
    assert form.number.text() == ""
    form.reveal.click()
    settle(qtbot, room.context)
    assert form.number.text().startswith("138 0000 ")
    form.quick.button("路上堵车").click()
    form.keep.click()
    settle(qtbot, room.context)
    assert form.gone
    room.refresh()
    settle(qtbot, room.context)
    row = next(one for one in room._board.due if one.name == "王梓萱")
    assert (row.chip.words, row.called) == ("超 22 分", "已联系 13:52 妈妈")
    assert "路上堵车" in room.panel.day.text()


def test_whose_family_has_no_number_is_said_and_no_window_flashes_up(room, qtbot, services):
    with services._database.unit(None, "test") as unit:
        unit.execute(
            "update adult set phone = '' where id in (select t.adult_id from child_adult t"
            " join child c on c.id = t.child_id where c.name = '王梓萱')"
        )
        unit.audit("adult", None)
    choose(room, qtbot, "王梓萱")
    watch = PaintWatch(room.outer)
    with watch:
        press(room, Qt.Key.Key_L)
        form = sheet(room, qtbot, RingSheet)
    assert watch.strays == []
    assert not form.keep.isEnabled()
    form.dismiss()


def test_a_new_hour_that_has_passed_is_said_at_its_field(room, qtbot):
    choose(room, qtbot, "王梓萱")
    room.panel.ring.click()
    form = sheet(room, qtbot, RingSheet)
    form.promised.set_text("13:00")
    form.keep.click()
    settle(qtbot, room.context)
    assert "已经过去" in form.message.text()
    assert form.promised.edit.hasFocus()
    form.reached.button("no").click()
    assert form.keep.text() == "记下没接通"
    assert not form.promised.isEnabled()
    form.dismiss()


def test_who_need_not_be_rung_yet_shows_no_button(room, qtbot):
    name = room._board.present[0].name
    choose(room, qtbot, name)
    assert room.panel.ring.isHidden()


def test_j_notes_an_absence_of_several_days(room, qtbot, services, actors):
    choose(room, qtbot, "周乐瑶")
    press(room, Qt.Key.Key_J)
    form = sheet(room, qtbot, AbsenceSheet)
    form.keep.click()
    settle(qtbot, room.context)
    assert "病假要写病名" in form.message.text()
    assert form.disease.edit.hasFocus()
    form.last.set_text("周五")
    form.quick.button("发热").click()
    form.told_by.set_text("妈妈")
    form.keep.click()
    settle(qtbot, room.context)
    assert form.gone, form.message.text()
    room.refresh()
    settle(qtbot, room.context)
    assert "周乐瑶" in [one.name for one in room._board.absent]
    undo = room.context.messages.next_undo()
    assert undo.label == "周乐瑶 病假 12月3日–12月5日 3 天"
    services.undo(actors[Role.FRONT_DESK], undo)


def test_a_day_nobody_can_read_is_said(room, qtbot):
    choose(room, qtbot, "周乐瑶")
    room.panel.arrival.more.click()
    form = sheet(room, qtbot, AbsenceSheet)
    form.first.set_text("某天")
    form.keep.click()
    assert "看不懂从哪天" in form.message.text()
    form.kind.button("personal").click()
    assert form.disease.isHidden()
    form.dismiss()


def test_the_round_asks_after_one_child_after_the_other(room, qtbot, services, actors):
    qtbot.waitUntil(lambda: room._sheets.trace in room.top_widgets())  # asked once the board was drawn
    assert room.top_widgets()[0] is room._sheets.trace
    assert room._sheets.trace.text() == "待追访 1"
    room._sheets.trace.click()
    form = sheet(room, qtbot, TraceSheet)
    assert "周乐瑶" in form.why.text()
    assert "没有请假" in form.why.text()
    form.keep.click()
    settle(qtbot, room.context)
    assert "请选问到的结果" in form.message.text()
    form.reveal.click()
    settle(qtbot, room.context)
    assert form.number.text().startswith("138 0000 ")
    form.result.button("sick").click()
    form.returns.set_text("某天")
    form.keep.click()
    assert "看不懂这个日子" in form.message.text()
    form.returns.set_text("12-8")
    form.again.set_text("周五")
    form.illness.set_text("发热")
    form.keep.click()
    settle(qtbot, room.context)
    settle(qtbot, room.context)
    assert form.empty.text() == "都问到了。"
    assert "周乐瑶：妈妈" in form.done_words.text()
    assert not form.keep.isEnabled()
    form.dismiss()
    room.refresh()
    settle(qtbot, room.context)
    assert room.top_widgets() == [room._new]
    told = services.absences.register(actors[Role.DIRECTOR], room._board.now.date(), room._board.now.date())
    assert [one.child_name for one in told] == ["韩奕辰", "周乐瑶"]


def test_a_child_booked_on_the_telephone_comes_in_by_the_intake_card(room, qtbot, services, actors):
    from app.domain.modes import Tariff
    from app.services.booking_card import Wish

    actor, today = actors[Role.DIRECTOR], room._board.now.date()
    new = Wish(
        today, 860, 1000, Tariff.HOURLY, name="石榴", born_on="2024-05-01", phone="13900001234", note="怕生",
        override_reason="园长同意",
    )  # fmt: skip
    made = services.bookings.book(actor, new, dict(PINS)[actor.name]).value
    room.refresh()
    settle(qtbot, room.context)
    choose(room, qtbot, "石榴")
    assert not room.panel.intake.isHidden()
    assert "电话里预约的" in room.panel.left.text()
    with qtbot.waitSignal(room.panel.intake_requested) as wanted:
        room.panel.take_focus()
        qtbot.keyClick(room.panel.intake, Qt.Key.Key_Return)
    assert wanted.args == [made.child]
    card = services.intake.card_for(actor, made.child)
    assert (card.tariff, card.promised, card.reason, card.phone) == ("hourly", "16:40", "怕生", "13900001234")


@pytest.fixture
def around(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def type_in(qtbot, field, words):
    field.edit.clear()
    field.edit.insert(words)


def test_what_was_confirmed_of_one_person_lets_no_other_go(qtbot, around):
    colleague = Holder(Actor(StaffId(6), "孟佳", Role.TEACHER), has_pin=True)
    neighbour = data.adult(8, "刘阿姨", "邻居", may_collect=False)
    form = ExceptionSheet(make_context(qtbot, None), QWidget(around), data.YUQING, (neighbour,), (colleague,))
    form.present()
    wanted = []
    form.wanted.connect(wanted.append)
    assert "已满 18 周岁" in form.seen.text()  # whoever ticks it was asked about the age

    def fill():
        form.seen.setChecked(True)
        form.second.pin.set_text("6194")

    type_in(qtbot, form.fields["name"], "孙丽华")
    type_in(qtbot, form.fields["reason"], "问过妈妈")
    fill()
    type_in(qtbot, form.fields["name"], "孙立华")
    assert (form.text("reason"), form.seen.isChecked(), form.second.pin.text()) == ("", False, "")
    type_in(qtbot, form.fields["reason"], "爸爸说是她")
    fill()
    form.on_file.button("8").click()
    assert (form.text("reason"), form.seen.isChecked(), form.second.pin.text()) == ("", False, "")
    form.finish()
    assert wanted == []
    form.dismiss()


def test_who_was_barred_afterwards_can_be_named_as_who_took_her_then(qtbot, around):
    at = make_context(qtbot, None).clock()
    barred = [dataclasses.replace(data.adult(key, name, "爸爸"), may_collect=False, barred=True)
              for key, name in ((8, "朱强"), (9, "朱刚"))]  # fmt: skip
    stay = ForgottenStay(
        OpenStay(VisitId(7), ChildId(7), "朱予晴", "抱抱龙", at.date(), at, None),
        (data.MOTHER, *barred),
        None,
        since_barred=frozenset({barred[0].adult}),
    )
    form = ForgottenSheet(make_context(qtbot, None, actor=DIRECTOR), QWidget(around), [stay], ())
    form.present()
    assert form.who.button("8").text() == "爸爸 朱强（后来禁止接走）"
    assert form.who.button(str(data.MOTHER.adult)) is not None
    with pytest.raises(KeyError):
        form.who.button("9")
    form.dismiss()


@pytest.mark.parametrize(
    ("typed", "hours", "minutes"),
    [
        ("17:05", 17, 5),
        ("次日 0:05", 24, 5),
        ("第二天凌晨1点半", 25, 30),
        ("凌晨0点5分", 24, 5),
        ("05:30", 5, 30),
        ("5:30", 17, 30),
    ],
)
def test_the_hour_of_a_departure_is_of_the_night_after_only_where_that_is_said(typed, hours, minutes):
    assert _read_left(typed) == dt.timedelta(hours=hours, minutes=minutes)
    assert _read_left("次日") is None


def test_how_one_knows_of_one_forgotten_stay_is_said_of_no_other(qtbot, around):
    at = make_context(qtbot, None).clock()
    stays = [
        ForgottenStay(
            OpenStay(VisitId(key), ChildId(key), name, "抱抱龙", at.date(), at, None),
            (data.MOTHER,),
            None,
        )
        for key, name in ((7, "朱予晴"), (8, "张沐阳"))
    ]
    boss = Holder(Actor(StaffId(1), "周敏", Role.DIRECTOR), has_pin=True)
    form = ForgottenSheet(make_context(qtbot, None), QWidget(around), stays, (boss,))
    form.present()
    form.who.button(str(data.MOTHER.adult)).click()
    form.fields["time"].set_text("17:05")
    form.fields["reason"].set_text("妈妈说五点接的")
    form.second.pin.set_text("5927")
    form.show_stays(stays)  # read again: the same one is lit
    assert form.text("reason") == "妈妈说五点接的"
    QTest.keyClick(form.list.view, Qt.Key.Key_Down)
    assert form.chosen.stay.name == "张沐阳"
    assert (form.text("time"), form.text("reason")) == ("", "")
    form.who.button(str(data.MOTHER.adult)).click()
    assert form.second.pin.text() == ""
    form.dismiss()


def test_no_first_pin_is_chosen_on_the_sheet_of_an_exception(qtbot):
    """Whoever sits there would choose a colleague's PIN, and be both persons."""
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(1366, 768)
    host = QWidget(around)
    colleague = Holder(Actor(StaffId(6), "孟佳", Role.TEACHER), has_pin=False)
    form = ExceptionSheet(make_context(qtbot, None), host, data.YUQING, (), (colleague,))
    around.show()
    form.present()
    for key in ("name", "reason"):
        form.fields[key].set_text("孙丽华")
    form.seen.setChecked(True)
    form.second.pin.set_text("6194")
    wanted = []
    form.wanted.connect(wanted.append)
    form.finish()
    assert form.second.again.isHidden()
    assert form.second.first_pin() is None
    assert "孟佳（带班老师）还没有口令，须本人登录" in form.message.text()
    assert wanted == []
    form.dismiss()


def test_the_director_who_is_signed_in_types_her_own_pin_beside_the_colleagues(qtbot):
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(1366, 768)
    host = QWidget(around)
    colleague = Holder(Actor(StaffId(6), "孟佳", Role.TEACHER), has_pin=True)
    form = ExceptionSheet(make_context(qtbot, None, actor=DIRECTOR), host, data.YUQING, (), (colleague,))
    around.show()
    form.present()
    for key in ("name", "reason"):
        form.fields[key].set_text("孙丽华")
    form.seen.setChecked(True)
    form.second.pin.set_text("6194")
    qtbot.keyClick(form.second.pin.edit, Qt.Key.Key_Return)
    assert form.focusWidget() is form.fields["own_pin"].edit
    qtbot.keyClicks(form.fields["own_pin"].edit, "5927")
    form.finish()
    act = form.complete(CheckOut(VisitId(1)))
    assert (act.second, act.own_pin) == (Second(StaffId(6), "6194"), "5927")
    form.failed(SecondPersonError("口令不对。", field="own_pin"))
    assert form.focusWidget() is form.fields["own_pin"].edit
    assert (form.text("own_pin"), form.second.pin.text()) == ("", "6194")
    form.dismiss()


def test_nobody_else_is_asked_for_hers(qtbot):
    around = QWidget()
    qtbot.addWidget(around)
    form = ExceptionSheet(make_context(qtbot, None), QWidget(around), data.YUQING, (), ())
    assert "own_pin" not in form.fields
    assert form.own_pin() == ""


def test_of_who_is_still_ill_what_was_said_before_stands_there(room, qtbot):
    qtbot.waitUntil(lambda: room._sheets.trace in room.top_widgets())
    room._sheets.trace.click()
    form = sheet(room, qtbot, TraceSheet)
    day, row = room._board.now.date(), form._row
    told = FollowUp(row.child, day, day, "phone", "妈妈", "sick", "发热", "市妇幼", "手足口病", "yes")
    form._row = dataclasses.replace(row, known=told)
    form._show_row()
    form.result.button("personal").click()
    assert form.illness.text() == ""
    form.result.button("sick").click()
    lines = (form.illness, form.hospital, form.diagnosis)
    assert [line.text() for line in lines] == ["发热", "市妇幼", "手足口病"]
    assert form.infectious.value() == "yes"
    form.illness.set_text("")
    form.again.set_text("周五")
    form._show_parts()
    assert form.illness.text() == "", "what was wiped out does not come back"
    form._row = row
    form._show_row()
    form.result.button("sick").click()
    assert form.diagnosis.text() == ""
    form.dismiss()
