"""Lists go out: who may, what stands in them, and that it is noted."""

import datetime as dt
import io

import openpyxl
import pytest

from app.domain.staff import Actor, NotPermittedError, Role
from app.services.admissions import InquiryCard
from app.services.bundle import build
from app.services.exporting import ListKind
from tests.faults.acts import Stage, refund


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.mark.parametrize("kind", ListKind)
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_every_list_goes_out_and_is_noted(services, world, kind, form):
    sent = services.exporting.export(world.director, kind, form).value
    assert sent.file_name.endswith(form)
    line = world.database.row("select staff_id, verb, detail from audit order by id desc limit 1")
    assert (line["staff_id"], line["verb"]) == (world.director.id, "export")
    assert f"{sent.rows} 行" in line["detail"]
    assert bool(sent.reminder) == (kind not in {ListKind.MONTH, ListKind.FORECAST})


def test_the_expected_children_stand_in_it(services, world):
    sent = services.exporting.export(world.desk, ListKind.EXPECTED).value
    page = openpyxl.load_workbook(io.BytesIO(sent.data)).active
    names = {page.cell(row, 1).value for row in range(2, page.max_row + 1)}
    assert names == {row.name for row in services.desk.board(world.desk).expected}


def test_a_teacher_takes_nothing_out(services, world):
    with pytest.raises(NotPermittedError):
        services.exporting.export(world.teacher, ListKind.CHILDREN)


def test_bookings_go_out_with_numbers_and_only_to_who_may_book(services, world):
    sent = services.exporting.export(world.desk, ListKind.TOMORROW).value
    assert (sent.rows, sent.file_name.startswith("预约名单 2025-12-04")) == (0, True)
    of_a_day = services.exporting.export(world.desk, ListKind.TOMORROW, when="2025-12-08").value
    assert of_a_day.file_name.startswith("预约名单 2025-12-08")
    cashier = Actor(world.desk.id, "收费", Role.CASHIER)
    with pytest.raises(NotPermittedError):
        services.exporting.export(cashier, ListKind.TOMORROW)
    with pytest.raises(NotPermittedError):
        services.exporting.export(cashier, ListKind.WAITING)
    assert services.exporting.export(cashier, ListKind.MONTH).value.rows
    with pytest.raises(NotPermittedError):
        services.exporting.export(world.desk, ListKind.MONTH)


def test_in_the_table_of_who_waits_the_place_has_a_column_of_its_own(services, world):
    for name in ("严知微", "陆一鸣"):
        card = InquiryCard(name, "13700001111", born_on=dt.date(2023, 8, 1), contact="妈妈", wait=True)
        services.admissions.inquire(world.desk, card)
    rows = table(services.exporting.export(world.desk, ListKind.WAITING).value.data)
    assert [(row["序"], row["姓名"]) for row in rows] == [(1, "严知微"), (2, "陆一鸣")]


def table(data):
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    heads = [cell.value for cell in page[1]]
    return [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in page.iter_rows(min_row=2)]


def detail(world):
    return world.database.row("select detail from audit order by id desc limit 1")["detail"]


def test_a_cashier_takes_no_whole_number_out_and_who_may_look_at_one_is_written_down(services, world):
    child = world.children["张沐阳"]
    number = "620302202402290013"
    services.record_keeping.change_child(
        world.desk, child, {"document_kind": "hmt_permit", "document_number": number, "born_on": "2024-02-29"}
    )
    for form in ("xlsx", "csv"):
        masked = services.exporting.export(world.cashier, ListKind.CHILDREN, form).value.data
        text = masked.decode("utf-8-sig") if form == "csv" else str(table(masked))
        assert number not in text
        assert "13700002233" not in text
        assert "620302" not in text, "of documents nothing is for her, masked or not"
        assert "137****2233" in text
        assert "完整" not in detail(world)
    for actor in (world.desk, world.director):
        rows = {
            one["姓名"]: one for one in table(services.exporting.export(actor, ListKind.CHILDREN).value.data)
        }
        assert rows["张沐阳"]["身份证号"] == number
        assert rows["张沐阳"]["家长1电话"] == "13700002233"
        assert "含完整证件号和电话" in detail(world)


def test_employer_and_insurance_stand_in_the_table(services, world):
    child = world.children["张沐阳"]
    services.record_keeping.change_child(
        world.desk,
        child,
        {
            "employer_group": "staff",
            "employer": "向阳机械厂",
            "insurer": "平安",
            "insured_until": "2025-12-20",
        },
    )
    rows = {
        one["姓名"]: one
        for one in table(services.exporting.export(world.cashier, ListKind.CHILDREN).value.data)
    }
    row = rows["张沐阳"]
    assert (row["家庭类别"], row["家长单位"], row["意外险公司"]) == ("本单位职工", "向阳机械厂", "平安")
    assert f"{row['保险到期']:%Y-%m-%d}" == "2025-12-20"


def test_the_receipts_of_a_month_go_out_with_what_was_taken_back(services, world):
    refund(Stage(world))()
    rows = table(services.exporting.export(world.cashier, ListKind.RECEIPTS, when="2025-12").value.data)
    assert [(one["收据号"], one["种类"], one["冲销"]) for one in rows] == [
        ("2025-000001", "收据", "2025-000002"),
        ("2025-000002", "退款", "2025-000001"),
    ]
    assert rows[0]["金额（元）"] == -rows[1]["金额（元）"] > 0
    assert rows[0]["项目"]
    assert rows[0]["方式"] in {"现金", "微信"}
    empty = services.exporting.export(world.cashier, ListKind.RECEIPTS, when="2025-11").value
    assert (empty.rows, empty.file_name.startswith("收据明细 2025-11")) == (0, True)


def test_the_roster_and_the_papers_that_end_go_out(services, world):
    card = InquiryCard("陆一鸣", "13700001111", born_on=dt.date(2024, 8, 1), contact="妈妈 陆静")
    services.admissions.inquire(world.desk, card)
    rows = {
        one["姓名"]: one for one in table(services.exporting.export(world.desk, ListKind.ROSTER).value.data)
    }
    assert (rows["陆一鸣"]["去向"], rows["张沐阳"]["班级"]) == ("咨询", "抱抱龙")
    child = world.children["张沐阳"]
    services.record_keeping.change_child(world.desk, child, {"insured_until": "2025-12-20"})
    (row,) = table(services.exporting.export(world.desk, ListKind.EXPIRING).value.data)
    assert (row["姓名"], row["证件"], row["还剩天数"]) == ("张沐阳", "意外险", 17)
    with pytest.raises(NotPermittedError):
        services.exporting.export(world.cashier, ListKind.ROSTER)
    with pytest.raises(NotPermittedError):
        services.exporting.export(world.cashier, ListKind.EXPIRING)
