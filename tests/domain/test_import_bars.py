"""禁止接走 in one row, without a file: what a column names, and what is said elsewhere."""

import pytest

from app.domain.classes import NATIONAL_RULES
from app.domain.import_cells import SheetRow, text_cell
from app.domain.import_rows import RowContext, read_row
from app.domain.looks import Tone
from tests.domain.test_import_rows import DAY

WHOLE = {
    "name": "李小满",
    "born_on": "2023-08-19",
    "parent1_name": "李母",
    "parent1_phone": "13800006021",
    "parent2_name": "李父",
    "parent2_relation": "爸爸",
    "parent2_phone": "13800006022",
}


def read(above=(), **more):
    given = {**WHOLE, **more}
    row = SheetRow(2, tuple(text_cell(one) for one in given.values()))
    places = {key: at for at, key in enumerate(given)}
    return read_row(row, places, RowContext(DAY, {}, NATIONAL_RULES, {}, tuple(given), above=above))


def said(row, tone):
    return {one.code for one in row.problems if one.tone is tone}


def barred(row):
    return {one.name: dict(one.paper) for one in row.adults if one.barred}


def test_a_paper_comes_along():
    row = read(barred="李父", barred_paper="法院判决书")
    assert barred(row) == {"李父": {"paper_kind": "法院判决书"}}
    assert not row.problems


def test_whom_a_column_of_his_own_bars_brings_every_field_of_his_paper():
    row = read(
        parent2_role="禁止接走", parent2_paper_kind="法院判决书", parent2_paper_number="118 号",
        parent2_paper_on="2025.1.2", parent2_valid_until="2027-01-01",
    )  # fmt: skip
    assert not row.problems
    assert barred(row)["李父"] == {
        "paper_kind": "法院判决书", "paper_number": "118 号", "paper_on": "2025-01-02",
        "valid_until": "2027-01-01",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"parent2_paper_on": "2030-01-01"}, "paper_refused"),
        ({"parent2_paper_on": "去年"}, "paper_unreadable"),
        ({"parent2_paper_kind": "判" * 101}, "paper_long"),
        ({"parent2_name": "", "parent2_phone": ""}, "bar_nameless"),
    ],
)
def test_a_paper_that_cannot_be_and_a_bar_of_nobody_are_refused(more, code):
    row = read(**{"parent2_role": "禁止接走", "parent2_paper_kind": "判决书", **more})
    assert code in said(row, Tone.BAD)


def test_a_mother_named_by_her_relation_is_the_one_who_is_a_mother():
    assert set(barred(read(parent1_relation="母亲", barred="妈妈"))) == {"李母"}
    assert set(barred(read(barred="父亲"))) == {"李父"}


def test_a_yes_beside_a_no_contradicts():
    assert "bar_contradicts" in said(read(barred_yes="是", barred="无"), Tone.BAD)
    assert "bar_nobody" in said(read(barred_yes="是"), Tone.BAD)
    assert not read(barred_yes="否", barred="无").problems


def test_a_title_is_asked_about_until_the_column_answers():
    assert said(read(above=("禁止接走名单",)), Tone.BAD) == {"bar_words"}
    assert said(read(above=("禁止接走名单",), barred="无"), Tone.WARN) == {"bar_said"}
    assert not read(above=("幼儿名单",)).problems


def test_a_number_shared_with_somebody_barred_is_asked_about_until_a_column_tells_them_apart():
    more = {"parent2_phone": WHOLE["parent1_phone"], "barred": "李父", "barred_paper": "判决书"}
    assert said(read(**more), Tone.BAD) == {"bar_alike"}
    assert said(read(barred="李先生 13800006022", barred_paper="判决书"), Tone.BAD) == {"bar_alike"}
    row = read(parent1_role="监护人、可接", **more)
    assert said(row, Tone.WARN) == {"same_phone"}
    assert not row.bad


@pytest.mark.parametrize("note", ["爸爸常出差", "李父周五会来", "奶奶接送", "隔壁张姨偶尔来领"])
def test_a_note_about_a_grown_up_is_read_by_somebody_even_where_no_word_of_it_is_known(note):
    row = read(note=note)
    assert said(row, Tone.WARN) == {"people_said"}
    assert note in row.problems[0].sentence
    assert not row.bad


@pytest.mark.parametrize("note", ["不吃香菜", "接种过流感疫苗", "无", "父母双方"])
def test_a_note_about_nobody_is_not(note):
    assert not read(note=note).problems
