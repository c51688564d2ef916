import datetime as dt

import pytest

from app.domain.capacity import Verdict
from app.services.arrivals import Arrivals, CheckIn
from app.services.intake_card import IntakeCard
from app.services.intake_keeping import keep_family
from app.services.intake_missing import list_missing
from app.services.intake_reading import read_card
from app.services.slots import Slots, proposals
from app.store import children, day, people, settings
from tests.services.world import DAY, add_child

CARD = IntakeCard(
    name="朱予晴", born_on="2023.8.19", allergy="has", allergens="鸡蛋、虾 鸡蛋", bringer="王秀兰",
    relation="奶奶", phone="138-0000-6021", second="赵敏 妈妈", second_phone="13900001177", promised="2点",
    temperature="36.5℃", check_outcome="normal", body="ok",
)  # fmt: skip


def read(world, card):
    return read_card(card, world.clock.now, settings.current(world.database, DAY))


def test_what_was_typed_becomes_facts(world):
    found = read(world, CARD)
    assert found.problems == ()
    assert (found.born_on, found.months, found.substances) == (dt.date(2023, 8, 19), 27, ("鸡蛋", "虾"))
    assert f"{found.promised:%H:%M}" == "14:00"
    assert found.check.tenths == 365
    assert [(one.name, one.relation, one.phone) for one in found.people] == [
        ("王秀兰", "奶奶", "13800006021"),
        ("赵敏", "妈妈", "13900001177"),
    ]


@pytest.mark.parametrize(("second", "name"), [("Emma Li", "Emma Li"), ("古丽·买买提", "古丽·买买提")])
def test_a_name_with_a_gap_is_not_taken_for_a_relation(world, second, name):
    import dataclasses

    found = read(world, dataclasses.replace(CARD, second=second))
    assert (found.people[1].name, found.people[1].relation) == (name, "")


def test_medicine_goes_into_the_morning_check(world):
    import dataclasses

    found = read(world, dataclasses.replace(CARD, body="medicine", body_note="布洛芬备用", check_note="轻咳"))
    assert found.check.note == "带药：布洛芬备用；轻咳"


def test_what_is_missing_is_named_in_the_order_of_the_card(world):
    card = IntakeCard(name="朱", allergy="has")
    fields = [one.field for one in list_missing(card, read(world, card)) if one.kind == "required"]
    assert fields[:3] == ["born_on", "allergens", "body"]


def test_a_family_is_kept_inside_a_unit_or_not_at_all(world):
    found = read(world, CARD)
    with pytest.raises(ZeroDivisionError), world.database.unit(world.desk.id, "try") as unit:
        _ = keep_family(unit, CARD, found, None, raised=False)[0] // 0
    assert children.list_same(world.database, "朱予晴", dt.date(2023, 8, 19)) == ()
    with world.database.unit(world.desk.id, "keep") as unit:
        child, bringer = keep_family(unit, CARD, found, None, raised=False)
    assert next(one.id for one in people.list_adults(world.database, child, DAY)) == bringer


def test_the_class_of_her_age_is_proposed_and_a_full_one_is_not(world):
    until = world.clock.now.replace(hour=14, minute=0)
    choices = Slots(world.database, world.clock.now).choices(27, until)
    assert [one.group.name for one in choices if one.in_age] == ["抱抱龙"]
    assert choices[0].fits
    with world.database.unit(None, "fill") as unit:
        for number in range(18):
            child = add_child(unit, world, f"满{number}", dt.date(2023, 5, 1))
            row = {"child_id": child, "class_id": world.dragons, "mode": "hourly", "tariff": "hourly"}
            row |= {"day": DAY.isoformat(), "from_minute": 600, "to_minute": 660, "made_at": unit.stamp}
            unit.insert("booking", row)
    choice = Slots(world.database, world.clock.now).choices(27, until)[0]
    assert (choice.free, choice.answer.verdict, choice.fits) == (0, Verdict.NO, False)
    assert proposals((choice,), None)[0].words == "已满"
    assert proposals((choice,), None)[0].why == choice.answer.words
    # She would have gone before the others come.
    early = Slots(world.database, world.clock.now).choices(27, world.clock.now.replace(hour=9, minute=50))[0]
    assert early.free == 18


def test_a_child_who_asks_again_does_not_count_twice(world):
    until = world.clock.now.replace(hour=14, minute=0)
    child = world.children["张沐阳"]
    assert Slots(world.database, world.clock.now).choices(27, until)[0].free == 18
    assert Slots(world.database, world.clock.now, without=child).choices(27, until)[0].free == 19


def test_a_class_with_seats_but_without_carers_says_that_they_are_lacking(world):
    until = world.clock.now.replace(hour=14, minute=0)
    choice = Slots(world.database, world.clock.now).choices(27, until)[0]
    assert proposals((choice,), None)[0].why == ""
    with world.database.unit(None, "go") as unit:
        unit.execute("delete from shift", {})
        unit.audit("shift", None)
    (offered,) = proposals(Slots(world.database, world.clock.now).choices(27, until)[:1], None)
    assert (offered.fits, offered.words) == (False, "缺老师")
    assert "没有老师在岗" in offered.why


def test_who_is_overdue_still_fills_her_seat(world):
    Arrivals(world.database, world.clock, world.rng).check_in(world.desk, CheckIn(world.children["曾雨桐"]))
    world.clock.at(12)
    until = world.clock.now.replace(hour=12, minute=20)
    stars = [
        one
        for one in Slots(world.database, world.clock.now).choices(10, until)
        if one.group.id == world.stars
    ]
    assert stars[0].free == 9


def mark(world, when, kind):
    with world.database.unit(None, "mark") as unit:
        unit.insert("calendar_day", {"day": when.isoformat(), "kind": kind})
        unit.audit("calendar_day", None)


@pytest.mark.parametrize(("hour", "words"), [(6, "还没开门"), (19, "已经关门")])
def test_outside_the_hours_nobody_is_taken(world, hour, words):
    world.clock.at(hour)
    until = world.clock.now + dt.timedelta(hours=1)
    (answer, *_) = [one.answer for one in Slots(world.database, world.clock.now).choices(27, until)]
    assert answer.verdict is Verdict.NO
    assert words in answer.words


def test_on_a_closed_day_nobody_is_taken(world):
    mark(world, DAY, "holiday")
    until = world.clock.now.replace(hour=14)
    (answer, *_) = [one.answer for one in Slots(world.database, world.clock.now).choices(27, until)]
    assert (answer.verdict, answer.words) == (Verdict.NO, "今天不开园，请约开园的日子。")


def test_a_make_up_day_at_the_weekend_has_its_children_and_its_carers(world):
    saturday = dt.date(2025, 12, 6)
    assert day.list_expected(world.database, saturday) == people.list_shifts(world.database, saturday) == ()
    mark(world, saturday, "workday")
    assert len(day.list_expected(world.database, saturday)) == 4
    shifts = people.list_shifts(world.database, saturday)
    assert [one.name for one in shifts] == [one.name for one in people.list_shifts(world.database, DAY)]
