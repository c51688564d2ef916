"""Rows of a list that was looked at, written into one unit of work."""

import datetime as dt

from app.domain.ids import AdultId, ChildId, ClassId
from app.domain.import_rows import ImportedRow, RowAdult
from app.domain.modes import CareMode, HalfDay
from app.domain.names import search_keys
from app.store import children, imports, people, record_acts, record_papers, settings
from app.store.children import Enrolment, NewChild
from app.store.database import Database, Unit
from app.store.people import NewAdult, Tie
from app.store.record_acts import Change
from app.store.record_papers import Barring
from app.store.stamps import day_of

CONTRACTS = frozenset((CareMode.FULL_DAY, CareMode.HALF_DAY))


class Writer:
    """Writes rows into one unit. Grown-ups of one name and number are one, within the list and on file."""

    def __init__(self, unit: Unit, database: Database) -> None:
        kept = settings.current(database, day_of(unit.at))
        self._unit = unit
        self._noon = (kept.lunch_from, kept.lunch_to)
        self._hours = (kept.opening, kept.closing)
        self._adults: dict[tuple[str, str], AdultId] = {}
        self.made: list[ChildId] = []
        self.new_adults = self.enrolments = 0

    def write(self, batch: int, row: ImportedRow) -> None:
        """One child with everything that belongs to her."""
        unit = self._unit
        if row.born_on is None or row.mode is None:
            raise LookupError("a row that is not whole")
        keys = search_keys(row.name)
        kind, number = row.document or (None, None)
        child = children.add_child(
            unit,
            NewChild(
                row.name, row.born_on, row.allergy, keys.pinyin, keys.initials, row.nickname,
                row.sex or None, kind, number, row.note,
            ),
        )  # fmt: skip
        if row.substances:
            children.answer_allergy(unit, child, row.allergy, row.substances)
        if row.fields:
            act = record_acts.add_act(unit, "child", child, "导入名单")
            for name, value in row.fields:
                record_acts.add_change(unit, act, Change("child", child, name, "", value))
        self._write_adults(child, row)
        enrolment = None
        if row.place is not None and row.mode in CONTRACTS:
            enrolment = self._enrol(child, row, row.place.id, row.mode)
        imports.add_row(unit, batch, row.number, child, enrolment)
        unit.audit("child", child, row.name)
        self.made.append(child)

    def _enrol(self, child: ChildId, row: ImportedRow, place: ClassId, mode: CareMode) -> int:
        start, end = self._hours
        if row.half is HalfDay.MORNING:
            end = self._noon[0]
        elif row.half is HalfDay.AFTERNOON:
            start = self._noon[1]
        self.enrolments += 1
        return children.add_enrolment(
            self._unit, Enrolment(child, place, mode, row.half, "12345", start, end, row.starts_on)
        )

    def _write_adults(self, child: ChildId, row: ImportedRow) -> None:
        tied: set[AdultId] = set()
        for sort, one in enumerate(row.adults):
            adult = self._adult(one)
            if adult in tied:
                continue
            tied.add(adult)
            tie = Tie(one.relation, one.is_guardian, one.may_collect, one.is_emergency, one.barred, sort=sort)
            people.add_tie(self._unit, child, adult, tie)
            paper = dict(one.paper)
            if one.barred and paper.get("paper_kind"):
                on, until = (
                    dt.date.fromisoformat(paper[name]) if paper.get(name) else None
                    for name in ("paper_on", "valid_until")
                )
                number = paper.get("paper_number", "")
                bar = Barring(child, adult, paper["paper_kind"], number, on, until)
                record_papers.add_barring(self._unit, bar)

    def _adult(self, one: RowAdult) -> AdultId:
        name, phone = one.name, one.phone
        known = self._adults.get((name, phone)) if phone else None
        if known is None and phone:
            known = people.find_adult(self._unit, name, phone)
        if known is None:
            keys = search_keys(name)
            new = NewAdult(name, phone, keys.pinyin, keys.initials, born_on=one.born_on)
            known = people.add_adult(self._unit, new)
            self.new_adults += 1
        if phone:
            self._adults[name, phone] = known
        return known
