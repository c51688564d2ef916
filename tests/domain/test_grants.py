import datetime as dt

import pytest

from app.domain.grants import CallerError, GrantError, check_caller, check_comer
from app.domain.names import BadNameError
from app.domain.phones import PhoneError

TODAY = dt.date(2025, 12, 3)


def test_the_caller_is_known_by_the_tail_of_the_number_on_file():
    check_caller("赵敏", "13900001177", "1177")
    check_caller("赵敏", "13900001177", "139 0000 1177")
    check_caller("赵敏", "13900001177", "１１７７")
    for tail in ("", "177", "1178", "abcd"):
        with pytest.raises(CallerError) as said:
            check_caller("赵敏", "13900001177", tail)
        assert said.value.field == "caller_tail"
    for unknown in ("", "177"):
        with pytest.raises(CallerError, match="园长放行") as said:
            check_caller("赵敏", unknown, "1177")
        assert said.value.field == "caller"
    check_caller("赵敏", "87654321-801", "4321")
    with pytest.raises(CallerError, match="打回去核实"):
        check_caller("赵敏", "87654321-8011", "8011")  # an extension is no number


def test_who_comes_has_a_name_a_relation_and_something_to_be_known_by():
    comer = check_comer(" 朱丽 ", "姑姑", "138 0000 9911", "00 2x", TODAY)
    assert (comer.words, comer.phone, comer.identity_tail) == ("姑姑 朱丽", "13800009911", "002X")
    whole = check_comer("朱丽", "姑姑", "", "11010519491231002x", TODAY)
    assert (whole.identity_tail, whole.born) == ("002X", dt.date(1949, 12, 31))
    assert comer.born is None
    for wrong, error in (
        (("", "姑姑", "13800009911", ""), BadNameError),
        (("朱丽", " ", "13800009911", ""), GrantError),
        (("朱丽", "姑姑", "", ""), GrantError),
        (("朱丽", "姑姑", "", "12"), GrantError),
        (("朱丽", "姑姑", "123", ""), PhoneError),
        (("朱丽", "姑姑", "", "110105194912310026"), GrantError),
    ):
        with pytest.raises(error):
            check_comer(*wrong, TODAY)


@pytest.mark.parametrize(
    ("name", "relation"),
    [
        ("王小虎", "初中生"),
        ("邻居小孩", "邻居"),
        ("李明", "高中学生"),
        ("王小虎", "15岁的哥哥"),
        ("王小虎", "哥哥（１６ 岁）"),
        ("王小虎", "哥哥(17周岁)"),
        ("王小虎", "十五岁姐姐"),
        ("王小虎", "十六七岁的表哥"),
        ("王小虎", "九岁的姐姐"),
        ("王小虎", "哥哥，未满十八"),
    ],
)
def test_who_is_said_to_be_a_minor_is_not_sent(name, relation):
    with pytest.raises(GrantError, match="未满 18 周岁") as refused:
        check_comer(name, relation, "13900001177", "", TODAY)
    assert refused.value.field == "relation"


@pytest.mark.parametrize(
    "relation",
    [
        "大学生",
        "研究生",
        "学生家长",
        "姑姑",
        "二十五岁的表哥",
        "18岁的哥哥",
        "表姐 27 岁",
        "大15岁的哥哥",
        "大三岁的表姐",
    ],
)
def test_who_may_well_be_of_age_is(relation):
    assert check_comer("李明", relation, "13900001177", "", TODAY).relation == relation
