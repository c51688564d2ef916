"""What somebody said that a dish holds whose name does not tell: one answer for every week."""

from app.store.database import Database, Unit

Answers = dict[str, tuple[str, ...]]  # by dish, as the menu spells it; () is nothing that children react to


def list_answers(database: Database | Unit) -> Answers:
    """What holds now, by dish."""
    rows = database.rows("select dish, allergens from dish_answer where ended_at is null order by id")
    return {row["dish"]: tuple(part for part in row["allergens"].split("、") if part) for row in rows}


def add_answer(unit: Unit, dish: str, allergens: tuple[str, ...]) -> None:
    """Let this hold of a dish; what was said before ends."""
    unit.execute(
        "update dish_answer set ended_at = :now where dish = :dish and ended_at is null",
        {"now": unit.stamp, "dish": dish},
    )
    unit.insert(
        "dish_answer",
        {
            "dish": dish,
            "allergens": "、".join(allergens),
            "added_at": unit.stamp,
            "added_by": unit.actor_id,
        },
    )
