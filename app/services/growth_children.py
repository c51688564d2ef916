"""Which children are measured and examined: those enrolled on a day, with what growth asks of each."""

import datetime as dt
from collections.abc import Mapping

from app.domain.ids import ChildId, ClassId
from app.domain.modes import CareMode
from app.domain.record import record
from app.store import record_acts, record_rows
from app.store.database import Database

_FIELDS = (
    "gestation", "exam", "exam_on", "vaccination", "vaccination_on", "blood_on", "hearing_on", "vision_on",
)  # fmt: skip


@record
class GrowingChild:
    """An enrolled child. ``weeks`` of gestation are None while nobody knows; so is the day of the exam."""

    id: ChildId
    name: str
    sex: str
    born_on: dt.date
    class_id: ClassId
    weeks: int | None
    exam: str
    exam_on: dt.date | None
    vaccination: str
    starts_on: dt.date
    pinyin: str
    blood_on: dt.date | None = None
    hearing_on: dt.date | None = None
    vision_on: dt.date | None = None

    def last_exam(self, item: str) -> dt.date | None:
        """When her family said that a check was done last: check, blood, hearing or vision."""
        told = {"check": self.exam_on, "blood": self.blood_on, "hearing": self.hearing_on}
        return told.get(item, self.vision_on)


def list_growing(database: Database, day: dt.date) -> tuple[GrowingChild, ...]:
    """Children who are enrolled on a day under a contract, by name."""
    places = record_rows.list_places(database, day)
    values = record_acts.list_values_of_all(database, "child", _FIELDS)
    found = []
    for one in record_rows.list_children(database):
        place = places.get(one.id)
        if place is None or place.mode == CareMode.TEMPORARY.value or place.starts_on > day:
            continue
        if place.ends_on is not None and place.ends_on < day:
            continue
        own = values.get(int(one.id), {})
        found.append(
            GrowingChild(
                one.id,
                one.name,
                one.sex,
                one.born_on,
                place.class_id,
                int(own["gestation"]) if own.get("gestation") else None,
                own.get("exam", ""),
                _day(own, "exam_on"),
                own.get("vaccination", ""),
                place.starts_on,
                one.pinyin,
                _day(own, "blood_on"),
                _day(own, "hearing_on"),
                _day(own, "vision_on"),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.pinyin, one.id)))


def _day(own: Mapping[str, str], field: str) -> dt.date | None:
    return dt.date.fromisoformat(own[field]) if own.get(field) else None
