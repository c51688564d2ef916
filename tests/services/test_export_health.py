"""Lists of health go out as tables, to whom health is shown; things kept and free seats, too."""

import io

import openpyxl
import pytest

from app.domain.staff import NotPermittedError
from app.services.exporting import ListKind
from app.services.growth import Typed
from app.services.illness import CaseCard
from app.services.injuries import InjuryCard
from tests.services.health_stage import HealthStage
from tests.services.world import DAY

OF_HEALTH = (
    ListKind.ROUNDS, ListKind.ILLNESSES, ListKind.FEVERS, ListKind.INJURIES, ListKind.MEDICINE,
    ListKind.GROWTH,
)  # fmt: skip


@pytest.fixture
def stage(world, monkeypatch):
    return HealthStage(world, monkeypatch)


def table(stage, kind, when=""):
    data = stage.services.exporting.export(stage.world.director, kind, when=when).value.data
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    heads = [cell.value for cell in page[1]]
    return [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in page.iter_rows(min_row=2)]


def test_what_the_day_brought_stands_in_the_tables(stage):
    visit, child = stage.arrive(), stage.world.children["张沐阳"]
    stage.health.fevers.begin(stage.nurse, visit, 385)
    stage.health.medicine.take(stage.nurse, visit, stage.draft())
    stage.health.growth.keep(stage.nurse, Typed(child, "", "12.35", "89.5", ""))
    stage.services.belongings.note(stage.world.desk, visit, "小水壶")
    card = InjuryCard(
        child=child, day=DAY, at="9:12", duty=stage.teacher.id, kind="1", place="2", activity="1",
        company="3", handling="1", aid=("wash",), regions=("front.left_forearm",),
        story="跑步时摔倒，擦破皮。",
    )  # fmt: skip
    stage.health.injuries.note(stage.nurse, card)
    stage.health.illness.note(stage.nurse, CaseCard(child, "hfmd", "今天"))
    (ill,) = table(stage, ListKind.ILLNESSES)
    assert (ill["姓名"], ill["传染病"], ill["登记"]) == ("张沐阳", "是", "顾红")
    (seen,) = table(stage, ListKind.ROUNDS)
    assert "38.5" in str(seen.values())
    (hot,) = table(stage, ListKind.FEVERS)
    assert (hot["姓名"], hot["体温"], hot["谁发现"]) == ("张沐阳", "38.5", "顾红")
    (hurt,) = table(stage, ListKind.INJURIES)
    assert "擦破皮" in hurt["经过"]
    (dose,) = table(stage, ListKind.MEDICINE)
    assert "布洛芬混悬液" in str(dose.values())
    (measured,) = table(stage, ListKind.GROWTH)
    assert (measured["体重 kg"], measured["身长/身高 cm"]) == ("12.35", "89.5")
    assert [row["物品"] for row in table(stage, ListKind.BELONGINGS)] == ["小水壶"]
    for kind in OF_HEALTH:
        assert table(stage, kind, "2025-11") == []


def test_the_free_seats_of_six_months_stand_in_a_table(stage):
    rows = table(stage, ListKind.FORECAST)
    assert {row["班级"] for row in rows} == {"抱抱龙", "小星星"}
    assert all(row["空位"] <= row["托位"] for row in rows)


@pytest.mark.parametrize("kind", [*OF_HEALTH, ListKind.FOLLOW_UPS, ListKind.BELONGINGS, ListKind.FORECAST])
def test_a_cashier_takes_none_of_it(stage, kind):
    assert not kind.open_to(stage.world.cashier)
    with pytest.raises(NotPermittedError):
        stage.services.exporting.export(stage.world.cashier, kind)
