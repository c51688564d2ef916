import datetime as dt

from app.store import children
from app.store.allergies import list_allergies
from tests.services.world import add_child, make_world


def test_lists_what_holds_now_in_the_order_it_was_told(tmp_path):
    world = make_world(tmp_path)
    try:
        with world.database.unit(world.desk.id, "x") as work:
            child = add_child(work, world, "朱予晴", dt.date(2023, 8, 19), allergies=("鸡蛋", "花生"))
            free = add_child(work, world, "林小满", dt.date(2023, 8, 20))
            work.audit("child", child)
        assert list_allergies(world.database)[child] == ("鸡蛋", "花生")
        assert free not in list_allergies(world.database)
        with world.database.unit(world.desk.id, "x") as work:
            children.answer_allergy(work, child, "has", ("花生",))
            work.audit("child", child)
        assert list_allergies(world.database)[child] == ("花生",)
    finally:
        world.database.close()
