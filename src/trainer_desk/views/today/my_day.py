"""The page My day: what a trainer teaches next, what is still to be marked, and the days after that (A1)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from trainer_desk.models.enums import CLAIMING
from trainer_desk.services.changes import Changes
from trainer_desk.services.dashboard.my_day import load_my_day
from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.dashboard import MyDay
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.labels import is_over
from trainer_desk.services.rules.times import local
from trainer_desk.texts import error_text, full_day_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.schedule.board_source import BOARD_TABLES, DIRECTORY_TABLES
from trainer_desk.views.theme import look
from trainer_desk.views.today.card import Card
from trainer_desk.views.today.day_card import DayLine, DayRow, day_line
from trainer_desk.views.today.decision_card import DecisionCard
from trainer_desk.views.today.next_card import NextCard
from trainer_desk.views.today.page import MINUTE_MS, greeting
from trainer_desk.views.today.session_lines import marking_lines

TABLES = (*BOARD_TABLES, *DIRECTORY_TABLES, "accounts")
WIDEST = 860


class MyDayPage(QWidget):
    """Follows the database while it is on show."""

    task_wanted = Signal(object)
    """A Task: a session to be marked or to be opened."""
    session_wanted = Signal(int)
    attendance_wanted = Signal(int)
    calendar_wanted = Signal()
    """What one teaches is to be saved as a calendar."""
    print_wanted = Signal(int)
    """The sign-in sheet of a session is to be printed."""

    def __init__(self, desk: Desk, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName(_("My day"))
        self._desk, self._now = desk, now
        self.my_day: MyDay | None = None
        self._is_stale = True
        self.greeting, self.about = PlainLabel("", "h1"), PlainLabel("", "muted")
        self.trouble, self.next = Alert("danger"), NextCard()
        self.nothing = PlainLabel("", "muted", wrap=True)
        self.unmarked = DecisionCard(_("Still to be marked"))
        self.weeks = [Card(_("This week")), Card(_("Next week"))]
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self.reload)
        self._lay_out()
        self.next.attendance_wanted.connect(self.attendance_wanted)
        self.next.print_wanted.connect(self.print_wanted)
        self.next.session_wanted.connect(self.session_wanted)
        self.unmarked.task_wanted.connect(self.task_wanted)
        desk.changed.connect(self._follow)
        self._percent = look().percent
        look().changed.connect(self._restyle)

    def reload(self) -> None:
        """Ask again."""
        self._is_stale = False
        self._desk.read(
            self, load_my_day, self._desk.actor, now=self._now(), then=self._take, failed=self._fail, lane="my day"
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Load what changed while the page was hidden, and keep up with the clock from now on."""
        super().showEvent(event)
        self._minute.start()
        self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the clock be."""
        super().hideEvent(event)
        self._minute.stop()

    def _take(self, my_day: MyDay) -> None:
        is_first, self.my_day = self.my_day is None, my_day
        self.trouble.say("")
        self._render()
        if is_first and not self.next.isHidden():
            self.next.attendance.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fail(self, error: DeskError) -> None:
        self._is_stale = True
        self.trouble.say(error_text(error, None), tone="danger")

    def _render(self) -> None:
        mine = self.my_day
        if mine is None:
            return
        today = [card for card in mine.sessions if day_of(card, mine) == mine.day]
        self.greeting.setText(greeting(local(mine.now, mine.zone).hour, mine.name))
        count = plural("{n} session today", "{n} sessions today", len(today))
        self.about.setText(f"{full_day_text(mine.day)} · {count}")
        coming = next_of(mine.sessions, mine.now)
        self.next.setVisible(coming is not None)
        self.nothing.setVisible(coming is None)
        self.nothing.setText(_nothing(mine))
        if coming is not None:
            self.next.show_session(coming, mine.directory, mine.zone, mine.now)
        lines = list(marking_lines(mine.unmarked, mine))
        self.unmarked.show_decisions(lines, [True] * len(lines))
        self.unmarked.setVisible(bool(lines))
        self._show_weeks(mine, [card for card in mine.sessions if card is not coming])

    def _show_weeks(self, mine: MyDay, cards: Sequence[SessionCard]) -> None:
        after = mine.day - timedelta(days=mine.day.weekday()) + timedelta(weeks=1)
        weeks = (
            [card for card in cards if day_of(card, mine) < after],
            [card for card in cards if day_of(card, mine) >= after],
        )
        for shown, own in zip(self.weeks, weeks, strict=True):
            facts = [(day_of(card, mine), day_line(card, mine.directory, mine.zone, mine.now)) for card in own]
            shown.setVisible(bool(own))
            if facts != shown.shown_facts:
                shown.shown_facts = facts
                lines = self._lines(facts, mine.day)
                shown.show_lines(lines, first=range(len(lines)), empty="")

    def _lines(self, facts: Iterable[tuple[date, DayLine]], today: date) -> list[Callable[[], QWidget]]:
        """Return what makes a row for each session, with its day over the first one of each."""
        lines: list[Callable[[], QWidget]] = []
        before: date | None = None
        for day, line in facts:
            if day != before:
                words = _("Today") if day == today else full_day_text(day)
                lines.append(partial(_head, words, 6 if lines else 0))
                before = day
            lines.append(partial(self._row, line))
        return lines

    def _row(self, line: DayLine) -> DayRow:
        row = DayRow(line)
        row.opened.connect(lambda: self.session_wanted.emit(line.session_id))
        return row

    def _follow(self, changes: Changes) -> None:
        self._is_stale = self._is_stale or changes.touch(*TABLES)
        if self.isVisible() and self._is_stale:
            self.reload()

    def _restyle(self) -> None:
        if look().percent == self._percent:
            return  # the parts of a line follow the colours by themselves
        self._percent = look().percent
        for card in (self.unmarked, *self.weeks):
            card.forget()
        self._inside.setMaximumWidth(look().px(WIDEST))
        self._render()

    def _lay_out(self) -> None:
        self._inside = QWidget()
        self._inside.setObjectName("Scrolled")
        self._inside.setMaximumWidth(look().px(WIDEST))
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(28, 22, 28, 24)
        column.setSpacing(6)
        for part in (self.greeting, self.about):
            column.addWidget(part)
        column.addSpacing(6)
        column.addWidget(self.trouble)
        cards = QVBoxLayout()
        cards.setSpacing(16)
        for card in (self.next, self.nothing, self.unmarked, *self.weeks):
            cards.addWidget(card)
        column.addLayout(cards)
        self.calendar = Button(_("Save as a calendar…"), "calendar-days")
        self.calendar.clicked.connect(self.calendar_wanted)
        column.addSpacing(10)
        column.addWidget(self.calendar, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        for hidden in (self.next, self.nothing, self.unmarked, *self.weeks):
            hidden.hide()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)


def next_of(cards: Iterable[SessionCard], now: datetime) -> SessionCard | None:
    """Return the session that goes on at `now` (UTC), else the next one; what is over or completed is neither."""
    return next((card for card in cards if card.status in CLAIMING and not is_over(card, now)), None)


def day_of(card: SessionCard, mine: MyDay) -> date:
    """Return the day of the organisation's zone on which a dated session starts."""
    assert card.starts_at is not None
    return local(card.starts_at, mine.zone).date()


def _nothing(mine: MyDay) -> str:
    if mine.trainer_id is None:
        return _("This login stands for no trainer yet. An administrator links the two in the settings.")
    return _("You teach nothing more this week or next.")


def _head(words: str, above: int) -> PlainLabel:
    head = PlainLabel(words, "field")
    head.setContentsMargins(8, above, 8, 0)
    return head
