import pytest

from app.domain.headcounts import CountError, CountMismatchError
from app.domain.staff import NotPermittedError
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.pickup import CheckOut
from app.services.sheet_drafts import SheetKind


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def visits(services, world):
    def came(name):
        return services.arrivals.check_in(world.desk, CheckIn(world.children[name])).value.visit

    return {name: came(name) for name in ("张沐阳", "周乐瑶", "曾雨桐")}


def test_a_round_where_everybody_is_there_is_kept_with_who_when_and_where(services, world, visits):
    counts = services.classes.counts
    sheet = counts.sheet(world.teacher, world.dragons)
    assert [one.name for one in sheet.expected] == ["张沐阳", "周乐瑶"]
    assert [one.name for one in sheet.others] == ["曾雨桐"]
    done = counts.close(world.teacher, world.dragons, [one.visit for one in sheet.expected])
    kept = done.value
    assert (kept.expected, kept.found, kept.by, kept.place) == (2, 2, "许静", "抱抱龙活动室")
    assert kept.agrees
    assert counts.sheet(world.teacher, world.dragons).past == (kept,)
    services.undo(world.teacher, done.undo)
    assert counts.past(world.teacher) == ()
    with pytest.raises(CountError, match="已经撤销"):
        services.undo(world.teacher, done.undo)


def test_a_difference_names_who_is_missing_and_cannot_be_closed_without_a_reason(services, world, visits):
    counts = services.classes.counts
    with pytest.raises(CountMismatchError) as refused:
        counts.close(world.teacher, world.dragons, [visits["张沐阳"], visits["曾雨桐"]])
    assert (refused.value.missing, refused.value.extra) == (("周乐瑶",), ("曾雨桐",))
    assert "少 1 人：周乐瑶；多 1 人：曾雨桐" in refused.value.sentence
    assert counts.past(world.teacher) == ()
    kept = counts.close(
        world.teacher, world.dragons, [visits["张沐阳"], visits["曾雨桐"]], reason="周乐瑶在保健室"
    ).value
    assert (kept.missing, kept.extra, kept.reason) == (("周乐瑶",), ("曾雨桐",), "周乐瑶在保健室")


def test_who_left_while_the_sheet_was_open_is_extra_and_not_silently_here(services, world, visits):
    services.pickup.check_out(world.desk, CheckOut(visits["周乐瑶"], world.adults["周母"]))
    with pytest.raises(CountMismatchError, match="多 1 人：周乐瑶"):
        services.classes.counts.close(world.teacher, world.dragons, [visits["张沐阳"], visits["周乐瑶"]])


def test_who_came_meanwhile_is_missing(services, world, visits):
    world.clock.at(14)
    services.arrivals.check_in(world.desk, CheckIn(world.children["马思睿"]))
    with pytest.raises(CountMismatchError, match="少 1 人：马思睿"):
        services.classes.counts.close(world.teacher, world.dragons, [visits["张沐阳"], visits["周乐瑶"]])


def test_strangers_closed_classes_and_cashiers_are_refused(services, world, visits):
    counts = services.classes.counts
    with pytest.raises(CountError, match="已经撤销"):
        counts.close(world.teacher, world.dragons, [999])
    with pytest.raises(CountError, match="没有开"):
        counts.close(world.teacher, 99, [])
    with pytest.raises(NotPermittedError):
        counts.close(world.cashier, world.dragons, [])


def test_a_round_that_is_closed_ends_what_was_half_ticked_in_its_own_unit(services, world, visits):
    services.classes.sheets.keep(world.teacher, SheetKind.COUNT, world.dragons, {"seen": "1"})
    seen = [visits["张沐阳"], visits["周乐瑶"]]
    services.classes.counts.close(world.teacher, world.dragons, seen)
    assert services.classes.sheets.find(world.teacher, SheetKind.COUNT, world.dragons) is None
