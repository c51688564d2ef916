"""Whether a row of a list is a child who is there already: on file, on the waiting list, or higher up."""

import datetime as dt
import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence

from app.domain.import_rows import ImportedRow, RowProblem
from app.domain.life import Owner, Stage
from app.domain.looks import Tone
from app.domain.names import search_keys
from app.domain.records import same_sound
from app.services.likeness import Alike, find_alike, question
from app.store import applicants, imports
from app.store.applicants import Applicant
from app.store.database import Database
from app.store.life import find_life

_ASKING = frozenset((Stage.INQUIRY, Stage.WAITING))


class Known:
    """Who is on file and who stood higher in the list."""

    def __init__(self, database: Database, today: dt.date) -> None:
        kept = imports.list_on_file(database)
        self._database, self._today = database, today
        self._documents = {one.document: one.name for one in kept if one.document is not None}
        self._births = {(one.name, one.born_on) for one in kept}
        self._sounding = {two for one in kept for two in _sounding(one.pinyin, one.born_on, one.phones)}
        self._families = {(one.born_on, phone) for one in kept for phone in one.phones}
        self._asking = applicants.list_unfiled(database)
        self._own_documents: dict[tuple[str, str], int] = {}
        self._own_births: dict[tuple[str, str], int] = {}
        self._own_sounds: dict[tuple[str, str], int] = {}

    def problems(self, row: ImportedRow) -> list[RowProblem]:
        """What is said against a row by those before it."""
        found: list[RowProblem] = []
        if row.document is not None:
            if (name := self._documents.get(row.document)) is not None:
                found.append(
                    RowProblem("on_file_id", "document", f"这个证件号已经在{name}的档案里，不能再建。")
                )
            if (other := self._own_documents.setdefault(row.document, row.number)) != row.number:
                words = f"证件号和第 {other} 行一样，同一个孩子只能有一行。"
                found.append(RowProblem("twice_id", "document", words))
        if row.name and row.born_on is not None:
            born = row.born_on.isoformat()
            if (row.name, born) in self._births:
                words = f"{row.name}（{born} 生）已有档案，不能再建。"
                found.append(RowProblem("on_file", "name", words))
            elif not any(one.tone is Tone.BAD for one in found):
                found += self._alike(row)
            if (other := self._own_births.setdefault((row.name, born), row.number)) != row.number:
                words = f"姓名和生日与第 {other} 行一样，同一个孩子只能有一行。"
                found.append(RowProblem("twice_name", "name", words))
            else:
                found += self._alike_above(row, born)
        return found

    def alikes(self, row: ImportedRow, *, sounding: bool = False) -> tuple[Alike, ...]:
        """Children on file who share two of three with a row, as the forms look for them.

        Most rows share nothing, and of thousands not each can be asked of the file. With ``sounding`` only
        where one of them sounds like her: nobody is asked about sisters.
        """
        if row.born_on is None or not self._sounding:
            return ()
        born, phones = row.born_on.isoformat(), [one.phone for one in row.adults if one.phone]
        near = not self._sounding.isdisjoint(_sounding(_sound(row.name), born, phones))
        if not near and (sounding or self._families.isdisjoint((born, phone) for phone in phones)):
            return ()
        return find_alike(self._database, row.name, row.born_on, phones)

    def _alike(self, row: ImportedRow) -> list[RowProblem]:
        """Whether she may be a child on file, as every form asks it, or one who waits for a place."""
        phones, alikes = [one.phone for one in row.adults], self.alikes(row, sounding=True)
        found = []
        if told := question(self._database, alikes, self._today):
            words = f"{told}是，就不要导入这一行；不是，可以导入。"
            found.append(RowProblem("same_sound", "name", words, Tone.WARN))
        if self._asking and (waiting := self._waiting(row, phones)) is not None:
            one, stage = waiting
            words = (
                f"{one.name}在招生名单里（{stage.label}，{one.applied_on} 登记），导入会变成两个孩子。"
                "请在“招生”里给她办入托；确是另一个孩子，请在档案里手工新建。"
            )
            found.append(RowProblem("asking", "name", words))
        return found

    def _waiting(self, row: ImportedRow, phones: Sequence[str]) -> tuple[Applicant, Stage] | None:
        sound = ""
        for key, one in self._asking.items():
            near = row.born_on in {one.born_on, one.due_on} or one.phone in phones
            if not near:
                continue
            sound = sound or _sound(row.name)
            if same_sound(sound, _sound(one.name)):
                _, life = find_life(self._database, Owner(applicant=key))
                if (stage := life.stage_on(self._today)) in _ASKING:
                    return one, stage
        return None

    def _alike_above(self, row: ImportedRow, born: str) -> list[RowProblem]:
        """Whether she sounds like one who stood higher and shares her birth date or a number."""
        shared = (born, *(one.phone for one in row.adults if one.phone))
        said = itertools.product(_sound(row.name).split(), shared)
        others = [self._own_sounds.setdefault(key, row.number) for key in said]
        if (other := min(others, default=row.number)) == row.number:
            return []
        words = f"和第 {other} 行同音，生日或家长电话也一样，请确认不是同一个孩子写了两行。"
        return [RowProblem("twice_sound", "name", words, Tone.WARN)]


def _sounding(pinyin: str, born: str, phones: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each sound of a name with the birth date, and with each number."""
    return itertools.product(pinyin.split(), (born, *phones))


@functools.lru_cache(maxsize=8192)  # a list is looked at and then taken in: each name is asked for again
def _sound(name: str) -> str:
    return search_keys(name).pinyin
