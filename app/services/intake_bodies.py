"""A card of the intake as a draft keeps it: as text, and back."""

import dataclasses
import json
import logging

from app.domain.ids import VisitId
from app.services.intake_card import IntakeCard

_log = logging.getLogger(__name__)
_VISIT = "visit"  # of a registered card: the stay that came of it


def title_of(card: IntakeCard) -> str:
    """What a card is called among those put aside."""
    return card.name.strip()[:20] or card.bringer.strip()[:20] or "未填姓名"


def body_of(card: IntakeCard, visit: VisitId | None = None) -> str:
    """A card as a draft keeps it; of a registered one also the stay that came of it."""
    kept = dataclasses.asdict(card)
    return json.dumps(kept if visit is None else kept | {_VISIT: visit}, ensure_ascii=False)


def card_of(body: str) -> IntakeCard | None:
    """A card from a draft; what a later release dropped or changed is left out. None if it cannot be read."""
    try:
        kept = json.loads(body)
    except ValueError:
        kept = None
    if not isinstance(kept, dict):
        _log.warning("a draft of the intake cannot be read")
        return None
    empty = IntakeCard()
    known = {field.name: getattr(empty, field.name) for field in dataclasses.fields(IntakeCard)}
    return IntakeCard(
        **{name: kept[name] for name, usual in known.items() if _is_like(kept.get(name), usual)}
    )


def _is_like(value: object, usual: object) -> bool:
    """Whether a value is of a field's kind: keys are numbers, everything else as in an empty card."""
    return type(value) is (int if usual is None else type(usual))


def visit_of(body: str) -> VisitId | None:
    """The stay that came of a registered card; None for a card that was never registered."""
    try:
        kept = json.loads(body)
    except ValueError:
        return None
    found = kept.get(_VISIT) if isinstance(kept, dict) else None
    return VisitId(found) if isinstance(found, int) else None
