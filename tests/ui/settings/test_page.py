"""The settings room."""

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.changes import Changes, Done
from app.domain.errors import SurroundingsError
from app.domain.looks import Tone
from app.services.safekeeping import KeepingStatus, KeptCopies, KeptCopy
from app.services.seals import Verdict
from app.ui.settings.page import SettingsRoom
from tests.ui.support import STORY, make_context, settle


class Keeping:
    full = False

    def status(self):
        return KeepingStatus(STORY, STORY, "备份 13:52 成功")

    def copies(self, _actor):
        names = ("完好", "可疑：操作记录对不上", *("完好",) * 8)
        copies = tuple(KeptCopy(STORY, 1_234_567, words == "完好", words, "c") for words in names)
        return KeptCopies(copies, '请先关闭程序，再用命令 tuodehao restore "a" --data "b" 恢复最近的备份。')

    def back_up_now(self, _actor):
        if self.full:
            raise SurroundingsError("磁盘满了。")
        return Done(__import__("pathlib").Path("/x/centre-20251203.sqlite3"), Changes())


class Seals:
    def verify(self, _actor, text):
        return Verdict(True, "真", f"{text} 是真的。", Tone.OK)


@pytest.fixture
def room(qtbot):
    services = SimpleNamespace(safekeeping=Keeping(), seals=Seals())
    context = make_context(qtbot, services)
    room = SettingsRoom(context)
    qtbot.addWidget(room)
    room.show()
    room.services = services
    yield room
    context.theme.apply(QApplication.instance(), "light", 100)


def test_theme_and_font_change_at_once(room):
    room._theme_choice.button("dark").click()
    room._scale_choice.button("150").click()
    assert (room.context.theme.name, room.context.theme.metrics.scale) == ("dark", 1.5)


def test_a_back_up_says_its_name_and_the_button_is_there_again(room, qtbot):
    said = []
    room.context.messages.said.connect(lambda notice: said.append(notice.words))
    room._back_up.click()
    assert not room._back_up.isEnabled()
    settle(qtbot, room.context)
    assert said == ["备份好了：centre-20251203.sqlite3"]
    assert room._back_up.isEnabled()


def test_a_failed_back_up_raises_a_banner_and_can_be_tried_again(room, qtbot):
    banners = []
    room.context.messages.banner_raised.connect(lambda banner: banners.append(banner.words))
    room.services.safekeeping.full = True
    room._back_up.click()
    settle(qtbot, room.context)
    assert banners == ["磁盘满了。"]
    assert room._back_up.isEnabled()


def test_a_seal_is_checked_with_enter_and_the_verdict_goes_when_it_is_changed(room, qtbot):
    qtbot.keyClicks(room._seal.edit, "TDH1")
    room._seal.edit.returnPressed.emit()
    settle(qtbot, room.context)
    assert room._verdict.chip.words == "真"
    assert room._verdict_words.text() == "TDH1 是真的。"
    qtbot.keyClicks(room._seal.edit, "2")
    assert room._verdict.chip.words == ""


def test_nothing_to_check_is_said(room):
    room._on_check_clicked()
    assert room._seal.problem == "请先扫码，或把码打进来。"


def test_the_back_ups_are_listed_with_the_way_back(room, qtbot):
    room.refresh()
    settle(qtbot, room.context)
    said = room._copies.accessibleName()
    assert said.startswith("2025-12-03 13:52 1.2 MB 完好；2025-12-03 13:52 1.2 MB 可疑：操作记录对不上；")
    assert said.count("；") == 7
    assert room._more.text() == "更早的还有 2 份，在数据文件夹的 backups 里。"
    assert 'tuodehao restore "a" --data "b"' in room._restore.text()
    room._on_copy_restore_clicked()
    assert QApplication.clipboard().text() == room._restore.text()
