"""Opens the sheets that save calendars, and keeps the folder of all trainers (X3)."""

from collections.abc import Sequence

from trainer_desk.services.exchange.calendar_saving import OWN_PLACES, OWN_SESSIONS
from trainer_desk.views.calendars.folder_sheet import FolderSheet
from trainer_desk.views.calendars.keeper import Keeper
from trainer_desk.views.calendars.sheet import CalendarSheet
from trainer_desk.views.catalogue.room import CatalogueRoom
from trainer_desk.views.pages.room import PagesRoom
from trainer_desk.views.room import Room
from trainer_desk.views.signup.room import SignUpRoom


class CalendarsRoom(Room):
    """`sheet` and `folder_sheet` are the last that were opened; `keeper` keeps the folder once it knows of what."""

    sheet: CalendarSheet | None = None
    folder_sheet: FolderSheet | None = None

    def _furnish(self) -> None:
        self.keeper = Keeper(self._desk, self._window.memory, self._clock, self)
        self.keeper.failed.connect(lambda said: self._window.toasts.show(said, "warn"))

    def join(self, pages: PagesRoom, signup: SignUpRoom, catalogue: CatalogueRoom) -> None:
        """Save calendars from where one looks at a thing, and at one's own places."""
        pages.page.calendar_wanted.connect(lambda kind, key: self.save(kind, [key]))
        signup.own_page.calendar_wanted.connect(lambda: self.save(OWN_PLACES, []))
        catalogue.calendar_wanted.connect(lambda kind, key: self.save(kind, [key]))

    def save(self, kind: str, ids: Sequence[int]) -> None:
        """Open the sheet for sessions by their ids, for one thing of a kind, or for one's own."""
        now, has_folder = self._clock.now(), bool(self.keeper.address)
        sheet = self.sheet = CalendarSheet(self._window, self._desk, kind, ids, now, has_folder=has_folder)
        sheet.folder_wanted.connect(self.choose_folder)
        sheet.open()

    def save_own(self) -> None:
        """Open the sheet for what the login teaches."""
        self.save(OWN_SESSIONS, [])

    def choose_folder(self) -> None:
        """Open the sheet that chooses the folder for all trainers."""
        self.folder_sheet = FolderSheet(self._window, self._desk, self.keeper, self._clock.now())
        self.folder_sheet.open()
