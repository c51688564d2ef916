"""Families of 咨询 and 候补 are found by sound and number; the index follows the file, read once a change."""

import datetime as dt

import pytest

from app.services.admissions import InquiryCard
from app.services.asking_index import AskingIndex
from app.services.bundle import build


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def index(world):
    return AskingIndex(world.database)


@pytest.fixture
def ask(services, world):
    def asked(name, phone="13711112222", contact="妈妈 陆静"):
        card = InquiryCard(name, phone, born_on=dt.date(2024, 8, 1), contact=contact)
        return services.admissions.inquire(world.desk, card).value

    return asked


def found(index, text, limit=10):
    return [(row.name, rank) for row, rank in index.find(text, limit)]


def test_nobody_asks_and_nothing_typed_finds_nobody(index, ask):
    assert found(index, "陆") == []
    ask("陆一鸣")
    assert found(index, "") == []
    assert found(index, "   ") == []


def test_who_asked_just_now_is_found_and_the_file_is_read_once_for_many_letters(world, index, ask):
    assert found(index, "陆") == []
    ask("陆一鸣")
    assert found(index, "陆") == [("陆一鸣", 0)]
    read = []
    world.database.tracer = read.append
    for text in ("陆", "陆一", "lu", "luyi", "2222", "陆静"):
        assert found(index, text)[0][0] == "陆一鸣", text
    world.database.tracer = None
    assert not [line for line in read if "applicant" in line]


def test_the_end_of_a_number_counts_from_three_digits_on_and_never_its_middle(index, ask):
    ask("陆一鸣", "13711115678")
    assert found(index, "678") == [("陆一鸣", 1)]
    assert found(index, "78") == []
    assert found(index, "1111") == []


def test_the_child_comes_before_who_asked_and_the_limit_keeps_the_likeliest(index, ask):
    ask("陈小满", "13711113333", contact="妈妈 陆静")
    ask("陆一鸣", "13711114444", contact="爸爸 陆远")
    assert found(index, "陆") == [("陆一鸣", 0), ("陈小满", 4)]
    assert found(index, "陆", limit=1) == [("陆一鸣", 0)]
    assert found(index, "lu") == [("陆一鸣", 2), ("陈小满", 4)]


def test_a_whole_page_pasted_into_the_search_is_read_as_its_beginning(index, ask):
    ask("陆一鸣")
    assert found(index, "陆" * 10_000) == []
    assert found(index, "陆一鸣" + " " * 10_000) == [("陆一鸣", 0)]
