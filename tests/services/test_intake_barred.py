"""Who stands on the card of the desk is held against whom the child's file bars, in words that help."""

import dataclasses

import pytest

from app.domain.ids import AlarmId
from app.services.alarms import BarredAlarmError
from app.services.intake import Intake, IntakeCard
from app.services.intake_barred import find_hits, refuse_hits
from app.services.intake_known import find_known
from app.services.intake_reading import read_card
from app.store import alarms, settings
from tests.services.world import DAY, add_adult

CARD = IntakeCard(
    name="张沐阳", sex="m", born_on="20230601", allergy="has", allergens="花生", body="ok",
    bringer="张母", relation="妈妈", phone="13700002233", identity_seen=True,
    second="李四", second_relation="舅舅", second_phone="13811112222", second_collects=False,
    promised="14:00", temperature="36.5", check_outcome="normal",
)  # fmt: skip
OUTSIDER = {"relation": "邻居", "phone": "13500000000"}


@pytest.fixture
def hits(world):
    def found(**changes):
        card = dataclasses.replace(CARD, **changes)
        reading = read_card(card, world.clock.now, settings.current(world.database, DAY))
        known = find_known(world.database, card, reading, DAY)
        return find_hits(world.database, reading, known, DAY)

    return found


def told(found):
    return [(one.person.field, one.place, one.known) for one in found]


def test_who_brings_her_is_held_against_the_bar_though_he_collects_nobody(hits):
    assert hits() == ()
    (hit,) = hits(bringer="张外人", bringer_collects=False, **OUTSIDER)
    assert told([hit]) == [("bringer", "bring", True)]
    assert (
        hit.problem.sentence == "张外人（邻居）被禁止接走张沐阳，不能接送。请去掉此人，并联系监护人和园长。"
    )
    assert (hit.problem.field, hit.problem.barred) == ("bringer", True)


def test_a_mere_contact_is_none_and_whoever_is_to_come_is(hits):
    second = {"second": "张外人", "second_relation": "邻居", "second_phone": "13500000000"}
    assert hits(**second) == ()
    (hit,) = hits(second_collects=True, **second)
    assert (hit.place, hit.problem.field) == ("collect", "second_collects")
    assert "不能接走" in hit.problem.sentence


def test_a_second_record_under_a_name_that_sounds_so_is_stopped_in_other_words(hits):
    """The card means nobody on file by its numbers; who is like her stands there all the same."""
    (hit,) = hits(name="张沐洋", bringer="张外人", **OUTSIDER)
    assert (hit.known, hit.name) == (False, "张沐阳")
    assert "可能就是这个孩子。请不要登记" in hit.problem.sentence


def test_one_adult_on_the_card_is_told_once_however_many_bars_he_is_like(hits, world):
    with world.database.unit(None, "another") as unit:
        child = world.children["张沐阳"]
        add_adult(unit, world, child, "张外人", "叔叔", "13600001111", barred=True)
        unit.audit("child", child)
    other = {"other": "张外人", "other_relation": "邻居", "other_phone": "13500000000"}
    assert [one.person.field for one in hits(bringer="张外人", **other, **OUTSIDER)] == ["bringer", "other"]


def test_a_hit_is_refused_with_an_alarm_that_is_kept_and_none_passes(world, hits):
    refuse_hits(world.database, world.desk, (), DAY)
    with pytest.raises(BarredAlarmError) as refused:
        refuse_hits(world.database, world.desk, hits(bringer="张外人", **OUTSIDER), DAY)
    kept = alarms.find_alarm(world.database, AlarmId(refused.value.alarm))
    assert (kept.child, kept.place) == (world.children["张沐阳"], "bring")
    intake = Intake(world.database, world.clock, world.rng)
    card = dataclasses.replace(CARD, bringer="张外人", **OUTSIDER)
    assert not intake.assess(world.desk, card).ready
