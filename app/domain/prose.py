"""The handover note (交接单) in the words a teacher would use, drafted from the log and nothing else."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoteText:
    """The eight parts of a note. ``prose`` is 给家长的话; the others are the short sections beside it."""

    prose: str = ""
    activity: str = ""
    food: str = ""
    sleep: str = ""
    mood: str = ""
    toilet: str = ""
    health: str = ""
    notice: str = ""
