"""Tones: how a state is to be said. The UI turns a tone into colour and shape; words stand beside it."""

from enum import StrEnum

from app.domain.record import record

# The role of the theme for the sign of a child who is in no class today: class colours are ``#RRGGBB``.
NO_CLASS = "line_strong"


class Tone(StrEnum):
    """What a chip, a row or an hour says."""

    PLAIN = "plain"
    OK = "ok"
    INFO = "info"
    WARN = "warn"
    BAD = "bad"


@record
class Chip:
    """A state in a word and a tone."""

    words: str
    tone: Tone = Tone.PLAIN
