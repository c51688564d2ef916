"""The rounds by keys: normal in one, the rest in one, a temperature in three digits."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.health_round import RoundKind
from app.domain.logbook import EntryDraft, EntryKind


def keys(*pressed):
    for one in pressed:
        for key in one if isinstance(one, str) else (one,):
            QTest.keyClick(QApplication.focusWidget(), key)


def checked(page):
    return {row.name: row.check for row in page._view.rows}


def names(page):
    return [record.title for record in page.list.records]


def test_a_teacher_begins_with_her_own_class_and_the_round_of_the_hour(enter):
    page = enter("rounds")
    assert page.kind.value() == RoundKind.NOON
    assert page._only == page.context.actor.class_id
    assert len(page.list.records) == 18
    assert page.rest.text() == "本班其余 17 人正常"  # one was looked at before


def test_enter_is_normal_and_goes_on(enter, calm):
    page = enter("rounds")
    waiting = [row.name for row in page._view.rows if row.check is None]
    page.list.light(next(row.visit for row in page._view.rows if row.check is None))
    keys(Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Return)  # faster than the file
    calm()
    done = checked(page)
    assert [done[name] is not None for name in waiting[:4]] == [True, True, True, False]
    assert page._row().name == waiting[3]


def test_three_digits_are_a_temperature(enter, calm):
    page = enter("rounds")
    row = next(row for row in page._view.rows if row.check is None)
    page.list.light(row.visit)
    keys("365", Qt.Key.Key_Return)
    calm()
    check = checked(page)[row.name]
    assert (check.tenths, check.site, check.outcome) == (365, "forehead", "normal")
    assert page.heat.text() == ""
    assert page.list.view.hasFocus()


def test_the_rest_is_normal_in_one_key_and_comes_back_by_undo(enter, calm, window):
    page = enter("rounds")
    keys(Qt.Key.Key_F8)
    calm()
    assert all(check is not None for check in checked(page).values())
    assert not page.rest.isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    calm()
    assert sum(check is None for check in checked(page).values()) == 17


def test_who_must_be_looked_at_by_herself_stays_and_the_row_says_why(enter, calm, read):
    page = enter("rounds")
    actor, row = page.context.actor, next(row for row in page._view.rows if row.check is None)
    said = EntryDraft(EntryKind.NOTE, page.context.clock(), detail="remark", text="抽搐了两分钟")
    read(lambda s: s.classroom.log(actor, (row.visit,), said))
    page.refresh()
    calm()
    assert page.rest.text() == "本班其余 16 人正常"
    keys(Qt.Key.Key_F8)
    calm()
    assert [name for name, check in checked(page).items() if check is None] == [row.name]
    assert page.rest.text() == "还有 1 人要单独检查"
    assert page.rest.isEnabled()
    assert "记过要就医的情况" in next(one.words for one in page._view.rows if one.name == row.name)


def test_exceptions_are_chosen_by_what_was_seen(enter, calm, window):
    page = enter("rounds")
    row = next(row for row in page._view.rows if row.check is None)
    page.list.light(row.visit)
    keys(Qt.Key.Key_F6)
    sheet = window.findChild(object, "check")
    sheet.found[1].button("throat").click()
    sheet.found[2].button("cough").click()
    assert sheet._chip.chip.words == "黄牌"
    sheet.fields["treatment"].set_text("已告诉妈妈")
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    calm()
    check = checked(page)[row.name]
    assert (check.outcome, check.note) == ("abnormal", "咽红、咳嗽；已告诉妈妈")
    assert page._row().name != row.name
    keys(Qt.Key.Key_Delete)  # there is nothing to take back of who comes next
    page.list.light(row.visit)
    page._on_chosen(row.visit)
    keys(Qt.Key.Key_Delete)
    calm()
    assert checked(page)[row.name] is None


def test_a_red_card_without_a_slip_leads_to_taking_the_medicine(enter, calm, window):
    page = enter("rounds")
    row = next(row for row in page._view.rows if row.check is None and not row.medicine)
    page.list.light(row.visit)
    assert not page.slip.isVisible()
    keys(Qt.Key.Key_F6)
    sheet = window.findChild(object, "check")
    assert not sheet._slip.isVisible()
    sheet.found[3].button("medicine").click()
    assert "还没有她的服药单" in sheet._slip.text()
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    calm()
    page.list.light(row.visit)
    page._on_chosen(row.visit)
    assert page.slip.isVisible()
    assert "按 Ctrl N 收药" in page._hint.text()
    QTest.keyClick(page.list.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    calm()
    assert window.room("health").page.key == "medicine"
    take = window.findChild(object, "take")
    assert take.pick.child == row.child
    assert take.fields["medicine"].edit.hasFocus()


def test_a_fever_opens_the_sheet_and_says_what_follows(enter, calm, window, read):
    page = enter("rounds")
    row = next(row for row in page._view.rows if row.check is None)
    page.list.light(row.visit)
    keys("381", Qt.Key.Key_Return)
    sheet = window.findChild(object, "check")
    assert "开始发热处理" in sheet._fever.text()
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    calm()
    actor = page.context.actor
    assert [one.name for one in read(lambda s: s.health.fevers.view(actor)).open] == [row.name]


def test_nonsense_is_said_at_the_field(enter):
    page = enter("rounds")
    keys("999", Qt.Key.Key_Return)
    assert "看不懂" in page.heat.problem


def test_page_keys_go_through_the_classes(enter, calm):
    page, seen = enter("rounds", "顾红"), []
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        keys(key)
        calm()
        seen.append(page.classes.button(page.classes.value()).text().split()[0])
    assert seen == ["小星星", "小海豚", "小星星"]


def test_the_register_of_the_month_is_shown(enter, calm, window, qtbot):
    page = enter("rounds")
    shown = []
    page.context.printing.preview = lambda paper, *_: shown.append(paper)
    keys(Qt.Key.Key_Escape)
    page.list.view.setFocus()
    QTest.keyClick(page.list.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    calm()
    (paper,) = shown
    assert (paper.title, paper.where, paper.month) == (
        "晨午检及全日健康观察记录",
        "抱抱龙班",
        "2025-12",
    )
    assert any("咽红、咳嗽" in cell for row in paper.rows for cell in row)


def test_what_is_found_after_the_check_becomes_an_observation_of_the_day(enter, calm, window, read):
    page = enter("rounds")
    row = next(row for row in page._view.rows if row.check is not None)
    page.list.light(row.visit)
    page._on_chosen(row.visit)
    assert "午检做过了" in page._hint.text()
    assert not page.normal.isEnabled()
    keys("366", Qt.Key.Key_Return)
    calm()
    day = read(lambda s: s.health.rounds.view(page.context.actor, RoundKind.DAY))
    kept = next(one.check for one in day.rows if one.visit == row.visit)
    assert (kept.tenths, kept.outcome) == (366, "normal")
    assert checked(page)[row.name] == row.check
    page.list.light(row.visit)
    page._on_chosen(row.visit)
    keys(Qt.Key.Key_F6)
    assert window.findChild(object, "check").title.text().startswith("全日观察")


def test_a_narrow_page_says_how_far_the_class_is_that_is_shown(enter, window, qtbot):
    page = enter("rounds", "顾红")
    shown = page.classes.value()
    texts = {value: page.classes.button(value).text() for value in page._far}
    assert all("/" in text for text in texts.values())

    def counted():
        return {value for value in page._far if "/" in page.classes.button(value).text()}

    before = window.size()
    window.resize(900, before.height())
    qtbot.waitUntil(lambda: counted() == {shown})
    window.resize(before)
    qtbot.waitUntil(lambda: counted() == set(texts))
