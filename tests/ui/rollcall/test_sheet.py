"""紧急点名 in the real window: by keys, by taps, by scans, over everything."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from app.domain.rollcall import CallKind, HeadKey, HeadState, group_heads
from app.ui.rollcall.band import Band
from app.ui.rollcall.models import ALL, GroupFace, GroupModel, PastModel, Tile, TileModel
from app.ui.rollcall.sheet import RollCallSheet
from app.ui.rollcall.views import fit_tiles
from app.ui.widgets import export

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def calm(application, qtbot):
    """Wait until nothing is under way."""

    def wait():
        qtbot.waitUntil(lambda: not application.jobs.busy, timeout=10_000)

    wait()
    return wait


@pytest.fixture
def press(window, calm):
    def do(key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)
        calm()

    window.activateWindow()
    return do


@pytest.fixture
def sheet(application, press, calm):
    press(Key.Key_F9)
    found = application.window.findChild(RollCallSheet)
    assert found.isVisible()
    calm()
    return found


@pytest.fixture
def drill(sheet, press):
    press(Key.Key_F8)
    assert sheet._roll.call.kind is CallKind.DRILL
    return sheet


def states(sheet):
    return [head.state for head in sheet._roll.heads]


def safe(sheet):
    return sum(state is HeadState.SAFE for state in states(sheet))


def test_f9_shows_everybody_with_whom_to_ring_on_one_screen(sheet):
    assert sheet._roll.children == 75
    assert sheet.grid.model().rowCount() == 92
    assert sheet.grid.verticalScrollBar().maximum() == 0
    assert sheet.grid.hasFocus()
    name = sheet.grid.head()
    assert len(name.contacts[0].phone) == 11
    assert not sheet._safe.isVisible()


def test_nothing_is_marked_before_a_call_has_begun(sheet, press):
    press(Key.Key_Space)
    press(Key.Key_F10)
    assert sheet._roll.call is None
    assert safe(sheet) == 0


def test_f9_again_begins_the_real_thing_and_holding_it_down_does_not(application, sheet, press):
    press(Key.Key_F9)
    assert sheet._roll.call.kind is CallKind.REAL
    assert "真实" in sheet._band.accessibleName()
    press(Key.Key_F9)
    assert len(application.window.findChildren(RollCallSheet)) == 1


def test_space_marks_and_goes_on_and_once_more_takes_back(drill, press):
    first = drill.grid.head()
    press(Key.Key_Space)
    assert safe(drill) == 1
    assert drill.grid.head() != first
    press(Key.Key_Left)
    assert drill.grid.head().key == first.key
    assert drill._safe.text() == "改为未到"
    press(Key.Key_Space)
    assert safe(drill) == 0


def test_a_tap_marks(drill, calm):
    grid = drill.grid
    place = grid.visualRect(grid.model().index(5)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    calm()
    assert drill._roll.heads[5].state is HeadState.SAFE
    assert drill._roll.heads[5].by == "林晓"


def test_digits_choose_a_class_and_one_key_makes_it_safe(drill, press):
    press(Key.Key_3)
    assert {tile.head.class_name for tile in drill._tiles.items} == {"抱抱龙"}
    press(Key.Key_F10)
    assert safe(drill) == 18
    face = next(face for face in drill._groups.items if face.name == "抱抱龙")
    assert (face.missing, face.total) == (0, 18)
    assert not drill._all_safe.isEnabled()
    press(Key.Key_0)
    assert drill.grid.model().rowCount() == 92
    assert "还差 74" in drill._band.accessibleName()
    press(Key.Key_Z, CTRL)
    assert safe(drill) == 0


def test_a_scan_marks_whoever_the_code_means(drill, calm, application):
    visit = next(head for head in drill._roll.heads if head.name == "朱予晴").key.visit
    rows = application.context._services._database.rows(
        "select pickup_code from visit where id = :id", {"id": visit}
    )
    drill.mark_by_code(rows[0]["pickup_code"])
    calm()
    assert next(head for head in drill._roll.heads if head.name == "朱予晴").state is HeadState.SAFE
    drill.mark_by_code("ZZZZ")
    calm()
    assert "不是今天的接送码" in drill._said.text()


def test_the_field_for_codes_takes_the_keyboard(drill, press, calm):
    press(Key.Key_F6)
    assert drill._code.hasFocus()
    QTest.keyClicks(drill._code, "zzzz")
    QTest.keyClick(drill._code, Key.Key_Return)
    calm()
    assert drill._code.text() == ""
    assert "接送码" in drill._said.text()


def test_staff_who_are_not_at_work_are_put_down_as_away(drill, press):
    press(Key.Key_6)
    assert drill._away.isEnabled()
    press(Key.Key_Delete)
    assert HeadState.AWAY in states(drill)
    press(Key.Key_1)
    assert not drill._away.isEnabled()


def test_the_end_names_the_missing_keeps_the_words_and_shows_the_register(drill, press, calm):
    for digit in (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_6):
        press(digit)
        press(Key.Key_F10)
    press(Key.Key_Return, CTRL)
    assert "还没找到：王予安" in drill._ending.words.text()
    course = QApplication.focusWidget()
    assert isinstance(course, QPlainTextEdit)
    course.setPlainText("按班撤到操场。")
    press(Key.Key_Return, CTRL)
    past = drill._register.chosen()
    assert (past.missing, past.heads, past.note.course) == (16, 92, "按班撤到操场。")
    assert drill._roll.call is None
    press(Key.Key_Escape)
    assert drill._pages.currentWidget() is drill._board
    press(Key.Key_Escape)
    assert not drill.isVisible()


def test_esc_in_the_form_goes_back_to_the_call(drill, press):
    press(Key.Key_Return, CTRL)
    press(Key.Key_Escape)
    assert drill._pages.currentWidget() is drill._board
    assert drill._roll.call is not None


def test_the_register_keeps_what_is_noted_later_and_prints(application, sheet, press, calm, tmp_path):
    press(Key.Key_F7)
    page = sheet._register
    assert [past.call.plan for past in page._model.items] == ["火灾", "地震"]
    box = page.findChild(QPlainTextEdit, "rollcall.past_note.remarks")
    box.setPlainText("已向街道报送。")
    calm()
    press(Key.Key_Return, CTRL)
    assert page.chosen().note.remarks == "已向街道报送。"
    press(Key.Key_P, CTRL)
    names = [path.name for path in (application._data / "print_queue").glob("*.pdf")]
    assert names == ["点名记录 演练 2025-11-18 1000.pdf"]


def test_past_calls_are_taken_out_by_a_key(sheet, press, calm, tmp_path, monkeypatch):
    target = tmp_path / "点名记录.csv"
    monkeypatch.setattr(export, "ask_path", lambda _parent, name: target if name == "点名记录" else None)
    press(Key.Key_F7)
    press(Key.Key_E, CTRL)
    calm()
    assert "2025-11-18" in target.read_text("utf-8-sig")


def test_the_list_of_who_is_inside_is_printed_by_hand(application, sheet, press):
    press(Key.Key_P, CTRL)
    names = [path.name for path in (application._data / "print_queue").glob("*.pdf")]
    assert names == ["在园名单 2025-12-03 1352.pdf"]


def test_what_is_being_typed_survives_a_fresh_list(sheet, press, calm):
    press(Key.Key_F7)
    box = sheet._register.findChild(QPlainTextEdit, "rollcall.past_note.remarks")
    box.setPlainText("写到一半")
    sheet._ask_register(newest=False)
    calm()
    assert box.toPlainText() == "写到一半"


def test_a_call_put_away_goes_on_and_f9_goes_on_with_it(application, drill, press, window):
    raised = []
    application.messages.banner_raised.connect(raised.append)
    press(Key.Key_1)
    press(Key.Key_F10)
    press(Key.Key_Escape)
    assert raised[-1].words == "演练点名还没有结束，还差 84 人。按 F9 继续。"
    assert window.host.isEnabled()
    press(Key.Key_F9)
    again = next(one for one in window.findChildren(RollCallSheet) if one.isVisible())
    assert again._roll.missing == 84
    assert window._banners.keys() == ()


def test_f9_comes_over_an_open_sheet_and_gives_it_back(application, window, press, calm):
    from app.ui.widgets.overlay import Overlay

    below = Overlay(application.theme, window.host, object_name="below")
    below.present()
    press(Key.Key_F9)
    sheet = window.findChild(RollCallSheet)
    assert sheet.isVisible()
    assert not below.isEnabled()
    press(Key.Key_Escape)
    assert below.isEnabled()
    assert not window.host.isEnabled()
    below.dismiss()
    assert window.host.isEnabled()


def test_a_sheet_below_that_goes_by_itself_does_not_wake_the_rooms(application, window, press, calm):
    from app.ui.widgets.overlay import Overlay

    below = Overlay(application.theme, window.host, object_name="below")
    below.present()
    press(Key.Key_F9)
    below.dismiss()
    assert not window.host.isEnabled()
    press(Key.Key_Escape)
    assert window.host.isEnabled()


def test_departures_during_a_call_are_seen_at_once(application, drill, calm):
    from app.services.pickup import CheckOut

    head = next(head for head in drill._roll.heads if head.name == "朱予晴")
    actor = application.context.actor

    def leave(services):
        card = services.pickup.prepare(actor, head.key.visit)
        collector = next(one.adult for one in card.card.adults if one.may_collect)
        return services.pickup.check_out(actor, CheckOut(head.key.visit, collector, tender="cash"))

    application.context.act(leave)
    calm()
    calm()
    assert next(one for one in drill._roll.heads if one.key == head.key).state is HeadState.LEFT


def test_a_call_left_open_is_offered_again_at_the_next_start(application, drill, calm, press):
    press(Key.Key_Escape)
    raised = []
    application.messages.banner_raised.connect(raised.append)
    application.standby.begin()
    calm()
    assert raised[-1].words == "演练点名还没有结束。按 F9 继续。"


@pytest.mark.parametrize("unit", [1.0, 1.5])
@pytest.mark.parametrize("count", [0, 1, 20, 92, 150, 168, 225, 400])
def test_tiles_are_never_smaller_than_a_finger(count, unit):
    fit = fit_tiles(QSize(890, 592), count, unit)
    assert fit.height >= 44
    assert fit.width >= 44
    if count <= 225 and unit == 1.0:
        assert fit.whole
        assert -(-count // fit.columns) * fit.height <= 592


def test_a_full_house_of_a_hundred_and_fifty_is_seen_at_once(sheet):
    heads = [head for head in sheet._roll.heads if head.is_child]
    many = [
        dataclasses.replace(heads[n % len(heads)], key=HeadKey(visit=10_000 + n), class_id=100 + n // 15)
        for n in range(150)
    ]
    sheet.show_roll(dataclasses.replace(sheet._roll, groups=group_heads(many, [])))
    assert sheet.grid.model().rowCount() == 150
    assert sheet.grid.verticalScrollBar().maximum() == 0


def test_a_house_of_a_hundred_and_ninety_with_its_carers_is_seen_at_once_with_every_class(sheet, press, calm):
    """Twelve classes, 全部 and 教职工 beside 225 people, each as large as a thumb."""
    assert sheet.window().size() == QSize(1366, 768)
    children = [head for head in sheet._roll.heads if head.is_child]
    staff = next(head for head in sheet._roll.heads if not head.is_child)
    many = [
        dataclasses.replace(
            children[n % len(children)], key=HeadKey(visit=10_000 + n), class_id=100 + n // 16
        )
        for n in range(190)
    ]
    many += [dataclasses.replace(staff, key=HeadKey(staff=10_000 + n)) for n in range(35)]
    roll = dataclasses.replace(sheet._roll, groups=group_heads(many, []))
    sheet.show_roll(roll)
    for _ in range(2):
        calm()
        QApplication.processEvents()
        assert sheet.grid.model().rowCount() == 225
        assert sheet.groups.model().rowCount() == 14
        for view in (sheet.grid, sheet.groups):
            assert view.verticalScrollBar().maximum() == 0
            last = view.visualRect(view.model().index(view.model().rowCount() - 1))
            assert view.viewport().rect().contains(last)
            assert min(last.width(), last.height()) >= 44
        press(Key.Key_F8)
        sheet.show_roll(dataclasses.replace(roll, call=sheet._roll.call))
        assert sheet._safe.isVisible()


def test_the_lists_keep_the_model_contract(qtmodeltester, sheet):
    for model in (TileModel(), GroupModel(), PastModel()):
        qtmodeltester.check(model)
    tiles = TileModel()
    tiles.replace([Tile(head, counting=True) for head in sheet._roll.heads])
    qtmodeltester.check(tiles)
    assert tiles.words_of(tiles.items[0]).endswith("未到")
    groups = GroupModel()
    groups.replace([GroupFace(ALL, "0", "全部", "brand", 3, 1)])
    assert groups.words_of(groups.items[0]) == "全部，还差 1 人，共 3 人"


def test_drill_and_real_differ_in_word_and_colour(application, sheet, press, qtbot):
    def ground(band):
        return band.grab().toImage().pixelColor(8, 40).name()

    press(Key.Key_F8)
    drill, words = ground(sheet._band), sheet._band.words()[0]
    roll = sheet._roll
    band = Band(application.theme, application.context.clock)
    qtbot.addWidget(band)
    band.resize(800, 74)
    call = dataclasses.replace(roll.call, kind=CallKind.REAL, plan="火灾")
    band.show_roll(dataclasses.replace(roll, call=call))
    assert ground(band) != drill
    assert (words, band.words()[0]) == ("演练", "真实 · 火灾")


def front(application):
    return next(one for one in application.window.findChildren(RollCallSheet) if one.isVisible())


def test_a_drill_put_away_does_not_answer_for_a_fire(application, drill, press, clock, calm):
    """Everybody was found in the morning; in the afternoon F9, F9: nobody is safe until she is seen."""
    clock.set(13, 55)
    press(Key.Key_F10)
    assert safe(drill) > 0
    press(Key.Key_Escape)
    clock.set(14, 30)
    press(Key.Key_F9)
    sheet = front(application)
    assert sheet._real.isVisible()
    assert "再按 F9" in sheet._said.text()
    press(Key.Key_F9)
    sheet = front(application)
    assert "真实" in sheet._band.accessibleName()
    assert safe(sheet) == 0
    assert sheet._roll.missing == len(sheet._roll.heads)
    assert not sheet._real.isVisible()
    press(Key.Key_Z, CTRL)
    assert front(application)._roll.call.kind is CallKind.DRILL
    assert safe(front(application)) > 0


def test_f9_twice_at_once_over_a_drill_begins_the_real_thing(application, drill, press, calm):
    press(Key.Key_Escape)
    for _ in range(2):
        application.standby.open_roll_call()
    calm()
    assert front(application)._roll.call.kind is CallKind.REAL


def test_in_the_form_that_ends_a_drill_f9_begins_the_real_thing(drill, press):
    press(Key.Key_Return, CTRL)
    assert drill._pages.currentWidget() is drill._ending
    press(Key.Key_F9)
    assert drill._pages.currentWidget() is drill._board
    assert drill._roll.call.kind is CallKind.REAL


def test_a_drill_of_yesterday_marks_nobody_today(application, drill, press, clock, calm):
    press(Key.Key_F10)
    press(Key.Key_Escape)
    clock.moment += dt.timedelta(days=1)
    press(Key.Key_F9)
    sheet = front(application)
    assert sheet._roll.call is None
    assert safe(sheet) == 0
    calls = []
    actor = application.context.actor
    application.context.ask(lambda s: s.rollcall.register(actor), calls.extend)
    calm()
    assert calls[0].call.ended_at.date() == clock.moment.date() - dt.timedelta(days=1)
    assert "没有做完" in calls[0].note.remarks
    press(Key.Key_F9)
    assert front(application)._roll.call.kind is CallKind.REAL
