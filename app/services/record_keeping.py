"""Keeping children's records: a new one, any field of one, a look at what is masked, an undo."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.ids import AdultId, ChildId
from app.domain.names import search_keys
from app.domain.record_fields import CHILD_FIELDS, Kind, spec_of, split_list
from app.domain.records import RecordError
from app.domain.staff import Actor, Permission, Role
from app.services import record_values as values_of
from app.services.alarms import IN_FAMILY
from app.services.asked import hidden_fields
from app.services.bars import Stranger
from app.services.bound_words import words_of
from app.services.callers import list_good
from app.services.likeness import find_alike, refuse_barred_of
from app.services.pins import Pins
from app.services.record_drafts import RecordDrafts, Slot, end_draft
from app.services.record_family import AdultAnswers, Family, is_reachable, known_by, renamed_words
from app.services.told_births import TOLD
from app.store import alarms, children, record_acts, record_rows
from app.store.bound import list_bound
from app.store.callers import VOUCHED
from app.store.children import NewChild
from app.store.database import Clock, Database, Unit
from app.store.record_acts import Act, Change
from app.store.stamps import day_of

Answers = Mapping[str, str]
_IN_ROW = frozenset({"name", "nickname", "sex", "born_on", "document_kind", "document_number", "note"})
_MOST_ADULTS = 12

_NOBODY_LEFT = "撤销后就没有打得通电话的家人了。请先给孩子添加另一位家人和电话，再撤销。"


class RecordKeeping:
    """The verbs of a child's own fields. Adults are kept by ``family``."""

    def __init__(self, database: Database, clock: Clock, pins: Pins) -> None:
        self._database = database
        self._clock = clock
        self._pins = pins
        self.drafts = RecordDrafts(database)
        self.family = Family(database, clock, self.drafts, pins)

    def add_child(
        self, actor: Actor, answers: Answers, adults: Sequence[AdultAnswers], draft: Slot | None = None
    ) -> Done[ChildId]:
        """Put a child on file with her adults, in one unit of work, which also ends the ``draft``.

        Raises:
            RecordError: a required field is empty, no adult who can be rung (58号文 Art 24), or an
                identity number another child has. ``field`` names the field; of an adult ``adult2.phone``.
            BarredAlarmError: one of the adults is like somebody barred from a child she may be.
            RuleError: a text its field cannot hold.
        """
        actor.require(Permission.KEEP_RECORDS)
        today = day_of(self._clock())
        self._check_asked(answers, today)
        values = values_of.read_answers("child", answers, today)
        values.update(values_of.check_child(values, today))
        if values.get("allergy") != "unknown":
            values_of.require("child", values, "allergy_told")
        self._check_free(values, None)
        read = [
            self.family.read_new(one, today, f"adult{at}.")
            for at, one in enumerate(adults[:_MOST_ADULTS], 1)
            if any(text.strip() for text in one.values())
        ]
        if not any(one.get("phone") and not one.get("barred") for one in read):
            raise RecordError("至少要有一位打得通电话的家人，才能保存这份档案。", field="adult1.phone")
        self._refuse_barred(actor, values, read, today)
        with self._database.unit(actor.id, "add_child") as unit:
            child = _add_child(unit, values)
            act = record_acts.add_act(unit, "child", child, "新建档案")
            record_acts.add_change(unit, act, Change("child", child, "name", "", values["name"]))
            if values["allergy"] != "unknown":
                substances = split_list(values.get("allergens", ""))
                children.answer_allergy(unit, child, values["allergy"], substances)
            for name, value in values.items():
                if value and name not in _IN_ROW and name not in {"allergy", "allergens"}:
                    record_acts.add_change(unit, act, Change("child", child, name, "", value))
            for sort, one in enumerate(read):
                self.family.write_new(unit, act, child, one, sort, actor.id)
            end_draft(unit, actor, draft)
            unit.audit("child", child, f"{values['name']} 新建档案")
        return Done(child, _changes(child), Undo("records.act", act, f"{values['name']} 新建档案"))

    def change_child(
        self, actor: Actor, child: ChildId, answers: Answers, draft: Slot | None = None
    ) -> Done[None]:
        """Change fields of a child's record; those not named stay. The same unit ends the ``draft``.

        Raises:
            RecordError: as ``add_child``; also an allergy that would go without the health worker.
        """
        actor.require(Permission.KEEP_RECORDS)
        today = day_of(self._clock())
        self._check_asked(answers, today)
        before = values_of.child_values(self._database, child)
        read = values_of.read_answers("child", answers, today)
        after = {**before, **read}
        if "document_number" in answers or "document_kind" in answers:
            read.update(values_of.check_child(after, today))
        else:
            values_of.check_child({**after, "document_number": ""}, today)
        after.update(read)
        self._check_free(after, child)
        changes = _differences(child, before, after)
        if any(change.field == "allergy" for change in changes):
            _check_allergy(actor, before, after, read)
        if not changes:
            self.drafts.settle(actor, draft)
            return Done(None)
        labels = "、".join(spec_of("child", change.field).label for change in changes)
        with self._database.unit(actor.id, "change_child") as unit:
            act = record_acts.add_act(unit, "child", child, f"改 {labels}")
            for change in changes:
                values_of.apply(unit, act, change)
            end_draft(unit, actor, draft)
            unit.audit("child", child, f"{after['name']} 改 {labels}")
        return Done(None, _changes(child), Undo("records.act", act, f"{after['name']} 改 {labels}"))

    def unmask(self, actor: Actor, subject: str, key: int, field: str) -> Done[str]:
        """Show an identity or phone number in full; that somebody looked is written down (PIPL 51).

        Raises:
            RecordError: nothing is there to be shown.
        """
        actor.require(Permission.KEEP_RECORDS)
        spec = spec_of(subject, field)
        actor.require(spec.sight)
        columns = record_rows.find_columns(self._database, subject, key)
        kept = {**record_acts.list_values(self._database, subject, key), **(columns or {})}
        value = kept.get(field, "")
        if not value or not (spec.secret or spec.kind is Kind.PHONE):
            raise RecordError("这里没有遮住的号码。")
        with self._database.unit(actor.id, "unmask") as unit:
            unit.audit(subject, key, f"{kept.get('name', '')} 查看完整的{spec.label}")
        return Done(value)

    def undo(self, actor: Actor, act: int, own_pin: str = "") -> Done[None]:
        """Take the save back: what held before holds again, as a change of its own.

        ``own_pin`` is the actor's, where that lifts a bar.

        Raises:
            RecordError: undone before, changed again since, or a new record that is in use.
            SecondPersonError, WrongPinError: a bar would be lifted, and the actor has not typed her PIN.
        """
        actor.require(Permission.KEEP_RECORDS)
        found = record_acts.find_act(self._database, act)
        if found is None:
            raise RecordError("这次修改已经撤销过了。")
        return self.take_back(actor, found, own_pin)

    def take_back(self, actor: Actor, found: Act, own_pin: str = "") -> Done[None]:
        """Take a save back that another service kept; whoever asks has asked for the permission.

        With what the director vouched for in it go today's authorisations by phone that stood on that.

        Raises:
            RecordError, SecondPersonError, WrongPinError: as ``undo``.
        """
        if found.undone_at is not None:
            raise RecordError("这次修改已经撤销过了。")
        act = found.id
        subjects = {
            (found.subject, found.subject_id),
            *((one.subject, one.subject_id) for one in found.changes),
        }
        if any(record_rows.find_columns(self._database, *one) is None for one in subjects):
            raise RecordError("这份档案后来合并了，不能撤销合并以前的修改。请打开留下的档案直接改。")
        if not record_acts.is_current(self._database, act) or not self._rows_hold(found):
            raise RecordError("这里后来又改过，不能撤销。请打开档案直接改。")
        self._check_right(actor, found, own_pin)
        child = ChildId(found.subject_id) if found.subject == "child" else None
        if found.verb == "add_child" and child is not None:
            _check_bound(self._database, child)
        family, today = self._rung(found), day_of(self._clock())
        callers = {AdultId(one.subject_id) for one in found.changes if one.field == VOUCHED}
        good = list_good(self._database, callers, today)
        with self._database.unit(actor.id, "undo_record") as unit:
            again = record_acts.add_act(unit, found.subject, found.subject_id, f"撤销：{found.label}")
            record_acts.end_act(unit, act)
            if found.verb == "add_child" and child is not None:
                record_rows.set_column(unit, "child", child, "document_number", "")
                record_rows.end_record(unit, "child", child)
                # Who came with her may be on file with others; a number stays, it may name whom they bar.
                told = tuple(one for one in found.changes if one.field in TOLD and one.subject == "adult")
                found = dataclasses.replace(found, changes=told)
            _restore(unit, again, found)
            _keep_known(unit, found, actor)
            if not all(is_reachable(unit, one, today) for one in family):
                raise RecordError(_NOBODY_LEFT)
            record_acts.end_act(unit, again)  # an undo is not undone
            unit.audit(found.subject, found.subject_id, f"撤销：{found.label}")
        touched = {ChildId(found.subject_id)} if found.subject == "child" else set()
        left = list_good(self._database, callers, today)
        dead = "、".join(dict.fromkeys(who for key, who in good.items() if key not in left))
        also = f"凭这次担保给出的电话授权一起作废：{dead}。来接时按没有授权办。" if dead else ""
        topics = {Topic.CHILDREN, Topic.VISITS} if dead else {Topic.CHILDREN}
        changes = Changes(frozenset(topics), frozenset(touched))
        return Done(None, changes, also=also)

    def _rung(self, act: Act) -> tuple[ChildId, ...]:
        """The children whom an act is about and whose family can be rung now."""
        found = {ChildId(one.subject_id) for one in act.changes if one.subject == "child"}
        for one in act.changes:
            if one.subject == "adult":
                found.update(record_rows.children_of(self._database, AdultId(one.subject_id)))
        gone = {ChildId(act.subject_id)} if act.verb == "add_child" else set()
        today = day_of(self._clock())
        return tuple(one for one in sorted(found - gone) if is_reachable(self._database, one, today))

    def _check_right(self, actor: Actor, act: Act, own_pin: str) -> None:
        """Undoing lifts no bar and drops no allergy that the actor could not by hand.

        Whoever noted it may take a slip back on the same day, a bar with her PIN; nobody unnames whom a
        file bars, not of what was filled in either, unless the bar came by the same act.

        Raises:
            RecordError: it takes the director, or the health worker.
            SecondPersonError, WrongPinError: it lifts a bar, and whoever may has not typed her PIN.
        """
        lifted = any(one.field == "barring" and one.value and not one.before for one in act.changes)
        stays = act.verb != "add_child"  # with a new record the child goes whom he could ask for
        for one in act.changes if actor.role is not Role.DIRECTOR else ():
            lost = one.subject == "adult" and (one.before or (stays and not lifted))
            named = {one.field: one.value} if lost else {}
            adult = AdultId(one.subject_id)
            if known_by(self._database, adult, named, list(named)):
                raise RecordError(renamed_words(self._database, adult), field=one.field)
        slip = act.staff == actor.id and day_of(act.at) == day_of(self._clock())
        if lifted and stays and (slip or actor.role is Role.DIRECTOR):
            self._pins.prove_own(actor, own_pin)
        if slip:
            return
        if lifted and actor.role is not Role.DIRECTOR:
            raise RecordError("撤销会解除“禁止接走”，要由园长登录后办理，并看过新的文书。", field="barred")
        less = any(one.field == "allergy" and _lost(one.value, one.before) for one in act.changes)
        if less and not actor.may(Permission.ANSWER_FOR_HEALTH):
            raise RecordError("撤销会去掉档案里的过敏。只有保健员或园长可以，请他们登录后再改。")

    def _rows_hold(self, act: Act) -> bool:
        """Whether the rows that came still hold, and nothing stands where those that went would return."""
        for one in act.changes:
            if one.value_row is not None and not record_acts.holds(self._database, one.field, one.value_row):
                return False
            lone = one.before_row is not None and one.value_row is None
            if lone and record_acts.is_replaced(self._database, one.field, one.before_row or 0):
                return False
            if one.field == "allergy" and not self._allergy_holds(one):
                return False
        return True

    def _allergy_holds(self, change: Change) -> bool:
        """An import answers the question, too, and keeps no change of a record."""
        kept = children.find_child(self._database, ChildId(change.subject_id))
        if kept is None:
            return False
        answer, _, words = change.value.partition(":")
        return kept.allergy == answer and set(kept.substances) == set(split_list(words))

    def _check_asked(self, answers: Answers, today: dt.date) -> None:
        for name in sorted(hidden_fields(self._database, today)):
            if answers.get(name, "").strip():
                label = spec_of("child", name).label
                msg = f"本机构没有开启“{label}”的登记，不必要的信息不收集。需要时请园长在设置里打开。"
                raise RecordError(msg, field=name)

    def _refuse_barred(
        self, actor: Actor, values: Answers, adults: Sequence[AdultAnswers], today: dt.date
    ) -> None:
        """A second record undoes no bar of the first: its adults are held against it."""
        born, phones = dt.date.fromisoformat(values["born_on"]), [one["phone"] for one in adults]
        alikes = find_alike(self._database, values["name"], born, phones)
        for one in adults if alikes else ():
            if not one.get("barred"):
                number = one.get("document_number", "")
                stranger = Stranger(one["name"], one["relation"], one["phone"], number)
                refuse_barred_of(self._database, actor, alikes, stranger, today, IN_FAMILY)

    def _check_free(self, values: Answers, child: ChildId | None) -> None:
        number = values.get("document_number", "")
        if not number:
            return
        owner = children.find_by_document(self._database, values.get("document_kind", ""), number)
        if owner is not None and owner != child:
            other = children.find_child(self._database, owner)
            name = "另一个孩子" if other is None else other.name
            msg = f"这个证件号已登记在{name}名下。是同一个孩子请用“合并”，不是请核对号码。"
            raise RecordError(msg, field="document_number")


def _check_bound(database: Database, child: ChildId) -> None:
    """Pass unless anything speaks of a new record already.

    Raises:
        RecordError: what does.
    """
    if tables := list_bound(database, database, [child]).get(child):
        msg = f"这份新档案已经有{words_of(tables)}，不能撤销。登重了请用“合并”。"
        raise RecordError(msg)


def _add_child(unit: Unit, values: Answers) -> ChildId:
    keys = search_keys(values["name"])
    return children.add_child(
        unit,
        NewChild(
            name=values["name"],
            born_on=dt.date.fromisoformat(values["born_on"]),
            allergy="unknown",
            pinyin=keys.pinyin,
            initials=keys.initials,
            nickname=values.get("nickname", ""),
            sex=values.get("sex") or None,
            document_kind=values.get("document_kind") or None,
            document_number=values.get("document_number") or None,
            note=values.get("note", ""),
        ),
    )


def _differences(child: ChildId, before: Answers, after: Answers) -> list[Change]:
    """What differs, in the order of the form; the allergy is one answer with its substances."""
    found = []
    for spec in CHILD_FIELDS:
        if spec.name == "allergens":
            continue
        if spec.name == "allergy":
            old, new = values_of.allergy_value(before), values_of.allergy_value(after)
        else:
            old, new = before.get(spec.name, ""), after.get(spec.name, "")
        if old != new:
            found.append(Change("child", child, spec.name, old, new))
    return found


def _lost(held: str, back: str) -> set[str]:
    """The substances of one allergy value that another has not: ``has:花生、虾``."""
    kept, left = (set(split_list(one.partition(":")[2])) for one in (held, back))
    return kept - left


def _check_allergy(actor: Actor, before: Answers, after: Answers, read: Answers) -> None:
    """An allergy on file goes only by the health worker or the director, and somebody must have said so."""
    lost = [
        one
        for one in split_list(before.get("allergens", ""))
        if one not in split_list(after.get("allergens", ""))
    ]
    if lost and not actor.may(Permission.ANSWER_FOR_HEALTH):
        msg = f"档案里有{'、'.join(lost)}过敏。只有保健员或园长可以去掉，请他们登录后再改。"
        raise RecordError(msg, field="allergens")
    if not read.get("allergy_told", after.get("allergy_told", "")):
        raise RecordError("请写明过敏情况是谁告知的，如“妈妈当面”。", field="allergy_told")


def _restore(unit: Unit, again: int, found: Act) -> None:
    for change in reversed(found.changes):
        if change.before_row is None and change.value_row is None:
            back = Change(change.subject, change.subject_id, change.field, change.value, change.before)
            values_of.apply(unit, again, back)
            continue
        if change.value_row is not None:
            record_acts.end_row(unit, change.field, change.value_row)
        if change.before_row is not None:
            record_acts.reopen_row(unit, change.field, change.before_row)
        swapped = Change(
            change.subject, change.subject_id, change.field, change.value, change.before,
            change.value_row, change.before_row,
        )  # fmt: skip
        record_acts.add_change(unit, again, swapped)


def _keep_known(unit: Unit, found: Act, actor: Actor) -> None:
    """Whom a file bars still, he is known by what he was known by until now, as after a change by hand."""
    for one in found.changes:
        if one.subject != "adult":
            continue
        adult = AdultId(one.subject_id)
        kept = alarms.list_traits(unit, adult)
        for _, kind, value in known_by(unit, adult, {one.field: one.value}, [one.field]):
            if (kind, value) not in kept:
                alarms.add_trait(unit, adult, kind, value, actor.id)


def _changes(child: ChildId) -> Changes:
    return Changes(frozenset({Topic.CHILDREN}), frozenset({child}))
