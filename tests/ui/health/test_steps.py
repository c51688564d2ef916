"""The column of what was done: read aloud in order, as high as its words, and painted within its width."""

import pytest

from app.domain.looks import Tone
from app.ui.health import steps
from app.ui.health.steps import StepColumn, StepLine
from app.ui.theme import Theme
from tests.ui.support import Heard

TOLD = "妈妈 赵敏 13700001111 接通：说马上来接，大约二十分钟到，请老师先用温水擦一擦额头和手心"
LINES = (
    StepLine("13:52", "复测", "耳温 38.7℃"),
    StepLine("13:55", "通知家长", TOLD),
    StepLine("", "进隔离室", tone=Tone.WARN, faint=True),
)


@pytest.fixture
def column(qtbot, qapp):
    theme = Theme()
    theme.apply(qapp, "light", 100)
    made = StepColumn(theme, "health.fever.steps", "处理经过")
    qtbot.addWidget(made)
    made.show_lines(LINES)
    return made


def test_it_is_read_aloud_line_by_line_and_what_is_empty_is_not_read(column):
    assert column.accessibleName() == f"处理经过：13:52 复测 耳温 38.7℃；13:55 通知家长 {TOLD}；进隔离室"
    column.show_lines(())
    assert column.accessibleName() == "处理经过："


def test_narrow_words_take_more_lines_and_a_line_without_words_takes_one(column):
    wide, narrow = column.heightForWidth(600), column.heightForWidth(240)
    assert narrow > wide
    column.show_lines(LINES[2:])
    assert column.heightForWidth(600) == column.heightForWidth(240) < wide


def test_every_word_is_painted_in_the_height_it_asked_for(column, monkeypatch):
    painters = []

    class Listening(Heard):
        def __init__(self, device):
            super().__init__(device)
            painters.append(self)

    monkeypatch.setattr(steps, "QPainter", Listening)
    column.resize(300, column.heightForWidth(300))
    column.grab()
    (heard,) = painters
    words = [said for _room, said in heard.words if said]
    assert words == ["13:52", "复测", "耳温 38.7℃", "13:55", "通知家长", TOLD, "进隔离室"]
    assert heard.cut == []
    assert max(room.bottom() for room, _said in heard.words) <= column.height()
