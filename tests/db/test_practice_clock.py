"""Who clocked in at the practice centre, heads and walks, and what families asked for."""

DAY = "2025-12-03"


def test_nobody_works_in_two_places_at_once(noon):
    clash = """
        select count(*) from duty a join duty b on b.staff_id = a.staff_id and b.day = a.day and b.id > a.id
        where a.from_at < coalesce(b.to_at, '9') and b.from_at < coalesce(a.to_at, '9')"""
    assert noon.execute(clash).fetchone() == (0,)
    lent = noon.execute(
        "select s.name, g.name from duty d join staff s on s.id = d.staff_id"
        " join class_group g on g.id = d.class_id where d.cover = 1 group by 1, 2"
    ).fetchall()
    assert lent == [("葛文君", "抱抱龙")], "one infants' carer helps in the morning"


def test_only_today_somebody_is_still_on_duty(noon):
    days = noon.execute("select distinct day from duty where to_at is null").fetchall()
    assert days == [(DAY,)]


def test_every_count_has_as_many_names_as_heads_and_each_was_inside(noon):
    wrong = """
        select count(*) from head_count h where h.found <> (
            select count(*) from head_count_child c join visit v on v.id = c.visit_id
            where c.count_id = h.id and v.arrived_at <= h.at and coalesce(v.left_at, '9') > h.at)"""
    assert noon.execute("select count(*) from head_count").fetchone()[0] > 30
    assert noon.execute(wrong).fetchone() == (0,)


def test_who_walked_out_came_back_and_two_carers_went_along(noon):
    for walk, back in noon.execute("select id, back_at from walk").fetchall():
        assert back is not None
        heads = {
            found for (found,) in noon.execute("select found from head_count where walk_id = ?", (walk,))
        }
        children, carers = noon.execute(
            "select count(visit_id), count(staff_id) from walk_member where walk_id = ?", (walk,)
        ).fetchone()
        assert (heads, carers) == ({children}, 2)


def test_a_wish_is_taken_when_the_child_is_on_file_and_read_only_once_it_is_of_yesterday(noon, early):
    rows = noon.execute(
        "select i.from_day, i.taken_at >= c.added_at, r.id is not null from instruction i"
        " join child c on c.id = i.child_id left join instruction_read r on r.instruction_id = i.id"
    ).fetchall()
    assert len(rows) == 5
    assert all(on_file for _, on_file, _ in rows)
    assert all(read == (day < DAY) for day, _, read in rows)
    names = [
        name
        for (name,) in early.execute("select c.name from instruction i join child c on c.id = i.child_id")
    ]
    assert "朱予晴" not in names, "nobody knows her at 8:20"
    assert "孙一诺" in names
