"""Search keys of people already on file, made anew after the program has learnt to read names better.

The keys are kept with each child and adult, so that nothing is read at the start. Which rules made them
stands among the settings; a file that names older ones, or none, is gone through a little at a time, while
nobody waits.
"""

import datetime as dt
from dataclasses import dataclass

from app.domain.names import READING_RULES, search_keys
from app.store import reading_keys, settings
from app.store.database import Database, Unit
from app.store.stamps import day_of

_RULES = "reading_rules"
_AT_ONCE = 300  # people; a tenth of a second, in which an act at the desk has to wait


def note_rules(unit: Unit, today: dt.date) -> None:
    """Say in a file that its keys are made by the rules of this program."""
    settings.add_value(unit, _RULES, str(READING_RULES), today)


@dataclass
class Rereading:
    """Where the going through has come to. It begins anew with the program: what is right is not written."""

    database: Database
    subject: str = "child"
    after: int = 0
    finished: bool = False

    def go_on(self) -> bool:
        """Look at a few hundred people more, and keep what is read otherwise by now.

        Returns:
            Whether there is more to do; False at once where the file is up to date.

        Raises:
            StoreUnavailableError: no room, or no right to write. Nothing is lost: the next start tries again.
        """
        if self.finished or self._is_up_to_date():
            self.finished = True
            return False
        people = reading_keys.list_people(self.database, self.subject, self.after, _AT_ONCE)
        last = self.subject == "adult" and len(people) < _AT_ONCE
        changed = []
        for one in people:
            keys = search_keys(one.name)
            if (keys.pinyin, keys.initials) != (one.pinyin, one.initials):
                changed.append((one.key, keys))
        if changed or last:
            with self.database.unit(None, "read_names") as unit:
                for key, keys in changed:
                    reading_keys.set_keys(unit, self.subject, key, keys.pinyin, keys.initials)
                if last:
                    note_rules(unit, day_of(unit.at))
                unit.audit(self.subject, None, f"按第 {READING_RULES} 版读音重排拼音：{len(changed)} 人")
        self.after = people[-1].key if people else 0
        if len(people) < _AT_ONCE:
            self.subject, self.after = "adult", 0
        self.finished = last
        return not last

    def _is_up_to_date(self) -> bool:
        kept = settings.list_values(self.database, _RULES)
        return max((int(one.value) for one in kept), default=0) >= READING_RULES
