import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.headcounts import CountMismatchError, Stage, mismatch_words, require_explained, tally

NAMES = {1: "朱予晴", 2: "张沐阳", 3: "王若曦"}


@given(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 9)))
def test_everybody_is_here_missing_or_extra_and_only_once(expected, seen):
    result = tally(expected, seen)
    assert set(result.here) == set(expected) & set(seen)
    assert set(result.missing) == set(expected) - set(seen)
    assert set(result.extra) == set(seen) - set(expected)
    assert result.expected == len(set(expected))
    assert result.found == len(set(seen))
    assert result.agrees == (set(expected) == set(seen))


def test_the_difference_is_said_by_name():
    assert mismatch_words(tally([1, 2], [2, 3]), NAMES) == "少 1 人：朱予晴；多 1 人：王若曦"
    assert mismatch_words(tally([1], [1]), NAMES) == ""


def test_a_difference_passes_only_with_a_reason():
    require_explained(tally([1], [1]), NAMES, "")
    require_explained(tally([1], []), NAMES, "在保健室")
    with pytest.raises(CountMismatchError, match="F9") as refused:
        require_explained(tally([1], []), NAMES, "")
    assert (refused.value.missing, refused.value.field) == (("朱予晴",), "reason")


def test_stages_have_words():
    assert [one.label for one in Stage] == ["清点", "出发", "到达", "返回"]
