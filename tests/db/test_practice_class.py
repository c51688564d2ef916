"""What the classes of the practice centre keep beside: washing, the yard, looks at infants, portions."""

DAY = "2025-12-03"
KEPT = ("washing", "outdoor", "sleep_check")


def test_the_guest_s_day_stays_the_one_of_the_story(noon):
    found = noon.execute(
        "select count(*) from log_entry e join child c on c.id = e.child_id where c.name = '朱予晴'"
        f" and e.kind in {KEPT}"
    ).fetchone()
    assert found == (0,)


def test_infants_stay_in_and_every_other_class_was_out_and_washed_after_it(noon):
    rows = noon.execute(
        "select g.kind = 'infant', e.kind, min(e.at), max(e.until) from log_entry e"
        " join visit v on v.id = e.visit_id join class_group g on g.id = v.class_id"
        " where e.day = ? and e.kind in ('outdoor', 'washing') group by v.class_id, e.kind",
        (DAY,),
    ).fetchall()
    assert not [kind for infant, kind, _, _ in rows if infant and kind == "outdoor"]
    ends = [until for _, kind, _, until in rows if kind == "outdoor"]
    washed = [at for infant, kind, at, _ in rows if kind == "washing" and not infant]
    assert len(ends) == len(washed) == 4
    assert max(ends) < min(washed)


def test_only_sleepers_are_looked_at_and_one_of_them_once_too_few(noon):
    looks = noon.execute(
        "select e.visit_id, count(*), sum(exists (select 1 from log_entry s where s.visit_id = e.visit_id"
        " and s.kind = 'sleep' and s.at < e.at and s.until is null)) from log_entry e"
        " where e.day = ? and e.kind = 'sleep_check' group by e.visit_id order by 2",
        (DAY,),
    ).fetchall()
    counts = [count for _, count, _ in looks]
    assert counts == [1] + [2] * (len(looks) - 1)
    assert [asleep for *_, asleep in looks] == counts


def test_every_dish_of_the_menu_of_those_days_has_its_grams_in_the_order_of_the_menu(noon):
    days = [day for (day,) in noon.execute("select distinct day from menu_portion order by 1")]
    assert days[-1] == DAY
    for day, slot, dishes in noon.execute("select day, slot, dishes from menu where day >= ?", (days[0],)):
        served = noon.execute(
            "select dish from menu_portion where day = ? and slot = ? order by position", (day, slot)
        ).fetchall()
        assert [dish for (dish,) in served] == dishes.split("、"), day


def test_in_the_early_morning_nothing_of_it_has_happened(early):
    assert early.execute(f"select count(*) from log_entry where kind in {KEPT}").fetchone() == (0,)
