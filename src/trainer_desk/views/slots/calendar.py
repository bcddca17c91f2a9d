"""Shows the free times of a session on the calendar, follows what others change, and puts the session there (C7)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout

from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.planning.slots import answer_slots, slots_near
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.slots import Reason, SlotAnswer
from trainer_desk.services.store.db import Db
from trainer_desk.views.desk import Desk
from trainer_desk.views.schedule import wall
from trainer_desk.views.schedule.drag import Target
from trainer_desk.views.schedule.free_times import FreeTimes
from trainer_desk.views.schedule.page import SchedulePage
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.schedule.words import title_of
from trainer_desk.views.slots.bar import FreeTimesBar

PROPOSED, OUTLINED = 10, 24
"""How many free times are proposed for a draft without a time, and outlined around a time that was wanted."""
TABLES = ("sessions", "session_resources", "blocks", "settings", "qualifications", "resources", "enrollments")
"""What free times depend on."""
Asked = tuple[int, datetime | None]


class FreeTimesOnCalendar(QObject):
    """Belongs to the schedule page; `front` brings that page to the front."""

    def __init__(self, page: SchedulePage, desk: Desk, clock: Clock, front: Callable[[], object]) -> None:
        super().__init__(page)
        self._page, self._desk, self._clock, self._front = page, desk, clock, front
        self._asked: Asked | None = None
        self._lacking: tuple[Reason, ...] = ()
        self._must_reveal = False
        self.times = FreeTimes(self)
        self.bar = FreeTimesBar(self.times)
        page.canvases.free_times = self.times
        column = page.layout()
        assert isinstance(column, QBoxLayout)
        column.insertWidget(column.count() - 1, self.bar)
        self.times.changed.connect(self._draw)
        self.times.taken.connect(self._take)
        page.source.loaded.connect(lambda _board, _directory: self._board_came())
        desk.changed.connect(self._changed)

    def show_times(self, session_id: int, near: datetime | None = None) -> None:
        """Outline the free times of a session: nearest to `near` (UTC), else to where it stands; else the next ones."""
        self._asked = (session_id, near)
        self._must_reveal = True
        self._front()
        if self._page.view is View.LIST:
            self._page.show_view(View.WEEK)
        self._ask()

    def _ask(self) -> None:
        if self._asked is not None:
            session_id, near = self._asked
            self._desk.read(
                self,
                free_times,
                session_id,
                near,
                now=self._clock.now(),
                then=self._show,
                failed=self._fail,
                lane="free times",
            )

    def _show(self, found: tuple[SessionCard, SlotAnswer]) -> None:
        if self._asked is None or found[0].id != self._asked[0]:
            return
        card, answer = found
        self._lacking = answer.lacking
        self.times.show(card, answer.slots)

    def _draw(self) -> None:
        """Show on the bar and on the calendar which free time is looked at, turning to its days if need be."""
        page, directory = self._page, self._page.source.directory
        if self.times.card is None or directory is None:
            self._asked = None
            had_focus = self.bar.isAncestorOf(self.bar.window().focusWidget())
            self.bar.hide()
            if had_focus:
                page.focus_view()
        else:
            self.bar.show_current(title_of(self.times.card, directory), directory, self._lacking)
            self._reveal()
        if page.canvas is not None:
            page.canvas.viewport().update()

    def _reveal(self) -> None:
        page, slot = self._page, self.times.current
        if slot is None:
            return
        day = page.source.zone_now(slot.starts_at).date()
        if day not in page.shown_range:
            self._must_reveal = True
            page.go_to(day)
            return
        canvas = page.canvas
        if canvas is None or canvas.shown is None or day not in canvas.shown.dates:
            return
        zone = canvas.shown.directory.settings.zone
        lane = {"trainer": slot.trainer_id, "venue": slot.venue_id}.get(str(getattr(canvas, "kind", "")))
        starts, ends = wall.to_wall(slot.starts_at, zone), wall.to_wall(slot.ends_at, zone)
        for box in canvas.ghost_boxes(Target(starts, ends, lane))[:1]:
            canvas.scroll_to(box)
        if self._must_reveal:
            self._must_reveal = False
            if not self.bar.isAncestorOf(self.bar.window().focusWidget()):
                canvas.setFocus()

    def _board_came(self) -> None:
        if self.times.card is not None:
            self._reveal()

    def _take(self, request: object) -> None:
        self._page.place_session(request)
        self._page.focus_view()

    def _changed(self, changes: Changes) -> None:
        if self._asked is not None and changes.touch(*TABLES):
            self._ask()

    def _fail(self, error: DeskError) -> None:
        self.times.stop()
        self._desk.failed.emit(error)


def free_times(db: Db, session_id: int, near: datetime | None, *, now: datetime) -> tuple[SessionCard, SlotAnswer]:
    """Return a session with its free times: around `near` or its own time, else the next ones.

    Raises NotFound, WrongState for a session that is not moved any more.
    """
    card = load_card(db, session_id, now=now)
    around = near or card.starts_at
    if around is None:
        return card, answer_slots(db, session_id, now=now, limit=PROPOSED)
    return card, slots_near(db, session_id, around, now=now, limit=OUTLINED)
