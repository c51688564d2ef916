"""The passive parts around the rooms."""

import datetime as dt

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.domain.changes import Undo
from app.domain.ids import StaffId
from app.domain.looks import Chip, Tone
from app.domain.staff import Actor, Role
from app.ui.icons import Icons
from app.ui.messages import Banner, Notice
from app.ui.rooms import ROOMS
from app.ui.shell.banners import Banners, NoticeBar
from app.ui.shell.rail import Rail
from app.ui.shell.staff import StaffChoice
from app.ui.shell.statusline import StatusLine
from app.ui.shell.topbar import TopBar, moment_words, short_moment_words
from app.ui.theme import Theme

NOW = dt.datetime(2025, 12, 3, 13, 52, tzinfo=dt.timezone(dt.timedelta(hours=8)))
STAFF = [Actor(StaffId(n), name, role) for n, name, role in (
    (1, "林晓", Role.FRONT_DESK),
    (2, "许静", Role.TEACHER),
    (3, "何兰", Role.TEACHER),
    (4, "方云", Role.TEACHER),
    (5, "周敏", Role.DIRECTOR),
)]  # fmt: skip


@pytest.fixture
def theme(qapp):
    return Theme()


@pytest.fixture
def icons(theme):
    return Icons(theme)


def test_the_rail_says_which_room_was_asked_for_and_hides_what_one_may_not_enter(qtbot, theme, icons):
    rail = Rail(theme, icons, [spec for spec in ROOMS if not spec.hidden])
    qtbot.addWidget(rail)
    with qtbot.waitSignal(rail.chosen) as heard:
        rail.findChild(QPushButton, "rail.handover").click()
    assert heard.args == ["handover"]
    rail.allow({"desk", "settings"})
    assert rail.findChild(QPushButton, "rail.office").isHidden()
    rail.show_room("settings")
    assert rail.findChild(QPushButton, "rail.settings").isChecked()
    rail.show_room("intake")
    assert rail.findChild(QPushButton, "rail.settings").isChecked()


def test_rail_buttons_are_touchable(theme, icons, qtbot):
    rail = Rail(theme, icons, [spec for spec in ROOMS if not spec.hidden])
    qtbot.addWidget(rail)
    for button in rail.findChildren(QPushButton):
        assert min(button.sizeHint().toTuple()) >= 44


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_the_roll_call_stands_at_the_foot_of_the_rail_whole_and_says_its_key(qapp, icons, qtbot, scale):
    theme = Theme()
    theme.apply(qapp, "light", scale)
    rail = Rail(theme, Icons(theme), [spec for spec in ROOMS if not spec.hidden])
    qtbot.addWidget(rail)
    rail.resize(rail.width(), 768)
    rail.show()
    button = rail.roll_call
    assert (button.accessibleName(), button.accessibleDescription()) == ("紧急点名", "快捷键 F9")
    assert button.geometry().bottom() < 768
    tops = [one.geometry() for one in rail.findChildren(QPushButton)]
    assert min(one.height() for one in tops) >= 44
    assert not any(a.intersects(b) for a in tops for b in tops if a is not b)
    with qtbot.waitSignal(rail.roll_call_wanted):
        button.click()
    theme.apply(qapp, "light", 100)


def test_where_the_window_is_low_the_sign_gives_way_and_no_room(qapp, icons, qtbot):
    theme = Theme()
    theme.apply(qapp, "light", 200)
    rail = Rail(theme, Icons(theme), [spec for spec in ROOMS if not spec.hidden])
    qtbot.addWidget(rail)
    rail.resize(rail.width(), 560)
    rail.show()
    tops = [one.geometry() for one in rail.findChildren(QPushButton)]
    assert min(one.height() for one in tops) >= 44
    assert max(one.bottom() for one in tops) < 560
    assert not any(a.intersects(b) for a in tops for b in tops if a is not b)
    theme.apply(qapp, "light", 100)


def test_the_moment_is_said_as_a_centre_says_it():
    assert moment_words(NOW) == "2025年12月3日 星期三 · 13:52"
    assert short_moment_words(NOW) == "12月3日 · 13:52"


def test_the_top_bar_gives_up_words_of_the_date_before_anything_else(qtbot, theme, icons):
    bar = TopBar(theme, icons)
    qtbot.addWidget(bar)
    bar.show_title("前台")
    bar.resize(1270, 60)
    bar.show()
    bar.show_moment(NOW)
    date = bar.findChild(QLabel, "shell.date")
    assert date.text() == moment_words(NOW)
    bar.show_room_widgets([], [QPushButton("一个很长很长的按钮") for _ in range(5)], search=True)
    bar.resize(900, 60)
    assert date.text() != moment_words(NOW)


def test_a_rooms_widgets_leave_with_the_room(qtbot, theme, icons):
    bar = TopBar(theme, icons)
    qtbot.addWidget(bar)
    bar.show()
    first, second = QPushButton("甲"), QPushButton("乙")
    for button in (first, second):
        qtbot.addWidget(button)
    bar.show_room_widgets([], [first], search=True)
    bar.show_room_widgets([], [second], search=False)
    assert not first.isVisible()
    assert second.isVisible()
    assert not bar.search.isVisible()
    assert bar.isAncestorOf(first)  # and dies with the bar
    bar.show_room_widgets([], [first], search=True)
    assert first.isVisible()
    assert not second.isVisible()


def test_the_status_line_puts_the_worst_first(qtbot, theme):
    line = StatusLine(theme)
    qtbot.addWidget(line)
    line.show_saved(NOW)
    line.show_alerts((Chip("小火车班已满", Tone.WARN), Chip("小树苗班缺 2 名保育人员", Tone.BAD)))
    assert line.findChild(QLabel, "status.saved").text() == "数据已保存 13:52:00"
    assert line.findChild(QLabel, "status.alerts").text().startswith("小树苗班")
    line.show_alerts(())
    assert line.findChild(QLabel, "status.alerts").text() == ""


def test_hints_give_way_to_an_alert(qtbot, theme):
    line = StatusLine(theme)
    qtbot.addWidget(line)
    line.resize(760, 32)
    line.show_saved(NOW)
    line.show_backup("备份 12:00 成功")
    line.show_hints("F2 临时托 · F3 入园 · F4 接走 · Ctrl K 找孩子 · Ctrl Z 撤销")
    line.show_alerts((Chip("小树苗班缺 2 名保育人员", Tone.BAD),))
    line.show()
    alerts = line.findChild(QLabel, "status.alerts")
    assert alerts.width() >= alerts.fontMetrics().horizontalAdvance(alerts.text())
    line.show_alerts((Chip("很长" * 200, Tone.BAD),))
    assert alerts.minimumWidth() <= line.width() // 2


def test_the_date_gives_way_when_what_stands_beside_it_grows(qtbot, theme, icons):
    bar = TopBar(theme, icons)
    qtbot.addWidget(bar)
    bar.resize(1000, 60)
    bar.show_title("月度总览")
    bar.show_moment(NOW)
    month = QLabel("1")
    bar.show_room_widgets([month], [], search=False)
    bar.show()
    full = bar.findChild(QLabel, "shell.date").text()
    month.setText("2025年12月" * 8)
    qtbot.waitUntil(lambda: bar.findChild(QLabel, "shell.date").text() != full)
    assert month.width() >= month.minimumSizeHint().width()


def test_a_banner_of_the_same_key_replaces_the_one_before(qtbot, theme, icons):
    banners = Banners(theme, icons)
    qtbot.addWidget(banners)
    banners.raise_banner(Banner("disk", "满了。"))
    banners.raise_banner(Banner("disk", "还是满的。"))
    banners.raise_banner(Banner("printer", "没纸了。", Tone.WARN))
    assert banners.keys() == ("disk", "printer")
    banners.findChild(QPushButton, "banner.printer.close").click()
    assert banners.keys() == ("disk",)


def test_a_notice_offers_the_way_back_only_where_there_is_one(qtbot, theme, icons):
    host = QWidget()
    host.resize(900, 600)
    qtbot.addWidget(host)
    host.show()
    bar = NoticeBar(theme, icons, host)
    undo = Undo("check_in", 1, "朱予晴 入园")
    bar.show_notice(Notice("朱予晴 入园", Tone.OK, undo))
    button = bar.findChild(QPushButton, "notice.undo")
    assert button.isVisible()
    assert host.rect().contains(bar.geometry())
    with qtbot.waitSignal(bar.undo_clicked) as heard:
        button.click()
    assert heard.args == [undo]
    assert bar.isHidden()
    bar.show_notice(Notice("好了"))
    assert not button.isVisible()


def test_a_notice_offers_one_act_and_covers_no_chosen_row(qtbot, theme, icons):
    host = QWidget()
    host.resize(900, 600)
    qtbot.addWidget(host)
    host.show()
    bar = NoticeBar(theme, icons, host)
    opened = []
    notice = Notice("已存为 PDF：a.pdf", Tone.WARN, action="打开文件夹", act=lambda: opened.append(1))
    bar.show_notice(notice)
    low = bar.geometry()
    row = low.adjusted(-100, 10, 0, 0)
    bar.shunned = lambda: [row, row.translated(0, -row.height())]
    qtbot.waitUntil(lambda: bar.geometry() != low, timeout=2000)
    assert not any(bar.geometry().intersects(one) for one in bar.shunned())
    assert host.rect().contains(bar.geometry())
    bar.shunned = lambda: [host.rect()]
    bar.place()
    assert bar.geometry() == low
    button = bar.findChild(QPushButton, "notice.act")
    assert button.text() == "打开文件夹"
    button.click()
    assert opened == [1]
    assert bar.isHidden()
    bar.show_notice(Notice("好了"))
    assert not button.isVisible()


def test_names_are_walked_with_the_arrows_and_chosen_with_enter(qtbot, theme):
    choice = StaffChoice(theme, "向阳托育中心", STAFF, StaffId(2))
    qtbot.addWidget(choice)
    choice.show()
    choice.activateWindow()
    with qtbot.waitActive(choice):
        choice.focus_first()
    assert choice.focusWidget().actor.name == "许静"
    qtbot.keyClick(choice.focusWidget(), Qt.Key.Key_Left)
    qtbot.keyClick(choice.focusWidget(), Qt.Key.Key_Down)
    with qtbot.waitSignal(choice.chosen) as heard:
        qtbot.keyClick(choice.focusWidget(), Qt.Key.Key_Return)
    assert heard.args[0].name == "周敏"


@pytest.fixture
def notices(qtbot, theme, icons):
    host = QWidget()
    host.resize(1300, 600)
    qtbot.addWidget(host)
    host.show()
    yield NoticeBar(theme, icons, host)
    host.close()


def test_news_of_a_paper_leaves_the_way_back_of_the_act_it_belongs_to(notices):
    undo = Undo("check_out", 1, "朱予晴 离园")
    button = notices.findChild(QPushButton, "notice.undo")
    words = notices.findChild(QLabel, "notice.words")
    notices.show_notice(Notice("朱予晴 已离园", Tone.OK, undo))
    for paper in ("离园交接报告", "收款收据"):
        notices.show_notice(Notice(f"没有连接打印机，已存为 PDF：{paper}", Tone.WARN, beside=True))
        assert words.text() == f"朱予晴 已离园\n没有连接打印机，已存为 PDF：{paper}"
        assert button.isVisible()
    notices.show_notice(Notice("没有可以撤销的操作。"))
    assert not button.isVisible()
    notices.show_notice(Notice("已送打印机：月报", beside=True))
    assert (words.text(), button.isVisible()) == ("已送打印机：月报", False)


def test_a_way_back_that_was_taken_does_not_come_again_with_a_paper(notices):
    notices.show_notice(Notice("朱予晴 已离园", Tone.OK, Undo("check_out", 1, "朱予晴 离园")))
    notices.findChild(QPushButton, "notice.undo").click()
    notices.show_notice(Notice("已送打印机：收款收据", beside=True))
    assert not notices.findChild(QPushButton, "notice.undo").isVisible()


@pytest.mark.parametrize("words", ["好了", "没有连接打印机，已存为 PDF：临时托育服务协议 朱予晴.pdf"])
def test_a_notice_passes_beside_the_acts_and_above_them_where_there_is_no_room(notices, words):
    whole = notices.parentWidget().rect()
    notices.area = lambda: QRect(100, 0, 500, 600)
    notices.show_notice(Notice(words, Tone.OK, Undo("check_out", 1, "离园")))
    assert QRect(100, 0, 500, 600).contains(notices.geometry())
    label = notices.findChild(QLabel, "notice.words")
    assert label.heightForWidth(label.width()) <= label.height()
    low = notices.geometry().bottom()
    notices.area = lambda: QRect(0, 0, 120, 600)
    notices.place()
    assert whole.contains(notices.geometry())
    assert notices.geometry().bottom() < 200 < low


def test_the_digits_of_the_rail_count_from_the_top():
    shown = [spec for spec in ROOMS if not spec.hidden]
    ordered = [*(spec for spec in shown if not spec.last), *(spec for spec in shown if spec.last)]
    assert [spec.shortcut for spec in ordered] == [f"Alt+{digit}" for digit in "1234567890"]
