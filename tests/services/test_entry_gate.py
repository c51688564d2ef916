"""The door says what Art 11 wants seen, and asks once after months away."""

import datetime as dt

import pytest

from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.entry_gate import ReturnError
from app.store import visits
from tests.services.world import DAY, add_child

NAMED = "张沐阳"


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def lacks(world, services, child):
    return services.desk.card(world.desk, child).lacks


def note(world, services, child, **values):
    services.record_keeping.change_child(world.desk, child, values)


def was_here(world, services, child, day):
    """A whole day some time ago."""
    now = world.clock.now
    world.clock.now = dt.datetime.combine(day, dt.time(8, 0), now.tzinfo)
    kept = services.arrivals.check_in(world.desk, CheckIn(child, return_reason="以前")).value.visit
    with world.database.unit(None, "leave") as unit:
        unit.execute(
            "update visit set left_at = arrived_at, released_by = received_by where id = :id", {"id": kept}
        )
        unit.audit("visit", kept)
    world.clock.now = now


def overrides(world):
    rows = world.database.rows("select detail from audit where subject = 'override' order by id")
    return [row["detail"] for row in rows]


def test_a_child_enrolled_with_nothing_seen_comes_in_and_the_door_says_what_is_missing(world, services):
    child = world.children[NAMED]
    assert lacks(world, services, child) == "缺：预防接种证查验、入托体检"
    with world.database.unit(None, "orphan") as unit:
        unit.execute("update child_adult set is_guardian = 0 where child_id = :id", {"id": child})
        unit.audit("child", child)
    assert lacks(world, services, child) == "缺：监护人、预防接种证查验、入托体检"
    services.arrivals.check_in(world.desk, CheckIn(child))  # said, not barred
    assert lacks(world, services, child) == ""  # she is inside: the panel is about going home


def test_what_was_seen_is_not_asked_for(world, services):
    child = world.children[NAMED]
    note(world, services, child, vaccination="catch_up", vaccination_on="2025-02-20")
    note(world, services, child, exam="fit", exam_on="2025-02-20")
    assert lacks(world, services, child) == "接种证：需要补种"
    note(world, services, child, vaccination="complete")
    assert lacks(world, services, child) == ""


def test_a_guest_is_asked_for_her_vaccinations_only(world, services):
    with world.database.unit(None, "add") as unit:
        guest = add_child(unit, world, "过路客", dt.date(2023, 5, 5))
    assert lacks(world, services, guest) == "缺：监护人、预防接种证查验"


def test_after_months_away_the_door_asks_once_and_keeps_what_was_said(world, services):
    child = world.children[NAMED]
    note(world, services, child, vaccination="complete", vaccination_on="2025-02-20")
    note(world, services, child, exam="fit", exam_on="2025-02-20")
    was_here(world, services, child, dt.date(2025, 9, 3))
    before = overrides(world)
    assert lacks(world, services, child) == "离园满 3 个月，返园要重新体检"
    with pytest.raises(ReturnError, match="2025-09-03") as asked:
        services.arrivals.check_in(world.desk, CheckIn(child))
    assert asked.value.field == "return_reason"
    done = services.arrivals.check_in(world.desk, CheckIn(child, return_reason="已看体检证明"))
    assert visits.find_visit(world.database, done.value.visit).day == DAY
    assert overrides(world)[len(before) :] == ["离园满 3 个月返园：已看体检证明"]


def test_a_day_less_a_new_exam_or_another_rule_asks_nothing(world, services):
    child = world.children[NAMED]
    was_here(world, services, child, dt.date(2025, 9, 4))
    done = services.arrivals.check_in(world.desk, CheckIn(child))
    services.arrivals.undo_check_in(world.desk, done.value.visit)
    services.manage.rules.set_rule(world.director, "away_months", "2", DAY)
    with pytest.raises(ReturnError):
        services.arrivals.check_in(world.desk, CheckIn(child))
    note(world, services, child, exam="fit", exam_on="2025-12-01")
    services.arrivals.check_in(world.desk, CheckIn(child))


def test_a_booked_child_without_a_contract_is_asked_for_no_exam(world, services):
    with world.database.unit(None, "end") as unit:
        unit.execute("update enrolment set ends_on = '2025-10-01'", {})
        unit.audit("enrolment", None)
    child = world.children[NAMED]
    was_here(world, services, child, dt.date(2025, 8, 4))
    at = world.clock.now.replace(hour=14)
    from app.domain.modes import Tariff

    act = CheckIn(child, class_id=world.dragons, tariff=Tariff.TEMP_HALF_DAY, promised_at=at)
    services.arrivals.check_in(world.desk, act)
