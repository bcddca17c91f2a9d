"""The schedule: the range on show in one of seven views, the tray, and every gesture turned into one change (V1)."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.planning.drafts import create_draft
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import Board, SessionCard
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.actions import bind, use_keys
from trainer_desk.views.desk import Desk
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.empty_state import Choice, EmptyState
from trainer_desk.views.parts.toast import Toasts
from trainer_desk.views.schedule.attention import Concern, open_concerns
from trainer_desk.views.schedule.board_source import BoardSource
from trainer_desk.views.schedule.canvas import ScheduleCanvas
from trainer_desk.views.schedule.canvases import Canvases
from trainer_desk.views.schedule.cell_editing import CellEditing
from trainer_desk.views.schedule.cell_saving import CellSaving
from trainer_desk.views.schedule.choosers import CourseChooser
from trainer_desk.views.schedule.concern_walk import ConcernWalk
from trainer_desk.views.schedule.filtering import Filtering
from trainer_desk.views.schedule.lane_view import LaneView
from trainer_desk.views.schedule.possible import possible
from trainer_desk.views.schedule.ranges import LANES, DayRange, View, range_of, stepped
from trainer_desk.views.schedule.selection_bar import SelectionBar
from trainer_desk.views.schedule.session_actions import SessionActions
from trainer_desk.views.schedule.session_menu import KEYS, session_menu
from trainer_desk.views.schedule.session_table import SessionTable
from trainer_desk.views.schedule.top_bar import ScheduleBar
from trainer_desk.views.schedule.tray import Tray
from trainer_desk.views.schedule.tray_drag import TrayDrag
from trainer_desk.views.schedule.ways_out import with_alternatives

VIEW_KEYS = {f"view_{view.value}": view for view in View}


class SchedulePage(QWidget):
    """`bar` stands over it and `tray` in the right-hand panel; the window gives both their place."""

    panel_wanted = Signal(int, str)
    """A session for the panel, and the field on which the focus belongs (empty: the first empty one)."""
    session_chosen = Signal(object)
    """The id of the one selected session, or None."""
    range_shown = Signal(object)
    """A DayRange."""

    def __init__(self, desk: Desk, memory: Memory, toasts: Toasts, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName(_("Schedule"))
        self._desk, self._memory, self._toasts, self._clock = desk, memory, toasts, clock
        self.source = BoardSource(desk, clock, self)
        self.bar = ScheduleBar()
        self.tray = Tray()
        self.table = SessionTable(_("Sessions of the range"))
        self.foot = SelectionBar()
        self.stack = QStackedWidget()
        self.trouble = EmptyState()
        self.actions_of = SessionActions(desk, toasts, self, self.source.find, lambda: self.source.directory, clock)
        self.editing = CellEditing(self.table, desk, CellSaving(desk, toasts, self.actions_of))
        self.canvases = Canvases(self.stack, self, memory, self.tray)
        self.courses = CourseChooser(self, lambda: self.source.directory)
        self.concerns = ConcernWalk(self.tray, toasts)
        self.filtering = Filtering(self, lambda: self.source.directory, memory)
        self.view = View.WEEK
        self.anchor = clock().date()
        self._chosen: list[int] = []
        self._drawn: Mapping[str, Any] = {}
        self._to_choose: int | None = None
        self._wants_focus = False
        self._lay_out()
        self._connect()
        self.keys = self._bind()

    # What is on show

    def start(self) -> None:
        """Show what was on show last time, or this week."""
        with suppress(ValueError):
            self.view = View(self._memory.get("schedule/view", View.WEEK.value))
        day = self._memory.get("schedule/day", "")
        with suppress(ValueError):
            self.anchor = date.fromisoformat(day) if day else self.today()
        self._show()

    @property
    def shown_range(self) -> DayRange:
        """The days on show."""
        return range_of(self.view, self.anchor)

    def today(self) -> date:
        """Return the day on the organisation's wall clock."""
        return self.source.zone_now(self._clock()).date()

    def show_view(self, view: View) -> None:
        """Show another view around the same day."""
        if view is View.DAY and self.view is not View.DAY:
            self.anchor = self._day_for_day_view()
        self.view = view
        self._wants_focus = True
        self._show()

    def go_to(self, day: date) -> None:
        """Show the range in which a day lies."""
        self.anchor = day
        self._show()

    def step(self, steps: int) -> None:
        """Show the next or previous range."""
        self.go_to(stepped(self.view, self.anchor, steps))

    def go_today(self) -> None:
        """Show the range of today."""
        self.go_to(self.today())

    def open_day(self, day: Any) -> None:
        """Show one day with all its sessions."""
        self.anchor, self.view = day, View.DAY
        self._wants_focus = True
        self._show()

    @property
    def canvas(self) -> ScheduleCanvas | None:
        """The painted view on show, None in the list."""
        return None if self.view is View.LIST else self.canvases.get(self.view)

    def focus_view(self) -> None:
        """Give the focus to the calendar or the table."""
        (self.canvas or self.table.table).setFocus()

    def set_single_keys(self, on: bool) -> None:
        """Switch the keys of one character on or off."""
        use_keys(self.keys, single_keys=on)

    def ways_to_begin(self) -> tuple[Choice, ...]:
        """Return what an empty range offers, where one may make sessions: a new one, or those of the week before."""
        if not self._desk.may(create_draft):
            return ()
        shown, new = self.shown_range, (_("New session"), self.new_session)
        if (shown.end - shown.first).days != 7:
            return (new,)
        return new, (_("Copy last week"), lambda: self.actions_of.bulk.copy_week_before(shown.first))

    # Selection

    def selected(self) -> list[int]:
        """Return the ids of the selected sessions."""
        return list(self._chosen)

    def sessions_chosen(self, session_ids: list[int]) -> None:
        """Take another selection over from the view."""
        self._chosen = list(session_ids)
        self.foot.show_count(len(self._chosen))
        self.session_chosen.emit(self._chosen[0] if len(self._chosen) == 1 else None)

    def select(self, session_ids: Sequence[int]) -> None:
        """Select sessions and scroll to the first of them."""
        if self.canvas is not None:
            self.canvas.select(session_ids)
            if session_ids:
                self.canvas.reveal(session_ids[0])
        else:
            self.table.select_ids(session_ids)
        self.sessions_chosen(list(session_ids))

    def open_session(self, session_id: int, in_first_empty: bool) -> None:
        """Show a session in the panel."""
        self.panel_wanted.emit(session_id, "" if in_first_empty else "title")

    def show_session(self, session_id: int, day: date) -> None:
        """Show the range of a day and select a session in it."""
        self._to_choose = session_id
        self.go_to(day)

    def ask_menu(self, session_id: int, at: QPoint) -> None:
        """Open the menu of the selected sessions."""
        ids = self._chosen if session_id in self._chosen else [session_id]
        cards = [card for key in ids if (card := self.source.find(key)) is not None]
        if cards:
            edit = self.editing.offer(session_id)
            can = possible(self._desk, cards, self._clock())
            session_menu(self, cards, lambda name: self.act(name, [card.id for card in cards]), can, edit).popup(at)

    # Changes

    def act(self, name: str, session_ids: Sequence[int] | None = None) -> None:
        """Carry out an action (an id of the table of keys) on the selected sessions, or on these."""
        self.actions_of.act(name, self._acted_on() if session_ids is None else session_ids)

    def new_session(self) -> None:
        """Ask for the course of a new undated draft; it needs nothing else (S1)."""
        self._drawn = {}
        self.courses.open_under(self.bar.new)

    def draw_session(self, starts_at: Any, ends_at: Any, lane: Any) -> None:
        """Ask for the course of a draft that was drawn on the grid."""
        self._drawn = {"starts_at": starts_at, "ends_at": ends_at}
        kind = LANES.get(self.view)
        if lane is not None and kind is not None:
            self._drawn |= {"equipment_ids": (lane,)} if kind == "equipment" else {f"{kind}_id": lane}
        self.courses.open_at(self.cursor().pos())

    def place_session(self, request: Any) -> None:
        """Save where a session was dropped."""
        self.actions_of.place(request)

    def refuse_drop(self, findings: Any, session_id: int) -> None:
        """Tell why a session sprang back."""
        request = self.canvas.refused_request if self.canvas is not None else None
        card, board, directory = self.source.find(session_id), self.source.board, self.source.directory
        if card is not None and request is not None and board is not None and directory is not None:
            findings = with_alternatives(findings, request.applied(card), board, directory)
        self.actions_of.refuse_drop(findings, session_id, request)

    def unplace_sessions(self, session_ids: list[int]) -> None:
        """Put sessions back into the tray."""
        self.actions_of.unplace(session_ids)

    # Parts

    def _show(self) -> None:
        self.bar.show_range(self.view, self.anchor)
        self._memory.put("schedule/view", self.view.value)
        self._memory.put("schedule/day", self.anchor.isoformat())
        self.range_shown.emit(self.shown_range)
        self.source.show(self.view, self.anchor)

    def _take(self, board: Board, directory: Directory) -> None:
        now = self._clock()
        visible = self.filtering.visible((*board.sessions, *board.undated), directory)
        shown = [card for card in board.sessions if visible is None or card.id in visible]
        canvas = self.canvas
        if canvas is not None:
            canvas.set_visible_sessions(visible)
            canvas.set_board(board, directory, now)
            self._narrow_lanes(canvas)
            self.stack.setCurrentWidget(canvas)
        else:
            self.table.show_cards(shown, directory, now)
            self.stack.setCurrentWidget(self.table)
        self.tray.show_drafts([card for card in board.undated if visible is None or card.id in visible], directory)
        self._find_concerns(shown, board, directory, now)
        self._choose_again()
        if self._wants_focus:
            self._wants_focus = False
            self.focus_view()

    def _narrow_lanes(self, canvas: ScheduleCanvas) -> None:
        if isinstance(canvas, LaneView):
            kind = LANES[self.view]
            lanes = frozenset(int(key) for chosen, key in self.filtering.filters.chosen if chosen == kind)
            canvas.set_lane_filter(lanes or None)

    def _find_concerns(self, shown: list[SessionCard], board: Board, directory: Directory, now: datetime) -> None:
        seen = self.canvas.shown if self.canvas is not None else None
        known = (seen.occupancy, seen.clashing) if seen is not None and seen.board is board else None
        ids = {card.id for card in shown}
        found = open_concerns(board, directory, now, known)
        self.concerns.show([concern for concern in found if concern.card.id in ids], directory)

    def _stand_on(self, concern: Concern) -> None:
        self.select([concern.card.id])
        self.panel_wanted.emit(concern.card.id, concern.finding.field or "")

    def _choose_again(self) -> None:
        if self._to_choose is not None and self.source.find(self._to_choose) is not None:
            wanted, self._to_choose = self._to_choose, None
            self.select([wanted])
            return
        known = [session_id for session_id in self._chosen if self.source.find(session_id) is not None]
        if known != self._chosen:
            self.sessions_chosen(known)
        elif self.canvas is None:
            if self.table.selected_ids() != known:
                self.table.select_ids(known)
        elif self.canvas.selected() != known:
            self.canvas.select(known)

    def _fail(self, error: DeskError) -> None:
        zone = self.source.directory.settings.zone if self.source.directory else None
        if self.source.board is not None:
            self._toasts.show(error_text(error, zone), "block", _("Try again"), self.source.reload)
            return
        self.trouble.say(error_text(error, zone), (_("Try again"), self.source.reload))
        self.stack.setCurrentWidget(self.trouble)

    def _day_for_day_view(self) -> date:
        card = self.source.find(self._chosen[0]) if self._chosen else None
        if card is not None and card.starts_at is not None:
            return self.source.zone_now(card.starts_at).date()
        return self.anchor

    def _acted_on(self) -> list[int]:
        current = self.tray.cards.current_id()
        if self.tray.cards.hasFocus() and current is not None:
            return [current]
        return self._chosen

    def _take_course(self, course_id: int) -> None:
        directory = self.source.directory
        if directory is None:
            return
        course = directory.courses[course_id]
        capacity = {"capacity": course.default_capacity} if course.default_capacity else {}
        self.actions_of.create({"course_id": course_id, **capacity, **self._drawn}, course.title)

    def _made(self, session_id: int) -> None:
        self._to_choose = session_id
        self.panel_wanted.emit(session_id, "title")

    def _sprang_back(self) -> None:
        if self.canvas is not None:
            self.canvas.revert()

    def _narrow(self) -> None:
        self.bar.show_filtered(bool(self.filtering.filters))
        if self.source.board is not None and self.source.directory is not None:
            self._take(self.source.board, self.source.directory)

    def _take_directory(self, directory: Directory) -> None:
        self.filtering.recall(directory)
        self.bar.show_filtered(bool(self.filtering.filters))

    def _tray_key(self, name: str) -> None:
        current = self.tray.cards.current_id()
        if current is not None:
            self.act(name, [current])

    def _lay_out(self) -> None:
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.trouble)
        self.table.set_empty(_("Nothing planned in this range."), *self.ways_to_begin())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filtering.row)
        column.addWidget(self.stack, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self.source.directory_changed.connect(self._take_directory)
        self.source.loaded.connect(self._take)
        self.source.failed.connect(self._fail)
        self.bar.view_wanted.connect(self.show_view)
        self.bar.step_wanted.connect(self.step)
        self.bar.today_wanted.connect(self.go_today)
        self.bar.session_wanted.connect(self.new_session)
        self.bar.filter_wanted.connect(lambda: self.filtering.chooser.open_under(self.bar.filter))
        self.filtering.changed.connect(self._narrow)
        self.courses.chosen.connect(self._take_course)
        self.actions_of.made.connect(self._made)
        self.actions_of.opened.connect(self.panel_wanted)
        self.actions_of.sprang_back.connect(self._sprang_back)
        self.foot.wanted.connect(self.act)
        self.foot.cleared.connect(lambda: self.select([]))
        self.table.open_requested.connect(self.open_session)
        self.table.ids_chosen.connect(self.sessions_chosen)
        self.table.copied.connect(self.actions_of.tell_copied)
        self.table.context_menu_requested.connect(self.ask_menu)
        self._connect_tray()

    def _connect_tray(self) -> None:
        tray, cards = self.tray, self.tray.cards
        tray.open_requested.connect(lambda session_id: self.open_session(session_id, True))
        tray.draft_wanted.connect(self.new_session)
        tray.concern_chosen.connect(self.concerns.stand_on)
        self.concerns.reached.connect(self._stand_on)
        cards.menu_wanted.connect(self.ask_menu)
        TrayDrag(tray, lambda: self.canvas, self)
        names = ("schedule", "add_people", "door", "duplicate", "remove")
        self.tray_keys = bind(cards, {name: partial(self._tray_key, name) for name in names})

    def _bind(self) -> dict[str, QAction]:
        handlers: dict[str, Callable[[], object]] = {
            "new_session": self.new_session,
            "today": self.go_today,
            "previous_range": lambda: self.step(-1),
            "next_range": lambda: self.step(1),
        }
        handlers |= {name: partial(self.show_view, view) for name, view in VIEW_KEYS.items()}
        handlers |= {name: partial(self.act, name) for name in KEYS}
        return bind(self, handlers)
