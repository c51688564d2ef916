"""What the desk reads in one trip on the keeper thread."""

from typing import TYPE_CHECKING

from app.domain.ids import AdultId, ChildId
from app.domain.modes import CareMode
from app.domain.staff import Actor
from app.services.desk import AdultRow, Board, ChildCard, ChildRow, RowState, UnknownChildError

if TYPE_CHECKING:
    from app.services.bundle import Services
    from app.services.pickup import PickupCard
    from app.services.pickup_card import GrantRow

    Card = PickupCard | ChildCard


def read_card(services: "Services", actor: Actor, board: Board, child: ChildId) -> "Card | None":
    """What the panel needs of a child, by where she is; on the keeper thread.

    Who left some time ago stands in no column any more, but her money is still asked about. None where the
    registration that made her record was taken back: there is no such child.
    """
    row, card = row_in(board, child), None
    if row is None:
        try:
            card = services.desk.card(actor, child)
        except UnknownChildError:
            return None
        row = card.row
    if row.visit is not None and row.state is not RowState.EXPECTED:
        return services.pickup.prepare(actor, row.visit)
    return card or services.desk.card(actor, child)


def is_stranger(row: ChildRow) -> bool:
    """Whether a child comes in by the intake card: nobody expects her and she has no contract, or she was
    booked on the telephone and nobody has asked about allergies yet.
    """
    if row.state is not RowState.EXPECTED or row.mode not in {CareMode.TEMPORARY, CareMode.HOURLY}:
        return False
    return row.expected_minute is None or row.allergy_unknown


def row_in(board: Board, child: ChildId) -> ChildRow | None:
    """The row of a child on a board."""
    everyone = (*board.expected, *board.due, *board.just_left, *board.present, *board.absent)
    return next((row for row in everyone if row.child == child), None)


def as_adult(grant: "GrantRow") -> AdultRow:
    """Who comes by a call, as a line among the adults; its key is negative, so it is nobody's on file."""
    return AdultRow(
        adult=AdultId(-int(grant.grant)),
        name=grant.name,
        relation=grant.relation,
        phone_masked="",
        may_collect=not grant.used,
        barred=False,
        is_guardian=False,
        is_emergency=False,
        identity_seen=False,
        brought_today=False,
        grant=int(grant.grant),
        detail=grant.detail,
    )


def gone_words(row: ChildRow | None) -> str:
    """What is said of who was shown and is on file no more: most often her card was mistyped."""
    name = "这个孩子" if row is None else row.name
    return f"{name}不在档案里了。登记撤销的，卡片还在：按 F2，再按 F5 取回。"


def told_words(row: ChildRow) -> str:
    """What is to be done with a child who stays away today, or whom nobody knows well enough."""
    if row.state is RowState.ABSENT:
        return f"今天请假：{row.chip.words}。来了就先撤销请假，再入园。"
    if row.expected_minute is not None:
        return "电话里预约的，资料还不全。按临时托登记补齐，预约的时间和班级会带出来。"
    return "今天没有预约。按临时托登记，孩子和大人的资料会带出来。"
