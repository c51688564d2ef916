"""Reading the intake card: what was typed becomes facts, and what is wrong becomes sentences."""

import datetime as dt
import re
from collections.abc import Callable
from typing import TypeVar

from app.domain.ages import check_birth, months_between
from app.domain.errors import RuleError
from app.domain.identity import check_identity, disagreements, is_birth_certificate
from app.domain.looks import Tone
from app.domain.minors import ADULT_AGE
from app.domain.modes import Tariff
from app.domain.names import clean_name, clean_text
from app.domain.phones import check_phone
from app.domain.record import record
from app.domain.thermometer import read_degrees
from app.domain.visits import (
    OUTCOMES,
    FeverError,
    UnfitError,
    check_fit,
    check_promise,
    years_between,
)
from app.services.arrivals import MorningCheck
from app.services.intake_card import IntakeCard, Problem
from app.store.settings import Settings

T = TypeVar("T")

_PARTS = re.compile(r"[、,，;；/\s]+")
_NAME_AND_RELATION = re.compile(r"(.+?)\s*[·・•，,\s]\s*(\S{1,6})")
_YOUNG_RELATION = re.compile("[表堂]?[哥姐弟妹]{1,2}|同学")  # not offered, but never to be read as a name
_LONGEST = 200
_LONGEST_SUBSTANCE = 50
_LONGEST_RELATION = 10
_YOUNGEST, _TOO_OLD = 6, 36
GUARDIANS = frozenset({"妈妈", "爸爸", "母亲", "父亲", "监护人"})
_FREE_TEXTS = {"reason": "事由", "body_note": "身体情况", "check_note": "晨检说明"} | dict.fromkeys(
    ("age_reason", "capacity_reason", "allergy_reason", "collect_reason", "health_reason", "same_reason"),
    "理由",
)


@record
class Person:
    """An adult on the card, as read. ``phone`` is canonical digits."""

    field: str
    name: str
    relation: str
    phone: str
    collects: bool
    identity_seen: bool = False
    is_emergency: bool = False
    born_on: dt.date | None = None
    identity: str = ""  # the number that was shown


@record
class Reading:
    """What the card says. None or empty where it says nothing, or nothing that can be read."""

    name: str
    sex: str | None
    born_on: dt.date | None
    months: int
    allergy: str
    substances: tuple[str, ...]
    people: tuple[Person, ...]
    tariff: Tariff
    promised: dt.datetime | None
    check: MorningCheck | None
    document: tuple[str, str] | None
    problems: tuple[Problem, ...]


class _Reader:
    """Collects problems while reading; a field that cannot be read counts as empty."""

    def __init__(self, card: IntakeCard, now: dt.datetime, kept: Settings, *, director: bool) -> None:
        self.card = card
        self.director = director
        self.now = now
        self.kept = kept
        self.problems: list[Problem] = []

    def blame(self, field: str, sentence: str, tone: Tone = Tone.BAD) -> None:
        self.problems.append(Problem(field, sentence, tone))

    def try_(self, field: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except RuleError as error:
            self.blame(field, error.sentence)
            return None

    def name(self, field: str, text: str) -> str:
        return (self.try_(field, lambda: clean_name(text)) or "") if text.strip() else ""

    def phone(self, field: str, text: str) -> str:
        return (self.try_(field, lambda: check_phone(text)) or "") if text.strip() else ""

    def relation(self, field: str, text: str) -> str:
        if len(text.strip()) > _LONGEST_RELATION:
            self.blame(field, f"关系最多 {_LONGEST_RELATION} 个字，如“奶奶”。")
            return ""
        return self.text(field, text, "关系")

    def text(self, field: str, text: str, label: str) -> str:
        return self.try_(field, lambda: clean_text(text, label, field)) or ""


def read_card(card: IntakeCard, now: dt.datetime, kept: Settings, *, director: bool = False) -> Reading:
    """Read a card at a moment. Empty fields are no problem here: they are what is missing."""
    reader = _Reader(card, now, kept, director=director)
    today = now.date()
    born = reader.try_("born_on", lambda: check_birth(card.born_on, today)) if card.born_on.strip() else None
    months = 0 if born is None else months_between(born, today)
    name = reader.name("name", card.name)
    _check_age(reader, born, months)
    allergy, substances = _allergy(reader)
    people = _people(reader)
    promised = None
    if card.promised.strip():
        promised = reader.try_("promised", lambda: check_promise(card.promised, now, kept.closing))
    check = _check(reader, name or "孩子")
    document = _document(reader, born)
    _check_texts(reader)
    return Reading(
        name=name,
        sex=card.sex if card.sex in {"f", "m"} else None,
        born_on=born,
        months=months,
        allergy=allergy,
        substances=substances,
        people=people,
        tariff=_tariff(reader),
        promised=promised,
        check=check,
        document=document,
        problems=tuple(reader.problems),
    )


def _check_age(reader: _Reader, born: dt.date | None, months: int) -> None:
    if born is None or reader.card.age_reason.strip():
        return
    if months < _YOUNGEST:
        words = f"才 {months} 个月，未满 6 个月没有对应的班型（58号文）。确要收下请写明理由。"
        reader.blame("age_reason", words, Tone.WARN)
    elif months >= _TOO_OLD:
        beyond = f"（{months} 个月）" if months > 36 else ""
        words = f"已满 36 个月{beyond}，超过托育年龄。确要收下请写明理由。"
        reader.blame("age_reason", words, Tone.WARN)


def _allergy(reader: _Reader) -> tuple[str, tuple[str, ...]]:
    answer = reader.card.allergy if reader.card.allergy in {"none", "has", "unknown"} else ""
    if answer != "has":
        return answer, ()
    parts = tuple(dict.fromkeys(part for part in _PARTS.split(reader.card.allergens) if part))
    if any(len(part) > _LONGEST_SUBSTANCE for part in parts):
        reader.blame("allergens", f"每种过敏原最多 {_LONGEST_SUBSTANCE} 个字，多种请用顿号分开。")
        return answer, ()
    kept = (reader.text("allergens", part, "过敏原") for part in parts)
    return answer, tuple(part for part in kept if part)


def _people(reader: _Reader) -> tuple[Person, ...]:
    card = reader.card
    second, second_relation = _split_second(card)
    bringer = Person(
        "bringer",
        reader.name("bringer", card.bringer),
        reader.relation("relation", card.relation),
        reader.phone("phone", card.phone),
        card.bringer_collects,
        identity_seen=card.identity_seen,
        is_emergency=True,
        born_on=_adult_born(reader),
        identity=card.identity_number.strip(),
    )
    other_contact = Person(
        "second",
        reader.name("second", second),
        reader.relation("second_relation", second_relation),
        reader.phone("second_phone", card.second_phone),
        card.second_collects,
        is_emergency=True,
    )
    found = [bringer, other_contact]
    if bringer.phone and bringer.phone == other_contact.phone:
        reader.blame("second_phone", "两个电话相同。另一紧急联系人请留不同的号码，以免一个打不通都打不通。")
    if bringer.name == other_contact.name != "" and other_contact.relation in {"", bringer.relation}:
        reader.blame("second", "和送来的人是同一位。另一紧急联系人请另写一位，以免一个打不通都打不通。")
    if card.other.strip() or card.other_phone.strip():
        found.append(_other(reader))
    named = [person for person in found if person.name]
    if named and not any(person.collects for person in found):
        reader.blame("bringer_collects", "至少要有一位可以接走孩子的成年人（58号文第三十条）。")
    return tuple(found)


def _adult_born(reader: _Reader) -> dt.date | None:
    """The birth date of who brings her, by the number that was shown (58号文 Art 30: an adult)."""
    card, today = reader.card, reader.now.date()
    if not card.identity_number.strip():
        return None
    identity = reader.try_("identity_number", lambda: check_identity(card.identity_number, today))
    if identity is None:
        return None
    if card.bringer_collects and years_between(identity.born, today) < ADULT_AGE:
        reader.blame(
            "identity_number", "证件上未满 18 周岁，不能接走孩子。请在“谁来接”里去掉此人，另写一位成年人。"
        )
    return identity.born


def _other(reader: _Reader) -> Person:
    card = reader.card
    person = Person(
        "other",
        reader.name("other", card.other),
        reader.relation("other_relation", card.other_relation),
        reader.phone("other_phone", card.other_phone),
        collects=True,
    )
    if not card.other.strip():
        reader.blame("other", "请填其他接走人的姓名，或把这一栏清空。")
    if not card.other_phone.strip():
        reader.blame("other_phone", "请填其他接走人的手机，或把这一栏清空。")
    return person


def _split_second(card: IntakeCard) -> tuple[str, str]:
    """``赵敏 · 妈妈`` in one field is a name and a relation."""
    shape = _NAME_AND_RELATION.fullmatch(card.second.strip()[:_LONGEST])
    if card.second_relation.strip() or shape is None or not _is_relation(shape.group(2)):
        return card.second, card.second_relation
    return shape.group(1), shape.group(2)


def _is_relation(word: str) -> bool:
    from app.store.presets import defaults

    known = word in GUARDIANS or word in defaults().phrases["relations"]
    return known or _YOUNG_RELATION.fullmatch(word) is not None


def _tariff(reader: _Reader) -> Tariff:
    paid = {Tariff.TEMP_FULL_DAY, Tariff.TEMP_HALF_DAY, Tariff.HOURLY}
    if reader.card.tariff in paid:
        return Tariff(reader.card.tariff)
    reader.blame("tariff", "请选择托育方式：全日、半日临时或计时。")
    return Tariff.TEMP_HALF_DAY


def _check(reader: _Reader, name: str) -> MorningCheck | None:
    """The morning check with what the family says of the day; None while nobody has said how it went."""
    card = reader.card
    tenths = _tenths(reader)
    words = {"medicine": "带药", "unwell": "有不适"}.get(card.body, "")
    if words and not card.body_note.strip():
        reader.blame("body_note", f"请写明{'带了什么药、怎么吃' if words == '带药' else '哪里不适'}。")
    outcome = card.check_outcome
    if outcome == "abnormal" and not card.check_note.strip():
        reader.blame("check_note", "晨检异常，请写明是什么情况；有发热或传染病迹象的孩子不能入园。")
    reason = card.health_reason
    try:
        check_fit(
            name,
            outcome or "normal",
            tenths,
            reader.kept.fever_tenths,
            director=reader.director,
            reason=reason,
        )
    except FeverError as error:
        reader.blame("temperature", error.sentence)
    except UnfitError as error:
        reader.blame("health_reason", error.sentence)
    if outcome not in OUTCOMES:
        return None
    said = f"{words}：{card.body_note.strip()}" if words else ""
    note = "；".join(part for part in (said, card.check_note.strip()) if part)
    return MorningCheck(tenths, outcome=outcome, note=note)


def _tenths(reader: _Reader) -> int | None:
    text = reader.card.temperature.strip()
    if not text:
        return None
    tenths = read_degrees(text)
    if tenths is None:
        reader.blame("temperature", f"“{text[:8]}”不像体温。请填 34 到 42.5 之间的度数，如 36.5。")
    return tenths


def _document(reader: _Reader, born: dt.date | None) -> tuple[str, str] | None:
    text = reader.card.document_number.strip().upper()
    if not text:
        return None
    if is_birth_certificate(text):
        return "birth_certificate", text
    identity = reader.try_("document_number", lambda: check_identity(text, reader.now.date()))
    if identity is None:
        return None
    if born is not None:
        for words in disagreements(identity, born, reader.card.sex):
            reader.blame("document_number", words, Tone.INFO)
    return "resident", identity.number


def _check_texts(reader: _Reader) -> None:
    for field, label in _FREE_TEXTS.items():
        reader.text(field, getattr(reader.card, field), label)
