"""Printing is a queue: nobody waits, nothing is lost, the order is kept, whatever the printer does."""

import dataclasses
import datetime as dt
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.errors import SurroundingsError
from app.domain.looks import Tone
from app.ui.print_panel import PrintPanel, QueueModel
from app.ui.print_store import UNSURE, JobState, PrintJob, PrintStore
from app.ui.printing import Printing
from tests.ui.support import STORY, make_context, settle


class FakePrinter:
    """Prints into a list. ``broken`` says what is wrong; ``gate`` holds it up like a dead machine."""

    def __init__(self):
        self.called, self.printed, self.broken = "前台打印机", [], ""
        self.gate = threading.Event()
        self.gate.set()
        self.pages_before_gone = 0

    def name(self):
        return self.called

    def spool(self, pdf, name):
        self.gate.wait(20)
        if self.broken:
            raise SurroundingsError(self.broken)
        self.printed.append(pdf.decode())


@pytest.fixture
def printer():
    return FakePrinter()


@pytest.fixture
def context(qtbot, tmp_path):
    return make_context(qtbot, None, folder=tmp_path / "queue")


@pytest.fixture
def make(context, printer, tmp_path):
    """A queue as one run of the program has it; a second one is the next run."""
    context.now = STORY

    def run():
        context.printing = Printing(
            context.theme,
            context.jobs,
            context.messages,
            tmp_path / "queue",
            draw=lambda paper: f"%PDF {paper}".encode(),
            file_name=lambda paper: f"{paper}.pdf",
            stamp=lambda pdf: "补打 ".encode() + pdf,
            printer=printer,
            clock=lambda: context.now,
        )
        return context.printing

    return run


@pytest.fixture
def queue(make):
    return make()


@pytest.fixture
def banners(context):
    raised = {}
    context.messages.banner_raised.connect(lambda banner: raised.__setitem__(banner.key, banner))
    context.messages.banner_ended.connect(lambda key: raised.pop(key, None))
    return raised


def states(queue):
    return [(job.name, job.state) for job in queue.queue]


def test_papers_print_in_their_order_and_each_is_counted_once(queue, context, qtbot, printer):
    counted, sent = [], []
    queue.sent.connect(sent.append)
    for name in "甲乙丙":
        queue.send(name, lambda name=name: counted.append(name))
    settle(qtbot, context)
    assert printer.printed == ["%PDF 甲", "%PDF 乙", "%PDF 丙"]
    assert counted == ["甲", "乙", "丙"]
    assert [job.state for job in queue.queue] == [JobState.DONE] * 3
    assert [one.printer for one in sent] == ["前台打印机"] * 3
    assert queue.chip().words == ""


@pytest.mark.parametrize("failed", [False, True], ids=["printed before", "not taken before"])
def test_a_paper_printed_again_is_noted_before_the_printer_is_asked(
    queue, make, context, qtbot, printer, failed, tmp_path
):
    """Else the note that it waits may come last, and the next start prints a receipt once more."""
    printer.broken = "没有响应。" if failed else ""
    queue.send("甲")
    settle(qtbot, context)
    printer.broken, ended, note = "", threading.Event(), queue._store.note

    def noting(job):
        if job.state is JobState.WAITING:
            ended.wait(0.3)  # a slow disk: a printer that does not wait for it has ended by now
        note(job)
        if job.state is JobState.DONE:
            ended.set()

    queue._store.note = noting
    if failed:
        queue.retry()
    else:
        queue.print_last_again()
    settle(qtbot, context)
    assert ended.is_set()
    assert [job.state for job in PrintStore(tmp_path / "queue").load(STORY)] == [JobState.DONE]


def test_a_dead_printer_holds_up_neither_the_desk_nor_a_drawing(queue, context, qtbot, printer):
    printer.gate.clear()
    queue.send("甲")
    queue.send("乙")
    drawn = []
    qtbot.waitUntil(lambda: states(queue)[:1] == [("甲.pdf", JobState.PRINTING)], timeout=5000)
    context.draw(lambda: 1, done=drawn.append)
    context.jobs.run(lambda: 2, done=drawn.append)
    qtbot.waitUntil(lambda: sorted(drawn) == [1, 2], timeout=5000)
    assert queue.chip().words == "打印 2 份"
    assert queue.chip().tone is Tone.INFO
    printer.gate.set()
    settle(qtbot, context)
    assert printer.printed == ["%PDF 甲", "%PDF 乙"]


def test_a_printer_that_goes_in_mid_job_stops_the_queue_and_loses_nothing(
    queue, context, qtbot, printer, banners, tmp_path
):
    printer.broken = "打印机“前台打印机”没有响应。请检查电源。"
    for name in "甲乙丙":
        queue.send(name)
    settle(qtbot, context)
    assert states(queue) == [
        ("甲.pdf", JobState.FAILED),
        ("乙.pdf", JobState.WAITING),
        ("丙.pdf", JobState.WAITING),
    ]
    assert queue.chip().words == "打印停了 · 3 份没打"
    banner = banners["print_queue.stuck"]
    assert banner.words.startswith("打印机“前台打印机”没有响应。请检查电源。")
    assert banner.action == "现在再试"
    assert sorted(path.name for path in (tmp_path / "queue").glob("*.pdf")) == ["丙.pdf", "乙.pdf", "甲.pdf"]
    printer.broken = ""
    banner.act()
    settle(qtbot, context)
    assert printer.printed == ["%PDF 甲", "%PDF 乙", "%PDF 丙"]
    assert "print_queue.stuck" not in banners


def test_the_queue_asks_the_printer_again_by_itself(queue, context, qtbot, printer):
    printer.broken = "没有纸了。"
    queue.send("甲")
    settle(qtbot, context)
    assert queue._retry.isActive()
    printer.broken = ""
    queue._retry.timeout.emit()
    settle(qtbot, context)
    assert printer.printed == ["%PDF 甲"]
    assert not queue._retry.isActive()


def test_the_one_that_holds_up_the_others_can_be_left_out(queue, context, qtbot, printer):
    printer.broken = "没有纸了。"
    queue.send("甲")
    queue.send("乙")
    settle(qtbot, context)
    printer.broken = ""
    queue.cancel(queue.queue[0].number)
    settle(qtbot, context)
    assert printer.printed == ["%PDF 乙"]
    assert states(queue)[0] == ("甲.pdf", JobState.CANCELLED)
    queue.again(queue.queue[0].number)
    settle(qtbot, context)
    assert printer.printed == ["%PDF 乙", "%PDF 甲"]


def test_waiting_ones_can_be_cancelled_and_the_one_at_the_printer_cannot(queue, context, qtbot, printer):
    printer.gate.clear()
    queue.send("甲")
    queue.send("乙")
    qtbot.waitUntil(lambda: len(queue.queue) == 2, timeout=5000)
    for job in queue.queue:
        queue.cancel(job.number)
    printer.gate.set()
    settle(qtbot, context)
    assert printer.printed == ["%PDF 甲"]


def test_one_key_prints_the_last_again_and_it_counts(queue, context, qtbot, printer):
    said, counted = [], []
    context.messages.said.connect(lambda notice: said.append(notice.words))
    queue.print_last_again()
    assert said == ["今天还没有打印过。"]
    queue.send("甲", lambda: counted.append("甲"))
    queue.send("乙", lambda: counted.append("乙"))
    settle(qtbot, context)
    queue.print_last_again()
    settle(qtbot, context)
    queue.print_last_again()
    settle(qtbot, context)
    assert printer.printed == ["%PDF 甲", "%PDF 乙", "%PDF 乙", "%PDF 乙"]
    assert counted == ["甲", "乙", "乙", "乙"]


def test_one_key_prints_the_last_again_although_a_later_one_was_cancelled(queue, context, qtbot, printer):
    said = []
    context.messages.said.connect(lambda notice: said.append(notice.words))
    printer.gate.clear()
    queue.send("甲")
    queue.send("乙")
    qtbot.waitUntil(lambda: len(queue.queue) == 2, timeout=5000)
    queue.cancel(queue.queue[1].number)
    printer.gate.set()
    settle(qtbot, context)
    queue.print_last_again()
    settle(qtbot, context)
    assert printer.printed == ["%PDF 甲", "%PDF 甲"]
    assert "今天还没有打印过。" not in said


def test_what_waited_prints_at_the_next_start_in_its_order(make, context, qtbot, printer):
    first = make()
    printer.broken = "没有纸了。"
    for name in "甲乙丙":
        first.send(name)
    settle(qtbot, context)
    first._retry.stop()
    printer.broken = ""
    said = []
    context.messages.said.connect(lambda notice: said.append(notice.words))
    context.now = STORY + dt.timedelta(days=1)
    second = make()
    second.resume()
    second.send("丁")
    settle(qtbot, context)
    assert printer.printed == ["%PDF 甲", "%PDF 乙", "%PDF 丙", "%PDF 丁"]
    assert "上次有 3 份没打完，接着打。" in said


def test_what_was_at_the_printer_when_the_program_ended_is_asked_about(
    make, context, qtbot, printer, banners
):
    first = make()
    printer.gate.clear()
    first.send("甲")
    first.send("乙")
    qtbot.waitUntil(lambda: len(first.queue) == 2, timeout=5000)
    store = PrintStore(first.folder)
    qtbot.waitUntil(lambda: [job.state for job in store.load(STORY)][:1] == [JobState.FAILED], timeout=5000)
    printer.gate.set()
    settle(qtbot, context)  # the first run goes on behind our back: only its files are looked at
    store.note(PrintJob(first.queue[0].number, "甲.pdf", JobState.PRINTING, STORY))
    printer.printed.clear()
    second = make()
    second.resume()
    settle(qtbot, context)
    assert next((job.name, job.state, job.reason) for job in second.queue) == (
        "甲.pdf",
        JobState.FAILED,
        UNSURE,
    )
    assert "甲.pdf" in banners["print_queue"].words
    assert printer.printed == []
    second.again(second.queue[0].number)
    settle(qtbot, context)
    assert printer.printed == ["%PDF 甲"]


def test_without_a_printer_the_pdf_is_named_and_kept_for_ever(make, context, qtbot, printer, tmp_path):
    printer.called = ""
    first = make()
    first.send("甲")
    settle(qtbot, context)
    assert states(first) == [("甲.pdf", JobState.KEPT)]
    context.now = STORY + dt.timedelta(days=40)
    second = make()
    second.resume()
    settle(qtbot, context)
    assert states(second) == []
    assert (tmp_path / "queue" / "甲.pdf").read_bytes() == b"%PDF \xe7\x94\xb2"
    assert list((tmp_path / "queue").glob(".*")) == []


def test_what_was_printed_leaves_the_folder_on_another_day(make, context, qtbot, tmp_path):
    first = make()
    first.send("甲")
    settle(qtbot, context)
    assert (tmp_path / "queue" / "甲.pdf").exists()
    context.now = STORY + dt.timedelta(days=1)
    first.send("乙")
    settle(qtbot, context)
    assert states(first) == [("乙.pdf", JobState.DONE)]
    assert sorted(path.name for path in (tmp_path / "queue").glob("*.pdf")) == ["乙.pdf"]
    context.now = STORY + dt.timedelta(days=2)
    second = make()
    second.resume()
    settle(qtbot, context)
    assert list((tmp_path / "queue").iterdir()) == []


def test_a_folder_that_cannot_be_written_prints_from_memory_and_says_so(
    queue, context, qtbot, printer, tmp_path, banners
):
    (tmp_path / "queue").write_text("in the way")
    printer.broken = "没有纸了。"
    queue.send("甲")
    settle(qtbot, context)
    assert "内存" in banners["print_folder"].words
    assert queue.queue[0].loose
    printer.broken = ""
    queue.retry()
    settle(qtbot, context)
    assert printer.printed == ["%PDF 甲"]
    (tmp_path / "queue").unlink()
    queue.send("乙")
    settle(qtbot, context)
    assert "print_folder" not in banners


def test_a_paper_in_memory_is_not_called_kept_until_it_is_on_the_disk(
    queue, context, qtbot, printer, tmp_path, banners
):
    (tmp_path / "queue").write_text("in the way")
    printer.called = ""
    queue.send("甲")
    settle(qtbot, context)
    assert states(queue) == [("甲.pdf", JobState.FAILED)]
    assert "写不进去" in banners["print_queue.stuck"].words
    (tmp_path / "queue").unlink()
    queue.retry()
    settle(qtbot, context)
    assert states(queue) == [("甲.pdf", JobState.KEPT)]
    assert (tmp_path / "queue" / "甲.pdf").read_bytes() == b"%PDF \xe7\x94\xb2"


def test_a_pdf_taken_away_is_a_clear_sentence_and_can_be_left_out(queue, context, qtbot, printer, tmp_path):
    printer.broken = "没有纸了。"
    queue.send("甲")
    settle(qtbot, context)
    (tmp_path / "queue" / "甲.pdf").unlink()
    printer.broken = ""
    queue.retry()
    settle(qtbot, context)
    assert "读不出来" in queue.queue[0].reason


def test_a_bug_in_printing_one_holds_up_no_other(queue, context, qtbot, printer):
    def explode(_pdf, _name):
        printer.spool = FakePrinter.spool.__get__(printer)
        raise ValueError("not a readable PDF")

    printer.spool = explode
    queue.send("甲")
    queue.send("乙")
    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=5000)
    assert [type(crash) for crash in context.crashes] == [ValueError]
    assert states(queue) == [("甲.pdf", JobState.FAILED), ("乙.pdf", JobState.DONE)]


def test_notes_that_are_none_are_passed_over(tmp_path):
    store = PrintStore(tmp_path)
    store.put(1, "甲.pdf", b"x", STORY)
    (tmp_path / ".乙.pdf.json").write_text("{")
    (tmp_path / ".丙.pdf.json").write_text("[]")
    assert [job.name for job in store.load(STORY)] == ["甲.pdf"]
    assert PrintStore(tmp_path / "nowhere").load(STORY) == ()


# -- the panel


@pytest.fixture
def panel(queue, context, qtbot):
    frame = QWidget()
    qtbot.addWidget(frame)
    host = QWidget(frame)
    host.resize(1000, 700)
    frame.resize(1000, 700)
    frame.show()
    queue.set_host(host)
    queue.open_panel()
    yield frame.findChild(PrintPanel)
    frame.close()


def test_an_empty_queue_says_what_will_stand_there(panel, queue):
    assert panel._empty.isVisible()
    assert not panel._again.isEnabled()
    queue.open_panel()  # a second time: the same one
    assert len(panel.parentWidget().findChildren(PrintPanel)) == 1


def test_the_panel_shows_what_failed_first_and_acts_by_keys(panel, queue, context, qtbot, printer):
    queue.send("甲")
    settle(qtbot, context)
    printer.broken = "没有纸了。请加纸。"
    queue.send("乙")
    queue.send("丙")
    settle(qtbot, context)
    assert [job.name for job in panel._model.items] == ["乙.pdf", "丙.pdf", "甲.pdf"]
    assert "没有纸了" in panel._model.words_of(panel._model.items[0])
    panel.list.setCurrentIndex(panel._model.index(1))
    panel._cancel.click()
    settle(qtbot, context)
    panel.list.setCurrentIndex(panel._model.index(0))
    printer.broken = ""
    panel._again.click()
    settle(qtbot, context)
    assert printer.printed == ["%PDF 甲", "%PDF 乙"]
    assert panel._chip.chip.words == "都打完了"
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert panel.isHidden()


def test_what_was_only_kept_as_a_file_is_not_said_to_be_printed(panel, queue, context, qtbot, printer):
    queue.send("甲")
    settle(qtbot, context)
    assert panel._chip.chip.words == "都打完了"
    queue._queue[:] = [dataclasses.replace(queue.queue[0], state=JobState.KEPT)]
    panel.show_queue()
    assert (panel._chip.chip.words, panel._chip.chip.tone) == ("1 份没打，已存 PDF", Tone.WARN)
    queue._queue[:] = [dataclasses.replace(queue.queue[0], state=JobState.CANCELLED)]
    panel.show_queue()
    assert panel._chip.chip.words == ""


def test_the_model_keeps_the_contract(qtmodeltester):
    model = QueueModel()
    qtmodeltester.check(model)
    model.replace([PrintJob(1, "甲.pdf", JobState.WAITING, STORY)])
    qtmodeltester.check(model)


def test_the_status_line_and_the_keys_reach_the_queue(application, window, qtbot):
    printing = application.context.printing
    window.activateWindow()
    printing._store.put(1, "甲.pdf", b"x", STORY)
    printing.resume()
    qtbot.waitUntil(lambda: not application.jobs.busy and bool(printing.queue), timeout=10_000)
    QTest.keyClick(
        window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    panel = window.findChild(PrintPanel)
    assert panel.isVisible()
    assert [job.state for job in panel._model.items] == [JobState.KEPT]
    printing._stuck = 1
    printing.changed.emit()
    assert window.status._print.chip.words.startswith("打印停了")
    printing._stuck = None
    printing.changed.emit()
    assert window.status._print.isHidden()


@dataclasses.dataclass(frozen=True)
class Receipt:
    """A paper that says how often it was printed."""

    number: str
    print_count: int = 1

    def __str__(self):
        return f"{self.number} 第 {self.print_count} 次"


def test_a_paper_that_says_its_count_is_drawn_anew_with_each_print(queue, context, qtbot, printer):
    counted = []
    receipt = Receipt("7")
    queue.send(receipt, lambda: counted.append(1))
    queue.send(receipt, lambda: counted.append(1))  # the button of a preview, pressed twice
    settle(qtbot, context)
    queue.print_last_again()
    settle(qtbot, context)
    queue.again(queue.queue[0].number)
    settle(qtbot, context)
    assert printer.printed == [f"%PDF 7 第 {n} 次" for n in (1, 2, 3, 4)]
    assert len(counted) == 4
    assert [job.state for job in queue.queue] == [JobState.DONE] * 4
    queue.send(Receipt("8"))
    queue.send(Receipt("7", 9))  # counted elsewhere meanwhile
    settle(qtbot, context)
    assert printer.printed[-2:] == ["%PDF 8 第 1 次", "%PDF 7 第 9 次"]


def test_what_was_never_printed_is_no_second_copy(queue, context, qtbot, printer):
    printer.broken = "没有纸了。"
    queue.send(Receipt("7"))
    settle(qtbot, context)
    queue.cancel(queue.queue[0].number)
    printer.broken = ""
    queue.again(queue.queue[0].number)
    settle(qtbot, context)
    assert printer.printed == ["%PDF 7 第 1 次"]
    queue.again(queue.queue[0].number)
    settle(qtbot, context)
    assert printer.printed[1:] == ["%PDF 7 第 2 次"]


def test_one_printed_by_an_earlier_run_is_stamped(make, context, qtbot, printer):
    first = make()
    first.send(Receipt("7"))
    first.send("甲")
    settle(qtbot, context)
    context.now = STORY + dt.timedelta(minutes=5)
    second = make()
    second.resume()
    settle(qtbot, context)
    for job in second.queue[:2]:
        second.again(job.number)
        settle(qtbot, context)
    assert printer.printed[2:] == ["补打 %PDF 7 第 1 次", "%PDF 甲"]
    stamped = next(job for job in second.queue if job.name.startswith("7") and job.counted)
    second.again(stamped.number)
    settle(qtbot, context)
    assert printer.printed[-1].startswith("补打 ")
