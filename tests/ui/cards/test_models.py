"""The lines of the register: who lacks a card, which one opens the child, and what an ended one says."""

import dataclasses

import pytest
from PySide6.QtWidgets import QWidget

from app.domain.ids import CardId
from app.domain.looks import Tone
from app.ui.cards.models import CardDelegate, CardLine, CardLines, lines_of
from tests.ui.cards import data
from tests.ui.painting import places_of_row, words_of_row
from tests.ui.support import make_context

NEW = data.card(3, replaces=CardId(1))
LOST = data.ended(1, "lost", "公交车上丢了")
BACK = data.ended(2, "withdrawn")


def told(lines):
    return [(line.holder.name, line.card and line.card.id, line.chip.words) for line in lines]


def test_a_child_lacks_a_card_also_where_she_has_only_ended_ones():
    rows = (data.row(data.LEYAO), data.row(data.YUQING, LOST))
    assert told(lines_of(rows, None)) == [
        ("周乐瑶", None, "没有卡"),
        ("朱予晴", None, "没有卡"),
        ("朱予晴", 1, "已挂失"),
    ]


def test_valid_cards_stand_before_the_ended_ones_and_the_latest_first():
    back = data.ended(5, "withdrawn")
    lines = lines_of((data.row(data.YUQING, LOST, back, data.card(4), NEW, printed=(3,)),), None)
    assert told(lines) == [
        ("朱予晴", 4, "还没打印"),
        ("朱予晴", 3, "有效"),
        ("朱予晴", 5, "已收回"),
        ("朱予晴", 1, "已挂失"),
    ]


@pytest.mark.parametrize(
    ("successor", "replaced"),
    [
        (NEW, True),
        (dataclasses.replace(NEW, ended_as="lost"), True),  # lost in its turn: it is that one that is renewed
        (dataclasses.replace(NEW, ended_as="withdrawn"), False),
        (data.card(3), False),
    ],
)
def test_a_lost_card_is_replaced_unless_its_successor_was_taken_back(successor, replaced):
    lines = lines_of((data.row(data.YUQING, LOST, successor),), None)
    (lost,) = (line for line in lines if line.card == LOST)
    assert lost.replaced is replaced


def test_of_one_class_only_its_own_are_listed():
    rows = (data.row(data.LEYAO), data.row(data.YUQING, NEW))
    assert [line.holder.name for line in lines_of(rows, data.LEYAO.class_id)] == ["周乐瑶"]


@pytest.mark.parametrize(
    ("card", "words", "tone"),
    [
        (None, "抱抱龙", Tone.WARN),
        (data.card(3), "抱抱龙 · K-0003 · 2025-12-03 发", Tone.INFO),
        (LOST, "抱抱龙 · K-0001 · 2025-12-03 挂失", Tone.BAD),
        (BACK, "抱抱龙 · K-0002 · 2025-12-03 收回", Tone.PLAIN),
    ],
)
def test_a_line_says_class_number_and_when_it_was_issued_or_ended(card, words, tone):
    line = CardLine(data.YUQING, card)
    assert (line.words, line.chip.tone) == (words, tone)


def test_a_row_shows_the_pet_name_too_and_a_long_name_gives_way_to_the_state(qtbot):
    around = QWidget()
    qtbot.addWidget(around)
    model, delegate = CardLines(around), CardDelegate(make_context(qtbot, None).theme, around)
    long = dataclasses.replace(data.LEYAO, name="阿卜杜热合曼·买买提艾力")
    model.replace((CardLine(data.YUQING, NEW, printed=True), CardLine(long, None)))
    words = words_of_row(delegate, model.index(0), 460)
    assert words[-3:] == ["有效", "朱予晴（晴晴）", "抱抱龙 · K-0003 · 2025-12-03 发"]
    painted = places_of_row(delegate, model.index(1), 240)
    chip = next(place for place, words in painted if words == "没有卡")
    place, words = painted[-2]
    assert words.endswith("…")
    assert place.right() <= chip.left()
    assert model.words_of(model.items[1]) == "阿卜杜热合曼·买买提艾力，小海豚，没有卡"
