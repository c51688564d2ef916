"""The practice centre's health room has something to show."""

from app.domain.health_round import RoundKind
from app.domain.medicine import DoseState
from app.domain.staff import Role


def test_one_medicine_was_given_by_two_and_one_waits(services, actors):
    requests = services.health.medicine.day(actors[Role.HEALTH_WORKER]).requests
    given = next(one for one in requests if not one.waiting)
    waiting = next(one for one in requests if one.waiting)
    assert given.doses[0].state is DoseState.GIVEN
    assert given.doses[0].giver != given.doses[0].second
    assert given.signed_how == "screen"
    assert f"{given.doses[0].due_at:%H:%M} {waiting.doses[0].due_at:%H:%M}" == "12:30 16:00"


def test_a_fever_of_an_earlier_day_went_all_its_steps(services, actors):
    view = services.health.fevers.view(actors[Role.HEALTH_WORKER])
    (over,) = view.over
    assert view.open == ()
    assert (over.confirmed, over.told, over.next_step) == (True, True, None)
    assert services.health.papers.rounds_month(actors[Role.TEACHER], view.at.date()).rows


def test_the_morning_check_was_made_at_the_door(services, actors):
    view = services.health.rounds.view(actors[Role.TEACHER], RoundKind.MORNING)
    assert view.rows
    assert view.waiting == 0


def test_no_medicine_is_taken_in_before_the_child_has_come(database):
    rows = database.rows(
        "select m.taken_at, v.arrived_at, d.due_at from medicine_request m"
        " join visit v on v.id = m.visit_id join medicine_dose d on d.request_id = m.id"
    )
    for row in rows:
        assert row["arrived_at"] <= row["taken_at"] < row["due_at"]
