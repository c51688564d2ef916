"""Resident identity numbers (GB 11643-1999, domain §7.1). The area code is never judged: areas change."""

import datetime as dt
import re
import unicodedata

from app.domain.errors import RuleError
from app.domain.record import record

_SHAPE = re.compile(r"\d{17}[\dX]")
_BIRTH_CERTIFICATE = re.compile(r"[A-Z]\d{9}")


class IdentityError(RuleError):
    """The text is no identity number."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="document_number")


@record
class Identity:
    """What an identity number says: its canonical form, the birth date and the sex (``f`` or ``m``)."""

    number: str
    born: dt.date
    sex: str


def check_identity(text: str, today: dt.date) -> Identity:
    """Read an 18-character number; spaces, full width and a small x pass.

    Raises:
        IdentityError: wrong length or characters, wrong check digit, no such birth date, or a future one.
    """
    number = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if _SHAPE.fullmatch(number) is None:
        raise IdentityError("身份证号应是 18 位：17 位数字加一位数字或 X，请核对。")
    if check_character(number) != number[17]:
        raise IdentityError("身份证号的校验位不对，多半有一位输错了，请核对。")
    try:
        born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise IdentityError("身份证号里的出生日期不存在，请核对第 7 到 14 位。") from None
    if born > today:
        raise IdentityError("身份证号里的出生日期还没有到，请核对第 7 到 14 位。")
    return Identity(number, born, "m" if int(number[16]) % 2 else "f")


def check_character(number: str) -> str:
    """The 18th character for the first 17 digits.

    Only that is asked of the library: its ``validate`` also judges the area code.
    """
    from stdnum.cn import ric  # loaded with the first number and not before

    return str(ric.calc_check_digit(f"{number[:17]}0"))


def is_birth_certificate(text: str) -> bool:
    """Whether it looks like a 出生医学证明 number: one letter and nine digits."""
    return _BIRTH_CERTIFICATE.fullmatch(text.strip().upper()) is not None


def disagreements(identity: Identity, born: dt.date, sex: str) -> tuple[str, ...]:
    """Where number and form differ: a warning, the form is never overwritten. Empty sex passes."""
    found: list[str] = []
    if identity.born != born:
        found.append(f"证件上的生日是 {identity.born}，表上是 {born}，请核对。")
    if sex and identity.sex != sex:
        found.append(f"证件上是{'女' if identity.sex == 'f' else '男'}孩，表上不同，请核对。")
    return tuple(found)


def mask_identity(number: str) -> str:
    """``110105********002X``; anything shorter keeps its last two characters."""
    if len(number) == 18:
        return f"{number[:6]}********{number[14:]}"
    return "*" * max(0, len(number) - 2) + number[-2:]
