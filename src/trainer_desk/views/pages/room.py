"""Puts the page of people, trainers and courses into the window, and finds the way back from it."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from trainer_desk.services.clock import Clock
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.pages.content import ABSENCES, CERTIFICATES, INTAKES, RECORDS, SESSIONS, Content, Link
from trainer_desk.views.pages.kinds import KINDS
from trainer_desk.views.pages.page import DossierPage
from trainer_desk.views.pages.paper import Paper

PAGE = "dossier"


class PagesRoom(QObject):
    """One page shows one thing after the other; what was shown before is a trail that Back walks."""

    session_wanted = Signal(int)
    """A session is to be opened in its panel."""
    record_wanted = Signal(int)
    """A training record is to be opened in its sheet."""
    intake_wanted = Signal(int)
    """An intake on file is to be opened in its sheet."""
    certificate_wanted = Signal(int)
    """A certificate is to be looked at."""
    training_wanted = Signal(object)
    """A training of these people is to be recorded."""
    new_intake_wanted = Signal(int, str)
    """An intake of a person, by id and name, is to be recorded."""
    leave_wanted = Signal(int)
    """Leave of a trainer is to be entered."""
    absence_wanted = Signal(int)
    """Leave, by its id, is to be changed."""

    pack_wanted = Signal(str, int)
    """An inspector pack of a person or course, by kind and id, is to be made."""

    def __init__(self, window: MainWindow, desk: Desk, clock: Clock) -> None:
        super().__init__(window)
        self._window = window
        self._trail: list[tuple[str, int, date | None]] = []
        self._from = ""
        self.paper = Paper(window, desk, clock.now)
        self.page = DossierPage(desk, clock.now)
        window.add_page(PAGE, "", "", self.page, self.page.bar)
        self.page.link_wanted.connect(self._follow)
        self.page.action_wanted.connect(self._act)
        self.page.back_wanted.connect(self.back)
        self.page.pack_wanted.connect(self.pack_wanted)
        self.page.shown.connect(self._take_focus)
        self.page.print_wanted.connect(lambda: self._put_on_paper(self.paper.print))
        self.page.save_wanted.connect(lambda: self._put_on_paper(self.paper.save))

    @staticmethod
    def has(kind: str) -> bool:
        """Whether things of a kind have a page."""
        return kind in KINDS

    def open(self, kind: str, thing_id: int, day: date | None = None) -> None:
        """Show the page of a thing as of a day, None: today. Back leads to where one is now."""
        if self._window.page != PAGE:
            self._from, self._trail = self._window.page, []
        elif self.page.thing is not None and self.page.thing != (kind, thing_id):
            self._trail.append((*self.page.thing, self.page.day))
        self._show(kind, thing_id, day)

    def back(self) -> None:
        """Go back to the page before, or to the list or calendar that one came from."""
        if self._trail:
            self._show(*self._trail.pop())
        else:
            self._window.go_to_page(self._from)

    def _show(self, kind: str, thing_id: int, day: date | None) -> None:
        self.page.show_thing(kind, thing_id, day)
        self._window.go_to_page(PAGE)

    def _put_on_paper(self, work: Callable[[Content, date, ZoneInfo], object]) -> None:
        page = self.page
        if page.content is not None and page.zone is not None and page.judged_on is not None:
            work(page.content, page.judged_on, page.zone)

    def _take_focus(self) -> None:
        """Begin in the page, whose first parts were not there yet when it was opened."""
        if self._window.page == PAGE:
            self._window.focus_page()

    def _act(self, section: str) -> None:
        content = self.page.content
        if content is not None and section == RECORDS:
            self.training_wanted.emit((content.id,))
        elif content is not None and section == INTAKES:
            self.new_intake_wanted.emit(content.id, content.title)
        elif content is not None and section == ABSENCES:
            self.leave_wanted.emit(content.id)

    def _follow(self, link: Link) -> None:
        if link.kind == SESSIONS:
            self.session_wanted.emit(link.id)
        elif link.kind == RECORDS:
            self.record_wanted.emit(link.id)
        elif link.kind == INTAKES:
            self.intake_wanted.emit(link.id)
        elif link.kind == CERTIFICATES:
            self.certificate_wanted.emit(link.id)
        elif link.kind == ABSENCES:
            self.absence_wanted.emit(link.id)
        else:
            self.open(link.kind, link.id, self.page.day)
