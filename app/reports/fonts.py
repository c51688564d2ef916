"""LXGW WenKai for paper: loaded once a process, subset quickly, never dropping a character unseen.

ReportLab says nothing when a font lacks a glyph. ``Typeface.clean`` therefore looks at every text first: what
the font cannot draw becomes a visible □ and is reported, so that the paper can say 字体缺字.
"""

import array
import functools
import itertools
import mmap
import re
import threading
import unicodedata
from pathlib import Path
from typing import Any

from app.reports.late import defer_pictures

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"
_FILES = {False: "LXGWWenKai-Regular.ttf", True: "LXGWWenKai-Bold.ttf"}
_NAMES = {False: "LXGWWenKai", True: "LXGWWenKai-Bold"}
_BOX = "□"
_EM = 1000  # what widths are told in
_SHORT = 200  # longer texts are not remembered
_lock = threading.Lock()

# Invisible by definition (default-ignorable): joiners, variation selectors, direction marks, soft hyphen.
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)
_BLANK = re.compile("[\t\x0b\x0c\u00a0\u2000-\u200a\u202f\u205f]")
_BREAK = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_WIDE_CODE = re.compile("<([0-9A-F]{5,6})>")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")


class _MappedFile:
    """Hands ReportLab the font as a map of the file: 16 MB less memory than reading it."""

    def __init__(self, path: Path) -> None:
        self.name = str(path)

    def read(self) -> mmap.mmap:
        with open(self.name, "rb") as file:  # noqa: PTH123 - mmap wants the descriptor
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


class _Glyphs:
    """The glyf table, read where asked: ReportLab would copy its 15 MB for every document."""

    def __init__(self, data: mmap.mmap, start: int) -> None:
        self._data = data
        self._start = start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


class _Metrics:
    """Advance and side bearing of each glyph, as ReportLab reads them, in 4 bytes instead of 112."""

    def __init__(self, pairs: list[tuple[int, int]]) -> None:
        self._flat = array.array("H", itertools.chain.from_iterable(pairs))

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        return self._flat[2 * glyph], self._flat[2 * glyph + 1]


class _GlyphOf:
    """The glyph of each character, in 2 bytes instead of 100; 0 is none. ReportLab asks as of a dict.

    In pages of 256: the characters reach to U+FFFFD, with little between.
    """

    def __init__(self, glyphs: dict[int, int]) -> None:
        self._pages: dict[int, array.array[int]] = {}
        for code, glyph in glyphs.items():
            page = self._pages.get(code >> 8)
            if page is None:
                page = self._pages[code >> 8] = array.array("H", bytes(512))
            page[code & 255] = glyph

    def __contains__(self, code: int) -> bool:
        page = self._pages.get(code >> 8)
        return page is not None and page[code & 255] != 0

    def __getitem__(self, code: int) -> int:
        if code not in self:
            raise KeyError(code)
        return self._pages[code >> 8][code & 255]


class Typeface:
    """One weight: its name in ReportLab, the characters it has, and their widths in 1/1000 em."""

    def __init__(self, *, bold: bool) -> None:
        self.name = _NAMES[bold]
        self.bold = bold
        font = _read(self.name, FOLDER / _FILES[bold])
        self.widths: dict[int, int] = font.face.charWidths
        self.ascent: float = font.face.ascent / 1000
        self._has = font.face.charToGlyph

    def lacks(self, text: str) -> set[str]:
        """Return the characters of a cleaned text for which there is no glyph."""
        has = self._has
        return {letter for letter in set(text) if ord(letter) not in has and letter != "\n"}

    def width(self, text: str, size: float) -> float:
        """Measure a cleaned text in points."""
        widths = self.widths
        return sum([widths.get(code, _EM) for code in map(ord, text)]) * size / 1000


def _read(name: str, path: Path) -> Any:
    """Parse and register a font, keeping as little of it in memory as drawing needs."""
    defer_pictures()
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics, ttfonts

    rl_config.useA85 = 0  # text armour makes every file a quarter larger and buys nothing since PDF 1.2

    class Font(ttfonts.TTFont):  # type: ignore[misc]  # untyped base
        def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab's name
            super().addObjects(doc)
            _mend_wide_codes(doc)

    font = Font(name, _MappedFile(path), asciiReadable=0, shapable=False)
    face = font.face
    whole = face.get_table
    glyphs = _Glyphs(face._ttf_data, face.get_table_pos("glyf")[0])  # noqa: SLF001 - the map made above
    face.get_table = lambda tag: glyphs if tag == "glyf" else whole(tag)
    face.glyphToChar.clear()  # used while parsing and for shaping only
    face.glyphPos = array.array("I", face.glyphPos)
    face.hmetrics = _Metrics(face.hmetrics)
    face.charToGlyph = _GlyphOf(face.charToGlyph)
    # Nearly all characters are as wide as they are high: only the others need an entry.
    face.defaultWidth = _EM
    same = {width: width for width in face.charWidths.values()}
    face.charWidths = {code: same[width] for code, width in face.charWidths.items() if width != _EM}
    pdfmetrics.registerFont(font)
    return font


def _mend_wide_codes(doc: Any) -> None:
    """Write 𬱖 into the map for copying text as UTF-16; ReportLab writes its code point, which reads as ⳅ."""
    for key, thing in doc.idToObject.items():
        if key.startswith("toUnicodeCMap:"):
            thing.content = _WIDE_CODE.sub(_as_utf16, thing.content)


def _as_utf16(found: re.Match[str]) -> str:
    return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"


@functools.cache
def _load(bold: bool) -> Typeface:
    return Typeface(bold=bold)


def typeface(*, bold: bool = False) -> Typeface:
    """Return the weight, parsing its file (about 70 ms, 11 MB) when first asked."""
    with _lock:
        return _load(bold)


def give_back() -> None:
    """Let the system drop the pages of the fonts that were read; they come back from its cache when needed.

    Where the system cannot be told (Windows), it drops them by itself when memory is short.
    """
    from reportlab.pdfbase import pdfmetrics

    if not hasattr(mmap, "MADV_DONTNEED"):  # pragma: no cover - depends on the system
        return
    with _lock:
        known = set(pdfmetrics.getRegisteredFontNames())
        for name in set(_NAMES.values()) & known:
            pdfmetrics.getFont(name).face._ttf_data.madvise(mmap.MADV_DONTNEED)  # noqa: SLF001


def tidy(text: str) -> str:
    """Normalise to NFC and take out what cannot be seen: control characters, joiners, direction marks.

    Line breaks stay, as a plain newline each.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _BREAK.sub("\n", text)
    text = _CONTROL.sub("", _IGNORABLE.sub("", _BLANK.sub(" ", text)))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def fit_glyphs(text: str, *, bold: bool, missing: set[str]) -> tuple[str, bool]:
    """Return the text as it can be drawn and whether in bold.

    A text the bold weight cannot draw in full is set in the regular weight; what that lacks too becomes □
    and is added to ``missing``.
    """
    look = _fit if len(text) <= _SHORT else _fit.__wrapped__
    words, bold, lost = look(text, bold)
    missing |= lost
    return words, bold


@functools.lru_cache(maxsize=2048)
def _fit(text: str, bold: bool) -> tuple[str, bool, frozenset[str]]:
    text = tidy(text)
    if bold and not typeface(bold=True).lacks(text):
        return text, True, frozenset()
    lost = frozenset(typeface().lacks(text))
    return text.translate({ord(letter): _BOX for letter in lost}), False, lost
