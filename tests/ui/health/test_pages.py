"""发育 and 巡诊 on the practice centre, driven by keys as at a round of measuring."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget

from app.domain.staff import Role
from app.ui.health.doctor_page import DoctorPage
from app.ui.health.doctor_sheet import DoctorSheet
from app.ui.health.fever_page import FeverPage
from app.ui.health.growth_page import GrowthPage
from app.ui.health.illness_page import IllnessPage
from app.ui.health.injuries_page import InjuriesPage
from app.ui.health.medicine_page import MedicinePage
from app.ui.health.rounds_page import RoundsPage
from app.ui.health.tables_sheet import TablesSheet
from app.ui.widgets.export import ExportButton
from tests.services.growth_norm import ROWS, norm
from tests.ui.support import make_context, settle

Key = Qt.Key


class Bench:
    """A page on the practice centre in a window of its own."""

    def __init__(self, qtbot, services, actor, kind, folder):
        self.qtbot, self.services, self.actor = qtbot, services, actor
        self.context = make_context(qtbot, services, actor=actor, folder=folder)
        self.frame = QWidget()
        self.frame.resize(1278, 640)
        self.page = kind(self.context)
        host = QWidget()
        QVBoxLayout(self.frame).addWidget(host)
        QVBoxLayout(host).addWidget(self.page)
        qtbot.addWidget(self.frame)
        self.context.host = host
        self.context.printing.set_host(host)
        self.frame.show()
        self.frame.activateWindow()
        self.page.freshen()
        self.settle()

    def settle(self):
        settle(self.qtbot, self.context)

    def type(self, text):
        line = QApplication.focusWidget()
        if text.isascii():
            QTest.keyClicks(line, text)
        else:
            line.insert(text)  # as an input method does

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or self.frame, key, modifier)
        self.settle()

    def sheet(self, kind):
        return next(one for one in self.frame.findChildren(kind) if one.isVisible())


@pytest.fixture
def bench(qtbot, services, actors, tmp_path):
    return lambda kind, role=Role.TEACHER: Bench(qtbot, services, actors[role], kind, tmp_path)


def dragons(shown):
    faces = shown.services.health.growth.round(shown.actor, None).classes
    return next(one for one in faces if one.name == "抱抱龙")


@pytest.fixture
def growth(bench):
    shown = bench(GrowthPage)
    shown.page._on_class_chosen(str(dragons(shown).id))
    shown.settle()
    return shown


def first_without(page):
    line = next(one for one in page._round.lines if one.now is None)
    page.list.light(line.child.id)
    page._on_chosen(line.child.id)
    return line


def test_a_round_is_typed_with_enter_alone(growth):
    page = growth.page
    line = first_without(page)
    growth.settle()
    before = page._round.done
    grams, millimetres = line.before.taken.weight_g + 150, line.before.taken.stature_mm + 8
    page.take_focus()
    strokes = 0
    for text in (f"{grams / 1000:.2f}", f"{millimetres / 10:.1f}", ""):
        growth.type(text)
        growth.key(Key.Key_Return)
        strokes += len(text) + 1
    assert strokes <= 13  # nine digits and points, three Enters
    assert page._round.done == before + 1
    assert page.list.key() != line.child.id  # the next one is lit
    assert QApplication.focusWidget() is page.panel.fields["weight"].edit
    kept = growth.services.health.growth.view(growth.actor, line.child.id).measures[-1]
    assert (kept.taken.weight_g // 10, kept.taken.stature_mm) == (grams // 10, millimetres)


def test_a_doubt_is_said_and_the_same_enter_again_keeps(growth):
    page = growth.page
    line = first_without(page)
    growth.settle()
    page.take_focus()
    growth.type(f"{line.before.taken.weight_g / 1000 - 0.5:.2f}")
    for _ in range(3):
        growth.key(Key.Key_Return)
    assert "轻了" in page.panel.problem.text()
    assert page._round.lines[page._round.lines.index(line)].now is None
    growth.key(Key.Key_Return)
    assert page.panel.problem.text() == ""
    assert any(one.child.id == line.child.id and one.now for one in page._round.lines)


def test_a_doubt_is_said_anew_when_something_else_is_typed(growth):
    page = growth.page
    line = first_without(page)
    growth.settle()
    for less in (0.5, 0.9):
        page.panel.fields["weight"].set_text(f"{line.before.taken.weight_g / 1000 - less:.2f}")
        page._on_keep()
        growth.settle()
        assert "轻了" in page.panel.problem.text()
    assert growth.services.health.growth.view(growth.actor, line.child.id).measures[-1].day < page._round.day


def test_what_is_half_typed_is_not_read_over(growth):
    page = growth.page
    first_without(page)
    growth.settle()
    page.take_focus()
    growth.type("12")
    page.freshen()
    growth.settle()
    assert page.panel.fields["weight"].text() == "12"


def test_a_wrong_measure_is_told_at_its_field(growth):
    page = growth.page
    first_without(page)
    growth.settle()
    page.take_focus()
    growth.type("123")
    growth.key(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "1–30 kg" in page.panel.problem.text()
    assert page.panel.fields["weight"].problem
    assert QApplication.focusWidget() is page.panel.fields["weight"].edit


def test_one_who_was_measured_is_corrected(growth):
    page = growth.page
    line = next(one for one in page._round.lines if one.now is not None)
    page.list.light(line.child.id)
    page._on_chosen(line.child.id)
    growth.settle()
    assert page.panel.fields["weight"].text() == f"{line.now.taken.weight_g / 1000:.2f}"
    page.panel.fields["head"].set_text("49.9")
    page._on_keep()
    growth.settle()
    held = growth.services.health.growth.view(growth.actor, line.child.id).measures
    assert [one.day for one in held].count(line.now.day) == 1
    assert held[-1].taken.head_mm == 499


def test_the_curves_turn_with_the_tabs_and_speak(growth):
    page = growth.page
    page.list.light(page._round.lines[0].child.id)
    page._on_chosen(None)
    growth.settle()
    assert page.panel.curve.accessibleName().startswith("年龄别体重曲线")
    page.panel.tabs.button("proportion").click()
    assert page.panel.curve.accessibleName().startswith("身长/身高别体重曲线")
    assert page.panel.curve.grab().toImage().pixelColor(5, 5).isValid()


def test_the_card_is_previewed(growth):
    first_without(growth.page)
    growth.settle()
    growth.page._on_paper()
    growth.settle()
    assert growth.context.printing._preview is not None
    growth.context.printing._preview.dismiss()


def test_only_the_director_sees_the_standard(bench):
    assert not bench(GrowthPage).page.panel.tables.isVisible()
    assert bench(GrowthPage, Role.DIRECTOR).page.panel.tables.isVisible()


def test_a_standard_is_loaded_whole_or_not_at_all(bench, tmp_path, monkeypatch):
    shown = bench(GrowthPage, Role.DIRECTOR)
    shown.key(Key.Key_F6)
    sheet = shown.sheet(TablesSheet)
    assert not sheet.keep.isEnabled()
    file = tmp_path / "wst.csv"
    file.write_text(norm("年龄别体重,男,48,9,8,7,6,5,4,3"), "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(file), ""))
    shown.key(Key.Key_O, Qt.KeyboardModifier.AltModifier)
    assert "1 行不对" in sheet.told.text()
    assert sheet.bad.records[0].title == f"第 {ROWS + 2} 行"
    assert not sheet.keep.isEnabled()
    file.write_text(norm(), "utf-8")
    sheet.open_file(file)
    shown.settle()
    sheet.keep.click()
    shown.settle()
    assert shown.page._round.standard == "WS/T 423—2022"
    target = tmp_path / "模板.csv"
    shown.key(Key.Key_F6)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target.with_suffix("")), ""))
    shown.sheet(TablesSheet).template.click()
    shown.settle()
    assert "中位数" in target.read_text("utf-8-sig")


@pytest.fixture
def doctor(bench):
    return bench(DoctorPage, Role.HEALTH_WORKER)


def test_the_month_without_a_visit_is_reminded_of_until_one_is_kept(doctor):
    page = doctor.page
    assert "12 月还没有" in page.reminder.text()
    assert "李医生" in page.title.text()
    doctor.key(Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    sheet = doctor.sheet(DoctorSheet)
    assert sheet.doctor.text() == "李医生"  # the same as the last time
    sheet.content.edit.setFocus()
    doctor.type("复核")
    doctor.key(Key.Key_Return)
    doctor.type("总体良好")
    doctor.key(Key.Key_Return)
    doctor.type("zmy")
    doctor.key(Key.Key_Return)
    doctor.type("多晒太阳")
    doctor.key(Key.Key_Return)
    assert [one.words for one in sheet.list.records] == ["多晒太阳"]
    doctor.key(Key.Key_B, Qt.KeyboardModifier.AltModifier)
    assert len(sheet.list.records) > 5
    doctor.key(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not page.reminder.isVisible()
    assert "多晒太阳" in page.words.text()


def test_a_child_nobody_knows_and_one_taken_off(doctor):
    doctor.key(Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    sheet = doctor.sheet(DoctorSheet)
    sheet.child.edit.setFocus()
    doctor.type("没有这人")
    doctor.key(Key.Key_Return)
    assert "没有找到" in sheet.message.text()
    sheet.child.set_text("张沐阳")
    sheet._on_add()
    sheet.list.view.setFocus()
    doctor.key(Key.Key_Delete)
    assert sheet.list.records == ()
    sheet.conclusion.set_text("好")
    sheet.finish()
    doctor.settle()
    assert "哪些孩子" in sheet.message.text()


def test_a_visit_is_corrected_and_printed(doctor):
    doctor.key(Key.Key_F2)
    sheet = doctor.sheet(DoctorSheet)
    assert len(sheet.list.records) > 3
    sheet.conclusion.set_text("更正后的结论")
    sheet.keep.click()
    doctor.settle()
    assert "更正后的结论" in doctor.page.words.text()
    assert len(doctor.page.list.records) == 2
    doctor.page._on_paper()
    doctor.settle()
    assert doctor.context.printing._preview is not None
    doctor.context.printing._preview.dismiss()


def test_the_due_lists_lead_to_the_record(doctor):
    page = doctor.page
    assert page.dues.records
    page.kinds.button("vaccines").click()
    assert page.hint.isVisible()
    assert page.dues.records
    gone = []
    doctor.context.go_wanted.connect(lambda key, target: gone.append((key, target.child)))
    page.dues.view.setFocus()
    doctor.key(Key.Key_Return)
    assert gone == [("records", page.dues.records[0].key)]


PAGES_WITH_LISTS = (
    (RoundsPage, "health.rounds.export", "晨午检"),
    (FeverPage, "health.fever.export", "发热处理"),
    (MedicinePage, "health.medicine.export", "在园带药"),
    (InjuriesPage, "health.injuries.export", "儿童伤害"),
    (IllnessPage, "health.illness.export", "病例"),
    (GrowthPage, "growth.export", "生长测量"),
)


@pytest.mark.parametrize(("kind", "name", "words"), PAGES_WITH_LISTS)
def test_the_list_of_a_page_goes_out_as_a_table(bench, tmp_path, monkeypatch, database, kind, name, words):
    target = tmp_path / "表.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    made = bench(kind, Role.FRONT_DESK)
    (button,) = made.page.findChildren(ExportButton, name)
    assert not button.isHidden()
    button.click()
    made.settle()
    made.settle()
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    line = database.row("select detail from audit order by id desc limit 1")
    assert words in line["detail"]


@pytest.mark.parametrize(("kind", "name", "_words"), PAGES_WITH_LISTS)
def test_who_may_take_no_list_out_is_offered_none(bench, kind, name, _words):
    made = bench(kind, Role.TEACHER)
    (button,) = made.page.findChildren(ExportButton, name)
    assert button.isHidden()
