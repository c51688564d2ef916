"""The booking book in its room: what the service says stands there, and the keys do what they say."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from app.domain.load import HourLoad
from app.domain.looks import Tone
from app.domain.staff import Role
from app.store import children, finding, people
from app.ui.bookings.cancel import CancelSheet
from app.ui.bookings.page import BookingsRoom
from app.ui.bookings.pick import ChildPick
from app.ui.bookings.sheet import BookingSheet
from app.ui.bookings.tomorrow import ReminderSheet
from app.ui.widgets.alarm_screen import AlarmScreen
from app.ui.widgets.basic import ChipLabel
from app.ui.widgets.export import ExportButton
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.own_pin import OwnPinSheet
from db.practice_release import PINS
from tests.ui.support import Heard, make_context, settle

THURSDAY = dt.date(2025, 12, 4)


@pytest.fixture
def frame(qtbot):
    outer = QWidget()
    qtbot.addWidget(outer)
    outer.resize(1366, 768)
    return outer


@pytest.fixture
def room(qtbot, services, actors, frame, request):
    role = getattr(request, "param", Role.FRONT_DESK)
    context = make_context(qtbot, services, actor=actors[role])
    host = QWidget()
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(host)
    context.host = host
    room = BookingsRoom(context)
    inside = QVBoxLayout(host)
    for widget in (*room.left_widgets(), *room.top_widgets(), room):
        inside.addWidget(widget)
    frame.show()
    frame.activateWindow()
    room.freshen()
    settle(qtbot, context)
    room.entered(None)
    return room


def key(room, pressed):
    QTest.keyClick(room.window().focusWidget() or room, pressed)


def told_in(room, cell, day, width):
    """The words of a day's cell, and those of them that are cut."""
    box = QRectF(0, 0, width, room.context.theme.px(84))
    image = QImage(box.size().toSize(), QImage.Format.Format_RGB32)
    painter = Heard(image)
    room.grid._paint_day(painter, box, cell, day)
    painter.end()
    return [words for _box, words in painter.words if words], painter.cut


@pytest.mark.parametrize("scale", [100, 125, 150])
def test_what_is_lacking_is_never_cut_by_the_number_of_bookings(scale, room, qapp):
    line, day = room.grid._week.lines[0], room.grid._week.days[3]
    assert day.is_open
    load = HourLoad(11, 17, 2, 4, 0, Tone.BAD, "缺 2 名老师")
    booking = next(
        row for one in room.grid._week.lines for cell in one.cells for row in cell.bookings if row.holds
    )
    cell = dataclasses.replace(line.cells[3], worst=load, bookings=(booking,))
    theme = room.context.theme
    theme.apply(qapp, "light", scale)
    for width in (110, 116, 130, 200):
        if width * 100 < scale * 88:
            continue  # narrower than the grid ever makes it
        words, cut = told_in(room, cell, day, width)
        assert not cut
        assert words[0] == "约 1"
        assert words[1] in {"缺 2 名老师", "缺2师"}
    theme.apply(qapp, "light", 100)


def sheet(room, qtbot, kind):
    qtbot.waitUntil(lambda: bool(room.window().findChildren(kind)), timeout=3000)
    return room.window().findChildren(kind)[0]


def at(room, class_name, day):
    """Bring the focus of the grid to a class and a day of the week shown."""
    week = room._week
    room.grid._row = next(i for i, line in enumerate(week.lines) if line.name == class_name)
    room.grid._day = [column.day for column in week.days].index(day)
    room.grid._tell()


def test_the_grid_begins_at_today_and_says_its_cell(room):
    place = room.grid.place()
    assert place.day.day == dt.date(2025, 12, 3)
    assert "小星星 周三 12月3日" in room.grid.accessibleDescription()
    assert room._name.text() == "12月1日 – 12月5日"
    assert room._miss_chip.text() == "约了没来，待确认 1"


def test_arrows_walk_and_turn_the_week(room, qtbot):
    key(room, Qt.Key.Key_Down)
    assert room.grid.place().line.name == "小海豚"
    key(room, Qt.Key.Key_End)
    key(room, Qt.Key.Key_Right)
    settle(qtbot, room.context)
    assert room._name.text() == "12月8日 – 12月12日"
    assert room.grid.place().day.day == dt.date(2025, 12, 8)
    key(room, Qt.Key.Key_Left)
    settle(qtbot, room.context)
    assert room.grid.place().day.day == dt.date(2025, 12, 5)


@pytest.mark.parametrize(
    ("weeks", "words"),
    [
        (4, "12月29日 – 2026年1月2日"),
        (5, "2026年1月5日 – 1月9日"),
        (60, "2027年1月25日 – 1月29日"),
        (-49, "2024年12月23日 – 12月27日"),
        (-48, "2024年12月30日 – 2025年1月3日"),
    ],
)
def test_another_year_is_said(room, qtbot, weeks, words):
    room._go(weeks)
    settle(qtbot, room.context)
    assert room._name.text() == words


def test_letters_that_an_input_method_holds_find_a_child_to_book(room, qtbot):
    at(room, "小海豚", THURSDAY)
    room._new.click()
    pick = sheet(room, qtbot, BookingSheet).findChild(ChildPick)

    def compose(held, commit=""):
        event = QInputMethodEvent(held, [])
        if commit:
            event.setCommitString(commit)
        QApplication.sendEvent(pick.box, event)
        qtbot.waitUntil(lambda: not pick._pause.isActive())
        settle(qtbot, room.context)
        return [one.text().partition("　")[0] for one in pick._buttons]

    assert compose("hu'jun'j") == ["胡俊杰"]
    assert compose("", "胡俊杰") == ["胡俊杰"]
    pick.box.clear()
    assert compose("hjj") == ["胡俊杰"]
    QTest.keyClick(pick.box, Qt.Key.Key_Return)
    assert pick.child is not None
    compose("")  # an input method that only goes away takes nobody's choice back
    assert pick.child is not None


def test_the_pane_lists_the_bookings_of_the_cell(room, qtbot):
    at(room, "小火车", THURSDAY)
    settle(qtbot, room.context)
    assert [row.name for row in room.pane.model.items] == ["沈云帆", "蔡思睿"]
    assert room.pane.title.text() == "小火车 · 12月4日 周四"
    assert "妈妈 田娜 138****3188" in room.pane.detail.text()
    key(room, Qt.Key.Key_Return)
    assert room.pane.list.hasFocus()
    key(room, Qt.Key.Key_Down)
    settle(qtbot, room.context)
    assert room.pane.row.name == "蔡思睿"
    assert room.escape()
    assert room.grid.hasFocus()


def test_hours_of_a_day_show_who_is_booked_then(room, qtbot):
    at(room, "小火车", THURSDAY)
    room._on_toggle()
    assert room.view.value() == "day"
    room.grid._hour = room._week.hours.index(14)
    room.grid._tell()
    assert room.pane.model.items == ()
    room.grid._hour = room._week.hours.index(10)
    room.grid._tell()
    assert [row.name for row in room.pane.model.items] == ["沈云帆", "蔡思睿"]
    assert "10:00–11:00" in room.grid.accessibleDescription()
    settle(qtbot, room.context)
    assert not room.grid.grab().isNull()


def test_a_full_day_is_told_by_more_than_its_colour(room):
    at(room, "小火车", THURSDAY)
    image = room.grid.grab().toImage()
    theme = room.context.theme
    inks = {
        image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)
    }
    assert {QColor(theme.tone("bad")[0]).name(), QColor(theme.tone("warn")[0]).name()} <= inks
    assert "已满" in room.grid.accessibleDescription()


def test_n_books_a_new_child_and_the_grid_shows_it(room, qtbot):
    at(room, "小海豚", THURSDAY)
    room._new.click()
    form = sheet(room, qtbot, BookingSheet)
    assert form.day.text() == "12-4"
    form.who.button("new").click()
    for line, text in ((form.name, "石榴"), (form.born, "2024-05-01"), (form.phone, "13900001234")):
        line.edit.setFocus()
        QTest.keyClicks(line.edit, text) if text.isascii() else line.set_text(text)
    form._ask()
    settle(qtbot, room.context)
    assert form.answer.chip.chip.words in {"可以", "刚好"}
    assert form.group.value() == str(room.grid.place().line.id)
    form.keep.click()
    settle(qtbot, room.context)
    assert form.gone
    settle(qtbot, room.context)
    room.refresh()
    settle(qtbot, room.context)
    assert "石榴" in [row.name for row in room.pane.model.items]


def test_what_is_missing_is_said_on_the_sheet(room, qtbot):
    room._new.click()
    form = sheet(room, qtbot, BookingSheet)
    form.keep.click()
    assert "先查找并选一个孩子" in form.message.text()
    form.who.button("new").click()
    form.keep.click()
    settle(qtbot, room.context)
    assert form.message.text() == "请写孩子的姓名，或先在上面查找。"
    assert form.name.edit.hasFocus()
    form.day.set_text("大前天")
    form.keep.click()
    assert "看不懂哪天" in form.message.text()
    form._ask()
    assert "看不懂哪天" in form.answer.words.text()
    form.dismiss()


def test_up_and_down_move_times_and_days(room, qtbot):
    room._new.click()
    form = sheet(room, qtbot, BookingSheet)
    form.day.set_text("12-4")
    form.start.edit.setFocus()
    form.start.set_text("9:00")
    QTest.keyClick(form.start.edit, Qt.Key.Key_Up)
    assert form.start.text() == "9:30"
    form.day.edit.setFocus()
    QTest.keyClick(form.day.edit, Qt.Key.Key_Down)
    assert form.day.text() == "12-3"
    QTest.keyClick(form.day.edit, Qt.Key.Key_Escape)
    assert form.gone


def test_the_next_open_days_are_offered_by_one_key(room, qtbot):
    key(room, Qt.Key.Key_N)
    form = sheet(room, qtbot, BookingSheet)
    qtbot.waitUntil(
        lambda: bool(form.open.value()) or len(form.open.findChildren(QPushButton)) > 2, timeout=3000
    )
    buttons = {one.text(): one for one in form.open.findChildren(QPushButton)}
    assert list(buttons)[:2] == ["今天 周三", "明天 周四"]
    buttons["12-8 周一"].click()
    assert form.day.text() == "12-8"
    form.day.set_text("12-5")
    form.day.edited.emit("12-5")
    assert form.open.value() == "2025-12-05"


def test_a_weekly_booking_shows_its_days(room, qtbot):
    room._new.click()
    form = sheet(room, qtbot, BookingSheet)
    form.repeat.button("weekly").click()
    assert not form.weekdays.isHidden()
    assert not form.until.isHidden()
    form.who.button("new").click()
    for line, text in (
        (form.name, "石榴"), (form.born, "2024-05-01"), (form.phone, "13900001234"), (form.until, "12-20"),
        (form.day, "12-4"),
    ):  # fmt: skip
        line.set_text(text)
    form.weekdays.set_values(("2", "4"))
    form.group.set_value("")
    form._ask()
    settle(qtbot, room.context)
    assert form.answer.words.text().startswith(("共 5 天", "5 天里"))
    form.dismiss()


def test_enter_moves_a_booking_and_undo_brings_it_back(room, qtbot, services, actors):
    at(room, "抱抱龙", THURSDAY)
    settle(qtbot, room.context)
    moving = room.pane.row
    room.pane.list.setFocus()
    key(room, Qt.Key.Key_Return)
    form = sheet(room, qtbot, BookingSheet)
    assert form.title.text() == "改期"
    form.day.set_text("12-8")
    form.keep.click()
    settle(qtbot, room.context)
    assert form.gone, form.message.text()
    card = services.bookings.card(actors[Role.DIRECTOR], moving.id)
    assert card.row.chip.words == "已改期"
    services.undo(actors[Role.DIRECTOR], room.context.messages.next_undo())
    assert services.bookings.card(actors[Role.DIRECTOR], moving.id).row.holds


def test_del_asks_who_and_why(room, qtbot, services, actors):
    at(room, "抱抱龙", THURSDAY)
    settle(qtbot, room.context)
    booking = room.pane.booking
    room.pane.cancel.click()
    form = sheet(room, qtbot, CancelSheet)
    form.keep.click()
    settle(qtbot, room.context)
    assert form.message.text() == "请写是谁取消的，如“妈妈”。"
    form.by_words.button("妈妈").click()
    form.why_words.button("行程变了").click()
    form.keep.click()
    settle(qtbot, room.context)
    assert form.gone
    assert "妈妈 12月3日" in services.bookings.card(actors[Role.DIRECTOR], booking).end_words


def test_who_never_came_is_confirmed_by_a_person(room, qtbot):
    room._miss_chip.click()
    settle(qtbot, room.context)
    assert room.pane.title.text() == "约了没来，待确认"
    assert not room.pane.miss.isHidden()
    room.pane.miss.click()
    settle(qtbot, room.context)
    room.refresh()
    settle(qtbot, room.context)
    assert room._miss_chip.isHidden()
    assert room.pane.title.text() != "约了没来，待确认"


def test_the_list_of_tomorrow_notes_who_was_reminded(room, qtbot):
    room._list.click()
    form = sheet(room, qtbot, ReminderSheet)
    assert "12月4日" in form.beside.text()
    assert len(form._buttons) == 4
    out = form.findChild(ExportButton)
    assert out.isVisible()
    assert out.when == "2025-12-04"
    form._buttons[0].click()
    settle(qtbot, room.context)
    assert form._buttons[0].isHidden()
    assert [one.chip.words for one in form.findChildren(ChipLabel)] == ["已提醒"]
    assert form._buttons[1].text() == "记已提醒", "nobody has reminded her yet"
    assert form._buttons[1].hasFocus()
    assert form.keep.isHidden()
    form.cancel.click()
    assert form.gone


def test_a_year_without_its_holidays_is_said_above_the_grid(room, qtbot):
    room._monday = dt.date(2027, 3, 1)
    room.refresh()
    settle(qtbot, room.context)
    assert room._unknown.chip.words == "2027 放假安排未录入，按周一至周五暂算"
    room._on_today()
    settle(qtbot, room.context)
    assert room._unknown.isHidden()


def test_a_sheet_that_is_gone_hears_nothing_more(room, qtbot):
    room._new.click()
    form = sheet(room, qtbot, FormSheet)
    form._ask()
    form.dismiss()
    settle(qtbot, room.context)
    assert form.gone


def fill_new(room, qtbot, name, born_on, phone):
    room._new.click()
    form = sheet(room, qtbot, BookingSheet)
    form.who.button("new").click()
    for line, text in ((form.name, name), (form.born, f"{born_on}"), (form.phone, phone)):
        line.set_text(text)
    return form


def test_who_is_like_a_child_on_file_is_asked_about_on_the_sheet(room, qtbot, database):
    (child,) = [one for one in finding.list_search_rows(database) if one.name == "胡俊杰"]
    born = children.find_child(database, child.id).born_on
    form = fill_new(room, qtbot, "胡骏杰", born, "13900001234")
    assert form.same.isHidden()
    form._ask()
    settle(qtbot, room.context)
    assert "就是这个孩子吗" in form.answer.words.text()
    assert form.same.isVisible()
    form.keep.click()
    settle(qtbot, room.context)
    assert form.same.edit.hasFocus()
    form.same.set_text("妈妈说没来过")
    form._ask()
    settle(qtbot, room.context)
    assert "就是这个孩子吗" not in form.answer.words.text()
    form.name.edit.setText("胡俊节")  # sounds like him, too: nobody has said that this is another
    assert form.wish().same_reason == ""
    form.name.edit.setText("胡骏杰")
    assert form.wish().same_reason == "妈妈说没来过"
    form.dismiss()


def test_an_exception_for_one_hour_is_none_for_another(room, qtbot, database):
    form = fill_new(room, qtbot, "石榴", "2024-05-01", "13900001234")
    form._ask()
    settle(qtbot, room.context)
    form.override.show()
    form.override.set_text("园长同意")
    form._follow()
    assert form.wish().override_reason == "园长同意"
    form.end.set_text("17:30")
    assert form.wish().override_reason == ""
    form.dismiss()


@pytest.mark.parametrize("room", [Role.DIRECTOR], indirect=True)
def test_the_director_types_her_own_pin_for_an_exception(room, qtbot, database):
    director = room.context.actor
    form = fill_new(room, qtbot, "石榴", "2024-05-01", "13900001234")
    form._ask()
    settle(qtbot, room.context)
    form.override.show()
    form.override.set_text("园长同意")
    form.finish()
    form.finish()  # a second press before the answer asks for nothing twice
    settle(qtbot, room.context)
    (own,) = room.window().findChildren(OwnPinSheet)
    assert f"{director.name}本人的口令" in own.accessibleName()
    own.leave()
    assert "这一步要园长自己输" in form.message.text()
    assert (form.gone, children_named(database, "石榴")) == (False, 0)
    form.finish()
    settle(qtbot, room.context)
    (own,) = (one for one in room.window().findChildren(OwnPinSheet) if not one.gone)
    qtbot.keyClicks(own.fields["own_pin"].edit, dict(PINS)[director.name])
    qtbot.keyClick(own, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, room.context)
    assert (form.gone, children_named(database, "石榴")) == (True, 1)


def children_named(database, name):
    return sum(one.name == name for one in finding.list_search_rows(database))


def test_a_barred_person_who_books_raises_the_alarm_over_the_sheet(room, qtbot, database):
    (child,) = [one for one in finding.list_search_rows(database) if one.name == "胡俊杰"]
    kept = children.find_child(database, child.id)
    adults = people.list_adults(database, child.id, dt.date(2025, 12, 3))
    barred = next(one for one in adults if one.tie.barred)
    form = fill_new(room, qtbot, "胡骏杰", kept.born_on, barred.phone)
    form.same.set_text("说没来过")
    form.keep.click()
    settle(qtbot, room.context)
    alarm = sheet(room, qtbot, AlarmScreen)
    assert "胡俊杰" in alarm.accessibleName()
    alarm.dismiss()
    form.dismiss()
