"""Looks over the whole organisation, and takes things out of it: reports, files and paper, joined to the window."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal

from trainer_desk.services.rights import PLANNERS
from trainer_desk.services.rules.times import local
from trainer_desk.views.attendance.room import AttendanceRoom
from trainer_desk.views.calendars.room import CalendarsRoom
from trainer_desk.views.export.roster_sheet import RosterSheet
from trainer_desk.views.exports.room import ExportsRoom
from trainer_desk.views.inspector.sheet import PackSheet
from trainer_desk.views.paper.kinds import KINDS, SIGN_IN
from trainer_desk.views.paper.room import PaperRoom
from trainer_desk.views.plans.room import PlansRoom
from trainer_desk.views.reports.room import ReportsRoom
from trainer_desk.views.room import Room
from trainer_desk.views.runs.room import RunsRoom
from trainer_desk.views.session.panel import SessionPanel
from trainer_desk.views.today.room import MyDayRoom


class Overview(Room):
    """Tells by signals what other rooms do."""

    session_wanted = Signal(int)
    """A session is to be opened in its panel."""
    people_wanted = Signal(int)
    """People are to be put into a session."""
    thing_wanted = Signal(str, int)
    """The page of a thing of a kind is to be opened."""

    def _furnish(self) -> None:
        self.reports = ReportsRoom(*self._shared)
        self.reports.session_wanted.connect(self.session_wanted)
        self.reports.thing_wanted.connect(self.thing_wanted)
        self.exports = ExportsRoom(*self._shared)
        self.exports.thing_wanted.connect(self.thing_wanted)
        self.paper = PaperRoom(*self._shared)
        self.calendars = CalendarsRoom(*self._shared)
        self.plans = PlansRoom(*self._shared)
        self._out: Mapping[str, Callable[[list[int]], object]] = {
            "export_roster": self.export_roster,
            "save_calendar": partial(self.calendars.save, "sessions"),
            **{what: partial(self.paper.print, what) for what in KINDS},
        }

    def take_out(self, what: str, session_ids: list[int]) -> None:
        """Carry out an action of `views.schedule.out_menu` on these sessions; raises KeyError for another."""
        self._out[what](session_ids)

    def join(self, attendance: AttendanceRoom, my_day: MyDayRoom, runs: RunsRoom) -> None:
        """Print from where attendance is taken, from a trainer's day, and all days of a run."""
        runs.out_wanted.connect(self.take_out)
        attendance.print_wanted.connect(lambda key: self.paper.print(SIGN_IN, [key], attendance.views[key]))
        my_day.page.calendar_wanted.connect(self.calendars.save_own)
        my_day.page.print_wanted.connect(lambda key: self.paper.print(SIGN_IN, [key]))

    def join_panel(self, panel: SessionPanel) -> None:
        """Carry out what is chosen in the panel of a session."""
        panel.header.out_wanted.connect(lambda what: self.take_out(what, [panel.session_id or 0]))

    def make_pack(self, kind: str = "", thing_id: int = 0) -> None:
        """Open the sheet that makes an inspector pack, of a person or a course if one is named."""
        window, directory = self._window, self._directory()
        if directory is None or self._desk.role not in PLANNERS:
            return
        zone = directory.settings.zone
        PackSheet(
            window,
            self._desk,
            window.memory,
            window.toasts,
            self._clock.now,
            lambda: local(self._clock.now(), zone).date(),
            kind=kind,
            thing_id=thing_id,
        ).open()

    def export_roster(self, session_ids: list[int]) -> None:
        """Open the sheet that saves the rosters of these sessions."""
        window = self._window
        RosterSheet(window, self._desk, window.memory, window.toasts, session_ids=session_ids).open()
