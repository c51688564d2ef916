"""The registers kept in rounds: two touches, a tick, what is due, correcting, undo, papers and tables."""

import copy
import datetime as dt

import pytest

from app.domain.registers import RegisterError
from app.domain.staff import NotPermittedError
from app.reports.registry import draw, file_name
from app.services.bundle import build
from app.services.registers import Filled, hour_of
from app.store import health_rules
from tests.services.world import DAY

ZONE = dt.timezone(dt.timedelta(hours=8))


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def registers(services):
    return services.health.registers


@pytest.fixture
def table(monkeypatch):
    """Change the table of registers: ``table(key, part, name, code, since, **more)`` adds a dated line."""
    rows = copy.deepcopy(health_rules._register_rows())
    cached = (health_rules._registers, health_rules._register_days)
    monkeypatch.setattr(health_rules, "_register_rows", lambda: rows)

    def add(key, part, name, code, **more):
        lines = next(row for row in rows if row["key"] == key)[part]
        old = next((line for line in lines if line[name] == code), {name: code, "label": code})
        lines.append({**old, **more})
        for one in cached:
            one.cache_clear()

    yield add
    for one in cached:
        one.cache_clear()


def sample(registers, world, **more):
    answers = registers.presets(world.teacher, "food_sample") | {"dish": "番茄牛腩"} | more
    return registers.keep(world.teacher, "food_sample", Filled("今天", answers))


def lines(registers, world, key, month="2025-12"):
    return registers.month(world.teacher, key, month).entries


def test_every_register_of_the_table_can_be_filled_in_with_what_it_begins_with(registers, world):
    """A new register needs no code: whatever the table asks, two touches and the lines it cannot know."""
    for spec in health_rules.registers():
        if spec.shape == "grid":
            continue
        answers = registers.presets(world.teacher, spec.key)
        for column in spec.asked:
            if column.required and not answers[column.name]:
                given = {"choice": column.choices[:1], "number": ("20",)}.get(column.kind, ("写点什么",))
                answers[column.name] = given[0]
        child = world.children["张沐阳"] if any(one.kind == "child" for one in spec.columns) else None
        group = world.dragons if spec.by_class else None
        registers.keep(world.teacher, spec.key, Filled("今天", answers, group, child))
        assert len(lines(registers, world, spec.key)) == 1, spec.key


def test_two_touches_keep_a_lamp_by_its_defaults(registers, world):
    answers = registers.presets(world.teacher, "uv_lamp")
    done = registers.keep(world.teacher, "uv_lamp", Filled("今天", answers, world.dragons))
    one = lines(registers, world, "uv_lamp")[0]
    assert one.lines == (("开灯", "09:12"), ("时长", "60 分"), ("人已走空", "是"))
    assert one.entry.class_name == "抱抱龙"
    assert done.undo.label == "紫外线灯使用 12月3日"


def test_a_sample_needs_its_weight_and_its_two_days(registers, world):
    with pytest.raises(RegisterError, match="125 克"):
        sample(registers, world, grams="100")
    with pytest.raises(RegisterError, match="48 小时"):
        sample(registers, world, discard_after="2025-12-05 9:00")
    key = sample(registers, world).value
    with pytest.raises(RegisterError, match="48 小时"):
        registers.close(world.teacher, key)
    assert registers.choices(world.teacher)[2].chip.words == "1 条待办"
    world.clock.now += dt.timedelta(hours=48)
    assert registers.choices(world.teacher)[2].chip.words == "1 条到期"
    done = registers.close(world.teacher, key)
    one = lines(registers, world, "food_sample")[0]
    assert not one.open
    assert dict(one.lines)["处理时间"] == "12月5日 09:12"
    with pytest.raises(RegisterError, match="没有待办"):
        registers.close(world.teacher, done.value)


def test_what_is_due_of_last_month_stays_in_sight(registers, world):
    sample(registers, world)
    world.clock.now = dt.datetime(2026, 1, 5, 9, 0, tzinfo=ZONE)
    assert [one.open for one in lines(registers, world, "food_sample", "2026-01")] == [True]


def test_a_hazard_needs_the_day_of_looking_again_and_none_needs_nothing(registers, world):
    none = registers.presets(world.teacher, "safety") | {"recheck_on": ""}
    registers.keep(world.teacher, "safety", Filled("今天", none))
    assert not lines(registers, world, "safety")[0].open
    found = none | {"hazard": "插座松了"}
    with pytest.raises(RegisterError, match="复查日") as refused:
        registers.keep(world.teacher, "safety", Filled("今天", found))
    assert refused.value.field == "recheck_on"
    registers.keep(world.teacher, "safety", Filled("今天", found | {"recheck_on": "12-10"}))
    assert [one.open for one in lines(registers, world, "safety")] == [True, False]


def cell(registers, world, item="air", day=DAY):
    grid = registers.month(world.teacher, "disinfection", "2025-12", world.dragons).grid
    return grid.ticks.get((item, day), ())


def hours(registers, world, item="air", day=DAY):
    return [hour_of(one) for one in cell(registers, world, item, day)]


def test_what_is_due_every_day_is_missed_on_an_open_day_that_is_over(registers, world, tick):
    tuesday, saturday = DAY - ONE, DAY + 3 * ONE
    tick("floor", tuesday)
    with world.database.unit(None, "class") as unit:
        unit.execute(
            "update class_group set opened_on = :day where id = :id",
            {"day": tuesday.isoformat(), "id": world.dragons},
        )
        unit.audit("class_group", None)
    grid = registers.month(world.teacher, "disinfection", "2025-12", world.dragons).grid
    later = DAY + 10 * ONE

    def missed(item, day, today=DAY):
        return grid.is_missed(item, day, today)

    assert missed("air", tuesday)
    assert not missed("floor", tuesday), "it was done"
    assert not missed("air", tuesday - ONE), "there was no such class"
    assert not missed("air", DAY), "the day is not over"
    assert missed("air", DAY, later)
    assert not missed("air", saturday, later), "nobody is here"
    assert not any(missed(item, DAY, later) for item in ("toys", "uv")), "not due every day"
    assert not missed("piano", DAY, later), "no item of that day"
    assert tuesday in grid.open
    assert not {saturday, tuesday - ONE} & grid.open


@pytest.fixture
def tick(services, world):
    def once(item="air", day=DAY):
        return services.health.ticks.tick(world.teacher, "disinfection", world.dragons, day, item)

    return once


@pytest.fixture
def mend(services, world):
    def kept(answers, replaces=None, item="air", day=DAY):
        verb = services.health.ticks.keep
        return verb(world.teacher, "disinfection", world.dragons, day, item, answers, replaces)

    return kept


@pytest.fixture
def tick_day(services, world):
    def kept(day=DAY):
        return services.health.ticks.tick_day(world.teacher, "disinfection", world.dragons, day)

    return kept


def test_a_cell_counts_its_times_and_each_is_taken_back(services, registers, world, tick):
    first = tick()
    with pytest.raises(RegisterError, match="09:12 已经记过一次"):
        tick()  # a second tap is not a second doing
    world.clock.at(14, 30)
    tick()
    assert hours(registers, world) == ["09:12", "14:30"]
    assert [(one.answer("minutes"), one.noted_by) for one in cell(registers, world)] == [("15", "许静")] * 2
    off = services.health.ticks.untick(world.teacher, "disinfection", world.dragons, DAY, "air")
    assert hours(registers, world) == ["09:12"]
    services.undo(world.teacher, off.undo)
    assert hours(registers, world) == ["09:12", "14:30"]
    services.undo(world.teacher, first.undo)
    assert hours(registers, world) == ["14:30"]
    with pytest.raises(RegisterError):
        services.undo(world.teacher, first.undo)
    services.health.ticks.untick(world.teacher, "disinfection", world.dragons, DAY, "air")
    with pytest.raises(RegisterError, match="还没有打勾"):
        services.health.ticks.untick(world.teacher, "disinfection", world.dragons, DAY, "air")


def test_one_touch_ticks_what_is_due_every_day_and_nothing_else(services, registers, world, tick, tick_day):
    tick()
    world.clock.at(9, 30)
    done = tick_day()
    items = {one.code: one for one in registers.month(world.teacher, "disinfection", "2025-12").grid.items}
    ticked = {code for code in items if cell(registers, world, code)}
    assert set(items) - ticked == {"toys", "books", "uv"}, "weekly things, and a lamp of 60 minutes"
    assert done.value == len(ticked) - 1, "the window was open 18 minutes ago"
    with pytest.raises(RegisterError, match="现在都记好了"):
        tick_day()
    world.clock.at(11, 0)
    assert tick_day().value == 3, "air, tables laid, dishes: once more"
    assert hours(registers, world, "floor") == ["09:30"]
    services.undo(world.teacher, done.undo)
    assert hours(registers, world, "floor") == []
    assert hours(registers, world) == ["09:12", "11:00"]
    assert registers.month(world.teacher, "disinfection", "2025-12", world.stars).grid.ticks == {}


def test_of_a_day_that_is_over_the_hour_is_asked(registers, world, tick, mend):
    before = DAY - dt.timedelta(days=1)
    tick("floor", before)
    assert hours(registers, world, "floor", before) == [""]
    with pytest.raises(RegisterError, match="按 E 写上时间"):
        tick("floor", before)
    mend({"at": "17:40", "method": "擦拭"}, None, "floor", before)
    assert hours(registers, world, "floor", before) == ["17:40", ""]


def test_a_tick_is_mended_and_stays_on_file(services, registers, world, tick, mend):
    key = tick().value
    done = mend({"at": "8:05", "method": "新风机", "minutes": "30", "note": "雾霾"}, key)
    (one,) = cell(registers, world)
    assert (one.answer("at"), one.answer("method"), one.answer("minutes")) == ("08:05", "新风机", "30")
    assert world.database.row("select count(*) as n from register_entry")["n"] == 2
    for answers, field in (
        ({"at": ""}, "at"),
        ({"at": "25:00"}, "at"),
        ({"at": "9:40"}, "at"),  # it is 9:12
        ({"at": "8:30", "minutes": "2000"}, "minutes"),
    ):
        with pytest.raises(RegisterError) as refused:
            mend(answers, done.value)
        assert refused.value.field == field
    with pytest.raises(RegisterError, match="08:05 已经记过"):
        mend({"at": "8:05"})
    with pytest.raises(RegisterError, match="改过或去掉"):
        mend({"at": "8:10"}, key)
    services.undo(world.teacher, done.undo)
    assert hours(registers, world) == ["09:12"]


def test_the_paper_shows_each_time_and_what_was_done_otherwise(services, registers, world, tick, mend):
    tick()
    tick("floor")
    world.clock.at(14, 30)
    tick()
    mend({"at": "10:20", "method": "拖洗", "strength": "含氯 500 mg/L", "minutes": "30"}, None, "floor")
    table = services.health.forms.register(world.director, "disinfection", "2025-12", world.dragons)
    marks = {row[0]: row[1 + DAY.day] for row in table.rows}
    assert (marks["通风"], marks["地面"], marks["玩具"]) == ("2", "2", "")
    assert "通风（时间）：3日 09:12、14:30。" in table.notes
    assert "执行人：许静 3日。" in table.notes
    assert "地面（时间）：3日 10:20 拖洗 含氯 500 mg/L 30分钟。" in table.notes


def test_a_correction_supersedes_and_undo_brings_the_old_line_back(services, registers, world):
    key = sample(registers, world).value
    answers = dict(lines(registers, world, "food_sample")[0].entry.told.answers) | {"dish": "清炒西兰花"}
    done = registers.keep(world.teacher, "food_sample", Filled("今天", answers), key)
    assert [dict(one.lines)["菜名"] for one in lines(registers, world, "food_sample")] == ["清炒西兰花"]
    assert world.database.row("select count(*) as n from register_entry")["n"] == 2
    with pytest.raises(RegisterError, match="一样"):
        registers.keep(world.teacher, "food_sample", Filled("今天", answers), done.value)
    services.undo(world.teacher, done.undo)
    assert [dict(one.lines)["菜名"] for one in lines(registers, world, "food_sample")] == ["番茄牛腩"]
    with pytest.raises(RegisterError):
        registers.keep(world.teacher, "food_sample", Filled("今天", answers), done.value)


def test_a_line_is_removed_and_comes_back(services, registers, world):
    key = sample(registers, world).value
    done = registers.end(world.teacher, key)
    assert lines(registers, world, "food_sample") == ()
    services.undo(world.teacher, done.undo)
    assert len(lines(registers, world, "food_sample")) == 1
    with pytest.raises(RegisterError):
        services.undo(world.teacher, done.undo)


def test_what_cannot_be_kept_is_refused(services, registers, world):
    for key, filled, field in (
        ("food_sample", Filled("明天", {}), "day"),
        ("food_sample", Filled("今天", {}), "meal"),
        ("uv_lamp", Filled("今天", {"started": "9:00", "minutes": "60", "empty": "是"}), "class_id"),
        (
            "uv_lamp",
            Filled("今天", {"started": "9:00", "minutes": "x", "empty": "是"}, world.dragons),
            "minutes",
        ),
        (
            "uv_lamp",
            Filled("今天", {"started": "9:00", "minutes": "6", "empty": "也许"}, world.dragons),
            "empty",
        ),
        ("isolation", Filled("今天", {}), "child"),
    ):
        with pytest.raises(RegisterError) as refused:
            registers.keep(world.teacher, key, filled)
        assert refused.value.field == field
    with pytest.raises(RegisterError):
        registers.keep(world.teacher, "nothing", Filled("今天", {}))
    with pytest.raises(RegisterError):
        services.health.ticks.tick(world.teacher, "disinfection", world.dragons, DAY, "roof")
    with pytest.raises(RegisterError):
        services.health.ticks.tick(
            world.teacher, "disinfection", world.dragons, DAY + dt.timedelta(days=1), "air"
        )
    with pytest.raises(NotPermittedError):
        services.health.ticks.tick(world.cashier, "disinfection", world.dragons, DAY, "air")


def test_every_register_has_a_paper_and_a_table_for_excel(services, registers, world):
    services.health.ticks.tick_day(world.teacher, "disinfection", world.dragons, DAY)
    sample(registers, world)
    papers = services.health.forms
    for spec in health_rules.registers():
        table = papers.register(world.director, spec.key, "2025-12")
        assert draw(table).startswith(b"%PDF")
        assert file_name(table).endswith(" 2025-12.pdf")
        sheet = papers.sheet(table)
        out = services.exporting.export_sheet(world.director, sheet, "csv").value
        assert out.rows == len(table.rows)
    ticked = papers.register(world.director, "disinfection", "2025-12", world.dragons)
    assert ticked.rows[0][2 + DAY.day - 1] == "√"
    assert ticked.rows[-1][2 + DAY.day - 1] == "许"
    assert (ticked.form, ticked.where, ticked.reference) == ("表6", "抱抱龙班", False)


def test_the_register_of_common_illness_tells_class_sex_and_birth(services, registers, world):
    answers = {"disease": "贫血", "diagnosed_on": "12-1", "measures": "铁剂"}
    registers.keep(world.teacher, "common_illness", Filled("今天", answers, None, world.children["张沐阳"]))
    table = services.health.forms.register(world.director, "common_illness", "2025-12")
    assert table.rows[0][1:6] == ("张沐阳", "抱抱龙", "男", "2023-06-01", "贫血")


def test_the_register_of_infectious_illness_ticks_a_column(services, world):
    from app.services.illness import CaseCard

    card = CaseCard(world.children["张沐阳"], "hfmd", "12-1", diagnosed="12-2", diagnosed_by="市妇幼")
    services.health.illness.note(world.teacher, card)
    table = services.health.forms.illness_register(world.director, "2025-12")
    heads = [one.title for one in table.columns]
    row = dict(zip(heads, table.rows[0], strict=True))
    assert (row["手足口病"], row["水痘"], row["诊断单位"], row["发病日期"]) == ("√", "", "市妇幼", "12-01")
    assert "发热" not in heads
    asked = {
        "结膜炎",
        "腮腺炎",
        "流脑",
        "水痘",
        "麻疹",
        "痢疾",
        "甲肝",
        "乙肝",
        "其他",
    }  # the columns of the form
    assert asked <= set(heads)
    assert draw(table).startswith(b"%PDF")


def test_dysentery_and_hepatitis_b_have_columns_of_their_own(services, world):
    absent = services.arrivals.note_absence
    absent(world.desk, world.children["张沐阳"], "sick", "菌痢", "妈妈")
    absent(world.desk, world.children["周乐瑶"], "sick", "急性乙肝", "妈妈")
    table = services.health.forms.illness_register(world.director, "2025-12")
    heads = [one.title for one in table.columns]
    ticks = {
        row[2]: [head for head, cell in zip(heads, row, strict=True) if "√" in cell] for row in table.rows
    }
    assert ticks == {"张沐阳": ["痢疾"], "周乐瑶": ["乙肝"]}


# -- the definitions by day

ONE = dt.timedelta(days=1)


def test_a_sample_is_judged_by_what_was_asked_on_its_day(registers, world, table):
    since = DAY + ONE
    table(
        "food_sample",
        "column",
        "name",
        "grams",
        valid_from=since,
        least=150,
        preset="150",
        refuse="至少 150 克",
    )
    table("food_sample", "column", "name", "discard_after", valid_from=since, preset="@+72h", hours=72)
    key = sample(registers, world).value
    world.clock.now += 2 * ONE
    assert registers.presets(world.teacher, "food_sample")["grams"] == "150"
    with pytest.raises(RegisterError, match="至少 150 克"):
        sample(registers, world, grams="125")
    late = registers.presets(world.teacher, "food_sample") | {"dish": "豆腐", "grams": "130"}
    late |= {"sampled": "12-3 11:40", "discard_after": "12-5 11:40"}
    registers.keep(world.teacher, "food_sample", Filled("12-3", late))
    done = registers.close(world.teacher, key)  # 48 hours were asked for, and have passed
    assert done.undo.label == "食品留样 处理掉"
    assert [one.spec.column("grams").least for one in lines(registers, world, "food_sample")] == [125, 125]


def test_an_item_is_due_as_often_as_on_that_day(registers, services, world, table):
    since, ticks = DAY + ONE, services.health.ticks
    table("disinfection", "item", "code", "cups", valid_from=since, times=3, often="每餐后")
    table("disinfection", "item", "code", "piano", label="钢琴", often="每天", valid_from=since)
    table("disinfection", "item", "code", "books", valid_to=DAY)
    with pytest.raises(RegisterError, match="不登记这一项"):
        ticks.tick(world.teacher, "disinfection", world.dragons, DAY, "piano")
    first = ticks.tick_day(world.teacher, "disinfection", world.dragons, DAY).value
    world.clock.now += ONE
    assert ticks.tick_day(world.teacher, "disinfection", world.dragons, since).value == first + 1
    with pytest.raises(RegisterError, match="不登记这一项"):
        ticks.tick(world.teacher, "disinfection", world.dragons, since, "books")
    with pytest.raises(RegisterError, match="记满 1 次"):
        ticks.tick(world.teacher, "disinfection", world.dragons, DAY, "cups")
    grid = registers.month(world.teacher, "disinfection", "2025-12", world.dragons).grid
    assert [grid.item_on("cups", day).times for day in (DAY, since)] == [1, 3]
    assert grid.item_on("piano", DAY) is None
    assert (grid.item_on("books", DAY).code, grid.item_on("books", since)) == ("books", None)
    codes = [one.code for one in grid.items]
    assert codes.index("books") == codes.index("toys") + 1, "it keeps its place"
    november = registers.month(world.teacher, "disinfection", "2025-11", world.dragons).grid
    assert "piano" not in [one.code for one in november.items]


def test_the_paper_says_from_which_day_an_item_was_asked_otherwise(services, world, table):
    table("disinfection", "item", "code", "cups", valid_from=DAY + ONE, times=3, often="每餐后")
    table("disinfection", "item", "code", "piano", label="钢琴", often="每周", valid_from=DAY)
    paper = services.health.forms.register(world.director, "disinfection", "2025-12", world.dragons)
    assert "水杯：每天；4日起每餐后。" in paper.notes[0]
    assert "钢琴：不登记；3日起每周。" in paper.notes[0]
    assert draw(paper).startswith(b"%PDF")


def test_a_register_that_is_not_kept_any_more_stays_to_be_read(
    services, registers, world, table, monkeypatch
):
    rows = health_rules._register_rows()
    key = sample(registers, world).value
    next(row for row in rows if row["key"] == "food_sample")["valid_to"] = DAY
    table("disinfection", "item", "code", "cups")  # to read the table anew
    world.clock.now += 3 * ONE
    with pytest.raises(RegisterError, match="没有这个登记册"):
        sample(registers, world)
    assert "food_sample" in [one.spec.key for one in registers.choices(world.teacher)]
    assert [one.entry.id for one in lines(registers, world, "food_sample")] == [key]
    assert registers.overdue(world.teacher) == 1
    registers.close(world.teacher, key)
