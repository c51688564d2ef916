"""What 发热 and 带药 share: the card tells what is lit, and a sheet asks who is inside before it is laid."""

import pytest

from app.domain.looks import Chip, Tone
from app.ui.health.steps import StepLine
from app.ui.health.steps_page import StepsPage
from app.ui.widgets.records import Record

CASES = {1: "朱予晴", 2: "何宇轩"}
CHILDREN = "health.medicine.children"


class Cases(StepsPage):
    """A page of two cases, which notes what is lit."""

    key = "cases"

    def __init__(self, context):
        super().__init__(context, "处理", "今天没有", ("muted", "warning"), ("steps", "处理经过"))
        self.shown = []

    def show_lit(self):
        self.shown.append(self.lit(CASES.items(), lambda case: case[0]))


@pytest.fixture
def page(ground):
    made = ground.put(Cases(ground.context))
    made.opened = []
    return made


def test_what_is_lit_in_the_list_is_told_and_nothing_where_the_list_is_empty(page):
    page.list.show_records([Record(key, name, "") for key, name in CASES.items()])
    page.list.show_records([Record(2, "何宇轩", "")])
    page.list.show_records([])
    assert page.shown == [(1, "朱予晴"), (2, "何宇轩"), None]


def test_each_line_of_the_card_has_its_words(page):
    page.say("朱予晴", Chip("待复测", Tone.WARN), ("抱抱龙", ""), [StepLine("13:52", "复测")])
    assert page._chip.accessibleName() == "待复测"
    assert [line.text() for line in page.lines] == ["抱抱龙", ""]
    assert page.steps.lines == (StepLine("13:52", "复测"),)
    with pytest.raises(ValueError, match="zip"):
        page.say("朱予晴", Chip("待复测"), ("抱抱龙",), [])


def test_with_nobody_inside_it_is_said_instead_of_an_empty_sheet(ground, page):
    ground.verbs.answers[CHILDREN] = ()
    page.with_children(lambda _host, children: page.opened.append(children), "园里现在没有孩子。")
    ground.settle()
    assert (page.opened, ground.notices) == ([], ["园里现在没有孩子。"])
    page.with_children(lambda _host, children: page.opened.append(children))
    ground.settle()
    assert page.opened == [()], "a sheet that can do without is laid all the same"


def test_an_answer_that_finds_another_sheet_up_lays_no_second_one(ground, page):
    ground.verbs.answers[CHILDREN] = ("朱予晴",)
    page.with_children(lambda _host, children: page.opened.append(children), "园里现在没有孩子。")
    ground.host.setEnabled(False)  # another sheet has come meanwhile
    ground.settle()
    assert (page.opened, ground.notices) == ([], [])
