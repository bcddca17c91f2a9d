"""The courses in which nobody signs up themselves: each with the button that asks for it (K13, Q1)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trainer_desk.services.rows.signing_up import AskedCourse
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.signup.card import CourseCard
from trainer_desk.views.signup.grid import CardGrid

FIRST, NARROWEST = 6, 380


class AskedCourses(QWidget):
    """The first few, and all when unfolded."""

    request_wanted = Signal(object)
    """A course, by its id, is to be asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._courses: tuple[AskedCourse, ...] = ()
        self._unfolded = False
        self.cards: list[CourseCard] = []
        self.grid = CardGrid(NARROWEST)
        self.more = Button("", kind="small")
        self.more.clicked.connect(self._unfold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(PlainLabel(_("On request"), "h3"))
        column.addWidget(PlainLabel(_("Ask for these courses: a supervisor finds a date."), "muted", wrap=True))
        column.addWidget(self.grid)
        column.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(_("On request"))

    def show_courses(self, courses: Sequence[AskedCourse]) -> None:
        """Show these courses; without any, nothing at all."""
        if tuple(courses) != self._courses:
            self._courses = tuple(courses)
            self._render()
        self.setVisible(bool(courses))

    def _unfold(self) -> None:
        self._unfolded = not self._unfolded
        self._render()

    def _render(self) -> None:
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = [CourseCard(one) for one in (self._courses if self._unfolded else self._courses[:FIRST])]
        for card in self.cards:
            card.ask.clicked.connect(lambda _checked=False, card=card: self.request_wanted.emit(card.course.course_id))
        self.grid.show_cards(self.cards)
        count = len(self._courses)
        self.more.setVisible(count > FIRST)
        self.more.set_words(_("Show fewer") if self._unfolded else plural("Show all {n}", "Show all {n}", count))
