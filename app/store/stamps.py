"""How times are written in the file: instants as ISO text with the centre's offset, days as dates."""

import datetime as dt

# The whole country keeps one time without summer time (domain.md §7.4).
CENTRE_ZONE = dt.timezone(dt.timedelta(hours=8))


def stamp(at: dt.datetime) -> str:
    """Write an aware instant, ``2025-12-03T09:12:00+08:00``; the order of texts is the order of times."""
    if at.tzinfo is None:
        msg = f"a naive time cannot be kept: {at!r}"
        raise ValueError(msg)
    return at.astimezone(CENTRE_ZONE).isoformat(timespec="seconds")


def moment(text: str) -> dt.datetime:
    """Read what ``stamp`` wrote."""
    return dt.datetime.fromisoformat(text)


def moment_or_none(text: str | None) -> dt.datetime | None:
    """Read what ``stamp`` wrote, or None for none."""
    return None if text is None else dt.datetime.fromisoformat(text)


def day_of(at: dt.datetime) -> dt.date:
    """The centre's calendar day of an instant."""
    return at.astimezone(CENTRE_ZONE).date()


def minute_of(at: dt.datetime) -> int:
    """Minutes after the centre's midnight."""
    local = at.astimezone(CENTRE_ZONE)
    return local.hour * 60 + local.minute


def at_minute(day: dt.date, minute: int) -> dt.datetime:
    """The instant so many minutes after the centre's midnight of a day."""
    return dt.datetime.combine(day, dt.time(), CENTRE_ZONE) + dt.timedelta(minutes=minute)
