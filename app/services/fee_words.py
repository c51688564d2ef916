"""What the published fee list says: prices by category, how time is counted, and what is decided already."""

import datetime as dt

from app.domain.pricing import stay_words
from app.reports.fee_notice import FeeGroup, FeeLine, FeeNotice
from app.services.price_list import CATEGORIES
from app.store import price_rows, settings
from app.store.centre import Centre
from app.store.database import Database

_MEANING = {
    "basic": "托育机构提供照护服务收取的费用。",
    "other": "家长自愿选择的服务，不选不收。",
    "agency": "代家长收取、代为支付，按实际发生结算，不加价。",
}


def freeze_notice(database: Database, place: Centre, today: dt.date) -> FeeNotice:
    """The notice of a day, frozen for paper; the day on it is that of the newest price in force."""
    rows = price_rows.list_price_rows(database)
    held = [
        row for row in rows if row.valid_from <= today and (row.valid_to is None or row.valid_to >= today)
    ]
    groups = tuple(
        FeeGroup(
            title,
            _MEANING[category],
            tuple(
                FeeLine(
                    row.tag.name,
                    row.tag.unit,
                    row.tag.price,
                    row.valid_from,
                    row.tag.cap,
                    row.tag.cap_source,
                )
                for row in held
                if row.tag.category == category
            ),
        )
        for category, title in CATEGORIES.items()
    )
    coming = tuple(
        f"{row.valid_from:%Y-%m-%d} 起：{row.tag.name} {row.tag.price.short} 元/{row.tag.unit}。"
        for row in sorted(rows, key=lambda row: row.valid_from)
        if row.valid_from > today
    )
    return FeeNotice(
        centre=place.name,
        day=max((row.valid_from for row in held), default=today),
        groups=tuple(group for group in groups if group.lines),
        rules=_rules(database, today),
        coming=coming,
        address=place.address,
        phone=place.phone,
        practice=place.practice,
    )


def _rules(database: Database, today: dt.date) -> tuple[str, ...]:
    kept = settings.current(database, today)
    return (
        f"计时托：至少算 {stay_words(kept.hourly_min_minutes)}，"
        f"之后每 {kept.hourly_unit_minutes} 分钟一个单位，"
        f"宽限 {kept.grace_minutes} 分钟；再久也不超过半日价和全日价。",
        f"半日托：最长 {stay_words(kept.half_day_minutes)}，超出部分按计时加收，不超过全日价。",
        f"延时托管：超过约定时间 {kept.grace_minutes} 分钟后，每 {kept.late_unit_minutes} 分钟算一次。",
    )
