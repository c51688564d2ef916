"""Reading a temperature as it is typed: at the door, in class, at a round. One place for all of them."""

import re
import unicodedata

COLDEST, HOTTEST = 340, 425  # tenths of a degree a living child can show
# After NFKC: full-width digits are plain and ℃ is °C. Input methods write the dot as 。 or a comma.
_SHAPE = re.compile(r"([0-9]{2})[.,。]?([0-9])?\s*(?:°?[Cc]|°|度)?")


def read_degrees(text: str) -> int | None:
    """``36.5``, ``365``, ``３６。５℃`` or ``37`` as tenths of a degree; None for anything no thermometer
    says of a living child (34.0 to 42.5).
    """
    found = _SHAPE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    tenths = int(found[1]) * 10 + int(found[2] or 0)
    return tenths if COLDEST <= tenths <= HOTTEST else None
