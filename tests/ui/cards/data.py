"""Cards of two children without a file behind them."""

import datetime as dt

from app.domain.ids import CardId, ChildId, ClassId
from app.services.cards import Card, CardRow, Holder

AT = dt.datetime(2025, 12, 3, 9, 5, tzinfo=dt.timezone(dt.timedelta(hours=8)))
YUQING = Holder(ChildId(1), "朱予晴", "晴晴", ClassId(3), "抱抱龙", "#6B9A4B")
LEYAO = Holder(ChildId(4), "周乐瑶", "", ClassId(2), "小海豚", "#3D8EB0")


def card(number, holder=YUQING, **changed):
    """A valid card, but for what is named."""
    values = {
        "id": CardId(number), "number": f"K-{number:04d}", "child": holder.child, "child_name": holder.name,
        "batch": 1, "replaces": None, "issued_at": AT, "ended_as": None, "ended_at": None, "ended_words": "",
    }  # fmt: skip
    return Card(**(values | changed))


def ended(number, how, words=""):
    """A card that was declared lost or handed back at noon."""
    return card(number, ended_as=how, ended_at=AT.replace(hour=12), ended_words=words)


def row(holder, *cards, printed=()):
    """A child in the register."""
    return CardRow(holder, cards, frozenset(CardId(one) for one in printed))
