"""Words, chips and order of the records, from what the file holds."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.ages import age_words
from app.domain.allergens import ReadAs, read_as
from app.domain.barred import TAIL
from app.domain.changes import Undo
from app.domain.days import spoken_day
from app.domain.identity import mask_identity
from app.domain.ids import AdultId, ChildId, ClassId
from app.domain.looks import NO_CLASS, Chip, Tone
from app.domain.minors import ADULT_AGE
from app.domain.modes import CareMode
from app.domain.phones import mask_phone
from app.domain.record_fields import ADULT_FIELDS, FieldSpec, Kind, shown_text, spec_of, split_list
from app.domain.records import Facts, Standing, expiry_chip
from app.domain.staff import Actor
from app.domain.visits import years_between
from app.services.record_cards import FieldValue, HistoryRow, PaperRow, RecordRow
from app.services.record_papers import IDENTITY_PAPERS, PAPER_KINDS
from app.services.record_sight import WITHHELD, may_see_change
from app.services.record_values import changed_words
from app.store import medicine, tables
from app.store.alarms import KeptAlarm
from app.store.audit import AuditLine
from app.store.centre import ClassGroup
from app.store.formers import Former
from app.store.people import AdultOf
from app.store.record_acts import Act
from app.store.record_papers import Barring, ChildPaper, Consent
from app.store.record_rows import ChildBase, Kin, Place

_ORDER = {Standing.ENROLLED: 0, Standing.GUEST: 1, Standing.LEFT: 2}
_ROWS = {"tie": "家人", "barring": "禁止接走的文书", "consent": "同意", "paper": "证件", "photo": "照片"}
_VERBS = {"register": "临时托登记", "check_in": "入园"}


@dataclass(slots=True)
class Known:
    """Everything the list needs, read once for each state of the file."""

    today: dt.date
    bases: tuple[ChildBase, ...]
    places: dict[ChildId, Place]
    kin: dict[ChildId, tuple[Kin, ...]]
    values: dict[int, dict[str, str]]
    consents: dict[ChildId, frozenset[str]]
    papers: dict[ChildId, frozenset[str]]
    spans: dict[ChildId, tuple[dt.date, dt.date]]
    due: dict[ChildId, tuple[dt.date, str]]
    classes: dict[ClassId, ClassGroup]
    rows: dict[ChildId, RecordRow] = field(default_factory=dict)


def standing_of(known: Known, child: ChildId) -> Standing:
    """在托 from the day a contract is made; 离园 when the last one has ended; 临时 without any."""
    place = known.places.get(child)
    if place is None:
        return Standing.GUEST
    return Standing.LEFT if place.ends_on is not None and place.ends_on < known.today else Standing.ENROLLED


def read_allergies(allergens: str) -> tuple[ReadAs, ...]:
    """By what the names of dishes are looked through for each of a child's allergies."""
    if not allergens:
        return ()
    return tuple(read_as(one, tables.allergens(), not_eaten()) for one in split_list(allergens))


def is_allergen(substance: str) -> bool:
    """Whether the tables know what somebody is allergic to, as food or as what is no food."""
    read = read_as(substance, tables.allergens(), not_eaten())
    return bool(read.words) or not read.food


def not_eaten() -> tuple[str, ...]:
    """What children may be allergic to and no dish is named after: 尘螨, and every medicine."""
    return (*tables.not_foods(), *(name for names in medicine.substances() for name in names))


def row_of(known: Known, base: ChildBase, gaps: int, due: str = "", due_of: str = "") -> RecordRow:
    """One line of the list."""
    standing, place = standing_of(known, base.id), known.places.get(base.id)
    gone = standing is Standing.LEFT
    group = None if place is None else known.classes.get(place.class_id)
    words = [standing.label] if place is None else [CareMode(place.mode).label]
    if place is not None and gone and place.ends_on is not None:
        words = [f"{spoken_day(place.ends_on, known.today)}离园"]
    elif place is not None and place.starts_on > known.today:
        words.append(f"{spoken_day(place.starts_on, known.today)}入托")
    if group is not None and not gone:
        words.insert(0, group.name)
    values = known.values.get(base.id, {})
    if values.get("employer_group") == "staff":
        words.append(values.get("employer") or "本单位职工")
    chip = Chip("离园") if gone else Chip(f"缺 {gaps} 项", Tone.WARN) if gaps else Chip("齐全", Tone.OK)
    return RecordRow(
        child=base.id,
        name=base.name,
        nickname=base.nickname,
        age_words=age_words(base.born_on, known.today),
        standing=standing,
        class_id=None if group is None or gone else group.id,
        class_name="" if group is None else group.name,
        colour=NO_CLASS if group is None or gone else group.colour,
        words=" · ".join(words),
        gaps=gaps,
        chip=chip,
        due="" if gone else due,
        due_of="" if gone else due_of,
        group=values.get("employer_group", ""),
        employer=values.get("employer", ""),
    )


def order_of(row: RecordRow, known: Known, sounds: Mapping[ChildId, str]) -> tuple[int, int, str, int]:
    """Enrolled by class, then guests, then who left; by the sound of the name."""
    group = None if row.class_id is None else known.classes.get(row.class_id)
    return (
        _ORDER[row.standing],
        list(known.classes).index(group.id) if group else 0,
        sounds.get(row.child, ""),
        row.child,
    )


def facts_of(known: Known, base: ChildBase, values: Mapping[str, str], exam_due: str) -> Facts:
    """What the rules ask of one record."""
    kin = [one for one in known.kin.get(base.id, ()) if not one.barred]
    guardians = [one for one in kin if one.is_guardian]
    return Facts(
        standing=standing_of(known, base.id),
        sex=base.sex,
        document_number="1" if base.has_document else "",
        guardians=len(guardians),
        guardian_seen=any(one.identity_seen for one in guardians),
        collectors=sum(one.may_collect for one in kin),
        phones=frozenset(one.phone for one in kin if one.phone),
        allergy=base.allergy,
        chronic=values.get("chronic", ""),
        diet=values.get("diet", ""),
        vaccination=values.get("vaccination", ""),
        exam=values.get("exam", ""),
        exam_due=exam_due,
        papers=known.papers.get(base.id, frozenset()),
        consents=known.consents.get(base.id, frozenset()),
    )


def cleared_words(alarm: KeptAlarm, names: Mapping[int, str]) -> str:
    """舅舅 张墙 不是此人：2025-12-03 周敏确认，看过身份证."""
    by = names.get(alarm.decided_by or 0, "")
    until = "" if alarm.adult is not None else "，只当天有效"
    return f"{alarm.typed} 不是此人：{alarm.day} {by}确认，{alarm.reason}{until}"


def former_words(one: AdultOf, formers: Sequence[Former]) -> tuple[str, ...]:
    """张国祥 139****8888: what else she is found and rung by, where it is not the same."""
    found = []
    for former in formers:
        name = former.name if former.name != one.name else ""
        phone = mask_phone(former.phone) if former.phone not in {"", one.phone} else ""
        found.append(" ".join(part for part in (name, phone) if part))
    return tuple(dict.fromkeys(words for words in found if words))


def trait_words(kind: str, value: str) -> str:
    """小名 大壮, 手机 138****6021, 证件尾号 0026."""
    if kind == "phone":
        return f"手机 {mask_phone(value)}" if len(value) > TAIL else f"手机尾号 {value}"
    return f"小名 {value}" if kind == "nickname" else f"证件尾号 {value[-TAIL:]}"


def field_value(spec: FieldSpec, values: Mapping[str, str]) -> FieldValue:
    """One field, a number masked; what is masked is not handed out to be edited."""
    value = values.get(spec.name, "")
    hidden = spec.secret or spec.kind is Kind.PHONE
    return FieldValue(spec, shown_text(spec, value), "" if hidden else value)


def adult_fields(values: Mapping[str, str]) -> tuple[FieldValue, ...]:
    """The fields of an adult."""
    return tuple(field_value(spec, values) for spec in ADULT_FIELDS)


def adult_chips(one: AdultOf, today: dt.date) -> tuple[Chip, ...]:
    """监护人, 可接, 紧急联系, 未满 18 岁, 禁止接走."""
    tie = one.tie
    if tie.barred:
        return (Chip("禁止接走", Tone.BAD),)
    minor = one.born_on is not None and years_between(one.born_on, today) < ADULT_AGE
    marks = (
        (tie.is_guardian, Chip("监护人", Tone.INFO)),
        (tie.may_collect and not minor, Chip("可接", Tone.OK)),
        (not tie.may_collect, Chip("不可接")),
        (minor, Chip("未满 18 岁", Tone.WARN)),
        (tie.is_emergency, Chip("紧急联系")),
        (tie.only_day is not None, Chip("仅当天", Tone.WARN)),
        (one.identity_seen, Chip("身份证已核", Tone.OK)),
    )
    return tuple(chip for on, chip in marks if on)


def twins_of(adults: Sequence[AdultOf]) -> tuple[tuple[AdultId, AdultId], ...]:
    """Adults of one child who may be one person: the same name, or the same relation and number."""
    found = []
    for at, one in enumerate(adults):
        for other in adults[at + 1 :]:
            same_phone = bool(one.phone) and one.phone == other.phone
            if one.name == other.name or (same_phone and one.tie.relation == other.tie.relation):
                found.append((one.id, other.id))
    return tuple(found)


def bar_words(bar: Barring, today: dt.date) -> str:
    """The paper that bars; one that has run out bars on until the director has looked at a new one."""
    parts = [bar.paper_kind, bar.paper_number, f"{bar.paper_on}" if bar.paper_on else ""]
    words = " ".join(part for part in parts if part)
    if bar.valid_until is None:
        return words
    over = "；文书已到期，仍按禁止接走，请园长核实" if bar.valid_until < today else ""
    return f"{words}，有效至 {bar.valid_until}{over}"


def paper_row(one: ChildPaper, today: dt.date, remind_days: int) -> PaperRow:
    """One paper; the numbers of identity papers are masked."""
    until = f"至 {one.expires_on}" if one.expires_on else "长期"
    hidden = one.kind in IDENTITY_PAPERS
    number = mask_identity(one.number) if hidden else one.number
    texts = (
        ("kind", one.kind),
        ("number", "" if hidden else one.number),
        ("issued_on", str(one.issued_on or "")),
        ("expires_on", str(one.expires_on or "")),
        ("note", one.note),
    )
    words = " · ".join(part for part in (number, until, one.note) if part)
    chip = expiry_chip(one.expires_on, today, remind_days)
    return PaperRow(one.id, dict(PAPER_KINDS)[one.kind], words, chip, texts)


def due_words(kind: str, until: dt.date, today: dt.date, remind_days: int) -> str:
    """``保险单还剩 25 天``; empty while nobody need be reminded."""
    chip = expiry_chip(until, today, remind_days)
    return f"{kind}{chip.words}" if chip.tone in {Tone.WARN, Tone.BAD} else ""


def consent_words(one: Consent, version: str) -> str:
    """When, who and to which text; a text that has changed since is to be asked anew (PIPL 14)."""
    words = f"{one.day} {one.signer} · 文本 {one.version}"
    return words if one.version == version else f"{words}（文本已更新为 {version}，请重新征求同意）"


def history_row(act: Act, undo: Undo | None, actor: Actor) -> HistoryRow:
    """One save, with a line for each field it changed; of what ``actor`` may not see only that it was."""
    lines, title = [], act.label
    for change in act.changes:
        label = _ROWS.get(change.field) or _label(change.subject, change.field)
        if not may_see_change(actor, change):
            lines.append(f"{label}：{WITHHELD}")
            title = "改证件" if change.field == "paper" else title  # it would name the paper
            continue
        before, value = (
            changed_words(change.subject, change.field, one) for one in (change.before, change.value)
        )
        # Of what stood empty only the new is worth a word.
        lines.append(f"{label}：{before} → {value}" if change.before else f"{label}：{value}")
    undone = act.undone_at is not None and act.verb != "undo_record"
    title = f"{title}（已撤销）" if undone else title
    return HistoryRow(act.at, act.staff_name, title, tuple(lines), undo)


def audit_row(line: AuditLine, names: Mapping[int, str]) -> HistoryRow:
    """A line of the audit trail: what other rooms did, and who looked at a number in full."""
    who = "" if line.staff is None else names.get(line.staff, "")
    return HistoryRow(line.at, who, line.detail or _VERBS.get(line.verb, line.verb))


def _label(subject: str, name: str) -> str:
    try:
        label = spec_of(subject, name).label
    except KeyError:
        return name
    # In the history of a child's record her own birth date and one of her adults' are not to be told apart.
    return f"家人{label}" if (subject, name) == ("adult", "born_on") else label
