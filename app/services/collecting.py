"""Who takes a child, and by what proof: the list, a call of the guardian, or two people's exception."""

import datetime as dt

from app.domain.errors import RuleError
from app.domain.grants import Comer, GrantUsedError, check_comer
from app.domain.ids import AdultId, ChildId, GrantId, VisitId
from app.domain.minors import is_said_to_be_minor
from app.domain.names import clean_text, search_keys
from app.domain.pickup_codes import is_code, read_code
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.domain.visits import (
    Collector,
    MinorCollectorError,
    NotAllowedToCollectError,
    VisitError,
    check_collector,
    years_between,
)
from app.services.alarms import refuse_barred
from app.services.bars import Stranger, is_trusted
from app.services.open_papers import Answer
from app.services.pins import Pins, Second
from app.store import grants, people, visits
from app.store.database import Database, Unit
from app.store.grants import Grant
from app.store.people import AdultOf, NewAdult, Tie
from app.store.stamps import day_of
from app.store.visits import Visit

PROOFS = {
    "code": "接送码",
    "card": "接送卡",
    "known": "认识",
    "identity": "身份证",
    "grant": "电话授权",
    "exception": "园长放行",
}
_SEEN = frozenset({"identity", "grant"})


class WrongCodeError(RuleError):
    """The code that was shown is not this visit's."""


class IdentityNotSeenError(VisitError):
    """Who comes by a call or an exception has to show an identity card."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="identity")


@record
class CheckOut:
    """The act: this adult takes this child. A ``tender`` issues the receipt in the same unit of work.

    ``tender`` is cash, wechat, alipay, transfer or card. ``collector`` is somebody on file; who comes by a
    call is named by ``grant``, who comes by an exception by ``stranger`` or ``collector``.
    """

    visit: VisitId
    collector: AdultId | None = None
    proof: str = "known"  # code | card | known | identity | grant | exception
    tender: str | None = None
    code: str = ""  # what was shown, where the proof is the code or the grant
    card: str = ""  # the number of the card that was scanned, where the proof is the card
    beside: VisitId | None = None  # whose slip or card was shown, where she goes along with a sibling
    left_at: dt.datetime | None = None  # of a departure forgotten another day (director, or confirmed by her)
    reason: str = ""  # how one knows that hour, or why the exception
    grant: GrantId | None = None
    stranger: Stranger | None = None
    identity_seen: bool = False
    second: Second | None = None
    own_pin: str = ""  # of who is signed in, where the right to the exception is hers
    answers: tuple[Answer, ...] = ()  # what becomes of the open papers


@record
class Taker:
    """Who takes the child, found fit. ``adult`` is None for somebody who is not on file yet."""

    adult: AdultId | None
    name: str
    relation: str
    phone: str
    proof: str
    identity_seen: bool
    grant: GrantId | None = None
    reason: str = ""  # why the exception; of a card its number; of a sibling's slip her name

    @property
    def words(self) -> str:
        """奶奶 王秀兰."""
        return f"{self.relation} {self.name}".strip()


class Collecting:
    """Finds who takes a child and whether that is right; writes nothing but alarms."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def taker(self, actor: Actor, kept: Visit, act: CheckOut, day: dt.date) -> Taker:
        """The person, by the proof that was given.

        Raises:
            WrongCodeError: the code that was shown is not the one.
            GrantUsedError: the authorisation is of another day or child, used, or withdrawn.
            BarredAlarmError: 禁止接走 stands for this person, or for somebody like him.
            MinorCollectorError: under eighteen, or perhaps so.
            NotAllowedToCollectError: not on her list today (58号文 Art 30).
            IdentityNotSeenError: the proof needs an identity card.
        """
        if act.proof not in PROOFS:
            words = "、".join(PROOFS.values())
            msg = f"请选择怎样核对接走人：{words}。"
            raise RuleError(msg, field="proof")
        if act.proof == "code" and not is_code(act.code, self._shown(kept, act).pickup_code):
            raise WrongCodeError("接送码不对，请核对凭条；忘带凭条就改用“认识”或“身份证”。", field="code")
        if act.proof == "grant":
            return self._by_grant(actor, kept, act, day)
        if act.proof == "exception":
            return self._by_exception(actor, kept, act, day)
        return self._by_list(actor, kept, act, day)

    def adult_of(self, unit: Unit, taker: Taker, visit: Visit) -> AdultId:
        """Who took her, on file: found by name and number, else kept now, inside the unit of the release."""
        if taker.adult is not None:
            return taker.adult
        found = people.find_adult(unit, taker.name, taker.phone) if taker.phone else None
        if found is None:
            keys = search_keys(taker.name)
            # That his card was looked at is noted with the release, and goes with it.
            found = people.add_adult(unit, NewAdult(taker.name, taker.phone, keys.pinyin, keys.initials))
            unit.audit("adult", found, f"{visit.child_name} {taker.words} {PROOFS[taker.proof]}")
        if taker.grant is not None:
            grants.note_comer(unit, taker.grant, found)
        return found

    def _by_list(self, actor: Actor, kept: Visit, act: CheckOut, day: dt.date) -> Taker:
        adults = people.list_adults(self._database, kept.child, day)
        for adult in adults:
            if adult.id == act.collector:
                then = (
                    None if act.left_at is None else tie_then(self._database, kept.child, adult, act.left_at)
                )
                if then is None and not is_trusted(self._database, kept.child, adult, adults, day):
                    self._refuse_barred(actor, kept, adult, day)
                if act.proof == "card":
                    self._check_card(self._shown(kept, act), act)
                tie, seen = then or adult.tie, adult.identity_seen or act.proof in _SEEN or act.identity_seen
                wish = Collector(
                    adult.name,
                    tie.relation,
                    tie.may_collect,
                    tie.barred,
                    tie.only_day,
                    age=None if adult.born_on is None else years_between(adult.born_on, day),
                    identity_seen=seen,
                )
                check_collector(kept.child_name, wish, day)
                return _known(adult, act, "" if act.beside is None else self._shown(kept, act).child_name)
        msg = f"这个人不在{kept.child_name}的接送名单里。请先打电话给监护人确认并登记授权。"
        raise NotAllowedToCollectError(msg, field="collector")

    def _shown(self, kept: Visit, act: CheckOut) -> Visit:
        """The stay whose slip or card is shown: her own, or that of the sibling she goes along with."""
        found = None if act.beside is None else visits.find_visit(self._database, act.beside)
        return found or kept

    def _by_grant(self, actor: Actor, kept: Visit, act: CheckOut, day: dt.date) -> Taker:
        grant = self._grant(kept, act, day)
        if read_code(act.code) != grant.code:
            msg = f"授权码不对。请{grant.comer.words}再看一眼，或问{grant.caller_words}。"
            raise WrongCodeError(msg, field="code")
        if not act.identity_seen:
            msg = f"请看{grant.comer.words}的身份证，核对姓名、尾号和年龄（满 18 周岁），再按 I。"
            raise IdentityNotSeenError(msg)
        adults = people.list_adults(self._database, kept.child, day)
        caller = next((one for one in adults if one.id == grant.caller), None)
        if caller is None or not is_trusted(self._database, kept.child, caller, adults, day):
            who = f"{grant.caller_words}现在不是{kept.child_name}的监护人或已被禁止接走"
            msg = f"{who}，这次授权作废。请打电话给监护人确认。"
            raise GrantUsedError(msg)
        comer = grant.comer
        stranger = Stranger(comer.name, comer.relation, comer.phone, comer.identity_tail, grant.adult)
        refuse_barred(self._database, actor, kept.child, kept.child_name, stranger, "collect", day)
        check_age(self._database, (kept.child, kept.child_name), comer, day)
        return Taker(
            grant.adult, comer.name, comer.relation, comer.phone, "grant", identity_seen=True, grant=grant.id
        )

    def _by_exception(self, actor: Actor, kept: Visit, act: CheckOut, day: dt.date) -> Taker:
        why = clean_text(act.reason, "理由", "reason")
        if not why:
            raise NotAllowedToCollectError("园长放行要写明理由：问过谁，为什么可以。", field="reason")
        on_file = next(
            (one for one in people.list_adults(self._database, kept.child, day) if one.id == act.collector),
            None,
        )
        if on_file is not None:
            comer = Comer(on_file.name, on_file.tie.relation, on_file.phone, "", on_file.born_on)
        elif act.stranger is not None:
            said = act.stranger
            comer = check_comer(said.name, said.relation, said.phone, said.identity, day)
        else:
            raise NotAllowedToCollectError("请填谁来接。", field="collector")
        key = None if on_file is None else on_file.id
        stranger = Stranger(comer.name, comer.relation, comer.phone, comer.identity_tail, key)
        refuse_barred(self._database, actor, kept.child, kept.child_name, stranger, "collect", day)
        if not act.identity_seen:
            msg = f"园长放行也要看身份证：请核对{comer.words}的身份证，须已满 18 周岁。"
            raise IdentityNotSeenError(msg)
        check_age(self._database, (kept.child, kept.child_name), comer, day)
        return Taker(
            key,
            comer.name,
            comer.relation,
            comer.phone,
            "exception",
            identity_seen=True,
            reason=why,
        )

    def _grant(self, kept: Visit, act: CheckOut, day: dt.date) -> Grant:
        left_on = day if act.left_at is None else day_of(act.left_at)  # a code dies at midnight
        standing = grants.list_grants(self._database, kept.child, left_on)
        found = next((one for one in standing if one.id == act.grant), None)
        if found is None:
            raise GrantUsedError("这次电话授权今天对这个孩子无效：已撤回，或不是今天的。请再打电话确认。")
        if found.used:
            msg = f"{found.comer.words}的授权码已经用过，只能用一次。请再打电话确认。"
            raise GrantUsedError(msg)
        return found

    def _check_card(self, kept: Visit, act: CheckOut) -> None:
        """A card proves something once it was scanned: hers, and neither lost nor handed back.

        Raises:
            RuleError: it is not so.
        """
        from app.store import cards  # most show the slip

        card = cards.find_by_number(self._database, act.card) if act.card else None
        if card is None or act.left_at is not None:
            msg = "接送卡要当面扫过才算核对。请扫卡上的二维码；没有卡就改用“认识”或“身份证”。"
            raise RuleError(msg, field="proof")
        if card.child != kept.child:
            msg = f"接送卡 {card.number} 不是{kept.child_name}的，不能凭它接走。请核对来人身份。"
            raise RuleError(msg, field="proof")
        if not card.valid:
            msg = f"{kept.child_name} 的接送卡 {card.number} 已挂失或收回，不能凭卡接走。请核对来人身份。"
            raise RuleError(msg, field="proof")

    def _refuse_barred(self, actor: Actor, kept: Visit, adult: AdultOf, day: dt.date) -> None:
        stranger = Stranger(adult.name, adult.tie.relation, adult.phone, "", adult.id)
        refuse_barred(self._database, actor, kept.child, kept.child_name, stranger, "collect", day)


def tie_then(database: Database, child: ChildId, adult: AdultOf, at: dt.datetime) -> Tie | None:
    """What somebody who is barred today was to a child when he took her, if he was not barred then.

    A departure of another day is put down as it was: with another name in his place the court would read of
    a collector who was never there. None for everybody else: today's rule goes for them.
    """
    if not adult.tie.barred:
        return None
    then = people.find_tie_at(database, child, adult.id, at)
    return None if then is None or then.barred else then


def check_age(database: Database, child: tuple[ChildId, str], comer: Comer, day: dt.date) -> None:
    """Pass if who is not on the list is no minor by the number given, nor by anything on file.

    Whoever is named may be on file in her own or another family: the birth date there goes for the person,
    in whatever way the name came to the desk (58号文 Art 30). The card is looked at by whoever hands over.

    Raises:
        MinorCollectorError: under eighteen, or only said to be.
    """
    key, name = child
    known = people.list_births(database, key, comer.name, comer.phone, comer.identity_tail)
    born = max((*known, *(() if comer.born is None else (comer.born,))), default=None)
    if born is None and is_said_to_be_minor(comer.relation, day, name=comer.name):
        msg = f"{comer.words}写的是未成年人，不能接走{name}。已满 18 周岁的，请先在档案里填上出生日期。"
        raise MinorCollectorError(msg)
    age = None if born is None else years_between(born, day)
    wish = Collector(comer.name, comer.relation, may_collect=True, age=age, identity_seen=True)
    check_collector(name, wish, day)


def confirmed(pins: Pins, actor: Actor, act: CheckOut) -> Actor | None:
    """The second person of an exception, or of a forgotten departure that somebody else enters.

    Raises:
        SecondPersonError, WrongPinError: nobody confirms as it must be.
    """
    if act.proof == "exception":
        second = pins.confirm(actor, act.second, Permission.RELEASE_EXCEPTION)
        pins.prove_right(actor, second, Permission.RELEASE_EXCEPTION, act.own_pin)
        return second
    if act.left_at is not None and not actor.may(Permission.RELEASE_EXCEPTION) and act.second is not None:
        return pins.confirm(actor, act.second, Permission.RELEASE_EXCEPTION)
    return None


def _known(adult: AdultOf, act: CheckOut, sibling: str) -> Taker:
    seen = act.proof == "identity" or act.identity_seen
    own = f"（{sibling}）" if sibling else ""
    reasons = {"card": f"{act.card}{own}", "code": sibling}
    return Taker(
        adult.id,
        adult.name,
        adult.tie.relation,
        adult.phone,
        act.proof,
        identity_seen=seen,
        reason=reasons.get(act.proof, ""),
    )
