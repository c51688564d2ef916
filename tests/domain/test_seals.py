import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.seals import Seal, SealKind, looks_like_seal, read_seal, seal

KEY = bytes(range(32))
keys = st.binary(min_size=16, max_size=64)
kinds = st.sampled_from(SealKind)
numbers = st.from_regex(r"[0-9A-Z]{1,8}(-[0-9A-Z]{1,8}){0,2}", fullmatch=True)
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ-."


@given(keys, kinds, numbers)
def test_a_seal_is_read_back_under_its_own_key_only(key, kind, number):
    text = seal(key, kind, number)
    assert read_seal(key, text) == Seal(kind, number)
    assert read_seal(key + b"x", text) is None


@given(kinds, numbers, st.data())
def test_any_changed_character_makes_it_false(kind, number, data):
    text = seal(KEY, kind, number)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from([sign for sign in SIGNS if sign != text[place]]))
    assert read_seal(KEY, text[:place] + other + text[place + 1 :]) is None


@given(kinds, numbers, st.data())
def test_a_missing_or_doubled_character_makes_it_false(kind, number, data):
    text = seal(KEY, kind, number)
    place = data.draw(st.integers(0, len(text) - 1))
    assert read_seal(KEY, text[:place] + text[place + 1 :]) is None
    assert read_seal(KEY, text[:place] + text[place] + text[place:]) is None


def test_the_form_of_a_seal():
    text = seal(KEY, SealKind.RECEIPT, "2025-000018")
    mark, kind, number, signature = text.split(".")
    assert (mark, kind, number) == ("TDH1", "R", "2025-000018")
    assert len(signature) == 10
    assert not set(signature) & set("ILOU")


def test_kinds_are_told_apart():
    texts = {seal(KEY, kind, "1").split(".")[-1] for kind in SealKind}
    assert len(texts) == len(SealKind)
    assert {kind.label for kind in SealKind} == {
        "离园交接报告",
        "收款收据",
        "接送凭条",
        "临时托协议",
        "月报",
        "点名记录",
        "接送卡",
    }


def test_what_a_scanner_or_a_hand_makes_of_it_passes():
    text = seal(KEY, SealKind.RECEIPT, "2025-000018")
    for shape in (
        f" {text}\n",
        text.lower(),
        text.replace("-", "－"),
        text.replace(".", "。"),
        " ".join(text),
    ):
        assert read_seal(KEY, shape) == Seal(SealKind.RECEIPT, "2025-000018")
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in text)
    assert read_seal(KEY, wide) == Seal(SealKind.RECEIPT, "2025-000018")


def test_look_alikes_in_the_signature_pass():
    number = next(str(n) for n in range(500) if "0" in seal(KEY, SealKind.SLIP, str(n)).rsplit(".", 1)[1])
    head, signature = seal(KEY, SealKind.SLIP, number).rsplit(".", 1)
    assert read_seal(KEY, f"{head}.{signature.replace('0', 'O')}") == Seal(SealKind.SLIP, number)


@pytest.mark.parametrize(
    "text",
    ["", "朱予晴", "TDH1", "TDH1.R.2025", "TDH1.X.1.AAAAAAAAAA", "TDH2.R.1.AAAAAAAAAA", "TDH1.R..AAAAAAAAAA",
     "TDH1.R.1.汉字汉字汉字汉字汉字", "TDH1.R." + "1" * 33 + ".AAAAAAAAAA", "." * 10_000],
)  # fmt: skip
def test_what_is_no_seal_is_none(text):
    assert read_seal(KEY, text) is None


def test_somebody_meant_a_seal():
    assert looks_like_seal(" tdh1.r.2025")
    assert not looks_like_seal("zyq")


@pytest.mark.parametrize("number", ["", "a", "1.2", "1--2", "朱", "1" * 33, "1 2"])
def test_only_plain_numbers_are_sealed(number):
    with pytest.raises(ValueError):
        seal(KEY, SealKind.SLIP, number)


def test_a_short_key_seals_nothing():
    with pytest.raises(ValueError, match="short"):
        seal(b"x" * 15, SealKind.SLIP, "1")
