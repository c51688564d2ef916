"""The register of cards in the real window, by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from app.domain.staff import Role
from app.store import cards
from app.ui.rooms import Target


@pytest.fixture
def calm(qtbot, window):
    def wait():
        qtbot.waitUntil(lambda: not window._context.jobs.busy, timeout=10_000)

    return wait


@pytest.fixture
def room(window, calm):
    window.enter("cards")
    calm()
    return window.room("cards")


@pytest.fixture
def read(window, calm):
    def ask(what):
        found = []
        window._context.ask(lambda s: what(s.desk._database), found.append)
        calm()
        return found[0]

    return ask


def sign_in(window, calm, role):
    found = []
    window._context.ask(lambda s: s.people.staff(), found.append)
    calm()
    window._context.sign_in(next(actor for actor in found[0] if actor.role is role))
    calm()


def choose(room, words):
    lines = room._model.items
    at = next(place for place, line in enumerate(lines) if words in f"{line.holder.name} {line.chip.words}")
    room.list.setCurrentIndex(room._model.index(at))
    return lines[at]


def shown(room):
    """The buttons of the panel, in order."""
    buttons = room.panel.findChildren(QPushButton)
    return [one.objectName().removeprefix("cards.") for one in buttons if not one.isHidden()]


def press(qtbot, key):
    qtbot.keyClick(QApplication.focusWidget(), key)


def test_it_counts_who_has_a_card_and_who_lacks_one(room):
    assert room.findChild(QLabel, "cards.count").text().startswith("77 个孩子 · 5 个没有卡 · 挂失过")
    assert room._print.text() == "发卡并打印 5 张"


def test_enter_on_a_child_without_a_card_issues_one_and_shows_the_paper(qtbot, window, room, calm, read):
    child = choose(room, "没有卡").holder
    room.list.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    calm()
    qtbot.waitUntil(lambda: window.findChild(QWidget, "preview") is not None, timeout=5000)
    issued = read(lambda database: cards.list_cards(database, child.child))
    assert [card.valid for card in issued] == [True]
    window.findChild(QPushButton, "preview.print").click()
    calm()
    qtbot.waitUntil(lambda: issued[0].id in read(cards.list_printed), timeout=5000)
    calm()
    assert room._model.item_at(room.list.currentIndex()).chip.words == "有效"


def test_a_class_is_printed_with_those_who_lack_a_card(qtbot, window, room, calm, read):
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    lacking = sum(not row.valid for row in room._shown())
    assert lacking == 1
    before = len(read(cards.list_cards))
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    calm()
    assert len(read(cards.list_cards)) == before + lacking
    assert not window.findChild(QWidget, "preview").isHidden()


def test_f7_ends_the_lost_card_and_issues_another(qtbot, window, room, calm, read):
    line = choose(room, "有效")
    room.panel._why.edit.setText("公交车上丢了")
    qtbot.keyClick(window, Qt.Key.Key_F7)
    calm()
    kept = read(lambda database: cards.find_card(database, line.card.id))
    assert (kept.ended_as, kept.ended_words) == ("lost", "公交车上丢了")
    every = read(lambda database: cards.list_cards(database, line.holder.child))
    assert every[0].replaces == line.card.id


def test_a_card_declared_lost_by_mistake_is_taken_back_by_ctrl_z(qtbot, window, room, calm, read):
    line = choose(room, "有效")
    qtbot.keyClick(window, Qt.Key.Key_F8)
    calm()
    assert read(lambda database: cards.find_card(database, line.card.id)).ended_as == "lost"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    calm()
    assert read(lambda database: cards.find_card(database, line.card.id)).valid


def test_a_lost_card_with_a_successor_offers_nothing_and_says_so(qtbot, window, room):
    said = []
    window._context.messages.said.connect(lambda notice: said.append(notice.words))
    choose(room, "已挂失")
    assert shown(room) == []
    assert "已补发新卡" in room.findChild(QLabel, "cards.facts").text()
    room.list.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert "没有可做的事" in said[-1]


def test_what_a_role_may_not_do_is_not_offered(window, room, calm):
    sign_in(window, calm, Role.TEACHER)
    choose(room, "有效")
    assert shown(room) == ["reprint", "lost"]
    choose(room, "没有卡")
    assert shown(room) == []
    sign_in(window, calm, Role.HEALTH_WORKER)
    choose(room, "有效")
    assert shown(room) == ["reprint"]


def test_more_cards_and_a_card_handed_back(qtbot, window, room, calm, read):
    line = choose(room, "有效")
    qtbot.keyClick(window, Qt.Key.Key_F6)
    calm()
    window.findChild(QPushButton, "preview.close").click()
    every = read(lambda database: cards.list_cards(database, line.holder.child))
    assert [card.valid for card in every] == [True, True]
    choose(room, line.holder.name)
    room.panel.findChild(QPushButton, "cards.withdraw").click()
    calm()
    every = read(lambda database: cards.list_cards(database, line.holder.child))
    assert sorted(card.valid for card in every) == [False, True]


def test_it_comes_to_the_child_asked_for_and_esc_leads_to_the_desk(qtbot, window, room, calm):
    child = room._model.items[40].holder
    window.enter("cards", Target(child=child.child))
    calm()
    assert room.panel.line.holder == child
    room.panel.findChild(QPushButton, "cards.reprint").setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert room.list.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    calm()
    assert window.current_key == "desk"


def test_a_refused_act_is_said_and_the_buttons_come_back(qtbot, window, room, calm, read):
    said = []
    window._context.messages.said.connect(lambda notice: said.append(notice.words))
    line = choose(room, "有效")

    def lose(services):
        actor = window._context.actor
        return services.cards.declare_lost(actor, line.card.id)

    window._context.jobs.run(lambda: lose(window._context._services))  # somebody else was quicker
    calm()
    room._on_asked("lost", "")
    calm()
    assert "已经挂失" in said[-1]
    assert all(button.isEnabled() for button in room.panel.findChildren(QPushButton))
