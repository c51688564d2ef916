"""价目: prices by date, their caps, and the published list (58号文 Art 15, 发改价格〔2024〕1477号)."""

import datetime as dt
import re
from dataclasses import replace

from app.domain.changes import Done
from app.domain.errors import RuleError
from app.domain.looks import Chip, Tone
from app.domain.modes import Tariff
from app.domain.money import Money
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.altering import from_words, keep_change, require_day
from app.store import price_rows
from app.store.alterations import Alteration
from app.store.database import Clock, Database
from app.store.price_rows import PriceRow, PriceTag
from app.store.stamps import day_of

CATEGORIES = {"basic": "基本服务费", "other": "其他服务费", "agency": "代收费"}
_PAID_AT_THE_DOOR = (Tariff.TEMP_FULL_DAY, Tariff.TEMP_HALF_DAY, Tariff.HOURLY)
_OWN = re.compile(r"own_(\d+)")
_LONGEST_NAME, _LONGEST_UNIT = 50, 10
_DEAREST = Money.yuan(100_000)


class PriceListError(RuleError):
    """A price that cannot be."""


class OverCapError(PriceListError):
    """The price lies above the cap that is set for it."""


PriceDraft = PriceTag  # as it is typed; an empty ``code`` is a new item


@record
class PriceStep:
    """One price of an item with its days."""

    price: Money
    valid_from: dt.date
    valid_to: dt.date | None
    state: str  # 现行, 将来, 以前


@record
class PriceItem:
    """One item of the list. ``draft`` holds today, or from its first day on, or held last."""

    key: int  # what its history is filed under
    draft: PriceDraft
    steps: tuple[PriceStep, ...]
    charged: bool
    chip: Chip
    words: str


class PriceList:
    """The verbs of the page 价目."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def view(self, actor: Actor) -> tuple[PriceItem, ...]:
        """Every item with its prices by date; what is charged no more comes last."""
        actor.require(Permission.READ)
        today = day_of(self._clock())
        by_code: dict[str, list[PriceRow]] = {}
        for row in price_rows.list_price_rows(self._database):
            by_code.setdefault(row.tag.code, []).append(row)
        items = [
            _item(price_rows.first_price_key(self._database, code), rows, today)
            for code, rows in by_code.items()
        ]
        return tuple(sorted(items, key=lambda item: not item.charged))

    def set_price(self, actor: Actor, draft: PriceDraft, valid_from: dt.date) -> Done[int]:
        """Charge this from a day on. What held until then ends the day before; receipts keep what they say.

        Raises:
            OverCapError: the price lies above its cap.
            PriceListError: no name, no unit, an unknown category, or another item has the name.
            WrongDayError: a day before today, or too far away.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        today = day_of(self._clock())
        require_day(valid_from, today)
        draft = self._checked(draft)
        rows = price_rows.list_price_rows(self._database)
        held = next((row for row in rows if row.tag.code == draft.code and _holds(row, valid_from)), None)
        with self._database.unit(actor.id, "set_price") as unit:
            if not draft.code:
                draft = replace(draft, code=_new_code([row.tag.code for row in rows]))
            alteration = Alteration(unit)
            if held is None or held.tag != draft:  # else nothing differs: the empty change is refused below
                price_rows.add_price_row(alteration, draft, valid_from)
            subject = price_rows.first_price_key(unit, draft.code)
            words = f"{from_words(valid_from, today)}{_price_words(held, draft)}"
            return keep_change(alteration, "price", subject, words, f"{draft.name} 价格", valid_from)

    def end(self, actor: Actor, code: str, last: dt.date) -> Done[int]:
        """Charge an item no longer than a day.

        Raises:
            PriceListError: the desk charges by it, or it is charged no more.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        today = day_of(self._clock())
        require_day(last, today, field="valid_from")
        rows = [row for row in price_rows.list_price_rows(self._database) if row.tag.code == code]
        if code in {tariff.value for tariff in _PAID_AT_THE_DOOR}:
            raise PriceListError("前台按这一项收费，不能停。不收费就把价格改成 0。")
        if not any(_holds(row, last) for row in rows):
            raise PriceListError("这一项那时已经不收了。")
        name = rows[0].tag.name
        with self._database.unit(actor.id, "end_price") as unit:
            alteration = Alteration(unit)
            price_rows.end_price_row(alteration, code, last)
            subject = price_rows.first_price_key(unit, code)
            words = f"{name} 收到 {last:%Y-%m-%d} 为止"
            return keep_change(alteration, "price", subject, words, f"{name} 停收", last)

    def _checked(self, draft: PriceDraft) -> PriceDraft:
        """The draft as it is kept."""
        name = clean_text(draft.name, "收费项目", "name", _LONGEST_NAME)
        unit = clean_text(draft.unit, "单位", "unit", _LONGEST_UNIT)
        if not name:
            raise PriceListError("请填收费项目的名称：公示和收据上都要印。", field="name")
        if not unit:
            raise PriceListError("请填单位，如 次、月、小时。", field="unit")
        if draft.category not in CATEGORIES:
            raise PriceListError("收费类别只有基本服务费、其他服务费和代收费，请重新选择。", field="category")
        if not Money(0) <= draft.price <= _DEAREST:
            msg = f"{name}：价格应在 0 到 {_DEAREST.short} 元之间，请核对。"
            raise PriceListError(msg, field="price")
        if draft.cap is not None and draft.price > draft.cap:
            source = f"（{draft.cap_source}）" if draft.cap_source else ""
            msg = (
                f"{name}：{draft.price.short} 元超过了限价 {draft.cap.short} 元{source}。请降价，或核对限价。"
            )
            raise OverCapError(msg, field="price")
        for row in price_rows.list_price_rows(self._database):
            if row.tag.name == name and row.tag.code != draft.code:
                msg = f"已有一项叫“{name}”。请改那一项的价格，或换个名称。"
                raise PriceListError(msg, field="name")
        source = clean_text(draft.cap_source, "限价依据", "cap_source")
        return replace(draft, name=name, unit=unit, cap_source=source)


def _new_code(codes: list[str]) -> str:
    numbers = [int(found[1]) for code in codes if (found := _OWN.fullmatch(code))]
    return f"own_{max(numbers, default=0) + 1}"


def _holds(row: PriceRow, day: dt.date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)


def _price_words(held: PriceRow | None, draft: PriceDraft) -> str:
    new = f"{draft.price.short} 元/{draft.unit}"
    if held is None:
        return f"{draft.name} {new}"
    old = held.tag
    words = f"{draft.name} {old.price.short} 元/{old.unit} → {new}"
    if old.name != draft.name:
        words += f"（原名 {old.name}）"
    if old.cap != draft.cap:
        words += f"；限价 {_cap(old.cap)} → {_cap(draft.cap)}"
    if old.category != draft.category:
        words += f"；{CATEGORIES[old.category]} → {CATEGORIES[draft.category]}"
    return words


def _cap(cap: Money | None) -> str:
    return "无" if cap is None else f"{cap.short} 元"


def _item(key: int, rows: list[PriceRow], today: dt.date) -> PriceItem:
    """``rows`` are the newest first."""
    held = next((row for row in rows if _holds(row, today)), None)
    coming = [row for row in rows if row.valid_from > today]
    shown = held or (coming[-1] if coming else rows[0])
    tag = shown.tag
    steps = tuple(
        PriceStep(
            row.tag.price,
            row.valid_from,
            row.valid_to,
            "现行" if row is held else "将来" if row.valid_from > today else "以前",
        )
        for row in rows
    )
    chip = Chip(f"{tag.price.short} 元/{tag.unit}", Tone.OK)
    if coming:
        step = coming[-1]
        chip = Chip(f"{step.valid_from:%m-%d} 起 {step.tag.price.short}", Tone.INFO)
    elif held is None:
        chip = Chip("已停收", Tone.PLAIN)
    elif held.valid_to is not None:
        chip = Chip(f"收到 {held.valid_to:%m-%d}", Tone.WARN)
    words = f"{CATEGORIES[tag.category]} · {tag.price.short} 元/{tag.unit} · {shown.valid_from:%Y-%m-%d} 起"
    if tag.cap is not None:
        words += f" · 限价 {tag.cap.short}"
    return PriceItem(key, tag, steps, held is not None or bool(coming), chip, words)
