"""Indexes that follow what changes answer as indexes made anew do."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.names import search_keys
from app.services import search_index
from app.services.search_index import SearchIndex

WORDS = ("王", "wang", "w", "予", "yq", "zhu", "豆", "dd", "138", "0001", "妈", "li", "李")
NAMES = ("王予晴", "朱予晴", "李安", "王安安", "Emma 陈", "李豆豆")


@pytest.fixture
def index(practice):
    made = SearchIndex(practice.database)
    made.warm()
    return made


@pytest.fixture
def practice(services):
    return services.desk._database and Writer(services.desk._database)


class Writer:
    """Changes people as services do, by one unit each."""

    def __init__(self, database):
        self.database = database

    def children(self):
        rows = self.database.rows("select id from child where gone_at is null order by id")
        return [row["id"] for row in rows]

    def write(self, sql, params):
        with self.database.unit(None, "test") as unit:
            unit.execute(sql, params)
            unit.audit("test", None)

    def rename(self, child, name):
        keys = search_keys(name)
        self.write(
            "update child set name = :name, pinyin = :pinyin, initials = :initials where id = :id",
            {"name": name, "pinyin": keys.pinyin, "initials": keys.initials, "id": child},
        )

    def call(self, child, nickname):
        self.write("update child set nickname = :name where id = :id", {"name": nickname, "id": child})

    def go(self, child):
        self.write("update child set gone_at = '2025-12-03T13:52:00+08:00' where id = :id", {"id": child})


def answers(index, word, among=None):
    everything = 10_000
    return (
        dict(index.ranked(word, everything, adults=True, among=among)),
        set(index.at_home(word, everything, among)),
        {(tie.adult, tie.child, tie.name, rank) for tie, rank in index.ties(word, everything, among)},
    )


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_after_any_changes_it_answers_as_one_made_anew(practice, index, data):
    for _ in range(data.draw(st.integers(1, 4))):
        present = practice.children()
        child = present[data.draw(st.integers(0, 10_000)) % len(present)]
        match data.draw(st.sampled_from(("rename", "call", "go"))):
            case "rename":
                practice.rename(child, data.draw(st.sampled_from(NAMES)))
            case "call":
                practice.call(child, data.draw(st.sampled_from(("", "豆豆", "安安"))))
            case "go":
                practice.go(child)
        fresh = SearchIndex(practice.database)
        for word in WORDS:
            assert answers(index, word) == answers(fresh, word), word


def test_many_changes_are_read_all_at_once(practice, index, monkeypatch):
    monkeypatch.setattr(search_index, "_MANY", 3)
    whole = index._whole
    for child in practice.children()[:3]:
        practice.rename(child, "李豆豆")
    assert index.find("lidd", 9)
    assert index._whole is whole
    practice.rename(practice.children()[3], "李豆豆")
    assert set(practice.children()[:4]) <= set(index.find("lidd", 99))
    assert index._whole is not whole
    assert index._new is None


def test_only_those_somebody_may_see_are_found_however_many_come_before_them(practice, index):
    mine = frozenset(practice.children()[-3:])
    for word in WORDS:
        ranked, homely, ties = answers(index, word, mine)
        assert set(ranked) | homely | {child for _, child, _, _ in ties} <= mine
    practice.rename(min(mine), "李豆豆")
    assert index.find("lidd", 1, mine) == (min(mine),)
    assert index.find("lidd", 1, frozenset()) == ()


def test_who_was_entered_just_now_stands_before_others_as_near(practice, index):
    newest = practice.children()[-1]
    practice.rename(newest, "王予晴")
    assert index.ranked("wyq", 3, adults=False)[0][0] == newest
