"""A child of that name and birth date is on file: somebody says who she is, nothing is guessed."""

import datetime as dt

import pytest

from app.domain.ids import ApplicantId
from app.domain.life import StepKind
from app.domain.staff import NotPermittedError
from app.services.admission_family import SameChildError
from app.services.admissions import UnknownApplicantError
from app.services.bundle import build
from app.store import children, people
from tests.services.test_admissions import BORN, ask, step
from tests.services.world import DAY, add_adult, add_child


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def twin(world):
    """A child on file who is called as the one who asks, born on the same day."""
    with world.database.unit(None, "test") as unit:
        child = add_child(unit, world, "陆一鸣", BORN)
        add_adult(unit, world, child, "陆大山", "爸爸", "13500002266")
        add_adult(unit, world, child, "陆某", "邻居", "13500002277", barred=True)
    return child


def tried(services, world, owner, **more):
    return step(services, world, owner, StepKind.TRY, class_id=world.dragons, **more)


def on_file(world):
    return children.list_same(world.database, "陆一鸣", BORN)


def test_nothing_is_taken_silently_and_the_question_names_who_is_on_file(services, world, twin):
    owner = ask(services, world, same_reason="没有说清")
    with pytest.raises(SameChildError, match="同一个孩子") as asked:
        tried(services, world, owner)
    assert [(one.child, one.words) for one in asked.value.twins] == [(twin, "爸爸 陆大山 135****2266")]
    assert on_file(world) == (twin,)


def test_the_same_child_is_joined_by_somebodys_word(services, world, twin):
    owner = ask(services, world, same_reason="没有说清")
    tried(services, world, owner, same=twin)
    assert on_file(world) == (twin,)
    assert services.admission_lists.panel(world.desk, owner).owner.child == twin


def test_another_child_of_that_name_gets_a_record_of_her_own_with_who_rang(services, world, twin):
    owner = ask(services, world, same_reason="没有说清")
    tried(services, world, owner, other=True)
    kept, new = on_file(world)
    assert kept == twin
    assert services.admission_lists.panel(world.desk, owner).owner.child == new
    assert [one.name for one in people.list_adults(world.database, new, DAY)] == ["陆静"]


def test_a_child_who_is_none_of_those_asked_about_is_not_taken(services, world, twin):
    owner = ask(services, world, same_reason="没有说清")
    with pytest.raises(SameChildError):
        tried(services, world, owner, same=world.children["张沐阳"])
    assert on_file(world) == (twin,)


def test_without_such_a_child_nobody_is_asked(services, world):
    owner = ask(services, world, born_on=BORN + dt.timedelta(days=1))
    tried(services, world, owner)
    assert services.admission_lists.panel(world.desk, owner).owner.child is not None


def test_the_number_of_a_family_who_asks_is_masked_and_a_look_is_written_down(services, world):
    owner = ask(services, world)
    panel = services.admission_lists.panel(world.desk, owner)
    assert "137****1111" in panel.words
    assert "13700001111" not in panel.words.replace(" ", "")
    assert panel.has_phone
    for line in (*services.admission_lists.roster(world.desk), *services.admission_lists.queue(world.desk)):
        assert "13700001111" not in f"{line.note}{line.hint}".replace(" ", "")
    before = world.database.commits
    assert services.admissions.reveal_phone(world.desk, owner.applicant).value == "137 0000 1111"
    assert world.database.commits == before + 1
    line = world.database.row("select staff_id, subject, detail from audit order by id desc limit 1")
    assert tuple(line) == (world.desk.id, "applicant", "陆一鸣 查看完整的电话")
    with pytest.raises(NotPermittedError):
        services.admissions.reveal_phone(world.teacher, owner.applicant)
    with pytest.raises(UnknownApplicantError):
        services.admissions.reveal_phone(world.desk, ApplicantId(99))


def test_of_a_family_on_file_the_number_is_looked_at_in_the_records(services, world):
    owner = ask(services, world)
    tried(services, world, owner)
    panel = services.admission_lists.panel(world.desk, owner)
    assert not panel.has_phone
    assert "137****1111" in panel.words
