"""喂药: her face among others', who may check, and a first PIN that is chosen once."""

import dataclasses
import datetime as dt

import pytest

from app.domain.errors import RuleError
from app.domain.ids import ChildId, ClassId, DoseId, RequestId, StaffId, VisitId
from app.domain.medicine import Dose, Request
from app.domain.staff import Actor, Role
from app.services.medicine_view import ChildChoice
from app.services.pins import Holder
from app.ui.health.give_sheet import GiveSheet
from tests.ui.support import STORY

DRAGON, STARS = ClassId(3), ClassId(1)
TEACHER = Actor(StaffId(3), "许静", Role.TEACHER, DRAGON)
PARTNER = Actor(StaffId(4), "孟佳", Role.TEACHER, DRAGON)
OTHER = Actor(StaffId(5), "沈玉洁", Role.TEACHER, STARS)
NURSE = Actor(StaffId(6), "顾红", Role.HEALTH_WORKER)
CASHIER = Actor(StaffId(7), "方芸", Role.CASHIER)
REQUEST = Request(
    RequestId(10), VisitId(108), ChildId(8), "孩子8", DRAGON, "抱抱龙", STORY.date(), "布洛芬混悬液",
    "2.5 ml", "口服", "发热", "无", dt.date(2026, 5, 1), 1, None, "妈妈", "paper", "", STORY, "许静",
    doses=(Dose(DoseId(21), STORY),),
)  # fmt: skip


def child(number, class_id=DRAGON):
    return ChildChoice(VisitId(100 + number), ChildId(number), f"孩子{number}", class_id, "", (), ())


CLASS = tuple(child(number) for number in range(1, 13))


@pytest.fixture
def open_sheet(ground):
    ground.context.sign_in(TEACHER)

    def open_(*holders, request=REQUEST, children=CLASS, taken_back="", has_pin=True):
        people = [Holder(TEACHER, has_pin=has_pin), *(Holder(one, has_pin=True) for one in holders)]
        return ground.lay(GiveSheet(ground.context, ground.host, request, people, children, taken_back))

    return open_


def faces(sheet):
    return [int(value) for value in sheet.child._buttons]


@pytest.mark.parametrize("number", [1, 8, 12])
def test_she_stands_among_six_of_her_class_in_its_order_and_not_always_at_one_place(open_sheet, number):
    places = set()
    for key in (0, 2, 5):
        request = dataclasses.replace(REQUEST, id=RequestId(key), child=ChildId(number))
        sheet = open_sheet(PARTNER, request=request, children=(child(30, STARS), *CLASS))
        shown = faces(sheet)
        assert (len(shown), shown) == (6, sorted(shown))
        assert number in shown
        assert 30 not in shown, "of another class"
        places.add(shown.index(number))
        sheet.dismiss()
    assert len(places) > 1 or number in {1, 12}


def test_a_class_of_two_offers_two(open_sheet):
    assert faces(open_sheet(PARTNER, children=(child(7), child(8)))) == [7, 8]


@pytest.mark.parametrize(
    ("holders", "checkers"),
    [
        ((PARTNER, OTHER, NURSE, CASHIER), {"孟佳", "顾红"}),
        ((PARTNER, OTHER, CASHIER), {"孟佳", "沈玉洁"}),  # one alone of her class: everybody who may
    ],
)
def test_who_is_near_checks_and_where_they_are_few_whoever_may_but_never_the_giver(
    open_sheet, holders, checkers
):
    sheet = open_sheet(*holders)
    assert {one.actor.name for one in sheet.checker._holders.values()} == checkers
    assert [one.actor.name for one in sheet.giver._holders.values()] == ["许静"]


def fill(sheet):
    sheet.child.button("8").click()
    sheet.fields["dose"].set_text("2.5 ml")
    sheet.giver.pin.edit.setText("1234")
    sheet.giver.again.edit.setText("1234")
    sheet.checker.who.button("4").click()
    sheet.checker.pin.edit.setText("5927")


def test_a_first_pin_is_kept_with_the_dose_and_not_chosen_again_after_a_refusal(ground, open_sheet):
    sheet = open_sheet(PARTNER, NURSE, has_pin=False)
    fill(sheet)
    ground.verbs.refusals["health.medicine.give"] = RuleError("口令不对。", field="second")
    ground.finish()
    assert sheet.message.text() == "口令不对。"
    assert sheet.giver.pin.text() == sheet.checker.pin.text() == ""
    assert (sheet.child.value(), sheet.text("dose")) == ("8", "2.5 ml")
    assert not sheet.giver.again.isVisible(), "she has a PIN now"
    fill(sheet)
    ground.finish()
    assert ground.verbs.said_to("pins.choose") == [["1234"]]
    assert len(ground.verbs.said_to("health.medicine.give")) == 2
    assert ground.sheet is None


def test_a_dose_that_was_taken_back_is_cleared_up_in_words_that_are_kept(ground, open_sheet):
    sheet = open_sheet(PARTNER, NURSE, taken_back="12:34 记过已喂布洛芬，12:36 许静撤销")
    assert "12:36 许静撤销。先问清孩子到底有没有喝下去。" in ground.words()
    fill(sheet)
    ground.finish()
    assert sheet.message.text() == "请写明先前那次没喝下去是怎么知道的。"
    sheet.fields["cleared"].set_text("药还在杯里")
    ground.finish()
    ((giving,),) = ground.verbs.said_to("health.medicine.give")
    assert (giving.dose, giving.child, giving.cleared) == (DoseId(21), ChildId(8), "药还在杯里")
