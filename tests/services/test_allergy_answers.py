"""过敏未答: what a guardian says at the door, who may say less, and the way back on the same day."""

import datetime as dt

import pytest

from app.domain.changes import Topic
from app.domain.records import RecordError
from app.domain.staff import Actor, NotPermittedError, Role
from app.services.allergy_answers import AllergyAnswerError
from app.services.arrivals import Arrivals, CheckIn
from app.services.bundle import build
from app.store import children, people


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def allergies(services):
    return services.allergies


def told(world):
    return world.database.row("select detail from audit where subject = 'child' order by id desc")["detail"]


def held(world, child):
    kept = children.find_child(world.database, child)
    return kept.allergy, kept.substances


def test_an_unanswered_allergy_is_answered_while_she_is_inside(world, allergies):
    child = world.children["周乐瑶"]
    Arrivals(world.database, world.clock, world.rng).check_in(world.desk, CheckIn(child))
    allergies.answer(world.desk, child, "unknown", (), "外婆不清楚")
    assert children.find_child(world.database, child).allergy == "unknown"
    done = allergies.answer(world.teacher, child, "has", ("虾", "虾 "), "妈妈电话")
    assert Topic.CHILDREN in done.changes.topics
    kept = children.find_child(world.database, child)
    assert (kept.allergy, kept.substances) == ("has", ("虾",))
    assert told(world) == "周乐瑶 过敏 has 虾；妈妈电话"


def test_an_allergy_on_file_goes_by_the_health_worker_or_the_director_only(world, allergies):
    child = world.children["张沐阳"]
    with pytest.raises(AllergyAnswerError, match="花生"):
        allergies.answer(world.desk, child, "none", (), "妈妈")
    allergies.answer(world.desk, child, "unknown", (), "妈妈")
    assert children.find_child(world.database, child).substances == ("花生",)
    allergies.answer(world.director, child, "none", (), "妈妈，检测报告")
    assert children.find_child(world.database, child).allergy == "none"
    assert told(world) == "张沐阳 过敏 none；去掉 花生；妈妈，检测报告"


@pytest.mark.parametrize(
    ("answer", "substances", "told_by"),
    [
        ("has", ("、",), ""),
        ("has", (" ",), "妈妈"),
        ("none", ("虾",), "妈妈"),
        ("?", (), "妈妈"),
        ("none", (), " "),
    ],
)
def test_half_an_answer_is_none(world, allergies, answer, substances, told_by):
    with pytest.raises(AllergyAnswerError):
        allergies.answer(world.desk, world.children["周乐瑶"], answer, substances, told_by)
    with pytest.raises(NotPermittedError):
        allergies.answer(world.cashier, world.children["周乐瑶"], "none", (), "妈妈")


def test_a_wrong_answer_is_taken_back_on_the_same_day_by_who_gave_it(world, services, allergies):
    child = world.children["周乐瑶"]
    before = held(world, child)
    done = allergies.answer(world.desk, child, "has", ("虾",), "妈妈电话")
    assert done.undo.label == "周乐瑶 有过敏：虾"
    history = services.records.card(world.desk, child).history
    assert "前台问过敏：妈妈电话" in history[0].title
    services.undo(world.desk, done.undo)
    assert held(world, child) == before
    assert "allergy_told" not in {
        one.spec.name for one in services.records.card(world.desk, child).fields if one.shown
    }
    with pytest.raises(RecordError, match="已经撤销"):
        services.undo(world.desk, done.undo)


def test_another_day_or_another_hand_does_not_take_an_allergy_away(world, services, allergies):
    child = world.children["周乐瑶"]
    with world.database.unit(None, "hire") as unit:
        colleague = people.add_staff(unit, "白晓", Role.FRONT_DESK, None, dt.date(2024, 9, 1))
        unit.audit("staff", colleague)
    done = allergies.answer(world.desk, child, "has", ("虾",), "妈妈电话")
    with pytest.raises(RecordError, match="保健员或园长"):
        services.undo(Actor(colleague, "白晓", Role.FRONT_DESK, None), done.undo)
    with pytest.raises(NotPermittedError):
        services.undo(world.cashier, done.undo)
    world.clock.now += dt.timedelta(days=1)
    with pytest.raises(RecordError, match="只能当天撤销"):
        services.undo(world.director, done.undo)
    assert held(world, child) == ("has", ("虾",))


def test_what_was_answered_again_since_stays(world, services, allergies):
    child = world.children["周乐瑶"]
    done = allergies.answer(world.desk, child, "has", ("虾",), "妈妈电话")
    with world.database.unit(None, "register") as unit:
        children.answer_allergy(unit, child, "has", ("虾", "花生"))
        unit.audit("child", child)
    with pytest.raises(RecordError, match="后来又改过"):
        services.undo(world.desk, done.undo)
    assert held(world, child) == ("has", ("虾", "花生"))


def test_who_does_not_know_changes_nothing_that_could_be_taken_back(world, allergies):
    assert allergies.answer(world.desk, world.children["张沐阳"], "unknown", (), "外婆").undo is None
