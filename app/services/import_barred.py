"""禁止接走 at an import: a row that would put a child on file again, with whom her first record bars."""

import datetime as dt
from collections.abc import Sequence

from app.domain.import_rows import ImportedRow, RowProblem
from app.services.bars import Stranger
from app.services.likeness import Alike, find_barred_of
from app.store.database import Database


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
