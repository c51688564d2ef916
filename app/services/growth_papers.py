"""Freezing the growth card for paper."""

import datetime as dt
from collections.abc import Sequence

from app.domain.ages import full_age_words
from app.domain.growth import Indicator
from app.domain.growth_entry import cm_words, kg_words
from app.reports.growth_card import CardChart, CardMeasure, GrowthCard
from app.services.growth_children import GrowingChild
from app.services.growth_curves import Curve
from app.store import centre
from app.store.database import Database
from app.store.growth import KeptMeasure

_SEXES = {"f": "女", "m": "男"}
_SHORT = {
    Indicator.WEIGHT: "体重",
    Indicator.STATURE: "身长/高",
    Indicator.HEAD: "头围",
    Indicator.PROPORTION: "匀称",
}


def freeze_card(
    database: Database,
    child: GrowingChild,
    measures: Sequence[KeptMeasure],
    curves: Sequence[Curve],
    today: dt.date,
    made_by: str,
) -> GrowthCard:
    """Everything that stands on the card."""
    place = centre.find_centre(database)
    groups = {group.id: group.name for group in centre.list_classes(database, today)}
    return GrowthCard(
        centre="" if place is None else place.name,
        day=today,
        child=child.name,
        sex=_SEXES.get(child.sex, ""),
        born_on=child.born_on,
        class_name=groups.get(child.class_id, ""),
        weeks=child.weeks,
        standard="、".join(dict.fromkeys(one.standard for one in measures if one.standard)),
        measures=tuple(_line(child, one) for one in measures),
        charts=tuple(
            CardChart(
                f"{one.title}（{one.unit}）",
                one.across,
                tuple((line.name, line.points) for line in one.lines),
                one.points,
                one.corrected,
            )
            for one in curves
        ),
        made_by=made_by,
        practice=place is not None and place.practice,
    )


def _line(child: GrowingChild, one: KeptMeasure) -> CardMeasure:
    return CardMeasure(
        one.day,
        full_age_words(child.born_on, one.day),
        kg_words(one.taken.weight_g),
        cm_words(one.taken.stature_mm),
        "卧" if one.lying else "立",
        cm_words(one.taken.head_mm),
        score_words(one),
    )


def score_words(one: KeptMeasure) -> str:
    """``体重 中 +0.42（矫正 中 +0.55）``, findings behind, one or two of them on a line."""
    told: dict[Indicator, str] = {}
    for score in one.scores:
        words = f"{score.level} {score.z_words}"
        if score.corrected:
            told[score.indicator] += f"（矫正 {words}）"
        else:
            told[score.indicator] = f"{_SHORT[score.indicator]} {words}"
        if score.finding:
            told[score.indicator] += f" {score.finding}"
    lines = list(told.values())
    if not any(score.corrected for score in one.scores):  # short enough for two side by side
        lines = ["；".join(lines[at : at + 2]) for at in range(0, len(lines), 2)]
    return "\n".join(lines)
