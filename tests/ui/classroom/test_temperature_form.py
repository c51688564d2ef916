"""A temperature is one child's: what is typed for her, what is left empty, and what makes it a noon check."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.logbook import EntryDraft, EntryKind
from app.ui.classroom.form import FormProblem
from app.ui.classroom.temperature_form import TemperatureForm
from tests.ui.classroom import data

THREE = (data.YUQING, data.MUYANG, data.YINUO)


class Panel(QWidget):
    """What the form leaves to the panel around it."""

    def __init__(self):
        super().__init__()
        self.keys = []

    def keyPressEvent(self, event):  # noqa: N802 - Qt's name
        self.keys.append(event.key())


@pytest.fixture
def form(qtbot, context):
    panel = Panel()
    qtbot.addWidget(panel)
    made = TemperatureForm(context)
    QVBoxLayout(panel).addWidget(made)
    made.panel, made.kept = panel, []
    made.keep_requested.connect(lambda: made.kept.append(True))
    panel.show()
    panel.activateWindow()
    return made


def typed(form, *words):
    for field, text in zip(form._each.values(), words, strict=True):
        field.set_text(text)


@pytest.mark.parametrize(("words", "what"), [("", "请写体温"), ("发热", "体温"), ("3.65", "体温")])
def test_what_is_no_temperature_is_asked_again(form, words, what):
    form._degrees.set_text(words)
    with pytest.raises(FormProblem, match=what):
        form.draft(data.NOW)


def test_of_one_child_one_line_is_asked_and_of_several_one_each(form):
    form.meet((data.YUQING,))
    assert form._degrees.isVisible()
    form.meet(THREE)
    assert not form._degrees.isVisible()
    assert not form._as.isVisible()  # a noon check is of one
    assert [field.edit.accessibleName() for field in form._each.values()] == [
        "朱予晴 ℃",
        "张沐阳 ℃",
        "孙一诺 ℃",
    ]
    assert form.first() is form._each[data.YUQING.visit].edit


def test_only_whose_reading_is_typed_is_logged_each_with_her_own(form):
    form.meet(THREE)
    assert form.whom(THREE) == THREE
    typed(form, "36.5", " ", "37.9")
    assert form.whom(THREE) == (data.YUQING, data.YINUO)
    assert form.draft(data.NOW).tenths == 365
    assert [(one.visit, one.draft.tenths) for one in form.each(data.NOW)] == [(data.YINUO.visit, 379)]


def test_a_wrong_reading_names_the_child_and_none_at_all_says_so(form):
    form.meet(THREE)
    with pytest.raises(FormProblem, match="没量的空着"):
        form.draft(data.NOW)
    typed(form, "36.5", "46.5", "")
    with pytest.raises(FormProblem, match=r"^张沐阳："):
        form.draft(data.NOW)


def test_enter_goes_to_the_next_who_has_none_and_keeps_after_the_last(form, qtbot):
    form.meet(THREE)
    typed(form, "36.5", "36.6", "")
    first, _, last = (field.edit for field in form._each.values())
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Return)
    qtbot.waitUntil(last.hasFocus)
    assert form.kept == []
    last.setText("36.7")
    QTest.keyClick(last, Qt.Key.Key_Return)
    assert form.kept == [True]
    assert form.panel.keys == []  # the panel would keep a second time


def test_a_noon_check_is_kept_only_with_a_finding_that_somebody_made(form):
    form._degrees.set_text("36.5")
    assert form.check() is None
    form._as.button("noon").click()
    assert form._outcome.value() == ""
    with pytest.raises(FormProblem, match="请选午检结果"):
        form.check()
    form._outcome.button("abnormal").click()
    form._finding.set_text(" 左手背有抓痕 ")
    check = form.check()
    assert (check.kind, check.tenths, check.outcome, check.note) == (
        "noon",
        365,
        "abnormal",
        "左手背有抓痕",
    )


def test_a_corrected_temperature_stands_as_it_was_and_becomes_no_check(form):
    kept = EntryDraft(EntryKind.TEMPERATURE, data.NOW, detail="ear", tenths=380)
    form.load(kept)
    assert form._degrees.text() == "38.0"
    assert not form._as.isVisible()
    assert form.draft(data.NOW) == kept
