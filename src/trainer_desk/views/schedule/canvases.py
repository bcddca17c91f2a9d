"""The painted views of the schedule by name, made when they are first shown, and wired to the page in one place."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QStackedWidget, QWidget

from trainer_desk.views.memory import Memory
from trainer_desk.views.schedule.canvas import DayTarget, ScheduleCanvas
from trainer_desk.views.schedule.day import DayView
from trainer_desk.views.schedule.free_times import FreeTimes
from trainer_desk.views.schedule.lane_view import LaneView
from trainer_desk.views.schedule.lanes import EquipmentLanes, TrainerLanes, VenueLanes
from trainer_desk.views.schedule.month import MonthView
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.schedule.week import WeekView

MAKERS: dict[View, Callable[[], ScheduleCanvas]] = {
    View.DAY: DayView,
    View.WEEK: WeekView,
    View.MONTH: MonthView,
    View.TRAINERS: TrainerLanes,
    View.VENUES: VenueLanes,
    View.EQUIPMENT: EquipmentLanes,
}


LaneMenu = Callable[[int, date | None, QPoint], object]


class Listener(Protocol):
    """What the page answers to the painted views."""

    def sessions_chosen(self, session_ids: list[int]) -> None:
        """Other sessions are selected."""

    def open_session(self, session_id: int, in_first_empty: bool) -> None:
        """A session shall be shown in the panel."""

    def draw_session(self, starts_at: object, ends_at: object, lane: object) -> None:
        """A new session was drawn on the grid."""

    def place_session(self, request: object) -> None:
        """A session was dropped."""

    def refuse_drop(self, findings: object, session_id: int) -> None:
        """A drop was blocked."""

    def unplace_sessions(self, session_ids: list[int]) -> None:
        """Sessions were dropped onto the tray."""

    def step(self, steps: int) -> None:
        """Another range is wanted."""

    def open_day(self, day: object) -> None:
        """A day is wanted in the day view."""

    def ask_menu(self, session_id: int, at: QPoint) -> None:
        """The menu of the selected sessions is wanted."""


class Canvases:
    """The canvases made so far, in `stack`; each remembers its zoom per user.

    `days` is the small month onto which sessions can be dropped, `free_times` what is outlined on all of them; set
    both before the first canvas is made.
    """

    def __init__(self, stack: QStackedWidget, listener: Listener, memory: Memory, tray: QWidget) -> None:
        self._stack, self._listener, self._memory, self._tray = stack, listener, memory, tray
        self._made: dict[View, ScheduleCanvas] = {}
        self.days: DayTarget | None = None
        self.free_times: FreeTimes | None = None
        self.lane_menu: LaneMenu = lambda _resource, _day, _at: None
        """Opens the menu of a lane: of a resource, on a day or none, at a place of the screen."""
        self._plans = True

    def get(self, view: View) -> ScheduleCanvas:
        """Return the canvas of a view; raises KeyError for the list, which is none."""
        if view not in self._made:
            canvas = MAKERS[view]()
            canvas.zoom = self._memory.get(f"schedule/zoom/{view}", 1.0)
            canvas.zoom_changed.connect(lambda zoom: self._memory.put(f"schedule/zoom/{view}", float(zoom)))
            canvas.set_unplace_target(self._tray)
            canvas.set_day_target(self.days)
            canvas.plans = self._plans
            canvas.free_times = self.free_times
            self._connect(canvas)
            self._stack.addWidget(canvas)
            self._made[view] = canvas
        return self._made[view]

    def allow(self, plans: bool) -> None:
        """Let sessions be drawn, moved and resized there, or only be looked at."""
        self._plans = plans
        for canvas in self.made():
            canvas.gestures.cancel()
            canvas.plans = plans
            canvas.viewport().update()

    def made(self) -> list[ScheduleCanvas]:
        """Return every canvas that was shown so far."""
        return list(self._made.values())

    def _connect(self, canvas: ScheduleCanvas) -> None:
        page = self._listener
        canvas.selection_changed.connect(page.sessions_chosen)
        canvas.open_requested.connect(page.open_session)
        canvas.create_requested.connect(page.draw_session)
        canvas.place_requested.connect(page.place_session)
        canvas.refused.connect(page.refuse_drop)
        canvas.unplace_requested.connect(page.unplace_sessions)
        canvas.range_step.connect(page.step)
        canvas.day_requested.connect(page.open_day)
        canvas.context_menu_requested.connect(page.ask_menu)
        if isinstance(canvas, LaneView):
            canvas.lane_menu_requested.connect(lambda lane, day, at: self.lane_menu(lane, day, at))
