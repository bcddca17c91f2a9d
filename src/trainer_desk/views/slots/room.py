"""Opens free times and substitutes from wherever they are asked for, and tells what became of them (C7, C8)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from trainer_desk.services.clock import Clock
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.orchestration.substituting import substitute
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.catalogue.room import CatalogueRoom
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.schedule.page import SchedulePage
from trainer_desk.views.session.panel import SessionPanel
from trainer_desk.views.sessions.page import SessionsPage
from trainer_desk.views.slots.calendar import FreeTimesOnCalendar
from trainer_desk.views.slots.sheet import SlotsSheet
from trainer_desk.views.slots.substitute_sheet import Leaving, SubstituteSheet


class SlotsRoom(QObject):
    """Everything writes through the desk; toasts with Undo are those of the schedule page."""

    def __init__(self, window: MainWindow, desk: Desk, clock: Clock, page: SchedulePage) -> None:
        super().__init__(window)
        self._window, self._desk, self._clock, self._page = window, desk, clock, page
        self.calendar = FreeTimesOnCalendar(page, desk, clock, lambda: window.go_to_page("schedule"))
        page.tray.proposal_wanted.connect(self.show_times)

    def join(self, pages: tuple[SchedulePage | SessionsPage, ...], catalogue: CatalogueRoom) -> None:
        """Answer the pages with sessions, and the panels of trainers."""
        for page in pages:
            page.actions_of.free_times_wanted.connect(self.show_times)
            page.actions_of.substitute_wanted.connect(self.substitute_in)
        catalogue.substitute_wanted.connect(self.substitute_for)

    def join_panel(self, panel: SessionPanel) -> None:
        """Answer the panel of a session."""
        panel.free_times_wanted.connect(self.list_times)
        panel.substitute_wanted.connect(self.substitute_in)

    def show_times(self, session_id: int, near: datetime | None = None) -> None:
        """Outline the free times of a session on the calendar."""
        if self._desk.may(edit_session):
            self.calendar.show_times(session_id, near)

    def list_times(self, session_id: int) -> None:
        """List the next free times of a session with their reasons."""
        self._with_card(session_id, self._open_list)

    def substitute_in(self, session_id: int) -> None:
        """Ask who leads a session instead of its trainer."""
        self._with_card(session_id, self._open_substitutes)

    def substitute_for(self, trainer_id: int) -> None:
        """Ask who leads the sessions of a trainer in some days."""
        directory = self._page.source.directory
        if directory is not None and trainer_id in directory.trainers and self._desk.may(substitute):
            self._open(Leaving(trainer_id, directory.trainers[trainer_id].name))

    def _with_card(self, session_id: int, do: Callable[[SessionCard], object]) -> None:
        if self._desk.may(edit_session):
            self._desk.read(self, load_card, session_id, then=do, lane="stepping in")

    def _open_list(self, card: SessionCard) -> None:
        directory = self._page.source.directory
        if directory is None:
            return
        sheet = SlotsSheet(self._window, self._desk, card, directory, self._clock)
        sheet.taken.connect(self._page.actions_of.tell_done)
        sheet.calendar_wanted.connect(lambda: self.show_times(card.id))
        sheet.open()

    def _open_substitutes(self, card: SessionCard) -> None:
        directory = self._page.source.directory
        trainer = directory.trainers.get(card.trainer_id or 0) if directory is not None else None
        if trainer is not None:
            self._open(Leaving(trainer.id, trainer.name, card.id))

    def _open(self, leaving: Leaving) -> None:
        directory = self._page.source.directory
        if directory is None:
            return
        sheet = SubstituteSheet(self._window, self._desk, leaving, directory, self._clock, self._page.today)
        sheet.substituted.connect(self._page.actions_of.tell_done)
        sheet.open()
