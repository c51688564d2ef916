"""Two records side by side before they become one: what differs, which value stays, what is against it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.domain.bookings import day_words
from app.domain.ids import AdultId, ChildId
from app.domain.joining import (
    ADULT_PARTS,
    CHILD_PARTS,
    Answer,
    Difference,
    Side,
    Way,
    differences,
    join_allergies,
    latest,
)
from app.domain.record import record
from app.domain.record_fields import shown_text, spec_of
from app.domain.records import ANSWERS, PURPOSES
from app.services.merge_days import away_words, choices_of, list_away_over, unbooked_words
from app.services.merge_faces import are_two, may_be_twins, pair_faces
from app.services.merge_ties import TieJoin, join_ties
from app.services.record_values import (
    adult_values,
    allergy_value,
    changed_words,
    child_values,
    tie_words,
)
from app.store import children, merge_pairs, merging, people, record_rules
from app.store.database import Database, Unit
from app.store.merge_days import list_day_pairs
from app.store.photos import Subject
from app.store.record_papers import Consent

_FLAG_WORDS = {"is_guardian": "监护人", "may_collect": "可以接孩子", "is_emergency": "紧急联系人"}
_EMPTY = "—"
_NO_RIGHTS = "没有权限"


@record
class SideLine:
    """One line of the comparison. ``choice`` is what the choice is told by; empty where there is none.

    ``result`` says what becomes of it where nothing is chosen.
    """

    label: str
    kept: str
    merged: str
    result: str = ""
    choice: str = ""
    side: Side | None = Side.KEPT  # proposed; None where somebody has to say
    weighs: bool = False  # a child's health or safety hangs on it, or whether she is one at all
    faces: tuple[bytes, bytes] = (b"", b"")  # JPEG; shown in the place of the words


@record
class Sides:
    """The comparison of two records; with a ``refusal`` they cannot become one as they are."""

    kept: str
    merged: str
    lines: tuple[SideLine, ...]
    notes: tuple[str, ...] = ()
    refusal: str = ""


def child_differences(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[Difference, ...]:
    """The fields in which two records of a child differ, but for her allergies."""
    return differences(CHILD_PARTS, one, other)


def adult_differences(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[Difference, ...]:
    """The fields in which two records of an adult differ; what he may is joined apart (``join_ties``)."""
    return differences(ADULT_PARTS, one, other)


def consent_sides(
    database: Database | Unit, kept: ChildId, merged: ChildId
) -> tuple[tuple[Consent, Consent, Side], ...]:
    """Each purpose that both records have an answer to, and whose answer holds."""
    return tuple(
        (
            mine,
            other,
            latest(Answer(mine.day, mine.answer == "given"), Answer(other.day, other.answer == "given")),
        )
        for mine, other in merge_pairs.pair_consents(database, kept, merged)
    )


def child_sides(database: Database, kept: ChildId, merged: ChildId, today: dt.date) -> Sides:
    """Two records of a child side by side.

    Raises:
        RecordError: one of them is not there any more.
    """
    one, other = (child_values(database, key) for key in (kept, merged))
    lines = [_face_line(database, "child", kept, merged), _allergy_line(one, other)]
    twins = may_be_twins(database, (kept, merged), one, other, today)
    found = [_line("child", each) for each in child_differences(one, other)]
    lines += [_twin_line(line) if twins and line.choice == "name" else line for line in found]
    lines += _consent_lines(database, kept, merged, today)
    names = adult_names(database, (kept, merged), today)
    joins = join_ties(database, "child", kept, merged, today)
    for each in joins:
        name = names.get(each.adult, "家人")
        if each.kept is None:
            lines.append(_tie_line(each, f"{name}（随并入的档案来）"))
        elif each.choice or _differs(each):
            lines.append(_tie_line(each, name))
    for day in choices_of(list_day_pairs(database, kept, merged)):
        lines.append(SideLine(day.label, day.kept, day.merged, "", day.name, day.side, day.weighs))
    shown = [line for line in lines if line is not None]
    notes = (
        *_overlap_words(database, kept, merged),
        *away_words(list_away_over(database, kept, merged)),
        *unbooked_words(database, kept, merged),
        *_lost_words(joins, names),
        *_younger_words(joins, "档案"),
    )
    return Sides(one["name"], other["name"], _in_order(shown), notes)


def adult_names(database: Database, pair: tuple[ChildId, ChildId], today: dt.date) -> Mapping[AdultId, str]:
    """What the adults of either of two records of a child are called."""
    return {row.id: row.name for key in pair for row in people.list_adults(database, key, today)}


def _overlap_words(database: Database, kept: ChildId, merged: ChildId) -> list[str]:
    """Days on which both were here in the same hours: one child cannot have been."""
    found = []
    for mine, other in merging.list_overlaps(database, kept, merged):
        spans = "、".join(
            f"{came:%H:%M}–{left:%H:%M}" if left else f"{came:%H:%M} 起" for came, left in (mine, other)
        )
        found.append(
            f"{day_words(mine[0].date())}两份档案在同一时段都有在园记录（{spans}）。"
            "合并后这天算来了两次，费用也收了两次：请核对，合并后请园长到档案的“历史”里撤销多的一次。"
        )
    return found


def adult_sides(database: Database, child: ChildId, kept: AdultId, merged: AdultId, today: dt.date) -> Sides:
    """Two records of an adult side by side, as they stand with one child.

    Raises:
        RecordError: one of them is none of the child's adults any more.
    """
    one, other = (adult_values(database, child, key, today) for key in (kept, merged))
    face = _face_line(database, "adult", kept, merged)
    lines = [face] if face is not None else []
    lines += [_line("adult", each) for each in adult_differences(one, other)]
    joins = join_ties(database, "adult", kept, merged, today)
    lines += [
        _tie_line(_rights_alone(each), "权限")
        if each.child == child
        else _tie_line(each, _of(database, each))
        for each in joins
        if each.choice or each.kept is None or _differs(each)
    ]
    names = {merged: other["name"]}
    notes = [*_lost_words(joins, names), *_younger_words(joins, "登记")]
    if any(line.choice in {"name", "phone"} for line in lines):
        notes.append(
            "没留下的姓名和电话不会丢：搜得到，也还打得通"
            + ("，门口照样报警。" if other.get("barred") else "。")
        )
    if other.get("barred") and face is not None and face.choice:
        notes.append("没留下的那张照片门口也照样看得到。")
    others = len({each.child for each in joins} - {child})
    if others:
        notes.append(f"这位家人还有另外 {others} 个孩子，一起合并。")
    return Sides(one["name"], other["name"], _in_order(lines), tuple(notes))


def _of(database: Database, one: TieJoin) -> str:
    """Whose, of a brother or a sister: what is shown first is what the two are to the child one looks at."""
    found = children.find_child(database, one.child)
    return f"对{'另一个孩子' if found is None else found.name}的权限"


def _in_order(lines: Iterable[SideLine]) -> tuple[SideLine, ...]:
    """What a child's health and safety hang on first, then what is chosen, then the rest."""
    return tuple(sorted(lines, key=lambda line: (not line.weighs, not line.choice)))


def _line(subject: str, one: Difference) -> SideLine:
    lead = spec_of(subject, one.part.name)
    kept, merged = (_words(subject, one.part.fields, values) for values in (one.kept, one.merged))
    label = one.part.label or lead.label
    weighs = one.part.name in {"chronic", "diet", "exam", "vaccination"}
    if one.part.name == "sex" and one.way is Way.CHOOSE:
        return SideLine(f"{label}（多半是两个孩子，请核对）", kept, merged, "", "sex", None, weighs=True)
    if one.way is Way.JOIN:
        return SideLine(label, kept, merged, f"都留：{one.joined}", weighs=weighs)
    if one.way is Way.FILL:
        return SideLine(label, kept or _EMPTY, merged, "补上", weighs=weighs)
    return SideLine(label, kept or _EMPTY, merged, "", one.part.name, one.side, weighs)


def _face_line(database: Database, subject: Subject, kept: int, merged: int) -> SideLine | None:
    """By the photo the door knows who it is: it is looked at, and chosen where there are two."""
    faces = pair_faces(database, subject, kept, merged)
    if are_two(faces):
        label = "照片（两张，请核对）"
        return SideLine(label, "这一张", "另一张", "", "photo", None, weighs=True, faces=faces)
    if faces[1] and not faces[0]:
        return SideLine("照片", _EMPTY, "有照片", "补上", weighs=True, faces=faces)
    return None


def _twin_line(line: SideLine) -> SideLine:
    return replace(line, label=f"{line.label}（也可能是双胞胎，请核对）", side=None, weighs=True)


def _words(subject: str, names: Iterable[str], values: Iterable[str]) -> str:
    pairs = zip(names, values, strict=True)
    # The kind of a document is read before its number, and a mask of two numbers may be the same.
    parts = [shown_text(spec_of(subject, name), value) for name, value in pairs if value]
    return " ".join(parts)


def _allergy_line(one: Mapping[str, str], other: Mapping[str, str]) -> SideLine | None:
    old, new, joined = allergy_value(one), allergy_value(other), join_allergies(one, other)
    if {old, new} == {joined}:
        return None
    kept, merged, words = (changed_words("child", "allergy", value) for value in (old, new, joined))
    return SideLine("过敏", kept, merged, f"都留：{words}", weighs=True)


def _consent_lines(database: Database, kept: ChildId, merged: ChildId, today: dt.date) -> list[SideLine]:
    labels = {one.purpose: one.label for one in record_rules.consent_texts(today)}
    found = []
    for mine, other, side in consent_sides(database, kept, merged):
        if (mine.answer, mine.day) == (other.answer, other.day):
            continue
        holds = mine if side is Side.KEPT else other
        said = [f"{ANSWERS[one.answer]} {one.day} {one.signer}" for one in (mine, other)]
        result = f"按 {holds.day} 的“{ANSWERS[holds.answer]}”"
        weighs = mine.answer != other.answer
        line = SideLine(labels.get(mine.purpose, "同意书"), said[0], said[1], result, weighs=weighs)
        found.append((PURPOSES.index(mine.purpose), line))
    return [line for _, line in sorted(found, key=lambda pair: pair[0])]


def _differs(one: TieJoin) -> bool:
    pair = [row.tie for row in (one.kept, one.merged) if row is not None]
    return bool(one.lost) or len({(tie_words(tie), tie.only_day) for tie in pair}) > 1


def _rights_alone(one: TieJoin) -> TieJoin:
    """Without the relation, which is chosen in a line of its own."""
    kept, merged = (
        None if row is None else replace(row, tie=replace(row.tie, relation=""))
        for row in (one.kept, one.merged)
    )
    tie, more = (None if tie is None else replace(tie, relation="") for tie in (one.tie, one.more))
    return replace(one, kept=kept, merged=merged, tie=tie or one.tie, more=more)


def _tie_line(one: TieJoin, label: str) -> SideLine:
    ties = (*(None if row is None else row.tie for row in (one.kept, one.merged)), one.tie)
    kept, merged, joined = ("" if tie is None else tie_words(tie).strip() for tie in ties)
    if one.more is not None:
        pair = (_less_words(one, joined), tie_words(one.more).strip())
        kept, merged = pair[::-1] if one.younger is Side.KEPT else pair
        return SideLine(label, kept, merged, "", one.choice, None, weighs=True)
    result = f"合并后：{joined or _NO_RIGHTS}"
    return SideLine(label, kept or _EMPTY, merged or _EMPTY, result, weighs=True)


def _less_words(one: TieJoin, joined: str) -> str:
    """What stays without the word of the younger record; a relation alone is no right."""
    has = one.tie.is_guardian or one.tie.may_collect or one.tie.is_emergency
    return joined if has else f"{joined} {_NO_RIGHTS}".strip()


def _lost_words(joins: Iterable[TieJoin], names: Mapping[AdultId, str]) -> tuple[str, ...]:
    return tuple(
        f"{names.get(one.adult, '家人')}的“{_flag_words(one.lost)}”以前取消过，合并后也不恢复。"
        for one in joins
        if one.lost
    )


def _younger_words(joins: Iterable[TieJoin], what: str) -> tuple[str, ...]:
    asked = next((one for one in joins if one.more is not None), None)
    if asked is None:
        return ()
    side = "左" if asked.younger is Side.KEPT else "右"
    return (
        f"{side}边是后建的{what}：只有它写着的监护人、可以接孩子，要先核对证件或问过监护人，"
        f"才选“用{side}边的”。" + ("合并后，两份登记的人都算有。" if what == "登记" else ""),
    )


def _flag_words(flags: frozenset[str]) -> str:
    return "、".join(words for name, words in _FLAG_WORDS.items() if name in flags)
