"""Buttons with keys, and exclusive choices by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton, Segmented


@pytest.fixture
def theme(qapp):
    return Theme()


@pytest.fixture
def host(qtbot):
    widget = QWidget()
    QVBoxLayout(widget)
    qtbot.addWidget(widget)
    return widget


def shown(qtbot, host, *widgets):
    for widget in widgets:
        host.layout().addWidget(widget)
    host.show()
    host.activateWindow()
    with qtbot.waitActive(host):
        pass


@pytest.fixture
def sexes(theme, host, qtbot):
    made = Segmented(theme, "intake.sex", "性别", [("f", "女"), ("m", "男"), ("u", "不清楚")])
    shown(qtbot, host, made)
    return made


def test_the_key_on_a_button_presses_it(qtbot, theme, host):
    button = KeyButton(theme, "临时托登记", "F2", object_name="desk.new_temporary")
    shown(qtbot, host, button)
    with qtbot.waitSignal(button.clicked, timeout=1000):
        qtbot.keyClick(host, Qt.Key.Key_F2)


def test_a_disabled_button_is_deaf_to_its_key(qtbot, theme, host):
    button = KeyButton(theme, "临时托登记", "F2")
    shown(qtbot, host, button)
    button.setEnabled(False)
    pressed = []
    button.clicked.connect(lambda: pressed.append(1))
    qtbot.keyClick(host, Qt.Key.Key_F2)
    qtbot.wait(150)
    assert pressed == []


def test_a_button_is_touchable_and_says_its_key(theme):
    button = KeyButton(theme, "挂起", "F4", object_name="intake.park")
    assert button.sizeHint().height() >= 44
    assert button.accessibleDescription() == "快捷键 F4"
    assert button.objectName() == "intake.park"


def test_digits_choose_at_once(qtbot, sexes):
    sexes.setFocus()
    with qtbot.waitSignal(sexes.chosen) as heard:
        qtbot.keyClick(sexes.focusProxy(), Qt.Key.Key_2)
    assert heard.args == ["m"]
    assert sexes.value() == "m"


def test_arrows_walk_and_space_chooses_exclusively(qtbot, sexes):
    sexes.set_value("f")
    sexes.button("f").setFocus()
    qtbot.keyClick(sexes.button("f"), Qt.Key.Key_Right)
    assert sexes.button("m").hasFocus()
    qtbot.keyClick(sexes.button("m"), Qt.Key.Key_Space)
    assert sexes.values() == ("m",)


def test_arrows_stay_in_the_row_and_go_round(qtbot, sexes, host):
    host.layout().addWidget(QPushButton("后面"))
    sexes.button("u").setFocus()
    qtbot.keyClick(sexes.button("u"), Qt.Key.Key_Right)
    assert sexes.button("f").hasFocus()
    qtbot.keyClick(sexes.button("f"), Qt.Key.Key_Up)
    assert sexes.button("u").hasFocus()


def test_enter_chooses_and_walks_on(qtbot, sexes):
    sexes.button("f").setFocus()
    with qtbot.waitSignal(sexes.walked_on):
        qtbot.keyClick(sexes.button("f"), Qt.Key.Key_Return)
    assert sexes.value() == "f"


def test_it_is_one_stop_in_the_tab_order(sexes):
    policies = [sexes.button(value).focusPolicy() for value in ("f", "m", "u")]
    assert policies.count(Qt.FocusPolicy.StrongFocus) == 1


def test_many_can_be_on_and_remaining_choices_keep_their_state(qtbot, theme, host):
    made = Segmented(theme, "x", "谁来接", [("a", "奶奶"), ("b", "妈妈")], many=True)
    shown(qtbot, host, made)
    made.button("a").click()
    made.button("b").click()
    assert made.values() == ("a", "b")
    made.set_choices([("b", "妈妈"), ("c", "其他")])
    assert made.values() == ("b",)
    assert made.button("c").objectName() == "x.c"


@pytest.fixture
def menu(theme):
    made = KeyButton(
        theme, "今日食谱和活动", "F8", icon="silverware-fork-knife", object_name="menu", bind=False
    )
    made.offer_brief("今日食谱")
    return made


def test_each_level_of_lean_is_narrower_and_says_less(qtbot, menu):
    qtbot.addWidget(menu)
    seen, widths = [], []
    for level in range(4):
        menu.set_lean(level)
        assert menu.sizeHint().width() == menu.width_at(level)
        menu.setFixedWidth(menu.width_at(level))
        words, icon, cap, wide = menu._fitting()
        assert wide <= menu.width()
        seen.append((words, icon, cap))
        widths.append(menu.width())
    assert seen == [
        ("今日食谱和活动", True, True),
        ("今日食谱和活动", True, False),
        ("今日食谱和活动", False, False),
        ("今日食谱", False, False),
    ]
    assert widths == sorted(set(widths), reverse=True)


def test_a_squeezed_button_gives_up_key_icon_and_words_in_turn_and_cuts_only_the_brief_ones(qtbot, menu):
    qtbot.addWidget(menu)
    seen = []
    for width in (menu.width_at(0), menu.width_at(0) - 40, menu.width_at(2), menu.width_at(3), 44):
        menu.setFixedWidth(width)
        words, icon, cap, wide = menu._fitting()
        assert wide <= width
        seen.append((words, icon, cap))
    assert seen[:4] == [
        ("今日食谱和活动", True, True),
        ("今日食谱和活动", True, False),
        ("今日食谱和活动", False, False),
        ("今日食谱", False, False),
    ]
    assert seen[4][0].endswith("…")


def test_choices_show_their_keys_only_where_these_cost_no_second_line(qtbot, theme):
    host = QWidget()
    column = QVBoxLayout(host)
    column.setContentsMargins(0, 0, 0, 0)
    choices = [("a", "本机"), ("b", "机构"), ("c", "班级")]
    keys = ("Ctrl+1", "Ctrl+2", "Ctrl+3")
    made = Segmented(theme, "x", "页", choices, kind="pill", stretch=False, wrap=True, keys=keys)
    column.addWidget(made)
    qtbot.addWidget(host)
    host.resize(made.width_at(0), 200)
    host.show()
    assert [made.button(one).accessibleDescription() for one in "abc"] == [
        f"快捷键 Ctrl {at}" for at in (1, 2, 3)
    ]
    caps = [made.button(one)._fitting()[2] for one in "abc"]
    assert caps == [True] * 3
    host.resize(made.width_at(0) - 1, 200)
    assert [made.button(one)._fitting()[2] for one in "abc"] == [False] * 3
    qtbot.waitUntil(lambda: len({made.button(one).y() for one in "abc"}) == 1)
    made.button("b").click()
    assert made.value() == "b"
