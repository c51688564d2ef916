"""Handover notes through their service: drafted, edited, signed, superseded."""

import dataclasses
import datetime as dt

import pytest

from app.domain.changes import Topic
from app.domain.ids import ClassId, VisitId
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.names import BadTextError
from app.domain.prose import NoteText
from app.domain.staff import Actor, NotPermittedError, Role
from app.domain.visits import ClockSetBackError, NotTodayError
from app.services.classroom import Classroom
from app.services.facts import list_books
from app.services.handover import (
    EmptyNoteError,
    Handover,
    LongNoteError,
    NoteState,
    OvertakenError,
    UntoldFactError,
)
from app.services.injuries import InjuryCard
from app.services.telling import Telling, TellingError

DRAGON, TRAIN = ClassId(3), ClassId(4)
TEACHER = Actor(4, "许静", Role.TEACHER, DRAGON)


@pytest.fixture
def handover(database, clock):
    return Handover(database, clock)


@pytest.fixture
def guest(database):
    row = database.row("select v.id from visit v join child c on c.id = v.child_id where c.name = '朱予晴'")
    return VisitId(row["id"])


def said(view, prose):
    return dataclasses.replace(view.text, prose=prose)


def test_the_worklist_goes_by_the_hour_they_leave_and_names_what_is_missing(handover):
    rows = handover.worklist(TEACHER, DRAGON)
    assert len(rows) == 19
    assert (rows[0].name, rows[0].leave_words) == ("朱予晴", "14:00 · 奶奶 王秀兰")
    assert (rows[0].state, rows[0].done, rows[0].total) == (NoteState.READY, 8, 8)
    assert (rows[1].name, rows[1].leave_words) == ("何宇轩", "14:30")
    assert (rows[-1].name, rows[-1].leave_words) == ("徐梦洁", "12:50 已接走")
    assert rows[-1].state is NoteState.HANDED
    assert all(row.missing for row in rows if row.state is NoteState.INCOMPLETE)


@pytest.mark.parametrize("how", ["one", "class"])
def test_by_a_clock_set_back_nobody_signs_for_what_is_still_to_come(handover, database, clock, guest, how):
    note = EntryDraft(EntryKind.NOTE, clock() + dt.timedelta(minutes=2), detail="remark", text="盖了被子。")
    Classroom(database, clock).log(TEACHER, (guest,), note)
    text = handover.note(TEACHER, guest).text

    def sign():
        if how == "class":
            return handover.sign_complete(TEACHER, DRAGON, early=True)
        return handover.sign(TEACHER, guest, text)

    late = clock.moment
    clock.moment = late - dt.timedelta(minutes=40)
    with pytest.raises(
        ClockSetBackError,
        match="早于朱予晴.*再签字；记录的时间记错了，请先更正。" if how == "one" else "再签字；记录的",
    ):
        sign()
    assert handover.note(TEACHER, guest).signed_at is None
    clock.moment = late  # two minutes are no clock that was set back: the log takes as many
    sign()
    assert handover.note(TEACHER, guest).signed_at == late


def test_all_classes_together_are_the_sum_of_each(handover):
    every = handover.worklist(TEACHER)
    assert len(every) == 78  # 75 inside, 3 gone
    assert sum(len(handover.worklist(TEACHER, ClassId(key))) for key in range(1, 6)) == 78


def test_the_note_drafts_itself_from_the_log_and_follows_it(handover, database, clock, guest):
    view = handover.note(TEACHER, guest)
    assert "由奶奶送" in view.text.prose
    assert "第一次来" in view.text.prose
    assert view.text == view.drafted
    assert (view.edited, view.number, view.version, view.missing) == (False, None, 1, ())
    assert view.entries == 12
    assert "鞋子偏小" in view.text.notice
    note = EntryDraft(EntryKind.NOTE, clock(), detail="remark", text="给小布偶盖了被子。")
    Classroom(database, clock).log(TEACHER, (guest,), note)
    assert "小布偶" in handover.note(TEACHER, guest).text.prose


def test_edits_are_kept_and_given_up(handover, guest):
    view = handover.note(TEACHER, guest)
    done = handover.keep(TEACHER, guest, said(view, "今天很开心。"))
    assert done.changes.topics == {Topic.NOTES}
    kept = handover.note(TEACHER, guest)
    assert (kept.text.prose, kept.edited, kept.drafted) == ("今天很开心。", True, view.drafted)
    again = handover.redraft(TEACHER, guest).value
    assert (again.text, again.edited) == (view.drafted, False)
    assert handover.redraft(TEACHER, guest).changes.topics == frozenset()


def test_keeping_what_is_there_writes_nothing(handover, database, guest):
    seen = []
    database.tracer = seen.append
    handover.keep(TEACHER, guest, handover.note(TEACHER, guest).text)
    assert seen == []


def test_signing_numbers_the_note_and_shows_in_the_list(handover, clock, guest):
    view = handover.note(TEACHER, guest)
    signed = handover.sign(TEACHER, guest, view.text).value
    assert (signed.number, signed.signed_by, signed.signed_at) == ("H-20251203-0007", "许静", clock())
    assert not signed.edited
    assert handover.worklist(TEACHER, DRAGON)[0].state is NoteState.SIGNED


def test_signing_other_words_supersedes_and_the_same_words_do_not(handover, guest):
    view = handover.note(TEACHER, guest)
    first = handover.sign(TEACHER, guest, view.text).value
    assert handover.sign(TEACHER, guest, view.text).value == first
    second = handover.sign(TEACHER, guest, said(view, "换一句话。")).value
    assert (second.number, second.version, second.edited) == ("H-20251203-0008", 2, True)


def test_edits_after_the_signature_wait_for_the_next_one(handover, guest):
    view = handover.note(TEACHER, guest)
    handover.sign(TEACHER, guest, view.text)
    handover.keep(TEACHER, guest, said(view, "补充一句。"))
    kept = handover.note(TEACHER, guest)
    assert (kept.number, kept.version, kept.text.prose) == (None, 2, "补充一句。")
    signed = handover.sign(TEACHER, guest, kept.text).value
    assert (signed.number, signed.version) == ("H-20251203-0008", 2)


def test_redrafting_a_signed_note_with_own_words_prepares_the_next_version(handover, guest):
    view = handover.note(TEACHER, guest)
    handover.sign(TEACHER, guest, said(view, "我自己写的。"))
    again = handover.redraft(TEACHER, guest).value
    assert (again.text, again.number, again.version) == (view.drafted, None, 2)


def test_every_complete_note_is_signed_at_once_and_no_other(handover, database, clock):
    clock.set(16, 15)
    visits = tuple(
        row.visit for row in handover.worklist(TEACHER, TRAIN) if row.state is not NoteState.HANDED
    )
    classroom = Classroom(database, clock)
    asleep = tuple(card.visit for card in classroom.roster(TEACHER, TRAIN).cards if card.asleep_since)
    wake = EntryDraft(EntryKind.SLEEP, clock().replace(hour=14, minute=20))
    classroom.log(TEACHER, asleep, wake)
    classroom.log(TEACHER, visits[:12], EntryDraft(EntryKind.WATER, clock(), amount_ml=90))
    before = {row.visit: row.state for row in handover.worklist(TEACHER, TRAIN)}
    ready = {visit for visit, state in before.items() if state is NoteState.READY}
    assert 5 < len(ready) < len(visits)
    done = handover.sign_complete(TEACHER, TRAIN)
    assert set(done.value) == ready
    assert len(done.changes.children) == len(ready)
    after = {row.visit: row.state for row in handover.worklist(TEACHER, TRAIN)}
    assert {visit for visit in after if after[visit] is NoteState.SIGNED} == ready
    assert all(after[visit] is before[visit] for visit in before if visit not in ready)
    assert handover.sign_complete(TEACHER, TRAIN).value == ()


def test_a_note_for_the_evening_is_not_complete_at_two(handover):
    rows = {row.name: row for row in handover.worklist(TEACHER, DRAGON)}
    assert rows["张沐阳"].state is NoteState.INCOMPLETE
    assert rows["张沐阳"].missing[-1] == "下午"
    assert (rows["张沐阳"].done, rows["张沐阳"].total) == (8 - len(rows["张沐阳"].missing), 8)
    assert rows["丁清禾"].missing == ("起床", "下午")
    assert rows["何宇轩"].missing == ("情绪",)  # leaves at half past two


def test_kept_words_are_the_ones_signed_with_the_rest(handover, guest):
    handover.keep(TEACHER, guest, said(handover.note(TEACHER, guest), "手写的一句。"))
    handover.sign_complete(TEACHER, DRAGON)
    view = handover.note(TEACHER, guest)
    assert (view.text.prose, view.edited) == ("手写的一句。", True)
    assert view.number is not None


def test_a_note_emptied_by_its_teacher_is_not_signed_with_the_rest(handover, guest):
    handover.keep(TEACHER, guest, said(handover.note(TEACHER, guest), ""))
    assert guest not in handover.sign_complete(TEACHER, DRAGON).value
    assert handover.note(TEACHER, guest).number is None


def test_empty_and_endless_notes_are_not_signed(handover, guest):
    with pytest.raises(EmptyNoteError):
        handover.sign(TEACHER, guest, NoteText(prose="  ", mood="开心"))
    for act in (handover.sign, handover.keep):
        with pytest.raises(LongNoteError):
            act(TEACHER, guest, NoteText(prose="字" * 10_000))
        for bad in ("\u202e开心", "好\x00"):
            with pytest.raises(BadTextError, match="看不见"):
                act(TEACHER, guest, NoteText(prose=bad))
    assert handover.note(TEACHER, guest).number is None


def test_a_visit_nobody_knows_is_said_so(handover, database):
    with pytest.raises(NotTodayError):
        handover.note(TEACHER, VisitId(10**6))
    assert list_books(database, [VisitId(10**6)]) == {}


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.CASHIER, Role.HEALTH_WORKER])
def test_only_teachers_and_the_director_sign(handover, guest, role):
    other = Actor(2, "林晓", role)
    text = handover.note(TEACHER, guest).text
    for act in (
        lambda: handover.keep(other, guest, text),
        lambda: handover.redraft(other, guest),
        lambda: handover.sign(other, guest, text),
        lambda: handover.sign_complete(other, DRAGON),
    ):
        with pytest.raises(NotPermittedError):
            act()
    handover.sign(Actor(1, "周敏", Role.DIRECTOR), guest, text)


@pytest.fixture
def classroom(database, clock):
    return Classroom(database, clock)


def log_for(classroom, clock, guest, kind, **parts):
    draft = EntryDraft(kind, clock(), **parts)
    return classroom.log(TEACHER, (guest,), draft).value.batch


def row_of(handover, guest):
    return next(row for row in handover.worklist(TEACHER) if row.visit == guest)


FEVER = {"kind": EntryKind.TEMPERATURE, "detail": "ear", "tenths": 390}


def test_a_fever_after_the_signature_is_said_wherever_the_note_is_shown(handover, classroom, clock, guest):
    signed = handover.sign(TEACHER, guest, handover.note(TEACHER, guest).text).value
    assert signed.stale == ""
    log_for(classroom, clock, guest, EntryKind.WATER, amount_ml=90)
    assert row_of(handover, guest).state is NoteState.LATER  # a drink of water is no news, but it came later
    assert row_of(handover, guest).stale == ""
    log_for(classroom, clock, guest, **FEVER)
    row, view = row_of(handover, guest), handover.note(TEACHER, guest)
    assert row.state is NoteState.STALE
    assert row.stale == view.stale == "签字后有新记录：体温 39.0℃"
    assert handover.door_words(TEACHER, guest) == "交接单已签，签字后有新记录：体温 39.0℃"
    assert guest not in handover.sign_complete(TEACHER, DRAGON).value


def test_a_stale_note_is_signed_anew_with_what_came_to_it(handover, classroom, clock, guest):
    text = handover.note(TEACHER, guest).text
    handover.sign(TEACHER, guest, text)
    log_for(classroom, clock, guest, **FEVER)
    with pytest.raises(UntoldFactError, match=r"体温 39\.0℃"):
        handover.sign(TEACHER, guest, text)
    again = handover.redraft(TEACHER, guest).value
    assert (again.stale, row_of(handover, guest).state) == ("", NoteState.READY)
    signed = handover.sign(TEACHER, guest, again.text).value
    assert (signed.version, signed.stale) == (2, "")
    assert row_of(handover, guest).state is NoteState.SIGNED


def test_what_was_taken_back_after_the_signature_is_said(handover, classroom, clock, guest):
    batch = log_for(classroom, clock, guest, EntryKind.MEAL, detail="afternoon_snack", grade=4, text="米饼")
    handover.sign(TEACHER, guest, handover.note(TEACHER, guest).text)
    classroom.undo(TEACHER, batch)
    assert row_of(handover, guest).stale == "签字后撤销了：午点 米饼 · 吃完"
    assert row_of(handover, guest).state is NoteState.STALE


def test_a_sleep_that_ends_after_the_signature_is_no_entry_taken_back(handover, classroom, clock, guest):
    log_for(classroom, clock, guest, EntryKind.SLEEP)
    handover.sign(TEACHER, guest, handover.note(TEACHER, guest).text)
    clock.advance(minutes=20)
    woken = log_for(classroom, clock, guest, EntryKind.SLEEP)
    assert row_of(handover, guest).stale == ""
    handover.sign(TEACHER, guest, handover.note(TEACHER, guest).drafted)
    classroom.undo(TEACHER, woken)
    assert row_of(handover, guest).stale.startswith("签字后撤销了：睡眠")


def test_edits_that_the_log_overtook_wait_for_their_teacher(handover, classroom, clock, guest):
    view = handover.note(TEACHER, guest)
    own = said(view, view.text.prose + "很乖。")
    handover.keep(TEACHER, guest, own)
    assert row_of(handover, guest).state is NoteState.READY
    log_for(classroom, clock, guest, **FEVER)
    assert row_of(handover, guest).state is NoteState.STALE
    assert row_of(handover, guest).stale == "成稿后有新记录：体温 39.0℃"
    handover.keep(TEACHER, guest, said(view, own.prose + "！"))  # another letter does not make it told
    assert guest not in handover.sign_complete(TEACHER, DRAGON).value
    handover.keep(TEACHER, guest, said(view, own.prose + "下午发热 39.0 度。"))
    assert row_of(handover, guest).stale == "体温 39.0℃写清楚了吗？请看过再签"
    fever = next(one for one in handover.note(TEACHER, guest).drafted.notice.split("；") if "39.0℃" in one)
    handover.keep(TEACHER, guest, said(view, own.prose + fever))
    assert row_of(handover, guest).state is NoteState.READY
    assert guest in handover.sign_complete(TEACHER, DRAGON).value
    assert row_of(handover, guest).state is NoteState.SIGNED


def test_nobody_signs_words_that_pass_over_a_fever(handover, classroom, clock, guest):
    before = handover.note(TEACHER, guest).text
    log_for(classroom, clock, guest, **FEVER)
    with pytest.raises(UntoldFactError) as caught:
        handover.sign(TEACHER, guest, before)
    assert caught.value.field == "notice"
    handover.keep(TEACHER, guest, said(handover.note(TEACHER, guest), "只写一句。"))
    handover.keep(TEACHER, guest, dataclasses.replace(before, prose="只写一句。"))  # every word of it is gone
    handover.sign_complete(TEACHER, DRAGON)
    with pytest.raises(UntoldFactError):
        handover.sign(TEACHER, guest, handover.note(TEACHER, guest).text)
    assert handover.note(TEACHER, guest).number is None


def test_a_word_to_the_family_after_the_signature_makes_the_note_stale(handover, classroom, clock, guest):
    handover.sign(TEACHER, guest, handover.note(TEACHER, guest).text)
    log_for(classroom, clock, guest, EntryKind.NOTE, detail="notice", text="明天带一条裤子")
    assert row_of(handover, guest).stale == "签字后有新记录：明天带一条裤子"


def test_a_note_that_does_not_remember_is_judged_by_its_words(handover, classroom, database, clock, guest):
    handover.sign(TEACHER, guest, said(handover.note(TEACHER, guest), "今天很好。"))
    with database.unit(1, "test") as unit:
        unit.execute("update handover_note set seen = ''")
        unit.audit("note", None)
    assert row_of(handover, guest).stale == ""
    log_for(classroom, clock, guest, **FEVER)
    assert row_of(handover, guest).state is NoteState.STALE


def test_a_second_loose_stool_is_not_told_by_the_first(handover, classroom, clock, guest):
    loose = {"kind": EntryKind.TOILET, "detail": "stool", "quality": "loose"}
    log_for(classroom, clock, guest, **loose)
    view = handover.note(TEACHER, guest)
    handover.keep(TEACHER, guest, said(view, view.text.prose + "多喝水。"))
    clock.advance(minutes=3)
    log_for(classroom, clock, guest, **loose)
    assert row_of(handover, guest).stale == "成稿后有新记录：13:55 稀便"


def test_a_complete_note_that_names_who_bit_is_left_when_all_are_signed(handover, services, database, guest):
    ids = dict(tuple(row) for row in database.rows("select name, id from child"))
    card = InjuryCard(
        child=ids["朱予晴"], day=dt.date(2025, 12, 3), at="13:40", duty=TEACHER.id, kind="12", subtype="bite",
        other=ids["张沐阳"], place="2", activity="1", company="3", handling="1", aid=("cold",),
        story="抢车时被咬。",
    )  # fmt: skip
    services.health.injuries.note(TEACHER, card)
    drafted = handover.note(TEACHER, guest)
    handover.keep(TEACHER, guest, said(drafted, f"{drafted.text.prose}沐阳说对不起。"))
    row = next(one for one in handover.worklist(TEACHER, DRAGON) if one.visit == guest)
    assert (row.state, row.stale) == (NoteState.STALE, "写了另一个孩子的名字")
    assert guest not in handover.sign_complete(TEACHER, DRAGON).value
    handover.keep(TEACHER, guest, drafted.text)
    assert guest in handover.sign_complete(TEACHER, DRAGON).value
    assert "被小朋友咬伤，冷敷" in handover.note(TEACHER, guest).text.health


def test_what_somebody_wrote_of_a_hurt_is_opened_and_signed_by_itself(handover, classroom, clock, guest):
    """F8 signed it unread: what a free word means the program does not know."""
    before = row_of(handover, guest)
    assert (before.state, before.read, before.waits) == (NoteState.READY, "", "")
    log_for(classroom, clock, guest, EntryKind.NOTE, detail="remark", text="额头摔了一下")
    row = row_of(handover, guest)
    assert (row.state, row.read) == (NoteState.READY, "额头摔了一下")
    assert row.waits == "写到“额头摔了一下”，先打开看过再签"
    for early in (False, True):
        assert guest not in handover.sign_complete(TEACHER, DRAGON, early=early).value
    handover.sign(TEACHER, guest, handover.note(TEACHER, guest).text)
    assert (row_of(handover, guest).state, row_of(handover, guest).read) == (NoteState.SIGNED, "")


def test_what_was_read_and_signed_is_signed_again_with_what_came_since(handover, classroom, clock, guest):
    log_for(classroom, clock, guest, EntryKind.NOTE, detail="remark", text="额头摔了一下")
    handover.sign(TEACHER, guest, handover.note(TEACHER, guest).text)
    clock.advance(minutes=2)
    log_for(classroom, clock, guest, EntryKind.WATER, amount_ml=80)
    assert row_of(handover, guest).state is NoteState.LATER
    assert guest in handover.sign_complete(TEACHER, DRAGON).value
    log_for(classroom, clock, guest, EntryKind.NOTE, detail="remark", text="又流鼻血了")
    assert row_of(handover, guest).state is NoteState.STALE
    assert guest not in handover.sign_complete(TEACHER, DRAGON).value


def test_a_note_tells_of_a_first_time_and_not_of_a_second(handover, database, clock, actors):
    """The whole way: logged today, looked up in the days before, told; the same the next day is none."""
    row = database.row(
        "select v.id, v.child_id from visit v join child c on c.id = v.child_id where c.name = '张沐阳'"
        " order by v.day desc limit 1"
    )
    visit, child = VisitId(row["id"]), row["child_id"]
    with database.unit(None, "test") as unit:
        first = unit.row("select min(day) as day from visit where child_id = :c", {"c": child})["day"]
        unit.execute("update enrolment set starts_on = :d where child_id = :c", {"c": child, "d": first})
        unit.execute("update log_entry set steps = '' where child_id = :c", {"c": child})
        unit.audit("child", child)
    at = clock().replace(hour=11, minute=40)
    steps = EntryDraft(EntryKind.TOILET, at, detail="wet", steps=("sat",))
    food = EntryDraft(EntryKind.FOOD, at, grade=2, quality="none", text="石榴汁")
    for draft in (steps, food):
        Classroom(database, clock).log(actors[Role.TEACHER], (visit,), draft)
    prose = handover.note(TEACHER, visit).text.prose
    assert "第一次自己坐下来如厕" in prose
    assert "石榴汁是第一次在园里吃" in prose or "第一次在园里吃石榴汁" in prose
    with database.unit(None, "test") as unit:
        old = unit.row(
            "select id from log_entry where child_id = :c and kind = 'toilet' and day < '2025-12-03'"
            " and detail = 'wet' limit 1",
            {"c": child},
        )["id"]
        unit.execute("update log_entry set steps = 'sat' where id = :id", {"id": old})
        unit.audit("log_batch", None)
    assert "第一次自己坐下" not in handover.note(TEACHER, visit).text.prose


def test_a_second_stay_of_the_day_is_compared_with_no_whole_day_and_tells_of_no_first_time(
    handover, database, clock, guest
):
    assert "第一次来" in handover.note(TEACHER, guest).text.prose
    came = clock().replace(hour=14, minute=15)
    row = dict(database.row("select * from visit where id = :v", {"v": guest}))
    row |= {"id": None, "arrived_at": came.isoformat(), "pickup_code": "ZZZZ", "promised_at": None}
    clock.set(16, 0)
    with database.unit(None, "test") as unit:
        unit.execute(
            "update visit set left_at = :at, released_by = 1 where id = :v",
            {"at": clock().replace(hour=14).isoformat(), "v": guest},
        )
        again = VisitId(unit.insert("visit", row))
        unit.audit("visit", again)
    nap = EntryDraft(EntryKind.SLEEP, clock().replace(hour=15), until=clock().replace(hour=15, minute=20))
    Classroom(database, clock).log(TEACHER, (again,), nap)
    books = list_books(database, [guest, again])
    assert [(one.facts.again, one.facts.usual.been_before) for one in books.values()] == [
        (True, False),
        (True, True),
    ]
    assert books[again].facts.before is None
    assert "第一次" not in handover.note(TEACHER, again).text.prose


WATER = {"kind": EntryKind.WATER, "amount_ml": 90}


def test_the_day_goes_on_after_the_signature_and_finishing_all_signs_it_anew(
    handover, classroom, clock, guest
):
    first = handover.sign(TEACHER, guest, handover.note(TEACHER, guest).text).value
    log_for(classroom, clock, guest, **WATER)
    clock.advance(minutes=2)
    log_for(classroom, clock, guest, EntryKind.NOTE, detail="remark", text="自己穿了鞋")
    row = row_of(handover, guest)
    assert (row.state, row.later, row.more, row.waits) == (NoteState.LATER, "签字后又记了 2 条", 2, "")
    assert handover.note(TEACHER, guest).later == row.later
    assert handover.door_words(TEACHER, guest) == "交接单已签，签字后又记了 2 条"
    with pytest.raises(OvertakenError, match="F7"):
        handover.sign(TEACHER, guest, first.text)
    assert guest in handover.sign_complete(TEACHER, DRAGON).value
    again = handover.note(TEACHER, guest)
    assert (again.number, again.version, again.later, again.edited) == ("H-20251203-0008", 2, "", False)
    assert "自己穿了鞋" in again.text.prose
    assert row_of(handover, guest).state is NoteState.SIGNED
    assert guest not in handover.sign_complete(TEACHER, DRAGON).value


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (
            {"kind": EntryKind.MEAL, "detail": "afternoon_snack", "grade": 0, "text": "山药"},
            "签字后有新记录：午点 拒食",
        ),
        ({"kind": EntryKind.FOOD, "grade": 0, "text": "山药泥"}, "签字后有新记录：辅食 拒食"),
        (
            {"kind": EntryKind.MOOD, "detail": "crying", "note": "找妈妈"},
            "签字后有新记录：13:52 哭闹（找妈妈）",
        ),
    ],
)
def test_a_meal_refused_or_tears_after_the_signature_are_grave(
    handover, classroom, clock, guest, database, parts, said
):
    handover.sign(TEACHER, guest, handover.note(TEACHER, guest).text)
    log_for(classroom, clock, guest, **parts)
    row = row_of(handover, guest)
    assert (row.state, row.stale, row.later) == (NoteState.STALE, said, "")
    assert guest not in handover.sign_complete(TEACHER, DRAGON).value
    telling = Telling(database, clock)
    with pytest.raises(TellingError, match="重新签字"):
        telling.sign_for(TEACHER, guest, telling.door(TEACHER, guest).adults[0].id)
    assert telling.door(TEACHER, guest).stale
    again = handover.redraft(TEACHER, guest).value
    handover.sign(TEACHER, guest, again.text)
    telling.sign_for(TEACHER, guest, telling.door(TEACHER, guest).adults[0].id)


def test_her_own_words_are_left_to_their_teacher_who_may_sign_them_as_they_are(
    handover, classroom, clock, guest
):
    own = said(handover.note(TEACHER, guest), "我自己写的。")
    handover.sign(TEACHER, guest, own)
    log_for(classroom, clock, guest, **WATER)
    assert row_of(handover, guest).waits == "签字后又记了 1 条，单子上有老师自己的话，请看过再签"
    assert guest not in handover.sign_complete(TEACHER, DRAGON).value
    signed = handover.sign(TEACHER, guest, own).value
    assert (signed.version, signed.later, signed.edited) == (2, "", True)


def test_what_was_written_before_the_afternoon_came_is_read_again_before_it_is_signed(
    handover, classroom, clock, guest
):
    handover.keep(TEACHER, guest, said(handover.note(TEACHER, guest), "手写的一句。"))
    log_for(classroom, clock, guest, **WATER)
    row = row_of(handover, guest)
    assert (row.state, row.waits) == (NoteState.READY, "成稿后又记了 1 条，请看过再签")
    assert guest not in handover.sign_complete(TEACHER, DRAGON).value
    handover.sign(TEACHER, guest, handover.note(TEACHER, guest).text)
    assert row_of(handover, guest).state is NoteState.SIGNED


def test_a_note_the_family_has_signed_is_not_signed_anew_for_them(
    handover, classroom, clock, guest, database
):
    telling = Telling(database, clock)
    handover.sign(TEACHER, guest, handover.note(TEACHER, guest).text)
    log_for(classroom, clock, guest, **WATER)
    door = telling.door(TEACHER, guest)
    assert (door.since, door.stale) == ("签字后又记了 1 条", False)
    telling.sign_for(TEACHER, guest, door.adults[0].id)  # who is told of it may sign all the same
    assert row_of(handover, guest).waits == "签字后又记了 1 条，家长已经签过，请看过再签"
    assert guest not in handover.sign_complete(TEACHER, DRAGON).value


def test_a_sleep_that_ended_is_counted(handover, classroom, clock, guest):
    log_for(classroom, clock, guest, EntryKind.SLEEP)
    handover.sign(TEACHER, guest, handover.note(TEACHER, guest).text)
    clock.advance(minutes=20)
    log_for(classroom, clock, guest, EntryKind.SLEEP)
    assert row_of(handover, guest).later == "签字后又记了 1 条"


def test_finishing_all_leaves_who_stays_for_hours_unless_that_is_meant(handover, database, clock):
    clock.set(14, 36)
    classroom = Classroom(database, clock)
    cards = classroom.roster(TEACHER, TRAIN).cards
    asleep = tuple(card.visit for card in cards if card.asleep_since)
    classroom.log(TEACHER, asleep, EntryDraft(EntryKind.SLEEP, clock().replace(minute=30)))
    every = tuple(card.visit for card in cards)
    for kind, parts in ((EntryKind.TOILET, {"detail": "wet"}), (EntryKind.MOOD, {"detail": "calm"})):
        classroom.log(TEACHER, every, EntryDraft(kind, clock().replace(minute=35), **parts))
    rows = [row for row in handover.worklist(TEACHER, TRAIN) if row.state is NoteState.READY]
    early = [row for row in rows if row.early]
    assert len(early) > 10
    assert early[0].waits == f"{early[0].leave_words} 才离园，还有要记的"
    assert not set(handover.sign_complete(TEACHER, TRAIN).value) & {row.visit for row in early}
    meant = handover.sign_complete(TEACHER, TRAIN, early=True).value
    assert {row.visit for row in early} <= set(meant)
    clock.set(16, 30)
    snack = EntryDraft(
        EntryKind.OUTDOOR, clock().replace(hour=15, minute=30), until=clock().replace(minute=0)
    )
    classroom.log(TEACHER, meant, snack)
    again = handover.sign_complete(TEACHER, TRAIN).value
    assert set(meant) <= set(again)
    assert all("户外" in handover.note(TEACHER, key).text.prose for key in meant)


def test_an_old_note_of_who_has_left_says_what_came_and_is_left(handover, database, clock):
    row = next(one for one in handover.worklist(TEACHER, DRAGON) if one.state is NoteState.HANDED)
    book = list_books(database, [row.visit])[row.visit]
    left = book.visit.left_at
    again = handover.redraft(Actor(1, "周敏", Role.DIRECTOR), row.visit).value
    handover.sign(TEACHER, row.visit, again.text)
    Classroom(database, clock).log(
        TEACHER, (row.visit,), EntryDraft(EntryKind.WATER, left - dt.timedelta(minutes=5), amount_ml=50)
    )
    now = next(one for one in handover.worklist(TEACHER, DRAGON) if one.visit == row.visit)
    assert (now.state, now.later) == (NoteState.HANDED, "签字后又记了 1 条")
    assert row.visit not in handover.sign_complete(TEACHER, DRAGON).value
