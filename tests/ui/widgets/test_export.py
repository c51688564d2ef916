"""The way out to Excel: for who may, under the name that was chosen, and with what is to be heeded said."""

import pytest
from PySide6.QtWidgets import QFileDialog

from app.domain.changes import Done
from app.domain.ids import StaffId
from app.domain.looks import Tone
from app.domain.staff import Actor, Role
from app.services.exporting import Exported, ListKind
from app.ui.widgets.export import ExportButton, save_list
from tests.ui.support import DESK, DIRECTOR

EXPORT = "exporting.export"
TEACHER = Actor(StaffId(3), "许静", Role.TEACHER)


@pytest.fixture
def exports(ground):
    ground.verbs.answers[EXPORT] = Done(Exported("x", b"a,b\r\n", 77, "里面有家长的电话，用完请删掉。"))
    return ground


@pytest.mark.parametrize(
    ("chosen", "form", "written"),
    [
        ("名单.xlsx", "xlsx", "名单.xlsx"),
        ("名单.CSV", "csv", "名单.CSV"),
        ("名单", "xlsx", "名单.xlsx"),
        ("名单 2025.11", "xlsx", "名单 2025.11.xlsx"),  # the month is part of the name
        ("名单.txt", "xlsx", "名单.txt.xlsx"),
    ],
)
def test_the_ending_chooses_the_form_and_takes_nothing_off_the_name(exports, tmp_path, chosen, form, written):
    save_list(exports.context, ListKind.CHILDREN, tmp_path / chosen)
    exports.settle()
    exports.settle()
    assert exports.verbs.said_to(EXPORT) == [[ListKind.CHILDREN, form, ""]]
    assert [one.name for one in tmp_path.iterdir()] == [written]
    assert exports.notices == [f"已导出 77 行：{written}。里面有家长的电话，用完请删掉。"]
    assert exports.tones == [Tone.WARN]


def test_a_list_without_personal_data_is_told_plainly(exports, tmp_path):
    exports.verbs.answers[EXPORT] = Done(Exported("x", b"", 12, ""))
    save_list(exports.context, ListKind.MONTH, tmp_path / "月度.xlsx", "2025-11")
    exports.settle()
    exports.settle()
    assert (exports.notices, exports.tones) == (["已导出 12 行：月度.xlsx。"], [Tone.OK])
    assert exports.verbs.said_to(EXPORT) == [[ListKind.MONTH, "xlsx", "2025-11"]]


def test_the_button_is_there_for_who_may_and_goes_with_her(ground):
    button = ground.put(ExportButton(ground.context, ListKind.CHILDREN, "records.export"))
    seen = []
    for actor in (DIRECTOR, TEACHER, DESK):
        ground.context.sign_in(actor)
        seen.append(button.isVisible())
        assert button.allowed is seen[-1]
    assert seen == [True, False, True]
    ground.context.sign_in(None)
    assert not button.isVisible()


def test_a_name_not_chosen_takes_nothing_out_and_the_list_is_offered_as_its_name(exports, monkeypatch):
    offered = []

    def choose(_parent, _title, name, _kinds):
        offered.append(name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    button = exports.put(ExportButton(exports.context, ListKind.CHILDREN, "records.export"))
    button.click()
    exports.settle()
    assert offered == [f"{ListKind.CHILDREN.label}.xlsx"]
    assert exports.verbs.asked == []


def test_a_file_nobody_was_asked_about_is_not_overwritten_and_the_one_that_was_chosen_is(exports, tmp_path):
    old = tmp_path / "名单.xlsx"
    old.write_bytes(b"last year")
    for chosen in ("名单", "名单.xlsx"):
        assert old.read_bytes() == b"last year"
        save_list(exports.context, ListKind.CHILDREN, tmp_path / chosen)
        exports.settle()
        exports.settle()
    assert old.read_bytes() == (tmp_path / "名单（2）.xlsx").read_bytes() == b"a,b\r\n"
    assert "名单（2）.xlsx" in exports.notices[0]


def test_where_it_cannot_be_written_it_is_said_and_nothing_is_told_as_done(exports, tmp_path):
    banners, folder = [], tmp_path / "folder"
    folder.write_bytes(b"a file")
    exports.context.messages.banner_raised.connect(lambda banner: banners.append(banner.words))
    save_list(exports.context, ListKind.CHILDREN, folder / "名单.xlsx")
    exports.qtbot.waitUntil(lambda: bool(banners))
    assert "文件写不进去" in banners[0]
    assert exports.notices == []
