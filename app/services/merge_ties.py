"""What an adult is to each child once two records of the child, or of the adult, are one.

The stronger of two rights holds, but nobody comes by a weighty one by a second record alone: the record made
first says who has it, and what only the younger gives has to be said by somebody who has looked.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.ids import AdultId, ChildId
from app.domain.joining import Rights, Side, join_rights, taken_flags
from app.domain.record import record
from app.store import merge_pairs
from app.store.database import Database, Unit
from app.store.merge_pairs import RIGHTS, TieRow
from app.store.people import Tie

_NO_CHOICES: Mapping[str, Side] = {}
# What the word of the younger record alone does not give: by no card does a stranger come by it either.
WEIGHTY = frozenset({"is_guardian", "may_collect"})
_NONE: frozenset[str] = frozenset()


@record
class TieJoin:
    """What an adult is to be to a child whom both records have, or one of them alone."""

    child: ChildId
    kept: TieRow | None
    merged: TieRow | None
    tie: Tie
    taken: frozenset[str]
    more: Tie | None = None  # what it were to be if somebody chose that the younger record says so rightly
    younger: Side = Side.MERGED  # the record made later, whose word that would be
    choice: str = ""  # what that choice is told by; empty where there is none

    @property
    def said(self) -> bool:
        """Whether somebody has said that the younger record is right."""
        return self.tie == self.more

    @property
    def adult(self) -> AdultId:
        """Who it is; where two records of an adult are joined, by the one that goes into the other."""
        return next(row.adult for row in (self.merged, self.kept) if row is not None)

    @property
    def lost(self) -> frozenset[str]:
        """What one of the two gave and is not given any more, since it was taken away before."""
        had = [row.flags for row in (self.kept, self.merged) if row is not None]
        return frozenset().union(*had) & self.taken


def join_ties(
    database: Database | Unit,
    subject: str,
    kept: int,
    merged: int,
    today: dt.date,
    relation: tuple[ChildId, str] | None = None,
    choices: Mapping[str, Side] = _NO_CHOICES,
) -> tuple[TieJoin, ...]:
    """What becomes of each tie of the merged child (or adult) that holds, and of the kept one's own.

    Nobody makes himself a guardian or a collector of a child who has guardians by a second record of her, as
    by no card, and nobody takes a guardian's place by it. The age of the records decides, not which is kept:
    who is one by the one made first stays one; whom only the one made later calls so is one if that is
    chosen. The same holds of two records of an adult.

    Args:
        database: the file.
        subject: child or adult.
        kept: whose record stays.
        merged: whose record goes into it.
        today: of a right for one day that is over nobody is asked.
        relation: of an adult, what was chosen for one child.
        choices: by ``TieJoin.choice``: the side of the younger record lets its word hold.
    """
    mine, others = (_by_other(database, subject, key) for key in (kept, merged))
    later = merge_pairs.is_later(database, subject, kept, merged)
    younger, elder = (Side.KEPT, others) if later else (Side.MERGED, mine)
    asks = subject == "adult" or any(_guards(row) for rows in elder.values() for row in rows)
    found = []
    for other, rows in others.items():
        now = next((row for row in rows if not row.ended), None)
        if now is not None:
            found.append(_join(mine.get(other, []), rows, now, today if asks else None, younger))
    if younger is Side.KEPT:
        met = {merge_pairs.other_of(subject, row) for one in found if (row := one.merged) is not None}
        own = (row for other, rows in mine.items() if other not in met for row in rows)
        found += [_ask(row) for row in own if asks and row.flags & _asked(row, today) and _holds(row)]
    found = [_related(one, relation) for one in found]
    return tuple(_chosen(one, subject, choices) for one in found)


def _guards(row: TieRow) -> bool:
    return row.tie.is_guardian and _holds(row)


def _holds(row: TieRow) -> bool:
    return not row.tie.barred and not row.ended


def _related(one: TieJoin, relation: tuple[ChildId, str] | None) -> TieJoin:
    if relation is None or relation[0] != one.child:
        return one
    more = None if one.more is None else replace(one.more, relation=relation[1])
    return replace(one, tie=replace(one.tie, relation=relation[1]), more=more)


def _chosen(one: TieJoin, subject: str, choices: Mapping[str, Side]) -> TieJoin:
    if one.more is None:
        return one
    choice = f"rights.{one.adult if subject == 'child' else one.child}"
    said = choices.get(choice) is one.younger
    return replace(one, tie=one.more if said else one.tie, choice=choice)


def _asked(row: TieRow | None, today: dt.date | None) -> frozenset[str]:
    """What of a row of the younger record its word alone does not give; ``today`` where that is asked."""
    if row is None or today is None:
        return _NONE
    return WEIGHTY if row.tie.only_day is None or row.tie.only_day >= today else _NONE


def _ask(row: TieRow) -> TieJoin:
    """One whom only the kept record has, which is the younger."""
    less = replace(row.tie, is_guardian=False, may_collect=False)
    return TieJoin(row.child, row, None, less, frozenset(), row.tie, Side.KEPT)


def _join(
    own: Sequence[TieRow], rows: Sequence[TieRow], now: TieRow, today: dt.date | None, younger: Side
) -> TieJoin:
    """One tie, of the rows both records hold or held; ``today`` where the younger's word alone is asked."""
    held = next((row for row in own if not row.ended), None)
    mine, theirs = None if held is None else _rights(own, held), _rights(rows, now)
    if held is None and own:  # removed from the kept record: what she might then goes with that
        gone = taken_flags([(row.flags, row.ended) for row in own], RIGHTS)
        theirs = Rights(now.tie.relation, now.flags, now.tie.only_day, gone)
    joined, more = join_rights(mine, theirs), None
    elder, later = (held, now) if younger is Side.MERGED else (now, held)
    lends = elder is not None and elder.tie.only_day in {None, joined.only_day}
    wide = _asked(later, today) & (joined.flags - (elder.flags if elder is not None and lends else _NONE))
    if wide:
        more = _tie(joined, held, now)
        if younger is Side.MERGED:
            theirs = replace(theirs, flags=theirs.flags - wide)
        elif mine is not None:
            mine = replace(mine, flags=mine.flags - wide)
        joined = join_rights(mine, theirs)
    return TieJoin(now.child, held, now, _tie(joined, held, now), joined.taken, more, younger)


def _tie(rights: Rights, held: TieRow | None, now: TieRow) -> Tie:
    return Tie(
        rights.relation,
        **{name: name in rights.flags for name in RIGHTS},
        barred=now.tie.barred,
        only_day=rights.only_day,
        sort=(held or now).tie.sort,
    )


def _by_other(database: Database | Unit, subject: str, key: int) -> dict[int, list[TieRow]]:
    found: dict[int, list[TieRow]] = {}
    for row in merge_pairs.list_ties(database, subject, key):
        found.setdefault(merge_pairs.other_of(subject, row), []).append(row)
    return found


def _rights(rows: Sequence[TieRow], now: TieRow) -> Rights:
    history = [(row.flags, row.ended) for row in rows if row.tie.only_day is None]
    return Rights(now.tie.relation, now.flags, now.tie.only_day, taken_flags(history, RIGHTS))
