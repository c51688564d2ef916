"""Two records of one person become one; for the rest of the day they can be parted again (``parting``)."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.ids import AdultId, ChildId
from app.domain.joining import Difference, Side, Way, join_allergies, longer_bar
from app.domain.life import Owner
from app.domain.records import RecordError
from app.domain.staff import Actor, Permission
from app.services import merge_checks as checks
from app.services import merge_days
from app.services import merge_faces as faces
from app.services import merge_sides as sides
from app.services.merge_sides import Sides
from app.services.merge_ties import WEIGHTY, TieJoin, join_ties
from app.services.parting import KNOWN_BY, Parting, set_known
from app.services.record_drafts import RecordDrafts
from app.services.record_family import refuse_disguised
from app.services.record_values import adult_values, allergy_value, apply, child_values, tie_words
from app.services.surplus import Surplus
from app.store import alarms, life, merge_pairs, merging, parting, people, record_acts, record_rows
from app.store.database import Clock, Database, Unit
from app.store.merge_days import list_day_pairs
from app.store.merge_pairs import TieRow
from app.store.record_acts import Change
from app.store.stamps import day_of

Choices = Mapping[str, Side]
_NONE: Choices = {}


class Merging:
    """Visits, receipts, consents, adults … of the merged record are found with the kept one afterwards."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._parting = Parting(database, clock)
        self.surplus = Surplus(database)

    def compare_children(self, actor: Actor, kept: ChildId, merged: ChildId) -> Sides:
        """Two records of a child side by side: what differs, and what becomes of it.

        Raises:
            RecordError: one of them is not there any more.
        """
        actor.require(Permission.KEEP_RECORDS)
        today = day_of(self._clock())
        found = sides.child_sides(self._database, kept, merged, today)
        open_ = RecordDrafts(self._database).unfinished(actor)
        if half := "、".join(one.title for one in open_ if one.slot.child == merged):
            words = f"并入的档案还有没写完的（{half}）：要用就先保存。合并后不再提示，分开才会回来。"
            found = dataclasses.replace(found, notes=(*found.notes, words))
        try:
            self._check_children(kept, merged)
        except RecordError as error:
            return Sides(found.kept, found.merged, found.lines, found.notes, error.sentence)
        told = tuple(
            f"{one.name} 很像另一份档案里被禁止接走的{barred.name}：合并时会报警，要另一位同事核对。"
            for one, barred in checks.list_disguised(self._database, (kept, merged), today)
        )
        return replace(found, notes=(*told, *found.notes)) if told else found

    def compare_adults(self, actor: Actor, child: ChildId, kept: AdultId, merged: AdultId) -> Sides:
        """Two records of an adult side by side, as they stand with one child.

        Raises:
            RecordError: one of them is none of the child's adults any more.
        """
        actor.require(Permission.KEEP_RECORDS)
        today = day_of(self._clock())
        found = sides.adult_sides(self._database, child, kept, merged, today)
        try:
            self._join_adults(child, kept, merged, _NONE)
        except RecordError as error:
            return Sides(found.kept, found.merged, found.lines, found.notes, error.sentence)
        return found

    def merge_children(
        self, actor: Actor, kept: ChildId, merged: ChildId, choices: Choices = _NONE
    ) -> Done[ChildId]:
        """Merge one child's record into another.

        What is told of health adds up, what the kept one lacks is filled in; ``choices`` says by the first
        field of each other part whose value stays. That somebody is a guardian or may collect by the younger
        record alone has to be chosen (``TieJoin.choice``). The latest answer to each purpose of consent
        holds. Of two measurings or absences of one day one is chosen (``merge_days``).

        Raises:
            RecordError: as ``merge_checks.check_children`` and ``check_said``; two sexes or faces, or perhaps
                twins, and no choice (``merge_faces``); or one of them is not there any more.
            BarredAlarmError: an adult of one is like somebody whom the other bars.
        """
        actor.require(Permission.KEEP_RECORDS)
        today = day_of(self._clock())
        one, other = self._check_children(kept, merged)
        checks.check_sex(one, other, choices)
        joins = join_ties(self._database, "child", kept, merged, today, choices=choices)
        names = sides.adult_names(self._database, (kept, merged), today)
        checks.check_said(self._database, joins, names, choices)
        faces.check_twins(self._database, (kept, merged), one, other, choices, today)
        faces.check_faces(self._database, "child", kept, merged, choices)
        self._refuse_barred(actor, (kept, one["name"]), merged, today)
        found = sides.child_differences(one, other)
        twice = checks.double_bookings(self._database, (kept, merged), today)
        words = f"合并档案：{other['name']} 并入 {one['name']}"
        with self._database.unit(actor.id, "merge_children") as unit:
            act = record_acts.add_act(unit, "child", kept, words)
            number = other.get("document_number", "")
            key = merging.add_merging(unit, "child", kept, merged, act, number)
            document = _document_of(found, choices)
            if document is not None:  # it may be held once only
                record_rows.set_column(unit, "child", merged, "document_number", "")
            _write(unit, act, "child", kept, (one, found), choices)
            if document is not None and one.get("document_number"):
                # The other number stays known: nobody else is to be entered with it.
                record_rows.set_column(unit, "child", merged, "document_kind", one.get("document_kind", ""))
                record_rows.set_column(unit, "child", merged, "document_number", one["document_number"])
            self._join_allergies(unit, act, kept, one, other)
            _settle_ties(unit, key, act, "child", kept, joins)
            _settle_bars(unit, key, "child", kept, merged)
            for mine, theirs, side in sides.consent_sides(unit, kept, merged):
                merging.end_row(unit, key, "consent", theirs.id if side is Side.KEPT else mine.id)
            merge_days.end_away(unit, key, merge_days.list_away_over(unit, kept, merged))
            merge_days.settle(unit, key, list_day_pairs(unit, kept, merged), choices)
            for booked in twice:
                merging.end_row(unit, key, "booking", booked.id)
            faces.settle_faces(unit, key, "child", kept, merged, choices)
            self._move_life(unit, key, kept, merged, today)
            record_rows.end_record(unit, "child", merged, kept)
            self._note_state(unit, key)
            unit.audit("child", kept, words)
            unit.audit("child", merged, words)
        children = frozenset({kept, merged})
        return Done(kept, _changes(children), Undo("records.merge", key, words))

    def merge_adults(
        self, actor: Actor, child: ChildId, kept: AdultId, merged: AdultId, choices: Choices = _NONE
    ) -> Done[AdultId]:
        """Merge two records of one adult of a child (or of brothers and sisters).

        Of what either may the stronger holds, unless somebody took it away; that she is a guardian or may
        collect by the younger record alone has to be chosen for each child (``TieJoin.choice``). A name and a
        number that do not stay are found all the same, and of somebody barred they alarm
        (``people.list_former``).

        Raises:
            RecordError: as ``merge_checks.check_adults`` and ``check_said``; two faces and no choice; a minor
                would collect; or one of them is none of the child's adults any more.
            BarredAlarmError: who may anything is by either like somebody barred: a second person has to look.
        """
        actor.require(Permission.KEEP_RECORDS)
        one, other, found, joins = self._join_adults(child, kept, merged, choices)
        checks.check_said(self._database, joins, {kept: one["name"], merged: one["name"]}, choices, "权限")
        faces.check_faces(self._database, "adult", kept, merged, choices)
        self._refuse_disguised(actor, (kept, merged), (one, other, found), joins, choices)
        words = f"合并家人：{other['name']} 并入 {one['name']}"
        with self._database.unit(actor.id, "merge_adults") as unit:
            act = record_acts.add_act(unit, "child", child, words)
            key = merging.add_merging(unit, "adult", kept, merged, act)
            own = tuple(each for each in found if each.part.name != "relation")  # it lies in the tie
            _write(unit, act, "adult", kept, (one, own), choices)
            _leave_known(unit, merged, one, own, choices)
            _settle_ties(unit, key, act, "adult", kept, joins)
            _settle_bars(unit, key, "adult", kept, merged)
            faces.settle_faces(unit, key, "adult", kept, merged, choices)
            merging.move_rows(unit, self._database, key, "adult", kept, merged)
            record_rows.end_record(unit, "adult", merged, kept)
            self._note_state(unit, key)
            unit.audit("adult", kept, words)
        children = frozenset({child, *(each.child for each in joins)})
        return Done(kept, _changes(children), Undo("records.merge", key, words))

    def undo(self, actor: Actor, key: int) -> Done[None]:
        """Part what was merged today (``Parting.undo``)."""
        return self._parting.undo(actor, key)

    def _check_children(self, kept: ChildId, merged: ChildId) -> tuple[Mapping[str, str], Mapping[str, str]]:
        one, other = (child_values(self._database, key) for key in (kept, merged))
        checks.check_children(self._database, (kept, merged), one, other, day_of(self._clock()))
        return one, other

    def _refuse_barred(
        self, actor: Actor, kept: tuple[ChildId, str], merged: ChildId, today: dt.date
    ) -> None:
        """Nobody whom one record bars stands with the joint one as another adult: as by entering him."""
        for one, barred in checks.list_disguised(self._database, (kept[0], merged), today):
            values = {"name": one.name, "relation": one.tie.relation, "phone": one.phone}
            refuse_disguised(self._database, actor, kept, values, (barred,), one.id)

    def _join_adults(
        self, child: ChildId, kept: AdultId, merged: AdultId, choices: Choices
    ) -> tuple[Mapping[str, str], Mapping[str, str], tuple[Difference, ...], tuple[TieJoin, ...]]:
        today = day_of(self._clock())
        one, other = (adult_values(self._database, child, key, today) for key in (kept, merged))
        checks.check_adults(self._database, (kept, merged), one, other)
        found = sides.adult_differences(one, other)
        after = {**one, **{name: value for each in found for name, value in each.values(choices).items()}}
        chosen = any(each.part.name == "relation" and each.way is Way.CHOOSE for each in found)
        relation = (child, after["relation"]) if chosen else None
        joins = join_ties(self._database, "adult", kept, merged, today, relation, choices)
        checks.check_collectors(joins, after, today)
        return one, other, found, joins

    def _refuse_disguised(
        self,
        actor: Actor,
        pair: tuple[AdultId, AdultId],
        what: tuple[Mapping[str, str], Mapping[str, str], tuple[Difference, ...]],
        joins: tuple[TieJoin, ...],
        choices: Choices,
    ) -> None:
        """Nobody barred comes by under a second name: each of the two is asked about as one who is changed.

        Where the door has stopped either, all that the door asks counts: a clearance is about him who was
        looked at, and from now on it holds for both.
        """
        one, other, found = what
        after = {**one, **{name: value for each in found for name, value in each.values(choices).items()}}
        stopped = any(alarms.list_said(self._database, key) for key in pair)
        renamed = any(after.get(name) != one.get(name) for name in ("name", "phone", "document_number"))
        today = day_of(self._clock())
        for join in (*joins, *_kept_alone(self._database, pair[0], joins)):
            may = any(getattr(join.tie, name) for name in WEIGHTY)
            if join.tie.barred or not (may or stopped or renamed):
                continue
            who = (join.child, child_values(self._database, join.child)["name"])
            family = people.list_adults(self._database, join.child, today)
            ties = (join.tie, join.tie if join.merged is None else join.merged.tie)
            for key, values, tie in zip(pair, (after, other), ties, strict=True):
                told = {"phone": "", **values, "relation": tie.relation, "barred": ""}
                refuse_disguised(self._database, actor, who, told, family, key, as_at_door=stopped)

    def _join_allergies(
        self, unit: Unit, act: int, kept: ChildId, one: Mapping[str, str], other: Mapping[str, str]
    ) -> None:
        before, after = allergy_value(one), join_allergies(one, other)
        if after != before:
            apply(unit, act, Change("child", kept, "allergy", before, after))

    def _move_life(self, unit: Unit, key: int, kept: ChildId, merged: ChildId, today: dt.date) -> None:
        """Move all rows; of two lives where one has only asked, the other goes on as it stood."""
        mine, other = (life.find_life(unit, Owner(child=child))[1] for child in (kept, merged))
        counts, aside = checks.weigh(mine, other, today)
        gone = merging.list_asking(unit, kept) if aside is mine and aside is not None else ()
        move_asking = aside is None or aside is not other
        merging.move_rows(unit, self._database, key, "child", kept, merged, asking=move_asking)
        merging.put_away(unit, key, gone, merged)
        if counts is not None:
            joint = life.find_life(unit, Owner(child=kept))[1]
            if not checks.tells_the_same(joint, counts, today):
                raise RecordError(checks.TANGLED)

    def _note_state(self, unit: Unit, key: int) -> None:
        found = merging.find_merging(unit, key)
        if found is not None:
            parting.note_state(unit, self._database, found)


def _kept_alone(database: Database, kept: AdultId, joins: tuple[TieJoin, ...]) -> list[TieJoin]:
    """What the kept adult is to those children who have no second record of her."""
    met = {one.child for one in joins}
    rows = merge_pairs.list_ties(database, "adult", kept)
    return [
        TieJoin(row.child, row, None, row.tie, frozenset())
        for row in rows
        if not row.ended and row.child not in met
    ]


def _document_of(found: tuple[Difference, ...], choices: Choices) -> str | None:
    """The number that the kept record takes over; None where it keeps its own."""
    one = next((each for each in found if each.part.name == "document_number"), None)
    if one is None:
        return None
    number = one.values(choices)["document_number"]
    return number if number and number != one.kept[0] else None


def _leave_known(
    unit: Unit, merged: AdultId, before: Mapping[str, str], found: tuple[Difference, ...], choices: Choices
) -> None:
    """The name and number that do not stay are held by the merged record, where they are found."""
    for one in found:
        field = one.part.name
        if field in KNOWN_BY and before.get(field) and one.values(choices)[field] != before[field]:
            set_known(unit, merged, field, before[field])


def _write(
    unit: Unit,
    act: int,
    subject: str,
    kept: int,
    what: tuple[Mapping[str, str], tuple[Difference, ...]],
    choices: Choices,
) -> None:
    before, found = what
    for one in found:
        for name, value in one.values(choices).items():
            if value != before.get(name, ""):
                apply(unit, act, Change(subject, kept, name, before.get(name, ""), value))


def _settle_ties(unit: Unit, key: int, act: int, subject: str, kept: int, joins: tuple[TieJoin, ...]) -> None:
    """Let one row of two hold, or a new one that says what both said."""
    for one in joins:
        child = kept if subject == "child" else one.child
        adult = one.adult if subject == "child" else kept
        held, stays = one.kept, _staying(one)
        for row in (held, one.merged):
            if row is not None and row != stays:
                merging.end_row(unit, key, "child_adult", row.id)
        new = None if stays is None else stays.id
        if new is None:
            new = merge_pairs.add_tie(unit, ChildId(child), AdultId(adult), one.tie)
            merging.note_row(unit, key, f"{merging.ADDED}child_adult", new)
        if one.said or (stays is None and (held is None or tie_words(held.tie) != tie_words(one.tie))):
            elder = one.merged if one.said and one.younger is Side.KEPT else held
            before = "" if elder is None else f"{_name(unit, adult)} {tie_words(elder.tie)}"
            value = f"{_name(unit, adult)} {tie_words(one.tie)}"
            row_before = None if held is None or held == stays else held.id
            record_acts.add_change(unit, act, Change("child", child, "tie", before, value, row_before, new))


def _staying(one: TieJoin) -> TieRow | None:
    """The row that says already what is to be; None where a new one has to."""
    rows = (one.merged if one.kept is None else None, one.kept)
    return next((row for row in rows if row is not None and row.tie == one.tie), None)


def _name(unit: Unit, adult: int) -> str:
    columns = record_rows.find_columns(unit, "adult", adult)
    return "" if columns is None else columns["name"]


def _settle_bars(unit: Unit, key: int, subject: str, kept: int, merged: int) -> None:
    for mine, other in merge_pairs.pair_barrings(unit, subject, kept, merged):
        side = longer_bar(mine.valid_until, other.valid_until)
        merging.end_row(unit, key, "barring", other.id if side is Side.KEPT else mine.id)


def _changes(children: frozenset[ChildId]) -> Changes:
    return Changes(frozenset({Topic.CHILDREN, Topic.VISITS, Topic.MONEY}), children)
