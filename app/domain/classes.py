"""Class kinds and staffing by 58号文 (国卫人口发〔2019〕58号) Art 19-20."""

from enum import StrEnum


class ClassKind(StrEnum):
    """班型."""

    INFANT = "infant"
    TODDLER = "toddler"
    OLDER_TODDLER = "older_toddler"
    MIXED = "mixed"

    @property
    def label(self) -> str:
        """乳儿班, 托小班, 托大班, 混合班."""
        words = {"infant": "乳儿班", "toddler": "托小班", "older_toddler": "托大班", "mixed": "混合班"}
        return words[self.value]
