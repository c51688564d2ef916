"""By what two people with nearly one name are told apart before their records become one: face and name.

The door knows who may take a child, and who must not, by the photo (58号文 Art 30), and twins by little else.
Of two photos nobody proposes one: somebody looks at both and says which it is.
"""

import datetime as dt
from collections.abc import Container, Mapping

from app.domain.ids import ChildId
from app.domain.joining import Side
from app.domain.records import RecordError
from app.store import merging, people, photos
from app.store.database import Database, Unit
from app.store.people import AdultOf
from app.store.photos import Subject

_FACES = (
    "两份登记的照片不同。请对着两张照片核对：不是同一个人就不要合并；确是同一个人，请选留哪一张，再合并。"
)


def pair_faces(database: Database | Unit, subject: Subject, kept: int, merged: int) -> tuple[bytes, bytes]:
    """The photos of two records, as JPEG; empty where there is none."""
    one, other = (photos.find_photo(database, subject, key) or b"" for key in (kept, merged))
    return one, other


def are_two(faces: tuple[bytes, bytes]) -> bool:
    """Whether there are two photos to choose between."""
    return all(faces) and faces[0] != faces[1]


def check_faces(
    database: Database, subject: Subject, kept: int, merged: int, choices: Container[str]
) -> None:
    """Pass where two records show one face at most, or somebody has looked and said which stays.

    Raises:
        RecordError: nobody has.
    """
    if "photo" not in choices and are_two(pair_faces(database, subject, kept, merged)):
        raise RecordError(_FACES, field="photo")


def settle_faces(
    unit: Unit, key: int, subject: Subject, kept: int, merged: int, choices: Mapping[str, Side]
) -> None:
    """Make room for the merged record's photo where that was chosen; parted, the other is shown again."""
    if choices.get("photo") is Side.MERGED and all(pair_faces(unit, subject, kept, merged)):
        row = photos.end_photo(unit, subject, kept)
        if row is not None:
            merging.note_row(unit, key, f"{merging.ENDED}photo", row)


def may_be_twins(
    database: Database,
    pair: tuple[ChildId, ChildId],
    one: Mapping[str, str],
    other: Mapping[str, str],
    today: dt.date,
) -> bool:
    """Whether two records with one birth date and a guardian in common tell of two names.

    One identity number is one child's, whatever she is called.
    """
    number = one.get("document_number", "")
    if one["name"] == other["name"] or one["born_on"] != other["born_on"]:
        return False
    if number and number == other.get("document_number", ""):
        return False
    mine, others = (_guardians(people.list_adults(database, key, today)) for key in pair)
    return bool(mine & others)


def check_twins(
    database: Database,
    pair: tuple[ChildId, ChildId],
    one: Mapping[str, str],
    other: Mapping[str, str],
    choices: Container[str],
    today: dt.date,
) -> None:
    """Pass where two records are of no twins, or somebody has looked and said which name is right.

    Raises:
        RecordError: nobody has.
    """
    if "name" not in choices and may_be_twins(database, pair, one, other, today):
        msg = (
            f"{one['name']}和{other['name']}同一天生日、同一位监护人，也可能是双胞胎。"
            "请对着照片和证件核对；确是同一个孩子，请选哪边的姓名对，再合并。"
        )
        raise RecordError(msg, field="name")


def _guardians(adults: tuple[AdultOf, ...]) -> set[object]:
    """By record, and by number: a second record of a mother has hers."""
    own = [one for one in adults if one.tie.is_guardian and not one.tie.barred]
    return {one.id for one in own} | {one.phone for one in own if one.phone}
