import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names import SearchKeys, matches, search_keys
from app.services.finder import Finder
from app.store.finding import SearchRow

SURNAMES = "王李张刘陈杨赵黄周吴曾单解仇区朱"
GIVEN = "予晴沐阳乐瑶思睿雨桐嘉木奕辰可欣一诺安然𬱖㛃"
FIXED = ("尉迟嘉木", "古丽·买买提", "Emma Li", "王", "欧阳㛃", "O'Neil")


def row(key, name, nickname="", adults="", phones=""):
    keys = search_keys(name)
    adult_keys = " ".join(
        f"{found.pinyin} {found.initials}" for found in (search_keys(one) for one in adults.split())
    )
    return SearchRow(key, name, nickname, keys.pinyin, keys.initials, adults, adult_keys, phones)


ROWS = tuple(
    row(place, SURNAMES[place % 16] + GIVEN[place % 22] + GIVEN[place * 7 % 22], phones=f"1380000{place:04d}")
    for place in range(60)
) + tuple(row(100 + place, name, "小宝", phones="13912345678") for place, name in enumerate(FIXED))
FINDER = Finder(ROWS)
QUERIES = (
    *("zyq", "zhuyuqing", "yuqing", "zhuyq", "晴", "ycjm", "wcjm", "yuchi", "guli", "emma", "EMMA LI", "li"),
    *(
        "0007",
        "5678",
        "07",
        "王",
        "小宝",
        "xb",
        "zeng",
        "shan",
        "x",
        "",
        " ",
        "'",
        "oneil",
        "㛃",
        "lv",
        "123x",
        "139-1234-5678",
        "+8613912345678",
        "86-139-1234",
        "(0086)13912345678",
        "-56",
    ),
)


def plain(query):
    """The obvious way: ask the domain rule for each child."""
    return {
        one.id
        for one in ROWS
        if matches(query, one.name, one.nickname, SearchKeys(one.pinyin, one.initials), one.phones.split())
    }


@pytest.mark.parametrize(
    "query",
    QUERIES,
)
def test_the_index_answers_as_the_rule_does(query):
    assert set(FINDER.find(query, 1000)) == plain(query)


@given(st.text(st.sampled_from("abcdeghijlmnoqrsuwxyz'王予晴·0123 -+"), max_size=6))
def test_the_index_answers_as_the_rule_does_whatever_is_typed(query):
    assert set(FINDER.find(query, 1000)) == plain(query)


def test_the_likeliest_comes_first_and_the_limit_holds():
    rows = [
        row(1, "李王琪", adults="王伟"),
        row(2, "王琪"),
        row(3, "赵一", "王子"),
        row(4, "钱二", adults="王强"),
    ]
    assert FINDER.find("王", 3) == FINDER.find("王", 10)[:3]
    assert Finder(rows).find("王", 10) == (2, 3, 1, 4)
    assert Finder(rows).find("wq", 10) == (2, 1, 4)


@pytest.mark.parametrize("typed", ["139-1234-5678", "+86 139 1234 5678", "008613912345678", "(139)1234.5678"])
def test_a_number_is_found_as_people_write_and_paste_it(typed):
    assert set(FINDER.find(typed, 1000)) == set(FINDER.find("13912345678", 1000)) != set()
