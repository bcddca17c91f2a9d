"""The page My schedule: offers to be answered, then what one is enrolled in or waits for, by day (K13)."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.dossiers.own_places import load_own_schedule
from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.signing_up import OwnSchedule, PersonalSession
from trainer_desk.services.rules.signing_up import OwnDeed
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.trouble import is_lost
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.empty_state import EmptyState
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.signup import words
from trainer_desk.views.signup.line import ScheduleLine
from trainer_desk.views.signup.refreshing import TABLES, each_minute
from trainer_desk.views.theme import look

WIDEST = 1040
"""Pixels at 100 % text size, so that a line can be read across."""


class MySchedulePage(QWidget):
    """`bar` stands over it. `shown` is what was read last, None before; `lines` are those on show, by session."""

    deed_wanted = Signal(object, object, object)
    """The OwnDeed, the PersonalSession and the zone."""
    details_wanted = Signal(object)
    """The line whose details are wanted."""
    calendar_wanted = Signal()
    """One's own places are to be saved as a calendar."""
    open_sessions_wanted = Signal()
    """There is nothing in the schedule, and one wants to see what there is."""

    def __init__(self, desk: Desk, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName(_("My schedule"))
        self._desk, self._now = desk, now
        self._stale = True
        self.has_open_sessions = False
        """Whether the role has the page Open sessions."""
        self.shown: OwnSchedule | None = None
        self.lines: dict[int, ScheduleLine] = {}
        self.headings: list[PlainLabel] = []
        self.empty = EmptyState()
        self.bar = self._make_bar()
        self._lay_out()
        self._desk.changed.connect(lambda changes: self.reload() if changes.touch(*TABLES) else None)
        self._timer: QTimer = each_minute(self, self.reload)

    def reload(self) -> None:
        """Ask again, at once if the page is on show, else when it is shown next."""
        self._stale = not self.isVisible()
        if not self._stale:
            login, now = self._desk.actor, self._now()
            self._desk.read(
                self, load_own_schedule, login, now=now, then=self._take, failed=self._fail, lane="my_schedule"
            )

    def showEvent(self, event: QShowEvent) -> None:
        """Load what changed while the page was hidden."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _take(self, schedule: OwnSchedule) -> None:
        self.shown = schedule
        self.count.setText(f"{len(schedule.sessions):,}")
        self.count.setVisible(bool(schedule.sessions))
        self._render(schedule)
        if schedule.sessions:
            self._stack.setCurrentWidget(self._scroll)
            return
        said = _("You are not enrolled in anything to come.")
        ways = [(_("See open sessions"), self.open_sessions_wanted.emit)] if self.has_open_sessions else []
        self._say(said, *ways)

    def _fail(self, error: DeskError) -> None:
        """Say why there is nothing; what was read before stays on show while the database is away."""
        if self.shown is not None and is_lost(error):
            return
        ways = [] if error.code == "not_allowed" else [(_("Try again"), self.reload)]
        self.count.setVisible(False)
        self._say(error_text(error), *ways)

    def _say(self, sentence: str, *ways: tuple[str, Callable[[], object]]) -> None:
        self.empty.say(sentence, *ways)
        self._stack.setCurrentWidget(self.empty)

    def _render(self, schedule: OwnSchedule) -> None:
        """Lay the lines out anew below their headings; a line that stays is the same one, and keeps the focus."""
        while self._column.count():
            self._column.takeAt(0)
        for heading in self.headings:
            heading.hide()
            heading.deleteLater()
        self.headings = []
        for session_id in set(self.lines) - {one.session_id for one in schedule.sessions}:
            gone = self.lines.pop(session_id)
            gone.hide()
            gone.deleteLater()
        for heading_words, sessions in _grouped(schedule):
            self._add_heading(heading_words)
            for session in sessions:
                self._column.addWidget(self._line(session, schedule))
        self._column.addStretch()

    def _add_heading(self, said: str) -> None:
        heading = PlainLabel(said, "h3")
        heading.setContentsMargins(0, 8 if self.headings else 0, 0, 0)
        self.headings.append(heading)
        self._column.addWidget(heading)

    def _line(self, session: PersonalSession, schedule: OwnSchedule) -> ScheduleLine:
        names_day = _is_offer(session)
        line = self.lines.get(session.session_id)
        if line is None:
            line = ScheduleLine(session, schedule.zone, schedule.now, may_act=True, names_day=names_day)
            line.deed_wanted.connect(self._press)
            line.details_wanted.connect(lambda _session, line=line: self.details_wanted.emit(line))
            self.lines[session.session_id] = line
        else:
            line.names_day = names_day
            line.show_session(session, schedule.now, may_act=True)
        return line

    def _press(self, deed: OwnDeed, session: PersonalSession) -> None:
        if self.shown is not None:
            self.deed_wanted.emit(deed, session, self.shown.zone)

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        bar.setAccessibleName(_("My schedule"))
        self.count = PlainLabel("", "count")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(PlainLabel(_("My schedule"), "h2"))
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()
        self.calendar = Button(_("Save as a calendar…"), "calendar-days")
        self.calendar.clicked.connect(self.calendar_wanted)
        row.addWidget(self.calendar)
        return bar

    def _fit(self) -> None:
        self._inside.setMaximumWidth(look().px(WIDEST))

    def _lay_out(self) -> None:
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(8)
        scrolled = QWidget()
        scrolled.setObjectName("Scrolled")
        row = QHBoxLayout(scrolled)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._inside, 1)
        row.addStretch(0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(scrolled)
        self._stack = QStackedWidget()
        for part in (self._scroll, self.empty):
            self._stack.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self._fit()
        look().changed.connect(self._fit)


def _is_offer(session: PersonalSession) -> bool:
    return session.mine is not None and session.mine.state is EnrollmentState.OFFERED


def _grouped(schedule: OwnSchedule) -> Sequence[tuple[str, list[PersonalSession]]]:
    """Return the offers first, then each day with its sessions, by heading."""
    today = local(schedule.now, schedule.zone).date()
    groups: dict[str, list[PersonalSession]] = {}
    offers = [one for one in schedule.sessions if _is_offer(one)]
    if offers:
        groups[_("To answer")] = offers
    for session in schedule.sessions:
        if not _is_offer(session):
            day = local(session.starts_at, schedule.zone).date()
            groups.setdefault(words.day_heading(day, today), []).append(session)
    return list(groups.items())
