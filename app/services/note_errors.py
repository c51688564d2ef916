"""Why a note to a family is not signed, or not yet."""

from app.domain.errors import RuleError


class EmptyNoteError(RuleError):
    """A note without a word to the parents cannot be signed."""


class LongNoteError(RuleError):
    """A part of the note is too long to be printed."""


class UntoldFactError(RuleError):
    """The words to be signed do not speak of a fever, a finding or an allergen that the log holds."""


class TakenBackError(RuleError):
    """The words to be signed tell of what was taken back or corrected since they were written."""


class NamedChildError(RuleError):
    """The words name who hurt her, or whom she hurt: a family is told what happened, not by whom."""


class AskedError(RuleError):
    """Only their teacher knows whether the words say what they seem to: signed with ``meant`` they do."""

    def __init__(self, sentence: str, field: str, meant: frozenset[str]) -> None:
        super().__init__(sentence, field=field)
        self.meant = meant


class OtherNamesError(AskedError):
    """The words to be signed name other children, and nobody has said that they are meant to."""


class LooseWordsError(AskedError):
    """A word of what must be told stands there (咬了苹果), and nobody has said that it tells of that."""


class OvertakenError(RuleError):
    """The words are those that the log wrote before the day went on, and nobody touched them."""


class OverdueDoseError(RuleError):
    """A dose of medicine is late and nothing has become of it: the family would read past it."""
