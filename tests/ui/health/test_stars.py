"""A star stands at what a sheet is not kept without, and at nothing else: held against the refusals."""

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QWidget

from app.domain.errors import RuleError
from app.domain.staff import Role
from app.ui.health.case_sheets import CaseSheet
from app.ui.health.concern_page import ConcernSheet
from app.ui.health.doctor_sheet import DoctorSheet
from app.ui.health.injury_sheets import InjurySheet, TellingSheet, WordsSheet
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.fields import Field, Labelled
from tests.ui.support import make_context


@pytest.fixture
def desk(qtbot, services, actors):
    context = make_context(qtbot, services, actor=actors[Role.DIRECTOR])
    frame = QWidget()
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    host = QWidget(frame)
    health, actor = services.health, context.actor
    injury = health.injuries.list(actor)[0]
    illness = health.illness.view(actor)
    return SimpleNamespace(
        frame=frame,
        context=context,
        host=host,
        services=services,
        codes=health.injuries.codes(actor),
        people=health.people.choices(actor),
        injury=injury.injury,
        illness=illness,
        visits=health.doctor.view(actor),
    )


def injury_sheet(desk):
    return InjurySheet(desk.context, desk.host, desk.codes, desk.people)


def case_sheet(desk):
    return CaseSheet(desk.context, desk.host, desk.people, desk.illness.diseases)


def concern_sheet(desk):
    return ConcernSheet(desk.context, desk.host, desk.people)


def doctor_sheet(desk):
    return DoctorSheet(desk.context, desk.host, desk.visits, None)


def telling_sheet(desk):
    return TellingSheet(desk.context, desk.host, desk.codes, desk.injury)


def words_sheet(desk):
    return WordsSheet(desk.context, desk.host, desk.injury)


SHEETS = {
    "injury": (injury_sheet, {"day": "2025-12-03", "at": "10:20", "story": "跌倒", "kind": "1"}),
    "case": (case_sheet, {"onset": "2025-12-03"}),
    "concern": (concern_sheet, {"day": "2025-12-03", "facts": "三处烫痕"}),
    "visit": (
        doctor_sheet,
        {"day": "2025-12-03", "doctor": "何医生", "clinic": "社区医院", "conclusion": "都好"},
    ),
    "telling": (telling_sheet, {"whom": "妈妈"}),
    "addition": (words_sheet, {"words": "复诊已好"}),
}


def places(sheet):
    """Every place that can be blamed, by its name."""
    return {**{key: field.edit for key, field in sheet.fields.items()}, **sheet.stops}


def label_of(place):
    """The label a place stands under."""
    while not isinstance(place, Labelled):
        place = place.parentWidget()
    return place


def empty(sheet):
    """Take out what the sheet filled in by itself."""
    for field in sheet.fields.values():
        field.set_text("")
    for stop in sheet.stops.values():
        if isinstance(stop, Segmented):
            stop.set_value("")


def fill(sheet, desk, key, words):
    """Answer what was refused."""
    place = places(sheet)[key]
    if isinstance(place, Segmented):
        place.set_value(words or next(iter(place._buttons)))
    elif key == "child" and hasattr(sheet.child, "choose"):
        sheet.child.choose(desk.people.children[0].id)
    elif key == "child":
        sheet.child.set_text(desk.visits.choices[0].name)
    else:
        label_of(place).set_text(words)


def refused(sheet, desk, answers):
    """The labels of all that the save asks for, one after the other, until it keeps."""
    found, asked = set(), []
    verbs, said = [], []
    sheet.say = lambda _sentence, key=None: said.append(key)
    sheet.submit = lambda verb, **_more: verbs.append(verb)
    for _ in range(20):
        verbs.clear()
        try:
            sheet.finish()
            if verbs:
                verbs[0](desk.services)
                return found
            key = said[-1]
        except RuleError as error:
            key = error.field
        assert key not in asked, f"{key} is asked for twice: {asked}"
        asked.append(key)
        place = places(sheet)[key]
        found.add(label_of(place)._label.text().removesuffix(" *"))
        fill(sheet, desk, key, answers.get(key, ""))
    raise AssertionError(asked)


def starred(sheet):
    """The labels with a star, of what is asked at all."""
    return {
        one._label.text().removesuffix(" *")
        for one in sheet.findChildren(Labelled)
        if one._label.text().endswith(" *") and not one.isHidden()
    }


@pytest.mark.parametrize("name", SHEETS)
def test_stars_stand_where_the_save_refuses_and_nowhere_else(name, desk):
    make, answers = SHEETS[name]
    sheet = make(desk)
    stars = starred(sheet)
    empty(sheet)
    assert stars == refused(sheet, desk, answers)


def test_a_star_is_read_aloud_too(desk):
    sheet = injury_sheet(desk)
    assert isinstance(sheet.story, Field)
    assert sheet.story.edit.accessibleName().endswith("（必填）")
    assert sheet.child.field.edit.accessibleName() == "受伤的孩子（必填）"
