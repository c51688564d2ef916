"""Authorisation by phone (电话授权): who rang, who will come, and a code that dies tonight (domain §8.5)."""

import datetime as dt
import unicodedata

from app.domain.errors import RuleError
from app.domain.identity import IdentityError, check_identity
from app.domain.minors import is_said_to_be_minor
from app.domain.names import clean_name, clean_text
from app.domain.phones import check_phone
from app.domain.record import record

TAIL = 4
_WHOLE = 18  # signs of an identity number
_RELATION = 20


class CallerError(RuleError):
    """Who rang is no guardian of the child, or did not ring from the number on file."""


class GrantError(RuleError):
    """The authorisation cannot be kept as it is."""


class GrantUsedError(RuleError):
    """The code has been used, withdrawn, or is of another day or child."""


@record
class Comer:
    """Who will come, as checked: a phone number or the last four characters of an identity card, or both.

    ``born`` is what a whole identity number said; only its tail is kept of it.
    """

    name: str
    relation: str
    phone: str
    identity_tail: str
    born: dt.date | None = None

    @property
    def words(self) -> str:
        """姑姑 王丽."""
        return f"{self.relation} {self.name}".strip()


def check_caller(name: str, phone: str, tail: str) -> None:
    """Pass if the call came from the guardian's number on file, told by its last four digits.

    Raises:
        CallerError: no number on file, or another tail.
    """
    said = "".join(c for c in unicodedata.normalize("NFKC", tail) if c.isdecimal())
    kept = phone.partition("-")[0]
    if len(kept) < TAIL:
        msg = f"档案里没有{name}的电话，不能按电话授权。请改由园长放行。"
        raise CallerError(msg, field="caller")
    if len(said) < TAIL:
        raise CallerError("请照来电显示填号码的后 4 位。", field="caller_tail")
    if not kept.endswith(said):
        msg = f"来电尾号 {said[-TAIL:]} 不是档案里{name}的号码。请挂断，按档案里的号码打回去核实。"
        raise CallerError(msg, field="caller_tail")


def check_comer(name: str, relation: str, phone: str, identity_tail: str, today: dt.date) -> Comer:
    """Who will come, with something to know the person by at the door.

    Raises:
        BadNameError: no name that can be kept.
        GrantError: neither a phone number nor four characters of an identity card, a whole number that is
            none, or said to be a minor.
        PhoneError: no phone number.
    """
    kept = clean_name(name)
    what = clean_text(relation, "关系", "relation", _RELATION)
    if not what:
        raise GrantError("请填来接的人是孩子的什么人，如姑姑、邻居。", field="relation")
    if is_said_to_be_minor(what, today, name=kept):
        msg = f"{what}{kept}未满 18 周岁，不能来接。请家长另派成年人。"
        raise GrantError(msg, field="relation")
    tail = "".join(c for c in unicodedata.normalize("NFKC", identity_tail).upper() if c in "0123456789X")
    number = check_phone(phone) if phone.strip() else ""
    if tail and len(tail) < TAIL:
        raise GrantError("身份证请填后 4 位，最后一位可以是 X。", field="identity_tail")
    if not tail and not number:
        raise GrantError("请填来接的人的手机号或身份证后 4 位，到门口好核对。", field="identity_tail")
    return Comer(kept, what, number, tail[-TAIL:], _born(tail, today))


def _born(number: str, today: dt.date) -> dt.date | None:
    """The birth date in a whole identity number; None for a tail, or for the number of another paper."""
    if len(number) != _WHOLE:
        return None
    try:
        return check_identity(number, today).born
    except IdentityError as error:
        msg = f"{error.sentence.removesuffix('。')}；记不全就只填后 4 位。"
        raise GrantError(msg, field="identity_tail") from error
