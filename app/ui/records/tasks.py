"""What can be written in the records, as forms: which fields, with which texts to begin with."""

import dataclasses
from collections.abc import Mapping, Sequence

from app.domain.record_fields import ADULT_FIELDS, FieldSpec, Kind, Need, Section
from app.services.record_cards import AdultCard, ConsentRow, FieldValue, PaperRow, RecordCard
from app.services.record_papers import CONSENT_FIELDS, PAPER_FIELDS
from app.ui.records.form import FieldForm
from app.ui.rooms import RoomContext

REASON = FieldSpec("reason", "为什么移除", Need.REQUIRED, hint="如 妈妈要求，不再接送")
SURPLUS = FieldSpec("reason", "为什么这次是多的", Need.REQUIRED, hint="如 同一个孩子登记了两份档案")
TRAIT = (
    FieldSpec(
        "kind", "是什么", Need.REQUIRED, Kind.CHOICE,
        choices=(("nickname", "小名或称呼"), ("phone", "手机号"), ("identity", "证件号或尾号")),
    ),
    FieldSpec("value", "内容", Need.REQUIRED, hint="如 强子、1234、012X"),
)  # fmt: skip
_FIRST = {"is_guardian": "1", "may_collect": "1"}
_SECOND = {"is_emergency": "1"}
_NEW_BASIC = (
    "name",
    "nickname",
    "sex",
    "born_on",
    "ethnicity",
    "document_kind",
    "document_number",
    "address",
)
_NEW_HEALTH = ("allergy", "allergens", "allergy_told", "diet", "chronic")
_NEW_ADULT = ("name", "relation", "phone", "is_guardian", "may_collect", "is_emergency", "identity_seen")
_TYPED = ("name", "relation", "phone")

Forms = tuple[tuple[str, FieldForm], ...]


def blank(specs: tuple[FieldSpec, ...], texts: Mapping[str, str] | None = None) -> list[FieldValue]:
    """Empty fields, or with texts to begin with."""
    held = texts or {}
    return [FieldValue(spec, "", held.get(spec.name, "")) for spec in specs]


def section_forms(context: RoomContext, card: RecordCard, section: Section) -> Forms:
    """The fields of a section as they stand."""
    values = [one for one in card.fields if one.spec.section is section]
    return (("child", FieldForm(context, "records.child", values)),)


def adult_forms(context: RoomContext, adult: AdultCard | None) -> Forms:
    """All fields of an adult."""
    values = list(adult.fields) if adult is not None else blank(ADULT_FIELDS)
    return (("adult", FieldForm(context, "records.adult", values)),)


def reason_forms(context: RoomContext, asked: FieldSpec = REASON) -> Forms:
    """Only the reason."""
    return (("adult", FieldForm(context, "records.adult", blank((asked,)))),)


def trait_forms(context: RoomContext) -> Forms:
    """What else a barred person is known by."""
    return (("trait", FieldForm(context, "records.trait", blank(TRAIT, {"kind": "nickname"}))),)


def paper_forms(context: RoomContext, paper: PaperRow | None) -> Forms:
    """A paper; a masked number has to be typed anew, or stays away."""
    texts = dict(paper.texts) if paper is not None else {}
    return (("paper", FieldForm(context, "records.paper", blank(PAPER_FIELDS, texts))),)


def consent_forms(context: RoomContext, row: ConsentRow, card: RecordCard, today: str) -> Forms:
    """An answer to one purpose; the first guardian signs it today."""
    guardians = [one.name for one in card.adults if any(chip.words == "监护人" for chip in one.chips)]
    texts = {"day": today, "signer": guardians[0] if guardians else ""}
    if not row.answer:
        texts["answer"] = "given"
    return (("consent", FieldForm(context, "records.consent", blank(CONSENT_FIELDS, texts))),)


def new_forms(context: RoomContext, fields: Sequence[FieldSpec]) -> Forms:
    """A new child: herself, her health, and two adults who can be rung; ``fields`` are those asked here."""
    basic = tuple(spec for spec in fields if spec.name in _NEW_BASIC)
    health = tuple(spec for spec in fields if spec.name in _NEW_HEALTH)
    more = tuple(spec for spec in fields if spec not in (*basic, *health))
    adult = tuple(spec for spec in ADULT_FIELDS if spec.name in _NEW_ADULT)
    # Nobody has to be named second; whoever is begins with her name.
    second = tuple(
        dataclasses.replace(spec, need=Need.OPTIONAL) if spec.need is Need.REQUIRED else spec
        for spec in adult
    )
    return (
        ("child", FieldForm(context, "records.new", blank(basic), "孩子")),
        ("health", FieldForm(context, "records.new", blank(health), "健康")),
        ("adult1", FieldForm(context, "records.new1", blank(adult, _FIRST), "第一位家人")),
        (
            "adult2",
            FieldForm(context, "records.new2", blank(second, _SECOND), "第二位家人（紧急联系，可以以后补）"),
        ),
        ("more", FieldForm(context, "records.new", blank(more), "其余的，也可以以后补")),
    )


def filled(texts: dict[str, str]) -> dict[str, str]:
    """An adult's texts, or nothing where only the answers offered stand."""
    return texts if any(texts[name].strip() for name in _TYPED) else {}
