"""接送卡: issued, printed, declared lost and issued anew. The old one answers 已挂失 at the desk for ever."""

from collections.abc import Sequence

from app.domain.cards import MOST, CardError, shown_name
from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.ids import CardId, ChildId, VisitId
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.seals import SealKind, read_seal, seal
from app.domain.staff import Actor, Permission
from app.reports.cards import CardFace, CardSheet
from app.services.scope import Scope
from app.store import cards, centre, children, papers, visits
from app.store.cards import Card, Holder
from app.store.database import Clock, Database, Unit
from app.store.stamps import day_of

__all__ = ["Card", "CardRow", "Cards", "Holder"]

_LONGEST_WORDS = 50


@record
class CardRow:
    """One enrolled child in the register: her cards, the latest first, and which were printed."""

    holder: Holder
    cards: tuple[Card, ...]
    printed: frozenset[CardId]

    @property
    def valid(self) -> tuple[Card, ...]:
        """The cards that open her at the desk."""
        return tuple(card for card in self.cards if card.valid)


class Cards:
    """The verbs of the card register. A card lets nobody take a child: it only saves typing her name."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._scope = Scope(database, clock)

    def register(self, actor: Actor) -> tuple[CardRow, ...]:
        """Every enrolled child with her cards, by class; a teacher sees her own classes."""
        actor.require(Permission.READ)
        printed = cards.list_printed(self._database)
        held: dict[ChildId, list[Card]] = {}
        for card in cards.list_cards(self._database):
            held.setdefault(card.child, []).append(card)
        return tuple(
            CardRow(one, own := tuple(held.get(one.child, ())), printed & {card.id for card in own})
            for one in cards.list_holders(self._database, day_of(self._clock()))
            if self._scope.holds(actor, one.child)
        )

    def issue(self, actor: Actor, wanted: Sequence[ChildId]) -> Done[tuple[CardId, ...]]:
        """Give a card to each of these children who has no valid one.

        Raises:
            CardError: all of them have one, or one is not on file.
        """
        actor.require(Permission.REGISTER_CHILD)
        counts = cards.count_valid(self._database, wanted)
        lacking = [child for child, count in counts.items() if not count]
        if not lacking:
            raise CardError("这些孩子都已经有卡了。要再打一遍按“打印”，要多发一张按“加发”。")
        return self._issue(actor, lacking)

    def issue_another(self, actor: Actor, child: ChildId) -> Done[tuple[CardId, ...]]:
        """Give one child one more card, for another of those who usually come.

        Raises:
            CardError: she has as many as a child may have.
        """
        actor.require(Permission.REGISTER_CHILD)
        if cards.count_valid(self._database, [child])[child] >= MOST:
            msg = f"一个孩子最多 {MOST} 张有效的卡。请先把不用的挂失或收回。"
            raise CardError(msg)
        return self._issue(actor, [child])

    def declare_lost(self, actor: Actor, card: CardId, words: str = "") -> Done[CardId]:
        """挂失: from now on the desk says so when the card is shown. Whoever hands children back may do it.

        Raises:
            CardError: it is lost or withdrawn already.
        """
        actor.require(Permission.CHECK_OUT)
        kept, why = self._valid(card), _why(words)
        with self._database.unit(actor.id, "declare_card_lost") as unit:
            cards.end_card(unit, card, "lost", why, actor.id)
            unit.audit("card", card, f"{kept.number} {kept.child_name} {why}".strip())
        return Done(card, _changes(kept.child), Undo("card.lost", card, f"{kept.number} 挂失"))

    def replace(self, actor: Actor, card: CardId, words: str = "") -> Done[CardId]:
        """挂失补发: the lost card ends and a new one is issued, in one unit of work.

        Raises:
            CardError: the card was withdrawn, or has been replaced already.
        """
        actor.require(Permission.REGISTER_CHILD)
        kept, why = self._find(card), _why(words)
        if kept.ended_as == "withdrawn" or self._replaced(kept):
            msg = f"{kept.number} 已经收回或补发过了，请刷新后再看。"
            raise CardError(msg)
        with self._database.unit(actor.id, "replace_card") as unit:
            if kept.valid:
                cards.end_card(unit, card, "lost", why, actor.id)
            new = cards.add_card(unit, kept.child, cards.next_batch(unit), actor.id, replaces=card)
            unit.audit("card", new, f"{kept.child_name} 补发，原卡 {kept.number} {why}".strip())
        return Done(new, _changes(kept.child), Undo("card.issue", new, f"{kept.child_name} 补发接送卡"))

    def withdraw(self, actor: Actor, card: CardId, words: str = "") -> Done[None]:
        """收回: the card was handed back, or nobody uses it any more.

        Raises:
            CardError: it is lost or withdrawn already.
        """
        actor.require(Permission.REGISTER_CHILD)
        kept, why = self._valid(card), _why(words)
        with self._database.unit(actor.id, "withdraw_card") as unit:
            cards.end_card(unit, card, "withdrawn", why, actor.id)
            unit.audit("card", card, f"{kept.number} {kept.child_name} {why}".strip())
        return Done(None, _changes(kept.child), Undo("card.lost", card, f"{kept.number} 收回"))

    def undo_issue(self, actor: Actor, card: CardId) -> Done[None]:
        """Withdraw what was issued together with this card. The lost one whose place it took stays lost.

        Raises:
            CardError: none of them is valid any more.
        """
        actor.require(Permission.REGISTER_CHILD)
        batch = [one for one in cards.list_batch(self._database, self._find(card).batch) if one.valid]
        if not batch:
            raise CardError("这批卡已经收回了。")
        with self._database.unit(actor.id, "undo_issue_cards") as unit:
            for one in batch:
                cards.end_card(unit, one.id, "withdrawn", "撤销发卡", actor.id)
                unit.audit("card", one.id, f"{one.number} {one.child_name}")
        return Done(None, _changes(*(one.child for one in batch)))

    def undo_loss(self, actor: Actor, card: CardId) -> Done[None]:
        """找回来了: the card is valid again, unless another took its place.

        Raises:
            CardError: it is valid, or has been replaced: then it must stay dead.
        """
        actor.require(Permission.CHECK_OUT)
        kept = self._find(card)
        if kept.valid:
            msg = f"{kept.number} 现在是有效的，没有可撤销的挂失。"
            raise CardError(msg)
        if self._replaced(kept):
            msg = f"{kept.number} 已经补发了新卡，旧卡不能再用。请把旧卡剪掉。"
            raise CardError(msg)
        with self._database.unit(actor.id, "undo_card_lost") as unit:
            cards.reverse_end(unit, card)
            unit.audit("card", card, f"{kept.number} {kept.child_name} {kept.ended_as} {kept.ended_at:%F %T}")
        return Done(None, _changes(kept.child))

    def sheet(self, actor: Actor, wanted: Sequence[CardId], title: str) -> CardSheet:
        """The paper with these cards, ten to a sheet; ``title`` names the file.

        Raises:
            CardError: there is none, or the centre is not set up.
            OtherClassError: a teacher prints one of another class.
        """
        actor.require(Permission.READ)
        home = centre.find_centre(self._database)
        if home is None or not wanted:
            raise CardError("没有可以打印的卡。请先发卡。")
        holders = {one.child: one for one in cards.list_holders(self._database, day_of(self._clock()))}
        faces = []
        for key in wanted:
            kept = self._valid(key)
            self._scope.require(actor, kept.child)
            holder, child = holders.get(kept.child), children.find_child(self._database, kept.child)
            nickname = "" if child is None else child.nickname
            faces.append(
                CardFace(
                    number=kept.number,
                    shown=shown_name(kept.child_name, nickname),
                    colour="#1F7A6D" if holder is None else holder.colour,
                    seal=seal(home.seal_key, SealKind.CARD, kept.number),
                )
            )
        return CardSheet(home.name, home.phone, tuple(faces), title, practice=home.practice)

    def printed(self, actor: Actor, sent: Sequence[CardId]) -> Done[None]:
        """Count a print of each of these cards."""
        actor.require(Permission.READ)
        with self._database.unit(actor.id, "print") as unit:
            for card in sent:
                papers.add_print(unit, "card", card, actor.id)
            unit.audit("card", sent[0] if sent else None, f"打印 {len(sent)} 张")
        return Done(None, Changes(frozenset({Topic.CARDS})))

    def stay_of(self, text: str) -> VisitId | None:
        """The stay under way of the child a scanned card stands for; None for what is no card of ours.

        Raises:
            CardError: the card is lost or withdrawn, not in this file, or its child is not here.
        """
        home = centre.find_centre(self._database)
        read = None if home is None else read_seal(home.seal_key, text)
        if read is None or read.kind is not SealKind.CARD:
            return None
        kept = cards.find_by_number(self._database, read.number)
        if kept is None:
            msg = f"数据文件里没有接送卡 {read.number}，请直接点孩子的名字。"
            raise CardError(msg)
        if not kept.valid:
            ended = {"lost": "挂失", "withdrawn": "收回"}[kept.ended_as or "lost"]
            msg = f"接送卡 {kept.number}（{kept.child_name}）已{ended}，不能凭它认人。请看见孩子，再点名字。"
            raise CardError(msg)
        visit = visits.find_open_visit(self._database, kept.child)
        if visit is None:
            msg = f"接送卡 {kept.number} 是{kept.child_name}的，按记录现在不在园。请核对。"
            raise CardError(msg)
        return visit.id

    def _replaced(self, kept: Card) -> bool:
        """Whether another card took its place; one that was withdrawn again leaves the place free."""
        others = cards.list_cards(self._database, kept.child)
        return any(one.replaces == kept.id and one.ended_as != "withdrawn" for one in others)

    def _issue(self, actor: Actor, wanted: Sequence[ChildId]) -> Done[tuple[CardId, ...]]:
        names = [self._name(child) for child in wanted]
        with self._database.unit(actor.id, "issue_cards") as unit:
            issued = tuple(self._add_all(unit, actor, wanted))
            for card, name in zip(issued, names, strict=True):
                unit.audit("card", card, name)
        label = f"{names[0]} 发卡" if len(names) == 1 else f"发卡 {len(names)} 张"
        return Done(issued, _changes(*wanted), Undo("card.issue", issued[0], label))

    def _add_all(self, unit: Unit, actor: Actor, wanted: Sequence[ChildId]) -> list[CardId]:
        batch = cards.next_batch(unit)
        return [cards.add_card(unit, child, batch, actor.id) for child in wanted]

    def _name(self, child: ChildId) -> str:
        kept = children.find_child(self._database, child)
        if kept is None:
            raise CardError("没有找到这个孩子的档案，请刷新后再试。")
        return kept.name

    def _find(self, card: CardId) -> Card:
        kept = cards.find_card(self._database, card)
        if kept is None:
            raise CardError("没有找到这张卡，请核对卡号。")
        return kept

    def _valid(self, card: CardId) -> Card:
        kept = self._find(card)
        if not kept.valid:
            words = {"lost": "挂失", "withdrawn": "收回"}[kept.ended_as or "lost"]
            msg = f"{kept.number} 已经{words}了。请刷新后再看。"
            raise CardError(msg)
        return kept


def _why(words: str) -> str:
    return clean_text(words, "说明", "words", _LONGEST_WORDS)


def _changes(*touched: ChildId) -> Changes:
    return Changes(frozenset({Topic.CARDS}), frozenset(touched))
