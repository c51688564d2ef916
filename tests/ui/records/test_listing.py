"""The list of everybody on file: filtered by a word, nobody overlooked, a name without end in its row."""

import dataclasses

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QStyleOptionViewItem

from app.domain.ids import ChildId, ClassId
from app.domain.looks import Chip, Tone
from app.domain.records import Standing
from app.services.record_cards import RecordRow
from app.ui.records.listing import ListPanel, RecordDelegate, RecordModel
from tests.ui.support import Heard

DRAGON, STARS = ClassId(3), ClassId(1)


def row(number, name, standing=Standing.ENROLLED, class_id=DRAGON, **more):
    said = {"gaps": 0, "chip": Chip("齐全", Tone.OK), **more}
    return RecordRow(
        ChildId(number), name, "", "27 个月", standing, class_id, "", "#6B9A4B", "抱抱龙", **said
    )


ROWS = (
    row(1, "张沐阳", gaps=2),
    row(2, "周乐瑶", class_id=STARS, due="保险单还剩 25 天", group="staff"),
    row(3, "朱予晴", Standing.GUEST, None, group="public"),
    row(4, "马思睿", Standing.LEFT, None, group="staff"),
)


@pytest.fixture
def panel(ground):
    made = ground.put(ListPanel(ground.context.theme, ground.context.icons))
    made.heard = []
    made.show_classes([(DRAGON, "抱抱龙", ""), (STARS, "小星星", "")])
    made.show_rows(ROWS)
    made.chosen.connect(made.heard.append)
    return made


def choose(panel, kind):
    panel.standing.setCurrentIndex(panel.standing.findData(kind))
    return [one.name for one in panel.shown()]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("all", ["张沐阳", "周乐瑶", "朱予晴", "马思睿"]),
        ("enrolled", ["张沐阳", "周乐瑶"]),
        ("guest", ["朱予晴"]),
        ("left", ["马思睿"]),
        ("gaps", ["张沐阳"]),
        ("due", ["周乐瑶"]),
        ("staff", ["周乐瑶"]),  # who has left counts no more
        ("public", ["朱予晴"]),
    ],
)
def test_each_filter_shows_whom_its_word_means(panel, kind, names):
    assert choose(panel, kind) == names
    assert panel._count.text() == f"{len(names)} 人"


def test_of_who_is_due_the_row_says_what_expires(panel):
    choose(panel, "due")
    assert panel.shown()[0].words == "保险单还剩 25 天"
    choose(panel, "all")
    assert panel.shown()[1].words == "抱抱龙"


def test_whoever_was_lit_stays_lit_and_only_another_is_told(panel):
    panel.step(1)
    assert panel.heard == [2]
    panel.show_rows(ROWS)
    choose(panel, "enrolled")
    assert panel.heard == [2]
    choose(panel, "guest")
    assert panel.heard == [2, 3]
    panel.show_rows((), None)
    assert panel.heard == [2, 3, None]


def test_steps_stop_at_the_ends(panel):
    panel.step(-1)
    for _ in range(9):
        panel.step(1)
    assert panel.child() == 4
    assert panel.heard == [2, 3, 4]


def test_esc_goes_back_one_step_at_a_time(ground, panel):
    assert not panel.back()
    choose(panel, "left")
    assert not panel.back(), "a filter that shows somebody stays"
    ground.type(panel.search, "zhang")
    panel.show_rows(ROWS[:1])  # what the search found, which the filter hides
    assert panel._count.text() == "筛选里没有，别处有 1 人"
    assert [one.name for one in panel.shown()] == ["张沐阳"], "who is not seen is not entered a second time"
    assert panel.back()
    assert (panel.search.text(), panel.standing.currentData()) == ("", "left")
    panel.show_rows(ROWS[:1])
    assert panel.shown() == ()
    assert panel.back()
    assert panel.standing.currentData() == "all"


def test_other_classes_leave_the_chosen_one_and_a_closed_class_goes_to_all(panel):
    panel.classes.setCurrentIndex(panel.classes.findData(STARS))
    assert [one.name for one in panel.shown()] == ["周乐瑶"]
    panel.show_classes([(STARS, "小星星", "")])
    assert panel.classes.currentData() == STARS
    panel.show_classes([(DRAGON, "抱抱龙", "")])
    panel.show_rows(ROWS)
    assert len(panel.shown()) == 4


def test_enter_in_the_search_goes_to_the_rows_and_there_it_means_the_lit_one(ground, panel):
    panel.search.setFocus()
    ground.press(Qt.Key.Key_Return)
    assert panel.rows.hasFocus()
    with ground.qtbot.waitSignal(panel.edit_requested):
        ground.press(Qt.Key.Key_Return)


def test_a_row_is_read_aloud_whole_and_its_words_are_cut_where_they_have_no_room(ground, panel):
    long = dataclasses.replace(
        ROWS[0], name="古丽·阿卜杜热合曼·" * 8, nickname="古丽", words="抱抱龙 · 全日托" * 9
    )
    model = RecordModel()
    assert model.words_of(ROWS[0]) == "张沐阳，27 个月，抱抱龙，齐全"
    model.replace([long])
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 300, 56)
    ground_ = QPixmap(300, 56)
    painter = Heard(ground_)
    RecordDelegate(ground.context.theme, panel.rows).paint(painter, option, model.index(0))
    painter.end()
    assert painter.cut == []
    assert sum(said.endswith("…") for _room, said in painter.words) == 2
