"""The tables a centre loads itself (WS/T 423), and which standard holds: theirs, else WHO 2006."""

from collections.abc import Iterable

from app.domain.growth import Standard
from app.domain.growth_bands import BandRow, BandStandard
from app.domain.ids import StaffId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.growth_tables import WhoStandard

_ENDS = ("minus3", "minus2", "minus1", "median", "plus1", "plus2", "plus3")


@record
class KeptStandard:
    """What was loaded last."""

    id: int
    name: str
    rows: int


def current(database: Database | Unit) -> Standard:
    """The centre's own tables, else WHO 2006."""
    kept = find_current(database)
    if kept is None:
        return WhoStandard()
    rows = database.rows(
        f"select kind, sex, place, {', '.join(_ENDS)} from growth_band where standard_id = :id",
        {"id": kept.id},
    )
    return BandStandard(
        kept.name,
        tuple(
            BandRow(row["kind"], row["sex"], row["place"], tuple(row[end] for end in _ENDS)) for row in rows
        ),
    )


def find_current(database: Database | Unit) -> KeptStandard | None:
    """The centre's own tables, if it has loaded any."""
    row = database.row(
        "select s.id, s.name, count(b.id) as rows from growth_standard s"
        " join growth_band b on b.standard_id = s.id where s.ended_at is null group by s.id, s.name"
    )
    return None if row is None else KeptStandard(row["id"], row["name"], row["rows"])


def add_standard(unit: Unit, name: str, rows: Iterable[BandRow], staff: StaffId) -> int:
    """Enter a set of tables; the one before is ended, what it evaluated stays as it was."""
    unit.execute("update growth_standard set ended_at = :at where ended_at is null", {"at": unit.stamp})
    row = {"name": name, "imported_at": unit.stamp, "imported_by": staff}
    key = unit.insert("growth_standard", row)
    for one in rows:
        ends = dict(zip(_ENDS, one.ends, strict=True))
        unit.insert(
            "growth_band",
            {"standard_id": key, "kind": one.kind, "sex": one.sex, "place": one.place, **ends},
        )
    return key


def end_standard(unit: Unit, standard: int) -> None:
    """Go back to WHO 2006."""
    unit.execute(
        "update growth_standard set ended_at = :at where id = :id", {"at": unit.stamp, "id": standard}
    )
