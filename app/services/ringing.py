"""Ringing a family: whom, the number on demand, and what was said. The promise clock's other half."""

import datetime as dt

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.domain.ids import AdultId, BookingId, ChildId, ContactId, VisitId
from app.domain.names import clean_text
from app.domain.phones import mask_phone, spaced_phone
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.domain.visits import check_promise
from app.services.booking_week import ring_order
from app.services.scope import Scope
from app.store import bookings, children, contacts, people, settings, visits
from app.store.contacts import Contact, NewContact
from app.store.database import Clock, Database
from app.store.formers import Former, list_formers, other_phones
from app.store.people import AdultOf
from app.store.stamps import day_of

_CHANGES = frozenset({Topic.VISITS})


class RingingError(RuleError):
    """A call cannot be kept as it is told."""


@record
class Callee:
    """Somebody to ring. ``role`` says why this one: 监护人, 紧急联系人."""

    adult: AdultId
    name: str
    relation: str
    phone_masked: str
    role: str

    @property
    def words(self) -> str:
        """``妈妈 赵敏``."""
        return f"{self.relation} {self.name}".strip()


@record
class RingCard:
    """Whom to ring about a child, in order, and what was said before."""

    child: ChildId
    name: str
    people: tuple[Callee, ...]
    said: tuple[str, ...]  # 14:10 妈妈 赵敏：路上堵车，14:40 到（林晓）


@record
class Call:
    """A call as told. ``promised`` is the new hour as typed, if one was agreed."""

    child: ChildId
    adult: AdultId | None
    visit: VisitId | None = None
    booking: BookingId | None = None
    words: str = ""
    promised: str = ""
    reached: bool = True


class Ringing:
    """The verbs of the telephone."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._scope = Scope(database, clock)

    def card(self, actor: Actor, child: ChildId, visit: VisitId | None) -> RingCard:
        """Whom to ring about a child: guardians first, then emergency contacts; never who is barred.

        Raises:
            RingingError: there is no such child.
            OtherClassError: a teacher asks for a child of another class who does not come today.
        """
        actor.require(Permission.CHECK_IN)
        self._scope.require_at_door(actor, child)
        kept = children.find_child(self._database, child)
        if kept is None:
            raise RingingError("没有找到这个孩子的档案，请刷新后再试。")
        adults = ring_order(people.list_adults(self._database, child, day_of(self._clock())))
        formers = list_formers(self._database, [one.id for one in adults])
        said = () if visit is None else contacts.list_of_visit(self._database, visit)
        return RingCard(
            child,
            kept.name,
            tuple(callee for one in adults for callee in _callees(one, formers.get(one.id, ()))),
            tuple(said_words(one) for one in said),
        )

    def reveal(self, actor: Actor, child: ChildId, adult: AdultId) -> Done[str]:
        """The number in full, to be dialled; that it was looked at is written down (个人信息保护法 Art 28).

        Raises:
            RingingError: no such adult of this child, or one who must not collect her.
            OtherClassError: as ``card``.
        """
        actor.require(Permission.CHECK_IN)
        self._scope.require_at_door(actor, child)
        adults = people.list_adults(self._database, child, day_of(self._clock()))
        found, phone = _find(self._database, adults, adult)
        if found is None or not phone:
            raise RingingError("这个孩子没有这位联系人的号码，请刷新后再试。")
        _refuse_barred(found)
        with self._database.unit(actor.id, "reveal_phone") as unit:
            unit.audit("adult", found.id, f"孩子 {child}")
        return Done(spaced_phone(phone))

    def note(self, actor: Actor, call: Call) -> Done[ContactId]:
        """已联系: who was rung, what was said, and the new hour if one was agreed.

        The new hour moves the desk's clock; what the stay costs still follows the hour agreed on arrival.

        Raises:
            RingingError: nobody was named, one who must not collect her was, or the stay is over.
            PromiseError: the new hour cannot be read, has passed, or lies after closing.
        """
        actor.require(Permission.CHECK_IN)
        database, now = self._database, self._clock()
        kept = children.find_child(database, call.child)
        if kept is None:
            raise RingingError("没有找到这个孩子的档案，请刷新后再试。")
        today = day_of(now)
        if call.visit is not None:
            stay = visits.find_visit(database, call.visit)
            if stay is None or stay.undone or stay.left_at is not None:
                msg = f"{kept.name} 已经离园，不用再记联系。"
                raise RingingError(msg)
        if call.booking is not None and bookings.find_booking(database, call.booking) is None:
            raise RingingError("没有找到这条预约，请刷新后再试。")
        who = self._whom(call, today)
        whom = f"{who.tie.relation} {who.name}".strip()
        promised: dt.datetime | None = None
        if call.promised.strip() and call.reached:
            promised = check_promise(call.promised, now, settings.current(database, today).closing)
        said = clean_text(call.words, "说了什么", "words")
        new = NewContact(
            child=call.child,
            kind="reminder" if call.booking is not None else "pickup",
            day=today,
            whom=whom,
            words=said,
            reached=call.reached,
            adult=who.id,
            visit=call.visit,
            booking=call.booking,
            promised_at=promised,
        )
        label = f"{kept.name} {'已联系' if call.reached else '没接通'} {whom}"
        with database.unit(actor.id, "contact") as unit:
            key = contacts.add_contact(unit, new)
            unit.audit("contact", key, f"{label}{f' 改约 {promised:%H:%M}' if promised else ''}")
        return Done(key, Changes(_CHANGES, frozenset({call.child})), Undo("contact", key, label))

    def undo(self, actor: Actor, contact: ContactId) -> Done[None]:
        """Take a call back that was noted by mistake: another row says so, both stay.

        Raises:
            RingingError: it was taken back before.
        """
        actor.require(Permission.CHECK_IN)
        kept = contacts.find_contact(self._database, contact)
        if kept is None:
            raise RingingError("这次联系已经撤销过了。")
        with self._database.unit(actor.id, "undo_contact") as unit:
            key = contacts.take_back(unit, kept, day_of(self._clock()))
            unit.audit("contact", key, kept.whom)
        return Done(None, Changes(_CHANGES, frozenset({kept.child})))

    def _whom(self, call: Call, today: dt.date) -> AdultOf:
        adults = people.list_adults(self._database, call.child, today)
        found, _ = _find(self._database, adults, call.adult)
        if found is None:
            raise RingingError("请先选打给了谁。", field="adult")
        _refuse_barred(found)
        return found


def _callees(adult: AdultOf, formers: tuple[Former, ...]) -> tuple[Callee, ...]:
    """Her number, and those that records merged into hers had: rung when the first is not answered."""
    tie = adult.tie
    role = "监护人" if tie.is_guardian else "紧急联系人" if tie.is_emergency else ""
    first = Callee(adult.id, adult.name, tie.relation, mask_phone(adult.phone), role)
    others = other_phones(formers, adult.phone)
    return (
        first,
        *(Callee(one.id, adult.name, tie.relation, mask_phone(one.phone), "另一个号码") for one in others),
    )


def _find(database: Database, adults: tuple[AdultOf, ...], key: AdultId | None) -> tuple[AdultOf | None, str]:
    """Who is meant, and by which number: her own, or one that she had in a merged record."""
    for one in adults:
        if one.id == key:
            return one, one.phone
    formers = list_formers(database, [one.id for one in adults])
    for one in adults:
        for former in formers.get(one.id, ()):
            if former.id == key:
                return one, former.phone
    return None, ""


def _refuse_barred(adult: AdultOf) -> None:
    if adult.tie.barred:
        msg = f"{adult.name}被禁止接走，接孩子的事不打给此人。请打给监护人；要看号码请到档案里。"
        raise RingingError(msg, field="adult")


def said_words(one: Contact) -> str:
    """``14:10 妈妈 赵敏：路上堵车，改约 14:40（林晓）``."""
    said = one.words if one.reached else "，".join(part for part in ("没接通", one.words) if part)
    if one.promised_at is not None:
        said = "，".join(part for part in (said, f"改约 {one.promised_at:%H:%M}") if part)
    return f"{one.at:%H:%M} {one.whom}{f'：{said}' if said else ''}（{one.staff_name}）"
