"""日历: years by PgUp and PgDn, own days, and a notice that is pasted."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from app.store import day as days
from app.ui.settings.notice_sheet import NoticeSheet

PLAIN = Qt.KeyboardModifier.NoModifier
# Invented for the test.
NOTICE = "2027年安排\n一、元旦：1月1日（周五）至3日（周日）放假，共3天。1月9日（周六）上班。"


def test_an_unknown_year_raises_the_banner_until_its_notice_is_kept(hands):
    page = hands.page("calendar")
    assert page.banner.isHidden()
    for _ in range(2):
        hands.key(Qt.Key.Key_PageDown, PLAIN)
    assert page.banner.text() == "2027 放假安排未录入，按周一至周五暂算。"
    hands.key(Qt.Key.Key_I)
    sheet = hands.host.findChild(NoticeSheet)
    text = sheet.findChild(QPlainTextEdit, "notice.text")
    assert text.hasFocus()
    assert not sheet.keep.isEnabled()
    text.setPlainText(NOTICE)
    hands.settle()
    assert sheet.words.text().startswith("2027 年：读到 3 天放假、1 天上班。")
    assert "2027-01-09 周六 上班" in sheet.lines.text()
    hands.key(Qt.Key.Key_Return)
    assert page.banner.isHidden()
    assert days.is_open(hands.world.database, dt.date(2027, 1, 9))
    assert "录入 2027 年放假安排，4 天" in hands.find("settings.calendar.history").text()


def test_what_cannot_be_read_is_said_in_the_sheet(hands, tmp_path):
    hands.page("calendar")
    hands.key(Qt.Key.Key_I)
    sheet = hands.host.findChild(NoticeSheet)
    sheet.text.setPlainText("祝大家节日快乐")
    hands.settle()
    assert sheet.words.text().startswith("没有读到")
    assert not sheet.keep.isEnabled()
    sheet.text.clear()
    hands.settle()
    assert sheet.words.text() == ""
    table = tmp_path / "2027.csv"
    table.write_bytes("2027-01-01,放假,元旦".encode("gb18030"))
    sheet.load(table)
    hands.settle()
    assert sheet.keep.isEnabled()
    kept = sheet.text.toPlainText()
    long = "放假安排" * 50_000
    files = {"long.txt": long.encode(), "strange.txt": b"\xff\xfe\x00", "gone.csv": None}
    for name, data in files.items():
        if data is not None:
            (tmp_path / name).write_bytes(data)
        sheet.load(tmp_path / name)
        hands.settle()
        assert name in sheet.words.text()
        assert sheet.text.toPlainText() == kept, "nothing half, and nothing read as signs"
    sheet.dismiss()


def test_own_days_are_marked_and_taken_away(hands):
    page = hands.page("calendar")
    hands.save()
    assert page.first.problem == "请填日期，如 2026-01-05。"
    hands.fill("settings.calendar.first", "2025-12-24")
    hands.fill("settings.calendar.last", "2025-12-26")
    hands.save()
    assert page.reason.problem.startswith("请写原因")
    hands.fill("settings.calendar.reason", "消毒")
    hands.save()
    assert not days.is_open(hands.world.database, dt.date(2025, 12, 25))
    hands.row("settings.calendar.list", "12-25 周四")
    hands.key(Qt.Key.Key_D)
    assert days.is_open(hands.world.database, dt.date(2025, 12, 25))
    hands.row("settings.calendar.list", "10-01 周三")
    assert not page.drop.isEnabled()
    assert not page.grid.grab().isNull()
