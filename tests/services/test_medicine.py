"""带药: what is taken, and the guards before a child swallows anything."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.health_round import Mark, RoundKind
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.looks import Tone
from app.domain.medicine import (
    AllergicMedicineError,
    DoseDoneError,
    DoseState,
    ExpiredMedicineError,
    MedicineError,
    OneDayOnlyError,
    RefusedMedicineError,
    TakenBackError,
    TooCloseError,
    TooEarlyError,
    TwoPeopleError,
    UnsignedMedicineError,
    WrongChildError,
    WrongDoseError,
)
from app.domain.pins import WrongPinError
from app.domain.signatures import Signature, SignatureError
from app.domain.staff import NotPermittedError
from app.domain.visits import AlreadyLeftError
from app.services.arrivals import VisitInUseError
from app.services.collecting import CheckOut
from app.services.handover import NoteState, OverdueDoseError, UntoldFactError
from app.services.medicine import NotUndoneError
from app.services.note_errors import LooseWordsError
from app.services.open_papers import Answer, OpenPapersError
from tests.services.health_stage import stage

__all__ = ["stage"]

DRAWN = Signature(600, 200, (((10, 100), (60, 20), (110, 160), (160, 40)), ((200, 60), (260, 150)))).encode()


def leave(stage, visit, *answers):
    act = CheckOut(visit, stage.world.adults["张母"], answers=answers)
    return stage.services.pickup.check_out(stage.world.desk, act)


# -- taking


@pytest.mark.parametrize(
    ("more", "error", "field"),
    [
        ({"signer": ""}, UnsignedMedicineError, "signer"),
        ({"signed_how": "screen"}, UnsignedMedicineError, "signature"),
        ({"original_pack": False}, RefusedMedicineError, "original_pack"),
        ({"medicine": "阿莫西林颗粒"}, RefusedMedicineError, "medicine"),
        ({"medicine": "钙 片（草莓味）"}, RefusedMedicineError, "medicine"),
        ({"medicine": "希刻劳"}, RefusedMedicineError, "medicine"),
        ({"medicine": "花生油胶囊"}, AllergicMedicineError, "medicine"),
        ({"expires_on": dt.date(2025, 12, 2)}, ExpiredMedicineError, "expires_on"),
        ({"brought": 3}, OneDayOnlyError, "brought"),
        ({"allergy": ""}, MedicineError, "allergy"),
        ({"dose": " "}, MedicineError, "dose"),
    ],
)
def test_what_the_centre_does_not_take(stage, more, error, field):
    with pytest.raises(error) as told:
        stage.take((12, 30), **more)
    assert told.value.field == field


def test_the_director_says_what_is_refused_from_a_day_on(stage):
    rules, today = stage.services.manage.rules, stage.clock.now.date()
    rules.set_rule(stage.world.director, "medicine_refused", "布洛芬，中药", today)
    with pytest.raises(RefusedMedicineError, match="布洛芬"):
        stage.take()
    assert stage.health.medicine.rules(today).refused == ("布洛芬", "中药")


def test_only_the_doses_of_today_and_not_too_near_to_each_other(stage):
    visit = stage.arrive()
    for times in (((9, 0),), ((18, 30),)):
        with pytest.raises(OneDayOnlyError):
            stage.take(*times, visit=visit)
    tomorrow = stage.draft(times=(stage.at(12) + dt.timedelta(days=1),))
    with pytest.raises(OneDayOnlyError):
        stage.health.medicine.take(stage.teacher, visit, tomorrow)
    with pytest.raises(TooCloseError, match="3 小时"):
        stage.take((12, 30), (15, 29), visit=visit)
    with pytest.raises(TooCloseError):
        stage.take((12, 0), visit=visit, home_at=stage.at(9, 1))
    request = stage.take((12, 30), visit=visit)
    stage.clock.at(12, 30)
    stage.give(request)
    with pytest.raises(TooCloseError):  # two requests for one medicine are one medicine
        stage.take((15, 0), visit=visit, medicine="布洛芬 混悬液")


def test_the_same_dose_at_home_stands_on_the_second_slip_too(stage):
    visit = stage.arrive()
    stage.clock.at(8)
    home = stage.at(7)
    first = stage.take((10, 30), visit=visit, home_at=home)
    stage.clock.at(10, 30)
    stage.give(first)
    second = stage.take((14, 0), visit=visit, home_at=home)
    assert second.home_at == home
    stage.health.medicine.skip(stage.teacher, second.doses[0].id, "妈妈说不用了")
    # What was swallowed too near already is past; a new dose must keep away from the last of them.
    stage.take((14, 0), visit=visit, home_at=stage.at(9, 45))
    with pytest.raises(MedicineError):
        stage.take((14, 0), visit=visit, home_at=home)


def test_a_second_dose_at_the_minute_of_one_that_was_given_is_refused(stage):
    visit = stage.arrive()
    first = stage.take((12, 30), visit=visit)
    stage.clock.at(12, 30)
    stage.give(first)
    with pytest.raises(TooCloseError, match="12:30 和 12:30"):
        stage.take((12, 30), visit=visit)


def test_one_medicine_is_not_asked_for_twice(stage):
    visit = stage.arrive()
    stage.take((12, 30), visit=visit)
    with pytest.raises(MedicineError, match="已经登记过"):
        stage.take((17, 0), visit=visit)
    stage.take((12, 30), visit=visit, medicine="止咳糖浆")


def test_a_signature_on_the_screen_is_one(stage):
    request = stage.take((12, 30), signed_how="screen", signature=DRAWN)
    assert request.signature == DRAWN
    dot = Signature(600, 200, (((10, 10), (11, 10)),)).encode()
    with pytest.raises(SignatureError):
        stage.take((12, 30), visit=request.visit, medicine="糖浆", signed_how="screen", signature=dot)


def test_medicine_is_taken_for_who_is_inside(stage):
    visit = stage.arrive()
    leave(stage, visit)
    with pytest.raises(AlreadyLeftError):
        stage.take(visit=visit)
    assert [one.name for one in stage.health.medicine.children(stage.teacher)] == []
    with pytest.raises(NotPermittedError):
        stage.health.medicine.take(stage.world.cashier, visit, stage.draft())


# -- giving


def test_two_people_give_it_and_both_names_stand(stage):
    request = stage.take((12, 30))
    stage.clock.at(12, 34)
    stage.give(request)
    (dose,) = stage.find(request.id).doses
    assert dose.words == "12:30 已喂（12:34，许静、孟佳）"
    assert (dose.state, dose.late) == (DoseState.GIVEN, 0)
    row = stage.world.database.rows("select detail from audit order by id desc limit 1")[0]
    assert row["detail"] == "张沐阳 布洛芬混悬液 2.5 ml 喂许静 核对孟佳"


@pytest.mark.parametrize(
    ("minutes", "words"), [((12, 14), "最早提前 15 分钟"), ((12, 15), ""), ((13, 0), ""), ((13, 1), "晚")]
)
def test_too_early_is_refused_and_late_is_said(stage, minutes, words):
    request = stage.take((12, 30))
    stage.clock.at(*minutes)
    if "最早" in words:
        with pytest.raises(TooEarlyError, match=words):
            stage.give(request)
        return
    done = stage.give(request)
    assert stage.find(request.id).doses[0].late == (31 if words else 0)
    assert ("晚 31 分钟" in done.undo.label) == bool(words)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"measured": "25 ml"}, WrongDoseError),
        ({"measured": "2.5"}, WrongDoseError),
        ({"measured": ""}, WrongDoseError),
        ({"child": 2}, WrongChildError),
    ],
)
def test_wrong_child_and_wrong_dose(stage, more, error):
    request = stage.take((12, 30))
    stage.clock.at(12, 30)
    with pytest.raises(error):
        stage.give(request, **more)
    stage.give(request, measured="２.50毫升")


def test_one_person_alone_gives_nothing(stage):
    request = stage.take((12, 30))
    stage.clock.at(12, 30)
    with pytest.raises(TwoPeopleError):
        stage.give(request, second=stage.second("许静"))
    with pytest.raises(WrongPinError):
        stage.give(request, second=stage.second("孟佳", "0001"))
    with pytest.raises(WrongPinError):
        stage.give(request, giver=stage.second("许静", "0001"))
    with pytest.raises(NotPermittedError):
        stage.give(request, second=stage.second("方芸"))  # the cashier
    assert stage.find(request.id).waiting


def test_a_dose_is_given_once(stage):
    request = stage.take((12, 30))
    stage.clock.at(12, 30)
    stage.give(request)
    with pytest.raises(DoseDoneError):
        stage.give(stage.find(request.id))
    with pytest.raises(DoseDoneError):
        stage.health.medicine.skip(stage.teacher, request.doses[0].id, "吐了")


def test_a_late_first_dose_moves_the_second(stage):
    request = stage.take((12, 30), (15, 40))
    stage.clock.at(13, 30)
    stage.give(request)
    stage.clock.at(15, 40)
    with pytest.raises(TooEarlyError, match="至少隔 3 小时"):
        stage.give(stage.find(request.id), 1)
    stage.clock.at(16, 30)
    stage.give(stage.find(request.id), 1)


def test_a_clock_set_back_opens_no_door(stage):
    visit = stage.arrive()
    request = stage.take((12, 30), visit=visit)
    stage.clock.at(12, 30)
    stage.give(request)
    other = stage.take((15, 45), visit=visit)
    stage.clock.at(12, 20)
    with pytest.raises(TooEarlyError):
        stage.give(other)


def test_what_expired_over_night_is_not_given(stage):
    request = stage.take((12, 30), expires_on=dt.date(2025, 12, 3))
    with stage.world.database.unit(None, "spoil") as unit:
        unit.execute("update medicine_request set expires_on = '2025-12-02'")
        unit.audit("medicine", request.id)
    stage.clock.at(12, 30)
    with pytest.raises(ExpiredMedicineError):
        stage.give(request)


def test_nobody_gives_to_who_has_gone_home(stage):
    request = stage.take((12, 30))
    stage.clock.at(12, 30)
    leave(stage, request.visit, Answer("medicine", request.id, "忘在办公室"))
    with pytest.raises(AlreadyLeftError):
        stage.give(request)


def test_left_out_with_a_reason(stage):
    request = stage.take((12, 30))
    with pytest.raises(MedicineError, match="为什么"):
        stage.health.medicine.skip(stage.teacher, request.doses[0].id, " ")
    done = stage.health.medicine.skip(stage.teacher, request.doses[0].id, "妈妈来电说烧退了")
    assert stage.find(request.id).doses[0].words == "12:30 没喂（妈妈来电说烧退了）"
    stage.services.undo(stage.teacher, done.undo)
    assert stage.find(request.id).waiting


# -- taking back


def test_a_mistake_is_taken_back_by_who_made_it_and_soon(stage):
    request = stage.take((12, 30))
    stage.clock.at(12, 30)
    done = stage.give(request)
    with pytest.raises(NotUndoneError, match="只有喂药的许静"):
        stage.health.medicine.undo_act(stage.nurse, done.undo.key)
    stage.clock.at(12, 46)
    with pytest.raises(NotUndoneError, match="只有园长"):
        stage.services.undo(stage.teacher, done.undo)
    stage.services.undo(stage.world.director, done.undo)
    assert stage.find(request.id).waiting
    with pytest.raises(NotUndoneError, match="撤销过了"):
        stage.services.undo(stage.world.director, done.undo)
    with pytest.raises(
        TakenBackError, match="12:30 记过已喂布洛芬混悬液（许静、孟佳），12:46 周敏撤销"
    ) as refused:
        stage.give(request)
    assert refused.value.field == "cleared"
    assert "12:46 周敏撤销" in stage.health.medicine.taken_back(stage.teacher, request.doses[0].id)
    act = stage.give(request, cleared="孟佳看见药还在杯里").value
    row = stage.world.database.row("select reason from medicine_act where id = :id", {"id": act})
    assert row["reason"] == "孟佳看见药还在杯里"


def test_a_request_goes_only_while_nothing_has_become_of_it(stage):
    visit = stage.arrive()
    done = stage.health.medicine.take(stage.teacher, visit, stage.draft())
    stage.services.undo(stage.teacher, done.undo)
    assert stage.health.medicine.day(stage.teacher).requests == ()
    again = stage.health.medicine.take(stage.teacher, visit, stage.draft())
    stage.clock.at(12, 30)
    stage.give(stage.find(again.value))
    with pytest.raises(NotUndoneError, match="不能撤销"):
        stage.services.undo(stage.teacher, again.undo)
    with pytest.raises(VisitInUseError):
        stage.services.arrivals.undo_check_in(stage.world.desk, visit)


# -- going home


def test_the_rest_goes_home_and_stays_an_open_paper_until_then(stage):
    request = stage.take((12, 30))
    with pytest.raises(OpenPapersError, match="12:30 还没喂"):
        leave(stage, request.visit)
    with pytest.raises(MedicineError, match="还有 12:30 没喂"):
        stage.health.medicine.give_back(stage.teacher, request.id, "妈妈")
    stage.clock.at(12, 30)
    stage.give(request)
    done = stage.health.medicine.give_back(stage.teacher, request.id, "妈妈 张母", "剩半瓶")
    assert stage.find(request.id).returned == "12:30 交还妈妈 张母"
    with pytest.raises(DoseDoneError):
        stage.health.medicine.give_back(stage.teacher, request.id, "妈妈")
    stage.services.undo(stage.teacher, done.undo)
    assert stage.find(request.id).returned == ""
    stage.health.medicine.give_back(stage.teacher, request.id, "妈妈 张母")
    leave(stage, request.visit)


def test_at_the_door_it_is_given_back_and_comes_again_with_the_child(stage):
    request = stage.take((12, 30), (16, 0))
    stage.clock.at(15)
    done = leave(stage, request.visit, Answer("medicine", request.id))
    kept = stage.find(request.id)
    assert kept.returned == "15:00 交还妈妈 张母"
    assert [dose.reason for dose in kept.doses] == [
        "离园时还没喂，药交还家长",
        "离园时还没到时间，药交还家长",
    ]
    # Who has the later one in her hand need not read of it; of the one that was missed she must.
    assert stage.health.medicine.facts(request.visit) == (
        f"12:30 的{request.medicine}没喂：离园时还没喂，药交还家长",
    )
    stage.services.undo(stage.world.desk, done.undo)
    back = stage.find(request.id)
    assert (back.returned, len(back.waiting)) == ("", 2)
    stage.give(back, 0)
    assert stage.find(request.id).doses[0].state is DoseState.GIVEN


def test_put_off_it_is_asked_for_the_next_day(stage):
    request = stage.take((12, 30))
    leave(stage, request.visit, Answer("medicine", request.id, "忘在办公室"))
    stage.clock.now += dt.timedelta(days=1)
    visit = stage.arrive()
    (paper,) = stage.services.pickup.prepare(stage.world.desk, visit).papers
    assert (paper.kind, "12月3日带来" in paper.words) == ("medicine", True)
    assert [one.id for one in stage.health.medicine.day(stage.teacher).requests] == [request.id]


# -- what others see


def test_the_class_sees_the_next_dose_with_its_minutes(stage):
    request = stage.take((12, 30))
    stage.clock.at(12, 10)
    (line,) = stage.health.medicine.due(stage.world.dragons, stage.clock.now)
    assert (line.short, line.due_words, line.tone) == ("12:30 喂药", "12:30 · 还有 20 分钟", Tone.WARN)
    assert stage.health.medicine.due(stage.world.stars, stage.clock.now) == ()
    (card,) = stage.services.classroom.roster(stage.teacher, stage.world.dragons).cards
    assert "12:30 喂药" in [chip.words for chip in card.chips]
    stage.clock.at(13, 1)
    alerts = [chip.words for chip in stage.services.desk.board(stage.world.desk).alerts]
    assert "张沐阳 12:30 的药还没喂" in alerts
    stage.give(request)
    assert stage.health.medicine.due(None, stage.clock.now) == ()


def test_the_note_to_the_parents_tells_it(stage):
    request = stage.take((12, 30))
    stage.clock.at(12, 34)
    stage.give(request)
    text = stage.services.papers.pickup_report(stage.teacher, request.visit).text
    told = "12:34 喂布洛芬混悬液 2.5 ml（口服）"
    assert stage.health.medicine.facts(request.visit) == (told,)
    assert told in text.health
    assert told in text.prose


def test_the_note_tells_a_dose_that_was_left_out_and_is_not_signed_over_it(stage):
    request = stage.take((12, 30))
    stage.health.medicine.skip(stage.teacher, request.doses[0].id, "妈妈来电说烧退了")
    text = stage.services.papers.pickup_report(stage.teacher, request.visit).text
    told = "12:30 的布洛芬混悬液没喂：妈妈来电说烧退了"
    assert told in text.health
    assert told in text.prose
    other = replace(text, prose="湿疹处擦了药。", health="无", notice="")
    with pytest.raises(UntoldFactError, match="12:30 的布洛芬混悬液没喂"):
        stage.services.handover.sign(stage.teacher, request.visit, other)
    own = replace(other, health="布洛芬混悬液没喂")
    with pytest.raises(LooseWordsError, match="没喂：妈妈来电") as asked:
        stage.services.handover.sign(stage.teacher, request.visit, own)
    stage.services.handover.sign(stage.teacher, request.visit, own, meant=asked.value.meant)


# -- a note is not signed over a dose that is late


def complete(stage, visit):
    """Log what a note asks for, so that it lacks nothing."""
    at = stage.at(12, 50)
    for draft in (
        EntryDraft(EntryKind.ACTIVITY, at, detail="eager", text="绘本"),
        EntryDraft(EntryKind.MEAL, at, detail="lunch", grade=4, text="面"),
        EntryDraft(EntryKind.MEAL, at, detail="morning_snack", grade=4, text="梨"),
        EntryDraft(EntryKind.WATER, at, amount_ml=80),
        EntryDraft(EntryKind.NOTE, at, text="中午没有睡。"),
        EntryDraft(EntryKind.MOOD, at, detail="happy"),
        EntryDraft(EntryKind.TOILET, at, detail="wet"),
        EntryDraft(EntryKind.WATER, stage.at(14, 40), amount_ml=80),
    ):
        stage.services.classroom.log(stage.teacher, (visit,), draft)


def late_stage(stage):
    """A complete note at three, and a dose of half past twelve that waits."""
    request = stage.take((12, 30))
    stage.health.rounds.keep(stage.teacher, RoundKind.MORNING, request.visit, Mark())
    stage.clock.now = stage.at(15)
    complete(stage, request.visit)
    return request


def row_of(stage, visit):
    rows = stage.services.handover.worklist(stage.teacher)
    return next(one for one in rows if one.visit == visit)


def test_a_note_is_not_signed_while_a_dose_is_late(stage):
    request = late_stage(stage)
    handover, visit = stage.services.handover, request.visit
    row = row_of(stage, visit)
    assert (row.state, row.dose) == (NoteState.DOSE, "12:30 的布洛芬混悬液 2.5 ml还没喂")
    assert [one.id for one in handover.note(stage.teacher, visit).doses] == [request.doses[0].id]
    with pytest.raises(OverdueDoseError, match="先喂，或写明为什么没喂"):
        handover.sign(stage.teacher, visit, handover.note(stage.teacher, visit).text)
    assert visit not in handover.sign_complete(stage.teacher).value, "left out of the batch, and named"
    assert handover.note(stage.teacher, visit).number is None
    done = stage.health.medicine.skip(stage.teacher, request.doses[0].id, "妈妈来电说烧退了")
    assert row_of(stage, visit).state is NoteState.READY
    assert "没喂：妈妈来电说烧退了" in handover.note(stage.teacher, visit).text.health
    stage.health.medicine.undo_act(stage.teacher, done.value)
    assert row_of(stage, visit).state is NoteState.DOSE
    stage.health.medicine.skip(stage.teacher, request.doses[0].id, "妈妈来电说烧退了")
    assert handover.sign_complete(stage.teacher, early=True).value == (visit,)


def test_a_dose_that_is_not_late_yet_or_went_home_holds_no_note_up(stage):
    request = late_stage(stage)
    handover, visit = stage.services.handover, request.visit
    stage.clock.now = stage.at(13)  # half an hour after its time is the centre's patience
    assert handover.note(stage.teacher, visit).doses == ()
    stage.clock.now = stage.at(13, 1)
    assert len(handover.note(stage.teacher, visit).doses) == 1
    stage.clock.now = stage.at(15)
    given = stage.giving(request)
    stage.health.medicine.give(stage.teacher, given)
    assert handover.note(stage.teacher, visit).doses == ()
    assert handover.sign(stage.teacher, visit, handover.note(stage.teacher, visit).text).value.number
