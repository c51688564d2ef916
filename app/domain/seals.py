"""Seals: the signed text in a paper's QR code: it names the paper and holds no personal data.

``TDH1.R.2025-000018.K7Q2M9XA4C``: mark and version, kind, number, and 50 bits of HMAC-SHA256 under the
centre's key, in Crockford's base 32 (no I L O U).
"""

import hashlib
import hmac
import re
import unicodedata
from enum import StrEnum

from app.domain.record import record

MARK = "TDH1"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 10
_LEAST_KEY = 16
_NUMBER = re.compile(r"[0-9A-Z]+(?:-[0-9A-Z]+)*")
_LONGEST = 32
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－", "-") | dict.fromkeys("。．", "."))
_LOOK_ALIKES = str.maketrans("OIL", "011")


class SealKind(StrEnum):
    """What kind of paper a seal is on."""

    REPORT = "H"
    RECEIPT = "R"
    SLIP = "S"
    AGREEMENT = "A"
    MONTH = "M"
    ROLL_CALL = "C"
    CARD = "K"

    @property
    def label(self) -> str:
        """离园交接报告, 收款收据, 接送凭条, 临时托协议, 月报, 点名记录, 接送卡."""
        words = {
            "H": "离园交接报告",
            "R": "收款收据",
            "S": "接送凭条",
            "A": "临时托协议",
            "M": "月报",
            "C": "点名记录",
            "K": "接送卡",
        }
        return words[self.value]


@record
class Seal:
    """What a genuine seal names."""

    kind: SealKind
    number: str


def seal(key: bytes, kind: SealKind, number: str) -> str:
    """Sign a paper's number.

    Raises:
        ValueError: for a key under 16 bytes, or a number not of capitals, digits and single dashes (≤ 32).
    """
    if len(key) < _LEAST_KEY:
        raise ValueError("the key of the centre is too short")
    if _NUMBER.fullmatch(number) is None or len(number) > _LONGEST:
        raise ValueError(number)
    message = f"{MARK}.{kind.value}.{number}"
    return f"{message}.{_signature(key, message)}"


def read_seal(key: bytes, text: str) -> Seal | None:
    """The seal in a scanned or typed text, or None when it is none or not ours.

    Spaces, full width, small letters, other dashes, and O I L for 0 1 1 in the signature pass.
    """
    parts = normal_text(text).split(".")
    if len(parts) != 4 or parts[0] != MARK or parts[1] not in set(SealKind):
        return None
    if _NUMBER.fullmatch(parts[2]) is None or len(parts[2]) > _LONGEST:
        return None
    given = parts[3].translate(_LOOK_ALIKES)
    if not given.isascii() or not hmac.compare_digest(_signature(key, ".".join(parts[:3])), given):
        return None
    return Seal(SealKind(parts[1]), parts[2])


def looks_like_seal(text: str) -> bool:
    """Whether somebody meant a seal: then a false one deserves 假, not a name search."""
    return normal_text(text).startswith("TDH")


def normal_text(text: str) -> str:
    """Capitals, half width, plain dashes and dots, no spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text.translate(_DASHES))).upper()


def _signature(key: bytes, message: str) -> str:
    """The first 50 bits of the HMAC, five at a time."""
    bits = int.from_bytes(hmac.new(key, message.encode("ascii"), hashlib.sha256).digest()[:8], "big") >> 14
    return "".join(_ALPHABET[bits >> shift & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))
