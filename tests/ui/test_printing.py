"""Paper on screen, on disk and on its way to the printer."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QWidget

from app.domain.errors import SurroundingsError
from app.domain.looks import Tone
from app.ui import printing
from app.ui.paperview import rasterise
from tests.ui.support import make_context, settle


def a_pdf(pages=1):
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    painter = QPainter(writer)
    for number in range(pages):
        if number:
            writer.newPage()
        painter.drawText(200, 200, f"page {number + 1}")
    painter.end()
    return bytes(buffer.data().data())


@pytest.fixture
def context(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("TUODEHAO_PRINTER", "none")
    context = make_context(qtbot, None, folder=tmp_path / "queue")
    context.printing = printing.Printing(
        context.theme,
        context.jobs,
        context.messages,
        tmp_path / "queue",
        draw=lambda paper: a_pdf(paper),
        file_name=lambda paper: f"paper_{paper}.pdf",
    )
    return context


def test_pages_are_rasterised_on_white_paper(qapp):
    pages = rasterise(a_pdf(2), 300)
    assert [image.width() for image in pages.images] == [300, 300]
    assert pages.images[0].pixelColor(5, 5).name() == "#ffffff"


def test_a_view_shows_what_was_drawn_and_says_why_it_shows_nothing(context, qtbot):
    view = context.printing.view()
    qtbot.addWidget(view)
    view.resize(400, 500)
    view.show()
    view.show_paper(1)
    settle(qtbot, context)
    assert view.pdf is not None
    view.clear("还没有成稿")
    assert view.pdf is None


def test_a_name_typed_without_its_ending_gets_it_and_takes_no_other_files_place(context, qtbot, tmp_path):
    said = []
    context.messages.said.connect(said.append)
    for typed in ("报告 12.3", "报告 12.3", "b.PDF"):
        context.printing.save(1, tmp_path / typed)
        settle(qtbot, context)
    assert sorted(path.name for path in tmp_path.glob("*.[pP]*")) == [
        "b.PDF", "报告 12.3.pdf", "报告 12.3（2）.pdf"
    ]  # fmt: skip
    assert said[1].words == "已保存：报告 12.3（2）.pdf"


def papers_in(folder):
    return sorted(path.name for path in folder.glob("*.pdf"))


def test_without_a_printer_the_paper_stays_in_the_queue_and_the_notice_says_where(
    context, qtbot, tmp_path, monkeypatch
):
    said, counted = [], []
    context.messages.said.connect(said.append)
    context.printing.send(1, lambda: counted.append(1))
    context.printing.send(1)
    settle(qtbot, context)
    assert papers_in(tmp_path / "queue") == ["paper_1.pdf", "paper_1（2）.pdf"]
    assert said[0].tone is Tone.WARN
    assert said[0].words == "没有连接打印机，已存为 PDF：paper_1.pdf"
    assert said[0].action == "打开文件夹"
    opened = []
    monkeypatch.setattr(printing.QDesktopServices, "openUrl", opened.append)
    said[0].act()
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path / "queue"]
    assert counted == [1]


def test_a_preview_covers_the_window_and_makes_what_is_below_deaf(context, qtbot):
    frame = QWidget()
    qtbot.addWidget(frame)
    host = QWidget(frame)
    host.resize(900, 700)
    frame.resize(900, 700)
    frame.show()
    context.printing.set_host(host)
    context.printing.preview(2)
    settle(qtbot, context)
    overlay = frame.findChild(QWidget, "preview")
    assert overlay.isVisible()
    assert not host.isEnabled()
    overlay.dismiss()
    assert host.isEnabled()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_folder_is_a_clear_sentence(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(SurroundingsError, match="写不进去"):
        printing.write_whole(tmp_path / "sub" / "x.pdf", b"x")


def test_a_file_in_the_way_is_a_clear_sentence_and_leaves_nothing_half(tmp_path: Path):
    (tmp_path / "in_the_way").write_text("")
    with pytest.raises(SurroundingsError, match="写不进去"):
        printing.write_whole(tmp_path / "in_the_way" / "x.pdf", b"x")
