"""When certificates run out (58号文 Art 28: a health check before work and every year)."""

import datetime as dt

from app.domain.looks import Chip, Tone


def expiry_chip(name: str, until: dt.date | None, today: dt.date, warn_days: int) -> Chip | None:
    """What to say of a certificate: nothing while it holds, or where none is on file.

    ``until`` is its last day.
    """
    if until is None:
        return None
    left = (until - today).days
    if left < 0:
        return Chip(f"{name}已过期", Tone.BAD)
    if left <= warn_days:
        return Chip(f"{name}还有 {left} 天" if left else f"{name}今天到期", Tone.WARN)
    return None
