"""What is left after F8: whose note is opened first, and why."""

import dataclasses

from app.services.handover import NoteState
from app.ui.handover.left_sheet import LeftSheet, left_records, to_open
from tests.ui.handover import data


def rows():
    plain = data.note_row(data.YUQING, NoteState.READY)
    hurt = dataclasses.replace(plain, read="额头摔了一下", waits="写到“额头摔了一下”，先打开看过再签")
    return plain, hurt


def test_nobody_is_named_where_nothing_is_to_be_read():
    plain, hurt = rows()
    assert to_open((plain,)) == ""
    assert to_open((plain, hurt)) == "1 份要先打开看：朱予晴（额头摔了一下）"


def test_the_sheet_says_whose_note_is_to_be_opened_and_why(ground):
    _, hurt = rows()
    ground.lay(LeftSheet(ground.context, ground.host, 3, left_records((hurt,)), 0, to_open((hurt,))))
    assert "1 份要先打开看：朱予晴（额头摔了一下）" in ground.words()
