"""The work list of the handover: children by the time they leave."""

from collections.abc import Hashable

from app.domain.looks import Chip, Tone
from app.services.handover import NoteRow, NoteState
from app.ui.widgets.keyed import KeyedModel

_BRIEF = 5  # characters of what is missing that a chip has room for


def chip_of(row: NoteRow, *, brief: bool = False) -> Chip:
    """How far a note is, in a word and a tone: 要修订, 又记 3 条, 待喂药, 待签, 缺 情绪, 缺 3 项, 已签.

    What is missing is as loud as the hour makes it, not as few as are missing. ``brief`` counts all but one.
    """
    match row.state:
        case NoteState.STALE:
            return Chip("要修订", Tone.BAD)
        case NoteState.LATER:
            return Chip(f"又记 {row.more} 条", Tone.WARN)
        case NoteState.HANDED:
            return Chip("已交付", Tone.OK)
        case NoteState.SIGNED:
            return Chip("已签", Tone.OK)
        case NoteState.DOSE:
            return Chip("待喂药", Tone.BAD)
        case NoteState.READY:
            return Chip("待签", Tone.INFO)
    named = "、".join(row.missing)
    if len(named) > _BRIEF or (brief and len(row.missing) > 1):
        named = f"{len(row.missing)} 项"
    return Chip(f"缺 {named}", row.press)


def settled_count(rows: tuple[NoteRow, ...]) -> int:
    """How many notes are signed, handed over or not."""
    return sum(row.state in (NoteState.SIGNED, NoteState.HANDED) for row in rows)


class NoteListModel(KeyedModel[NoteRow]):
    """The notes of today, by leaving time, as the service ordered them."""

    def key_of(self, item: NoteRow) -> Hashable:
        """The visit."""
        return item.visit

    def words_of(self, item: NoteRow) -> str:
        """Name, leaving time and how far the note is."""
        lacking = "缺" + "、".join(item.missing) if item.missing else ""
        since = item.stale or item.later
        how = (chip_of(item).words, since, lacking, item.dose, item.waits)
        parts = (item.name, item.leave_words, *how)
        return "，".join(part for part in parts if part)

    def short_of(self, item: NoteRow) -> str:
        """The name."""
        return item.name
