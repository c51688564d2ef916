"""PINs: each person's own, so that "a second person" at the same screen means something."""

import random

from app.domain.changes import Changes, Done, Topic
from app.domain.errors import RuleError
from app.domain.ids import StaffId
from app.domain.pins import LockedPinError, NoPinError, WrongPinError, check_pin, locked_until, tries_left
from app.domain.record import record
from app.domain.staff import Actor, NotPermittedError, Permission, Role
from app.store import people, pins, settings
from app.store.database import Clock, Database, Unit
from app.store.stamps import day_of

_SALT_BYTES = 16
_COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}  # about 16 MB and a twentieth of a second


class SecondPersonError(RuleError):
    """Nobody else confirmed, or somebody who may not."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="second")


@record
class Second:
    """A second person at the same screen: who it is, and the PIN typed."""

    staff: StaffId
    pin: str


@record
class Holder:
    """A staff member as offered for confirming."""

    actor: Actor
    has_pin: bool


def may_choose_here(person: Actor) -> bool:
    """Whether her first PIN may be chosen while a colleague is signed in."""
    return person.role is not Role.DIRECTOR


def own_screen_words(person: Actor) -> str:
    """What to do where it may not."""
    who = f"{person.name}（{person.role.label}）"
    return f"{who}还没有口令，须本人登录，在“设置—本机”按“设置或修改口令”设好，再来确认。"


class Pins:
    """Setting, changing, taking back and asking for PINs."""

    def __init__(self, database: Database, clock: Clock, rng: random.Random) -> None:
        self._database, self._clock, self._rng = database, clock, rng

    def holders(self, actor: Actor) -> tuple[Holder, ...]:
        """All staff of today and whether each has a PIN."""
        actor.require(Permission.READ)
        held = pins.list_holders(self._database)
        return tuple(Holder(one, one.id in held) for one in self._staff())

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
        self, actor: Actor, second: Second | None, permission: Permission, *, at_door: bool = True
    ) -> Actor:
        """The second person, who is not the actor; one of the two must hold the permission.

        ``at_door`` asks for somebody who hands children back; papers of health do not.

        Raises:
            SecondPersonError: nobody, the same person, or neither may.
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
        return self.verify(second.staff, second.pin)

    def choose(self, actor: Actor, new: str, old: str = "") -> Done[None]:
        """Set one's own PIN, or change it by the one before.

        Raises:
            WeakPinError: it cannot be a PIN.
            WrongPinError: the old one is not right.
        """
        pin = check_pin(new)
        if pins.find_pin(self._database, actor.id) is not None:
            self.verify(actor.id, old)
        with self._database.unit(actor.id, "choose_pin") as unit:
            keep_pin(unit, self._rng, actor.id, pin)
            pins.add_try(unit, actor.id, good=True)
            unit.audit("staff", actor.id, f"{actor.name} 设口令")
        return Done(None, Changes(frozenset({Topic.STAFF})))

    def choose_for(self, actor: Actor, staff: StaffId, new: str) -> Done[None]:
        """The first PIN of a colleague who stands at this screen and has none.

        As much is known of who types as at the sign-in; the audit names both, and the director can reset it.
        The director's opens every door, and nobody could reset it: hers is never made at another's screen.
        The same one typed again is hers: what it was chosen for had failed, and is tried anew.

        Raises:
            NotPermittedError: she has another: only she herself changes it; or she is the director.
            WeakPinError: it cannot be a PIN.
            LockedPinError: too many wrong ones were typed for her.
        """
        pin = check_pin(new)
        person = self._person(staff)
        if pins.find_pin(self._database, staff) is not None:
            try:
                self.verify(staff, pin)  # counts as a try: this is no way to guess
            except LockedPinError:
                raise
            except WrongPinError as error:
                msg = f"{person.name}已有口令，只能本人登录后修改；忘了请园长重设。"
                raise NotPermittedError(msg) from error
            return Done(None)
        if not may_choose_here(person):
            raise NotPermittedError(own_screen_words(person))
        with self._database.unit(actor.id, "choose_pin") as unit:
            keep_pin(unit, self._rng, staff, pin)
            unit.audit("staff", staff, f"{person.name} 在{actor.name}登录时设口令")
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


def keep_pin(unit: Unit, rng: random.Random, staff: StaffId, pin: str) -> None:
    """Keep a person's own PIN, as ``check_pin`` gave it, in a unit that says who chose it and when."""
    salt = rng.randbytes(_SALT_BYTES).hex()
    pins.add_pin(unit, staff, salt, _digest(pin, salt), staff)


def _digest(pin: str, salt: str) -> str:
    import hashlib  # late: it loads OpenSSL, and most days nobody is asked

    return hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), **_COST).hex()
