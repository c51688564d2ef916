"""Which names of medicines and doses mean one thing."""

import pytest

from app.domain.medicine_names import refused_word, same_dose, same_medicine
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
