"""Everything that can be found by typing, in groups: children, their adults, families that ask for a place,
receipts and cards by number.

Rooms and commands are the window's; what they sound like is asked here, where the pinyin tables are.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app.domain.cards import card_number
from app.domain.ids import AdultId, ApplicantId, ChildId, ReceiptId, VisitId
from app.domain.looks import Chip, Tone
from app.domain.names import SearchKeys, drop_halves, search_keys
from app.domain.phones import mask_phone
from app.domain.record import record
from app.domain.seals import normal_text
from app.domain.staff import Actor, Permission
from app.services.asking_index import AskingIndex
from app.services.rereading import Rereading
from app.store import cards, finding, receipts
from app.store.database import Database
from app.store.finding import AskingRow, TieRow

if TYPE_CHECKING:
    from app.services.desk import ChildRow, Desk

_CHILDREN, _ADULTS, _FAMILIES, _YEARS = 6, 4, 4, 3
_BY_NICKNAME = 3
_LONGEST = 50
_RECEIPT = re.compile(r"(?:(\d{4})-)?(\d{1,6})")
_CARD = re.compile(r"C-?(\d{1,6})")
_ENDED = {"lost": Chip("已挂失", Tone.BAD), "withdrawn": Chip("已作废", Tone.WARN)}
_WAITS = Chip("候补", Tone.INFO)
_STEPS = {"inquire": Chip("咨询", Tone.PLAIN), "leave": Chip("放弃", Tone.PLAIN)}


@record
class AdultHit:
    """An adult of one child."""

    adult: AdultId
    child: ChildId
    name: str
    relation: str
    phone_masked: str
    child_name: str
    barred: bool


@record
class FamilyHit:
    """A family of 咨询 or 候补, whose child is not on file."""

    applicant: ApplicantId
    name: str
    words: str  # 李芳 · 138****6021 · 2025-11-02 来问
    chip: Chip


@record
class PaperHit:
    """A receipt or a card whose number was typed. ``kind`` is receipt or card."""

    kind: str
    title: str  # 收据 2025-000018
    words: str  # 朱予晴 · 2025-12-03 · ¥95.00
    chip: Chip
    child: ChildId
    visit: VisitId | None = None
    receipt: ReceiptId | None = None


@record
class Found:
    """What was found. A group's rank says how near its best hit is: 0 by the beginning of a name, 9 none."""

    children: "tuple[ChildRow, ...]" = ()
    adults: tuple[AdultHit, ...] = ()
    papers: tuple[PaperHit, ...] = ()
    ranks: tuple[int, int, int, int] = (9, 9, 9, 9)
    families: tuple[FamilyHit, ...] = ()


class Finding:
    """Answers each key press: everything but papers is looked for in memory."""

    def __init__(self, database: Database, desk: "Desk") -> None:
        self._database = database
        self._desk = desk
        self._asking = AskingIndex(database)
        self._rereading = Rereading(database)

    def find(self, actor: Actor, text: str) -> Found:
        """Who and what is meant by what was typed so far, also by what an input method still holds.

        A teacher finds the children of her own classes, their adults and their papers, and nobody else;
        families that ask are found by who admits children.
        """
        actor.require(Permission.READ)
        text = drop_halves(text)
        own, index = self._desk.scope.children(actor), self._desk.index
        hits = dict(index.ranked(text, _CHILDREN, adults=False, among=own))
        if len(hits) < _CHILDREN:
            for child in index.at_home(text, _CHILDREN, own):
                hits.setdefault(child, _BY_NICKNAME)
        adults = index.ties(text, _ADULTS, own)
        rows = self._desk.rows(actor, tuple(hits)[:_CHILDREN])
        papers = tuple(one for one in self._papers(text) if own is None or one.child in own)
        asking = self._asking.find(text, _FAMILIES) if actor.may(Permission.ADMIT) else ()
        ranks = (
            min(hits.values(), default=9),
            adults[0][1] if adults else 9,
            2 if papers else 9,
            asking[0][1] if asking else 9,
        )
        families = tuple(_family_hit(row) for row, _ in asking)
        return Found(rows, tuple(_adult_hit(tie) for tie, _ in adults), papers, ranks, families)

    def sounds(self, words: Sequence[str]) -> tuple[SearchKeys, ...]:
        """How rooms and commands are read."""
        return tuple(search_keys(one) for one in words)

    def reread(self) -> bool:
        """Make some search keys anew where older rules made them; says whether there are more to do."""
        return self._rereading.go_on()

    def warm(self) -> None:
        """Make the index of children while nobody waits for it.

        The families that ask have no keys on file: theirs needs the pinyin tables (8 MB), at a first search.
        """
        self._desk.index.warm()

    def _papers(self, text: str) -> Iterator[PaperHit]:
        plain = normal_text(text[:_LONGEST])
        if (typed := _RECEIPT.fullmatch(plain)) is not None:
            yield from self._receipts(typed[1], int(typed[2]))
        if (typed := _CARD.fullmatch(plain)) is not None:
            card = cards.find_by_number(self._database, card_number(int(typed[1])))
            if card is not None:
                chip = _ENDED[card.ended_as] if card.ended_as else Chip("有效", Tone.OK)
                words = f"{card.child_name} · {card.issued_at:%Y-%m-%d} 发"
                yield PaperHit("card", f"接送卡 {card.number}", words, chip, card.child)

    def _receipts(self, year: str | None, place: int) -> Iterator[PaperHit]:
        """A receipt by its number, or by the last part of it in each of the latest years."""
        years = [int(year)] if year else finding.list_receipt_years(self._database)[:_YEARS]
        for one in years:
            kept = receipts.find_receipt_by_number(self._database, f"{one}-{place:06d}")
            if kept is not None:
                what = "退款单" if kept.kind == "refund" else "收据"
                words = f"{kept.child_name} · {kept.day} · {kept.total.yuan_words}"
                chip = Chip("已退款", Tone.WARN) if kept.reversed_by is not None else Chip("", Tone.PLAIN)
                title = f"{what} {kept.number}"
                yield PaperHit("receipt", title, words, chip, kept.child, kept.visit, kept.id)


def _family_hit(row: AskingRow) -> FamilyHit:
    parts = (row.contact, mask_phone(row.phone), f"{row.applied_on} 来问")
    return FamilyHit(row.applicant, row.name, " · ".join(filter(None, parts)), _STEPS.get(row.step, _WAITS))


def _adult_hit(tie: TieRow) -> AdultHit:
    return AdultHit(
        tie.adult, tie.child, tie.name, tie.relation, mask_phone(tie.phone), tie.child_name, tie.barred
    )
