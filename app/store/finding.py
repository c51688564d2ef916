"""What the search looks through besides the children's own names: the adults, one line a tie."""

from collections.abc import Collection

from app.domain.ids import AdultId, ApplicantId, ChildId
from app.domain.record import record
from app.store.among import among
from app.store.database import Database
from app.store.formers import Former, list_formers


@record
class SearchRow:
    """What a child can be found by. Adults' names, keys and phone numbers are joined by spaces.

    Beside her name at home stand the names of records that were merged into hers.
    """

    id: ChildId
    name: str
    nickname: str
    pinyin: str
    initials: str
    adults: str
    adult_keys: str
    phones: str


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
    # What she was called and rung by in records that were merged into hers, joined by spaces.
    other_names: str = ""
    other_keys: str = ""
    other_phones: str = ""


@record
class AskingRow:
    """A family that asks for a place and whose child is not on file; ``step`` is its last step."""

    applicant: ApplicantId
    name: str
    contact: str
    phone: str
    applied_on: str
    step: str


def list_search_rows(database: Database, only: Collection[ChildId] | None = None) -> tuple[SearchRow, ...]:
    """Every child, or only some, with all she can be found by: two queries, joined here."""
    adults: dict[int, list[tuple[str, str, str]]] = {}
    (some, params), (own, _) = among(only, "t.child_id"), among(only, "id")
    formers = list_formers(database)
    for row in database.rows(
        "select t.child_id, t.adult_id, a.name, a.pinyin, a.initials, a.phone from child_adult t"
        " join adult a on a.id = t.adult_id where t.ended_at is null" + some,
        params,
    ):
        found = (row["name"], f"{row['pinyin']} {row['initials']}", row["phone"])
        adults.setdefault(row["child_id"], []).append(found)
        for one in formers.get(AdultId(row["adult_id"]), ()):
            adults[row["child_id"]].append((one.name, f"{one.pinyin} {one.initials}", one.phone))
    rows, merged = [], _merged_names(database)
    for row in database.rows(
        f"select id, name, nickname, pinyin, initials from child where gone_at is null{own} order by id",
        params,
    ):
        names, keys, phones = ("", "", "")
        if known := adults.get(row["id"]):
            names, keys, phones = (" ".join(part) for part in zip(*known, strict=True))
        more = merged.get(row["id"], [])
        rows.append(
            SearchRow(
                ChildId(row["id"]),
                row["name"],
                " ".join(one for one in (row["nickname"], *(name for name, _ in more)) if one),
                " ".join((row["pinyin"], *(pinyin for _, pinyin in more))),
                row["initials"],
                names,
                keys,
                phones,
            )
        )
    return tuple(rows)


def _merged_names(database: Database) -> dict[int, list[tuple[str, str]]]:
    """The names and readings of merged records, by whose they are now; few are ever merged."""
    rows = database.rows(
        "select id, superseded_by, name, pinyin from child where superseded_by > 0 order by +id"
    )
    after = {row["id"]: row["superseded_by"] for row in rows}
    found: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        now = row["superseded_by"]
        while now in after:
            now = after[now]
        found.setdefault(now, []).append((row["name"], row["pinyin"]))
    return found


def list_ties(database: Database, only: Collection[ChildId] | None = None) -> tuple[TieRow, ...]:
    """Every tie that holds, or those of some children."""
    some, params = among(only, "t.child_id")
    rows = database.rows(
        "select t.adult_id, t.child_id, t.relation, t.barred, a.name, a.pinyin, a.phone, c.name as child_name"
        " from child_adult t join adult a on a.id = t.adult_id join child c on c.id = t.child_id"
        f" where t.ended_at is null and c.gone_at is null{some} order by t.adult_id, t.child_id",
        params,
    )
    formers = list_formers(database)
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
            *_others(formers.get(AdultId(row["adult_id"]), ())),
        )
        for row in rows
    )


def _others(formers: tuple[Former, ...]) -> tuple[str, str, str]:
    told = ((one.name, one.pinyin, one.phone) for one in formers)
    names, keys, phones = zip(*told, strict=True) if formers else ((), (), ())
    return " ".join(names), " ".join(keys), " ".join(phones)


def list_nicknames(
    database: Database, only: Collection[ChildId] | None = None
) -> tuple[tuple[ChildId, str], ...]:
    """Every child with a name at home (小名), or some of them."""
    some, params = among(only, "id")
    rows = database.rows(
        f"select id, nickname from child where nickname <> ''{some} order by length(nickname), id", params
    )
    return tuple((ChildId(row["id"]), row["nickname"]) for row in rows)


def list_asking(database: Database) -> tuple[AskingRow, ...]:
    """Every family that asked and whose asking stands, until its child is on file."""
    rows = database.rows(
        "select a.id, a.name, a.contact, a.phone, a.applied_on, s.kind from applicant a join life_step s"
        " on s.id = (select max(k.id) from life_step k where k.applicant_id = a.id and k.undone_at is null"
        " and k.kind <> 'rank') where a.child_id is null and s.child_id is null order by a.id desc"
    )
    return tuple(
        AskingRow(
            ApplicantId(row["id"]),
            row["name"],
            row["contact"],
            row["phone"],
            row["applied_on"],
            row["kind"],
        )
        for row in rows
    )


def list_receipt_years(database: Database) -> tuple[int, ...]:
    """The years in which receipts were issued, the latest first."""
    rows = database.rows("select name from number_series where name like 'receipt-%' order by name desc")
    return tuple(int(row["name"].rpartition("-")[2]) for row in rows)
