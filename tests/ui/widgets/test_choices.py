"""Choices that drop down."""

from app.ui.widgets.choices import choice_box, choose, chosen, fill_choices


def test_a_value_is_chosen_silently_and_an_unknown_one_is_the_first(qtbot):
    box = choice_box([("a", "甲"), ("b", "乙")], "b", "box", "选一个")
    qtbot.addWidget(box)
    heard = []
    box.currentIndexChanged.connect(heard.append)
    assert chosen(box) == "b"
    choose(box, "c")
    assert chosen(box) == "a"
    fill_choices(box, [("c", "丙")], "c")
    assert (chosen(box), heard) == ("c", [])
    fill_choices(box, [], "")
    assert chosen(box) == ""
