"""The registers kept in rounds: two touches, a tick, what is due, correcting, undo, papers and tables."""

import datetime as dt

import pytest

from app.domain.registers import RegisterError
from app.domain.staff import NotPermittedError
from app.reports.registry import draw, file_name
from app.services.bundle import build
from app.services.registers import Filled
from app.store import health_rules
from tests.services.world import DAY

ZONE = dt.timezone(dt.timedelta(hours=8))


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def registers(services):
    return services.health.registers


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
    assert dict(one.lines)["处理时间"] == "2025-12-05 09:12"
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


def test_a_tick_is_set_taken_off_and_both_are_undone(services, registers, world):
    def ticks():
        return registers.month(world.teacher, "disinfection", "2025-12", world.dragons).grid.ticks

    on = registers.tick(world.teacher, "disinfection", world.dragons, DAY, "air")
    assert on.value
    kept = ticks()["air", DAY]
    assert (kept.answer("minutes"), kept.noted_by) == ("15", "许静")
    off = registers.tick(world.teacher, "disinfection", world.dragons, DAY, "air")
    assert not off.value
    assert ticks() == {}
    services.undo(world.teacher, off.undo)
    assert len(ticks()) == 1
    services.undo(world.teacher, on.undo)
    assert ticks() == {}
    with pytest.raises(RegisterError):
        services.undo(world.teacher, on.undo)


def test_one_touch_ticks_a_whole_day_and_one_undo_takes_it_back(services, registers, world):
    registers.tick(world.teacher, "disinfection", world.dragons, DAY, "air")
    world.clock.at(9, 30)
    done = registers.tick_day(world.teacher, "disinfection", world.dragons, DAY)
    grid = registers.month(world.teacher, "disinfection", "2025-12", world.dragons).grid
    assert done.value == len(grid.items) - 1
    assert len(grid.ticks) == len(grid.items)
    with pytest.raises(RegisterError, match="全部打勾"):
        registers.tick_day(world.teacher, "disinfection", world.dragons, DAY)
    services.undo(world.teacher, done.undo)
    assert len(registers.month(world.teacher, "disinfection", "2025-12", world.dragons).grid.ticks) == 1
    other = registers.month(world.teacher, "disinfection", "2025-12", world.stars).grid
    assert other.ticks == {}


def test_a_cell_ticked_anew_is_not_restored_twice(services, registers, world):
    registers.tick(world.teacher, "disinfection", world.dragons, DAY, "air")
    off = registers.tick(world.teacher, "disinfection", world.dragons, DAY, "air")
    registers.tick(world.teacher, "disinfection", world.dragons, DAY, "air")
    with pytest.raises(RegisterError, match="又打了勾"):
        services.undo(world.teacher, off.undo)


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


def test_what_cannot_be_kept_is_refused(registers, world):
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
        registers.tick(world.teacher, "disinfection", world.dragons, DAY, "roof")
    with pytest.raises(RegisterError):
        registers.tick(world.teacher, "disinfection", world.dragons, DAY + dt.timedelta(days=1), "air")
    with pytest.raises(NotPermittedError):
        registers.tick(world.cashier, "disinfection", world.dragons, DAY, "air")


def test_every_register_has_a_paper_and_a_table_for_excel(services, registers, world):
    registers.tick_day(world.teacher, "disinfection", world.dragons, DAY)
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
    assert draw(table).startswith(b"%PDF")
