"""Opens the sheet of leave, closures and holidays, takes one away, and tells what became of it."""

from datetime import date

from PySide6.QtCore import QPoint

from trainer_desk.services.orchestration.absences import enter_absence, enter_holiday, lift_absence
from trainer_desk.services.planning.absences import load_absence
from trainer_desk.services.rows.absences import ORGANISATION, Absence, Wanted
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rules.times import local
from trainer_desk.texts.translate import _
from trainer_desk.views.absences import words
from trainer_desk.views.absences.lane_menu import add_standing, lane_menu, standing_on
from trainer_desk.views.absences.sheet import AbsenceSheet, Away
from trainer_desk.views.catalogue.room import CatalogueRoom
from trainer_desk.views.importing.sheet import ImportSheet
from trainer_desk.views.pages.room import PagesRoom
from trainer_desk.views.room import Room
from trainer_desk.views.schedule.page import SchedulePage
from trainer_desk.views.settings.page import SettingsPage


class AbsencesRoom(Room):
    """`directory` gives the names, `tell` shows a toast; its flag says whether there is something to undo."""

    _schedule: SchedulePage | None = None
    """The calendar whose lanes it answers, once it is joined."""

    def join(self, catalogue: CatalogueRoom, schedule: SchedulePage, pages: PagesRoom) -> None:
        """Answer the panels of the catalogue, the lanes of the timelines, and the pages of trainers."""
        pages.leave_wanted.connect(self.enter)
        pages.absence_wanted.connect(self._change_by_id)
        self._schedule = schedule
        schedule.canvases.lane_menu = self.ask_menu
        catalogue.leave_wanted.connect(self.enter)
        catalogue.absence_wanted.connect(self.change)
        catalogue.lift_wanted.connect(self.lift)

    def join_settings(self, settings: SettingsPage) -> None:
        """Answer the holidays of the settings."""
        settings.holidays.settle_wanted.connect(self.close)
        settings.holidays.change_wanted.connect(self.change_holiday)
        settings.holidays.import_wanted.connect(self.import_file)

    @property
    def may_enter(self) -> bool:
        """Whether one may enter leave and closures."""
        return self._desk.may(enter_absence)

    def enter(self, resource_id: int, first: date | None = None, last: date | None = None, reason: str = "") -> None:
        """Ask when a trainer, venue or piece of equipment is away, from today if no day is given."""
        directory = self._directory()
        if directory is not None and self.may_enter:
            kind, name = who(resource_id, directory)
            self._open(Away(kind, resource_id, name, first, last, reason), directory)

    def change(self, absence: Absence) -> None:
        """Ask for other times of leave or a closure, and settle what stands there."""
        directory = self._directory()
        if directory is not None and self.may_enter:
            kind, name = who(absence.resource_id, directory)
            self._open(Away(kind, absence.resource_id, name, absence=absence), directory)

    def close(self, wanted: Wanted) -> None:
        """Ask what becomes of the sessions on a holiday that is to be entered."""
        self._open_holiday(wanted, None)

    def change_holiday(self, block_id: int) -> None:
        """Ask for other days of a holiday, and settle what stands there."""
        self._desk.read(self, load_absence, block_id, then=self._change_holiday)

    def _change_holiday(self, absence: Absence) -> None:
        self._open_holiday(Wanted(None, absence.starts_at, absence.ends_at, absence.reason), absence)

    def _open_holiday(self, wanted: Wanted, absence: Absence | None) -> None:
        directory = self._directory()
        if directory is None or not self._desk.may(enter_holiday):
            return
        zone = directory.settings.zone
        first, last = local(wanted.starts_at, zone).date(), words.last_day(wanted.ends_at, zone)
        self._open(Away(ORGANISATION, None, wanted.reason, first, last, wanted.reason, absence), directory)

    def import_file(self) -> None:
        """Open the sheet that brings leave, closures and holidays in."""
        sheet = ImportSheet(self._window, self._desk, self._window.memory, "closures", _("Leave and closures"))
        sheet.imported.connect(lambda said: self._tell(said, True))
        sheet.open()

    def lift(self, absence: Absence) -> None:
        """Take leave or a closure away."""
        directory = self._directory()
        if directory is None:
            return
        kind, name = who(absence.resource_id, directory)
        told = {
            "trainer": _("Took back leave of {name}."),
            "venue": _("{name} is open again."),
            "equipment": _("{name} is there again."),
        }[kind].format(name=name)
        self._desk.write(
            self,
            words.lift_label(kind, name),
            lift_absence,
            absence.id,
            version=absence.version,
            then=lambda _done: self._tell(told, True),
        )

    def ask_menu(self, resource_id: int, day: date | None, at: QPoint) -> None:
        """Open the menu of a lane of the timeline, for whoever may enter leave."""
        directory, board = self._directory(), self._schedule.source.board if self._schedule else None
        if directory is None or board is None or not self.may_enter:
            return
        kind, name = who(resource_id, directory)
        today = local(self._clock.now(), directory.settings.zone).date()
        menu = lane_menu(
            self._window, kind, name, today, day, lambda first, last, why: self.enter(resource_id, first, last, why)
        )
        standing = standing_on(board.blocks, resource_id, day or today, directory)
        add_standing(menu, standing, directory.settings.zone, self._change_by_id, self._lift_by_id)
        menu.popup(at)

    def _change_by_id(self, block_id: int) -> None:
        self._desk.read(self, load_absence, block_id, then=self.change)

    def _lift_by_id(self, block_id: int) -> None:
        self._desk.read(self, load_absence, block_id, then=self.lift)

    def _open(self, away: Away, directory: Directory) -> None:
        sheet = AbsenceSheet(self._window, self._desk, away, directory, self._clock)
        sheet.entered.connect(lambda said: self._tell(said, True))
        sheet.ask()


def who(resource_id: int | None, directory: Directory) -> tuple[str, str]:
    """Return the kind and the name of what is away."""
    if resource_id is None:
        return ORGANISATION, ""
    for kind, rows in (("trainer", directory.trainers), ("venue", directory.venues)):
        if resource_id in rows:
            return kind, rows[resource_id].name
    piece = directory.equipment.get(resource_id)
    return "equipment", piece.name if piece else f"#{resource_id}"
