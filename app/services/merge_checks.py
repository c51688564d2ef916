"""What keeps two records from becoming one, each as a sentence that says what to do first."""

import datetime as dt
from collections.abc import Collection, Container, Mapping

from app.domain.absences import noted_words
from app.domain.bookings import day_words
from app.domain.capacity import clock
from app.domain.identity import IdentityError, check_identity
from app.domain.ids import AdultId, ChildId
from app.domain.joining import Side
from app.domain.life import ASKING, Ending, Life, Owner, Stage, StepKind
from app.domain.records import RecordError, check_collector
from app.services.bars import Stranger, find_disguised
from app.services.merge_days import list_away_over
from app.services.merge_ties import TieJoin
from app.store import absences, children, life, merge_pairs, merging, people
from app.store import day as days
from app.store.database import Database, Unit
from app.store.day import Expected
from app.store.merge_pairs import Booked
from app.store.people import AdultOf
from app.store.stamps import minute_of

_CONTRACTS = "两份档案都有同一时间的入托合同。请先结束其中一份合同，再合并。"
TANGLED = "两份档案的入托经过互相交错，合并后分不清先后。请先在招生里把其中一份的步骤办完或撤销，再合并。"
SEX_NOTE = "多半是两个孩子（龙凤胎？）。请先核对；确是同一个孩子，请选哪边的性别对，再合并。"
_QUEUED = "两份档案都排在候补名单上。请先在招生里给其中一份办“放弃”，再合并。"


def check_children(
    database: Database,
    pair: tuple[ChildId, ChildId],
    one: Mapping[str, str],
    other: Mapping[str, str],
    today: dt.date,
) -> None:
    """Pass where two records may be of one child.

    Raises:
        RecordError: the same record twice, another birth date, two identity numbers, both inside, two
            contracts or lives at once, two bookings of the same hours that differ, one of a day of absence,
            or an adult whom only one of them bars.
    """
    kept, merged = pair
    if kept == merged:
        raise RecordError("请选另一份档案来合并。")
    if one["born_on"] != other["born_on"]:
        msg = f"两份档案的生日不同（{one['born_on']}、{other['born_on']}）。确是同一个孩子，请先改成一致。"
        raise RecordError(msg, field="born_on")
    _check_numbers(one.get("document_number", ""), other.get("document_number", ""), today)
    if merging.both_inside(database, kept, merged):
        raise RecordError("两份档案今天都在园。请先把其中一份办离园或撤销入园，再合并。")
    if merging.both_enrolled(database, kept, merged):
        raise RecordError(_CONTRACTS)
    _check_child_bars(database, kept, merged, today)
    check_lives(*(life.find_life(database, Owner(child=key))[1] for key in pair))
    double_bookings(database, pair, today)
    check_away(database, pair, today)


def check_sex(one: Mapping[str, str], other: Mapping[str, str], choices: Collection[str]) -> None:
    """Pass where two records tell one sex, or somebody has looked and said which is right.

    Who sounds alike and was born on one day may be a brother and a sister.

    Raises:
        RecordError: nobody has.
    """
    if differ_in_sex(one, other) and "sex" not in choices:
        msg = f"两份档案的性别不同，{SEX_NOTE}"
        raise RecordError(msg, field="sex")


def differ_in_sex(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether one record tells of a girl and the other of a boy."""
    return len({values["sex"] for values in (one, other) if values.get("sex")}) > 1


def _check_numbers(mine: str, other: str, today: dt.date) -> None:
    """Two numbers that the state gave out are two people's; other papers are issued anew under others."""
    if mine == other or not (_is_identity(mine, today) and _is_identity(other, today)):
        return
    msg = "两份档案登记的身份证号不同，不像同一个孩子。确是同一个孩子，请先核对、改成一致，再合并。"
    raise RecordError(msg, field="document_number")


def _is_identity(number: str, today: dt.date) -> bool:
    try:
        return bool(number) and bool(check_identity(number, today))
    except IdentityError:
        return False


def list_disguised(
    database: Database, pair: tuple[ChildId, ChildId], today: dt.date
) -> tuple[tuple[AdultOf, AdultOf], ...]:
    """Adults of one record who may be somebody barred in the other, under a record of their own: with whom.

    Left out is whom a second person has found to be another for the record that stays.
    """
    families = [people.list_adults(database, key, today) for key in pair]
    found = []
    for own, others in (families, families[::-1]):
        barred = [one for one in others if one.tie.barred]
        for one in own:
            if one.tie.barred or any(one.id == other.id for other in others):
                continue  # an adult of both is asked about by what each record says of him
            known = Stranger(one.name, one.tie.relation, one.phone, "", one.id)
            hit = next(find_disguised(database, pair[0], known, barred, today), None)
            if hit is not None:
                found.append((one, hit[0]))
    return tuple(found)


def _check_child_bars(database: Database, kept: ChildId, merged: ChildId, today: dt.date) -> None:
    mine, others = (merging.list_bars(database, "child", key) for key in (kept, merged))
    differ = {adult for adult, barred in others.items() if mine.get(adult, barred) != barred}
    if differ:
        named = (*people.list_adults(database, kept, today), *people.list_adults(database, merged, today))
        name = next((one.name for one in named if one.id in differ), "一位家人")
        msg = f"{name}在一份档案里被禁止接走，在另一份里没有。请先核对文书、改成一致，再合并。"
        raise RecordError(msg)


def check_adults(
    database: Database, pair: tuple[AdultId, AdultId], one: Mapping[str, str], other: Mapping[str, str]
) -> None:
    """Pass where two records may be of one adult.

    Raises:
        RecordError: the same record twice, two identity numbers, or only one of the two is barred.
    """
    kept, merged = pair
    if kept == merged:
        raise RecordError("请选另一位家人来合并。")
    mine, others = (merging.list_bars(database, "adult", key) for key in pair)
    if any(mine.get(child, barred) != barred for child, barred in others.items()):
        raise RecordError("两个人里只有一个被禁止接走。请先核对文书、改成一致，再合并。")
    numbers = {values["document_number"] for values in (one, other) if values.get("document_number")}
    if len(numbers) > 1:
        raise RecordError(
            "两个人登记的身份证号不同，不像同一个人。确是同一个人，请先核对、改成一致，再合并。"
        )


def check_collectors(joins: tuple[TieJoin, ...], values: Mapping[str, str], today: dt.date) -> None:
    """Pass where whoever may collect by a merging is grown up (58号文 Art 30).

    Raises:
        RecordError: under eighteen, or perhaps so.
    """
    born = dt.date.fromisoformat(values["born_on"]) if values.get("born_on") else None
    for one in joins:
        if one.tie.may_collect and (one.kept is None or not one.kept.tie.may_collect):
            check_collector(
                values["name"], one.tie.relation, born, today, identity_seen=bool(values.get("identity_seen"))
            )


def check_said(
    database: Database,
    joins: tuple[TieJoin, ...],
    names: Mapping[AdultId, str],
    choices: Container[str],
    line: str = "",
) -> None:
    """Pass where somebody has said of each child whether an adult is to be more to her by a merging.

    ``line`` of the comparison is where the choice stands; empty where it is called after the adult.

    Raises:
        RecordError: nobody has.
    """
    one = next((one for one in joins if one.more is not None and one.choice not in choices), None)
    if one is None:
        return
    found = children.find_child(database, one.child)
    child, name = "孩子" if found is None else found.name, names.get(one.adult, "家人")
    side = "左" if one.younger is Side.KEPT else "右"
    msg = (
        f"合并后{name}对{child}会多出先建的那份里没有的权限（监护人或可以接孩子）。"
        f"请先核对证件或问过监护人，选好“{line or name}”用哪边的，再合并：没核对的不要选{side}边。"
    )
    raise RecordError(msg, field=one.choice)


# -- lives


def check_lives(mine: Life, other: Life) -> None:
    """Pass where one life comes of two.

    Raises:
        RecordError: both wait, or both have been in care in turns.
    """
    if not mine.steps or not other.steps:
        return
    if is_asking(mine) and is_asking(other):
        if mine.stage is Stage.WAITING and other.stage is Stage.WAITING:
            raise RecordError(_QUEUED)
    elif not is_asking(mine) and not is_asking(other) and not _follow(mine, other):
        raise RecordError(TANGLED)


def is_asking(one: Life) -> bool:
    """Whether nobody has come yet: asked, on the list, or given up."""
    return all(
        step.kind in ASKING or (step.kind is StepKind.LEAVE and step.ending is Ending.GIVEN_UP)
        for step in one.steps
    )


def _follow(mine: Life, other: Life) -> bool:
    """Whether one life was over before the other began, and was written down before it, too."""
    first, second = sorted((mine, other), key=lambda one: min(step.on_day for step in one.steps))
    begins = min(step.on_day for step in second.steps)
    over = first.stage_on(begins) in {Stage.LEFT, Stage.NONE}
    if first.stage is not Stage.LEFT and (first.contract_end() or begins) >= begins:
        return False
    written = [[step.id for step in one.steps if step.id is not None] for one in (first, second)]
    return over and (not all(written) or max(written[0]) < min(written[1]))


def weigh(mine: Life, other: Life, today: dt.date) -> tuple[Life | None, Life | None]:
    """Which of two lives goes on, and which is put aside: nothing where both read as one.

    Nobody who is in care goes back to where she asked; who has left may ask again.
    """
    if not mine.steps or not other.steps:
        return None, None
    if is_asking(mine) and is_asking(other):
        order = (Stage.LEFT, Stage.NONE, Stage.INQUIRY, Stage.WAITING)
        asked, counts = sorted((other, mine), key=lambda one: order.index(one.stage))
    elif not is_asking(mine) and not is_asking(other):
        return max(mine, other, key=lambda one: max(step.on_day for step in one.steps)), None
    else:
        asked, counts = (mine, other) if is_asking(mine) else (other, mine)
    if goes_before(asked, counts):
        return counts, None
    if counts.stage_on(today) is Stage.LEFT and asked.stage in {Stage.INQUIRY, Stage.WAITING}:
        return asked, None
    return counts, asked


def goes_before(asked: Life, counts: Life) -> bool:
    """Whether what was asked stands before the life that counts, so that both read as one."""
    first = counts.steps[0]
    if first.id is None:  # a contract without steps: what is asked goes before by its day
        return all(step.kind in ASKING and step.on_day <= first.on_day for step in asked.steps)
    written = [step.id for step in asked.steps if step.id is not None]
    return max(written, default=0) < min(step.id for step in counts.steps if step.id is not None)


def tells_the_same(joint: Life, wanted: Life, today: dt.date) -> bool:
    """Whether a joint life stands where the one that counts stood."""
    ends = [one.contract_end() if wanted.stage.in_care else None for one in (joint, wanted)]
    lasts = [None if one.last is None else (one.last.kind, one.last.on_day) for one in (joint, wanted)]
    stages = [(one.stage, one.stage_on(today)) for one in (joint, wanted)]
    return all(one == other for one, other in (ends, lasts, stages))


# -- bookings


def double_bookings(
    database: Database | Unit, pair: tuple[ChildId, ChildId], today: dt.date
) -> tuple[Booked, ...]:
    """The bookings of the merged record that the kept one has, too, word for word.

    Raises:
        RecordError: two of the same hours that differ, or one of a day on which the other comes by contract.
    """
    mine, others = (merge_pairs.list_booked(database, child, today) for child in pair)
    same = []
    for other in others:
        for own in (one for one in mine if _meet(one, other)):
            if not _is_twice(own, other):
                words = f"{day_words(own.day)} {_span(own)} 和 {_span(other)}"
                msg = f"两份档案都约了 {words}。请先取消或改期其中一条预约，再合并。"
                raise RecordError(msg)
            same.append(other)
    for booked, child in (*((one, pair[1]) for one in mine), *((one, pair[0]) for one in others)):
        _check_beside_contract(days.list_expected(database, booked.day), booked, child)
    return tuple(same)


def check_away(database: Database, pair: tuple[ChildId, ChildId], today: dt.date) -> None:
    """Pass where nothing is booked of one record on a day on which she is away by the other.

    Of one record it never is: her bookings go with the absence. What of the day is over is no matter any
    more, and by a stay that the other record has of it she was not away.

    Raises:
        RecordError: something is.
    """
    minute = minute_of(database.clock())
    came = {one.day for one in list_away_over(database, *pair)}
    for own, other in (pair, pair[::-1]):
        told = absences.list_told(database, own, today, dt.date.max)
        for booked in merge_pairs.list_booked(database, other, today):
            away = None if booked.day in came else told.get(booked.day)
            if away is None or (booked.day == today and booked.to_minute <= minute):
                continue
            msg = (
                f"{day_words(booked.day)} 一份档案登记了{noted_words(away.kind, away.told_by)}，"
                f"另一份还约了 {_span(booked)}。请先取消这条预约，或撤销请假，再合并。"
            )
            raise RecordError(msg)


def _check_beside_contract(coming: tuple[Expected, ...], booked: Booked, child: ChildId) -> None:
    contract = next((one for one in coming if one.who.id == child and one.tariff is None), None)
    if contract is None or days.is_other_half(contract, booked.from_minute, booked.to_minute):
        return
    msg = (
        f"{day_words(booked.day)} 一份档案按合同来园，另一份还约了 {_span(booked)}。"
        "请先取消这条预约，再合并。"
    )
    raise RecordError(msg)


def _meet(own: Booked, other: Booked) -> bool:
    """Whether two bookings share some hours of a day."""
    shared = own.from_minute < other.to_minute and other.from_minute < own.to_minute
    return own.day == other.day and shared


def _is_twice(own: Booked, other: Booked) -> bool:
    """Whether the other booking says nothing that this one does not."""
    hours = [(one.class_id, one.tariff, one.from_minute, one.to_minute) for one in (own, other)]
    return hours[0] == hours[1] and other.note in {"", own.note}


def _span(one: Booked) -> str:
    return f"{clock(one.from_minute)}–{clock(one.to_minute)}"
