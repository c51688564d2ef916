"""The registers of the norm's annex (T1–T9) as approved pictures, by the rules of ``test_papers``.

The columns are those the services give; the rows are long, so that a month goes over pages.
"""

import dataclasses
import datetime as dt
import itertools
import os

import pytest
from PIL import Image

from app.domain.staff import Role
from app.reports import registry
from tests.golden.test_papers import DPI, FOLDER, SHARE, changed
from tests.reports.health_samples import CLASSES, NAMES
from tests.reports.reading import Reading

MONTH = "2025-12"
# What one line of a register says; names, classes and days are dealt over it. A register that is not here is
# drawn as the practice centre keeps it.
LINES = {
    "T2": (
        "{day}", "{group}", "{name}", "布洛芬混悬液（儿童用）", "每次 2.5 ml 口服", "12:30",
        "妈妈 张文静（屏幕签名）", "13:05（晚 35 分钟）", "许静、孟佳",
    ),
    "T5": (
        "{day}", "{name}", "{group}", "女", "2024-08-19", "营养性缺铁性贫血", "2025-11-28",
        "饮食调整：每周三次红肉和动物肝脏；遵医嘱服铁剂，四周后复查血红蛋白", "好转", "", "顾红",
    ),
    "T7": (
        "{day}", "二楼活动室", "保教人员", "培训",
        "诺如病毒的呕吐物怎么处置：先疏散孩子，戴手套和口罩，含氯 5000 mg/L 覆盖 30 分钟，再清扫、通风、洗手",
        "顾红",
    ),
    "T9": (
        "{name}", "女", "2岁3个月", "{group}", "{day}", "10:28", "许静", "许静", "12 他伤／攻击伤",
        "2 活动室", "1 玩耍娱乐", "3 小伙伴", "1 自行处理未就诊", "软组织挫伤", "0", "2 好转",
        "两人抢一块积木，另一名小朋友抓了左脸，有两道浅红印，没破皮。清水冲洗后消毒，没有肿。（左脸）",
    ),
}  # fmt: skip


def dealt(line, count):
    """Lines for so many children, over days, classes and names."""
    people = itertools.cycle(NAMES)
    groups = itertools.cycle(CLASSES)
    days = (f"12-{1 + at // 2:02d}" for at in range(count))
    return tuple(
        tuple(word.format(day=day, name=name, group=group) for word in line)
        for day, name, group in zip(days, people, groups, strict=False)
    )


@pytest.fixture
def register(services, actors):
    """A register by its number in domain §3.2."""
    health, director = services.health, actors[Role.DIRECTOR]
    month = dt.date(2025, 12, 3)
    group = next(one.id for one in services.classroom.tabs(director) if one.name == "抱抱龙")
    read = {
        "T1": lambda: health.papers.rounds_month(director, month),
        "T2": lambda: health.papers.medicine_month(director, month),
        "T3": lambda: health.attendance.month(director, "2025-11", group),
        "T4": lambda: health.forms.illness_register(director, "2025-11"),
        "T5": lambda: health.forms.register(director, "common_illness", MONTH),
        "T6": lambda: health.forms.register(director, "disinfection", MONTH, group),
        "T7": lambda: health.forms.register(director, "health_talk", MONTH),
        "T8": lambda: health.forms.register(director, "meal_committee", MONTH),
        "T9": lambda: health.forms.injury_register(director, MONTH),
    }

    def make(number):
        paper = read[number]()
        if number in LINES:
            paper = dataclasses.replace(paper, rows=dealt(LINES[number], 26))
        return dataclasses.replace(paper, practice=False)

    return make


@pytest.mark.parametrize("number", ["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9"])
def test_a_register_looks_as_approved(number, register, qapp, tmp_path):
    paper = register(number)
    assert {len(row) for row in paper.rows} <= {len(paper.columns)}
    reading = Reading(registry.draw(paper))
    assert (reading.pages > 1) == (number in LINES)
    for page in range(reading.pages):
        drawn = tmp_path / f"register-{number}-{page + 1}.png"
        reading.picture(DPI, page).save(str(drawn))
        picture, approved = Image.open(drawn).convert("RGB"), FOLDER / drawn.name
        if os.environ.get("TUODEHAO_APPROVE") == "1":
            picture.quantize(48, kmeans=3).save(approved, optimize=True)
        assert changed(picture, Image.open(approved).convert("RGB")) <= SHARE
    assert {path.name for path in FOLDER.glob(f"register-{number}-*.png")} == {
        f"register-{number}-{page + 1}.png" for page in range(reading.pages)
    }
