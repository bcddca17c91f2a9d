"""Finds the way through the years: to any day, and from an empty range to the nearest that is not (ux 5)."""

from PySide6.QtCore import QObject

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import Board
from trainer_desk.views.actions import bind
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.day_chooser import DayChooser
from trainer_desk.views.schedule.empty_hint import EmptyHint
from trainer_desk.views.schedule.page import SchedulePage
from trainer_desk.views.schedule.ranges import View


class Wayfinding(QObject):
    """Belongs to one schedule page."""

    def __init__(self, page: SchedulePage, desk: Desk) -> None:
        super().__init__(page)
        self._page = page
        self.hint = EmptyHint(page.stack, desk, page.ways_to_begin, page.go_to)
        page.source.loaded.connect(self._look)
        page.source.failed.connect(self.hint.hide)
        page.bar.day_wanted.connect(self.choose_day)
        bind(page, {"go_to_day": self.choose_day})

    def choose_day(self) -> None:
        """Ask for a day to go to."""
        title = self._page.bar.title
        chooser = DayChooser(title, self._page.anchor, self._page.today)
        chooser.chosen.connect(self._page.go_to)
        chooser.open_under(title)

    def _look(self, board: Board, _directory: Directory) -> None:
        if board.sessions or self._page.view is View.LIST:
            self.hint.hide()
        else:
            self.hint.show_for(self._page.shown_range)
