"""Opens the history of whatever is on show, and the page of all changes; tells what was taken back (U4)."""

from functools import cached_property
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from trainer_desk.services.dossiers.history import load_change, load_history
from trainer_desk.texts.translate import _
from trainer_desk.views.audit.page import AuditPageView
from trainer_desk.views.audit.saving import changes_listing
from trainer_desk.views.catalogue.room import CatalogueRoom
from trainer_desk.views.certificates.room import CertificatesRoom
from trainer_desk.views.export.list_sheet import ListSheet
from trainer_desk.views.history.sheet import HistorySheet, Load
from trainer_desk.views.requests.room import RequestsRoom
from trainer_desk.views.room import Room
from trainer_desk.views.runs.room import RunsRoom
from trainer_desk.views.session.panel import SessionPanel
from trainer_desk.views.settings.page import SettingsPage

PAGE = "audit"
KINDS = {
    "people": "person",
    "courses": "course",
    "trainers": "trainer",
    "venues": "venue",
    "equipment": "equipment",
    "requirements": "requirement",
    "absence": "absence",
}
"""What the pages of the catalogue call their things, and their kind in the journal."""


class HistoryRoom(Room):
    """`tell` shows a toast; `directory` knows the zone."""

    sheet: HistorySheet | None = None
    saving: ListSheet | None = None

    def _furnish(self) -> None:
        self._window.promise_page(PAGE, _("Changes"), "history", self._page_and_bar)

    @cached_property
    def page(self) -> AuditPageView:
        """The list of all changes, made when it is first wanted."""
        page = AuditPageView(self._desk, self._clock.now, self._zone)
        page.chosen.connect(self.open_change)
        page.export_wanted.connect(self._save_list)
        return page

    def join(
        self, catalogue: CatalogueRoom, runs: RunsRoom, requests: RequestsRoom, certificates: CertificatesRoom
    ) -> None:
        """Answer the panels of the catalogue, of runs and of booking requests, and the sheet of a certificate."""
        certificates.history_wanted.connect(lambda key, name: self.open("certificate", key, name))
        catalogue.history_wanted.connect(lambda kind, key, name: self.open(KINDS[kind], key, name))
        runs.history_wanted.connect(lambda key, name: self.open("run", key, name))
        requests.panel.history_wanted.connect(lambda key, name: self.open("request", key, name))

    def join_settings(self, page: SettingsPage) -> None:
        """Answer the page Settings: its values, its holidays and its accounts."""
        page.history_wanted.connect(self.open)

    def join_panel(self, panel: SessionPanel) -> None:
        """Answer the panel of a session."""

        def show() -> None:
            if panel.facts is not None:
                self.open("session", panel.facts.card.id, panel.facts.card.ref)

        panel.form.history.details_wanted.connect(show)

    def open(self, kind: str, key: int | str, name: str) -> None:
        """Show the history of a thing."""
        self._open(_("History of {name}").format(name=name), load_history, kind, key)

    def open_change(self, change_id: int) -> None:
        """Show one change with everything that it touched."""
        self._open(_("One change"), load_change, change_id)

    def _open(self, title: str, load: Load, *of: object) -> None:
        if self.sheet is not None:
            self.sheet.finish()
        sheet = self.sheet = HistorySheet(self._window, self._desk, title, load, *of)
        sheet.reverted.connect(lambda label: self._tell(_("Taken back: {label}.").format(label=label), False))
        sheet.closed.connect(self._forget)
        sheet.ask()

    def _save_list(self) -> None:
        window, page = self._window, self.page
        listing = changes_listing(page.wanted(), self._zone(), page.table.shown_columns())
        self.saving = ListSheet(window, self._desk, window.memory, window.toasts, listing)
        self.saving.open()

    def _forget(self) -> None:
        self.sheet = None

    def _page_and_bar(self) -> tuple[AuditPageView, QWidget]:
        return self.page, self.page.bar

    def _zone(self) -> ZoneInfo:
        directory = self._directory()
        return ZoneInfo("UTC") if directory is None else directory.settings.zone
