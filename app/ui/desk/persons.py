"""Persons in the side panel: the head of a child's card, and the adults one may choose by digit."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.domain.looks import Chip, Tone
from app.domain.modes import CareMode
from app.services.desk import AdultRow, ChildRow
from app.ui.desk.delegates import sign_of
from app.ui.desk.ink import DeskInk, chip_width, draw_chip, draw_text, focus_pen
from app.ui.widgets.paint import paint_avatar, paint_mark

_SEXES = {"f": "女", "m": "男"}


def chips_of(row: ChildRow) -> tuple[Chip, ...]:
    """Class, mode and every allergy of a child, for the head of a card."""
    temporary = row.mode in {CareMode.TEMPORARY, CareMode.HOURLY}
    chips = [Chip(row.class_name), Chip(row.mode_words, Tone.INFO if temporary else Tone.PLAIN)]
    chips += [Chip(f"{allergen}过敏", Tone.BAD) for allergen in row.allergies]
    if row.allergy_unknown:
        chips.append(Chip("过敏未答 · 先不进食", Tone.BAD))
    return tuple(chip for chip in chips if chip.words)


class ChildHead(QWidget):
    """Sign, name, sex and age, chips. Chips wrap, so that no allergy is ever cut off."""

    def __init__(self, ink: DeskInk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = ink
        self._row: ChildRow | None = None
        self._photo = b""
        self.slim = False  # without the sign, where the room is for those who stand at the door
        self.setToolTip(self.tr("接送卡：按 F6"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_ink(self, ink: DeskInk) -> None:
        """Take the colours and sizes of another theme."""
        self._ink = ink
        self.updateGeometry()
        self.update()

    def show_row(self, row: ChildRow, photo: bytes | None = None) -> None:
        """Show another child. Without a photo (None: not read yet) hers stays, another child's goes."""
        if photo is None:
            same = self._row is not None and self._row.child == row.child
            photo = self._photo if same else b""
        self._row, self._photo = row, photo
        words = "，".join((row.name, _SEXES.get(row.sex or "", ""), row.age_words))
        self.setAccessibleName(words)
        self.setAccessibleDescription("，".join(chip.words for chip in chips_of(row)))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Chips wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines of chips as it takes."""
        places = self._places(width)
        bottom = max((box.bottom() for _, box in places), default=0.0)
        return max(self._ink.px(60), round(bottom) + self._ink.px(2))

    def sizeHint(self) -> QSize:
        """At its present width."""
        return QSize(self._ink.px(300), self.heightForWidth(max(self.width(), self._ink.px(260))))

    def minimumSizeHint(self) -> QSize:
        """At least the sign and a name."""
        return QSize(self._ink.px(200), self._ink.px(60))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint sign, name and chips."""
        if (row := self._row) is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._ink
        side = ink.px(56)
        sign = QRectF(0, ink.px(2), side, side)
        if not self.slim and not _painted(painter, sign, self._photo, ink.px(12)):
            paint_avatar(painter, ink.theme, sign, sign_of(row.name), row.colour, square=True)
        left = 0 if self.slim else sign.right() + ink.px(13)
        line = QRectF(left, 0, self.width() - left, ink.px(30))
        words = " · ".join(part for part in (_SEXES.get(row.sex or "", ""), row.age_words) if part)
        used = draw_text(painter, line, row.name, ink.title, ink.ink)
        draw_text(painter, line.adjusted(used + ink.px(8), ink.px(3), 0, 0), words, ink.body, ink.ink_2)
        for chip, box in self._places(self.width()):
            draw_chip(painter, box, chip, ink)

    def _places(self, width: float) -> list[tuple[Chip, QRectF]]:
        if self._row is None:
            return []
        ink = self._ink
        start, gap, height = ink.px(0 if self.slim else 69), ink.px(6), ink.px(24)
        left, top, places = float(start), float(ink.px(33)), []
        for chip in chips_of(self._row):
            wide = min(chip_width(chip, ink), max(width - start, height))
            if left > start and left + wide > width:
                left, top = float(start), top + height + ink.px(4)
            places.append((chip, QRectF(left, top, wide, height)))
            left += wide + gap
        return places


def verdict_on(adult: AdultRow, *, collecting: bool) -> Chip:
    """The one word on an adult: what the desk must know before it lets go of a hand."""
    if adult.barred:
        return Chip("禁止接走", Tone.BAD)
    if adult.grant:
        return Chip("电话授权", Tone.INFO) if adult.may_collect else Chip("授权码已用", Tone.BAD)
    if collecting and not adult.may_collect:
        return Chip("不在接送名单", Tone.BAD)
    if adult.brought_today:
        return Chip("今日送托人", Tone.OK)
    if collecting:
        return Chip("可接")
    return Chip("监护人", Tone.INFO) if adult.is_guardian else Chip("")


class AdultChoice(QAbstractButton):
    """One adult with a digit key. A barred adult is shown in red and cannot be chosen."""

    def __init__(
        self, adult: AdultRow, number: int, ink: DeskInk, *, collecting: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.adult, self._number, self._ink = adult, number, ink
        self._chip = verdict_on(adult, collecting=collecting)
        self.possible = not adult.barred and (adult.may_collect or not collecting)
        self.roomy = False  # with a face that can be compared from across the desk
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setEnabled(self.possible)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setObjectName(f"pickup.adult.{number}")
        self.setAccessibleName(f"{number} {adult.name} {adult.relation}")
        self.setAccessibleDescription(f"{self._detail()}，{self._chip.words}")
        if self.possible:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_ink(self, ink: DeskInk) -> None:
        """Take the colours and sizes of another theme."""
        self._ink = ink
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A touch target, growing with the font."""
        return QSize(self._ink.px(300), max(44, self._ink.px(76 if self.roomy else 44)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses; Enter belongs to the panel, which confirms."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._ink
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        self._paint_ground(painter, box)
        side = box.height() - ink.px(14)
        sign = QRectF(box.left() + ink.px(8), box.center().y() - side / 2, side, side)
        self._paint_sign(painter, sign)
        inner = box.adjusted(sign.right() + ink.px(10) - box.left(), 0, -ink.px(10), 0)
        draw_chip(painter, inner, self._chip, ink)
        chip = chip_width(self._chip, ink)
        words = inner.adjusted(0, 0, -(chip + ink.px(8)) if chip else 0, 0)
        middle = box.center().y()
        upper = QRectF(words.left(), middle - ink.px(22), words.width(), ink.px(24))
        name_ink = ink.ink if self.possible else ink.tones[Tone.BAD][1]
        used = draw_text(painter, upper, self.adult.name, ink.name, name_ink)
        rest = upper.adjusted(used + ink.px(6), 0, 0, 0)
        if rest.width() > ink.px(20) and self.adult.relation:
            draw_text(painter, rest, f"· {self.adult.relation}", ink.body, ink.ink_2)
        lower = QRectF(words.left(), middle + ink.px(1), words.width(), ink.px(20))
        draw_text(painter, lower, self._detail(), ink.small, ink.ink_2)

    def _detail(self) -> str:
        seen = "身份证已核" if self.adult.identity_seen else ""
        return self.adult.detail or " · ".join(part for part in (self.adult.phone_masked, seen) if part)

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        ink = self._ink
        painter.setBrush(ink.surface)
        painter.setPen(ink.line_strong if self.underMouse() else ink.line)
        if not self.possible:
            painter.setBrush(ink.tones[Tone.BAD][0])
            painter.setPen(ink.bad_line)
        elif self.isChecked():
            painter.setBrush(ink.brand_faint)
            painter.setPen(focus_pen(ink))
        painter.drawRoundedRect(box, ink.px(12), ink.px(12))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(focus_pen(ink))
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), ink.px(9), ink.px(9))

    def _paint_sign(self, painter: QPainter, sign: QRectF) -> None:
        """The photo, else the relation, the digit that chooses at its corner; a cross for who must not."""
        ink, photo = self._ink, self.adult.photo
        painter.setPen(Qt.PenStyle.NoPen)
        if _painted(painter, sign, photo, ink.px(10)):
            self._paint_cap(painter, sign)
            return
        if not self.possible:
            painter.setBrush(ink.bad_line)
            painter.drawRoundedRect(sign, ink.px(10), ink.px(10))
            painter.setPen(focus_pen(ink))
            pen = painter.pen()
            pen.setColor(ink.tones[Tone.BAD][1])
            painter.setPen(pen)
            third = sign.width() / 3
            cross = sign.adjusted(third, third, -third, -third)
            painter.drawLine(cross.topLeft(), cross.bottomRight())
            painter.drawLine(cross.topRight(), cross.bottomLeft())
            return
        # Until there is a photo: what this person is to the child.
        painter.setBrush(ink.brand if self.isChecked() else ink.sunken)
        painter.drawRoundedRect(sign, ink.px(10), ink.px(10))
        painter.setFont(ink.name)
        painter.setPen(ink.brand_ink if self.isChecked() else ink.ink_2)
        words = (self.adult.relation or self.adult.name)[:1]
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, words)
        self._paint_cap(painter, sign)

    def _paint_cap(self, painter: QPainter, sign: QRectF) -> None:
        """At the corner the digit that chooses; for who must not go, a red diamond on the photo."""
        ink, side = self._ink, self._ink.px(18)
        cap = QRectF(sign.right() - side * 0.62, sign.bottom() - side * 0.72, side, side)
        painter.setBrush(ink.surface if self.possible else ink.tones[Tone.BAD][0])
        painter.setPen(ink.line_strong if self.possible else ink.bad_line)
        painter.drawRoundedRect(cap, ink.px(5), ink.px(5))
        if not self.possible:
            inset = side * 0.25
            box = cap.adjusted(inset, inset, -inset, -inset)
            paint_mark(painter, box, Tone.BAD, ink.tones[Tone.BAD][1])
            return
        painter.setFont(ink.small)
        painter.setPen(ink.ink)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, str(self._number))


def _painted(painter: QPainter, sign: QRectF, photo: bytes, radius: float) -> bool:
    """Whether a photo was painted; nothing of it is loaded while nobody has one."""
    if not photo:
        return False
    from app.ui.widgets.portrait import paint_photo

    return paint_photo(painter, sign, photo, radius)
