"""What dishes hold as rows: one answer for a dish at a time, the ones before ended."""

from app.domain.allergens import Served
from app.domain.logbook import MealSlot
from app.store import dish_answers, menus
from app.store.menus import MenuLine
from tests.services.world import DAY


def test_a_new_answer_ends_the_one_before(world, keep):
    keep(dish_answers.add_answer, "快乐饭", ("鸡蛋", "牛奶"))
    keep(dish_answers.add_answer, "神仙丸", ())
    assert dish_answers.list_answers(world.database) == {"快乐饭": ("鸡蛋", "牛奶"), "神仙丸": ()}
    keep(dish_answers.add_answer, "快乐饭", ("鱼",))
    assert dish_answers.list_answers(world.database) == {"快乐饭": ("鱼",), "神仙丸": ()}
    assert world.database.row("select count(*) as rows from dish_answer")["rows"] == 3


def test_an_answer_stands_on_the_menu_and_for_the_dish_at_any_meal(world, keep):
    keep(menus.add_menu, DAY, MenuLine(MealSlot.LUNCH, "快乐饭、青菜", ("鱼",)))
    keep(dish_answers.add_answer, "快乐饭", ("鸡蛋",))
    keep(dish_answers.add_answer, "神仙丸", ())
    assert menus.list_served(world.database, DAY) == (
        Served("lunch", "快乐饭、青菜", ("鱼", "鸡蛋")),
        Served("", "快乐饭", ("鸡蛋",)),
    )
