"""Centre, classes, staff, prices and rules, by keys on a real file."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.classes import ClassKind
from app.services.pins import Pins, Second
from app.services.setup import Setup
from app.store import centre, people, prices, settings
from app.ui.settings.centre_page import CentrePage
from app.ui.settings.class_page import ClassPage
from app.ui.settings.price_page import PricePage
from app.ui.settings.rule_page import RulePage
from app.ui.settings.staff_page import StaffPage
from app.ui.widgets.own_pin import OwnPinSheet
from tests.services.world import DAY, own_pin

KINDS = {
    "centre": CentrePage,
    "classes": ClassPage,
    "staff": StaffPage,
    "prices": PricePage,
    "rules": RulePage,
}


def test_each_page_begins_where_working_begins(hands):
    for key, kind in KINDS.items():
        page = hands.page(key)
        assert isinstance(page, kind)
        assert page.isAncestorOf(hands.host.window().focusWidget())


def titles(page):
    return [record.title for record in page.list.records]


def test_the_centre_is_renamed_and_taken_back(hands):
    hands.page("centre")
    hands.fill("settings.centre.name", "向阳新园")
    hands.save()
    setup = Setup(hands.world.database, hands.world.clock, hands.world.rng)
    assert setup.centre().name == "向阳新园"
    assert "名称 向阳托育中心 → 向阳新园" in hands.find("settings.centre.history").text()
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
    assert setup.centre().name == "向阳托育中心"
    assert "（已撤销）" in hands.find("settings.centre.history").text()


def test_an_empty_name_stands_at_its_field(hands):
    page = hands.page("centre")
    hands.fill("settings.centre.name", " ")
    hands.save()
    assert page.name_field.problem.startswith("请填中心名称")
    assert page.name_field.edit.hasFocus()


def test_seats_are_registered_from_a_day_on(hands):
    page = hands.page("centre")
    page.seats.setValue(45)
    hands.fill("settings.centre.since", "2026-1-1")
    hands.key(Qt.Key.Key_T)
    assert centre.licensed_seats(hands.world.database, dt.date(2026, 1, 1)) == 45
    assert [record.title for record in page.rows.records] == ["45 个托位", "30 个托位"]
    hands.fill("settings.centre.since", "不知道")
    hands.key(Qt.Key.Key_T)
    assert page.since.problem.startswith("看不懂日期")


def test_a_class_is_opened_by_keys_and_too_many_seats_are_refused(hands):
    page = hands.page("classes")
    assert titles(page) == ["抱抱龙", "小星星"]
    hands.key(Qt.Key.Key_N)
    hands.fill("settings.classes.name", "小蜜蜂")
    hands.choose("settings.classes.kind", "托小班")
    page.seats.setValue(16)
    hands.save()
    assert "第十九条" in page.fields["seats"].problem
    page.seats.setValue(15)
    hands.save()
    assert titles(page) == ["抱抱龙", "小星星", "小蜜蜂"]
    assert centre.list_classes(hands.world.database, DAY)[-1].kind is ClassKind.TODDLER
    assert hands.said[-1] == "小蜜蜂 已开班。"


def test_a_class_with_children_does_not_close_and_its_order_changes(hands):
    page = hands.page("classes")
    hands.row("settings.classes.list", "小星星")
    assert page.day.text() == "", "a day here would read as the one on which the class opened"
    hands.key(Qt.Key.Key_D)
    assert page.day.problem, "which day it closes is said, not guessed"
    hands.fill("settings.classes.day", "2025-12-03")
    hands.key(Qt.Key.Key_D)
    assert page.day.problem.startswith("小星星还有孩子：曾雨桐（在册）")
    hands.key(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert titles(page) == ["小星星", "抱抱龙"]


def test_fewer_seats_than_are_promised_are_told_first_and_kept_when_saved_once_more(hands):
    page = hands.page("classes")
    hands.row("settings.classes.list", "抱抱龙")
    page.seats.setValue(1)
    hands.save()
    told = page.fields["seats"].problem
    assert "抱抱龙 9:00–10:00 2 人、2 名老师，超 1 人。" in told
    assert told.endswith("第一次涉及：张沐阳、周乐瑶。确实要改，请再保存一次。")
    page.seats.setValue(2)  # that was not what was read
    hands.save()
    assert "超 1 人" in page.fields["seats"].problem
    assert "托位 20" in page.list.records[0].words
    hands.save()
    assert hands.said[-1] == "抱抱龙 已保存。"
    assert "托位 2（" in page.list.records[0].words


def test_an_empty_class_closes_and_opens_again(hands):
    page = hands.page("classes")
    hands.key(Qt.Key.Key_N)
    hands.fill("settings.classes.name", "小蜜蜂")
    hands.save()
    hands.row("settings.classes.list", "小蜜蜂")
    hands.fill("settings.classes.day", "2025-12-03")
    hands.key(Qt.Key.Key_D)  # also from within a field
    assert page.list.records[2].chips[0].words == "开到 12-03"
    assert page.close_class.text() == "重新开班"
    hands.key(Qt.Key.Key_D)
    assert page.list.records[2].chips[0].words == "在册 0 / 20"


def test_a_colleague_is_added_changed_and_leaves(hands):
    page = hands.page("staff")
    hands.key(Qt.Key.Key_N)
    hands.fill("settings.staff.name", "罗小曼")
    hands.choose("settings.staff.class", "小星星")
    hands.fill("settings.staff.health_until", "2025-12-20")
    hands.save()
    assert "罗小曼" in titles(page)
    assert hands.said[-1] == "罗小曼 已添加。周一到周五的班次已排好，可在排班页改。"
    assert page._warning.text() == "证件要办：罗小曼（健康证还有 17 天）。"
    hands.row("settings.staff.list", "罗小曼")
    hands.choose("settings.staff.role", "保健员")
    hands.save()
    assert "岗位 带班老师 → 保健员" in hands.find("settings.staff.history").text()
    assert page.day.text() == "", "a day here would read as the one on which she joined"
    assert "离职的日子" in page.day.edit.accessibleName()
    hands.fill("settings.staff.day", "2025-12-03")
    hands.key(Qt.Key.Key_D)
    assert page.gone.text() == "取消离职"
    hands.key(Qt.Key.Key_D)
    assert page.gone.text() == "办离职"


def test_a_director_is_made_of_who_has_a_pin_with_ones_own(hands):
    world, page = hands.world, hands.page("staff")
    pin = own_pin(world)
    pins = Pins(world.database, world.clock, world.rng)
    pins.choose(world.desk, "4071", director=Second(world.director.id, pin))
    hands.row("settings.staff.list", world.desk.name)
    hands.choose("settings.staff.role", "园长")
    hands.save()
    sheet = hands.host.findChild(OwnPinSheet)
    hands.qtbot.keyClicks(sheet.fields["own_pin"].edit, pin)
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hands.settle()
    assert hands.said[-1] == f"{world.desk.name} 的资料已保存。"
    assert "岗位 前台 → 园长" in hands.find("settings.staff.history").text()
    assert page.problem.text() == ""


def test_the_last_director_stays_and_is_told_why(hands):
    page = hands.page("staff")
    hands.row("settings.staff.list", "周敏")
    hands.choose("settings.staff.role", "前台")
    hands.save()
    assert "就没有园长了" in page.fields["role"].problem
    hands.fill("settings.staff.health_until", "明年")
    hands.save()
    assert page.health_until.problem.startswith("看不懂日期")


def test_who_renames_herself_acts_under_her_new_name(hands):
    hands.page("staff")
    hands.row("settings.staff.list", "周敏")
    hands.fill("settings.staff.name", "周敏敏")
    hands.save()
    assert hands.context.actor.name == "周敏敏"
    assert [one.name for one in people.list_staff(hands.world.database, DAY)][-1] == "周敏敏"


def test_a_price_is_changed_from_a_day_on(hands):
    page = hands.page("prices")
    hands.row("settings.prices.list", "午餐")
    hands.fill("settings.prices.price", "18")
    hands.fill("settings.prices.since", "2026-01-01")
    hands.save()
    found = {
        one.code: one.price.short for one in prices.list_prices(hands.world.database, dt.date(2026, 1, 1))
    }
    assert found["lunch"] == "18"
    assert "2026-01-01" in page.steps.accessibleName()
    hands.fill("settings.prices.price", "很贵")
    hands.save()
    assert page.price.problem


def test_an_item_is_added_above_its_cap_is_refused_and_it_can_be_stopped(hands):
    page = hands.page("prices")
    hands.key(Qt.Key.Key_N)
    hands.fill("settings.prices.name", "接送服务")
    hands.fill("settings.prices.price", "20")
    hands.fill("settings.prices.cap", "15")
    hands.save()
    assert "超过了限价" in page.price.problem
    hands.fill("settings.prices.price", "15")
    hands.save()
    assert "接送服务" in titles(page)
    hands.row("settings.prices.list", "接送服务")
    hands.key(Qt.Key.Key_D)
    record = next(one for one in page.list.records if one.title == "接送服务")
    assert record.chips[0].words == "收到 12-03"


def test_the_fee_notice_is_shown_and_counted(hands):
    shown = []

    class Printing:
        def preview(self, paper, counted):
            shown.append(paper)
            counted()

    hands.context.printing = Printing()
    hands.page("prices")
    hands.key(Qt.Key.Key_P)
    assert [group.title for group in shown[0].groups] == ["基本服务费", "其他服务费"]
    row = hands.world.database.row("select kind from paper order by id desc limit 1")
    assert row["kind"] == "fee_notice"


def test_a_rule_is_changed_with_enter_and_bounds_are_said(hands):
    page = hands.page("rules")
    hands.row("settings.rules.list", "快到点提醒")
    hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert page.value.edit.hasFocus()
    hands.fill("settings.rules.value", "500")
    hands.save()
    assert "应在 5 分钟 到 180 分钟 之间" in page.value.problem
    hands.fill("settings.rules.value", "20")
    hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert settings.current(hands.world.database, DAY).due_minutes == 20
    assert "30 分钟 → 20 分钟" in hands.find("settings.rules.history").text()
    assert page.list.records[4].chips[0].words == "20 分钟"
