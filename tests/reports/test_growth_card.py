"""The growth card and the record of a visit: what stands on them, over pages and with long words."""

import dataclasses
import datetime as dt

import pytest

from app.reports import registry
from app.reports.doctor_visit import DoctorVisitPaper, SeenChild
from app.reports.growth_card import CardChart, CardMeasure, GrowthCard
from tests.reports.reading import Reading

DAY = dt.date(2025, 12, 3)
LINES = tuple((f"P{p}", tuple((float(x), 5 + x / 3 + p / 50) for x in range(37))) for p in (3, 50, 97))
CHART = CardChart("年龄别体重（kg）", "月龄", LINES, ((10.0, 9.0), (12.0, 9.8)), ((8.5, 9.0),))
MEASURE = CardMeasure(DAY, "1岁3个月12天", "9.80", "76.5", "卧", "45.6", "体重 中 +0.22（矫正 中 +0.55）")
CARD = GrowthCard(
    "向阳托育中心",
    DAY,
    "朱予晴",
    "女",
    dt.date(2024, 8, 19),
    "小海豚",
    33,
    "WHO 2006",
    (MEASURE,),
    (CHART,) * 4,
)
VISIT = DoctorVisitPaper(
    "向阳托育中心", DAY, "李医生", "社区卫生服务中心", "口腔", "总体良好",
    (SeenChild("朱予晴", "小海豚", "1岁3个月", "多晒太阳"),), "顾红",
)  # fmt: skip


@pytest.fixture
def read(qapp):
    return lambda paper: Reading(registry.draw(paper))


def test_the_card_says_what_was_measured_and_that_it_is_no_verdict(read):
    text = read(CARD).text()
    for words in ("朱予晴", "出生孕周33周", "9.80", "76.5卧", "矫正", "仅供参考，请咨询医生", "蓝圈", "P50"):
        assert words in text, words
    assert read(CARD).pages == 1


@pytest.mark.parametrize("count", [1, 12, 15, 20, 36])
def test_every_measure_stands_on_the_card_and_all_curves_on_one_page(read, count):
    many = tuple(
        dataclasses.replace(MEASURE, day=dt.date(2023, 1, 1) + dt.timedelta(days=30 * at))
        for at in range(count)
    )
    reading = read(dataclasses.replace(CARD, measures=many))
    assert all(f"{one.day:%Y-%m-%d}" in reading.text() for one in many)
    last = reading.text(reading.pages - 1)
    assert last.count("年龄别体重") == 4
    assert "仅供参考" in last
    assert reading.pages == (1 if count <= 12 else 2)


def test_a_card_without_charts_and_a_visit_of_a_whole_centre(read):
    assert "仅供参考" in read(dataclasses.replace(CARD, charts=())).text()
    everybody = VISIT.children * 120
    reading = read(dataclasses.replace(VISIT, children=everybody))
    assert reading.pages > 1
    assert "120名儿童" in reading.text()


def test_names_of_files():
    assert registry.file_name(CARD) == "生长监测卡 朱予晴 2025-12-03.pdf"
    assert registry.file_name(VISIT) == "巡诊记录 2025-12-03.pdf"
