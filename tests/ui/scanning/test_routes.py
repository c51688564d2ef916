"""Where a scanned code goes, with a window and services of paper."""

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QWidget

from app.domain.ids import ChildId, VisitId
from app.domain.looks import Tone
from app.services.seals import Verdict
from app.ui.preferences import Preferences
from app.ui.rooms import Target
from app.ui.scanning.routes import Scans
from tests.ui.support import make_context, settle

RECEIPT, SLIP, CARD = (
    f"TDH1.{kind}.2025-000018.K7Q2M9XA4C" for kind in ("R", "S", "C")
)  # fmt: skip
GOOD = {
    RECEIPT: Verdict(True, "真", "收据", Tone.OK, VisitId(3)),
    SLIP: Verdict(True, "真", "凭条", Tone.OK, VisitId(4)),
    CARD: Verdict(True, "真", "接送卡", Tone.OK, child=ChildId(5)),
}


class Front:
    """A window that writes down what it is asked."""

    def __init__(self, host):
        self.host, self.current_key, self.shows, self.did = host, "office", False, []

    def room(self, _key):
        return SimpleNamespace(shows_child=self.shows)

    def enter(self, key, target=None):
        self.did.append((key, target))

    def show_verdict(self, verdict):
        self.did.append(verdict.title)


class Desk:
    row = SimpleNamespace(visit=VisitId(8), left_at=None)

    def rows(self, _actor, _children):
        return (self.row,)


@pytest.fixture
def stage(qtbot, tmp_path):
    host = QWidget()
    qtbot.addWidget(host)
    front, desk = Front(host), Desk()
    asked = []

    def verify(_actor, text):
        asked.append(text)
        return GOOD.get(text, Verdict(False, "假", "不是本中心发出的。", Tone.BAD))

    context = make_context(qtbot, SimpleNamespace(seals=SimpleNamespace(verify=verify), desk=desk))
    context.preferences = Preferences(tmp_path / "preferences.json")
    said = []
    context.messages.said.connect(lambda notice: said.append((notice.words, notice.tone)))
    scans = Scans(context, front, host)

    def take(text, by_place=""):
        scans.wedge.by_place = by_place
        scans.take(text)
        settle(qtbot, context)

    return SimpleNamespace(
        take=take, front=front, desk=desk, said=said, scans=scans, host=host, asked=asked, context=context
    )


def test_a_receipt_is_answered_where_one_is(stage):
    stage.take(RECEIPT)
    assert stage.front.did == ["真"]


def test_a_slip_opens_the_stay_at_the_desk_and_says_what_it_is(stage):
    stage.take(SLIP)
    assert stage.front.did == [("desk", Target(visit=VisitId(4), act="code"))]
    assert stage.said == [("凭条", Tone.OK)]


def test_a_card_opens_the_child_at_the_desk_or_in_the_room_in_front(stage):
    target = Target(child=ChildId(5), visit=VisitId(8))
    stage.take(CARD)
    stage.front.shows, stage.front.current_key = True, "classroom"
    stage.take(CARD)
    assert stage.front.did == [("desk", target), ("classroom", target)]


def test_a_child_who_has_gone_home_is_no_child_of_the_classroom(stage):
    stage.front.shows, stage.front.current_key = True, "classroom"
    stage.desk.row = SimpleNamespace(visit=VisitId(8), left_at=1)
    stage.take(CARD)
    assert stage.front.did == [("desk", Target(child=ChildId(5)))]


def test_a_forged_code_is_called_false(stage):
    stage.take("TDH1.C.2025-000018.AAAAAAAAAA")
    assert stage.front.did == ["假"]


def test_a_code_garbled_by_the_layout_is_read_by_where_its_keys_lie(stage):
    stage.take("TDH1.R.2025ß000018.K7Q2M9XA4C", RECEIPT)
    assert stage.front.did == ["真"]
    assert len(stage.asked) == 2


@pytest.mark.parametrize(
    ("typed", "meant", "told"), [("ЕВР1ЮЫЮ2025-000018ЮЛ7Й2Ь9ЧФ4С", SLIP, ""), ('N"JC', "N3JC", "N3JC")]
)
def test_a_garbled_slip_opens_the_stay_as_a_whole_one_does(stage, monkeypatch, typed, meant, told):
    monkeypatch.setitem(GOOD, "N3JC", Verdict(True, "真", "凭条码", Tone.OK, VisitId(4), told="N3JC"))
    stage.take(typed, meant)
    assert stage.front.did == [("desk", Target(visit=VisitId(4), act=f"code {told}".strip()))]


def test_another_bar_code_gets_a_sentence_and_is_not_asked_about(stage):
    stage.take("https://example.com/" + "x" * 100)
    assert stage.asked == []
    assert stage.said[0][0].startswith("扫到“HTTPS://EXAMPLE.COM/XXXX”")
    assert stage.said[0][1] is Tone.WARN


def test_under_a_sheet_a_code_waits_for_a_while(stage, qtbot):
    stage.host.setEnabled(False)
    stage.take(RECEIPT)
    assert stage.front.did == []
    stage.host.setEnabled(True)
    qtbot.waitUntil(lambda: stage.front.did == ["真"], timeout=3000)
    stage.host.setEnabled(False)
    stage.take(SLIP)
    stage.scans._patience.timeout.emit()
    lapsed = ("扫到的码还没有处理，请再扫一次。", Tone.WARN)
    assert stage.said == [lapsed]
    stage.host.setEnabled(True)
    qtbot.wait(1)
    settle(qtbot, stage.context)
    assert stage.front.did == ["真"]
    assert stage.said == [lapsed, lapsed], "under the sheet it was hardly seen"
    for enabled in (False, True):
        stage.host.setEnabled(enabled)
    assert len(stage.said) == 2


def test_before_somebody_has_signed_in_nothing_happens(stage):
    stage.context.sign_in(None)
    stage.take(RECEIPT)
    assert (stage.front.did, stage.asked) == ([], [])


def test_the_speed_is_remembered_on_this_machine(stage, tmp_path):
    assert stage.scans.wedge.gap_ms == 35
    stage.scans.set_gap(50)
    assert stage.scans.wedge.gap_ms == 50
    assert Preferences(tmp_path / "preferences.json").choices.scanner_gap == 50
