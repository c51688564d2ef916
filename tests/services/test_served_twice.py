"""A meal that is in the log already is told before it is logged again."""

import pytest

from app.domain.logbook import EntryDraft, EntryKind
from app.services.arrivals import CheckIn
from app.services.bundle import build


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def test_a_meal_that_is_in_the_log_already_is_told_before_it_stands_twice(services, world):
    visits = tuple(
        services.arrivals.check_in(world.desk, CheckIn(world.children[name])).value.visit
        for name in ("张沐阳", "周乐瑶")
    )

    def told(*chosen, slot="lunch"):
        return services.classroom.offer(world.teacher, EntryKind.MEAL, chosen, slot).reminders()

    assert told(*visits) == ()
    world.clock.at(11, 30)
    lunch = EntryDraft(EntryKind.MEAL, world.clock.now, detail="lunch", grade=4, text="软米饭")
    services.classroom.log(world.teacher, visits[1:], lunch)
    world.clock.at(11, 40)
    assert told(*visits) == ("已记过午餐：周乐瑶 11:30",)
    assert told(visits[0]) == told(*visits, slot="afternoon_snack") == ()
    done = services.classroom.log(world.teacher, visits[:1], lunch)
    assert told(*visits) == ("已记过午餐：张沐阳 11:30 等 2 人",)
    offer = services.classroom.offer(world.teacher, EntryKind.MEAL, visits, "lunch")
    assert offer.reminders(correcting=True) == ()
    services.undo(world.teacher, done.undo)
    assert told(*visits) == ("已记过午餐：周乐瑶 11:30",)
