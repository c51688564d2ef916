"""Rows of a list that was looked at, written into one unit of work."""

import datetime as dt

from app.domain.ids import AdultId, ChildId, ClassId
from app.domain.import_rows import ImportedRow, RowAdult
from app.domain.modes import CareMode, HalfDay
from app.domain.names import search_keys
from app.services.record_values import apply, stands
from app.services.told_births import keep_told
from app.store import children, imports, people, record_acts, record_papers, settings
from app.store.children import Enrolment, NewChild
from app.store.database import Database, Unit
from app.store.people import NewAdult, Tie
from app.store.record_acts import Change
from app.store.record_papers import Barring
from app.store.stamps import day_of

LABEL = "导入名单"
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
        changes = [Change("child", child, name, "", value) for name, value in row.fields]
        changes += self._write_adults(child, row)
        if changes:
            act = record_acts.add_act(unit, "child", child, LABEL)
            for one in changes:
                record_acts.add_change(unit, act, one)
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

    def _write_adults(self, child: ChildId, row: ImportedRow) -> list[Change]:
        """Her adults with what each is to her; what was told of them themselves."""
        tied: set[AdultId] = set()
        told: list[Change] = []
        for sort, one in enumerate(row.adults):
            adult, changes = self._adult(one)
            told += changes
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
        return told

    def _adult(self, one: RowAdult) -> tuple[AdultId, tuple[Change, ...]]:
        name, phone = one.name, one.phone
        known = self._adults.get((name, phone)) if phone else None
        if known is None and phone:
            known = people.find_adult(self._unit, name, phone)
        if known is None:
            keys = search_keys(name)
            known = people.add_adult(self._unit, NewAdult(name, phone, keys.pinyin, keys.initials))
            self.new_adults += 1
        if phone:
            self._adults[name, phone] = known
        told = () if one.born_on is None else keep_told(self._unit, known, one.born_on, identity_seen=False)
        return known, told


def take_back_told(unit: Unit, batch: int) -> None:
    """What a list told of grown-ups, who may be on file with others, is as before where it still stands."""
    for act in imports.list_telling_acts(unit, batch):
        again = record_acts.add_act(unit, "child", act.subject_id, f"撤销：{LABEL}")
        for one in act.changes:
            if one.subject == "adult" and stands(unit, one):
                apply(unit, again, Change("adult", one.subject_id, one.field, one.value, one.before))
        record_acts.end_act(unit, act.id)
        record_acts.end_act(unit, again)  # an undo is not undone
