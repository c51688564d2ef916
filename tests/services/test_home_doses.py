"""She went home with her medicine still here, and its hour came: her family is asked before it is given."""

import pytest

from app.domain.home_doses import AskHomeError
from app.domain.looks import Tone
from app.domain.medicine import DoseState, MedicineError, TooEarlyError
from app.services.collecting import CheckOut
from app.services.open_papers import Answer
from tests.services.health_stage import stage

__all__ = ["stage"]

ASK = "在家时到点，先问家长是否已经喂过"


@pytest.fixture
def back(stage):
    """Home from twelve to two; a dose of half past twelve waits."""
    request = stage.take((12, 30), (16, 0))
    stage.clock.at(12)
    later = (Answer("medicine", request.id, "忘在办公室"),)
    mother = stage.world.adults["张母"]
    stage.services.pickup.check_out(stage.world.desk, CheckOut(request.visit, mother, answers=later))
    stage.clock.at(14)
    stage.arrive()
    return stage.find(request.id)


def test_whoever_offers_it_says_so(stage, back):
    medicine = stage.health.medicine
    (line, later) = medicine.due(None, stage.clock.now)
    assert (line.due_words, line.tone) == (f"12:30 · {ASK}", Tone.BAD)
    assert "先问" not in later.due_words
    assert [back.ask_words(dose) for dose in back.doses] == [ASK, ""]
    assert f"张沐阳 12:30 的药{ASK}" in [
        one.words for one in stage.services.desk.board(stage.world.desk).alerts
    ]
    (card,) = stage.services.classroom.roster(stage.teacher, stage.world.dragons).cards
    assert "12:30 先问家长喂过没" in [chip.words for chip in card.chips]
    (waits,) = stage.services.handover.note(stage.teacher, back.visit).doses
    assert ASK in waits.words


def test_it_is_not_given_before_they_have_answered(stage, back):
    with pytest.raises(AskHomeError, match=ASK):
        stage.give(back)
    stage.give(back, asked="妈妈 张母")
    given = stage.find(back.id).doses[0]
    assert (given.state, given.home_words) == (DoseState.GIVEN, "妈妈 张母说在家没喂")
    stage.clock.at(16)
    with pytest.raises(TooEarlyError):
        stage.give(stage.find(back.id), 1)  # as always
    details = [row["detail"] for row in stage.world.database.rows("select detail from audit")]
    assert any("核对孟佳" in one and one.endswith("妈妈 张母说在家没喂") for one in details)
    slip = stage.health.papers.medicine_slip(stage.teacher, back.id)
    assert "妈妈 张母说在家没喂" in slip.doses[0].note


def test_given_at_home_it_stands_as_such_with_who_said_so(stage, back):
    medicine, first = stage.health.medicine, back.doses[0].id
    done = medicine.at_home(stage.teacher, first, stage.at(13, 20), "妈妈 张母")
    dose = stage.find(back.id).doses[0]
    assert (dose.state, dose.words) == (DoseState.HOME, "12:30 在家 13:20 喂过，妈妈 张母说")
    assert dose.chip(stage.clock.now, 30).words == "在家喂过"
    said = "在家 13:20 喂过，妈妈 张母说"
    assert stage.health.papers.medicine_slip(stage.teacher, back.id).doses[0].note == said
    assert said in stage.health.papers.medicine_month(stage.teacher, stage.clock.now.date()).rows[0]
    assert medicine.facts(back.visit) == (), "who gave it need not be told"
    draft = stage.services.classes.shifts.draft(stage.teacher, stage.world.dragons)
    assert any(said in line.words for line in draft.lines)
    stage.clock.at(16)
    with pytest.raises(TooEarlyError, match="在家 13:20 喂过"):
        stage.give(stage.find(back.id), 1)
    stage.services.undo(stage.teacher, done.undo)
    assert stage.find(back.id).ask_words(stage.find(back.id).doses[0]) == ASK


def test_what_falls_due_here_is_nothing_to_ask_about(stage, back):
    with pytest.raises(AskHomeError, match="到点时在园"):
        stage.health.medicine.at_home(stage.teacher, back.doses[1].id, stage.at(13), "妈妈")


def test_the_word_of_a_barred_man_neither_gives_nor_closes_it(stage, back):
    medicine, first = stage.health.medicine, back.doses[0].id
    for act in (
        lambda: medicine.heard(stage.teacher, first, "邻居 张外人"),
        lambda: stage.give(back, asked="邻居 张外人", asked_reason="在门口"),
        lambda: medicine.at_home(stage.teacher, first, stage.at(13, 20), "邻居 张外人", "在门口"),
    ):
        with pytest.raises(MedicineError, match="张外人被列为禁止接走，药喂没喂过不听此人的") as refused:
            act()
        assert refused.value.field == "asked"
    assert stage.find(back.id).doses[0].state is DoseState.WAITING


def test_who_is_on_no_record_answers_for_a_reason_that_is_kept(stage, back):
    medicine, first = stage.health.medicine, back.doses[0].id
    for act in (
        lambda reason: medicine.heard(stage.teacher, first, "王叔", reason),
        lambda reason: stage.give(back, asked="王叔", asked_reason=reason),
        lambda reason: medicine.at_home(stage.teacher, first, stage.at(13, 20), "王叔", reason),
    ):
        for reason, words in (("", "档案里没有“王叔”"), ("托" * 50, "少写")):
            with pytest.raises(MedicineError, match=words) as refused:
                act(reason)
            assert refused.value.field == "asked_reason"
    kept = "王叔（档案里没有：妈妈托他）"
    assert medicine.heard(stage.teacher, first, "王叔", "妈妈托他") == kept
    done = medicine.at_home(stage.teacher, first, stage.at(13, 20), "王叔", "妈妈托他")
    assert stage.find(back.id).doses[0].asked == kept
    stage.services.undo(stage.teacher, done.undo)
    stage.give(back, asked="王叔", asked_reason="妈妈托他")
    assert stage.find(back.id).doses[0].asked == kept


def test_it_was_not_given_at_home_while_she_was_here(stage, back):
    medicine, first = stage.health.medicine, back.doses[0].id
    with pytest.raises(AskHomeError, match=r"到 12:00 在园，10:00 不会是在家喂的") as refused:
        medicine.at_home(stage.teacher, first, stage.at(10), "妈妈 张母")
    assert refused.value.field == "home_at"
    medicine.at_home(stage.teacher, first, stage.at(12), "妈妈 张母")
