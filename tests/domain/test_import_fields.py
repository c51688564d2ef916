"""The columns that fill fields of the record."""

import datetime as dt

import pytest

from app.domain.classes import NATIONAL_RULES
from app.domain.import_cells import Cell, CellKind, SheetRow, text_cell
from app.domain.import_fields import RECORD_FIELDS
from app.domain.import_rows import RowContext, read_row
from app.domain.looks import Tone
from app.domain.record_fields import CHILD_FIELDS

DAY = dt.date(2025, 12, 3)
WHOLE = {"name": "李小满", "born_on": "2023-08-19", "parent1_name": "李父", "parent1_phone": "13800006021"}


def read(**more):
    given = {**WHOLE, **more}
    cells = tuple(one if isinstance(one, Cell) else text_cell(one) for one in given.values())
    row = SheetRow(2, cells)
    return read_row(row, {key: at for at, key in enumerate(given)}, RowContext(DAY, {}, NATIONAL_RULES))


def codes(row):
    return [(one.code, one.field) for one in row.problems if one.tone is Tone.BAD]


def test_every_field_of_the_record_has_a_column_or_one_of_its_own():
    own = {
        "name",
        "nickname",
        "sex",
        "born_on",
        "document_kind",
        "document_number",
        "note",
        "allergy",
        "allergens",
    }
    assert {*RECORD_FIELDS, *own} == {spec.name for spec in CHILD_FIELDS}


@pytest.mark.parametrize(
    ("key", "text", "kept"),
    [
        ("birth_order", "2", "2"),
        ("gestation", "３９", "39"),
        ("employer_group", "职工子女", "staff"),
        ("employer_group", "社会", "public"),
        ("insured_until", "2026.8.31", "2026-08-31"),
        ("vaccination_on", "20250828", "2025-08-28"),
        ("chronic", "高热惊厥", "高热惊厥"),
        ("comfort", "小兔子", "小兔子"),
        ("toilet", "嘘嘘", "嘘嘘"),
    ],
)
def test_a_field_is_kept_as_the_form_would_keep_it(key, text, kept):
    assert dict(read(**{key: text}).fields) == {key: kept}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"birth_order": "老二"}, ("birth_order_refused", "birth_order")),
        ({"birth_order": "99"}, ("birth_order_refused", "birth_order")),
        ({"employer_group": "不知道"}, ("employer_group_unknown", "employer_group")),
        ({"vaccination": "打了一点"}, ("vaccination_unknown", "vaccination")),
        ({"vaccination": "齐全"}, ("vaccination_on_missing", "vaccination_on")),
        ({"exam": "合格"}, ("exam_on_missing", "exam_on")),
        ({"exam": "合格", "exam_on": "2026-02-01"}, ("exam_on_refused", "exam_on")),
        ({"exam": "合格", "exam_on": "八月"}, ("exam_on_unreadable", "exam_on")),
        ({"insured_until": "2026-02-30"}, ("insured_until_impossible", "insured_until")),
        ({"diet": "长" * 201}, ("diet_long", "diet")),
        ({"sleep": Cell(CellKind.DATE, "2023-01-01", day=dt.date(2023, 1, 1))}, ("sleep_date", "sleep")),
        ({"chronic": Cell(CellKind.FORMULA, "=A1")}, ("cell_formula", "chronic")),
        ({"comfort": "兔\x07子"}, ("comfort_refused", "comfort")),
        ({"document_kind": "驾照", "document": "A123456789"}, ("document_kind_unknown", "document_kind")),
        ({"document_kind": "护照", "document": "E" * 31}, ("id_long", "document")),
        ({"document_kind": "护照", "document": "E12****78"}, ("id_masked", "document")),
        ({"document_kind": "出生证", "document": "12345"}, ("birth_certificate_shape", "document")),
        ({"document_kind": "身份证", "document": "A123456789"}, ("id_length", "document")),
    ],
)
def test_what_a_field_cannot_hold_keeps_the_row_out(more, code):
    row = read(**more)
    assert row.bad
    assert codes(row) == [code]


@pytest.mark.parametrize(
    ("kind", "number", "kept"),
    [
        ("护照", "e12345678", ("passport", "E12345678")),
        ("户口本", "0071234", ("household", "0071234")),
        ("出生医学证明", "A123456789", ("birth_certificate", "A123456789")),
        ("港澳台居民居住证", "620302202402290013", ("hmt_permit", "620302202402290013")),
        ("", "620302202402290013", ("resident", "620302202402290013")),
    ],
)
def test_a_number_is_of_the_kind_that_is_written(kind, number, kept):
    row = read(born_on="2024-02-29", document_kind=kind, document=number)
    assert codes(row) == []
    assert row.document == kept


def test_a_kind_without_a_number_is_only_told():
    row = read(document_kind="护照")
    assert not row.bad
    assert [one.code for one in row.problems] == ["document_missing"]
    assert row.document is None
