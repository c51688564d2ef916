"""规则: dated values, their bounds, and pairs that must not cross."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.rules import RuleValueError
from app.domain.staff import NotPermittedError
from app.services.altering import NothingChangedError, WrongDayError
from app.services.rule_settings import RuleSettings, UnknownRuleError
from app.store import health_rules, rule_table, settings, tables
from app.store.settings import Settings
from tests.services.world import DAY, make_world, settings_log

LATER = DAY + dt.timedelta(days=20)


@pytest.fixture
def rules(world):
    return RuleSettings(world.database, world.clock)


def line(rules, world, name):
    return next(one for one in rules.view(world.desk) if one.spec.name == name)


def test_every_value_the_program_uses_stands_in_the_table():
    specs = rule_table.rule_specs()
    illness = {spec.name for spec in specs if spec.group == "传染病"}
    words = {spec.name for spec in specs if spec.kind == "words"}
    own = {spec.name for spec in specs} - illness - words
    assert own == set(Settings.__dataclass_fields__)
    assert words <= set(tables.default_settings())
    assert illness == set(health_rules.exclusion_defaults())


def test_every_default_lies_within_its_bounds(world, rules):
    for one in rules.view(world.desk):
        assert one.words == one.default_words
        assert one.spec.label
        assert one.bounds


def test_a_rule_changes_from_a_day_on_and_the_days_before_keep_theirs(world, rules):
    rules.set_rule(world.director, "fever_tenths", "37.5", LATER)
    assert settings.current(world.database, DAY).fever_tenths == 373
    assert settings.current(world.database, LATER).fever_tenths == 375
    shown = line(rules, world, "fever_tenths")
    assert (shown.typed, shown.chip.words) == ("37.3", "12-23 起 37.5 ℃")
    assert shown.steps == ((LATER, "37.5 ℃", "将来"),)
    history = settings_log(world).history(world.desk, "rule", shown.key)
    assert history[0].words == "2025-12-23 起发热线（额温） 37.3 ℃ → 37.5 ℃"


def test_what_is_remembered_is_forgotten_with_a_change_and_with_its_undo(world, rules):
    assert settings.current(world.database, DAY).due_minutes == 30
    done = rules.set_rule(world.director, "due_minutes", "20", DAY)
    assert settings.current(world.database, DAY).due_minutes == 20
    settings_log(world).undo(world.director, done.undo.key)
    assert settings.current(world.database, DAY).due_minutes == 30
    rules.set_rule(world.director, "due_minutes", "45", DAY)
    assert settings.current(world.database, DAY).due_minutes == 45


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("fever_tenths", "39"),
        ("fever_tenths", "很热"),
        ("due_minutes", "0"),
        ("opening", "25:00"),
        ("opening", "4:00"),
    ],
)
def test_values_beyond_the_bounds_are_refused(world, rules, name, typed):
    with pytest.raises(RuleValueError) as refused:
        rules.set_rule(world.director, name, typed, DAY)
    assert refused.value.field == "value"


def test_closing_never_comes_before_opening_on_any_day_to_come(world, rules):
    rules.set_rule(world.director, "lunch_to", "14:00", LATER)
    rules.set_rule(world.director, "lunch_from", "13:00", LATER)
    with pytest.raises(RuleValueError, match="2025-12-03"):
        rules.set_rule(world.director, "lunch_from", "13:30", DAY)


def test_the_past_what_stands_there_and_unknown_rules_are_refused(world, rules):
    with pytest.raises(WrongDayError):
        rules.set_rule(world.director, "due_minutes", "20", DAY - dt.timedelta(days=1))
    with pytest.raises(NothingChangedError):
        rules.set_rule(world.director, "due_minutes", "30", DAY)
    with pytest.raises(UnknownRuleError):
        rules.set_rule(world.director, "nonsense", "30", DAY)
    with pytest.raises(NotPermittedError):
        rules.set_rule(world.desk, "due_minutes", "20", DAY)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    world = make_world(tmp_path_factory.mktemp("rules"))
    yield world
    world.database.close()


ENTRIES = st.lists(
    st.tuples(st.integers(0, 15), st.integers(5, 180), st.integers(0, 3)), min_size=1, max_size=8
)


@given(entries=ENTRIES)
def test_on_any_day_the_value_is_of_the_latest_beginning_set_last(shared, entries):
    """Whatever the order of entry, also within one second."""
    world, rules = shared, RuleSettings(shared.database, shared.clock)
    with world.database.unit(None, "test") as unit:
        unit.execute("update setting set ended_at = :at", {"at": unit.stamp})
        unit.forget("setting")
        unit.audit("settings", 1)
    truth = {}
    for offset, minutes, seconds in entries:
        world.clock.now += dt.timedelta(seconds=seconds)
        day = DAY + dt.timedelta(days=offset)
        try:
            rules.set_rule(world.director, "due_minutes", str(minutes), day)
        except NothingChangedError:
            continue
        truth[day] = minutes
    for offset in range(20):
        day = DAY + dt.timedelta(days=offset)
        begun = [start for start in truth if start <= day]
        assert settings.current(world.database, day).due_minutes == (truth[max(begun)] if begun else 30)
