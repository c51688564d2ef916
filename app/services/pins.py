"""PINs: each person's own, so that "a second person" at the same screen means something."""

import datetime as dt
import random
from collections.abc import Sequence

from app.domain.changes import Changes, Done, Topic
from app.domain.errors import RuleError
from app.domain.ids import StaffId
from app.domain.pins import (
    LockedPinError,
    NoPinError,
    WrongPinError,
    check_pin,
    locked_until,
    tries_left,
    was_set_back,
)
from app.domain.record import record
from app.domain.staff import Actor, NotPermittedError, Permission, Role
from app.store import people, pins, settings
from app.store.database import Clock, Database, Unit
from app.store.stamps import day_of

_SALT_BYTES = 16
_COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}  # about 16 MB and a twentieth of a second


class SecondPersonError(RuleError):
    """Nobody else confirmed, or somebody who may not."""

    def __init__(self, sentence: str, field: str = "second") -> None:
        super().__init__(sentence, field=field)


@record
class Second:
    """A second person at the same screen: who it is, and the PIN typed."""

    staff: StaffId
    pin: str


@record
class Holder:
    """A staff member as offered for confirming.

    ``elsewhere``: her PIN was chosen at a colleague's screen, as older releases allowed.
    """

    actor: Actor
    has_pin: bool
    elsewhere: bool = False

    @property
    def can_confirm(self) -> bool:
        """Whether she can be a second person: by a PIN that nobody else can have chosen."""
        return self.has_pin and not self.elsewhere


def own_screen_words(person: Actor) -> str:
    """What to do where it may not."""
    who = f"{person.name}（{person.role.label}）"
    return f"{who}还没有口令，须本人登录{_beside(person)}，在“设置—本机”按“设置或修改口令”设好，再来确认。"


def unable_words(holder: Holder) -> str:
    """What to do where somebody cannot confirm; empty where she can."""
    if holder.can_confirm:
        return ""
    if not holder.has_pin:
        return own_screen_words(holder.actor)
    who = f"{holder.actor.name}（{holder.actor.role.label}）"
    beside = _beside(holder.actor)
    return f"{who}的口令是在同事登录时设的，这里不能用。须本人登录{beside}，在“设置—本机”改一次，再来确认。"


def _beside(person: Actor) -> str:
    return "" if person.role is Role.DIRECTOR else "、园长在场"


def vouching(holders: Sequence[Holder], person: Actor) -> tuple[Holder, ...]:
    """The directors by whose PIN somebody else's first one is chosen; empty while there is none."""
    mine = next((one for one in holders if one.actor.id == person.id), None)
    if mine is not None and mine.can_confirm:
        return ()
    return tuple(
        one
        for one in holders
        if one.actor.role is Role.DIRECTOR and one.can_confirm and one.actor.id != person.id
    )


def find_gap(database: Database, day: dt.date) -> str:
    """Who still needs a PIN before an alarm can be ended: the director and one more; empty if they have one.

    Two people are asked for, so a centre with one person at the door is told nothing.
    """
    door = [one for one in people.list_staff(database, day) if one.may(Permission.CHECK_OUT)]
    held = pins.list_holders(database)
    own = [one for one in door if held.get(one.id) == one.id]
    lacking = [] if any(one.may(Permission.RELEASE_EXCEPTION) for one in own) else ["园长"]
    if len(own) + len(lacking) < 2:
        lacking.append("另一位经手接送的同事")
    if not lacking or len(door) < 2:
        return ""
    return f"{'和'.join(lacking)}还没有自己的口令，禁止接走的警报没人能处理：请本人登录，到“设置—本机”设好"


class Pins:
    """Setting, changing, taking back and asking for PINs."""

    def __init__(self, database: Database, clock: Clock, rng: random.Random) -> None:
        self._database, self._clock, self._rng = database, clock, rng

    def holders(self, actor: Actor) -> tuple[Holder, ...]:
        """All staff of today and whether each has a PIN."""
        actor.require(Permission.READ)
        held = pins.list_holders(self._database)
        return tuple(
            Holder(one, one.id in held, elsewhere=held.get(one.id, one.id) != one.id) for one in self._staff()
        )

    def verify(self, staff: StaffId, pin: str) -> Actor:
        """The staff member whose PIN this is. Every wrong try is kept; five in a row lock it for minutes.

        Raises:
            NoPinError: nobody of today, or without a PIN.
            LockedPinError: locked, whatever was typed.
            WrongPinError: it is not hers.
        """
        person = next((one for one in self._staff() if one.id == staff), None)
        kept = pins.find_pin(self._database, staff)
        if person is None or kept is None:
            name = person.name if person is not None else "这位同事"
            msg = f"{name}还没有口令。请本人先设一个。"
            raise NoPinError(msg)
        now = self._clock()
        tries = pins.list_tries(self._database, staff, now)
        minutes = settings.current(self._database, day_of(now)).pin_lock_minutes
        if (until := locked_until(tries, now, minutes)) is not None:
            if was_set_back(tries, now):
                self._note_try(person, good=False)  # from now on it lasts its minutes
            msg = f"{person.name}的口令输错太多次，{until:%H:%M} 之后再试；急用请换另一位同事确认。"
            raise LockedPinError(msg)
        if not self._same(kept, pin):
            self._note_try(person, good=False)
            left = tries_left(pins.list_tries(self._database, staff, now))
            left = 0 if left == tries_left(()) else left
            after = f"再错 {left} 次锁 {minutes} 分钟" if left else f"已锁 {minutes} 分钟"
            msg = f"口令不对，{after}。"
            raise WrongPinError(msg)
        if tries and not tries[-1].good:
            self._note_try(person, good=True)
        return person

    def confirm(
        self,
        actor: Actor,
        second: Second | None,
        permission: Permission,
        *,
        at_door: bool = True,
        by: dt.datetime | None = None,
    ) -> Actor:
        """The second person, who is not the actor; one of the two must hold the permission.

        ``at_door`` asks for somebody who hands children back; papers of health do not. No PIN is taken that
        was chosen after the moment ``by``, for what had come up then.

        Raises:
            SecondPersonError: nobody, the same person, neither may, or the PIN was chosen elsewhere.
            WrongPinError: the PIN is not hers, locked, or there is none.
        """
        if second is None:
            raise SecondPersonError("这一步须由另一位同事在这里输入口令确认。")
        if second.staff == actor.id:
            raise SecondPersonError("不能自己给自己确认，请另一位同事选自己的名字并输入口令。")
        person = next((one for one in self._staff() if one.id == second.staff), None)
        if person is not None and not (person.may(permission) or actor.may(permission)):
            msg = f"{person.name}（{person.role.label}）不能确认这一步，请园长来。"
            raise SecondPersonError(msg)
        if at_door and person is not None and not person.may(Permission.CHECK_OUT):
            msg = f"{person.name}（{person.role.label}）不经手接送，请换带班老师或园长。"
            raise SecondPersonError(msg)
        if person is not None:
            self._check_age(person, by)
        return self.prove(second)

    def prove(self, one: Second) -> Actor:
        """Who that is, by a PIN of her own: of two people at one screen none may have chosen the other's.

        Raises:
            SecondPersonError: it was chosen while a colleague was signed in: whoever sat there may know it.
            NoPinError, LockedPinError, WrongPinError: as ``verify``.
        """
        kept = pins.find_pin(self._database, one.staff)
        person = next((found for found in self._staff() if found.id == one.staff), None)
        if person is not None and kept is not None and kept.set_by != person.id:
            raise SecondPersonError(unable_words(Holder(person, has_pin=True, elsewhere=True)))
        return self.verify(one.staff, one.pin)

    def prove_right(
        self,
        actor: Actor,
        second: Actor,
        permission: Permission,
        pin: str,
        *,
        by: dt.datetime | None = None,
    ) -> None:
        """Pass if whoever of the two gives the permission has typed her PIN: the sign-in asks for none.

        The second person has, in ``confirm``; where it is the actor's, her ``pin`` is asked for as well.

        Raises:
            SecondPersonError: neither may, the actor typed none, or hers was chosen elsewhere or too late.
            WrongPinError: it is not hers, locked, or there is none.
        """
        if second.may(permission):
            return
        if not actor.may(permission):
            raise SecondPersonError("这一步须由园长登录或由园长输口令。请联系园长。")
        self.prove_own(actor, pin, by=by)

    def prove_own(self, actor: Actor, pin: str, *, by: dt.datetime | None = None) -> None:
        """Pass if who is signed in has typed her own PIN: at the sign-in a name is only chosen.

        Raises:
            SecondPersonError: she typed none, or hers was chosen elsewhere or after the moment ``by``.
            WrongPinError: it is not hers, locked, or there is none; at the field ``own_pin``.
        """
        if not pin:
            who = "园长" if actor.role is Role.DIRECTOR else "本人"
            msg = f"登录时不问口令，这一步要{who}自己输：请在“{actor.name}本人的口令”里也输一次。"
            raise SecondPersonError(msg, field="own_pin")
        kept = pins.find_pin(self._database, actor.id)
        if kept is not None and kept.set_by != actor.id:
            raise SecondPersonError(
                unable_words(Holder(actor, has_pin=True, elsewhere=True)), field="own_pin"
            )
        self._check_age(actor, by, "own_pin")
        try:
            self.verify(actor.id, pin)
        except WrongPinError as error:
            error.field = "own_pin"
            raise

    def has_own(self, actor: Actor) -> bool:
        """Whether she has a PIN that nobody else can have chosen."""
        kept = pins.find_pin(self._database, actor.id)
        return kept is not None and kept.set_by == actor.id

    def proves_since(self, staff: StaffId) -> dt.datetime | None:
        """From when on a PIN proves who somebody is; None where it always does.

        At the sign-in a name is only chosen: a first PIN that no director has vouched for may be anybody's,
        and proves nothing of what was written before it. Changing it by itself makes it no younger.
        """
        first = pins.find_first(self._database, staff)
        if first is None:
            return None
        held = pins.list_held(self._database, first)
        heads = people.list_staff(self._database, day_of(first))
        vouched = any(one.role is Role.DIRECTOR and one.id in held and one.id != staff for one in heads)
        return None if vouched else first

    def choose(self, actor: Actor, new: str, old: str = "", director: Second | None = None) -> Done[None]:
        """Set one's own PIN, or change it by the one before.

        The first one, and the first after one that was chosen at a colleague's screen, takes the PIN of a
        ``director`` as soon as another person is one and has hers: at the sign-in anybody is anybody.

        Raises:
            WeakPinError: it cannot be a PIN.
            SecondPersonError: no director has typed hers.
            WrongPinError: the old one is not right, or the director's.
        """
        pin = check_pin(new)
        kept = pins.find_pin(self._database, actor.id)
        if kept is None or kept.set_by != actor.id:
            self._require_director(actor, director)
        if kept is not None:
            self.verify(actor.id, old)
        with self._database.unit(actor.id, "choose_pin") as unit:
            keep_pin(unit, self._rng, actor.id, pin)
            pins.add_try(unit, actor.id, good=True)
            unit.audit("staff", actor.id, f"{actor.name} 设口令")
        return Done(None, Changes(frozenset({Topic.STAFF})))

    def reset(self, actor: Actor, own_pin: str, staff: StaffId) -> Done[None]:
        """The director takes a colleague's forgotten PIN back; the colleague chooses a new one.

        Raises:
            NotPermittedError: not the director.
            WrongPinError: it is not the director's own PIN that was typed.
        """
        if actor.role is not Role.DIRECTOR:
            raise NotPermittedError("只有园长可以重设别人的口令，请园长登录。")
        person = self._person(staff)
        self.verify(actor.id, own_pin)
        with self._database.unit(actor.id, "reset_pin") as unit:
            if not pins.end_pin(unit, staff):
                msg = f"{person.name}还没有口令，不用重设。"
                raise NoPinError(msg)
            unit.audit("staff", staff, f"{person.name} 口令重设")
        return Done(None, Changes(frozenset({Topic.STAFF})))

    def _require_director(self, actor: Actor, director: Second | None) -> None:
        heads = [one.actor.id for one in vouching(self.holders(actor), actor)]
        if not heads:
            return
        if director is None or director.staff not in heads:
            msg = "第一次设自己的口令，要园长在场输园长的口令：请到“设置—本机”按“设置或修改口令”办理。"
            raise SecondPersonError(msg, field="director")
        self.verify(director.staff, director.pin)

    def _check_age(self, person: Actor, by: dt.datetime | None, field: str = "second") -> None:
        """A PIN that was chosen after the moment is none for what had come up then."""
        kept = None if by is None else pins.find_pin(self._database, person.id)
        if kept is not None and by is not None and kept.set_at > by:
            msg = f"{person.name}的口令是警报之后才设的，不能用来放行这一次：先按“不放行”，再来时重新核对。"
            raise SecondPersonError(msg, field=field)

    def _person(self, staff: StaffId) -> Actor:
        found = next((one for one in self._staff() if one.id == staff), None)
        if found is None:
            raise RuleError("今天没有这位同事，请重新选择。", field="second")
        return found

    def _staff(self) -> tuple[Actor, ...]:
        return people.list_staff(self._database, day_of(self._clock()))

    def _same(self, kept: pins.KeptPin, pin: str) -> bool:
        import hmac

        try:
            typed = check_pin(pin)
        except RuleError:
            return False
        return hmac.compare_digest(_digest(typed, kept.salt), kept.hash)

    def _note_try(self, person: Actor, *, good: bool) -> None:
        """In a unit of its own: a wrong try must stay although what it was meant for is refused."""
        with self._database.unit(None, "try_pin") as unit:
            pins.add_try(unit, person.id, good=good)
            unit.audit("staff", person.id, f"{person.name} 口令{'对' if good else '错'}")


def keep_pin(unit: Unit, rng: random.Random, staff: StaffId, pin: str, *, by: StaffId | None = None) -> None:
    """Keep a person's PIN, as ``check_pin`` gave it; ``by`` sat at the screen, if it was not herself."""
    salt = rng.randbytes(_SALT_BYTES).hex()
    pins.add_pin(unit, staff, salt, _digest(pin, salt), by or staff)


def _digest(pin: str, salt: str) -> str:
    import hashlib  # late: it loads OpenSSL, and most days nobody is asked

    return hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), **_COST).hex()
