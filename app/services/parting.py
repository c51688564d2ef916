"""What was merged today is parted again: everybody gets back exactly what was theirs, or nobody anything."""

import datetime as dt

from app.domain.changes import Changes, Done, Topic
from app.domain.ids import AdultId, ChildId
from app.domain.joining import ADULT_PARTS, CHILD_PARTS
from app.domain.names import search_keys
from app.domain.record_fields import spec_of, split_list
from app.domain.records import RecordError
from app.domain.staff import Actor, Permission
from app.services.record_family import is_reachable
from app.services.record_values import allergy_value, apply, child_values
from app.store import children, merging, parting, reading_keys, record_acts, record_rows
from app.store.database import Clock, Database, Unit
from app.store.merging import Merging as Kept
from app.store.record_acts import Act, Change
from app.store.stamps import at_minute, day_of

_BARRED = "合并后又登记或解除过“禁止接走”，不能再分开。请园长核对文书后逐项更正。"
# What is said of a table in which something was written since, the weightiest first.
_WORDS = (
    ("家人的身份、权限或接送", frozenset({"child_adult", "barring", "pickup_grant", "note_told", "contact"})),
    ("同意书", frozenset({"consent"})),
    ("收费", frozenset({"receipt", "receipt_line", "deferral"})),
    (
        "入园、离园或在园时的记录",
        frozenset({"visit", "health_check", "log_entry", "handover_note", "release"}),
    ),
    ("入托合同或招生步骤", frozenset({"enrolment", "life_step", "life_effect", "applicant"})),
    ("预约", frozenset({"booking", "booking_series"})),
    ("请假", frozenset({"absence", "absence_spell", "absence_follow_up"})),
    ("证件或照片", frozenset({"child_paper", "photo"})),
    ("接送卡", frozenset({"card"})),
)
KNOWN_BY = ("name", "phone")
_OTHERS = "并过来的记录"


class Parting:
    """The way back of a merging, for the rest of the day."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def undo(self, actor: Actor, key: int) -> Done[None]:
        """Part what was merged today. A field typed for the kept record since stays with it.

        Raises:
            RecordError: not today's, undone before, merged further since; something was written since of
                which nobody can say whose it is; another child has the number that would come back; or a
                child would be left without anybody to ring.
        """
        actor.require(Permission.KEEP_RECORDS)
        found = merging.find_merging(self._database, key)
        if found is None or found.undone:
            raise RecordError("这次合并已经撤销过了。")
        today = day_of(self._clock())
        if day_of(found.at) != today:
            raise RecordError("只能撤销当天的合并。以前的请联系园长，对照备份更正。")
        if merging.later_merging(self._database, found):
            raise RecordError("这份档案后来又合并过，请先撤销后来的合并。")
        act = record_acts.find_act(self._database, found.act)
        self._check_since(found)
        if act is not None:
            self._check_texts(act)
        with self._database.unit(actor.id, "undo_merge") as unit:
            self._give_back(unit, found, act, today)
            unit.audit(found.subject, found.kept, f"撤销合并 {found.merged}")
            unit.audit(found.subject, found.merged, f"撤销合并 {found.kept}")
        whose: frozenset[ChildId] = frozenset({ChildId(found.kept), ChildId(found.merged)})
        if found.subject == "adult":
            both = (AdultId(found.kept), AdultId(found.merged))
            whose = frozenset(
                child for adult in both for child in record_rows.children_of(self._database, adult)
            )
        return Done(None, Changes(frozenset({Topic.CHILDREN, Topic.VISITS, Topic.MONEY}), whose))

    def _check_since(self, found: Kept) -> None:
        changed = parting.changed_since(self._database, found)
        if changed is None:
            raise RecordError("这次合并是程序更新以前做的，不能自动分开。请对照备份逐项更正。")
        if parting.BARS in changed:
            raise RecordError(_BARRED)
        if changed:
            what = next((words for words, tables in _WORDS if tables & changed), _OTHERS)
            msg = f"合并以后，{what}又有变动，分不清该归哪一份，不能自动分开。请联系园长逐项更正。"
            raise RecordError(msg)

    def _check_texts(self, act: Act) -> None:
        """What both told, and was written on since, can be parted by nobody."""
        for one in act.changes:
            if _adds_up(one) and not self._holds(one):
                label = spec_of(one.subject, one.field).label
                msg = (
                    f"合并以后又改过“{label}”，分不清哪些是谁的，不能自动分开。请先撤销那次修改，再撤销合并。"
                )
                raise RecordError(msg)

    def _holds(self, change: Change) -> bool:
        values = child_values(self._database, ChildId(change.subject_id))
        if change.field != "allergy":
            return values.get(change.field, "") == change.value
        both = [text.partition(":") for text in (allergy_value(values), change.value)]
        answers = [(answer, set(split_list(words))) for answer, _, words in both]
        return answers[0] == answers[1]

    def _give_back(self, unit: Unit, found: Kept, act: Act | None, today: dt.date) -> None:
        pair = (ChildId(found.kept), ChildId(found.merged))
        reachable = found.subject == "child" and is_reachable(unit, pair[0], today)
        kind = None
        if act is not None:
            if found.subject == "child" and found.document:
                kind = next((one.value for one in act.changes if one.field == "document_kind"), None)
                record_rows.set_column(unit, "child", found.merged, "document_number", "")
            self._take_back(unit, act)
            if found.subject == "adult":
                _give_known(unit, found, act)
        merging.move_back(unit, found)
        record_rows.reopen_record(unit, found.subject, found.merged)
        if found.document:
            self._give_number(unit, found, kind)
        if reachable and not is_reachable(unit, pair[0], today):
            raise RecordError(
                "分开后，留下的这份档案就没有打得通电话的家人了。请先给孩子添加一位家人和电话，再撤销合并。"
            )

    def _take_back(self, unit: Unit, act: Act) -> None:
        """Let each field hold what it held; a part that was typed anew since stays as a whole."""
        again = record_acts.add_act(unit, act.subject, act.subject_id, f"撤销：{act.label}")
        kept = _typed_since(unit, act)
        for change in reversed(act.changes):
            if change.value_row is None and change.before_row is None and change.field not in kept:
                back = (change.value, change.before)
                apply(unit, again, Change(change.subject, change.subject_id, change.field, *back))
        record_acts.end_act(unit, act.id)
        record_acts.end_act(unit, again)

    def _give_number(self, unit: Unit, found: Kept, kind: str | None) -> None:
        if kind is not None:
            record_rows.set_column(unit, "child", found.merged, "document_kind", kind)
        columns = record_rows.find_columns(unit, "child", found.merged) or {}
        owner = children.find_by_document(unit, columns.get("document_kind", ""), found.document)
        if owner is not None and owner != found.merged:
            other = children.find_child(unit, owner)
            name = "另一个孩子" if other is None else other.name
            msg = f"分开后要还回去的证件号，现在登记在{name}名下。请先核对、更正那里的证件号，再撤销合并。"
            raise RecordError(msg)
        record_rows.set_column(unit, "child", found.merged, "document_number", found.document)


def list_separable(unit: Unit, database: Database, today: dt.date) -> tuple[Kept, ...]:
    """The mergings of a day in whose records nothing was written since, the last first."""
    return tuple(
        one
        for one in merging.list_standing(unit, at_minute(today, 0))
        if parting.changed_since(database, one, unit) == frozenset()
    )


def note_parted(unit: Unit, database: Database, standing: tuple[Kept, ...]) -> None:
    """What was written just now goes with its row wherever that goes: these can be parted all the same."""
    for one in standing:
        parting.note_again(unit, database, one)


def refuse_unparted(unit: Unit, database: Database, standing: tuple[Kept, ...], name: str) -> None:
    """Pass where each of these mergings can still be parted.

    Raises:
        RecordError: one cannot, by what was written just now.
    """
    for one in standing:
        if parting.changed_since(database, one, unit):
            act = record_acts.find_act(database, one.act)
            what = "" if act is None else f"（{act.label}）"
            msg = (
                f"登记{name}以后档案合并过{what}，先撤销登记就分不开了。"
                "请先到档案的“历史”里撤销合并，再撤销登记；需要时再合并一次。"
            )
            raise RecordError(msg)


def set_known(unit: Unit, adult: int, field: str, value: str) -> None:
    """Let a merged record hold another name or number than its own, with the keys that find it."""
    record_rows.set_column(unit, "adult", adult, field, value)
    if field == "name":
        keys = search_keys(value)
        reading_keys.set_keys(unit, "adult", adult, keys.pinyin, keys.initials)


def _give_known(unit: Unit, found: Kept, act: Act) -> None:
    """What the kept record took of the merged one is the merged one's own again."""
    for change in act.changes:
        if change.subject == "adult" and change.subject_id == found.kept and change.field in KNOWN_BY:
            set_known(unit, found.merged, change.field, change.value)


def _adds_up(change: Change) -> bool:
    joined = {part.name for part in CHILD_PARTS if part.joined} | {"allergy"}
    return change.subject == "child" and change.field in joined


def _typed_since(unit: Unit, act: Act) -> frozenset[str]:
    """The fields of every part of which a field was changed again since."""
    changed = {
        one.field
        for one in act.changes
        if one.field != "allergy"
        and record_acts.list_values(unit, one.subject, one.subject_id).get(one.field) != one.value
    }
    parts = CHILD_PARTS if all(one.subject == "child" for one in act.changes) else ADULT_PARTS
    return frozenset(name for part in parts if changed & set(part.fields) for name in part.fields)
