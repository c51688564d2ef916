"""民族 is asked only where the centre's setting says that the local form wants it."""

import datetime as dt

import pytest

from app.domain.records import RecordError
from app.services.asked import asked_fields, hidden_fields
from app.services.bundle import build
from app.services.export_children import children_sheet
from tests.services.test_importing import GOOD, look, workbook
from tests.services.test_record_keeping import CHILD, MOTHER
from tests.services.world import DAY


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def asked(world, services):
    services.manage.rules.set_rule(world.director, "ask_ethnicity", "1", DAY + dt.timedelta(days=1))
    world.clock.now += dt.timedelta(days=1)


def names(services, world):
    return [one.name for one in services.records.asked(world.desk)]


def test_by_itself_it_is_asked_nowhere(world, services):
    assert hidden_fields(world.database, DAY) == {"ethnicity"}
    assert "ethnicity" not in names(services, world)
    child = world.children["张沐阳"]
    assert "民族" not in {one.spec.label for one in services.records.card(world.desk, child).fields}
    assert "ethnicity" not in {one.key for one in services.importing.columns()}
    assert "民族" not in {one.title for one in children_sheet(world.database, DAY).columns}
    for verb in (
        lambda: services.record_keeping.change_child(world.desk, child, {"ethnicity": "汉族"}),
        lambda: services.record_keeping.add_child(world.desk, {**CHILD, "ethnicity": "汉族"}, [MOTHER]),
    ):
        with pytest.raises(RecordError, match="没有开启“民族”") as refused:
            verb()
        assert refused.value.field == "ethnicity"
    services.record_keeping.change_child(world.desk, child, {"ethnicity": "", "nickname": "阳阳"})


def test_where_the_local_form_wants_it_it_is_an_optional_field_everywhere(world, services, asked):
    assert len(asked_fields(world.database, DAY)) + 1 == len(names(services, world))
    assert "ethnicity" in names(services, world)
    child = world.children["张沐阳"]
    services.record_keeping.change_child(world.desk, child, {"ethnicity": "彝族"})
    assert ("民族", "彝族") in {
        (one.spec.label, one.shown) for one in services.records.card(world.desk, child).fields
    }
    sheet = children_sheet(world.database, world.clock.now.date())
    at = [one.title for one in sheet.columns].index("民族")
    assert {row[0]: row[at] for row in sheet.rows}["张沐阳"] == "彝族"
    assert "ethnicity" in {one.key for one in services.importing.columns()}
    _, preview = look(services, world, workbook(GOOD))
    assert not preview.bad
    services.record_keeping.add_child(world.desk, CHILD, [MOTHER])  # nobody has to answer
