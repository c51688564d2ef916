"""One meal as the kitchen writes it: dishes with grams per child, then allergens in brackets.

``软米饭 60、番茄牛腩 80（牛奶、鸡蛋）``
"""

import re

from app.domain.errors import RuleError
from app.domain.record import record

LONGEST_DISH = 60
MOST_GRAMS = 1000
_PARTS = re.compile(r"[、,，;；]+")
_GRAMS = re.compile(r"(?P<dish>.*?)[\s]*(?P<grams>\d{1,5})\s*(?:g|G|克)?")
_LISTED = re.compile(r"(?P<dishes>.*?)[（(](?P<allergens>[^（()）]*)[）)]")


class MealTextError(RuleError):
    """A meal that cannot be read."""


@record
class Dish:
    """One dish, and its grams per child where somebody weighed it."""

    name: str
    grams: int | None = None


@record
class MealText:
    """What one meal serves, and what of it children react to."""

    dishes: tuple[Dish, ...] = ()
    allergens: tuple[str, ...] = ()

    @property
    def names(self) -> str:
        """The dishes without their grams."""
        return "、".join(dish.name for dish in self.dishes)

    def written(self) -> str:
        """As it is typed again: what ``read_meal`` reads."""
        dishes = "、".join(
            dish.name if dish.grams is None else f"{dish.name} {dish.grams}" for dish in self.dishes
        )
        return dishes + (f"（{'、'.join(self.allergens)}）" if self.allergens else "")


def read_meal(text: str, field: str = "") -> MealText:
    """Read a meal; empty text is a meal that is not served.

    Raises:
        MealTextError: a weight without a dish, one beyond 1 to 1000 g, a dish too long or named twice,
            allergens without dishes.
    """
    text = " ".join(text.split())
    allergens: tuple[str, ...] = ()
    if (listed := _LISTED.fullmatch(text)) is not None:
        text = listed["dishes"].strip()
        allergens = _unique(_PARTS.split(listed["allergens"]))
    elif re.search("[（()）]", text):
        raise MealTextError(
            "括号没有配对，或不在最后。过敏原请写在最后的括号里，如（鸡蛋、牛奶）。", field=field
        )
    dishes = tuple(_dish(part.strip(), field) for part in _PARTS.split(text) if part.strip())
    names = [dish.name for dish in dishes]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        msg = f"“{twice}”写了两次，请合成一道。"
        raise MealTextError(msg, field=field)
    if allergens and not dishes:
        raise MealTextError("写了过敏原，还没有写菜。请写上菜，或清空过敏原。", field=field)
    return MealText(dishes, allergens)


def split_dishes(text: str) -> tuple[str, ...]:
    """The names in a line of dishes, whatever else stands in it."""
    return _unique(_PARTS.split(text))


def _dish(part: str, field: str) -> Dish:
    found = _GRAMS.fullmatch(part)
    name, grams = (part, None) if found is None else (found["dish"].strip(), int(found["grams"]))
    if not name:
        msg = f"“{part[:12]}”只有克数，请写上菜名。"
        raise MealTextError(msg, field=field)
    if grams is not None and not 1 <= grams <= MOST_GRAMS:
        msg = f"{name[:12]} {grams} 克不合常理，每人每道请填 1 到 {MOST_GRAMS} 克。"
        raise MealTextError(msg, field=field)
    if len(name) > LONGEST_DISH:
        msg = f"“{name[:12]}…”太长，一道菜最多 {LONGEST_DISH} 个字；几道菜之间请用“、”隔开。"
        raise MealTextError(msg, field=field)
    return Dish(name, grams)


def _unique(parts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
