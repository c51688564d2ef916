"""What goes home with one family names no other child."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names import DOTS
from app.domain.redaction import ONE, SEVERAL, Named, Ordinary, Redactor
from app.store import curriculum_rules

OWN = Named("王小乐", "乐乐")
OTHERS = (
    Named("张沐阳"), Named("孙一诺", "豆豆"), Named("阿依古丽·买买提"), Named("Emma 陈", "Leo"),
    Named("李小乐"), Named("赵敏"), Named("陈思远", "石头"),
)  # fmt: skip


def clean(text, own=OWN, others=OTHERS):
    return Redactor(own, others, curriculum_rules.ordinary()).clean(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("把积木递给张沐阳。", f"把积木递给{ONE}。"),
        ("把积木递给沐阳。", f"把积木递给{ONE}。"),
        ("和张 沐阳一起玩", f"和{ONE}一起玩"),
        ("和沐阳、豆豆一起玩", f"和{SEVERAL}一起玩"),
        ("沐阳和一诺搭桥", f"{SEVERAL}搭桥"),
        ("阿依古丽.买买提哭了", f"{ONE}哭了"),
        *((f"阿依古丽{dot}买买提哭了", f"{ONE}哭了") for dot in DOTS),
        ("Ｌｅｏ 笑了，ｅｍｍａ也笑", f"{ONE} 笑了，{ONE}也笑"),
        ("Ｌｅｏｎａｒｄ 是一本书", "Ｌｅｏｎａｒｄ 是一本书"),
        ("阿依古丽递来纸巾", f"{ONE}递来纸巾"),
        ("leo 笑了，emma也笑", f"{ONE} 笑了，{ONE}也笑"),
        ("Leonard 是一本书", "Leonard 是一本书"),
        ("李小乐推了王小乐", f"{ONE}推了王小乐"),
        ("乐乐和小乐都是她", "乐乐和小乐都是她"),
        ("赵敏来了", f"{ONE}来了"),
        ("石头打了他一下", f"{ONE}打了他一下"),
        ("等石头骑完再换", f"等{ONE}骑完再换"),
        ("捡石头、数石头，一块石头会沉", "捡石头、数石头，一块石头会沉"),
        ("", ""),
    ],
)
def test_names_are_taken_out_and_her_own_stay(text, said):
    assert clean(text) == said


def test_how_many_were_taken_out_is_known():
    redactor = Redactor(OWN, OTHERS)
    redactor.clean("沐阳和一诺，又是沐阳")
    assert redactor.removed == 3


def test_without_others_nothing_changes():
    assert Redactor(OWN, ()).clean("张沐阳") == "张沐阳"


def test_a_word_is_a_thing_only_beside_the_letters_of_the_table():
    ordinary = Ordinary(frozenset({"石头"}), "捡", "汤")
    redactor = Redactor(OWN, OTHERS, ordinary)
    assert redactor.clean("捡石头，石头汤，看石头") == f"捡石头，石头汤，看{ONE}"


@given(st.lists(st.sampled_from([*(one.name for one in OTHERS), "王小乐", "，", "和", "笑了"]), max_size=12))
def test_no_whole_name_of_another_child_is_ever_left(parts):
    said = clean("".join(parts))
    assert not [one.name for one in OTHERS if one.name in said]
    assert said.count("王小乐") == "".join(parts).count("王小乐")
