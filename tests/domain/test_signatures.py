import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.signatures import Signature, SignatureError, decode, require_signature

points = st.tuples(st.integers(0, 2000), st.integers(0, 900))
strokes = st.lists(st.lists(points, min_size=1, max_size=20).map(tuple), max_size=8).map(tuple)


@given(st.integers(1, 3000), st.integers(1, 900), strokes)
def test_what_is_kept_comes_back(width, height, drawn):
    signature = Signature(width, height, drawn)
    assert decode(signature.encode()) == signature


@pytest.mark.parametrize("text", ["", "x", "600x200", "600x200:1 2", "600x200:a,b", "axb:1,2"])
def test_what_is_no_signature_is_said(text):
    with pytest.raises(SignatureError):
        decode(text)


def test_a_dot_is_no_name_and_a_novel_is_none_either():
    dot = Signature(600, 200, (tuple((10 + at, 10) for at in range(8)),))
    with pytest.raises(SignatureError, match="还没有签名"):
        require_signature(dot)
    assert Signature(600, 200, ()).empty
    long = Signature(600, 200, (tuple((at % 600, at % 200) for at in range(6000)),))
    with pytest.raises(SignatureError, match="太长"):
        require_signature(long)
    name = Signature(600, 200, (tuple((10 + at * 9, 10 + at * 5) for at in range(12)),))
    assert require_signature(name) == name.encode()
