"""Which names of medicines and doses mean one thing."""

import pytest

from app.domain.medicine_names import is_measured, refused_word, same_dose, same_medicine
from app.store.medicine import substances


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2.5 ml", "2.5毫升", True),
        ("2.5ml", "２．５０ ML", True),
        ("5 ml", "5.0ml", True),
        ("0.5 g", "0.5克", True),
        ("500 mg", "500毫克", True),
        ("半包冲 125 ml", "半包冲125毫升", True),
        ("2.5 ml", "25 ml", False),
        ("2.5 ml", "2.5", False),
        ("5 ml", "5 mg", False),
        ("50 ml", "5 ml", False),
        ("1 片", "1 包", False),
    ],
)
def test_a_dose_is_the_same_however_it_is_written(one, other, same):
    assert same_dose(one, other) is same
    assert same_dose(other, one) is same


def test_a_medicine_is_the_same_whatever_signs_stand_in_its_name():
    assert same_medicine("布洛芬 混悬液", "布洛芬（混悬液）")
    assert not same_medicine("布洛芬混悬液", "布洛芬片")


def test_a_name_within_the_other_is_the_same_medicine_and_no_name_is_none():
    for one, other in (("小儿布洛芬混悬液", "布洛芬混悬液"), ("布洛芬混悬液", "布洛芬")):
        assert same_medicine(one, other)
        assert same_medicine(other, one)
    for nothing in ("", "，（）"):
        assert not same_medicine(nothing, "布洛芬")
        assert not same_medicine("布洛芬", nothing)
        assert same_medicine(nothing, "")


@pytest.mark.parametrize(
    ("dose", "measured"),
    [
        ("5 ml", True),
        ("半片", True),
        ("薄涂一层", True),
        ("5", False),
        ("２.５", False),
        ("一次半", False),
        ("", False),
    ],
)
def test_a_number_alone_is_no_dose(dose, measured):
    assert is_measured(dose) is measured


def test_a_word_that_no_pack_is_sold_under_is_looked_for_in_the_name():
    assert refused_word("高丽参保健品", ("，", "保健品"), ()) == "保健品"
    assert refused_word("高丽参", ("，", "保健品"), ()) == ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("小儿氨溴索口服液", "沐舒坦口服溶液", True),
        ("易坦静", "小儿氨溴索口服液", True),
        ("托恩", "美林", True),
        ("艾畅", "小儿伪麻美芬滴剂", True),
        ("艾畅", "右美沙芬糖浆", True),
        ("惠菲宁", "泰诺", True),
        ("泰诺林", "小儿氨酚黄那敏颗粒", True),
        ("维C银翘片", "泰诺林", True),
        ("泰诺林", "艾畅", False),
        ("仙特明", "盐酸西替利嗪滴剂", True),
        ("开瑞坦", "地氯雷他定口服液", True),
        ("思密达", "蒙脱石散", True),
        ("美林", "泰诺林", False),
        ("美林", "沐舒坦", False),
    ],
)
def test_packs_of_one_substance_are_one_medicine(one, other, same):
    assert same_medicine(one, other, substances()) is same
    assert same_medicine(other, one, substances()) is same


SOLD_AS = {
    "头孢地尼": "希福尼 全泽复 世扶尼",
    "头孢克肟": "世福素 达力芬",
    "头孢克洛": "希刻劳 新达罗 再克",
    "头孢丙烯": "施复捷 银力舒 凯可之",
    "头孢呋辛酯": "达力新 西力欣 伏乐新",
    "头孢曲松": "罗氏芬",
    "阿莫西林克拉维酸钾": "安美汀 力百汀 安奇 君尔清 铿锵 奥格门汀",
    "阿莫西林": "阿莫仙 再林 阿莫灵 弗莱莫星",
    "阿奇霉素": "希舒美 派芬 舒美特 芙奇星 维宏 泰力特 其仙 因培康",
    "克拉霉素": "克拉仙 卡斯迈欣 诺邦",
    "罗红霉素": "罗力得 严迪",
    "麦迪霉素": "美欧卡",
    "布洛芬": "美林 退热栓 退烧栓 贝乐信 托恩 恬倩 芬必得 安瑞克 诺洛芬 Motrin Nurofen Advil 臣功再欣",
    "对乙酰氨基酚": "泰诺林 退热栓 小儿退热栓 退烧栓 百服宁 百服咛 日夜百服咛 必理通 斯耐普 Tylenol 泰诺"
    " 白加黑 护彤 好娃娃"
    " 小快克 优卡丹 感康 可立克 感冒灵 银得菲 新康泰克 小儿氨酚黄那敏颗粒 小儿氨酚烷胺颗粒"
    " 氨咖黄敏胶囊 小儿氨金黄敏颗粒 氨麻美敏片 双扑伪麻片 酚麻美敏混悬液",
    "氯苯那敏": "护彤 好娃娃 小快克 优卡丹 小儿氨酚黄那敏颗粒 小儿氨金黄敏颗粒 惠菲宁 臣功再欣 银得菲",
    "金刚烷胺": "好娃娃 优卡丹 小儿氨酚烷胺颗粒 小儿氨金黄敏颗粒",
    "苯海拉明": "白加黑 日夜百服咛",
    "尼美舒利": "瑞芝清",
    "西替利嗪": "仙特明 贝分 优泽 迪皿 比特力 赛特赞 西可韦 齐平 疾立静 Zyrtec",
    "氯雷他定": "开瑞坦 恩瑞特 恩理思 芙必叮 百为坦 亿菲 信敏汀 Claritin",
    "依巴斯汀": "开思亭",
    "氨溴索": "易坦静 沐舒坦 兰苏 贝莱 百沫舒 伊诺舒 安普索 美舒咳",
    "克仑特罗": "易坦静",
    "乙酰半胱氨酸": "富露施 痰易净 易咳净",
    "羧甲司坦": "金立爽 卡立宁 化痰片",
    "丙卡特罗": "美普清 曼普特",
    "沙丁胺醇": "可必特 万托林",
    "异丙托溴铵": "可必特 爱全乐",
    "特布他林": "博利康尼 喘康速 苏顺",
    "右美沙芬": "艾畅 惠菲宁 泰诺 小儿伪麻美芬滴剂",
    "可待因": "奥亭 联邦止咳露 联邦小儿止咳露",
    "福尔可定": "澳特斯",
    "孟鲁司特": "顺尔宁 平奇 白三平",
    "奥司他韦": "达菲 可威 奥尔菲",
    "玛巴洛沙韦": "速福达",
    "酪酸梭菌": "米雅 宝乐安 常乐康 阿泰宁",
    "地衣芽孢杆菌": "整肠生",
    "布地奈德": "信必可 普米克令舒 布地格福",
    "福莫特罗": "信必可 奥克斯都保 布地格福",
    "沙美特罗": "舒利迭",
    "氟替卡松": "舒利迭 辅舒酮 文适 沙美特罗替卡松粉吸入剂",
    "倍氯米松": "必可酮 伯克纳",
    "地塞米松": "典必殊 氟美松 皮炎平",
    "甲泼尼龙": "美卓乐",
    "曲安奈德": "派瑞松",
    "伪麻黄碱": "惠菲宣 新康泰克",
    "愈创木酚": "惠菲宣 澳特斯",
    "氮卓斯汀": "爱赛平",
    "富马酸亚铁": "速力菲 右旋糖酐铁口服溶液 蛋白琥珀酸铁口服溶液 菲普利",
    "西甲硅油": "柏西",
    "开塞露": "甘油灌肠剂",
    "聚乙二醇": "福松",
    "丙戊酸钠": "德巴金",
    "左乙拉西坦": "开浦兰",
    "奥卡西平": "曲莱",
    "托吡酯": "妥泰",
    "地西泮": "安定",
    "左甲状腺素": "优甲乐 雷替斯",
    "头孢呋辛": "安可欣 明可欣",
    "阿莫西林克拉维酸": "强必林",
    "乳杆菌": "Culturelle BioGaia 拜奥",
    "凝结芽孢杆菌": "爽舒宝",
    "维生素D": "伊可新 贝特令 星鲨 悦而 双鲸 英康利 Ddrops",
}


@pytest.mark.parametrize(
    ("substance", "name"), [(one, name) for one, names in SOLD_AS.items() for name in names.split()]
)
def test_each_name_on_a_pack_stands_for_what_is_in_it(substance, name):
    assert same_medicine(substance, name, substances())
    assert same_medicine(f"{name}（儿童装）", f"{substance}颗粒", substances())


def test_one_substance_is_not_another_for_a_name_alone():
    for one, other in (
        ("信必可", "舒利迭"),
        ("百服咛", "美林"),
        ("开瑞坦", "仙特明"),
        ("痰易净", "沐舒坦"),
        ("瑞芝清", "泰诺林"),
    ):
        assert not same_medicine(one, other, substances())


def test_a_name_that_holds_that_of_another_substance_stands_with_it_too():
    """The longest name counts, so a pack of several would be lost to the rows it does not stand in."""
    pure = {"泰诺林", "金刚烷胺", "布地奈德"}  # other substances, by the letters alone alike
    for names in substances():
        for name in set(names) - pure:
            for others in substances():
                held = [one for one in others if one in name]
                assert not held or name in others, (name, held)


@pytest.mark.parametrize(
    ("medicine", "word"),
    [
        ("希刻劳", "头孢"),
        ("希福尼", "头孢"),
        ("派芬", "阿奇霉素"),
        ("君尔清", "阿莫西林"),
        ("铿锵", "青霉素"),
        ("美欧卡", "抗生素"),
        ("整肠生", "益生菌"),
        ("阿莫仙", "阿莫西林"),
        ("安美汀", "青霉素"),
        ("希舒美 干混悬剂", "阿奇霉素"),
        ("利君沙", "红霉素"),
        ("罗力得", "罗红霉素"),
        ("百炎净", "抗生素"),
        ("妈咪爱", "益生菌"),
        ("伊可新", "鱼肝油"),
        ("葡萄糖酸钙口服溶液", "钙片"),
        ("美林", "退烧药"),
    ],
)
def test_what_is_refused_is_refused_under_every_name(medicine, word):
    assert refused_word(medicine, ("保健品", word), substances()) == word


@pytest.mark.parametrize(
    "medicine", ["美林", "泰诺林", "仙特明", "沐舒坦", "思密达", "口服补液盐", "百多邦", "小儿豉翘清热颗粒"]
)
def test_what_a_centre_usually_gives_is_not_refused(medicine):
    refused = ("抗生素", "消炎药", "头孢", "红霉素", "益生菌", "维生素", "鱼肝油", "钙", "保健品")
    assert refused_word(medicine, refused, substances()) == ""
