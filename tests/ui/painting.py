"""What painted widgets and rows write, in order."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPixmap, QRegion
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from tests.ui.support import Heard


def words_on(widget, module, monkeypatch):
    """The words that a widget of ``module`` writes by itself, without its children."""
    words = []

    class Kept(Heard):
        def drawText(self, *args):  # noqa: N802 - Qt's name
            words.append(args[-1])
            super().drawText(*args)

    with monkeypatch.context() as patched:
        patched.setattr(module, "QPainter", Kept)
        alone = QWidget.RenderFlag.DrawWindowBackground
        widget.render(QPixmap(widget.size()), QPoint(), QRegion(), alone)
    return [one for one in words if one]


def words_of_row(delegate, index, width):
    """The words that a delegate writes into a row of this width."""
    return [words for _, words in places_of_row(delegate, index, width)]


def places_of_row(delegate, index, width):
    """The same, each with the room it was given."""
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, width, delegate.sizeHint(option, index).height())
    image = QImage(option.rect.size(), QImage.Format.Format_RGB32)
    painter = Heard(image)
    delegate.paint(painter, option, index)
    painter.end()
    return [(place, words) for place, words in painter.words if words]
