"""``tuodehao self-test``: proves that this installation works, on a file that is gone afterwards."""

import contextlib
import datetime as dt
import random
import tempfile
from pathlib import Path

from app.domain.staff import Role
from app.practice import ZONE

# A working Wednesday in the middle of the morning: the rules must not depend on when the test is run.
_MOMENT = dt.datetime(2025, 12, 3, 10, 0, tzinfo=ZONE)


def run() -> str:
    """Make a file, register and check in one child, draw one paper; say what was done in a sentence."""
    from app.services import bundle, papers
    from app.services.intake import IntakeCard
    from app.store.database import Database

    card = IntakeCard(
        name="自检",
        sex="f",
        born_on="2023-08-19",
        allergy="none",
        body="ok",
        bringer="自检家长",
        relation="妈妈",
        phone="13800000000",
        second="自检亲友",
        second_relation="奶奶",
        second_phone="13900000000",
        promised="12:00",
        reason="自检",
        temperature="36.5",
        check_outcome="normal",
    )
    with tempfile.TemporaryDirectory(prefix="tuodehao-") as folder:
        file = Path(folder) / "centre.sqlite3"
        with contextlib.closing(Database.open(file, create=True, clock=lambda: _MOMENT)) as database:
            services = bundle.build(database, lambda: _MOMENT, random.SystemRandom())
            services.setup.create(services.setup.defaults())
            director = next(actor for actor in services.people.staff() if actor.role is Role.DIRECTOR)
            kept = services.intake.register(director, card, None).value
            paper = papers.draw(services.papers.slip(director, kept.visit))
    return f"自检通过：新建了数据文件，登记并接收了 1 名儿童，画出了 1 张接送单（{len(paper)} 字节）。"
