"""What of a record somebody may see: health, custody, address and documents are rights of their own.

Domain §5.2 and 未成年人网络保护条例 Art 31-37: the least that the work needs. That somebody is barred, and by
what he is known, everybody sees; which court said so and why is for those who keep the paper.
"""

import dataclasses

from app.domain.looks import Chip
from app.domain.record_fields import ADULT_FIELDS, BARRING_FIELDS, CHILD_FIELDS, Section, spec_of
from app.domain.records import Gap
from app.domain.staff import Actor, Permission
from app.services.record_cards import AdultCard, FieldValue, PaperRow, RecordCard, RecordRow
from app.store.record_acts import Change

WITHHELD = "按岗位不显示"
#: Papers that say more than that they are there. What is not named is for everybody who reads.
PAPER_SIGHT = {
    "birth": Permission.SEE_DOCUMENTS,
    "household": Permission.SEE_DOCUMENTS,
    "other": Permission.SEE_DOCUMENTS,
    "vaccination": Permission.SEE_HEALTH,
    "exam": Permission.SEE_HEALTH,
    "feeding": Permission.SEE_HEALTH,
    "transfer": Permission.SEE_HEALTH,
    "custody": Permission.SEE_CUSTODY,
}

#: What is missing of her health says itself what she has: 接种证：需要补种.
_OF_HEALTH = frozenset(("chronic", "vaccination", "exam", "feeding_paper"))


def may_see_paper(actor: Actor, kind: str) -> bool:
    """Whether a kind of paper is shown to somebody."""
    return actor.may(PAPER_SIGHT.get(kind, Permission.READ))


def seen_row(actor: Actor, row: RecordRow) -> RecordRow:
    """A line of the list without the reminder of a paper that is not shown."""
    if row.due and not may_see_paper(actor, row.due_of):
        return dataclasses.replace(row, due="", due_of="")
    return row


def seen_card(actor: Actor, card: RecordCard) -> RecordCard:
    """A record without what is not shown to somebody, and with word of what that is."""
    withheld = set()
    if not actor.may(Permission.SEE_HEALTH):
        withheld.add(Section.HEALTH)
    if not actor.may(Permission.KEEP_RECORDS):
        withheld.add(Section.HISTORY)  # old values of every field stand there
    if not all(may_see_paper(actor, kind) for kind in PAPER_SIGHT):
        withheld.add(Section.PAPERS)
    return dataclasses.replace(
        card,
        row=seen_row(actor, card.row),
        fields=tuple(
            _seen_field(actor, one)
            for one in card.fields
            if actor.may(one.spec.sight) or one.spec.section is not Section.HEALTH
        ),
        gaps=_seen_gaps(actor, card.gaps),
        exam=Chip("") if Section.HEALTH in withheld else card.exam,
        adults=tuple(_seen_adult(actor, one) for one in card.adults),
        papers=tuple(one for one in card.papers if may_see_paper(actor, _kind_of(one))),
        withheld=frozenset(withheld),
    )


def may_see_change(actor: Actor, change: Change) -> bool:
    """Whether the history shows what a field was changed from and to."""
    if change.field == "barring":
        return actor.may(Permission.SEE_CUSTODY)
    if change.field == "paper":
        from app.services.record_papers import PAPER_KINDS

        hidden = tuple(words for kind, words in PAPER_KINDS if not may_see_paper(actor, kind))
        return not (change.value.startswith(hidden) or change.before.startswith(hidden))
    try:
        return actor.may(spec_of(change.subject, change.field).sight)
    except KeyError:
        return True  # a tie, a consent, a photo


def withheld_labels(actor: Actor) -> frozenset[str]:
    """The columns of a table of records that are not for somebody, by their headings."""
    labels = {spec.label for spec in (*CHILD_FIELDS, *ADULT_FIELDS) if not actor.may(spec.sight)}
    return frozenset(labels | ({"身份证号"} if not actor.may(Permission.SEE_DOCUMENTS) else set()))


def _seen_gaps(actor: Actor, gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """What is missing, of her health no more than how much to whom it is not shown."""
    hidden = [one for one in gaps if one.key in _OF_HEALTH]
    if not hidden or actor.may(Permission.SEE_HEALTH):
        return gaps
    sources = "、".join(dict.fromkeys(one.source for one in hidden))
    told = Gap("health", f"健康资料 {len(hidden)} 项", Section.HEALTH.value, sources)
    return (*(one for one in gaps if one.key not in _OF_HEALTH), told)


def _kind_of(paper: PaperRow) -> str:
    return dict(paper.texts).get("kind", "")


def _seen_field(actor: Actor, value: FieldValue) -> FieldValue:
    if actor.may(value.spec.sight):
        return value
    return dataclasses.replace(value, shown=WITHHELD, text="", withheld=True)


def _seen_adult(actor: Actor, one: AdultCard) -> AdultCard:
    fields = tuple(
        value if value.spec.name in BARRING_FIELDS and not one.bar_words else _seen_field(actor, value)
        for value in one.fields
    )
    if actor.may(Permission.SEE_CUSTODY) or not one.bar_words:
        return dataclasses.replace(one, fields=fields)
    return dataclasses.replace(one, fields=fields, bar_words=f"{WITHHELD}，要核实请问园长")
