"""What of her allergies a medicine holds, by the file and by the slip."""

import pytest

from app.domain.intolerances import READ, intolerances, is_clear, require_tolerated
from app.domain.medicine import AllergicMedicineError
from app.store import medicine
from tests.domain.test_medicine import SLIP

SOLD = (("布洛芬", "美林"), ("头孢", "希刻劳"))
FEVER = medicine.substances()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("", ()),
        ("无", ()),
        ("没有药物过敏", ()),
        ("对布洛芬过敏", ("布洛芬",)),
        ("头孢类，美林过敏起疹子", ("美林",)),
        ("布洛芬吃过没事", ()),
        ("布洛芬不过敏、头孢过敏史", ()),
    ],
)
def test_the_slip_is_read_clause_by_clause(said, found):
    assert intolerances("布洛芬混悬液", (), said, SOLD) == found


def test_the_file_and_the_slip_are_told_once():
    assert intolerances("美林", ("布洛芬", "鸡蛋"), "布洛芬", SOLD) == ("布洛芬",)
    assert intolerances("希刻劳", ("头孢",), "无", SOLD) == ("头孢",)
    assert intolerances("止咳药", ("药",), "", SOLD) == (), "one character names no medicine"


@pytest.mark.parametrize(
    ("pack", "said", "found"),
    [
        ("泰诺林混悬滴剂", "对乙酰氨基酚", "对乙酰氨基酚"),
        ("优卡丹", "对乙酰氨基酚过敏，起疹子", "对乙酰氨基酚"),
        ("小儿氨酚黄那敏颗粒", "对对乙酰氨基酚过敏", "对乙酰氨基酚"),
        ("布洛芬混悬液", "吃过布洛芬过敏", "布洛芬"),
        ("布洛芬混悬液", "布洛芬吃过会起疹子", "布洛芬"),
        ("布洛芬混悬液", "以前吃过布洛芬，起疹子", "布洛芬"),
        ("布洛芬混悬液", "过敏：布洛芬", "布洛芬"),
        ("布洛芬混悬液", "药物过敏 布洛芬", "布洛芬"),
        ("布洛芬混悬液", "退烧药过敏（布洛芬）", "退烧药"),
        ("布洛芬混悬液", "没有过敏过，但布洛芬会吐", "布洛芬"),
        ("布洛芬混悬液", "不能吃布洛芬", "布洛芬"),
        ("布洛芬混悬液", "禁用布洛芬和头孢", "布洛芬"),
        ("美林", "对布洛芬类药物过敏", "布洛芬"),
        ("阿莫西林颗粒", "青霉素类", "青霉素"),
        ("某某止咳糖浆", "对某某止咳糖浆过敏起红疹", "某某止咳糖浆"),
        ("布洛芬混悬液", "除布洛芬外没有过敏", "布洛芬"),
        ("布洛芬混悬液", "除了布洛芬没有药物过敏", "布洛芬"),
        ("布洛芬混悬液", "除布洛芬无过敏", "布洛芬"),
        ("布洛芬混悬液", "除布洛芬和头孢以外，没有过敏", "布洛芬"),
        ("布洛芬混悬液", "除了布洛芬没有其他过敏", "布洛芬"),
        ("布洛芬混悬液", "布洛芬以外没有过敏", "布洛芬"),
        ("布洛芬混悬液", "布洛芬过敏其他没事", "布洛芬"),
        ("布洛芬混悬液", "只对布洛芬过敏其他没事", "布洛芬"),
        ("布洛芬混悬液", "布洛芬过敏头孢没事", "布洛芬"),
        ("布洛芬混悬液", "过敏布洛芬其他没事", "布洛芬"),
        ("头孢克洛", "青霉素没事头孢过敏", "头孢"),
        ("布洛芬混悬液", "吃布洛芬后呼吸不正常", "布洛芬"),
        ("布洛芬混悬液", "布洛芬反应不正常", "布洛芬"),
        ("布洛芬混悬液", "青霉素没反应布洛芬有反应", "布洛芬"),
        ("美林", "美林吃了心跳不正常", "美林"),
        ("布洛芬混悬液", "没有对头孢过敏但对布洛芬过敏", "布洛芬"),
        ("布洛芬混悬液", "不对，布洛芬过敏", "布洛芬"),
        ("布洛芬混悬液", "有没有对布洛芬过敏", "没有对布洛芬"),
    ],
)
def test_a_doubt_on_the_slip_counts(pack, said, found):
    assert found in intolerances(pack, (), said, FEVER)


@pytest.mark.parametrize(
    "said",
    [
        "没过敏",
        "无药物过敏",
        "布洛芬吃过没事",
        "吃布洛芬没有反应",
        "头孢过敏",
        "对鸡蛋过敏",
        "无",
        "没有",
        "不过敏",
        "除头孢外没有过敏",
        "头孢过敏布洛芬没事",
        "布洛芬没事头孢过敏",
        "没有过敏史",
        "没有对布洛芬过敏",
        "不对布洛芬过敏",
        "目前没对布洛芬和头孢过敏过",
    ],
)
def test_what_is_denied_or_of_another_medicine_stops_nothing(said):
    assert intolerances("布洛芬混悬液", (), said, FEVER) == ()


KNOWN = ("布洛芬", "对乙酰氨基酚", "青霉素", "头孢", "鸡蛋", "花粉")


@pytest.mark.parametrize(
    "said",
    [
        "无", "没有", "无药物过敏史", "否认药物过敏", "暂无", "未发现", "没有任何药物过敏", "头孢",
        "对青霉素过敏，起皮疹", "布洛芬吃过没事", "除青霉素外没有", "鸡蛋、花粉", "不过敏",
        "没有对布洛芬过敏",
    ],
)  # fmt: skip
def test_a_line_that_says_none_or_another_is_surely_read(said):
    assert is_clear(said, KNOWN)


@pytest.mark.parametrize(
    "said",
    [
        "除对乙酰氨基酚外都过敏", "只能用对乙酰氨基酚", "退烧药只能用对乙酰氨基酚", "退烧药过敏",
        "所有退烧药", "蚕豆病", "不详", "不清楚", "Motrin", "布络芬", "非甾体抗炎药",
        "对布洛芬没有不过敏", "没有对布洛芬不过敏", "不对布洛芬过敏", "小时候抽过", "？",
    ],
)  # fmt: skip
def test_what_nobody_can_read_surely_is_no_none(said):
    assert not is_clear(said, KNOWN)


def test_who_denied_a_line_in_doubt_is_no_allergy():
    assert intolerances("布洛芬混悬液", (), f"蚕豆病{READ}妈妈 张母说对这种药不过敏）", FEVER) == ()


def test_what_waits_is_not_given_once_an_allergy_has_become_known():
    require_tolerated(SLIP, ())
    with pytest.raises(AllergicMedicineError, match="张沐阳 对布洛芬、酚类过敏，布洛芬混悬液里就有，不能喂"):
        require_tolerated(SLIP, ("布洛芬", "酚类"))
