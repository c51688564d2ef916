"""The rules of one day's visit: coming in, the promised hour, going home."""

from app.domain.errors import RuleError


class VisitError(RuleError):
    """A rule of coming and going says no."""


class AlreadyCheckedInError(VisitError):
    """The child is inside already."""


class NotCheckedInError(VisitError):
    """The child has not come in, so nothing can be logged and nobody can take her."""


class AlreadyLeftError(VisitError):
    """The child has gone home."""


class NotYoursError(VisitError):
    """The visit is not of today, or was undone."""


class AbsentTodayError(VisitError):
    """An absence is noted for the child today."""


class NotAllowedToCollectError(VisitError):
    """The adult is not on the child's list (58号文 Art 30: only an authorised adult)."""


class BarredFromCollectingError(VisitError):
    """The adult must not collect the child (禁止接走, by court order)."""


class MinorCollectorError(VisitError):
    """The collector is under eighteen (58号文 Art 30: an adult)."""


class UnknownAllergyError(VisitError):
    """Food is to be logged for a child whose allergies nobody has asked about."""


class MoneyDueError(VisitError):
    """Money is due at pick-up and no tender was named."""


class PromiseError(VisitError):
    """The promised hour cannot be read, has passed, or lies after closing."""


class FeverError(VisitError):
    """The morning check found a fever: the child does not come in."""


_WIDE = str.maketrans("０１２３４５６７８９：．点時时", "0123456789:.点点点")
