"""Item models of the classroom: the roster and one child's day."""

from collections.abc import Hashable

from app.services.classroom import RosterCard, TimelineRow
from app.ui.classroom.words import spoken_card, spoken_row
from app.ui.widgets.keyed import KeyedModel


class RosterModel(KeyedModel[RosterCard]):
    """The children of one class who are inside."""

    def key_of(self, item: RosterCard) -> Hashable:
        """The visit: a child may come twice a day."""
        return item.visit

    def words_of(self, item: RosterCard) -> str:
        """The whole card."""
        return spoken_card(item)

    def short_of(self, item: RosterCard) -> str:
        """The name: what typing ahead looks for."""
        return item.name


class TimelineModel(KeyedModel[TimelineRow]):
    """One child's day, in order of time."""

    def key_of(self, item: TimelineRow) -> Hashable:
        """The entry; lines that are no entries are told apart by kind and moment."""
        return item.entry if item.entry is not None else (item.kind, item.at, item.title)

    def words_of(self, item: TimelineRow) -> str:
        """Time, title and words."""
        return spoken_row(item)
