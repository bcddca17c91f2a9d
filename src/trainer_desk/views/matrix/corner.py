"""The corner between the headings of the matrix: what the marks mean, and how many people and courses there are."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from trainer_desk.texts import people_text
from trainer_desk.texts.matrix import mark_word
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.matrix.marks import SHAPES
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.theme import look


class Corner(QFrame):
    """Lies over the corner; the table beneath gives its size."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("MatrixCorner")
        self.setAutoFillBackground(True)
        self.people, self.courses = PlainLabel("", "h2"), PlainLabel("", "small")
        legend = QGridLayout()
        legend.setHorizontalSpacing(8)
        legend.setVerticalSpacing(2)
        for place, (mark, (icon, tone, _tint)) in enumerate(SHAPES.items()):
            legend.addWidget(IconLabel(icon, tone, 14), place, 0)
            legend.addWidget(PlainLabel(mark_word(mark), "small"), place, 1)
        legend.setColumnStretch(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 6)
        whole.setSpacing(2)
        whole.addWidget(self.people)
        whole.addWidget(self.courses)
        whole.addStretch()
        whole.addLayout(legend)
        look().changed.connect(self._dress)
        self._dress()

    def show_numbers(self, people: int | None, courses: int) -> None:
        """Show how many there are; None: people are still being counted."""
        self.people.setText(_("Counting people…") if people is None else people_text(people))
        self.courses.setText(plural("{n} course", "{n} courses", courses))

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(self.backgroundRole(), look().colour("surface"))
        self.setPalette(palette)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, False)
