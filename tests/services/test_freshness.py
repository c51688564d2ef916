"""A signed note goes stale when anything it told of is taken back or corrected, and everybody is told so."""

import dataclasses
import datetime as dt

import pytest

from app.domain.fever import NewStep, StepKind
from app.domain.health_round import Mark, RoundKind
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.prose import NoteText
from app.services.arrivals import MorningCheck
from app.services.checks import HealthCheck
from app.services.class_views import Answer, Cleared
from app.services.facts import list_books
from app.services.freshness import seen_now, still_told, turned_words
from app.services.handover import NoteState, TakenBackError
from app.services.illness import CaseCard
from app.services.injuries import InjuryCard
from app.store import notes
from tests.services.health_stage import stage
from tests.services.world import DAY

__all__ = ["stage"]
NAME = "周乐瑶"
LUNCH = {"kind": EntryKind.MEAL, "detail": "lunch", "grade": 4, "text": "番茄面"}
ENTRIES = {
    "meal": LUNCH,
    "milk": {"kind": EntryKind.MILK, "detail": "formula", "amount_ml": 120},
    "water": {"kind": EntryKind.WATER, "amount_ml": 90},
    "sleep": {"kind": EntryKind.SLEEP, "until": (14, 0)},
    "toilet": {"kind": EntryKind.TOILET, "detail": "stool", "quality": "loose"},
    "mood": {"kind": EntryKind.MOOD, "detail": "happy"},
    "activity": {"kind": EntryKind.ACTIVITY, "detail": "eager", "text": "绘本"},
    "temperature": {"kind": EntryKind.TEMPERATURE, "detail": "forehead", "tenths": 366},
    "fever": {"kind": EntryKind.TEMPERATURE, "detail": "forehead", "tenths": 389},
    "note": {"kind": EntryKind.NOTE, "detail": "notice", "text": "明天带一条裤子"},
    "food": {"kind": EntryKind.FOOD, "grade": 4, "quality": "none", "text": "南瓜泥"},
    "washing": {"kind": EntryKind.WASHING, "detail": "before_food"},
    "outdoor": {"kind": EntryKind.OUTDOOR, "until": (13, 0), "text": "下雨"},
}


@pytest.fixture
def visit(stage):
    key = stage.arrive(NAME, MorningCheck(tenths=365))
    stage.clock.at(15, 30)
    return key


def sign(stage, visit, **more):
    text = stage.services.handover.note(stage.teacher, visit).drafted
    return stage.services.handover.sign(stage.teacher, visit, dataclasses.replace(text, **more)).value


def row(stage, visit):
    return next(one for one in stage.services.handover.worklist(stage.teacher) if one.visit == visit)


def draft(stage, at=(12, 0), **parts):
    until = parts.pop("until", None)
    return EntryDraft(at=stage.at(*at), until=until and stage.at(*until), **parts)


def log(stage, visit, **parts):
    return stage.services.classroom.log(stage.teacher, (visit,), draft(stage, **parts))


def dose(stage, visit):
    request = stage.take((15, 35), visit=visit)
    stage.clock.at(15, 36)
    return stage.give(request)


def skipped(stage, visit):
    request = stage.take((15, 35), visit=visit)
    stage.clock.at(15, 36)
    return stage.health.medicine.skip(stage.teacher, request.doses[0].id, "妈妈说先不吃")


def case(stage, _visit):
    card = CaseCard(stage.world.children[NAME], "hfmd", "12-03")
    return stage.health.illness.note(stage.nurse, card)


def card(stage, **more):
    parts = {
        "child": stage.world.children[NAME], "day": DAY, "at": "15:10", "duty": stage.staff["许静"].id,
        "kind": "2", "place": "2", "activity": "1", "company": "3", "handling": "1", "aid": ("wash",),
        "regions": ("front.forehead",), "story": "摔了一跤",
    }  # fmt: skip
    return InjuryCard(**{**parts, **more})


def injury(stage, _visit):
    return stage.health.injuries.note(stage.teacher, card(stage))


def fever(stage, visit):
    return stage.health.fevers.begin(stage.nurse, visit, 389)


def fever_step(stage, visit):
    key = fever(stage, visit).value
    stage.clock.at(15, 36)
    return stage.health.fevers.step(stage.nurse, key, NewStep(StepKind.RECHECK, tenths=386, site="ear"))


def round_found(stage, visit):
    mark = Mark(tenths=366, findings=("rash",))
    return stage.health.rounds.keep(stage.nurse, RoundKind.NOON, visit, mark)


def round_normal(stage, visit):
    return stage.health.rounds.keep(stage.nurse, RoundKind.NOON, visit, Mark(tenths=366))


def sentence(stage, _visit):
    done = stage.services.classes.telling.add_sentence(
        stage.teacher, stage.world.dragons, "明天带雨鞋", "notice"
    )
    return dataclasses.replace(done, undo=dataclasses.replace(done.undo, key=done.value.id))


def entry(kind):
    return lambda stage, visit: log(stage, visit, **ENTRIES[kind])


ACTS = {
    "dose": dose, "skipped": skipped, "case": case, "injury": injury, "fever": fever,
    "fever_step": fever_step, "round_found": round_found, "round_normal": round_normal,
    "sentence": sentence, **{f"entry_{kind}": entry(kind) for kind in ENTRIES},
}  # fmt: skip


def everybody_is_told(stage, visit, said):
    """The list, the note, the desk, the door, the paper and its seal all say what does not hold."""
    shown = row(stage, visit)
    assert shown.state is NoteState.STALE
    assert said in shown.stale
    assert said in stage.services.handover.note(stage.teacher, visit).stale
    assert stage.services.handover.door_words(stage.teacher, visit) == f"交接单已签，{shown.stale}"
    assert said in stage.services.classes.telling.door(stage.teacher, visit).sentences[0]
    report = stage.services.papers.pickup_report(stage.teacher, visit)
    assert report.number
    assert said in report.later
    verdict = stage.services.seals.verify(stage.teacher, report.seal)
    assert (verdict.title, said in verdict.words) == ("记录有变", True)


def signs_again(stage, visit, before):
    """What is drafted anew and signed takes the place of the stale one, and holds."""
    again = stage.services.handover.redraft(stage.teacher, visit).value
    after = stage.services.handover.sign(stage.teacher, visit, again.text).value
    assert after.number != before.number
    assert (after.version, after.stale, row(stage, visit).state) == (2, "", NoteState.SIGNED)
    assert stage.services.papers.pickup_report(stage.teacher, visit).later == ""


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("edited", [False, True])
def test_whatever_is_taken_back_after_the_signature_makes_the_note_stale(stage, visit, act, edited):
    done = ACTS[act](stage, visit)
    text = stage.services.handover.note(stage.teacher, visit).drafted
    own = {"prose": f"{text.prose}很乖。"} if edited else {}
    signed = sign(stage, visit, **own)
    assert (row(stage, visit).state, row(stage, visit).stale) == (NoteState.SIGNED, "")
    stage.services.undo(
        stage.nurse if act in {"case", "round_found", "round_normal"} else stage.teacher, done.undo
    )
    everybody_is_told(stage, visit, "签字后撤销了：")
    if not edited:
        with pytest.raises(TakenBackError, match="重新成稿"):
            stage.services.handover.sign(stage.teacher, visit, signed.text)
    if act == "dose":  # it waits again
        return
    signs_again(stage, visit, signed)


CORRECTIONS = {
    "meal": {"grade": 0}, "milk": {"amount_ml": 60}, "water": {"amount_ml": 30}, "sleep": {"until": (13, 0)},
    "toilet": {"quality": "watery"}, "mood": {"detail": "crying"}, "activity": {"detail": "declined"},
    "temperature": {"tenths": 368}, "fever": {"tenths": 366}, "note": {"text": "明天带两条裤子"},
    "food": {"grade": 0}, "washing": {"detail": "after_toilet"}, "outdoor": {"until": (12, 30)},
}  # fmt: skip


@pytest.mark.parametrize("kind", ENTRIES)
def test_a_corrected_entry_makes_the_note_stale(stage, visit, kind):
    log(stage, visit, **ENTRIES[kind])
    signed = sign(stage, visit)
    key = stage.services.classroom.timeline(stage.teacher, visit).rows[-1].entry
    new = draft(stage, **{**ENTRIES[kind], **CORRECTIONS[kind]})
    stage.services.classes.corrections.correct(stage.teacher, key, new, reason="记错了")
    everybody_is_told(stage, visit, "签字后更正了：")
    signs_again(stage, visit, signed)


def test_what_came_after_is_counted_for_everybody_who_reads_the_note(stage, visit):
    signed = sign(stage, visit)
    log(stage, visit, **ENTRIES["water"])
    round_normal(stage, visit)
    said = "签字后又记了 2 条"
    shown = row(stage, visit)
    assert (shown.state, shown.stale, shown.later) == (NoteState.LATER, "", said)
    assert stage.services.handover.note(stage.teacher, visit).later == said
    assert stage.services.handover.door_words(stage.teacher, visit) == f"交接单已签，{said}"
    door = stage.services.classes.telling.door(stage.teacher, visit)
    assert (door.since, door.stale) == (said, False)
    report = stage.services.papers.pickup_report(stage.teacher, visit)
    assert (report.number, report.later) == (
        signed.number,
        f"{said}，没有写在这张单子上。请当面问老师。",
    )
    verdict = stage.services.seals.verify(stage.teacher, report.seal)
    assert (verdict.title, said in verdict.words) == ("真", True)
    signs_again(stage, visit, signed)
    assert row(stage, visit).later == ""


def test_a_corrected_case_or_injury_makes_the_note_stale(stage, visit):
    of_case, of_injury = case(stage, visit).value, injury(stage, visit).value
    signed = sign(stage, visit)
    stage.health.injuries.correct(stage.teacher, of_injury, card(stage, regions=("front.chest",)))
    everybody_is_told(stage, visit, "签字后更正了：")
    stage.health.illness.correct(
        stage.nurse, of_case, CaseCard(stage.world.children[NAME], "varicella", "12-03")
    )
    everybody_is_told(stage, visit, "手足口病（疑似） → 水痘（疑似）")
    signs_again(stage, visit, signed)


def test_a_corrected_refusal_reads_as_it_was_and_as_it_is(stage, visit):
    log(stage, visit, **LUNCH)
    sign(stage, visit)
    key = stage.services.classroom.timeline(stage.teacher, visit).rows[-1].entry
    stage.services.classes.corrections.correct(
        stage.teacher, key, draft(stage, **{**LUNCH, "grade": 0}), reason="看错"
    )
    assert row(stage, visit).stale == "签字后更正了：午餐 番茄面 · 吃完 → 番茄面 · 拒食"


def test_the_door_does_not_say_an_illness_that_was_taken_back(stage, visit):
    done = case(stage, visit)
    sign(stage, visit)
    stage.services.undo(stage.nurse, done.undo)
    sentences = stage.services.classes.telling.door(stage.teacher, visit).sentences
    assert sentences[0].startswith("交接单签字后撤销了：手足口病（疑似）。")
    assert "就医" not in "".join(sentences)


def test_what_comes_behind_takes_nothing_back(stage, visit):
    """Water, a normal look, a doctor's word behind a hurt and the next step of a fever undo no signature."""
    key, of_injury = fever(stage, visit).value, injury(stage, visit).value
    sign(stage, visit)
    log(stage, visit, **ENTRIES["water"])
    stage.services.classroom.check(
        stage.teacher, (visit,), HealthCheck(kind="day", tenths=366, outcome="normal")
    )
    assert row(stage, visit).stale == ""
    stage.clock.at(15, 36)
    stage.health.fevers.step(stage.nurse, key, NewStep(StepKind.RECHECK, tenths=386, site="ear"))
    stage.health.injuries.correct(stage.teacher, of_injury, card(stage, handling="2", diagnosis="皮外伤"))
    assert "撤销" not in row(stage, visit).stale
    assert "更正" not in row(stage, visit).stale
    assert "有新记录" in row(stage, visit).stale


def test_kept_edits_wait_for_their_teacher_once_what_they_tell_is_taken_back(stage, visit):
    done = injury(stage, visit)
    text = stage.services.handover.note(stage.teacher, visit).drafted
    own = dataclasses.replace(text, prose=f"{text.prose}很乖。")
    stage.services.handover.keep(stage.teacher, visit, own)
    stage.services.undo(stage.teacher, done.undo)
    assert "成稿后撤销了：跌伤（额头）" in stage.services.handover.note(stage.teacher, visit).stale
    with pytest.raises(TakenBackError, match="跌伤"):
        stage.services.handover.sign(stage.teacher, visit, own)
    honest = NoteText(prose="乐瑶今天很乖。")
    assert stage.services.handover.sign(stage.teacher, visit, honest).value.stale == ""


def test_a_note_of_another_program_still_knows_what_is_gone(stage, visit):
    done = injury(stage, visit)
    sign(stage, visit)
    book = list_books(stage.world.database, [visit])[visit]
    for seen in (
        dataclasses.replace(seen_now(book), wording="0.0").written(),
        f"-\n{sorted(seen_now(book).alerts)[0]}",  # as it was kept before it knew of facts
    ):
        with stage.world.database.unit(None, "test") as unit:
            unit.execute("update handover_note set seen = :seen, prose = '旧稿。'", {"seen": seen})
            unit.audit("note", None)
        assert row(stage, visit).stale == ""
    stage.services.undo(stage.teacher, done.undo)
    assert "签字后撤销了：" in row(stage, visit).stale


def test_a_note_without_memory_has_seen_nothing(stage, visit):
    sign(stage, visit, prose="很好。")
    with stage.world.database.unit(None, "test") as unit:
        unit.execute("update handover_note set seen = ''")
        unit.audit("note", None)
    book = list_books(stage.world.database, [visit])[visit]
    note = notes.find_current(stage.world.database, visit)
    assert turned_words(stage.world.database, book, note) == ""
    assert turned_words(stage.world.database, book, None) == ""
    assert still_told(stage.world.database, book, None, NoteText()) == ()


def test_an_allergy_taken_off_the_record_is_known_by_what_it_made_of_the_day(stage):
    visit = stage.arrive("张沐阳", MorningCheck(tenths=365))
    stage.clock.at(12)
    answer = Answer(visit, frozenset({"花生"}), "换成青菜面", "swapped")
    lunch = draft(stage, (11, 30), kind=EntryKind.MEAL, detail="lunch", grade=4, text="花生酱拌面")
    stage.services.classroom.log(stage.teacher, (visit,), lunch, cleared=Cleared((answer,)))
    sign(stage, visit)
    stage.services.allergies.answer(stage.nurse, stage.world.children["张沐阳"], "none", (), "妈妈")
    assert "签字后撤销了：" in row(stage, visit).stale


def test_a_dose_taken_back_is_signed_over_only_once_it_was_given_or_left_out(stage, visit):
    done = dose(stage, visit)
    before = sign(stage, visit)
    stage.services.undo(stage.teacher, done.undo)
    stage.clock.now += dt.timedelta(minutes=2)
    waiting = stage.health.medicine.day(stage.teacher).requests[0].doses[0].id
    stage.health.medicine.skip(stage.teacher, waiting, "妈妈说先不吃")
    assert (
        "签字后更正了：15:36 喂布洛芬混悬液 2.5 ml（口服） → 15:35 的布洛芬混悬液没喂"
        in row(stage, visit).stale
    )
    signs_again(stage, visit, before)
