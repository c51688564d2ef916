"""Running text and tables over pages, whatever is put into them."""

import pytest

from app.reports import agreement_words
from app.reports.flow import Cell, Column, Flow, Table
from app.reports.paper import style

LOOK = style(10, leading=15)


@pytest.fixture
def flow():
    return Flow((300, 200), (20, 20, 20, 20))


def words(page):
    return [text.words for text in page.texts]


def test_text_runs_on_over_pages_inside_the_margins(flow):
    flow.paragraph("句子。" * 400, LOOK)
    assert len(flow.pages) > 3
    assert sum(line.count("句") for page in flow.pages for line in words(page)) == 400
    assert all(20 < text.y < 180 for page in flow.pages for text in page.texts)
    assert all(text.x == 20 for page in flow.pages for text in page.texts)


def test_a_new_page_repeats_its_heading():
    flow = Flow((300, 200), (20, 20, 20, 20), lambda flow: flow.paragraph("续", LOOK))
    flow.paragraph("句子。" * 400, LOOK)
    assert "续" not in words(flow.pages[0])
    assert all(words(page)[0] == "续" for page in flow.pages[1:])


def test_what_must_stay_together_goes_to_the_next_page(flow):
    flow.y = 170
    flow.need(30)
    assert len(flow.pages) == 2
    flow.need(5000)  # can never fit: the top of a page is the best there is
    assert len(flow.pages) == 2


def test_a_row_that_fits_a_page_is_not_torn(flow):
    table = Table(flow, (Column(130), Column(130)), head=(Cell("甲", LOOK), Cell("乙", LOOK)))
    for number in range(12):
        table.row((Cell(f"第{number}行\n下一行", LOOK), Cell("1", LOOK)))
    for page in flow.pages:
        lines = words(page)
        assert lines[:2] == ["甲", "乙"]
        assert sum("行" in line and "第" in line for line in lines) == lines.count("下一行")


def test_a_row_taller_than_a_page_is_split_and_keeps_its_head(flow):
    table = Table(flow, (Column(60), Column(200, "right")), head=(Cell("甲", LOOK), Cell("乙", LOOK)))
    table.row((Cell("短", LOOK), Cell("字" * 1000, LOOK, "小字", style(8, leading=10))))
    assert len(flow.pages) > 3
    assert sum(line.count("字") for page in flow.pages for line in words(page)) == 1001
    assert all(words(page)[:2] == ["甲", "乙"] for page in flow.pages)
    assert all(text.y < 180 for page in flow.pages for text in page.texts)


def test_a_cell_may_span_columns(flow):
    table = Table(flow, (Column(60), Column(100), Column(100, "right")))
    table.row((Cell("合计", LOOK), Cell("95.00", LOOK)), spans=(2, 1))
    left, right = flow.page.texts
    assert left.x == 25
    assert right.x + 5 * 5 < 275.5


def test_missing_glyphs_are_told_on_every_page_of_the_paper(flow):
    flow.paragraph("句子。" * 400 + "😀", LOOK)
    assert all(page.missing == {"😀"} for page in flow.pages)


def test_the_agreement_promises_what_the_norm_asks_for():
    """58号文 Art 10, 30: duties of both sides, hand-over to named adults, disputes; PIPL: consent."""
    duties = "".join(agreement_words.CENTRE_DUTIES + agreement_words.FAMILY_DUTIES)
    for matter in ("师生比", "过敏", "电话告知", "成年人", "监护人", "按约定时间来接"):
        assert matter in duties
    assert "协商" in agreement_words.DISPUTE
    for right in ("查阅", "复制", "更正", "删除"):
        assert right in agreement_words.PRIVACY
    assert "同意" in agreement_words.CONSENT
