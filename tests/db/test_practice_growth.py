"""The practice centre's measures and visits are believable, and the program evaluates them."""

from app.domain.staff import Role


def test_three_months_of_one_class_and_a_round_under_way(services, actors):
    teacher = actors[Role.TEACHER]
    classes = services.health.growth.round(teacher, None).classes
    dragons = next(one.id for one in classes if one.name == "抱抱龙")
    shown = services.health.growth.round(teacher, dragons)
    assert shown.done == 6
    new = [line.child.starts_on.isoformat() for line in shown.lines if line.before is None]
    assert new
    assert min(new) > "2025-11-06", "who was there has been measured before"
    histories = [services.health.growth.view(teacher, line.child.id).measures for line in shown.lines]
    assert max(len({one.day for one in held}) for held in histories) == 4
    for held in filter(None, histories):
        weights = [one.taken.weight_g for one in held]
        assert weights == sorted(weights)
        assert all(abs(score.z) < 3.5 for one in held for score in one.scores), held[0]


def test_two_visits_none_of_this_month_and_a_short_due_list(services, actors):
    shown = services.health.doctor.view(actors[Role.HEALTH_WORKER])
    assert [str(one.told.day) for one in shown.visits] == ["2025-11-13", "2025-10-16"]
    assert shown.reminder
    assert 0 < len(shown.exams) < 30


def test_whoever_is_measured_or_seen_by_the_doctor_is_in_the_centre_then(noon):
    inside = (
        "exists (select 1 from visit v where v.child_id = {child} and v.day = {day} and v.undone_at is null"
        " and v.arrived_at <= {at} and (v.left_at is null or v.left_at > {at}))"
    )
    measured = inside.format(child="g.child_id", day="g.day", at="g.measured_at")
    home = noon.execute(f"select child_id, day from growth_measure g where not {measured}").fetchall()
    assert home == []
    assert noon.execute("select count(*) from growth_measure").fetchone()[0] > 50
    seen = "exists (select 1 from visit v where v.child_id = d.child_id and v.day = m.day)"
    away = noon.execute(
        f"select d.child_id from doctor_child d join doctor_visit m on m.id = d.visit_id where not {seen}"
    ).fetchall()
    assert away == []
