"""What is told of a grown-up again: a birth date nobody knew is kept, another than on file is asked about."""

import datetime as dt

import pytest

from app.domain.records import RecordError
from app.domain.visits import MinorCollectorError
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.collecting import CheckOut
from app.services.told_births import both_words, differing
from app.store import people
from tests.services.world import DAY

MINOR, GROWN = dt.date(2010, 1, 1), dt.date(1990, 5, 5)
MOTHER = {"name": "高母", "relation": "妈妈", "phone": "13911110001", "is_guardian": "1", "may_collect": "1"}
UNCLE = {"name": "高舅", "relation": "舅舅", "phone": "13911110009", "is_emergency": "1"}


def child(name):
    return {"name": name, "born_on": "2023-08-01", "allergy": "none", "allergy_told": "妈妈当面"}


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def elder(services, world):
    """高一, whose uncle is on file without a birth date."""
    return services.record_keeping.add_child(world.desk, child("高一"), [MOTHER, UNCLE]).value


def on_file(world, key, name="高舅"):
    return next(one for one in people.list_adults(world.database, key, DAY) if one.name == name)


def add_sister(services, world, **uncle):
    return services.record_keeping.add_child(world.desk, child("高二"), [MOTHER, UNCLE | uncle])


@pytest.mark.parametrize("how", ["new record", "new adult"])
def test_a_birth_date_told_beside_a_sister_is_kept_and_the_minor_does_not_collect(
    services, world, elder, how
):
    told = {"born_on": MINOR.isoformat()}
    if how == "new record":
        sister = add_sister(services, world, **told).value
    else:
        sister = services.record_keeping.add_child(world.desk, child("高二"), [MOTHER]).value
        services.record_keeping.family.add_adult(world.desk, sister, UNCLE | told)
    uncle = on_file(world, sister)
    assert (uncle.id, uncle.born_on) == (on_file(world, elder).id, MINOR)
    with pytest.raises(RecordError, match="未满 18 周岁"):
        services.record_keeping.family.change_adult(world.desk, elder, uncle.id, {"may_collect": "1"})
    visit = services.arrivals.check_in(
        world.desk, CheckIn(sister, class_id=world.dragons, class_reason="试托")
    ).value.visit
    with world.database.unit(None, "tick") as unit:  # as a file of earlier may say
        people.end_tie(unit, sister, uncle.id)
        people.add_tie(unit, sister, uncle.id, people.Tie("舅舅", may_collect=True))
        unit.audit("adult", uncle.id)
    with pytest.raises(MinorCollectorError):
        services.pickup.check_out(world.desk, CheckOut(visit, uncle.id, "identity", tender="cash"))


def test_a_card_that_was_looked_at_beside_a_sister_was_looked_at(services, world, elder):
    sister = add_sister(services, world, identity_seen="1").value
    assert on_file(world, sister).identity_seen
    assert "身份证已核对：是" in services.records.card(world.desk, elder).history[0].lines


def test_the_history_tells_whose_birth_date_came(services, world, elder):
    add_sister(services, world, born_on=MINOR.isoformat())
    assert "家人出生日期：2010-01-01" in services.records.card(world.desk, elder).history[0].lines


@pytest.mark.parametrize("how", ["new record", "new adult"])
def test_the_way_back_knows_no_birth_date_and_no_card_again(services, world, elder, how):
    told = {"born_on": GROWN.isoformat(), "identity_seen": "1"}
    if how == "new record":
        done = add_sister(services, world, **told)
    else:
        sister = services.record_keeping.add_child(world.desk, child("高二"), [MOTHER]).value
        done = services.record_keeping.family.add_adult(world.desk, sister, UNCLE | told)
    assert (on_file(world, elder).born_on, on_file(world, elder).identity_seen) == (GROWN, True)
    services.undo(world.desk, done.undo)
    assert (on_file(world, elder).born_on, on_file(world, elder).identity_seen) == (None, False)


def test_who_was_written_down_by_mistake_is_written_down_rightly(services, world):
    """A typing error that is taken back says nothing of him any more."""
    done = add_sister(services, world, born_on=MINOR.isoformat())
    services.undo(world.desk, done.undo)
    sister = add_sister(services, world, born_on=GROWN.isoformat()).value
    assert on_file(world, sister).born_on == GROWN


@pytest.mark.parametrize(("held", "told"), [(MINOR, GROWN), (GROWN, MINOR)])
def test_another_birth_date_is_asked_about_and_the_one_on_file_goes(services, world, elder, held, told):
    uncle = on_file(world, elder).id
    services.record_keeping.family.change_adult(world.desk, elder, uncle, {"born_on": held.isoformat()})
    with pytest.raises(RecordError, match=f"{held}.*{told}") as refused:
        add_sister(services, world, born_on=told.isoformat())
    assert refused.value.field == "adult2.born_on"
    other = world.children["周乐瑶"]
    with pytest.raises(RecordError, match=f"{held}.*{told}") as refused:
        services.record_keeping.family.add_adult(world.desk, other, UNCLE | {"born_on": told.isoformat()})
    assert refused.value.field == "born_on"
    assert on_file(world, elder).born_on == held
    # The way that the sentence tells: nothing here, and the record itself.
    assert on_file(world, add_sister(services, world).value).born_on == held
    services.record_keeping.family.change_adult(world.desk, elder, uncle, {"born_on": told.isoformat()})
    assert differing(world.database, uncle, told) == ""
    assert differing(world.database, uncle, held) == both_words("高舅", told.isoformat(), held)


def test_who_is_a_minor_by_the_file_collects_no_sister_either(services, world, elder):
    uncle = on_file(world, elder).id
    services.record_keeping.family.change_adult(world.desk, elder, uncle, {"born_on": MINOR.isoformat()})
    with pytest.raises(RecordError, match="未满 18 周岁") as refused:
        add_sister(services, world, may_collect="1")
    assert refused.value.field == "adult2.may_collect"
