"""What a relation and the words of 权限 make of a grown-up, and which words bar somebody."""

import itertools

import pytest

from app.domain.import_roles import Roles, is_grandparent, is_parent, read_roles, says_barred


@pytest.mark.parametrize("flags", [*itertools.product((False, True), repeat=4)])
def test_what_the_export_writes_is_read_as_it_was(flags):
    assert read_roles(Roles(*flags).words) == Roles(*flags)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("监护人/接送", Roles(guardian=True, collects=True)),
        ("仅接送", Roles(collects=True)),
        ("监护人 紧急", Roles(guardian=True, emergency=True)),
        ("不得接", Roles(barred=True)),
        ("禁 止 接 走", None),  # words apart are no word
        ("随便", None),
    ],
)
def test_the_words_of_people_are_read_and_others_are_not_guessed(text, roles):
    assert read_roles(text) == roles


@pytest.mark.parametrize(
    "relation", ["妈妈", "父亲", "继母", "养父", "母女", "宝妈", "孩子的爸爸", "法定监护人"]
)
def test_parents_and_legal_guardians(relation):
    assert is_parent(relation)


@pytest.mark.parametrize(
    "relation", ["舅妈", "姨妈", "伯母", "祖父", "干爹", "干妈", "保姆", "邻居", "哥哥", "奶奶", "月嫂", ""]
)
def test_who_is_no_parent(relation):
    assert not is_parent(relation)


def test_grandparents():
    assert all(map(is_grandparent, ("奶奶", "外公", "姥姥", "外祖母")))
    assert not any(map(is_grandparent, ("保姆", "妈妈", "阿姨", "")))


@pytest.mark.parametrize(
    "text",
    [
        "不给爸爸接", "不许父亲带走", "只许妈妈接", "除妈妈外谁来接都要问",
        "禁止接走", "禁 止 接 走", "禁止父亲接", "爸爸不得接走孩子（离婚判决）", "不能接",
        "父亲不许来接", "禁接", "勿让舅舅接", "不准接送", "外公没有接送权", "生父无权接走",
        "不可接送人员", "黑名单", "有人身安全保护令", "父亲接走禁止", "拒绝爸爸接", "不让爸爸接",
        "禁止接送人",
    ],
)  # fmt: skip
def test_words_that_bar_are_heard(text):
    assert says_barred(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "爸爸接", "不能直接吃花生", "不能接触猫毛", "不得接种麻腮风", "不能接受辅食", "奶奶每天接",
        "可接人", "接送人", "对鸡蛋过敏，不吃", "下午四点接", "别名乐乐",
    ],
)  # fmt: skip
def test_words_that_bar_nobody_are_not(text):
    assert not says_barred(text)
