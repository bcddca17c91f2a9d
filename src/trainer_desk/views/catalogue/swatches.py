"""The eight colours of categories as buttons to choose one of."""

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from trainer_desk.texts.translate import _, mark
from trainer_desk.views.catalogue.design import Colour
from trainer_desk.views.catalogue.fields import ThingField
from trainer_desk.views.parts.plain_label import plain_tip
from trainer_desk.views.theme import look

NAMES = (
    mark("Blue"),
    mark("Teal"),
    mark("Violet"),
    mark("Pink"),
    mark("Slate"),
    mark("Brown"),
    mark("Sky"),
    mark("Indigo"),
)
SIDE, DOT = 28, 18


class Swatch(QAbstractButton):
    """One colour: a dot, ringed while it is chosen."""

    def __init__(self, hue: int, name: str) -> None:
        super().__init__()
        self._hue = hue
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look().changed.connect(self._resize)
        self._resize()

    def sizeHint(self) -> QSize:
        """Return the square in which the dot stands."""
        return QSize(look().px(SIDE), look().px(SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dot, its ring while it is chosen, and the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, radius = QRectF(self.rect()).center(), look().px(DOT) / 2
        bar, _fill, _text, _edge = look().category(self._hue)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(bar)
        painter.setOpacity(1.0 if self.isEnabled() else 0.5)
        painter.drawEllipse(middle, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(QPen(look().colour("text"), 2))
            painter.drawEllipse(middle, radius + 3, radius + 3)
        if self.hasFocus():
            painter.setPen(QPen(look().colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _resize(self) -> None:
        self.setFixedSize(self.sizeHint())


class SwatchField(ThingField):
    """The colour of something: one of eight dots, each with its name."""

    def __init__(self, design: Colour) -> None:
        super().__init__(design)
        self.buttons = [Swatch(hue, _(name)) for hue, name in enumerate(NAMES)]
        self._group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(4)
        for hue, button in enumerate(self.buttons):
            self._group.addButton(button, hue)
            button.clicked.connect(self.tell_value)
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add_note()

    @property
    def value(self) -> Any:
        """The colour's number, None if none is chosen."""
        chosen = self._group.checkedId()
        return None if chosen < 0 else chosen

    def first_editor(self) -> QWidget:
        """Return the dot that is chosen, else the first."""
        return self.buttons[max(0, self._group.checkedId())]

    def show_value(self, value: Any) -> None:
        """Ring the stored colour."""
        super().show_value(value)
        self._group.setExclusive(False)
        for hue, button in enumerate(self.buttons):
            button.setChecked(hue == value)
        self._group.setExclusive(True)

    def set_editable(self, editable: bool) -> None:
        """Let the colour be chosen, or only be seen."""
        for button in self.buttons:
            button.setEnabled(editable)

    def set_invalid(self, invalid: bool) -> None:
        """The reason below says enough: there is no text to frame."""
