"""Puts Open sessions and My schedule into the window, and joins their buttons with what they do (K13)."""

from PySide6.QtCore import QObject, Signal

from trainer_desk.models.enums import Role
from trainer_desk.services.clock import Clock
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.roles import has_page
from trainer_desk.views.signup.details import DetailsSheet
from trainer_desk.views.signup.doing import OwnDeeds, Tell
from trainer_desk.views.signup.frame import SessionFrame
from trainer_desk.views.signup.open_page import OpenSessionsPage
from trainer_desk.views.signup.schedule_page import MySchedulePage

OPEN, OWN = "open_sessions", "my_schedule"
"""The ids of the pages."""


class SignUpRoom(QObject):
    """`open_page` and `own_page` follow the database by themselves."""

    request_wanted = Signal(object)
    """A course, by its id, is to be asked for."""

    def __init__(self, window: MainWindow, desk: Desk, clock: Clock, tell: Tell) -> None:
        super().__init__(window)
        self._window = window
        self.open_page, self.own_page = OpenSessionsPage(desk, clock.now), MySchedulePage(desk, clock.now)
        self.deeds = OwnDeeds(desk, window.toasts, tell, self)
        window.add_page(OPEN, _("Open sessions"), "calendar-check", self.open_page, self.open_page.bar)
        window.add_page(OWN, _("My schedule"), "calendar-check-2", self.own_page, self.own_page.bar)
        for page in (self.open_page, self.own_page):
            page.deed_wanted.connect(self.deeds.do)
            page.details_wanted.connect(self._show_details)
            self.deeds.ended.connect(page.reload)
        self.open_page.request_wanted.connect(self.request_wanted)
        self.deeds.request_wanted.connect(self.request_wanted)
        self.own_page.open_sessions_wanted.connect(lambda: window.go_to_page(OPEN))

    def follow_role(self, role: Role | None) -> None:
        """Offer the way to Open sessions where the role has that page, and look again as whom one works."""
        self.own_page.has_open_sessions = has_page(role, OPEN)
        self.open_page.reload()
        self.own_page.reload()

    def _show_details(self, frame: SessionFrame) -> None:
        sheet = DetailsSheet(self._window, frame)
        sheet.deed_wanted.connect(frame.deed_wanted)
        sheet.open()
