"""The two popovers of the schedule: which course a new session is of, and what narrows the calendar."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rules.names import search_key
from trainer_desk.texts.translate import _
from trainer_desk.views.schedule.course_search import find_courses
from trainer_desk.views.schedule.filters import Choice, Filters, choice_word, choices_of
from trainer_desk.views.schedule.popover import Entry, Popover

DirectorySource = Callable[[], Directory | None]


class CourseChooser(Popover):
    """Courses by code, short code or title; `chosen` carries the course's id."""

    def __init__(self, page: QWidget, directory: DirectorySource) -> None:
        self._directory = directory
        super().__init__(page, _("New session"), _("Course by code or title"), self._find)

    def _find(self, text: str) -> list[Entry]:
        known = self._directory()
        if known is None:
            return []
        return [
            Entry(course.id, f"{course.short_code}  ·  {course.title}")
            for course in find_courses(known.courses.values(), text)
        ]


class FilterChooser(Popover):
    """States, trainers, venues and courses with check marks; those that are on come first."""

    changed = Signal(object)
    """The new Filters."""

    def __init__(self, page: QWidget, directory: DirectorySource) -> None:
        self._directory = directory
        self._filters = Filters()
        super().__init__(page, _("Show only"), _("Trainer, venue, course, state or waitlist"), self._find)
        self.chosen.connect(self._toggle)

    def set_filters(self, filters: Filters) -> None:
        """Show what is on."""
        self._filters = filters

    def _toggle(self, choice: Choice) -> None:
        self._filters = self._filters.toggled(choice)
        self.changed.emit(self._filters)

    def _find(self, text: str) -> list[Entry]:
        known = self._directory()
        if known is None:
            return []
        kinds = {
            "status": _("State"),
            "seats": _("Seats"),
            "trainer": _("Trainer"),
            "venue": _("Venue"),
            "equipment": _("Equipment"),
            "course": _("Course"),
        }
        wanted = search_key(text)
        entries = []
        for choice in choices_of(known):
            line = f"{choice_word(choice, known)}  ·  {kinds[choice[0]]}"
            if wanted in search_key(line):
                entries.append(Entry(choice, line, choice in self._filters.chosen))
        return sorted(entries, key=lambda entry: not entry.checked)
