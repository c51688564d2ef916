import pytest

from app.domain.errors import RuleError, SpokenError, SurroundingsError
from app.domain.ids import ClassId, StaffId
from app.domain.staff import Actor, NotPermittedError, Permission, Role


def actor(role):
    return Actor(StaffId(1), "林晓", role)


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (Role.FRONT_DESK, Permission.REGISTER_CHILD, Permission.SIGN_NOTE),
        (Role.TEACHER, Permission.LOG_DAY, Permission.TAKE_MONEY),
        (Role.HEALTH_WORKER, Permission.HEALTH_CHECK, Permission.CHECK_OUT),
        (Role.CASHIER, Permission.SEE_MONTH, Permission.CHECK_IN),
    ],
)
def test_the_table_grants_and_refuses_in_words(role, may, may_not):
    actor(role).require(may)
    with pytest.raises(NotPermittedError) as caught:
        actor(role).require(may_not)
    assert role.label in caught.value.sentence
    assert "林晓" in caught.value.sentence


def test_everybody_reads_and_the_director_may_everything():
    assert all(actor(role).may(Permission.READ) for role in Role)
    assert all(actor(Role.DIRECTOR).may(permission) for permission in Permission)


def test_the_two_kinds_of_failure_are_spoken_and_apart():
    error = SurroundingsError("磁盘已满。", field="x")
    assert isinstance(error, SpokenError)
    assert not isinstance(error, RuleError)
    assert (str(error), error.sentence, error.field) == ("磁盘已满。", "磁盘已满。", "x")


def test_a_teacher_is_known_by_her_class_and_anybody_else_by_the_role():
    teacher = Actor(StaffId(1), "许静", Role.TEACHER, ClassId(3), "抱抱龙")
    assert teacher.post == "抱抱龙班 · 带班"
    assert Actor(StaffId(1), "许静", Role.TEACHER, ClassId(3), "大班").post == "大班 · 带班"
    assert Actor(StaffId(1), "罗小曼", Role.TEACHER).post == "带班老师"
    assert Actor(StaffId(2), "顾红", Role.HEALTH_WORKER, ClassId(3), "抱抱龙").post == "保健员"
