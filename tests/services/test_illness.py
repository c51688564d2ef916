"""病例: who is kept at home until when, what opens the door again, clusters, classes under observation."""

import dataclasses
import datetime as dt

import pytest

from app.domain.absences import KINDS
from app.domain.ids import StaffId
from app.domain.illness import ExcludedError, IllnessError, ObservationError
from app.domain.life import Owner, StepKind
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.modes import CareMode
from app.domain.pins import WrongPinError
from app.domain.staff import Actor, NotPermittedError, Role
from app.domain.typed_days import DayTextError
from app.services import illness_gate
from app.services.absences import AbsenceNote, Trace
from app.services.admissions import InquiryCard, StepWish
from app.services.arrivals import CheckIn, MorningCheck
from app.services.bundle import build
from app.services.illness import CaseCard
from app.services.pins import Second, SecondPersonError
from app.store import audit, health_rules, tables
from tests.services.world import DAY

DAYS = dt.timedelta(days=1)


@pytest.fixture
def services(world):
    made = build(world.database, world.clock, world.rng)
    made.pins.choose(world.teacher, "7043")
    made.pins.choose(world.director, "5927")
    return made


@pytest.fixture
def child(world):
    return world.children["张沐阳"]


def on(world, days):
    world.clock.now += days * DAYS


def arrive(services, world, name="张沐阳"):
    return services.arrivals.check_in(world.desk, CheckIn(world.children[name])).value


def hfmd(child, onset="今天", **more):
    return CaseCard(child, "hfmd", onset, **more)


def note(services, world, card):
    return services.health.illness.note(world.teacher, card).value


def test_a_case_keeps_the_child_at_home_and_says_what_is_needed(services, world, child):
    note(services, world, hfmd(child))
    on(world, 5)
    with pytest.raises(ExcludedError) as refused:
        arrive(services, world)
    said = refused.value.sentence
    assert "手足口病" in said
    assert "最早 12月17日" in said
    assert "复课证明" in said
    assert services.desk.card(world.desk, child).row.arrived_at is None


def test_the_days_alone_do_not_open_the_door_and_neither_does_the_paper_alone(services, world, child):
    case = note(services, world, hfmd(child))
    on(world, 20)
    with pytest.raises(ExcludedError, match="还没看到"):
        arrive(services, world)
    services.health.illness.see_certificate(world.director, case, "市妇幼 复课证明")
    arrive(services, world)
    other = note(services, world, hfmd(world.children["周乐瑶"]))
    services.health.illness.see_certificate(world.director, other, "市妇幼 复课证明", "今天")
    with pytest.raises(ExcludedError, match="最早"):
        arrive(services, world, "周乐瑶")


def test_a_booked_guest_and_a_known_child_at_the_intake_pass_the_same_gate(services, world, child):
    note(services, world, hfmd(child))
    act = CheckIn(child, class_id=world.dragons, class_reason="家里有事", check=MorningCheck(tenths=365))
    with pytest.raises(ExcludedError):
        services.arrivals.check_in(world.desk, act)


def test_the_day_the_certificate_counts_from_moves_the_earliest_day(services, world, child):
    case = note(services, world, CaseCard(child, "influenza", "今天"))
    on(world, 4)
    services.health.illness.see_certificate(world.director, case, "诊断", "昨天")
    with pytest.raises(ExcludedError, match="最早 12月8日"):
        arrive(services, world)
    on(world, 1)
    arrive(services, world)


def test_the_earliest_day_is_one_on_which_the_centre_is_open(services, world, child):
    """Fourteen days from 9月23日 end within the holidays: nobody is sent for before a closed door."""
    world.clock.now = world.clock.now.replace(year=2026, month=9, day=23)
    note(services, world, hfmd(child))
    assert _earliest(services, world) == "10月8日"
    assert services.health.illness.view(world.teacher).cases[0].chips[0].words == "最早 10月8日"
    on(world, 1)
    with pytest.raises(ExcludedError, match="最早 10月8日可以来"):
        arrive(services, world)


def test_the_director_overrules_for_one_day_with_a_second_person_and_the_reason_is_kept(
    services, world, child
):
    case = note(services, world, hfmd(child))
    second = Second(world.director.id, "5927")
    verb = services.health.illness.overrule
    with pytest.raises(IllnessError):
        verb(world.teacher, case, " ", second)
    with pytest.raises(SecondPersonError):
        verb(world.teacher, case, "医生说可以", None)
    with pytest.raises(SecondPersonError):
        verb(world.desk, case, "医生说可以", Second(world.teacher.id, "7043"))  # neither is the director
    with pytest.raises(SecondPersonError):
        verb(world.director, case, "医生说可以", second)  # oneself
    done = verb(world.teacher, case, "医生说可以", second)
    visit = arrive(services, world).visit
    lines = audit.list_lines(world.database, "illness", case)
    assert "医生说可以" in lines[-1].detail
    services.pickup.check_out(world.desk, _leaving(world, visit))
    on(world, 1)
    with pytest.raises(ExcludedError):
        arrive(services, world)
    services.undo(world.teacher, done.undo)
    assert services.health.illness.view(world.teacher).cases[0].case.clearances == ()


def test_who_only_chose_the_directors_name_lets_no_ill_child_in(services, world, child):
    """At the sign-in a name is chosen: one teacher would be both of the two persons."""
    case = note(services, world, hfmd(child))
    verb, second = services.health.illness.overrule, Second(world.teacher.id, "7043")
    with pytest.raises(SecondPersonError, match="园长自己输") as refused:
        verb(world.director, case, "家长要求", second)
    assert refused.value.field == "own_pin"
    with pytest.raises(WrongPinError) as wrong:
        verb(world.director, case, "家长要求", second, "7043")
    assert wrong.value.field == "own_pin"
    on(world, 1)
    with pytest.raises(ExcludedError):
        arrive(services, world)
    verb(world.director, case, "家长要求", second, "5927")
    arrive(services, world)


def test_nobody_who_may_come_is_overruled(services, world, child):
    case = note(services, world, CaseCard(child, "fever", "昨天"))
    services.health.illness.see_certificate(world.director, case, "妈妈的说明")
    with pytest.raises(IllnessError, match="不用放行"):
        services.health.illness.overrule(world.teacher, case, "理由", Second(world.director.id, "5927"))


def test_what_is_taken_back_keeps_nobody_at_home(services, world, child):
    done = services.health.illness.note(world.teacher, hfmd(child))
    services.undo(world.teacher, done.undo)
    arrive(services, world)
    with pytest.raises(IllnessError, match="没有找到"):
        services.undo(world.teacher, done.undo)


def test_a_certificate_can_be_taken_back(services, world, child):
    case = note(services, world, CaseCard(child, "fever", "昨天"))
    done = services.health.illness.see_certificate(world.director, case, "退热满 24 小时，妈妈写的")
    services.undo(world.teacher, done.undo)
    with pytest.raises(ExcludedError, match="还没看到"):
        arrive(services, world)
    with pytest.raises(IllnessError):
        services.undo(world.teacher, done.undo)


def test_a_sick_leave_that_names_the_illness_makes_a_case(services, world, child):
    services.absences.note(world.desk, AbsenceNote(child, "sick", DAY, DAY, "手足口病", told_by="妈妈"))
    view = services.health.illness.view(world.teacher)
    assert [one.case.child_name for one in view.cases] == ["张沐阳"]
    on(world, 1)
    with pytest.raises(ExcludedError, match="手足口病"):
        arrive(services, world)


def test_a_quick_sick_leave_and_a_follow_up_make_one_too(services, world, child):
    services.arrivals.note_absence(world.desk, child, "sick", "水痘")
    other = world.children["周乐瑶"]
    mother = world.adults["周母"]
    told = Trace(other, mother, "sick", illness="全身出疹", infectious="yes")
    services.absences.trace(world.desk, told)
    cases = services.health.illness.view(world.teacher).cases
    assert {one.case.told.disease for one in cases} == {"varicella", "other"}
    assert "全身出疹" in next(one.title for one in cases if one.case.told.disease == "other")


@pytest.mark.parametrize(
    "told", ["不是手足口病，医院诊断湿疹", "排除流感", "手足口疫苗接种后不适", "水痘疫苗反应"]
)
def test_a_denial_or_a_vaccine_makes_no_case_but_is_reported(services, world, child, told):
    services.absences.note(world.desk, AbsenceNote(child, "sick", DAY, DAY, told, told_by="妈妈"))
    view = services.health.illness.view(world.teacher)
    assert (view.cases, view.observations) == ((), ())
    (report,) = view.reports
    assert (report.child, report.source) == (child, "absence")
    assert told in report.words
    on(world, 1)
    arrive(services, world)
    note(services, world, hfmd(child, "昨天", source=report.source, source_id=report.source_id))
    assert services.health.illness.view(world.teacher).reports == ()


def test_what_is_over_makes_no_second_case_but_a_first_one(services, world, child):
    told = AbsenceNote(child, "sick", DAY, DAY, "手足口病已经好了，今天拉肚子", told_by="妈妈")
    case = note(services, world, hfmd(child, "11-10", left="11-10"))
    services.health.illness.see_certificate(world.director, case, "复课证明", "11-20")
    services.absences.note(world.desk, told)
    assert [one.case.id for one in services.health.illness.view(world.teacher).cases] == [case]
    other = world.children["周乐瑶"]
    services.absences.note(world.desk, dataclasses.replace(told, child=other))
    found = services.health.illness.view(world.teacher).cases
    assert {one.case.told.child for one in found} == {child, other}, "nobody has seen a paper of hers"


def denied(services, world, child, told="排除流感", until=DAY):
    services.absences.note(world.desk, AbsenceNote(child, "sick", DAY, until, told, told_by="妈妈"))
    return services.health.illness


def test_a_report_that_is_no_illness_is_dismissed_with_a_reason_and_comes_back(services, world, child):
    page = denied(services, world, child)
    with pytest.raises(NotPermittedError, match="保健员或园长"):
        page.dismiss(world.teacher, child, "妈妈说的")
    with pytest.raises(IllnessError, match="写明为什么不是病"):
        page.dismiss(world.director, child, " ")
    done = page.dismiss(world.director, child, "医院排除了｜化验单")
    view = page.view(world.teacher)
    assert view.reports == ()
    ((report, said),) = [(one.report, one.said) for one in view.dismissed]
    assert (report.child_name, said.words, said.reason) == ("张沐阳", report.words, "医院排除了|化验单")
    assert said.by == world.director.name
    line = audit.list_lines(world.database, "child", child)[-1]
    assert (line.verb, "化验单" in line.detail) == ("dismiss_report", True)
    with pytest.raises(IllnessError, match="已经处理过"):
        page.dismiss(world.director, child, "再来一次")
    services.undo(world.director, done.undo)
    view = page.view(world.teacher)
    assert ([one.child for one in view.reports], view.dismissed) == ([child], ())
    with pytest.raises(IllnessError, match="已经恢复过"):
        services.undo(world.director, done.undo)
    page.dismiss(world.director, child, "医院排除了")
    assert page.view(world.teacher).reports == ()


def test_a_dismissal_holds_for_the_whole_spell_and_for_what_was_read_alone(services, world, child):
    page = denied(services, world, child, until=DAY + 2 * DAYS)
    page.dismiss(world.director, child, "医院排除了")
    on(world, 1)
    assert page.view(world.teacher).reports == ()
    told = Trace(
        child, world.adults["张母"], "sick", illness="全身出疹", diagnosis="不是水痘", infectious="no"
    )
    services.absences.trace(world.desk, told)
    (report,) = page.view(world.teacher).reports
    assert (report.source, "不是水痘" in report.words) == ("follow_up", True)
    page.dismiss(world.director, child, "湿疹")
    assert {one.report.source for one in page.view(world.teacher).dismissed} == {"absence", "follow_up"}


def test_a_fever_is_not_talked_away(services, world, child):
    visit = arrive(services, world).visit
    draft = EntryDraft(EntryKind.TEMPERATURE, world.clock.now, detail="forehead", tenths=385)
    services.classroom.log(world.teacher, (visit,), draft)
    assert services.health.illness.view(world.teacher).reports[0].source == "fever"
    with pytest.raises(IllnessError, match="发热要量体温"):
        services.health.illness.dismiss(world.director, child, "不是病")


def test_a_suspicion_makes_a_case(services, world, child):
    services.absences.note(world.desk, AbsenceNote(child, "sick", DAY, DAY, "疑似手足口病", told_by="妈妈"))
    assert services.health.illness.view(world.teacher).cases[0].case.told.disease == "hfmd"


def test_a_personal_leave_and_an_unnamed_illness_make_none(services, world, child):
    services.arrivals.note_absence(world.desk, child, "sick", "有点咳")
    assert KINDS["personal"]
    assert services.health.illness.view(world.teacher).cases == ()


def test_a_slip_of_the_hand_takes_its_case_back_but_not_an_hour_later(services, world, child):
    done = services.arrivals.note_absence(world.desk, child, "sick", "水痘")
    services.undo(world.desk, done.undo)
    assert services.health.illness.view(world.teacher).cases == ()
    done = services.arrivals.note_absence(world.desk, child, "sick", "水痘")
    world.clock.at(11)
    services.undo(world.desk, done.undo)
    with pytest.raises(ExcludedError, match="水痘"):
        arrive(services, world)


def fever(services, world, tenths):
    visit = arrive(services, world).visit
    with world.database.unit(world.teacher.id, "check") as unit:
        from app.store import visits

        visits.add_check(unit, visit, visits.Check("noon", unit.at, tenths, "forehead", "abnormal", ""), 2)
        unit.audit("visit", visit)
    services.pickup.check_out(world.desk, _leaving(world, visit))


def _leaving(world, visit):
    from app.services.collecting import CheckOut

    return CheckOut(visit, world.adults["张母"])


def test_a_fever_with_which_she_went_home_is_asked_about(services, world, child):
    fever(services, world, 385)
    on(world, 1)
    with pytest.raises(ExcludedError, match=r"38\.5℃.*病例"):
        arrive(services, world)
    report = services.health.illness.view(world.teacher).reports[0]
    assert (report.child, report.source) == (child, "fever")
    case = note(services, world, CaseCard(child, "fever", "昨天", source="fever", source_id=report.source_id))
    assert services.health.illness.view(world.teacher).reports == ()
    services.health.illness.see_certificate(world.director, case, "妈妈说明", "昨天")
    arrive(services, world)


def test_no_fever_is_asked_about_nothing(services, world):
    fever(services, world, 372)
    on(world, 1)
    arrive(services, world)


def test_what_cannot_be_is_refused_at_its_field(services, world, child):
    verb = services.health.illness.note
    for card, field in (
        (hfmd(None), "child"),
        (CaseCard(child, "nothing", "今天"), "disease"),
        (CaseCard(child, "other", "今天"), "detail"),
        (hfmd(child, "明天"), "onset_on"),
        (hfmd(child, "12-1", diagnosed="11-20"), "diagnosed"),
        (hfmd(child, "12-1", basis="11-20"), "basis"),
    ):
        with pytest.raises(IllnessError) as refused:
            verb(world.teacher, card)
        assert refused.value.field == field
    with pytest.raises(DayTextError):
        verb(world.teacher, hfmd(child, "什么"))
    with pytest.raises(NotPermittedError):
        verb(world.cashier, hfmd(child))


def test_a_correction_supersedes_and_keeps_what_was_seen(services, world, child):
    case = note(services, world, hfmd(child, "昨天"))
    services.health.illness.see_certificate(world.director, case, "复课证明", "今天")
    services.health.illness.correct(world.teacher, case, hfmd(child, "11-10", diagnosed="11-12"))
    one = services.health.illness.view(world.teacher).cases[0]
    assert one.case.id == case
    assert one.case.certificate is not None
    rows = world.database.rows("select ended_as from illness_case order by id")
    assert [row["ended_as"] for row in rows] == ["superseded", None]
    with pytest.raises(IllnessError):
        services.health.illness.correct(world.teacher, case, hfmd(world.children["周乐瑶"]))


def mend(services, actor, case, disease, onset, left=""):
    card = CaseCard(_child_of(services, case), disease, onset, left=left)
    services.health.illness.correct(actor, case, card)


def _child_of(services, case):
    return next(one.case.told.child for one in _cases(services) if one.case.id == case)


def _cases(services):
    return services.health.illness.view(Actor(StaffId(1), "", Role.DIRECTOR)).cases


def test_who_was_let_in_for_a_day_is_not_made_well_by_a_correction(services, world, child):
    case = note(services, world, hfmd(child, "昨天"))
    world.clock.at(9, 40)
    services.health.illness.overrule(
        world.director, case, "家长有证明", Second(world.teacher.id, "7043"), "5927"
    )
    with pytest.raises(IllnessError, match="只有保健员或园长可以改成更早返园的"):
        mend(services, world.teacher, case, "conjunctivitis", "11-20")
    mend(services, world.director, case, "conjunctivitis", "11-20")


def test_nobody_but_its_keepers_ends_what_is_watched_by_a_correction(services, world, child):
    arrive(services, world)
    case = note(services, world, hfmd(child))
    on(world, 14)
    services.health.illness.see_certificate(world.director, case, "复课证明", "12-16")
    (observed,) = illness_gate.watch(world.database, DAY + 14 * DAYS)[1]
    assert observed.until == DAY + 14 * DAYS
    for disease, onset in (("conjunctivitis", "12-3"), ("hfmd", "12-2")):
        with pytest.raises(IllnessError, match="医学观察"):
            mend(services, world.desk, case, disease, onset, left=onset)
        assert illness_gate.watch(world.database, DAY + 14 * DAYS)[1] == (observed,)
    services.health.illness.correct(world.desk, case, hfmd(child, "12-3", note="市妇幼"))
    mend(services, world.director, case, "conjunctivitis", "12-3")
    assert illness_gate.watch(world.database, DAY + 14 * DAYS)[1] == ()


def test_nobody_but_its_keepers_corrects_a_cluster_away(services, world):
    """Two of the holidays, entered after them: both may come, no class is watched, the cluster is told."""
    for name in ("张沐阳", "周乐瑶"):
        case = note(services, world, hfmd(world.children[name], "11-18"))
        services.health.illness.see_certificate(world.director, case, "复课证明", "12-2")
    (cluster,), observed = illness_gate.watch(world.database, DAY)
    assert (cluster.count, observed) == (2, ())
    world.clock.at(9, 40)
    with pytest.raises(IllnessError, match="聚集"):
        mend(services, world.teacher, case, "conjunctivitis", "11-18")
    mend(services, world.director, case, "conjunctivitis", "11-18")
    assert illness_gate.watch(world.database, DAY) == ((), ())


def two_cases(services, world):
    for name in ("张沐阳", "周乐瑶"):
        arrive(services, world, name)
        note(services, world, hfmd(world.children[name]))


def test_two_cases_in_a_class_within_a_week_are_told_in_the_room_and_the_status_line(services, world):
    two_cases(services, world)
    view = services.health.illness.view(world.teacher)
    assert [one.words for one in view.clusters] == ["抱抱龙班 手足口病 7 天内 2 例"]
    services.desk.board(world.desk)
    world.clock.at(9, 40)
    assert "抱抱龙班 手足口病 7 天内 2 例，请报告" in [
        one.words for one in services.desk.board(world.desk).alerts
    ]
    on(world, 8)
    assert services.health.illness.view(world.teacher).clusters == ()


def test_a_cluster_of_the_holidays_is_told_when_it_is_entered(services, world):
    for name, onset in (("张沐阳", "11-20"), ("周乐瑶", "11-24")):
        note(services, world, hfmd(world.children[name], onset, left=onset))
    assert [one.count for one in services.health.illness.view(world.teacher).clusters] == [2]
    assert any("7 天内 2 例，请报告" in one.words for one in illness_gate.alerts(world.database, DAY))


def test_the_centre_sets_its_own_numbers_from_a_day_on(services, world, child):
    services.manage.rules.set_rule(world.director, "ill.hfmd.least", "10", DAY)
    services.manage.rules.set_rule(world.director, "ill.hfmd.cases", "1", DAY)
    case = note(services, world, hfmd(child))
    services.health.illness.see_certificate(world.director, case, "复课证明", "今天")
    assert services.health.illness.view(world.teacher).clusters
    on(world, 10)
    arrive(services, world)


def _inquire(services, world):
    card = InquiryCard("云舒", "13900001234", born_on=dt.date(2023, 5, 1))
    return Owner(applicant=services.admissions.inquire(world.director, card).value)


def test_a_class_under_observation_takes_nobody_in(services, world):
    two_cases(services, world)
    owner = _inquire(services, world)
    wish = StepWish(
        StepKind.ENROL, DAY, world.dragons, CareMode.FULL_DAY, starts_on=DAY + DAYS, weekdays="12345"
    )
    with pytest.raises(ObservationError, match="医学观察，到 12月17日"):
        services.admissions.take_step(world.desk, owner, wish)
    with pytest.raises(ObservationError, match="写明理由"):
        services.admissions.take_step(world.director, owner, wish)
    wish = dataclasses.replace(wish, reason="家长知情同意")
    with pytest.raises(SecondPersonError, match="园长自己输") as asked:
        services.admissions.take_step(world.director, owner, wish)
    assert asked.value.field == "own_pin"
    with pytest.raises(WrongPinError):
        services.admissions.take_step(world.director, owner, wish, "7043")
    done = services.admissions.take_step(world.director, owner, wish, "5927")
    lines = audit.list_lines(world.database, "override", done.value)
    assert "家长知情同意" in lines[-1].detail
    later = dataclasses.replace(wish, starts_on=DAY + 20 * DAYS, on_day=DAY)
    other = Owner(
        applicant=services.admissions.inquire(
            world.director, InquiryCard("云朵", "13900001235", born_on=dt.date(2023, 6, 1))
        ).value
    )
    services.admissions.take_step(world.desk, other, later)


def test_nobody_is_moved_into_a_class_under_observation(services, world):
    two_cases(services, world)
    guest = world.children["曾雨桐"]
    with pytest.raises(ObservationError):
        services.class_moves.move(world.desk, (guest,), world.dragons, DAY, "理由")
    preview = services.class_moves.preview(world.desk, (guest,), world.dragons, DAY)
    assert "医学观察" in preview.refusal
    asked = (world.director, (guest,), world.dragons, DAY, "家长知情同意")
    with pytest.raises(SecondPersonError, match="园长自己输"):
        services.class_moves.move(*asked)
    services.class_moves.move(*asked, "5927")


def test_the_gate_says_which_classes_are_watched(world, services):
    two_cases(services, world)
    clusters, observed = illness_gate.watch(world.database, DAY)
    assert len(clusters) == 1
    assert [(one.class_name, one.until) for one in observed] == [("抱抱龙", DAY + 14 * DAYS)]


def test_a_paper_is_read_by_the_health_worker_or_the_director_alone(world, services):
    """What lets a child who was ill come back is not for the door or the class to say."""
    case = services.health.illness.note(
        world.teacher, CaseCard(world.children["张沐阳"], "varicella", "12-1")
    ).value
    for who in (world.teacher, world.desk):
        with pytest.raises(NotPermittedError, match="保健员或园长"):
            services.health.illness.see_certificate(who, case, "复课证明")
    services.health.illness.see_certificate(world.director, case, "复课证明", "今天")


def _earliest(services, world):
    (one,) = services.health.illness.view(world.teacher).cases
    return dict(one.lines)["最早返园"].partition("（")[0]


def test_a_later_number_does_not_move_who_fell_ill_before_it(services, world, child):
    note(services, world, hfmd(child))
    before = _earliest(services, world)
    on(world, 3)
    services.manage.rules.set_rule(world.director, "ill.hfmd.least", "30", world.clock.now.date())
    assert _earliest(services, world) == before
    with pytest.raises(ExcludedError, match="最早 12月17日"):
        arrive(services, world)
    other = world.children["周乐瑶"]
    note(services, world, hfmd(other))
    with pytest.raises(ExcludedError, match="最早 1月5日"):
        arrive(services, world, "周乐瑶")


def test_a_later_row_of_the_table_takes_its_place_from_its_day_on(services, world, child, monkeypatch):
    data = tables.read("exclusions.toml")
    old = next(row for row in data["disease"] if row["code"] == "hfmd")
    new = {**old, "valid_from": DAY + 3 * DAYS, "least": 21, "source": "新版规范"}
    changed = {**data, "disease": [*data["disease"], new]}
    monkeypatch.setattr(tables, "read_once", lambda name: changed if name == "exclusions.toml" else data)
    note(services, world, hfmd(child))
    before = _earliest(services, world)
    on(world, 4)
    assert _earliest(services, world) == before, "the past is not rewritten"
    numbers = {
        day: next(one for one in health_rules.diseases(world.database, day) if one.code == "hfmd")
        for day in (dt.date(2000, 1, 1), DAY, DAY + 3 * DAYS)
    }
    assert [(one.least, one.source) for one in numbers.values()] == [
        (old["least"], old["source"]),
        (old["least"], old["source"]),
        (21, "新版规范"),
    ]
    codes = [one.code for one in health_rules.diseases(world.database, DAY + 3 * DAYS)]
    assert codes == [one.code for one in health_rules.diseases(world.database, DAY)], "one line a disease"


def test_clusters_and_observation_keep_the_numbers_of_when_they_fell_ill(services, world):
    two_cases(services, world)
    on(world, 1)
    for name, value in (("cases", "5"), ("observe", "3")):
        services.manage.rules.set_rule(world.director, f"ill.hfmd.{name}", value, world.clock.now.date())
    on(world, 3)
    view = services.health.illness.view(world.teacher)
    assert [one.words for one in view.clusters] == ["抱抱龙班 手足口病 7 天内 2 例"]
    assert [one.until for one in view.observations] == [DAY + 14 * DAYS]
