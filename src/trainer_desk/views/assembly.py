"""Puts the pages and panels of one open database into the window, and joins their signals."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from PySide6.QtCore import QObject

from trainer_desk.models.enums import Role
from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import Clock
from trainer_desk.services.orchestration.recording_past import record_past
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.planning.busy_days import count_by_day
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.services.store.outbox import Outbox
from trainer_desk.texts.translate import _
from trainer_desk.texts.words import role_word
from trainer_desk.views.absences.room import AbsencesRoom
from trainer_desk.views.attendance.room import AttendanceRoom
from trainer_desk.views.backups import Backups
from trainer_desk.views.bell.bell import Bell
from trainer_desk.views.catalogue.kinds import designs
from trainer_desk.views.catalogue.people import RECORD
from trainer_desk.views.catalogue.room import CatalogueRoom
from trainer_desk.views.certificates.room import CertificatesRoom
from trainer_desk.views.connection import Connection
from trainer_desk.views.desk import Desk
from trainer_desk.views.door.view import DoorView
from trainer_desk.views.history.room import HistoryRoom
from trainer_desk.views.lapsing import Lapsing
from trainer_desk.views.leaving_panel import leave_panel
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.next_steps import NextSteps
from trainer_desk.views.overview import Overview
from trainer_desk.views.pages.room import PagesRoom
from trainer_desk.views.parts.side_panel import SESSION, TRAY
from trainer_desk.views.past.room import PastRoom
from trainer_desk.views.picker.doing import Done
from trainer_desk.views.picker.sheet import PickerSheet
from trainer_desk.views.records.room import RecordsRoom
from trainer_desk.views.repeating.room import RepeatingRoom
from trainer_desk.views.requests.room import RequestsRoom
from trainer_desk.views.retiring.room import RetiringRoom
from trainer_desk.views.roles import has_page
from trainer_desk.views.runs.room import RunsRoom
from trainer_desk.views.saying import Saying
from trainer_desk.views.schedule.allowed import allow_schedule
from trainer_desk.views.schedule.attention import Concern
from trainer_desk.views.schedule.page import SchedulePage
from trainer_desk.views.schedule.ranges import DayRange, View
from trainer_desk.views.schedule.wayfinding import Wayfinding
from trainer_desk.views.session.panel import SessionPanel
from trainer_desk.views.sessions.page import SessionsPage
from trainer_desk.views.settings.page import SettingsPage
from trainer_desk.views.signup.room import OWN, SignUpRoom
from trainer_desk.views.slots.room import SlotsRoom
from trainer_desk.views.standing import Standing
from trainer_desk.views.telling.room import TellingRoom
from trainer_desk.views.today.badges import Badges
from trainer_desk.views.today.room import MyDayRoom, TodayRoom


class Assembly(QObject):
    """The running window's parts by name: `window`, `desk`, `schedule`."""

    def __init__(
        self, window: MainWindow, desk: Desk, clock: Clock, *, is_file: bool = False, outbox: Outbox | None = None
    ) -> None:
        """`outbox` keeps marks on this computer until the database has them; without one, while the program runs."""
        super().__init__(window)
        self.window, self.desk = window, desk
        window.awaits_role = True
        self.standing = Standing(desk, self)
        self.schedule = SchedulePage(desk, window.memory, window.toasts, clock.now)
        self.ways = Wayfinding(self.schedule, desk)
        self.sessions = SessionsPage(desk, window.memory, window.toasts, clock.now, self.schedule.source)
        self.catalogue = CatalogueRoom(window, desk, clock, self._tell)
        self.records = RecordsRoom(window, desk, self.schedule.today, self._directory, self._tell)
        self.certificates = CertificatesRoom(window, desk, self._tell)
        self.past = PastRoom(window, desk, self.schedule.today, self._tell)
        self.retiring = RetiringRoom(window, desk, clock, self._directory, self._tell)
        self.absences = AbsencesRoom(window, desk, clock, self._directory, self._tell)
        self.slots = SlotsRoom(window, desk, clock, self.schedule)
        self.repeating = RepeatingRoom(window, desk, clock, self._directory, self._tell)
        self.lapsing = Lapsing(desk, clock.now, self)
        self.telling = TellingRoom(window, desk, clock)
        self.badges = Badges(window.sidebar, desk, clock.now, self)
        self.bell = Bell(window, desk, clock.now, self)
        self._clock, self._is_file = clock, is_file
        self.backups: Backups | None = None
        self.doors: dict[int, DoorView] = {}
        self.attendance = AttendanceRoom(window, desk, clock, self._directory, outbox)
        self.connection = Connection(window.connection, window.toasts, desk, clock, window)
        self.saying = Saying(window, desk, self.connection, self._directory)
        self._add_pages()
        self._join_today()
        self._join_schedule()
        self._join_window()
        self.schedule.start()

    def _add_pages(self) -> None:
        window = self.window
        window.add_panel("tray", self.schedule.tray, TRAY)
        self.today, self.my_day = TodayRoom(window, self.desk, self._clock), MyDayRoom(window, self.desk, self._clock)
        window.add_page("schedule", "Schedule", "calendar-days", self.schedule, self.schedule.bar)
        window.add_page("sessions", "Sessions", "list-checks", self.sessions, self.sessions.bar)
        self.runs = RunsRoom(window, self.desk, self._clock, self._tell)
        self.runs.session_wanted.connect(self.open_session)
        self.runs.repeat_wanted.connect(self.repeating.clone)
        self.requests = RequestsRoom(window, self.desk, self._clock)
        self.requests.session_wanted.connect(self.open_session)
        self.catalogue.add(designs())
        self.catalogue.retire_wanted.connect(self.retiring.open)
        self.catalogue.deed_wanted.connect(self._do_with_many)
        self.pages = PagesRoom(window, self.desk, self._clock)
        self.pages.session_wanted.connect(self.open_session)
        self.absences.join(self.catalogue, self.schedule, self.pages)
        self.slots.join((self.schedule, self.sessions), self.catalogue)
        self.pages.record_wanted.connect(self.records.correct)
        self.pages.training_wanted.connect(self.records.record)
        self.pages.intake_wanted.connect(self.records.open_intake)
        self.pages.certificate_wanted.connect(self.certificates.open)
        self.pages.new_intake_wanted.connect(self.records.record_intake)
        self.catalogue.has_pages = self.pages.has
        self.catalogue.page_wanted.connect(self.pages.open)
        self.signup = SignUpRoom(window, self.desk, self._clock, self._tell)
        self.signup.request_wanted.connect(self.requests.ask_for)
        self.history = HistoryRoom(window, self.desk, self._clock, self._directory, self._tell)
        self.history.join(self.catalogue, self.runs, self.requests, self.certificates)
        self.overview = Overview(window, self.desk, self._clock, self._directory, self._tell)
        self.overview.join(self.attendance, self.my_day, self.runs)
        self.overview.session_wanted.connect(self.open_session)
        self.overview.people_wanted.connect(self.add_people)
        self.overview.thing_wanted.connect(self.pages.open)
        self.overview.reports.run_wanted.connect(self.runs.open)
        self.pages.pack_wanted.connect(self.overview.make_pack)
        self.overview.calendars.join(self.pages, self.signup, self.catalogue)
        window.promise_page("settings", "Settings", "settings", lambda: (self.settings, self.settings.bar))
        if window.memory.get("window/panel", "tray") and not window.narrow:
            window.put_away = "tray"  # comes with the calendar

    def _join_today(self) -> None:
        today = self.today
        for room in (today, self.my_day):
            room.session_wanted.connect(self.open_session)
            room.attendance_wanted.connect(self.open_attendance)
        today.people_wanted.connect(self.add_people)
        today.thing_wanted.connect(self.pages.open)
        today.week_wanted.connect(self._show_trainers)
        today.telling_wanted.connect(self.telling.open)
        today.told.connect(self._tell)

    def _join_schedule(self) -> None:
        page, month = self.schedule, self.window.sidebar.month
        page.canvases.days = month
        page.range_shown.connect(self._show_range)
        page.concerns.found.connect(self._count_concerns)
        for each in (page, self.sessions):
            each.panel_wanted.connect(self.open_session)
            each.session_chosen.connect(self._follow)
            each.actions_of.out_wanted.connect(self.overview.take_out)
            each.actions_of.telling_wanted.connect(self.telling.open)
            each.actions_of.repeat_wanted.connect(self.repeating.repeat)
            each.actions_of.people_wanted.connect(self.add_people)
            each.actions_of.attendance_wanted.connect(self.open_attendance)
            each.actions_of.door_wanted.connect(self.open_door)
        self.overview.plans.join(page)
        self.sessions.new_wanted.connect(self._new_session)
        self.sessions.past_wanted.connect(self.past.open)
        self.past.session_wanted.connect(self.open_session)
        self.sessions.calendar_wanted.connect(self._show_in_calendar)
        month.day_chosen.connect(self._jump)
        month.month_shown.connect(self._load_month)
        self.desk.changed.connect(self._changed)
        self._load_month(*month.grid_range())

    @cached_property
    def panel(self) -> SessionPanel:
        """The panel of a session, made when the first one is opened."""
        panel = SessionPanel(self.desk, clock=self._clock)
        panel.allow(self.desk.may(edit_session))
        panel.closed.connect(self.close_session)
        panel.certificates.certificate_wanted.connect(self.certificates.open)
        panel.certificates.save_wanted.connect(self.certificates.save)
        panel.toast_requested.connect(self._tell)
        panel.picker_requested.connect(self.add_people)
        panel.attendance_requested.connect(self.open_attendance)
        panel.door_requested.connect(self.open_door)
        panel.qualification_wanted.connect(self.catalogue.qualify)
        panel.page_requested.connect(self.pages.open)
        self.slots.join_panel(panel)
        self.history.join_panel(panel)
        self.repeating.join(panel)
        self.overview.join_panel(panel)
        # What the panel found changed elsewhere shows in the calendar as well.
        panel.saver.reload_wanted.connect(self.schedule.source.reload)
        self.window.add_panel("session", panel, SESSION)
        return panel

    @cached_property
    def settings(self) -> SettingsPage:
        """The page Settings, made when it is first shown."""
        page = SettingsPage(self.desk, self._clock, self.backups)
        page.follow_role(self.desk.role)
        page.told.connect(self._tell)
        self.absences.join_settings(page)
        self.history.join_settings(page)
        return page

    def _made(self) -> tuple[SessionPanel | None, SettingsPage | None]:
        return self.__dict__.get("panel"), self.__dict__.get("settings")

    def _may_close(self) -> bool:
        panel, settings = self._made()
        parts = (panel, self.catalogue, settings)
        return all(part is None or part.may_close() for part in parts)

    def _follow_role(self, role: Role | None) -> None:
        """Show what the role may do, and hide or shut what it may not."""
        window, desk = self.window, self.desk
        panel, settings = self._made()
        if settings is not None:
            settings.follow_role(role)
        if panel is not None:
            panel.allow(desk.may(edit_session))
        allow_schedule(self.schedule, desk)
        self.sessions.follow_role()
        self.sessions.past.setVisible(desk.may(record_past))
        self.catalogue.allow(role)
        self.signup.follow_role(role)
        word = role_word(role) if role is not None else _("not signed in")
        window.follow_role(role)
        self.telling.count()
        self.today.page.follow_role()
        self.badges.count()
        self.requests.page.follow_role()
        self.runs.follow_role()
        about = (_("The permissions of the file are what protects it"),) if self._is_file else ()
        window.show_standing(f"{self.desk.actor} · {word}", *about)

    def _join_window(self) -> None:
        window, page = self.window, self.schedule
        window.undo_wanted.connect(page.actions_of.undo)
        window.redo_wanted.connect(page.actions_of.redo)
        NextSteps(self.desk, window.actions_of_window["undo"], window.actions_of_window["redo"], window)
        window.finding_wanted.connect(self._next_finding)
        window.closing.connect(self.close_doors)
        window.page_changed.connect(self._fit_panel)
        window.single_keys_changed.connect(page.set_single_keys)
        window.single_keys_changed.connect(self.sessions.set_single_keys)
        page.set_single_keys(window.single_keys)
        self.sessions.set_single_keys(window.single_keys)
        window.may_close = self._may_close
        self.bell.session_wanted.connect(self.open_session)
        self.bell.request_wanted.connect(self.requests.open)
        self.bell.page_wanted.connect(window.go_to_page)
        self.standing.changed.connect(self._follow_role)
        self.standing.moved.connect(lambda told: window.toasts.show(told, "warn"))
        self.standing.unknown.connect(lambda: window.follow_role(None) if window.awaits_role else None)
        self.desk.busy.connect(window.status.show_busy)
        self.desk.saving.connect(window.status.show_saving)

    def open_session(self, session_id: int, field: str = "") -> None:
        """Show a session in the right-hand panel, with the focus on a field (empty: the first empty one).

        Whoever has no sessions but their own finds it in the own schedule.
        """
        if not has_page(self.desk.role, "sessions"):
            self.window.go_to_page(OWN)
            return
        if self.panel.show_session(session_id, focus_first_empty=not field, field=field):
            self.window.panel.open("session")

    def add_people(self, session_id: int) -> None:
        """Open the picker for a session."""
        directory = self.schedule.source.directory
        if directory is None or not self.desk.may(enroll):
            return
        sheet = PickerSheet(self.desk, session_id, directory, self.window, self._clock)
        sheet.added.connect(self._tell_added)
        sheet.open()

    def open_attendance(self, session_id: int) -> None:
        """Open the attendance sheet of a session in a window of its own."""
        self.attendance.open(session_id)

    def open_door(self, session_id: int) -> None:
        """Open the check-in of a session in a window of its own, or bring the one that is open to the front."""
        directory = self.schedule.source.directory
        if directory is None:
            return
        door = self.doors.get(session_id)
        if door is None:
            door = self.doors[session_id] = DoorView(self.desk, session_id, directory, self._clock)
            door.closed.connect(lambda closed: self.doors.pop(closed, None))
            door.other_wanted.connect(lambda other, here=door: self._open_other_door(other, here))
        door.show()
        door.raise_()
        door.activateWindow()

    def _open_other_door(self, session_id: int, here: DoorView) -> None:
        """Open the check-in whose code was scanned at another one, in the place of that."""
        self.open_door(session_id)
        self.doors[session_id].take_place_of(here)

    def close_doors(self) -> None:
        """Close every check-in: the database is closed or the window goes."""
        for door in list(self.doors.values()):
            door.close()

    def _tell_added(self, done: Done) -> None:
        if done.sentence:
            self.schedule.actions_of.tell_done(done.sentence)

    def close_session(self) -> None:
        """Show the drafts again instead of a session, or the whole page where it lay over it."""
        alone = self.window.narrow or not self.schedule.isVisible()
        leave_panel(self.window, "session", instead="" if alone else "tray")

    def _fit_panel(self, page: str) -> None:
        """Put the drafts away where there is no calendar to place them on, and bring them back with it."""
        panel = self.window.panel
        waits = self.window.put_away == "tray"
        if page == "schedule" and waits and not panel.current:
            panel.open("tray")
        self.window.put_away = "tray" if page != "schedule" and (waits or panel.current == "tray") else ""
        if page != "schedule" and panel.current == "tray":
            panel.close_panel()

    def _follow(self, session_id: int | None) -> None:
        """Let the panel follow the selection while it is open."""
        if self.window.panel.current != "session" or session_id is None or session_id == self.panel.session_id:
            return
        self.panel.show_session(session_id)

    def _directory(self) -> Directory | None:
        return self.schedule.source.directory

    def _do_with_many(self, deed: str, ids: tuple[int, ...]) -> None:
        if deed == RECORD:
            self.records.record(ids)

    def _tell(self, sentence: str, can_undo: bool) -> None:
        if can_undo:
            self.schedule.actions_of.tell_done(sentence)
        else:
            self.window.toasts.show(sentence, "info")

    def _new_session(self) -> None:
        self.window.show_page("schedule")
        self.schedule.new_session()

    def _show_in_calendar(self, session_id: int, day: date) -> None:
        self.window.go_to_page("schedule")
        if self.schedule.view is View.LIST:
            self.schedule.view = View.WEEK
        self.schedule.show_session(session_id, day)

    def _show_trainers(self) -> None:
        self.window.go_to_page("schedule")
        self.schedule.show_view(View.TRAINERS)
        self.schedule.go_today()

    def _jump(self, day: date) -> None:
        self.window.show_page("schedule")
        self.schedule.go_to(day)

    def _show_range(self, shown: DayRange) -> None:
        self.window.sidebar.month.show_range(shown.first, shown.last)
        self.window.sidebar.month.set_today(self.schedule.today())

    def _changed(self, changes: Changes) -> None:
        if changes.touch("sessions", "settings"):
            self._load_month(*self.window.sidebar.month.grid_range())

    def _load_month(self, first: date, last: date) -> None:
        month = self.window.sidebar.month
        self.desk.read(self, count_by_day, first, last, then=month.set_busy, lane="month")

    def _count_concerns(self, concerns: Sequence[Concern]) -> None:
        urgent = sum(concern.urgent for concern in concerns)
        self.window.status.show_findings(urgent, len(concerns) - urgent)

    def _next_finding(self, step: int) -> None:
        if not has_page(self.desk.role, "schedule"):
            return
        if not self.window.has_page("schedule"):
            return
        self.window.show_page("schedule")
        self.schedule.concerns.step(step)
