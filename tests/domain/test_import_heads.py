"""Headings in one row or in two."""

import pytest

from app.domain.import_cells import Grid, SheetRow, text_cell
from app.domain.import_columns import guess, with_adults
from app.domain.import_heads import find_head
from tests.domain.test_import_rows import columns


def grid(*lines):
    rows = [
        SheetRow(at, tuple(text_cell(one) for one in line.split(","))) for at, line in enumerate(lines, 1)
    ]
    return Grid("UTF-8", tuple(rows))


def meant(*lines):
    head = find_head(grid(*lines), columns())
    found = with_adults(columns(), head.headings)
    return head.first, head.last, guess(head.headings, found)


def test_one_row_below_titles():
    assert meant("向阳托育中心", "", "姓名,生日,电话", "李小满,2023-08-19,138") == (
        2, 2, ("name", "born_on", "parent1_phone"),
    )  # fmt: skip


def test_a_second_row_says_more_of_some_headings():
    lines = ("序号,姓名,性别,出生日期,家长,,,备注", ",,,,姓名,关系,电话,")
    assert meant("幼儿名单", *lines, "1,李小满") == (
        1, 2,
        ("", "name", "sex", "born_on", "parent1_name", "parent1_relation", "parent1_phone", "note"),
    )  # fmt: skip


def test_two_groups_over_the_same_words():
    lines = ("幼儿信息,,,父亲,,母亲,", "姓名,性别,出生日期,姓名,电话,姓名,电话")
    assert meant(*lines, "李小满,女") == (
        0, 1,
        ("name", "sex", "born_on", "parent2_name", "parent2_phone", "parent1_name", "parent1_phone"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("heads", "keys"),
    [
        ("姓名,家长姓名,关系,电话,家长姓名,关系,电话",
         ("name", "parent1_name", "parent1_relation", "parent1_phone",
          "parent2_name", "parent2_relation", "parent2_phone")),
        ("姓名,家长,手机,家长,手机,家长,手机",
         ("name", "parent1_name", "parent1_phone", "parent2_name", "parent2_phone",
          "parent3_name", "parent3_phone")),
        ("姓名,父亲姓名,电话,母亲姓名,电话",
         ("name", "parent2_name", "parent2_phone", "parent1_name", "parent1_phone")),
        ("姓名,联系人,电话,联系人,电话",
         ("name", "parent1_name", "parent1_phone", "parent2_name", "parent2_phone")),
        ("姓名,备注,家长姓名,电话,备注", ("name", "note", "parent1_name", "parent1_phone", "")),
        ("姓名,电话,家长姓名,关系", ("name", "parent1_phone", "parent1_name", "parent1_relation")),
    ],
)  # fmt: skip
def test_a_heading_said_twice_is_of_two_grown_ups(heads, keys):
    assert meant(heads, "李小满,2023-08-19")[2] == keys


def test_a_second_contact_stays_a_contact():
    assert find_head(grid("姓名,联系人,电话,联系人,电话"), columns()).headings[3] == "联系人2"


def test_the_first_row_of_children_is_no_second_row_of_headings():
    assert meant("姓名,生日,关系,家长2关系", ",2023-08-19,妈妈,爸爸")[:2] == (0, 0)
    assert meant("姓名,生日,电话", "姓名,生日,电话", "李小满,2023-08-19,138")[:2] == (0, 0)


@pytest.mark.parametrize("lines", [("",), ("a,b", "1,2"), ("姓名",)])
def test_what_has_no_headings(lines):
    assert find_head(grid(*lines), columns()) is None


@pytest.mark.parametrize(
    ("heads", "keys"),
    [
        ("姓名,禁止接送人,不得接走", ("name", "barred", "barred_yes")),
        ("姓名,不可接的人电话,禁止接走关系", ("name", "barred_phone", "barred_relation")),
        ("姓名,接送人,接送人电话,接送人关系", ("name", "collectors", "", "")),
        ("姓名,家长身份证号,母亲学历,爷爷电话,班主任老师", ("name", "", "", "", "")),
        ("姓名,父亲工作单位,家长类别", ("name", "employer", "employer_group")),
        ("姓名,联系人1,联系电话1,联系人2,联系电话2",
         ("name", "parent1_name", "parent1_phone", "parent2_name", "parent2_phone")),
        ("姓名,第三联系人,家长3手机,家长3权限,家长5电话",
         ("name", "parent3_name", "parent3_phone", "parent3_role", "parent5_phone")),
    ],
)  # fmt: skip
def test_a_heading_about_somebody_else_fills_nothing_of_the_child(heads, keys):
    assert meant(f"{heads},出生日期")[2] == (*keys, "born_on")
