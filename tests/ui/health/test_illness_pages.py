"""卫生: injuries, illness, registers and protection, with the services of the practice centre."""

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.staff import Role
from app.domain.visits import FeverError
from app.services.arrivals import CheckIn, MorningCheck
from app.services.health_people import ChildChoice
from app.services.pins import Second
from app.store.health_rules import injury_codes, registers
from app.ui.health.body_map import BodyMap
from app.ui.health.case_sheets import CaseSheet, DismissSheet
from app.ui.health.child_picker import LetterPicker
from app.ui.health.concern_page import ConcernPage, ConcernSheet, ReportSheet, UnlockSheet
from app.ui.health.illness_page import IllnessPage
from app.ui.health.injuries_page import InjuriesPage
from app.ui.health.injury_sheets import InjurySheet, TellingSheet
from app.ui.health.page import PAGES, HealthRoom
from app.ui.health.register_sheet import RegisterSheet
from app.ui.health.registers_page import RegistersPage
from app.ui.health.samples_sheet import SamplesSheet
from app.ui.health.signing import SigningSheet
from app.ui.health.tick_sheet import TickSheet
from app.ui.theme import Theme
from app.ui.widgets.overlay import Overlay
from tests.ui.support import Heard, make_context, settle


@pytest.fixture
def context(qtbot, services, actors):
    return make_context(qtbot, services, actor=actors[Role.TEACHER])


@pytest.fixture
def lay(qtbot, context):
    """Show a page in a frame that sheets can be laid over."""
    frames = []

    def show(kind):
        frame = QStackedWidget()
        host = QWidget(frame)
        page = kind(context)
        page.setParent(host)
        frame.resize(1200, 760)
        host.resize(1200, 760)
        page.resize(1200, 700)
        context.host = host
        qtbot.addWidget(frame)
        frame.show()
        page.freshen()
        settle(qtbot, context)
        frames.append(frame)
        return page

    return show


def sheet(page, kind):
    found = page.window().findChildren(kind)
    return next(one for one in reversed(found) if not one.isHidden())


def test_the_room_has_a_page_for_each_duty_built_when_it_is_shown(qtbot, context):
    room = HealthRoom(context)
    qtbot.addWidget(room)
    settle(qtbot, context)
    assert {"injuries", "illness", "registers", "concern"} <= {spec.key for spec in PAGES}
    assert len(room._built) == 1


def test_an_injury_is_noted_by_keys_told_and_signed(qtbot, context, lay, services, actors):
    head = Second(actors[Role.DIRECTOR].id, "5927")
    services.pins.choose(actors[Role.HEALTH_WORKER], "4711", director=head)
    page = lay(InjuriesPage)
    before = len(page._views)
    page.findChild(QWidget, "health.injuries.new").click()
    settle(qtbot, context)
    form = sheet(page, InjurySheet)
    qtbot.keyClicks(form.child.field.edit, "zmy")  # 张沐阳
    assert form.child.child is not None
    form.at.set_text("10:20")
    form.kind.button("2").click()
    form.story.set_text("跑的时候自己摔倒")
    form.body.setFocus()
    QTest.keyClick(form.body, Qt.Key.Key_Down)
    QTest.keyClick(form.body, Qt.Key.Key_Space)
    assert form.body.words() == "额头"
    form.finish()
    settle(qtbot, context)
    settle(qtbot, context)
    assert len(page._views) == before + 1
    mine = next(one for one in page._views if one.injury.child_name == "张沐阳")
    page.list.light(mine.injury.id)
    page.show_one(mine.injury.id)
    page.tell.click()
    settle(qtbot, context)
    told = sheet(page, TellingSheet)
    told.finish()
    settle(qtbot, context)
    assert "谁" in told.message.text()
    told.whom.set_text("路人甲")
    assert told.reason.isHidden()
    told.finish()
    settle(qtbot, context)
    assert "档案里没有“路人甲”" in told.message.text()
    assert not told.reason.isHidden()
    told.whom.set_text("妈妈")
    told.finish()
    settle(qtbot, context)
    settle(qtbot, context)
    page.sign.click()
    settle(qtbot, context)
    signing = sheet(page, SigningSheet)
    assert mine.injury.noter not in {one.actor.id for one in signing.second._holders.values()}
    signing.second.who.button(str(actors[Role.HEALTH_WORKER].id)).click()
    signing.second.pin.edit.setText("4711")
    signing.finish()
    settle(qtbot, context)
    page.freshen()
    settle(qtbot, context)
    done = next(one for one in page._views if one.injury.id == mine.injury.id)
    assert done.lacking == ""


def test_the_other_child_is_asked_for_only_where_one_did_it(qtbot, context, lay):
    page = lay(InjuriesPage)
    page.findChild(QWidget, "health.injuries.new").click()
    settle(qtbot, context)
    form = sheet(page, InjurySheet)
    assert form.other.isHidden()
    form.kind.button("12").click()
    assert not form.other.isHidden()
    form.finish()
    settle(qtbot, context)
    assert form.message.text()  # no child yet


def test_the_body_is_marked_by_a_tap_and_by_keys(qtbot):
    body = BodyMap(Theme(), "body", injury_codes().of("region"))
    qtbot.addWidget(body)
    body.resize(body.sizeHint())
    body.show()
    unit, left, top = body._frame()
    at = QPoint(round(left + 50 * unit), round(top + 92 * unit))
    QTest.mouseClick(body, Qt.MouseButton.LeftButton, pos=at)
    assert body.marked() == ("front.chest",)
    QTest.keyClick(body, Qt.Key.Key_Down)
    assert body.current == "front.belly"
    QTest.keyClick(body, Qt.Key.Key_Space)
    assert body.words() == "胸、腹"
    assert "已标记" in body.accessibleDescription()
    QTest.keyClick(body, Qt.Key.Key_Space)
    assert body.words() == "胸"
    with qtbot.waitSignal(body.walked_on):
        QTest.keyClick(body, Qt.Key.Key_Return)


def test_every_region_can_be_reached_by_arrows(qtbot):
    body = BodyMap(Theme(), "body", injury_codes().of("region"))
    qtbot.addWidget(body)
    seen, open_ = set(), [body.current]
    while open_:
        here = open_.pop()
        if here in seen:
            continue
        seen.add(here)
        for step in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            body.current = here
            body._go(*step)
            open_.append(body.current)
    assert seen == set(body._order)


def test_the_form_of_a_report_that_denies_an_illness_asks_which_it_is(qtbot, context, lay, services, actors):
    context.sign_in(actors[Role.FRONT_DESK])
    row = next(one for one in services.desk.board(context.actor).expected if one.visit is None)
    services.arrivals.note_absence(context.actor, row.child, "sick", "不是手足口病，医院诊断湿疹")
    context.sign_in(actors[Role.HEALTH_WORKER])
    page = lay(IllnessPage)
    assert row.child not in {one.case.told.child for one in page._view.cases}
    page.list.light(("report", row.child))
    page.show_one(None)
    page.enter()
    form = sheet(page, CaseSheet)
    assert (form.child.child, form.disease.value()) == (row.child, "")
    assert "不是手足口病" in form.beside.text()
    form.finish()
    settle(qtbot, context)
    assert "请选病种" in form.message.text()


def test_the_form_of_a_report_of_an_illness_without_a_line_of_its_own_says_which(
    context, lay, services, actors
):
    context.sign_in(actors[Role.FRONT_DESK])
    row = next(one for one in services.desk.board(context.actor).expected if one.visit is None)
    services.arrivals.note_absence(context.actor, row.child, "sick", "百日咳")
    nurse = actors[Role.HEALTH_WORKER]
    (case,) = (one for one in services.health.illness.view(nurse).cases if one.case.told.child == row.child)
    services.health.illness.undo_note(nurse, case.case.id)
    context.sign_in(nurse)
    page = lay(IllnessPage)
    page.list.light(("report", row.child))
    page.show_one(None)
    page.enter()
    form = sheet(page, CaseSheet)
    assert (form.disease.value(), form.detail.text()) == ("other", "百日咳")


def test_f8_dismisses_a_report_that_is_no_illness_and_brings_it_back(qtbot, context, lay, services, actors):
    desk = actors[Role.FRONT_DESK]
    away = next(one for one in services.desk.board(desk).expected if one.visit is None)
    services.arrivals.note_absence(desk, away.child, "sick", "排除流感")
    context.sign_in(actors[Role.DIRECTOR])
    page = lay(IllnessPage)
    page.list.light(("report", away.child))
    page.show_one(None)
    page.drop.click()
    settle(qtbot, context)
    asked = sheet(page, DismissSheet)
    asked.finish()
    settle(qtbot, context)
    assert not asked.isHidden(), "a reason is asked for"
    asked.fields["reason"].set_text("医院排除了")
    asked.finish()
    for _ in range(3):
        settle(qtbot, context)
    assert ("report", away.child) not in [one.key for one in page.list.records]
    gone = next(one for one in page.list.records if one.key[0] == "dismissed")
    assert [one.words for one in gone.chips] == ["不是病"]
    page.list.light(gone.key)
    page.show_one(None)
    page.drop.click()
    for _ in range(3):
        settle(qtbot, context)
    assert ("report", away.child) in [one.key for one in page.list.records]


def test_a_report_says_the_class_and_the_tab_how_many_wait(qtbot, context, lay, services, actors):
    page = lay(IllnessPage)
    first = page._view.reports[0]
    row = next(one for one in page.list.records if one.key == ("report", first.child))
    assert first.class_name
    assert row.words.startswith(f"{first.class_name}　")
    counts = services.health.counts(context.actor)
    assert counts.illness == len(page._view.reports)


def test_a_report_becomes_a_case_and_its_paper_is_seen(qtbot, context, lay, actors):
    page = lay(IllnessPage)
    assert page._view.reports
    page.list.light(("report", page._view.reports[0].child))
    name = page._view.reports[0].child_name
    page.enter()
    form = sheet(page, Overlay)
    assert form.child.child == page._view.reports[0].child
    form.finish()
    settle(qtbot, context)
    settle(qtbot, context)
    case = next(one for one in page._view.cases if one.case.child_name == name)
    page.list.light(("case", case.case.id))
    page.show_one(None)
    assert not page.seen.isEnabled()  # a teacher reads no papers
    context.sign_in(actors[Role.HEALTH_WORKER])
    page.show_one(None)
    page.enter()
    seen = sheet(page, Overlay)
    seen.words.set_text("社区医院的诊断")
    seen.finish()
    settle(qtbot, context)
    assert "退热、症状消失是哪天" in seen.message.text()
    seen.basis.set_text("今天")
    seen.finish()
    settle(qtbot, context)
    settle(qtbot, context)
    case = next(one for one in page._view.cases if one.case.child_name == name)
    assert case.case.certificate is not None


def test_a_grid_is_ticked_by_keys(qtbot, context, lay):
    page = lay(RegistersPage)
    settle(qtbot, context)
    grid = page.grid
    grid.setFocus()
    before = len(grid.ticks)

    def press(key):
        QTest.keyClick(grid, key)
        settle(qtbot, context)
        settle(qtbot, context)
        return len(grid.ticks)

    assert press(Qt.Key.Key_Space) == before + 1
    assert press(Qt.Key.Key_Delete) == before
    press(Qt.Key.Key_A)
    done = {item.code for item in grid._grid.items if (item.code, grid.day) in grid._grid.ticks}
    assert {item.code for item in grid._grid.items if item.together} <= done
    assert "books" not in done
    press(Qt.Key.Key_Space)
    assert len(grid.ticks) == before + 1, "not twice in one minute"
    assert page.correct.isEnabled()
    QTest.keyClick(grid, Qt.Key.Key_E)
    mended = sheet(page, TickSheet)
    mended.fields["at"].set_text("8:05")
    mended.fields["minutes"].set_text("30")
    mended.finish()
    settle(qtbot, context)
    settle(qtbot, context)
    assert ("08:05", "30") in {(one.answer("at"), one.answer("minutes")) for one in grid.ticks}
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert grid._grid.items[1].label in page._under.text()


def test_a_missed_day_is_told_from_a_closed_one(qtbot, context, lay):
    page = lay(RegistersPage)
    settle(qtbot, context)
    grid = page.grid
    closed, missed = (
        next(
            (item, day)
            for item in grid._grid.items
            for day in grid._grid.days
            if wanted(item, day) and not grid._grid.ticks.get((item.code, day))
        )
        for wanted in (
            lambda item, day: day not in grid._grid.open,
            lambda item, day: grid._grid.is_missed(item.code, day, grid._today),
        )
    )
    box = QRectF(0, 0, 40, 40)
    looks = []
    for (item, day), words, told in ((closed, [], "不开班，不用记"), (missed, ["漏"], "漏记")):
        picture = QImage(40, 40, QImage.Format.Format_RGB32)
        painter = Heard(picture)
        grid._paint_cell(painter, box, item, day, on=False)
        painter.end()
        assert [word for _box, word in painter.words] == words
        looks.append(picture)
        grid._go(grid._grid.items.index(item), grid._grid.days.index(day))
        assert told in page._under.text()
    assert looks[0].pixelColor(20, 4) != looks[1].pixelColor(20, 4)


def test_a_line_is_kept_with_one_word_and_one_key(qtbot, context, lay, tmp_path):
    page = lay(RegistersPage)
    page.list.light("food_sample")
    page.show_one("food_sample")
    settle(qtbot, context)
    before = len(page._view.entries)
    page.new.click()
    settle(qtbot, context)
    offered = sheet(page, SamplesSheet)
    assert offered.dishes.values() == offered._meals[offered.meal.value()].left
    offered.dishes.set_values(offered.dishes.values()[:1])
    dish = offered.dishes.values()[0]
    offered.finish()
    settle(qtbot, context)
    settle(qtbot, context)
    assert len(page._view.entries) == before + 1
    assert any(one.entry.answer("dish") == dish for one in page._view.entries)
    before += 1
    page.new.click()
    settle(qtbot, context)
    offered = next(one for one in page.window().findChildren(SamplesSheet) if one.isVisible())
    assert dish in offered._done.text()
    offered.other.click()  # what is not on the menu
    settle(qtbot, context)
    form = sheet(page, RegisterSheet)
    form._lines["dish"].set_text("清蒸鱼")
    form.finish()
    settle(qtbot, context)
    settle(qtbot, context)
    assert len(page._view.entries) == before + 1
    page.end.click()
    settle(qtbot, context)
    settle(qtbot, context)
    assert len(page._view.entries) == before
    assert len(registers()) == len(page._choices)
    page._turn(-1)
    settle(qtbot, context)
    assert page._view.month == "2025-11"


def test_protection_shows_nothing_of_others(qtbot, context, lay, services, actors):
    page = lay(ConcernPage)
    page.findChild(QWidget, "health.concern.new").click()
    form = sheet(page, ConcernSheet)
    qtbot.keyClicks(form.child.field.edit, "zmy")
    form.facts.set_text("背上有圆形烫痕")
    form.finish()
    settle(qtbot, context)
    settle(qtbot, context)
    assert page._views == ()  # also to who wrote it: her name alone says nothing
    assert page.list.records == ()

    def unlock(pin):
        page.findChild(QWidget, "health.concern.unlock").click()
        settle(qtbot, context)
        asked = sheet(page, UnlockSheet)
        asked.person.pin.edit.setText(pin)
        asked.person.again.edit.setText(pin)
        asked.finish()
        settle(qtbot, context)
        settle(qtbot, context)
        return asked

    asked = unlock("2580")
    assert "口令不对" in asked.message.text()
    assert page._views == ()
    asked.dismiss()
    unlock("7043")
    assert len(page._views) == 1
    page.report.click()
    sheet(page, ReportSheet).finish()
    settle(qtbot, context)
    settle(qtbot, context)
    assert page._views[0].chip.words == "已报告"
    for role in (Role.FRONT_DESK, Role.HEALTH_WORKER):
        context.sign_in(actors[role])
        page.freshen()
        assert page._views == ()  # at once, before anything is read
        settle(qtbot, context)
        assert page._views == ()
        assert page.list.records == ()
    context.sign_in(actors[Role.DIRECTOR])
    page.freshen()
    settle(qtbot, context)
    assert page._views == ()  # anybody can choose her name
    unlock("5927")
    assert len(page._views) == 1
    page.hide()
    page.show()
    page.freshen()
    settle(qtbot, context)
    assert page._views == ()


def test_what_is_open_locks_itself_after_some_minutes(qtbot, context, lay, services, actors):
    page = lay(ConcernPage)
    now = context.clock()
    page._on_opened(context.actor.id, "7043", ())
    assert page._is_hers()
    page._open = (context.actor.id, "7043", now - dt.timedelta(minutes=6))
    page.freshen()
    assert page._open is None


def test_the_picker_offers_whom_the_letters_mean(qtbot):
    choices = [
        ChildChoice(1, "张沐阳", None, "抱抱龙", True, "张沐阳 阳阳 zhangmuyang zmy"),
        ChildChoice(2, "张欣", None, "", False, "张欣  zhangxin zx"),
    ]
    picker = LetterPicker(Theme(), "picker", "孩子", choices)
    qtbot.addWidget(picker)
    assert picker.hits.isHidden()
    qtbot.keyClicks(picker.field.edit, "zhang")
    assert picker.child is None
    QTest.keyClick(picker.field.edit, Qt.Key.Key_Return)
    assert picker.child == 1
    picker.field.edit.clear()
    qtbot.keyClicks(picker.field.edit, "zx")
    assert picker.child == 2


def test_esc_while_a_pin_is_looked_at_lays_nothing_open(qtbot, context, lay, services, actors):
    page = lay(ConcernPage)
    page.findChild(QWidget, "health.concern.unlock").click()
    settle(qtbot, context)
    asked = sheet(page, UnlockSheet)
    asked.person.pin.edit.setText("7043")
    asked.person.again.edit.setText("7043")
    heard = []
    asked.opened.connect(lambda *told: heard.append(told))
    asked.finish()
    asked.leave()
    settle(qtbot, context)
    settle(qtbot, context)
    assert heard == []
    assert page._open is None


def test_fevers_of_two_children_refused_at_the_door_wait_each_in_a_line_of_its_own(
    qtbot, context, lay, services, actors
):
    context.sign_in(actors[Role.HEALTH_WORKER])  # a teacher would see those of her own classes
    rows = [row for row in services.desk.board(actors[Role.DIRECTOR]).expected if row.visit is None][:2]
    names = tuple(row.name for row in rows)
    assert len(names) == 2
    for row, tenths in zip(rows, (381, 379), strict=True):
        with pytest.raises(FeverError):
            services.arrivals.check_in(
                actors[Role.FRONT_DESK], CheckIn(row.child, check=MorningCheck(tenths=tenths))
            )
    page = lay(IllnessPage)
    waiting = {one.title: one for one in page.list.records if one.chips and one.chips[0].words == "待登记"}
    assert set(names) <= set(waiting)
    for row, heat in zip(rows, ("38.1", "37.9"), strict=True):
        page.list.light(waiting[row.name].key)
        page.show_one(None)
        assert f"入园时发热 {heat}℃" in waiting[row.name].words
        QTest.keyClick(page.list.view, Qt.Key.Key_Return)
        settle(qtbot, context)
        form = sheet(page, CaseSheet)
        assert form.child.child == row.child
        form.keep.click()
        settle(qtbot, context)
    assert not set(names) & {one.title for one in page.list.records if one.chips[0].words == "待登记"}
    told = {one.case.child_name for one in page._view.cases if one.case.told.source == "fever"}
    assert set(names) <= told


def test_whom_an_injury_is_told_is_offered_but_nobody_who_must_not_take_the_child(services, actors, database):
    row = database.row(
        "select c.id, a.name from child c join child_adult t on t.child_id = c.id and t.barred = 1"
        " join adult a on a.id = t.adult_id where c.name = '胡俊杰'"
    )
    offered = services.health.people.adults(actors[Role.TEACHER], row["id"])
    assert offered
    assert not any(row["name"] in one for one in offered)
