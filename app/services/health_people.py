"""Who can be named on a paper of health: children with where they are today, classes, staff."""

from app.domain.ids import ChildId, ClassId
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.arrivals import UnknownPersonError
from app.store import centre, children, day, finding, people
from app.store.centre import ClassGroup
from app.store.children import Child
from app.store.database import Clock, Database, Unit
from app.store.stamps import day_of


@record
class ChildChoice:
    """A child as offered: found by name, nickname, pinyin or initials."""

    id: ChildId
    name: str
    class_id: ClassId | None
    class_name: str
    inside: bool
    keys: str  # what typing is held against, in small letters


@record
class Choices:
    """Everybody who can be named, the children inside first."""

    children: tuple[ChildChoice, ...]
    classes: tuple[ClassGroup, ...]
    staff: tuple[Actor, ...]


class HealthPeople:
    """Readings for the forms of the room 卫生."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def choices(self, actor: Actor) -> Choices:
        """Who may be chosen in a form today."""
        actor.require(Permission.READ)
        today = day_of(self._clock())
        classes = centre.list_classes(self._database, today)
        names = {one.id: one.name for one in classes}
        inside = {
            one.who.id: one.class_id for one in day.list_stays(self._database, today) if not one.left_at
        }
        by_contract = {one.who.id: one.class_id for one in day.list_contracted(self._database, today)}
        found = []
        for row in finding.list_search_rows(self._database):
            place = inside.get(row.id, by_contract.get(row.id))
            sounds = row.pinyin.replace("'", "")  # as they are typed; of several readings each is a word
            keys = " ".join((row.name, row.nickname, sounds, row.initials)).lower()
            found.append(
                ChildChoice(
                    row.id, row.name, place, names.get(place, "") if place else "", row.id in inside, keys
                )
            )
        found.sort(key=lambda one: (not one.inside, one.class_id is None, one.class_id or 0, one.id))
        return Choices(tuple(found), classes, people.list_staff(self._database, today))

    def adults(self, actor: Actor, child: ChildId) -> tuple[str, ...]:
        """Whom something of a child can be told: ``妈妈 赵敏``; nobody who must not take her."""
        actor.require(Permission.READ)
        known = people.list_adults(self._database, child, day_of(self._clock()))
        return tuple(f"{one.tie.relation} {one.name}".strip() for one in known if not one.tie.barred)


def require_child(database: Database | Unit, child: ChildId) -> Child:
    """A child on file.

    Raises:
        UnknownPersonError: there is none.
    """
    found = children.find_child(database, child)
    if found is None:
        raise UnknownPersonError("没有找到这个孩子的档案，请重新选择。", field="child")
    return found
