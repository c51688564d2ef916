import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.phones import PhoneError, check_phone, dialled, is_mobile, mask_phone, spaced_phone

mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("138 0000 6021", "13800006021"),
        ("+86 138-0000-6021", "13800006021"),
        ("0086 13800006021", "13800006021"),
        ("8613800006021", "13800006021"),
        ("１３８００００６０２１", "13800006021"),
        ("010-82345678", "01082345678"),
        ("(0571) 8234567", "05718234567"),
        ("010-82345678-801", "01082345678-801"),
        ("010-82345678转12", "01082345678-12"),
        ("010-82345678 转 801", "01082345678-801"),
        ("010-82345678 分机 801", "01082345678-801"),
        ("+86 10 8234 5678", "01082345678"),
        ("0086-531-86001234", "053186001234"),
        ("+86 10 8234 5678-12", "01082345678-12"),
        ("\u202d+86 138 0000 6021\u202c", "13800006021"),
        ("\u200b138\u00ad00006021\ufeff", "13800006021"),
        ("400-800-1234", "4008001234"),
        ("+86 400 800 1234", "4008001234"),
        ("138٠٠٠٠٦٠٢١", "13800006021"),
        ("+852 9123 4567", "+85291234567"),
        ("0085291234567", "+85291234567"),
    ],
)
def test_numbers_are_kept_as_digits(text, kept):
    assert check_phone(text) == kept


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "请填手机号"),
        ("1380000602", "现在是 10 位"),
        ("138000060211", "现在是 12 位"),
        ("12000006021", "请核对"),
        ("没有电话", "不是数字"),
        ("1" * 10_000, "10000 位"),
        ("1" + " " * 9_998 + "z", "不是数字"),
        ("1" + "-" * 9_998 + "z", "不是数字"),
        ("+999 1", "境外号码"),
        ("+abc", "境外号码"),
        ("88888888", "区号"),
        ("8888888-12", "区号"),
    ],
)
def test_what_is_no_phone_is_refused_with_a_sentence(text, says):
    with pytest.raises(PhoneError) as caught:
        check_phone(text)
    assert says in caught.value.sentence
    assert len(caught.value.sentence) < 80


@given(mobiles, st.sampled_from(["{}", "+86{}", "{} ", "+86 {}", "0086{}"]))
def test_every_mobile_passes_and_stays(number, shape):
    assert check_phone(shape.format(number)) == number
    assert is_mobile(number)
    assert check_phone(spaced_phone(number)) == number


@given(mobiles)
def test_a_mask_hides_the_middle(number):
    masked = mask_phone(number)
    assert masked == f"{number[:3]}****{number[-4:]}"


def test_masks_and_spacing_of_the_rest():
    assert mask_phone("13800006021") == "138****6021"
    assert mask_phone("01082345678-801") == "****5678"
    assert (mask_phone("12345"), mask_phone("")) == ("****", "")
    assert spaced_phone("13800006021") == "138 0000 6021"
    assert spaced_phone("01082345678") == "010 8234 5678"
    assert spaced_phone("05718234567-801") == "0571 823 4567-801"
    assert spaced_phone("+85291234567") == "+85291234567"


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("139-1111-0003", "13911110003"),
        ("+8613911110003", "13911110003"),
        ("8613911110003", "13911110003"),
        ("0086-139-1111-0003", "13911110003"),
        ("(0531)86001234", "053186001234"),
        ("0531-86001234", "053186001234"),
        ("8600", "8600"),
        ("+14155550100", "14155550100"),
        ("C-0012", ""),
        ("王芳", ""),
        ("", ""),
        ("-", ""),
    ],
)
def test_a_number_is_looked_for_as_it_is_kept_however_it_is_written(typed, digits):
    assert dialled(typed) == digits
