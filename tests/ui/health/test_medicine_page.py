"""带药 by keys: taking with a signature, giving by two, leaving out, giving back."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.domain.medicine import DoseState, MedicineError
from app.services.medicine import Giving
from app.services.pins import Second
from app.store import children
from app.ui.health.medicine_sheets import read_times
from db.practice_release import PINS

PIN = dict(PINS)


def sheet_of(window, name):
    return window.findChild(object, name)


def finish(window, calm, name):
    QTest.keyClick(sheet_of(window, name), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    calm()


def light(page, request):
    page.list.light(request)
    page._on_chosen(request)
    page.list.view.setFocus()


@pytest.fixture
def page(enter, clock, sign_in, read):
    """许静 stands in for a colleague of the class in which a dose waits."""
    director = sign_in("周敏")
    waiting = next(one for one in read(lambda s: s.health.medicine.day(director)).requests if one.waiting)
    staff = {one.name: one.id for one in read(lambda s: s.people.staff())}
    read(lambda s: s.classes.duty.clock_in(director, staff["许静"], waiting.class_id))
    made = enter("medicine", "许静")
    made.waiting = next(one for one in made._day.requests if one.waiting)
    light(made, made.waiting.id)
    return made


def test_what_waits_stands_first_with_its_minutes(page):
    assert [record.chips[0].words for record in page.list.records] == [
        "16:00 · 还有 2 小时 8 分",
        "已喂 1 次 · 待交还",
    ]
    assert page.give.text() == "喂 16:00 的药"
    assert not page.rest.isEnabled()


def test_two_people_give_it(page, calm, window, clock):
    clock.set(16, 2)
    QTest.keyClick(page.list.view, Qt.Key.Key_Return)
    calm()
    sheet = sheet_of(window, "give")
    for fill, words in (
        (lambda: None, "请选面前的孩子"),
        (lambda: sheet.child.button(str(page.waiting.child)).click(), "请写量出来的剂量"),
        (lambda: sheet.fields["dose"].set_text("半包冲125ml"), "请许静输口令"),
        (lambda: sheet.giver.pin.edit.setText(PIN["许静"]), "请另一位同事"),
    ):
        fill()
        sheet.finish()
        assert words in sheet.message.text()
    boss = next(key for key, one in sheet.checker._holders.items() if one.actor.name == "周敏")
    sheet.checker.who.button(boss).click()
    sheet.checker.pin.edit.setText("0001")
    finish(window, calm, "give")
    assert "口令不对" in sheet.message.text()
    sheet.giver.pin.edit.setText(PIN["许静"])
    sheet.checker.pin.edit.setText(PIN["周敏"])
    finish(window, calm, "give")
    given = next(one for one in page._day.requests if one.id == page.waiting.id)
    assert given.doses[0].words == "16:00 已喂（16:02，许静、周敏）"


def test_both_confirm_this_child_and_this_dose_and_no_other(page, calm, window, clock):
    clock.set(16, 2)
    QTest.keyClick(page.list.view, Qt.Key.Key_Return)
    calm()
    sheet = sheet_of(window, "give")
    first, second = list(sheet.child._buttons)[:2]

    def pins():
        return sheet.giver.pin.text(), sheet.checker.pin.text()

    def fill():
        sheet.giver.pin.edit.setText("1")
        sheet.checker.pin.edit.setText("2")

    fill()
    sheet.child.button(first).click()
    sheet.fields["dose"].edit.insert("5")
    assert pins() == ("1", "2")
    sheet.child.button(second).click()
    assert pins() == ("", "")
    fill()
    QTest.keyClick(sheet.fields["dose"].edit, Qt.Key.Key_0)
    assert pins() == ("", "")
    sheet.dismiss()


def test_what_was_taken_back_is_asked_about_before_the_next_one(page, calm, window, clock):
    def give():
        QTest.keyClick(page.list.view, Qt.Key.Key_Return)
        calm()
        sheet = sheet_of(window, "give")
        sheet.child.button(str(page.waiting.child)).click()
        sheet.fields["dose"].set_text("半包冲125ml")
        boss = next(key for key, one in sheet.checker._holders.items() if one.actor.name == "周敏")
        sheet.checker.who.button(boss).click()
        sheet.giver.pin.edit.setText(PIN["许静"])
        sheet.checker.pin.edit.setText(PIN["周敏"])
        return sheet

    clock.set(16, 2)
    assert "cleared" not in give().fields
    finish(window, calm, "give")
    QTest.keyClick(page.list.view, Qt.Key.Key_Delete)
    calm()
    light(page, page.waiting.id)
    sheet = give()
    assert "16:02 记过已喂" in " ".join(one.text() for one in sheet.findChildren(QLabel))
    finish(window, calm, "give")
    assert "没喝下去" in sheet.message.text()
    sheet.fields["cleared"].set_text("药还在杯里")
    finish(window, calm, "give")
    given = next(one for one in page._day.requests if one.id == page.waiting.id)
    assert given.doses[0].state is DoseState.GIVEN


def test_that_it_is_too_early_is_said_before_anything_is_typed(page, calm, window, clock):
    QTest.keyClick(page.list.view, Qt.Key.Key_Return)
    calm()
    assert sheet_of(window, "give").message.text() == "还没到时间：16:00 喂，最早提前 15 分钟。"
    QTest.keyClick(sheet_of(window, "give"), Qt.Key.Key_Escape)
    calm()
    clock.set(15, 45)
    QTest.keyClick(page.list.view, Qt.Key.Key_Return)
    calm()
    assert sheet_of(window, "give").message.text() == ""


def test_where_a_sheet_refuses_the_cursor_goes(page, calm, window, clock):
    QTest.keyClick(page.list.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    calm()
    sheet = sheet_of(window, "take")
    fill_take(sheet)
    sheet.pack.setChecked(False)
    finish(window, calm, "take")
    assert "不是原包装" in sheet.message.text()
    assert sheet.pack.hasFocus()


def test_the_giver_is_not_offered_to_check_herself(page, calm, window):
    QTest.keyClick(page.list.view, Qt.Key.Key_Return)
    calm()
    sheet = sheet_of(window, "give")
    assert [one.actor.name for one in sheet.giver._holders.values()] == ["许静"]
    assert "许静" not in [one.actor.name for one in sheet.checker._holders.values()]
    assert str(page.waiting.child) in sheet.child._buttons
    assert len(sheet.child._buttons) > 3  # she has to look whom she has before her


def test_who_checks_has_a_pin_of_her_own_or_is_told_what_to_do(page, calm, window, clock):
    clock.set(16)
    QTest.keyClick(page.list.view, Qt.Key.Key_Return)
    calm()
    sheet = sheet_of(window, "give")
    sheet.child.button(str(page.waiting.child)).click()
    sheet.fields["dose"].set_text(page.waiting.dose)
    sheet.giver.pin.edit.setText(PIN["许静"])
    nurse = next(key for key, one in sheet.checker._holders.items() if one.actor.name == "顾红")
    sheet.checker.who.button(nurse).click()
    assert sheet.checker.again.isHidden()
    sheet.checker.pin.edit.setText("6174")
    finish(window, calm, "give")
    assert "须本人登录、园长在场，在“设置—本机”" in sheet.message.text()
    assert any(one.id == page.waiting.id for one in page._day.requests)


def test_left_out_given_back_and_both_taken_back(page, calm, window):
    QTest.keyClick(page.list.view, Qt.Key.Key_F6)
    sheet_of(window, "skip").fields["reason"].set_text("妈妈来电说不用了")
    finish(window, calm, "skip")
    light(page, page.waiting.id)
    QTest.keyClick(page.list.view, Qt.Key.Key_F8)
    calm()
    sheet = sheet_of(window, "rest")
    sheet.stops["adult"].button(next(iter(sheet.stops["adult"]._buttons))).click()
    finish(window, calm, "rest")
    kept = next(one for one in page._day.requests if one.id == page.waiting.id)
    assert (kept.doses[0].state, bool(kept.returned)) == (DoseState.SKIPPED, True)
    for _ in range(2):
        light(page, page.waiting.id)
        QTest.keyClick(page.list.view, Qt.Key.Key_Delete)
        calm()
    kept = next(one for one in page._day.requests if one.id == page.waiting.id)
    assert (bool(kept.waiting), kept.returned) == (True, "")


def test_who_is_not_on_file_is_handed_the_rest_for_a_reason(page, calm, window):
    QTest.keyClick(page.list.view, Qt.Key.Key_F6)
    sheet_of(window, "skip").fields["reason"].set_text("妈妈来电说不用了")
    finish(window, calm, "skip")
    light(page, page.waiting.id)
    QTest.keyClick(page.list.view, Qt.Key.Key_F8)
    calm()
    sheet = sheet_of(window, "rest")
    assert sheet.fields["reason"].isHidden()
    sheet.fields["whom"].set_text("隔壁王叔")
    finish(window, calm, "rest")
    assert "档案里没有“隔壁王叔”" in sheet.message.text()
    assert sheet.fields["reason"].edit.hasFocus()
    sheet.fields["reason"].set_text("妈妈来电托他带回")
    finish(window, calm, "rest")
    kept = next(one for one in page._day.requests if one.id == page.waiting.id)
    assert kept.returned.endswith("交还隔壁王叔（档案里没有：妈妈来电托他带回）")


def test_a_dose_taken_back_when_the_bottle_is_home_wants_its_reason(page, calm, window, read, clock, sign_in):
    clock.set(16, 2)
    director = sign_in("周敏")
    holders = {one.actor.name: one.actor for one in read(lambda s: s.pins.holders(director))}
    dose, child = page.waiting.doses[-1], page.waiting.child
    second = [Second(holders[name].id, PIN[name]) for name in ("许静", "周敏")]
    giving = Giving(dose.id, child, page.waiting.dose, *second)
    act = read(lambda s: s.health.medicine.give(director, giving)).value
    read(
        lambda s: s.health.medicine.give_back(
            director, page.waiting.id, "隔壁王叔", reason="妈妈来电托他带回"
        )
    )
    read(lambda s: s.health.medicine.undo_act(director, act))
    page.refresh()
    calm()
    light(page, page.waiting.id)
    shown = next(one for one in page.list.records if one.key == page.waiting.id)
    assert shown.chips[0].words == "已交还 · 还没写为什么没喂"
    assert (page.give.isEnabled(), page.skip.isEnabled(), page.rest.isEnabled()) == (False, True, False)
    QTest.keyClick(page.list.view, Qt.Key.Key_Return)
    calm()
    assert sheet_of(window, "give") is None


def fill_take(sheet, **more):
    sheet.pick.hits.button(next(iter(sheet.pick.hits._buttons))).click()
    words = {
        "medicine": "止咳糖浆",
        "dose": "5 ml",
        "times": "15:30",
        "brought": "1",
        "reason": "咳嗽",
        "allergy": "无",
        "expires_on": "2026-06-30",
        **more,
    }
    for key, text in words.items():
        sheet.fields[key].set_text(text)
    sheet.pack.setChecked(True)
    sheet.adults.button(next(iter(sheet.adults._buttons))).click()


def draw(pad):
    points = [QPoint(20, 30), QPoint(60, 90), QPoint(100, 20), QPoint(140, 95), QPoint(180, 25)]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=points[0])
    for point in (*points, QPoint(210, 60)):
        QTest.mouseMove(pad, point)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(220, 70))


def test_the_medicine_of_yesterday_is_filled_in_but_what_is_asked_each_day(page, calm, window):
    QTest.keyClick(page.list.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    calm()
    sheet = sheet_of(window, "take")
    sheet.pick.hits.button(next(iter(sheet.pick.hits._buttons))).click()
    child = sheet._chosen()
    sheet._inside[child.child] = dataclasses.replace(child, before=())
    sheet._on_child()
    assert not sheet.before.isVisible()
    sheet._inside[child.child] = dataclasses.replace(child, before=(page.waiting,))
    sheet._on_child()
    assert sheet.before.button("0").text() == f"{page.waiting.medicine} {page.waiting.dose}"
    sheet.before.button("0").click()
    filled = {key: sheet.text(key) for key in ("medicine", "dose", "way", "reason")}
    assert filled == {key: getattr(page.waiting, key) for key in filled}
    assert sheet.expires.read() == page.waiting.expires_on
    assert len(read_times(sheet.text("times"), page.waiting.taken_at)) == len(page.waiting.doses)
    assert [sheet.text(key) for key in ("allergy", "brought", "signer", "home_at")] == [""] * 4
    assert not sheet.pack.isChecked()
    assert "对照药盒核对" in sheet.message.text()


def test_a_parent_signs_on_the_screen(page, calm, window):
    QTest.keyClick(page.list.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    calm()
    sheet = sheet_of(window, "take")
    fill_take(sheet)
    sheet.how.button("screen").click()
    finish(window, calm, "take")
    assert "还没有签名" in sheet.message.text()
    draw(sheet.pad)
    finish(window, calm, "take")
    taken = next(one for one in page._day.requests if one.medicine == "止咳糖浆")
    assert (taken.signed_how, taken.signature != "") == ("screen", True)
    shown = []
    page.context.printing.preview = lambda paper, *_: shown.append(paper)
    light(page, taken.id)
    QTest.keyClick(page.list.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    calm()
    page.paper.click()
    calm()
    assert shown[0].drawing[2]
    assert shown[1].title == "在园带药服药记录"


def test_who_is_not_on_file_is_asked_why_she_signs(page, calm, window):
    QTest.keyClick(page.list.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    calm()
    sheet = sheet_of(window, "take")
    assert sheet.fields["signer_reason"].isHidden()
    fill_take(sheet)
    sheet.fields["signer"].set_text("路人甲")
    finish(window, calm, "take")
    assert "档案里没有“路人甲”" in sheet.message.text()
    assert sheet.fields["signer_reason"].edit.hasFocus()
    sheet.fields["signer_reason"].set_text("妈妈来电，托同事签")
    finish(window, calm, "take")
    taken = next(one for one in page._day.requests if one.medicine == "止咳糖浆")
    assert taken.signer == "路人甲（档案里没有：妈妈来电，托同事签）"


def test_a_line_of_allergies_in_doubt_is_read_aloud(page, calm, window):
    QTest.keyClick(page.list.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    calm()
    sheet = sheet_of(window, "take")
    assert sheet._reading.isHidden()
    fill_take(sheet)
    sheet.fields["allergy"].set_text("蚕豆病")
    finish(window, calm, "take")
    assert "念给家长听" in sheet.message.text()
    assert sheet.answer.hasFocus()
    sheet.answer.button("none").click()
    finish(window, calm, "take")
    assert "哪位家长说" in sheet.message.text()
    assert sheet.teller.hasFocus()
    who = sheet._chosen().adults[0]
    sheet.teller.button(who).click()
    sheet.fields["allergy"].edit.textEdited.emit("蚕豆症")
    assert (sheet.answer.value(), sheet.teller.value()) == ("", ""), "another line is asked about anew"
    sheet.answer.button("none").click()
    sheet.teller.button(who).click()
    finish(window, calm, "take")
    taken = next(one for one in page._day.requests if one.medicine == "止咳糖浆")
    assert taken.allergy == f"蚕豆病（念给家长听过，{who}说对这种药不过敏）"


def test_a_dose_of_what_she_turned_out_not_to_tolerate_is_stopped(page, calm, window, read):
    one, notices = page.waiting, []

    def note(services):
        with services._database.unit(None, "test") as unit:
            children.answer_allergy(unit, one.child, "has", (one.medicine,))
            unit.audit("child", one.child)

    read(note)
    page.context.messages.said.connect(lambda notice: notices.append(notice.words))
    page.refresh()
    calm()
    light(page, one.id)
    words = f"停喂，对{one.medicine}过敏"
    assert page.list.records[0].chips[0].words == f"16:00 · {words}"
    assert (page.give.isEnabled(), page.skip.isEnabled()) == (False, True)
    QTest.keyClick(page.list.view, Qt.Key.Key_Return)
    calm()
    assert sheet_of(window, "give") is None
    assert "不能喂。请告诉家长" in notices[-1]


def test_a_dose_at_home_told_on_a_slip_taken_back_is_asked_about(page, calm, window):
    def take(**more):
        QTest.keyClick(page.list.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        calm()
        fill_take(sheet := sheet_of(window, "take"), **more)
        finish(window, calm, "take")
        return sheet

    take(home_at="08:00")
    first = next(one for one in page._day.requests if one.medicine == "止咳糖浆")
    page.context.act(lambda s: s.health.medicine.undo_take(page.context.actor, first.id))
    calm()
    sheet = take()
    assert "撤销的那张单写着 08:00 在家喂过止咳糖浆" in sheet.message.text()
    assert sheet.fields["home_at"].edit.hasFocus()
    sheet.fields["home_at"].set_text("无")
    finish(window, calm, "take")
    again = next(one for one in page._day.requests if one.medicine == "止咳糖浆")
    assert (again.id != first.id, again.home_at) == (True, None)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"medicine": "头孢克洛"}, "不代喂"),
        ({"brought": "很多"}, "带来几份"),
        ({"times": "中午"}, "看不懂时间"),
        ({"expires_on": "2025-01-01"}, "已经过期"),
    ],
)
def test_what_is_not_taken_is_said_at_its_field(page, calm, window, more, words):
    QTest.keyClick(page.list.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    calm()
    sheet = sheet_of(window, "take")
    fill_take(sheet, **more)
    finish(window, calm, "take")
    assert words in sheet.message.text()
    assert sheet.fields[next(iter(more))].edit.hasFocus()


def test_times_are_read_as_people_type_them():
    now = dt.datetime(2025, 12, 3, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    assert [f"{at:%H:%M}" for at in read_times("12:30、16点 1430", now)] == ["12:30", "16:00", "14:30"]
    with pytest.raises(MedicineError):
        read_times("", now)
