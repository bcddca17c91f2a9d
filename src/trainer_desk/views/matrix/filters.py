"""What narrows the matrix: a search, department, site, job role and course, who lacks something, and the day."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.matrix import MatrixAsked
from trainer_desk.services.rows.seats import PickerFilter
from trainer_desk.services.seats.picker import FilterValues
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.picker.filters import FilterButton
from trainer_desk.views.theme import look

PAUSE_MS = 150
"""How long typing must rest before a search is asked for."""


class MatrixFilters(QWidget):
    """`changed` fires when anything else is wanted; `day` stands apart, in the bar of the page."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.search = QLineEdit()
        self.departments, self.sites = FilterButton(_("Department")), FilterButton(_("Site"))
        self.job_roles, self.courses = FilterButton(_("Job role")), FilterButton(_("Courses"))
        self.lacking = Button(_("Only who lacks something"), "octagon-alert", "chip", on_token="accent", size=14)
        self.lacking.setCheckable(True)
        self.clear = Button(_("Clear"), "x", "chip", size=14)
        self.day = DateField(_("As of"), today)
        self.as_of = PlainLabel(_("As of"), "small")
        self._rest = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._lay_out()
        self._join()

    def asked(self) -> MatrixAsked:
        """Return what is wanted now."""
        today = self._today()
        courses = tuple(key for key in self.courses.values() if isinstance(key, int))
        people = PickerFilter(
            self.search.text().strip(), _words(self.departments), _words(self.sites), _words(self.job_roles)
        )
        return MatrixAsked(self.day.value or today, today, people, courses, self.lacking.isChecked())

    def is_on(self) -> bool:
        """Whether anything narrows the matrix."""
        return self._narrows() or self.lacking.isChecked()

    def only_lacking(self) -> bool:
        """Whether nothing narrows the matrix but that it shows only who lacks something."""
        return self.lacking.isChecked() and not self._narrows()

    def offer(self, values: FilterValues) -> None:
        """Offer what the people of this database have."""
        lists = (values.departments, values.sites, values.job_roles)
        for button, texts in zip((self.departments, self.sites, self.job_roles), lists, strict=True):
            button.offer([(text, text) for text in texts])

    def offer_courses(self, directory: Directory) -> None:
        """Offer the courses in use."""
        used = [course for course in directory.courses.values() if course.active]
        self.courses.offer([(course.id, course.title) for course in sorted(used, key=lambda one: one.title.casefold())])

    def clear_all(self) -> None:
        """Narrow nothing; the day stays."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        for button in self._buttons():
            button.clear_ticks()
        self.lacking.setChecked(False)
        self._tell()

    def _buttons(self) -> tuple[FilterButton, ...]:
        return self.departments, self.sites, self.job_roles, self.courses

    def _lay_out(self) -> None:
        hint = _("Search name, number, department")
        self.search.setProperty("kind", "search")
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(hint)
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(look().px(280))
        self.clear.hide()
        self.day.setFixedWidth(look().px(190))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        for button in (*self._buttons(), self.lacking, self.clear):
            row.addWidget(button)
        row.addStretch()

    def _join(self) -> None:
        self._rest.timeout.connect(self._tell)
        self.search.textChanged.connect(lambda _text: self._rest.start())
        for button in self._buttons():
            button.ticked.connect(self._tell)
        self.lacking.toggled.connect(lambda _on: self._tell())
        self.clear.clicked.connect(self.clear_all)
        self.day.changed.connect(lambda _day: self._tell())

    def _tell(self) -> None:
        self._rest.stop()
        self.clear.setVisible(self.is_on())
        self.changed.emit()

    def _narrows(self) -> bool:
        return bool(self.search.text().strip()) or any(button.values() for button in self._buttons())


def _words(button: FilterButton) -> tuple[str, ...]:
    return tuple(map(str, button.values()))
