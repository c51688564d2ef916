"""The small sheets over the class: a photo, and the centre's phrases."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.changes import Done
from app.domain.logbook import NoteKind
from app.ui.classroom.photo_sheet import PhotoSheet
from app.ui.classroom.phrase_sheet import PhraseSheet
from app.ui.classroom.sheets import open_sheet
from tests.ui.classroom import data
from tests.ui.support import make_context, settle


class FakeClasses:
    def __init__(self, jpeg):
        self.jpeg, self.kept = jpeg, []
        self.photos = self.phrases = self

    def photo(self, actor, key):
        return self.jpeg if key == 1 else None

    def view(self, actor, kind):
        return ("今天很投入。",)

    def keep(self, actor, kind, texts):
        self.kept.append((kind, texts))
        return Done(None)


@pytest.fixture
def stage(qtbot, tmp_path):
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(0x88AA66)
    picture.save(str(tmp_path / "p.jpg"))
    classes = FakeClasses((tmp_path / "p.jpg").read_bytes())
    context = make_context(qtbot, SimpleNamespace(classes=classes), actor=data.TEACHER, now=data.NOW)
    frame = QWidget()
    qtbot.addWidget(frame)
    frame.resize(1100, 700)
    host = QWidget(frame)
    host.setGeometry(frame.rect())
    with qtbot.waitExposed(frame):
        frame.show()
    context.host = host
    yield SimpleNamespace(context=context, frame=frame, host=host, classes=classes)
    context.jobs.close()


def test_a_photo_is_shown_whole_and_escape_leaves(stage, qtbot):
    open_sheet("photo", stage.context, 1)
    settle(qtbot, stage.context)
    sheet = stage.frame.findChild(PhotoSheet)
    assert not sheet.picture.pixmap().isNull()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isHidden()
    assert stage.host.isEnabled()


def test_phrases_are_lines_and_both_lists_are_kept(stage, qtbot):
    open_sheet("phrases", stage.context)
    settle(qtbot, stage.context)
    sheet = stage.frame.findChild(PhraseSheet)
    edit = sheet.findChild(QPlainTextEdit, "phrases.notice")
    edit.setPlainText("请带雨鞋。\n请剪指甲。")
    sheet.finish()
    settle(qtbot, stage.context)
    assert stage.classes.kept == [
        (NoteKind.REMARK, ("今天很投入。",)),
        (NoteKind.NOTICE, ("请带雨鞋。", "请剪指甲。")),
    ]
    assert stage.host.isEnabled()  # the sheet has gone
