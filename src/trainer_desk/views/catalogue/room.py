"""Puts the pages of the catalogue and their panels into the window, and joins their signals."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from trainer_desk.models.enums import Role
from trainer_desk.services.clock import Clock
from trainer_desk.services.exchange.importing.run import run_import
from trainer_desk.services.orchestration.catalogue import change, create
from trainer_desk.services.orchestration.retiring import retire
from trainer_desk.services.rights import may
from trainer_desk.texts.translate import _
from trainer_desk.views.catalogue.design import Design
from trainer_desk.views.catalogue.page import CataloguePage
from trainer_desk.views.catalogue.panel import CataloguePanel
from trainer_desk.views.catalogue.qualifications import QualificationsSection
from trainer_desk.views.desk import Desk
from trainer_desk.views.importing.sheet import ImportSheet
from trainer_desk.views.main_window import MainWindow


class CatalogueRoom(QObject):
    """The pages and panels by kind. `tell` shows a toast; its flag says whether there is something to undo."""

    page_wanted = Signal(str, int)
    """The page of a thing of a kind is to be opened; while nobody answers, its panel opens instead."""
    retire_wanted = Signal(str, int)
    """A thing of a kind is to be taken out of use."""
    deed_wanted = Signal(str, object)
    """Something is to be done with several things at once, by their ids."""

    def __init__(self, window: MainWindow, desk: Desk, clock: Clock, tell: Callable[[str, bool], object]) -> None:
        super().__init__(window)
        self._window, self._desk, self._clock, self._tell = window, desk, clock, tell
        self.has_pages: Callable[[str], bool] = lambda _kind: False
        """Whether things of a kind have a page that opens; else the panel takes its place."""
        self.pages: dict[str, CataloguePage] = {}
        self.panels: dict[str, CataloguePanel] = {}
        window.page_changed.connect(self._fit_panel)

    def add(self, designs: Sequence[Design]) -> None:
        """Add a page, its item in the sidebar and its panel for each of these."""
        for design in designs:
            page = CataloguePage(self._desk, design, self._window.memory, self._window.toasts, self._today)
            panel = CataloguePanel(self._desk, design, self._clock)
            self.pages[design.kind], self.panels[design.kind] = page, panel
            self._join(page, panel)
            self._window.add_panel(design.kind, panel)
            self._window.add_page(design.kind, design.words.title, design.icon, page, page.bar)

    def open(self, kind: str, thing_id: int, field: str | None = None) -> None:
        """Show a thing in its panel; with `field` the focus goes there, or to the first one if it is empty."""
        self.panels[kind].header.offer_page(self.has_pages(kind))
        if self.panels[kind].show_thing(thing_id, focus=field):
            self._window.panel.open(kind)

    def begin_new(self, kind: str) -> None:
        """Ask in the panel for what a new thing needs."""
        self._window.panel.open(kind)
        self.panels[kind].begin_new()

    def import_file(self, kind: str) -> None:
        """Open the sheet that brings a file of a kind in."""
        title = self.pages[kind].design.words.title
        sheet = ImportSheet(self._window, self._desk, self._window.memory, kind, title)
        sheet.imported.connect(lambda said: self._tell(said, True))
        sheet.open()

    def qualify(self, trainer_id: int, course: str) -> None:
        """Ask on the page Trainers for the days on which a trainer may teach a course (its code)."""
        section = self.panels["trainers"].more
        if isinstance(section, QualificationsSection):
            self._window.show_page("trainers")
            section.want(trainer_id, course)
            self.open("trainers", trainer_id)

    def may_close(self) -> bool:
        """Whether every panel may go with what is pending in it."""
        return all(panel.may_close() for panel in self.panels.values())

    def allow(self, role: Role | None) -> None:
        """Show only what the role may do, by the table that the store asks as well."""
        for page in self.pages.values():
            deeds = [deed for deed, _words, verb in page.design.deeds if may(role, verb)]
            page.allow(make=may(role, create), bring=may(role, run_import), retire=may(role, retire), deeds=deeds)
        for panel in self.panels.values():
            panel.set_editable(may(role, change))

    def _today(self) -> date:
        return self._clock.now().date()

    def _open_page(self, kind: str, thing_id: int) -> None:
        if self.has_pages(kind):
            self.page_wanted.emit(kind, thing_id)
        else:
            self.open(kind, thing_id, "")

    def _retire(self, kind: str, thing_id: int) -> None:
        """Delete what nothing hangs on at once; of everything else the coming sessions are settled first."""
        drop, words = self.pages[kind].design.drop, self.pages[kind].design.words
        if drop is None:
            self.retire_wanted.emit(kind, thing_id)
            return
        thing = self.pages[kind].things.get(thing_id)
        name = thing.name if thing else words.one
        told = _("Deleted the {one} for {name}.").format(one=words.one, name=name)
        self._desk.write(self, words.retire, drop, thing_id, then=lambda _done: self._tell(told, True))

    def _close(self, kind: str) -> None:
        panel = self._window.panel
        if panel.current != kind:
            return
        focus = QApplication.focusWidget()
        had_focus = focus is not None and panel.isAncestorOf(focus)
        panel.close_panel()
        if had_focus:
            self._window.focus_page()

    def _fit_panel(self, page: str) -> None:
        """Put a panel away on every page but its own, and bring it back there with what it showed."""
        panel = self._window.panel
        if panel.current in self.panels and panel.current != page:
            panel.close_panel()
        if page in self.panels and not self._window.narrow:
            own = self.panels[page]
            if own.thing_id is not None or own.is_new:
                panel.open(page)

    def _join(self, page: CataloguePage, panel: CataloguePanel) -> None:
        kind = page.design.kind
        page.thing_chosen.connect(lambda key: self.open(kind, key))
        page.panel_wanted.connect(lambda key: self.open(kind, key, ""))
        page.page_wanted.connect(self._open_page)
        page.new_wanted.connect(lambda: self.begin_new(kind))
        page.import_wanted.connect(self.import_file)
        page.retire_wanted.connect(self._retire)
        panel.retire_wanted.connect(self._retire)
        page.deed_wanted.connect(self.deed_wanted)
        panel.page_wanted.connect(self._open_page)
        panel.closed.connect(lambda: self._close(kind))
        panel.toast_requested.connect(self._tell)
