"""The injury notice and the register of a month: what stands on them, also over many pages and over none."""

import dataclasses

from app.reports import register_table, registry
from tests.reports.health_samples import BLANK, INJURY, LONG_NAME, REGISTER, TABLE, VISIT
from tests.reports.reading import Reading
from tests.reports.samples import MEDICINE


def test_a_narrow_heading_is_broken_and_stays_in_its_column(qapp):
    sheets = register_table._sheets(TABLE)
    heads = [text.words for text in sheets.pages[0].texts]
    assert "疱疹性咽峡炎" not in heads
    assert "疱疹性咽峡炎" in Reading(registry.draw(TABLE)).text().replace("\n", "") or any(
        "疱疹" in words for words in heads
    )


def test_the_table_says_its_form_and_that_it_is_a_local_one(qapp):
    text = Reading(registry.draw(TABLE)).text()
    for words in ("传染病登记表", "2025年12月", "表4", "参考格式", "保健人员签名", "张沐阳：市妇幼确诊"):
        assert words in text
    assert "参考格式" not in Reading(registry.draw(dataclasses.replace(TABLE, reference=False))).text()


def test_many_rows_go_over_pages_with_the_head_repeated_and_none_is_lost(qapp):
    rows = tuple((str(at), f"孩子{at}", "", "备注") for at in range(80))
    reading = Reading(registry.draw(dataclasses.replace(TABLE, rows=rows)))
    assert reading.pages > 1
    assert all("姓名" in reading.text(page) for page in range(reading.pages))
    assert all(f"孩子{at}" in reading.text() for at in range(80))
    assert "传染病登记表（续）全园2025年12月" in reading.text(1)


def test_a_month_without_a_row_says_so_or_leaves_lines_to_write_into(qapp):
    bare = dataclasses.replace(REGISTER, rows=())
    text = Reading(registry.draw(bare)).text()
    assert "本月没有记录。" in text
    assert "晨检1,540人次" in text
    assert "检查者" not in text  # no head over nothing
    blank = register_table._sheets(BLANK).pages[0]
    assert "本月没有记录" not in Reading(registry.draw(BLANK)).text()
    assert sum(text.words == "姓名" for text in blank.texts) == 1
    assert len(blank.shapes) > BLANK.least * len(BLANK.columns)


def test_the_register_of_the_rounds_names_who_signs_and_who_made_it(qapp):
    text = Reading(registry.draw(REGISTER)).text()
    for words in (
        "晨午检及全日健康观察记录",
        "全园2025年12月",
        "参考格式",
        "午检",
        LONG_NAME,
        "制表：顾红2025年12月31日",
    ):
        assert words in text, words
    for words in REGISTER.signers:
        assert f"{words}：" in text
    assert registry.file_name(REGISTER) == "晨午检及全日健康观察记录 全园 2025-12.pdf"


def test_the_slip_of_a_medicine_says_what_how_much_when_and_by_whom(qapp):
    text = Reading(registry.draw(MEDICINE)).text()
    for words in (
        "服药单", "吴嘉懿抱抱龙班", "小儿止咳糖浆", "每次5ml，口服", "咳嗽两天", "药物过敏无", "2026-06-21",
        "带来2份", "在家07:30喂过", "12:33许静孟佳", "没喂：妈妈来电说不用了", "剩余药品：16:40", "妈妈吴静",
        "顾红08:25", "M-20251203-0001",
    ):  # fmt: skip
        assert words in text, words
    assert "在家没喂过" in Reading(registry.draw(dataclasses.replace(MEDICINE, home=None))).text()
    assert registry.file_name(MEDICINE) == "服药单 吴嘉懿 2025-12-03 M-20251203-0001.pdf"


def test_the_record_of_a_visit_says_what_the_doctor_saw_and_advised_for_each_child(qapp):
    reading = Reading(registry.draw(VISIT))
    text = reading.text()
    for words in (
        "医疗机构巡诊记录", "参考格式", "2025年12月3日星期三", "李海燕", "向阳街道社区卫生服务中心",
        "38名儿童", "口腔检查",
        "总体良好", "右上乳切牙龋", "无特殊", LONG_NAME, "医生签字", "保健人员签字", "记录：顾红",
    ):  # fmt: skip
        assert words in text, words
    assert "医疗机构巡诊记录（续）2025-12-03" in reading.text(1)


def test_the_notice_names_the_child_and_asks_for_the_family_s_signature(qapp):
    text = Reading(registry.draw(INJURY)).text()
    for words in ("伤害告知单", f"{LONG_NAME}抱抱龙班", "家长已知晓并签字", "第二人：周敏", "另一名小朋友"):
        assert words in text, words
    assert registry.file_name(INJURY) == f"伤害告知单 {LONG_NAME} 2025-12-03.pdf"
    assert registry.file_name(TABLE) == "传染病登记表 全园 2025-12.pdf"
    unsigned = Reading(registry.draw(dataclasses.replace(INJURY, signed_by="", told="", phone=""))).text()
    assert "第二人：园方签字：" in unsigned
    assert "有疑问请找园长。" in unsigned


def test_the_signatures_stand_on_a_page_with_some_of_what_is_signed(qapp):
    for rows in range(8, 20):
        lines = tuple((f"第{at}行", f"第{at}件事") for at in range(rows))
        reading = Reading(registry.draw(dataclasses.replace(INJURY, lines=lines, additions=())))
        last = reading.text(reading.pages - 1)
        assert "家长已知晓并签字" in last
        assert f"第{rows - 1}件事" in last, rows
