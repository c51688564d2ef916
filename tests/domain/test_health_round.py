import pytest

from app.domain.health_round import (
    Card,
    Finding,
    Mark,
    RoundError,
    RoundKind,
    note_of,
    outcome_of,
    read_tenths,
    require_mark,
    suggest_card,
)
from app.store.rounds import findings

COUGH = Finding("cough", "ask", "咳嗽")
PILLS = Finding("medicine", "check", "带药", red=True)


@pytest.mark.parametrize(
    ("text", "tenths"),
    [("36.5", 365), ("365", 365), ("36", 360), (" 37．2 ", 372), ("38.1℃", 381), ("", None)],
)
def test_a_temperature_as_it_is_typed(text, tenths):
    assert read_tenths(text) == tenths


@pytest.mark.parametrize("text", ["3", "65", "433", "365.5", "三十六", "36.55"])
def test_what_is_no_temperature(text):
    with pytest.raises(RoundError):
        read_tenths(text)


def test_the_card_follows_what_was_found():
    assert suggest_card((), fever=False) is Card.GREEN
    assert suggest_card((COUGH,), fever=False) is Card.YELLOW
    assert suggest_card((), fever=True) is Card.YELLOW
    assert suggest_card((COUGH, PILLS), fever=False) is Card.RED


def test_colour_word_and_shape_are_three_different_things():
    assert len({card.tone for card in Card}) == 3
    assert [kind.label for kind in RoundKind] == ["晨检", "午检", "全日观察"]


@pytest.mark.parametrize(
    ("mark", "card", "outcome"),
    [
        (Mark(), Card.GREEN, "normal"),
        (Mark(372), Card.GREEN, "normal"),
        (Mark(373), Card.GREEN, "abnormal"),
        (Mark(findings=("cough",)), Card.GREEN, "abnormal"),
        (Mark(told="昨晚咳"), Card.YELLOW, "abnormal"),
    ],
)
def test_what_is_abnormal(mark, card, outcome):
    assert outcome_of(mark, card, 373) == outcome


def test_an_abnormal_check_says_something_that_is_known():
    require_mark(Mark(), "normal", (COUGH,))
    require_mark(Mark(told="x"), "abnormal", (COUGH,))
    for mark in (Mark(), Mark(findings=("spots",)), Mark(told="长" * 201)):
        with pytest.raises(RoundError):
            require_mark(mark, "abnormal", (COUGH,))
    whole = Mark(findings=("cough",), told="昨晚咳", treatment="多喝水")
    assert note_of(whole, (COUGH,)) == "咳嗽；家长说昨晚咳；多喝水"


def test_the_table_looks_for_all_four():
    table = findings()
    assert {one.group for one in table} == {"touch", "look", "ask", "check"}
    assert len({one.code for one in table}) == len(table)
    assert [one.code for one in table if one.red] == ["medicine"]
