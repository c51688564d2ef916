"""The practice centre's settings have a past, and its changes can be taken back."""

from app.domain.staff import Role
from app.store import centre, people, prices, settings
from app.store.stamps import day_of


def test_today_is_as_it_was_and_the_year_before_was_otherwise(services, actors, clock):
    view = services.manage.centre.view(actors[Role.DIRECTOR])
    assert [(row.seats, row.state) for row in view.rows] == [(83, "现行"), (65, "以前")]
    lunch = next(
        one for one in services.manage.prices.view(actors[Role.DIRECTOR]) if one.draft.code == "lunch"
    )
    assert [(step.price.short, step.state) for step in lunch.steps] == [("15", "现行"), ("12", "以前")]


def test_every_change_of_the_past_can_be_taken_back(services, actors, database, clock):
    director, today = actors[Role.DIRECTOR], day_of(clock())
    for area in ("centre", "rule", "class", "staff"):
        (change,) = services.manage.log.history(director, area)
        services.manage.log.undo(director, change.id)
    assert centre.find_centre(database).phone == "0000-8600001"
    assert settings.current(database, today).due_minutes == 20
    assert next(one.seats for one in centre.list_classes(database, today) if one.name == "小树苗") == 16
    assert len(prices.list_prices(database, today)) == 8
    assert len(people.list_staff(database, today)) == 17
