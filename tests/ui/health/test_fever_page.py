"""发热 by keys: Enter is always the next step."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.fever import StepKind
from app.ui.rooms import Target


def finish(window, calm):
    sheet = window.findChild(object, "fever")
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    calm()


def begin(page, window, calm, tenths="381"):
    QTest.keyClick(page.list.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    calm()
    sheet = window.findChild(object, "fever")
    sheet.pick.hits.button(next(iter(sheet.pick.hits._buttons))).click()
    sheet.fields["tenths"].set_text(tenths)
    finish(window, calm)
    return page._view.open[0].id


def test_the_case_of_last_week_is_shown_step_by_step(enter):
    page = enter("fever", "顾红")
    (one,) = page._view.over
    assert not one.open
    assert [line.title for line in page.steps.lines] == [
        "发现发热", "复测", "通知家长", "进隔离室", "家长接走",
    ]  # fmt: skip
    assert page.next.isHidden()


def test_enter_takes_the_next_step_until_she_is_fetched(enter, calm, window, clock, monkeypatch):
    page = enter("fever")
    case = begin(page, window, calm)
    page.list.light(case)
    page._on_chosen(case)
    assert page.next.text() == "复测"
    page.list.view.setFocus()
    QTest.keyClick(page.list.view, Qt.Key.Key_Return)
    calm()
    sheet = window.findChild(object, "fever")
    sheet.fields["tenths"].set_text("38.4")
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    calm()
    assert "才到复测时间" in sheet.message.text()
    clock.set(13, 58)
    finish(window, calm)
    for kind, fill in (
        (StepKind.CALL, {"words": "半小时到"}),
        (StepKind.ISOLATE, {}),
    ):
        page.list.light(case)
        page._on_chosen(case)
        QTest.keyClick(page.list.view, Qt.Key.Key_Return)
        calm()
        sheet = window.findChild(object, "fever")
        if kind is StepKind.CALL:
            assert "请选接通了没有" in (sheet.finish() or sheet.message.text())
            sheet.reached.button("1").click()
            sheet.fields["whom"].set_text("姑姑 李梅")
            sheet.fields["words"].set_text("半小时到")
            finish(window, calm)
            assert "档案里没有“姑姑 李梅”" in sheet.message.text()
            assert not sheet.fields["reason"].isHidden()
        if sheet._people and kind is not StepKind.ISOLATE:
            sheet.adults.button("0").click()
        for key, words in fill.items():
            sheet.fields[key].set_text(words)
        finish(window, calm)
    page.list.light(case)
    page._on_chosen(case)
    assert page.next.text() == "去前台办离园"  # who takes her is checked there
    asked = []
    monkeypatch.setattr(page.context, "go", lambda *where: asked.append(where))
    QTest.keyClick(page.list.view, Qt.Key.Key_Return)
    QTest.keyClick(page.list.view, Qt.Key.Key_F4)
    running = next(one for one in page._view.open if one.id == case)
    assert asked == [("desk", Target(visit=running.visit))] * 2
    assert running.of(StepKind.CALL)[0].phone


def test_the_last_step_is_taken_back_by_a_key(enter, calm, window):
    page = enter("fever")
    case = begin(page, window, calm)
    page.list.light(case)
    page._on_chosen(case)
    page.list.view.setFocus()
    QTest.keyClick(page.list.view, Qt.Key.Key_F8)
    calm()
    finish(window, calm)
    assert page._view.isolated == 1
    page.list.light(case)
    page._on_chosen(case)
    assert page.room.text() == "出隔离室"
    for _ in range(2):
        QTest.keyClick(page.list.view, Qt.Key.Key_Delete)
        calm()
        page.list.light(case)
        page._on_chosen(case)
    assert page._view.open == ()


def test_what_is_missing_is_said(enter, calm, window):
    page = enter("fever")
    QTest.keyClick(page.list.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    calm()
    sheet = window.findChild(object, "fever")
    sheet.finish()
    assert sheet.message.text() == "请选孩子。"
    sheet.pick.hits.button(next(iter(sheet.pick.hits._buttons))).click()
    sheet.finish()
    assert sheet.message.text() == "请填体温。"
    sheet.fields["tenths"].set_text("37.2")
    finish(window, calm)
    assert "没到发热线" in sheet.message.text()
