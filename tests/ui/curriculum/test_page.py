"""课程 by its keys: the week, the library, observations, summaries and booklets."""

import datetime as dt

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.curriculum import Area
from app.services.curriculum import Item, WeekWish
from app.services.term_summaries import SummaryState
from app.ui.curriculum import batch
from app.ui.curriculum.activity_sheet import ActivitySheet
from app.ui.curriculum.booklet_page import BookletPage
from app.ui.curriculum.cell_sheet import CellSheet
from app.ui.curriculum.library_page import LibraryPage
from app.ui.curriculum.note_sheet import NoteSheet
from app.ui.curriculum.notes_page import NotesPage
from app.ui.curriculum.page import PAGES
from app.ui.curriculum.plan_page import PlanPage
from app.ui.curriculum.term_page import TermPage
from app.ui.rooms import ROOMS
from tests.services.world import DAY

CTRL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
TERM = dt.date(2025, 9, 1)


def week_of(hands, day=DAY):
    return hands.services.classes.curriculum.week(hands.world.teacher, hands.world.dragons, day)


def seen(hands):
    return [(one.name, one.words) for one in hands.services.classes.observations.search(hands.world.teacher)]


def test_the_room_stands_in_the_rail_and_turns_its_pages(hands):
    assert next(spec for spec in ROOMS if spec.key == "curriculum").shortcut == "Alt+6"
    kinds = (PlanPage, LibraryPage, NotesPage, TermPage, BookletPage)
    for spec, kind in zip(PAGES, kinds, strict=True):
        assert isinstance(hands.page(spec.key), kind)
        assert hands.room.hints()


# -- the week ---------------------------------------------------------------------------------------------


def test_a_cell_is_planned_from_the_library_by_keys_and_taken_back(hands):
    page = hands.page("plan")
    assert page.grid.hasFocus()
    assert "周三 12月3日" in page.grid.accessibleDescription()
    hands.key(Qt.Key.Key_Return)
    sheet = hands.host.findChild(CellSheet)
    line = hands.find("cell.name.1")
    assert line.hasFocus()
    line.insert("浮与沉")
    line.textEdited.emit("浮与沉")
    hands.settle()
    hands.key(Qt.Key.Key_Down)
    assert [one.title for one in sheet.found.records] == ["科学：浮与沉"]
    assert "水盆" in sheet.steps.text()
    hands.key(Qt.Key.Key_Return)
    assert hands.find("cell.name.2").hasFocus()
    hands.key(Qt.Key.Key_Return, CTRL)
    assert week_of(hands).items == (Item(DAY, 600, "科学：浮与沉"),)
    assert hands.services.menus.plan(hands.world.teacher, DAY, hands.world.dragons).activities
    hands.undo()
    assert week_of(hands).items == ()
    assert "还没有活动" in page.grid.accessibleDescription()


def test_a_time_that_cannot_be_read_stays_in_the_sheet(hands):
    hands.page("plan")
    hands.key(Qt.Key.Key_Return)
    hands.fill("cell.name.1", "唱歌")
    hands.fill("cell.time.1", "早上")
    hands.key(Qt.Key.Key_Return, CTRL)
    sheet = hands.host.findChild(CellSheet)
    assert "看不懂" in sheet.message.text()
    hands.fill("cell.time.1", "9点40")
    hands.fill("cell.name.2", "画画")
    hands.fill("cell.time.2", "9:40")
    hands.key(Qt.Key.Key_Return, CTRL)
    assert "时间一样" in sheet.message.text()
    hands.fill("cell.time.2", "10")
    hands.key(Qt.Key.Key_Return, CTRL)
    assert [(one.minute, one.name) for one in week_of(hands).items] == [(580, "唱歌"), (600, "画画")]


def test_delete_empties_a_cell_and_a_day_that_has_passed_is_left_alone(hands):
    page = hands.page("plan")
    page.put(DAY, (Item(DAY, 600, "唱歌"),))
    hands.settle()
    hands.key(Qt.Key.Key_Delete)
    assert week_of(hands).items == ()
    hands.key(Qt.Key.Key_Left)
    assert not page.open.isEnabled()
    hands.key(Qt.Key.Key_Return)
    assert hands.host.findChild(CellSheet) is None
    assert "已经过去" in page.problem.text()


def test_theme_and_goals_are_kept_with_enter(hands):
    page = hands.page("plan")
    hands.fill("curriculum.plan.theme", "雪花飘飘")
    hands.fill("curriculum.plan.goals", "敢用胶棒")
    hands.room.refresh()  # somebody else did something meanwhile
    hands.settle()
    assert page.theme_field.text() == "雪花飘飘"
    hands.key(Qt.Key.Key_Return)
    assert (week_of(hands).theme, week_of(hands).goals) == ("雪花飘飘", "敢用胶棒")
    assert page.grid.hasFocus()
    assert not page.typing


def test_last_week_is_copied_and_a_refusal_stands_below(hands):
    page = hands.page("plan")
    hands.key(Qt.Key.Key_B, CTRL)
    assert "没有可以照抄的内容" in page.problem.text()
    items = (Item(DAY, 600, "唱歌"),)
    wish = WeekWish(hands.world.dragons, DAY, "雪花飘飘", "", items)
    hands.services.classes.curriculum.keep_week(hands.world.teacher, wish)
    hands.key(Qt.Key.Key_PageDown)
    assert "12月8日" in page.shown.text()
    hands.key(Qt.Key.Key_B, CTRL)
    later = week_of(hands, dt.date(2025, 12, 8))
    assert (later.theme, [one.day.day for one in later.items]) == ("雪花飘飘", [10])
    assert page.theme_field.text() == "雪花飘飘"
    hands.key(Qt.Key.Key_PageUp)
    assert "12月1日" in page.shown.text()


def test_who_did_what_stands_beside_the_week(hands):
    page = hands.page("plan")
    said = page._side_words.text()
    assert "手工课：贴雪花（计划外）" in said
    assert "主动参与 1 人：张沐阳" in said
    hands.key(Qt.Key.Key_Right)
    assert "还没有计划" in page._side_words.text()


def test_another_class_is_a_key_away_and_the_mouse_chooses_a_cell(hands):
    page = hands.page("plan")
    hands.key(Qt.Key.Key_PageDown, CTRL)
    assert page.class_id == hands.world.stars
    hands.key(Qt.Key.Key_PageUp, CTRL)
    assert page.class_id == hands.world.dragons
    _, _, box = next(one for one in page.grid._boxes() if one[:2] == (3, 4))
    QTest.mouseClick(page.grid, Qt.MouseButton.LeftButton, pos=QPoint(*map(int, box.center().toTuple())))
    hands.settle()
    assert (page.grid.row, page.grid.column) == (3, 4)
    assert page.open.text() == "安排周五下午"


def test_the_week_is_printed(hands):
    hands.page("plan")
    hands.key(Qt.Key.Key_P, CTRL)
    assert hands.has("preview.print")


# -- the library ------------------------------------------------------------------------------------------


def test_the_library_is_filtered_and_an_own_activity_added_changed_and_ended(hands):
    page = hands.page("library")
    assert page.search.hasFocus()
    assert len(page.list.records) >= 60
    page.search.setText("浮与沉")
    page.search.textEdited.emit("浮与沉")
    hands.settle()
    assert [one.title for one in page.list.records] == ["科学：浮与沉"]
    assert not page.change.isEnabled()
    page.area.setCurrentIndex(page.area.findData(Area.HABIT.value))
    hands.settle()
    assert page.list.records == ()
    page.area.setCurrentIndex(0)
    hands.key(Qt.Key.Key_N, CTRL)
    sheet = hands.host.findChild(ActivitySheet)
    hands.fill("activity.name", "手工课：贴窗花")
    hands.key(Qt.Key.Key_Return, CTRL)
    assert "月龄" in sheet.message.text()
    hands.fill("activity.months_from", "24")
    hands.fill("activity.months_to", "36")
    hands.key(Qt.Key.Key_Return, CTRL)
    assert "领域" in sheet.message.text()
    sheet.areas.set_values((Area.MOTOR.value,))
    hands.key(Qt.Key.Key_Return, CTRL)
    assert page.list.records[0].title == "手工课：贴窗花"
    page.list.light("手工课：贴窗花")
    page.list.chosen.emit("手工课：贴窗花")
    hands.key(Qt.Key.Key_F2)
    hands.fill("activity.materials", "红纸")
    hands.key(Qt.Key.Key_Return, CTRL)
    assert page.activity.materials == "红纸"
    hands.key(Qt.Key.Key_D, CTRL)
    assert "手工课：贴窗花" not in [one.title for one in page.list.records]
    hands.undo()
    assert "手工课：贴窗花" in [one.title for one in page.list.records]


# -- observations -----------------------------------------------------------------------------------------


def test_an_observation_takes_five_keys_from_a_prompt(hands):
    page = hands.page("notes")
    hands.key(Qt.Key.Key_Down)  # from 全班 to the first child
    name = page._faces[0].name
    for key, modifier in (
        (Qt.Key.Key_N, CTRL),
        (Qt.Key.Key_5, PLAIN),  # 习惯
        (Qt.Key.Key_Return, PLAIN),  # on to the words
        (Qt.Key.Key_Tab, PLAIN),
        (Qt.Key.Key_Tab, PLAIN),
    ):
        hands.key(key, modifier)
    sheet = hands.host.findChild(NoteSheet)
    assert sheet.prompts.view.hasFocus()
    hands.key(Qt.Key.Key_Return)
    assert hands.find("observation.words").hasFocus()
    hands.key(Qt.Key.Key_Return, CTRL)
    assert seen(hands) == [(name, "自己吃饭，桌面比较干净")]
    assert page.list.records[0].chips[0].words == "习惯"
    hands.undo()
    assert seen(hands) == []


def test_several_children_get_the_same_words_and_one_is_mended(hands):
    page = hands.page("notes")
    hands.key(Qt.Key.Key_N, CTRL)
    sheet = hands.host.findChild(NoteSheet)
    hands.key(Qt.Key.Key_Return, CTRL)
    assert "请先选孩子" in sheet.message.text()
    keys = [str(hands.world.children[name]) for name in ("张沐阳", "周乐瑶")]
    sheet.who.set_values(keys)
    hands.fill("observation.words", "一起搭桥")
    hands.fill("observation.day", "那天")
    hands.key(Qt.Key.Key_Return, CTRL)
    assert "看不懂日期" in sheet.message.text()
    hands.fill("observation.day", "昨天")
    hands.key(Qt.Key.Key_Return, CTRL)
    assert sorted(seen(hands)) == [("周乐瑶", "一起搭桥"), ("张沐阳", "一起搭桥")]
    page.list.view.setFocus()
    hands.key(Qt.Key.Key_F2)
    hands.fill("observation.words", "轮流搭桥")
    hands.key(Qt.Key.Key_Return, CTRL)
    assert sorted(words for _, words in seen(hands)) == ["一起搭桥", "轮流搭桥"]
    hands.key(Qt.Key.Key_D, CTRL)
    assert len(seen(hands)) == 1


def test_observations_are_looked_for_and_taken_out_by_the_director_only(hands):
    page = hands.page("notes")
    assert page.list.records == ()
    assert page.out.isHidden()
    hands.context.sign_in(hands.world.director)
    hands.settle()
    assert not page.out.isHidden()
    for words in ("双脚跳", "自己穿鞋"):
        hands.key(Qt.Key.Key_N, CTRL)
        hands.host.findChild(NoteSheet).who.set_values([str(hands.world.children["张沐阳"])])
        hands.fill("observation.words", words)
        hands.key(Qt.Key.Key_Return, CTRL)
        QApplication.sendPostedEvents(None, 52)  # DeferredDelete: the sheet is gone before the next
    page.search.setText("穿鞋")
    page.search.textEdited.emit("穿鞋")
    hands.settle()
    assert [one.title for one in page.list.records] == ["自己穿鞋"]


# -- summaries --------------------------------------------------------------------------------------------


def view_of(hands, name="张沐阳"):
    child = hands.world.children[name]
    return hands.services.classes.summaries.view(hands.world.teacher, child, TERM)


def to_child(hands, page, name):
    page.take_focus()
    hands.key(Qt.Key.Key_Home)
    for _ in range(5):
        if page.list.view.currentIndex().data() == name:
            return
        hands.key(Qt.Key.Key_Down)
    raise AssertionError(name)


def test_a_summary_writes_itself_is_edited_and_signed_by_keys(hands):
    page = hands.page("terms")
    to_child(hands, page, "张沐阳")
    assert "主动参与 1 次" in page._facts.text()
    assert page.words.toPlainText() == view_of(hands).drafted
    hands.key(Qt.Key.Key_Return)
    assert page.words.hasFocus()
    page.words.selectAll()
    page.words.insertPlainText("他很投入。")
    hands.key(Qt.Key.Key_Return, CTRL)
    view = view_of(hands)
    assert (view.state, view.text.words, view.number) == (SummaryState.SIGNED, "他很投入。", "G-202509-0001")
    assert page.list.records[page.list.view.currentIndex().row()].chips[0].words == "已签"
    assert "G-202509-0001" in page._stale.text()


def test_half_written_words_are_kept_when_the_eye_goes_on(hands):
    page = hands.page("terms")
    to_child(hands, page, "张沐阳")
    page.words.setPlainText("写了一半")
    page.words.document().setModified(True)
    hands.room.refresh()
    hands.settle()
    assert page.words.toPlainText() == "写了一半"
    to_child(hands, page, "周乐瑶")
    assert view_of(hands).text.words == "写了一半"
    assert page.words.toPlainText() != "写了一半"
    to_child(hands, page, "张沐阳")
    assert page.words.toPlainText() == "写了一半"
    hands.key(Qt.Key.Key_F7)
    assert view_of(hands).state is SummaryState.NONE


def test_half_written_words_outlive_a_power_cut(hands):
    page = hands.page("terms")
    to_child(hands, page, "张沐阳")
    hands.key(Qt.Key.Key_Return)
    QTest.keyClicks(page.words, "abc")
    hands.qtbot.waitUntil(lambda: view_of(hands).state is SummaryState.DRAFT, timeout=5000)
    hands.settle()
    assert view_of(hands).text.words == page.words.toPlainText()
    assert page.words.textCursor().position() == 3  # the hands go on where they were
    QTest.keyClicks(page.words, "d")
    hands.page("plan")
    assert view_of(hands).text.words.startswith("abcd")


def test_a_choice_is_kept_and_words_nobody_wrote_follow_it(hands):
    from app.services.observations import NoteWish

    child = hands.world.children["张沐阳"]
    hands.services.classes.observations.note(
        hands.world.teacher, NoteWish((child,), DAY, Area.MOTOR, "双脚交替上台阶")
    )
    page = hands.page("terms")
    to_child(hands, page, "张沐阳")
    assert "双脚交替上台阶" in page.words.toPlainText()
    page.picks.view.setFocus()
    hands.key(Qt.Key.Key_Return)
    assert [one.picked for one in view_of(hands).choices] == [False]
    assert "双脚交替上台阶" not in page.words.toPlainText()
    hands.key(Qt.Key.Key_Return)
    assert [one.picked for one in view_of(hands).choices] == [True]


def test_a_refusal_leaves_the_words_where_they_are(hands):
    page = hands.page("terms")
    to_child(hands, page, "张沐阳")
    page.words.setPlainText("他和周乐瑶是好朋友。")
    hands.key(Qt.Key.Key_Return, CTRL)
    assert "别的孩子的名字：周乐瑶" in page.problem.text()
    assert page.words.toPlainText() == "他和周乐瑶是好朋友。"
    assert view_of(hands).state is SummaryState.NONE


def test_the_page_for_the_parents_is_previewed(hands):
    page = hands.page("terms")
    to_child(hands, page, "张沐阳")
    hands.key(Qt.Key.Key_P, CTRL)
    assert hands.has("preview.print")


def test_only_signed_summaries_are_saved_for_the_class(hands, tmp_path, monkeypatch):
    monkeypatch.setattr("app.ui.curriculum.term_page.ask_folder", lambda *_: tmp_path / "out")
    (tmp_path / "out").mkdir()
    page = hands.page("terms")
    hands.key(Qt.Key.Key_B, CTRL)
    assert "没有签过字" in page.problem.text()
    to_child(hands, page, "张沐阳")
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.key(Qt.Key.Key_B, CTRL)
    hands.qtbot.waitUntil(lambda: page._batch is None, timeout=10_000)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["成长小结 张沐阳 2025年秋季学期.pdf"]
    assert "已存 1 份" in hands.said[-1].words


# -- booklets ---------------------------------------------------------------------------------------------


def test_a_booklet_is_shown_and_an_empty_month_says_so(hands):
    page = hands.page("booklets")
    to_child(hands, page, "张沐阳")
    assert page._paper.isVisible()
    assert page.print.isEnabled()
    to_child(hands, page, "周乐瑶")
    assert page._none.isVisible()
    assert not page.print.isEnabled()
    hands.key(Qt.Key.Key_PageDown)
    assert page.shown.text() == "2025年12月"  # nobody goes beyond this month
    hands.key(Qt.Key.Key_PageUp)
    assert page.shown.text() == "2025年11月"


def test_a_booklet_is_printed(hands):
    page = hands.page("booklets")
    to_child(hands, page, "张沐阳")
    hands.key(Qt.Key.Key_Return)
    assert hands.has("preview.print")


def test_a_class_is_saved_one_file_a_family(hands, tmp_path, monkeypatch):
    monkeypatch.setattr("app.ui.curriculum.booklet_page.ask_folder", lambda *_: tmp_path / "out")
    (tmp_path / "out").mkdir()
    page = hands.page("booklets")
    hands.key(Qt.Key.Key_B, CTRL)
    hands.qtbot.waitUntil(lambda: page._batch is None, timeout=10_000)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["成长月册 张沐阳 2025-12.pdf"]


class Told:
    """Papers for three children, of whom one has none; drawn as nothing."""

    def __init__(self, hands, tmp_path, cancel_at=None):
        self.progress, self.hands = [], hands
        names = ("张沐阳", "周乐瑶", "马思睿")
        children = [(hands.world.children[name], name) for name in names]
        actor = hands.world.teacher

        def freeze(services, child):
            return services.classes.booklets.paper(actor, child, "2025-12")

        self.batch = batch.Batch(hands.context, "成长月册", children, freeze, tmp_path, hands.room)
        self.ended = []
        self.batch.ended.connect(lambda: self.ended.append(True))

        def told(done, total):
            self.progress.append((done, total))
            if done == cancel_at:
                self.batch.job.cancel()

        self.batch.job.progressed.connect(told)
        self.batch.start()
        hands.qtbot.waitUntil(lambda: bool(self.ended), timeout=10_000)


def test_a_batch_tells_how_far_it_is_and_names_who_was_left_out(hands, tmp_path):
    told = Told(hands, tmp_path)
    assert told.progress == [(0, 3), (1, 3), (2, 3)]
    assert "已存 1 份" in hands.said[-1].words
    assert "没有存的：周乐瑶、马思睿" in hands.said[-1].words
    assert len(list(tmp_path.glob("*.pdf"))) == 1


def test_a_cancelled_batch_stops_and_says_what_it_has_written(hands, tmp_path):
    told = Told(hands, tmp_path, cancel_at=0)
    assert told.progress == [(0, 3)]
    assert hands.said[-1].words.startswith("已停下，已存 1 份")


def test_a_folder_that_cannot_be_written_ends_it_with_the_reason(hands, tmp_path):
    banners = []
    hands.context.messages.banner_raised.connect(lambda banner: banners.append(banner.words))
    (tmp_path / "taken").write_text("a file stands where the folder should be", "utf-8")
    told = Told(hands, tmp_path / "taken")
    assert told.progress == [(0, 3)]
    assert len(banners) == 1
    assert hands.said[-1].words.startswith("已停下，已存 0 份")
