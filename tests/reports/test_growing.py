"""The papers that go home: what a term, a month and a week show, and what they leave out."""

import base64
import dataclasses

import pytest

from app.reports import booklet, registry, term_summary, week_plan
from app.reports.booklet import BookletDay
from tests.reports import samples
from tests.reports.reading import Reading

# A grey JPEG of 8 by 8 pixels.
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0"
    "Hyc5PTgyPC4zNDL/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8A"
    "VN//2Q=="
)


@pytest.fixture
def read(qapp):
    return lambda paper: Reading(registry.draw(paper))


def plain(words):
    return "".join(words.split())


def test_a_summary_is_one_sheet_with_its_facts_words_and_signature(read):
    reading = read(samples.TERM)
    assert (reading.pages, reading.size_mm()) == (1, (210, 297))
    text = reading.text()
    for words in ("成长小结", "2025年秋季学期", "张沐阳", "抱抱龙班", "来园58天", "出勤", "参加的活动",
                  "老师看到的", "老师的话", "许静", "2025年12月3日", "G-202509-0007"):  # fmt: skip
        assert words in text
    assert "未定稿" not in text
    assert reading.title() == "成长小结 张沐阳 2025年秋季学期"


def test_a_draft_says_so_and_a_second_version_too(read):
    draft = dataclasses.replace(samples.TERM, number="", signed_by="", signed_at=None)
    assert "未定稿" in read(draft).text()
    assert "第2版，代替以前" in read(dataclasses.replace(samples.TERM, version=2)).text()


def test_empty_parts_leave_their_heading_out(read):
    text = read(dataclasses.replace(samples.TERM, growth="", words="")).text()
    assert "老师看到的" not in text
    assert "老师的话" not in text


def test_a_long_summary_goes_on_over_the_page_with_its_name(read):
    reading = read(dataclasses.replace(samples.TERM, words="很长的一段话。" * 400))
    assert reading.pages > 1
    assert "成长小结（续）张沐阳" in reading.text(1)


def test_a_booklet_tells_each_day_and_who_was_left_out(read):
    text = read(samples.BOOKLET).text()
    for words in (
        "2025年12月成长月册",
        "12月2日",
        "星期二",
        "08:40–17:03",
        "和（小朋友）一起搭了一座桥",
        "12月3日",
    ):
        assert words in text
    assert "别的小朋友的名字已经隐去" in text
    assert text.count("睡眠") == 1  # nobody logged a nap on the third


def test_a_month_of_days_runs_over_pages_without_breaking_a_short_day(read):
    day = samples.BOOKLET.days[0]
    days = tuple(dataclasses.replace(day, day=day.day.replace(day=1 + at)) for at in range(22))
    reading = read(dataclasses.replace(samples.BOOKLET, days=days))
    assert 2 <= reading.pages <= 5
    for number in range(1, reading.pages):
        assert "成长月册（续）" in reading.text(number)


def test_a_day_with_nothing_logged_says_so(read):
    bare = BookletDay(samples.DAY, "09:12")
    assert "这天没有别的记录" in read(dataclasses.replace(samples.BOOKLET, days=(bare,))).text()


def test_a_picture_is_drawn_where_there_is_one_and_equal_data_stay_equal(read):
    shown = dataclasses.replace(samples.BOOKLET, photo=JPEG)
    assert b"/Image" in registry.draw(shown)
    assert b"/Subtype /Image" not in registry.draw(samples.BOOKLET)
    assert registry.draw(shown) == registry.draw(dataclasses.replace(shown))
    assert read(shown).pages == 1


def test_a_week_lies_across_and_names_what_is_planned(read):
    reading = read(samples.WEEK)
    assert (reading.pages, reading.size_mm()) == (1, (297, 210))
    text = reading.text()
    for words in ("抱抱龙班周计划", "2025年12月1日–12月5日", "雪花飘飘", "周三12月3日", "手工课：贴雪花",
                  "16:30散步", "活动怎么玩", "胶棒"):  # fmt: skip
        assert words in text


def test_a_week_without_anything_is_still_a_sheet(read):
    empty = dataclasses.replace(samples.WEEK, theme="", goals="", rows=(), notes=())
    assert "周计划" in read(empty).text()


def test_several_go_into_one_file_each_counting_its_own_pages(qapp):
    for module, one in ((term_summary, samples.TERM), (booklet, samples.BOOKLET), (week_plan, samples.WEEK)):
        reading = Reading(module.draw_many((one, one)))
        assert reading.pages == 2
        assert plain("第 1 页 / 共 1 页") in reading.text(1)


def test_files_are_named_by_kind_child_and_time():
    assert registry.file_name(samples.TERM) == "成长小结 张沐阳 2025年秋季学期.pdf"
    assert registry.file_name(samples.BOOKLET) == "成长月册 朱予晴 2025-12.pdf"
    assert registry.file_name(samples.WEEK) == "周计划 抱抱龙 2025-12-01.pdf"
