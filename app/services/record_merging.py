"""Two records of one person become one, and for the rest of the day they can be parted again."""

from collections.abc import Mapping

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.ids import AdultId, ChildId
from app.domain.records import RecordError
from app.domain.staff import Actor, Permission
from app.services.record_values import adult_values, allergy_value, apply, child_values
from app.store import merging, people, record_acts, record_rows
from app.store.database import Clock, Database, Unit
from app.store.merging import Merging as Kept
from app.store.record_acts import Change
from app.store.stamps import day_of

_ALLERGY = ("allergy", "allergens")


class Merging:
    """Visits, receipts, consents, adults … of the merged record are found with the kept one afterwards."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def merge_children(self, actor: Actor, kept: ChildId, merged: ChildId) -> Done[ChildId]:
        """Merge one child's record into another. Fields the kept one lacks are filled from the merged one.

        Raises:
            RecordError: the same record twice, both inside, both with a contract, another birth date, or an
                adult whom only one of them bars.
        """
        actor.require(Permission.KEEP_RECORDS)
        one, other = (child_values(self._database, key) for key in (kept, merged))
        self._check_children(kept, merged, one, other)
        words = f"合并档案：{other['name']} 并入 {one['name']}"
        with self._database.unit(actor.id, "merge_children") as unit:
            act = record_acts.add_act(unit, "child", kept, words)
            number = other.get("document_number", "")
            key = merging.add_merging(unit, "child", kept, merged, act, number)
            # The number leaves the merged record first: it may be held once only.
            record_rows.set_column(unit, "child", merged, "document_number", "")
            for change in _filled("child", kept, one, other):
                apply(unit, act, change)
            _join_allergies(unit, act, kept, one, other)
            merging.move_rows(unit, self._database, key, "child", kept, merged)
            record_rows.end_record(unit, "child", merged, kept)
            unit.audit("child", kept, words)
            unit.audit("child", merged, words)
        children = frozenset({kept, merged})
        return Done(kept, _changes(children), Undo("records.merge", key, words))

    def merge_adults(self, actor: Actor, child: ChildId, kept: AdultId, merged: AdultId) -> Done[AdultId]:
        """Merge two records of one adult of a child (or of brothers and sisters).

        Raises:
            RecordError: the same record twice, or only one of the two is barred from collecting.
        """
        actor.require(Permission.KEEP_RECORDS)
        today = day_of(self._clock())
        if kept == merged:
            raise RecordError("请选另一位家人来合并。")
        one, other = (adult_values(self._database, child, key, today) for key in (kept, merged))
        self._check_bars(kept, merged)
        words = f"合并家人：{other['name']} 并入 {one['name']}"
        with self._database.unit(actor.id, "merge_adults") as unit:
            act = record_acts.add_act(unit, "child", child, words)
            key = merging.add_merging(unit, "adult", kept, merged, act)
            own = ("name", "phone", "born_on", "document_number", "identity_seen")
            for change in _filled("adult", kept, _only(one, own), _only(other, own)):
                apply(unit, act, change)
            merging.move_rows(unit, self._database, key, "adult", kept, merged)
            record_rows.end_record(unit, "adult", merged, kept)
            unit.audit("adult", kept, words)
        return Done(kept, _changes(frozenset({child})), Undo("records.merge", key, words))

    def undo(self, actor: Actor, key: int) -> Done[None]:
        """Part what was merged today. What was entered for the kept record since stays with it.

        Raises:
            RecordError: not today's, undone before, merged further since, or somebody was barred since.
        """
        actor.require(Permission.KEEP_RECORDS)
        found = merging.find_merging(self._database, key)
        if found is None or found.undone:
            raise RecordError("这次合并已经撤销过了。")
        if day_of(found.at) != day_of(self._clock()):
            raise RecordError("只能撤销当天的合并。以前的请联系园长，对照备份更正。")
        if merging.later_merging(self._database, found):
            raise RecordError("这份档案后来又合并过，请先撤销后来的合并。")
        if merging.barred_since(self._database, found):
            # Parted, the other record would stand there without the bar.
            raise RecordError("合并后又登记了“禁止接走”，不能再分开。请园长核对文书后逐项更正。")
        with self._database.unit(actor.id, "undo_merge") as unit:
            self._give_back(unit, found)
            unit.audit(found.subject, found.kept, f"撤销合并 {found.merged}")
            unit.audit(found.subject, found.merged, f"撤销合并 {found.kept}")
        children = frozenset({ChildId(found.kept), ChildId(found.merged)})
        return Done(None, _changes(children if found.subject == "child" else frozenset()))

    def _give_back(self, unit: Unit, found: Kept) -> None:
        act = record_acts.find_act(unit, found.act)
        if act is not None:
            again = record_acts.add_act(unit, act.subject, act.subject_id, f"撤销：{act.label}")
            for change in reversed(act.changes):
                held = record_acts.list_values(unit, change.subject, change.subject_id)
                if held.get(change.field) == change.value:  # not changed again since
                    back = (change.value, change.before)
                    apply(unit, again, Change(change.subject, change.subject_id, change.field, *back))
            record_acts.end_act(unit, act.id)
            record_acts.end_act(unit, again)
        merging.move_back(unit, found)
        record_rows.reopen_record(unit, found.subject, found.merged)
        if found.document:
            record_rows.set_column(unit, "child", found.merged, "document_number", found.document)

    def _check_children(
        self, kept: ChildId, merged: ChildId, one: Mapping[str, str], other: Mapping[str, str]
    ) -> None:
        if kept == merged:
            raise RecordError("请选另一份档案来合并。")
        if one["born_on"] != other["born_on"]:
            msg = (
                f"两份档案的生日不同（{one['born_on']}、{other['born_on']}）。确是同一个孩子，请先改成一致。"
            )
            raise RecordError(msg, field="born_on")
        if merging.both_inside(self._database, kept, merged):
            raise RecordError("两份档案今天都在园。请先把其中一份办离园或撤销入园，再合并。")
        if merging.both_enrolled(self._database, kept, merged):
            raise RecordError("两份档案都有同一时间的入托合同。请先结束其中一份合同，再合并。")
        today = day_of(self._clock())
        mine = merging.list_bars(self._database, "child", kept)
        others = merging.list_bars(self._database, "child", merged)
        differ = {adult for adult, barred in others.items() if mine.get(adult, barred) != barred}
        if differ:
            named = (*people.list_adults(self._database, kept, today),
                     *people.list_adults(self._database, merged, today))  # fmt: skip
            name = next((one.name for one in named if one.id in differ), "一位家人")
            msg = f"{name}在一份档案里被禁止接走，在另一份里没有。请先核对文书、改成一致，再合并。"
            raise RecordError(msg)

    def _check_bars(self, kept: AdultId, merged: AdultId) -> None:
        mine = merging.list_bars(self._database, "adult", kept)
        others = merging.list_bars(self._database, "adult", merged)
        if any(mine.get(child, barred) != barred for child, barred in others.items()):
            raise RecordError("两个人里只有一个被禁止接走。请先核对文书、改成一致，再合并。")


def _filled(subject: str, kept: int, one: Mapping[str, str], other: Mapping[str, str]) -> list[Change]:
    """What the kept record lacks and the merged one has. A document goes as a whole."""
    found = []
    for field, value in other.items():
        half = field == "document_kind" and one.get("document_number")
        if field not in _ALLERGY and not one.get(field) and not half:
            found.append(Change(subject, kept, field, "", value))
    return found


def _join_allergies(
    unit: Unit, act: int, kept: ChildId, one: Mapping[str, str], other: Mapping[str, str]
) -> None:
    """An allergy that either record knows is one of the child's; where one was not asked, the other says."""
    words = "、".join(part for part in (one.get("allergens", ""), other.get("allergens", "")) if part)
    answers = {one.get("allergy", "unknown"), other.get("allergy", "unknown")}
    answer = "has" if words else "none" if "none" in answers else "unknown"
    new = f"{answer}:{'、'.join(dict.fromkeys(words.split('、')))}".rstrip(":")
    if new != allergy_value(one):
        apply(unit, act, Change("child", kept, "allergy", allergy_value(one), new))


def _only(values: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {name: values[name] for name in names if name in values}


def _changes(children: frozenset[ChildId]) -> Changes:
    return Changes(frozenset({Topic.CHILDREN, Topic.VISITS, Topic.MONEY}), children)
