"""A card as text and back."""

import dataclasses
import json

from app.services.intake_bodies import body_of, card_of, title_of, visit_of
from tests.services.test_intake import STORY


def test_a_card_comes_back_as_it_was_and_knows_its_stay():
    assert card_of(body_of(STORY)) == card_of(body_of(STORY, 7)) == STORY
    assert (visit_of(body_of(STORY)), visit_of(body_of(STORY, 7))) == (None, 7)


def test_what_cannot_be_read_is_no_card_and_of_no_stay(expect_log):
    for broken in ("", "{", "[]", "null"):
        expect_log("a draft of the intake cannot be read")
        assert card_of(broken) is None
        assert visit_of(broken) is None


def test_a_field_of_another_kind_is_left_out():
    kept = json.loads(body_of(STORY)) | {"name": 5, "gone": "x", "visit": "7"}
    assert card_of(json.dumps(kept)) == dataclasses.replace(STORY, name="")
    assert visit_of(json.dumps(kept)) is None


def test_it_is_called_by_the_child_else_by_who_brings_her():
    assert title_of(STORY) == "朱予晴"
    assert title_of(dataclasses.replace(STORY, name=" ")) == "王秀兰"
    assert title_of(dataclasses.replace(STORY, name="", bringer="")) == "未填姓名"
