"""What the search looks through besides the children's own names: the adults, one line a tie."""

from app.domain.ids import AdultId, ChildId
from app.domain.record import record
from app.store.database import Database


@record
class TieRow:
    """An adult of one child, with what he can be found by."""

    adult: AdultId
    child: ChildId
    name: str
    relation: str
    pinyin: str
    phone: str
    barred: bool
    child_name: str


def list_ties(database: Database) -> tuple[TieRow, ...]:
    """Every tie that holds."""
    rows = database.rows(
        "select t.adult_id, t.child_id, t.relation, t.barred, a.name, a.pinyin, a.phone, c.name as child_name"
        " from child_adult t join adult a on a.id = t.adult_id join child c on c.id = t.child_id"
        " where t.ended_at is null and c.gone_at is null order by t.adult_id, t.child_id"
    )
    return tuple(
        TieRow(
            AdultId(row["adult_id"]),
            ChildId(row["child_id"]),
            row["name"],
            row["relation"],
            row["pinyin"],
            row["phone"],
            bool(row["barred"]),
            row["child_name"],
        )
        for row in rows
    )


def list_nicknames(database: Database) -> tuple[tuple[ChildId, str], ...]:
    """Every child with a name at home (小名)."""
    rows = database.rows("select id, nickname from child where nickname <> '' order by length(nickname), id")
    return tuple((ChildId(row["id"]), row["nickname"]) for row in rows)


def list_receipt_years(database: Database) -> tuple[int, ...]:
    """The years in which receipts were issued, the latest first."""
    rows = database.rows("select name from number_series where name like 'receipt-%' order by name desc")
    return tuple(int(row["name"].rpartition("-")[2]) for row in rows)
