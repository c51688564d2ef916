"""电话授权: what is asked before a code is given, and how the code is shown once and to nobody else."""

import types

import pytest

from app.domain.changes import Changes, Done
from app.domain.errors import RuleError
from app.domain.ids import AlarmId, ChildId, GrantId, VisitId
from app.services.alarms import BarredAlarmError
from app.services.grants import Call, Granted
from app.services.pickup_card import SiblingRow
from app.services.pins import SecondPersonError
from app.ui.desk.grant_sheet import GrantSheet
from app.ui.widgets.own_pin import OwnPinSheet
from tests.ui.desk import data
from tests.ui.support import settle

FATHER = data.adult(4, "朱强", "爸爸", is_guardian=True)
SISTER = SiblingRow(VisitId(140), ChildId(40), "朱予安", "妹妹", "小星星", None, ())
GIVEN = Granted(GrantId(4), "95N3", "姑姑 孙丽华", "朱予晴、朱予安", "妈妈 赵敏")


class Grants:
    """Gives the code, or refuses."""

    def __init__(self):
        self.calls, self.refusal, self.young = [], None, False

    def add(self, _actor, call, own_pin=""):
        self.calls.append(call)
        if self.refusal is not None:
            raise self.refusal
        if self.young and own_pin != "5927":
            raise SecondPersonError("这一步要园长自己输。", field="own_pin")
        return Done(GIVEN, Changes())


@pytest.fixture
def grants():
    return Grants()


@pytest.fixture
def sheet(qtbot, laid_over, grants):
    def made(guardians=(data.MOTHER,), siblings=()):
        context = laid_over(types.SimpleNamespace(grants=grants))
        form = GrantSheet(context, context.host, data.YUQING, guardians, siblings)
        form.settle = lambda: settle(qtbot, context)
        form.present()
        return form

    return made


def fill(form):
    for key, words in (("caller_tail", "1177"), ("name", "孙丽华"), ("relation", "姑姑")):
        form.fields[key].set_text(words)


def test_without_a_guardian_on_file_nobody_can_ring(sheet, grants):
    form = sheet(guardians=())
    fill(form)
    assert not form.keep.isEnabled()
    assert form.message.text() == "档案里没有监护人，不能按电话授权。请改由园长放行。"
    form.keep.click()
    assert grants.calls == []


def test_of_two_guardians_it_is_said_who_rang_and_one_alone_is_her(sheet, grants):
    assert sheet().caller.value() == str(data.MOTHER.adult)
    form = sheet(guardians=(data.MOTHER, FATHER))
    fill(form)
    form.finish()
    assert (grants.calls, form.message.text()) == ([], "先选是哪位监护人打来的。")
    assert form.focusWidget() is form.caller.button(str(data.MOTHER.adult))


def test_the_call_says_who_rang_who_comes_and_for_which_siblings(sheet, grants):
    form = sheet(siblings=(SISTER,))
    assert form.siblings.button("40").text() == "妹妹 朱予安"
    form.siblings.button("40").click()
    fill(form)
    form.finish()
    assert not form.keep.isEnabled()  # once
    form.settle()
    (call,) = grants.calls
    children, caller = (data.YUQING.child, ChildId(40)), data.MOTHER.adult
    assert call == Call(children, caller, "1177", "孙丽华", "姑姑")


def test_the_code_takes_the_place_of_the_form_and_the_next_press_ends_it(sheet, grants):
    form = sheet()
    fill(form)
    form.finish()
    form.settle()
    assert (form.code.text(), form.code.accessibleName()) == ("9 5 N 3", "95N3")
    assert "现在只说给来电的 妈妈 赵敏 听" in form.code_words.text()
    assert not form.fields["name"].isVisible()
    assert not form.caller.isVisible()
    assert not form.cancel.isVisible()
    form.finish()
    assert form.gone
    assert len(grants.calls) == 1


def test_for_a_number_of_today_the_director_types_her_pin_and_the_code_comes(sheet, grants):
    form = sheet()
    fill(form)
    grants.young = True
    form.finish()
    form.settle()
    (asked,) = form.window().findChildren(OwnPinSheet)
    assert form.code.isHidden()
    asked.leave()
    assert (form.keep.isEnabled(), form.message.text()) == (True, "这一步要园长自己输。")
    form.finish()
    form.settle()
    asked = form.window().findChildren(OwnPinSheet)[-1]
    asked.fields["own_pin"].set_text("5927")
    asked.finish()
    form.settle()
    assert form.code.text() == "9 5 N 3"


def test_a_refusal_stands_at_its_field_and_a_likeness_to_somebody_barred_is_an_alarm(sheet, grants):
    form = sheet()
    fill(form)
    grants.refusal = RuleError("来电号码和档案里的不一样。", field="caller_tail")
    form.finish()
    form.settle()
    assert form.message.text() == "来电号码和档案里的不一样。"
    assert form.fields["caller_tail"].edit.hasFocus()
    alarms = []
    form.alarmed.connect(lambda error: alarms.append(error.alarm))
    grants.refusal = BarredAlarmError("像禁止接走的人。", AlarmId(3))
    form.fields["name"].edit.textEdited.emit("朱强")
    form.finish()
    form.settle()
    assert alarms == [AlarmId(3)]
    assert form.keep.isEnabled()
    assert "禁止接走" not in form.message.text()  # the alarm says it, to a second person
