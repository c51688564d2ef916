"""What became of a dose of medicine, as a note to the family tells it, and whether a text does tell it."""

import datetime as dt
import re
from collections.abc import Sequence

from app.domain.record import record

_SENTENCES, _PIECES = re.compile(r"[。；;！!？?\n·]+"), re.compile(r"[，,、]+")
_COLON, _WAYS = re.compile(r"(?<=\d)：(?=\d)"), re.compile(r"口服|外用|服用方法|内服")
_SKIPPED = re.compile(
    r"(?:没有?|未|不用?|不再|停止?|拒绝?)(?:给)?(?:她|他|孩子)?再?(?:喂|吃|服|用|擦|滴|抹|涂|贴|给药)|停药|不用了|拒服"
    r"|忘|漏|没到|还没|未到"
)
_NEARLY = re.compile(r"差[点些]|险些|[没未不](?:有|曾|会)?[忘漏]")
_NOBODYS = re.compile(
    r"(?:喂|给|吃|用|拿)(?:给|错)了?(?:别|其他|另|人)|喂错|吃错|用错|给错"
    r"|给(?:别|其他|另)[^，]{0,4}(?:喂|吃|服|用|擦|滴)"
)
_IT = "\0"  # stands for the medicine's name
# A dose was given where it is the medicine that was: 喂了水, 午饭吃了一半 and 贴了标签 tell of other things.
_GIVEN = re.compile(
    rf"(?:喂|吃|服|用|给药|给|擦|滴|抹|涂|贴)(?:给|她|他|孩子|宝宝|[了过下完好掉的按准]|时|上|在|到)*(?:[^，]{{0,4}}药|{_IT}|$|[\d（(\s])"
)
_RUBBED = re.compile(r"[擦滴抹涂][了过在到好完上抹]")
_THEN = re.compile(r"^\s*(?:但|可|不过|所以|就)?(?:后来|最后|之后|结果|还是|又|才|随后|马上|\d{1,2}:\d\d)")
_FOLLOWING = 3  # pieces of the sentence after the medicine's own


@record
class DoseFact:
    """One dose: the medicine by name, when it was due, and whether she had it; ``at`` only then.

    ``reason`` is why it was left out; ``late`` are minutes after the hour that was agreed.
    """

    name: str
    due: dt.datetime
    given: bool
    at: dt.datetime | None = None
    dose: str = ""
    way: str = ""
    late: int = 0
    reason: str = ""

    @property
    def as_asked(self) -> bool:
        """Whether it was given, and in time: a family that asked for it hears no news."""
        return self.given and not self.late

    @property
    def words(self) -> str:
        """``12:34 喂布洛芬混悬液 2.5 ml（口服）``, ``12:30 的蒙脱石散没喂：妈妈来电说不用了``."""
        if not self.given:
            why = " ".join(self.reason.split()).rstrip("。．.！!？?；;，,、")
            return f"{self.due:%H:%M} 的{self.name}没喂" + (f"：{why}" if why else "")
        late = f"，比说好的晚 {self.late} 分钟" if self.late else ""
        return f"{self.at or self.due:%H:%M} 喂{self.name} {self.dose}（{self.way}）{late}"

    @property
    def short(self) -> str:
        """``12:34 喂布洛芬混悬液 2.5 ml``; of one left out why, too: who hears of it has to know."""
        if not self.given:
            return self.words
        return f"{self.at or self.due:%H:%M} 喂{self.name} {self.dose}".rstrip()


def tells(text: str, fact: DoseFact, of_day: Sequence[DoseFact]) -> bool:
    """Whether a text names this medicine and says what became of the dose.

    Several doses of one medicine are told apart by the hour: then it has to stand beside what became of it.
    """
    said = _COLON.sub(":", text)
    if fact.words in said:
        return True
    name = fact.name.partition("（")[0].partition("(")[0].strip() or fact.name
    alike = sum(one.name == fact.name for one in of_day) > 1
    anchor = _clock(fact) if alike else re.compile(re.escape(name))
    for sentence in _SENTENCES.split(said):
        if name in sentence and _outcome(sentence, anchor, name) is fact.given:
            return True
    return False


def _clock(fact: DoseFact) -> re.Pattern[str]:
    moments = [fact.due] if fact.at is None else [fact.due, fact.at]
    clocks = "|".join(rf"0?{one.hour}:{one.minute:02d}" for one in moments)
    return re.compile(rf"(?<![\d:])(?:{clocks})(?!\d)")


def _outcome(sentence: str, anchor: re.Pattern[str], name: str) -> bool | None:
    """Given, skipped, or None where the sentence does not say, read off where the anchor stands.

    What a later piece says came of it in the end (后来喂了) counts.
    """
    pieces = _PIECES.split(sentence)
    for place, piece in enumerate(pieces):
        if anchor.search(piece) is not None:
            said = _from(pieces[place : place + 1 + _FOLLOWING], name)
            if said is not None:
                return said
    return None


def _from(pieces: Sequence[str], name: str) -> bool | None:
    found: bool | None = None
    for after, near in enumerate(pieces):
        if (found is None and after <= 1) or _THEN.search(near) is not None:
            said = _piece_outcome(near, name, own=after == 0)
            found = found if said is None else said
    return found


def _piece_outcome(piece: str, name: str, *, own: bool) -> bool | None:
    plain = _WAYS.sub("", piece.replace(name, _IT)).strip()
    if _NEARLY.search(plain) or _NOBODYS.search(plain):
        return None
    if _SKIPPED.search(plain):
        return False
    given = _GIVEN.search(plain) or (own and _RUBBED.search(plain))
    return True if given else None
