"""Cards to be cut out: ten to a sheet, at their true size, readable by any scanner, telling no name."""

import dataclasses

import pytest

from app.domain.seals import SealKind, read_seal, seal
from app.reports import registry
from app.reports.cards import CardFace, CardSheet
from tests.reports.reading import Reading

KEY = bytes(range(32))
COLOURS = ("#E07A5F", "#3D8EB0", "#6B9A4B", "#B5838D", "#D4A017")
SHOWN = (
    "朱小朋友",
    "晴晴",
    "尉迟小朋友",
    "糖果",
    "曾小朋友",
    "豆豆",
    "古小朋友",
    "小土豆",
    "单小朋友",
    "Emma",
)


def face(place, shown=""):
    number = f"C-{place:06d}"
    return CardFace(number, shown or SHOWN[place % 10], COLOURS[place % 5], seal(KEY, SealKind.CARD, number))


SHEET = CardSheet("向阳托育中心", "0000-8600000", tuple(face(place) for place in range(12)), "全园")


@pytest.fixture
def read(qapp):
    return lambda paper: Reading(registry.draw(paper))


def test_ten_cards_stand_on_an_a4_sheet_and_the_next_begins_a_new_one(read):
    reading = read(SHEET)
    assert (reading.pages, reading.size_mm()) == (2, (210, 297))
    assert reading.text(0).count("接送卡") == 10
    assert reading.text(1).count("接送卡") == 2
    assert "第2页/共2页" in reading.text(1)


def test_every_code_is_read_from_a_print_at_203_dots_per_inch(read):
    reading = read(dataclasses.replace(SHEET, practice=True))
    codes = [*reading.codes(203), *reading.codes(203, 1)]
    assert sorted(codes) == sorted(one.seal for one in SHEET.cards)
    assert all(read_seal(KEY, code).kind is SealKind.CARD for code in codes)


def test_a_card_says_whom_to_call_and_that_it_proves_nothing(read):
    text = read(SHEET).text(0)
    for words in (
        "向阳托育中心",
        "朱小朋友",
        "C-000000",
        "请致电0000-8600000",
        "前台仍会核对来接的人",
        "100%",
    ):
        assert words in text, words
    assert "请告知本中心" in read(dataclasses.replace(SHEET, phone="")).text(0)


def test_equal_data_gives_equal_bytes():
    assert registry.draw(SHEET) == registry.draw(dataclasses.replace(SHEET))


def test_practice_cards_say_so_each(read):
    assert "练习" not in read(SHEET).text()
    assert read(dataclasses.replace(SHEET, practice=True)).text(0).count("练习") >= 10


def test_long_and_rare_names_stay_inside_their_card(read):
    long = (face(1, "阿卜杜热合曼买买提明"), face(2, "𬱖㛃䶮宝宝"), face(3, "Maximiliano Alexander"))
    reading = read(dataclasses.replace(SHEET, centre="向阳托育中心" * 8, cards=long))
    assert reading.pages == 1
    assert "…" in reading.text(0)
    assert len(reading.codes(203)) == 3


def test_the_file_is_named_after_whose_cards_they_are():
    assert registry.file_name(SHEET) == "接送卡 全园.pdf"
    assert "/" not in registry.file_name(dataclasses.replace(SHEET, title="a/b"))
