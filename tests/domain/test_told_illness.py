"""What was told of a sick child: fevers in any words, illnesses by everyday names, the reach of a denial."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dayfacts import FEVER_TENTHS
from app.domain.illness import named
from app.domain.told_illness import (
    _FEVER,
    _HINT,
    _NO_FEVER,
    ITEMS,
    _clauses,
    _plain,
    claims_any,
    claims_fever,
    compiled,
    hottest,
    tells_fever,
)
from app.store import tables
from app.store.health_rules import _disease, catching_signs

DATA = tables.read("exclusions.toml")
TABLE = tuple(_disease(row, DATA["basis"][row["basis"]], {}) for row in DATA["disease"])

FEVERS = (
    "发烧", "发热", "发烧39度", "发低烧", "低烧", "低热", "高热不退", "有点烧", "烧了一夜", "烧到39",
    "昨晚烧到39.5", "39度", "38度5", "38.5", "38.5℃", "38.5度", "体温38.5", "体温早上38", "体温３８．５",
    "量了38", "37.8度", "37度半", "三十八度五", "三十九度多", "体温三十九", "烧到四十度", "退烧了",
    "已退热", "体温偏高", "体温有点高", "发着烧", "发了高烧", "没精神、发烧39度", "昨晚没睡好、发烧39度",
    "没胃口、低烧", "没咳嗽、发烧", "没咳嗽，发烧", "不是很好、发烧", "发烧饭也不吃", "发热身上起疹",
    "发烧，检查阴性", "发烧去不了接种", "疫苗后发热", "没有咳嗽、发烧两天", "没有发热、39度", "不排除发烧",
    "没退烧", "烧没退", "发烧不是第一天", "有没有发烧不清楚", "昨天发烧今天不烧了", "额头烫", "不烧了",
    "不发烧了", "没有再发烧", "没烧了", "昨晚39多", "39左右", "飙到40", "38～39度", "38 度", "身上很热",
    "全身滚烫", "摸着有点热",
)  # fmt: skip
NO_FEVERS = (
    "没发烧", "没有发烧", "没发烧、没咳嗽", "没有发烧和咳嗽", "没有咳嗽和发烧", "没有咳嗽、发烧",
    "无发热、皮疹", "未发热", "不发烧", "不烧，咳嗽", "没烧", "没有发低烧", "无低热", "否认发热",
    "咳嗽，没发烧",
)  # fmt: skip
OTHER_THINGS = (
    "体温正常", "体温36.5", "体温37", "体温37.2", "体温不高", "红烧肉吃多了", "天气热", "气温38度",
    "水温39度", "烧烤吃坏了", "烧伤", "39.5斤", "40天没来", "来了38人", "会数到40了", "到38楼", "8:38起床",
    "回老家", "热身时扭了脚", "吃了热饭", "手心烫伤", "身上不热", "鞋38码", "猩红热",
)  # fmt: skip


@pytest.mark.parametrize("told", FEVERS)
def test_a_fever_is_one_however_it_is_put(told):
    assert tells_fever(told)
    assert claims_fever(told)
    assert named(told, TABLE, claimed=True).code == "fever"


@pytest.mark.parametrize("told", NO_FEVERS)
def test_a_fever_that_is_denied_is_for_somebody_to_look_at(told):
    assert not claims_fever(told)
    assert named(told, TABLE, claimed=True) is None
    assert named(told, TABLE).code == "fever"


@pytest.mark.parametrize("told", OTHER_THINGS)
def test_what_only_sounds_like_a_fever_is_none(told):
    assert not tells_fever(told)


@given(
    st.integers(355, 425),
    st.sampled_from(["{0}.{1}", "{0}.{1}℃", "体温{0}.{1}", "{0}度{1}", "烧到{0}.{1}度"]),
)
def test_a_reading_counts_from_the_line_on(tenths, shape):
    told = shape.format(*divmod(tenths, 10))
    assert claims_fever(told) is (tenths >= 373 or "烧" in told)


NAMES = {
    "hfmd": (
        "手足口",
        "手足口病",
        "手脚口",
        "手脚口病",
        "EV71",
        "疑似手足口",
        "没胃口、手足口",
        "没精神和胃口，手足口",
    ),
    "varicella": ("水痘", "出水痘", "没去上学、水痘", "没睡好、出水痘", "水豆", "水花"),
    "mumps": ("腮腺炎", "痄腮", "猪头肥"),
    "measles": ("麻疹",),
    "rubella": ("风疹",),
    "scarlet": ("猩红热",),
    "influenza": ("流感", "甲流", "乙流"),
    "herpangina": ("疱疹性咽峡炎", "疱疹性口炎"),
    "diarrhoea": ("诺如", "秋季腹泻", "轮状病毒"),
    "dysentery": ("痢疾", "菌痢", "细菌性痢疾", "拉痢疾"),
    "conjunctivitis": ("红眼病", "结膜炎", "得了红眼", "火眼"),
    "hepatitis_a": ("甲肝",),
    "hepatitis_b": ("乙肝", "乙型肝炎", "急性乙肝"),
    "meningitis": ("流脑",),
    "other": ("百日咳", "肺结核", "登革热", "丙肝"),
}


@pytest.mark.parametrize(("told", "code"), [(one, code) for code, all_ in NAMES.items() for one in all_])
def test_an_illness_is_known_by_its_everyday_names(told, code):
    assert named(told, TABLE, claimed=True).code == code
    assert named(f"没睡好、没胃口、{told}", TABLE, claimed=True).code == code
    assert named(f"没有发热、{told}两天", TABLE, claimed=True).code == code


def test_every_illness_of_the_table_has_names():
    assert {one.code for one in TABLE} == {*NAMES, "fever"}


@pytest.mark.parametrize(
    "told",
    [
        "荨麻疹",
        "红眼圈",
        "哭红眼圈了",
        "风疹块",
        "乙肝疫苗",
        "打乙肝第三针",
        "乙脑疫苗",
        "打脊灰疫苗",
        "甲流乙流都阴性",
    ],
)
def test_what_only_holds_the_word_makes_no_case(told):
    assert named(told, TABLE, claimed=True) is None


@pytest.mark.parametrize(
    ("told", "sign"),
    [
        ("没胃口、吐了", True),
        ("喉咙长泡", True),
        ("没长泡", False),
        ("没有发热、呕吐两次", True),
        ("没有发热、呕吐", False),
        ("没呕吐", False),
        ("荨麻疹", True),
        ("皮疹，检查阴性", True),
        ("洗澡水烫了一下", True),
    ],
)
def test_signs_wait_for_somebody_to_look_and_no_test_clears_them(told, sign):
    assert claims_any(told, catching_signs(), cleared=False) is sign


def test_what_only_sounds_like_it_may_stand_in_a_list_of_what_is_denied():
    assert named("没有荨麻疹、麻疹", TABLE, claimed=True) is None
    assert named("没有荨麻疹，得了麻疹", TABLE, claimed=True).code == "measles"


STATES = ("没睡好", "没精神", "没什么胃口", "没去上学", "没怎么喝水", "不是很好", "无力")


@given(st.sampled_from([code for code in NAMES if code != "other"]), st.data())
def test_a_denial_does_not_reach_over_what_is_no_thing_to_deny(code, data):
    """没睡好、没精神、: what comes after such a state is told by itself."""
    own = data.draw(st.sampled_from(NAMES[code][:1]))
    state = data.draw(st.sampled_from(STATES))
    assert named(f"{state}、{own}", TABLE, claimed=True).code == code
    item = data.draw(st.sampled_from([one for one in ITEMS if not any(d.names(one) for d in TABLE)]))
    denied = named(f"没有{item}、{own}", TABLE, claimed=True)
    assert denied is None, "two things are denied alike"
    assert named(f"没有{item}，{own}", TABLE, claimed=True).code == code


@given(st.text("没有发烧热退体温三十八九度两多高了，。、 烫3859.℃", max_size=14))
def test_a_fever_is_claimed_as_if_every_clause_were_read(text):
    plain = _plain(text)
    clauses = (compiled(_NO_FEVER).sub("　", one) for one in _clauses(plain))
    whole = hottest(text) >= FEVER_TENTHS or any(compiled(_FEVER).search(one) for one in clauses)
    assert claims_fever(text) is (whole and _HINT.search(text) is not None)


@pytest.mark.parametrize(
    ("text", "tenths"),
    [
        *((f"体温三十八度{figure}", 380 + at) for at, figure in enumerate("一二三四五六七八九", 1)),
        *((f"烧到三十{figure}度", 300 + 10 * at) for at, figure in enumerate("五六七八九", 5)),
        ("烧到四十度", 400),
        ("烧到四十一度二", 412),
        ("烧到四十三度", 0),  # no body is so hot
        ("早上 37.2℃，下午 38.5℃，晚上 36.9℃", 385),
        ("38度5", 385),
        ("38度多", 385),
        ("38度左右", 380),
        ("精神好", 0),
    ],
)
def test_the_hottest_reading_of_a_text_in_figures_or_in_words(text, tenths):
    assert hottest(text) == tenths
