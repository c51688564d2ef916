"""An injury in words for a family: by codes as they read that day, without the name of any other child."""

import dataclasses
import datetime as dt

import pytest

from app.domain.ids import ChildId
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.injuries import InjuryCard
from app.services.injury_facts import hidden_names, injury_facts, regions_words, short_words, unnamed
from app.store import children, health_rules, injuries, tables
from tests.services.world import DAY


@pytest.fixture
def note(world):
    services = build(world.database, world.clock, world.rng)
    for name in ("张沐阳", "周乐瑶"):
        services.arrivals.check_in(world.desk, CheckIn(world.children[name]))
    world.clock.at(11)
    card = InjuryCard(
        child=world.children["张沐阳"],
        day=DAY,
        at="10:00",
        duty=world.teacher.id,
        kind="12",
        subtype="push",
        other=world.children["周乐瑶"],
        place="2",
        activity="1",
        company="3",
        handling="1",
        regions=("front.left_forearm",),
        story="抢车。",
    )

    def noted(**more):
        key = services.health.injuries.note(world.teacher, dataclasses.replace(card, **more)).value
        return injuries.find_injury(world.database, key)

    return noted


@pytest.fixture
def later(monkeypatch):
    """A code of the table reads otherwise from tomorrow on."""

    def changed(part, code, words):
        data = tables.read("injuries.toml")
        row = {"code": code, "words": words, "valid_from": DAY + dt.timedelta(days=1)}
        monkeypatch.setattr(tables, "read", lambda _name: {**data, part: [*data[part], row]})
        health_rules.injury_codes.cache_clear()

    yield changed
    health_rules.injury_codes.cache_clear()


def test_what_the_doctor_found_is_told_behind_and_what_nobody_knows_is_not(note):
    seen = note(handling="2", diagnosis=" 头皮裂伤。", rest_days=3, aid=("cold",))
    (fact,) = injury_facts([seen])
    assert fact.words == "被小朋友推撞（左前臂），冷敷，已就诊，诊断：头皮裂伤，休息 3 天"
    bare = note(at="10:30", regions=(), other=None, rest_days=0)
    (fact,) = injury_facts([bare])
    assert (fact.words, fact.heed) == ("被推撞", "请当面问清经过，在家继续留意")


def test_they_stand_by_their_hour_whichever_was_noted_first(note):
    afternoon, morning = note(at="10:40"), note(at="10:05")
    assert [fact.at.minute for fact in injury_facts([afternoon, morning])] == [5, 40]


def test_a_teacher_may_leave_the_side_out_but_not_the_part_of_the_body(note):
    hurt = note(kind="2", subtype="", other=None, regions=("front.left_forearm", "front.left_hand"))
    (fact,) = injury_facts([hurt])
    assert "前臂" in fact.regions
    assert not {"手", "臂"} & set(fact.regions), "any hand would tell it"
    assert {"摔", "跌倒", "跌伤", "受伤"} <= set(fact.told_by)


def test_neither_family_is_told_who_the_other_child_was(world, note):
    hurt, who_pushed = world.children["张沐阳"], world.children["周乐瑶"]
    one = note()
    assert hidden_names(world.database, hurt, [one]) == ("周乐瑶", "乐瑶")
    assert hidden_names(world.database, who_pushed, [one]) == ("张沐阳", "沐阳")
    assert hidden_names(world.database, world.children["马思睿"], [one]) == (), "it was none of hers"
    assert hidden_names(world.database, ChildId(9999), [one]) == ()
    child = children.find_child(world.database, hurt)
    assert unnamed(child, "乐瑶推了沐阳", ("周乐瑶", "乐瑶")) == "另一名小朋友推了沐阳"


def test_a_code_that_reads_otherwise_later_changes_no_word_of_an_older_injury(note, later):
    one = note(kind="2", subtype="", other=None)
    before = injury_facts([one])
    later("kind", "2", "摔伤（新说法）")
    later("region", "front.left_forearm", "左小臂")
    assert short_words(one) == "跌伤"
    assert regions_words(one.told.regions, DAY) == "左前臂"
    assert injury_facts([one]) == before
