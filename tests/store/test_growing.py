"""What the file holds of a child over a span of days."""

import datetime as dt

from app.domain.curriculum import Area
from app.domain.growth_words import SummaryText
from app.domain.modes import Tariff
from app.services.arrivals import Arrivals, CheckIn
from app.store import growing, observations, summaries
from app.store.observations import NewObservation
from tests.services.world import DAY, make_world

FIRST = dt.date(2025, 9, 1)


def test_guests_count_to_a_class_for_as_long_as_asked(tmp_path):
    world = make_world(tmp_path)
    arrivals = Arrivals(world.database, world.clock, world.rng)
    child = world.children["马思睿"]
    guest = CheckIn(child, tariff=Tariff.HOURLY, class_id=world.dragons)
    visit = arrivals.check_in(world.desk, guest).value.visit
    assert growing.list_visits(world.database, child, DAY, DAY) == ((visit, DAY),)
    assert growing.count_visit_days(world.database, [child], DAY, DAY) == {child: 1}
    assert growing.count_visit_days(world.database, [], DAY, DAY) == {}
    rows = growing.list_class_children(world.database, world.dragons, DAY, DAY)
    assert [one.name for one in rows if one.enrolled] == ["马思睿", "张沐阳", "周乐瑶"]
    assert len(growing.list_names(world.database)) == 4
    world.database.close()


def test_absences_are_counted_by_kind(tmp_path):
    world = make_world(tmp_path)
    child = world.children["张沐阳"]
    arrivals = Arrivals(world.database, world.clock, world.rng)
    arrivals.note_absence(world.desk, child, "sick", "发热", "妈妈")
    assert growing.count_absences(world.database, child, FIRST, DAY) == {"sick": 1}
    arrivals.undo_absence(world.desk, child)
    assert growing.count_absences(world.database, child, FIRST, DAY) == {}
    world.database.close()


def test_an_act_of_observing_is_reversed_whole(tmp_path):
    world = make_world(tmp_path)
    child = world.children["张沐阳"]
    with world.database.unit(world.teacher.id, "x") as unit:
        act = observations.add_act(unit, "note")
        old = observations.add_observation(unit, act, NewObservation(child, DAY, Area.MOTOR, 30, "跳"))
        unit.audit("observation_act", act)
    with world.database.unit(world.teacher.id, "x") as unit:
        edit = observations.add_act(unit, "edit")
        observations.end_observation(unit, edit, old)
        observations.add_observation(unit, edit, NewObservation(child, DAY, Area.MOTOR, 30, "跑"), old)
        unit.audit("observation_act", edit)
    assert [one.what.words for one in observations.list_of_child(world.database, child, FIRST, DAY)] == ["跑"]
    assert observations.last_days(world.database, [child]) == {child: (1, DAY)}
    with world.database.unit(world.teacher.id, "x") as unit:
        observations.reverse_act(unit, edit)
        unit.audit("observation_act", edit)
    assert [one.what.words for one in observations.list_all(world.database, FIRST, DAY)] == ["跳"]
    assert observations.find_act(world.database, edit).undone
    assert observations.find_act(world.database, 99) is None
    assert observations.find_observation(world.database, 99) is None
    world.database.close()


def test_a_signed_summary_is_superseded_and_a_draft_given_up(tmp_path):
    world = make_world(tmp_path)
    child, text = world.children["张沐阳"], SummaryText("来园 1 天。", "", "", "甲。")
    with world.database.unit(world.teacher.id, "x") as unit:
        first = summaries.add_signed(unit, child, FIRST, text, [])
        second = summaries.add_signed(unit, child, FIRST, text, [])
        summaries.add_draft(unit, child, FIRST, "乙。", [])
        unit.audit("term_summary", child)
    assert (first, second) == ("G-202509-0001", "G-202509-0002")
    assert summaries.list_states(world.database, [child], FIRST) == {child: False}
    signed = summaries.find_signed(world.database, child, FIRST)
    assert (signed.number, signed.version) == (second, 2)
    with world.database.unit(world.teacher.id, "x") as unit:
        assert summaries.end_draft(unit, child, FIRST)
        assert not summaries.end_draft(unit, child, FIRST)
        unit.audit("term_summary", child)
    assert summaries.find_current(world.database, child, FIRST) == signed
    assert summaries.list_states(world.database, [], FIRST) == {}
    world.database.close()
