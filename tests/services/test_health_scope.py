"""What a teacher reads of the children's health ends at her own classes; a cashier reads none of it."""

import datetime as dt

import pytest

from app.domain.curriculum import Area
from app.domain.fever import NewStep, StepKind
from app.domain.health_round import RoundKind
from app.domain.logbook import EntryKind
from app.domain.shifts import CheckMark
from app.domain.staff import NotPermittedError
from app.services.absences import AbsenceNote, Trace
from app.services.arrivals import CheckIn
from app.services.illness import CaseCard
from app.services.injuries import InjuryCard
from app.services.observations import NoteWish
from app.services.registers import Filled
from app.services.scope import OtherClassError, Scope
from app.services.shifts import ShiftWish
from tests.services.health_stage import HealthStage
from tests.services.world import DAY

OWN, OTHER = "张沐阳", "曾雨桐"  # 许静 has the dragons; 曾雨桐 is among the stars


@pytest.fixture
def stage(world, monkeypatch):
    return HealthStage(world, monkeypatch)


def child(stage, name):
    return stage.world.children[name]


def both(stage, keep):
    for name in (OWN, OTHER):
        keep(child(stage, name))


def hurt(stage, key):
    card = InjuryCard(
        child=key, day=DAY, at="9:12", duty=stage.staff["孟佳"].id, kind="1", place="2", activity="1",
        company="3", handling="1", aid=("wash",), regions=("front.left_forearm",),
        story="跑步时摔倒，擦破皮。",
    )  # fmt: skip
    stage.health.injuries.note(stage.nurse, card)


def test_illness_and_its_register(stage):
    both(stage, lambda key: stage.health.illness.note(stage.nurse, CaseCard(key, "hfmd", "今天")))
    for actor, seen in ((stage.teacher, {OWN}), (stage.nurse, {OWN, OTHER})):
        assert {one.case.child_name for one in stage.health.illness.view(actor).cases} == seen
        table = stage.health.forms.illness_register(actor, f"{DAY:%Y-%m}")
        assert {row[2] for row in table.rows} == seen


def test_injuries_fevers_and_what_the_pages_count(stage):
    for name in (OWN, OTHER):
        visit = stage.arrive(name)
        hurt(stage, child(stage, name))
        stage.health.fevers.begin(stage.nurse, visit, 385)
        stage.health.medicine.take(stage.nurse, visit, stage.draft())
    for actor, seen in ((stage.teacher, {OWN}), (stage.nurse, {OWN, OTHER})):
        assert {one.injury.child_name for one in stage.health.injuries.list(actor)} == seen
        assert {row[0] for row in stage.health.forms.injury_register(actor, f"{DAY:%Y-%m}").rows} == seen
        assert {one.name for one in stage.health.fevers.view(actor).open} == seen
        assert {one.name for one in stage.health.medicine.day(actor).requests} == seen
        assert {row.name for row in stage.health.rounds.view(actor, RoundKind.NOON).rows} == seen
        assert len(stage.health.papers.medicine_month(actor, DAY).rows) == len(seen)
        assert len(stage.health.papers.rounds_month(actor, DAY).rows) == len(seen)
        counts = stage.health.counts(actor)
        assert (counts.fever, counts.medicine, counts.injuries) == (len(seen),) * 3
    (other,) = [one for one in stage.health.injuries.list(stage.nurse) if one.injury.child_name == OTHER]
    with pytest.raises(OtherClassError):
        stage.health.forms.injury_notice(stage.teacher, other.injury.id)
    slips = {one.name: one.id for one in stage.health.medicine.day(stage.nurse).requests}
    with pytest.raises(OtherClassError):
        stage.health.papers.medicine_slip(stage.teacher, slips[OTHER])


def ill_for_long(stage, by, key):
    answers = {"disease": "癫痫", "diagnosed_on": "2025-12-01", "measures": "随访"}
    stage.health.registers.keep(by, "common_illness", Filled("今天", answers, None, key))


def test_registers_that_name_children(stage):
    month, registers = f"{DAY:%Y-%m}", stage.health.registers
    both(stage, lambda key: ill_for_long(stage, stage.nurse, key))
    for name in (OWN, OTHER):
        visit = stage.arrive(name)
        case = stage.health.fevers.begin(stage.nurse, visit, 385).value
        stage.health.fevers.step(stage.nurse, case, NewStep(StepKind.ISOLATE, whom="孟佳"))
    for actor, seen in ((stage.teacher, {OWN}), (stage.nurse, {OWN, OTHER})):
        counted = {one.spec.key: one for one in registers.choices(actor)}
        for key in ("common_illness", "isolation"):
            assert {one.entry.child_name for one in registers.month(actor, key, month).entries} == seen
            assert {row[1] for row in stage.health.forms.register(actor, key, month).rows} == seen
            assert counted[key].words == f"本月 {len(seen)} 条"
            assert counted[key].chip.words == f"{len(seen)} 条待办"
    ill_for_long(stage, stage.teacher, child(stage, OTHER))
    kept = registers.month(stage.teacher, "common_illness", month).entries
    assert {one.entry.child_name for one in kept} == {OWN, OTHER}, "what she noted herself she reads"


def test_what_a_child_was_ill_with_on_the_register_of_attendance(stage):
    for name in (OWN, OTHER):
        note = AbsenceNote(
            child(stage, name), "sick", DAY, DAY, disease="手足口病", told_by="家长", told_at="8:10"
        )
        stage.services.absences.note(stage.world.desk, note)
    stage.clock.now += dt.timedelta(days=1)
    for actor, seen in ((stage.teacher, {OWN}), (stage.world.desk, {OWN, OTHER})):
        paper = stage.health.attendance.month(actor, f"{DAY:%Y-%m}")
        ill = {row[1] for row in paper.rows if "手足口病" in row[-1]}
        assert ill == seen
        assert ("只列出自己班的孩子" in "".join(paper.notes)) is (seen == {OWN})
        assert len([row for row in paper.rows if row[1] == "合计"]) == 2, "of a class only what it adds up to"
        stars = stage.health.attendance.month(actor, f"{DAY:%Y-%m}", stage.world.stars)
        assert {row[0] for row in stars.rows} == seen - {OWN}


def test_growth_the_doctor_and_observations(stage):
    with pytest.raises(OtherClassError):
        stage.health.growth.view(stage.teacher, child(stage, OTHER))
    assert stage.health.growth.view(stage.teacher, child(stage, OWN)).child.name == OWN
    assert [one.id for one in stage.health.growth.round(stage.teacher, None).classes] == [stage.world.dragons]
    exams, books, _ = stage.health.doctor.due_now(stage.nurse)
    assert OTHER in {one.name for one in (*exams, *books)}
    exams, books, _ = stage.health.doctor.due_now(stage.teacher)
    assert OTHER not in {one.name for one in (*exams, *books)}
    notes = stage.services.classes.observations
    both(stage, lambda key: notes.note(stage.world.director, NoteWish((key,), DAY, Area.MOTOR, "会跑了")))
    assert {one.name for one in notes.search(stage.teacher)} == {OWN}
    assert {one.name for one in notes.search(stage.nurse)} == {OWN, OTHER}


def test_absences_that_are_asked_after(stage):
    absences, month = stage.services.absences, f"{DAY:%Y-%m}"
    assert OTHER not in {one.name for one in absences.round(stage.teacher).rows}
    stage.clock.now = stage.at(10)
    mother = stage.world.adults["曾母"]
    told = Trace(child(stage, OTHER), mother, result="sick", illness="发热")
    absences.trace(stage.world.desk, told)
    assert (
        len(absences.round(stage.world.desk).done) == len(absences.paper(stage.world.desk, month).lines) == 1
    )
    assert absences.round(stage.teacher).done == ()
    assert absences.paper(stage.teacher, month).lines == ()


def test_who_has_clocked_in_to_another_class_reads_of_it(stage):
    assert not Scope(stage.world.database, stage.clock).holds(stage.teacher, child(stage, OTHER))
    stage.services.classes.duty.clock_in(stage.world.director, stage.teacher.id, stage.world.stars)
    assert Scope(stage.world.database, stage.clock).holds(stage.teacher, child(stage, OTHER))


def test_what_is_kept_of_a_class_and_of_a_child_over_time(stage):
    classes = stage.services.classes
    first = classes.summaries.terms(stage.teacher)[0].first
    for name in ("draft", "history"):
        getattr(classes.shifts, name)(stage.teacher, stage.world.dragons)
        with pytest.raises(OtherClassError, match="只能看自己班的交接班表"):
            getattr(classes.shifts, name)(stage.teacher, stage.world.stars)
    other, own = child(stage, OTHER), child(stage, OWN)
    for ask in (
        lambda key: classes.instructions.past(stage.teacher, key),
        lambda key: classes.summaries.view(stage.teacher, key, first),
        lambda key: classes.summaries.paper(stage.teacher, key, first),
        lambda key: classes.summaries.keep(stage.teacher, key, first, "爱笑", ()),
        lambda key: classes.summaries.redraft(stage.teacher, key, first),
    ):
        ask(own)
        with pytest.raises(OtherClassError):
            ask(other)
    with pytest.raises(OtherClassError):
        classes.summaries.sign(stage.teacher, other, first, "爱笑", ())
    assert classes.summaries.worklist(stage.teacher, stage.world.stars, first) == ()
    month = f"{DAY:%Y-%m}"
    both(stage, lambda key: stage.services.arrivals.check_in(stage.world.desk, CheckIn(key)))
    assert classes.booklets.paper(stage.teacher, own, month).child == OWN
    with pytest.raises(OtherClassError):
        classes.booklets.paper(stage.teacher, other, month)
    assert classes.booklets.worklist(stage.teacher, stage.world.stars, month) == ()
    assert classes.booklets.worklist(stage.world.director, stage.world.stars, month) != ()
    assert OTHER in {
        one.name for one in classes.summaries.worklist(stage.world.director, stage.world.stars, first)
    }
    classes.duty.clock_in(stage.world.director, stage.teacher.id, stage.world.stars)
    classes.shifts.draft(stage.teacher, stage.world.stars)


def test_whole_numbers_of_families_of_other_classes(stage):
    visit = stage.arrive(OTHER)
    ring = stage.health.fevers.guardians
    assert ring(stage.teacher, child(stage, OWN))
    with pytest.raises(OtherClassError):
        ring(stage.teacher, child(stage, OTHER))
    stage.health.fevers.begin(stage.teacher, visit, 385)
    assert ring(stage.teacher, child(stage, OTHER)), "who found the fever rings the family"


def test_a_sheet_signed_in_another_class(stage):
    shifts, director = stage.services.classes.shifts, stage.world.director
    marks = tuple(CheckMark(one, good=True) for one in shifts.draft(director, stage.world.stars).items)
    stage.services.classes.duty.clock_in(director, stage.staff["孟佳"].id, stage.world.stars)
    wish = ShiftWish(stage.world.stars, 0, marks)
    key = shifts.sign(director, wish, stage.second("孟佳")).value
    assert [one.id for one in shifts.history(director)] == [key]
    assert shifts.history(stage.teacher) == ()
    with pytest.raises(OtherClassError):
        shifts.paper(stage.teacher, key)


def test_a_cashier_reads_none_of_it(stage):
    request = stage.take()
    health, cashier, month = stage.health, stage.world.cashier, f"{DAY:%Y-%m}"
    for ask in (
        lambda: health.illness.view(cashier), lambda: health.doctor.due_now(cashier),
        lambda: health.injuries.list(cashier), lambda: health.medicine.day(cashier),
        lambda: health.papers.medicine_slip(cashier, request.id), lambda: health.fevers.view(cashier),
        lambda: health.papers.medicine_slip_due(cashier, request.visit),
        lambda: health.papers.rounds_month(cashier, DAY), lambda: health.papers.medicine_month(cashier, DAY),
        lambda: health.forms.injury_register(cashier, month), lambda: health.counts(cashier),
        lambda: health.forms.illness_register(cashier, month),
        lambda: health.rounds.view(cashier, RoundKind.NOON),
        lambda: stage.services.absences.register(cashier, DAY, DAY),
        lambda: health.registers.month(cashier, "isolation", month),
        lambda: health.registers.month(cashier, "common_illness", month),
        lambda: health.forms.register(cashier, "isolation", month),
        lambda: stage.services.handover.note(cashier, request.visit),
        lambda: stage.services.handover.worklist(cashier),
        lambda: stage.services.papers.pickup_report(cashier, request.visit),
        lambda: stage.services.classroom.roster(cashier, stage.world.dragons),
        lambda: stage.services.classroom.timeline(cashier, request.visit),
        lambda: stage.services.classroom.offer(cashier, EntryKind.MEAL, (request.visit,)),
        lambda: stage.services.classes.shifts.draft(cashier, stage.world.dragons),
        lambda: stage.services.classes.shifts.history(cashier, stage.world.dragons),
        lambda: stage.services.classes.telling.door(cashier, request.visit),
        lambda: stage.services.classes.history.page(cashier, stage.world.dragons),
        lambda: stage.services.classes.outdoors.of_day(cashier, stage.world.dragons),
        lambda: stage.services.classes.instructions.past(cashier, request.child),
    ):  # fmt: skip
        with pytest.raises(NotPermittedError):
            ask()
    prepared = stage.services.pickup.prepare(cashier, request.visit)
    assert prepared.papers == ()
    assert stage.services.pickup.prepare(stage.world.desk, request.visit).papers != ()
    listed = {one.spec.key for one in health.registers.choices(cashier)}
    assert "disinfection" in listed
    assert not listed & {"isolation", "common_illness"}
