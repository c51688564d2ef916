"""What keys that follow each other quickly are: a scanner's code, or a person's; told by speed and by form.

A wired scanner has some milliseconds between two keys (``Wedge.gap_ms``): what comes so fast is a scanner's
wherever the focus is. A slow one (radio, remote desktop, one set to be slow for an old till) takes 40 to 100
of them, as a fast typist does. Two things tell it from her all the same:

* **Its form.** What begins like a seal of ours is held back wherever it is typed, as long as it goes on like
  one. Nobody types one by hand but to have it read.
* **Where it is typed.** In a field text is harmless, and what was too quick for a person is taken out of it
  again (``landed``). Outside of one every key is a command, and nobody gives
  four commands and Enter in one burst: the longest that the desk, the classroom and the tour know are three
  (1, C, Enter: by whom, how paid, done), however fast. So Enter behind one to three keys confirms at once,
  and behind four or more it is a scanner's. A command that opens a field (M for the code, 8 for the
  temperature) is carried out before the next key comes, and what follows is typing in that field.
"""

import re
from dataclasses import dataclass

from app.domain.pickup_codes import read_code
from app.ui.scanner import begins_like_seal, looks_like_seal, tidy

LEAST = 6  # so many characters a code has at least, but for the four of a pick-up code
COMMAND_MS = 120  # between two commands: longer is a pause, in which a person looks what the first has done
OURS_MS = 300  # between two signs of a code that has begun like ours: radio scanners stop in the midst
_COMMANDS = 4  # so many keys and Enter are no commands of a person
_UNENDED = 10  # of a scanner that sends no Enter: a person is as fast for two or three keys
_BEGINNING = re.compile(r"T(D(H(\d.*)?)?)?")


@dataclass(slots=True)
class Burst:
    """Keys since the last pause. ``places`` is what a US keyboard would have typed.

    Args:
        gap_ms: the most between two keys of a wired scanner; 0 where scanners are switched off.
        commands: whether no field has the focus, so that each key would be an act.
    """

    gap_ms: int
    commands: bool = False
    text: str = ""
    places: str = ""
    fast: bool = True
    stamp: int = 0
    arrived: float = 0.0

    def since(self, stamp: int, now: float) -> float:
        """Milliseconds since the last key: by the keyboard's own time, if both have one."""
        return stamp - self.stamp if stamp and self.stamp else now - self.arrived

    def goes_on(self, stamp: int, now: float) -> bool:
        """Whether a key at this moment belongs to it."""
        within = max(self.patience, COMMAND_MS) if self.commands else self.patience
        return bool(self.text) and 0 <= self.since(stamp, now) <= within

    def add(self, text: str, places: str, stamp: int, now: float) -> None:
        """One more key."""
        if self.text and self.since(stamp, now) > self.gap_ms:
            self.fast = False
        self.text += text
        self.places += places
        self.stamp, self.arrived = stamp, now

    @property
    def patience(self) -> int:
        """How long the last key waits for the next one before it is a person's."""
        if self.may_be_ours:
            long = len(self.text) > 1 and not (self.fast and self._is_seal)
            return max(self.gap_ms, OURS_MS if long else COMMAND_MS)
        # The first command of a burst waits no longer than a wired scanner needs: a person has to see it.
        return max(self.gap_ms, COMMAND_MS) if self.commands and len(self.text) > 1 else self.gap_ms

    @property
    def may_be_ours(self) -> bool:
        """Whether a seal of ours may be coming."""
        return may_begin(self.text) or may_begin(self.places)

    @property
    def begun(self) -> bool:
        """Whether it is one for certain, or a part of one."""
        return begins_like_seal(self.text) or begins_like_seal(self.places)

    @property
    def _is_seal(self) -> bool:
        return looks_like_seal(self.text) or looks_like_seal(self.places)

    @property
    def is_command_burst(self) -> bool:
        """Whether nobody gives so many commands in so short a time; one key over and over is no code."""
        return self.commands and len(self.text) >= _COMMANDS and len(set(self.text)) > 1

    def is_whole(self) -> bool:
        """Whether it is a code now that Enter or Tab ends it.

        Nobody types four keys and Enter within a scanner's gaps; and a code has a letter and a digit, so that
        no number somebody rolls over the keys is one.
        """
        if self.is_command_burst:
            return True
        enough = len(self.text) >= LEAST
        if self.fast and self.gap_ms:
            return enough or any(read_code(one) is not None for one in (self.text, self.places))
        return enough and self.begun

    def is_unended(self) -> bool:
        """Whether it is a code though nothing has ended it.

        Our own are known by their form, another's by more keys in a row than anybody types so fast; and of
        commands neither a part of ours is let through, nor many in one burst.
        """
        if self.commands and (self.begun or (self.is_command_burst and len(self.text) >= LEAST)):
            return True
        return self._is_seal or (self.fast and bool(self.gap_ms) and len(self.text) >= _UNENDED)


def may_begin(text: str) -> bool:
    """Whether a seal may begin so: ``T``, ``tdh``, ``TDH1.S``."""
    return bool(text) and _BEGINNING.fullmatch(tidy(text)) is not None
