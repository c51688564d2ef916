"""Authorisation by phone: a guardian rings, the desk keeps who will come and gives a code for today."""

import datetime as dt
import random

from app.domain.callers import Youth
from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.domain.grants import CallerError, GrantUsedError, check_caller, check_comer
from app.domain.ids import AdultId, ChildId, GrantId
from app.domain.phones import mask_phone
from app.domain.record import record
from app.domain.staff import Actor, Permission, Role
from app.services.alarms import refuse_barred
from app.services.arrivals import UnknownPersonError, draw_code
from app.services.bars import Stranger, is_trusted
from app.services.callers import check_number, check_vouching, find_spoiled, refuse_young
from app.services.collecting import check_age
from app.services.pins import Pins
from app.store import callers, children, grants, people, record_acts
from app.store.database import Clock, Database, Unit
from app.store.grants import Grant, NewGrant
from app.store.people import AdultOf
from app.store.stamps import day_of


@record
class Call:
    """Who rang for which children, from which number (its tail), and who will come."""

    children: tuple[ChildId, ...]
    caller: AdultId
    caller_tail: str
    name: str
    relation: str
    phone: str = ""
    identity_tail: str = ""


@record
class Granted:
    """An authorisation as kept: the code is to be told to the caller."""

    grant: GrantId
    code: str
    who: str
    children: str  # 朱予晴、朱予安
    caller: str = ""  # 妈妈 赵敏: the one person who is told the code


@record
class GrantLine:
    """One authorisation of today as the desk lists it. The code is not in it."""

    grant: GrantId
    made_at: dt.datetime
    maker: str
    caller: str  # 妈妈 赵敏
    number: str  # 139****1177, the number on file from which the call came
    who: str  # 姑姑 王丽
    detail: str  # 138****9911 · 证件尾号 002X
    children: str  # 朱予晴（已接走）、朱予安
    child: ChildId  # the first of those who are still to be fetched, or of all
    state: str  # open | used | withdrawn | spoiled: what the caller was known by has changed since


class Grants:
    """Giving and taking back; used it is by ``Pickup.check_out`` with the proof ``grant``.

    Who learns the code: the guardian, once, in the very call that authorises. Who comes must bring it. The
    desk sees it while it is said, and afterwards only if the same guardian rings again, which is kept.
    """

    def __init__(self, database: Database, clock: Clock, rng: random.Random) -> None:
        self._database, self._clock, self._rng = database, clock, rng

    def add(self, actor: Actor, call: Call, own_pin: str = "") -> Done[Granted]:
        """Keep an authorisation for today and draw its code.

        ``own_pin`` is the director's, where she vouches for a number of today (``domain.callers``).

        Raises:
            CallerError: who rang is no guardian of every child, or not from the number on file; or that
                speaks for nobody today, and it is not the director who is signed in.
            SecondPersonError, WrongPinError: it speaks for nobody, and she has not typed her PIN, or it was
                chosen for the first time since the number was written down.
            GrantError, BadNameError, PhoneError: who will come cannot be kept as typed.
            BarredAlarmError: who will come is like somebody barred.
            MinorCollectorError: who will come is under eighteen, by the number given or by the file.
            CodesExhaustedError: no code is left today.
        """
        actor.require(Permission.CHECK_OUT)
        today = day_of(self._clock())
        if not call.children:
            raise RuleError("请选择孩子。", field="children")
        found = [self._guardian(actor, child, call.caller) for child in dict.fromkeys(call.children)]
        caller, young = found[0][0], [one for _, one in found if one is not None]
        check_caller(caller.name, caller.phone, call.caller_tail)
        if young and actor.role is not Role.DIRECTOR:
            raise refuse_young(young[0].words(caller.name))
        comer = check_comer(call.name, call.relation, call.phone, call.identity_tail, today)
        named = [self._name(child) for child in dict.fromkeys(call.children)]
        stranger = Stranger(comer.name, comer.relation, comer.phone, comer.identity_tail)
        for child, name in zip(dict.fromkeys(call.children), named, strict=True):
            refuse_barred(self._database, actor, child, name, stranger, "grant", today)
            check_age(self._database, (child, name), comer, today)
        if young:
            pins = Pins(self._database, self._clock, self._rng)
            pins.prove_own(actor, own_pin)
            check_vouching(pins, actor, young)
        code = draw_code(self._database, self._rng, today)
        new = NewGrant(today, code, call.caller, comer, tuple(dict.fromkeys(call.children)), actor.id)
        words, who = "、".join(named), f"{caller.tie.relation} {caller.name}".strip()
        with self._database.unit(actor.id, "add_grant") as unit:
            key = grants.add_grant(unit, new)
            vouched = [child for child, one in zip(new.children, found, strict=True) if one[1] is not None]
            _vouch(unit, caller, vouched, comer.words)
            unit.audit("grant", key, f"{words} {comer.words}；{caller.tie.relation}来电")
        return Done(
            Granted(key, code, comer.words, words, who),
            Changes(frozenset({Topic.VISITS}), frozenset(new.children)),
            Undo("grant", key, f"授权 {comer.words} 接{words}"),
        )

    def today(self, actor: Actor) -> tuple[GrantLine, ...]:
        """Today's authorisations, the latest first: who rang, who comes, and how each stands."""
        actor.require(Permission.CHECK_OUT)
        today, lines = day_of(self._clock()), []
        for one in grants.list_of_day(self._database, today):
            child = (one.waiting or one.children)[0]
            adults = people.list_adults(self._database, child, today)
            caller = next((adult for adult in adults if adult.id == one.caller), None)
            phone = "" if caller is None else caller.phone
            rung = callers.find_rung(self._database, one.id)
            phone = phone if rung is None else rung.number
            spoiled = not one.over and (
                caller is None or find_spoiled(self._database, one, child, caller, adults)
            )
            tail = f"证件尾号 {one.comer.identity_tail}" if one.comer.identity_tail else ""
            lines.append(
                GrantLine(
                    grant=one.id,
                    made_at=one.made_at,
                    maker=one.maker_name,
                    caller=one.caller_words,
                    number=mask_phone(phone),
                    who=one.comer.words,
                    detail=" · ".join(part for part in (mask_phone(one.comer.phone), tail) if part),
                    children=self._children(one),
                    child=child,
                    state=_state(one, spoiled=bool(spoiled)),
                )
            )
        return tuple(lines)

    def tell_again(self, actor: Actor, grant: GrantId, caller_tail: str) -> Done[Granted]:
        """The guardian rings again and asks for the code: who looked it up is kept.

        Raises:
            CallerError: it is not her number.
            GrantUsedError: the code is dead: used, withdrawn, of another day, or her number is another since.
        """
        actor.require(Permission.CHECK_OUT)
        kept = self._find(grant)
        if kept.over or kept.day != day_of(self._clock()):
            raise GrantUsedError("这个授权码已经用过、撤回或过期，不用再告诉谁。要再授权请重新登记。")
        caller, _ = self._guardian(actor, kept.children[0], kept.caller)
        adults = people.list_adults(self._database, kept.children[0], kept.day)
        if spoiled := find_spoiled(self._database, kept, kept.children[0], caller, adults):
            raise GrantUsedError(spoiled)
        check_caller(caller.name, caller.phone, caller_tail)
        words = "、".join(self._name(child) for child in kept.children)
        with self._database.unit(actor.id, "tell_grant_again") as unit:
            unit.audit("grant", grant, f"{words} {kept.comer.words}；再看授权码，{kept.caller_words}再次来电")
        return Done(Granted(grant, kept.code, kept.comer.words, words, kept.caller_words))

    def withdraw(self, actor: Actor, grant: GrantId) -> Done[None]:
        """The guardian takes it back: the code is dead at once, for those children who are still here.

        What the director vouched for in that call is taken back with it, and then the withdrawal stays: it
        would give back a code that nobody vouches for.

        Raises:
            GrantUsedError: all have left by it, or it was withdrawn before.
        """
        actor.require(Permission.CHECK_OUT)
        kept = self._find(grant)
        if not kept.waiting:
            msg = f"{kept.comer.words}已凭这次授权接走孩子，不能撤回。登错了请先撤销离园。"
            raise GrantUsedError(msg)
        with self._database.unit(actor.id, "withdraw_grant") as unit:
            if not grants.end_grant(unit, grant, actor.id):
                raise GrantUsedError("这次授权已经撤回过了。")
            vouched = callers.end_vouches(unit, grant)
            unit.audit("grant", grant, f"{kept.comer.words}{'，连同园长的担保' if vouched else ''}")
        changes = Changes(frozenset({Topic.VISITS}), frozenset(kept.children))
        if vouched:
            who = kept.caller_words
            words = f"园长对{who}来电号码的担保一起撤回：今天再凭这个号码授权，要园长登录重新担保。"
            return Done(None, changes, also=words)
        return Done(None, changes, Undo("grant_withdrawn", grant, f"撤回 {kept.comer.words} 的授权"))

    def undo_withdraw(self, actor: Actor, grant: GrantId) -> Done[None]:
        """The withdrawal was a slip, today.

        Raises:
            GrantUsedError: it is of another day, or stands.
        """
        actor.require(Permission.CHECK_OUT)
        kept = self._find(grant)
        if kept.day != day_of(self._clock()):
            raise GrantUsedError("授权只在当天有效，请重新登记。")
        with self._database.unit(actor.id, "undo_withdraw_grant") as unit:
            if not grants.reopen_grant(unit, grant):
                raise GrantUsedError("这次授权没有撤回过。")
            unit.audit("grant", grant, kept.comer.words)
        return Done(None, Changes(frozenset({Topic.VISITS}), frozenset(kept.children)))

    def _children(self, grant: Grant) -> str:
        """Each by name, and of several those who have left by it."""
        gone = set(grant.children) - set(grant.waiting) if grant.waiting else set()
        return "、".join(
            f"{self._name(child)}（已接走）" if child in gone else self._name(child)
            for child in grant.children
        )

    def _find(self, grant: GrantId) -> Grant:
        kept = grants.find_grant(self._database, grant)
        if kept is None:
            raise GrantUsedError("没有找到这次授权，请刷新后再试。")
        return kept

    def _guardian(self, actor: Actor, child: ChildId, caller: AdultId) -> tuple[AdultOf, Youth | None]:
        """Who rang, and what a director has to vouch for of her number."""
        today = day_of(self._clock())
        adults = people.list_adults(self._database, child, today)
        one = next((one for one in adults if one.id == caller and one.tie.is_guardian), None)
        if one is not None and is_trusted(self._database, child, one, adults, today):
            return one, check_number(self._database, child, one, adults, today)
        if one is not None and not one.tie.barred:
            known = Stranger(one.name, one.tie.relation, one.phone, "", one.id)
            refuse_barred(self._database, actor, child, self._name(child), known, "grant", today)
        msg = f"来电的人不是{self._name(child)}的监护人，不能授权别人来接。请监护人本人打电话来。"
        raise CallerError(msg, field="caller")

    def _name(self, child: ChildId) -> str:
        found = children.find_child(self._database, child)
        if found is None:
            raise UnknownPersonError("没有找到这个孩子的档案，请刷新后再试。")
        return found.name


def _state(grant: Grant, *, spoiled: bool) -> str:
    if grant.ended:
        return "withdrawn"
    return "used" if grant.over else "spoiled" if spoiled else "open"


def _vouch(unit: Unit, caller: AdultOf, young: list[ChildId], comer: str) -> None:
    """The director has heard her and says that it is she: for these children, until something is written."""
    for child in young:
        words = f"园长担保 {caller.name} 的来电号码（授权 {comer} 来接）"
        act = record_acts.add_act(unit, "child", child, words)
        callers.vouch(unit, act, caller.id, "电话授权时核实")
