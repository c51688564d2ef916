"""Ten thousand characters in any field a person can type into stay on the paper."""

import dataclasses

import pytest

from app.reports import agreement, monthly_summary, paper, pickup_report, receipt, slip
from tests.reports.test_papers import STORY

MODULES = {
    "pickup_report": pickup_report,
    "slip": slip,
    "agreement": agreement,
    "receipt": receipt,
    "refund": receipt,
    "monthly_summary": monthly_summary,
}
MADE_HERE = {"seal", "number", "code", "month", "tender", "original", "reversed_by"}  # nobody types these


def typed(name):
    """The fields of a paper that hold what people typed."""
    story = STORY[name]
    fields = [field.name for field in dataclasses.fields(story)]
    return [field for field in fields if isinstance(getattr(story, field), str) and field not in MADE_HERE]


def outside(page):
    """The texts that leave the page."""
    return [
        text.words[:20]
        for text in page.texts
        if text.x < 0
        or text.x + text.face.width(text.words, text.size) > page.width + 0.5
        or not 0 < text.y < page.height
    ]


@pytest.mark.parametrize(("name", "field"), [(name, field) for name in STORY for field in typed(name)])
def test_ten_thousand_characters_stay_on_the_paper(name, field):
    long = dataclasses.replace(STORY[name], **{field: "很长的文字，" * 1700})
    sheets = MODULES[name]._sheets(long)
    for number, page in enumerate(sheets.pages, 1):
        sheets.footer(page, number, len(sheets.pages))
        assert outside(page) == []
    assert paper.render([sheets]).startswith(b"%PDF")
