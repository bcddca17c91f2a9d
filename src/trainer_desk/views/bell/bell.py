"""The bell: what the user is told, counted at the foot of the window, shown as it comes, and kept until seen (D6)."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from trainer_desk.models.enums import NoticeKind
from trainer_desk.services.changes import Changes
from trainer_desk.services.dossiers.bell import load_bell
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.bell import keep_seen
from trainer_desk.services.rows.notices import BellFacts, Notice
from trainer_desk.texts.notices import notice_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.parts.toast import Told
from trainer_desk.views.roles import has_page

EVERY = 60_000
"""Milliseconds between two looks: reminders come with the clock, and not with a change."""
LATER = 1_000
"""Milliseconds until it is looked again whether a toast with an action has gone."""

TABLES = ("enrollments", "sessions", "session_resources", "booking_requests", "accounts", "settings")

SIGNS: Mapping[NoticeKind, tuple[str, str]] = {
    NoticeKind.ENROLLED: ("calendar-check", "ok"),
    NoticeKind.PROMOTED: ("calendar-check", "ok"),
    NoticeKind.OFFERED: ("bell", "accent"),
    NoticeKind.WAITLISTED: ("clock", "text2"),
    NoticeKind.WITHDRAWN: ("user-x", "danger"),
    NoticeKind.MOVED: ("calendar-days", "warn"),
    NoticeKind.CANCELLED: ("ban", "danger"),
    NoticeKind.UNSCHEDULED: ("circle-dashed", "warn"),
    NoticeKind.ASSIGNED: ("graduation-cap", "ok"),
    NoticeKind.UNASSIGNED: ("graduation-cap", "danger"),
    NoticeKind.DECIDED: ("clipboard-check", "accent"),
    NoticeKind.REMINDER: ("clock", "accent"),
}
"""Icon and colour of each kind."""

Key = tuple[int | None, int | None, datetime]


class Bell(QObject):
    """Follows the database and the clock; what the list shows is kept as seen, and stays marked until it closes."""

    session_wanted = Signal(int)
    request_wanted = Signal(int)
    page_wanted = Signal(str)

    def __init__(self, window: MainWindow, desk: Desk, now: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._desk, self._now = window, desk, now
        self.facts: BellFacts | None = None
        self._known: set[Key] = set()
        self._seen: set[Key] = set()
        self._looked_at: set[Key] = set()
        self._to_show: list[Notice] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY)
        self._waiting = QTimer(self, singleShot=True, interval=LATER)
        self._waiting.timeout.connect(self._show_next)
        window.notifications.opened.connect(self._see)
        window.notifications.closed.connect(self._forget_looked_at)
        desk.changed.connect(self._follow)
        self.look()

    def look(self) -> None:
        """Ask what the user is told; trouble is left to the next look."""
        asked = self._desk.actor, self._now()
        self._desk.read(self, load_bell, *asked, then=self._take, failed=self._wait, lane="bell")

    def _wait(self, _error: DeskError) -> None:
        """Leave it to the next look."""

    def _follow(self, changes: Changes) -> None:
        if changes.touch(*TABLES):
            self.look()

    def _take(self, facts: BellFacts) -> None:
        is_first, self.facts = self.facts is None, facts
        fresh = [notice for notice in self._new() if key_of(notice) not in self._known]
        self._known.update(key_of(notice) for notice in facts.notices)
        self._draw()
        if self._window.notifications.isVisible():
            self._see()
        elif is_first and len(fresh) > 1:
            self._say_how_many(len(fresh))
        else:
            self._to_show.extend(reversed(fresh))
            self._show_next()

    def _draw(self) -> None:
        if self.facts is None:
            return
        told = [self._told(notice, self.facts.zone) for notice in self.facts.notices]
        self._window.notifications.show_told(told)

    def _told(self, notice: Notice, zone: ZoneInfo) -> Told:
        icon, token = SIGNS[notice.kind]
        is_new = self._is_new(notice) or key_of(notice) in self._looked_at
        do = self._opening(notice)
        return Told(self._words(notice, zone), "info", _("Open"), do, notice.at, icon, token, is_new)

    def _words(self, notice: Notice, zone: ZoneInfo) -> str:
        return notice_text(notice, zone, self._now())

    def _opening(self, notice: Notice) -> Callable[[], object] | None:
        """Return what opens the thing that a notice is about: a session where one plans or teaches, else a page."""
        session_id, request_id = notice.session_id, notice.request_id
        if session_id is not None and has_page(self._desk.role, "sessions"):
            return lambda: self.session_wanted.emit(session_id)
        if request_id is not None and self._has("requests"):
            return lambda: self.request_wanted.emit(request_id)
        return (lambda: self.page_wanted.emit("my_schedule")) if self._has("my_schedule") else None

    def _has(self, page: str) -> bool:
        return page in self._window.sidebar.items and has_page(self._desk.role, page)

    def _is_new(self, notice: Notice) -> bool:
        return notice.seen_at is None and key_of(notice) not in self._seen

    def _new(self) -> list[Notice]:
        return [notice for notice in self.facts.notices if self._is_new(notice)] if self.facts else []

    def _show_next(self) -> None:
        """Show what came, one after the other, and never in the place of a toast with something to do."""
        if not self._to_show or self.facts is None:
            return
        current = self._window.toasts.current
        if current is not None and current.action is not None:
            self._waiting.start()
            return
        if len(self._to_show) > 1:
            self._say_how_many(len(self._to_show))
        else:
            notice = self._to_show[0]
            do = self._opening(notice)
            words = self._words(notice, self.facts.zone)
            self._window.toasts.show(words, "info", _("Open") if do else "", do, keep=False)
        self._to_show.clear()

    def _say_how_many(self, count: int) -> None:
        said = plural("You have {n} new notification.", "You have {n} new notifications.", count)
        self._window.toasts.show(said, "info", _("Show"), self._window.toggle_notifications, keep=False)

    def _see(self) -> None:
        """Keep as seen what the open list shows; it stays marked as new until the list is closed."""
        self._to_show.clear()
        new = self._new()
        if not new:
            return
        keys = {key_of(notice) for notice in new}
        self._seen |= keys
        self._looked_at |= keys
        self._draw()
        self._desk.apply(self, keep_seen, new, refused=lambda _error: self._not_kept(keys))

    def _not_kept(self, keys: Collection[Key]) -> None:
        """Count them as new again: they are kept when the list is opened next."""
        self._seen.difference_update(keys)
        self._draw()

    def _forget_looked_at(self) -> None:
        self._looked_at.clear()
        self._draw()


def key_of(notice: Notice) -> Key:
    """Return what makes a notice itself; a reminder gets its id only once it was seen."""
    if notice.kind is NoticeKind.REMINDER:
        return None, notice.session_id, notice.at
    return notice.id, None, notice.at
