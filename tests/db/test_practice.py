"""The practice centre is believable, whole, and the same from the same seed."""

import collections
import contextlib
import datetime as dt
import sqlite3

import pytest

from app.domain.pickup_codes import is_fair
from app.store.database import link
from db import (
    practice,
    practice_book,
    practice_days,
    practice_log,
    practice_people,
    practice_records,
    practice_scene,
    practice_story,
    practice_words,
)
from db.practice import MOMENT, MORNING

DAY = "2025-12-03"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("practice")
    for name, moment in (("noon", MOMENT), ("morning", MORNING)):
        practice.build(folder / f"{name}.db", moment=moment)
    return folder


@pytest.fixture
def noon(files):
    with contextlib.closing(sqlite3.connect(files / "noon.db")) as connection:
        yield connection


@pytest.fixture
def morning(files):
    with contextlib.closing(sqlite3.connect(files / "morning.db")) as connection:
        yield connection


def one(connection, sql, *params):
    return connection.execute(sql, params).fetchone()[0]


def present(connection):
    rows = connection.execute(
        "select g.name, count(*) from visit v join class_group g on g.id = v.class_id"
        " where v.day = ? and v.left_at is null group by g.name",
        (DAY,),
    )
    return dict(rows.fetchall())


def test_every_key_leads_somewhere_and_the_file_is_sound(noon, morning):
    for connection in (noon, morning):
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        assert one(connection, "pragma integrity_check") == "ok"
        assert one(connection, "select practice from centre") == 1


def test_the_desk_at_eight_to_two_is_the_one_in_the_picture(noon):
    assert present(noon) == {"小星星": 8, "小海豚": 13, "抱抱龙": 18, "小火车": 20, "小树苗": 16}
    assert one(noon, "select count(*) from visit where day = ? and left_at is not null", DAY) == 3
    kinds = noon.execute("select kind, count(*) from absence where day = ? group by kind", (DAY,)).fetchall()
    assert dict(kinds) == {"sick": 3, "personal": 2}
    assert one(noon, "select count(*) from enrolment") == 77
    assert one(noon, "select count(*) from staff") == 17


def test_at_nine_nobody_has_heard_of_the_guest(morning):
    assert one(morning, "select count(*) from child where name = '朱予晴'") == 0
    assert present(morning)["抱抱龙"] == 18
    assert one(morning, "select count(*) from log_entry where day = ?", DAY) == 0


def test_a_few_notes_are_signed_ahead_and_say_nothing_of_what_is_still_to_come(noon):
    rows = noon.execute(
        "select n.number, n.food, v.left_at is null from handover_note n join visit v on v.id = n.visit_id"
        " where v.day = ? order by n.number",
        (DAY,),
    ).fetchall()
    assert [number for number, _, _ in rows] == [f"H-20251203-{n:04d}" for n in range(1, 7)]
    assert [inside for _, _, inside in rows] == [0, 0, 0, 1, 1, 1]
    assert all("午点" not in food for _, food, _ in rows)


def test_the_guest_is_inside_with_her_morning_logged(noon):
    row = noon.execute(
        "select c.born_on, v.arrived_at, v.promised_at, v.tariff, v.reason from visit v"
        " join child c on c.id = v.child_id where c.name = '朱予晴'"
    ).fetchone()
    assert row[0] == "2023-08-19"
    assert row[1].startswith(practice_scene.stamp(dt.date(2025, 12, 3), practice_story.GUEST_ARRIVES)[:16])
    assert row[2:] == ("2025-12-03T14:00:00+08:00", "temp_half_day", "家中来客")
    kinds = noon.execute(
        "select e.kind from log_entry e join child c on c.id = e.child_id where c.name = '朱予晴'"
    )
    counted = collections.Counter(kind for (kind,) in kinds)
    assert counted == {
        "mood": 3, "activity": 1, "meal": 2, "water": 2, "toilet": 2, "sleep": 1, "note": 1
    }  # fmt: skip


@pytest.mark.parametrize("column", ["visit.arrived_at", "visit.left_at", "log_entry.until", "log_entry.at"])
def test_nothing_lies_after_the_moment(noon, morning, column):
    for connection, moment in ((noon, MOMENT), (morning, MORNING)):
        last = one(connection, f"select max({column}) from {column.partition('.')[0]}")
        assert dt.datetime.fromisoformat(last) <= moment


def test_nobody_eats_or_drinks_asleep(noon):
    clash = """
        select count(*) from log_entry s join log_entry e on e.visit_id = s.visit_id
        where s.kind = 'sleep' and e.kind not in ('sleep', 'sleep_check', 'note')
          and e.at > s.at and e.at < coalesce(s.until, '9')"""
    assert one(noon, clash) == 0


def test_a_round_after_the_nap_reaches_the_woken_and_a_later_one_the_rest():
    early, late, never = (practice_scene.Stay(None, 3, 500, 1000, woken=woken) for woken in (810, 850, 0))
    group = [early, late, never]
    assert practice_log._rested(group, 700) == group
    assert practice_log._rested(group, 820) == [early, never]
    assert practice_log._rested(group, 878) == [late]
    assert practice_log._rested(group, 950) == group


def test_seats_are_never_exceeded(noon):
    events = collections.defaultdict(list)
    for cls, arrived, left in noon.execute("select class_id, arrived_at, left_at from visit"):
        events[cls, arrived[:10]].append((arrived, 1))
        if left:
            events[cls, arrived[:10]].append((left, -1))
    seats = dict(noon.execute("select id, seats from class_group"))
    for (cls, day), steps in events.items():
        inside = 0
        for _, step in sorted(steps):
            inside += step
            assert inside <= seats[cls], (cls, day)


def test_receipts_are_numbered_without_gaps_and_their_lines_add_up(noon):
    numbers = [int(number[5:]) for (number,) in noon.execute("select number from receipt order by number")]
    assert numbers == list(range(1, len(numbers) + 1))
    assert one(noon, "select last from number_series where name = 'receipt-2025'") == len(numbers)
    issued = [at for (at,) in noon.execute("select issued_at from receipt order by number")]
    assert issued == sorted(issued)
    wrong = """
        select count(*) from receipt r where total_fen <>
            (select sum(amount_fen) from receipt_line l where l.receipt_id = r.id)"""
    assert one(noon, wrong) == 0
    assert one(noon, "select count(*) from receipt_line where amount_fen <> quantity * unit_fen") == 0
    pairs = "from receipt b join receipt r on r.id = b.reverses_id where b.kind = 'refund'"
    assert one(noon, f"select count(*) {pairs}") > 0
    assert (
        one(noon, f"select count(*) {pairs} and (r.tender <> b.tender or r.total_fen <> -b.total_fen)") == 0
    )


def test_only_open_days_are_lived(noon):
    make_up = {dt.date(2025, 9, 28), dt.date(2025, 10, 11)}
    days = {dt.date.fromisoformat(day) for (day,) in noon.execute("select distinct day from visit")}
    assert make_up <= days
    assert not any(dt.date(2025, 10, n) in days for n in range(1, 9))
    assert {day.weekday() for day in days - make_up} == set(range(5))


def test_phones_are_nobodys_and_nobody_shares_one(noon):
    phones = [phone for (phone,) in noon.execute("select phone from adult")]
    assert len(set(phones)) == len(phones)
    assert all(phone[3:7] == "0000" for phone in phones)


def test_each_child_has_two_adults_and_one_who_may_come(noon):
    few = """
        select count(*) from child c where (select count(*) from child_adult a where a.child_id = c.id) < 2
            or not exists (select 1 from child_adult a where a.child_id = c.id and a.may_collect = 1)"""
    assert one(noon, few) == 0
    assert one(noon, "select count(*) from child_adult where barred = 1 and may_collect = 1") == 0
    assert one(noon, "select count(*) from child_adult where barred = 1") == 1


def test_the_audit_chain_begins_where_the_program_begins_it(noon):
    row = noon.execute("select at, staff_id, verb, subject, subject_id, detail, chain from audit").fetchone()
    assert row[-1] == link("tuodehao", *row[:-1])


def test_the_same_seed_gives_the_same_rows_and_another_seed_does_not(tmp_path):
    dumps = []
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        practice.build(tmp_path / name, seed=seed, days=10)
        with contextlib.closing(sqlite3.connect(tmp_path / name)) as file:
            dumps.append(
                [file.execute(f"select * from {t}").fetchall() for t in ("child", "visit", "receipt")]
            )
    assert dumps[0] == dumps[1]
    assert dumps[0] != dumps[2]


def test_years_of_history_have_a_full_house_all_along_and_a_log_only_where_asked(tmp_path):
    practice.build(tmp_path / "x.db", days=800, logged_days=5)
    with contextlib.closing(sqlite3.connect(tmp_path / "x.db")) as file:
        years = dict(file.execute("select substr(day, 1, 7), count(distinct child_id) from visit group by 1"))
        assert years["2023-11"] > 70
        assert years["2024-06"] > 70
        assert one(file, "select min(day) from log_entry") >= "2025-11-28"
        assert file.execute("pragma foreign_key_check").fetchall() == []
        open_now = (
            "select count(*) from enrolment where starts_on <= :d and (ends_on is null or ends_on >= :d)"
        )
        assert one(file, open_now.replace(":d", "?"), "2024-06-03", "2024-06-03") == 77


def test_the_enrolled_have_records_with_a_few_gaps_and_reminders(noon):
    enrolled = one(noon, "select count(*) from enrolment where ends_on is null")
    assert one(noon, "select count(distinct subject_id) from record_change") == enrolled
    assert 0.7 < one(noon, "select count(*) from child where document_number is not null") / enrolled < 1
    soon = "select count(*) from child_paper where expires_on between '2025-11-20' and '2026-01-02'"
    assert 10 < one(noon, soon) < enrolled
    assert one(noon, "select paper_kind from barring") == "法院判决书"
    assert len(practice_records._PURPOSES) == 7


def test_search_keys_come_from_the_caller(tmp_path):
    practice.build(tmp_path / "x.db", days=3, keys=lambda name: (f"pinyin {len(name)}", "i"))
    with contextlib.closing(sqlite3.connect(tmp_path / "x.db")) as file:
        assert one(file, "select count(*) from child where pinyin not like 'pinyin %'") == 0


def test_the_cast_fills_each_class_and_the_staff_is_the_one_of_the_story(noon):
    enrolled = noon.execute("select class_id, count(*) from enrolment group by class_id order by class_id")
    assert [count for _, count in enrolled] == [row[4] for row in practice_people.CLASSES]
    assert sum(row[2] for row in practice_people.CLASSES) == practice_people.LICENSED_SEATS
    names = dict(noon.execute("select name, role from staff"))
    assert (names["林晓"], names["许静"], names["周敏"]) == ("front_desk", "teacher", "director")


def test_a_mixed_class_of_this_afternoon_lacks_two_carers(noon):
    on_shift = one(
        noon, "select count(*) from shift where class_id = 5 and weekday = 3 and from_minute <= 832"
    )
    assert on_shift == 2
    born = noon.execute(
        "select born_on from child c join visit v on v.child_id = c.id"
        " where v.day = ? and v.class_id = 5 and v.left_at is null",
        (DAY,),
    )
    months = [(dt.date(2025, 12, 3) - dt.date.fromisoformat(day)).days * 12 // 365.25 for (day,) in born]
    young = sum(age < 24 for age in months)
    assert -(-young // 5) + -(-(len(months) - young) // 7) == 4


def test_rows_are_keyed_by_their_place_in_the_book():
    book = practice_book.Book()
    assert [book.add("child", "a"), book.add("child", "b")] == [1, 2]
    assert (book.count("child"), book.count("adult"), book.row("child", 2)) == (2, 0, ("b",))


def test_stamps_and_menus_of_the_scene_follow_the_clock_and_the_calendar(noon):
    day = dt.date(2025, 12, 3)
    assert practice_scene.stamp(day, 9 * 60 + 5, 7) == "2025-12-03T09:05:07+08:00"
    lunch = one(noon, "select dishes from menu where day = ? and slot = 'lunch'", DAY)
    assert lunch == practice_words.MENUS[practice_scene.STORY_MENU][2]


def test_no_code_goes_out_that_the_program_calls_unfair_and_all_else_stays_as_it_was(tmp_path):
    def fair(code):
        return is_fair(code) and "7" not in code

    rows = {}
    for name, wanted in (("any", {}), ("fair", {"fair": fair})):
        practice.build(tmp_path / name, days=4, **wanted)
        with contextlib.closing(sqlite3.connect(tmp_path / name)) as told:
            rows[name] = told.execute("select pickup_code, day, child_id, arrived_at from visit").fetchall()
    assert [row[1:] for row in rows["any"]] == [row[1:] for row in rows["fair"]]
    assert all(fair(row[0]) for row in rows["fair"])
    assert all(was == now for was, now in zip(rows["any"], rows["fair"], strict=True) if fair(was[0]))
    assert not all(fair(row[0]) for row in rows["any"])


def test_the_log_and_the_receipts_of_a_day_name_real_things(noon):
    codes = {code for (code,) in noon.execute("select distinct price_code from receipt_line")}
    assert codes <= {code for (code,) in noon.execute("select code from price")}
    letters = {code for (code,) in noon.execute("select distinct pickup_code from visit")}
    assert all(set(code) <= set(practice_days.CODE_LETTERS) and len(code) == 4 for code in letters)
    kinds = {kind for (kind,) in noon.execute("select distinct kind from log_entry")}
    plain = {"meal", "milk", "water", "sleep", "toilet", "mood", "activity", "note"}
    assert kinds == plain | {"washing", "outdoor", "sleep_check"}


def test_nobody_stays_after_closing_or_comes_before_opening(noon):
    assert one(noon, "select max(substr(left_at, 12, 5)) from visit") < "18:00"
    assert one(noon, "select min(substr(arrived_at, 12, 5)) from visit") >= "07:30"
