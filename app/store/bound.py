"""What hangs on a child's record, by the references of the schema: a table made tomorrow counts, too.

A record that was made by mistake, or by a list, is taken back only while nothing else speaks of the child.
"""

import json
from collections.abc import Collection

from app.domain.ids import ChildId
from app.store.database import Database, Unit

# Rows that come with the record itself, where they are as old as it is.
_MADE_WITH = frozenset(("child_allergy", "child_adult", "barring"))
_MAKES = "import_row"
# Where a row does not tell by itself that it was taken back; a booking speaks of her even after that.
_HOLDS = {
    "booking": "",
    "doctor_child": "exists (select 1 from doctor_visit d where d.id = t.visit_id"
    " and d.ended_at is null and d.undone_at is null)",
}
_MAKING = ("import_children", "add_child")
_ONLY = "(select value from json_each(:only))"


def list_bound(
    database: Database, asked: Database | Unit, only: Collection[ChildId]
) -> dict[ChildId, frozenset[str]]:
    """The tables that speak of each of some children; nothing of what came with her or was undone.

    Args:
        database: tells the references of the schema.
        asked: of whom the rows are asked: the same, or a unit in it.
        only: the children.

    Returns:
        For each child of whom anything speaks the names of the tables; ``record_act`` for a change of her
        record, or of an adult who came with her.
    """
    found: dict[ChildId, set[str]] = {}
    params = {"only": json.dumps(sorted(only)), "making": json.dumps(_MAKING)}
    for table, column in database.references_to("child"):
        if table != _MAKES:
            sql = _query(table, column, database.columns_of(table))
            for row in asked.rows(sql, params):
                found.setdefault(ChildId(row["child"]), set()).add(table)
    for sql in (_CHANGED, _ADULT_CHANGED, _PHOTOS):
        for row in asked.rows(sql, params):
            found.setdefault(ChildId(row["child"]), set()).add("record_act")
    return {child: frozenset(tables) for child, tables in found.items()}


def _query(table: str, column: str, columns: Collection[str]) -> str:
    conditions = [f"t.{column} in {_ONLY}"]
    if table in _HOLDS:
        conditions += filter(None, [_HOLDS[table]])
    else:
        conditions += [f"t.{way} is null" for way in ("undone_at", "ended_at") if way in columns]
    if table in _MADE_WITH:
        conditions.append("t.added_at <> c.added_at")
    if table == "enrolment":
        conditions.append(
            "not exists (select 1 from import_row r where r.enrolment_id = t.id and t.ends_on is null)"
        )
    return (
        f"select distinct t.{column} as child from {table} t join child c on c.id = t.{column}"
        f" where {' and '.join(conditions)}"
    )


_CHANGED = (
    "select a.subject_id as child from record_act a where a.subject = 'child' and a.undone_at is null"
    f" and a.subject_id in {_ONLY} and a.verb not in (select value from json_each(:making))"
)
_ADULT_CHANGED = (
    "select t.child_id as child from child_adult t join adult p on p.id = t.adult_id"
    " join child c on c.id = t.child_id and c.added_at = p.added_at"
    " join record_change h on h.subject = 'adult' and h.subject_id = p.id"
    " join record_act a on a.id = h.act_id and a.undone_at is null"
    f" where t.child_id in {_ONLY} and a.verb not in (select value from json_each(:making))"
)
_PHOTOS = (
    "select p.subject_id as child from photo p where p.subject = 'child' and p.ended_at is null"
    f" and p.subject_id in {_ONLY}"
)
