"""The two ways to fail that a person can act on. A third, our own bug, is any other exception."""


class SpokenError(Exception):
    """An error with a Chinese sentence that says what happened and what to do.

    ``sentence`` is shown as it stands; ``field`` names the form field it is about, if any.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class RuleError(SpokenError):
    """A rule of the trade says no. Subclasses name the rule (``AlreadyCheckedInError`` …)."""


class SurroundingsError(SpokenError):
    """The surroundings failed (disk full, file locked, printer gone). The work is kept; try again.

    ``copy`` is the path of a sound back-up that can take the place of a lost or damaged file, or empty.
    """

    copy: str = ""
    passes: bool = False  # the next act that is saved shows that it is over
