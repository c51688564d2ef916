"""The adults of a child: who they are, what they may, and by which paper one must not (58号文 Art 30)."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.ids import AdultId, ChildId, StaffId
from app.domain.names import clean_text, search_keys
from app.domain.record_fields import BARRING_FIELDS, spec_of
from app.domain.records import RecordError, check_collector
from app.domain.staff import Actor, Permission, Role
from app.services import record_values as values_of
from app.services.alarms import IN_FAMILY, raise_alarm
from app.services.bars import Stranger, find_disguised, likely_barred
from app.services.callers import check_vouching, find_young
from app.services.pins import Pins
from app.services.record_drafts import RecordDrafts, Slot, end_draft
from app.services.told_births import check_told, keep_told
from app.store import alarms, callers, children, people, record_acts, record_papers, record_rows
from app.store.database import Clock, Database, Unit
from app.store.people import AdultOf, NewAdult
from app.store.record_acts import Change
from app.store.record_papers import Barring
from app.store.stamps import day_of

AdultAnswers = Mapping[str, str]
_PERSON = ("name", "phone", "born_on", "identity_seen", "document_number")
_RENAMED = "此人被禁止接走，改姓名、电话或证件号要由园长登录后办理；原来的会留作特征，门口照样认得出。"
_REFUSED = (
    "此人被认作过禁止接走的人，还没有确认是另一个人。改姓名、电话或证件号要由园长登录后办理；"
    "原来的会留作特征，门口照样认得出。"
)
_KNOWN_BY = {"name": "nickname", "phone": "phone", "document_number": "identity"}
_MORE_TRUST = frozenset({"name", "phone", "document_number", "is_guardian", "may_collect"})
_TIE = ("relation", *values_of.TIE_FLAGS)


class Family:
    """The verbs of the page 家人."""

    def __init__(self, database: Database, clock: Clock, drafts: RecordDrafts, pins: Pins) -> None:
        self._database = database
        self._clock = clock
        self._drafts = drafts
        self._pins = pins

    def read(self, answers: AdultAnswers, today: dt.date, prefix: str = "") -> dict[str, str]:
        """What was typed of an adult, as it is kept.

        Raises:
            RecordError: a required field is empty, a minor who collects, or somebody barred who collects or
                without the paper that says so; ``field`` names the field, after ``prefix``.
        """
        try:
            read = values_of.read_answers("adult", answers, today)
            _check(read, today)
        except RecordError as error:
            raise RecordError(error.sentence, field=f"{prefix}{error.field or 'name'}") from error
        return read

    def read_new(self, answers: AdultAnswers, today: dt.date, prefix: str = "") -> dict[str, str]:
        """The same of an adult who is added, and is perhaps on file in another family.

        Raises:
            RecordError: as ``read``; or another birth date is on file, or one by which she may not collect.
        """
        read = self.read(answers, today, prefix)
        check_told(self._database, read, today, prefix)
        return read

    def add_adult(
        self, actor: Actor, child: ChildId, answers: AdultAnswers, draft: Slot | None = None
    ) -> Done[AdultId]:
        """Add an adult to a child. One of the same name and number on file (a sibling's) is the same person.

        The same unit of work ends the ``draft``.

        Raises:
            RecordError: as ``read_new``; or she is one of this child's adults already.
            BarredAlarmError: she is like somebody barred from the child: a second person has to look.
        """
        actor.require(Permission.KEEP_RECORDS)
        today = day_of(self._clock())
        name = self._name(child)
        read = self.read_new(answers, today)
        own = people.list_adults(self._database, child, today)
        twin = next((one for one in own if (one.name, one.phone) == (read["name"], read["phone"])), None)
        if twin is not None:
            msg = f"{twin.name}（{twin.tie.relation}）已经在家人里了，请直接修改。"
            raise RecordError(msg, field="name")
        refuse_disguised(self._database, actor, (child, name), read, own)
        with self._database.unit(actor.id, "add_adult") as unit:
            act = record_acts.add_act(unit, "child", child, f"添加家人 {read['name']}")
            adult = self.write_new(unit, act, child, read, len(own), actor.id)
            end_draft(unit, actor, draft)
            unit.audit("adult", adult, f"{name} 添加家人 {read['name']} {read['relation']}")
        return Done(adult, _changes(child), Undo("records.act", act, f"添加家人 {read['name']}"))

    def change_adult(
        self,
        actor: Actor,
        child: ChildId,
        adult: AdultId,
        answers: AdultAnswers,
        draft: Slot | None = None,
        own_pin: str = "",
    ) -> Done[None]:
        """Change an adult of a child; fields not named stay. The same unit ends the ``draft``.

        ``own_pin`` is the director's, where she lifts a bar; also where she makes a guardian or gives one
        another number: who has a PIN vouches for it, and it speaks on the telephone at once.

        Raises:
            RecordError: as ``read``; without the director, lifting a bar or changing by what somebody barred,
                or taken for him, is known; nobody could be rung any more, for this child or another of his.
            BarredAlarmError: she would be like somebody barred from the child: a second person has to look.
            SecondPersonError, WrongPinError: it takes the director's PIN: not typed, or not old enough.
        """
        actor.require(Permission.KEEP_RECORDS)
        today = day_of(self._clock())
        before = values_of.adult_values(self._database, child, adult, today)
        typed = {**{name: before.get(name, "") for name in _all_fields()}, **answers}
        after = self.read(typed, today)
        lifts = bool(before.get("barred")) and not after.get("barred")
        if lifts and actor.role is not Role.DIRECTOR:
            raise RecordError("解除“禁止接走”要由园长登录后办理，并看过新的文书。", field="barred")
        self._check_rung(child, adult, before, after)
        changed = [name for name in _all_fields() if before.get(name, "") != after.get(name, "")]
        if not changed:
            self._drafts.settle(actor, draft)
            return Done(None)
        if set(changed) & _MORE_TRUST and not (after.get("barred") or before.get("barred")):
            own = people.list_adults(self._database, child, today)
            refuse_disguised(self._database, actor, (child, self._name(child)), after, own, adult)
        known = known_by(self._database, adult, before, changed)
        if known and actor.role is not Role.DIRECTOR:
            raise RecordError(renamed_words(self._database, adult), field=known[0][0])
        vouches = _is_calling(after, changed) and self._pins.has_own(actor) and actor.role is Role.DIRECTOR
        if lifts or vouches:
            self._pins.prove_own(actor, own_pin)
        if vouches and "phone" not in changed:  # a number that was there before
            check_vouching(self._pins, actor, (find_young(self._database, child, adult, today),))
        words = f"{after['name']} 改 {'、'.join(spec_of('adult', name).label for name in changed)}"
        with self._database.unit(actor.id, "change_adult") as unit:
            act = record_acts.add_act(unit, "child", child, words)
            for name in _PERSON:
                if name in changed:
                    change = Change("adult", adult, name, before.get(name, ""), after.get(name, ""))
                    values_of.apply(unit, act, change)
            if vouches:
                callers.vouch(unit, act, adult, "修改时核实")
            for _, kind, value in known:
                alarms.add_trait(unit, adult, kind, value, actor.id)
            self._replace_rows(unit, act, (child, adult), after, set(changed))
            end_draft(unit, actor, draft)
            unit.audit("adult", adult, f"{self._name(child)} 的家人 {words}")
        return Done(None, _changes(child), Undo("records.act", act, words))

    def end_adult(self, actor: Actor, child: ChildId, adult: AdultId, reason: str) -> Done[None]:
        """An adult is none of the child's any more; everything stays on file.

        Raises:
            RecordError: no reason, somebody barred (that has to be lifted first), or nobody could be rung.
        """
        actor.require(Permission.KEEP_RECORDS)
        today = day_of(self._clock())
        why = clean_text(reason, "原因", "reason")
        if not why:
            raise RecordError("请写明为什么移除，如“妈妈要求，不再接送”。", field="reason")
        values = values_of.adult_values(self._database, child, adult, today)
        if values.get("barred"):
            raise RecordError(
                "被禁止接走的人不能移除，否则门口就认不出来了。要解除请园长修改。", field="reason"
            )
        self._check_reachable(child, adult, today)
        key = record_rows.find_tie_row(self._database, child, adult)
        with self._database.unit(actor.id, "end_adult") as unit:
            words = f"移除家人 {values['name']}（{values['relation']}）：{why}"
            act = record_acts.add_act(unit, "child", child, words)
            people.end_tie(unit, child, adult)
            tie = values_of.tie_words(values_of.tie_of(values, 0))
            change = Change("child", child, "tie", f"{values['name']} {tie}", "", key, None)
            record_acts.add_change(unit, act, change)
            unit.audit("adult", adult, f"{self._name(child)} {words}")
        return Done(None, _changes(child), Undo("records.act", act, f"移除家人 {values['name']}"))

    def write_new(
        self, unit: Unit, act: int, child: ChildId, values: AdultAnswers, sort: int, staff: StaffId
    ) -> AdultId:
        """Write an adult and her tie inside a unit of another verb."""
        # Without a number a name is nobody in particular.
        adult = people.find_adult(unit, values["name"], values["phone"]) if values["phone"] else None
        if adult is None:
            keys = search_keys(values["name"])
            adult = people.add_adult(
                unit, NewAdult(values["name"], values["phone"], keys.pinyin, keys.initials)
            )
        born = dt.date.fromisoformat(values["born_on"]) if values.get("born_on") else None
        for told in keep_told(unit, adult, born, identity_seen=bool(values.get("identity_seen"))):
            record_acts.add_change(unit, act, told)
        before = record_acts.list_values(unit, "adult", adult)
        held, number = (one.get("document_number", "") for one in (before, values))
        if number and number != held:
            for _, kind, value in known_by(unit, adult, before, ["document_number"]):
                alarms.add_trait(unit, adult, kind, value, staff)
            record_acts.add_change(unit, act, Change("adult", adult, "document_number", held, number))
        tie = values_of.tie_of(values, sort)
        people.add_tie(unit, child, adult, tie)
        key = record_rows.find_tie_row(unit, child, adult)
        words = f"{values['name']} {values_of.tie_words(tie)}"
        record_acts.add_change(unit, act, Change("child", child, "tie", "", words, None, key))
        if tie.barred:
            self._replace_barring(unit, act, child, adult, values)
        return adult

    def _replace_rows(
        self, unit: Unit, act: int, pair: tuple[ChildId, AdultId], after: AdultAnswers, changed: set[str]
    ) -> None:
        if changed & set(_TIE):
            self._replace_tie(unit, act, *pair, after)
        if changed & {"barred", *BARRING_FIELDS}:
            self._replace_barring(unit, act, *pair, after)

    def _replace_tie(self, unit: Unit, act: int, child: ChildId, adult: AdultId, after: AdultAnswers) -> None:
        old = next(one for one in people.list_adults(unit, child, day_of(unit.at)) if one.id == adult)
        before_row = record_rows.find_tie_row(unit, child, adult)
        tie = values_of.tie_of(after, old.tie.sort)
        if not tie.barred:  # nobody is barred for one day only
            tie = dataclasses.replace(tie, only_day=old.tie.only_day)
        people.end_tie(unit, child, adult)
        people.add_tie(unit, child, adult, tie)
        before, value = (f"{old.name} {values_of.tie_words(one)}" for one in (old.tie, tie))
        row = record_rows.find_tie_row(unit, child, adult)
        record_acts.add_change(unit, act, Change("child", child, "tie", before, value, before_row, row))

    def _replace_barring(
        self, unit: Unit, act: int, child: ChildId, adult: AdultId, after: AdultAnswers
    ) -> None:
        old = record_papers.list_barrings(unit, child).get(adult)
        if old is not None:
            record_acts.end_row(unit, "barring", old.id)
        new, key = None, None
        if after.get("barred"):
            new = _barring(child, adult, after)
            key = record_papers.add_barring(unit, new)
        before, value = (_bar_words(one) for one in (old, new))
        row = None if old is None else old.id
        record_acts.add_change(unit, act, Change("child", child, "barring", before, value, row, key))

    def _check_reachable(self, child: ChildId, without: AdultId, today: dt.date) -> None:
        rest = [one for one in people.list_adults(self._database, child, today) if one.id != without]
        if not any(_reachable(one) for one in rest):
            msg = "这样就没有打得通电话的家人了。请先添加另一位家人和电话。"
            raise RecordError(msg, field="phone")

    def _check_rung(self, child: ChildId, adult: AdultId, before: AdultAnswers, after: AdultAnswers) -> None:
        """Pass if somebody can be rung for this child, and for each other of the adult's, after a change."""
        today = day_of(self._clock())
        if after.get("barred") or not after.get("phone"):
            self._check_reachable(child, adult, today)
        if before.get("phone") and not after.get("phone"):
            self._check_others_reachable(child, adult, today)

    def _check_others_reachable(self, child: ChildId, adult: AdultId, today: dt.date) -> None:
        """A number is a person's: without it his other children must have somebody who can be rung, too."""
        for other in record_rows.children_of(self._database, adult):
            family = people.list_adults(self._database, other, today)
            if other == child or not any(one.id == adult and _reachable(one) for one in family):
                continue
            if not any(_reachable(one) for one in family if one.id != adult):
                msg = f"这样{self._name(other)}就没有打得通电话的家人了。请先给这个孩子添加另一位家人和电话。"
                raise RecordError(msg, field="phone")

    def _name(self, child: ChildId) -> str:
        found = children.find_child(self._database, child)
        if found is None:
            raise RecordError("没有找到这份档案，请刷新后再试。")
        return found.name


def _is_calling(after: AdultAnswers, changed: Sequence[str]) -> bool:
    """Whether a change lets a guardian be known by another number, or a number be a guardian's."""
    return bool(
        after.get("is_guardian") and not after.get("barred") and {"phone", "is_guardian"} & set(changed)
    )


def known_by(
    database: Database | Unit, adult: AdultId, before: AdultAnswers, changed: Sequence[str]
) -> list[tuple[str, str, str]]:
    """By what somebody barred from any child, or taken for one and not found to be another, would be known
    no more: field, kind of trait, and value.

    Empty for everybody else, and where only something is filled in.
    """
    lost = [
        (name, kind, before[name]) for name, kind in _KNOWN_BY.items() if name in changed and before.get(name)
    ]
    return lost if lost and alarms.is_watched(database, adult) else []


def renamed_words(database: Database | Unit, adult: AdultId) -> str:
    """Why it takes the director to change by what somebody is known (``known_by``)."""
    return _RENAMED if people.is_barred(database, adult) else _REFUSED


def refuse_disguised(
    database: Database,
    actor: Actor,
    child: tuple[ChildId, str],
    values: AdultAnswers,
    own: Iterable[AdultOf],
    adult: AdultId | None = None,
    *,
    as_at_door: bool = False,
) -> None:
    """Pass unless who is written down as a child's adult is like one barred from her, or from one like her.

    Args:
        database: the file.
        actor: who writes.
        child: key and name.
        values: the adult as read.
        own: the adults the child has.
        adult: the one who is changed.
        as_at_door: ask of all that the door asks, a shared number as well.

    Raises:
        BarredAlarmError: he is, and no second person has found him to be another.
    """
    if values.get("barred"):
        return
    number, today = values.get("document_number", ""), day_of(database.clock())
    known = Stranger(values["name"], values["relation"], values["phone"], number, adult)
    found = find_disguised(database, child[0], known, own, today)
    if as_at_door:
        found = likely_barred(database, child[0], known, today)
    for barred, marks in found:
        raise_alarm(database, actor, child, known, (barred, marks), "bring", today, IN_FAMILY)


def _all_fields() -> tuple[str, ...]:
    return (*_PERSON, *_TIE, *BARRING_FIELDS)


def is_reachable(database: Database | Unit, child: ChildId, today: dt.date) -> bool:
    """Whether anybody of a child's family can be rung on any day."""
    return any(_reachable(one) for one in people.list_adults(database, child, today))


def _reachable(adult: AdultOf) -> bool:
    return bool(adult.phone) and not adult.tie.barred and adult.tie.only_day is None


def _check(read: dict[str, str], today: dt.date) -> None:
    values_of.require("adult", read, "name", "relation")
    if not read.get("barred"):
        values_of.require("adult", read, "phone")
    read.setdefault("phone", "")
    if read.get("document_number"):
        identity = values_of.identity_of(read["document_number"], today)
        read["document_number"] = identity.number
        read["born_on"] = read.get("born_on") or identity.born.isoformat()
        if read["born_on"] != identity.born.isoformat():
            msg = f"身份证上的生日是 {identity.born}，这里写的不同，请核对。"
            raise RecordError(msg, field="born_on")
    if read.get("barred"):
        if read.get("may_collect"):
            raise RecordError("被禁止接走的人不能同时“可以接孩子”，请去掉一项。", field="may_collect")
        values_of.require("adult", read, "paper_kind")
    else:
        for name in BARRING_FIELDS:
            read[name] = ""
    born = dt.date.fromisoformat(read["born_on"]) if read.get("born_on") else None
    if read.get("may_collect"):
        check_collector(
            read["name"], read["relation"], born, today, identity_seen=bool(read.get("identity_seen"))
        )


def _barring(child: ChildId, adult: AdultId, after: AdultAnswers) -> Barring:
    on, until = (
        dt.date.fromisoformat(after[name]) if after.get(name) else None
        for name in ("paper_on", "valid_until")
    )
    return Barring(child, adult, after["paper_kind"], after.get("paper_number", ""), on, until)


def _bar_words(bar: Barring | None) -> str:
    if bar is None:
        return ""
    until = f" 至 {bar.valid_until}" if bar.valid_until else ""
    return f"{bar.paper_kind} {bar.paper_number}".strip() + until


def _changes(child: ChildId) -> Changes:
    return Changes(frozenset({Topic.CHILDREN}), frozenset({child}))
