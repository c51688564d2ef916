"""A record as field texts, and how a change of one reaches the file: a column, the allergies, a row."""

import datetime as dt
from collections.abc import Mapping

from app.domain.ages import check_birth
from app.domain.errors import RuleError
from app.domain.identity import Identity, check_identity, is_birth_certificate
from app.domain.ids import AdultId, ChildId
from app.domain.names import search_keys
from app.domain.record_fields import BARRING_FIELDS, FieldSpec, check_text, shown_text, spec_of, split_list
from app.domain.records import RecordError
from app.store import children, people, reading_keys, record_acts, record_papers, record_rows
from app.store.database import Database, Unit
from app.store.people import Tie
from app.store.record_acts import Change

TIE_FLAGS = ("is_guardian", "may_collect", "is_emergency", "barred")
_BY_CHECK_DIGIT = {"resident": "居民身份证", "hmt_permit": "居住证", "foreign_permit": "永久居留身份证"}


def child_values(database: Database | Unit, child: ChildId) -> dict[str, str]:
    """Every field of a child that is not empty.

    Raises:
        RecordError: no such child, or her record was merged into another.
    """
    columns = record_rows.find_columns(database, "child", child)
    kept = children.find_child(database, child)
    if columns is None or kept is None:
        raise RecordError("没有找到这份档案，可能已经合并到另一份里。请刷新后再试。")
    values = record_acts.list_values(database, "child", child)
    values.update(columns, allergy=kept.allergy, allergens="、".join(kept.substances))
    return {name: value for name, value in values.items() if value}


def adult_values(database: Database | Unit, child: ChildId, adult: AdultId, today: dt.date) -> dict[str, str]:
    """Every field of an adult of a child that is not empty: the person, what she is to the child, the bar.

    Raises:
        RecordError: not one of this child's adults.
    """
    columns = record_rows.find_columns(database, "adult", adult)
    tie = next((one.tie for one in people.list_adults(database, child, today) if one.id == adult), None)
    if columns is None or tie is None:
        raise RecordError("这位家人已经不在这份档案里，请刷新后再试。")
    values = record_acts.list_values(database, "adult", adult)
    values.update(columns, relation=tie.relation)
    values["identity_seen"] = "1" if columns["identity_seen_at"] else ""
    values.update({flag: "1" if getattr(tie, flag) else "" for flag in TIE_FLAGS})
    if (bar := record_papers.list_barrings(database, child).get(adult)) is not None:
        for field in BARRING_FIELDS:
            value = getattr(bar, field)
            values[field] = "" if value is None else str(value)
    values.pop("identity_seen_at")
    return {name: value for name, value in values.items() if value}


def read_answers(subject: str, answers: Mapping[str, str], today: dt.date) -> dict[str, str]:
    """What was typed, as it is kept.

    Raises:
        RuleError: a text its field cannot hold, or a required field that is empty; ``field`` names it.
    """
    read: dict[str, str] = {}
    for name, text in answers.items():
        spec = spec_of(subject, name)
        try:
            if (subject, name) == ("child", "born_on"):
                read[name] = check_birth(text, today).isoformat()
            else:
                read[name] = check_text(spec, text, today)
        except RuleError as error:
            raise RecordError(error.sentence, field=name) from error
    return read


def require(subject: str, values: Mapping[str, str], *names: str) -> None:
    """Pass, or say which required field is empty.

    Raises:
        RecordError: the first of them that is empty.
    """
    for name in names:
        if not values.get(name):
            spec = spec_of(subject, name)
            msg = f"请填“{spec.label}”。"
            raise RecordError(msg, field=name)


def check_child(values: Mapping[str, str], today: dt.date) -> dict[str, str]:
    """What must agree within one child's record; returns the document as it is kept.

    Raises:
        RecordError: a required field is empty, a number that its kind of document cannot have, a check or
            an exam without its day, allergens without an allergy.
    """
    require("child", values, "name", "born_on", "allergy")
    if (values["allergy"] == "has") != bool(values.get("allergens")):
        raise RecordError("请回答有没有过敏；有的话写明对什么过敏，没有就清空。", field="allergens")
    for field, day, words in (
        ("vaccination", "vaccination_on", "查验接种证的日期"),
        ("exam", "exam_on", "体检的日期"),
    ):
        if values.get(field) and not values.get(day):
            msg = f"请填{words}。"
            raise RecordError(msg, field=day)
    return _document(values, today)


def _document(values: Mapping[str, str], today: dt.date) -> dict[str, str]:
    kind, number = values.get("document_kind", ""), values.get("document_number", "").upper().replace(" ", "")
    if not number:
        return {"document_kind": kind, "document_number": ""}
    kind = kind or ("birth_certificate" if is_birth_certificate(number) else "resident")
    if kind == "birth_certificate" and not is_birth_certificate(number):
        raise RecordError("出生医学证明是 1 个字母加 9 位数字，请核对。", field="document_number")
    if kind in _BY_CHECK_DIGIT:
        number = identity_of(number, today).number
    return {"document_kind": kind, "document_number": number}


def identity_of(number: str, today: dt.date) -> Identity:
    """What an identity number says (GB 11643).

    Raises:
        RecordError: it is none.
    """
    try:
        return check_identity(number, today)
    except RuleError as error:
        raise RecordError(error.sentence, field="document_number") from error


def apply(unit: Unit, act: int, change: Change) -> None:
    """Carry a change of a field out and keep it."""
    subject, key, field = change.subject, change.subject_id, change.field
    if field == "allergy":
        _answer(unit, ChildId(key), change.value)
    elif field == "identity_seen":
        record_rows.set_column(unit, subject, key, "identity_seen_at", unit.stamp if change.value else "")
    elif field in (record_rows.CHILD_COLUMNS if subject == "child" else record_rows.ADULT_COLUMNS):
        if field in {"document_kind", "document_number"}:
            held = record_rows.find_columns(unit, "child", key) or {}
            pair = {**held, field: change.value}
            children.release_document(
                unit, ChildId(key), pair.get("document_kind", ""), pair.get("document_number", "")
            )
        record_rows.set_column(unit, subject, key, field, change.value)
        if field == "name":
            keys = search_keys(change.value)
            reading_keys.set_keys(unit, subject, key, keys.pinyin, keys.initials)
    record_acts.add_change(unit, act, change)


def allergy_words(answer: str, substances: tuple[str, ...]) -> str:
    """Answer and substances as one text, as the history of a record holds them."""
    return f"{answer}:{'、'.join(substances)}".rstrip(":")


def stands(unit: Unit, change: Change) -> bool:
    """Whether a column, or the allergies, are still as a change left them."""
    if change.field == "allergy":
        kept = children.find_child(unit, ChildId(change.subject_id))
        return kept is not None and allergy_words(kept.allergy, kept.substances) == change.value
    columns = record_rows.find_columns(unit, change.subject, change.subject_id)
    if columns is not None and change.field == "identity_seen":
        return bool(columns["identity_seen_at"]) == bool(change.value)
    return columns is not None and columns[change.field] == change.value


def _answer(unit: Unit, child: ChildId, value: str) -> None:
    answer, _, words = value.partition(":")
    substances = split_list(words)
    children.answer_allergy(unit, child, "has" if substances else "none", substances)
    if answer == "unknown":
        children.answer_allergy(unit, child, "unknown", ())


def allergy_value(values: Mapping[str, str]) -> str:
    """Answer and substances as one text: they change together."""
    return f"{values.get('allergy', '')}:{values.get('allergens', '')}".rstrip(":")


def changed_words(subject: str, field: str, value: str) -> str:
    """A value of a change as the history tells it: choices in words, secrets masked."""
    if not value:
        return "（空）"
    if field == "allergy":
        answer, _, words = value.partition(":")
        return f"{shown_text(spec_of('child', 'allergy'), answer)} {words}".strip()
    try:
        spec: FieldSpec = spec_of(subject, field)
    except KeyError:
        return value  # a row of words: a tie, a consent, a paper
    return shown_text(spec, value)


def tie_of(values: Mapping[str, str], sort: int) -> Tie:
    """What the fields say an adult is to a child."""
    return Tie(
        relation=values["relation"],
        is_guardian=bool(values.get("is_guardian")),
        may_collect=bool(values.get("may_collect")),
        is_emergency=bool(values.get("is_emergency")),
        barred=bool(values.get("barred")),
        sort=sort,
    )


def tie_words(tie: Tie) -> str:
    """``妈妈 监护人 可接 紧急``."""
    marks = (
        (tie.is_guardian, "监护人"),
        (tie.may_collect, "可接"),
        (tie.is_emergency, "紧急联系"),
        (tie.barred, "禁止接走"),
    )
    return " ".join([tie.relation, *(words for on, words in marks if on)])
