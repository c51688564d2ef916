"""备份: copies beside the file, and one carried away with progress."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.changes import Changes, Done
from app.domain.errors import SurroundingsError
from app.services.safekeeping import KeepingStatus, KeptCopies, KeptCopy
from app.ui.settings.backup_page import BackupPage
from tests.ui.support import DIRECTOR, STORY, make_context, settle


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


@pytest.fixture
def page(qtbot):
    services = SimpleNamespace(safekeeping=Keeping())
    page = BackupPage(make_context(qtbot, services, actor=DIRECTOR))
    qtbot.addWidget(page)
    page.show()
    page.services = services
    return page


def test_a_back_up_says_its_name_and_the_button_is_there_again(page, qtbot):
    said = []
    page.context.messages.said.connect(lambda notice: said.append(notice.words))
    page._back_up.click()
    assert not page._back_up.isEnabled()
    settle(qtbot, page.context)
    assert said == ["备份好了：centre-20251203.sqlite3"]
    assert page._back_up.isEnabled()


def test_a_failed_back_up_raises_a_banner_and_can_be_tried_again(page, qtbot):
    banners = []
    page.context.messages.banner_raised.connect(lambda banner: banners.append(banner.words))
    page.services.safekeeping.full = True
    page._back_up.click()
    settle(qtbot, page.context)
    assert banners == ["磁盘满了。"]
    assert page._back_up.isEnabled()


def test_the_back_ups_are_listed_with_the_way_back(page, qtbot):
    page.refresh()
    settle(qtbot, page.context)
    said = page._copies.accessibleName()
    assert said.startswith("2025-12-03 13:52 1.2 MB 完好；2025-12-03 13:52 1.2 MB 可疑：操作记录对不上；")
    assert said.count("；") == 7
    assert page._more.text() == "更早的还有 2 份，在数据文件夹的 backups 里。"
    assert 'tuodehao restore "a" --data "b"' in page._restore.text()
    page._on_copy_restore_clicked()
    assert QApplication.clipboard().text() == page._restore.text()


def test_a_copy_goes_to_the_chosen_folder_with_progress(hands, tmp_path, monkeypatch):
    stick = tmp_path / "stick"
    stick.mkdir()
    page = hands.page("backup")
    told = []
    page.progressed.connect(lambda done, total: told.append(done / total))
    monkeypatch.setattr(page, "pick_folder", lambda: stick)
    hands.key(Qt.Key.Key_E)
    assert [one.suffix for one in stick.iterdir()] == [".sqlite3"]
    assert told[-1] == 1.0
    assert hands.said[-1].startswith("备份好了：")
    assert page._progress.isHidden()
    assert page._out.isEnabled()


def test_a_copy_called_off_leaves_nothing_and_the_page_is_ready_again(hands, tmp_path, monkeypatch):
    page = hands.page("backup")
    page.copy_to(tmp_path)
    page._stop.set()
    hands.settle()
    assert hands.said[-1] in {"备份停下了，没有留下半份。", f"备份好了：{tmp_path}"}
    assert [one for one in tmp_path.iterdir() if one.name.startswith(".centre")] == []
    assert page._out.isEnabled()


def test_a_folder_that_is_gone_is_said_and_none_chosen_is_nothing(hands, tmp_path, monkeypatch):
    page = hands.page("backup")
    page.copy_to(tmp_path / "gone")
    hands.settle()
    assert page.problem.text().startswith("没有这个文件夹")
    monkeypatch.setattr(page, "pick_folder", lambda: None)
    page._on_out_clicked()
    assert page._progress.isHidden()
