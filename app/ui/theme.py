"""Named colours, sizes and fonts, and the one style sheet made of them.

Rooms never name a colour: they ask ``theme.color("brand")`` and listen to ``theme.changed``. Every size
comes from the font, so that 150 % is a different number in one place.
"""

import os
import tomllib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from app.domain.looks import Tone
from app.domain.record import record
from app.ui.sheet import build_sheet

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
BASE_PIXELS = 15
THEMES = ("light", "dark")
SCALES = (90, 100, 110, 125, 150, 175, 200)

_FAMILIES = (
    "Noto Sans CJK SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
)
_BUNDLED_FAMILIES = frozenset({"LXGW WenKai", "霞鹜文楷"})
_BUNDLED = ("LXGWWenKai-Regular.ttf", "LXGWWenKai-Bold.ttf")
_TONES = {
    Tone.PLAIN: ("sunken", "ink_2"),
    Tone.OK: ("ok_soft", "ok_ink"),
    Tone.INFO: ("info_soft", "info_ink"),
    Tone.WARN: ("warn_soft", "warn_ink"),
    Tone.BAD: ("bad_soft", "bad_ink"),
}
_SIZES = {"small": 13, "body": 15, "name": 16, "h2": 15, "h1": 19, "title": 22, "big": 24, "huge": 30}


@record
class Metrics:
    """Sizes in pixels, derived from the font. ``s1``-``s6`` are spaces, ``r_*`` radii."""

    scale: float = 1.0
    s1: int = 4
    s2: int = 8
    s3: int = 12
    s4: int = 16
    s5: int = 24
    s6: int = 32
    r_s: int = 6
    r_m: int = 10
    r_l: int = 16
    control: int = 44
    control_l: int = 52
    row: int = 60
    avatar: int = 38
    chip: int = 24
    icon: int = 20
    rail: int = 88
    top: int = 60
    status: int = 32

    @classmethod
    def at(cls, scale: float) -> "Metrics":
        """The sizes at a font scale (1.0 = 15-pixel text). Spaces grow slower than text."""
        soft = 1 + (scale - 1) * 0.5
        plain = cls()
        spaces = {name: round(getattr(plain, name) * soft) for name in ("s1", "s2", "s3", "s4", "s5", "s6")}
        radii = {name: getattr(plain, name) for name in ("r_s", "r_m", "r_l")}
        names = ("control", "control_l", "row", "avatar", "chip", "icon", "rail", "top", "status")
        rest = {name: round(getattr(plain, name) * scale) for name in names}
        rest["rail"] = round(plain.rail * soft)
        rest["control"] = max(44, round(40 * scale))
        return cls(scale=scale, **spaces, **radii, **rest)


class Theme(QObject):
    """The live theme. One per application; handed to whoever paints."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = "light"
        self.dark = False
        self.metrics = Metrics()
        self._hex: dict[str, str] = {}
        self._colors: dict[str, QColor] = {}
        self._family = ""
        self._fonts: dict[tuple[str, bool, bool], QFont] = {}
        self._load("light")

    def color(self, role: str) -> QColor:
        """The colour of a role, e.g. ``brand_soft``; a ``#RRGGBB`` (a class colour) passes through."""
        found = self._colors.get(role)
        if found is None:
            if not role.startswith("#"):
                raise KeyError(role)
            found = self._colors[role] = QColor(role)
        return found

    def hex(self, role: str) -> str:
        """The same as ``#RRGGBB``."""
        return self._hex[role]

    def tone(self, tone: Tone) -> tuple[QColor, QColor]:
        """Ground and ink of a tone."""
        ground, ink = _TONES[tone]
        return self.color(ground), self.color(ink)

    def px(self, at_normal: float) -> int:
        """A size given for the normal font, at this font."""
        return round(at_normal * self.metrics.scale)

    def font(self, size: str = "body", *, bold: bool = False, tabular: bool = False) -> QFont:
        """A font by name of size: small body name h2 h1 title big huge. ``tabular`` keeps digits in
        columns.
        """
        wanted = (size, bold, tabular)
        if (kept := self._fonts.get(wanted)) is None:
            kept = self._fonts[wanted] = self._make_font(size, bold=bold, tabular=tabular)
        return QFont(kept)  # a copy: who asked may change it

    def _make_font(self, size: str, *, bold: bool, tabular: bool) -> QFont:
        font = QFont(self._family) if self._family else QFont()
        if self._family in _BUNDLED_FAMILIES:
            # It brings no hints of its own. To work them out takes as long as all else of drawing a letter,
            # a fifteenth of the start; and each machine's own taste in them would move every letter.
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setPixelSize(round(_SIZES[size] * self.metrics.scale))
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def apply(self, app: QApplication, name: str, font_scale: int = 100) -> None:
        """Turn the whole application to a theme (``light`` or ``dark``) and a font scale in per cent."""
        if name != self.name:
            self._load(name if name in THEMES else "light")
        self.metrics = Metrics.at(min(200, max(80, font_scale)) / 100)
        self._family = self._family or text_family()
        self._fonts.clear()
        template = (RESOURCES / "themes" / "sheet.qss").read_text("utf-8")
        images = RESOURCES / "themes" / self.name
        sheet = build_sheet(template, self._hex, self.metrics.scale, images)
        if app.styleSheet() != sheet:  # Qt polishes every widget there is, even for the same sheet
            app.setFont(self.font())
            app.setPalette(self._palette())
            app.setStyleSheet(sheet)
        self.changed.emit()

    def _load(self, name: str) -> None:
        with (RESOURCES / "themes" / f"{name}.toml").open("rb") as file:
            data = tomllib.load(file)
        self.name = name
        self.dark = bool(data["dark"])
        self._hex = dict(data["colours"])
        self._colors = {role: QColor(value) for role, value in self._hex.items()}

    def _palette(self) -> QPalette:
        role = QPalette.ColorRole
        palette = QPalette()
        pairs = {
            role.Window: "bg",
            role.WindowText: "ink",
            role.Base: "surface",
            role.AlternateBase: "surface_2",
            role.Text: "ink",
            role.PlaceholderText: "ink_3",
            role.Button: "surface",
            role.ButtonText: "ink",
            role.BrightText: "brand_ink",
            role.Highlight: "brand",
            role.HighlightedText: "brand_ink",
            role.ToolTipBase: "ink",
            role.ToolTipText: "surface",
            role.Link: "brand_text",
            role.Mid: "line_strong",
            role.Midlight: "line",
            role.Light: "surface_2",
            role.Dark: "line_strong",
            role.Shadow: "shadow",
        }
        for which, name in pairs.items():
            palette.setColor(which, self.color(name))
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, self.color("ink_3"))
        return palette


def text_family() -> str:
    """The system's CJK sans where there is one, else the bundled font; ``TUODEHAO_FONT=bundled`` forces the
    latter.
    """
    if not _bundled_forced():
        for family in _FAMILIES:
            if QFontDatabase.hasFamily(family):
                return family
    return bundled_family()


def _bundled_forced() -> bool:
    return os.environ.get("TUODEHAO_FONT") == "bundled"


def bundled_family() -> str:
    """Load the bundled font into this process and return its family name; empty when it cannot be loaded."""
    family = ""
    for file in _BUNDLED:
        number = QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / file))
        families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        family = family or (families[0] if families else "")
    return family
