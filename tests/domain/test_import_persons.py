"""A person in a few words."""

import pytest

from app.domain.classes import NATIONAL_RULES
from app.domain.import_cells import SheetRow, text_cell
from app.domain.import_persons import read_persons
from app.domain.import_rows import RowContext, RowReader
from tests.domain.test_import_rows import DAY


def read(text):
    reader = RowReader(SheetRow(2, (text_cell(text),)), {"x": 0}, RowContext(DAY, {}, NATIONAL_RULES))
    found = [(one.name, one.relation, one.phone) for one in read_persons(reader, "x", text, "可接人")]
    return found, [one.code for one in reader.problems]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("李奶奶 奶奶 13900001177", [("李奶奶", "奶奶", "13900001177")]),
        ("李奶奶（奶奶）13900001177", [("李奶奶", "奶奶", "13900001177")]),
        ("奶奶", [("奶奶", "奶奶", "")]),
        ("李一；李二 舅舅", [("李一", "其他", ""), ("李二", "舅舅", "")]),
        ("John Smith 爸爸 13900001177", [("John Smith", "爸爸", "13900001177")]),
        ("赵大 禁止接走", [("赵大", "其他", "")]),
        (" ； ", []),
        ("无", []),
    ],
)
def test_name_relation_and_number_are_told_apart(text, found):
    assert read(text) == (found, [])


@pytest.mark.parametrize("text", ["李 王 张", "李一 13900001177 13900001178", "禁止接走", "13900001177"])
def test_what_cannot_be_made_out_is_blamed(text):
    assert read(text) == ([], ["x_unreadable"])
