"""A desk without a file: services that remember what they were asked and move children between columns."""

import dataclasses
import types

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.domain.ids import DraftId, ReceiptId, VisitId
from app.domain.looks import Chip, Tone
from app.domain.money import Money
from app.domain.pricing import PriceLine, Quote
from app.services.arrivals import Arrived
from app.services.desk import ChildCard, RowState
from app.services.intake import IntakeCard
from app.services.pickup import Departed, PickupCard
from app.services.taken import Taken
from tests.ui.desk import data

QUOTE = Quote(
    (
        PriceLine("temp_half_day", "半日临时托 09:12–14:00", 1, "次", Money(8000), Money(8000)),
        PriceLine("lunch", "午餐", 1, "份", Money(1500), Money(1500)),
    ),
    Money(9500),
    "计时算法：4 小时 48 分 → 5 小时 × 25 = 125，封顶半日价 80，已取较低。超时每半小时 15 元，宽限 10 分钟。",
)
MOVED = Changes(frozenset({Topic.VISITS}))


class FakeDesk:
    """Desk, arrivals and pick-up in one, over an in-memory board."""

    def __init__(self, board=data.BOARD):
        self._board = board
        self.adults = {data.YUQING.child: (data.GRANDMOTHER, data.MOTHER, data.BARRED)}
        self.quotes = {data.YUQING.child: QUOTE}
        self.calls = []
        self.refusal = None

    def everyone(self):
        board = self._board
        return (*board.expected, *board.due, *board.just_left, *board.present, *board.absent)

    def row(self, child):
        return next(row for row in self.everyone() if row.child == child)

    def board(self, _actor):
        return self._board

    def count_untraced(self, _actor, _board):
        return 0

    def card(self, _actor, child):
        row = self.row(child)
        words = "09:12 奶奶送到 · 晨检 36.5℃ 正常 · 预计 14:00 接" if row.visit else "今天还没来"
        return ChildCard(row, self.adults.get(child, (data.MOTHER,)), words)

    def prepare(self, actor, visit):
        row = next(row for row in self.everyone() if row.visit == visit)
        receipt = ReceiptId(1) if row.state is RowState.LEFT and row.child in self.quotes else None
        note, quote = "交接单未签（缺：情绪）", self.quotes.get(row.child)
        paid = receipt is not None and quote is not None
        taken = (Taken(receipt, "2025-000643", quote.lines, quote.total),) if paid else ()
        return PickupCard(visit, self.card(actor, row.child), "K7QM", quote, note, False, receipt, taken)

    def _done(self, what, value, label, child, **changed):
        self.calls.append(what)
        if self.refusal is not None:
            raise self.refusal
        self._move(child, **changed)
        return Done(value, MOVED, Undo("fake", 1, label))

    def check_in(self, _actor, arrival, _own_pin=""):
        row, visit = self.row(arrival.child), VisitId(arrival.child + 100)
        value = Arrived(visit, row.child, row.name, row.class_name, data.NOW, "K7QM")
        return self._done(
            arrival,
            value,
            f"{row.name} 入园",
            row.child,
            state=RowState.PRESENT,
            visit=visit,
            chip=Chip("正常"),
        )

    def undo_check_in(self, _actor, visit):
        row = next(row for row in self.everyone() if row.visit == visit)
        return self._done(("undo_check_in", visit), None, "", row.child, state=RowState.EXPECTED, visit=None)

    def note_absence(self, _actor, child, kind, reason, told_by):
        words = "病假" if kind == "sick" else "事假"
        return self._done((kind, reason), None, words, child, state=RowState.ABSENT, mode_words=words)

    def answer(self, _actor, child, answer, substances, told_by):
        done = (answer, substances, told_by)
        return self._done(done, None, "", child, allergy_unknown=False, allergies=substances)

    def undo_absence(self, _actor, child):
        return self._done("undo_absence", None, "", child, state=RowState.EXPECTED, mode_words="全日托")

    def check_out(self, _actor, leaving):
        row = next(row for row in self.everyone() if row.visit == leaving.visit)
        value = Departed(leaving.visit, row.name, "奶奶 王秀兰", data.NOW, ReceiptId(1))
        return self._done(
            leaving, value, f"{row.name} 离园", row.child, state=RowState.LEFT, left_at=data.NOW,
            collected_by="奶奶 王秀兰", chip=Chip("完成", Tone.OK),
        )  # fmt: skip

    def undo_check_out(self, _actor, visit):
        row = next(row for row in self.everyone() if row.visit == visit)
        return self._done(("undo_check_out", visit), None, "", row.child, state=RowState.DUE)

    def _move(self, child, **changed):
        rows = [dataclasses.replace(row, **changed) if row.child == child else row for row in self.everyone()]
        by = {state: tuple(row for row in rows if row.state is state) for state in RowState}
        self._board = dataclasses.replace(
            self._board, expected=by[RowState.EXPECTED], due=by[RowState.DUE], just_left=by[RowState.LEFT],
            present=by[RowState.PRESENT], absent=by[RowState.ABSENT],
        )  # fmt: skip


class FakePapers:
    """Says which paper was asked for."""

    def __init__(self):
        self.asked = []

    def pickup_report(self, _actor, visit, _text):
        self.asked.append(("report", visit))
        return "report"

    def receipt(self, _actor, receipt):
        self.asked.append(("receipt", receipt))
        return "receipt"

    def printed(self, _actor, kind, subject):
        self.asked.append(("printed", kind, subject))
        return Done(1)


class FakePrinting:
    """Takes papers instead of a printer; each is said to have gone out."""

    def __init__(self):
        self.sent, self.previewed = [], []

    def send(self, paper, count=None):
        self.sent.append(paper)
        count()

    def preview(self, paper, count=None):
        self.previewed.append(paper)
        count()


def services(desk=None, unfinished=None):
    """A bundle as the rooms see it."""
    desk = desk or FakeDesk()
    found = (DraftId(1), IntakeCard(name=unfinished)) if unfinished else None
    desk.left_unfinished = lambda _actor: found is not None
    desk.undecided_alarms = lambda _actor: ()
    return types.SimpleNamespace(
        desk=desk,
        arrivals=desk,
        allergies=desk,
        pickup=desk,
        papers=FakePapers(),
        classes=types.SimpleNamespace(
            instructions=types.SimpleNamespace(for_child=lambda _actor, _child: ())
        ),
        alarms=types.SimpleNamespace(stand=lambda _actor, visit, adult: Done((visit, adult))),
        intake=types.SimpleNamespace(unfinished=lambda _actor: found),
    )


class RefusedError(RuleError):
    """A refusal for tests."""
