import pytest

from app.domain.staff import NotPermittedError
from app.services.bundle import build
from app.services.duty_hours import minute_words
from app.services.exporting import ListKind


@pytest.fixture
def services(world):
    made = build(world.database, world.clock, world.rng)
    clock = made.classes.duty
    clock.clock_in(world.teacher, world.teacher.id, world.dragons)
    world.clock.at(12)
    clock.take_break(world.teacher, world.teacher.id)
    world.clock.at(12, 30)
    clock.clock_in(world.teacher, world.teacher.id, world.stars)
    world.clock.at(17)
    clock.clock_out(world.teacher, world.teacher.id)
    return made


def test_hours_are_kept_by_class_and_person(services, world):
    rows = {row.class_name: row for row in services.classes.hours.month(world.director, "2025-12")}
    assert rows["抱抱龙"].minutes == 2 * 60 + 48
    assert rows["抱抱龙"].break_minutes == 30
    assert rows["小星星"].words == "1 天 · 4 小时 30 分 · 其中顶班 4 小时 30 分"
    assert rows["小星星"].counts


def test_a_teacher_sees_her_own_hours_and_no_others(services, world):
    meng = next(one for one in services.people.staff() if one.name == "孟佳")
    assert services.classes.hours.month(meng, "2025-12") == ()
    assert len(services.classes.hours.month(world.teacher, "2025-12")) == 2
    with pytest.raises(NotPermittedError):
        services.classes.hours.sheet(world.teacher, "2025-12")


def test_the_list_goes_out_with_every_stretch(services, world):
    sheet = services.classes.hours.sheet(world.director, "2025-12")
    assert [(row[1], row[5], row[8], row[4]) for row in sheet.rows] == [
        ("抱抱龙", "在班", 168, "是"),
        ("抱抱龙", "休息", 30, "否"),
        ("小星星", "顶班", 270, "是"),
    ]
    made = services.exporting.export(world.director, ListKind.HOURS, "csv", "2025-12").value
    assert made.rows == 3
    assert "许静" in made.data.decode("utf-8-sig")


def test_minutes_in_words():
    assert [minute_words(one) for one in (0, 45, 60, 125)] == ["0 分", "45 分", "1 小时", "2 小时 5 分"]
