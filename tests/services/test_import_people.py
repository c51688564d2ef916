"""Who a grown-up of a list is to the child, from the file to the record: above all, who must not collect."""

import csv
import datetime as dt
import io

import openpyxl
import pytest

from app.domain.looks import Tone
from app.services.bundle import build
from app.services.importing import ImportRefusedError
from app.store import people
from tests.services.world import DAY


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def table_of(services, world, heads, *rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([heads.split(","), *(row.split(",") for row in rows)])
    table = services.importing.read(world.desk, "名单.csv", out.getvalue().encode("utf-8-sig"))
    return table, services.importing.preview(world.desk, table, table.guessed).rows


def read(services, world, heads, row):
    _, (found,) = table_of(services, world, f"姓名,出生日期,{heads}", f"赵一,2023-08-01,{row}")
    return found


def flags(row):
    return {one.name: (one.is_guardian, one.may_collect, one.is_emergency, one.barred) for one in row.adults}


def codes(row, tone=Tone.BAD):
    return {one.code for one in row.problems if one.tone is tone}


MOTHER, FATHER = "赵母,妈妈,13800006021", "赵大,爸爸,13811114444"
HEADS = "家长1姓名,家长1关系,家长1电话,家长2姓名,家长2关系,家长2电话"
GUARDS, COLLECTS, CALLED, BARRED = (
    (True, True, False, False),
    (False, True, False, False),
    (False, False, True, False),
    (False, False, False, True),
)


@pytest.mark.parametrize("answer", ["赵大", "赵大 爸爸 13811114444", "爸爸", "父亲", "赵大（禁止接走）"])
def test_who_is_named_in_the_column_is_barred_and_nothing_else(services, world, answer):
    row = read(services, world, f"{HEADS},禁止接走人", f"{MOTHER},{FATHER},{answer}")
    assert not row.bad, row.problems
    assert flags(row) == {"赵母": GUARDS, "赵大": BARRED}
    assert codes(row, Tone.WARN) == {"bar_no_paper"}


@pytest.mark.parametrize(
    "head", ["禁止接走", "是否禁止接走", "不得接走", "不能接送", "禁止接送人", "不可接的人"]
)
def test_the_name_may_stand_under_any_such_heading(services, world, head):
    row = read(services, world, f"{HEADS},{head}", f"{MOTHER},{FATHER},赵大")
    assert not row.bad, row.problems
    assert flags(row) == {"赵母": GUARDS, "赵大": BARRED}


def test_a_bar_of_somebody_else_brings_him_on_file_and_the_door_knows_him(services, world):
    table, (row,) = table_of(
        services, world,
        f"姓名,出生日期,{HEADS},禁止接走,禁止接走人,禁止接走依据",
        f"赵一,2023-08-01,{MOTHER},,,,是,赵大 爸爸 13811114444,法院判决书",
    )  # fmt: skip
    assert not row.problems
    services.importing.run(world.desk, table, table.guessed)
    child = services.desk.find(world.desk, "赵一")[0].child
    kept = {one.name: one.tie for one in people.list_adults(world.database, child, DAY)}
    assert (kept["赵大"].barred, kept["赵大"].may_collect, kept["赵大"].is_guardian) == (True, False, False)
    shown = {one.name: one.bar_words for one in services.records.card(world.director, child).adults}
    assert "法院判决书" in shown["赵大"]


def test_the_only_parent_barred_leaves_nobody_to_be_rung(services, world):
    heads = "家长姓名,关系,电话,禁止接走,禁止接走人"
    row = read(services, world, heads, f"{FATHER},是,赵大")
    assert flags(row) == {"赵大": BARRED}
    assert "no_adult" in codes(row)


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        ("备注", "爸爸不得接走孩子（离婚判决）"),
        ("喜欢", "父亲禁止接走"),  # a column that is not read
        ("不得接走人员电话号", "13811114444"),
        ("可接人", "赵大 禁止接走 13811114444"),
        ("可接人", "赵大（爸爸 不能接）"),
        ("禁止接走", "是"),
        ("禁止接走人", "爷爷"),
        ("过敏", "鸡蛋；生父无权接走"),
        ("备注", "不可交给爸爸"),
        ("备注", "离异；孩子判给妈妈"),
        ("备注", "赵大来了不行"),
        ("喜欢", "父亲无探视权"),
        ("抚养权", "归母亲"),
        ("接送限制", "赵大"),
        ("家长2禁止依据", "法院判决书"),  # and nobody said of him that he is barred
    ],
)
def test_what_bars_somebody_anywhere_else_keeps_the_row_out(services, world, heads, cells):
    row = read(services, world, f"{HEADS},{heads}", f"{MOTHER},{FATHER},{cells}")
    assert codes(row) & {"bar_words", "bar_nobody", "bar_nameless", "barred_unreadable"}, row.problems


def test_a_relation_or_a_name_that_says_so_is_never_taken_for_one(services, world):
    for father in ("赵大,爸爸（禁止接走）,13811114444", "赵大禁止接走,爸爸,13811114444"):
        row = read(services, world, f"{HEADS},禁止接走人", f"{MOTHER},{father},赵二")
        assert "bar_words" in codes(row)


@pytest.mark.parametrize(("answer", "said"), [("赵大", {"bar_said", "bar_no_paper"}), ("无", {"bar_said"})])
def test_a_note_is_answered_by_the_column_and_still_told(services, world, answer, said):
    row = read(services, world, f"{HEADS},备注,禁止接走人", f"{MOTHER},{FATHER},爸爸不得接走,{answer}")
    assert not row.bad
    assert codes(row, Tone.WARN) == said
    assert flags(row)["赵大"] == (BARRED if answer == "赵大" else GUARDS)


def test_words_of_custody_are_answered_by_the_column_wherever_they_stand(services, world):
    father = "赵大,前夫,13811114444"
    row = read(services, world, f"{HEADS},抚养权", f"{MOTHER},{father},归母亲")
    assert codes(row) == {"bar_words"}
    row = read(services, world, f"{HEADS},抚养权,禁止接走人", f"{MOTHER},{father},归母亲,无")
    assert not row.bad
    assert "bar_said" in codes(row, Tone.WARN)
    row = read(services, world, f"{HEADS},抚养权", f"{MOTHER},{FATHER},父母双方")
    assert not row.problems


def test_a_mere_no_answers_for_no_note(services, world):
    row = read(services, world, f"{HEADS},备注,禁止接走", f"{MOTHER},{FATHER},爸爸不得接走,否")
    assert codes(row) == {"bar_words"}
    row = read(services, world, f"{HEADS},禁止接走", f"{MOTHER},{FATHER},否")
    assert not row.problems


def test_a_title_above_the_headings_that_says_so_is_answered_for_too(services, world):
    text = f"离异家庭禁止接走名单\n姓名,出生日期,{HEADS}\n赵一,2023-08-01,{MOTHER},{FATHER}\n"
    table = services.importing.read(world.desk, "a.csv", text.encode())
    (row,) = services.importing.preview(world.desk, table, table.guessed).rows
    assert codes(row) == {"bar_words"}


def test_a_column_that_bars_put_to_another_item_by_hand_is_refused(services, world):
    table, _ = table_of(
        services, world, f"姓名,出生日期,{HEADS},禁止接走人", f"赵一,2023-08-01,{MOTHER},{FATHER},赵大"
    )
    (row,) = services.importing.preview(world.desk, table, (*table.guessed[:-1], "collectors")).rows
    assert codes(row) == {"bar_words"}
    (row,) = services.importing.preview(world.desk, table, (*table.guessed[:-1], "")).rows
    assert codes(row) == {"bar_words"}
    with pytest.raises(ImportRefusedError):
        services.importing.run(world.desk, table, (*table.guessed[:-1], ""))


def test_rows_handed_back_are_read_by_what_they_say_and_not_by_what_we_said(services, world):
    table, _ = table_of(
        services, world, "姓名,出生日期,家长姓名,关系,电话,备注",
        "赵一,2023-08-01,李阿姨,保姆,13811116666,爸爸不得接走",
    )  # fmt: skip
    preview = services.importing.preview(world.desk, table, table.guessed)
    sent = services.exporting.export_bad_rows(world.desk, table, preview).value
    book = openpyxl.load_workbook(io.BytesIO(sent.data))
    heads = [cell.value for cell in book.active[1]]
    assert "不能接" in book.active.cell(2, heads.index("哪里不对") + 1).value
    book.active.cell(2, heads.index("备注") + 1).value = "爱吃虾"
    out = io.BytesIO()
    book.save(out)
    again = services.importing.read(world.desk, sent.file_name, out.getvalue())
    (row,) = services.importing.preview(world.desk, again, again.guessed).rows
    assert codes(row) == set()


def test_nobody_collects_who_is_barred_or_nearly_so(services, world):
    row = read(services, world, f"{HEADS},可接人,禁止接走人", f"{MOTHER},{FATHER},赵大,赵大")
    assert codes(row) == {"bar_contradicts"}
    row = read(services, world, f"{HEADS},禁止接走人", f"{MOTHER},{FATHER},赵达")
    assert codes(row) == {"bar_alike"}
    row = read(services, world, f"{HEADS},家长2权限", f"{MOTHER},{FATHER},可接、禁止接走")
    assert "role_contradicts" in codes(row)


@pytest.mark.parametrize(
    ("relation", "flag", "code"),
    [
        ("妈妈", GUARDS, None), ("继父", GUARDS, None), ("监护人", GUARDS, None), ("", GUARDS, None),
        ("奶奶", COLLECTS, "no_guardian"), ("外公", COLLECTS, "no_guardian"),
        ("保姆", CALLED, "no_guardian"), ("邻居", CALLED, "no_guardian"), ("哥哥", CALLED, "no_guardian"),
        ("舅妈", CALLED, "no_guardian"), ("干爹", CALLED, "no_guardian"),
    ],
)  # fmt: skip
def test_the_relation_decides_who_is_a_guardian(services, world, relation, flag, code):
    row = read(services, world, "家长姓名,关系,电话", f"李阿姨,{relation},13811116666")
    assert not row.bad
    assert flags(row) == {"李阿姨": flag}
    assert codes(row, Tone.WARN) == ({code} if code else set())
    assert row.adults[0].words.startswith(f"{relation or '家长'} 李阿姨（")


def test_a_grandmother_under_guardian_is_one_and_a_nanny_is_not(services, world):
    for relation, flag in (("奶奶", GUARDS), ("保姆", CALLED)):
        row = read(services, world, "监护人姓名,关系,电话", f"李阿姨,{relation},13811116666")
        assert flags(row) == {"李阿姨": flag}


@pytest.mark.parametrize(
    ("roles", "flag"),
    [("监护人、可接", GUARDS), ("可接", COLLECTS), ("紧急联系人", CALLED), ("禁止接走", BARRED),
     ("联系人", (False, False, False, False)), ("监护人、紧急联系人", (True, False, True, False))],
)  # fmt: skip
def test_a_column_may_say_what_somebody_is(services, world, roles, flag):
    heads = f"{HEADS},家长2权限"
    row = read(services, world, heads, f"{MOTHER},赵奶奶,奶奶,13811116666,{roles}")
    assert not row.bad
    assert flags(row) == {"赵母": GUARDS, "赵奶奶": flag}


def test_a_role_that_nobody_knows_or_that_is_odd_is_told(services, world):
    row = read(services, world, f"{HEADS},家长2权限", f"{MOTHER},{FATHER},老大")
    assert "role_unknown" in codes(row)
    row = read(services, world, f"{HEADS},家长2权限", f"{MOTHER},赵阿姨,保姆,13811116666,监护人")
    assert codes(row, Tone.WARN) == {"guardian_by_role"}


def test_an_emergency_contact_is_called_and_a_collector_collects(services, world):
    row = read(services, world, f"{HEADS},紧急联系人,可接人",
               f"{MOTHER},,,,李奶奶 奶奶 13900001177,李奶奶；钱叔叔 叔叔 13900001188")  # fmt: skip
    assert flags(row) == {
        "赵母": GUARDS,
        "李奶奶": (False, True, True, False),
        "钱叔叔": COLLECTS,
    }
    row = read(services, world, f"{HEADS},紧急联系人", f"{MOTHER},,,,李奶奶 奶奶 13900001177")
    assert flags(row)["李奶奶"] == CALLED


def test_whoever_may_be_a_minor_does_not_collect(services, world):
    row = read(services, world, f"{HEADS},可接人", f"{MOTHER},,,,赵哥哥 哥哥 13900001177")
    assert flags(row)["赵哥哥"] == CALLED
    assert codes(row, Tone.WARN) == {"minor"}
    heads = f"{HEADS},家长2权限,家长2出生日期"
    for relation in ("高中生", "未成年邻居", "邻居（17岁）", "小叔(2010年生)"):
        row = read(services, world, heads, f"{MOTHER},钱小一,{relation},13900001177,可接,")
        assert flags(row)["钱小一"] == CALLED
        assert codes(row, Tone.WARN) == {"minor"}
    for born, flag in (("2000-01-01", COLLECTS), ("2010-01-01", CALLED)):
        row = read(services, world, heads, f"{MOTHER},赵哥哥,哥哥,13900001177,可接,{born}")
        assert flags(row)["赵哥哥"] == flag
        assert row.adults[1].born_on == dt.date.fromisoformat(born)


@pytest.mark.parametrize(
    ("cell", "name", "relation"),
    [
        ("邻居的儿子 13900001177", "邻居的儿子", "邻居的儿子"),
        ("邻居家孩子 13900001177", "邻居家孩子", "邻居家孩子"),
        ("同学的弟弟：13900001177", "同学的弟弟", "同学的弟弟"),
        ("表哥 13900001177", "表哥", "表哥"),
        ("钱小一 邻居的儿子 13900001177", "钱小一", "邻居的儿子"),
        ("赵哥哥 哥哥 13900001177", "赵哥哥", "哥哥"),
        ("钱小一（邻居家儿子）13900001177", "钱小一", "邻居家儿子"),
    ],
)
def test_of_who_is_only_somebodys_child_the_age_is_asked(services, world, cell, name, relation):
    row = read(services, world, f"{HEADS},可接人", f"{MOTHER},,,,{cell}")
    assert flags(row)[name] == CALLED
    assert [one.relation for one in row.adults if one.name == name] == [relation]
    assert codes(row, Tone.WARN) == {"minor"}
    (told,) = [one.sentence for one in row.problems if one.code == "minor"]
    assert "可能未满 18 周岁" in told


def test_a_neighbours_son_in_columns_of_his_own_is_asked_about_too(services, world):
    for cells in ("钱小一,邻居的儿子", "邻居的儿子,"):
        row = read(services, world, f"{HEADS},家长2权限", f"{MOTHER},{cells},13900001177,可接")
        assert "minor" in codes(row, Tone.WARN)
        assert flags(row)[cells.partition(",")[0]] == CALLED


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        ("紧急联系人姓名,紧急联系人电话", "李奶奶,13900001177"),
        ("紧急联系人姓名,紧急联系人关系,紧急联系人电话", "李奶奶,奶奶,13900001177"),
        ("紧急联系人,紧急联系电话", "李奶奶 奶奶,13900001177"),
        ("应急联系人姓名,应急联系人与幼儿关系,应急联系人手机", "李奶奶,奶奶,13900001177"),
    ],
)
def test_emergency_contacts_in_columns_of_their_own(services, world, heads, cells):
    row = read(services, world, f"家长姓名,关系,电话,{heads}", f"{MOTHER},{cells}")
    assert not row.problems
    (other,) = row.adults[1:]
    assert (other.name, other.phone, other.is_emergency) == ("李奶奶", "13900001177", True)


def test_an_emergency_number_alone_is_a_parents_or_is_asked_about(services, world):
    row = read(services, world, "家长姓名,关系,电话,紧急联系电话", f"{MOTHER},13800006021")
    assert flags(row) == {"赵母": (True, True, True, False)}
    row = read(services, world, "家长姓名,关系,电话,紧急联系电话", f"{MOTHER},13900001177")
    assert codes(row) == {"emergency_nameless"}


def test_father_and_mother_are_read_by_their_headings(services, world):
    row = read(
        services, world, "父亲,母亲,父亲手机,母亲手机,家长身份证号", "赵大,赵母,13811114444,13800006021,"
    )
    assert {(one.name, one.relation, one.phone) for one in row.adults} == {
        ("赵大", "爸爸", "13811114444"),
        ("赵母", "妈妈", "13800006021"),
    }
    assert not row.problems


def test_two_groups_under_the_same_headings_are_two_grown_ups(services, world):
    row = read(services, world, "家长姓名,关系,电话,家长姓名,关系,电话", f"{FATHER},{MOTHER}")
    assert not row.problems
    assert [(one.name, one.relation, one.phone) for one in row.adults] == [
        ("赵大", "爸爸", "13811114444"), ("赵母", "妈妈", "13800006021"),
    ]  # fmt: skip


def test_as_many_grown_ups_as_a_list_has(services, world):
    heads = (
        "家长1姓名,家长1电话,监护人三姓名,第三监护人关系,家长3电话,家长4姓名,家长4关系,家长4电话,家长4权限"
    )
    cells = "赵母,13800006021,赵外婆,外婆,13900001177,赵大,爸爸,13811114444,禁止接走"
    row = read(services, world, heads, cells)
    assert not row.bad
    assert flags(row) == {"赵母": GUARDS, "赵外婆": GUARDS, "赵大": BARRED}
    assert [one.name for one in row.adults] == ["赵母", "赵外婆", "赵大"]


def test_the_words_above_say_how_many_rows_somebody_has_to_look_at(services, world):
    heads = "姓名,出生日期,家长姓名,关系,电话"
    rows = ("李一,2023-08-01,李母,妈妈,13800006021", "王二,2023-08-02,李阿姨,保姆,13800006022",
            "赵三,,赵母,妈妈,13800006023")  # fmt: skip
    table, _ = table_of(services, world, heads, *rows)
    preview = services.importing.preview(world.desk, table, table.guessed)
    assert preview.words == "可建 2 个孩子的档案（其中在册 0 个），1 行有问题，1 行请确认。"
