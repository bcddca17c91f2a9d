"""Makes the view of charts for the page of reports, and saves what is on show as a picture or a file (D2)."""

import datetime as dt

from PySide6.QtWidgets import QWidget

from trainer_desk.services.rows.reports import Report
from trainer_desk.services.rules.times import local
from trainer_desk.texts.reports import counts_of, days_text, split_text, title_of
from trainer_desk.views.charts.figure import figure_of
from trainer_desk.views.charts.painting import picture_of
from trainer_desk.views.charts.saving import NumbersSheet, picture_sheet
from trainer_desk.views.charts.view import ChartsView
from trainer_desk.views.export.file_sheet import FileSheet
from trainer_desk.views.room import Room


class ChartsRoom(Room):
    """The view is made when it is first wanted."""

    view: ChartsView | None = None
    sheet: FileSheet | None = None

    def make(self) -> tuple[QWidget, QWidget]:
        """Return the view, and the tools that stand in the bar over it."""
        view = self.view = ChartsView(self._desk, self._clock.now, self._today, self._directory, self._window.memory)
        view.saving_wanted.connect(self.save)
        return view, view.tools

    def save(self, what: str) -> None:
        """Open the sheet that saves the `picture` or the `numbers` of the report on show."""
        view, window = self.view, self._window
        if view is None or view.report is None:
            return
        report, words = view.report, self._words(view.report)
        subtitle = " · ".join(words)
        over = (window, self._desk, window.memory, window.toasts)
        if what == "numbers":
            self.sheet = NumbersSheet(*over, report, subtitle)
        else:
            image = picture_of(figure_of(report), title_of(report.name), (counts_of(report.name), subtitle))
            self.sheet = picture_sheet(*over, report.name, image, subtitle)
        self.sheet.open()

    def _words(self, report: Report) -> tuple[str, ...]:
        """Return what was asked for: days, what stands apart, and what narrows it."""
        wish, directory = report.wish, self._directory()
        course = directory.courses.get(wish.course_id or 0) if directory is not None else None
        narrowed = (wish.site, wish.department, course and course.title)
        return (days_text(report), split_text(wish.split), *(text for text in narrowed if text))

    def _today(self) -> dt.date:
        directory, now = self._directory(), self._clock.now()
        return now.date() if directory is None else local(now, directory.settings.zone).date()
