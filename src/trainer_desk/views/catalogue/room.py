"""Puts the pages of the catalogue and their panels into the window, and joins their signals."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

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
from trainer_desk.views.leaving_panel import leave_panel
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.parts.when_wanted import WhenWanted

CALENDARS = frozenset({"people", "trainers", "venues", "courses"})
"""Kinds that have sessions of their own."""


class CatalogueRoom(QObject):
    """The pages and panels by kind. `tell` shows a toast; its flag says whether there is something to undo."""

    page_wanted = Signal(str, int)
    """The page of a thing of a kind is to be opened; while nobody answers, its panel opens instead."""
    retire_wanted = Signal(str, int)
    """A thing of a kind is to be taken out of use."""
    deed_wanted = Signal(str, object)
    """Something is to be done with several things at once, by their ids."""
    leave_wanted = Signal(int)
    """Leave or a closure of a trainer, venue or piece of equipment is to be entered."""
    absence_wanted = Signal(object)
    """An Absence is to be changed."""
    lift_wanted = Signal(object)
    """An Absence is to be taken away."""
    history_wanted = Signal(str, int, str)
    """The history of a thing, by kind, id and name, is to be shown."""
    substitute_wanted = Signal(int)
    """Others are to step in for a trainer."""
    calendar_wanted = Signal(str, int)
    """The calendar of a thing, by kind and id, is to be saved."""

    def __init__(self, window: MainWindow, desk: Desk, clock: Clock, tell: Callable[[str, bool], object]) -> None:
        super().__init__(window)
        self._window, self._desk, self._clock, self._tell = window, desk, clock, tell
        self.has_pages: Callable[[str], bool] = lambda _kind: False
        """Whether things of a kind have a page that opens; else the panel takes its place."""
        self.designs: dict[str, Design] = {}
        self.pages, self.panels = WhenWanted(self._make_page), WhenWanted(self._make_panel)
        """Those that were made: most kinds are not looked at in a sitting."""
        self._role: Role | None = None
        window.page_changed.connect(self._fit_panel)

    def add(self, designs: Sequence[Design]) -> None:
        """Add an item in the sidebar for each of these; its page and its panel are made when they are wanted."""
        for design in designs:
            kind = self.designs.setdefault(design.kind, design).kind
            self._window.promise_page(kind, design.words.title, design.icon, partial(self._page_and_bar, kind))

    def open(self, kind: str, thing_id: int, field: str | None = None) -> None:
        """Show a thing in its panel; with `field` the focus goes there, or to the first one if it is empty."""
        self.panels[kind].header.offer_page(self.has_pages(kind))
        if self.panels[kind].show_thing(thing_id, focus=field):
            self._window.panel.open(kind)

    def begin_new(self, kind: str) -> None:
        """Ask in the panel for what a new thing needs."""
        panel = self.panels[kind]
        self._window.panel.open(kind)
        panel.begin_new()

    def import_file(self, kind: str) -> None:
        """Open the sheet that brings a file of a kind in."""
        title = self.designs[kind].words.title
        sheet = ImportSheet(self._window, self._desk, self._window.memory, kind, title)
        sheet.imported.connect(lambda said: self._tell(said, True))
        sheet.open()

    def qualify(self, trainer_id: int, course: str) -> None:
        """Ask on the page Trainers for the days on which a trainer may teach a course (its code)."""
        more = self.panels["trainers"].more
        section = more.part(QualificationsSection) if more is not None else None
        if section is not None:
            self._window.show_page("trainers")
            section.want(trainer_id, course)
            self.open("trainers", trainer_id)

    def may_close(self) -> bool:
        """Whether every panel may go with what is pending in it."""
        return all(panel.may_close() for panel in self.panels.values())

    def allow(self, role: Role | None) -> None:
        """Show only what the role may do, by the table that the store asks as well."""
        self._role = role
        for page in self.pages.values():
            self._allow_page(page)
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
        drop, words = self.designs[kind].drop, self.designs[kind].words
        if drop is None:
            self.retire_wanted.emit(kind, thing_id)
            return
        thing = self.pages[kind].things.get(thing_id)
        name = thing.name if thing else words.one
        told = _("Deleted the {one} for {name}.").format(one=words.one, name=name)
        self._desk.write(self, words.retire, drop, thing_id, then=lambda _done: self._tell(told, True))

    def _fit_panel(self, page: str) -> None:
        """Put a panel away on every page but its own, and bring it back there with what it showed."""
        panel = self._window.panel
        if panel.current in self.panels and panel.current != page:
            panel.close_panel()
        if page in self.panels and not self._window.narrow:
            own = self.panels[page]
            if own.thing_id is not None or own.is_new:
                panel.open(page)

    def _page_and_bar(self, kind: str) -> tuple[CataloguePage, QWidget]:
        return self.pages[kind], self.pages[kind].bar

    def _make_page(self, kind: str) -> CataloguePage:
        page = CataloguePage(self._desk, self.designs[kind], self._window.memory, self._window.toasts, self._today)
        page.now = self._clock.now
        self._allow_page(page)
        page.thing_chosen.connect(lambda key: self.open(kind, key))
        page.panel_wanted.connect(lambda key: self.open(kind, key, ""))
        page.page_wanted.connect(self._open_page)
        page.new_wanted.connect(lambda: self.begin_new(kind))
        page.import_wanted.connect(self.import_file)
        page.retire_wanted.connect(self._retire)
        page.deed_wanted.connect(self.deed_wanted)
        return page

    def _make_panel(self, kind: str) -> CataloguePanel:
        panel = CataloguePanel(self._desk, self.designs[kind], self._clock)
        panel.set_editable(may(self._role, change))
        panel.retire_wanted.connect(self._retire)
        panel.page_wanted.connect(self._open_page)
        panel.history_wanted.connect(self.history_wanted)
        panel.closed.connect(lambda: leave_panel(self._window, kind))
        panel.toast_requested.connect(self._tell)
        panel.header.offer_calendar(kind in CALENDARS)
        panel.header.calendar_wanted.connect(lambda: self.calendar_wanted.emit(kind, panel.thing_id or 0))
        if panel.more is not None:
            panel.more.leave_wanted.connect(self.leave_wanted)
            panel.more.absence_wanted.connect(self.absence_wanted)
            panel.more.lift_wanted.connect(self.lift_wanted)
            panel.more.history_wanted.connect(self.history_wanted)
            panel.more.substitute_wanted.connect(self.substitute_wanted)
        self._window.add_panel(kind, panel)
        return panel

    def _allow_page(self, page: CataloguePage) -> None:
        role = self._role
        deeds = [deed for deed, _words, verb in page.design.deeds if may(role, verb)]
        page.allow(make=may(role, create), bring=may(role, run_import), retire=may(role, retire), deeds=deeds)
