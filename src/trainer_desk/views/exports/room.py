"""Puts the page Exports into the window: keeps exports, and runs them (X1, ux 3)."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.exchange.selection import Selection
from trainer_desk.services.exchange.session_list import SESSION_COLUMNS, session_table
from trainer_desk.services.rules.day_ranges import days_of
from trainer_desk.services.rules.times import day_bounds, local
from trainer_desk.texts import moment_text
from trainer_desk.texts.exports import filter_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.export.file_sheet import FileSheet
from trainer_desk.views.export.list_sheet import Listing, ListSheet
from trainer_desk.views.export.roster_sheet import RosterSheet
from trainer_desk.views.exports.page import ExportsPage
from trainer_desk.views.exports.saved import SavedExport, keep_saved, load_saved
from trainer_desk.views.exports.sheet import ExportSheet
from trainer_desk.views.room import Room

PAGE = "exports"


class ExportsRoom(Room):
    """`sheet` is the last that was opened to save a file, `asking` the last that asked what to keep."""

    thing_wanted = Signal(str, int)
    """The page of a thing of a kind is to be opened."""

    _page: ExportsPage | None = None
    sheet: FileSheet | None = None
    asking: ExportSheet | None = None

    def _furnish(self) -> None:
        self.saved = load_saved(self._window.memory)
        self._window.promise_page(PAGE, _("Exports"), "file-down", self._page_and_bar)

    @property
    def page(self) -> ExportsPage:
        """The page, made when it is first wanted."""
        if self._page is None:
            page = self._page = ExportsPage(self._desk, self._words)
            page.new_wanted.connect(lambda: self.ask(None))
            page.edit_wanted.connect(self.ask)
            page.delete_wanted.connect(self.delete)
            page.run_wanted.connect(self.run)
            page.thing_wanted.connect(self.thing_wanted)
            page.show_saved(self.saved)
        return self._page

    def ask(self, place: int | None) -> None:
        """Ask what is to be kept, anew or instead of the one at a place."""
        directory = self._directory()
        if directory is None:
            return
        saved = SavedExport("") if place is None else self.saved[place]
        self.asking = ExportSheet(self._window, directory, saved, is_new=place is None)
        self.asking.confirmed.connect(partial(self._keep, place))
        self.asking.ask()

    def delete(self, place: int) -> None:
        """Keep an export no longer; it can be taken back from the toast."""
        before = list(self.saved)
        gone = self.saved.pop(place)
        self._changed()
        told = _("Deleted the export “{name}”.").format(name=gone.name)
        self._window.toasts.show(told, "ok", _("Undo"), lambda: self._put_back(before))

    def run(self, place: int) -> None:
        """Open the sheet that saves what an export holds on this day."""
        directory = self._directory()
        if directory is None:
            return
        saved, zone = self.saved[place], directory.settings.zone
        first, last = days_of(saved.days, local(self._clock.now(), zone).date())
        selection = Selection(
            starts_at=day_bounds(first, zone)[0],
            ends_at=day_bounds(last, zone)[1],
            course=saved.course or None,
            trainer=saved.trainer or None,
            venue=saved.venue or None,
        )
        name, over = f"{first.isoformat()} {saved.name}", (self._window, self._desk)
        kept = (self._window.memory, self._window.toasts)
        if saved.what == "roster":
            self.sheet = RosterSheet(*over, *kept, selection=selection, name=name)
        else:
            columns = {column: column for column in SESSION_COLUMNS}
            listing = Listing(
                "sessions",
                _("Sessions"),
                columns,
                SESSION_COLUMNS,
                lambda db: iter(session_table(db, selection).rows),
                zone,
                has_dates=True,
            )
            self.sheet = ListSheet(*over, *kept, listing, name=name)
        sheet = self.sheet
        sheet.saved.connect(lambda _path: self._ran(saved, sheet.rows))
        sheet.open()

    def _keep(self, place: int | None, saved: SavedExport) -> None:
        if place is None:
            self.saved.append(saved)
        else:
            self.saved[place] = saved
        self._changed()

    def _ran(self, saved: SavedExport, rows: int) -> None:
        ran = replace(saved, ran_at=self._clock.now().isoformat(), rows=rows)
        self.saved = [ran if one == saved else one for one in self.saved]
        self._changed()

    def _put_back(self, before: list[SavedExport]) -> None:
        self.saved = before
        self._changed()

    def _changed(self) -> None:
        keep_saved(self._window.memory, self.saved)
        self.page.show_saved(self.saved)

    def _words(self, saved: SavedExport) -> tuple[str, str]:
        """Return what an export holds in words, and when it ran last."""
        directory = self._directory()
        names: list[str] = []
        if directory is not None:
            names += [one.title for one in directory.courses.values() if one.code == saved.course]
            names += [one.name for one in directory.trainers.values() if one.code == saved.trainer]
            names += [one.name for one in directory.venues.values() if one.code == saved.venue]
        holds = filter_text(saved.what, saved.days, names)
        if not saved.ran_at or directory is None:
            return holds, _("Not run yet")
        moment = moment_text(datetime.fromisoformat(saved.ran_at), directory.settings.zone, year=True)
        rows = plural("{n} row", "{n} rows", saved.rows)
        return holds, _("Last run {moment} · {rows}").format(moment=moment, rows=rows)

    def _page_and_bar(self) -> tuple[QWidget, QWidget]:
        return self.page, self.page.bar
