"""Puts the page of runs into the window with its panel and sheets, and does what is pressed there (R1, R4, R6)."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QMetaMethod, QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.run_days import add_days, change_run, put_into_run
from trainer_desk.services.rules.times import local
from trainer_desk.services.seats.on_run import take_off_run
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.export.list_sheet import ListSheet
from trainer_desk.views.export.shown_rows import listing_of
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.parts.side_panel import SESSION
from trainer_desk.views.runs.days_sheet import RunDaysSheet
from trainer_desk.views.runs.facts import TABLES, OneRun, gather_one
from trainer_desk.views.runs.form_sheet import RunSheet
from trainer_desk.views.runs.page import RunsPage
from trainer_desk.views.runs.panel import RunPanel
from trainer_desk.views.runs.people_sheet import RunPeopleSheet

PAGE, PANEL = "runs", "run"


class RunsRoom(QObject):
    """Everything that is done here can be undone, and the toast about it offers that."""

    session_wanted = Signal(int)
    """A day of a run is to be opened in its panel."""
    out_wanted = Signal(str, list)
    """Sessions of a run are to leave as files or on paper, by the action of `views.schedule.out_menu`."""
    history_wanted = Signal(int, str)
    """The history of a run, by id and name, is to be shown."""
    repeat_wanted = Signal(str)
    """A run, by its code, is to be repeated; offered only where somebody answers."""

    def __init__(self, window: MainWindow, desk: Desk, clock: Clock, tell: Callable[[str, bool], object]) -> None:
        super().__init__(window)
        self._window, self._desk, self._clock, self._tell = window, desk, clock, tell
        self._shown: int | None = None
        self._opens = False
        self._made: tuple[RunsPage, RunPanel] | None = None
        window.promise_page(PAGE, _("Runs"), "columns-3", self._page_and_bar)
        window.page_changed.connect(self._leave)
        desk.changed.connect(lambda changes: self.refresh() if changes.touch(*TABLES) else None)

    @property
    def page(self) -> RunsPage:
        """The list, made when it is first wanted."""
        return self._parts()[0]

    @property
    def panel(self) -> RunPanel:
        """The panel beside it."""
        return self._parts()[1]

    def open(self, run_id: int) -> None:
        """Go to the page and show a run beside the list."""
        self._window.go_to_page(PAGE)
        self._show(run_id)

    def new(self) -> None:
        """Ask for a new run."""
        shelves = self.page.shelves
        if shelves is not None:
            sheet = RunSheet(self._window, self._desk, shelves.directory, self._today)
            sheet.saved.connect(self._saved)
            sheet.ask()

    def follow_role(self) -> None:
        """Show only what the role may do."""
        if self._made is not None:
            self.page.follow_role()

    def _parts(self) -> tuple[RunsPage, RunPanel]:
        if self._made is None:
            page, panel = RunsPage(self._desk, self._window.memory, self._clock.now), RunPanel(self._desk)
            self._made = page, panel
            self._window.add_panel(PANEL, panel, SESSION)
            page.chosen.connect(self._show)
            page.new_wanted.connect(self.new)
            page.export_wanted.connect(self._save_list)
            page.menu_wanted.connect(self._ask_menu)
            panel.closed.connect(self._close)
            panel.wanted.connect(self._do)
            panel.session_wanted.connect(self.session_wanted)
            panel.out_wanted.connect(self._take_days_out)
            panel.leaving_wanted.connect(self._take_off)
            panel.day_leaving_wanted.connect(self._take_out)
            page.follow_role()
        return self._made

    def _save_list(self) -> None:
        window = self._window
        self.saving = ListSheet(
            window, self._desk, window.memory, window.toasts, listing_of(self.page.table, PAGE, _("Runs"))
        )
        self.saving.open()

    def _page_and_bar(self) -> tuple[RunsPage, QWidget]:
        return self.page, self.page.bar

    def _show(self, run_id: int) -> None:
        self._shown, self._opens = run_id, True
        self.refresh()

    def refresh(self) -> None:
        """Read again what the panel shows."""
        if self._shown is not None:
            self._desk.read(
                self, gather_one, self._shown, now=self._clock.now(), then=self._take, failed=self._fail, lane="run"
            )

    def _take(self, one: OneRun) -> None:
        if one.run_id != self._shown:
            return
        self.panel.show_run(one, can_repeat=self._can_repeat)
        if self._opens:  # what changed meanwhile must not come before what one looks at by now
            self._opens = False
            self._window.panel.open(PANEL)

    def _fail(self, error: DeskError) -> None:
        if error.code == "not_found":  # its making was undone, here or elsewhere
            self._close()
            return
        if self._opens:  # there is nothing yet that could stay
            self._close()
        self._desk.failed.emit(error)

    def _close(self) -> None:
        self._shown = None
        if self._window.panel.current == PANEL:
            self._window.panel.close_panel()
        self.page.table.table.clearSelection()

    def _leave(self, page: str) -> None:
        if page != PAGE and self._window.panel.current == PANEL:
            self._close()

    def _do(self, deed: str) -> None:
        one = self.panel.one
        if one is None:
            return
        if deed == "people":
            people = RunPeopleSheet(self._window, self._desk, one)
            people.added.connect(self._say)
            people.ask()
        elif deed == "days":
            days = RunDaysSheet(self._window, self._desk, one, self._clock.now)
            days.added.connect(self._say)
            days.ask()
        elif deed == "edit":
            form = RunSheet(self._window, self._desk, one.directory, self._today, one.page.detail.summary.run)
            form.saved.connect(self._saved)
            form.ask()
        elif deed == "history":
            run = one.page.detail.summary.run
            self.history_wanted.emit(run.id, run.name)
        elif deed == "repeat":
            self.repeat_wanted.emit(one.page.detail.summary.run.code)

    @property
    def _can_repeat(self) -> bool:
        return self.isSignalConnected(QMetaMethod.fromSignal(self.repeat_wanted))

    def _take_off(self, person_id: int) -> None:
        one = self.panel.one
        person = next((each for each in one.page.people if each.person_id == person_id), None) if one else None
        if one is None or person is None:
            return
        names = {"name": person.name, "run": one.page.detail.summary.run.name}
        said, label = _("{name} is off {run}.").format(**names), _("Take {name} off {run}").format(**names)
        self._desk.write(self, label, take_off_run, one.run_id, [person_id], then=lambda _settled: self._say(said))

    def _take_days_out(self, what: str) -> None:
        one = self.panel.one
        if one is not None:
            self.out_wanted.emit(what, [detail.card.id for detail in one.page.detail.sessions])

    def _take_out(self, session_id: int) -> None:
        one = self.panel.one
        if one is None:
            return
        run = one.page.detail.summary.run.name
        said, label = _("{run} has one day less.").format(run=run), _("Take a day out of {run}").format(run=run)
        self._desk.write(self, label, put_into_run, [session_id], None, then=lambda _none: self._say(said))

    def _ask_menu(self, run_id: int, at: QPoint) -> None:
        self._show(run_id)
        menu = Menu(self.page, _("Run"))
        deeds = (
            ("people", _("Add people…"), change_run),
            ("days", _("Add days…"), add_days),
            ("edit", _("Edit…"), change_run),
            ("repeat", _("Repeat run…"), add_days),
        )
        for deed, words, verb in deeds:
            if self._desk.may(verb) and (deed != "repeat" or self._can_repeat):
                menu.addAction(words).triggered.connect(lambda _on=False, deed=deed: self._do(deed))
        if menu.isEmpty():
            menu.deleteLater()
            return
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _saved(self, run_id: int, said: str) -> None:
        self._say(said)
        if self._window.page == PAGE:
            self._show(run_id)

    def _say(self, said: str) -> None:
        if said:
            self._tell(said, True)

    def _today(self) -> date:
        shelves = self.page.shelves
        now = self._clock.now()
        return now.date() if shelves is None else local(now, shelves.directory.settings.zone).date()
