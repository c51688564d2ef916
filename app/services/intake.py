"""临时托登记: a child nobody has heard of is in class thirty seconds later."""

import dataclasses
import datetime as dt
import json
import random

from app.domain.capacity import SlotAnswer, Verdict
from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.classes import kind_for_age
from app.domain.errors import RuleError
from app.domain.ids import ChildId, ClassId, DraftId
from app.domain.looks import Chip, Tone
from app.domain.pricing import Quote, quote
from app.domain.staff import Actor, Permission, Role
from app.services.arrivals import UnknownPersonError, draw_code, keep_arrival, mode_of
from app.services.board import DRAFT_KIND
from app.services.intake_card import (
    Assessment,
    ClassProposal,
    IntakeCard,
    Missing,
    ParkedDraft,
    Problem,
    Registered,
)
from app.services.intake_keeping import keep_family
from app.services.intake_missing import list_missing
from app.services.intake_reading import Reading, read_card
from app.services.slots import Choice, Slots, proposals
from app.store import children, drafts, people, prices, settings, tables, visits
from app.store.database import Clock, Database
from app.store.people import AdultOf
from app.store.stamps import at_minute, day_of, minute_of
from app.store.visits import NewVisit

__all__ = [
    "Assessment",
    "CardRefusedError",
    "ClassProposal",
    "GoneDraftError",
    "Intake",
    "IntakeCard",
    "Missing",
    "ParkedDraft",
    "Problem",
    "Registered",
]


class CardRefusedError(RuleError):
    """The card cannot be registered as it is; ``problems`` say why, one for each field."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        more = f"（还有 {len(problems) - 1} 处）" if len(problems) > 1 else ""
        super().__init__(problems[0].sentence + more, field=problems[0].field)
        self.problems = problems


class GoneDraftError(RuleError):
    """The draft was finished or given up."""


class Intake:
    """The verbs of the intake card."""

    def __init__(self, database: Database, clock: Clock, rng: random.Random) -> None:
        self._database = database
        self._clock = clock
        self._rng = rng

    def assess(self, card: IntakeCard) -> Assessment:
        """What the rules say of a card right now. Reads only; asked at every pause of the typing."""
        return self._assess(card)[0]

    def keep_draft(self, actor: Actor, card: IntakeCard, draft: DraftId | None = None) -> Done[DraftId]:
        """Keep what has been typed so far, so that a crash loses nothing."""
        actor.require(Permission.REGISTER_CHILD)
        title, body = _title(card), _body(card)
        if draft is not None and drafts.ended_body(self._database, draft) == body:
            # The last pause of the typing came after the card was registered: there is nothing left to keep.
            return Done(draft)
        with self._database.unit(actor.id, "keep_draft") as unit:
            key = draft
            if key is None or not drafts.keep_draft(unit, key, title, body):
                key = drafts.add_draft(unit, DRAFT_KIND, actor.id, title, body)
            unit.audit("draft", key)
        return Done(key, Changes(frozenset({Topic.DRAFTS})))

    def park(self, actor: Actor, draft: DraftId) -> Done[None]:
        """挂起: put a card aside for whoever takes it up again.

        Raises:
            GoneDraftError: it was finished.
        """
        return self._hold(actor, draft, held=True)

    def parked(self, actor: Actor) -> tuple[ParkedDraft, ...]:
        """The cards put aside, oldest first."""
        actor.require(Permission.READ)
        kept = drafts.list_held(self._database, DRAFT_KIND)
        return tuple(ParkedDraft(one.id, one.title, one.saved_at) for one in kept)

    def take_back(self, actor: Actor, draft: DraftId) -> IntakeCard:
        """取回: take a card up again; from now on it is this staff member's.

        Raises:
            GoneDraftError: it was finished, or somebody gave it up.
        """
        self._hold(actor, draft, held=False)
        kept = drafts.find_draft(self._database, DRAFT_KIND, draft)
        return IntakeCard() if kept is None else _card(kept.body)

    def discard(self, actor: Actor, draft: DraftId) -> Done[None]:
        """Give a card up. It stays on file as done; nobody is offered it again."""
        actor.require(Permission.REGISTER_CHILD)
        with self._database.unit(actor.id, "discard_draft") as unit:
            drafts.end_draft(unit, draft)
            unit.audit("draft", draft)
        return Done(None, Changes(frozenset({Topic.DRAFTS})))

    def unfinished(self, actor: Actor) -> tuple[DraftId, IntakeCard] | None:
        """The card this staff member was typing when the program stopped."""
        actor.require(Permission.READ)
        kept = drafts.find_open(self._database, DRAFT_KIND, actor.id)
        return None if kept is None else (kept.id, _card(kept.body))

    def card_for(self, actor: Actor, child: ChildId) -> IntakeCard:
        """A card for a child who came before: what is on file is filled in, what is of today is not.

        Raises:
            UnknownPersonError: there is no such child.
        """
        actor.require(Permission.REGISTER_CHILD)
        kept = children.find_child(self._database, child)
        if kept is None:
            raise UnknownPersonError("没有找到这个孩子的档案，请刷新后再试。")
        adults = people.list_adults(self._database, child, day_of(self._clock()))
        free = [adult for adult in adults if not adult.tie.barred]
        card = IntakeCard(
            child=child,
            name=kept.name,
            sex=kept.sex or "",
            born_on=kept.born_on.isoformat(),
            allergy=kept.allergy,
            allergens="、".join(kept.substances),
            document_number=kept.document_number,
        )
        return _with_adults(card, free)

    def register(self, actor: Actor, card: IntakeCard, draft: DraftId | None = None) -> Done[Registered]:
        """Put child and adults on file and take her in: all of it or nothing, in one unit of work.

        Raises:
            CardRefusedError: something is missing or wrong; ``problems`` name every field.
            AlreadyCheckedInError: she is inside.
        """
        actor.require(Permission.REGISTER_CHILD)
        actor.require(Permission.CHECK_IN)
        found, reading, choice = self._assess(card)
        problems = _blocking(found, card, actor)
        if problems or choice is None or reading.promised is None or reading.check is None:
            raise CardRefusedError(problems or (Problem("class_id", "今天没有开班的班级，不能收。"),))
        now = self._clock()
        code = draw_code(self._database, self._rng, day_of(now))
        with self._database.unit(actor.id, "register") as unit:
            child, bringer = keep_family(unit, card, reading)
            visit = NewVisit(
                child=child,
                class_id=choice.group.id,
                day=day_of(now),
                mode=mode_of(reading.tariff),
                tariff=reading.tariff,
                pickup_code=code,
                brought_by=bringer,
                received_by=actor.id,
                promised_at=reading.promised,
                reason=card.reason.strip(),
            )
            key = keep_arrival(unit, visit, reading.check, reading.name)
            for why in (card.age_reason.strip(), card.capacity_reason.strip()):
                if why:
                    unit.audit("override", key, why)
            if draft is not None:
                drafts.keep_draft(unit, draft, _title(card), _body(card))
                drafts.end_draft(unit, draft)
        return Done(
            Registered(key, child, reading.name, choice.group.name, code),
            Changes(frozenset({Topic.CHILDREN, Topic.VISITS, Topic.DRAFTS}), frozenset({child})),
            Undo("check_in", key, f"{reading.name} 入园"),
        )

    def _hold(self, actor: Actor, draft: DraftId, *, held: bool) -> Done[None]:
        actor.require(Permission.REGISTER_CHILD)
        with self._database.unit(actor.id, "park" if held else "take_back") as unit:
            if not drafts.hold_draft(unit, draft, actor.id, held=held):
                raise GoneDraftError("这份登记已经完成或放弃，请从列表里另选一份。")
            unit.audit("draft", draft)
        return Done(None, Changes(frozenset({Topic.DRAFTS})))

    def _assess(self, card: IntakeCard) -> tuple[Assessment, Reading, Choice | None]:
        now = self._clock()
        today = day_of(now)
        kept = settings.current(self._database, today)
        reading = read_card(card, now, kept)
        chosen: Choice | None = None
        shown: tuple[ClassProposal, ...] = ()
        known = self._known_child(card, reading)
        if reading.born_on is not None:
            until = reading.promised or at_minute(
                today, min(kept.closing, minute_of(now) + kept.half_day_minutes)
            )
            choices = Slots(self._database, now, without=known).choices(reading.months, until)
            shown = proposals(choices, card.class_id)
            chosen = _chosen(choices, shown)
        slots = None if chosen is None else chosen.answer
        problems = (*reading.problems, *self._more_problems(card, known, slots))
        missing = list_missing(card, reading)
        blocked = [one for one in problems if one.tone in {Tone.WARN, Tone.BAD}]
        found = Assessment(
            age_words=_age_words(reading, today),
            classes=shown,
            slots=slots,
            quote=self._quote(reading, now),
            missing=missing,
            problems=problems,
            known=self._known_chips(card, reading, known),
            ready=not blocked and chosen is not None and all(one.kind != "required" for one in missing),
        )
        return found, reading, chosen

    def _quote(self, reading: Reading, now: dt.datetime) -> Quote | None:
        if reading.promised is None:
            return None
        tariffs = prices.tariffs(self._database, day_of(now))
        return quote(reading.tariff, now, reading.promised, reading.promised, tariffs)

    def _known_child(self, card: IntakeCard, reading: Reading) -> ChildId | None:
        if card.child is not None:
            return card.child
        if not reading.name or reading.born_on is None:
            return None
        return children.find_same(self._database, reading.name, reading.born_on)

    def _known_chips(self, card: IntakeCard, reading: Reading, known: ChildId | None) -> tuple[Chip, ...]:
        if known is not None:
            return () if card.child is not None else (Chip(f"以前来过：{reading.name}", Tone.INFO),)
        phones = [person.phone for person in reading.people if person.phone]
        found = {child for phone in phones for child in people.children_by_phone(self._database, phone)}
        names = [kept.name for child in sorted(found) if (kept := children.find_child(self._database, child))]
        return tuple(Chip(f"同一电话：{name}", Tone.INFO) for name in names[:3])

    def _more_problems(
        self, card: IntakeCard, known: ChildId | None, slots: SlotAnswer | None
    ) -> list[Problem]:
        found = []
        if known is not None and (inside := visits.find_open_visit(self._database, known)) is not None:
            words = f"{inside.child_name} {inside.arrived_at:%H:%M} 已经入园，不用再登记。"
            found.append(Problem("name", words))
        if slots is not None and slots.verdict is Verdict.NO and not card.capacity_reason.strip():
            words = f"{slots.words}确要收下须由园长写明理由。"
            found.append(Problem("capacity_reason", words, Tone.WARN))
        return found


def _with_adults(card: IntakeCard, adults: list[AdultOf]) -> IntakeCard:
    """Fill in who brought her last time and the other contact."""
    if adults:
        first = adults[0]
        card = dataclasses.replace(
            card,
            bringer=first.name,
            relation=first.tie.relation,
            phone=first.phone,
            identity_seen=first.identity_seen,
            bringer_collects=first.tie.may_collect,
        )
    if len(adults) > 1:
        second = adults[1]
        card = dataclasses.replace(
            card,
            second=second.name,
            second_relation=second.tie.relation,
            second_phone=second.phone,
            second_collects=second.tie.may_collect,
        )
    return card


def _blocking(found: Assessment, card: IntakeCard, actor: Actor) -> tuple[Problem, ...]:
    """Everything that stands in the way, what is wrong before what is missing."""
    problems = [one for one in found.problems if one.tone in {Tone.WARN, Tone.BAD}]
    problems += [
        Problem(one.field, f"还缺：{one.label}。") for one in found.missing if one.kind == "required"
    ]
    refused = found.slots is not None and found.slots.verdict is Verdict.NO
    if refused and card.capacity_reason.strip() and actor.role is not Role.DIRECTOR:
        words = "超出可收人数，只有园长可以写明理由收下。请园长登录后保存。"
        problems.append(Problem("capacity_reason", words))
    return tuple(problems)


def _chosen(choices: tuple[Choice, ...], shown: tuple[ClassProposal, ...]) -> Choice | None:
    taken: ClassId | None = next((one.id for one in shown if one.chosen), None)
    return next((one for one in choices if one.group.id == taken), None)


def _age_words(reading: Reading, today: dt.date) -> str:
    if reading.born_on is None:
        return ""
    kind = kind_for_age(reading.months, tables.ratio_rules(today))
    return f"{reading.months} 个月 · {kind.label}"


def _title(card: IntakeCard) -> str:
    return card.name.strip()[:20] or card.bringer.strip()[:20] or "未填姓名"


def _body(card: IntakeCard) -> str:
    return json.dumps(dataclasses.asdict(card), ensure_ascii=False)


def _card(body: str) -> IntakeCard:
    """A card from a draft; fields that a later release dropped are left out."""
    known = {field.name for field in dataclasses.fields(IntakeCard)}
    return IntakeCard(**{name: value for name, value in json.loads(body).items() if name in known})
