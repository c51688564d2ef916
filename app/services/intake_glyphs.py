"""What of a name no paper can show, said while the family still stands at the desk."""

from app.domain.looks import Tone
from app.services.intake_card import Problem
from app.services.intake_reading import Reading


def glyph_problems(reading: Reading) -> list[Problem]:
    """Letters of a name that the font of the papers lacks: they print as □ and are to be written in by hand.

    The font is looked into only for what lies beyond the common characters (GB 2312): reading it takes longer
    than a pause of the typing.
    """
    named = [("name", reading.name), *((one.field, one.name) for one in reading.people)]
    found = []
    for field, name in named:
        lacking = "" if _is_common(name) else _lacking(name)
        if lacking:
            words = f"“{lacking}”单据上印不出来，会印成 □。名字照样保存，打印后请手写补上。"
            found.append(Problem(field, words, Tone.INFO))
    return found


def _is_common(text: str) -> bool:
    try:
        text.replace("·", "").encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _lacking(text: str) -> str:
    from app.reports.fonts import tidy, typeface  # a rare name: most starts never read it for this

    clean = tidy(text)
    lost = typeface().lacks(clean)
    return "".join(dict.fromkeys(letter for letter in clean if letter in lost))
