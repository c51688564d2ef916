"""What lies over the desk at a release: when it comes up, whom it offers, and when it keeps away."""

import dataclasses
import types

import pytest
from PySide6.QtWidgets import QWidget

from app.domain.errors import RuleError
from app.domain.ids import AlarmId, StaffId
from app.domain.staff import Actor, Role
from app.services.alarms import BarredAlarmError
from app.services.desk import ChildCard
from app.services.pickup import PickupCard
from app.services.pins import Holder
from app.ui.desk.exception_sheet import ExceptionSheet
from app.ui.desk.forgotten_sheet import ForgottenSheet
from app.ui.desk.grant_sheet import GrantSheet
from app.ui.desk.grants_sheet import GrantsSheet
from app.ui.desk.ink import DeskInk
from app.ui.desk.pickup_view import PickupView
from app.ui.desk.release_sheets import ReleaseSheets
from tests.ui.desk import data, fakes
from tests.ui.support import DESK, DIRECTOR, settle

TEACHER = Actor(StaffId(3), "许静", Role.TEACHER)
HEALTH = Actor(StaffId(6), "陈护", Role.HEALTH_WORKER)
HOLDERS = tuple(Holder(one, has_pin=True) for one in (DESK, TEACHER, HEALTH, DIRECTOR))
CARD = PickupCard(data.YUQING.visit, data.CARD, "K7QM", None, "", False, None)


@pytest.fixture
def open_sheets(qtbot, laid_over):
    def made(actor=DESK, undecided=()):
        bundle = types.SimpleNamespace(
            grants=types.SimpleNamespace(today=lambda _actor: ()),
            pins=types.SimpleNamespace(holders=lambda _actor: HOLDERS),
            desk=types.SimpleNamespace(undecided_alarms=lambda _actor: undecided),
            forgotten=types.SimpleNamespace(stays=lambda _actor: ()),
        )
        context = laid_over(bundle, actor=actor)
        room = QWidget(context.host)
        sheets = ReleaseSheets(context, room)
        sheets.view = PickupView(DeskInk.of(context.theme))
        for part in (sheets.view, sheets.view.proofs, sheets.view.settling, sheets.view.asked):
            qtbot.addWidget(part)
        acts = types.SimpleNamespace(check_out_together=None, note_belonging=lambda *_: None)
        sheets.connect_view(sheets.view, acts, lambda: None)
        sheets.raised, sheets.context = [], context
        sheets._alarms = types.SimpleNamespace(raise_=lambda alarm, *_: sheets.raised.append(alarm))
        sheets.settle = lambda: settle(qtbot, context)
        sheets.up = lambda kind: context.sheets(kind)
        return sheets

    return made


def test_stays_of_earlier_days_are_told_once_until_their_number_changes(open_sheets):
    sheets = open_sheets()
    raised, ended = [], []
    sheets.context.messages.banner_raised.connect(lambda banner: raised.append(banner.words))
    sheets.context.messages.banner_ended.connect(ended.append)
    for count in (0, 2, 2, 1, 0, 0):
        sheets.tell_forgotten(count)
    assert [words[:7] for words in raised] == ["有 2 名孩子", "有 1 名孩子"]
    assert ended == ["desk.forgotten"]


def test_a_refusal_with_an_alarm_brings_it_up_and_any_other_is_left_to_the_desk(open_sheets):
    sheets = open_sheets()
    assert sheets.take_alarm(BarredAlarmError("像禁止接走的人。", AlarmId(3)))
    assert sheets.raised == [AlarmId(3)]
    assert not sheets.take_alarm(RuleError("周乐瑶 8:30 已经入园。"))
    assert len(sheets.raised) == 1


def test_a_refusal_that_asks_for_the_hour_she_left_says_so_and_opens_where_it_is_typed(open_sheets):
    sheets = open_sheets()
    said, asked = [], []
    sheets.context.messages.said.connect(lambda notice: said.append(notice.words))
    sheets.context._services.forgotten.stays = lambda actor: asked.append(actor) or ()
    assert sheets.take_alarm(RuleError("请补写离园时间。", field="left_at"))
    sheets.settle()
    assert (said, asked) == (["请补写离园时间。"], [DESK])
    assert sheets.up(ForgottenSheet) == []  # none is left to be repaired: no empty sheet


@pytest.mark.parametrize(("undecided", "raised"), [((), []), ((AlarmId(3), AlarmId(9)), [AlarmId(3)])])
def test_after_a_start_an_alarm_nobody_decided_stands_again(open_sheets, undecided, raised):
    sheets = open_sheets(undecided=undecided)
    sheets.raise_undecided()
    sheets.settle()
    assert sheets.raised == raised


def test_no_second_sheet_comes_up_over_a_room_that_is_covered(open_sheets):
    sheets = open_sheets()
    sheets.view.show_card(CARD)
    sheets.context.host.setEnabled(False)
    sheets.view.grant_requested.emit()
    sheets.open_grants()
    sheets.view.exception_requested.emit()
    sheets.settle()
    assert [sheets.up(kind) for kind in (GrantSheet, GrantsSheet, ExceptionSheet)] == [[], [], []]
    sheets.context.host.setEnabled(True)
    sheets.open_grants()
    sheets.open_grants()  # pressed twice before the answer came
    sheets.settle()
    assert len(sheets.up(GrantsSheet)) == 1


def test_a_call_is_taken_only_from_guardians_who_are_not_barred_themselves(open_sheets):
    sheets = open_sheets()
    barred = data.adult(3, "朱强", "爸爸", may_collect=False, barred=True, is_guardian=True)
    adults = (data.GRANDMOTHER, data.MOTHER, barred)
    sheets.view.show_card(dataclasses.replace(CARD, card=ChildCard(data.YUQING, adults, "")))
    sheets.view.grant_requested.emit()
    (form,) = sheets.up(GrantSheet)
    assert [one.adult for one in form._guardians] == [data.MOTHER.adult]


@pytest.mark.parametrize(
    ("actor", "offered"), [(DESK, ["周敏"]), (DIRECTOR, ["林晓", "许静"])], ids=["desk", "director"]
)
def test_an_exception_is_confirmed_by_two_of_whom_one_has_the_right(open_sheets, actor, offered):
    sheets = open_sheets(actor)
    sheets.view.show_card(CARD)
    sheets.view.exception_requested.emit()
    sheets.settle()
    (form,) = sheets.up(ExceptionSheet)
    assert [one.actor.name for one in form.second._holders.values()] == offered


def test_what_is_open_is_asked_before_the_exception_covers_it(open_sheets):
    sheets = open_sheets()
    said = []
    sheets.view.complained.connect(said.append)
    sheets.view.show_card(dataclasses.replace(CARD, quote=fakes.QUOTE))
    sheets.view.exception_requested.emit()
    sheets.settle()
    assert sheets.up(ExceptionSheet) == []
    assert "先选怎么付" in said[-1]
