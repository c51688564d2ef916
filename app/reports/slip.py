"""接送凭条: 80 mm of paper with a code and a QR, and no child's name."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PickupSlip:
    """What the one who brought the child keeps, and shows again. Whoever finds it learns no name."""

    centre: str
    day: dt.date
    code: str  # K7M2
    class_name: str
    arrived: dt.datetime
    promised: dt.datetime | None
    number: str = ""
    seal: str = ""
    practice: bool = False
    phone: str = ""  # of the centre
    print_count: int = 1
