"""The status line names a fever and a late dose to those who answer for the child; the rest read a number."""

import pytest

from app.domain.looks import Chip, Tone
from app.domain.staff import Actor, Permission, Role
from app.services.health_alerts import HealthAlert, health_alerts, sighted
from tests.services.health_stage import stage

__all__ = ["stage"]

FEVER = HealthAlert(1, Chip("张沐阳 发热 38.1℃", Tone.BAD), "许静")
DOSE = HealthAlert(2, Chip("周乐瑶 12:30 的药还没喂", Tone.WARN), "")
OTHER = Chip("抱抱龙班缺 1 名保育人员", Tone.BAD)
ALL = (OTHER, FEVER.chip, DOSE.chip)


def test_what_is_not_shown_is_counted_in_its_place():
    both = (FEVER, DOSE)
    assert sighted(ALL, both, both) == ALL
    assert sighted(ALL, both, (DOSE,)) == (OTHER, Chip("健康提醒 1 条", Tone.BAD), DOSE.chip)
    assert sighted(ALL, both, ()) == (OTHER, Chip("健康提醒 2 条", Tone.BAD))
    assert sighted(ALL, both, (FEVER,))[2] == Chip("健康提醒 1 条", Tone.WARN)


@pytest.fixture
def hot(stage):
    """A fever in 抱抱龙, and a dose that is late."""
    request = stage.take((12, 30))
    stage.clock.at(13, 30)
    stage.health.fevers.begin(stage.nurse, request.visit, 385)
    return stage


def told(stage, actor):
    return [chip.words for chip in stage.services.desk.board(actor).alerts]


def person(stage, role):
    own = {Role.TEACHER: stage.world.dragons}
    return Actor(stage.teacher.id, "某人", role, own.get(role))


@pytest.mark.parametrize("role", Role)
def test_who_may_see_health_reads_it_and_nobody_else(hot, role):
    """The permission table says who."""
    words = told(hot, person(hot, role))
    named = any("张沐阳" in one or "发热" in one for one in words)
    assert named is person(hot, role).may(Permission.SEE_HEALTH)
    assert ("健康提醒 2 条" in words) is not named
    assert len(health_alerts(hot.world.database, hot.clock.now)) == 2


def test_a_teacher_of_another_class_reads_the_number_unless_she_found_it(hot):
    visit = hot.arrive("周乐瑶")
    other = Actor(hot.staff["沈玉洁"].id, "沈玉洁", Role.TEACHER, hot.world.stars)
    assert "健康提醒 2 条" in told(hot, other)
    assert not any("张沐阳" in one for one in told(hot, other))
    hot.health.fevers.begin(other, visit, 391)
    assert any("周乐瑶 发热 39.1℃" in one for one in told(hot, other))


def test_the_list_of_what_waits_names_nobody_to_the_cashier(hot):
    waiting = hot.services.desk.waiting(hot.world.cashier)
    assert "健康提醒 2 条" in [one.words for one in waiting]
    assert not any("张沐阳" in one.words for one in waiting)
