"""What of her allergies a medicine holds, by the file and by the slip."""

import pytest

from app.domain.intolerances import intolerances

SOLD = (("布洛芬", "美林"), ("头孢", "希刻劳"))


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
