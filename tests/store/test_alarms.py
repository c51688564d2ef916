"""Alarms of 禁止接走 as rows: decided once and by another, and for how long a person is somebody else."""

import datetime as dt
import sqlite3

import pytest

from app.domain.barred import Mark
from app.domain.ids import AlarmId
from app.services.record_values import apply
from app.store import alarms, people, record_acts
from app.store.alarms import NewAlarm
from app.store.people import Tie
from app.store.record_acts import Change
from tests.services.world import DAY

TOMORROW = DAY + dt.timedelta(days=1)


@pytest.fixture
def raise_alarm(world, keep):
    """Somebody is like 张外人, who must not collect 张沐阳; the key of the alarm."""

    def _raise(typed="邻居 张外仁", adult=None, marks=(Mark.SOUND,), child="张沐阳", barred="张外人"):
        new = NewAlarm(
            world.children[child], world.adults[barred], "collect", typed, marks, DAY, world.desk.id, adult
        )
        return keep(alarms.add_alarm, new)

    return _raise


@pytest.fixture
def decide(world, keep):
    def _decide(alarm, decision, by=None):
        world.clock.now += dt.timedelta(minutes=1)
        staff = (by or world.director).id
        return keep(alarms.end_alarm, alarm, staff, decision, "看过身份证")

    return _decide


def test_an_alarm_waits_for_one_decision_and_keeps_it(world, raise_alarm, decide):
    first, second = raise_alarm(), raise_alarm()
    assert [one.id for one in alarms.list_undecided(world.database)] == [first, second]
    assert decide(first, "refused")
    assert not decide(first, "cleared")
    kept = alarms.find_alarm(world.database, first)
    assert (kept.decision, kept.decided_by, kept.marks) == ("refused", world.director.id, (Mark.SOUND,))
    assert [one.id for one in alarms.list_undecided(world.database)] == [second]
    assert alarms.find_alarm(world.database, AlarmId(99)) is None


def test_who_raised_it_does_not_decide_it(world, raise_alarm, decide):
    key = raise_alarm()
    with pytest.raises(sqlite3.IntegrityError):
        decide(key, "cleared", by=world.desk)
    assert [one.id for one in alarms.list_undecided(world.database)] == [key]


def test_who_is_on_file_is_cleared_for_good_and_a_stranger_for_the_day(world, raise_alarm, decide):
    child, barred, known = world.children["张沐阳"], world.adults["张外人"], world.adults["张母"]
    decide(raise_alarm("妈妈 张母", known, (Mark.PHONE,)), "cleared")
    decide(raise_alarm("邻居 张外仁", marks=(Mark.SOUND, Mark.PART)), "cleared")
    stranger = ("邻居 张外仁", None)

    def cleared(typed, adult, day):
        return alarms.list_cleared(world.database, child, typed, adult, day)

    assert cleared("换了写法", known, TOMORROW) == {barred: {Mark.PHONE}}
    assert cleared(*stranger, DAY) == {barred: {Mark.SOUND, Mark.PART}}
    assert cleared(*stranger, TOMORROW) == {}
    standing = [alarms.list_standing(world.database, [barred], day) for day in (DAY, TOMORROW)]
    assert [[one.adult for one in found] for found in standing] == [[known, None], [known]]


def test_a_later_refusal_undoes_what_was_cleared(world, raise_alarm, decide):
    child, barred, known = world.children["张沐阳"], world.adults["张外人"], world.adults["张母"]
    for decision in ("cleared", "refused"):
        decide(raise_alarm("妈妈 张母", known), decision)
    assert alarms.list_cleared(world.database, child, "", known, DAY) == {barred: frozenset()}
    assert alarms.list_standing(world.database, [barred], DAY) == ()
    assert [one.decision for one in alarms.list_of_child(world.database, child)] == ["cleared", "refused"]


def test_the_last_word_of_each_child_says_whether_he_is_taken_for_somebody_barred(
    world, keep, raise_alarm, decide
):
    one, database = world.adults["周母"], world.database
    assert (alarms.list_said(database, one), alarms.is_watched(database, one)) == (frozenset(), False)
    first = raise_alarm(adult=one)
    assert (alarms.list_said(database, one), alarms.is_watched(database, one)) == ({""}, True)
    decide(first, "refused")
    assert alarms.list_said(database, one) == {"refused"}
    decide(raise_alarm(adult=one), "cleared")
    assert (alarms.list_said(database, one), alarms.is_watched(database, one)) == ({"cleared"}, False)
    raise_alarm(adult=one, child="周乐瑶", barred="周外人")
    assert alarms.list_said(database, one) == {"cleared", ""}
    for child, barred in (("张沐阳", "张外人"), ("周乐瑶", "周外人")):
        assert alarms.is_watched(database, world.adults[barred])
        keep(people.end_tie, world.children[child], world.adults[barred])
    assert (alarms.list_said(database, one), alarms.is_watched(database, one)) == (frozenset(), False)


def test_the_barred_person_is_told_by_what_he_is_to_who_bars_him(world, keep, raise_alarm):
    adult = world.adults["张外人"]
    keep(people.add_tie, world.children["马思睿"], adult, Tie("舅舅", barred=False))
    of_his = alarms.find_alarm(world.database, raise_alarm())
    of_another = alarms.find_alarm(world.database, raise_alarm(child="周乐瑶"))
    of_nephew = alarms.find_alarm(world.database, raise_alarm(child="马思睿"))
    words = [one.barred_words for one in (of_his, of_another, of_nephew)]
    assert words == ["邻居 张外人", "邻居 张外人", "舅舅 张外人"]


def test_what_he_is_known_by_ends_and_holds_again_and_a_merged_record_tells_more(world, keep):
    adult, other = world.adults["张外人"], world.adults["周外人"]
    trait = keep(alarms.add_trait, adult, "nickname", "大强", world.desk.id)
    keep(alarms.add_trait, adult, "phone", "4455", world.desk.id)
    assert keep(alarms.end_trait, trait)
    assert not keep(alarms.end_trait, trait)
    assert alarms.list_traits(world.database, adult) == (("phone", "4455"),)
    assert keep(alarms.reopen_trait, trait)
    assert not keep(alarms.reopen_trait, trait)
    assert alarms.find_trait(world.database, trait) == (adult, "nickname")
    merged = "update adult set superseded_by = :now where id = :old"
    keep(lambda unit: unit.execute(merged, {"now": adult, "old": other}))
    assert alarms.list_traits(world.database, adult) == (
        ("nickname", "大强"), ("phone", "4455"), ("name", "周外人"), ("phone", "13500000000"),
    )  # fmt: skip
    assert [kind for _, _, kind, _ in alarms.list_kept_traits(world.database, [other, adult])] == [
        "nickname",
        "phone",
    ]


@pytest.fixture
def renumber(world, keep):
    """``renumber(adult, number)``: as the records do it, with a word in the history."""

    def _write(unit, adult, number):
        (row,) = unit.rows("select phone from adult where id = :id", {"id": adult})
        act = record_acts.add_act(unit, "child", world.children["张沐阳"], "修改家人")
        apply(unit, act, Change("adult", adult, "phone", row["phone"], number))

    return lambda adult, number: keep(_write, adult, number)


def test_a_number_struck_off_is_his_no_more_though_he_had_it_once(world, keep, renumber):
    adult = world.adults["张外人"]
    renumber(adult, "13700002233")
    renumber(adult, "13911112222")
    trait = keep(alarms.add_trait, adult, "phone", "13700002233", world.desk.id)
    every = ("13500000000", "13700002233", "13911112222")
    assert alarms.list_numbers(world.database, adult) == every
    assert keep(alarms.end_trait, trait)
    assert alarms.list_numbers(world.database, adult) == ("13500000000", "13911112222")
    assert keep(alarms.reopen_trait, trait)
    assert alarms.list_numbers(world.database, adult) == every


def test_a_number_struck_off_is_his_while_he_has_it_and_another_trait_strikes_none(world, keep, renumber):
    adult = world.adults["张外人"]
    for number, kind in (("13500000000", "phone"), ("13700002233", "identity")):
        keep(alarms.end_trait, keep(alarms.add_trait, adult, kind, number, world.desk.id))
    assert alarms.list_numbers(world.database, adult) == ("13500000000",)
    renumber(adult, "13700002233")
    assert alarms.list_numbers(world.database, adult) == ("13700002233",)
    renumber(adult, "13911112222")
    assert alarms.list_numbers(world.database, adult) == ("13700002233", "13911112222")
