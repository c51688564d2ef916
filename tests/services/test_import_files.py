"""Files as people hand them in: which sheet, how far it reaches, and what parts its cells."""

import io

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from app.domain.looks import Tone
from app.services.bundle import build
from app.services.import_files import FileError, read_file, read_sheets

HEAD = ["姓名", "性别", "出生日期", "家长姓名", "关系", "电话"]
CHILD = ["王一", "男", "2023-08-01", "王母", "妈妈", "13811112222"]


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def book(**sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, lines in sheets.items():
        page = made.create_sheet(name)
        for line in lines:
            page.append(line)
    return made


def saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_another_sheet_is_told_and_may_be_chosen(services, world):
    others = [[f"李{chr(0x4E00 + at)}", *CHILD[1:]] for at in range(30)]
    data = saved(book(抱抱龙=[HEAD, CHILD], 小星星=[HEAD, *others]))
    table = services.importing.read(world.desk, "两班.xlsx", data)
    assert table.sheet_words == "读的是工作表“抱抱龙”（2 行），没有读：小星星（31 行）。"
    assert len(services.importing.preview(world.desk, table, table.guessed).rows) == 1
    table = services.importing.choose_sheet(world.desk, table, "小星星")
    assert len(services.importing.preview(world.desk, table, table.guessed).rows) == 30
    assert "没有读：抱抱龙（2 行）" in table.sheet_words
    again = services.importing.read(world.desk, "两班.xlsx", data, sheet="小星星")
    assert again.grid.name == "小星星"


def test_a_sheet_that_is_no_list_is_passed_over_and_told(services, world):
    made = book(填表说明=[["请按要求填写"]], 空=[], 名单=[HEAD, CHILD], 藏=[HEAD, CHILD])
    made["藏"].sheet_state = "hidden"
    table = services.importing.read(world.desk, "名单.xlsx", saved(made))
    assert table.grid.name == "名单"
    assert [one.name for one in table.sheets] == ["填表说明", "名单"]
    with pytest.raises(FileError, match="填表说明"):
        services.importing.choose_sheet(world.desk, table, "填表说明")


def test_one_sheet_needs_no_words(services, world):
    assert services.importing.read(world.desk, "名单.xlsx", saved(book(名单=[HEAD, CHILD]))).sheet_words == ""


def test_formatted_cells_far_below_and_far_right_are_nothing(services, world):
    made = book(名单=[HEAD, CHILD])
    made["名单"].cell(60_000, 1).number_format = "@"
    made["名单"].cell(1, 150).number_format = "@"
    table = services.importing.read(world.desk, "名单.xlsx", saved(made))
    assert len(table.grid.rows) == 2
    assert table.headings == tuple(HEAD)


def test_a_remark_at_the_end_of_the_sheet_makes_no_million_rows():
    made = book(名单=[HEAD, CHILD])
    made["名单"].cell(1_000_000, 2).value = "完"
    grid = read_file("名单.xlsx", saved(made))
    assert [row.number for row in grid.rows] == [1, 2, 1_000_000]


def test_too_many_rows_are_counted_by_what_they_hold(monkeypatch):
    monkeypatch.setattr("app.services.import_files.MOST_ROWS", 3)
    read_file("a.xlsx", saved(book(名单=[HEAD, CHILD, [], CHILD])))
    with pytest.raises(FileError, match="里有 4 行"):
        read_file("a.xlsx", saved(book(名单=[HEAD, CHILD, [], CHILD, CHILD])))
    with pytest.raises(FileError, match="里有 4 行"):
        read_file("a.csv", b"a,b\nc,d\n,\n\ne,f\ng,h\n")


def test_an_empty_workbook_is_told():
    with pytest.raises(FileError, match="没有内容"):
        read_sheets("a.xlsx", saved(book(名单=[])))


def test_a_title_with_commas_of_its_own_parts_nothing(services, world):
    title = "向阳托育中心，2025年幼儿名单，机密"
    text = "\n".join((title, ",".join(HEAD), ",".join(CHILD)))
    table = services.importing.read(world.desk, "名单.csv", text.encode("gb18030"))
    (row,) = services.importing.preview(world.desk, table, table.guessed).rows
    assert (row.name, row.problems) == ("王一", ())


@pytest.mark.parametrize("sign", [",", ";", "\t", "，", "；"])
def test_cells_are_parted_by_what_parts_most_lines(sign):
    grid = read_file("a.csv", "\n".join(sign.join(line) for line in (HEAD, CHILD)).encode())
    assert [cell.text for cell in grid.rows[1].cells] == CHILD


def test_digits_kept_from_excel_by_an_equals_sign_are_read(services, world):
    line = ["王一", "男", "2023-08-01", "王母", "妈妈", '="13811112222"']
    for data, name in (
        ("\n".join((",".join(HEAD), ",".join(line))).encode(), "a.csv"),
        (saved(book(名单=[HEAD, line])), "a.xlsx"),
    ):
        table = services.importing.read(world.desk, name, data)
        (row,) = services.importing.preview(world.desk, table, table.guessed).rows
        assert (row.problems, row.adults[0].phone) == ((), "13811112222")


def test_no_other_formula_is_read():
    grid = read_file("a.xlsx", saved(book(名单=[HEAD, ['=A1&"x"', '="a"&"b"', "=1+1"]])))
    assert {cell.kind.value for cell in grid.rows[1].cells[:3]} == {"formula"}


def test_a_comment_that_bars_is_read_wherever_it_hangs(services, world):
    for place in ("D2", "D1", "G4", "H2"):
        made = book(名单=[HEAD, CHILD])
        made["名单"][place].comment = Comment("法院判决：父亲禁止接走", "x")
        table = services.importing.read(world.desk, "名单.xlsx", saved(made))
        (row,) = services.importing.preview(world.desk, table, table.guessed).rows
        assert [(one.code, one.tone) for one in row.problems] == [("bar_words", Tone.BAD)], place
        assert "父亲禁止接走" in row.problems[0].sentence
    made["名单"]["H2"].comment = Comment("爱吃面条", "x")
    table = services.importing.read(world.desk, "名单.xlsx", saved(made))
    assert not services.importing.preview(world.desk, table, table.guessed).rows[0].problems


def test_the_comments_of_our_own_template_bar_nobody(services, world):
    made = openpyxl.load_workbook(io.BytesIO(services.importing.template(world.desk)))
    page = made.active
    heads = [cell.value for cell in page[1]]
    for head, value in zip(
        ("姓名", "出生日期", "家长1姓名", "家长1电话"),
        ("王一", "2023-08-01", "王母", "13811112222"),
        strict=True,
    ):
        page.cell(3, heads.index(head) + 1).value = value
    table = services.importing.read(world.desk, "名单.xlsx", saved(made))
    assert not services.importing.preview(world.desk, table, table.guessed).rows[0].problems


def test_a_bare_number_is_a_day_of_the_workbooks_own_calendar(services, world):
    for epoch, number in ((CALENDAR_WINDOWS_1900, 45139), (CALENDAR_MAC_1904, 43677)):
        made = book(名单=[HEAD, [*CHILD[:2], number, *CHILD[3:]]])
        made.epoch = epoch
        table = services.importing.read(world.desk, "名单.xlsx", saved(made))
        (row,) = services.importing.preview(world.desk, table, table.guessed).rows
        assert f"{row.born_on}" == "2023-08-01"
        assert [one.code for one in row.problems] == ["birth_serial"]
