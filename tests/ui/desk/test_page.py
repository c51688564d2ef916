"""The desk in use: keys and clicks in, requests to services and redrawn rows out."""

import dataclasses
import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from app.domain.ids import AdultId, VisitId
from app.domain.looks import Chip
from app.domain.modes import CareMode
from app.services.arrivals import MorningCheck
from app.services.desk import ChildCard, RowState, UnknownChildError
from app.services.pickup import CheckOut
from app.ui.desk.model import DeskRole
from app.ui.desk.page import DeskRoom
from app.ui.rooms import Target
from tests.ui.desk import data, fakes
from tests.ui.support import make_context, settle

Key = Qt.Key


@pytest.fixture
def desk():
    return fakes.FakeDesk()


@pytest.fixture
def room(qtbot, desk):
    context = make_context(qtbot, fakes.services(desk))
    context.printing = fakes.FakePrinting()
    room = DeskRoom(context)
    qtbot.addWidget(room)
    room.resize(1278, 676)
    room.show()
    room.freshen()
    settle(qtbot, context)
    room.show_for_test = lambda child: (room.entered(Target(child=child)), settle(qtbot, context))
    return room


def names(column):
    return [row.name for row in column.model.child_rows()]


def said(room):
    words = []
    room.context.messages.said.connect(lambda notice: words.append(notice.words))
    return words


def focused(room):
    return room.window().focusWidget() or room


def test_the_board_stands_in_three_columns_with_counts(room):
    assert names(room.expected) == ["周乐瑶", "马思睿", "韩奕辰"]
    assert names(room.due) == ["朱予晴", "王梓萱", "李𬱖昊", "陈可欣"]
    assert names(room.present) == [row.name for row in data.PRESENT]
    assert room.expected.head.accessibleName() == "待到 2"
    assert room.due.head.accessibleName() == "待接（30分钟内） 3"
    assert room.present.head.accessibleName() == "在园 75"


def test_a_child_found_by_search_is_checked_in_with_three_keys(room, qtbot, desk):
    # The first of the three is the Enter on the search match, which comes as this target.
    desk.adults[data.LEYAO.child] = (data.GRANDMOTHER, data.MOTHER)
    room.show_for_test(data.LEYAO.child)
    qtbot.keyClick(focused(room), Key.Key_2)
    qtbot.keyClick(focused(room), Key.Key_Return)
    settle(qtbot, room.context)
    arrival = desk.calls[0]
    assert (arrival.child, arrival.brought_by, arrival.check) == (
        data.LEYAO.child,
        AdultId(2),
        MorningCheck(None, outcome="normal"),
    )
    assert "周乐瑶" in names(room.present)


def test_the_row_says_saving_before_the_disk_has_answered(room, qtbot, desk):
    desk.adults[data.LEYAO.child] = ()
    room.show_for_test(data.LEYAO.child)
    qtbot.keyClick(focused(room), Key.Key_Return)
    index = room.expected.model.index(0)
    assert room.expected.model.data(index, DeskRole.SAVING) is True
    assert not room.panel.check_in.isEnabled()
    settle(qtbot, room.context)
    assert room.panel.check_in.isEnabled()


def test_a_refusal_gives_the_row_back_and_says_why(room, qtbot, desk):
    words = said(room)
    desk.adults[data.LEYAO.child] = ()
    desk.refusal = fakes.RefusedError("周乐瑶 8:30 已经入园。")
    room.show_for_test(data.LEYAO.child)
    qtbot.keyClick(focused(room), Key.Key_Return)
    settle(qtbot, room.context)
    assert words == ["周乐瑶 8:30 已经入园。"]
    assert room.expected.model.data(room.expected.model.index(0), DeskRole.SAVING) is False
    assert room.panel.check_in.isEnabled()


def test_who_brings_must_be_said_when_there_is_a_choice(room, qtbot, desk):
    desk.adults[data.LEYAO.child] = (data.MOTHER, data.adult(5, "周平", "爸爸"))
    room.show_for_test(data.LEYAO.child)
    qtbot.keyClick(focused(room), Key.Key_Return)
    assert desk.calls == []
    assert "谁送来" in room.panel.complaint.text()
    qtbot.keyClick(focused(room), Key.Key_Return)
    settle(qtbot, room.context)
    assert desk.calls[0].brought_by is None  # an honest blank, not a guess


def test_f3_and_one_confirming_key_take_the_chosen_child_in_without_guessing_who_brings(room, qtbot, desk):
    desk.adults[data.LEYAO.child] = (data.MOTHER, data.adult(5, "周平", "爸爸"))
    room.expected.view.setFocus()
    room.expected.select(data.LEYAO.child, quiet=False)
    room._on_f3()
    settle(qtbot, room.context)
    assert desk.calls == []  # the key that says "looked at, and well" is still to come
    qtbot.keyClick(focused(room), Key.Key_Return)
    settle(qtbot, room.context)
    assert desk.calls[0].brought_by is None


def test_an_adult_added_meanwhile_asks_the_question_again(room, qtbot, desk):
    desk.adults[data.LEYAO.child] = (data.MOTHER,)
    room.show_for_test(data.LEYAO.child)
    qtbot.keyClick(focused(room), Key.Key_1)
    assert room.panel.arrival.adults.chosen == data.MOTHER.adult
    desk.adults[data.LEYAO.child] = (data.MOTHER, data.adult(5, "周平", "爸爸"))
    room.show_for_test(data.LEYAO.child)
    assert room.panel.arrival.adults.chosen is None


def test_a_temperature_no_child_has_is_refused_in_words(room, qtbot, desk):
    room.show_for_test(data.LEYAO.child)
    room.panel.arrival.temperature.setText("3655")
    room.panel.confirm()
    assert desk.calls == []
    assert "34.0–42.5" in room.panel.complaint.text()


def test_a_child_is_handed_back_by_digit_tender_and_enter(room, qtbot, desk):
    room.show_for_test(data.YUQING.child)
    qtbot.keyClick(focused(room), Key.Key_2)
    qtbot.keyClick(focused(room), Key.Key_W)
    qtbot.keyClick(focused(room), Key.Key_Return)
    settle(qtbot, room.context)
    assert desk.calls == [CheckOut(data.YUQING.visit, AdultId(2), "known", "wechat")]
    assert names(room.due)[-1] in {"朱予晴", "陈可欣"}
    assert room.panel.row.state is RowState.LEFT
    assert not room.panel.receipt.isHidden()


def test_money_due_asks_for_the_tender_first(room, qtbot, desk):
    room.show_for_test(data.YUQING.child)
    qtbot.keyClick(focused(room), Key.Key_1)
    qtbot.keyClick(focused(room), Key.Key_Return)
    assert desk.calls == []
    assert "怎么付" in room.panel.complaint.text()


def test_a_barred_adult_cannot_be_chosen_by_any_way(room, qtbot, desk):
    room.show_for_test(data.YUQING.child)
    qtbot.keyClick(focused(room), Key.Key_3)
    assert room.panel.pickup.adults.chosen is None
    assert "朱强" in room.panel.complaint.text()
    barred = room.findChild(type(room.panel.pickup.adults._choices[0]), "pickup.adult.3")
    qtbot.mouseClick(barred, Qt.MouseButton.LeftButton)
    assert room.panel.pickup.adults.chosen is None


def test_arrow_keys_walk_rows_and_columns(room, qtbot):
    room.due.view.setFocus()
    room.due.select(data.YUQING.child, quiet=False)
    qtbot.keyClick(room.due.view, Key.Key_Down)
    assert room.panel.row.name == "王梓萱"
    qtbot.keyClick(room.due.view, Key.Key_Right)
    assert room.panel.row.name == "张沐阳"
    assert room.present.view.hasFocus() or room.focusWidget() is room.present.view


def test_working_down_the_list_goes_on_to_the_next_child(room, qtbot, desk):
    room.expected.view.setFocus()
    room.expected.select(data.LEYAO.child, quiet=False)
    settle(qtbot, room.context)
    qtbot.keyClick(room.expected.view, Key.Key_Return)
    assert desk.calls == []
    qtbot.keyClick(focused(room), Key.Key_Return)
    settle(qtbot, room.context)
    assert room.panel.row.name == "马思睿"
    assert room.expected.view.hasFocus() or room.focusWidget() is room.expected.view
    qtbot.keyClick(focused(room), Key.Key_Return)  # one press too many: it only turns to her panel
    settle(qtbot, room.context)
    assert len(desk.calls) == 1


def test_absence_is_noted_with_its_reason(room, qtbot, desk):
    room.show_for_test(data.LEYAO.child)
    room.panel.arrival.reason.setText("发热 38.5")
    qtbot.mouseClick(room.panel.arrival.sick, Qt.MouseButton.LeftButton)
    settle(qtbot, room.context)
    assert desk.calls == [("sick", "发热 38.5")]
    assert names(room.expected) == ["马思睿", "周乐瑶", "韩奕辰"]


def test_a_departure_can_be_taken_back_from_the_panel(room, qtbot, desk):
    room.show_for_test(data.GONE.child)
    qtbot.mouseClick(room.panel.undo_left, Qt.MouseButton.LeftButton)
    settle(qtbot, room.context)
    assert desk.calls == [("undo_check_out", data.GONE.visit)]


class LongGone(fakes.FakeDesk):
    """Who left more than an hour ago stands in no column any more."""

    def board(self, _actor):
        return dataclasses.replace(self._board, just_left=())


@pytest.mark.parametrize("desk", [LongGone()])
def test_of_a_child_who_left_hours_ago_the_panel_says_the_same(room, desk):
    room.show_for_test(data.GONE.child)
    assert room.panel.row.state is RowState.LEFT
    assert room.panel.left.text() == "交接单未签（缺：情绪）"
    assert not room.panel.undo_left.isHidden()


@pytest.mark.parametrize("desk", [LongGone()])
def test_the_paper_of_a_stay_opens_a_child_who_left_hours_ago(room, qtbot):
    """Not the child shown before stays there, to whom the next key would go."""
    room.show_for_test(data.YUQING.child)
    room.entered(Target(visit=data.GONE.visit))
    settle(qtbot, room.context)
    settle(qtbot, room.context)
    assert room.panel.row.child == data.GONE.child


class SecondStay(fakes.FakeDesk):
    """She is here by another stay than that of the paper."""

    def prepare(self, actor, visit):
        return super().prepare(actor, data.YUQING.visit if visit == data.YUQING.visit - 1 else visit)


@pytest.mark.parametrize("desk", [SecondStay()])
def test_the_paper_of_another_stay_of_hers_opens_nobody(room, qtbot):
    room.show_for_test(data.LEYAO.child)
    room.entered(Target(visit=VisitId(data.YUQING.visit - 1)))
    settle(qtbot, room.context)
    settle(qtbot, room.context)
    assert room.panel.row.child == data.LEYAO.child


class TakenBack(fakes.FakeDesk):
    """The registration that made a child was taken back: her record holds no more."""

    gone = False

    def board(self, _actor):
        return data.EMPTY_BOARD if self.gone else self._board

    def card(self, actor, child):
        if self.gone:
            raise UnknownChildError("没有找到这个孩子的档案，请刷新后再试。")
        return super().card(actor, child)


@pytest.mark.parametrize("desk", [TakenBack()])
def test_of_a_child_who_is_on_file_no_more_nothing_is_shown_but_where_her_card_is(room, desk, qtbot):
    room.show_for_test(data.YUQING.child)
    told = said(room)
    desk.gone = True
    room.refresh()
    settle(qtbot, room.context)
    settle(qtbot, room.context)
    assert room.panel.face is room.panel.empty
    assert room.panel.row is None
    assert told == ["朱予晴不在档案里了。登记撤销的，卡片还在：按 F2，再按 F5 取回。"]


def test_a_receipt_is_offered_to_be_printed_only_where_one_was_given(room, desk):
    card = desk.card(None, data.GONE.child)
    room.panel.show_card(card)
    assert room.panel.receipt.isHidden()
    room.show_for_test(data.GONE.child)
    assert room.panel.receipt.isHidden()


def test_a_receipt_goes_to_the_print_queue_by_itself_and_is_counted(room, qtbot, desk):
    room.show_for_test(data.YUQING.child)
    qtbot.keyClick(focused(room), Key.Key_1)
    qtbot.keyClick(focused(room), Key.Key_C)
    qtbot.keyClick(focused(room), Key.Key_Return)
    settle(qtbot, room.context)
    assert room.context.printing.sent == ["receipt"]
    assert room.context._services.papers.asked[-1] == ("printed", "receipt", 1)


def test_report_and_receipt_can_be_seen_again(room, qtbot, desk):
    room.show_for_test(data.YUQING.child)
    qtbot.mouseClick(room.panel.report, Qt.MouseButton.LeftButton)
    settle(qtbot, room.context)
    assert room.context.printing.previewed == ["report"]


def test_an_absence_is_taken_back_by_enter_and_then_she_can_come_in(room, qtbot, desk):
    room.show_for_test(data.SICK.child)
    qtbot.keyClick(focused(room), Key.Key_Return)
    settle(qtbot, room.context)
    assert desk.calls == ["undo_absence"]
    assert room.panel.row.state is RowState.EXPECTED
    assert not room.panel.check_in.isHidden()


def test_a_child_nobody_expects_goes_to_the_intake_card_with_what_is_on_file(room, qtbot, desk):
    wanted = []
    room.context.go_wanted.connect(lambda key, target: wanted.append((key, target)))
    stranger = data.row(
        90,
        "老朋友",
        RowState.EXPECTED,
        mode=CareMode.TEMPORARY,
        expected_minute=None,
        chip=Chip("今天没有预约"),
    )
    desk.adults[stranger.child] = (data.MOTHER,)
    desk.card = lambda _actor, _child: ChildCard(stranger, (data.MOTHER,), "")
    room.panel.show_nothing()
    room.show_for_test(stranger.child)
    assert room.panel.head.isVisible()  # who was found stands above what can be done with her
    qtbot.keyClick(focused(room), Key.Key_Return)
    assert wanted == [("intake", Target(child=stranger.child))]
    assert desk.calls == []


def test_what_keeps_a_child_at_home_stands_above_all_that_is_asked_before_anything_is_typed(room, desk):
    told = "小贝昨天 08:12 入园时体温 38.2℃，没有收下。请量体温、问清什么时候退的热。"
    ill, well = data.BOARD.expected[:2]
    card = desk.card
    desk.card = lambda actor, child: dataclasses.replace(
        card(actor, child), keeps_home=told if child == ill.child else ""
    )
    room.show_for_test(ill.child)
    home = room.findChild(QLabel, "desk.keeps_home")
    assert home.isVisible()
    assert home.text() == told
    assert home.mapTo(room, QPoint()).y() < room.panel.arrival.adults.mapTo(room, QPoint()).y()
    room.show_for_test(well.child)
    assert not home.isVisible()


@pytest.mark.parametrize("what", ["lacks", "asks"])
def test_what_is_to_be_looked_at_first_is_said_and_keeps_nobody_out(room, qtbot, desk, what):
    """What has not been seen before entry; an illness that was told of and nobody has asked about."""
    card = desk.card
    desk.card = lambda actor, child: dataclasses.replace(
        card(actor, child), **{what: "缺：入托体检" if child == data.LEYAO.child else ""}
    )
    desk.adults[data.LEYAO.child] = ()
    room.show_for_test(data.SIRUI.child)
    line = room.findChild(QLabel, f"desk.{what}")
    assert not line.isVisible()
    room.show_for_test(data.LEYAO.child)
    assert (line.isVisible(), line.text()) == (True, "缺：入托体检")
    qtbot.keyClick(focused(room), Key.Key_Return)
    settle(qtbot, room.context)
    assert [arrival.return_reason for arrival in desk.calls] == [""]


def test_after_months_away_a_reason_or_the_paper_seen_is_asked_for_once(room, qtbot, desk):
    desk.adults[data.LEYAO.child] = ()
    asked = fakes.RefusedError("周乐瑶 离园满 3 个月，返园要重新体检。", field="return_reason")
    desk.refusal = asked
    room.show_for_test(data.LEYAO.child)
    view = room.panel.arrival
    assert not view.returned.isVisible()
    qtbot.keyClick(focused(room), Key.Key_Return)
    settle(qtbot, room.context)
    assert view.returned.hasFocus()
    view.returned.insert("下午补交")
    qtbot.keyClick(view.returned, Key.Key_Return)
    settle(qtbot, room.context)
    view.returned.clear()
    desk.refusal = None
    qtbot.keyClick(view.returned, Key.Key_Tab)
    assert view.seen.hasFocus()
    qtbot.keyClick(view.seen, Key.Key_Space)
    settle(qtbot, room.context)
    assert [arrival.return_reason for arrival in desk.calls] == ["", "下午补交", "已看体检证明"]
    room.show_for_test(data.SIRUI.child)
    assert not view.returned.isVisible()


def test_what_needs_watching_is_told_to_the_status_line(qtbot):
    context = make_context(qtbot, fakes.services())
    told = []
    context.alerts_told.connect(told.append)
    room = DeskRoom(context)
    qtbot.addWidget(room)
    room.show_board(data.BOARD)
    settle(qtbot, context)
    assert told == [data.BOARD.alerts]


def test_a_tile_pressed_shows_its_class_only(room, qtbot):
    tile = room.strip._tiles[2]
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert names(room.due) == ["朱予晴", "陈可欣"]
    assert room.escape()
    assert len(names(room.due)) == 4


def test_at_a_large_font_one_column_is_shown_and_the_act_stays_in_sight(room, qtbot, desk):
    from PySide6.QtWidgets import QApplication

    theme = room.context.theme
    theme.apply(QApplication.instance(), "light", 200)
    room.resize(1229, 556)
    room.show_for_test(data.YUQING.child)
    assert [column.isVisible() for column in room.columns] == [False, True, False]
    assert room.panel.check_out.visibleRegion().boundingRect().height() >= 44
    inner, pickup = room.panel._inner, room.panel.pickup
    order = [inner.indexOf(part) for part in (room.panel._faces, pickup.proofs, pickup.settling)]
    assert order == sorted(order)
    assert -1 not in order
    assert pickup.price.y() < pickup.tender.y()
    room.due.view.setFocus()
    qtbot.keyClick(room.due.view, Key.Key_Right)
    assert [column.isVisible() for column in room.columns] == [False, False, True]
    theme.apply(QApplication.instance(), "light", 100)
    room.resize(1278, 676)
    assert all(column.isVisible() for column in room.columns)


@pytest.mark.parametrize(("scale", "width", "shown"), [(100, 1278, 3), (110, 1270, 3), (125, 1262, 1)])
def test_columns_stand_side_by_side_only_where_a_name_and_what_is_due_have_room(room, scale, width, shown):
    from PySide6.QtWidgets import QApplication

    theme = room.context.theme
    theme.apply(QApplication.instance(), "light", scale)
    room.resize(width, 640)
    assert sum(column.isVisible() for column in room.columns) == shown
    theme.apply(QApplication.instance(), "light", 100)


def test_a_child_who_has_gone_is_shown_without_a_scroll_bar(room):
    """The highest of the faces must not make the lowest one scroll."""
    for height in (676, 560):
        room.resize(1278, height)
        room.show_for_test(data.YUQING.child)
        room.show_for_test(data.GONE.child)
        assert room.panel._scroll.verticalScrollBar().maximum() == 0


def test_an_empty_house_says_so_in_each_column(qtbot):
    context = make_context(qtbot, fakes.services(fakes.FakeDesk(data.EMPTY_BOARD)))
    room = DeskRoom(context)
    qtbot.addWidget(room)
    room.show()
    room.freshen()
    settle(qtbot, context)
    assert all(column.view.isHidden() for column in room.columns)
    assert not any(column.loading for column in room.columns)


def test_a_board_that_cannot_be_read_does_not_load_for_ever(qtbot):
    desk = fakes.FakeDesk()

    def refuse(_actor):
        raise fakes.RefusedError("没有权限")

    desk.board = refuse
    context = make_context(qtbot, fakes.services(desk))
    room = DeskRoom(context)
    qtbot.addWidget(room)
    room.show()
    room.freshen()
    settle(qtbot, context)
    assert not any(column.loading for column in room.columns)


def test_an_unfinished_card_is_offered_once(qtbot):
    context = make_context(qtbot, fakes.services(unfinished="朱予晴"))
    banners, wanted = [], []
    context.messages.banner_raised.connect(banners.append)
    context.go_wanted.connect(lambda key, target: wanted.append((key, target.act)))
    room = DeskRoom(context)
    qtbot.addWidget(room)
    room.show()
    room.freshen()
    room.entered(None)
    qtbot.waitUntil(lambda: bool(banners), timeout=5000)  # not before the board has been drawn
    room.refresh()
    settle(qtbot, context)
    assert [banner.words for banner in banners] == ["上次有一张没填完的临时托登记：朱予晴。"]
    banners[0].act()
    assert wanted == [("intake", "recover")]


def test_a_key_press_redraws_the_row_within_one_blink(room, qtbot, desk):
    room.show_for_test(data.YUQING.child)
    times = []
    for _ in range(20):
        began = time.perf_counter()
        room._on_act_begun(data.YUQING.child)
        room.due.view.viewport().repaint()
        times.append(time.perf_counter() - began)
        room._settled()
    assert sorted(times)[18] < 0.5  # a coarse guard; the figure itself is benchmarked


def test_everything_that_acts_has_a_name(room):
    from PySide6.QtWidgets import QAbstractButton, QLineEdit

    for kind in (QAbstractButton, QLineEdit):
        for widget in room.findChildren(kind):
            if widget.objectName().startswith("qt_"):
                continue
            assert widget.objectName(), widget
            assert widget.accessibleName(), widget.objectName()


def test_no_finding_is_filled_in_beforehand(room):
    room.show_for_test(data.LEYAO.child)
    view = room.panel.arrival
    assert (view.temperature.text(), view.temperature.placeholderText()) == ("", "如 36.5")
    assert view.outcome.value() == ""
    assert room.panel.check_in.text() == "晨检正常，入园"


@pytest.mark.parametrize("typed", ["365", "36.5"])
def test_a_temperature_is_kept_only_if_it_was_taken(room, qtbot, desk, typed):
    desk.adults[data.LEYAO.child] = ()
    room.show_for_test(data.LEYAO.child)
    qtbot.keyClick(focused(room), Key.Key_T)
    qtbot.keyClicks(focused(room), typed)
    qtbot.keyClick(focused(room), Key.Key_Return)
    settle(qtbot, room.context)
    assert desk.calls[0].check == MorningCheck(365, outcome="normal")


def test_a_class_under_observation_asks_the_director_for_her_reason_by_keys(room, qtbot, desk):
    desk.adults[data.LEYAO.child] = ()
    room.show_for_test(data.LEYAO.child)
    assert room.panel.arrival.overrule.isHidden()
    desk.refusal = fakes.RefusedError("抱抱龙班在医学观察。", field="health_reason")
    qtbot.keyClick(focused(room), Key.Key_Return)
    settle(qtbot, room.context)
    desk.refusal = None
    desk.calls.clear()
    assert focused(room) is room.panel.arrival.overrule
    focused(room).setText("家长知情同意")  # by an input method
    qtbot.keyClick(focused(room), Key.Key_Return)
    settle(qtbot, room.context)
    assert desk.calls[0].health_reason == "家长知情同意"


def test_something_wrong_is_said_in_words_and_goes_with_the_reason(room, qtbot, desk):
    desk.adults[data.LEYAO.child] = ()
    room.show_for_test(data.LEYAO.child)
    qtbot.keyClick(focused(room), Key.Key_Y)
    assert room.panel.check_in.text() == "晨检异常，仍入园"
    qtbot.keyClick(focused(room), Key.Key_Return)
    assert desk.calls == []
    assert "看到了什么" in room.panel.complaint.text()
    room.panel.arrival.note.setText("手上有疱疹")
    room.panel.arrival.overrule.setText("医生证明已看")
    qtbot.keyClick(focused(room), Key.Key_Return)
    settle(qtbot, room.context)
    assert desk.calls[0].check == MorningCheck(None, outcome="abnormal", note="手上有疱疹")
    assert desk.calls[0].health_reason == "医生证明已看"


def test_nobody_is_chosen_to_take_her_home_before_somebody_was_seen(room, qtbot, desk):
    room.show_for_test(data.YUQING.child)
    assert room.panel.pickup.adults.chosen is None
    qtbot.keyClick(focused(room), Key.Key_C)
    qtbot.keyClick(focused(room), Key.Key_Return)
    assert desk.calls == []
    assert "谁来接" in room.panel.complaint.text()


def test_the_code_of_the_slip_is_compared_as_it_is_typed(room, qtbot, desk):
    room.show_for_test(data.YUQING.child)
    qtbot.keyClick(focused(room), Key.Key_M)
    qtbot.keyClicks(focused(room), "k7qx")
    assert "接送码不是朱予晴今天的" in room.panel.complaint.text()
    room.panel.confirm()
    assert desk.calls == []
    qtbot.keyClicks(focused(room), "k7qm")  # the wrong one was selected: typing replaces it
    assert room.panel.complaint.text() == ""
    for key in (Key.Key_1, Key.Key_C, Key.Key_Return):
        qtbot.keyClick(focused(room), key)
    settle(qtbot, room.context)
    assert desk.calls[0].proof == "code"


def test_a_scanned_slip_opens_the_child_with_the_code_shown(room, qtbot, desk):
    room.entered(Target(visit=data.YUQING.visit, act="code"))
    settle(qtbot, room.context)
    for key in (Key.Key_2, Key.Key_W, Key.Key_Return):
        qtbot.keyClick(focused(room), key)
    settle(qtbot, room.context)
    assert (desk.calls[0].collector, desk.calls[0].proof) == (AdultId(2), "code")


def test_a_code_typed_for_one_child_does_not_stay_for_the_next(room):
    room.show_for_test(data.YUQING.child)
    room.panel.pickup.show_code()
    room.show_for_test(data.LATE.child)
    assert room.panel.pickup.code.text() == ""


def test_a_row_that_leaves_its_column_hands_the_choice_on_to_nobody(room, qtbot, desk):
    """The one danger of a list that changes by itself: the next Enter meant for another child."""
    room.expected.view.setFocus()
    room.expected.select(data.LEYAO.child, quiet=False)
    settle(qtbot, room.context)
    desk._move(data.LEYAO.child, state=RowState.PRESENT, visit=VisitId(104))
    room.refresh()
    settle(qtbot, room.context)
    assert room._chosen == data.LEYAO.child
    assert room.panel.row.child == data.LEYAO.child


def test_a_key_held_down_acts_once(room, qtbot, desk):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    desk.adults[data.LEYAO.child] = ()
    room.show_for_test(data.LEYAO.child)
    again = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    QApplication.sendEvent(focused(room), again)
    assert desk.calls == []


def test_while_an_act_is_saved_no_panel_holds_the_keys(room, qtbot, desk):
    desk.adults[data.LEYAO.child] = ()
    room.show_for_test(data.LEYAO.child)
    qtbot.keyClick(focused(room), Key.Key_Return)
    assert focused(room) is room
    settle(qtbot, room.context)
    assert focused(room) is room.present.view  # she stands there now
    assert len(desk.calls) == 1


def test_a_child_who_is_on_no_list_shows_no_other_childs_act_meanwhile(room, qtbot, desk):
    room.show_for_test(data.LEYAO.child)
    stranger = data.row(91, "新朋友", RowState.EXPECTED, mode=CareMode.TEMPORARY, expected_minute=None)
    desk.card = lambda _actor, _child: ChildCard(stranger, (), "")
    room.entered(Target(child=stranger.child))
    assert room.panel.check_in.isHidden()
    qtbot.keyClick(focused(room), Key.Key_Return)
    settle(qtbot, room.context)
    assert desk.calls == []


def test_on_opening_the_list_has_the_keys_and_no_child_is_chosen(room, qtbot):
    room.lists.take_focus(None)
    assert focused(room) is room.due.view
    assert room.panel.row is None
    qtbot.keyClick(room.due.view, Key.Key_Down)
    assert room.panel.row.name == "朱予晴"


def test_at_a_large_font_whoever_a_digit_chooses_is_brought_into_sight(room, qtbot):
    from PySide6.QtWidgets import QApplication

    from tests.ui import walk

    theme = room.context.theme
    theme.apply(QApplication.instance(), "light", 200)
    room.resize(1229, 556)
    room.show_for_test(data.YUQING.child)
    QApplication.processEvents()
    choices = room.panel.pickup.adults._choices
    for number, choice in enumerate(choices, 1):
        room.panel._scroll.verticalScrollBar().setValue(0)
        if choice.possible:
            qtbot.keyClick(room.due.view, str(number))
            assert walk.shown_part(choice).height() == choice.height()
    room.panel._scroll.verticalScrollBar().setValue(0)
    room.panel.take_focus()
    assert walk.shown_part(room.panel.pickup.adults.shown_first).height() >= 44
    theme.apply(QApplication.instance(), "light", 100)


def test_f6_leads_to_the_card_of_the_chosen_child(room, qtbot):
    wanted = []
    room.context.go_wanted.connect(lambda key, target: wanted.append((key, target)))
    qtbot.keyClick(focused(room), Key.Key_F6)
    room.show_for_test(data.LEYAO.child)
    qtbot.keyClick(focused(room), Key.Key_F6)
    assert wanted[-1] == ("cards", Target(child=data.LEYAO.child))
