"""A centre's own list of 5 000 children: a workbook read, looked at and taken in, in one unit of work."""

import datetime as dt
import random
import time

import pytest

from app.domain.staff import Role
from tests.bench.ratio import Figure, report
from tests.bench.test_finding import GIVEN, SURNAMES
from tests.services.test_importing import workbook

ROWS, FEW, BAR_S = 5000, 60, 10.0
YOUNGEST = dt.date(2025, 3, 1)


def rows(count, adults=1):
    """Children of different names and birthdays, each with a father who can be rung; or a whole family."""
    rng, seen = random.Random(11), set()
    while len(seen) < count:
        name = rng.choice(SURNAMES) + rng.choice(GIVEN) + rng.choice(GIVEN)
        seen.add((name, YOUNGEST - dt.timedelta(days=rng.randrange(700))))
    for at, (name, born) in enumerate(sorted(seen)):
        family = {}
        for place, relation in enumerate(("妈妈", "奶奶", "外公")[: adults - 1], 2):
            family |= {
                f"家长{place}姓名": f"{rng.choice(SURNAMES)}{rng.choice(GIVEN)}{at % 10}",
                f"家长{place}关系": relation,
                f"家长{place}电话": f"13{place + 4}{at:08d}",
            }
        if adults > 1:
            family["备注"] = rng.choice(
                ["奶奶每天接，爸爸常出差", "午睡要抱着小熊", "对海鲜要注意，家里少吃"]
            )
        yield {
            **family,
            "姓名": name,
            "性别": rng.choice("男女"),
            "出生日期": born.isoformat(),
            "过敏": rng.choice(["无", "鸡蛋", ""]),
            "家长1姓名": f"{name[0]}家长",
            "家长1关系": "爸爸",
            "家长1电话": f"139{at:08d}",
        }


@pytest.mark.parametrize(("adults", "of"), [(1, "a father"), (4, "four adults and a remark")])
def test_a_long_list_is_taken_in(benchmark, figures, services, actors, adults, of):
    count = FEW if benchmark.disabled else ROWS
    data, desk = workbook(*rows(count, adults)), actors[Role.FRONT_DESK]
    made = []

    def take_in():
        begun = time.perf_counter()
        table = services.importing.read(desk, "名单.xlsx", data)
        services.importing.preview(desk, table, table.guessed)
        done = services.importing.run(desk, table, table.guessed, leave_out_bad=True)
        made.append((done.value.children, time.perf_counter() - begun))

    benchmark.pedantic(take_in, rounds=1)
    children, seconds = made[0]
    assert children > 0.99 * count
    if not benchmark.disabled:
        report(figures, Figure(f"5 000 children with {of} from a workbook", seconds, "s", BAR_S))
