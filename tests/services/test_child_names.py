"""Who else is on file: nobody else's name goes home with a child, and her own is not taken from her."""

import pytest

from app.domain.ids import ChildId
from app.services.child_names import NameBook
from tests.services.world import DAY, add_child


@pytest.fixture
def book(world):
    with world.database.unit(None, "names") as unit:
        unit.execute("update child set nickname = '瑶瑶' where id = :id", {"id": world.children["周乐瑶"]})
        unit.execute("update child set nickname = '豆豆' where id = :id", {"id": world.children["马思睿"]})
        add_child(unit, world, "沐阳", DAY.replace(year=2023))
        add_child(unit, world, "周乐", DAY.replace(year=2023))
        unit.audit("child", 1)
    return NameBook(world.database)


def test_a_child_is_found_by_whole_name_given_name_and_nickname(world, book):
    mine = world.children["张沐阳"]
    assert book.called_in(mine, "和周乐瑶、雨桐、瑶瑶一起搭积木") == ("周乐瑶", "瑶瑶", "雨桐")
    assert book.whole_names_in(mine, "和马思睿、雨桐、瑶瑶一起搭积木") == ("马思睿",)


def test_a_longer_name_is_not_counted_as_the_shorter_one_within_it(world, book):
    assert book.called_in(world.children["张沐阳"], "周乐瑶笑了") == ("周乐瑶",)
    assert book.called_in(world.children["张沐阳"], "周乐笑了") == ("周乐",)


def test_her_own_name_hides_another_who_is_called_like_a_part_of_it(world, book):
    mine = world.children["张沐阳"]
    assert book.called_in(mine, "张沐阳自己收拾玩具，沐阳真棒") == ()
    assert book.whole_names_in(mine, "张沐阳自己收拾玩具") == ()
    assert book.redactor(mine).clean("沐阳和瑶瑶都笑了") == "沐阳和（小朋友）都笑了"


def test_another_with_the_same_given_name_is_named_by_her_whole_one(world, book):
    """Two 雨桐 in one class: the note of one went home with the whole name of the other, and nobody asked."""
    with world.database.unit(None, "namesake") as unit:
        add_child(unit, world, "杨雨桐", DAY.replace(year=2023))
    again, mine = NameBook(world.database), world.children["曾雨桐"]
    assert again.called_in(mine, "曾雨桐和杨雨桐抢积木，雨桐哭了") == ("杨雨桐",)
    assert again.called_in(world.children["张沐阳"], "雨桐笑了") == ("雨桐",)
    assert book.whole_names_in(world.children["周乐"], "和周乐瑶一起玩") == ("周乐瑶",)
    assert book.whole_names_in(world.children["张沐阳"], "和周乐瑶一起玩") == ("周乐瑶",)


def test_a_nickname_that_is_an_ordinary_word_is_no_name_to_ask_about(world, book):
    assert book.called_in(world.children["张沐阳"], "数豆豆，又捡豆豆") == ()
    assert book.called_in(world.children["张沐阳"], "和思睿数豆豆") == ("思睿",)


def test_who_is_not_on_file_has_no_name_of_her_own_and_hides_nobody(book):
    nobody = ChildId(9999)
    assert book.called_in(nobody, "张沐阳来了") == ("张沐阳",)
    assert "沐阳" not in book.redactor(nobody).clean("张沐阳来了")
    assert book.called_in(nobody, "") == ()
