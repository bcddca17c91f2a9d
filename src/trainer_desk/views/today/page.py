"""The page Today: what needs a decision, who needs training, and the day's sessions (D1, ux 3)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from trainer_desk.services.changes import Changes
from trainer_desk.services.dashboard.needs import load_needs
from trainer_desk.services.dashboard.today import load_today
from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.dashboard import Needs, Today
from trainer_desk.services.rules.times import local
from trainer_desk.texts import error_text, full_day_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.schedule.board_source import BOARD_TABLES, DIRECTORY_TABLES
from trainer_desk.views.theme import look
from trainer_desk.views.today.day_card import DayCard, day_line, sessions_of
from trainer_desk.views.today.decision_card import DecisionCard
from trainer_desk.views.today.decisions import decisions, in_order, need_lines
from trainer_desk.views.today.lines import DecisionLine, Task
from trainer_desk.views.today.needs_card import NeedsCard

TABLES = (*BOARD_TABLES, *DIRECTORY_TABLES, "session_checklist_items", "booking_requests", "accounts", "tellings")
NEEDS_TABLES = (
    "sessions", "enrollments", "people", "courses", "requirements", "attestations", "training_records", "certificates",
    "settings",
)  # fmt: skip
SIDE_BY_SIDE, WIDEST = 980, 1320
"""From which width on decisions and needs stand beside each other, and the widest that the page becomes, in pixels."""
MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the page shows, and the lines that were made of it beside the window's thread."""

    today: Today
    lines: tuple[DecisionLine, ...]


def gather(db: Any, actor: str, *, now: datetime) -> Gathered:
    """Return what waits for a decision as of `now` (UTC)."""
    today = load_today(db, actor, now=now)
    return Gathered(today, tuple(decisions(today)))


class TodayPage(QWidget):
    """Follows the database while it is on show; `task_wanted` carries what was pressed."""

    task_wanted = Signal(object)

    def __init__(self, desk: Desk, now: Callable[[], datetime], may: Callable[[Task], bool]) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName(_("Today"))
        self._desk, self._now, self._may = desk, now, may
        self.gathered: Gathered | None = None
        self.needs: Needs | None = None
        self._is_stale = self._needs_stale = True
        self.greeting, self.about = PlainLabel("", "h1"), PlainLabel("", "muted")
        self.trouble = Alert("danger")
        self.decisions, self.who, self.day = DecisionCard(), NeedsCard(), DayCard(_("Today"), _("Open schedule"))
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self.reload)
        self._lay_out()
        self.decisions.task_wanted.connect(self.task_wanted)
        desk.changed.connect(self._follow)
        self._percent = look().percent
        look().changed.connect(self._restyle)

    def reload(self) -> None:
        """Ask again for what is out of date; how people stand only if something it rests on has changed."""
        self._is_stale = False
        self._desk.read(
            self, gather, self._desk.actor, now=self._now(), then=self._take, failed=self._fail, lane="today"
        )
        if self._needs_stale:
            self._needs_stale = False
            self._desk.read(
                self, load_needs, now=self._now(), then=self._take_needs, failed=self._fail_needs, lane="needs"
            )

    def follow_role(self) -> None:
        """Offer the buttons of what the role may do."""
        self._render()

    def showEvent(self, event: QShowEvent) -> None:
        """Load what changed while the page was hidden, and keep up with the clock from now on."""
        super().showEvent(event)
        self._minute.start()
        self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the clock be."""
        super().hideEvent(event)
        self._minute.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the two upper cards beside each other, or one over the other."""
        super().resizeEvent(event)
        self._fit()

    def _take(self, gathered: Gathered) -> None:
        before, self.gathered = self.gathered, gathered
        self.trouble.say("")
        if before is not None and before.today.day != gathered.today.day:
            self._needs_stale = True
            self.reload()
        self._render()

    def _take_needs(self, needs: Needs) -> None:
        self.needs = needs
        self.who.show_needs(needs)
        self._render()

    def _fail(self, error: DeskError) -> None:
        self._is_stale = True
        self.trouble.say(error_text(error, None), tone="danger")

    def _fail_needs(self, error: DeskError) -> None:
        self._needs_stale = True
        self.trouble.say(error_text(error, None), tone="danger")

    def _render(self) -> None:
        if self.gathered is None:
            return
        today = self.gathered.today
        cards = sessions_of(today.board.sessions, today.day, today.zone)
        self._greet(today, len(cards))
        lines = list(self.gathered.lines)
        if self.needs is not None:
            lines = in_order([*lines, *need_lines(self.needs, today)])
        self.decisions.show_decisions(lines, [self._may(line.help) for line in lines])
        self.day.show_day(
            [day_line(card, today.directory, today.zone, today.now) for card in cards],
            _("No sessions today."),
        )

    def _greet(self, today: Today, count: int) -> None:
        self.greeting.setText(greeting(local(today.now, today.zone).hour, today.name))
        week = _("week {n}").format(n=today.day.isocalendar().week)
        sessions = plural("{n} session today", "{n} sessions today", count)
        self.about.setText(" · ".join((full_day_text(today.day), week, sessions)))

    def _follow(self, changes: Changes) -> None:
        self._is_stale = self._is_stale or changes.touch(*TABLES)
        self._needs_stale = self._needs_stale or changes.touch(*NEEDS_TABLES)
        if self.isVisible() and (self._is_stale or self._needs_stale):
            self.reload()

    def _restyle(self) -> None:
        if look().percent == self._percent:
            return  # the parts of a line follow the colours by themselves
        self._percent = look().percent
        for card in (self.decisions, self.who, self.day):
            card.forget()
        if self.needs is not None:
            self.who.show_needs(self.needs)
        self._render()
        self._fit()

    def _fit(self) -> None:
        self._inside.setMaximumWidth(look().px(WIDEST))
        wide = self.width() >= look().px(SIDE_BY_SIDE)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._upper.setDirection(across if wide else down)
        top = Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag(0)
        self._upper.setAlignment(self.decisions, top)
        self._upper.setAlignment(self.who, top)

    def _lay_out(self) -> None:
        self._inside = QWidget()
        self._inside.setObjectName("Scrolled")
        self._upper = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._upper.setSpacing(16)
        self._upper.addWidget(self.decisions, 3)
        self._upper.addWidget(self.who, 2)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(28, 22, 28, 24)
        column.setSpacing(6)
        column.addWidget(self.greeting)
        column.addWidget(self.about)
        column.addSpacing(6)
        column.addWidget(self.trouble)
        column.addLayout(self._upper)
        column.addSpacing(10)
        column.addWidget(self.day)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)


def greeting(hour: int, name: str) -> str:
    """Return `Good morning, Frank` for an hour of the day (0–23) and a whole name, which may be empty."""
    said = _("Good morning") if hour < 12 else _("Good afternoon") if hour < 18 else _("Good evening")
    return f"{said}, {name.split()[0]}" if name.strip() else said
