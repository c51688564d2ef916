"""今天的电话授权: a line a call, no code in any, and the code once more for who rings again."""

import dataclasses
import types

import pytest
from PySide6.QtWidgets import QLabel

from app.domain.changes import Changes, Done
from app.domain.errors import RuleError
from app.domain.ids import ChildId, GrantId
from app.services.grants import Granted, GrantLine
from app.ui.desk.grants_sheet import GrantsSheet
from app.ui.widgets.basic import ChipLabel
from tests.ui.desk import data
from tests.ui.support import settle

OPEN = GrantLine(
    GrantId(4), data.at(10, 20), "林晓", "妈妈 赵敏", "139****1177", "姑姑 孙丽华", "138****9911", "朱予晴",
    data.YUQING.child, "open",
)  # fmt: skip
NEIGHBOUR = dataclasses.replace(OPEN, grant=GrantId(5), who="邻居 王丽", children="王梓萱", child=ChildId(2))
USED = dataclasses.replace(OPEN, grant=GrantId(6), who="舅舅 赵强", state="used")


class Grants:
    """Tells the code again, and takes a call back."""

    def __init__(self):
        self.asked, self.withdrawn, self.refusal = [], [], None

    def tell_again(self, _actor, grant, tail):
        self.asked.append((grant, tail))
        if self.refusal is not None:
            raise self.refusal
        return Done(Granted(grant, "95N3", "姑姑 孙丽华", "朱予晴", "妈妈 赵敏"), Changes())

    def withdraw(self, _actor, grant):
        self.withdrawn.append(grant)
        return Done(None, Changes())


@pytest.fixture
def grants():
    return Grants()


@pytest.fixture
def sheet(qtbot, laid_over, grants):
    def made(*lines):
        context = laid_over(types.SimpleNamespace(grants=grants))
        form = GrantsSheet(context, context.host, lines)
        form.settle = lambda: settle(qtbot, context)
        form.gone_to = []
        context.go_wanted.connect(lambda room, target: form.gone_to.append((room, target.child)))
        form.present()
        return form

    return made


def find(form, name):
    return [one for one in form.findChildren(object) if one.objectName() == f"desk.grants.{name}"]


def words(form):
    return "\n".join(one.text() for one in form.findChildren(QLabel) if one.isVisible())


def test_on_a_day_without_a_call_it_says_how_one_is_taken_down(sheet, grants):
    form = sheet()
    assert "今天没有电话授权。监护人来电时，打开孩子按 P 登记。" in words(form)
    assert not form.keep.isVisible()
    form.finish()
    assert grants.asked == []


def test_each_call_says_who_rang_who_comes_and_how_it_stands(sheet):
    form = sheet(OPEN, USED)
    told = words(form)
    assert form.beside.text() == "2 个，1 个还没用"
    assert "妈妈 赵敏 139****1177 来电\n林晓登记" in told
    assert "姑姑 孙丽华 来接 朱予晴\n138****9911" in told
    assert len(find(form, "withdraw.1")) == 1
    assert find(form, "withdraw.2") == []  # who has gone with her child is not called back
    find(form, "open.2")[0].click()
    assert (form.gone, form.gone_to) == (True, [("desk", data.YUQING.child)])


def test_a_call_that_is_worth_nothing_any_more_says_why(sheet):
    form = sheet(dataclasses.replace(OPEN, state="spoiled"))
    assert form.beside.text() == "1 个，0 个还没用"
    assert "号码有变，作废" in [one.accessibleName() or one.text() for one in form.findChildren(ChipLabel)]
    assert not find(form, "withdraw.1")


def test_of_two_open_calls_it_is_said_which_before_a_code_is_told_again(sheet, grants):
    form = sheet(OPEN, NEIGHBOUR)
    form.tail.set_text("1177")
    form.finish()
    assert (grants.asked, form.message.text()) == ([], "先选是哪一个授权。")
    form.which.button("5").click()
    form.finish()
    form.settle()
    assert grants.asked == [(GrantId(5), "1177")]


def test_the_code_is_told_again_to_the_guardian_and_that_is_said_to_be_kept(sheet):
    form = sheet(OPEN)
    assert form.which.value() == "4"
    assert form.code.isHidden()
    form.tail.set_text("1177")
    form.finish()
    form.settle()
    assert form.code.isVisible()
    assert (form.code.text(), form.code.accessibleName()) == ("9 5 N 3", "95N3")
    assert "只说给来电的 妈妈 赵敏 听。已记下是谁看的。" in words(form)
    assert not form.gone


def test_a_code_that_was_told_stands_beside_no_other_call(sheet, grants):
    """Who reads it out would tell it to somebody else."""
    form = sheet(OPEN, NEIGHBOUR)
    form.which.button("4").click()
    form.finish()
    form.settle()
    assert form.code.isVisible()
    form.which.button("5").click()
    assert not form.code.isVisible()
    assert "监护人再来电要问" in words(form)
    form.which.button("4").click()
    form.finish()
    form.settle()
    grants.refusal = RuleError("号码对不上，请打回去核实。", field="caller_tail")
    form.finish()  # somebody else has rung about the same call
    form.settle()
    assert (form.code.isVisible(), form.code.text(), form.code.accessibleName()) == (False, "", "")


def test_a_code_that_comes_late_lights_the_call_it_is_of(sheet):
    form = sheet(OPEN, NEIGHBOUR)
    form.which.button("4").click()
    form.finish()
    form.which.button("5").click()
    form.settle()
    assert (form.code.isVisible(), form.which.value()) == (True, "4")


def test_from_another_number_no_code_is_told(sheet, grants):
    form = sheet(OPEN)
    grants.refusal = RuleError("号码对不上，请打回去核实。", field="caller_tail")
    form.finish()
    form.settle()
    assert form.code.isHidden()
    assert form.message.text() == "号码对不上，请打回去核实。"
    assert form.tail.edit.hasFocus()


def test_a_call_is_taken_back_once(sheet, grants):
    form = sheet(OPEN)
    (back,) = find(form, "withdraw.1")
    assert back.accessibleName() == "撤回 姑姑 孙丽华 的授权"
    back.click()
    back.click()
    form.settle()
    assert (grants.withdrawn, form.gone) == ([GrantId(4)], True)
