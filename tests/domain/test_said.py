"""What a denial reaches: a note is not to pass over a thing, and a danger is not to be missed."""

import pytest

from app.domain.said import denied, says

DENIED = (
    "没有抽搐", "没有再抽搐", "没有出现过抽搐", "未发现抽搐", "无抽搐", "不是抽搐", "排除抽搐", "否认抽搐",
    "没有发烧、抽搐", "没有发热、呕吐和抽搐", "无皮疹、咳嗽、抽搐", "没有发烧、抽搐、咳嗽",
    "未见发热及抽搐等情况", "没有发烧，没有抽搐",
)  # fmt: skip
TOLD = (
    "抽搐", "没精神、抽搐", "没胃口、抽搐了一次", "没发烧、抽搐了两分钟", "没有发烧、抽搐了",
    "没有发烧、抽搐两分钟", "没有发烧、抽搐过", "没发烧、抽搐", "没睡觉和抽搐了", "无精打采、抽搐两次",
    "没有精神、抽搐", "没有大便、抽搐", "没有发烧，抽搐", "没有发烧和抽搐了两次", "排除发烧、抽搐了",
    "不知道是不是抽搐",
    "不排除抽搐", "不能排除抽搐", "不是没有抽搐", "没停地抽搐", "没有任何征兆抽搐", "没想到抽搐了",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "taken_back"), [(one, True) for one in DENIED] + [(one, False) for one in TOLD]
)
def test_a_denial_takes_back_what_it_surely_reaches_and_no_second_finding(text, taken_back):
    start = text.rindex("抽搐")
    assert denied(text, start, start + 2) is taken_back


@pytest.mark.parametrize(
    ("text", "word", "told"),
    [
        ("没有皮疹、红肿和呕吐", "呕吐", False),
        ("没有黏液、血丝", "血丝", False),
        ("没有吃完，呕吐了一次", "呕吐", True),
        ("没呕吐，后来呕吐了", "呕吐", True),
        ("好好的", "", False),
    ],
)
def test_a_note_that_may_deny_a_thing_does_not_tell_it(text, word, told):
    assert says(text, word) is told
