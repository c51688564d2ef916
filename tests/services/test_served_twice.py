"""A meal that is in the log already is told before it is logged again."""

import dataclasses

import pytest

from app.domain.logbook import EntryDraft, EntryKind, MealTwiceError
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.class_log import AllergyClashError
from app.services.class_views import Answer, Cleared
from app.services.pickup import CheckOut


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


def test_who_comes_back_has_no_second_lunch(services, world):
    def came():
        return services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit

    first = came()
    world.clock.at(11, 30)
    lunch = EntryDraft(EntryKind.MEAL, world.clock.now, detail="lunch", grade=4, text="软米饭")
    services.classroom.log(world.teacher, (first,), lunch)
    world.clock.at(12)
    services.pickup.check_out(world.desk, CheckOut(first, world.adults["张母"]))
    world.clock.at(13)
    second = came()
    again = dataclasses.replace(lunch, at=world.clock.now, text="面条")
    with pytest.raises(MealTwiceError, match="午餐已经记过（11:30 软米饭 · 吃完）"):
        services.classroom.log(world.teacher, (second,), again)
    services.classroom.log(world.teacher, (second,), dataclasses.replace(again, grade=5))  # but more of it


def test_a_second_helping_without_words_is_of_what_she_ate(services, world):
    """The dish is on no menu, and what was said of the first plate is not said of the next one."""
    visit = services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    world.clock.at(11, 30)
    lunch = EntryDraft(EntryKind.MEAL, world.clock.now, detail="lunch", grade=4, text="花生粥")
    peanuts = Cleared((Answer(visit, frozenset({"花生"}), "已换替餐"),))
    services.classroom.log(world.teacher, (visit,), lunch, cleared=peanuts)
    more = dataclasses.replace(lunch, at=world.clock.now, grade=5, text=" ")
    with pytest.raises(AllergyClashError, match="张沐阳 花生过敏：午餐含花生"):
        services.classroom.log(world.teacher, (visit,), more)
    done = services.classroom.log(world.teacher, (visit,), more, cleared=peanuts)
    row = next(
        row for row in services.classroom.timeline(world.teacher, visit).rows if row.batch == done.value.batch
    )
    less = dataclasses.replace(row.draft, note="又添了一小勺")
    with pytest.raises(AllergyClashError):  # a correction is asked the same
        services.classes.corrections.correct(world.teacher, row.entry, less)
