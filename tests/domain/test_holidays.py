"""A year's notice, as text and as a table. The dates of 2027 are invented for the tests."""

import pytest

from app.domain.calendar import DayMark
from app.domain.holidays import NoticeError, read_notice

OFF, ON = DayMark.HOLIDAY, DayMark.WORKDAY


def days(text, year=2027):
    return [(one.day.isoformat(), one.mark, one.name) for one in read_notice(text, year)]


def test_the_text_of_a_notice_is_read():
    text = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假调休，共3天。1月10日（周日）上班。
二、清明节：4月5日（周一）放假。"""
    assert days(text, 1999) == [
        ("2027-01-01", OFF, "元旦"),
        ("2027-01-02", OFF, "元旦"),
        ("2027-01-03", OFF, "元旦"),
        ("2027-01-10", ON, "元旦补班"),
        ("2027-04-05", OFF, "清明节"),
    ]


def test_a_holiday_may_cross_months_and_years():
    text = "春节：1月31日至2月2日放假。元旦：2027年12月31日至2028年1月2日放假。"
    assert [day for day, *_ in days(text)] == [
        "2027-01-31", "2027-02-01", "2027-02-02", "2027-12-31", "2028-01-01", "2028-01-02",
    ]  # fmt: skip
    assert [day for day, *_ in days("元旦：12月31日至1月1日放假。")] == ["2027-12-31", "2028-01-01"]


def test_several_make_up_days_in_one_breath():
    text = "国庆节：10月1日至3日放假。9月26日（周日）、10月9日（周六）上班。"
    assert [day for day, mark, _ in days(text) if mark is ON] == ["2027-09-26", "2027-10-09"]


@pytest.mark.parametrize("mark", [",", "\t", "，", " "])
def test_a_table_is_read_whatever_parts_its_columns(mark):
    text = "\n".join(
        mark.join(row)
        for row in (("日期", "类别", "名称"), ("2027-01-01", "放假", "元旦"), ("2027/1/10", "上班", ""))
    )
    assert days(text) == [("2027-01-01", OFF, "元旦"), ("2027-01-10", ON, "")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "粘贴"),
        ("祝大家节日快乐", "没有读到"),
        ("元旦：2月30日放假。", "没有 2027年2月30日"),
        ("元旦：1月5日至1月1日放假。", "对不上"),
        ("元旦：1月1日至3月1日放假。", "对不上"),
        ("元旦：1月1日放假。春节：1月1日上班。", "又写了上班"),
        ("2027-01-01,放假,元旦\n2027-01-02,放假,元旦\n乱写", "第 3 行"),
        ("2027-01-01,睡觉,元旦", "请写 放假 或 上班"),
        ("放假\n" * 500, "最多读"),
    ],
)
def test_what_cannot_be_read_is_said(text, said):
    with pytest.raises(NoticeError, match=said) as refused:
        read_notice(text, 2027)
    assert refused.value.field == "notice"
