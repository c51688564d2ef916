"""At the door: what is said to whom, who signs for it, and a sentence for a whole class."""

import dataclasses

import pytest

from app.domain.ids import ClassId, SentenceId, SignatureId, ToldId, VisitId
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.staff import Actor, NotPermittedError, Role
from app.services.classroom import Classroom
from app.services.handover import Handover, NoteState
from app.services.papers import Papers
from app.services.telling import SentenceError, Telling, TellingError

DRAGON = ClassId(3)
TEACHER = Actor(4, "许静", Role.TEACHER, DRAGON)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def handover(database, clock):
    return Handover(database, clock)


@pytest.fixture
def telling(database, clock):
    return Telling(database, clock)


@pytest.fixture
def guest(database):
    row = database.row("select v.id from visit v join child c on c.id = v.child_id where c.name = '朱予晴'")
    return VisitId(row["id"])


def grandmother(telling, guest):
    return telling.door(TEACHER, guest).adults[0]


def test_three_sentences_stand_ready_with_what_must_be_heeded_first(telling, guest):
    door = telling.door(TEACHER, guest)
    assert door.name == "朱予晴"
    assert len(door.sentences) == 3
    assert door.sentences[0] == "请留意：鞋子偏小，走路时常踮脚；建议换大半码。"
    assert door.sentences[1] == "今天早点和午餐都吃完了，喝水 240 ml，睡了 1 小时 15 分。"
    assert door.sentences[2].startswith("手工课“贴雪花”主动参与；起初有点想家，后来")
    assert grandmother(telling, guest).words == "奶奶 王秀兰"


def test_it_is_kept_to_whom_the_day_was_told_when_and_by_whom(telling, clock, guest, database):
    who = grandmother(telling, guest)
    done = telling.tell(TEACHER, guest, who.id)
    told = telling.door(TEACHER, guest).told
    assert [(one.who, one.by, one.at) for one in told] == [("奶奶 王秀兰", "许静", clock())]
    assert told[0].words.startswith("请留意：鞋子偏小")
    other = telling.tell(TEACHER, guest, None, " 司机 老周 ", ["只说了一句。"]).value
    assert [one.who for one in telling.door(TEACHER, guest).told] == ["奶奶 王秀兰", "司机 老周"]
    assert telling.door(TEACHER, guest).told[1].words == "只说了一句。"
    assert done.undo.verb == "door.tell"
    telling.undo_tell(TEACHER, ToldId(done.undo.key))
    assert [one.id for one in telling.door(TEACHER, guest).told] == [other]
    assert database.row("select count(*) as n from note_told")["n"] == 2  # the file keeps both
    with pytest.raises(TellingError, match="撤销过"):
        telling.undo_tell(TEACHER, ToldId(done.undo.key))


def test_somebody_must_be_named_and_nobody_barred_is_told(telling, guest, database):
    with pytest.raises(TellingError) as caught:
        telling.tell(TEACHER, guest, None, "  ")
    assert caught.value.field == "adult"
    row = database.row(
        "select v.id as visit, t.adult_id from child_adult t join visit v on v.child_id = t.child_id"
        " where t.barred = 1 and v.day = '2025-12-03' and t.ended_at is null limit 1"
    )
    barred = row["adult_id"]
    assert barred not in {one.id for one in telling.door(TEACHER, VisitId(row["visit"])).adults}
    for act in (telling.tell, telling.sign_for):
        if act == telling.sign_for:
            handover = Handover(database, lambda: telling._clock())
            handover.sign(TEACHER, VisitId(row["visit"]), handover.note(TEACHER, VisitId(row["visit"])).text)
        with pytest.raises(TellingError, match="禁止接走"):
            act(TEACHER, VisitId(row["visit"]), barred)


def test_a_fever_that_the_note_passes_over_is_said_at_the_door(telling, database, clock, guest, handover):
    handover.sign(TEACHER, guest, handover.note(TEACHER, guest).text)
    fever = EntryDraft(EntryKind.TEMPERATURE, clock(), detail="forehead", tenths=390)
    Classroom(database, clock).log(TEACHER, (guest,), fever)
    assert telling.door(TEACHER, guest).sentences[0].startswith("请留意：体温 39.0℃；鞋子偏小")


def test_the_family_signs_on_the_screen_and_the_paper_shows_it(telling, handover, database, clock, guest):
    who = grandmother(telling, guest)
    with pytest.raises(TellingError, match="老师还没有签字"):
        telling.sign_for(TEACHER, guest, who.id, png=PNG)
    handover.sign(TEACHER, guest, handover.note(TEACHER, guest).text)
    done = telling.sign_for(TEACHER, guest, who.id, png=PNG)
    signature = telling.door(TEACHER, guest).signature
    assert (signature.who, signature.way, signature.png, signature.by) == (
        "奶奶 王秀兰",
        "screen",
        PNG,
        "许静",
    )
    report = Papers(database, clock).pickup_report(TEACHER, guest)
    assert (report.family, report.family_at, report.family_png) == ("奶奶 王秀兰", clock(), PNG)
    with pytest.raises(TellingError, match="已经签过"):
        telling.sign_for(TEACHER, guest, who.id)
    telling.undo_sign(TEACHER, SignatureId(done.undo.key))
    assert telling.door(TEACHER, guest).signature is None
    with pytest.raises(TellingError, match="撤销过"):
        telling.undo_sign(TEACHER, SignatureId(done.undo.key))
    telling.sign_for(TEACHER, guest, who.id)
    assert telling.door(TEACHER, guest).signature.way == "paper"


def test_a_note_signed_anew_wants_another_signature(telling, handover, database, clock, guest):
    text = handover.note(TEACHER, guest).text
    handover.sign(TEACHER, guest, text)
    telling.sign_for(TEACHER, guest, None, "奶奶", PNG)
    handover.sign(TEACHER, guest, dataclasses.replace(text, prose=text.prose + "再见。"))
    assert telling.door(TEACHER, guest).signature is None
    assert Papers(database, clock).pickup_report(TEACHER, guest).family == ""


@pytest.mark.parametrize("png", [b"no picture", b"\x89PNG\r\n\x1a\n" + b"0" * 70_000])
def test_what_is_no_signature_is_not_kept(telling, handover, guest, png):
    handover.sign(TEACHER, guest, handover.note(TEACHER, guest).text)
    with pytest.raises(TellingError) as caught:
        telling.sign_for(TEACHER, guest, None, "奶奶", png)
    assert caught.value.field == "signature"


def test_belongings_and_medicine_go_back_with_the_note(database, clock, guest, services, actors):
    telling = Telling(database, clock, lambda _child: ("退热药 1 瓶",))
    services.belongings.note(TEACHER, guest, "水杯")
    things = telling.door(TEACHER, guest).things
    assert things[-2:] == ("水杯", "退热药 1 瓶")
    papers = Papers(database, clock, lambda _child: ("退热药 1 瓶",))
    assert papers.pickup_report(TEACHER, guest).things == things
    assert services.papers.pickup_report(TEACHER, guest).things == things[:-1]  # nobody knows of medicine yet


# -- a sentence for a whole class


def proses(handover):
    return {
        row.visit: handover.note(TEACHER, row.visit).text.prose for row in handover.worklist(TEACHER, DRAGON)
    }


def test_a_sentence_is_added_once_for_every_note_that_is_not_signed(telling, handover, guest):
    mine = dataclasses.replace(handover.note(TEACHER, guest).text, prose="手写的一句。")
    handover.keep(TEACHER, guest, mine)
    before = proses(handover)
    signed = {
        row.name
        for row in handover.worklist(TEACHER, DRAGON)
        if row.state in {NoteState.SIGNED, NoteState.HANDED}
    }
    done = telling.add_sentence(TEACHER, DRAGON, "明天上午去公园，请穿运动鞋", "prose")
    assert set(done.value.signed) == signed
    assert done.value.notes == len(before) - len(signed)
    after = proses(handover)
    assert after[guest] == "手写的一句。明天上午去公园，请穿运动鞋。"
    assert sum("运动鞋" in prose for prose in after.values()) == done.value.notes
    telling.undo_sentence(TEACHER, SentenceId(done.undo.key))
    assert proses(handover) == before
    with pytest.raises(SentenceError, match="撤销过"):
        telling.undo_sentence(TEACHER, SentenceId(done.undo.key))


def test_it_can_stand_in_what_is_to_be_heeded(telling, handover, guest):
    handover.keep(TEACHER, guest, dataclasses.replace(handover.note(TEACHER, guest).text, prose="手写。"))
    before = handover.note(TEACHER, guest).text.notice
    done = telling.add_sentence(TEACHER, DRAGON, "明天带雨鞋。", "notice")
    assert handover.note(TEACHER, guest).text.notice == f"{before}\n明天带雨鞋。"
    assert "明天带雨鞋" in telling.door(TEACHER, guest).sentences[0]
    assert [one.what.words for one in telling.sentences(TEACHER, DRAGON)] == ["明天带雨鞋。"]
    telling.undo_sentence(TEACHER, SentenceId(done.undo.key))
    assert handover.note(TEACHER, guest).text.notice == before


def test_other_classes_do_not_hear_of_it(telling, handover):
    telling.add_sentence(TEACHER, DRAGON, "明天带雨鞋", "prose")
    assert not any(
        "雨鞋" in handover.note(TEACHER, row.visit).text.prose
        for row in handover.worklist(TEACHER, ClassId(4))
    )


def test_nothing_and_the_same_again_are_refused(telling):
    for words in ("", "  \n "):
        with pytest.raises(SentenceError, match="请写一句"):
            telling.add_sentence(TEACHER, DRAGON, words, "prose")
    telling.add_sentence(TEACHER, DRAGON, "明天带雨鞋", "prose")
    with pytest.raises(SentenceError, match="已经加给全班"):
        telling.add_sentence(TEACHER, DRAGON, "明天带雨鞋", "prose")
    with pytest.raises(SentenceError, match="选一个班"):
        telling.add_sentence(TEACHER, ClassId(99), "明天带雨鞋", "prose")


def test_a_sentence_does_not_hide_a_fever_from_the_draft(telling, handover, database, clock, guest):
    view = handover.note(TEACHER, guest)
    handover.keep(TEACHER, guest, dataclasses.replace(view.text, prose="手写。"))
    Classroom(database, clock).log(
        TEACHER, (guest,), EntryDraft(EntryKind.TEMPERATURE, clock(), detail="forehead", tenths=390)
    )
    telling.add_sentence(TEACHER, DRAGON, "明天带雨鞋", "prose")
    assert handover.note(TEACHER, guest).stale == "成稿后有新记录：体温 39.0℃"


def test_who_may_stand_at_the_door_and_who_may_write(telling, handover, guest):
    desk = Actor(2, "林晓", Role.FRONT_DESK)
    telling.tell(desk, guest, None, "奶奶")
    cashier = Actor(3, "方芸", Role.CASHIER)
    for act in (
        lambda: telling.tell(cashier, guest, None, "奶奶"),
        lambda: telling.sign_for(cashier, guest, None, "奶奶"),
        lambda: telling.undo_tell(cashier, ToldId(1)),
        lambda: telling.undo_sign(cashier, SignatureId(1)),
        lambda: telling.add_sentence(desk, DRAGON, "明天带雨鞋", "prose"),
        lambda: telling.undo_sentence(desk, SentenceId(1)),
    ):
        with pytest.raises(NotPermittedError):
            act()


def test_a_note_without_a_log_says_so_at_the_door(telling, database, guest):
    with database.unit(4, "test") as unit:
        unit.execute(
            "update log_entry set ended_at = :at where visit_id = :v", {"at": unit.stamp, "v": guest}
        )
        unit.audit("visit", guest)
    assert telling.door(TEACHER, guest).sentences == ("今天予晴入园以后没有记录，请老师当面说。",)
