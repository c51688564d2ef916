"""The log of a day and the notes written from it: a note says what the log holds."""

from db.practice_log import _prose, _Told
from db.practice_people import Adult, Kid
from db.practice_scene import Stay

PLAIN = "n.seen = '' and v.day < '2025-12-01'"  # not put into other words since


def numbers(noon, column, kind, count):
    """What each note says, and what the log holds of that stay."""
    return noon.execute(
        f"select n.{column}, coalesce(t.many, 0) from handover_note n join visit v on v.id = n.visit_id"
        f" left join (select visit_id, {count} as many from log_entry where kind = '{kind}'"
        f" group by visit_id) t on t.visit_id = v.id where {PLAIN}"
    ).fetchall()


def test_a_note_counts_the_water_and_the_visits_to_the_toilet_that_were_logged(noon):
    water = numbers(noon, "food", "water", "sum(amount_ml)")
    assert len(water) > 1000
    assert [row for row in water if f"喝水 {row[1]} ml" not in row[0]] == []
    toilet = numbers(noon, "toilet", "toilet", "count(*)")
    assert [row for row in toilet if row[0] != f"{row[1]} 次"] == []


def test_a_note_tells_no_nap_that_was_not_slept(noon):
    naps = numbers(noon, "sleep", "sleep", "count(*)")
    assert [row for row in naps if (row[0] == "没有睡") != (row[1] == 0)] == []
    wrong = "select count(*) from log_entry where kind = 'sleep' and until <= at"
    assert noon.execute(wrong).fetchone() == (0,)


def test_who_is_allergic_to_a_meal_got_another(noon):
    unsaid = """
        select e.note, a.substance from log_entry e join child_allergy a on a.child_id = e.child_id
        join menu m on m.day = e.day and m.slot = e.detail
        where e.kind = 'meal' and '、' || m.allergens || '、' like '%、' || a.substance || '、%'"""
    rows = noon.execute(unsaid).fetchall()
    assert rows
    assert [note for note, substance in rows if f"{substance}过敏，已换替餐" not in note] == []


def test_every_entry_was_made_while_the_child_was_inside_by_a_carer_of_her_class(noon):
    stray = """
        select count(*) from log_entry e join visit v on v.id = e.visit_id
        where e.at < substr(v.arrived_at, 1, 16) or e.at > coalesce(v.left_at, '9')"""
    assert noon.execute(stray).fetchone() == (0,)
    other = """
        select count(*) from log_entry e join visit v on v.id = e.visit_id join staff s on s.id = e.staff_id
        where s.class_id <> v.class_id"""
    assert noon.execute(other).fetchone() == (0,)


def test_a_note_of_a_stay_of_which_nothing_was_logged_says_only_who_brought_her():
    kid = Kid(1, "欧阳㛃", "f", None, 4, "temporary")
    stay = Stay(kid, 4, 545, 600, bringer=Adult(1, "欧阳强", "爸爸", may_collect=True))
    assert _prose(stay, _Told()) == "㛃 9:05 由爸爸送到。"
    told = _Told(mood=["平静"], food=["早点 吃完"], water=80, remark="唱完了整首儿歌。")
    assert _prose(stay, told) == "㛃 9:05 由爸爸送到，情绪平静。早点吃完，喝水 80 ml。唱完了整首儿歌。"
