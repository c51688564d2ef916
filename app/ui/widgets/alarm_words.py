"""What the alarm says: who wants what of the child, and what to do now. True of where the person is.

A guardian on the phone names somebody who is not here; a card names who shall collect later; at the door he
stands there; and whoever speaks for a child at a booking may be in either place.
"""

from app.domain.record import record
from app.services.alarms import AlarmView


@record
class AlarmWords:
    """The sentences of one alarm. ``{ring}`` stands for whom to ring."""

    wish: str
    then: str
    keep: str  # the button that keeps him out
    until: str  # what nobody does before somebody has decided


_STANDS = AlarmWords(
    "{typed} 想接 {child}。",
    "把孩子留在班里，不要争执。请立即打电话：{ring}，并叫园长来；有危险拨 110。",
    "不放行",
    "不要放行",
)
_NAMED = AlarmWords(
    "登记时说由 {typed} 来接 {child}。",
    "先把孩子带到里面，不要写进接送名单，不要争执。请立即打电话：{ring}，并叫园长来；有危险拨 110。",
    "不登记",
    "不要登记",
)
_CALLED = AlarmWords(
    "来电的人说让 {typed} 来接 {child}。",
    "不要授权，也不要说孩子在不在园。请挂断，按档案里的号码打回去核实：{ring}，并告诉园长；"
    "孩子留在班里，他可能会来，有危险拨 110。",
    "不授权",
    "不要授权",
)
_SPEAKS = AlarmWords(
    "{typed} 送来 {child}，或替孩子预约、报名。",
    "人在这里：先把孩子带到里面，不要争执。人在电话里：不要答应，不要说孩子在不在园。"
    "请立即打电话：{ring}，并叫园长来；有危险拨 110。",
    "不登记",
    "不要登记",
)


def words_of(alarm: AlarmView) -> AlarmWords:
    """The sentences for where it was raised."""
    if alarm.place == "grant":
        return _CALLED
    if alarm.place == "bring":
        return _SPEAKS
    return _STANDS if alarm.inside else _NAMED
