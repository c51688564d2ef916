"""Whose illness it is, and when it was: a doubt counts as hers, and nothing that was named is dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.illness import named
from app.domain.whose_illness import about_her_now, is_over, spelt
from tests.domain.test_told_illness import TABLE

SOMEBODY_ELSES = (
    "弟弟得了手足口，他没事",
    "弟弟得了手足口，他也没事",
    "她姐姐昨天确诊甲流",
    "爸爸是甲流",
    "家里人得了流感",
    "班里有小朋友得手足口",
    "弟弟手足口",
    "哥哥甲流，在家隔离",
    "妹妹出水痘",
    "爸爸感染诺如",
    "弟弟得了手足口，她身上没有泡",
    "弟弟确诊手足口，孩子检测没问题",
    "她妹妹出水痘，起了很多泡",
    "邻居家的孩子得了手足口",
    "弟弟得了手足口，孩子在家隔离",
    "弟弟得了手足口，孩子先不来了",
    "弟弟得了手足口，她嘴里不疼",
    "弟弟得了手足口，女儿没事",
    "弟弟得了手足口，女儿身上没有泡",
    "弟弟得了手足口，手上起了疱，她没事",
    "弟弟得了手足口，弟弟手上起了疱",
    "弟弟得了手足口，手上没有起疱",
    "邻居家的女儿得了手足口",
    "妈妈得了甲流，孩子没症状",
    "班里有手足口，怕传染，在家休息",
    "爸爸流感了，怕传染，先不来",
    "弟弟手足口，怕传给同学，在家隔离",
    "哥哥水痘，怕传染给她，送奶奶家",
    "听说园里有手足口，担心传染",
    "妈妈说班上有人手足口，有点咳嗽",
    "姐姐学校诺如停课，她在家陪",
    "全班都得了手足口，她没事怕传染",
    "怕被传染手足口，不来",
    "没感冒，怕传染流感",
    "去医院探望得流感的奶奶",
)
LONG_AGO = (
    "上个月得过水痘，今天咳嗽",
    "得过水痘",
    "小时候得过水痘",
    "去年得了手足口",
    "以前感染过流感",
    "三个月前出过水痘",
)
HERS = (
    "妈妈说是手足口",
    "妈妈发微信说手足口",
    "妈妈带去看了，是手足口",
    "妈妈得知是手足口",
    "妈妈有手足口的诊断书",
    "奶奶查出她手足口",
    "弟弟和他都得了手足口",
    "弟弟得了手足口，他也起疹子",
    "哥哥传染的手足口",
    "被弟弟传染了手足口",
    "弟弟传染给他手足口",
    "和哥哥一起得手足口",
    "上周得了手足口",
    "昨天出过水痘",
    "手足口，上个月得了还没好",
    "一年前得过手足口，现在又起了",
    "手足口得过几天再来",
    "对花生有过过敏，手足口",
    "小朋友得了手足口",
    "手足口，要休息几天",
    "妈妈得了流感，她也是流感",
    "手足口好了再来",
    "哥哥得手足口，孩子刚去医院也确诊了",
    "哥哥得手足口，孩子刚去医院确诊了",
    "妈妈确诊甲流，孩子检测也是阳性",
    "妈妈确诊甲流，孩子检测阳性",
    "弟弟得了手足口，她手上起泡了",
    "班里有手足口，她中招了",
    "同学得了手足口，她被感染",
    "表哥水痘，她已出疹",
    "以前没得过手足口，这次得了",
    "没得过水痘，昨天出了疹子",
    "上个月底得了手足口",
    "哥哥水痘，她身上出了几颗",
    "弟弟得手足口，她今天嘴里疼",
    "弟弟手足口，女儿手上起疱",
    "妹妹得了手足口，我家闺女中招了",
    "妈妈得了甲流，儿子确诊了",
    "哥哥得手足口，二宝起疱了",
    "弟弟得了手足口，我家孩子口腔有溃疡",
    "弟弟得了手足口，沐阳手上起泡了",
    "弟弟得了手足口，今天手上起了疱",
    "同学得了手足口，脚上长了小红点",
    "班里有手足口，今早手心有疱",
    "弟弟得了手足口，嘴里疼",
    "班里有人得手足口，医生看了说是",
    "妈妈感染甲流，孩子抗原两条杠",
    "姐姐得了水痘，妹妹也出了",
    "手 足 口",
    "确诊手、足、口病",
    "得了手足囗病",
    "手族口",
    "得了手组口病",
    "手足扣",
    "手足口，怕传染别人",
    "手足口怕传染给小朋友",
    "怕把手足口传给别人",
    "怕是手足口",
    "班里有手足口，她被传染了",
    "弟弟手足口，怕传染，她手上也起泡了",
    "全班都得了手足口",
    "幼儿园发现手足口，让在家",
    "幼儿园老师说是手足口",
    "在园里得了手足口",
    "弟弟手足口传染给她了",
)


@pytest.mark.parametrize("told", [*SOMEBODY_ELSES, *LONG_AGO])
def test_somebody_elses_and_one_of_long_ago_makes_no_case_but_is_asked_about(told):
    assert named(told, TABLE, claimed=True) is None
    assert named(told, TABLE) is not None, "the health worker sees it"
    assert any(one.told(told) for one in TABLE)


@pytest.mark.parametrize("told", HERS)
def test_a_doubt_is_hers(told):
    found = named(told, TABLE, claimed=True)
    assert found is not None
    assert not found.fever


@pytest.mark.parametrize("told", ["妹妹发烧", "爸爸高烧39度"])
def test_nor_is_somebody_elses_fever_hers(told):
    assert named(told, TABLE, claimed=True) is None
    assert named(told, TABLE).fever


@given(
    st.sampled_from(["今天拉肚子", "没精神", "他没事", "请假一天"]),
    st.sampled_from(["手足口", "水痘", "甲流"]),
)
def test_what_stands_beside_a_brothers_illness_takes_hers_not_along(state, name):
    assert named(f"弟弟得了手足口，{state}，{name}", TABLE, claimed=True) is not None


@pytest.mark.parametrize(
    ("told", "over"),
    [
        ("手足口病已经好了，今天拉肚子", True),
        ("手足口病，已经好了", True),
        ("水痘痊愈", True),
        ("手足口都好了", True),
        ("手足口快好了", False),
        ("还没好", False),
        ("手足口好了再来", False),
        ("等手足口好了", False),
        ("手足口好了一点", False),
        ("手足口", False),
    ],
)
def test_what_is_over_is_told_from_what_nearly_is(told, over):
    assert is_over(told) is over


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("HFMD", "hfmd"),
        ("Hand, foot and mouth disease", "hfmd"),
        ("hand-foot-mouth", "hfmd"),
        ("chicken pox", "varicella"),
        ("German measles", "rubella"),
        ("measles", "measles"),
        ("Influenza A", "influenza"),
        ("pink eye", "conjunctivitis"),
        ("Scarlet fever", "scarlet"),
        ("no HFMD", None),
        ("HFMD negative", None),
        ("varicella vaccine", None),
        ("My brother", None),
    ],
)
def test_foreign_families_are_understood(told, code):
    found = named(told, TABLE, claimed=True)
    assert (None if found is None else found.code) == code


def test_chinese_and_numbers_stay_as_they_were_told():
    assert spelt("手足口，38.5℃") == "手足口，38.5℃"
    assert about_her_now("咳嗽，流鼻涕") == "咳嗽，流鼻涕"
