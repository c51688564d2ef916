"""What of an assessment is said, and where the form goes for it."""

from app.domain.looks import Tone
from app.services.intake import Assessment, IntakeCard, Missing
from app.ui.intake.plan import STOP_OF, WALK, WHYS


def is_worth_saying(card: IntakeCard, field: str) -> bool:
    """Whether a problem is worth saying yet: a field still empty is merely missing."""
    return bool(getattr(card, field, True)) or field in WHYS


def required(assessment: Assessment) -> list[Missing]:
    """What must be filled in and is not."""
    return [one for one in assessment.missing if one.kind == "required"]


def lacking(missing: Missing) -> str:
    """The sentence for a field that must be filled in."""
    return f"还缺：{missing.label}。"


def first_in_the_way(found: Assessment) -> tuple[str, str] | None:
    """The field nearest to the beginning of the walk that stands in the way, and its sentence."""
    wrong = [(one.field, one.sentence) for one in found.problems if one.tone is not Tone.INFO]
    all_of_them = [*wrong, *((one.field, lacking(one)) for one in required(found))]
    place = {stop: at for at, stop in enumerate(WALK)}
    return min(all_of_them, key=lambda one: place.get(STOP_OF.get(one[0], one[0]), len(WALK)), default=None)
