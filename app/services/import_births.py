"""A grown-up of a list who is on file, or in other rows: one person, one birth date (58号文 Art 30)."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from app.domain.import_rows import ImportedRow, RowAdult, RowProblem
from app.domain.looks import Tone
from app.domain.minors import ADULT_AGE
from app.domain.visits import years_between
from app.services.told_births import both_words
from app.store import people
from app.store.database import Database


class Births:
    """When the grown-ups were born, by the file and by all rows of a list."""

    def __init__(self, database: Database, rows: Sequence[ImportedRow], today: dt.date) -> None:
        self._today = today
        self._filed = people.list_born(database)
        self._first: dict[tuple[str, str], tuple[int, dt.date]] = {}
        self._youngest = dict(self._filed)
        for row in rows:
            for one in row.adults:
                if one.phone and one.born_on is not None:
                    key = one.name, one.phone
                    self._first.setdefault(key, (row.number, one.born_on))
                    self._youngest[key] = max(one.born_on, self._youngest.get(key, one.born_on))

    def judge(self, row: ImportedRow) -> tuple[ImportedRow, list[RowProblem]]:
        """The row, in which nobody collects who is a minor by any word of him, and what is to be said."""
        found: list[RowProblem] = []
        if not self._youngest:
            return row, found
        adults = []
        for at, one in enumerate(row.adults, 1):
            if words := self._another(one):
                found.append(RowProblem("adult_birth_other", f"parent{at}_born_on", words))
            adults.append(self._as_of_age(one, found))
        return dataclasses.replace(row, adults=tuple(adults)), found

    def _another(self, one: RowAdult) -> str:
        """The sentence that names this birth date and the one on file, or in the first row that told one."""
        if one.born_on is None or not one.phone:
            return ""
        key = one.name, one.phone
        if (held := self._filed.get(key, one.born_on)) != one.born_on:
            return both_words(one.name, held.isoformat(), one.born_on)
        number, first = self._first.get(key, (0, one.born_on))
        if first == one.born_on:
            return ""
        above = f"{one.name}的出生日期第 {number} 行是 {first}"
        return f"{above}，这里是 {one.born_on}。请看身份证核对，改成一样。"

    def _as_of_age(self, one: RowAdult, found: list[RowProblem]) -> RowAdult:
        """Until it is settled the youngest that is said of him counts."""
        born = self._youngest.get((one.name, one.phone)) if one.phone else None
        if born is None or not one.may_collect or years_between(born, self._today) >= ADULT_AGE:
            return one
        words = f"{one.name}（{one.relation}，{born} 生）未满 {ADULT_AGE} 周岁，记为紧急联系人，不能接。"
        found.append(RowProblem("minor", "collectors", words, Tone.WARN))
        return dataclasses.replace(one, may_collect=False, is_emergency=True)
