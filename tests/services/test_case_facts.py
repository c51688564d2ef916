"""Illness registered while a child is inside: on her card and in her note; not of who went before it."""

import datetime as dt

import pytest

from app.domain.looks import Tone
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.case_facts import case_chips, case_facts, case_words, noted_during
from app.services.illness import CaseCard
from app.store import illness, visits
from app.store.day import list_stays
from app.store.health_rules import DiseaseBook
from tests.services.world import DAY


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def visit(world, services):
    world.clock.at(8, 30)
    return services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit


def note(world, services, disease="hfmd", onset="今天", name="张沐阳", **more):
    card = CaseCard(world.children[name], disease, onset, **more)
    return services.health.illness.note(world.teacher, card).value


def facts(world, visit):
    found = illness.list_noted(world.database, DAY)
    return case_facts(found, DiseaseBook(world.database), visits.find_visit(world.database, visit))


def chips(world):
    stays = list_stays(world.database, DAY)
    return {
        key: [one.words for one in found] for key, found in case_chips(world.database, stays, DAY).items()
    }


def test_it_is_on_her_card_and_in_her_note_from_the_moment_it_is_registered(world, services, visit):
    assert (facts(world, visit), chips(world)) == ((), {})
    world.clock.at(10)
    note(world, services)
    (fact,) = facts(world, visit)
    assert (fact.words, fact.at.hour) == ("手足口病（疑似）", 10)
    assert {"手足口病", "手足口"} <= set(fact.told_by)
    assert fact.needs
    assert chips(world) == {visit: ["手足口病（疑似） · 请隔离、通知家长"]}
    (chip,) = case_chips(world.database, list_stays(world.database, DAY), DAY)[visit]
    assert chip.tone is Tone.BAD


def test_it_is_hers_alone_and_of_the_stay_in_which_it_came_up(world, services, visit):
    other = services.arrivals.check_in(world.desk, CheckIn(world.children["周乐瑶"])).value.visit
    world.clock.at(10)
    note(world, services)
    assert facts(world, other) == ()
    cases, book = illness.list_noted(world.database, DAY), DiseaseBook(world.database)
    stay = visits.find_visit(world.database, visit)
    left = world.clock.now.replace(hour=9, minute=59)
    assert noted_during(cases, book, stay, left) == (), "she had gone home a minute before"
    assert len(noted_during(cases, book, stay, left + dt.timedelta(minutes=1))) == 1


def test_an_illness_that_begins_tomorrow_or_was_registered_before_she_came_is_none_of_this_stay(
    world, services
):
    world.clock.at(8)
    note(world, services, "other", detail="没有查清的疹子病", name="周乐瑶")
    cases, book = illness.list_noted(world.database, DAY), DiseaseBook(world.database)
    world.clock.at(8, 30)
    came = services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    stay = visits.find_visit(world.database, came)
    assert noted_during(cases, book, stay) == ()


def test_sure_and_suspected_are_told_apart_and_a_fever_is_no_guess(world, services, visit):
    note(world, services, "varicella", diagnosed="今天", diagnosed_by="市妇幼")
    note(world, services, "fever")
    assert [fact.words for fact in facts(world, visit)] == ["水痘（确诊）", "发热待查"]


def test_a_case_of_an_illness_the_table_lost_is_still_told(world, services, visit):
    note(world, services)
    (case,) = illness.list_noted(world.database, DAY)
    assert case_words(case, None) == "传染病（疑似）"
