"""Tables that go out: a refund is negative, a paper that has ended says since when, a bad row says why."""

import datetime as dt

import pytest

from app.services.bundle import build
from app.services.export_sheets import bad_rows_sheet, expiring_sheet, receipts_sheet, roster_sheet
from tests.faults.acts import Stage, refund
from tests.services.world import DAY

HEAD = ["姓名", "出生日期", "", "家长1姓名", "家长1电话"]


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def rows(sheet):
    heads = [one.title for one in sheet.columns]
    return [dict(zip(heads, row, strict=True)) for row in sheet.rows]


def test_what_was_paid_and_given_back_adds_up_to_nothing(world):
    refund(Stage(world))()
    sheet = receipts_sheet(world.database, "2025-12")
    told = rows(sheet)
    assert [one["种类"] for one in told] == ["收据", "退款"]
    assert sum(one["金额（元）"] for one in told) == 0
    assert sheet.personal, "names stand in it: whoever takes it out is written down"
    assert receipts_sheet(world.database, "2025-10").rows == ()


def test_the_roster_tells_class_and_stage_of_everybody(world):
    told = {one["姓名"]: one for one in rows(roster_sheet(world.database, world.clock, world.desk))}
    assert (told["曾雨桐"]["班级"], told["曾雨桐"]["去向"]) == ("小星星", "在托")
    assert len(told) == 4


def test_a_paper_that_has_ended_has_fewer_than_no_days_left(world, services):
    change = services.record_keeping.change_child
    change(world.desk, world.children["张沐阳"], {"insured_until": "2025-12-20"})
    change(world.desk, world.children["周乐瑶"], {"insured_until": "2025-12-01"})
    told = {one["姓名"]: one for one in rows(expiring_sheet(world.database, world.clock, world.desk))}
    assert told["张沐阳"]["还剩天数"] == 17
    assert (told["周乐瑶"]["还剩天数"], told["周乐瑶"]["到期日"]) == (-2, DAY - dt.timedelta(days=2))


def test_bad_rows_go_back_as_they_stood_and_the_good_ones_stay_here(world, services):
    lines = [
        HEAD,
        ["李小满", "2023-08-19", "甲", "李父", "13800006021"],
        ["王二满", "2023-02-30", " 乙 ", "王父", "1380"],
    ]
    data = "\r\n".join(",".join(line) for line in lines).encode()
    table = services.importing.read(world.desk, "名单.csv", data)
    sheet = bad_rows_sheet(table, services.importing.preview(world.desk, table, table.guessed))
    (row,) = rows(sheet)
    assert (row["原表行号"], row["姓名"], row["出生日期"], row["（没有标题）"]) == (
        3, "王二满", "2023-02-30", "乙",
    )  # fmt: skip
    assert row["哪里不对"].count("　") == 1, "both faults are told at once"
    assert len(sheet.columns) == len(HEAD) + 2
