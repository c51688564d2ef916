"""档案: the list of all children with what is missing, and the whole record of one."""

import dataclasses
import datetime as dt
from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

from app.domain.ages import read_birth
from app.domain.changes import Undo
from app.domain.errors import RuleError
from app.domain.ids import ChildId, ClassId
from app.domain.life import Life
from app.domain.looks import Chip
from app.domain.phones import PhoneError, check_phone, mask_phone
from app.domain.record_fields import FieldSpec
from app.domain.records import ANSWERS, ExamState, Standing, list_gaps
from app.domain.staff import Actor, Permission
from app.services import record_words as words
from app.services.admission_rules import entry_gaps
from app.services.asked import asked_fields
from app.services.entry_gate import exam_of
from app.services.likeness import find_alike
from app.services.record_cards import (
    HISTORY_PAGE,
    AdultCard,
    ConsentRow,
    HistoryRow,
    LookAlike,
    PaperRow,
    RecordCard,
    RecordRow,
)
from app.services.record_papers import PAPER_KINDS
from app.services.record_sight import seen_card, seen_row
from app.services.record_values import adult_values, child_values
from app.services.record_words import Known
from app.services.scope import Scope
from app.services.search_index import SearchIndex
from app.services.surplus import surplus_rows
from app.store import (
    alarms,
    audit,
    centre,
    merging,
    people,
    record_acts,
    record_papers,
    record_rows,
    record_rules,
)
from app.store.database import Clock, Database
from app.store.formers import list_formers
from app.store.record_acts import Act
from app.store.record_rows import ChildBase
from app.store.stamps import day_of

if TYPE_CHECKING:
    from app.services.door_book import DoorBook

# What the history tells by its acts already; the rest of the audit trail about a child is told as it stands.
_TOLD = frozenset({
    "add_child", "change_child", "undo_record", "keep_consent", "keep_paper", "end_paper", "set_photo",
    "end_photo", "merge_children", "build", "answer_allergy",
})  # fmt: skip
_ASKED = ("chronic", "diet", "vaccination", "exam", "exam_on", "insured_until", "employer_group", "employer")
_BEFORE_ENTRY = {"vaccination", "exam"}
_ALL = 100_000


class Records:
    """Readings. What is read for the list is kept until something is committed."""

    def __init__(self, database: Database, clock: Clock, index: SearchIndex) -> None:
        self._database = database
        self._clock = clock
        self._index = index
        self._scope = Scope(database, clock)
        self._known: Known | None = None
        self._known_of: tuple[int, dt.date] | None = None

    @cached_property
    def door(self) -> "DoorBook":
        """接走记录: who took whom."""
        from app.services.door_book import DoorBook

        return DoorBook(self._database, self._clock, self._index)

    def rows(self, actor: Actor) -> tuple[RecordRow, ...]:
        """Every child on file: the enrolled by class, then guests, then those who left; by name's sound.

        A teacher's list holds the children of her own classes only, as do the other readings here.
        """
        actor.require(Permission.READ)
        own = (row for row in self._load().rows.values() if self._scope.holds(actor, row.child))
        return tuple(seen_row(actor, row) for row in own)

    def find(self, actor: Actor, text: str) -> tuple[RecordRow, ...]:
        """Who is meant: a part of a name, pinyin, initials, an adult, a phone's tail; likeliest first."""
        actor.require(Permission.READ)
        rows = self._load().rows
        found = self._index.find(text, _ALL, self._scope.children(actor))
        return tuple(seen_row(actor, rows[child]) for child in found if child in rows)

    def card(self, actor: Actor, child: ChildId) -> RecordCard:
        """The whole record of one child.

        Raises:
            RecordError: no such child, or her record was merged into another.
            OtherClassError: a teacher asks for a child of another class.
        """
        actor.require(Permission.READ)
        self._scope.require(actor, child)
        values = child_values(self._database, child)
        known = self._read((child,))
        base = known.bases[0]
        exam = self._exam(known, base, values.get("exam_on", ""), exact=True)
        gaps = list_gaps(words.facts_of(known, base, values, exam.due), record_rules.need_rules())
        history = self._history(actor, child)
        card = RecordCard(
            row=known.rows[child],
            born_on=base.born_on,
            fields=tuple(
                words.field_value(spec, values) for spec in asked_fields(self._database, known.today)
            ),
            gaps=gaps,
            exam=exam.chip if values.get("exam_on") else Chip(""),
            adults=self._adults(child, known.today),
            consents=self._consents(child, known.today),
            papers=self._papers(child, known.today),
            history=history[:HISTORY_PAGE],
            older=max(0, len(history) - HISTORY_PAGE),
            twins=words.twins_of(people.list_adults(self._database, child, known.today)),
            allergies=words.read_allergies(values.get("allergens", "")),
        )
        return seen_card(actor, card)

    def history(self, actor: Actor, child: ChildId, most: int) -> tuple[tuple[HistoryRow, ...], int]:
        """The newest entries of her history, so many at most, and how many are older.

        Raises:
            OtherClassError: as ``card``.
        """
        actor.require(Permission.KEEP_RECORDS)
        self._scope.require(actor, child)
        found = self._history(actor, child)
        return found[:most], max(0, len(found) - most)

    def asked(self, actor: Actor) -> tuple[FieldSpec, ...]:
        """The fields of a child's record that this centre asks, for a form to be filled in."""
        actor.require(Permission.READ)
        return asked_fields(self._database, day_of(self._clock()))

    def entry_gaps(self, life: Life, child: ChildId | None) -> tuple[str, ...]:
        """What the law wants before entry and her record does not show yet (58号文 Art 11).

        Whoever asked has asked for the permission: the admissions show it beside a life.
        """
        asked = entry_gaps(life)
        if not asked or child is None or not (known := self._read((child,))).bases:
            return asked
        base = known.bases[0]
        values = child_values(self._database, base.id)
        exam = self._exam(known, base, values.get("exam_on", ""), exact=True)
        facts = words.facts_of(known, base, values, exam.due)
        facts = dataclasses.replace(facts, standing=Standing.ENROLLED)  # before her first day, too
        return tuple(
            one.words for one in list_gaps(facts, record_rules.need_rules()) if one.key in _BEFORE_ENTRY
        )

    def look_alikes(
        self, actor: Actor, name: str, born_on: str, phones: tuple[str, ...], without: ChildId | None = None
    ) -> tuple[LookAlike, ...]:
        """Children on file who may be the one being typed: same sound and birth date, or the same phone."""
        actor.require(Permission.KEEP_RECORDS)
        found: dict[ChildId, LookAlike] = {}
        try:
            day: dt.date | None = read_birth(born_on)
        except RuleError:
            day = None  # still being typed
        for one in find_alike(self._database, name.strip(), day):
            why = "同名同生日" if one.same_name else "同音同生日"
            found[one.child] = LookAlike(one.child, one.name, why)
        for typed in phones:
            try:
                phone = check_phone(typed)
            except PhoneError:
                continue
            near = people.children_by_phone(self._database, phone)
            for base in record_rows.list_children(self._database, near):
                if base.id not in found:
                    found[base.id] = LookAlike(base.id, base.name, f"同一个电话 {mask_phone(phone)}")
        found.pop(without or ChildId(0), None)
        return tuple(found.values())

    def phone_owners(self, actor: Actor, typed: str, name: str = "") -> tuple[str, ...]:
        """Who else has this number, with their children: ``王秀兰（朱予晴）``. ``name`` is who types it."""
        actor.require(Permission.KEEP_RECORDS)
        try:
            phone = check_phone(typed)
        except PhoneError:
            return ()
        found = []
        for adult, other in record_rows.adults_with_phone(self._database, phone):
            if other != name.strip():
                near = record_rows.children_of(self._database, adult)
                own = [one.name for one in record_rows.list_children(self._database, near)]
                found.append(f"{other}（{'、'.join(own)}）" if own else other)
        return tuple(found)

    def classes(self, actor: Actor) -> tuple[tuple[ClassId, str, str], ...]:
        """The classes of today whose children somebody may look up: key, name, colour."""
        actor.require(Permission.READ)
        own = self._scope.classes(actor)
        return tuple(
            (one.id, one.name, one.colour)
            for one in self._load().classes.values()
            if own is None or one.id in own
        )

    # -- the list

    def _load(self) -> Known:
        """Everybody; kept until something is committed. What is half typed (drafts) changes nothing in it."""
        state = self._database.commits_beside("draft"), day_of(self._clock())
        if self._known is None or self._known_of != state:
            self._known, self._known_of = self._read(None), state
        return self._known

    def _read(self, only: Collection[ChildId] | None) -> Known:
        """What the list says of everybody, or of some."""
        database, today = self._database, day_of(self._clock())
        known = Known(
            today,
            record_rows.list_children(database, only),
            record_rows.list_places(database, today, only),
            record_rows.list_kin(database, only),
            record_acts.list_values_of_all(database, "child", _ASKED, only),
            record_papers.consents_given(database, only),
            record_papers.paper_kinds(database, only),
            record_rows.visit_spans(database, only),
            self._due(today, only),
            {one.id: one for one in centre.list_classes(database, today)},
        )
        sounds = {base.id: base.pinyin for base in known.bases}
        made = [self._row(known, base) for base in known.bases]
        made.sort(key=lambda row: words.order_of(row, known, sounds))
        known.rows = {row.child: row for row in made}
        return known

    def _row(self, known: Known, base: ChildBase) -> RecordRow:
        values = known.values.get(base.id, {})
        exam = self._exam(known, base, values.get("exam_on", ""), exact=False)
        facts = words.facts_of(known, base, values, exam.due)
        ends = [known.due[base.id]] if base.id in known.due else []
        if insured := values.get("insured_until"):
            ends.append((dt.date.fromisoformat(insured), ""))
        due = due_of = ""
        if ends:  # the soonest is said
            day, due_of = min(ends)
            what = dict(PAPER_KINDS).get(due_of, "意外险")
            due = words.due_words(what, day, known.today, self._remind(known.today))
        return words.row_of(known, base, len(list_gaps(facts, record_rules.need_rules())), due, due_of)

    def _remind(self, today: dt.date) -> int:
        return record_rules.validity(self._database, today).remind_days

    def _due(self, today: dt.date, only: Collection[ChildId] | None) -> dict[ChildId, tuple[dt.date, str]]:
        """What of each child's papers expires soonest, among what is to be reminded of."""
        found: dict[ChildId, tuple[dt.date, str]] = {}
        remind = self._remind(today)
        for one in record_papers.list_expiring(self._database, today + dt.timedelta(days=remind), only):
            if one.expires_on is not None:
                found.setdefault(one.child, (one.expires_on, one.kind))
        return found

    def _exam(self, known: Known, base: ChildBase, exam_on: str, *, exact: bool) -> ExamState:
        """How the exam stands; the list asks only for the last visit, the record for every day."""
        rule = record_rules.validity(self._database, known.today)
        span = known.spans.get(base.id)
        days: tuple[dt.date, ...] = () if span is None else (span[1],)
        if exact and span is not None:
            days = record_rows.visit_days(self._database, base.id)
        first = None if span is None else span[0]
        return exam_of(exam_on, days, known.places.get(base.id), rule, known.today, first)

    # -- one record

    def _adults(self, child: ChildId, today: dt.date) -> tuple[AdultCard, ...]:
        bars = record_papers.list_barrings(self._database, child)
        ties = people.list_adults(self._database, child, today)
        taken = [one.id for one in ties if one.tie.barred or alarms.list_said(self._database, one.id)]
        traits = alarms.list_kept_traits(self._database, taken)
        cleared = alarms.list_standing(self._database, [one.id for one in ties if one.tie.barred], today)
        names = self._names() if cleared else {}
        formers = list_formers(self._database, [one.id for one in ties])
        found = []
        for one in ties:
            values = adult_values(self._database, child, one.id, today)
            bar = bars.get(one.id)
            found.append(
                AdultCard(
                    adult=one.id,
                    name=one.name,
                    relation=one.tie.relation,
                    phone=mask_phone(one.phone),
                    chips=words.adult_chips(one, today),
                    bar_words="" if bar is None else words.bar_words(bar, today),
                    fields=words.adult_fields(values),
                    has_number="document_number" in values,
                    traits=tuple(
                        (key, words.trait_words(kind, value))
                        for adult, key, kind, value in traits
                        if adult == one.id
                    ),
                    formers=words.former_words(one, formers.get(one.id, ())),
                    others=tuple(
                        (alarm.id, words.cleared_words(alarm, names))
                        for alarm in cleared
                        if alarm.barred == one.id
                    ),
                )
            )
        return tuple(found)

    def _consents(self, child: ChildId, today: dt.date) -> tuple[ConsentRow, ...]:
        kept = record_papers.list_consents(self._database, child)
        made = []
        for text in record_rules.consent_texts(today):
            own = [one for one in kept if one.purpose == text.purpose]
            now = next((one for one in own if not one.ended), None)
            said = "" if now is None else words.consent_words(now, text.version)
            before = [f"{one.day} {one.signer} {ANSWERS[one.answer]}" for one in own if one is not now]
            made.append(
                ConsentRow(
                    text.purpose, text.label, text.text, text.version, "" if now is None else now.answer,
                    said, tuple(before),
                )
            )  # fmt: skip
        return tuple(made)

    def _papers(self, child: ChildId, today: dt.date) -> tuple[PaperRow, ...]:
        remind = record_rules.validity(self._database, today).remind_days
        found = record_papers.list_papers(self._database, child)
        return tuple(words.paper_row(one, today, remind) for one in found)

    def _history(self, actor: Actor, child: ChildId) -> tuple[HistoryRow, ...]:
        """Newest first, also of the records merged into this one and of her adults' numbers looked at.

        Above it stands what is still to be decided: which of two stays is too many.
        """
        if not actor.may(Permission.KEEP_RECORDS):
            return ()
        keys = (child, *merging.list_merged(self._database, "child", child))
        adults = [one.id for one in people.list_adults(self._database, child, day_of(self._clock()))]
        formers = list_formers(self._database, adults)
        adults += [former.id for own in formers.values() for former in own]
        acts = record_acts.list_acts(self._database, keys, adults, _ALL)
        newest = next((act.id for act in acts if act.undone_at is None), 0)
        rows = [words.history_row(act, self._undo_of(act, newest), actor) for act in acts]
        for key in keys:
            for line in audit.list_lines(self._database, "child", key):
                if line.verb not in _TOLD:
                    rows.append(words.audit_row(line, self._names()))
        first = surplus_rows(self._database, child, actor)
        return (*first, *sorted(rows, key=lambda row: row.at, reverse=True))

    def _undo_of(self, act: Act, newest: int) -> Undo | None:
        """The last change can be taken back, and every merging of today."""
        if act.undone_at is not None:
            return None
        if act.verb in {"merge_children", "merge_adults"}:
            key = merging.find_key(self._database, act.id)
            today = day_of(act.at) == day_of(self._clock())
            return Undo("records.merge", key, act.label) if today and key is not None else None
        return Undo("records.act", act.id, act.label) if act.id == newest else None

    def _names(self) -> dict[int, str]:
        return people.staff_names(self._database)
