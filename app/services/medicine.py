"""带药: taking a request, giving a dose by two people, leaving it out, giving the rest back (domain §3.2 T2).

Nobody is given anything by one person alone: giver and second person both type their PIN, and every guard of
``app.domain.medicine`` speaks before.
"""

import datetime as dt
from typing import TYPE_CHECKING

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.duty import post_of, posts_on
from app.domain.home_doses import require_asked, require_at_home
from app.domain.ids import ChildId, ClassId, DoseId, RequestId, VisitId
from app.domain.intolerances import require_tolerated
from app.domain.medicine import (
    Dose,
    DoseDoneError,
    DoseState,
    Given,
    MedicineError,
    MedicineRules,
    Request,
    RequestDraft,
    TakenBack,
    late_minutes,
    require_dose,
    require_request,
    require_swallowed_none,
    require_two,
    require_undecided,
    require_waiting,
)
from app.domain.medicine_names import same_medicine
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.signatures import decode, require_signature
from app.domain.staff import Actor, NotPermittedError, Permission, Role
from app.domain.visits import check_inside
from app.services.home_doses import teller
from app.services.medicine_allergies import clashes, intolerated
from app.services.medicine_taking import (
    clean_draft,
    read_draft,
    require_home_told,
    require_only,
    require_read,
    signed_draft,
    taker_of,
)
from app.services.medicine_view import (
    ChildChoice,
    DueLine,
    MedicineDay,
    ask_form,
    due_line,
    medicine_facts,
)
from app.services.scope import Scope
from app.store import duty, medicine, settings, visits
from app.store.database import Clock, Database
from app.store.stamps import at_minute, day_of
from app.store.visits import Visit

if TYPE_CHECKING:
    from app.services.pins import Pins, Second

UNDO_REQUEST, UNDO_ACT, UNDO_RETURN = "health.medicine", "health.dose", "health.medicine_return"
_TOPICS = frozenset({Topic.HEALTH, Topic.LOG, Topic.VISITS})


class NotUndoneError(MedicineError):
    """What was noted cannot be taken back any more, or not by this person."""


@record
class Giving:
    """A dose about to be given: to the child in front, as measured, by two people with their PINs."""

    dose: DoseId
    child: ChildId
    measured: str
    giver: "Second"
    second: "Second"
    cleared: str = ""  # how one knows that a dose taken back was not swallowed
    asked: str = ""  # who of the family says that it was not given at home
    asked_reason: str = ""  # why it is she, who is on no record


class Medicine:
    """The verbs of medicine."""

    def __init__(self, database: Database, clock: Clock, pins: "Pins") -> None:
        self._database, self._clock, self._pins = database, clock, pins

    # -- reading

    def day(self, actor: Actor) -> MedicineDay:
        """Today's requests, and what of earlier days has not gone home."""
        actor.require(Permission.SEE_HEALTH)
        now = self._clock()
        today = day_of(now)
        requests = medicine.list_of_days(self._database, today - dt.timedelta(days=31), today)
        open_ = [one for one in requests if one.day == today or not one.returned]
        scope, mine = Scope(self._database, self._clock), actor.name
        shown = scope.own(actor, open_, lambda one: one.child, by=lambda one: one.taken_by == mine)
        return MedicineDay(now, shown, self.rules(today), clashes(self._database, shown))

    def children(self, actor: Actor) -> tuple[ChildChoice, ...]:
        """Who is inside, for whom medicine can be taken."""
        actor.require(Permission.HEALTH_CHECK)
        return ask_form(self._database, self._clock())

    def rules(self, on: dt.date) -> MedicineRules:
        """The centre's numbers of a day."""
        kept = settings.current(self._database, on)
        refused = settings.find_value(self._database, "medicine_refused", on) or ""
        return MedicineRules(
            early=kept.medicine_early_minutes,
            late=kept.medicine_late_minutes,
            gap=kept.medicine_gap_minutes,
            refused=tuple(word for word in refused.split("、") if word),
            substances=medicine.substances(),
        )

    def due(self, class_id: ClassId | None, now: dt.datetime) -> tuple[DueLine, ...]:
        """Doses of today that wait, of a class or of the whole centre, the next first: for class cards."""
        today = day_of(now)
        late = settings.current(self._database, today).medicine_late_minutes
        requests = [
            one
            for one in medicine.list_of_days(self._database, today, today)
            if one.inside and not one.returned and class_id in {None, one.class_id}
        ]
        held = clashes(self._database, requests)
        found = [
            due_line(one, dose, now, late, held.get(one.id, ())) for one in requests for dose in one.waiting
        ]
        return tuple(sorted(found, key=lambda line: (line.due_at, line.name)))

    def facts(self, visit: VisitId) -> tuple[str, ...]:
        """What the handover note tells of medicine: ``12:34 喂布洛芬混悬液 2.5 ml（口服）``."""
        return tuple(one.words for one in medicine_facts(medicine.list_of_visit(self._database, visit)))

    # -- taking a request

    def take(self, actor: Actor, visit: VisitId, draft: RequestDraft) -> Done[RequestId]:
        """Take medicine with the parent's signature.

        Raises:
            NotCheckedInError, AlreadyLeftError: the child is not inside.
            MedicineError: one of the guards of ``require_request``, ``read_draft``, ``signed_draft``, or
                nothing is said of a dose at home that a slip taken back told of.
            SignatureError: what was drawn is no signature.
        """
        actor.require(Permission.HEALTH_CHECK)
        now, kept = self._clock(), self._inside(visit)
        today = day_of(now)
        clean = clean_draft(draft)
        closes = at_minute(today, settings.current(self._database, today).closing)
        require_request(
            clean,
            now.replace(second=0, microsecond=0),
            closes,
            self.rules(today),
            intolerated(self._database, kept.child, clean.medicine, clean.allergy),
            self._given(kept.child, clean.medicine, today),
        )
        clean = read_draft(self._database, kept.child, clean, today)
        clean = signed_draft(self._database, kept.child, clean, today)
        if clean.signed_how == "screen":
            require_signature(decode(clean.signature))
        require_only(kept.child_name, self._of(kept), clean.medicine)
        require_home_told(self._database, kept.child, clean, today)
        with self._database.unit(actor.id, "take_medicine") as unit:
            key = medicine.add_request(unit, visit, clean, actor.id)
            times = "、".join(f"{at:%H:%M}" for at in clean.times)
            signed = f"{clean.signer}签字{'；在家没喂过' if clean.home_none else ''}"
            unit.audit("medicine", key, f"{kept.child_name} {clean.medicine} {clean.dose} {times}；{signed}")
        label = f"{kept.child_name} 收药 {clean.medicine}"
        return Done(key, Changes(_TOPICS, frozenset({kept.child})), Undo(UNDO_REQUEST, key, label))

    def undo_take(self, actor: Actor, request: RequestId) -> Done[None]:
        """The request was a mistake: nothing of it has been given or left out, nothing has gone home.

        Raises:
            NotUndoneError: something has, or it is of another day.
        """
        actor.require(Permission.HEALTH_CHECK)
        kept = self._find(request)
        if kept.returned or any(dose.state is not DoseState.WAITING for dose in kept.doses):
            raise NotUndoneError("这张服药单已经喂过、记过没喂或交还过，不能撤销。")
        self._require_day(actor, kept)
        with self._database.unit(actor.id, "undo_take_medicine") as unit:
            medicine.reverse_request(unit, request, actor.id)
            unit.audit("medicine", request, f"{kept.name} 撤销 {kept.medicine}")
        return Done(None, Changes(_TOPICS, frozenset({kept.child})))

    # -- giving

    def give(self, actor: Actor, giving: Giving) -> Done[int]:
        """Give a dose: all guards, then two different people with their PINs, then it is written.

        Raises:
            NotCheckedInError, AlreadyLeftError: the child is not inside.
            MedicineError: one of the guards of ``require_dose``, by its own class.
            AllergicMedicineError: it holds what she does not tolerate, as her file stands now.
            UnclearAllergyError: its slip does not say for sure that she does.
            TwoPeopleError: giver and second person are one.
            NotPermittedError: one of the two may not handle medicine, by her role or her post (a trainee).
            SecondPersonError: a PIN was chosen while a colleague was signed in.
            WrongPinError: a PIN is not right, locked, or there is none.
            TakenBackError: it was noted as given and taken back, and nobody says that it was not swallowed.
            AskHomeError: it fell due at home, and nobody says who of the family was asked (or as ``heard``).
        """
        actor.require(Permission.HEALTH_CHECK)
        request, dose = self._dose(giving.dose)
        now = self._clock()
        today = day_of(now)
        self._inside(request.visit)
        require_waiting(request, dose)
        held = intolerated(self._database, request.child, request.medicine, request.allergy)
        require_tolerated(request, held)
        require_read(request)
        rules = self.rules(today)
        before = self._given(request.child, request.medicine, today)
        require_dose(request, dose, giving.child, giving.measured, now, rules, before)
        cleared = clean_text(giving.cleared, "没喝下去怎么知道的", "cleared")
        require_swallowed_none(self._taken_back(request, now, rules), cleared)
        asked = ""
        if request.ask_words(dose):
            asked = teller(self._database, request, giving.asked, giving.asked_reason, today)
        require_asked(request, dose, asked)
        require_two(giving.giver.staff, giving.second.staff)
        giver = self._pins.prove(giving.giver)
        second = self._pins.prove(giving.second)
        for person in (giver, second):
            person.require(Permission.HEALTH_CHECK)
            self._require_post(person, today)
        late = late_minutes(dose.due_at, now, rules.late)
        with self._database.unit(actor.id, "give_medicine") as unit:
            pair = (giver.id, second.id)
            key = medicine.add_given(unit, dose.id, giving.measured.strip(), pair, late, cleared, asked)
            after = f"，晚 {late} 分钟" if late else ""
            said = f"；先前撤销的没喝下去：{cleared}" if cleared else ""
            said += f"；{asked}说在家没喂" if asked else ""
            unit.audit(
                "medicine",
                request.id,
                f"{request.name} {request.medicine} {request.dose}"
                f" 喂{giver.name} 核对{second.name}{after}{said}",
            )
        label = f"{request.name} 已喂 {request.medicine}{after}"
        return Done(key, Changes(_TOPICS, frozenset({request.child})), Undo(UNDO_ACT, key, label))

    def taken_back(self, actor: Actor, dose: DoseId) -> str:
        """What giving a dose has to clear up first: one was noted as given and taken back. Often empty."""
        actor.require(Permission.HEALTH_CHECK)
        request, _ = self._dose(dose)
        now = self._clock()
        found = self._taken_back(request, now, self.rules(day_of(now)))
        return "" if found is None else found.words

    def heard(self, actor: Actor, dose: DoseId, asked: str, reason: str = "") -> str:
        """Who says whether a dose was given at home, as it will be kept: before two people have typed a PIN.

        Raises:
            MedicineError: barred, or on no record and it is not said why it is she.
        """
        actor.require(Permission.HEALTH_CHECK)
        return teller(self._database, self._dose(dose)[0], asked, reason, day_of(self._clock()))

    def at_home(self, actor: Actor, dose: DoseId, at: dt.datetime, asked: str, reason: str = "") -> Done[int]:
        """A dose that fell due at home was given there, as ``asked`` of the family says.

        Raises:
            MedicineError: one of the guards of ``require_at_home``, or as ``heard``.
        """
        actor.require(Permission.HEALTH_CHECK)
        request, found = self._dose(dose)
        who = teller(self._database, request, asked, reason, day_of(self._clock()))
        stays = medicine.list_stays(self._database, request.child, request.day)
        require_at_home(request, found, at, who, stays)
        with self._database.unit(actor.id, "note_home_dose") as unit:
            key = medicine.add_at_home(unit, dose, at, who, actor.id)
            words = f"{found.due_at:%H:%M} 的{request.medicine}在家 {at:%H:%M} 喂过，{who}说"
            unit.audit("medicine", request.id, f"{request.name} {words}")
        label = f"{request.name} {found.due_at:%H:%M} 在家喂过"
        return Done(key, Changes(_TOPICS, frozenset({request.child})), Undo(UNDO_ACT, key, label))

    def skip(self, actor: Actor, dose: DoseId, reason: str) -> Done[int]:
        """A dose is left out, and why: she vomited, the fever is down, the parent rang.

        One that was noted as given and taken back is left out also when the bottle has gone home.

        Raises:
            DoseDoneError: it was given or left out before.
            MedicineError: no reason.
        """
        actor.require(Permission.HEALTH_CHECK)
        request, found = self._dose(dose)
        require_undecided(request, found)
        why = clean_text(reason, "原因", "reason")
        if not why:
            raise MedicineError("请写为什么没喂，如“家长来电说不用了”。", field="reason")
        with self._database.unit(actor.id, "skip_medicine") as unit:
            key = medicine.add_skipped(unit, dose, why, actor.id)
            unit.audit("medicine", request.id, f"{request.name} {found.due_at:%H:%M} 没喂：{why}")
        label = f"{request.name} {found.due_at:%H:%M} 没喂"
        return Done(key, Changes(_TOPICS, frozenset({request.child})), Undo(UNDO_ACT, key, label))

    def undo_act(self, actor: Actor, act: int) -> Done[None]:
        """What was noted of a dose was a mistake (nothing was swallowed).

        Of a given dose that may say, within the centre's minutes and while she is here, who gave or checked
        it; after that the director alone.

        Raises:
            NotUndoneError: too late, not this person's, or taken back before.
        """
        actor.require(Permission.HEALTH_CHECK)
        found = medicine.find_by_act(self._database, act)
        if found is None:
            raise NotUndoneError("这条记录已经撤销过了，不用再撤销。")
        request, dose = found
        self._require_day(actor, request)
        if dose.state is DoseState.GIVEN and actor.role is not Role.DIRECTOR:
            self._require_own(actor, request, dose)
        with self._database.unit(actor.id, "undo_dose") as unit:
            medicine.reverse_act(unit, act, actor.id)
            unit.audit("medicine", request.id, f"{request.name} 撤销 {dose.words}")
        return Done(None, Changes(_TOPICS, frozenset({request.child})))

    # -- giving the rest back

    def give_back(
        self, actor: Actor, request: RequestId, whom: str, words: str = "", reason: str = ""
    ) -> Done[int]:
        """The rest, the bottle too, goes home with somebody the same day.

        Raises:
            DoseDoneError: it went home before.
            MedicineError: doses still wait, or nobody is named, or somebody barred, or, with no reason,
                somebody who is on no record.
        """
        actor.require(Permission.HEALTH_CHECK)
        kept = self._find(request)
        if kept.returned:
            msg = f"{kept.medicine}已经{kept.returned}。"
            raise DoseDoneError(msg)
        if kept.waiting:
            msg = f"还有 {kept.waiting[0].due_at:%H:%M} 没喂。请先喂，或记“没喂”和原因，再交还。"
            raise MedicineError(msg)
        who = taker_of(self._database, kept, whom, reason, day_of(self._clock()))
        rest = clean_text(words, "说明", "words")
        with self._database.unit(actor.id, "return_medicine") as unit:
            key = medicine.add_return(unit, request, who, rest, actor.id)
            unit.audit("medicine", request, f"{kept.name} {kept.medicine} 交还{who}")
        label = f"{kept.name} 剩药已交还"
        return Done(key, Changes(_TOPICS, frozenset({kept.child})), Undo(UNDO_RETURN, key, label))

    def undo_return(self, actor: Actor, key: int) -> Done[None]:
        """It is still here.

        Raises:
            NotUndoneError: taken back before, or of another day.
        """
        actor.require(Permission.HEALTH_CHECK)
        request = medicine.find_return(self._database, key)
        if request is None:
            raise NotUndoneError("这次交还已经撤销过了，不用再撤销。")
        kept = self._find(request)
        self._require_day(actor, kept)
        with self._database.unit(actor.id, "undo_return_medicine") as unit:
            medicine.reverse_return(unit, key, actor.id)
            unit.audit("medicine", request, f"{kept.name} {kept.medicine} 撤销交还")
        return Done(None, Changes(_TOPICS, frozenset({kept.child})))

    # -- inside

    def _inside(self, visit: VisitId) -> Visit:
        kept = visits.find_visit(self._database, visit)
        if kept is None or kept.undone or (kept.day != day_of(self._clock()) and kept.left_at is None):
            raise MedicineError("这个孩子今天不在园，请刷新后再试。", field="child")
        check_inside(kept.child_name, kept.arrived_at, kept.left_at)
        return kept

    def _of(self, kept: Visit) -> tuple[Request, ...]:
        return tuple(one for one in medicine.list_held(self._database, kept.child) if one.day == kept.day)

    def _find(self, request: RequestId) -> Request:
        found = medicine.find_request(self._database, request)
        if found is None:
            raise MedicineError("没有找到这张服药单，可能已经撤销。请刷新后再试。")
        return found

    def _dose(self, key: DoseId) -> tuple[Request, Dose]:
        request = medicine.find_by_dose(self._database, key)
        if request is None:
            raise MedicineError("没有找到这张服药单，可能已经撤销。请刷新后再试。")
        return request, next(dose for dose in request.doses if dose.id == key)

    def _require_post(self, person: Actor, today: dt.date) -> None:
        """A trainee learns by looking: she is neither the one who gives nor the one who checks."""
        posts, given = posts_on(today, duty.posts()), duty.given_posts(self._database)
        post = post_of(person.role, given.get(person.id), posts)
        if not post.medicine:
            msg = f"{person.name}的岗位是{post.label}，不能喂药，也不能核对。请换一位同事。"
            raise NotPermittedError(msg, field="second")

    def _taken_back(self, request: Request, now: dt.datetime, rules: MedicineRules) -> TakenBack | None:
        """The last dose of the medicine within the gap that was noted as given and taken back."""
        gap = dt.timedelta(minutes=rules.gap)
        found = medicine.list_taken_back(self._database, request.child, now - gap)
        return next((one for one in reversed(found) if self._same(one.medicine, request.medicine)), None)

    def _same(self, one: str, other: str) -> bool:
        return same_medicine(one, other, medicine.substances())

    def _given(self, child: ChildId, name: str, today: dt.date) -> list[Given]:
        """Every dose of the same medicine since yesterday, here and at home."""
        found = []
        for one in medicine.list_of_days(self._database, today - dt.timedelta(days=1), today):
            if one.child != child or not self._same(one.medicine, name):
                continue
            found += [
                Given(dose.at, "在园")
                for dose in one.doses
                if dose.state is DoseState.GIVEN and dose.at is not None
            ]
            home = [one.home_at, *(dose.home_at for dose in one.doses)]
            found += [Given(at, "在家") for at in home if at is not None]
        return found

    def _require_own(self, actor: Actor, request: Request, dose: Dose) -> None:
        minutes = settings.current(self._database, day_of(self._clock())).medicine_undo_minutes
        if dose.at is None or self._clock() - dose.at > dt.timedelta(minutes=minutes):
            msg = f"喂药记录 {minutes} 分钟后只有园长可以撤销。确实记错了，请园长登录。"
            raise NotUndoneError(msg)
        if actor.id not in {dose.giver, dose.second}:
            msg = f"只有喂药的{dose.giver_name}、核对的{dose.second_name}或园长可以撤销。"
            raise NotUndoneError(msg)
        if not request.inside or (request.since is not None and dose.at < request.since):
            msg = f"{request.name} 已经离园，家长已知道喂过药。确实记错了，请园长登录更正。"
            raise NotUndoneError(msg)

    def _require_day(self, actor: Actor, kept: Request) -> None:
        if kept.day != day_of(self._clock()) and actor.role is not Role.DIRECTOR:
            raise NotUndoneError("只能撤销今天的记录；以前的请园长更正。")
