import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import AmountError, Money, in_words, total

amounts = st.integers(-(10**11), 10**11).map(Money)

CAPITALS = {
    "1409.50": "壹仟肆佰零玖元伍角",
    "6007.14": "陆仟零柒元壹角肆分",
    "1680.32": "壹仟陆佰捌拾元叁角贰分",
    "107000.53": "壹拾万柒仟元伍角叁分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "325.04": "叁佰贰拾伍元零肆分",
    "10010": "壹万零壹拾元整",
    "20000.01": "贰万元零壹分",
    "0.05": "伍分",
    "0.50": "伍角",
    "0": "零元整",
    "2800": "贰仟捌佰元整",
    "95": "玖拾伍元整",
    "10": "壹拾元整",
    "100010000": "壹亿零壹万元整",
    "1000000010": "壹拾亿零壹拾元整",
    "700007129.23": "柒亿零柒仟壹佰贰拾玖元贰角叁分",
    "-80": "负捌拾元整",
}


@pytest.mark.parametrize(("text", "words"), CAPITALS.items())
def test_capitals_follow_the_rules_for_receipts(text, words):
    assert in_words(Money.parse(text)) == f"人民币{words}"


@given(st.integers(0, 10**8 - 1).map(Money))
def test_capitals_agree_with_cn2an_below_a_million(amount):
    assert in_words(amount) == "人民币" + cn2an.an2cn(str(amount), "rmb")


@given(st.integers(0, 10**13))
def test_capitals_never_hold_two_zeros_in_a_row_and_end_as_they_must(fen):
    words = in_words(Money(fen))
    assert "零零" not in words
    assert words.endswith("整") == (fen % 100 == 0)
    assert words.endswith("分") == (fen % 10 != 0)


@given(amounts)
def test_what_is_written_is_read_back(amount):
    assert Money.parse(str(amount)) == amount
    assert Money.parse(amount.yuan_words) == amount


@pytest.mark.parametrize(
    ("text", "fen"),
    [("80", 8000), ("12.5", 1250), (" ¥1,280.00 ", 128000), ("-12.50", -1250), ("８０．５０", 8050)],
)
def test_amounts_are_read_as_people_type_them(text, fen):
    assert Money.parse(text).fen == fen


@pytest.mark.parametrize("text", ["", "abc", "1.234", "1,23", "--1", "1e3", "12 元 5 角", "9" * 40, "NaN"])
def test_what_is_no_amount_is_refused_with_a_sentence(text):
    with pytest.raises(AmountError) as caught:
        Money.parse(text)
    assert "不是金额" in caught.value.sentence
    assert len(caught.value.sentence) < 60


@given(amounts, amounts, st.integers(-50, 50))
def test_sums_are_exact(one, other, times):
    assert (one + other - other, Money(0) - one) == (one, -one)
    assert one * times == times * one == Money(one.fen * times)
    assert (one < other) == (one.fen < other.fen)
    assert total([one, other]) == one + other


@given(amounts, st.integers(1, 60))
def test_a_split_loses_nothing_and_is_fair(amount, ways):
    shares = amount.split(ways)
    assert len(shares) == ways
    assert total(shares) == amount
    assert max(shares).fen - min(shares).fen <= 1


def test_a_split_needs_somebody_to_share_with():
    with pytest.raises(ValueError, match="0"):
        Money(1).split(0)


def test_forms_for_screen_and_sentence():
    assert (str(Money(8000)), Money(8000).yuan_words, Money(8000).short) == ("80.00", "¥80.00", "80")
    assert (Money(128000).yuan_words, Money(-20356500).yuan_words) == ("¥1,280.00", "-¥203,565.00")
    assert (Money(21092000).grouped, Money(-29005).grouped) == ("210,920.00", "-290.05")
    assert (Money(-1250).yuan_words, Money(1250).short) == ("-¥12.50", "12.50")
    assert Money.yuan(15) == Money(1500)
    assert total(()) == Money(0)
    assert not Money(0)
    assert Money(1)
