"""What was found as lines: headings are passed over, the grave is said, each line leads to its place."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QStyleOptionViewItem

from app.domain.ids import AdultId, ApplicantId, ChildId, ClassId, ReceiptId, VisitId
from app.domain.looks import Chip, Tone
from app.domain.modes import CareMode
from app.services.desk import ChildRow, RowState
from app.services.finding import AdultHit, FamilyHit, PaperHit
from app.ui.commands import Way
from app.ui.icons import Icons
from app.ui.rooms import Target
from app.ui.shell import hits
from app.ui.shell.hits import Hit, HitDelegate, HitModel
from app.ui.theme import Theme
from tests.ui.support import Heard

GROUP, CHILD = Hit("孩子"), Hit("朱予晴", target=Target(child=ChildId(1)))
WAY = Hit("挂失接送卡", room="cards")


def row(state=RowState.DUE, nickname="予晴"):
    return ChildRow(
        ChildId(1), VisitId(9), state, "朱予晴", nickname, "f", "27 个月", ClassId(3), "抱抱龙", "#6B9A4B",
        CareMode.HOURLY, "计时", (), allergy_unknown=False, expected_minute=None, arrived_at=None,
        promised_at=None, left_at=None, collected_by="", overdue_minutes=0, chip=Chip("14:00"),
    )  # fmt: skip


@pytest.fixture
def model(qapp):
    made = HitModel()
    made.replace([GROUP, CHILD, Hit("命令"), WAY])
    return made


def test_arrows_pass_over_headings_and_stop_at_the_ends(model):
    assert model.next_place(1, 1) == 3
    assert model.next_place(3, 1) == 3
    assert model.next_place(3, -1) == 1
    assert model.next_place(1, -1) == 1, "above the first hit there is only its heading"
    assert model.next_place(-1, 1) == 1


def test_a_heading_is_read_and_cannot_be_chosen_and_the_model_keeps_its_contract(model, qtmodeltester):
    qtmodeltester.check(model)
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable


def test_a_child_says_where_she_is_today_and_leads_to_her_visit():
    hit = hits.of_child(row())
    assert (hit.words, hit.beside) == ("抱抱龙 · 待接 · 计时", "27 个月 · 予晴")
    assert hit.target == Target(child=ChildId(1), visit=VisitId(9))
    assert hits.of_child(row(RowState.ABSENT, "")).beside == "27 个月"
    assert "请假" in hits.of_child(row(RowState.ABSENT)).words


@pytest.mark.parametrize(("barred", "chip"), [(True, Chip("禁止接走", Tone.BAD)), (False, Chip(""))])
def test_who_must_not_take_a_child_is_marked_wherever_she_is_found(barred, chip):
    found = AdultHit(AdultId(2), ChildId(1), "朱某", "爸爸", "", "朱予晴", barred)
    hit = hits.of_adult(found)
    assert (hit.chip, hit.words, hit.target.child) == (chip, "朱予晴的爸爸", 1)


def test_a_family_that_asks_leads_to_the_admissions_and_a_paper_over_its_child_or_to_the_cards():
    family = hits.of_family(FamilyHit(ApplicantId(4), "石沐言", "李芳来问", Chip("咨询")))
    assert (family.room, family.target.applicant) == ("admissions", 4)
    receipt = PaperHit("receipt", "收据 2025-000018", "", Chip(""), ChildId(1), None, ReceiptId(18))
    assert (hits.of_paper(receipt).room, hits.of_paper(receipt).target.act) == ("", "receipt 18")
    card = hits.of_paper(PaperHit("card", "接送卡 7", "", Chip(""), ChildId(1)))
    assert (card.room, card.target.act) == ("cards", "")


def test_a_room_is_opened_and_an_act_says_nothing_more():
    room = hits.of_way(Way("班级", "view-grid-outline", "Alt+2", "classroom", None, "", 0))
    act = hits.of_way(Way("紧急点名", "alarm", "F9", "", None, "roll_call", 0))
    assert (room.words, act.words) == ("打开", "")
    assert not room.heading
    assert not act.heading


@pytest.mark.parametrize("width", [260, 520])
def test_a_line_is_painted_within_its_width_with_its_key_or_its_chip(qtbot, qapp, width):
    theme, model = Theme(), HitModel()
    theme.apply(qapp, "light", 100)
    long = "古丽·阿卜杜热合曼·" * 6
    target = Target(child=ChildId(1))
    model.replace(
        [
            Hit(long, long, long, Chip("禁止接走", Tone.BAD), letter="古", target=target),
            Hit("交班", "", key="F8", icon="cog-outline", act="x"),
        ]
    )
    delegate, option, ground = HitDelegate(theme, Icons(theme)), QStyleOptionViewItem(), QPixmap(width, 80)
    option.rect = QRect(0, 0, width, theme.metrics.row)
    for at, words in ((0, "禁止接走"), (1, "F8")):
        painter = Heard(ground)
        delegate.paint(painter, option, model.index(at))
        painter.end()
        assert painter.cut == []
        assert any(words in said for _room, said in painter.words)
        assert max(room.right() for room, said in painter.words if said) <= width


def test_everything_a_line_says_is_read_aloud(model):
    model.replace([Hit("朱予晴", "抱抱龙", "27 个月", Chip("14:00"), target=Target())])
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "朱予晴，27 个月，抱抱龙，14:00"
    assert model.data(model.index(7)) is None
