"""临时托登记: a child nobody has heard of is in class thirty seconds later."""

import dataclasses
import datetime as dt
import random

from app.domain.capacity import Verdict
from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.classes import kind_for_age
from app.domain.errors import RuleError
from app.domain.ids import ChildId, ClassId, DraftId
from app.domain.looks import Tone
from app.domain.pricing import Quote
from app.domain.record import record
from app.domain.staff import Actor, Permission, Role
from app.domain.visits import end_of_run
from app.services.arrivals import MorningCheck, UnknownPersonError, draw_code, keep_arrival
from app.services.board import DRAFT_KIND
from app.services.cashier import quote_ahead
from app.services.intake_barred import Hit, find_hits, refuse_hits
from app.services.intake_bodies import body_of, card_of, title_of
from app.services.intake_card import (
    Assessment,
    ClassProposal,
    IntakeCard,
    Missing,
    ParkedDraft,
    Problem,
    Registered,
)
from app.services.intake_filed import go_on, list_filed
from app.services.intake_glyphs import glyph_problems
from app.services.intake_keeping import keep_family
from app.services.intake_known import (
    Known,
    birth_problems,
    document_problems,
    file_chips,
    file_problems,
    find_known,
    may_raise,
    minor_problems,
    number_problems,
    phone_chips,
    stranger_problems,
)
from app.services.intake_missing import list_missing
from app.services.intake_reading import Reading, read_card
from app.services.slots import Choice, Slots, proposals
from app.store import children, day, drafts, people, prices, settings, tables
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


@record
class _Found:
    """An assessment with what it was made from."""

    answer: Assessment
    reading: Reading
    choice: Choice | None
    known: Known | None
    hits: tuple[Hit, ...]


class Intake:
    """The verbs of the intake card."""

    def __init__(self, database: Database, clock: Clock, rng: random.Random) -> None:
        self._database = database
        self._clock = clock
        self._rng = rng

    def assess(self, actor: Actor, card: IntakeCard) -> Assessment:
        """What the rules say of a card right now. Reads only; asked at every pause of the typing."""
        actor.require(Permission.REGISTER_CHILD)
        return self._assess(actor, card).answer

    def keep_draft(self, actor: Actor, card: IntakeCard, draft: DraftId | None = None) -> Done[DraftId]:
        """Keep what has been typed so far, so that a crash loses nothing."""
        actor.require(Permission.REGISTER_CHILD)
        title, body = title_of(card), body_of(card)
        ended = None if draft is None else drafts.ended_body(self._database, draft)
        if draft is not None and ended is not None and card_of(ended) == card:
            # The last pause of the typing came after the card was registered: there is nothing left to keep.
            return Done(draft)
        with self._database.unit(actor.id, "keep_draft") as unit:
            key = draft
            if key is not None and drafts.find_draft(unit, DRAFT_KIND, key) is not None:
                if not drafts.keep_draft(unit, key, actor.id, title, body):
                    raise GoneDraftError("这份登记已由同事取回，正在别处填写。请新开一张卡。")
            else:
                key = drafts.add_draft(unit, DRAFT_KIND, actor.id, title, body)
            unit.audit("draft", key)
        return Done(key, Changes(frozenset({Topic.DRAFTS})))

    def park(self, actor: Actor, draft: DraftId) -> Done[None]:
        """挂起: put a card aside for whoever takes it up again.

        Raises:
            GoneDraftError: it was finished.
        """
        return self._hold(actor, draft, held=True)

    def parked(self, actor: Actor, typing: DraftId | None = None) -> tuple[ParkedDraft, ...]:
        """The cards put aside and those of her own a stop of the program left, oldest first, but not the one
        she is ``typing``.
        """
        actor.require(Permission.READ)
        kept = drafts.list_takeable(self._database, DRAFT_KIND, actor.id)
        return tuple(
            ParkedDraft(one.id, one.title, one.saved_at, one.held) for one in kept if one.id != typing
        )

    def take_back(self, actor: Actor, draft: DraftId) -> IntakeCard:
        """取回: take a card up again; from now on it is this staff member's.

        Raises:
            GoneDraftError: it was finished, or somebody gave it up.
        """
        self._hold(actor, draft, held=False)
        kept = drafts.find_draft(self._database, DRAFT_KIND, draft)
        card = None if kept is None else card_of(kept.body)
        if card is None:
            raise GoneDraftError("这份登记读不出来了，请照纸质记录重新登记。")
        return card

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
        card = None if kept is None else card_of(kept.body)
        return None if kept is None or card is None else (kept.id, card)

    def card_for(self, actor: Actor, child: ChildId) -> IntakeCard:
        """A card for a child who came before: what is on file is filled in, what is of today is not.

        Raises:
            UnknownPersonError: there is no such child.
        """
        actor.require(Permission.REGISTER_CHILD)
        today = day_of(self._clock())
        kept = children.find_child(self._database, child)
        if kept is None or day.find_standing(self._database, child, today) is None:
            raise UnknownPersonError("没有找到这个孩子的档案，请刷新后再试。")
        adults = people.list_adults(self._database, child, today)
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
        return self._as_booked(_with_adults(card, free))

    def go_on_with(self, actor: Actor, card: IntakeCard, child: ChildId) -> IntakeCard:
        """就是这个孩子: go on with the record on file, keeping what was typed of today. Reads only.

        Raises:
            UnknownPersonError: there is no such child.
        """
        filed = self.card_for(actor, child)
        return go_on(card, filed, people.list_adults(self._database, child, day_of(self._clock())))

    def _as_booked(self, card: IntakeCard) -> IntakeCard:
        """With the kind, the hour and the class of today's booking, if there is one."""
        from app.store import bookings  # most who come back have none

        now, held = self._clock(), None
        if card.child is not None:
            held = bookings.find_on(self._database, card.child, day_of(now), minute_of(now))
        if held is None:
            return card
        day_hours = bookings.list_on(self._database, held.child, held.day)
        until = end_of_run(((one.from_minute, one.to_minute) for one in day_hours), held.to_minute)
        promised = f"{until // 60}:{until % 60:02d}"
        return dataclasses.replace(
            card, tariff=held.tariff.value, promised=promised, class_id=held.class_id, reason=held.note
        )

    def register(
        self, actor: Actor, card: IntakeCard, draft: DraftId | None = None, own_pin: str = ""
    ) -> Done[Registered]:
        """Put child and adults on file and take her in: all of it or nothing, in one unit of work.

        ``own_pin`` is the director's, where she takes somebody in who has no place, or whose morning check is
        abnormal.

        Raises:
            CardRefusedError: something is missing or wrong; ``problems`` name every field.
            BarredAlarmError: who brings or will collect her is like somebody barred; the alarm is kept.
            AlreadyCheckedInError: she is inside.
            SecondPersonError, WrongPinError: the director says why in spite of either, and has not typed her
                PIN.
        """
        actor.require(Permission.REGISTER_CHILD)
        actor.require(Permission.CHECK_IN)
        found = self._assess(actor, card)
        reading, choice, known = found.reading, found.choice, found.known
        refuse_hits(self._database, actor, found.hits, day_of(self._clock()))
        problems = _blocking(found.answer)
        _note_refused(self._database, actor, known, reading.check, day_of(self._clock()))
        if problems or choice is None or reading.promised is None or reading.check is None:
            raise CardRefusedError(problems or (Problem("class_id", "今天没有开班的班级，不能收。"),))
        now = self._clock()
        if choice.answer.verdict is Verdict.NO or reading.check.outcome == "abnormal":
            from app.services.pins import Pins  # not at every start

            Pins(self._database, self._clock, self._rng).prove_own(actor, own_pin)
        code = draw_code(self._database, self._rng, day_of(now))
        with self._database.unit(actor.id, "register") as unit:
            raised = may_raise(card, actor)
            child, bringer = keep_family(unit, card, reading, known, raised=raised)
            visit = NewVisit(
                child=child,
                class_id=choice.group.id,
                day=day_of(now),
                mode=reading.tariff.mode,
                tariff=reading.tariff,
                pickup_code=code,
                brought_by=bringer,
                received_by=actor.id,
                promised_at=reading.promised,
                reason=card.reason.strip(),
            )
            key = keep_arrival(unit, visit, reading.check, reading.name)
            for why in (card.age_reason, card.capacity_reason, card.health_reason, card.same_reason):
                if why.strip():
                    unit.audit("override", key, why.strip())
            # Whoever takes the arrival back finds the card as it was typed.
            if draft is None or not drafts.keep_draft(
                unit, draft, actor.id, title_of(card), body_of(card, key)
            ):
                draft = drafts.add_draft(unit, DRAFT_KIND, actor.id, title_of(card), body_of(card, key))
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

    def _assess(self, actor: Actor, card: IntakeCard) -> _Found:
        now = self._clock()
        today = day_of(now)
        kept = settings.current(self._database, today)
        reading = read_card(card, now, kept, director=actor.role is Role.DIRECTOR)
        chosen: Choice | None = None
        shown: tuple[ClassProposal, ...] = ()
        known = find_known(self._database, card, reading, today)
        if reading.born_on is not None:
            until = reading.promised or at_minute(
                today, min(kept.closing, minute_of(now) + kept.half_day_minutes)
            )
            without = None if known is None else known.child.id
            choices = Slots(self._database, now, without=without).choices(reading.months, until)
            shown = proposals(choices, card.class_id)
            chosen = _chosen(choices, shown)
        hits = find_hits(self._database, reading, known, today)
        problems = (*reading.problems, *(hit.problem for hit in hits))
        problems = (*problems, *self._file_problems(actor, card, reading, known))
        problems = (*problems, *_class_problems(card, reading, chosen, actor))
        problems = (*problems, *self._price_problems(reading, today), *minor_problems(reading, known, today))
        problems = (*problems, *number_problems(self._database, reading, known, actor))
        problems = (*problems, *birth_problems(self._database, reading, known))
        problems = (*problems, *glyph_problems(reading))
        missing = list_missing(card, reading)
        blocked = [one for one in problems if one.tone in {Tone.WARN, Tone.BAD}]
        answer = Assessment(
            age_words=_age_words(reading, today),
            classes=shown,
            slots=None if chosen is None else chosen.answer,
            quote=self._quote(reading, now, None if known is None else known.child.id),
            missing=missing,
            problems=problems,
            known=phone_chips(self._database, reading, today) if known is None else file_chips(known, card),
            ready=not blocked and chosen is not None and all(one.kind != "required" for one in missing),
            file_allergens=() if known is None else known.child.substances,
            alike=list_filed(self._database, card, reading, known, today),
        )
        return _Found(answer, reading, chosen, known, hits)

    def _quote(self, reading: Reading, now: dt.datetime, child: ChildId | None) -> Quote | None:
        tariffs = prices.tariffs(self._database, day_of(now))
        if reading.promised is None or tariffs.price_of(reading.tariff) is None:
            return None
        return quote_ahead(self._database, child, reading.tariff, now, reading.promised)

    def _file_problems(
        self, actor: Actor, card: IntakeCard, reading: Reading, known: Known | None
    ) -> list[Problem]:
        found = document_problems(self._database, reading, known)
        if known is not None:
            return [*file_problems(known, card, reading, actor, self._clock()), *found]
        if card.child is not None:
            return [Problem("name", "没有找到这个孩子的档案，请新开一张卡。")]
        return [*stranger_problems(self._database, card, reading), *found]

    def _price_problems(self, reading: Reading, today: dt.date) -> list[Problem]:
        if prices.tariffs(self._database, today).price_of(reading.tariff) is not None:
            return []
        words = (
            f"价目表里没有{reading.tariff.label}的价格，不能这样收费。请换一种托育方式，或请园长补上价格。"
        )
        return [Problem("tariff", words)]


def _class_problems(card: IntakeCard, reading: Reading, chosen: Choice | None, actor: Actor) -> list[Problem]:
    if chosen is None:
        return []
    found = []
    if chosen.answer.verdict is Verdict.NO and not card.capacity_reason.strip():
        words = f"{chosen.answer.words}确要收下须由园长写明理由。"
        found.append(Problem("capacity_reason", words, Tone.WARN))
    elif chosen.answer.verdict is Verdict.NO and actor.role is not Role.DIRECTOR:
        words = f"{chosen.answer.words}只有园长可以写明理由收下，请园长登录后保存。"
        found.append(Problem("capacity_reason", words))
    if not chosen.in_age and not card.age_reason.strip():
        group = chosen.group
        words = f"{reading.months} 个月不在{group.name}（{group.kind.label}）的年龄段。请换班级，或写明理由。"
        found.append(Problem("age_reason", words, Tone.WARN))
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


def _blocking(found: Assessment) -> tuple[Problem, ...]:
    """Everything that stands in the way, what is wrong before what is missing."""
    problems = [one for one in found.problems if one.tone in {Tone.WARN, Tone.BAD}]
    problems += [
        Problem(one.field, f"还缺：{one.label}。") for one in found.missing if one.kind == "required"
    ]
    return tuple(problems)


def _chosen(choices: tuple[Choice, ...], shown: tuple[ClassProposal, ...]) -> Choice | None:
    taken: ClassId | None = next((one.id for one in shown if one.chosen), None)
    return next((one for one in choices if one.group.id == taken), None)


def _note_refused(
    database: Database, actor: Actor, known: Known | None, check: MorningCheck | None, today: dt.date
) -> None:
    """A fever at the door of a child who is on file is kept: a lower number is not typed over it."""
    if known is None or check is None or check.tenths is None:
        return
    if check.tenths >= settings.current(database, today).fever_tenths:
        from app.services.fever_watch import note_refused  # hardly ever

        note_refused(database, actor, known.child.id, known.child.name, check.tenths)


def _age_words(reading: Reading, today: dt.date) -> str:
    if reading.born_on is None:
        return ""
    kind = kind_for_age(reading.months, tables.ratio_rules(today))
    return f"{reading.months} 个月 · {kind.label}"
