"""交接班表 on paper: heads by reason, every section, the checks, both names."""

import dataclasses

import pytest

from app.domain.shifts import CheckMark, Line, Section
from app.reports import registry
from tests.reports import samples
from tests.reports.reading import Reading

SHEET = samples.SHIFT.sheet


@pytest.fixture
def read(qapp):
    return lambda paper: Reading(registry.draw(paper))


def shift(**parts):
    return dataclasses.replace(samples.SHIFT, sheet=dataclasses.replace(SHEET, **parts))


def test_the_sheet_tells_all_on_one_page(read):
    reading = read(samples.SHIFT)
    assert (reading.pages, reading.size_mm()) == (1, (210, 297))
    text = reading.text()
    for words in (
        "交接班表", "抱抱龙班", "2025年12月3日星期三13:55交接", "病假1：韩奕辰", "待喂", "没有早走的",
        "没有嘱咐", "没有中途清点", "1.户外柜的门锁坏了", "2.给新来的孩子缝上名牌", "二楼走廊黑屏",
        "许静", "孟佳", "下午四点音乐老师来",
    ):  # fmt: skip
        assert words in text, words
    assert "原因" not in text
    assert "作废" not in text


def test_heads_that_differ_show_the_reason(read):
    text = read(shift(counted=19, reason="隔壁班一个孩子在这里")).text()
    assert "人数不一致的原因：隔壁班一个孩子在这里" in text


def test_a_void_sheet_says_so(read):
    assert "这张表已作废" in read(shift(void=True)).text()


def test_many_lines_flow_over_pages_and_none_is_lost(read):
    lines = tuple(Line(Section.WATCH, f"第{n}个孩子要留意：{'多喝水，' * 12}") for n in range(60))
    checks = tuple(CheckMark(f"第{n}项检查", n % 2 == 0, "有问题，已报修" * 8) for n in range(20))
    reading = read(shift(lines=lines, checks=checks))
    assert reading.pages > 1
    text = reading.text()
    assert all(f"第{n}个孩子" in text for n in range(60))
    assert all(f"第{n}项检查" in text for n in range(20))
    assert "交接班表（续）" in reading.text(1)


def test_the_file_is_named_after_class_and_hour():
    assert registry.file_name(samples.SHIFT) == "交接班表 抱抱龙 2025-12-03 1355.pdf"
