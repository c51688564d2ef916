import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.fonts import fit_glyphs, tidy, typeface
from app.reports.wrap import wrap

TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("予晴，。（）「」:：–· 240mlAZ.℃\n"), st.characters(codec="utf-8")),
    max_size=200,
)


@given(TEXTS, st.sampled_from([30.0, 80.0, 200.0]))
def test_breaking_loses_nothing_but_blanks_and_keeps_to_the_width(text, width):
    clean, _ = fit_glyphs(text, bold=False, missing=set())
    face = typeface()
    lines = wrap(clean, face, 12, width)
    assert "".join(lines).replace(" ", "") == clean.replace(" ", "").replace("\n", "")
    assert all(face.width(line, 12) <= width + 0.1 for line in lines)


def test_no_line_begins_with_a_full_stop_or_ends_with_an_open_bracket():
    text = "今天（星期三）吃了番茄牛腩饭，喝了水；睡得很香。" * 8
    for width in range(60, 200, 7):
        for line in wrap(text, typeface(), 12, width):
            assert line[0] not in "，。；）"
            assert line[-1] not in "（"


def test_numbers_stay_with_their_units():
    lines = wrap("午餐吃完，喝水 240 ml，午睡 1 小时 15 分", typeface(), 12, 110)
    assert any("240 ml" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "lines"), [("", ("",)), ("一\n二", ("一", "二")), ("一\n\n二", ("一", "", "二"))]
)
def test_line_breaks_are_kept(text, lines):
    assert wrap(text, typeface(), 12, 100) == lines


def test_tidy_takes_out_what_cannot_be_seen():
    assert tidy("朱\u200b予\x00晴\ufe0f") == "朱予晴"
    assert tidy("e\u0301") == "é"
    assert tidy("a\tb\u00a0c\r\nd\u2028e") == "a b c\nd\ne"


def test_what_the_bold_lacks_is_set_in_regular(monkeypatch):
    bold = typeface(bold=True)
    monkeypatch.setattr(bold, "_has", {ord("朱"): 1})
    missing = set()
    assert fit_glyphs("朱霁", bold=True, missing=missing) == ("朱霁", False)
    assert missing == set()


def test_what_neither_weight_has_becomes_a_box_and_is_reported():
    missing = set()
    assert fit_glyphs("朱😀晴👶", bold=True, missing=missing) == ("朱□晴□", False)
    assert missing == {"😀", "👶"}


def test_a_phone_number_is_never_broken():
    for width in range(100, 170, 5):
        lines = wrap("手机 138 0000 6021，另一个 139 0000 1177", typeface(), 12, width)
        assert sum("138 0000 6021" in line or "139 0000 1177" in line for line in lines) == 2


@pytest.mark.parametrize(
    ("text", "characters", "lines"),
    [
        ("尉迟嘉木", 3, ("尉迟", "嘉木")),
        ("请出示身份证件。", 7, ("请出示身份", "证件。")),
        ("两岁零三个月", 5, ("两岁零三", "个月")),
        ("朱予晴", 2, ("朱予", "晴")),  # there is nobody to spare
        ("天很高兴」。", 3, ("天很高", "兴」。")),  # nor room for two
    ],
)
def test_no_character_ends_a_paragraph_alone_where_another_can_come_along(text, characters, lines):
    assert wrap(text, typeface(bold=False), 10, 10 * characters) == lines
