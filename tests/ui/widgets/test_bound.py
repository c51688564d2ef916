"""A reason given for one name is never used for another; it comes back with the name it was given for."""

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit

from app.ui.widgets.bound import BoundSecrets, BoundTicks, BoundWords


class Subject:
    """Whom the form is about right now."""

    def __init__(self, name):
        self.name = name

    def __call__(self):
        return self.name


@pytest.fixture
def line(qtbot):
    made = QLineEdit()
    qtbot.addWidget(made)
    return made


def test_a_reason_goes_with_its_subject_and_comes_back_with_it(line):
    subject = Subject("朱予晴")
    bound = BoundWords(line, subject)
    line.setText("妈妈说没来过")
    assert not bound.follow()
    subject.name = "朱雨晴"
    assert bound.follow()
    assert line.text() == ""
    line.setText("看过户口本")
    subject.name = "朱予晴"
    assert bound.follow()
    assert line.text() == "妈妈说没来过"
    subject.name = "朱雨晴"
    bound.follow()
    assert line.text() == "看过户口本"


def test_while_nobody_is_known_nothing_goes_and_the_next_other_one_takes_it_away(line):
    subject = Subject("抱抱龙")
    bound = BoundWords(line, subject)
    line.setText("园长同意")
    subject.name = None
    assert not bound.follow()
    subject.name = "抱抱龙"
    assert not bound.follow()
    assert line.text() == "园长同意"
    subject.name = None
    bound.follow()
    subject.name = "小火车"
    assert bound.follow()
    assert line.text() == ""


def test_what_was_said_before_anybody_was_named_belongs_to_who_is_named(line):
    subject = Subject(None)
    bound = BoundWords(line, subject)
    line.setText("问过妈妈")
    subject.name = "孙丽华"
    assert not bound.follow()
    assert line.text() == "问过妈妈"


def test_another_form_begins_without_the_words_of_the_last(line):
    subject = Subject("朱予晴")
    bound = BoundWords(line, subject)
    line.setText("妈妈说没来过")
    subject.name = "朱雨晴"
    bound.follow()
    bound.begin()
    subject.name = "朱予晴"
    assert not bound.follow()
    assert line.text() == ""


def test_a_look_and_a_pin_are_void_for_another_person(qtbot, line):
    tick, subject = QCheckBox(), Subject(None)
    qtbot.addWidget(tick)
    ticks, secrets = BoundTicks((tick,), subject), BoundSecrets((line,), subject)
    tick.setChecked(True)
    line.setText("5927")
    subject.name = "孙丽华"
    assert not ticks.follow()
    assert not secrets.follow()
    subject.name = "孙立华"
    assert ticks.follow()
    assert secrets.follow()
    assert (tick.isChecked(), line.text()) == (False, "")
    subject.name = "孙丽华"
    assert not ticks.follow()  # it does not come back: she is looked at again
    assert not secrets.follow()
