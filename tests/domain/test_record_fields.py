"""Every field of a record takes what it should, and says what it cannot take."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import identity, phones
from app.domain.errors import RuleError
from app.domain.record_fields import (
    ADULT_FIELDS,
    CHILD_FIELDS,
    FieldError,
    Kind,
    Need,
    Section,
    check_text,
    shown_text,
    spec_of,
    split_list,
)

TODAY = dt.date(2025, 12, 3)
DAYS = st.dates(dt.date(1930, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("name", " 古丽・买买提 ", "古丽·买买提"),
        ("sex", "f", "f"),
        ("birth_order", "２", "2"),
        ("gestation", "39", "39"),
        ("vaccination_on", "2025年8月1日", "2025-08-01"),
        ("insured_until", "20260831", "2026-08-31"),
        ("allergens", "鸡蛋,虾；鸡蛋", "鸡蛋、虾"),
        ("comfort", "小\n兔子", "小 兔子"),
        ("note", "   ", ""),
    ],
)
def test_a_text_is_kept_in_one_form(field, typed, kept):
    assert check_text(spec_of("child", field), typed, TODAY) == kept


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("sex", "x"),
        ("birth_order", "0"),
        ("birth_order", "二"),
        ("gestation", "50"),
        ("exam_on", "2025-13-01"),
        ("exam_on", "2025-12-04"),
        ("exam_on", "0001-01-01"),
        ("exam_on", "去年"),
        ("exam_on", "25-11-30"),
        ("note", "长" * 201),
    ],
)
def test_a_text_that_cannot_be_is_refused_with_a_sentence_and_its_field(field, typed):
    with pytest.raises(RuleError) as refused:
        check_text(spec_of("child", field), typed, TODAY)
    assert refused.value.field == field
    assert refused.value.sentence.endswith(("。", "）。"))


def test_until_when_something_holds_may_lie_ahead_but_what_happened_may_not():
    assert spec_of("child", "insured_until").future
    assert spec_of("adult", "valid_until").future
    with pytest.raises(FieldError, match="请核对"):
        check_text(spec_of("child", "vaccination_on"), "2026-01-01", TODAY)


@given(DAYS, st.sampled_from(["{:%Y-%m-%d}", "{:%Y%m%d}", "{:%Y.%m.%d}", "{:%Y/%m/%d}", "{:%Y年%m月%d日}"]))
def test_a_day_is_read_however_it_is_written(day, form):
    assert check_text(spec_of("child", "exam_on"), form.format(day), TODAY) == day.isoformat()


@given(st.text(max_size=40))
def test_reading_twice_changes_nothing_more(text):
    for spec in (*CHILD_FIELDS, *ADULT_FIELDS):
        try:
            once = check_text(spec, text, TODAY)
        except RuleError:
            continue
        assert check_text(spec, once, TODAY) == once


@given(st.from_regex(r"[1-9]\d{16}[\dX]", fullmatch=True))
def test_a_masked_identity_number_shows_the_region_and_the_tail_and_no_birthday(number):
    shown = shown_text(spec_of("child", "document_number"), number)
    assert (len(shown), shown[:6], shown[14:], set(shown[6:14])) == (18, number[:6], number[14:], {"*"})


@given(st.text(min_size=1, max_size=30).filter(lambda text: "*" not in text))
def test_no_secret_of_any_length_is_shown_whole(text):
    for spec in (one for one in (*CHILD_FIELDS, *ADULT_FIELDS) if one.secret):
        shown = shown_text(spec, text)
        assert len(text) <= 2 or shown != text
        assert len(shown) == len(text)


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_masked_phone_shows_three_and_four(number):
    shown = shown_text(spec_of("adult", "phone"), number)
    assert shown == f"{number[:3]}****{number[-4:]}" == phones.mask_phone(number)


def test_the_story_number_and_phone_are_masked_as_the_norm_of_the_house_says():
    assert identity.mask_identity("620302202402290013") == "620302********0013"
    assert shown_text(spec_of("adult", "phone"), "13800008000") == "138****8000"


def test_no_name_is_given_twice_and_every_choice_has_words():
    for fields in (CHILD_FIELDS, ADULT_FIELDS):
        names = [spec.name for spec in fields]
        assert len(set(names)) == len(names)
        assert all(spec.choices for spec in fields if spec.kind is Kind.CHOICE)
    assert {spec.section for spec in CHILD_FIELDS} == {Section.BASIC, Section.HEALTH, Section.HABITS}
    assert {spec.need for spec in CHILD_FIELDS} == set(Need)


def test_words_of_needs_and_sections_are_those_of_the_screen():
    assert [one.label for one in Need] == ["必填", "按规定", "选填"]
    assert [one.label for one in Section] == ["基本", "家人", "健康", "习惯", "证件与同意", "历史"]


@given(st.lists(st.text("鸡蛋虾奶", min_size=1, max_size=3), max_size=5))
def test_a_list_keeps_each_word_once_and_in_order(words):
    assert split_list("，".join(words)) == tuple(dict.fromkeys(words))
