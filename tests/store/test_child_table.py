"""Every child with everybody she has, as the table of children asks for them."""

import datetime as dt

from app.store import people, record_papers
from app.store.child_table import list_table
from app.store.people import Tie
from app.store.record_papers import Barring
from tests.services.world import DAY, add_adult, make_world


def test_whoever_was_named_for_one_day_is_left_out_and_whoever_is_barred_is_not(tmp_path):
    world = make_world(tmp_path)
    child = world.children["张沐阳"]
    with world.database.unit(None, "test") as unit:
        guest = add_adult(unit, world, child, "李阿姨", "邻居", "13611110000")
        people.end_tie(unit, child, guest)
        people.add_tie(unit, child, guest, Tie("邻居", may_collect=True, only_day=DAY, sort=5))
        bar = Barring(child, world.adults["张外人"], "判决书", "118 号", dt.date(2025, 1, 2))
        record_papers.add_barring(unit, bar)
        unit.audit("child", child)
    table = {one.name: one for one in list_table(world.database, DAY)}
    found = table["张沐阳"]
    assert [(one.name, one.barred, one.paper) for one in found.adults] == [
        ("张母", False, ("", "", "", "")),
        ("张外人", True, ("判决书", "118 号", "2025-01-02", "")),
    ]
    assert (found.class_name, found.mode, found.substances) == ("抱抱龙", "full_day", ("花生",))
    world.database.close()
