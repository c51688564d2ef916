"""真假: what a scanned code is, and whether this centre gave it out."""

import datetime as dt

from app.domain.ids import ChildId, VisitId
from app.domain.looks import Tone
from app.domain.pickup_codes import is_fair, spell_code
from app.domain.record import record
from app.domain.seals import SealKind, read_seal
from app.domain.staff import Actor, Permission
from app.services.cashier import TENDERS
from app.services.facts import list_books
from app.services.freshness import Since, since
from app.services.numbers import visit_of
from app.store import cards, centre, children, grants, notes, receipts, visits
from app.store.database import Clock, Database
from app.store.grants import Grant
from app.store.stamps import day_of
from app.store.visits import Visit

_CODES_KNOWN = 7  # days back that a code is told from one that was never given out


@record
class Verdict:
    """The answer; ``visit`` is the stay it is of.

    ``title`` is 真, 假, 已退款, 已作废, 已挂失, 已有新版, 记录有变, 授权码, 已用过, 已过期
    or 不是今天的.

    ``child`` is whom a valid card stands for.
    """

    genuine: bool
    title: str
    words: str
    tone: Tone
    visit: VisitId | None = None
    child: ChildId | None = None
    told: str = ""  # the code itself, where a guardian was told it by telephone and it stands
    card: str = ""  # the number of a valid card


class Seals:
    """Checks what a scanner, a keyboard or the clipboard brought."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def verify(self, actor: Actor, text: str) -> Verdict:
        """Say what a code is. Seals of papers and today's pick-up codes are known."""
        actor.require(Permission.READ)
        code = spell_code(text)
        if code is not None and (found := self._pickup_code(code)) is not None:
            return found
        home = centre.find_centre(self._database)
        seal = None if home is None else read_seal(home.seal_key, text)
        if seal is None:
            return _false("这个码不是本中心发出的，或者被改动过。请不要凭它放行或退款。")
        match seal.kind:
            case SealKind.RECEIPT:
                return self._receipt(seal.number)
            case SealKind.REPORT:
                return self._report(seal.number)
            case SealKind.SLIP | SealKind.AGREEMENT:
                return self._paper_of_visit(seal.kind, seal.number)
            case SealKind.CARD:
                return self._card(seal.number)
            case SealKind.MONTH:
                return Verdict(True, "真", f"{seal.number} 月报，本中心出具。", Tone.OK)
            case SealKind.ROLL_CALL:
                return Verdict(True, "真", f"点名记录 {seal.number}，本中心出具。", Tone.OK)

    def _pickup_code(self, code: str) -> Verdict | None:
        """What a code is that the file knows; of others None, unless it might have gone out today."""
        today = day_of(self._clock())
        visit = visits.find_visit_by_code(self._database, today, code)
        if visit is None and (grant := grants.find_by_code(self._database, today, code)) is not None:
            return self._grant(code, grant)
        if visit is None and (dead := grants.find_dead_code(self._database, today, code)) is not None:
            return _dead_grant(code, dead)
        if visit is None and (old := self._code_of_before(today, code)) is not None:
            return _of_before(f"接送码 {code}", old)
        if visit is None and not is_fair(code):
            return None
        if visit is None:
            return _false(f"今天没有发出过接送码 {code}。接送码当天有效，请核对凭条上的日期。")
        return self._pickup_paper(f"今天的接送码 {code}", visit)

    def _code_of_before(self, today: dt.date, code: str) -> Visit | None:
        """The stay of one of the last days that a code was of: genuine, and of no use any more."""
        days = (today - dt.timedelta(days=back) for back in range(1, _CODES_KNOWN + 1))
        found = (visits.find_visit_by_code(self._database, one, code) for one in days)
        return next((one for one in found if one is not None), None)

    def _pickup_paper(self, what: str, visit: Visit) -> Verdict:
        """A slip or its code: good for one stay, and shown for no other."""
        if visit.day != day_of(self._clock()):
            return _of_before(what, visit)
        again = None if visit.left_at is None else visits.find_open_visit(self._database, visit.child)
        if again is not None:
            words = (
                f"{what} 已用过：{visit.child_name} {visit.left_at:%H:%M} 已离园，"
                f"{again.arrived_at:%H:%M} 又入园。不要凭它放行，请看新凭条。"
            )
            return Verdict(True, "已用过", words, Tone.WARN)
        return _of_visit(what, visit)

    def _grant(self, code: str, grant: Grant) -> Verdict:
        """Open the child whom somebody comes for by a call, or say why not. The release checks who comes."""
        words = f"今天的授权码 {code}：{grant.comer.words}，{grant.caller_words}来电授权"
        if grant.ended:
            return Verdict(True, "已作废", f"{words}，后来撤回了。不要凭它放行。", Tone.BAD)
        inside = None
        for child in grant.children:
            standing = grants.list_grants(self._database, child, grant.day)
            used = any(one.id == grant.id and one.used for one in standing)
            inside = inside or (None if used else visits.find_open_visit(self._database, child))
        if inside is None and not grant.waiting:
            return Verdict(True, "已用过", f"{words}，已经凭它接走，只能用一次。", Tone.WARN)
        if inside is None:
            return Verdict(True, "授权码", f"{words}。孩子按记录现在不在园，请核对。", Tone.WARN)
        words = f"{words}来接{inside.child_name}。请看{grant.comer.words}的身份证，再放行。"
        return Verdict(True, "授权码", words, Tone.INFO, inside.id, told=code)

    def _receipt(self, number: str) -> Verdict:
        kept = receipts.find_receipt_by_number(self._database, number)
        if kept is None:
            return _unknown(f"收据 {number}")
        what = "退款单" if kept.kind == "refund" else "收款收据"
        words = (
            f"{what} {number}：{kept.child_name} {kept.total.yuan_words} {TENDERS[kept.tender]}"
            f"，{kept.day} {kept.issuer_name} 经手。"
        )
        if kept.reversed_by is not None:
            refund = receipts.find_receipt(self._database, kept.reversed_by)
            number = "" if refund is None else refund.number
            return Verdict(True, "已退款", f"{words}已由退款单 {number} 退回。", Tone.WARN, kept.visit)
        return Verdict(True, "真", words, Tone.OK, kept.visit)

    def _report(self, number: str) -> Verdict:
        note = notes.find_by_number(self._database, number)
        if note is None:
            return _unknown(f"交接报告 {number}")
        visit = visits.find_visit(self._database, note.visit)
        name = "" if visit is None else visit.child_name
        when = "" if note.signed_at is None else f"{note.signed_at:%Y-%m-%d %H:%M}"
        words = f"离园交接报告 {number}：{name}，{when} 签字。"
        last = notes.find_signed(self._database, note.visit)
        if last is not None and last.number != number:
            return Verdict(True, "已有新版", f"{words}后来改过，请以最新一版为准。", Tone.WARN, note.visit)
        book = list_books(self._database, [note.visit]).get(note.visit)
        found = Since() if book is None else since(self._database, book, note)
        if found.stale:
            return Verdict(True, "记录有变", f"{words}{found.stale}。请当面问老师。", Tone.WARN, note.visit)
        if found.later:
            words = f"{words}{found.later}，没有写在上面。"
        return Verdict(True, "真", words, Tone.OK, note.visit)

    def _card(self, number: str) -> Verdict:
        card = cards.find_by_number(self._database, number)
        if card is None:
            return _unknown(f"接送卡 {number}")
        child = children.find_child(self._database, card.child)
        name = card.child_name if child is None else child.name
        words = f"接送卡 {number}：{name}"
        if card.ended_at is not None and card.ended_as == "lost":
            when = f"{card.ended_at:%Y-%m-%d %H:%M} 挂失"
            return Verdict(
                True, "已挂失", f"{words}，{when}。不要凭这张卡交接孩子，请核对来人身份并联系家长。", Tone.BAD
            )
        if not card.valid:
            return Verdict(True, "已作废", f"{words}，这张卡已收回，不再有效。请核对来人身份。", Tone.WARN)
        words = f"{words}。卡有效；来接的人仍要核对。"
        return Verdict(True, "真", words, Tone.OK, child=card.child, card=number)

    def _paper_of_visit(self, kind: SealKind, number: str) -> Verdict:
        key = visit_of(number)
        visit = None if key is None else visits.find_visit(self._database, key)
        if visit is None:
            return _unknown(f"{kind.label} {number}")
        what = f"{kind.label} {number}"
        return self._pickup_paper(what, visit) if kind is SealKind.SLIP else _of_visit(what, visit)


def _dead_grant(code: str, grant: Grant) -> Verdict:
    when = f"{grant.day.month} 月 {grant.day.day} 日"
    words = f"{code} 是 {when}的授权码（{grant.caller_words}让{grant.comer.words}来接），当晚就作废了。"
    return Verdict(True, "已过期", f"{words}请监护人今天再打电话来授权。", Tone.BAD)


def _of_before(what: str, visit: Visit) -> Verdict:
    words = f"{what} 是 {visit.day.month} 月 {visit.day.day} 日{visit.child_name}的，只在当天有效。"
    return Verdict(True, "不是今天的", f"{words}不要凭它放行，请看今天的凭条。", Tone.BAD)


def _of_visit(what: str, visit: Visit) -> Verdict:
    words = f"{what}：{visit.child_name}（{visit.class_name}），{visit.arrived_at:%m-%d %H:%M} 入园"
    if visit.undone:
        return Verdict(True, "已作废", f"{words}，这次入园已撤销。", Tone.WARN, visit.id)
    if visit.left_at is not None:
        words = f"{words}，{visit.left_at:%H:%M} 已离园。"
        return Verdict(True, "真", words, Tone.INFO, visit.id)
    return Verdict(True, "真", f"{words}，现在在园。", Tone.OK, visit.id)


def _false(words: str) -> Verdict:
    return Verdict(False, "假", words, Tone.BAD)


def _unknown(what: str) -> Verdict:
    """Signed with our key, yet not in this file: made before a back-up was restored, or on a copy."""
    words = f"{what} 的签名正确，但数据文件里没有这张单据。文件可能是从旧备份恢复的，请人工核对。"
    return Verdict(False, "查无此单", words, Tone.WARN)
