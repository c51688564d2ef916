"""The noon check: kept, told in the note, taken back, refused where it says nothing."""

import pytest

from app.domain.errors import RuleError
from app.domain.ids import ClassId, VisitId
from app.domain.staff import Actor, NotPermittedError, Role
from app.domain.visits import NotTodayError
from app.services.checks import CheckError, HealthCheck
from app.services.classroom import Classroom, GoneEntryError
from app.services.handover import Handover

TEACHER = Actor(4, "许静", Role.TEACHER, ClassId(3))


@pytest.fixture
def classroom(database, clock):
    return Classroom(database, clock)


@pytest.fixture
def visit_of(database):
    def _visit_of(name):
        row = database.row(
            "select v.id from visit v join child c on c.id = v.child_id where c.name = :name"
            " order by v.id desc limit 1",
            {"name": name},
        )
        return VisitId(row["id"])

    return _visit_of


def test_the_noon_check_is_kept_told_and_taken_back(classroom, database, visit_of, clock):
    visits = (visit_of("孙一诺"), visit_of("何宇轩"))
    before = classroom.timeline(TEACHER, visits[0])
    done = classroom.check(TEACHER, visits, HealthCheck())
    assert (done.value, done.undo) == (2, None)
    assert any(
        (row.title, row.words) == ("午检", "正常") for row in classroom.timeline(TEACHER, visits[0]).rows
    )
    assert "午检" in Handover(database, clock).note(TEACHER, visits[1]).text.health
    for visit in visits:
        classroom.undo_check(TEACHER, visit)
    assert classroom.timeline(TEACHER, visits[0]) == before
    with pytest.raises(GoneEntryError):
        classroom.undo_check(TEACHER, visits[0])
    with pytest.raises(GoneEntryError):
        classroom.undo_check(TEACHER, visits[0], "morning")


@pytest.mark.parametrize(
    ("check", "field"),
    [
        (HealthCheck(kind="morning"), "kind"),
        (HealthCheck(outcome="fine"), "outcome"),
        (HealthCheck(tenths=380), "outcome"),
        (HealthCheck(tenths=200), "tenths"),
        (HealthCheck(outcome="abnormal"), "note"),
        (HealthCheck(note="字" * 10_000), "note"),
    ],
)
def test_a_check_says_what_it_found_or_is_refused(classroom, visit_of, check, field):
    with pytest.raises(RuleError) as caught:
        classroom.check(TEACHER, (visit_of("孙一诺"),), check)
    assert caught.value.field == field


def test_whose_fever_goes_on_is_not_well_without_a_reading(classroom, visit_of):
    hot, well = visit_of("孙一诺"), visit_of("何宇轩")
    classroom.check(TEACHER, (hot,), HealthCheck(tenths=385, outcome="recheck", note="发热"))
    for visits in ((hot,), (well, hot)):
        with pytest.raises(CheckError, match="发热处理还没结束，请量了体温再记") as refused:
            classroom.check(TEACHER, visits, HealthCheck())
        assert refused.value.field == "tenths"
    classroom.check(TEACHER, (well,), HealthCheck())
    classroom.check(TEACHER, (hot,), HealthCheck(tenths=368))
    classroom.check(TEACHER, (hot,), HealthCheck(outcome="abnormal", note="仍没精神"))


def test_a_check_is_for_who_is_inside_and_by_who_may(classroom, visit_of):
    with pytest.raises(NotTodayError):
        classroom.check(TEACHER, (visit_of("陈可欣"),), HealthCheck())
    cashier = Actor(2, "方芸", Role.CASHIER)
    for act in (
        lambda: classroom.check(cashier, (visit_of("孙一诺"),), HealthCheck()),
        lambda: classroom.undo_check(cashier, visit_of("孙一诺")),
    ):
        with pytest.raises(NotPermittedError):
            act()
