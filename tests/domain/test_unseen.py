"""What nobody sees is not kept, and what is seen stays."""

import pytest

from app.domain.unseen import drop_turns, drop_unseen, is_blank


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("花\u200b生", "花生"),
        ("腰\u00ad果", "腰果"),
        ("芒\u2060果\ufeff", "芒果"),
        ("花\u200d生", "花生"),
        ("花\u200c", "花"),
        ("\u200d花", "花"),
        ("\u200dEmma", "Emma"),
        ("葛\U000e0101藤", "葛藤"),
        ("葛\ufe00", "葛"),
    ],
)
def test_what_came_with_a_copied_text_is_dropped(text, seen):
    assert drop_unseen(text) == seen


@pytest.mark.parametrize(
    "text", ["", "milk", "花生酱 · 吐司", "👨\u200d👩\u200d👧", "می\u200cخواهم", "❤\ufe0f", "\u202e一"]
)
def test_what_is_seen_stays(text):
    assert drop_unseen(text) == text


def test_signs_of_direction_are_dropped_where_they_are_asked_to_be():
    assert drop_turns("\u202d138\u202c\u2066\u200e") == "138"
    assert drop_turns("138 0000") == "138 0000"


def test_a_place_without_a_picture_is_blank():
    assert all(
        is_blank(text) for text in ("", " \u3000", "\u3164", "\u2800\uffa0 ", "\u0301", "\u0489\u3164")
    )
    assert not is_blank("一\u3164")
