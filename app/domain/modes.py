"""Kinds of care (托育方式) and how a stay is charged."""

from enum import StrEnum


class CareMode(StrEnum):
    """托育方式, as sold."""

    FULL_DAY = "full_day"
    HALF_DAY = "half_day"
    TEMPORARY = "temporary"
    HOURLY = "hourly"

    @property
    def label(self) -> str:
        """The trade's word: 全日托, 半日托, 临时托, 计时托."""
        return {"full_day": "全日托", "half_day": "半日托", "temporary": "临时托", "hourly": "计时托"}[
            self.value
        ]


class Tariff(StrEnum):
    """What one stay is charged by. A contract child's stay is in the monthly fee."""

    CONTRACT = "contract"
    TEMP_FULL_DAY = "temp_full_day"
    TEMP_HALF_DAY = "temp_half_day"
    HOURLY = "hourly"

    @property
    def label(self) -> str:
        """The words for paper: 包月, 全日临时托, 半日临时托, 计时托."""
        words = {
            "contract": "包月",
            "temp_full_day": "全日临时托",
            "temp_half_day": "半日临时托",
            "hourly": "计时托",
        }
        return words[self.value]

    @property
    def mode(self) -> CareMode:
        """The kind of care a paid stay is (domain §6.1): by the hour, else temporary."""
        return CareMode.HOURLY if self is Tariff.HOURLY else CareMode.TEMPORARY


class HalfDay(StrEnum):
    """Which half of the day a half-day contract covers."""

    MORNING = "am"
    AFTERNOON = "pm"
