"""Freezing the file into papers: what stands on each, and what must not."""

import dataclasses
import datetime as dt
import re

import pytest

from app.domain.ids import ReceiptId, VisitId
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.money import Money
from app.domain.seals import SealKind, read_seal
from app.domain.staff import Actor, NotPermittedError, Role
from app.domain.visits import NotTodayError
from app.services.cashier import Cashier, UnknownReceiptError
from app.services.classroom import Classroom
from app.services.handover import Handover
from app.services.month import Month
from app.services.papers import NoAgreementError, Papers, draw, file_name
from app.store import centre

DESK = Actor(2, "林晓", Role.FRONT_DESK)
TEACHER = Actor(4, "许静", Role.TEACHER)
DIRECTOR = Actor(1, "周敏", Role.DIRECTOR)


@pytest.fixture
def papers(database, clock):
    return Papers(database, clock)


@pytest.fixture
def visit_of(database):
    def _visit_of(name):
        row = database.row(
            "select v.id from visit v join child c on c.id = v.child_id where c.name = :name"
            " order by v.id desc limit 1",
            {"name": name},
        )
        return VisitId(row["id"])

    return _visit_of


def named_by(database, text):
    return read_seal(centre.find_centre(database).seal_key, text)


def test_the_report_before_the_signature_has_the_words_but_no_number(papers, visit_of):
    report = papers.pickup_report(DESK, visit_of("朱予晴"))
    assert (report.child, report.sex, report.age, report.class_name) == ("朱予晴", "女", "2岁3个月", "抱抱龙")
    assert (report.care, report.collector, report.relation) == ("半日临时托", "王秀兰", "奶奶")
    assert (report.number, report.seal, report.signed_by) == ("", "", "")
    assert report.until is not None
    assert (report.until.hour, report.allergies, report.practice) == (14, ("鸡蛋",), True)
    assert "予晴" in report.text.prose


def test_the_signed_report_carries_its_number_and_a_seal_of_ours(papers, database, clock, visit_of):
    guest = visit_of("朱予晴")
    handover = Handover(database, clock)
    signed = handover.sign(TEACHER, guest, handover.note(TEACHER, guest).text).value
    report = papers.pickup_report(DESK, guest)
    assert (report.number, report.signed_by, report.signed_at) == (signed.number, "许静", clock())
    seal = named_by(database, report.seal)
    assert seal is not None
    assert (seal.kind, seal.number) == (SealKind.REPORT, signed.number)


def test_the_signed_report_says_what_the_log_holds_since(papers, database, clock, visit_of):
    guest = visit_of("朱予晴")
    handover = Handover(database, clock)
    handover.sign(TEACHER, guest, handover.note(TEACHER, guest).text)
    assert papers.pickup_report(DESK, guest).later == ""
    fever = EntryDraft(EntryKind.TEMPERATURE, clock(), detail="forehead", tenths=390)
    Classroom(database, clock).log(TEACHER, (guest,), fever)
    report = papers.pickup_report(DESK, guest)
    assert report.number
    assert report.later == "签字后另有记录：体温 39.0℃。请当面问老师。"
    fresh = handover.note(TEACHER, guest).drafted
    assert papers.pickup_report(DESK, guest, fresh).later == ""


def test_two_countings_of_one_month_have_two_numbers(papers, database):
    first = papers.monthly_summary(DIRECTOR, "2025-11")
    assert first.number.startswith("2025-11-20251203-")
    assert papers.monthly_summary(DIRECTOR, "2025-11").number == first.number
    with database.unit(1, "test") as unit:
        unit.execute("update absence set undone_at = '2025-12-03' where day = '2025-11-12'")
        unit.execute(
            "update visit set undone_at = '2025-12-03', undone_by = 1 where id ="
            " (select min(id) from visit where day = '2025-11-12' and undone_at is null)"
        )
        unit.audit("visit", None)
    second = papers.monthly_summary(DIRECTOR, "2025-11")
    assert second.number != first.number
    assert second.seal != first.seal


def test_words_that_are_not_the_signed_ones_borrow_no_signature(papers, database, clock, visit_of):
    guest = visit_of("朱予晴")
    handover = Handover(database, clock)
    text = handover.note(TEACHER, guest).text
    handover.sign(TEACHER, guest, text)
    other = papers.pickup_report(DESK, guest, dataclasses.replace(text, prose="另一句话。"))
    assert (other.number, other.seal, other.signed_by) == ("", "", "")
    assert papers.pickup_report(DESK, guest, text).number
    handover.keep(TEACHER, guest, dataclasses.replace(text, prose="还没签的。"))
    assert papers.pickup_report(DESK, guest).number == ""


def test_the_report_of_one_who_left_names_who_took_her(papers, visit_of):
    report = papers.pickup_report(DESK, visit_of("陈可欣"))
    assert report.collector
    assert report.until == report.until.replace(hour=13, minute=41)
    assert report.care == "半日托（上午）"
    assert papers.pickup_report(DESK, visit_of("张沐阳")).collector == ""


def test_the_slip_names_nobody(papers, database, visit_of):
    slip = papers.slip(DESK, visit_of("朱予晴"))
    assert "朱予晴" not in repr(slip)
    assert "王秀兰" not in repr(slip)
    assert (slip.class_name, len(slip.code), slip.print_count) == ("抱抱龙", 4, 1)
    seal = named_by(database, slip.seal)
    assert seal is not None
    assert (seal.kind, seal.number) == (SealKind.SLIP, slip.number)


def test_the_agreement_says_what_both_sides_agree_to(papers, database, visit_of):
    paper = papers.agreement(DESK, visit_of("朱予晴"))
    assert (paper.care, paper.age, paper.allergy, paper.reason) == (
        "半日临时托",
        "27 个月",
        "鸡蛋",
        "家中来客",
    )
    assert (paper.bringer.name, paper.bringer.phone, paper.bringer.identity_seen) == (
        "王秀兰",
        "138 0000 6021",
        True,
    )
    assert [adult.name for adult in paper.collectors] == ["王秀兰", "赵敏"]
    assert paper.second is not None
    assert (paper.second.name, paper.check, paper.handled_by) == ("赵敏", "36.5℃ 正常", "林晓")
    assert (paper.total, [fee.amount for fee in paper.fees]) == (Money(9500), [Money(8000), Money(1500)])
    seal = named_by(database, paper.seal)
    assert seal is not None
    assert seal.kind is SealKind.AGREEMENT


def test_a_contract_child_has_no_agreement_and_an_unasked_allergy_says_so(papers, database, visit_of):
    with pytest.raises(NoAgreementError):
        papers.agreement(DESK, visit_of("张沐阳"))
    assert papers.agreement(DESK, visit_of("解怀瑾")).allergy == "没有已知的过敏"
    with database.unit(1, "test") as unit:
        unit.execute("update child set allergy = 'unknown' where name = '解怀瑾'")
        unit.audit("child", None)
    assert papers.agreement(DESK, visit_of("解怀瑾")).allergy == "不清楚，先不进食"


def test_an_allergy_without_a_substance_is_not_called_none(papers, database, visit_of):
    with database.unit(1, "test") as unit:
        unit.execute("update child set allergy = 'has' where name = '解怀瑾'")
        unit.audit("child", None)
    assert papers.agreement(DESK, visit_of("解怀瑾")).allergy == "有过敏，未写明"


def test_an_age_outside_the_norm_is_explained_and_a_finding_of_the_morning_is_told(
    papers, database, visit_of
):
    guest = visit_of("朱予晴")
    assert (papers.agreement(DESK, guest).body, papers.agreement(DESK, guest).age_note) == ("正常", "")
    with database.unit(1, "register") as unit:
        unit.execute("update child set born_on = '2022-11-01' where name = '朱予晴'")
        unit.execute("update health_check set note = '带药：止咳糖浆' where visit_id = :id", {"id": guest})
        unit.audit("override", guest, "家中有急事")
    paper = papers.agreement(DESK, guest)
    assert (paper.body, paper.age_note, paper.age) == ("带药：止咳糖浆", "家中有急事", "37 个月")


def test_a_receipt_and_its_refund_point_at_each_other(papers, database, clock):
    row = database.row(
        "select id, number from receipt where visit_id is not null and kind = 'receipt' order by id desc"
    )
    first = papers.receipt(DESK, row["id"])
    assert (first.refund, first.reversed_by, first.number) == (False, "", row["number"])
    assert first.tender in {"现金", "微信", "支付宝", "转账", "刷卡"}
    refund_id = Cashier(database, clock).reverse(DESK, row["id"], "家长临时取消").value
    refund = papers.receipt(DESK, refund_id)
    assert (refund.refund, refund.original, refund.original_day) == (True, first.number, first.day)
    assert (refund.reason, refund.total) == ("家长临时取消", -first.total)
    assert papers.receipt(DESK, row["id"]).reversed_by == refund.number
    with pytest.raises(UnknownReceiptError):
        papers.receipt(DESK, ReceiptId(10**6))


def test_prints_are_counted_and_the_next_paper_says_so(papers, database):
    row = database.row("select id from receipt order by id desc limit 1")
    assert papers.receipt(DESK, row["id"]).print_count == 1
    assert papers.printed(DESK, "receipt", row["id"]).value == 1
    assert papers.printed(DESK, "receipt", row["id"]).value == 2
    assert papers.receipt(DESK, row["id"]).print_count == 3
    assert papers.printed(DESK, "slip", row["id"]).value == 1


def test_the_monthly_paper_holds_the_month_as_it_was_counted(papers, database, clock):
    paper = papers.monthly_summary(DIRECTOR, "2025-11")
    figures = Month(database, clock).summary(DIRECTOR, "2025-11")
    assert paper.sentences == figures.sentences
    assert (paper.total.expected, paper.total.rate) == (
        figures.attendance.expected,
        figures.attendance.rate.percent_words,
    )
    assert [mode.rate for mode in paper.modes][2:] == ["—", "—"]
    assert paper.income_total == figures.kept == sum((one.amount for one in paper.income), Money(0))
    hourly = next(one for one in paper.income if one.name == "计时托")
    rows = database.row(
        "select count(*) from receipt_line l join receipt r on r.id = l.receipt_id"
        " where l.price_code = 'hourly' and r.kind = 'receipt' and r.day like '2025-11-%'"
    )
    assert hourly.count == rows[0]
    assert paper.notes[0].startswith("收款方式：现金")
    told = [Money.parse(one.replace(",", "")) for one in re.findall(r"¥(-?[0-9,.]+)", paper.notes[0])]
    assert told == [one.kept for one in figures.tenders]
    assert sum(told, Money(0)) == paper.income_total, "the tenders add up to what stands beside them"
    assert figures.refunded < Money(0)
    assert "退款" in paper.notes[1]
    assert (paper.made_on, paper.made_by) == (dt.date(2025, 12, 3), "周敏")


def test_who_may_not_see_the_month_may_not_print_it(papers):
    for actor in (DESK, TEACHER):
        with pytest.raises(NotPermittedError):
            papers.monthly_summary(actor, "2025-11")


def test_visits_nobody_knows_are_said_so(papers):
    for freeze in (papers.pickup_report, papers.slip, papers.agreement):
        with pytest.raises(NotTodayError):
            freeze(DESK, VisitId(10**6))


def test_every_paper_of_the_day_can_be_drawn_and_named(papers, database, visit_of):
    guest = visit_of("朱予晴")
    receipt = database.row("select id from receipt order by id desc limit 1")["id"]
    every = [
        papers.pickup_report(DIRECTOR, guest),
        papers.slip(DIRECTOR, guest),
        papers.agreement(DIRECTOR, guest),
        papers.receipt(DIRECTOR, receipt),
        papers.monthly_summary(DIRECTOR, "2025-11"),
    ]
    for paper in every:
        assert draw(paper).startswith(b"%PDF")
        assert file_name(paper).endswith(".pdf")
