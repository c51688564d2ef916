"""Who is no adult, by what is said of him."""

import datetime as dt

import pytest

from app.domain.minors import Doubt, doubt, is_kin_alone, is_said_to_be_minor, may_be_minor

DAY = dt.date(2025, 12, 3)
_SAID = """
高中生 初中生 小学生 初二女生 高二 高3 初三学生 中专生 职高生 技校学生 中学生 六年级 5年级 高中在读 中考生
未成年 未成年邻居 未满18的保姆 没满十八 不到18 18岁不到 少年 邻家少年 青少年 少女 邻家男孩 邻居小孩 小朋友
15岁邻居 十六岁的邻居 邻居（17岁） 17 １６ 十七 刚满16 才15 今年17 孩子的小姨（16） 表哥(十六) 15歲 17虚岁
小叔(2010年生) 小叔（2010） 2010年5月生 2010.5.6生 生于2010年 10年生 08年出生 10后 十五六岁的表哥
哥哥的高中同学 高中生妹妹 少先队员 2010后 零九后 09后 一零后 二零一零后 小舅16 小舅，16 小姨十六 16y
16yo 16-year-old Age16 aged:15 表哥(16Y)
没成年 还没成年的小舅 18岁未满的小舅 十八岁没满 差两个月18岁 小叔(08年) 小姨虚17 实岁17 小舅17整 小舅/16
小舅-16 姑姑16足岁 kid minor teenager 16yearsolduncle uncle16 highschoolaunt
"""
_MAYBE = """
哥哥 姐姐 表哥 堂姐 同学 外甥 侄女 小侄女 2007年生 05后 十七八岁 17、8岁 邻家孩子 女生 大学生 高考生
小舅舅在上学 cousin 表姐(07年)
表弟(07年生) 邻居的儿子 邻居儿子 邻居的女儿 邻居家孩子 邻居家小子 邻居家姑娘 邻居家的娃 邻居小伙
邻家小伙子 同学的弟弟 邻居家的 老大 二宝 朋友的孩子 同事的女儿 保姆的女儿 邻居家闺女 孙子 外孙女
养子 干女儿 继女 长子 次女 小辈 玩伴 小伙伴 老师的儿子
"""
_GROWN = """
妈妈 奶奶 外公 邻居 阿姨 保姆 姑姑 司机 研究生 学生家长 25岁的邻居 二十五岁的阿姨 阿姨(2) 12号楼邻居
17号楼邻居 家长2 妈妈的高中同学 爸爸的初中同学 小朋友的妈妈 同班小朋友家长 同学妈妈 初二学生家长 小学老师
高中老师 小学教师（退休） 少年宫老师 95后 小叔(1990年生) 哥哥（1995年生） 88年生 楼上1602 认识10年的邻居
孩子的小姨 孩子妈妈 托班保育员 小孩舅舅 小朋友的姑姑 学生的小姨
儿媳 儿媳妇 孙媳妇 女婿 干女婿 儿子的老师 女儿的奶奶 儿子的舅舅 女儿的保姆 同学的阿姨 娃他爸 娃的姑姑 合作伙伴
1990后 九五后 小舅25 小舅1602 25y 26yo Age35 village2 16:10后来接的阿姨 二姨2 邻居16楼
孙奶奶 接送上学的司机 canteen uncle kid's-mum highschoolteacher 差旅司机 阿姨(98年) building12 minority
"""


@pytest.mark.parametrize("relation", _SAID.split())
def test_who_is_said_to_be_a_minor_waits_for_a_birth_date(relation):
    assert is_said_to_be_minor(relation, DAY)
    assert may_be_minor(relation, DAY)
    assert doubt(relation, None, DAY, identity_seen=True) is Doubt.SAID
    assert doubt(relation, 18, DAY) is Doubt.NONE
    assert doubt(relation, 17, DAY, identity_seen=True) is Doubt.UNDER


@pytest.mark.parametrize("relation", _MAYBE.split())
def test_of_who_may_be_one_the_identity_card_decides(relation):
    assert not is_said_to_be_minor(relation, DAY)
    assert doubt(relation, None, DAY) is Doubt.MAYBE
    assert doubt(relation, None, DAY, identity_seen=True) is Doubt.NONE
    assert doubt(relation, 18, DAY) is Doubt.NONE


@pytest.mark.parametrize("relation", _GROWN.split())
def test_of_others_nothing_is_asked(relation):
    assert doubt(relation, None, DAY) is Doubt.NONE


def test_a_year_of_birth_says_more_as_time_goes_by():
    assert doubt("小叔(2010年生)", None, dt.date(2027, 12, 31)) is Doubt.SAID
    assert doubt("小叔(2010年生)", None, dt.date(2028, 1, 1)) is Doubt.MAYBE
    assert doubt("小叔(2010年生)", None, dt.date(2029, 1, 1)) is Doubt.NONE


@pytest.mark.parametrize(
    ("relation", "year", "doubted"),
    [
        # 05后 is born from 2005 to 2009, 10后 from 2010 to 2019, 06后 in 2006.
        ("05后", 2022, Doubt.SAID),
        ("05后", 2023, Doubt.MAYBE),
        ("05后", 2027, Doubt.MAYBE),
        ("05后", 2028, Doubt.NONE),
        ("10后", 2027, Doubt.SAID),
        ("10后", 2028, Doubt.MAYBE),
        ("10后", 2037, Doubt.MAYBE),
        ("10后", 2038, Doubt.NONE),
        ("06后", 2024, Doubt.MAYBE),
        ("06后", 2025, Doubt.NONE),
        # A year in two figures is the last one of that name.
        ("25年生", 2025, Doubt.SAID),
        ("26年生", 2025, Doubt.NONE),
    ],
)
def test_years_of_birth_are_read_as_people_say_them(relation, year, doubted):
    assert doubt(relation, None, dt.date(year, 12, 31)) is doubted


@pytest.mark.parametrize(
    ("name", "said"), [("小明（15岁）", True), ("邻居小孩", True), ("高中华", False), ("初晓", False)]
)
def test_a_name_is_asked_for_ages_only(name, said):
    assert is_said_to_be_minor("邻居", DAY, name=name) is said


@pytest.mark.parametrize(
    "word",
    [
        "邻居的儿子",
        "邻居儿子",
        "邻居家孩子",
        "同学的弟弟",
        "表哥",
        "外甥女",
        "儿子",
        "邻居家小孩",
        "朋友家的小妹",
    ],
)
def test_who_has_no_name_but_whose_child_he_is_may_be_a_minor(word):
    assert is_kin_alone(word)
    assert doubt("其他", None, DAY, name=word) is (Doubt.SAID if word == "邻居家小孩" else Doubt.MAYBE)
    assert may_be_minor("邻居", None, name=word)


@pytest.mark.parametrize(
    "name", ["张小妹", "王弟", "吴家儿媳", "孩子的小姨", "同学妈妈", "李姐", "孙子涵", "邻居"]
)
def test_a_name_is_none_of_these_words(name):
    assert not is_kin_alone(name)
    assert doubt("邻居", None, DAY, name=name) is Doubt.NONE


def test_where_no_day_is_given_a_year_of_birth_is_doubt_enough():
    assert may_be_minor("小叔(2010年生)", None)
    assert may_be_minor("17", None)
    assert not may_be_minor("奶奶", None)
