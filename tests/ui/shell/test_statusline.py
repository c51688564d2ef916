"""The keys at the right of the status line: whole ones, as many as have room."""

import datetime as dt

import pytest

from app.domain.looks import Chip, Tone
from app.ui.shell.statusline import StatusLine
from app.ui.theme import Theme

_ALL = "Enter 修改 · Ctrl Enter 签字 · F2 说给家长 · F3 全班一句 · F8 齐全的都签"


@pytest.fixture
def line(qtbot):
    made = StatusLine(Theme())
    qtbot.addWidget(made)
    made.show_saved(None)
    made.show_hints(_ALL)
    made.show()
    return made


def test_where_there_is_room_every_key_is_told(line):
    line.resize(1366, 40)
    line.grab()
    assert line._hints.fitting() == _ALL
    assert not line._hints.toolTip()


def test_where_there_is_little_no_key_is_cut_in_half(line):
    whole = set(_ALL.split(" · "))
    for width in range(120, 700, 7):
        line.resize(width, 40)
        line.grab()
        words = line._hints.fitting()
        assert line._hints.fontMetrics().horizontalAdvance(words) <= line._hints.width()
        told = words.split(" · ") if words else []
        assert set(told) <= whole
        if words and words != _ALL:
            assert line._hints.toolTip() == _ALL


def test_a_back_up_of_today_gives_way_to_the_keys_and_an_older_one_does_not(qtbot, line):
    line.show_saved(dt.datetime(2025, 12, 3, 13, 52, 7, tzinfo=dt.timezone(dt.timedelta(hours=8))))
    advance = line._hints.fontMetrics().horizontalAdvance
    line.resize(advance("数据已保存 13:52:07" + _ALL + "备份 12:00 成功") + 300, 40)
    line.show_backup("备份 12:00 成功", calm=True)
    assert line._backup.isVisible()
    assert line._saved.text() == "数据已保存 13:52:07"
    line.resize(advance("已保存 13:52" + _ALL) + 170, 40)
    assert not line._backup.isVisible()
    assert line._saved.toolTip() == "备份 12:00 成功"
    assert line._saved.text() == "已保存 13:52"
    qtbot.waitUntil(lambda: line._hints.fitting() == _ALL)
    line.show_backup("上次备份 12月1日 12:00")
    assert line._backup.isVisible()
    assert not line._saved.toolTip()


def test_of_several_alerts_the_worst_is_told_before_a_key_goes(line):
    worst, other = Chip("小树苗班缺 2 名保育人员", Tone.BAD), Chip("小火车班医学观察到 12月16日", Tone.WARN)
    line.resize(2400, 40)
    line.show_alerts([other, worst])
    assert line._alerts.text() == "小树苗班缺 2 名保育人员　小火车班医学观察到 12月16日"
    line.resize(640, 40)
    line.grab()
    assert line._alerts.text() == "小树苗班缺 2 名保育人员，另有 1 条"
    assert line._alerts.toolTip().splitlines() == [worst.words, other.words]
    line.show_alerts([worst])
    assert line._alerts.text() == worst.words
