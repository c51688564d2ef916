"""Commands are found by what they are called, and only offered where they lead somewhere."""

import ast
import re
from pathlib import Path

import pytest

from app.domain.ids import StaffId
from app.domain.names import search_keys
from app.domain.staff import Actor, Role
from app.services.exporting import ListKind
from app.ui.admissions.page import TABS
from app.ui.commands import COMMANDS, EXPORTS, Commands
from app.ui.icons import FOLDER
from app.ui.rooms import ROOMS

DESK, CASHIER, DIRECTOR = (
    Actor(StaffId(1), "甲", role) for role in (Role.FRONT_DESK, Role.CASHIER, Role.DIRECTOR)
)


@pytest.fixture
def commands():
    made = Commands(ROOMS, {"staff", "undo", *(one.act for one in COMMANDS if not one.room)})
    made.learn([search_keys(one) for one in made.words])
    return made


def found(commands, text, actor=DIRECTOR):
    return [way.words for way in commands.find(text, actor, 9)]


def test_by_characters_sound_and_initials(commands):
    for text in ("临时托", "linshituo", "lstdj", "登记"):
        assert found(commands, text)[0] == "临时托登记", text
    assert "打印接送卡" in found(commands, "guashi")
    assert found(commands, "qiantai") == ["前台"]


def test_before_the_sounds_are_known_characters_do():
    assert found(Commands(ROOMS, {"staff"}), "换人") == ["换人"]


def test_one_letter_means_a_person(commands):
    assert found(commands, "l") == []
    assert found(commands, "班")[0] == "班级"


def test_what_one_may_not_do_is_not_offered(commands):
    assert "临时托登记" not in found(commands, "linshituo", CASHIER)
    assert "园长" not in found(commands, "yuanzhang", DESK)
    assert "园长" in found(commands, "yuanzhang")


def test_a_command_whose_room_or_act_is_not_there_is_not_offered():
    none = Commands([], {"undo"})
    none.learn([search_keys(one) for one in none.words])
    assert {way.act for one in COMMANDS for way in none.find(one.words, DIRECTOR, 9)} == {"undo"}


def test_every_command_has_its_icon():
    assert [one.words for one in COMMANDS if not (FOLDER / f"{one.icon}.svg").is_file()] == []


def test_every_room_is_found_by_its_name(commands):
    for spec in ROOMS:
        assert spec.title in " ".join(found(commands, spec.title)), spec.key


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("临时托登记", "临时托登记"),  # F2 of the desk
        ("待追访", "缺勤追访"),  # F7
        ("紧急点名", "紧急点名"),  # F9
        ("伤害", "登记伤害"),
        ("发热", "记一次发热"),
        ("带药", "收药"),
        ("晨检", "晨检"),
        ("家长屏", "家长屏"),  # F11
        ("再打上一份", "再打上一份"),  # F12
        ("打印队列", "打印队列"),
        ("咨询登记", "咨询登记"),  # F2, F6 to F8 of the admissions
        ("招生登记", "咨询登记"),
        ("候补", "候补"),
        ("月龄预测", "月龄预测"),
        ("转班", "转班"),
        ("点名登记", "点名登记"),
        ("收费公示", "打印收费公示"),
        ("明天的预约", "明天的预约"),
        ("导入", "导入名单"),
        ("导出", "导出名单"),
        ("dcmd", "导出名单"),
        ("jiazhangping", "家长屏"),
    ],
)
def test_every_act_is_found_by_its_name(commands, name, words):
    assert words in found(commands, name)[:4]


def test_what_may_be_exported_is_offered_as_the_service_allows_it(commands):
    assert {key: words for key, (words, _) in EXPORTS.items()} == {one.value: one.label for one in ListKind}
    for role in Role:
        actor = Actor(StaffId(1), "甲", role)
        offered = {way.act for kind in ListKind for way in commands.find(f"导出{kind.label}", actor, 9)}
        assert {act for act in offered if act.startswith("export.")} == {
            f"export.{kind}" for kind in ListKind if kind.open_to(actor)
        }, role


def test_the_cashier_takes_out_and_takes_nothing_in(commands):
    assert "导出名单" in found(commands, "导出", CASHIER)
    assert "导入名单" not in found(commands, "导入", CASHIER)


ONE_KEY = {"看完整号码": "F8", "照抄上周": "Ctrl+B"}
_OTHER_WORDS = {"看号码", "显示号码", "看完整的号码", "照抄上一周"}
_KEY = re.compile(r"(?:Ctrl\+|Alt\+|Shift\+)*(?:F\d{1,2}|[A-Z0-9]|Return|Enter|Del|PgUp|PgDown)")


def labelled_keys():
    """Each button whose words stand in the code, with the key beside them; empty where it has none."""
    for path in sorted(Path("app/ui").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call):
                said = [one.value for one in call.args if isinstance(one, ast.Constant)]
                words = [one for one in said if isinstance(one, str)]
                key = next((one for one in words if _KEY.fullmatch(one)), "")
                yield from ((path.name, one, key) for one in words if not _KEY.fullmatch(one))


def test_one_act_has_one_name_and_one_key_in_every_room():
    found = list(labelled_keys())
    for words, key in ONE_KEY.items():
        keys = {name: has for name, said, has in found if said == words}
        assert len(keys) > 1, words
        assert set(keys.values()) == {key}, keys
    assert [one for one in found if one[1] in _OTHER_WORDS] == []


def test_what_is_found_by_ctrl_k_says_the_key_of_its_page():
    shown = {one.act: one.key for one in COMMANDS if one.room == "admissions"}
    pages = {act: key.replace("+", " ") for act, _, key in TABS}
    assert list(pages.values()) == ["Ctrl 1", "Ctrl 2", "Ctrl 3", "Ctrl 4"], "as in every room with pages"
    assert {act: key for act, key in shown.items() if act in pages}.items() <= pages.items()
