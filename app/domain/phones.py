"""Phone numbers as families give them (domain §7.2)."""

import re
import unicodedata

from app.domain.errors import RuleError
from app.domain.unseen import drop_turns, drop_unseen

_NOISE = re.compile(r"[\s\-‐-―()（）.]")
_LONGEST = 60  # characters, blanks and signs included: whatever is longer is no number
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d{2})\d{7,8}", re.ASCII)
_SERVICE = re.compile(r"[48]00\d{7}", re.ASCII)
_EXTENSION = re.compile(r"(.*?)(?:-|转|分机|#|x)\s*(\d{1,6})", re.IGNORECASE | re.ASCII)
_MOBILE_LENGTH = 11
_NUMBER = re.compile(r"[+\d\-‐-―().]+")
_NO_DIGIT = re.compile(r"[^\d+]")
_ABROAD = re.compile(r"^(?:(?:\+|00)86(?=\d)|86(?=1\d{10}$)|\+)")


class PhoneError(RuleError):
    """The text is no phone number."""

    def __init__(self, sentence: str, field: str = "phone") -> None:
        super().__init__(sentence, field=field)


def check_phone(text: str) -> str:
    """The number as it is kept: digits only, +86 dropped; foreign ones as ``+85291234567``.

    A landline's extension stays behind a dash: ``01082345678-801``.

    Raises:
        PhoneError: for anything that is no mobile, landline, 400/800 or possible foreign number.
    """
    # A telephone's list of contacts hands a number over between signs of direction.
    plain = _in_plain_digits(unicodedata.normalize("NFKC", drop_turns(drop_unseen(text)))).strip()
    if not plain:
        raise PhoneError("请填手机号，11 位数字。")
    if plain.startswith(("+", "00")) and not plain.startswith(("+86", "0086")):
        return _foreign(plain)
    digits = _at_home(_NOISE.sub("", plain))
    for shape in (_MOBILE, _LANDLINE, _SERVICE):
        if shape.fullmatch(digits):
            return digits
    if len(plain) <= _LONGEST and (parts := _EXTENSION.fullmatch(plain)) is not None:
        base = _at_home(_NOISE.sub("", parts.group(1)))
        if _LANDLINE.fullmatch(base):
            return f"{base}-{parts.group(2)}"
    raise PhoneError(_why(digits))


def _in_plain_digits(text: str) -> str:
    """Digits of other scripts (٣, ३) as 0 to 9: only these are found again."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def _at_home(digits: str) -> str:
    """The number as it is dialled within the country: without +86, a landline with the 0 it lost by it."""
    for prefix in ("+86", "0086"):
        if digits.startswith(prefix):
            digits = digits.removeprefix(prefix)
            whole = _MOBILE.fullmatch(digits) or _SERVICE.fullmatch(digits)
            return f"0{digits}" if not whole and _LANDLINE.fullmatch(f"0{digits}") else digits
    if len(digits) == _MOBILE_LENGTH + 2 and digits.startswith("861"):
        return digits[2:]
    return digits


def dialled(wanted: str) -> str:
    """The digits of a phone number as people write and paste it, as they are kept; ``wanted`` has no gaps.

    ``139-1111-0003``, ``+8613911110003``, ``(0531)86001234``; empty where it is none, or only part of a code.
    """
    if not _NUMBER.fullmatch(wanted):
        return ""
    return _ABROAD.sub("", _NO_DIGIT.sub("", wanted))


def is_mobile(number: str) -> bool:
    """Whether a kept number is a mainland mobile."""
    return _MOBILE.fullmatch(number) is not None


def mask_phone(number: str) -> str:
    """``138****6021``; a shorter number shows its last four, a very short one nothing."""
    if is_mobile(number):
        return f"{number[:3]}****{number[-4:]}"
    digits = number.lstrip("+").partition("-")[0]
    return f"****{digits[-4:]}" if len(digits) > 6 else "****" if digits else ""


def spaced_phone(number: str) -> str:
    """For reading aloud: ``138 0000 6021``, ``010 8234 5678``; others as they are kept."""
    if is_mobile(number):
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    base, dash, extension = number.partition("-")
    if not _LANDLINE.fullmatch(base):
        return number
    area = 3 if base[1] in "12" else 4
    rest = base[area:]
    return f"{base[:area]} {rest[:-4]} {rest[-4:]}{dash}{extension}"


def _foreign(plain: str) -> str:
    """A number with a country code, checked by Google's tables."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse("+" + plain.lstrip("+0") if plain.startswith("00") else plain, None)
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        raise PhoneError("境外号码看不懂。请以 + 和国家/地区代码开头，如 +852 9123 4567。")
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def _why(digits: str) -> str:
    if not digits.isdecimal():
        return "电话里有不是数字的字。手机号是 11 位数字，如 138 0000 6021。"
    if digits.startswith("1") and len(digits) != _MOBILE_LENGTH:
        return f"手机号应是 11 位，现在是 {len(digits)} 位，请核对。"
    return "这不是手机号也不是带区号的座机，请核对。手机号 11 位，座机如 010-82345678。"
