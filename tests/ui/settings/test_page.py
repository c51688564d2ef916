"""The settings room: pages by their keys, and who may change."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.domain.changes import Changes, Topic
from app.ui.rooms import Target
from app.ui.settings.page import PAGES


def test_every_page_has_its_key_and_is_built_when_it_is_first_shown(hands):
    assert list(hands.room._built) == ["machine"]
    for spec in PAGES:
        page = hands.page(spec.key)
        assert (page.key, page.name) == (spec.key, spec.title)
        assert page.isVisible()
        assert page.hints().startswith("Ctrl 1–9 换页 · ")
    assert list(hands.room._built) == [spec.key for spec in PAGES]


def test_the_front_desk_reads_everything_and_changes_nothing(desk_hands):
    for spec in PAGES[1:8]:
        page = desk_hands.page(spec.key)
        assert page._only.text() == "只有园长能改。林晓（前台）可以看；要改请按 Ctrl L 换园长。"
        offered = [one.objectName() for one in page._foot.findChildren(QPushButton) if one.isVisible()]
        assert offered == (["settings.prices.notice"] if spec.key == "prices" else [])
    desk_hands.page("rules")
    assert not desk_hands.find("settings.rules.value").isEnabled()
    assert desk_hands.room.hints() == "Ctrl 1–9 换页"


def test_a_page_is_asked_for_by_name(hands):
    hands.room.entered(Target(act="prices"))
    hands.settle()
    assert hands.room.page.key == "prices"
    hands.room.entered(Target(act="nonsense"))
    assert hands.room.page.key == "prices"


def test_what_others_change_is_read_again(hands):
    page = hands.page("centre")
    with hands.world.database.unit(None, "test") as unit:
        unit.execute("update centre set address = '新路 1 号'")
        unit.audit("centre", 1)
    hands.context.bus.tell(Changes(frozenset({Topic.SETTINGS})), None)
    hands.settle()
    assert page.address.text() == "新路 1 号"


def test_what_is_half_typed_is_not_read_over(hands):
    page = hands.page("centre")
    hands.fill("settings.centre.phone", "12345")
    hands.context.bus.tell(Changes(frozenset({Topic.SETTINGS})), None)
    hands.page("rules")
    hands.page("centre")
    assert page.phone.text() == "12345"
    hands.save()
    assert not page.typing
    hands.context.bus.tell(Changes(frozenset({Topic.SETTINGS})), None)
    hands.settle()
    assert page.phone.text() == "12345"


def test_enter_on_a_tab_goes_into_the_page(hands):
    hands.page("rules")
    hands.room.tabs.setFocus()
    hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert hands.find("settings.rules.list").hasFocus()
