"""A card of today and the adults on file: new numbers, and no right of a guardian taken."""

import pytest

from app.domain.barred import Mark
from app.domain.looks import Tone
from app.services.alarms import BarredAlarmError
from app.services.arrivals import Arrivals
from app.services.intake import CardRefusedError, Intake
from app.store import alarms, people, visits
from app.store.alarms import NewAlarm
from app.store.people import Tie
from tests.services.test_intake import MOTHER_CALLS, STORY, fields, with_
from tests.services.world import DAY, add_adult


@pytest.fixture
def intake(world):
    return Intake(world.database, world.clock, world.rng)


@pytest.fixture
def guest(world, intake):
    """朱予晴 came and went an hour ago."""
    done = intake.register(world.desk, STORY).value
    with world.database.unit(None, "gone") as unit:
        visits.end_visit(unit, done.visit, world.adults["张母"], "known", world.desk.id)
        unit.audit("visit", done.visit)
    return done.child


def test_another_word_for_the_same_relative_is_no_second_one(world, intake, guest):
    called = {**MOTHER_CALLS, "second_relation": "母亲", "collect_reason": "当面拨通"}
    before = [one.id for one in people.list_adults(world.database, guest, DAY)]
    intake.register(world.director, with_(**called))
    after = people.list_adults(world.database, guest, DAY)
    assert [one.id for one in after] == before
    (mother,) = [one for one in after if one.name == "赵敏"]
    assert (mother.phone, mother.tie.is_guardian) == ("13955556666", True)


def test_a_number_of_a_namesake_elsewhere_is_not_written_over_hers(world, intake, guest):
    with world.database.unit(None, "other family") as unit:
        add_adult(unit, world, world.children["周乐瑶"], "赵敏", "姨妈", "13955556666")
        unit.audit("child", world.children["周乐瑶"])
    found = intake.assess(world.desk, with_(**MOTHER_CALLS, collect_reason="当面拨通"))
    assert fields(found.problems) == ["second_phone"]
    assert "别的孩子家里登记" in found.problems[0].sentence
    assert not found.ready


def test_one_relative_is_not_given_two_new_numbers(world, intake, guest):
    twice = {"other": "赵敏", "other_relation": "妈妈", "other_phone": "13977778888"}
    found = intake.assess(world.director, with_(**MOTHER_CALLS, **twice, collect_reason="当面拨通"))
    assert fields(found.problems) == ["other_phone"]
    assert "写了两次" in found.problems[0].sentence
    assert not found.ready


def test_a_guardian_who_is_not_ticked_today_may_collect_as_before(world, intake, guest):
    card = with_(second_collects=False)
    (told,) = intake.assess(world.desk, card).problems
    assert (told.field, told.tone) == ("second_collects", Tone.INFO)
    assert "赵敏是监护人" in told.sentence
    intake.register(world.desk, card)
    (mother,) = [one for one in people.list_adults(world.database, guest, DAY) if one.name == "赵敏"]
    assert (mother.tie.is_guardian, mother.tie.may_collect) == (True, True)


def test_what_becomes_of_a_collector_who_is_not_ticked_is_said(world, intake, guest):
    card = with_(bringer_collects=False)
    (told,) = intake.assess(world.desk, card).problems
    assert (told.field, told.tone) == ("bringer_collects", Tone.INFO)
    assert "以后也不可接" in told.sentence


def test_a_new_number_of_somebody_barred_elsewhere_is_the_directors(world, intake, guest):
    """At the door of the other child the old number is a mark of the alarm."""
    other = world.children["周乐瑶"]
    mother = next(one for one in people.list_adults(world.database, guest, DAY) if one.name == "赵敏")
    with world.database.unit(None, "bar") as unit:
        people.add_tie(unit, other, mother.id, Tie("爸爸的前妻", barred=True))
        unit.audit("child", other)
    card = with_(**MOTHER_CALLS, collect_reason="当面拨通")
    found = intake.assess(world.desk, card)
    assert fields(found.problems) == ["second_phone"]
    assert "由园长登录后办理" in found.problems[0].sentence
    with pytest.raises(CardRefusedError):
        intake.register(world.desk, card)
    intake.register(world.director, card)
    assert alarms.list_traits(world.database, mother.id) == (("phone", mother.phone),)


def test_so_is_that_of_somebody_whom_the_door_took_for_a_barred_one(world, intake, guest):
    mother = next(one for one in people.list_adults(world.database, guest, DAY) if one.name == "赵敏")
    with world.database.unit(None, "bar") as unit:
        ex = add_adult(unit, world, guest, "高强", "爸爸", "13811111177", barred=True)
        taken = ("bring", "妈妈 赵敏", (Mark.PHONE,), DAY, world.desk.id, mother.id)
        alarms.end_alarm(
            unit, alarms.add_alarm(unit, NewAlarm(guest, ex, *taken)), world.director.id, "refused", "没来"
        )
        unit.audit("child", guest)
    card = with_(**MOTHER_CALLS, collect_reason="当面拨通")
    (told,) = intake.assess(world.desk, card).problems
    assert told.sentence.startswith("赵敏被认作过禁止接走的人，还没有确认是另一个人，换号码要由园长")
    done = intake.register(world.director, card).value
    assert alarms.list_traits(world.database, mother.id) == (("phone", mother.phone),)
    Arrivals(world.database, world.clock, world.rng).undo_check_in(world.desk, done.visit)
    assert ("phone", "13955556666") in alarms.list_traits(world.database, mother.id)


def test_a_number_taken_back_from_somebody_barred_since_stays_a_mark(world, intake, guest):
    """A registration gave him a new number; he is barred by it before the arrival is taken back."""
    done = intake.register(world.director, with_(**MOTHER_CALLS, collect_reason="当面拨通")).value
    mother = next(one for one in people.list_adults(world.database, guest, DAY) if one.name == "赵敏")
    other = world.children["周乐瑶"]
    with world.database.unit(None, "bar") as unit:
        people.add_tie(unit, other, mother.id, Tie("爸爸的前妻", barred=True))
        unit.audit("child", other)
    Arrivals(world.database, world.clock, world.rng).undo_check_in(world.desk, done.visit)
    (after,) = [one for one in people.list_adults(world.database, guest, DAY) if one.id == mother.id]
    assert (mother.phone, after.phone) == ("13955556666", "13900001177")
    assert alarms.list_traits(world.database, mother.id) == (("phone", "13955556666"),)


def test_a_guardians_number_is_changed_by_herself_or_by_the_director(world, intake, guest):
    """By it she sends others: who says at the desk that mother has a new one may be who wants to be sent."""
    card = with_(**MOTHER_CALLS, second_collects=False, collect_reason="她换号了")
    (told,) = intake.assess(world.desk, card).problems
    assert (told.field, told.tone) == ("second_phone", Tone.BAD)
    assert "本人到场并核对身份证" in told.sentence
    with pytest.raises(CardRefusedError):
        intake.register(world.desk, card)
    herself = {
        "bringer": "赵敏",
        "relation": "妈妈",
        "phone": "13955556666",
        "collect_reason": "本人来，看过身份证",
    }
    only = {"second": "王秀兰", "second_relation": "奶奶", "second_phone": "13800006021"}
    for seen in (False, True):
        found = intake.assess(world.desk, with_(**herself, **only, identity_seen=seen))
        assert ("phone" in fields(found.problems)) is not seen, found.problems


def test_nobody_on_file_is_given_the_number_of_who_is_barred(world, intake, guest):
    """Not even who brings and collects nobody today, and not by the director without a second look."""
    with world.database.unit(None, "bar") as unit:
        add_adult(unit, world, guest, "朱强", "爸爸", "13511112222", barred=True)
        unit.audit("child", guest)
    mother = {**MOTHER_CALLS, "second_phone": "13511112222", "second_collects": False}
    card = with_(**mother, collect_reason="妈妈换号了")
    assert any(one.barred for one in intake.assess(world.director, card).problems)
    with pytest.raises(BarredAlarmError):
        intake.register(world.director, card)
