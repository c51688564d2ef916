"""禁止接走 at an import: a row that would put a child on file again, with whom her first record bars."""

import datetime as dt
from collections.abc import Iterable, Sequence

from app.domain.barred import bare
from app.domain.import_rows import ImportedRow, RowProblem
from app.domain.looks import Tone
from app.domain.phones import mask_phone
from app.services.bars import Stranger
from app.services.likeness import Alike, find_barred_of
from app.store.database import Database
from app.store.people import BarredFrom


def barred_problems(
    database: Database, row: ImportedRow, alikes: Sequence[Alike], today: dt.date
) -> list[RowProblem]:
    """Why a row is kept out: one of its adults is like somebody barred from a child it may mean.

    Whoever is another after all is entered by hand, where a second person is asked.
    """
    for one in (one for one in row.adults if alikes and not one.barred):
        stranger = Stranger(one.name, one.relation, one.phone)
        for alike, known, barred, marks in find_barred_of(database, alikes, stranger, today):
            why = "、".join(mark.words for mark in marks)
            words = (
                f"{barred.name}（{barred.tie.relation}）被禁止接走档案里的{alike.name}，{known.words}与其{why}。"
                "不能导入这一行：请在档案里核对是不是同一个孩子，确是另一个人再手工新建。"
            )
            return [RowProblem("barred", "name", words)]
    return []


def barred_elsewhere(row: ImportedRow, barred: Iterable[BarredFrom]) -> list[RowProblem]:
    """Who of a row is barred from another child, as the forms say it whoever the child is.

    He may be a good father to this one: it is told, and whoever takes the list in decides.
    """
    found = []
    for one in (one for one in row.adults if not one.barred):
        known = [other for other in barred if _is_same(one.name, one.phone, other)]
        if not known:
            continue
        whose = "、".join(dict.fromkeys(f"{other.child}（{other.relation}）" for other in known))
        who = f"{one.name} {mask_phone(one.phone)}".strip()
        other = "" if bare(known[0].name) == bare(one.name) else f"（档案里叫{known[0].name}）"
        words = (
            f"{who}在档案里被禁止接走{whose}{other}，这一行把他记为{row.name}的{one.words}。"
            "请先核对；不该接的，请写进“禁止接走人”一列。"
        )
        found.append(RowProblem("barred_elsewhere", "name", words, Tone.WARN))
    return found


def _is_same(name: str, phone: str, other: BarredFrom) -> bool:
    """One number, or one name where the number of either is not known."""
    if phone and other.phone:
        return phone == other.phone
    return bare(name) == bare(other.name)
